"""What is typed for a return, what it starts from, and the frozen returns themselves."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.periods import Quarter
from app.models.base import Base, Line, Money


class RowPlan(Line, Base):
    """The plan of a coded row for a year (column 7), with the act that set or changed it.

    The plan on a day is the latest one with `act_on` not after it.
    """

    __tablename__ = "row_plan"
    __table_args__ = (
        UniqueConstraint("year", "code", "act_on"),
        CheckConstraint("value >= 0", name="value"),
        CheckConstraint("act_no <> ''", name="act_no"),
    )
    year: Mapped[int] = mapped_column(index=True)
    code: Mapped[str] = mapped_column(String(16))
    value: Mapped[Money]
    act_no: Mapped[str]
    act_on: Mapped[date]


class ReturnText(Line, Base):
    """A text typed in a return: column 10 of a row (cell `203.note`) or a text row of section 7."""

    __tablename__ = "return_text"
    __table_args__ = (UniqueConstraint("quarter", "cell"),)
    quarter: Mapped[Quarter] = mapped_column(index=True)
    cell: Mapped[str] = mapped_column(String(64))
    text: Mapped[str]


class Explanation(Line, Base):
    """An explanation of a warning: goes into column 10 and annex Г."""

    __tablename__ = "explanation"
    __table_args__ = (UniqueConstraint("quarter", "check_code", "cell"),)
    quarter: Mapped[Quarter] = mapped_column(index=True)
    check_code: Mapped[str] = mapped_column(String(8))
    cell: Mapped[str] = mapped_column(String(64))
    text: Mapped[str]


class OpeningFigure(Line, Base):
    """An opening balance: the figure of a cell at the end of the quarter before the first one.

    quarter is that last quarter without the program; cell is `101.year`, `4.legal.end.year` and so
    on; bare tells that a unique figure is «без состава».
    """

    __tablename__ = "opening_figure"
    __table_args__ = (UniqueConstraint("quarter", "cell"),)
    quarter: Mapped[Quarter] = mapped_column(index=True)
    cell: Mapped[str] = mapped_column(String(64))
    value: Mapped[Money]
    bare: Mapped[bool] = mapped_column(default=False)


class OpeningKey(Line, Base):
    """A member of a unique opening figure, by card: its key as a return writes it."""

    __tablename__ = "opening_key"
    __table_args__ = (UniqueConstraint("quarter", "cell", "key"),)
    quarter: Mapped[Quarter] = mapped_column(index=True)
    cell: Mapped[str] = mapped_column(String(64))
    key: Mapped[str] = mapped_column(String(64))


class FrozenReturn(Base):
    """An approved return, whole: data, envelope, and the bytes of both papers.

    Insert-only: triggers refuse UPDATE, DELETE and REPLACE.  data is canonical JSON, sha256 its hash.
    """

    __tablename__ = "frozen_return"
    __table_args__ = (
        UniqueConstraint("quarter", "correction"),
        CheckConstraint("correction >= 0", name="correction"),
        CheckConstraint("correction = 0 OR length(reason) > 0", name="reason"),
        CheckConstraint("length(sha256) = 64", name="sha256"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    quarter: Mapped[Quarter] = mapped_column(index=True)
    oktmo: Mapped[str] = mapped_column(ForeignKey("territory.code", ondelete="RESTRICT"))
    correction: Mapped[int]
    reason: Mapped[str] = mapped_column(default="")
    form_version: Mapped[str] = mapped_column(String(16))
    frozen_at: Mapped[datetime]
    frozen_by: Mapped[str]
    data: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64))
    envelope: Mapped[str]
    pdf: Mapped[bytes] = mapped_column(LargeBinary)
    xlsx: Mapped[bytes] = mapped_column(LargeBinary)




class ReturnEvent(Base):
    """What happened to an approved return: sent, accepted, sent back, or a mark taken back.

    Insert-only, like the return itself: a mistaken mark is annulled by another event (`annuls_id`).
    happened_on is the day on the paper, at the moment it was recorded.  how and whom tell of a
    sending, number of an acceptance.  remarks: canonical JSON, a list of [cell, text].  file is what
    came or went with it (receipt, letter, remarks), kept as bytes.
    """

    __tablename__ = "return_event"
    __table_args__ = (
        CheckConstraint("step IN ('sent', 'accepted', 'sent_back', 'annulled')", name="step"),
        CheckConstraint("(step = 'annulled') = (annuls_id IS NOT NULL)", name="annuls"),
        CheckConstraint("(file IS NULL) = (file_sha256 = '')", name="file"),
        UniqueConstraint("annuls_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    frozen_id: Mapped[int] = mapped_column(ForeignKey("frozen_return.id", ondelete="RESTRICT"), index=True)
    step: Mapped[str] = mapped_column(String(9))
    happened_on: Mapped[date]
    how: Mapped[str] = mapped_column(default="")
    whom: Mapped[str] = mapped_column(default="")
    number: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    remarks: Mapped[str] = mapped_column(default="[]")
    annuls_id: Mapped[int | None] = mapped_column(ForeignKey("return_event.id", ondelete="RESTRICT"))
    file_name: Mapped[str] = mapped_column(default="")
    file: Mapped[bytes | None] = mapped_column(LargeBinary)
    file_sha256: Mapped[str] = mapped_column(String(64), default="")
    at: Mapped[datetime]
    by: Mapped[str]
