"""Who works with the file.  A person is deactivated by the mark of the archive, never deleted."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Record


class Person(Record, Base):
    """One who may be chosen at the start.  password: an argon2 hash, '' where none is asked.

    The journal sees of a password only that it changed: the column is marked `secret`.
    """

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint("role IN ('operator', 'head', 'administrator', 'viewer')", name="role"),
        CheckConstraint("name <> ''", name="name"),
        Index(
            "uq_person_active_name",
            "folded_name",
            unique=True,
            sqlite_where=text("archived_on IS NULL"),
            postgresql_where=text("archived_on IS NULL"),
        ),
    )
    name: Mapped[str]
    folded_name: Mapped[str]
    post: Mapped[str] = mapped_column(default="")
    role: Mapped[str] = mapped_column(String(16))
    password: Mapped[str] = mapped_column(default="", info={"secret": True})
