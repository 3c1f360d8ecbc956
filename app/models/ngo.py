"""NGOs and unregistered bodies, and what is kept of each over time (DOMAIN §3)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.periods import Quarter
from app.models.base import Base, Id, Key, Line, Record

STATUSES = ("active", "unverified", "inactive", "liquidating")
MARKS = ("sonko", "federal_register", "iopu", "social_provider")
YEAR = "year BETWEEN 1900 AND 2100"
REMOVALS = ("liquidated", "excluded", "moved", "merged", "mistake")


def one_of(column: str, values: tuple[str, ...]) -> str:
    """The SQL of «column is one of values», for CHECK constraints."""
    return f"{column} IN ({', '.join(repr(v) for v in values)})"


class Ngo(Record, Base):
    """НКО, or an объединение без образования юридического лица (kind='body').

    A body has neither ОГРН nor ИНН; when it registers its kind changes and its uuid stays.
    A branch stands under its head (`head_id`) and counts as one with it by ОГРН.
    ogrn is NULL while «не установлен»; kpp is '' when empty, which is a value of the key.
    """

    __tablename__ = "ngo"
    __table_args__ = (
        CheckConstraint("kind IN ('legal', 'body')", name="kind"),
        CheckConstraint("kind = 'legal' OR (ogrn IS NULL AND inn IS NULL)", name="body_without_ogrn"),
        CheckConstraint("ogrn IS NULL OR length(ogrn) = 13", name="ogrn"),
        CheckConstraint("inn IS NULL OR length(inn) = 10", name="inn"),
        CheckConstraint("length(kpp) IN (0, 9) AND (kind = 'legal' OR kpp = '')", name="kpp"),
        CheckConstraint("minjust_number IS NULL OR length(minjust_number) = 10", name="minjust_number"),
        CheckConstraint("head_id IS NULL OR (is_branch AND head_id <> id)", name="head"),
        CheckConstraint(
            "registered_on IS NULL OR liquidated_on IS NULL OR liquidated_on >= registered_on", name="life"
        ),
        CheckConstraint("primary_where = '' OR NOT primary_here", name="primary_record"),
        CheckConstraint("merged_into_id IS NULL OR merged_into_id <> id", name="merged"),
        Index("ix_ngo_called", "archived_on", "called"),
        Index(
            "uq_ngo_active_ogrn_kpp",
            "ogrn",
            "kpp",
            unique=True,
            sqlite_where=text("archived_on IS NULL AND ogrn IS NOT NULL"),
            postgresql_where=text("archived_on IS NULL AND ogrn IS NOT NULL"),
        ),
    )
    kind: Mapped[str] = mapped_column(String(5), default="legal")
    name: Mapped[str]
    short_name: Mapped[str] = mapped_column(default="")
    called: Mapped[str] = mapped_column(default="")  # text.fold of the name that tables show: the order of names
    folded: Mapped[str]  # text.fold of names, numbers, settlement: what records that name it say of it
    folded_name: Mapped[str] = mapped_column(index=True)  # text.fold_name: where duplicates meet
    okopf: Mapped[str | None] = mapped_column(ForeignKey("legal_form.code", ondelete="RESTRICT"))
    ogrn: Mapped[str | None] = mapped_column(String(13), index=True)
    inn: Mapped[str | None] = mapped_column(String(10), index=True)
    kpp: Mapped[str] = mapped_column(String(9), default="")
    registered_on: Mapped[date | None]  # the day of its ОГРН
    legal_account: Mapped[Quarter | None]  # a body that registered: the period from which it counts as legal
    minjust_number: Mapped[str | None] = mapped_column(String(10))
    okved: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    settlement_id: Mapped[int | None] = mapped_column(ForeignKey("settlement.id", ondelete="RESTRICT"))
    primary_here: Mapped[bool] = mapped_column(default=True)  # «основной учёт здесь»
    primary_where: Mapped[str] = mapped_column(default="")  # «работает здесь, учёт в …»
    head_id: Mapped[int | None] = mapped_column(ForeignKey("ngo.id", ondelete="RESTRICT"), index=True)
    is_branch: Mapped[bool] = mapped_column(default=False)
    liquidated_on: Mapped[date | None]
    director: Mapped[str] = mapped_column(default="")  # as in ЕГРЮЛ, hence public
    phone: Mapped[str] = mapped_column(default="")  # service phone
    email: Mapped[str] = mapped_column(default="")
    site: Mapped[str] = mapped_column(default="")
    verified_on: Mapped[date | None]
    verified_by: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    # By it a card is asked which went into it, at each card that is shown: without an index, 54 ms of 220,000.
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("ngo.id", ondelete="RESTRICT"), index=True)


class NgoInterval(Line, Base):
    """On record in [taken_on, removed_on), with the periods of account of its begin and end.

    before_records: it was on record before this file's first quarter, hence in stocks alone.
    """

    __tablename__ = "ngo_interval"
    __table_args__ = (
        CheckConstraint("removed_on IS NULL OR removed_on >= taken_on", name="term"),
        CheckConstraint(f"removal IS NULL OR {one_of('removal', REMOVALS)}", name="removal"),
        CheckConstraint("(removed_on IS NULL) = (removal IS NULL)", name="reason"),
        CheckConstraint("(removed_on IS NULL) = (removed_account IS NULL)", name="removed_account"),
    )
    ngo_id: Mapped[int] = mapped_column(ForeignKey("ngo.id", ondelete="RESTRICT"), index=True)
    taken_on: Mapped[date]
    taken_account: Mapped[Quarter]
    before_records: Mapped[bool] = mapped_column(default=False)
    removed_on: Mapped[date | None]
    removed_account: Mapped[Quarter | None]
    removal: Mapped[str | None]


class NgoStatus(Line, Base):
    """The status from a day on, until the next one: exactly one holds on any day on record."""

    __tablename__ = "ngo_status"
    __table_args__ = (CheckConstraint(one_of("status", STATUSES), name="status"), UniqueConstraint("ngo_id", "since"))
    ngo_id: Mapped[int] = mapped_column(ForeignKey("ngo.id", ondelete="RESTRICT"), index=True)
    since: Mapped[date]
    account: Mapped[Quarter]  # the first quarter whose figures know of it
    status: Mapped[str]
    basis: Mapped[str] = mapped_column(default="")


class NgoMark(Line, Base):
    """СОНКО, federal register, ИОПУ, provider of social services: since … until (last day)."""

    __tablename__ = "ngo_mark"
    __table_args__ = (
        CheckConstraint(one_of("mark", MARKS), name="mark"),
        CheckConstraint("valid_to IS NULL OR valid_to >= since", name="term"),
    )
    ngo_id: Mapped[int] = mapped_column(ForeignKey("ngo.id", ondelete="RESTRICT"), index=True)
    mark: Mapped[str]
    since: Mapped[date]
    account: Mapped[Quarter]
    valid_to: Mapped[date | None]
    end_account: Mapped[Quarter | None]  # set when the end became known after `account` was frozen
    basis: Mapped[str] = mapped_column(default="")
    services: Mapped[str] = mapped_column(default="")  # ИОПУ: kinds of useful services


class NgoActivity(Line, Base):
    """A kind of activity an NGO works in, by its charter."""

    __tablename__ = "ngo_activity"
    __table_args__ = (UniqueConstraint("ngo_id", "activity_code"),)
    ngo_id: Mapped[int] = mapped_column(ForeignKey("ngo.id", ondelete="RESTRICT"), index=True)
    activity_code: Mapped[str] = mapped_column(ForeignKey("activity.code", ondelete="RESTRICT"))
    account: Mapped[Quarter]


class NgoYear(Line, Base):
    """Figures of a year: average staff, volunteers, and where they are from."""

    __tablename__ = "ngo_year"
    __table_args__ = (
        UniqueConstraint("ngo_id", "year"),
        CheckConstraint("staff >= 0 AND volunteers >= 0", name="figures"),
        CheckConstraint(YEAR, name="year"),
    )
    ngo_id: Mapped[int] = mapped_column(ForeignKey("ngo.id", ondelete="RESTRICT"), index=True)
    year: Mapped[int]
    account: Mapped[Quarter]
    staff: Mapped[int | None]
    volunteers: Mapped[int | None]
    source: Mapped[str] = mapped_column(default="")


class NotDuplicate(Base):
    """Two cards that a person has told apart: no list of likely duplicates names the pair again.

    first, second: uuids of the cards, in this order.  No foreign key: it stands in the way of nobody's undo.
    """

    __tablename__ = "not_duplicate"
    __table_args__ = (UniqueConstraint("first", "second"), CheckConstraint("first < second", name="in_order"))
    id: Mapped[Id]
    first: Mapped[str] = mapped_column(String(36))
    second: Mapped[str] = mapped_column(String(36), index=True)


class Contact(Line, Base):
    """A contact person with the 152-ФЗ basis under which it is kept; never in a return or on the site.

    uuid: by it an erasure is repeated in a restored backup, where an id may be another person's by now.
    erased_on: «обезличен»: the row and what counts it stay, the person is gone (usecases/erasing.py).
    """

    __tablename__ = "contact"
    __table_args__ = (
        CheckConstraint("basis <> ''", name="basis"),
        CheckConstraint("consent = '' OR consent_on IS NOT NULL", name="consent"),
        CheckConstraint(
            "erased_on IS NULL OR (post = '' AND phone = '' AND email = '' AND consent = '')", name="erased"
        ),
    )
    uuid: Mapped[Key]
    ngo_id: Mapped[int] = mapped_column(ForeignKey("ngo.id", ondelete="RESTRICT"), index=True)
    name: Mapped[str]
    post: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    basis: Mapped[str] = mapped_column(default="")
    purpose: Mapped[str] = mapped_column(default="взаимодействие администрации с НКО")
    consent: Mapped[str] = mapped_column(default="")  # №
    consent_on: Mapped[date | None]
    withdrawn_on: Mapped[date | None]
    keep_until: Mapped[date | None]
    erased_on: Mapped[date | None]
