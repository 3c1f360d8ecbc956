"""Who is one with whom across the returns of several districts and quarters (DOMAIN §6, «Key»)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from app.returns.hand_keys import centre_named
from app.returns.snapshot import QuarterReturn

OGRN_DIGITS = (13, 15)
INN_DIGITS = (10, 12)


class Keys:
    """One key for each NGO, body, centre or partner that any of the returns names.

    Joined by ОГРН or ИНН first, then by uuid: the same uuid with a number in one return and without it in
    another is one (a body that registered keeps its uuid).  A key is the number where any is known, else the
    uuid, and does not depend on the order of the returns.  A centre that a form filled by hand names without its
    number is the one of that name, where there is only one.
    """

    def __init__(self, returns: Iterable[QuarterReturn]) -> None:
        self._parent: dict[str, str] = {}
        self._names: dict[tuple[str, str], str] = {}
        given = tuple(returns)
        self._ogrn_of = _ogrn_by_inn(given)
        for ret in given:
            for entity in ret.entities:
                self._join(entity.uuid, self._number(entity.number or entity.uuid))
        for ret in given:
            for entity in ret.entities:
                if entity.name:
                    place = family(entity.kind), self.of(entity.uuid)
                    self._names[place] = min(self._names.get(place, entity.name), entity.name)

    def of(self, uuid: str) -> str:
        """The key of whoever stands behind a uuid."""
        at = uuid
        while (up := self._parent.get(at, at)) != at:
            at = up
        return at

    def all_of(self, uuids: Iterable[str]) -> frozenset[str]:
        """The keys behind a set of uuids; «граждане» (an empty uuid) are nobody in particular."""
        return frozenset(self.of(uuid) for uuid in uuids if uuid)

    def name(self, key: str, kind: str = "ngo") -> str:
        """The name by which the returns know it; a centre and its own NGO have one number and two names.

        The key itself where they tell none.
        """
        return self._names.get((family(kind), key), key)

    def _number(self, number: str) -> str:
        """The ОГРН for an ИНН or for a centre's bare name, where the returns tell one and only one."""
        return self._ogrn_of.get(number, number)

    def _join(self, left: str, right: str) -> None:
        one, other = self.of(left), self.of(right)
        if one != other:
            first, second = sorted((one, other), key=rank)
            self._parent[second] = first


def family(kind: str) -> str:
    """A body and the NGO it became are one."""
    return "ngo" if kind == "body" else kind


def rank(key: str) -> tuple[int, str]:
    """ОГРН stands before ИНН, ИНН before a uuid."""
    if not key.isdigit():
        return 2, key
    return (0 if len(key) in OGRN_DIGITS else 1), key


def _ogrn_by_inn(returns: Iterable[QuarterReturn]) -> dict[str, str]:
    found: dict[str, set[str]] = defaultdict(set)
    for ret in returns:
        for row in (*ret.annex_a, *ret.annex_a_pending):
            if len(row.inn) in INN_DIGITS and len(row.ogrn) in OGRN_DIGITS:
                found[row.inn].add(row.ogrn)
        for name, ogrn in named_centres(ret):
            found[name].add(ogrn)
    return {inn: next(iter(ogrn)) for inn, ogrn in found.items() if len(ogrn) == 1}


def named_centres(ret: QuarterReturn) -> Iterator[tuple[str, str]]:
    """(the key of a bare name, ОГРН) of every centre whose number this return tells."""
    for entity in ret.entities:
        if entity.kind == "centre" and entity.name and len(entity.number) in OGRN_DIGITS:
            yield centre_named(entity.name), entity.number
