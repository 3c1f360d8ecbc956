"""What is found in a region's quarter — holes, duplicates, findings — kept beside its returns with their hash.

Every return of the year has to be read for it, which takes a minute for 2,500 territories.  So it is found once and
kept with the hash of all it was found in: another return is another hash, and `check` finds it anew.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import InvalidOperation
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.collecting import paused_collecting
from app.core.errors import AppError
from app.core.periods import Quarter
from app.core.progress import SILENT, Progress
from app.models import REGION_FOUND
from app.models.database import Database
from app.models.region_digest import put_found
from app.region.checks import RegionFinding
from app.region.consolidate import Consolidation
from app.region.contracts import Contracts
from app.region.coverage import Answers
from app.region.duplicates import Duplicate
from app.region.expected import District, returns_of
from app.region.holes import Hole, hole_key, needs_behind
from app.region.later import Later, LaterMap, OneByOne
from app.region.picture import PictureCells
from app.region.streaming import Found, found_in
from app.returns.checks.report import Severity
from app.returns.snapshot import QuarterReturn
from app.usecases.region_digests import MEND
from app.usecases.region_picture import fetching, readers, reading
from app.usecases.region_returns import Source, read_one

VERSION = 1
"""Of the way in which it is found: another has all found anew."""
F = REGION_FOUND.c


@dataclass(frozen=True)
class Case:
    """What is looked into.  sources: versions that stand, of the quarter and those before; inputs: hash of it all."""

    consolidation: Consolidation
    sources: tuple[Source, ...]
    answers: Answers
    contracts: Contracts
    inputs: str

    @property
    def quarter(self) -> Quarter:
        return self.consolidation.quarter


@dataclass(frozen=True, slots=True)
class Texts:
    """What is kept: JSON of findings; a line of JSON for each hole, duplicate and name."""

    found: str
    holes: str
    duplicates: str
    names: str


@dataclass(frozen=True)
class Kept:
    """What was found.  Rows of annexes behind it are fetched from their returns when they are opened.

    names: (family, key) -> name of those whom duplicates name.
    """

    holes: Sequence[Hole]
    duplicates: Later[Duplicate]
    findings: Sequence[RegionFinding]
    unchecked: Sequence[str]
    names: Mapping[tuple[str, str], str]


class LaterKept:
    """What was found, fetched when it is first asked for; found anew where nothing is kept."""

    def __init__(self, session: Session, case: Case) -> None:
        self._engine, self.case = readers(session), case
        self._held: Kept | None = None

    @property
    def kept(self) -> Kept:
        if self._held is None:
            with reading(self._engine) as session:
                self._held = kept(session, self.case) or find(session, self.case)[0]
        return self._held

    def take(self, found: Kept) -> None:
        """What somebody found meanwhile."""
        self._held = found

    @property
    def names(self) -> Mapping[tuple[str, str], str]:
        """Of those named, as far as it was asked for yet."""
        return self._held.names if self._held is not None else {}


def is_kept(session: Session, case: Case) -> bool:
    query = select(F.quarter).where(F.quarter == case.quarter, F.version == VERSION, F.inputs == case.inputs)
    return session.connection().scalar(query) is not None


def kept(session: Session, case: Case) -> Kept | None:
    """What was kept of this very case; None where nothing was, or it cannot be read."""
    here = (F.quarter == case.quarter, F.version == VERSION, F.inputs == case.inputs)
    row = session.connection().execute(select(F.found, F.holes).where(*here)).first()
    if row is None:
        return None
    engine = readers(session)

    def text_of(column: Any) -> str:
        with reading(engine) as later:
            return str(later.connection().scalar(select(column).where(*here)) or "")

    try:
        with paused_collecting():
            return _opened(session, case, *row, lambda: text_of(F.duplicates), lambda: text_of(F.names))
    except (ValueError, TypeError, KeyError, InvalidOperation):
        return None  # spoilt: it is found anew, and `check` tells


def find(session: Session, case: Case, progress: Progress = SILENT) -> tuple[Kept, Texts]:
    """The same found anew, and the texts under which it is kept.  Cancelled between two returns."""
    texts = _texts(_found(session, case, progress))
    found = _opened(session, case, texts.found, texts.holes, lambda: texts.duplicates, lambda: texts.names)
    return found, texts


def keep(database: Database, case: Case, texts: Texts) -> None:
    """Keep what was found; a later one takes its place."""
    with database.write("program", f"Сводные списки за {case.quarter.title}") as session:
        put_found(session, case.quarter, {"version": VERSION, "inputs": case.inputs, **asdict(texts)})


def kept_faults(session: Session, case_of: Callable[[Quarter], Case | None]) -> list[str]:
    """Where what is kept differs from what is found anew, in Russian; what is out of date counts nowhere."""
    faults = []
    rows = session.connection().execute(select(F.quarter, F.inputs, F.found, F.holes, F.duplicates, F.names)).all()
    for quarter, inputs, *texts in rows:
        try:
            case = case_of(quarter)
            if case is not None and case.inputs == inputs and find(session, case)[1] != Texts(*texts):
                faults.append(f"Сводные списки за {quarter.title} не те, что в самих отчётах. {MEND}")
        except AppError:
            continue  # a return itself does not fit its hash: that is told
    return faults


def _found(session: Session, case: Case, progress: Progress) -> Found:
    cells = case.consolidation.cells
    assert isinstance(cells, PictureCells)
    done = iter(range(len(case.sources)))

    def stream(quarter: Quarter, without: Collection[str]) -> Iterator[tuple[str, QuarterReturn]]:
        for one in case.sources:
            if one.quarter == quarter:
                progress.step(next(done), len(case.sources), "Просматриваются отчёты")
                yield one.oktmo, read_one(session, one, without)

    former = sorted({one.quarter for one in case.sources if one.quarter < case.quarter})
    return found_in(case.consolidation, cells.joint, stream, former, case.answers, case.contracts)


def _texts(found: Found) -> Texts:
    names = {("ngo", one.ngo): found.keys.name(one.ngo) for one in found.duplicates if one.ngo}
    names |= {
        ("centre", centre): found.keys.name(centre, "centre") for one in found.duplicates for centre in one.centres
    }
    told = {
        "findings": [[one.check, one.rule, one.severity, one.districts, one.cell, one.text, one.records]
                     for one in found.findings],
        "unchecked": list(found.unchecked),
    }  # fmt: skip
    holes = (
        _json([one.oktmo, one.category, one.title, one.codes, one.flagged, one.old, one.ngos, one.days, one.high,
               one.weight, one.estimated]) for one in found.holes
    )  # fmt: skip
    duplicates = (
        _json([one.key, one.kind, one.code, one.title, one.centres, one.districts, one.ngo, one.text,
               [[oktmo, str(found.quarter_of(row)), row.key] for oktmo, row in one.records],
               [[oktmo, line.centre, line.code] for oktmo, line in one.lines]])
        for one in found.duplicates
    )  # fmt: skip
    called = (_json([*place, name]) for place, name in sorted(names.items()))
    return Texts(_json(told), "\n".join(holes), "\n".join(duplicates), "\n".join(called))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _opened(
    session: Session, case: Case, found: str, holes: str, duplicates: Callable[[], str], names: Callable[[], str]
) -> Kept:
    """The texts that every page needs, and what fetches those that one page needs."""
    at_hand, told = _Returns(session, case), json.loads(found)
    return Kept(
        OneByOne(_lines(holes), lambda line: _hole(at_hand, *json.loads(line))),
        Later(lambda: OneByOne(_lines(duplicates()), lambda line: _duplicate(at_hand, *json.loads(line)))),
        tuple(
            RegionFinding(check, rule, Severity(severity), tuple(districts), cell, text,
                          tuple((oktmo, key) for oktmo, key in records))
            for check, rule, severity, districts, cell, text, records in told["findings"]
        ),
        tuple(told["unchecked"]),
        LaterMap(lambda: _Named(names())),
    )  # fmt: skip


class _Named(Mapping[tuple[str, str], str]):
    """(family, key) -> name out of lines in the order of their keys: of tens of thousands a page asks a few."""

    def __init__(self, text: str) -> None:
        self._lines = _lines(text)

    def __getitem__(self, place: tuple[str, str]) -> str:
        at = bisect_left(self._lines, place, key=lambda line: tuple(json.loads(line)[:2]))
        if at < len(self._lines):
            *found, name = json.loads(self._lines[at])
            if tuple(found) == place:
                return str(name)
        raise KeyError(place)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return ((family, key) for family, key, _ in map(json.loads, self._lines))

    def __len__(self) -> int:
        return len(self._lines)


def _lines(text: str) -> Sequence[str]:
    return text.split("\n") if text else ()


class _Returns:
    """The returns of one district in one quarter, fetched when something behind them is opened."""

    def __init__(self, session: Session, case: Case) -> None:
        self.quarter = case.quarter
        self._fetch = fetching(session)
        self._sources = {(one.quarter, one.oktmo): one for one in case.sources}
        self._districts = {one.oktmo: one for one in case.consolidation.expected}

    def of(self, oktmo: str, quarter: Quarter) -> Sequence[QuarterReturn]:
        district = self._districts.get(oktmo, District(oktmo, oktmo))
        held = {code: source for code in (oktmo, *district.before) if (source := self._sources.get((quarter, code)))}
        return tuple(
            self._fetch([source])[quarter][source.oktmo] for source in returns_of(district, held)
        )


def _hole(
    at_hand: _Returns, oktmo: str, category: str, title: str, codes: list[str], flagged: bool, old: int, ngos: int,
    days: int, high: int, weight: int, estimated: bool,
) -> Hole:  # fmt: skip
    needs = Later(lambda: (row for ret in at_hand.of(oktmo, at_hand.quarter) for row in needs_behind(ret, category)))
    return Hole(
        hole_key(oktmo, category), oktmo, category, title, tuple(codes), flagged, old, ngos, days, high, weight,
        estimated, needs,
    )  # fmt: skip


def _duplicate(
    at_hand: _Returns, key: str, kind: Any, code: str, title: str, centres: list[str], districts: list[str], ngo: str,
    text: str, records: list[tuple[str, str, str]], lines: list[tuple[str, str, str]],
) -> Duplicate:  # fmt: skip
    def rows() -> Iterator[Any]:
        for oktmo, quarter, act in records:
            found = (row for ret in at_hand.of(oktmo, Quarter.parse(quarter)) for row in ret.annex_d if row.key == act)
            yield oktmo, next(found)

    def planned() -> Iterator[Any]:
        for oktmo, centre, of in lines:
            found = (line for ret in at_hand.of(oktmo, at_hand.quarter) for line in ret.services
                     if (line.centre, line.code) == (centre, of))  # fmt: skip
            yield oktmo, next(found)

    return Duplicate(
        key, kind, code, title, tuple(centres), tuple(districts), ngo, text, Later(rows, len(records)),
        Later(planned, len(lines)),
    )  # fmt: skip
