"""The tables of the journal: who wrote what, when, before → after, chained by SHA-256.

Each entry hashes the entry before it, its own facts and the digests of its values; a digest is
SHA-256(salt + value).  Values and salts lie beside, so that personal data can be erased while
the chain still verifies (152-ФЗ).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Batch(Base):
    """Writes that belong together and are undone together: one import, one edit, one merge."""

    __tablename__ = "batch"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))  # edit, import, … : see Database.write
    title: Mapped[str]  # for the page of recent changes: «импортировала НКО: новых 64»
    at: Mapped[datetime]
    actor: Mapped[str]
    account: Mapped[str]  # of the operating system
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("batch.id", ondelete="RESTRICT"))


class JournalEntry(Base):
    """One write of one row: op is insert, update or delete (of a line, never of a record)."""

    __tablename__ = "journal"
    __table_args__ = (
        Index("ix_journal_record", "table_name", "record_id"),
        Index("ix_journal_owner", "owner_table", "owner_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id", ondelete="RESTRICT"), index=True)
    at: Mapped[datetime]
    actor: Mapped[str]
    account: Mapped[str]
    op: Mapped[str] = mapped_column(String(6))
    table_name: Mapped[str] = mapped_column(String(32))
    record_id: Mapped[str] = mapped_column(String(36))  # primary key, as text
    owner_table: Mapped[str] = mapped_column(String(32), default="")  # of a line: the record it hangs on
    owner_id: Mapped[str] = mapped_column(String(36), default="", index=True)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)


class JournalValue(Base):
    """One field of one write.  Erased values are NULL with their salts; the digests stay."""

    __tablename__ = "journal_value"
    entry_id: Mapped[int] = mapped_column(ForeignKey("journal.id", ondelete="RESTRICT"), primary_key=True)
    field: Mapped[str] = mapped_column(String(32), primary_key=True)
    before: Mapped[str | None]
    before_salt: Mapped[str | None] = mapped_column(String(32))
    before_digest: Mapped[str | None] = mapped_column(String(64))
    after: Mapped[str | None]
    after_salt: Mapped[str | None] = mapped_column(String(32))
    after_digest: Mapped[str | None] = mapped_column(String(64))
