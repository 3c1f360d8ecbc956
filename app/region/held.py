"""Digests opened: the numbers and sets of one return, and who of several returns is one with whom."""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from app.core.periods import Quarter
from app.region.digest import (
    NONE,
    ROW_WIDTH,
    SET_WIDTH,
    WIDE,
    column_width,
    figure_rows,
    set_bytes,
    unique_cells,
    unique_columns,
)
from app.region.keys import rank
from app.returns.form import FORMS, ColumnSpec, Form, RowKind


@dataclass(frozen=True)
class Layout:
    """Where a digest's numbers stand: the same for all returns with the same kinds of activity and categories."""

    form: Form
    activities: tuple[tuple[str, str, bool], ...]
    categories: tuple[tuple[str, str], ...]

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """Measure -> place of its first number."""
        return {spec.measure: ROW_WIDTH * place for place, spec in enumerate(figure_rows(self.form))}

    @cached_property
    def activity_at(self) -> int:
        return ROW_WIDTH * len(self.rows)

    @cached_property
    def needs_at(self) -> int:
        return self.activity_at + len(self.activities)

    @cached_property
    def need_width(self) -> int:
        return column_width(self.form.need_columns)

    @cached_property
    def need_offsets(self) -> Mapping[str, int]:
        """Column of table 4 -> place among the numbers of a period."""
        return _offsets(self.form.need_columns)

    def need_at(self, place: int, period: int, column: str) -> int:
        """Where the number of a column of table 4 stands."""
        return self.needs_at + (2 * place + period) * self.need_width + self.need_offsets[column]

    @cached_property
    def service_width(self) -> int:
        return column_width(self.form.service_columns)

    @cached_property
    def service_offsets(self) -> Mapping[str, int]:
        return _offsets(self.form.service_columns)

    @property
    def line_width(self) -> int:
        return 1 + 2 * self.service_width

    @cached_property
    def uniques(self) -> Mapping[str, int]:
        """Measure of a unique row -> place of its sets."""
        found = (spec.measure for spec in self.form.rows if spec.kind is RowKind.UNIQUE)
        return {measure: place for place, measure in enumerate(found)}

    @cached_property
    def category_places(self) -> Mapping[str, tuple[int, ...]]:
        """Category -> its lines in table 4: one, unless a return is odd."""
        found: dict[str, tuple[int, ...]] = {}
        for place, (code, _) in enumerate(self.categories):
            found[code] = (*found.get(code, ()), place)
        return found

    def need_set(self, place: int, column: str) -> int:
        """The place of a set of a line of table 4."""
        return len(self.uniques) + _nth_unique(self.form.need_columns, place, column)

    def line_set(self, place: int, column: str) -> int:
        """The place of a set of a line of table 3."""
        return self.sets_before_lines + _nth_unique(self.form.service_columns, place, column)

    @cached_property
    def sets_before_lines(self) -> int:
        return len(unique_cells(self.form, (code for code, _ in self.categories), ()))


def _offsets(columns: Iterable[ColumnSpec]) -> dict[str, int]:
    found, at = {}, 0
    for spec in columns:
        if spec.key != "plan":
            found[spec.key] = at
            at += column_width((spec,))
    return found


def _nth_unique(columns: Iterable[ColumnSpec], place: int, column: str) -> int:
    """Which unique column of which line it is; 0 for a column of another kind, which has no set."""
    keys = [one.key for one in unique_columns(columns)]
    return place * len(keys) + (keys.index(column) if column in keys else 0)


