"""The consolidated return out of digests: the same figures as `consolidate` counts, each when somebody asks for it.

Nothing is parsed.  Parts, annexes and keys of a figure are fetched when they are opened.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import itemgetter

from app.core.periods import Quarter
from app.core.text import natural, sort_key
from app.region.archive import Archive, HeldSource, LaterKeys, Version, Versions
from app.region.consolidate import Bounded, Category, CentreLine, Consolidation, ToldLine, form_of
from app.region.digest import NONE
from app.region.expected import District, latest_in_year, returns_in_year, returns_of
from app.region.figures import PERIODS, Figure, Part, Period
from app.region.held import Held, Joint, Layout
from app.region.later import Later, LaterMap
from app.region.later_returns import LaterReturns, opened
from app.region.picture_cells import Cell, CellParts, Place, averages, sums, unions, uniques
from app.region.picture_lines import centre_names, told_lines
from app.returns.form import ColumnSpec, Form, RowKind


def picture(
    quarter: Quarter,
    given: Mapping[Quarter, Versions],
    expected: Sequence[District],
    archive: Archive,
) -> Consolidation:
    """As `consolidate`.  given: versions that stand by quarter, of this one and of former ones."""
    districts = tuple(sorted(expected, key=lambda one: (sort_key(one.name), one.oktmo)))
    returns: Versions = given.get(quarter, {})
    earlier = {one: versions for one, versions in given.items() if one != quarter}
    of_quarter = [(one.oktmo, kept) for one in districts for kept in returns_of(one, returns)]
    of_year = [(one.oktmo, kept) for one in districts for kept in latest_in_year(one, quarter, returns, earlier)]
    counted = sorted({kept.id for _, kept in (*of_quarter, *of_year)})
    held, joint = archive.held(counted), archive.joint(counted)
    now, year = ([(oktmo, held[kept.id]) for oktmo, kept in some] for some in (of_quarter, of_year))
    form = form_of(quarter, [one.form for one in {id(one.layout): one.layout for _, one in now}.values()])
    cells = PictureCells(quarter, {"quarter": now, "year": year}, joint, form, archive)
    known = {code for one in districts for code in (one.oktmo, *one.before)}
    present = {oktmo for oktmo, _ in now}

    def every() -> list[int]:
        return [kept.id for versions in given.values() for kept in versions.values()]

    def behind() -> list[tuple[str, Version]]:
        return [(one.oktmo, kept) for one in districts for kept in returns_in_year(one, quarter, returns, earlier)]

    return Consolidation(
        quarter=quarter,
        form=form,
        expected=districts,
        missing=tuple(one for one in districts if one.oktmo not in present),
        held_over={oktmo: kept.quarter for oktmo, kept in of_year if kept.quarter != quarter},
        unexpected=tuple(sorted(code for code in returns if code not in known)),
        cells=cells,
        activity_titles=cells.activity_titles,
        services=Later(lambda: cells.lines),
        needs=cells.categories,
        texts=LaterMap(cells.texts),
        keys=LaterKeys(lambda: archive.returns(every()).values()),
        returns=LaterReturns(of_quarter, archive),
        year_returns=Later(lambda: opened(behind(), archive)),
    )


def _placed(code: str, offset: int) -> Callable[[Held], int | None]:
    """Where a coded row's number stands; None in a form without it."""

    def at(held: Held) -> int | None:
        first = held.layout.rows.get(code)
        return None if first is None else first + offset

    return at


