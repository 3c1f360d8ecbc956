"""What differs between any two returns: versions of one quarter, or two quarters of a district."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.returns.compare import Figure, figures
from app.returns.snapshot import Members, QuarterReturn


@dataclass(frozen=True, slots=True)
class Change:
    """A cell whose figure differs; None where a return has no such cell.

    joined and left: names of organisations behind a unique figure that are new, or no longer there.
    """

    cell: str
    before: Figure
    after: Figure
    joined: tuple[str, ...] = ()
    left: tuple[str, ...] = ()

    @property
    def delta(self) -> Decimal:
        return Decimal(self.after or 0) - Decimal(self.before or 0)


def differences(before: QuarterReturn, after: QuarterReturn) -> tuple[Change, ...]:
    """Every counted cell that differs, in the order of the later form.

    A unique figure with the same number of others differs too: then its names say how.
    """
    old, new = dict(figures(before)), dict(figures(after))
    numbers = _numbers(before) | _numbers(after)
    names = {numbers.get(e.uuid, e.uuid): e.name for ret in (before, after) for e in ret.entities}
    found = []
    for cell in dict.fromkeys((*new, *old)):
        joined, left = _moved(before, after, cell, numbers, names)
        if (old.get(cell) or 0) != (new.get(cell) or 0) or joined or left:
            found.append(Change(cell, old.get(cell), new.get(cell), joined, left))
    return tuple(found)


def _numbers(ret: QuarterReturn) -> dict[str, str]:
    """uuid -> ОГРН: a body that got one between the two returns is the same organisation in both."""
    return {entity.uuid: entity.number for entity in ret.entities if entity.number}


def _moved(
    before: QuarterReturn, after: QuarterReturn, cell: str, numbers: Mapping[str, str], names: Mapping[str, str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    code, _, period = cell.rpartition(".")
    if code not in before.members and code not in after.members:
        return (), ()
    old, new = (set(_keys(ret.members.get(code), period, numbers)) for ret in (before, after))
    return tuple(sorted(names.get(k, k) for k in new - old)), tuple(sorted(names.get(k, k) for k in old - new))


def _keys(members: Members | None, period: str, numbers: Mapping[str, str]) -> Iterator[str]:
    """Who is counted, by number where it is known: head and branch are one."""
    for uuid in getattr(members, period) if members is not None else ():
        yield numbers.get(uuid, uuid)
