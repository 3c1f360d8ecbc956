"""What a person keeps of looking at a register: named views; and what left the file with personal data."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Id, Record


class SavedView(Record, Base):
    """A register as somebody wants it again: search, filters, columns and order under a name.

    content: JSON of `app.usecases.saved_views.View`.  One live view of a name in a register (the use case sees
    to it); saving under a name that is there changes that view.
    """

    __tablename__ = "saved_view"
    __table_args__ = (CheckConstraint("name <> ''", name="name"),)
    register: Mapped[str] = mapped_column(String(32), index=True)
    name: Mapped[str]
    content: Mapped[str]
    made_by: Mapped[str]


class PersonalExport(Base):
    """Personal data left the file: who took what of how many people, when and where to (152-ФЗ).

    Insert-only: nobody takes back that something went out.
    """

    __tablename__ = "personal_export"
    __table_args__ = (
        CheckConstraint("people >= 0", name="people"),
        CheckConstraint("what <> '' AND place <> ''", name="told"),
    )
    id: Mapped[Id]
    made_at: Mapped[datetime]  # UTC
    made_by: Mapped[str]
    what: Mapped[str]
    people: Mapped[int]
    place: Mapped[str]