@lru_cache(maxsize=256)
def layout_of(text: str) -> Layout:
    told = json.loads(text)
    return Layout(
        FORMS[told["form"]],
        tuple((code, title, filled) for code, title, filled in told["activities"]),
        tuple((code, title) for code, title in told["categories"]),
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A line of table 3.  place, key: of the centre in its digest."""

    place: int
    key: str
    name: str
    code: str
    title: str
    unit: str
    centre: str


@dataclass(frozen=True, slots=True)
class Tables:
    """What of a digest only table 3 and the matrix need."""

    lines: str
    line_numbers: bytes
    asked: str


ALONE = 64


class Rest:
    """The tables of many digests: of a screen of districts each alone, all together when more are asked for."""

    def __init__(self, ids: Sequence[int], fetch: Callable[[Sequence[int]], Mapping[int, Tables]]) -> None:
        self._ids, self._fetch = ids, fetch
        self._found: dict[int, Tables] = {}

    def of(self, id: int) -> Tables:
        if id not in self._found:
            alone = len(self._ids) > ALONE and len(self._found) < ALONE
            self._found.update(self._fetch([id] if alone else self._ids))
        return self._found[id]


@dataclass(frozen=True)
class Held:
    """The digest of a return that counts.  id: of the return; oktmo: as the return carries it; count: of its keys."""

    id: int
    oktmo: str
    quarter: Quarter
    layout: Layout
    kept: bytes
    sets: bytes
    kept_set_numbers: bytes
    count: int
    rest: Rest

    @cached_property
    def width(self) -> int:
        """Bytes of a set."""
        return set_bytes(self.count)

    @cached_property
    def numbers(self) -> array[int]:
        return array(WIDE, self.kept)

    @cached_property
    def set_numbers(self) -> array[int]:
        return array(WIDE, self.kept_set_numbers)

    @cached_property
    def line_numbers(self) -> array[int]:
        return array(WIDE, self.rest.of(self.id).line_numbers)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        return tuple(Line(*one) for one in json.loads(self.rest.of(self.id).lines))

    @cached_property
    def asked(self) -> tuple[tuple[str, tuple[str, ...], int], ...]:
        """Annex Б: category, codes, and whose needs these are as bits."""
        told = json.loads(self.rest.of(self.id).asked)
        return tuple((category, tuple(codes), int(bits, 16)) for category, codes, bits in told)

    def set_of(self, cell: int, period: int) -> int:
        """The set of a unique cell as bits; period: 0 the quarter, 1 the year."""
        width = self.width
        at = (2 * cell + period) * width
        return int.from_bytes(self.sets[at : at + width], "little")

    def is_known(self, cell: int) -> bool:
        return bool(self.set_numbers[SET_WIDTH * cell])

    @property
    def has_bare_lines(self) -> bool:
        """Whether any set of table 3 is not known, or is not whole."""
        first = SET_WIDTH * self.layout.sets_before_lines
        return 0 in self.set_numbers[first::SET_WIDTH] or any(self.set_numbers[first + 1 :: SET_WIDTH])

    def bare_year(self, cell: int) -> int:
        return self.set_numbers[SET_WIDTH * cell + 1]

    def upper_year(self, cell: int) -> int | None:
        upper = self.set_numbers[SET_WIDTH * cell + 2]
        return None if upper == NONE else upper


@dataclass(frozen=True, slots=True)
class Names:
    """What many returns tell together: see `digest.Name`.

    places: (id of the return, place, key) of keys that several districts tell, or that somebody has beside another.
    links: (name, key) of those who are told under several keys.  pairs: (ИНН, ОГРН) of annexes А.
    """

    places: Sequence[tuple[int, int, str]] = ()
    links: Sequence[tuple[str, str]] = ()
    pairs: Sequence[tuple[str, str]] = ()


class Joint:
    """Who of several returns is one with whom: the keys that more than one of them tells, or that are told otherwise.

    Every other key belongs to one district and is counted there.
    """

    def __init__(self, told: Names) -> None:
        self._parent: dict[str, str] = {}
        for name, key in told.links:
            self._join(name, key)
        pairs: dict[str, set[str]] = defaultdict(set)
        for inn, ogrn in told.pairs:
            pairs[inn].add(ogrn)
        for inn, held in pairs.items():
            if len(held) == 1 and inn in self._parent:
                self._join(inn, next(iter(held)))
        self.places: dict[int, dict[int, str]] = defaultdict(dict)
        for id, place, key in told.places:
            self.places[id][place] = self.of(key) if key in self._parent else key
        self.bits = {id: sum(1 << place for place in places) for id, places in self.places.items()}
        self._within = {
            id: _twice(places) for id, places in self.places.items() if len({*places.values()}) < len(places)
        }

    def of(self, key: str) -> str:
        while (up := self._parent.get(key, key)) != key:
            key = up
        return key

    def alike(self, key: str) -> list[str]:
        """Other keys under which the same one is told."""
        return [one for one in self._parent if one != key and self.of(one) == key]

    def settled(self, id: int, held: int) -> int:
        """The bits of a set with two places of one and the same made one."""
        for place, first in self._within.get(id, ()):
            if held >> place & 1:
                held = held & ~(1 << place) | 1 << first
        return held

    def _join(self, left: str, right: str) -> None:
        one, other = self.of(left), self.of(right)
        self._parent.setdefault(left, left)
        self._parent.setdefault(right, right)
        if one != other:
            first, second = sorted((one, other), key=rank)
            self._parent[second] = first


def _twice(places: Mapping[int, str]) -> list[tuple[int, int]]:
    """(place, the first place of the same key) of what one return holds under two keys."""
    first: dict[str, int] = {}
    return [(place, first[key]) for place, key in sorted(places.items()) if first.setdefault(key, place) != place]


def ones(bits: int) -> Iterator[int]:
    """The places of the bits that are set."""
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low

