"""Support given by the administration, the register of its recipients, programme and grant contest."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.periods import Quarter
from app.models.base import Base, Line, Money, Record
from app.models.ngo import YEAR, one_of

FORMS = ("211", "212", "213", "214", "215", "216", "217", "218")
REGISTERED_FORMS = ("211", "212", "213", "214", "215")


class Support(Record, Base):
    """Мера поддержки: one recipient under one decision, one row of the register (art. 31.2 7-ФЗ).

    form is the row of the return that counts it (211 финансовая … 218 иная).  It counts once, in
    `account`, the period of account of its decision.  A termination is a row of its own with
    `terminates_id` and no amount: it counts in 232 alone.  ends_on is the last day of its term.
    before_records: property in use «до начала учёта», in stocks alone.
    """

    __tablename__ = "support"
    __table_args__ = (
        CheckConstraint(one_of("form", FORMS), name="form"),
        CheckConstraint("amount >= 0", name="amount"),
        CheckConstraint("local >= 0 AND oblast >= 0 AND federal >= 0 AND other >= 0", name="sources"),
        CheckConstraint("objects >= 0 AND area >= 0 AND hours >= 0", name="volumes"),
        CheckConstraint("publications >= 0 AND consultations >= 0 AND people >= 0 AND cases >= 0", name="counts"),
        CheckConstraint("ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on", name="term"),
        CheckConstraint("terminates_id IS NULL OR (amount = 0 AND terminates_id <> id)", name="termination"),
        CheckConstraint(
            "form <> '211' OR terminates_id IS NOT NULL"
            " OR (amount > 0 AND amount = local + oblast + federal + other)",
            name="money",
        ),
        CheckConstraint(f"entry_no IS NULL OR {one_of('form', REGISTERED_FORMS)}", name="registered"),
        CheckConstraint("published_on IS NULL OR entry_no IS NOT NULL", name="published"),
        CheckConstraint("(entry_no IS NULL) = (entered_on IS NULL)", name="entry"),
        CheckConstraint("(entered_on IS NULL) = (entry_account IS NULL)", name="entry_account"),
    )
    ngo_id: Mapped[int] = mapped_column(ForeignKey("ngo.id", ondelete="RESTRICT"), index=True)
    form: Mapped[str] = mapped_column(String(3), index=True)
    decision_no: Mapped[str]
    decision_on: Mapped[date] = mapped_column(index=True)
    account: Mapped[Quarter] = mapped_column(index=True)
    before_records: Mapped[bool] = mapped_column(default=False)
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id", ondelete="RESTRICT"))
    application_id: Mapped[int | None] = mapped_column(ForeignKey("grant_application.id", ondelete="RESTRICT"))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id", ondelete="RESTRICT"))  # 215
    terminates_id: Mapped[int | None] = mapped_column(ForeignKey("support.id", ondelete="RESTRICT"), index=True)
    purpose: Mapped[str] = mapped_column(default="")
    amount: Mapped[Money] = mapped_column(default=Decimal(0))  # 211, 216, 217; for 212 the value of the benefit
    local: Mapped[Money] = mapped_column(default=Decimal(0))  # of 211, by source
    oblast: Mapped[Money] = mapped_column(default=Decimal(0))
    federal: Mapped[Money] = mapped_column(default=Decimal(0))
    other: Mapped[Money] = mapped_column(default=Decimal(0))
    objects: Mapped[int] = mapped_column(default=0)  # 212
    object_name: Mapped[str] = mapped_column(default="")
    area: Mapped[Money] = mapped_column(default=Decimal(0))  # 212, m²
    publications: Mapped[int] = mapped_column(default=0)  # 213
    consultations: Mapped[int] = mapped_column(default=0)  # 214
    hours: Mapped[Money] = mapped_column(default=Decimal(0))  # 214; of 215 stand on the event
    people: Mapped[int] = mapped_column(default=0)  # 215
    cases: Mapped[int] = mapped_column(default=0)  # 218; contracts of 217
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    entry_no: Mapped[int | None] = mapped_column(unique=True)  # given by the program, without holes
    entered_on: Mapped[date | None]
    entry_account: Mapped[Quarter | None] = mapped_column(index=True)
    published_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")
    appeal_id: Mapped[int | None] = mapped_column(ForeignKey("appeal.id", ondelete="RESTRICT"), index=True)


class Violation(Line, Base):
    """A violation found in the use of support, with money returned if any (rows 230, 231, column 11)."""

    __tablename__ = "violation"
    __table_args__ = (
        CheckConstraint("returned >= 0 AND (returned = 0 OR returned_on IS NOT NULL)", name="returned"),
        CheckConstraint("returned_on IS NULL OR returned_on >= found_on", name="term"),
        CheckConstraint("(returned_on IS NULL) = (returned_account IS NULL)", name="returned_account"),
    )
    support_id: Mapped[int] = mapped_column(ForeignKey("support.id", ondelete="RESTRICT"), index=True)
    found_on: Mapped[date]
    account: Mapped[Quarter]
    text: Mapped[str]
    returned: Mapped[Money] = mapped_column(default=Decimal(0))
    returned_on: Mapped[date | None]
    returned_account: Mapped[Quarter | None]


class SupportDocument(Line, Base):
    """A document handed in by the recipient, and where it lies (the order on the register asks to keep them)."""

    __tablename__ = "support_document"
    support_id: Mapped[int] = mapped_column(ForeignKey("support.id", ondelete="RESTRICT"), index=True)
    title: Mapped[str]
    number: Mapped[str] = mapped_column(default="")
    dated: Mapped[date | None]
    kept_at: Mapped[str] = mapped_column(default="")  # case file, folder or address of a scan


class Programme(Record, Base):
    """The municipal programme of support (row 201) with the years it holds."""

    __tablename__ = "programme"
    __table_args__ = (CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="term"),)
    title: Mapped[str]
    act: Mapped[str]  # «постановление от 12.12.2024 № 4108»
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


class ProgrammeYear(Line, Base):
    """What the programme plans for a year (row 202)."""

    __tablename__ = "programme_year"
    __table_args__ = (
        UniqueConstraint("programme_id", "year"),
        CheckConstraint("planned >= 0", name="planned"),
        CheckConstraint(YEAR, name="year"),
    )
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="RESTRICT"), index=True)
    year: Mapped[int]
    planned: Mapped[Money]


class ProgrammeExecution(Line, Base):
    """Execution of a quarter by source (rows 203–207), typed; money returned makes it negative.

    account is the quarter whose return shows it.
    """

    __tablename__ = "programme_execution"
    __table_args__ = (UniqueConstraint("programme_id", "account"),)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="RESTRICT"), index=True)
    account: Mapped[Quarter] = mapped_column(index=True)
    local: Mapped[Money] = mapped_column(default=Decimal(0))
    oblast: Mapped[Money] = mapped_column(default=Decimal(0))
    federal: Mapped[Money] = mapped_column(default=Decimal(0))
    other: Mapped[Money] = mapped_column(default=Decimal(0))


class GrantContest(Record, Base):
    """The municipal stage of the governor's grant of a year, with that contest's limits."""

    __tablename__ = "grant_contest"
    __table_args__ = (
        CheckConstraint("grant_limit > 0 AND total_limit >= grant_limit", name="limits"),
        CheckConstraint(YEAR, name="year"),
    )
    year: Mapped[int]
    title: Mapped[str]
    grant_limit: Mapped[Money]
    total_limit: Mapped[Money]


class GrantApplication(Record, Base):
    """An application to the contest: asked, decided, reported (rows 220–223)."""

    __tablename__ = "grant_application"
    __table_args__ = (
        CheckConstraint("asked >= 0 AND granted >= 0", name="amounts"),
        CheckConstraint("(coalesce(decision, '') = 'supported') = (granted > 0)", name="granted"),
        CheckConstraint("beneficiaries >= 0 AND events >= 0 AND publications >= 0", name="report"),
        CheckConstraint("decision_on IS NULL OR decision_on >= applied_on", name="decided"),
        CheckConstraint(
            "reported_on IS NULL OR (coalesce(decision, '') = 'supported' AND reported_on >= decision_on)",
            name="reported",
        ),
        CheckConstraint("decision IS NULL OR decision IN ('supported', 'refused')", name="decision"),
        CheckConstraint("(decision IS NULL) = (decision_on IS NULL)", name="decision_on"),
        CheckConstraint("(decision_on IS NULL) = (decision_account IS NULL)", name="decision_account"),
        CheckConstraint("(reported_on IS NULL) = (report_account IS NULL)", name="report_account"),
    )
    contest_id: Mapped[int] = mapped_column(ForeignKey("grant_contest.id", ondelete="RESTRICT"), index=True)
    ngo_id: Mapped[int] = mapped_column(ForeignKey("ngo.id", ondelete="RESTRICT"), index=True)
    project: Mapped[str]
    applied_on: Mapped[date]
    account: Mapped[Quarter] = mapped_column(index=True)
    asked: Mapped[Money]
    decision: Mapped[str | None]
    decision_on: Mapped[date | None]
    decision_account: Mapped[Quarter | None]
    granted: Mapped[Money] = mapped_column(default=Decimal(0))
    reported_on: Mapped[date | None]
    report_account: Mapped[Quarter | None]
    beneficiaries: Mapped[int] = mapped_column(default=0)
    events: Mapped[int] = mapped_column(default=0)
    publications: Mapped[int] = mapped_column(default=0)


class Event(Record, Base):
    """An event with NGOs: a training of 215, a meeting of 706, an event with business of 509."""

    __tablename__ = "event"
    __table_args__ = (
        CheckConstraint("kind IN ('training', 'meeting', 'business')", name="kind"),
        CheckConstraint("hours >= 0 AND participants >= 0", name="volumes"),
    )
    kind: Mapped[str]
    title: Mapped[str]
    held_on: Mapped[date]
    account: Mapped[Quarter] = mapped_column(index=True)
    hours: Mapped[Money] = mapped_column(default=Decimal(0))
    participants: Mapped[int] = mapped_column(default=0)
    place: Mapped[str] = mapped_column(default="")
