"""What the region decides over the returns it took in: its consolidated return, and which duplicates are justified."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.periods import Quarter
from app.models.base import Base, Line


class ConsolidatedReturn(Base):
    """A consolidated return that was frozen, with the bytes of its papers: insert-only, as a district's own is.

    number: 1 for the first of its quarter, the next one after another return came.  data: canonical JSON of the
    figures, sha256 its hash.  sources: JSON, a list of [quarter, ОКТМО, correction, SHA-256] of every return that
    was looked at, those of the quarters before too.  html: compressed by zlib.
    """

    __tablename__ = "consolidated_return"
    __table_args__ = (
        UniqueConstraint("quarter", "number"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("length(sha256) = 64", name="sha256"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    quarter: Mapped[Quarter] = mapped_column(index=True)
    number: Mapped[int]
    form_version: Mapped[str] = mapped_column(String(16))
    frozen_at: Mapped[datetime]
    frozen_by: Mapped[str]
    data: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64))
    sources: Mapped[str]
    pdf: Mapped[bytes] = mapped_column(LargeBinary)
    xlsx: Mapped[bytes] = mapped_column(LargeBinary)
    html: Mapped[bytes] = mapped_column(LargeBinary)


class DuplicateReason(Line, Base):
    """Why a duplicate is none: «обосновано».  key: as coverage tells it; it names the quarter."""

    __tablename__ = "duplicate_reason"
    __table_args__ = (CheckConstraint("length(reason) > 0", name="reason"),)
    quarter: Mapped[Quarter] = mapped_column(index=True)
    key: Mapped[str] = mapped_column(unique=True)
    reason: Mapped[str]
    by: Mapped[str]
    given_on: Mapped[date]
