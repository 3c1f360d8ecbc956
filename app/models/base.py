"""What every kept record shares: key, archive mark, and how money, quarters and dates lie in columns."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Annotated

from sqlalchemy import BigInteger, CheckConstraint, Integer, MetaData, String, Table, TypeDecorator
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app.core.money import kopecks
from app.core.periods import Quarter

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Hundredths(TypeDecorator[Decimal]):
    """A Decimal with two places kept as a whole number: kopecks, hundredths of an hour or m²."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        return None if value is None else int(kopecks(value) * 100)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value).scaleb(-2)


@lru_cache(maxsize=512)
def _quarter(code: str) -> Quarter:
    """Thousands of rows name the same few."""
    return Quarter.parse(code)


class QuarterCode(TypeDecorator[Quarter]):
    """A quarter kept as `2026-Q3`, which also sorts as it should."""

    impl = String(7)
    cache_ok = True

    def process_bind_param(self, value: Quarter | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Quarter | None:
        return None if value is None else _quarter(value)


Id = Annotated[int, mapped_column(Integer, primary_key=True)]
Money = Annotated[Decimal, mapped_column(Hundredths)]
Key = Annotated[str, mapped_column(String(36), unique=True)]


class Base(DeclarativeBase):
    """The root of all kept classes."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {Decimal: Hundredths, Quarter: QuarterCode}  # noqa: RUF012 - SQLAlchemy's own convention


class Record:
    """A record that stands for itself: has a lasting key and is archived, never deleted.

    uuid is the key of NGOs, bodies, centres and partners in a return (DOMAIN §6, «Key»).
    An archived record is left out of registers, counts and matching; its journal stays.
    """

    id: Mapped[Id]
    uuid: Mapped[Key]
    archived_on: Mapped[date | None]
    archive_reason: Mapped[str | None]


def archive_mark(table: Table) -> None:
    """The mark of the archive and its reason stand together, in every table of records."""
    if "archived_on" in table.columns:
        words = "(archived_on IS NULL) = (archive_reason IS NULL)"
        table.append_constraint(CheckConstraint(words, name="archive"))


class Line:
    """A line of a record (an interval, a mark, a recipient): edited and journalled with it."""

    id: Mapped[Id]


