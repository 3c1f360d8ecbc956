"""Practices of cooperation of NGOs and business: the cards of annex В (DOMAIN §5)."""

from __future__ import annotations

from app.core.fields import Field, Kind, RecordType, Values
from app.records.choices import PRACTICE_STATES
from app.records.lines import LineType

WHAT, HOW, PUBLISHING = "Практика", "Как устроена", "Публикация"


def validate_practice(values: Values) -> dict[str, str]:
    """States reached in order, none skipped; published only with consent (check 30)."""
    faults: dict[str, str] = {}
    if values.get("published_on") and not values.get("consent"):
        faults["consent"] = "Публиковать можно только с согласия НКО: отметьте согласие."
    reached = {line["state"]: line["reached_on"] for line in values.get("practice_state") or () if line.get("state")}
    before = None
    for state, title in PRACTICE_STATES.items():
        if state not in reached:
            later = [s for s in list(PRACTICE_STATES)[list(PRACTICE_STATES).index(state) :] if s in reached]
            if later:
                faults["practice_state"] = f"Пропущено состояние «{title}»."
            break
        if before and reached[state] and reached[state] < before:
            faults["practice_state"] = f"Состояние «{title}» раньше предыдущего."
        before = reached[state]
    return faults


PRACTICE = RecordType(
    key="practice",
    title="Практики",
    title_one="Практика",
    nouns=("практика", "практики", "практик"),
    title_field="title",
    icon="medal",
    empty_hint="Добавьте практику сотрудничества НКО и бизнеса.",
    validate=validate_practice,
    fields=(
        Field("title", "Название", Kind.TEXT, required=True, width=44, group=WHAT, listed=True),
        Field("ngo_id", "НКО", Kind.LINK, required=True, width=36, group=WHAT, register="ngo", listed=True),
        Field("partner_id", "Партнёр", Kind.LINK, width=30, group=WHAT, register="partner", listed=True),
        Field("problem", "Проблема", Kind.NOTE, width=44, group=HOW),
        Field("target_group", "Для кого", Kind.TEXT, width=40, group=HOW),
        Field("description", "Что делают", Kind.NOTE, width=44, group=HOW),
        Field("resources", "Ресурсы", Kind.NOTE, width=44, group=HOW),
        Field("results", "Результаты в цифрах", Kind.NOTE, width=44, group=HOW, help="С периодом."),
        Field("evidence", "Подтверждение", Kind.NOTE, width=44, group=HOW),
        Field("conditions", "Условия повторения", Kind.NOTE, width=44, group=HOW),
        Field("contact", "Служебный контакт", Kind.TEXT, width=30, group=PUBLISHING),
        Field("link", "Ссылка", Kind.URL, width=30, group=PUBLISHING),
        Field("consent", "Согласие на публикацию", Kind.FLAG, width=8, group=PUBLISHING),
        Field("published_on", "Опубликована", Kind.DATE, width=11, group=PUBLISHING),
        Field("state", "Состояние", Kind.CHOICE, width=16, dictionary="practice_state", listed=True, computed=True,
              imported=False),
    ),
)  # fmt: skip

PRACTICE_LINES = (
    LineType(
        key="practice_state",
        title="Состояния",
        title_one="состояние",
        parent_column="practice_id",
        match=("state",),
        accounts=(("reached_on", "account"),),
        fields=(
            Field("state", "Состояние", Kind.CHOICE, required=True, width=16, dictionary="practice_state"),
            Field("reached_on", "Когда", Kind.DATE, required=True, width=11),
            Field("account", "Учтено в отчёте за", Kind.QUARTER, width=10, computed=True, imported=False),
        ),
    ),
)
