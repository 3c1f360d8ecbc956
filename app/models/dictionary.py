"""Dictionaries: data with validity, filled from `resources/dictionaries` and edited in the program."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Line


def term() -> CheckConstraint:
    """The days of an entry are in order, or one of them is open."""
    return CheckConstraint("valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from", name="term")


class Dated:
    """valid_from and valid_to (last day) bound when an entry may be chosen; NULL is open."""

    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class LegalForm(Dated, Base):
    """A legal form by ОКОПФ; `row` is the coded row of section 1 that counts it (111…116)."""

    __tablename__ = "legal_form"
    __table_args__ = (CheckConstraint("\"row\" IN ('111','112','113','114','115','116')", name="row"), term())
    code: Mapped[str] = mapped_column(String(5), primary_key=True)
    title: Mapped[str]
    short: Mapped[str]
    row: Mapped[str] = mapped_column(String(3))
    may_be_sonko: Mapped[bool] = mapped_column(default=True)
    hidden: Mapped[bool] = mapped_column(default=False)
    warning: Mapped[str] = mapped_column(default="")


class Activity(Dated, Base):
    """A kind of activity of art. 31.1 п. 1 7-ФЗ, or one added by oblast or municipality."""

    __tablename__ = "activity"
    __table_args__ = (CheckConstraint("origin IN ('federal', 'oblast', 'municipal')", name="origin"), term())
    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    title: Mapped[str]
    origin: Mapped[str]


class ServiceCode(Dated, Base):
    """A service of the catalogue of resource centres (DOMAIN §5): code, first unit, evidence asked."""

    __tablename__ = "service_code"
    __table_args__ = (term(),)
    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    title: Mapped[str]
    unit: Mapped[str]
    evidence: Mapped[str]
    hours_required: Mapped[bool] = mapped_column(default=False)  # check 20
    sort: Mapped[int] = mapped_column(default=0)


class NeedCategory(Dated, Base):
    """A category of needs: a row of section 4."""

    __tablename__ = "need_category"
    __table_args__ = (term(),)
    code: Mapped[str] = mapped_column(String(16), primary_key=True)
    title: Mapped[str]
    sort: Mapped[int] = mapped_column(default=0)


class NeedCategoryService(Line, Base):
    """The map: which service codes answer a category; editable (DOMAIN §5)."""

    __tablename__ = "need_category_service"
    __table_args__ = (UniqueConstraint("category_code", "service_code"),)
    category_code: Mapped[str] = mapped_column(ForeignKey("need_category.code", ondelete="RESTRICT"), index=True)
    service_code: Mapped[str] = mapped_column(ForeignKey("service_code.code", ondelete="RESTRICT"))
