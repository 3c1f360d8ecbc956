"""What goes down from the region: plans of centres, комплекты that were issued, questions and what came back.

A комплект, a question and an answer to it are insert-only, as what came in is: triggers refuse UPDATE, DELETE, REPLACE.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Line, Money
from app.models.ngo import YEAR


class RegionPlan(Line, Base):
    """What a centre is to do in a district in a year, in the first unit of the code, and the money of it.

    money: ₽ of the subsidy that are meant for it, so that the unit cost is money / volume; 0 where not told.
    """

    __tablename__ = "region_plan"
    __table_args__ = (
        UniqueConstraint("centre_id", "territory_code", "service_code", "year"),
        CheckConstraint("volume >= 0 AND money >= 0", name="volume"),
        CheckConstraint(YEAR, name="year"),
    )
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id", ondelete="RESTRICT"), index=True)
    territory_code: Mapped[str] = mapped_column(ForeignKey("territory.code", ondelete="RESTRICT"))
    service_code: Mapped[str] = mapped_column(ForeignKey("service_code.code", ondelete="RESTRICT"))
    year: Mapped[int] = mapped_column(index=True)
    volume: Mapped[Money]
    money: Mapped[Money] = mapped_column(default=Decimal(0))


class IssuedPackage(Base):
    """A комплект that was issued, with the bytes of its file.

    sha256: the hash by which it is known (`package_codec.fingerprint`), of its content and number; previous: № of the
    one before.
    """

    __tablename__ = "issued_package"
    __table_args__ = (
        CheckConstraint("number >= 1 AND (previous IS NULL OR previous < number)", name="number"),
        CheckConstraint("length(sha256) = 64", name="sha256"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    issued_on: Mapped[date]
    previous: Mapped[int | None]
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    file: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime]
    by: Mapped[str]


class Question(Base):
    """A question to all districts: a small table of columns.

    key: the mark by which a filled table is known.  columns: canonical JSON, see `returns.question`.
    """

    __tablename__ = "question"
    __table_args__ = (
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("length(title) > 0", name="title"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    key: Mapped[str] = mapped_column(String(36), unique=True)
    title: Mapped[str]
    explanation: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date]
    columns: Mapped[str]
    asked_on: Mapped[date]
    at: Mapped[datetime]
    by: Mapped[str]


class QuestionWithdrawal(Line, Base):
    """A question that is asked no more.  Taken back it is deleted, and the journal has it."""

    __tablename__ = "question_withdrawal"
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="RESTRICT"), unique=True)
    withdrawn_on: Mapped[date]
    by: Mapped[str]


class QuestionAnswer(Base):
    """A filled table of a district, the latest of whose sound ones counts.

    sha256: of the bytes of the file.  data: canonical JSON, rows of values by the question's columns.  faults:
    canonical JSON, a list of {cell, place, text}; a table with faults is kept and not counted.
    """

    __tablename__ = "question_answer"
    __table_args__ = (
        UniqueConstraint("question_id", "sha256"),
        CheckConstraint("length(sha256) = 64", name="sha256"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="RESTRICT"), index=True)
    oktmo: Mapped[str] = mapped_column(ForeignKey("territory.code", ondelete="RESTRICT"))
    file_name: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64))
    data: Mapped[str]
    faults: Mapped[str] = mapped_column(default="[]")
    file: Mapped[bytes] = mapped_column(LargeBinary)
    received_at: Mapped[datetime]
    received_by: Mapped[str]
