"""Events, the municipal programme, the municipal stage of the governor's grant (DOMAIN §4)."""

from __future__ import annotations

from app.core.fields import Field, Kind, RecordType, Values
from app.records.lines import LineType


def validate_programme(values: Values) -> dict[str, str]:
    if values.get("ends_on") and values.get("starts_on") and values["ends_on"] < values["starts_on"]:
        return {"ends_on": "Программа заканчивается раньше, чем начинается."}
    return {}


def validate_contest(values: Values) -> dict[str, str]:
    grant, total = values.get("grant_limit"), values.get("total_limit")
    if grant is not None and grant <= 0:
        return {"grant_limit": "Предел одного гранта должен быть больше нуля."}
    if total is not None and total <= 0:
        return {"total_limit": "Предел на район должен быть больше нуля."}
    if grant and total and grant > total:
        return {"grant_limit": "Предел одного гранта больше предела на район."}
    return {}


def validate_application(values: Values) -> dict[str, str]:
    """A decision has its day, a supported application its sum, a report follows support (check 32)."""
    faults: dict[str, str] = {}
    decision, decided, applied = values.get("decision"), values.get("decision_on"), values.get("applied_on")
    if decision and not decided:
        faults["decision_on"] = "Укажите дату решения."
    if decided and not decision:
        faults["decision"] = "Укажите, поддержана заявка или отклонена."
    if decided and applied and decided < applied:
        faults["decision_on"] = "Решение раньше подачи заявки."
    if decision == "supported" and not values.get("granted"):
        faults["granted"] = "Укажите сумму гранта."
    if decision != "supported" and values.get("granted"):
        faults["granted"] = "Сумма гранта бывает только у поддержанной заявки."
    reported = values.get("reported_on")
    if reported and decision != "supported":
        faults["reported_on"] = "Отчитывается только тот, чья заявка поддержана."
    elif reported and decided and reported < decided:
        faults["reported_on"] = "Отчёт раньше решения о поддержке."
    if not reported and any(values.get(key) for key in ("beneficiaries", "events", "publications")):
        faults["reported_on"] = "Укажите дату отчёта получателя."
    return faults


EVENT = RecordType(
    key="event",
    title="Мероприятия",
    title_one="Мероприятие",
    nouns=("мероприятие", "мероприятия", "мероприятий"),
    title_field="title",
    icon="calendar-check",
    fields=(
        Field("held_on", "Дата", Kind.DATE, required=True, width=11, listed=True, aliases=("дата", "дата проведения")),
        Field("title", "Название", Kind.TEXT, required=True, width=44, listed=True,
              aliases=("название", "мероприятие")),
        Field("kind", "Вид", Kind.CHOICE, required=True, width=22, dictionary="event_kind", listed=True,
              aliases=("вид",)),
        Field("hours", "Часов", Kind.AMOUNT, width=8, listed=True, aliases=("часов",)),
        Field("participants", "Участников", Kind.COUNT, width=9, listed=True, aliases=("участников",)),
        Field("place", "Место", Kind.TEXT, width=30, aliases=("место",)),
        Field("account", "Учтено в отчёте за", Kind.QUARTER, width=10, computed=True, imported=False),
    ),
)

PROGRAMME = RecordType(
    key="programme",
    title="Программы поддержки",
    title_one="Программа поддержки",
    nouns=("программа", "программы", "программ"),
    title_field="title",
    icon="books",
    validate=validate_programme,
    fields=(
        Field("title", "Название", Kind.TEXT, required=True, width=44, listed=True),
        Field("act", "Акт", Kind.TEXT, required=True, width=34, listed=True, help="Вид, дата и № акта."),
        Field("starts_on", "Действует с", Kind.DATE, required=True, width=11, listed=True),
        Field("ends_on", "Действует по", Kind.DATE, width=11, listed=True),
    ),
)

PROGRAMME_LINES = (
    LineType(
        key="programme_year",
        title="Предусмотрено на год",
        title_one="год программы",
        parent_column="programme_id",
        match=("year",),
        fields=(
            Field("year", "Год", Kind.YEAR, required=True, width=6),
            Field("planned", "Предусмотрено, ₽", Kind.MONEY, required=True, width=14),
        ),
    ),
    LineType(
        key="programme_execution",
        title="Исполнение по кварталам",
        title_one="исполнение",
        parent_column="programme_id",
        match=("account",),
        signed=frozenset({"local", "oblast", "federal", "other"}),
        fields=(
            Field("account", "Квартал", Kind.QUARTER, required=True, width=10),
            Field("local", "Местный бюджет, ₽", Kind.MONEY, width=14, help="Возврат денег — с минусом."),
            Field("oblast", "Областной бюджет, ₽", Kind.MONEY, width=14),
            Field("federal", "Федеральный бюджет, ₽", Kind.MONEY, width=14),
            Field("other", "Внебюджетные, ₽", Kind.MONEY, width=14),
        ),
    ),
)

CONTEST = RecordType(
    key="grant_contest",
    title="Конкурсы грантов",
    title_one="Конкурс грантов",
    nouns=("конкурс", "конкурса", "конкурсов"),
    title_field="title",
    icon="star",
    validate=validate_contest,
    fields=(
        Field("year", "Год", Kind.YEAR, required=True, width=6, listed=True),
        Field("title", "Название", Kind.TEXT, required=True, width=44, listed=True),
        Field("grant_limit", "Предел гранта, ₽", Kind.MONEY, required=True, width=14, listed=True),
        Field("total_limit", "Предел на район, ₽", Kind.MONEY, required=True, width=14, listed=True),
    ),
)

APPLICATION = RecordType(
    key="grant_application",
    title="Заявки на гранты",
    title_one="Заявка на грант",
    nouns=("заявка", "заявки", "заявок"),
    title_field="project",
    icon="file-text",
    validate=validate_application,
    fields=(
        Field("contest_id", "Конкурс", Kind.LINK, required=True, width=30, register="grant_contest", listed=True),
        Field("ngo_id", "НКО", Kind.LINK, required=True, width=36, register="ngo", listed=True),
        Field("project", "Проект", Kind.TEXT, required=True, width=40, listed=True),
        Field("applied_on", "Подана", Kind.DATE, required=True, width=11, listed=True),
        Field("asked", "Запрошено, ₽", Kind.MONEY, required=True, width=14, listed=True),
        Field("decision", "Решение", Kind.CHOICE, width=12, dictionary="decision", listed=True),
        Field("decision_on", "Дата решения", Kind.DATE, width=11),
        Field("granted", "Сумма гранта, ₽", Kind.MONEY, width=14, listed=True),
        Field("reported_on", "Отчёт получателя", Kind.DATE, width=11),
        Field("beneficiaries", "Благополучателей, чел.", Kind.COUNT, width=9),
        Field("events", "Мероприятий", Kind.COUNT, width=8),
        Field("publications", "Публикаций", Kind.COUNT, width=8),
        Field("account", "Подача в отчёте за", Kind.QUARTER, width=10, computed=True, imported=False),
        Field("decision_account", "Решение в отчёте за", Kind.QUARTER, width=10, computed=True, imported=False),
        Field("report_account", "Отчёт получателя в отчёте за", Kind.QUARTER, width=10, computed=True, imported=False),
    ),
)
