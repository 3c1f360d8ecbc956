"""The clerk's week: appeals of NGOs, reminders, the calendar of the unit, telephone calls."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Line, Record
from app.models.ngo import one_of

CHANNELS = ("letter", "email", "call", "visit", "medo", "site", "other")
ENTRY_KINDS = ("contest", "council", "event", "term", "other")
CALL_OUTCOMES = ("verified", "not_reached", "closed", "note")


class Appeal(Record, Base):
    """An appeal that came in (59-ФЗ): from an NGO on record, or from a person or body named in words.

    due_on is the last day to answer.  What it became names it: need, service and support have `appeal_id`.
    """

    __tablename__ = "appeal"
    __table_args__ = (
        CheckConstraint(one_of("channel", CHANNELS), name="channel"),
        CheckConstraint("ngo_id IS NOT NULL OR sender <> ''", name="sender"),
        CheckConstraint("due_on IS NULL OR due_on >= received_on", name="due_on"),
        CheckConstraint("answered_on IS NULL OR answered_on >= received_on", name="answered_on"),
    )
    ngo_id: Mapped[int | None] = mapped_column(ForeignKey("ngo.id", ondelete="RESTRICT"), index=True)
    sender: Mapped[str] = mapped_column(default="")
    subject: Mapped[str]
    received_on: Mapped[date] = mapped_column(index=True)
    number: Mapped[str] = mapped_column(default="")
    channel: Mapped[str] = mapped_column(default="letter")
    text: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date | None]
    responsible: Mapped[str] = mapped_column(default="")
    answered_on: Mapped[date | None]
    answer_no: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")


class Reminder(Record, Base):
    """Something to be reminded of on a day, alone or of a record of any register (about_register, about_id)."""

    __tablename__ = "reminder"
    __table_args__ = (
        CheckConstraint("(about_register = '') = (about_id IS NULL)", name="about"),
        Index("ix_reminder_about", "about_register", "about_id"),
    )
    text: Mapped[str]
    due_on: Mapped[date] = mapped_column(index=True)
    done_on: Mapped[date | None]
    about_register: Mapped[str] = mapped_column(default="")
    about_id: Mapped[int | None]


class CalendarEntry(Record, Base):
    """A contest, a meeting of the council, an event or a term of the unit; ends_on is its last day, if not one."""

    __tablename__ = "calendar_entry"
    __table_args__ = (
        CheckConstraint(one_of("kind", ENTRY_KINDS), name="kind"),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="term"),
    )
    kind: Mapped[str]
    title: Mapped[str]
    starts_on: Mapped[date] = mapped_column(index=True)
    ends_on: Mapped[date | None]
    at: Mapped[str] = mapped_column(default="")  # «10:30»
    place: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")


class CallAttempt(Line, Base):
    """A telephone call to an NGO: what came of it, or a note of the talk."""

    __tablename__ = "call_attempt"
    __table_args__ = (
        CheckConstraint(one_of("outcome", CALL_OUTCOMES), name="outcome"),
        CheckConstraint("outcome <> 'note' OR note <> ''", name="note"),
    )
    ngo_id: Mapped[int] = mapped_column(ForeignKey("ngo.id", ondelete="RESTRICT"), index=True)
    called_on: Mapped[date] = mapped_column(index=True)
    outcome: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
