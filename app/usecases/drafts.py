"""Drafts: what was typed into a form and not saved, kept in files beside the database.

A draft outlives a crash and a power cut: it is written under another name, synced and renamed.  It is no
record: neither the journal nor a return knows of it.  It may hold personal data, so that only its owner can
read its file, it goes when the record is saved or the draft discarded, and `forget_person` takes a person out.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from app.core.errors import AppError, reason_of
from app.core.text import fold
from app.models import JournalEntry
from app.records import REGISTERS
from app.usecases.erased_traces import MASK
from app.usecases.tables import MODELS

SUFFIX = ".json"
DAMAGED = ".damaged"
PART = ".part"
NEW = "new"
_TELLING = 8  # bytes: a shorter piece of a name at the end of a file says nothing of who it is
_PERSON = "contact"  # the lines that name persons


@dataclass(frozen=True, slots=True)
class Draft:
    """One form as it was left.  record_id: None of a new record.  at: UTC, when it was written last.

    key: the name of its file.  title: how the record is called in the form.  seen: the last entry of the
    journal that told of the record when the form was opened; a later one means that the record has changed.
    values: field key -> what stands in its editor, as typed, where that is not what the record has.
    lines: line key -> lines with `id` and `values`.
    """

    key: str
    register: str
    record_id: int | None
    title: str
    at: datetime
    actor: str
    seen: int
    values: Mapping[str, Any]
    lines: Mapping[str, Sequence[Mapping[str, Any]]]


def folder_of(database: Path) -> Path:
    """Where drafts of a file of a district lie."""
    return database.with_name(f"{database.name}.drafts")


def drafts(database: Path, actor: str | None = None, register: str | None = None) -> tuple[Draft, ...]:
    """The drafts of a person (of everybody without actor), the latest first.

    A file that cannot be read is passed over.
    """
    found = [read for path in _files(database) if (read := _read(path)) is not None]
    wanted = (d for d in found if actor in (None, d.actor) and register in (None, d.register))
    return tuple(sorted(wanted, key=lambda draft: (draft.at, draft.key), reverse=True))


def key_of(register: str, record_id: int | None, actor: str, new: str) -> str:
    """The name of a draft: one for each record and person, and one for each new record (new: a fresh key)."""
    if record_id is None:
        return f"{register}-{NEW}-{new}"
    return f"{register}-{record_id}-{hashlib.sha256(actor.encode()).hexdigest()[:8]}"


def keep(database: Path, draft: Draft) -> None:
    """Write a draft whole or not at all; it is on the disk when this returns.  AppError when it cannot be."""
    folder = folder_of(database)
    told = asdict(draft) | {"at": draft.at.isoformat()}
    content = json.dumps(told, ensure_ascii=False, sort_keys=True).encode()
    part = folder / f"{draft.key}{PART}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(folder / f"{draft.key}{SUFFIX}")
        _sync(folder)
    except OSError as fault:
        raise AppError(
            f"Черновик не записан на диск: {reason_of(fault)}.",
            "Сохраните запись сейчас: при сбое программы набранное пропадёт.",
        ) from fault


def discard(database: Path, key: str) -> None:
    """Take a draft away; one that is not there is no fault."""
    folder = folder_of(database)
    try:
        (folder / f"{key}{SUFFIX}").unlink(missing_ok=True)
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
    except OSError:
        return  # it is offered once more, which does less harm than a stop


def hand_over(database: Path, former: str, name: str) -> None:
    """The drafts of a person who is called otherwise from now on are hers under the new name."""
    for draft in drafts(database, former):
        keep(database, replace(draft, actor=name))


def set_aside_damaged(database: Path) -> tuple[str, ...]:
    """Rename what cannot be read as a draft, and tell each in a sentence."""
    told = []
    for path in _files(database):
        if _read(path) is not None:
            continue
        aside = path.with_suffix(DAMAGED)
        try:
            path.replace(aside)
        except OSError:
            continue
        register = REGISTERS.get(path.name.partition("-")[0])
        what = f" (раздел «{register.title}»)" if register else ""
        told.append(f"Черновик{what} повреждён и не открыт: файл отложен под именем «{aside.name}».")
    return tuple(told)


def last_change(session: Session, register: str, id: int) -> int:
    """The number of the last entry of the journal that tells of the record or of its lines; 0 for none."""
    itself = and_(JournalEntry.table_name == register, JournalEntry.record_id == str(id))
    its_line = and_(JournalEntry.owner_table == register, JournalEntry.owner_id == str(id))
    return session.scalar(select(func.max(JournalEntry.id)).where(or_(itself, its_line))) or 0


def is_editable(session: Session, register: str, id: int) -> bool:
    """Is the record there, and not in the archive?"""
    row = session.get(MODELS[register], id)
    return row is not None and row.archived_on is None


def forget_person(database: Path, name: str, contact_id: int | None = None) -> int:
    """Take a contact person out of every draft, by the line of the person or by the name; returns how many drafts.

    name: also a telephone or address of hers: what is typed into notes loses it, as kept notes do.
    For the deed that erases the person from the records and from the journal (152-ФЗ).
    """
    changed = 0
    for draft in drafts(database):
        lines = {key: [line for line in given if not _names(key, line, name, contact_id)]
                 for key, given in draft.lines.items()}  # fmt: skip
        told = {"title": draft.title, "values": draft.values, "lines": lines}
        bare = replace(draft, **_masked(told, name))
        if bare != replace(draft, lines={key: list(given) for key, given in draft.lines.items()}):
            keep(database, bare)
            changed += 1
    return changed + sum(_forget_unread(path, name) for path in _unread(database)) if name else changed


def _forget_unread(path: Path, text: str) -> bool:
    """What no longer reads as a draft loses the text as it stands, cut short at its end too; was it there?"""
    try:
        held = path.read_bytes()
        bare = held.replace(text.encode(), MASK.encode())
        for form in (text, json.dumps(text, ensure_ascii=False)[1:-1], json.dumps(text)[1:-1]):
            bare = bare.replace(form.encode(), MASK.encode())
            piece = form.encode()
            cut = next((n for n in range(len(piece) - 1, _TELLING - 1, -1) if bare.endswith(piece[:n])), 0)
            bare = bare[: len(bare) - cut]
        if bare == held:
            return False
        path.write_bytes(bare)
    except OSError:
        return False
    return True


def _masked(told: Any, text: str) -> Any:
    """What a draft holds, without the text in any of its strings."""
    if isinstance(told, str):
        return told.replace(text, MASK) if text else told
    if isinstance(told, dict):
        return {key: _masked(one, text) for key, one in told.items()}
    return [_masked(one, text) for one in told] if isinstance(told, list) else told


def _names(key: str, line: Mapping[str, Any], name: str, contact_id: int | None) -> bool:
    if key != _PERSON:
        return False
    same = contact_id is not None and line.get("id") == contact_id
    return same or (bool(name) and fold(str(line.get("values", {}).get("name", ""))) == fold(name))


def _files(database: Path) -> list[Path]:
    try:
        return sorted(path for path in folder_of(database).iterdir() if path.suffix == SUFFIX)
    except OSError:
        return []


def _unread(database: Path) -> list[Path]:
    """Drafts that were put aside as damaged, and those that a crash left half written."""
    try:
        return sorted(path for path in folder_of(database).iterdir() if path.suffix in (DAMAGED, PART))
    except OSError:
        return []


def _read(path: Path) -> Draft | None:
    try:
        told = json.loads(path.read_bytes())
        draft = Draft(
            key=path.stem, register=told["register"], record_id=told["record_id"], title=told["title"],
            at=datetime.fromisoformat(told["at"]), actor=told["actor"], seen=int(told["seen"]),
            values=told["values"], lines=told["lines"],
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError):
        return None
    whole = isinstance(draft.values, dict) and isinstance(draft.lines, dict) and draft.register in REGISTERS
    sound = whole and all(isinstance(line, dict) for given in draft.lines.values() for line in given)
    return draft if sound and isinstance(draft.record_id, int | None) else None


def _sync(folder: Path) -> None:
    """The new name is on the disk too; Windows neither can nor needs to be asked."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
