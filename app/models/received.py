"""What the region took in: returns of districts, files set aside with their reason, answers that went back.

All three are insert-only, as the papers of a frozen return are: triggers refuse UPDATE, DELETE and REPLACE.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.periods import Quarter
from app.models.base import Base


class ReceivedReturn(Base):
    """A return that was taken in, whole: data, envelope as far as the file carried it, and the bytes of the file.

    oktmo: the code valid on the last day of the quarter, so a former territory's return keeps its own; sha256: of
    the bytes; data: canonical JSON, data_sha256 its hash; hand: filled by hand; envelope: JSON, '' where unknown.
    """

    __tablename__ = "received_return"
    __table_args__ = (
        UniqueConstraint("oktmo", "quarter", "correction"),
        UniqueConstraint("sha256"),
        CheckConstraint("correction >= 0", name="correction"),
        CheckConstraint("length(sha256) = 64 AND length(data_sha256) = 64", name="sha256"),
        CheckConstraint("result = CASE WHEN correction = 0 THEN 'accepted' ELSE 'corrected' END", name="result"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    file_name: Mapped[str]
    received_at: Mapped[datetime]
    received_by: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64))
    oktmo: Mapped[str] = mapped_column(ForeignKey("territory.code", ondelete="RESTRICT"), index=True)
    quarter: Mapped[Quarter] = mapped_column(index=True)
    correction: Mapped[int]
    form_version: Mapped[str] = mapped_column(String(16))
    hand: Mapped[bool]
    result: Mapped[str] = mapped_column(String(12))
    data_sha256: Mapped[str] = mapped_column(String(64))
    envelope: Mapped[str] = mapped_column(default="")
    # What is large stands last: SQLite reads through all that stands before a column it is asked for.
    data: Mapped[str]
    file: Mapped[bytes] = mapped_column(LargeBinary)


class ReceivedFile(Base):
    """A file that was set aside, with its reason, or a PDF kept beside the returns (`beside`), never opened.

    `misnamed` keeps no file: it tells at the place that the name of a file spoke of that another return was in it.

    sha256: of the bytes, or, of a file too large to be read, of its name and size.  oktmo, quarter, correction and
    data_sha256: what the file says of itself, where that could be made out.  faults: canonical JSON, a list of
    {cell, place, text}.  file: the bytes, NULL where they are not worth keeping (a bomb, a program).
    """

    __tablename__ = "received_file"
    __table_args__ = (
        UniqueConstraint("sha256", "result"),
        CheckConstraint("length(sha256) = 64", name="sha256"),
        CheckConstraint(
            "result IN ('faults', 'changed', 'period', 'territory', 'not_a_return', 'beside', 'misnamed')",
            name="result",
        ),
        CheckConstraint("result = 'beside' OR length(reason) > 0", name="reason"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    file_name: Mapped[str]
    received_at: Mapped[datetime]
    received_by: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64))
    result: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(default="")
    oktmo: Mapped[str] = mapped_column(String(8), default="", index=True)
    quarter: Mapped[Quarter | None]
    correction: Mapped[int | None]
    data_sha256: Mapped[str] = mapped_column(String(64), default="")
    faults: Mapped[str] = mapped_column(default="[]")
    file: Mapped[bytes | None] = mapped_column(LargeBinary)


class RegionAnswer(Base):
    """A receipt or remarks that went back to a district, with the bytes of the file.

    data_sha256: of the data that it answers.  number: of a receipt, one a year after another.  remarks: JSON, a
    list of [cell, text].
    """

    __tablename__ = "region_answer"
    __table_args__ = (
        CheckConstraint("step IN ('accepted', 'sent_back')", name="step"),
        CheckConstraint("(step = 'accepted') = (length(number) > 0)", name="number"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    step: Mapped[str] = mapped_column(String(9))
    oktmo: Mapped[str] = mapped_column(ForeignKey("territory.code", ondelete="RESTRICT"), index=True)
    quarter: Mapped[Quarter]
    correction: Mapped[int]
    data_sha256: Mapped[str] = mapped_column(String(64))
    answered_on: Mapped[date]
    number: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    remarks: Mapped[str] = mapped_column(default="[]")
    file: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime]
    by: Mapped[str]
