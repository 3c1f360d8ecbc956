"""The matrix out of digests: a district's demand and supply as bits, counted when a cell is looked at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from app.region.archive import HeldSource
from app.region.consolidate import Consolidation
from app.region.coverage import Answers, DistrictSpots, Kind, Spot
from app.region.figures import Figure
from app.region.held import Held, Joint, ones
from app.region.later import Later
from app.region.picture import PictureCells
from app.region.picture_cells import Cell, number, uniques
from app.returns.snapshot import NeedRow

Place = tuple[str, Kind, str]


class PictureSpots(Mapping[Place, Spot]):
    """Spots by district, kind and code, the same as `coverage` makes; each is made when it is asked for, and kept."""

    def __init__(
        self, consolidation: Consolidation, answers: Answers, codes: Sequence[str],
        whole_of: Callable[[str], DistrictSpots],
    ) -> None:  # fmt: skip
        assert isinstance(consolidation.cells, PictureCells)
        self.cells = consolidation.cells
        self.joint: Joint = self.cells.joint
        self.answers = answers
        self.codes = codes
        self.of_district: dict[str, list[HeldSource]] = defaultdict(list)
        for source in self.cells.sources["quarter"]:
            self.of_district[source[0]].append(source)
        self._categories = {one.code for one in consolidation.needs}
        self._whole_of = whole_of
        self._made: dict[Place, Spot] = {}

    def __getitem__(self, place: Place) -> Spot:
        found = self._made.get(place)
        if found is None:
            found = self._made[place] = self._spot(*place)
        return found

    def __iter__(self) -> Iterator[Place]:
        for oktmo in self.of_district:
            yield from ((oktmo, "category", code) for code in self._ordered)
            yield from ((oktmo, "code", code) for code in self.codes)

    def __len__(self) -> int:
        return len(self.of_district) * (len(self._ordered) + len(self.codes))

    @property
    def _ordered(self) -> list[str]:
        return [one.code for one in self.cells.categories]

    def _spot(self, oktmo: str, kind: Kind, code: str) -> Spot:
        sources = self.of_district.get(oktmo)
        if not sources or code not in (self._categories if kind == "category" else self.codes):
            raise KeyError((oktmo, kind, code))
        if len(sources) > 1:  # two predecessors of one district: their sets have no common places
            spots = self._whole_of(oktmo)
            return spots.category(code) if kind == "category" else spots.code(code)
        held = sources[0][1]
        if kind == "category":
            return self._category(oktmo, held, code)
        return self._code(oktmo, held, code)

    def _category(self, oktmo: str, held: Held, code: str) -> Spot:
        answering, layout = set(self.answers.get(code, ())), held.layout
        for category, codes, _ in held.asked:
            if category == code:
                answering.update(codes)
        cells, wanted = [], 0
        for place in layout.category_places.get(code, ()):
            at = layout.need_at(place, 0, "ngos")
            cell = Cell(oktmo, held, f"4.{code}.ngos.quarter", held.numbers[at], layout.need_set(place, "ngos"))
            cells.append(cell)
            wanted |= cell.bits
        demand = uniques(cells, self.joint, self.cells.parts_of_sets)
        return self._made_spot(oktmo, held, "category", code, demand, wanted, answering,
                               lambda row: row.category == code)  # fmt: skip

    def _code(self, oktmo: str, held: Held, code: str) -> Spot:
        wanted, asked, layout = 0, set(), held.layout
        for category, codes, bits in held.asked:
            asked.add(category)
            if code in codes or (not codes and code in self.answers.get(category, ())):
                wanted |= bits
        unlisted = False
        for place, (category, _) in enumerate(layout.categories):
            if category not in asked and code in self.answers.get(category, ()):
                at = layout.need_at(place, 0, "ngos")
                unlisted = unlisted or bool(held.numbers[at])
        different = self.joint.settled(held.id, wanted).bit_count()
        return self._made_spot(
            oktmo, held, "code", code, Figure(None if unlisted else Decimal(different)), wanted, {code},
            lambda row: code in row.codes or (not row.codes and code in self.answers.get(row.category, ())),
        )

    def _made_spot(
        self, oktmo: str, held: Held, kind: Kind, code: str, demand: Figure, wanted: int, answering: set[str],
        asks: Callable[[NeedRow], bool],
    ) -> Spot:  # fmt: skip
        layout, keys = held.layout, self.joint.places.get(held.id, {})
        cells, got, records, centres = [], 0, 0, set()
        for place, line in enumerate(held.lines):
            if line.code not in answering:
                continue
            at = place * layout.line_width + 1
            value = held.line_numbers[at + layout.service_offsets["ngos"]]
            name = f"3.{line.centre}.{line.code}.ngos.quarter"
            cell = Cell(oktmo, held, name, value, layout.line_set(place, "ngos"))
            cells.append(cell)
            got |= cell.bits
            gave = held.line_numbers[at + layout.service_offsets["records"]]
            records += gave
            if gave:
                centres.add(keys.get(line.place, line.key))
        served = uniques(cells, self.joint, self.cells.parts_of_sets)
        if served.value is None:
            served = Figure(Decimal(0))
        known = demand.value is not None and not demand.is_interval and not served.is_interval
        need, have = self.joint.settled(held.id, wanted), self.joint.settled(held.id, got)
        return Spot(
            oktmo=oktmo,
            kind=kind,
            code=code,
            demand=demand,
            served=served,
            covered=(need & have).bit_count() if known else None,
            centres=tuple(sorted(centres)),
            records=int(number(records, 0) or 0),
            uncovered=Later(lambda: self._keys(held, need & ~have)) if known else (),
            needs=Later(lambda: (row for row in self._annex(held) if asks(row))),
        )

    def _keys(self, held: Held, bits: int) -> list[str]:
        own = self.cells.archive.keys([held.id])[held.id]
        joint = self.joint.places.get(held.id, {})
        return sorted(joint.get(place, own[place]) for place in ones(bits))

    def _annex(self, held: Held) -> Sequence[NeedRow]:
        return self.cells.archive.returns([held.id])[held.id].annex_b
