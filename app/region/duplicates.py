"""Two centres at one work (DOMAIN §7): the same NGO and code within 30 days, or two below half their plans."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from app.core.russian import amount, day
from app.core.text import NBSP
from app.region.consolidate import Consolidation
from app.region.expected import Earlier, returns_of
from app.region.later import Later, OneByOne
from app.returns.snapshot import ServiceLine, ServiceRow

NEAR_DAYS = 30
Record = tuple[str, ServiceRow]  # ОКТМО of the district whose annex Д holds it


@dataclass(frozen=True, slots=True)
class Justification:
    """«Обосновано»: why a duplicate is not inefficient, who says so and since when."""

    reason: str
    by: str = ""
    on: date | None = None


NOT_JUSTIFIED = Justification("")


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A candidate for inefficient duplication.

    kind: `ngo` the same NGO got the code from several centres; `plan` several centres of a district offer
    the code and each is below half its plan.  key: the same for the same facts, whatever the order of
    intake; by it a reason is remembered.  records: services behind it, by day; lines: of table 3.
    justified: «обосновано», without a reason while nobody gave one.
    """

    key: str
    kind: Literal["ngo", "plan"]
    code: str
    title: str
    centres: tuple[str, ...]
    districts: tuple[str, ...]
    ngo: str
    text: str
    records: Sequence[Record] = ()
    lines: Sequence[tuple[str, ServiceLine]] = ()
    justified: Justification = NOT_JUSTIFIED

    @property
    def reason(self) -> str:
        return self.justified.reason


_KEY = re.compile(r'\["((?:[^"\\]|\\.)*)"')
"""The key at the head of a line of JSON, as it is written there."""


class WithReasons(OneByOne[Duplicate]):
    """Lines of JSON with what was said since, in the order of `with_reasons`; none is made for it.

    bare: so many have no reason; they stand first.
    """

    __slots__ = ("bare",)

    def __init__(self, found: OneByOne[Duplicate], reasons: Mapping[str, Justification]) -> None:
        said = {json.dumps(key, ensure_ascii=False)[1:-1] for key in reasons}
        parted: tuple[list[str], list[str]] = [], []
        for line in found._lines:
            named = _KEY.match(line)
            parted[named is not None and named[1] in said].append(line)
        self.bare = len(parted[False])
        super().__init__(
            [*parted[False], *parted[True]],
            lambda line: replace(one := found._make(line), justified=reasons.get(one.key, NOT_JUSTIFIED)),
        )


def with_reasons(duplicates: Sequence[Duplicate], reasons: Mapping[str, Justification]) -> Sequence[Duplicate]:
    """The same with what was said of them since; those with a reason stand last."""
    if isinstance(held := _fetched(duplicates), OneByOne):
        return WithReasons(held, reasons)
    told = (replace(one, justified=reasons.get(one.key, NOT_JUSTIFIED)) for one in duplicates)
    return tuple(sorted(told, key=_place))


def without_reason(duplicates: Sequence[Duplicate]) -> Sequence[Duplicate]:
    """Those that nobody gave a reason for."""
    held = _fetched(duplicates)
    if isinstance(held, WithReasons):
        return held[: held.bare]
    if isinstance(held, OneByOne):  # as they were found: nothing was said of them
        return held
    return tuple(one for one in held if not one.reason)


def _fetched(duplicates: Sequence[Duplicate]) -> Sequence[Duplicate]:
    return duplicates.all if isinstance(duplicates, Later) else duplicates


def of_kind(duplicates: Sequence[Duplicate], kind: str) -> Sequence[Duplicate]:
    """Those of one kind; of those kept as lines they are told by their keys, none of them made."""
    if isinstance(held := _fetched(duplicates), OneByOne):
        return held.starting(f'["{kind}:')
    return tuple(one for one in duplicates if one.kind == kind)


def _place(one: Duplicate) -> tuple[bool, str, str, str]:
    return bool(one.reason), one.kind, one.code, one.key


def list_duplicates(
    consolidation: Consolidation, earlier: Earlier, justified: Mapping[str, Justification], near_days: int = NEAR_DAYS
) -> tuple[Duplicate, ...]:
    """Candidates of both kinds; those with a reason stand last."""
    found = [*_same_ngo(consolidation, earlier, justified, near_days), *_below_plan(consolidation, earlier, justified)]
    return tuple(sorted(found, key=_place))


