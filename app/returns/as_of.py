"""What was true of an NGO in a quarter, by periods of account, and who counts as one with whom.

A fact that became known after a quarter was frozen carries a later period of account, so that a
quarter built anew gives the figures it gave then (DOMAIN §6, «Period of account»).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property

from app.core.periods import Quarter
from app.returns.records import (
    Application,
    Centre,
    Event,
    Need,
    Ngo,
    Partner,
    Partnership,
    Records,
    Service,
    Support,
)
from app.returns.snapshot import Entity


def on_record(ngo: Ngo, quarter: Quarter) -> bool:
    """Counted in 101: an interval begun by the quarter and not ended in it."""
    return any(
        i.taken_account <= quarter and (i.removed_account is None or i.removed_account > quarter)
        for i in ngo.intervals
    )


def on_record_on(ngo: Ngo, day: date) -> bool:
    """On record on a day by the dates themselves: [taken_on, removed_on)."""
    return any(i.taken_on <= day and (i.removed_on is None or day < i.removed_on) for i in ngo.intervals)


def is_legal(ngo: Ngo, quarter: Quarter) -> bool:
    """A legal entity in the quarter; a body that registered is one from its legal_account on."""
    return ngo.kind == "legal" and (ngo.legal_account is None or ngo.legal_account <= quarter)


def has_mark(ngo: Ngo, mark: str, quarter: Quarter) -> bool:
    """The mark holds on the last day of the quarter (its own last day included)."""
    day = quarter.last_day
    return any(
        m.mark == mark
        and m.account <= quarter
        and m.since <= day
        and (
            m.valid_to is None or m.valid_to >= day or (m.end_account is not None and m.end_account > quarter)
        )
        for m in ngo.marks
    )


def status_of(ngo: Ngo, quarter: Quarter) -> str:
    """The status on the last day of the quarter; «не проверена» while none is kept."""
    day = quarter.last_day
    known = [s for s in ngo.statuses if s.account <= quarter and s.since <= day]
    return max(known, key=lambda s: s.since).status if known else "unverified"


def activities_of(ngo: Ngo, quarter: Quarter) -> tuple[str, ...]:
    """Codes of the kinds of activity known by the quarter."""
    return tuple(code for code, account in ngo.activities if account <= quarter)


class Index:
    """Records by id, and keys under which NGOs, centres and partners are counted today."""

    def __init__(self, records: Records) -> None:
        self.records = records

    @cached_property
    def ngos(self) -> Mapping[int, Ngo]:
        return {n.id: n for n in self.records.ngos}

    @cached_property
    def supports(self) -> Mapping[int, Support]:
        return {s.id: s for s in self.records.supports}

    @cached_property
    def services(self) -> Mapping[int, Service]:
        return {s.id: s for s in self.records.services}

    @cached_property
    def needs(self) -> Mapping[int, Need]:
        return {n.id: n for n in self.records.needs}

    @cached_property
    def events(self) -> Mapping[int, Event]:
        return {e.id: e for e in self.records.events}

    @cached_property
    def centres(self) -> Mapping[int, Centre]:
        return {c.id: c for c in self.records.centres}

    @cached_property
    def partners(self) -> Mapping[int, Partner]:
        return {p.id: p for p in self.records.partners}

    @cached_property
    def partnerships(self) -> Mapping[int, Partnership]:
        return {p.id: p for p in self.records.partnerships}

    @cached_property
    def applications(self) -> Mapping[int, Application]:
        return {a.id: a for a in self.records.applications}

    @cached_property
    def terminations(self) -> Mapping[int, tuple[Support, ...]]:
        """Terminations by the id of the decision they end."""
        found: dict[int, list[Support]] = {}
        for support in self.records.supports:
            if support.terminates_id is not None:
                found.setdefault(support.terminates_id, []).append(support)
        return {key: tuple(rows) for key, rows in found.items()}

    def standing(self, ngo_id: int) -> Ngo:
        """The card that stands for this one today: itself, or what it was merged into."""
        ngo = self.ngos[ngo_id]
        seen = {ngo.id}
        while ngo.merged_into_id is not None and ngo.merged_into_id in self.ngos:
            ngo = self.ngos[ngo.merged_into_id]
            if ngo.id in seen:
                break
            seen.add(ngo.id)
        return ngo

    def known_as(self, ngo_id: int, quarter: Quarter) -> int:
        """The card that stood for this one by the quarter: a later merge of cards changes nothing of it."""
        ngo = self.ngos[ngo_id]
        while any(i.removal == "merged" and i.removed_account and i.removed_account <= quarter for i in ngo.intervals):
            following = self.ngos.get(ngo.merged_into_id or 0)
            if following is None or following.id == ngo_id:
                break
            ngo = following
        return ngo.id

    def member(self, ngo_id: int) -> str:
        """The uuid under which an NGO enters the set of a unique row."""
        return self.standing(ngo_id).uuid

    @cached_property
    def _today(self) -> Mapping[str, tuple[str, str]]:
        """uuid -> (standing uuid, ОГРН or ИНН) as known today, for NGOs, centres and partners."""
        keys: dict[str, tuple[str, str]] = {}
        for ngo in self.records.ngos:
            standing = self.standing(ngo.id)
            keys[ngo.uuid] = (standing.uuid, standing.ogrn)
        for centre in self.records.centres:
            keys[centre.uuid] = (centre.uuid, centre.ogrn)
        for partner in self.records.partners:
            keys[partner.uuid] = (partner.uuid, partner.inn)
        return keys

    def counted_key(self, uuid: str) -> str:
        """Under what a member of any set, also a frozen one, counts with today's keys."""
        standing, number = self._today.get(uuid, (uuid, ""))
        return number or standing

    def count(self, uuids: Iterable[str]) -> int:
        """How many different ones: head and branch are one by ОГРН, merged cards are one."""
        return len({self.counted_key(uuid) for uuid in uuids})

    def entity(self, uuid: str) -> Entity | None:
        return self._entities.get(uuid)

    @cached_property
    def _entities(self) -> Mapping[str, Entity]:
        found = {
            n.uuid: Entity(n.uuid, "ngo" if n.kind == "legal" else "body", n.ogrn, n.name)
            for n in self.records.ngos
        }
        found |= {c.uuid: Entity(c.uuid, "centre", c.ogrn, c.name) for c in self.records.centres}
        found |= {p.uuid: Entity(p.uuid, "partner", p.inn, p.name) for p in self.records.partners}
        return found
