"""What can be done with one record beyond changing it: the card's menu, by register."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer

from app.core.errors import AppError, InvalidRecord
from app.core.periods import Quarter
from app.ui.ask import ask_text, ask_values
from app.ui.attaching import Attaching
from app.ui.dialogs import Dialog
from app.ui.record_card import Deed
from app.ui.short_words import quoted
from app.usecases import records

if TYPE_CHECKING:
    from app.ui.register_page import RegisterPage

Maker = Callable[["RegisterPage", Any], list[Deed]]
_SPECIAL: dict[str, Maker] = {}


def special(register: str) -> Callable[[Maker], Maker]:
    """Enter the deeds of a register: (page, card) -> deeds, first in its menu."""

    def enter(maker: Maker) -> Maker:
        _SPECIAL[register] = maker
        return maker

    return enter


def of_card(page: RegisterPage, card: Any) -> list[Deed]:
    """Deeds of a record: its register's own, its history, the archive."""
    from app.ui import ngo_deeds, support_deeds, week_deeds  # noqa: F401 - importing enters their deeds

    name = page.name_of(card)

    def states() -> None:
        back = (page.register, {"record": card.id})
        page.window_.open("states", register=page.register, record=card.id, back=back)

    def attach() -> None:
        Attaching(page.window_, page.desk, (page.register, card.id, name)).choose()

    if card.archived_on is not None:
        back = page.window_.guarded(lambda: restore(page, card.id, name))
        return [("Вернуть из архива", "arrow-counter-clockwise", back), ("Прежние состояния", "clock", states)]
    maker = _SPECIAL.get(page.register)
    own = maker(page, card) if maker else []
    guarded: list[Deed] = [(word, icon, page.window_.guarded(act)) for word, icon, act in own]
    former = page.desk.read(records.late_for, page.register, card.id)
    if former is not None:
        count = page.window_.guarded(lambda: to_former(page, card.id, name, former))
        guarded.append(("Учесть в своём квартале", "calendar-check", count))
    return [
        *guarded,
        *((word, icon, page.window_.guarded(act)) for word, icon, act in week_deeds.common(page, card)),
        ("Прикрепить документ", "upload-simple", page.window_.guarded(attach)),
        ("Прежние состояния", "clock", states),
        ("В архив", "archive", page.window_.guarded(lambda: archive(page))),
    ]


def open_story(page: RegisterPage) -> bool:
    """Enter on a row: the page of that NGO; False where the register has no such page, or nothing is chosen."""
    if page.register != "ngo" or page.chosen_id is None:
        return False
    page.window_.open("story", record=page.chosen_id)
    return True


def archive(page: RegisterPage) -> None:
    """Ask for the reason and put the chosen record away, or all that are marked."""
    if len(page.marking.ids) > 1:
        page.many.ask_archive()
        return
    record_id, card = page.chosen_id, page.card.card
    if record_id is None or card is None or card.archived_on is not None:
        return
    name = page.named(card)
    try:
        page.desk.read(records.refuse_archiving, page.register, record_id)
    except AppError as refused:  # told before she has typed why
        _tell_refused(page, card, refused)
        return

    def put_away(reason: str) -> None:
        title = f"В архив: {name}"
        page.desk.write(
            "archive", title, records.archive, page.register, record_id, reason, changed={page.register}
        )

    ask_text(
        page.window_,
        f"{name} — в архив",
        "Запись не войдёт в списки и отчёты, журнал её сохранит. Вернуть можно в любой день.",
        "Почему",
        "Перенести в архив",
        put_away,
    )


def _tell_refused(page: RegisterPage, card: Any, refused: AppError) -> None:
    """A decision that stands in the register of recipients can only be terminated: the dialog offers that."""
    from app.ui import support_deeds

    if page.register != "support" or card.values.get("entry_no") is None or card.values.get("terminates_id"):
        raise refused

    def terminate() -> None:  # once this dialog is gone
        QTimer.singleShot(0, page.window_.guarded(lambda: support_deeds.terminate(page, card)))

    dialog = Dialog(refused.message, refused.hint, deed="Прекратить поддержку", act=terminate, leave="Закрыть")
    page.window_.ask(dialog)


def to_former(page: RegisterPage, record_id: int, name: str, former: Quarter) -> None:
    """What came late is counted in the quarter of its date after all, and that return asks for a correction."""

    def move(_values: dict[str, Any]) -> None:
        title = f"Учтено в своём квартале: {quoted(name)}"
        page.desk.write("edit", title, records.count_in_former, page.register, record_id, changed={page.register})

    ask_values(
        page.window_,
        page.desk,
        f"Учесть в отчёте за {former.title}?",
        f"Отчёт за {former.title} утверждён: после этого нужен уточнённый. Иначе запись войдёт в ближайший отчёт"
        " как поступившая позже.",
        (),
        "Учесть и уточнить отчёт",
        move,
    )


def restore(page: RegisterPage, record_id: int, name: str) -> None:
    page.desk.write(
        "archive", f"Из архива: {quoted(name)}", records.restore, page.register, record_id, changed={page.register}
    )


def refusal(error: AppError) -> str:
    """What a dialog says when its deed was refused: the faults, or the message with its hint."""
    if isinstance(error, InvalidRecord):
        return " ".join(error.faults.values())
    return f"{error.message} {error.hint}".strip()
