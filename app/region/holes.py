"""Needs that nobody answers: flagged in table 4, or open for more than 90 days; the heaviest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.region.consolidate import Consolidation
from app.region.keys import Keys
from app.region.later import Later, OneByOne
from app.region.lineage import is_old
from app.returns.form import OLD_NEED_DAYS
from app.returns.snapshot import NeedLine, NeedRow, QuarterReturn

PRIORITY = {"normal": 1, "high": 2}


@dataclass(frozen=True, slots=True)
class Hole:
    """A category of needs of a district that is not answered.

    flagged: no centre gave a service of the mapped codes in the quarter.  old: needs open for more than 90 days.
    weight: over the NGOs behind it, priority (1, high 2) × days open on the last day, of the heaviest need of each.
    estimated: the return lists no needs; the weight is then the least that its figures allow.
    """

    key: str
    oktmo: str
    category: str
    title: str
    codes: tuple[str, ...]
    flagged: bool
    old: int
    ngos: int
    days: int
    high: int
    weight: int
    estimated: bool
    needs: Sequence[NeedRow]


def hole_key(oktmo: str, category: str) -> str:
    """`41612000:finance`: the same from quarter to quarter."""
    return f"{oktmo}:{category}"


def holes_of(holes: Sequence[Hole], oktmo: str) -> Sequence[Hole]:
    """Those of one district, heaviest first; of those kept as lines none of the others is made."""
    if isinstance(holes, Later) and isinstance(holes.all, OneByOne):
        return holes.all.starting(f'["{oktmo}",')
    return tuple(hole for hole in holes if hole.oktmo == oktmo)


def list_holes(consolidation: Consolidation, answers: Mapping[str, tuple[str, ...]]) -> tuple[Hole, ...]:
    """All holes, by weight."""
    found: dict[str, Hole] = {}
    for oktmo, ret in consolidation.returns:
        for hole in _of_district(oktmo, ret, consolidation.keys, answers):
            known = found.get(hole.key)  # two predecessors of one district
            found[hole.key] = hole if known is None else _joined(known, hole)
    return tuple(sorted(found.values(), key=lambda hole: (-hole.weight, hole.key)))


def _of_district(
    oktmo: str, ret: QuarterReturn, keys: Keys, answers: Mapping[str, tuple[str, ...]]
) -> Iterator[Hole]:
    for line in ret.needs:
        still, old = _open_rows(ret, line.category)
        flagged = bool(line.quarter.unserved)
        if not flagged and not old and not line.quarter.over_90:
            continue
        if len(still) != line.quarter.end:
            yield _by_figures(oktmo, line, answers)
            continue
        # Of a category that a centre serves only what waits too long is a hole.
        rows = still if flagged else old
        weights: dict[str, int] = {}
        for row in rows:
            key = keys.of(row.ngo)
            weights[key] = max(weights.get(key, 0), PRIORITY.get(row.priority, 1) * _days(ret, row))
        yield Hole(
            key=hole_key(oktmo, line.category),
            oktmo=oktmo,
            category=line.category,
            title=line.title,
            codes=tuple(sorted({*answers.get(line.category, ()), *(code for row in rows for code in row.codes)})),
            flagged=flagged,
            old=len(old),
            ngos=len(weights),
            days=max((_days(ret, row) for row in rows), default=0),
            high=sum(row.priority == "high" for row in rows),
            weight=sum(weights.values()),
            estimated=False,
            needs=tuple(rows),
        )


def _open_rows(ret: QuarterReturn, category: str) -> tuple[list[NeedRow], list[NeedRow]]:
    """Needs of a category that are open, and those of them for more than 90 days."""
    still = [row for row in ret.annex_b if row.category == category and row.status == "open"]
    return still, [row for row in still if is_old(ret, row)]


def needs_behind(ret: QuarterReturn, category: str) -> tuple[NeedRow, ...]:
    """The needs by which a return makes a hole of the category; none where its figures alone make it, or nothing."""
    found: tuple[NeedRow, ...] = ()
    for line in ret.needs:
        still, old = _open_rows(ret, category)
        if line.category == category and len(still) == line.quarter.end:
            found += tuple(still if line.quarter.unserved else old)
    return found


def _days(ret: QuarterReturn, row: NeedRow) -> int:
    return max(1, (ret.head.quarter.last_day - row.opened_on).days)


def _by_figures(oktmo: str, line: NeedLine, answers: Mapping[str, tuple[str, ...]]) -> Hole:
    figures = line.quarter
    needs = figures.end if figures.unserved else figures.over_90
    ngos = min(figures.ngos, needs) or 1
    days = OLD_NEED_DAYS + 1 if figures.over_90 else 1
    return Hole(
        key=hole_key(oktmo, line.category),
        oktmo=oktmo,
        category=line.category,
        title=line.title,
        codes=answers.get(line.category, ()),
        flagged=bool(figures.unserved),
        old=figures.over_90,
        ngos=ngos,
        days=days,
        high=figures.high,
        weight=ngos * days,
        estimated=True,
        needs=(),
    )


def _joined(one: Hole, other: Hole) -> Hole:
    return Hole(
        one.key, one.oktmo, one.category, one.title, tuple(sorted({*one.codes, *other.codes})),
        one.flagged or other.flagged, one.old + other.old, one.ngos + other.ngos, max(one.days, other.days),
        one.high + other.high, one.weight + other.weight, one.estimated or other.estimated,
        (*one.needs, *other.needs),
    )  # fmt: skip
