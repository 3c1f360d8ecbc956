"""What was erased under 152-ФЗ: insert-only, without any personal data, so that it can be printed and repeated."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Id, Line
from app.models.ngo import one_of

SUBJECTS = ("contact", "appeal")
"""Tables whose rows hold a person who can be erased: a contact of an NGO, the private applicant of an appeal."""
REASONS = ("withdrawn", "expired", "baseless", "demanded", "dropped")


class ErasureAct(Base):
    """Акт об уничтожении персональных данных: one erasing of one or many persons.

    number: in order, also over files that a copy was restored into.  repeats: the number of the first act, when
    what it erased came back with a restored copy.  copies: JSON, the backups that held the data that day.
    """

    __tablename__ = "erasure_act"
    __table_args__ = (
        CheckConstraint("number >= 1 AND (repeats IS NULL OR repeats >= 1)", name="number"),
    )
    id: Mapped[Id]
    number: Mapped[int] = mapped_column(unique=True)
    happened_on: Mapped[date]
    repeats: Mapped[int | None]
    actor: Mapped[str]
    copies: Mapped[str] = mapped_column(default="[]")


class Erasure(Line, Base):
    """One person of an act, by keys alone.  categories: which kinds of data were there, parted by blanks.

    register, contact_uuid, contact_no: the row that held her, which the act prints by its number; of an appeal
    ngo_uuid is ''.  journal_values: how many were erased.
    papers: of documents kept beside the card that are to be destroyed by hand; their numbers and days.
    """

    __tablename__ = "erasure"
    __table_args__ = (
        UniqueConstraint("act_id", "contact_uuid"),
        CheckConstraint(one_of("reason", REASONS), name="reason"),
        CheckConstraint(one_of("register", SUBJECTS), name="register"),
    )
    act_id: Mapped[int] = mapped_column(ForeignKey("erasure_act.id", ondelete="RESTRICT"), index=True)
    register: Mapped[str] = mapped_column(default="contact")
    contact_uuid: Mapped[str] = mapped_column(String(36), index=True)
    contact_no: Mapped[int]
    ngo_uuid: Mapped[str] = mapped_column(String(36))
    reason: Mapped[str]
    categories: Mapped[str]
    journal_values: Mapped[int] = mapped_column(default=0)
    papers: Mapped[str] = mapped_column(default="")
