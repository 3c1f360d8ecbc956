"""Resource centres, their agreements and plans, and the services they record (DOMAIN §5)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.periods import Quarter
from app.models.base import Base, Line, Money, Record
from app.models.ngo import YEAR, one_of

RESULTS = ("registered", "registering", "applied", "supported")


class ResourceCentre(Record, Base):
    """A resource centre; `ngo_id` when its NGO is on this district's records."""

    __tablename__ = "centre"
    __table_args__ = (
        CheckConstraint("ogrn IS NULL OR length(ogrn) = 13", name="ogrn"),
        CheckConstraint("inn IS NULL OR length(inn) = 10", name="inn"),
    )
    name: Mapped[str]
    ogrn: Mapped[str | None] = mapped_column(String(13))
    inn: Mapped[str | None] = mapped_column(String(10))
    ngo_id: Mapped[int | None] = mapped_column(ForeignKey("ngo.id", ondelete="RESTRICT"))
    phone: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")


class CentreAgreement(Line, Base):
    """The agreement under which a centre gets its subsidy, with the competition it won."""

    __tablename__ = "centre_agreement"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="term"),
        CheckConstraint("subsidy >= 0", name="subsidy"),
        CheckConstraint("year_won BETWEEN 1900 AND 2100", name="year_won"),
    )
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id", ondelete="RESTRICT"), index=True)
    number: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    subsidy: Mapped[Money] = mapped_column(default=Decimal(0))
    competition: Mapped[str] = mapped_column(default="")
    year_won: Mapped[int | None]


class CentreDistrict(Line, Base):
    """A district that the centre serves, whether or not volumes are planned there."""

    __tablename__ = "centre_district"
    __table_args__ = (UniqueConstraint("centre_id", "territory_code"),)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id", ondelete="RESTRICT"), index=True)
    territory_code: Mapped[str] = mapped_column(ForeignKey("territory.code", ondelete="RESTRICT"))


class CentrePlan(Line, Base):
    """Planned volume of a centre per district, code and year, with capacity and unit cost."""

    __tablename__ = "centre_plan"
    __table_args__ = (
        UniqueConstraint("centre_id", "territory_code", "service_code", "year"),
        CheckConstraint("volume >= 0 AND capacity >= 0 AND unit_cost >= 0", name="volume"),
        CheckConstraint(YEAR, name="year"),
    )
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id", ondelete="RESTRICT"), index=True)
    territory_code: Mapped[str] = mapped_column(ForeignKey("territory.code", ondelete="RESTRICT"))
    service_code: Mapped[str] = mapped_column(ForeignKey("service_code.code", ondelete="RESTRICT"))
    year: Mapped[int]
    volume: Mapped[Money]
    capacity: Mapped[Money | None]
    unit_cost: Mapped[Money | None]


class ServicePackage(Record, Base):
    """Комплекс услуг: services that go together, with the volume each district gets in a year."""

    __tablename__ = "package"
    name: Mapped[str]
    note: Mapped[str] = mapped_column(default="")


class PackageCode(Line, Base):
    """A service code in a package."""

    __tablename__ = "package_code"
    __table_args__ = (UniqueConstraint("package_id", "service_code"),)
    package_id: Mapped[int] = mapped_column(ForeignKey("package.id", ondelete="RESTRICT"), index=True)
    service_code: Mapped[str] = mapped_column(ForeignKey("service_code.code", ondelete="RESTRICT"))


class PackageVolume(Line, Base):
    """How many times the package is given in a district in a year."""

    __tablename__ = "package_volume"
    __table_args__ = (
        UniqueConstraint("package_id", "territory_code", "year"),
        CheckConstraint("volume >= 0", name="volume"),
        CheckConstraint(YEAR, name="year"),
    )
    package_id: Mapped[int] = mapped_column(ForeignKey("package.id", ondelete="RESTRICT"), index=True)
    territory_code: Mapped[str] = mapped_column(ForeignKey("territory.code", ondelete="RESTRICT"))
    year: Mapped[int]
    volume: Mapped[Money]


class CentreService(Record, Base):
    """One act of service of a centre, for one or many recipients.

    quantity is in the first unit of the code.  A case is a pair (service, recipient).
    """

    __tablename__ = "service"
    __table_args__ = (
        CheckConstraint("quantity >= 0 AND hours >= 0 AND people >= 0 AND result_amount >= 0", name="volumes"),
        CheckConstraint(f"result IS NULL OR {one_of('result', RESULTS)}", name="result"),
        CheckConstraint(
            "result_amount = 0 OR coalesce(result, '') IN ('applied', 'supported')", name="result_amount"
        ),
        CheckConstraint("evidence_no = '' OR evidence_kind <> ''", name="evidence"),
    )
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id", ondelete="RESTRICT"), index=True)
    service_code: Mapped[str] = mapped_column(ForeignKey("service_code.code", ondelete="RESTRICT"))
    provided_on: Mapped[date] = mapped_column(index=True)
    account: Mapped[Quarter] = mapped_column(index=True)
    before_records: Mapped[bool] = mapped_column(default=False)  # К1 «до начала учёта»: in 305 alone
    quantity: Mapped[Money]
    hours: Mapped[Money] = mapped_column(default=Decimal(0))
    people: Mapped[int] = mapped_column(default=0)
    topic: Mapped[str] = mapped_column(default="")
    result: Mapped[str | None]
    result_amount: Mapped[Money] = mapped_column(default=Decimal(0))
    evidence_kind: Mapped[str] = mapped_column(default="")
    evidence_no: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    appeal_id: Mapped[int | None] = mapped_column(ForeignKey("appeal.id", ondelete="RESTRICT"), index=True)


class ServiceRecipient(Line, Base):
    """A recipient of a service: an NGO or body, or «граждане» when ngo_id is NULL."""

    __tablename__ = "service_recipient"
    __table_args__ = (
        UniqueConstraint("service_id", "ngo_id"),
        Index(  # «граждане» stand once too: NULL is unlike NULL in a unique constraint
            "uq_service_recipient_citizens",
            "service_id",
            unique=True,
            sqlite_where=text("ngo_id IS NULL"),
            postgresql_where=text("ngo_id IS NULL"),
        ),
    )
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id", ondelete="RESTRICT"), index=True)
    ngo_id: Mapped[int | None] = mapped_column(ForeignKey("ngo.id", ondelete="RESTRICT"), index=True)
    first_time: Mapped[bool] = mapped_column(default=False)
