"""Territories in their chain, settlements, the unit that curates NGOs, settings and the work calendar."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Id, Line


class Territory(Base):
    """A municipality of the upper level under one ОКТМО code, valid for a span of days (DOMAIN §2).

    The chain of a database: a territory and, through `successor_code`, whatever replaced it.
    valid_to is the last day the code is valid, or NULL.
    """

    __tablename__ = "territory"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="term"),
        CheckConstraint("kind IN ('district', 'municipal_okrug', 'urban_okrug')", name="kind"),
        CheckConstraint("length(code) = 8 AND (successor_code IS NULL OR successor_code <> code)", name="code"),
    )
    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    name: Mapped[str]
    name_genitive: Mapped[str]  # «Волховского муниципального района»: for the letterhead and the subject
    kind: Mapped[str]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    successor_code: Mapped[str | None] = mapped_column(ForeignKey("territory.code", ondelete="RESTRICT"))
    own: Mapped[bool] = mapped_column(default=False)  # belongs to the chain this file keeps


class Settlement(Line, Base):
    """A городское or сельское поселение; it ends with its territory."""

    __tablename__ = "settlement"
    __table_args__ = (
        CheckConstraint("length(oktmo) = 8", name="oktmo"),
        CheckConstraint("valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from", name="term"),
    )
    oktmo: Mapped[str] = mapped_column(String(8), unique=True)
    name: Mapped[str]
    territory_code: Mapped[str] = mapped_column(ForeignKey("territory.code", ondelete="RESTRICT"), index=True)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class Unit(Base):
    """The designated unit of the administration: one row, frozen into each return as it is then."""

    __tablename__ = "unit"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)
    id: Mapped[Id]
    administration: Mapped[str]  # «Администрация Волховского муниципального района Ленинградской области»
    name: Mapped[str]  # 701
    address: Mapped[str] = mapped_column(default="")  # of the administration: papers under 152-ФЗ name it
    act: Mapped[str] = mapped_column(default="")  # 702, «постановление от 12.01.2022 № 14»
    staff: Mapped[str] = mapped_column(default="")  # 703
    council: Mapped[str] = mapped_column(default="")  # 704
    site_section: Mapped[str] = mapped_column(default="")  # 705, address
    site_updated_on: Mapped[date | None]  # 705
    head_post: Mapped[str] = mapped_column(default="")
    head_name: Mapped[str] = mapped_column(default="")
    executor_post: Mapped[str] = mapped_column(default="")
    executor_name: Mapped[str] = mapped_column(default="")
    executor_phone: Mapped[str] = mapped_column(default="")
    addressee: Mapped[str] = mapped_column(default="")


class Setting(Base):
    """One changed setting; what is absent has the default of `app.core.settings`."""

    __tablename__ = "setting"
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class CalendarDay(Base):
    """A day whose kind differs from its weekday: a holiday, or a working Saturday."""

    __tablename__ = "calendar_day"
    day: Mapped[date] = mapped_column(primary_key=True)
    working: Mapped[bool]
    note: Mapped[str] = mapped_column(default="")
