"""Business partners, offers and requests, agreements with dated contributions, practices (DOMAIN §5)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.periods import Quarter
from app.models.base import Base, Line, Money, Record
from app.models.ngo import one_of

CONTRIBUTIONS = ("money", "goods", "pro_bono", "volunteers", "premises")
PRACTICE_STATES = ("presented", "checked", "recommended", "spread")


class Partner(Record, Base):
    """A company (ИНН of 10, ОГРН of 13) or an entrepreneur (12 and 15)."""

    __tablename__ = "partner"
    __table_args__ = (
        CheckConstraint("kind IN ('company', 'entrepreneur')", name="kind"),
        CheckConstraint("inn IS NULL OR length(inn) = CASE kind WHEN 'company' THEN 10 ELSE 12 END", name="inn"),
        CheckConstraint("ogrn IS NULL OR length(ogrn) = CASE kind WHEN 'company' THEN 13 ELSE 15 END", name="ogrn"),
    )
    kind: Mapped[str]
    name: Mapped[str]
    inn: Mapped[str | None] = mapped_column(String(12))
    ogrn: Mapped[str | None] = mapped_column(String(15))
    address: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    site: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")


class Offer(Record, Base):
    """What a partner offers NGOs."""

    __tablename__ = "offer"
    __table_args__ = (
        CheckConstraint(one_of("kind", CONTRIBUTIONS), name="kind"),
        CheckConstraint("ends_on IS NULL OR ends_on >= offered_on", name="term"),
    )
    partner_id: Mapped[int] = mapped_column(ForeignKey("partner.id", ondelete="RESTRICT"), index=True)
    kind: Mapped[str]
    text: Mapped[str]
    offered_on: Mapped[date]
    ends_on: Mapped[date | None]


class NgoRequest(Record, Base):
    """What an NGO asks of business; `offer_id` once an offer was matched to it."""

    __tablename__ = "request"
    __table_args__ = (CheckConstraint(one_of("kind", CONTRIBUTIONS), name="kind"),)
    ngo_id: Mapped[int] = mapped_column(ForeignKey("ngo.id", ondelete="RESTRICT"), index=True)
    kind: Mapped[str]
    text: Mapped[str]
    asked_on: Mapped[date]
    offer_id: Mapped[int | None] = mapped_column(ForeignKey("offer.id", ondelete="RESTRICT"))


class PartnerAgreement(Record, Base):
    """An agreement of a partner with NGOs.  ends_on and ended_early_on are last days in force.

    account counts it as concluded (502), end_account as ended (510).
    """

    __tablename__ = "agreement"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="term"),
        CheckConstraint(
            "ended_early_on IS NULL OR (early_end_reason <> '' AND ended_early_on >= starts_on"
            " AND (ends_on IS NULL OR ended_early_on <= ends_on))",
            name="early_end",
        ),
        CheckConstraint("(ends_on IS NULL AND ended_early_on IS NULL) = (end_account IS NULL)", name="end_account"),
        CheckConstraint("promised >= 0", name="promised"),
    )
    partner_id: Mapped[int] = mapped_column(ForeignKey("partner.id", ondelete="RESTRICT"), index=True)
    number: Mapped[str]
    subject: Mapped[str] = mapped_column(default="")
    starts_on: Mapped[date]
    account: Mapped[Quarter] = mapped_column(index=True)
    before_records: Mapped[bool] = mapped_column(default=False)
    ends_on: Mapped[date | None]
    ended_early_on: Mapped[date | None]
    early_end_reason: Mapped[str] = mapped_column(default="")
    end_account: Mapped[Quarter | None] = mapped_column(index=True)
    promised: Mapped[Money] = mapped_column(default=Decimal(0))  # ₽ in money and goods, 0 if not named


class AgreementParty(Line, Base):
    """An NGO that is party to an agreement."""

    __tablename__ = "agreement_party"
    __table_args__ = (UniqueConstraint("agreement_id", "ngo_id"),)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id", ondelete="RESTRICT"), index=True)
    ngo_id: Mapped[int] = mapped_column(ForeignKey("ngo.id", ondelete="RESTRICT"), index=True)


class Contribution(Line, Base):
    """What was given under an agreement on a day: ₽ (money, goods), h, people, or m² in use."""

    __tablename__ = "contribution"
    __table_args__ = (
        CheckConstraint(one_of("kind", CONTRIBUTIONS), name="kind"),
        CheckConstraint("amount >= 0 AND hours >= 0 AND people >= 0 AND area >= 0", name="volumes"),
        CheckConstraint(
            "CASE kind WHEN 'pro_bono' THEN hours WHEN 'volunteers' THEN people WHEN 'premises' THEN area"
            " ELSE amount END > 0",
            name="measure",
        ),
        CheckConstraint("ends_on IS NULL OR ends_on >= given_on", name="term"),
    )
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id", ondelete="RESTRICT"), index=True)
    given_on: Mapped[date]
    account: Mapped[Quarter] = mapped_column(index=True)
    kind: Mapped[str]
    amount: Mapped[Money] = mapped_column(default=Decimal(0))
    hours: Mapped[Money] = mapped_column(default=Decimal(0))
    people: Mapped[int] = mapped_column(default=0)
    area: Mapped[Money] = mapped_column(default=Decimal(0))
    ends_on: Mapped[date | None]  # premises: last day in use
    note: Mapped[str] = mapped_column(default="")


class Practice(Record, Base):
    """A practice of cooperation of NGOs and business: a card of annex В."""

    __tablename__ = "practice"
    __table_args__ = (CheckConstraint("published_on IS NULL OR consent", name="consent"),)
    title: Mapped[str]
    ngo_id: Mapped[int] = mapped_column(ForeignKey("ngo.id", ondelete="RESTRICT"), index=True)
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("partner.id", ondelete="RESTRICT"))
    problem: Mapped[str] = mapped_column(default="")
    target_group: Mapped[str] = mapped_column(default="")
    description: Mapped[str] = mapped_column(default="")
    resources: Mapped[str] = mapped_column(default="")
    results: Mapped[str] = mapped_column(default="")  # figures with their period
    evidence: Mapped[str] = mapped_column(default="")
    conditions: Mapped[str] = mapped_column(default="")  # for repeating it
    contact: Mapped[str] = mapped_column(default="")  # service contact
    link: Mapped[str] = mapped_column(default="")
    consent: Mapped[bool] = mapped_column(default=False)
    published_on: Mapped[date | None]


class PracticeState(Line, Base):
    """The day a practice reached a state: представлена → проверена → рекомендована → тиражирована."""

    __tablename__ = "practice_state"
    __table_args__ = (
        UniqueConstraint("practice_id", "state"),
        CheckConstraint(one_of("state", PRACTICE_STATES), name="state"),
    )
    practice_id: Mapped[int] = mapped_column(ForeignKey("practice.id", ondelete="RESTRICT"), index=True)
    state: Mapped[str]
    reached_on: Mapped[date]
    account: Mapped[Quarter]
