"""Backups, and the check that a file is whole: structure, links, schema, journal, frozen returns, search."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from app.models import Base, FrozenReturn, JournalEntry, JournalValue, sqlite_only
from app.models.backup import Copy, write_backup
from app.models.database import Database
from app.models.journal import chain_head, verify
from app.models.schema import HEAD
from app.returns.codec import anchor_of, fingerprint
from app.usecases import search_index
from app.usecases.documents import document_faults
from app.usecases.erased_again import faults_of_erased
from app.usecases.received import received_faults
from app.usecases.region_digests import digest_faults
from app.usecases.region_frozen import whole_faults
from app.usecases.region_package_issuing import issued_faults
from app.usecases.region_questions import answer_faults
from app.usecases.region_whole import found_faults
from app.usecases.rows_and_journal import rows_changed_past_journal


@dataclass(frozen=True, slots=True)
class CheckSummary:
    """faults: Russian sentences, none when all is sound.  entries: of the journal; head: its last hash."""

    faults: tuple[str, ...]
    entries: int
    journal_head: str
    frozen_returns: int

    @property
    def sound(self) -> bool:
        return not self.faults


def backup(database: Database, out: Path | str) -> Copy:
    """Write a checked copy of the open file; AppError if it cannot be written (then nothing is there)."""
    return write_backup(database.path, Path(out).absolute(), database.actor)


_SEEN = {
    "sha256": "хеш не тот, что записан в журнале при утверждении.",
    "pdf": "PDF не тот, что напечатан при утверждении.",
    "xlsx": "файл Excel не тот, что записан при утверждении.",
}
"""Fields of a frozen return that the journal has seen, and what is told where one differs."""


def check_database(database: Database) -> CheckSummary:
    """Look at all that can be looked at; takes seconds on a large file, and changes nothing."""
    with database.read() as session:
        faults = sqlite_only.faults_of_file(session.connection())
        schema = _schema_faults(database.path)
        faults += schema
        try:
            faults += verify(session)
            faults += rows_changed_past_journal(session)
            faults += faults_of_erased(session)
            faults += _frozen_faults(session)
            faults += received_faults(session)
            faults += digest_faults(session)
            faults += found_faults(session)
            faults += whole_faults(session)
            faults += issued_faults(session)
            faults += answer_faults(session)
            faults += document_faults(session)
            faults += search_index.faults(session, database)
        except DatabaseError:
            if not schema:  # a table or a column that is gone is told already; what stands in it cannot be read
                raise
            faults.append("Содержимое сверить не с чем: части базы нет. Возьмите последнюю копию файла.")
            return CheckSummary(tuple(faults), 0, "", 0)
        return CheckSummary(
            faults=tuple(faults),
            entries=session.scalar(select(JournalEntry.id).order_by(JournalEntry.id.desc()).limit(1)) or 0,
            journal_head=chain_head(session),
            frozen_returns=len(session.scalars(select(FrozenReturn.id)).all()),
        )


def _schema_faults(path: Path) -> list[str]:
    kept = set(sqlite_only.schema_of(path))
    wanted = set(sqlite_only.schema_of_classes(Base.metadata, HEAD))
    named = sorted({" ".join(statement.split()[1:3]) for statement in kept ^ wanted})
    return [f"Устройство базы не такое, каким его делает программа: {name}." for name in named]


def _frozen_faults(session: Session) -> list[str]:
    """Each frozen return has the hash of its data, the one that the journal saw at freezing, and its anchor.

    The anchor is the head of the journal that the return prints: an entry of that hash must be there.
    """
    journalled = (
        select(JournalEntry.record_id, JournalValue.field, JournalValue.after)
        .join(JournalValue, JournalValue.entry_id == JournalEntry.id)
        .where(JournalEntry.table_name == FrozenReturn.__tablename__, JournalValue.field.in_(_SEEN))
    )
    seen = {(id, field): after for id, field, after in session.execute(journalled)}
    found = []
    f = FrozenReturn
    query = select(f.id, f.quarter, f.correction)
    for id, quarter, correction in session.execute(query.order_by(f.id)).all():
        kept = select(f.data, f.sha256, f.pdf, f.xlsx, f.envelope).where(f.id == id)
        data, sha256, pdf, xlsx, envelope = session.execute(kept).one()
        name = f"Отчёт за {quarter.title}" + (f", уточнённый №\u00a0{correction}" if correction else "")
        if fingerprint(data) != sha256:
            found.append(f"{name}: данные не сходятся со своим хешем.")
        now = {"sha256": sha256, "pdf": _digest(pdf), "xlsx": _digest(xlsx)}
        found += [f"{name}: {_SEEN[field]}" for field in _SEEN if seen.pop((str(id), field), None) != now[field]]
        if not _is_in_journal(session, anchor_of(envelope)):
            found.append(f"{name}: в журнале нет записи, на которой он утверждён: журнал урезан или переписан.")
    if missing := {id for id, _ in seen}:
        found.append(f"Утверждённых отчётов недостаёт: {len(missing)}.")
    return found


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _is_in_journal(session: Session, head: str) -> bool:
    return not head or session.scalar(select(JournalEntry.id).where(JournalEntry.hash == head)) is not None
