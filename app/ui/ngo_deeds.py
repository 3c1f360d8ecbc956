"""Deeds over НКО: checked, on record and off it, a body that registered, two cards that are one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.core.errors import InvalidRecord
from app.core.fields import Field, Kind
from app.ui.ask import ask_values
from app.ui.consent_deed import ask_of_card
from app.ui.deeds import special
from app.ui.ngo_paper import ask_history, show_passport
from app.ui.record_card import Deed
from app.ui.short_words import quoted
from app.usecases import ngos

if TYPE_CHECKING:
    from app.ui.register_page import RegisterPage

ON = Field("on", "День", Kind.DATE, required=True)
CHANGED = {"ngo", "need", "support", "service"}


@special("ngo")
def deeds(page: RegisterPage, card: Any) -> list[Deed]:
    """What fits the card as it stands."""
    name, today = page.name_of(card), page.desk.clock.today()
    found: list[Deed] = []

    def write(title: str, act: Any, *args: Any, **kwargs: Any) -> None:
        page.desk.write("edit", f"НКО: {title} {quoted(name)}", act, card.id, *args, changed=CHANGED, **kwargs)

    if card.values.get("merged_into_id"):
        return found
    found.append(("Записать поддержку", "currency-rub", lambda: page.window_.open("support", new=_of(card, name))))
    found.append(("Записать потребность", "lifebuoy", lambda: page.window_.open("need", new=_of(card, name))))
    found.append(("Записать услугу центра", "handshake", lambda: record_service(page, card.id, name)))
    found.append(("Открыть страницу НКО", "eye", lambda: page.window_.open("story", record=card.id)))
    found.append(("Паспорт НКО (PDF)", "file-pdf", lambda: _passport(page, card)))
    found.append(("Что сделано для НКО (PDF)", "file-pdf", lambda: ask_history(page, card, name)))
    found.append(("Бланк согласия контактного лица (PDF)", "printer", lambda: ask_of_card(page, card, name)))
    found.append(("Отметить проверку сегодня", "seal-check", lambda: write("проверены сведения", ngos.verify)))
    if card.values.get("kind") == "body":
        found.append(("Объединение зарегистрировано", "stamp", lambda: _register(page, card, name, write)))
    if card.values.get("on_record"):
        found.append(("Снять с учёта", "minus-circle", lambda: _remove(page, name, today, write)))
    else:
        found.append(("Поставить на учёт", "plus-circle", lambda: _take(page, name, today, write)))
    found.append(("Объединить с другой карточкой", "tree-structure", lambda: _merge(page, card, name)))
    return found


def _passport(page: RegisterPage, card: Any) -> None:
    name = str(card.values.get("short_name") or card.values["name"])
    show_passport(page.window_, page.desk, card.id, name, back=("ngo", {"record": card.id}))


def _of(card: Any, name: str) -> dict[str, Any]:
    return {"ngo_id": card.id, "ngo_id_title": card.values.get("short_name") or name}


def record_service(page: RegisterPage, ngo: int, name: str) -> None:
    """A new service with this NGO as its recipient: the form of «Услуги центров»."""
    other: Any = page.window_.open("service")
    if other.editing.open:
        page.window_.notify("Услуги центров: открыта другая форма. Сохраните её или закройте (Esc).")
        return
    page.window_.open("service", new={})
    if other.editing.open:  # who only looks was told so
        other.editing.form.tables["service_recipient"].fill(({"ngo_id": ngo, "ngo_id_title": name},))


def record_service_of_chosen(page: RegisterPage) -> None:
    """Ctrl+U over the NGO that is shown."""
    card = page.card.card
    if card is not None and card.archived_on is None and not card.values.get("merged_into_id"):
        record_service(page, card.id, str(card.values.get("short_name") or page.name_of(card)))


def _register(page: RegisterPage, card: Any, name: str, write: Any) -> None:
    fields = [
        Field("ogrn", "ОГРН", Kind.OGRN, required=True),
        Field("inn", "ИНН", Kind.INN, required=True),
        Field("okopf", "Правовая форма", Kind.CHOICE, required=True, dictionary="legal_form"),
        Field("registered_on", "Дата регистрации", Kind.DATE, required=True, help="День присвоения ОГРН."),
        Field("name", "Полное наименование", Kind.TEXT, required=True, width=60),
    ]
    ask_values(
        page.window_, page.desk, f"{quoted(name)} становится юридическим лицом",
        "Карточка и её история останутся, вид изменится. В отчёте НКО считается юридическим лицом с этого квартала.",
        fields, "Записать регистрацию",
        lambda values: write("зарегистрировано объединение", ngos.register_body, values),
        given={"name": card.values["name"]},
    )  # fmt: skip


def _remove(page: RegisterPage, name: str, today: Any, write: Any) -> None:
    fields = [
        ON,
        Field("removal", "Почему", Kind.CHOICE, required=True, dictionary="removal"),
        Field("liquidated_on", "Дата ликвидации", Kind.DATE, help="Если ликвидирована или исключена из ЕГРЮЛ."),
    ]

    def act(values: dict[str, Any]) -> None:
        write("снята с учёта", ngos.remove_from_record, values["on"], values["removal"],
              liquidated_on=values["liquidated_on"])  # fmt: skip

    ask_values(
        page.window_, page.desk, f"{quoted(name)} снимается с учёта",
        "Записи о поддержке, услугах и потребностях останутся. Новых не будет, пока НКО снова не поставят на учёт.",
        fields, "Снять с учёта", act, given={"on": today},
    )  # fmt: skip


def _take(page: RegisterPage, name: str, today: Any, write: Any) -> None:
    status = Field("status", "Статус", Kind.CHOICE, required=True, dictionary="ngo_status")
    ask_values(
        page.window_, page.desk, f"{quoted(name)} снова на учёте", "С этого дня НКО входит в отчёт.", [ON, status],
        "Поставить на учёт",
        lambda values: write("поставлена на учёт", ngos.take_on_record, values["on"], status=values["status"]),
        given={"on": today, "status": "unverified"},
    )  # fmt: skip


def _merge(page: RegisterPage, card: Any, name: str) -> None:
    """Which card is the same NGO; both are then shown side by side."""

    def act(values: dict[str, Any]) -> None:
        if values["other"] == card.id:
            raise InvalidRecord({"other": "Это та же карточка: выберите другую."})
        page.window_.open("merge", pair=(card.id, values["other"]))

    ask_values(
        page.window_, page.desk, f"{quoted(name)} — вторая карточка той же НКО",
        "Карточки встанут рядом: выберете, какая останется и чьё значение верно в каждом поле.",
        [Field("other", "Другая карточка", Kind.LINK, required=True, register="ngo")],
        "Сравнить карточки", act,
    )  # fmt: skip
