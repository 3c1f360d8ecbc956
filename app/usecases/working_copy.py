"""«Рабочая копия»: a file for a colleague who works apart, marked with where it left its own file."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.errors import AppError, Deed, reason_of
from app.core.roles import PROGRAM, Rights, Role
from app.models import JournalEntry, Setting
from app.models.admission import WORKING_COPY
from app.models.backup import write_backup
from app.models.copying import flush_to_disk
from app.models.database import Database
from app.models.side_room import side_room
from app.usecases.people import named, people
from app.usecases.personal_copies import note_copy


@dataclass(frozen=True, slots=True)
class CopyMark:
    """What a working copy knows of itself.

    whom: the colleague.  of: `identity` of the file, by which its copies know each other;
    base, entry: hash and number of the last one at the fork.  made_on, made_by: when and by whom.
    """

    whom: str
    of: str
    base: str
    entry: int
    made_on: date
    made_by: str


def mark_of(session: Session) -> CopyMark | None:
    """The mark of a working copy; None for a file of its own."""
    kept = session.get(Setting, WORKING_COPY)
    if kept is None:
        return None
    told = json.loads(kept.value)
    return CopyMark(
        told["for"], told["of"], told["base"], told["entry"], date.fromisoformat(told["made_on"]), told["made_by"]
    )


def refuse_in_copy(session: Session, what: str) -> None:
    """AppError in a working copy: what is numbered or counted in one file cannot be in two.  what: «Вносить …»."""
    rights: Rights | None = session.info.get("rights")
    if rights is not None and rights.copy_for:
        raise AppError(
            f"Это рабочая копия ({rights.copy_for}): {what} можно только в основном файле.",
            "Верните изменения, и это сделают там.",
        )


def identity(session: Session) -> str:
    """The hash that the journal had when the file was made: the same in a file and all its copies."""
    first = select(func.min(JournalEntry.batch_id)).scalar_subquery()
    query = select(JournalEntry.hash).where(JournalEntry.batch_id == first).order_by(JournalEntry.id.desc()).limit(1)
    return session.scalar(query) or ""


def make_working_copy(database: Database, out: Path | str, whom: str) -> Path:
    """Write a checked working copy of the open file for a colleague; nothing that is there is replaced.

    AppError: the file is a working copy itself, the name is taken, the folder lacks; where the file has people,
    for nobody but one of them who may write.
    """
    target, whom = Path(os.path.abspath(out)), " ".join(whom.split())
    if target.exists():
        raise AppError(f"«{target.name}» уже есть.", "Назовите рабочую копию иначе: прежний файл не заменяется.")
    if not target.parent.is_dir():
        raise AppError(f"Папки «{target.parent}» нет.", "Создайте её или выберите другую.")
    with database.read() as session:
        whom = _whom(session, whom)
        of = identity(session)
    note_copy(database, target, f"рабочая копия ({whom})")
    # Built beside the file and not where it goes: that may be a stick or a share, where no file may be worked on.
    try:
        with side_room(database.path, "рабочая копия") as folder:
            part = folder / target.name
            write_backup(database.path, part, database.actor)
            _mark(part, database, whom, of)
            _put(part, target)
    except OSError as fault:
        raise AppError(
            f"Рабочая копия не записана: {reason_of(fault)}.", "Выберите другую папку или освободите место.",
            Deed.FOLDER, about=target.parent,
        ) from fault
    return target


def _whom(session: Session, whom: str) -> str:
    if mark_of(session) is not None:
        raise AppError("Этот файл — сам рабочая копия.", "Рабочие копии делают из основного файла.")
    if not whom:
        raise AppError("Не сказано, для кого рабочая копия.", "Назовите коллегу: его именем подпишутся изменения.")
    if not people(session):
        return whom
    person = named(session, whom)
    if person.role is Role.VIEWER:
        raise AppError(f"Роль {person.name} — просмотр: менять записи не сможет.", "Сначала измените роль в «Людях».")
    return person.name


def _mark(part: Path, database: Database, whom: str, of: str) -> None:
    opened = Database.open(part, clock=database.clock, actor=database.actor, account=database.account)
    with opened as copy, copy.write(PROGRAM, f"Рабочая копия: {whom}") as session:
        last = session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc()).limit(1)).one()
        told = {
            "for": whom, "of": of, "base": last.hash, "entry": last.id,
            "made_on": database.clock.today().isoformat(), "made_by": database.actor,
        }  # fmt: skip
        session.add(Setting(key=WORKING_COPY, value=json.dumps(told, ensure_ascii=False)))


def _put(part: Path, target: Path) -> None:
    beside = target.with_name(target.name + ".part")
    try:
        shutil.copyfile(part, beside)
        flush_to_disk(beside)
        os.replace(beside, target)
        flush_to_disk(target.parent)
    finally:
        beside.unlink(missing_ok=True)
