"""Returns of several districts for tests: built by the district's own code from records written by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from app.core.periods import Quarter
from app.region.consolidate import Consolidation, consolidate
from app.region.expected import District
from app.returns.build import build
from app.returns.records import Records, Territory
from app.returns.snapshot import Entity, Members, QuarterReturn
from tests.returns import examples, test_worked_example

Q2, Q3, Q4 = (Quarter(2026, n) for n in (2, 3, 4))
NORTH, SOUTH, EAST = "41603000", "41606000", "41609000"
NAMES = {NORTH: "Северный район", SOUTH: "Южный район", EAST: "Восточный район"}
EXPECTED = tuple(District(code, name) for code, name in NAMES.items())
MAP = {"finance": ("К4", "С3"), "premises": ("П1",)}
NO_RECORDS: dict[str, Any] = {
    "ngos": (), "centres": (), "services": (), "needs": (), "partnerships": (), "practices": (), "partners": (),
}  # fmt: skip


def placed(records: Records, oktmo: str, mark: str = "") -> Records:
    """The same records in another district; mark: put before every uuid, so that no key is shared by chance."""
    territory = Territory(oktmo, NAMES.get(oktmo, oktmo), NAMES.get(oktmo, oktmo), date(2006, 1, 1), None)
    moved: dict[str, Any] = {"territories": (territory,)}
    if mark:
        for register in ("ngos", "centres", "services", "needs", "partners", "practices"):
            rows = getattr(records, register)
            moved[register] = tuple(replace(one, uuid=f"{mark}-{one.uuid}") for one in rows)
    return replace(records, **moved)


def returned(records: Records, oktmo: str = NORTH, quarter: Quarter = Q3) -> QuarterReturn:
    return build(placed(records, oktmo), quarter).ret


def worked(**other: object) -> Records:
    """The district of the worked example of the field's description."""
    known: dict[str, object] = {"services": test_worked_example.SERVICES, "needs": (test_worked_example.NEED_7,)}
    return test_worked_example.district(**(known | other))


def sound(oktmo: str, mark: str = "") -> QuarterReturn:
    """The sound district of `tests/returns/examples`, with a record behind every row."""
    records = placed(examples.sound_records(), oktmo, mark)
    return build(replace(records, frozen={}), Q3).ret


def consolidated(*returns: QuarterReturn, quarter: Quarter = Q3, **other: Any) -> Consolidation:
    expected = other.pop("expected", None) or tuple(
        District(ret.head.oktmo, NAMES.get(ret.head.oktmo, ret.head.oktmo)) for ret in returns
    )
    return consolidate(quarter, {ret.head.oktmo: ret for ret in returns}, expected, **other)


def without_sets(ret: QuarterReturn, codes: Iterable[str]) -> QuarterReturn:
    """A return filled by hand «без состава»: the figures stay, the sets of these unique rows are not sent."""
    dropped = set(codes)
    return replace(ret, members={code: one for code, one in ret.members.items() if code not in dropped})


def with_set(
    ret: QuarterReturn, code: str, keys: Iterable[str], *, numbers: Mapping[str, str] | None = None
) -> QuarterReturn:
    """A return whose unique row counts these uuids, in the quarter and in the year."""
    uuids = tuple(sorted(set(keys)))
    told = numbers or {}
    count = Decimal(len({told.get(one) or one for one in uuids}))
    entities = {one.uuid: one for one in ret.entities}
    entities |= {one: Entity(one, "ngo", told.get(one, ""), one) for one in uuids}
    return replace(
        ret,
        rows={**ret.rows, code: replace(ret.rows[code], quarter=count, year=count)},
        members={**ret.members, code: Members(uuids, uuids)},
        entities=tuple(entities.values()),
    )


def empty(oktmo: str, quarter: Quarter = Q3) -> QuarterReturn:
    """A district with nothing on record."""
    return build(placed(test_worked_example.district(**NO_RECORDS), oktmo), quarter).ret
