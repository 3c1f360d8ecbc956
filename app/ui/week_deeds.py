"""Deeds over appeals and reminders, and what every card can do in the clerk's week."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from app.core.roles import Right
from app.records import REGISTERS
from app.ui import reminding
from app.ui.deeds import special
from app.ui.record_card import Deed
from app.ui.short_words import quoted
from app.usecases import appeals, reminders
from app.usecases.erased_again import NAME

if TYPE_CHECKING:
    from app.ui.register_page import RegisterPage

BECOMES = (
    ("need", "Записать потребность", "lifebuoy"),
    ("service", "Записать услугу центра", "handshake"),
    ("support", "Записать меру поддержки", "currency-rub"),
)
RECIPIENTS = "service_recipient"


def common(page: RegisterPage, card: Any) -> list[Deed]:
    """What any card offers: a reminder."""
    if page.register == "reminder":
        return []
    return [("Напомнить", "bell", partial(reminding.ask_of_page, page.window_))]


def call_list(page: RegisterPage) -> None:
    """The marked NGOs, else those of the search and filters."""
    page.window_.open("calling", ids=tuple(page.marking.ids or page.model.ids))


@special("appeal")
def appeal_deeds(page: RegisterPage, card: Any) -> list[Deed]:
    """Answered, and what it becomes."""
    found: list[Deed] = []
    if card.values.get("answered_on") is None:
        found.append(("Отметить ответ", "check-circle", partial(answer, page, card)))
    found += [(word, icon, partial(become, page, card, register)) for register, word, icon in BECOMES]
    sender = str(card.values.get("sender") or "")
    if sender and not sender.startswith(NAME):
        found.append(("Обезличить заявителя", "prohibit", partial(ask_applicant, page, card.id)))
    return found


def ask_applicant(page: RegisterPage, appeal_id: int) -> None:
    from app.ui import erasing_deed

    if not page.refused(Right.ERASE):
        erasing_deed.ask_applicant(page, appeal_id)


def answer(page: RegisterPage, card: Any) -> None:
    """«Отвечено» today."""
    title = f"Обращение: отвечено {quoted(str(card.values['subject'])[:60])}"
    page.desk.write("edit", title, appeals.answer, card.id, changed={"appeal"})


def become(page: RegisterPage, card: Any, register: str) -> None:
    """The form of a need, service or support, filled in from the appeal; saved, both name each other."""
    values = page.desk.read(appeals.made_from, card.id, register)
    other: Any = page.window_.open(register)
    if other.editing.open:
        page.window_.notify(f"{REGISTERS[register].title}: открыта другая форма. Сохраните её или закройте (Esc).")
        return
    page.window_.open(register, new=values)
    if not other.editing.open:
        return  # who only looks was told so
    if register == "service" and card.values.get("ngo_id") is not None:
        line = {"ngo_id": card.values["ngo_id"], "ngo_id_title": card.values.get("ngo_id_title", "")}
        other.editing.form.tables[RECIPIENTS].fill((line,))


@special("reminder")
def reminder_deeds(page: RegisterPage, card: Any) -> list[Deed]:
    """Done, and the record it is of."""
    found: list[Deed] = []
    if card.values.get("done_on") is None:
        found.append(("Отметить: сделано", "check-circle", partial(done, page, card)))
    if card.values.get("about"):
        found.append(("Открыть запись", "arrow-right", partial(open_about, page, card)))
    return found


def done(page: RegisterPage, card: Any) -> None:
    about = page.desk.read(reminders.about, card.id)
    title = f"Напоминание: сделано {quoted(str(card.values['text'])[:60])}"
    changed = {"reminder"} | ({about[0]} if about else set())
    page.desk.write("edit", title, reminders.done, card.id, changed=changed)


def open_about(page: RegisterPage, card: Any) -> None:
    about = page.desk.read(reminders.about, card.id)
    if about is None:
        page.window_.notify("Это напоминание само по себе: записи за ним нет.")
    else:
        page.window_.open(about[0], record=about[1])
