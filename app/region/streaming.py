"""Holes, duplicates and findings of a region too large to lie in memory: its returns read one after another.

The same functions count as over returns that are at hand; of each return only the rows they look at are kept, of
former quarters only acts that a duplicate of this one can meet.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from app.core.periods import Quarter
from app.region.checks import RegionCase, RegionFinding, run_region_checks, unchecked
from app.region.consolidate import Consolidation
from app.region.contracts import Contracts
from app.region.coverage import Answers
from app.region.digest import local_keys
from app.region.duplicates import NEAR_DAYS, Duplicate, list_duplicates, plans_missed
from app.region.expected import returns_of
from app.region.held import Joint
from app.region.holes import Hole, list_holes
from app.region.keys import Keys, family
from app.returns.snapshot import QuarterReturn, ServiceRow

Stream = Callable[[Quarter, Collection[str]], Iterator[tuple[str, QuarterReturn]]]
"""The returns of a quarter one after another, without the parts named: ОКТМО as the return carries it, the return."""
NOT_LOOKED_AT = (
    "rows", "activities", "activity_titles", "members", "annex_a", "annex_a_pending", "annex_v", "annex_g",
)  # fmt: skip
ACTS_ALONE = (*NOT_LOOKED_AT, "services", "needs", "annex_b", "annex_e")


@dataclass(frozen=True)
class Found:
    """keys: those by which it was found.  quarter_of: of the return that holds an act."""

    holes: Sequence[Hole]
    duplicates: Sequence[Duplicate]
    findings: Sequence[RegionFinding]
    unchecked: Sequence[str]
    keys: Keys
    quarter_of: Callable[[ServiceRow], Quarter]


class StreamedKeys(Keys):
    """Who is one with whom by the names kept beside the returns, and what returns that were read call them."""

    def __init__(self, joint: Joint) -> None:
        self._joint = joint
        self._local: dict[str, str] = {}
        self._names: dict[tuple[str, str], str] = {}

    def add(self, ret: QuarterReturn) -> None:
        self._local.update(local_keys(ret))
        for entity in ret.entities:
            if entity.name:
                place = family(entity.kind), self.of(entity.uuid)
                self._names[place] = min(self._names.get(place, entity.name), entity.name)

    def of(self, uuid: str) -> str:
        return self._joint.of(self._local.get(uuid, uuid))


def found_in(
    consolidation: Consolidation, joint: Joint, stream: Stream, former: Sequence[Quarter], answers: Answers,
    contracts: Contracts,
) -> Found:  # fmt: skip
    """What `list_holes`, `list_duplicates` and the checks find.  former: quarters before, of which returns are here."""
    keys = StreamedKeys(joint)
    given = {}
    for code, ret in stream(consolidation.quarter, NOT_LOOKED_AT):
        keys.add(ret)
        given[code] = replace(ret, entities=())
    returns = tuple((one.oktmo, ret) for one in consolidation.expected for ret in returns_of(one, given))
    thin = replace(consolidation, keys=keys, returns=returns, year_returns=())
    met = _Met(thin)
    earlier: dict[Quarter, dict[str, QuarterReturn]] = {}
    for quarter in former:
        earlier[quarter] = {}
        for code, ret in stream(quarter, ACTS_ALONE):
            keys.add(ret)
            rows = tuple(row for row in ret.annex_d if met.may_stand_behind(code, row))
            earlier[quarter][code] = replace(ret, entities=(), annex_d=rows)
    where = {id(row): ret.head.quarter for _, ret in returns for row in ret.annex_d}
    where |= {id(row): quarter for quarter, held in earlier.items() for ret in held.values() for row in ret.annex_d}
    case = RegionCase(thin, given, contracts)
    return Found(
        list_holes(thin, answers),
        list_duplicates(thin, earlier, {}, NEAR_DAYS),
        run_region_checks(case),
        unchecked(case),
        keys,
        lambda row: where[id(row)],
    )


class _Met:
    """Which acts of former quarters can stand behind a duplicate of this one."""

    def __init__(self, thin: Consolidation) -> None:
        self._keys = thin.keys
        rows = (row for _, ret in thin.returns for row in ret.annex_d)
        self._told = {(ngo, row.code) for row in rows for ngo in thin.keys.all_of(row.recipients)}
        self._missed = plans_missed(thin)
        self._district = {code: one.oktmo for one in thin.expected for code in (one.oktmo, *one.before)}

    def may_stand_behind(self, code: str, row: ServiceRow) -> bool:
        if (self._district.get(code, ""), row.code) in self._missed:
            return True
        return any((ngo, row.code) in self._told for ngo in self._keys.all_of(row.recipients))
