"""Everything that was done for one NGO, in time order: its branches and merged cards are one with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.core.periods import Quarter
from app.core.russian import day
from app.returns.as_of import Index, on_record
from app.returns.count_support import size_in_words
from app.returns.ledger import Ledger
from app.returns.records import Application, Need, Ngo, Partnership, Practice, Records, Service, Support


@dataclass(frozen=True, slots=True)
class SupportDone:
    """A decision, or the end of one (ends: the decision it ends); size in the units of its form."""

    support: Support
    size: str
    ends: Support | None = None


@dataclass(frozen=True, slots=True)
class ServiceDone:
    """recipients: of the whole service; people and hours are the service's own too."""

    service: Service
    centre: str
    title: str
    unit: str

    @property
    def recipients(self) -> int:
        return len(self.service.recipients)


@dataclass(frozen=True, slots=True)
class NeedTold:
    """closing: services that closed it («К4 20.09.2026, АНО «Опора»»); partly: those that helped."""

    need: Need
    category: str
    closing: tuple[str, ...]
    partly: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NgoHistory:
    """ngo: the card that stands for all; cards: every card that is one with it, itself among them."""

    ngo: Ngo
    cards: tuple[Ngo, ...]
    as_of: date
    support: tuple[SupportDone, ...]
    applications: tuple[Application, ...]
    services: tuple[ServiceDone, ...]
    needs: tuple[NeedTold, ...]
    partnerships: tuple[tuple[Partnership, str], ...]  # with the partner's name
    practices: tuple[tuple[Practice, str], ...]

    @property
    def decisions(self) -> tuple[Support, ...]:
        """Support given, ends left out."""
        return tuple(one.support for one in self.support if one.ends is None)

    @property
    def money(self) -> Decimal:
        """₽ of financial decisions."""
        return sum((s.amount for s in self.decisions if s.form == "211"), Decimal(0))

    @property
    def hours(self) -> Decimal:
        """Hours of the services in which it took part."""
        return sum((one.service.hours for one in self.services), Decimal(0))


def history_of(records: Records, ngo_id: int) -> NgoHistory | None:
    """What was done for the NGO of a card; None where the card is not kept (or lies in the archive)."""
    index = Index(records)
    if ngo_id not in index.ngos:
        return None
    key = index.counted_key(index.ngos[ngo_id].uuid)
    cards = tuple(ngo for ngo in records.ngos if index.counted_key(ngo.uuid) == key)
    ids = frozenset(ngo.id for ngo in cards)
    quarter = Quarter.of(records.today)
    standing = max(
        (ngo for ngo in cards if ngo.merged_into_id not in ids),
        key=lambda ngo: (not ngo.is_branch, on_record(ngo, quarter), -ngo.id),
        default=index.standing(ngo_id),
    )
    needs = sorted((n for n in records.needs if n.ngo_id in ids), key=lambda n: (n.opened_on, n.id))
    partners = {partner.id: partner.name for partner in records.partners}
    joint = sorted((p for p in records.partnerships if ids & set(p.parties)), key=lambda p: (p.starts_on, p.id))
    practices = sorted((p for p in records.practices if p.ngo_id in ids), key=_presented)
    applied = sorted((a for a in records.applications if a.ngo_id in ids), key=lambda a: (a.applied_on, a.id))
    return NgoHistory(
        ngo=standing,
        cards=cards,
        as_of=records.today,
        support=tuple(_support(Ledger(records, quarter), ids)),
        applications=tuple(applied),
        services=tuple(_services(records, index, ids)),
        needs=tuple(_needs(records, index, needs)),
        partnerships=tuple((one, partners.get(one.partner_id, "")) for one in joint),
        practices=tuple((one, partners.get(one.partner_id or 0, "")) for one in practices),
    )


def card_of(records: Records, ogrn: str) -> int | None:
    """The id of a card with this ОГРН."""
    return next((ngo.id for ngo in records.ngos if ngo.ogrn == ogrn), None)


def _presented(practice: Practice) -> tuple[date, int]:
    return min((state.reached_on for state in practice.states), default=date.max), practice.id


def _support(ledger: Ledger, ids: frozenset[int]) -> Iterator[SupportDone]:
    index = ledger.index
    found = [s for s in ledger.records.supports if s.ngo_id in ids]
    for s in sorted(found, key=lambda s: (s.decision_on, s.id)):
        ends = index.supports.get(s.terminates_id) if s.terminates_id is not None else None
        yield SupportDone(s, size_in_words(ledger, s), ends)


def _services(records: Records, index: Index, ids: frozenset[int]) -> Iterator[ServiceDone]:
    kinds = {kind.code: kind for kind in records.catalogue}
    found = [s for s in records.services if any(r.ngo_id in ids for r in s.recipients)]
    for s in sorted(found, key=lambda s: (s.provided_on, s.id)):
        kind = kinds.get(s.code)
        yield ServiceDone(s, index.centres[s.centre_id].name, kind.title if kind else s.code, kind.unit if kind else "")


def _needs(records: Records, index: Index, needs: Iterable[Need]) -> Iterator[NeedTold]:
    titles = {category.code: category.title for category in records.categories}
    for need in needs:
        told: dict[str, list[str]] = {"closes": [], "partly": []}
        for link in need.links:
            service = index.services.get(link.service_id)
            if service is not None:
                centre = index.centres[service.centre_id].name
                told[link.kind].append(f"{service.code} {day(service.provided_on)}, {centre}")
        yield NeedTold(need, titles.get(need.category, need.category), tuple(told["closes"]), tuple(told["partly"]))