class PictureCells(Mapping[str, Figure], Bounded):
    """Cells by name, as `Consolidation.cells` names them; each is counted when it is asked for, and kept."""

    def __init__(
        self, quarter: Quarter, sources: Mapping[Period, Sequence[HeldSource]], joint: Joint, form: Form,
        archive: Archive,
    ) -> None:  # fmt: skip
        self.quarter = quarter
        self.sources = sources
        self.joint = joint
        self.form = form
        self.archive = archive
        self._kinds = {spec.measure: spec for spec in form.rows}
        self._made: dict[str, Figure] = {}

    def __getitem__(self, cell: str) -> Figure:
        found = self._made.get(cell)
        if found is None:
            found = self._made[cell] = self._figure(cell)
        return found

    def __iter__(self) -> Iterator[str]:
        return self.named(with_lines=True)

    def named(self, *, with_lines: bool) -> Iterator[str]:
        """Names of the cells, without those of table 3 where nobody needs them."""
        for spec in self.form.rows:
            if spec.kind is not RowKind.TEXT:
                yield from (f"{spec.measure}.{period}" for period in PERIODS)
                if spec.kind is not RowKind.UNIQUE:
                    yield f"{spec.measure}.plan"
        yield from (f"1а.{code}" for code in self.activity_titles)
        for period in PERIODS:
            for line in self.lines if with_lines else ():
                yield from (f"{line.key}.{column.key}.{period}" for column in self.form.service_columns)
            for category in self.categories:
                yield from (f"{category.key}.{column.key}.{period}" for column in self.form.need_columns)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _figure(self, cell: str) -> Figure:
        table, _, rest = cell.partition(".")
        if table == "1а":
            return self._activity(rest)
        if table in ("3", "4"):
            line, column, period = cell.rsplit(".", 2)
            columns = self.form.service_columns if table == "3" else self.form.need_columns
            spec = next((one for one in columns if one.key == column), None)
            if spec is None or period not in PERIODS:
                raise KeyError(cell)
            if table == "4" and (summed := self._need_column(line, spec, period, cell)) is not None:
                return summed
            found = self._line_cells(line, spec, period) if table == "3" else self._need_cells(line, spec, period)
            if found is None:
                raise KeyError(cell)
            return self._counted(found, spec)
        return self._row(cell)

    def _counted(self, cells: Sequence[Cell], spec: ColumnSpec) -> Figure:
        if spec.kind is RowKind.UNIQUE:
            return uniques(cells, self.joint, self.parts_of_sets)
        return averages(cells) if spec.kind is RowKind.AVERAGE else sums(cells, spec.places)

    # --- coded rows and activities

    @cached_property
    def _alike(self) -> Mapping[Period, Sequence[Sequence[HeldSource]]]:
        """Sources by layout: in those of one layout a cell stands at one place."""
        found: dict[Period, Sequence[Sequence[HeldSource]]] = {}
        for period in PERIODS:
            alike: dict[int, list[HeldSource]] = defaultdict(list)
            for source in self.sources[period]:
                alike[id(source[1].layout)].append(source)
            found[period] = tuple(alike.values())
        return found

    @cached_property
    def _numbers(self) -> Mapping[Period, Sequence[Sequence[Sequence[int]]]]:
        return {period: [[held.numbers for _, held in some] for some in alike] for period, alike in self._alike.items()}

    @cached_property
    def _is_of_quarter(self) -> bool:
        """Whether every district's year is told by its return of the quarter itself."""
        return all(held.quarter == self.quarter for _, held in self.sources["year"])

    def _row(self, cell: str) -> Figure:
        code, _, column = cell.rpartition(".")
        spec = self._kinds.get(code)
        if spec is None or spec.kind is RowKind.TEXT or column not in ("quarter", "year", "plan"):
            raise KeyError(cell)
        if column == "plan":
            if spec.kind is RowKind.UNIQUE:  # plans of different sets do not add up to one of their union
                raise KeyError(cell)
            return self._summed("quarter", _placed(code, 3), cell, spec.places)
        period: Period = "quarter" if column == "quarter" else "year"
        if spec.kind is RowKind.UNIQUE:
            return self._joined(
                period, lambda layout: Place(layout.uniques[code], layout.rows[code] + PERIODS.index(period))
                if code in layout.rows else None, lambda: self._unique_row(code, period),
            )  # fmt: skip
        # A stock is the state on the last day: a return of an earlier quarter says nothing of it.
        of: Period = "quarter" if spec.kind is RowKind.STOCK else period
        offset = PERIODS.index(period)
        return self._summed(of, _placed(code, offset), cell, spec.places)

    def _summed(self, of: Period, at: Callable[[Held], int | None], cell: str, places: int) -> Figure:
        told: list[tuple[Sequence[HeldSource], list[int]]] = []
        for sources, numbers in zip(self._alike[of], self._numbers[of], strict=True):
            place = at(sources[0][1])
            if place is not None:
                told.append((sources, list(map(itemgetter(place), numbers))))
        return sums(
            Later(lambda: (Cell(oktmo, held, cell, value) for some, column in told
                           for (oktmo, held), value in zip(some, column, strict=True) if value != NONE)),
            places,
            [column for _, column in told],
            order=self._order if len(told) > 1 else None,
            districts=lambda: (oktmo for some, _ in told for oktmo, _ in some),
        )  # fmt: skip

    def _joined(
        self, of: Period, place_in: Callable[[Layout], Place | None], cells: Callable[[], Sequence[Cell]]
    ) -> Figure:
        """A unique cell over all districts, counted without making a cell of each."""
        alike = [(place, some) for some in self._alike[of] if (place := place_in(some[0][1].layout)) is not None]
        parts = CellParts(
            lambda: self.parts_of_sets(cells()),
            lambda: ((oktmo, held.numbers[place.value]) for place, some in alike for oktmo, held in some), 0,
        )
        told = [(place, [held for _, held in some]) for place, some in alike]
        return unions(told, PERIODS.index(of), self.joint, parts)

    def _order(self, part: Part) -> int:
        """Parts stand in the order of the districts, whatever layout their returns have."""
        return self._places[part.oktmo, part.quarter]

    @cached_property
    def _places(self) -> Mapping[tuple[str, Quarter], int]:
        return {(oktmo, held.quarter): place for place, (oktmo, held) in enumerate(self.sources["year"])}

    def _unique_row(self, code: str, period: Period) -> list[Cell]:
        found, number = [], PERIODS.index(period)
        for oktmo, held in self.sources[period]:
            at = held.layout.rows.get(code)
            if at is not None:
                upper = held.numbers[at + 2] if number else NONE
                found.append(Cell(oktmo, held, f"{code}.{period}", held.numbers[at + number],
                                  held.layout.uniques[code], number, upper))  # fmt: skip
        return found

    def _activity(self, code: str) -> Figure:
        if code not in self.activity_titles:
            raise KeyError(code)
        found = []
        for oktmo, held in self.sources["quarter"]:
            for place, (one, _, _) in enumerate(held.layout.activities):
                value = held.numbers[held.layout.activity_at + place]
                if one == code and value != NONE:
                    found.append(Cell(oktmo, held, f"1а.{code}", value))
        return sums(found, 0)

    @cached_property
    def activity_titles(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for layout in {id(held.layout): held.layout for _, held in self.sources["quarter"]}.values():
            for code, title, _ in layout.activities:
                found[code] = min(found.get(code, title), title)
        return {code: found[code] for code in sorted(found, key=natural)}

    def texts(self) -> Mapping[str, Mapping[str, str]]:
        """Rows of kind T: code -> district -> words."""
        told = self.archive.texts([held.id for _, held in self.sources["quarter"]])
        return {
            spec.measure: {oktmo: told[held.id][spec.measure] for oktmo, held in self.sources["quarter"]
                           if spec.measure in told[held.id]}
            for spec in self.form.rows
            if spec.kind is RowKind.TEXT
        }  # fmt: skip

    # --- table 4

    @cached_property
    def categories(self) -> tuple[Category, ...]:
        """In the order of the districts' own tables: the dictionary's."""
        places: dict[str, tuple[int, str]] = {}
        layouts = {id(held.layout): held.layout for period in PERIODS for _, held in self.sources[period]}
        for layout in layouts.values():
            for place, (code, title) in enumerate(layout.categories):
                known = places.get(code, (place, title))
                places[code] = max(known[0], place), min(known[1], title)
        return tuple(Category(code, places[code][1]) for code in sorted(places, key=lambda one: (places[one][0], one)))

    def _need_column(self, line: str, spec: ColumnSpec, period: Period, cell: str) -> Figure | None:
        """A sum of table 4 at once, where each return has the category once and no earlier one stands in."""
        category, number = line.removeprefix("4."), PERIODS.index(period)
        layouts = [some[0][1].layout for some in self._alike[period]]
        places = [layout.category_places.get(category, ()) for layout in layouts]
        if not any(places) or any(len(some) > 1 for some in places):
            return None
        if spec.kind is RowKind.UNIQUE:
            return self._joined(
                period, lambda layout: Place(layout.need_set(place, spec.key), layout.need_at(place, number, spec.key))
                if (place := next(iter(layout.category_places.get(category, ())), None)) is not None else None,
                lambda: self._need_cells(line, spec, period) or [],
            )  # fmt: skip
        if spec.kind is RowKind.STOCK and not self._is_of_quarter:
            return None

        def at(held: Held) -> int | None:
            for place in held.layout.category_places.get(category, ()):
                return held.layout.need_at(place, number, spec.key)
            return None

        return self._summed(period, at, cell, spec.places)

    def _need_cells(self, line: str, spec: ColumnSpec, period: Period) -> list[Cell] | None:
        category = line.removeprefix("4.")
        if all(one.code != category for one in self.categories):
            return None
        found, number = [], PERIODS.index(period)
        for oktmo, held in self.sources[period]:
            if self._is_past_stock(held, spec):
                continue
            layout = held.layout
            for place in layout.category_places.get(category, ()):
                at = layout.need_at(place, number, spec.key)
                found.append(Cell(oktmo, held, f"4.{category}.{spec.key}.{period}", held.numbers[at],
                                  layout.need_set(place, spec.key), number))  # fmt: skip
        return found

    def _is_past_stock(self, held: Held, spec: ColumnSpec) -> bool:
        return spec.kind is RowKind.STOCK and held.quarter != self.quarter and spec.key != "start"

    # --- table 3

    def codes(self) -> Iterable[tuple[str, str]]:
        """(code, title) of the services of all returns."""
        ids = dict.fromkeys(held.id for period in PERIODS for _, held in self.sources[period])
        return self.archive.codes(tuple(ids))

    @cached_property
    def _of_line(self) -> Mapping[tuple[Period, str], Sequence[tuple[str, Held, int]]]:
        found: dict[tuple[Period, str], list[tuple[str, Held, int]]] = defaultdict(list)
        for period in PERIODS:
            for oktmo, held in self.sources[period]:
                keys = self.joint.places.get(held.id, {})
                for place, line in enumerate(held.lines):
                    found[period, f"3.{keys.get(line.place, line.key)}.{line.code}"].append((oktmo, held, place))
        return found

    @cached_property
    def lines(self) -> tuple[CentreLine, ...]:
        names: dict[str, str] = {}
        told = []
        for (_, key), some in self._of_line.items():
            centre = key.removeprefix("3.").rpartition(".")[0]
            for _, held, place in some:
                line = held.lines[place]
                told.append((centre, line))
                names[centre] = min(names.get(centre, line.name), line.name)
        found: dict[tuple[str, str], CentreLine] = {}
        for centre, line in told:
            made = CentreLine(centre, names[centre], line.code, line.title, line.unit)
            known = found.get((centre, line.code), made)
            found[centre, line.code] = min(known, made, key=lambda one: (one.title, one.unit))
        return tuple(sorted(found.values(), key=lambda one: (sort_key(one.centre_name), one.centre, one.code)))

    def _line_cells(self, line: str, spec: ColumnSpec, period: Period) -> list[Cell] | None:
        if all((one, line) not in self._of_line for one in PERIODS):
            return None
        found, number = [], PERIODS.index(period)
        for oktmo, held, place in self._of_line.get((period, line), ()):
            if self._is_past_stock(held, spec):
                continue
            layout = held.layout
            at = place * layout.line_width
            if spec.key != "plan":
                at += 1 + number * layout.service_width + layout.service_offsets[spec.key]
            count = held.line_numbers[at + 1] if spec.kind is RowKind.AVERAGE else 0
            own = held.lines[place]
            found.append(Cell(oktmo, held, f"3.{own.centre}.{own.code}.{spec.key}.{period}", held.line_numbers[at],
                              layout.line_set(place, spec.key), number, count=count))  # fmt: skip
        return found

    def told_lines(self) -> Iterator[ToldLine]:
        return told_lines(self.sources["quarter"], self.joint, self.form)

    @cached_property
    def centre_names(self) -> Mapping[str, str]:
        """Key of a centre -> its name, without the lines of table 3."""
        return centre_names((held for period in PERIODS for _, held in self.sources[period]), self.joint)

    # --- what lies behind

    @cached_property
    def intervals(self) -> tuple[str, ...]:
        """Cells in which a district tells somebody «без состава»: only those are counted to know it."""
        bare = {held.id for period in PERIODS for _, held in self.sources[period] if held.has_bare_lines}
        of_line = self._of_line if bare else {}
        lines = {key for (_, key), some in of_line.items() if any(held.id in bare for _, held, _ in some)}
        told = (cell for cell in self.named(with_lines=bool(lines))
                if not cell.startswith("3.") or cell.rsplit(".", 2)[0] in lines)  # fmt: skip
        return tuple(cell for cell in told if self[cell].is_interval)

    def parts_of_sets(self, cells: Sequence[Cell]) -> Iterator[Part]:
        keys = self.archive.keys([cell.held.id for cell in cells])
        for cell in cells:
            yield cell.part_of_set(keys[cell.held.id], self.joint.places.get(cell.held.id, {}))
