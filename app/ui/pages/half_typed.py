"""Forms that were left half typed, as tasks of the first page."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from app.core.russian import day
from app.records import REGISTERS
from app.ui.desk import Desk
from app.usecases.tasks import Task

WORDS = ("недописанная карточка", "недописанные карточки", "недописанных карточек")


def drafts_of(desk: Desk) -> tuple[Any, ...]:
    """This person's drafts, the latest first; none where the program keeps no drafts."""
    try:
        drafts: Any = import_module("app.usecases.drafts")
    except ModuleNotFoundError:
        return ()
    database = desk.database
    return tuple(drafts.drafts(database.path, database.actor))


def tasks_of(desk: Desk) -> list[Task]:
    """One task for each register that has any."""
    found: dict[str, list[Any]] = {}
    for draft in drafts_of(desk):
        found.setdefault(draft.register, []).append(draft)
    return [
        Task("note-pencil", "", len(some), WORDS, _told(register, some[0]), register, (), "Продолжить")
        for register, some in found.items()
    ]


def _told(register: str, draft: Any) -> str:
    what = f"{REGISTERS[register].title_one} {draft.title}".strip()
    return f"{what}, {day(draft.at.date())}"


def go_on(window: Any, desk: Desk, register: str) -> None:
    """The form of the latest draft of a register."""
    draft = next((draft for draft in drafts_of(desk) if draft.register == register), None)
    if draft is None:
        window.open(register)
    elif draft.record_id is not None:
        window.open(register, record=draft.record_id, edit=True)
    else:
        window.open(register).editing.open_draft(draft)
