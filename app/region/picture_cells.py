"""One cell of many districts out of their digests: summed, averaged, or counted anew from sets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from app.region.digest import NONE, SET_WIDTH
from app.region.figures import Figure, Part, Valued
from app.region.held import Held, Joint, ones
from app.region.later import Later
from app.returns.snapshot import Average


@dataclass(frozen=True, slots=True)
class Cell:
    """A district's cell.  value: hundredths or NONE; place: of its set, period: 0 the quarter, 1 the year.

    upper: hundredths, of a coded row's year.  count: of an average.
    """

    oktmo: str
    held: Held
    name: str
    value: int
    place: int = 0
    period: int = 0
    upper: int = NONE
    count: int = 0

    @property
    def bits(self) -> int:
        return self.held.set_of(self.place, self.period)

    @property
    def bare(self) -> int:
        """A figure above 0 without its set is «без состава» as a whole."""
        if not self.held.is_known(self.place):
            return _whole(self.value)
        return self.held.bare_year(self.place) if self.period else 0

    def part(self, places: int) -> Part:
        return Part(self.oktmo, self.held.quarter, self.name, number(self.value, places))

    def part_of_average(self) -> Part:
        told = Average(number(self.value, 0) or Decimal(0), self.count)
        return Part(self.oktmo, self.held.quarter, self.name, told.value, average=told)

    def part_of_set(self, keys: Sequence[str], joint: Mapping[int, str]) -> Part:
        """keys: of the return by place; joint: those that are told otherwise over all returns."""
        upper = None
        if self.period and self.held.is_known(self.place):
            upper = number(self.upper, 0)
            if upper is None and (bound := self.held.upper_year(self.place)) is not None:
                upper = Decimal(bound)
        return Part(
            self.oktmo, self.held.quarter, self.name, number(self.value, 0), upper,
            frozenset(joint.get(place, keys[place]) for place in ones(self.bits)), self.bare,
        )  # fmt: skip


def number(value: int, places: int) -> Decimal | None:
    """Hundredths as a figure with its places; None for an empty cell."""
    if value == NONE:
        return None
    return Decimal(value // 100) if not places and not value % 100 else Decimal(value).scaleb(-2)


def _whole(value: int) -> int:
    return 0 if value == NONE else int(Decimal(value).scaleb(-2))


class CellParts(Later[Part], Valued):
    """Parts of a figure out of digests.  told: (ОКТМО, hundredths or NONE) of each; places: of the figure."""

    __slots__ = ("_by_district", "_places", "_told")

    def __init__(
        self, make: Callable[[], Iterable[Part]], told: Callable[[], Iterable[tuple[str, int]]], places: int
    ) -> None:
        super().__init__(make)
        self._told, self._places = told, places
        self._by_district: dict[str, Decimal] | None = None

    def by_district(self) -> dict[str, Decimal]:
        if self._by_district is None:
            self._by_district = self._counted()
        return self._by_district

    @property
    def filled(self) -> int:
        return len({oktmo for oktmo, value in self._told() if value and value != NONE})

    def _counted(self) -> dict[str, Decimal]:
        pairs = [(oktmo, value) for oktmo, value in self._told() if value != NONE]
        found = dict(pairs)
        if len(found) < len(pairs):  # two predecessors of one district
            found = {}
            for oktmo, value in pairs:
                found[oktmo] = found.get(oktmo, 0) + value
        if self._places == 0 and not any(value % 100 for value in found.values()):
            return {oktmo: Decimal(value // 100) for oktmo, value in found.items()}
        return {oktmo: Decimal(value).scaleb(-2) for oktmo, value in found.items()}


def sums(
    cells: Sequence[Cell],
    places: int,
    columns: Sequence[Sequence[int]] | None = None,
    order: Callable[[Part], int] | None = None,
    districts: Callable[[], Iterable[str]] | None = None,
) -> Figure:
    """As `figures.summed`.  columns: the numbers of the cells, where they are at hand already, and their districts."""
    told = [[cell.value for cell in cells]] if columns is None else columns
    known = [[value for value in column if value != NONE] if NONE in column else column for column in told]

    def parts() -> Iterator[Part]:
        found = (cell.part(places) for cell in cells if cell.value != NONE)
        return found if order is None else iter(sorted(found, key=order))

    def values() -> Iterator[tuple[str, int]]:
        if districts is None:
            return ((cell.oktmo, cell.value) for cell in cells)
        return zip(districts(), chain.from_iterable(told), strict=True)

    value = number(sum(map(sum, known)), places) if any(known) else None
    return Figure(value, CellParts(parts, values, places))


def averages(cells: Sequence[Cell]) -> Figure:
    """As `figures.averaged`."""
    mean = Average(number(sum(cell.value for cell in cells), 0) or Decimal(0), sum(cell.count for cell in cells))
    return Figure(mean.value, Later(lambda: (cell.part_of_average() for cell in cells)), average=mean)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the sets of a cell stand in returns of one layout, and its figure among their numbers."""

    set: int
    value: int


def uniques(cells: Sequence[Cell], joint: Joint, parts_of: Callable[[Sequence[Cell]], Iterator[Part]]) -> Figure:
    """As `figures.recounted`: different ones over all sets; bare numbers make it an interval."""
    tally = Tally(joint)
    for cell in cells:
        tally.add(cell.held.id, cell.bits, cell.value, cell.bare)
    return tally.figure(Later(lambda: parts_of(cells)))


def unions(
    sources: Sequence[tuple[Place, Sequence[Held]]], period: int, joint: Joint, parts: Sequence[Part]
) -> Figure:
    """The same of very many returns, by layout; period: 0 the quarter, 1 the year."""
    tally = Tally(joint)
    for place, some in sources:
        at, value_at, nth = SET_WIDTH * place.set, place.value, 2 * place.set + period
        for held in some:
            width, known, value = held.width, held.set_numbers, held.numbers[value_at]
            bits = int.from_bytes(held.sets[nth * width : (nth + 1) * width], "little")
            bare = (known[at + 1] if period else 0) if known[at] else _whole(value)
            tally.add(held.id, bits, value, bare)
    return tally.figure(parts)


class Tally:
    """Sets counted one after another: those of one return by their bits, joint ones by their keys.

    Sets of the same return may meet: who is in two of them counts once.
    """

    __slots__ = ("_bare", "_bits", "_count", "_filled", "_own", "_places", "_seen", "_upper")

    def __init__(self, joint: Joint) -> None:
        self._bits, self._places = joint.bits, joint.places
        self._count = self._upper = 0
        self._seen: set[str] = set()
        self._own: dict[int, int] = {}
        self._bare: list[int] = []
        self._filled = False

    def add(self, id: int, bits: int, value: int, bare: int) -> None:
        if bits:
            told = self._own.get(id, 0)
            self._own[id] = told | bits
            fresh = bits & ~told
            met = fresh & self._bits.get(id, 0)
            self._count += fresh.bit_count() - met.bit_count()
            if met:
                places = self._places[id]
                self._seen.update(places[place] for place in ones(met))
        if bare:
            self._bare.append(max(bare, _whole(value)))
            self._upper += bare
        self._filled = self._filled or value != NONE or bool(bits)

    def figure(self, parts: Sequence[Part]) -> Figure:
        if not self._filled:
            return Figure(None, parts)
        union = self._count + len(self._seen)
        if not self._bare:
            return Figure(Decimal(union), parts)
        upper = union + self._upper
        return Figure(Decimal(min(max(union, *self._bare), upper)), parts, Decimal(upper))
