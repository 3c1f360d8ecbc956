"""Documents attached to records: a decision, an agreement, a consent, with their bytes."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Id, Record


class DocumentBlob(Base):
    """The bytes of a file, kept once however many records have it; size in bytes.

    Its bytes are never changed: they may only be erased (152-ФЗ), and come back when the same file is attached
    again.  The journal holds the hash, not the bytes.
    """

    __tablename__ = "document_blob"
    __table_args__ = (CheckConstraint("length(sha256) = 64", name="sha256"), CheckConstraint("size > 0", name="size"))
    id: Mapped[Id]
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    size: Mapped[int]
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)


class Document(Record, Base):
    """A file attached to a record of any register; taken off, it lies in the archive.

    register and record_id: of the record it hangs on.  dated_on: the day on the document.  Name, size and hash
    stay as they came (a trigger holds it); kind, day and note may be set right.
    """

    __tablename__ = "document"
    __table_args__ = (
        Index("ix_document_record", "register", "record_id"),
        CheckConstraint("name <> ''", name="name"),
        CheckConstraint("size > 0", name="size"),
        {"info": {"lasting": ("register", "record_id", "name", "size", "sha256")}},
    )
    register: Mapped[str] = mapped_column(String(32))
    record_id: Mapped[int]
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(String(16))
    dated_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(ForeignKey("document_blob.sha256", ondelete="RESTRICT"), index=True)
    attached_on: Mapped[date]
    attached_by: Mapped[str]
