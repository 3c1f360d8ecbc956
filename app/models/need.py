"""What NGOs need, and what closed it (DOMAIN §5)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.periods import Quarter
from app.models.base import Base, Line, Record
from app.models.ngo import one_of

NEED_STATUSES = ("open", "closed_centre", "closed_other", "withdrawn")


class Need(Record, Base):
    """A need of an NGO.  It is closed once, on a day, in its category; a closed one is never reopened.

    account counts it as «выявлено», closed_account as closed or withdrawn.
    before_records: open «до начала учёта», counted in stocks alone.
    """

    __tablename__ = "need"
    __table_args__ = (
        CheckConstraint(one_of("status", NEED_STATUSES), name="status"),
        CheckConstraint("(status = 'open') = (closed_on IS NULL)", name="closed_on"),
        CheckConstraint("(closed_on IS NULL) = (closed_account IS NULL)", name="closed_account"),
        CheckConstraint("priority IN ('normal', 'high')", name="priority"),
        CheckConstraint("closed_on IS NULL OR closed_on >= opened_on", name="term"),
        CheckConstraint("status NOT IN ('closed_other', 'withdrawn') OR closed_by <> ''", name="closed_by"),
        CheckConstraint("reopens_id IS NULL OR reopens_id <> id", name="reopens"),
    )
    ngo_id: Mapped[int] = mapped_column(ForeignKey("ngo.id", ondelete="RESTRICT"), index=True)
    category_code: Mapped[str] = mapped_column(ForeignKey("need_category.code", ondelete="RESTRICT"), index=True)
    opened_on: Mapped[date] = mapped_column(index=True)
    account: Mapped[Quarter] = mapped_column(index=True)
    before_records: Mapped[bool] = mapped_column(default=False)
    priority: Mapped[str] = mapped_column(default="normal")
    text: Mapped[str] = mapped_column(default="")
    status: Mapped[str] = mapped_column(default="open")
    closed_on: Mapped[date | None]
    closed_account: Mapped[Quarter | None] = mapped_column(index=True)
    closed_by: Mapped[str] = mapped_column(default="")  # what closed it, in words
    appeal_id: Mapped[int | None] = mapped_column(ForeignKey("appeal.id", ondelete="RESTRICT"), index=True)
    reopens_id: Mapped[int | None] = mapped_column(ForeignKey("need.id", ondelete="RESTRICT"))


class NeedService(Line, Base):
    """A service that answered a need: kind 'closes' or 'partly'.

    account: the service's period, or the first open one when that was frozen as the link was made;
    the days waited (table 3) count there.
    """

    __tablename__ = "need_service"
    __table_args__ = (
        UniqueConstraint("need_id", "service_id"),
        CheckConstraint("kind IN ('closes', 'partly')", name="kind"),
    )
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id", ondelete="RESTRICT"), index=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id", ondelete="RESTRICT"), index=True)
    kind: Mapped[str]
    account: Mapped[Quarter]


class NeedCode(Line, Base):
    """A service code by which this need could be answered."""

    __tablename__ = "need_code"
    __table_args__ = (UniqueConstraint("need_id", "service_code"),)
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id", ondelete="RESTRICT"), index=True)
    service_code: Mapped[str] = mapped_column(ForeignKey("service_code.code", ondelete="RESTRICT"))