def _same_ngo(
    consolidation: Consolidation, earlier: Earlier, justified: Mapping[str, Justification], near_days: int
) -> Iterator[Duplicate]:
    """Over all districts: at least one of the two services is counted in the quarter itself."""
    now: dict[str, None] = {}
    acts: dict[tuple[str, str], dict[str, Record]] = defaultdict(dict)
    for act, oktmo, row in _journals(consolidation, earlier, now):  # those of the quarter itself first
        for ngo in consolidation.keys.all_of(row.recipients):
            if act in now or (ngo, row.code) in acts:
                acts[ngo, row.code][act] = oktmo, row
    titles = {line.code: line.title for line in consolidation.services}
    for (ngo, code), kept in sorted(acts.items()):
        near: dict[str, Record] = {}
        ordered = sorted(kept.items(), key=lambda one: (one[1][1].provided_on, one[0]))
        for place, (left, (oktmo, first)) in enumerate(ordered):
            for right, (other, second) in ordered[place + 1 :]:
                if (second.provided_on - first.provided_on).days > near_days:
                    break
                differ = consolidation.keys.of(first.centre) != consolidation.keys.of(second.centre)
                if differ and (left in now or right in now):
                    near[left], near[right] = (oktmo, first), (other, second)
        if not near:
            continue
        records = tuple(sorted(near.values(), key=lambda one: (one[1].provided_on, one[0], one[1].key)))
        centres = tuple(sorted({consolidation.keys.of(row.centre) for _, row in records}))
        key = f"ngo:{consolidation.quarter}:{code}:{ngo}:{'+'.join(centres)}"
        told = ", ".join(
            f"{consolidation.keys.name(consolidation.keys.of(row.centre), 'centre')} {day(row.provided_on)}"
            for _, row in records
        )
        yield Duplicate(
            key=key,
            kind="ngo",
            code=code,
            title=titles.get(code, code),
            centres=centres,
            districts=tuple(sorted({oktmo for oktmo, _ in records})),
            ngo=ngo,
            text=(
                f"{consolidation.keys.name(ngo)}: {code} в{NBSP}течение {near_days}{NBSP}дней "
                f"от разных центров: {told}."
            ),
            records=records,
            justified=justified.get(key, NOT_JUSTIFIED),
        )


def _journals(
    consolidation: Consolidation, earlier: Earlier, now: dict[str, None]
) -> Iterator[tuple[str, str, ServiceRow]]:
    """Annexes Д of the quarter (what they tell is entered in `now`) and of those before it.

    An act is known by district, quarter and key: a hand-filled return numbers its lines anew every quarter.
    """
    for oktmo, ret in consolidation.returns:
        for row in ret.annex_d:
            act = f"{oktmo}:{ret.head.quarter}:{row.key}"
            now[act] = None
            yield act, oktmo, row
    for quarter, returns in earlier.items():
        if quarter < consolidation.quarter:
            for district in consolidation.expected:
                for ret in returns_of(district, returns):
                    for row in ret.annex_d:
                        yield f"{district.oktmo}:{quarter}:{row.key}", district.oktmo, row


def plans_missed(consolidation: Consolidation) -> set[tuple[str, str]]:
    """(ОКТМО, code) of the duplicates of plans: annexes Д since the year began stand behind them."""
    return {(one.districts[0], one.code) for one in _below_plan(consolidation, {}, {})}


def _below_plan(
    consolidation: Consolidation, earlier: Earlier, justified: Mapping[str, Justification]
) -> Iterator[Duplicate]:
    """The plan of the year is held against the part of the year that has passed, as check 17 does.

    The records are those of the year, as what was done of the plan is: they stand behind that figure.

    Who offers a code without a plan of it cannot lie below half of one: then nothing is told.
    """
    offers: dict[tuple[str, str], dict[str, list[tuple[str, ServiceLine]]]] = defaultdict(lambda: defaultdict(list))
    for oktmo, ret in consolidation.returns:
        for line in ret.services:
            if line.plan or line.year.records:
                offers[oktmo, line.code][consolidation.keys.of(line.centre)].append((oktmo, line))
    part = Decimal(consolidation.quarter.number) / 4
    for (oktmo, code), centres in sorted(offers.items()):
        if len(centres) < 2 or not all(_is_below(lines, part) for lines in centres.values()):
            continue
        key = f"plan:{consolidation.quarter}:{code}:{oktmo}:{'+'.join(sorted(centres))}"
        lines = tuple(line for centre in sorted(centres) for line in centres[centre])
        told = "; ".join(
            f"{line.centre_name}: {amount(line.year.volume)} из {amount(line.plan or Decimal(0))}" for _, line in lines
        )
        yield Duplicate(
            key=key,
            kind="plan",
            code=code,
            title=lines[0][1].title,
            centres=tuple(sorted(centres)),
            districts=(oktmo,),
            ngo="",
            text=(
                f"{consolidation.name(oktmo)}: {code} предлагают несколько центров, и{NBSP}каждый не выполнил "
                f"и{NBSP}половины плана на это время: {told}."
            ),
            records=tuple(
                (oktmo, row)
                for row in _of_year(consolidation, earlier, oktmo)
                if row.code == code and consolidation.keys.of(row.centre) in centres
            ),
            lines=lines,
            justified=justified.get(key, NOT_JUSTIFIED),
        )


def _of_year(consolidation: Consolidation, earlier: Earlier, oktmo: str) -> Iterator[ServiceRow]:
    """Annexes Д of a district since the year began."""
    now = consolidation.quarter
    for quarter in sorted(one for one in earlier if one.year == now.year and one < now):
        for district in consolidation.expected:
            if district.oktmo == oktmo:
                for ret in returns_of(district, earlier[quarter]):
                    yield from ret.annex_d
    for one, ret in consolidation.returns:
        if one == oktmo:
            yield from ret.annex_d


def _is_below(lines: list[tuple[str, ServiceLine]], part: Decimal) -> bool:
    plan = sum((line.plan or Decimal(0) for _, line in lines), Decimal(0))
    done = sum((line.year.volume for _, line in lines), Decimal(0))
    return plan > 0 and done * 2 < plan * part
