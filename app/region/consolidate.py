"""The consolidated return: every row of the form over the districts, each figure with its parts.

Cells are named as in a return (`211.3.quarter`, `1а.9`, `4.finance.end.year`); in table 3 a centre stands
under its key over all districts: `3.<ОГРН or uuid>.<code>.<column>.<period>`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from app.core.periods import Quarter
from app.core.text import natural, sort_key
from app.region.expected import District, Earlier, Returns, latest_in_year, returns_in_year, returns_of
from app.region.figures import EMPTY, PERIODS, Figure, Part, Period, averaged, recounted, summed, unique_part
from app.region.keys import Keys
from app.returns.form import FORM_2026_1, FORMS, ColumnSpec, Form, RowKind, form_on
from app.returns.snapshot import Average, NeedFigures, NeedLine, QuarterReturn, Row, ServiceFigures, ServiceLine

Source = tuple[str, QuarterReturn]  # ОКТМО of the expected district, and its return


@dataclass(frozen=True, slots=True)
class CentreLine:
    """A row of table 3 over districts: centre × code.  centre: its key over all returns."""

    centre: str
    centre_name: str
    code: str
    title: str
    unit: str

    @property
    def key(self) -> str:
        return f"3.{self.centre}.{self.code}"


@dataclass(frozen=True, slots=True)
class Category:
    """A row of table 4 over districts."""

    code: str
    title: str

    @property
    def key(self) -> str:
        return f"4.{self.code}"


@dataclass(frozen=True, slots=True)
class ToldLine:
    """A line of table 3 of one district.  plan: of the year; volume and records: since it began."""

    oktmo: str
    centre: str
    code: str
    unit: str
    plan: Decimal | None
    volume: Decimal
    records: int


class Bounded(ABC):
    """Cells that tell without counting all which of them are intervals, and the lines of table 3 by district."""

    @property
    @abstractmethod
    def intervals(self) -> tuple[str, ...]: ...

    @abstractmethod
    def told_lines(self) -> Iterator[ToldLine]: ...


class Parted(ABC):
    """Returns of which those of one district are fetched without all others."""

    @abstractmethod
    def of(self, oktmo: str) -> list[QuarterReturn]: ...


@dataclass(frozen=True)
class Consolidation:
    """The region's quarter and year to date.

    missing: districts without a return for the quarter; held_over: those among them whose year is told by
    an earlier return, with its quarter.  unexpected: codes whose return belongs to no district expected,
    left out of every figure.  texts: rows of kind T, code -> district -> words.
    """

    quarter: Quarter
    form: Form
    expected: tuple[District, ...]
    missing: tuple[District, ...]
    held_over: Mapping[str, Quarter]
    unexpected: tuple[str, ...]
    cells: Mapping[str, Figure]
    activity_titles: Mapping[str, str]
    services: Sequence[CentreLine]
    needs: tuple[Category, ...]
    texts: Mapping[str, Mapping[str, str]]
    keys: Keys
    returns: Sequence[Source]
    year_returns: Sequence[Source] = field(repr=False, default=())

    def __getitem__(self, cell: str) -> Figure:
        """The figure of a cell; an empty one where no district has it."""
        return self.cells.get(cell, EMPTY)

    def name(self, oktmo: str) -> str:
        """The name of an expected district."""
        return self._names.get(oktmo, oktmo)

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return {one.oktmo: one.name for one in self.expected}

    def told_lines(self) -> Iterator[ToldLine]:
        """Table 3 of every return of the quarter."""
        if isinstance(self.cells, Bounded):
            yield from self.cells.told_lines()
            return
        for oktmo, ret in self.returns:
            for line in ret.services:
                yield ToldLine(oktmo, self.keys.of(line.centre), line.code, line.unit, line.plan, line.year.volume,
                               line.year.records)  # fmt: skip

    @property
    def reported(self) -> tuple[str, ...]:
        """ОКТМО of the districts whose return of the quarter is here."""
        missing = {one.oktmo for one in self.missing}
        return tuple(one.oktmo for one in self.expected if one.oktmo not in missing)

    def returns_of(self, oktmo: str) -> list[QuarterReturn]:
        """The returns of the quarter that belong to a district."""
        if isinstance(self.returns, Parted):
            return self.returns.of(oktmo)
        return [ret for one, ret in self.returns if one == oktmo]

    @property
    def intervals(self) -> tuple[str, ...]:
        """Names of the cells that are intervals."""
        if isinstance(self.cells, Bounded):
            return self.cells.intervals
        return tuple(cell for cell, figure in self.cells.items() if figure.is_interval)


def consolidate(
    quarter: Quarter, returns: Returns, expected: Sequence[District], earlier: Earlier | None = None
) -> Consolidation:
    """The picture of a quarter from the accepted returns, ОКТМО -> return.

    expected: districts that owe one.  earlier: accepted returns of former quarters; of the same year they
    stand in for a missing one in «с начала года», of any they help to tell who is one with whom.
    """
    before: Earlier = earlier or {}
    districts = tuple(sorted(expected, key=lambda one: (sort_key(one.name), one.oktmo)))
    now = [(one.oktmo, ret) for one in districts for ret in returns_of(one, returns)]
    year = [(one.oktmo, ret) for one in districts for ret in latest_in_year(one, quarter, returns, before)]
    behind = [(one.oktmo, ret) for one in districts for ret in returns_in_year(one, quarter, returns, before)]
    known = {code for one in districts for code in (one.oktmo, *one.before)}
    keys = Keys([*returns.values(), *(ret for given in before.values() for ret in given.values())])
    form = form_of(quarter, [FORMS[ret.head.form_version] for _, ret in now])
    gathering = _Gathering(quarter, {"quarter": now, "year": year}, keys, form)
    present = {oktmo for oktmo, _ in now}
    return Consolidation(
        quarter=quarter,
        form=form,
        expected=districts,
        missing=tuple(one for one in districts if one.oktmo not in present),
        held_over={oktmo: ret.head.quarter for oktmo, ret in year if ret.head.quarter != quarter},
        unexpected=tuple(sorted(code for code in returns if code not in known)),
        cells=dict(gathering.cells()),
        activity_titles=gathering.activity_titles(),
        services=gathering.lines,
        needs=gathering.categories,
        texts=gathering.texts(),
        keys=keys,
        returns=tuple(now),
        year_returns=tuple(behind),
    )


def form_of(quarter: Quarter, versions: Sequence[Form]) -> Form:
    """The latest form the districts used; measures hold across versions."""
    if versions:
        return max(versions, key=lambda form: (form.valid_from, form.version))
    try:
        return form_on(quarter.last_day)
    except KeyError:
        return FORM_2026_1


def _told(line: ServiceLine | NeedLine, spec: ColumnSpec, period: Period) -> int | Decimal | Average:
    figures: NeedFigures | ServiceFigures = line.quarter if period == "quarter" else line.year
    told: int | Decimal | Average = getattr(figures, spec.key)
    return told


class _Gathering:
    """Gathers the parts of every cell."""

    def __init__(
        self, quarter: Quarter, sources: Mapping[Period, Sequence[Source]], keys: Keys, form: Form
    ) -> None:
        self.quarter = quarter
        self.sources = sources
        self.keys = keys
        self.form = form
        self.all = tuple(source for period in PERIODS for source in sources[period])
        self.of_line: dict[tuple[Period, str], list[tuple[Source, ServiceLine]]] = defaultdict(list)
        self.of_need: dict[tuple[Period, str], list[tuple[Source, NeedLine]]] = defaultdict(list)
        for period in PERIODS:
            for source in sources[period]:
                for service in source[1].services:
                    key = f"3.{keys.of(service.centre)}.{service.code}"
                    self.of_line[period, key].append((source, service))
                for need in source[1].needs:
                    self.of_need[period, need.key].append((source, need))
        self.lines = self._lines()
        self.categories = self._categories()

    def cells(self) -> Iterator[tuple[str, Figure]]:
        for spec in self.form.rows:
            if spec.kind is RowKind.TEXT:
                continue
            for period in PERIODS:
                yield f"{spec.measure}.{period}", self._row(spec.measure, spec.kind, period)
            if spec.kind is not RowKind.UNIQUE:  # plans of different sets do not add up to one of their union
                yield f"{spec.measure}.plan", summed(self._plans(spec.measure))
        for code in self.activity_titles():
            yield f"1а.{code}", summed(
                Part(oktmo, ret.head.quarter, f"1а.{code}", Decimal(ret.activities[code]))
                for oktmo, ret in self.sources["quarter"]
                if code in ret.activities
            )
        for period in PERIODS:
            for line in self.lines:
                for column in self.form.service_columns:
                    cell = f"{line.key}.{column.key}.{period}"
                    yield cell, self._column(self.of_line[period, line.key], column, period)
            for category in self.categories:
                for column in self.form.need_columns:
                    cell = f"{category.key}.{column.key}.{period}"
                    yield cell, self._column(self.of_need[period, category.key], column, period)

    def _row(self, code: str, kind: RowKind, period: Period) -> Figure:
        # A stock is the state on the last day: a return of an earlier quarter says nothing of it.
        of = "quarter" if kind is RowKind.STOCK else period
        parts = []
        for oktmo, ret in self.sources[of]:
            row = ret.rows.get(code) or Row(code)
            value = row.quarter if period == "quarter" else row.year
            if kind is RowKind.UNIQUE:
                parts.append(unique_part(ret, oktmo, code, period, value, self.keys))
            elif value is not None:
                parts.append(Part(oktmo, ret.head.quarter, f"{code}.{period}", value))
        return recounted(parts) if kind is RowKind.UNIQUE else summed(parts)

    def _plans(self, code: str) -> Iterator[Part]:
        for oktmo, ret in self.sources["quarter"]:
            row = ret.rows.get(code)
            if row is not None and row.plan is not None:
                yield Part(oktmo, ret.head.quarter, f"{code}.plan", row.plan)

    def _column(
        self, lines: Sequence[tuple[Source, ServiceLine | NeedLine]], spec: ColumnSpec, period: Period
    ) -> Figure:
        parts = []
        for (oktmo, ret), line in lines:
            cell = f"{line.key}.{spec.key}"
            if spec.kind is RowKind.STOCK and ret.head.quarter != self.quarter and spec.key != "start":
                continue
            told = line.plan if isinstance(line, ServiceLine) and spec.key == "plan" else _told(line, spec, period)
            if isinstance(told, Average):
                parts.append(Part(oktmo, ret.head.quarter, f"{cell}.{period}", told.value, average=told))
                continue
            value = None if told is None else Decimal(told)
            if spec.kind is RowKind.UNIQUE:
                parts.append(unique_part(ret, oktmo, cell, period, value, self.keys))
            elif value is not None:
                parts.append(Part(oktmo, ret.head.quarter, f"{cell}.{period}", value))
        if spec.kind is RowKind.AVERAGE:
            return averaged(parts)
        return recounted(parts) if spec.kind is RowKind.UNIQUE else summed(parts)

    def activity_titles(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for _, ret in self.sources["quarter"]:
            for code in (*ret.activities, *ret.activity_titles):
                title = ret.activity_titles.get(code, code)
                found[code] = min(found.get(code, title), title)
        return {code: found[code] for code in sorted(found, key=natural)}

    def texts(self) -> dict[str, dict[str, str]]:
        return {
            spec.measure: {oktmo: ret.rows[spec.measure].note for oktmo, ret in self.sources["quarter"]
                           if spec.measure in ret.rows}
            for spec in self.form.rows
            if spec.kind is RowKind.TEXT
        }  # fmt: skip

    def _lines(self) -> tuple[CentreLine, ...]:
        told = [(self.keys.of(line.centre), line) for _, ret in self.all for line in ret.services]
        names: dict[str, str] = {}
        for centre, line in told:
            names[centre] = min(names.get(centre, line.centre_name), line.centre_name)
        found: dict[tuple[str, str], CentreLine] = {}
        for centre, line in told:
            made = CentreLine(centre, names[centre], line.code, line.title, line.unit)
            known = found.get((centre, line.code), made)
            found[centre, line.code] = min(known, made, key=lambda one: (one.title, one.unit))
        return tuple(sorted(found.values(), key=lambda one: (sort_key(one.centre_name), one.centre, one.code)))

    def _categories(self) -> tuple[Category, ...]:
        """In the order of the districts' own tables: the dictionary's."""
        places: dict[str, tuple[int, str]] = {}
        for _, ret in self.all:
            for place, line in enumerate(ret.needs):
                known = places.get(line.category, (place, line.title))
                places[line.category] = max(known[0], place), min(known[1], line.title)
        ordered = sorted(places, key=lambda code: (places[code][0], code))
        return tuple(Category(code, places[code][1]) for code in ordered)
