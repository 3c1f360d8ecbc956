"""The organisations of the records as lists name them: by ОГРН, ИНН, number of the ministry, name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz, process
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.text import fold, fold_name
from app.models import Ngo, Settlement
from app.usecases.titles import quoted

SIMILAR = 92
"""Names alike by so many percent (rapidfuzz, words in any order) are asked about."""
_SHORTEST = 6
_CROWD = 400  # names under one common word that are looked at


@dataclass(slots=True)
class Known:
    """One organisation.  id: its record's, None while it stands only in the list being read."""

    id: int | None
    name: str
    folded_name: str
    ogrn: str | None
    inn: str | None
    kpp: str
    minjust: str | None
    settlement: str | None
    row: int = 0
    key: str = ""
    uuid: str = ""
    address: str = ""
    is_branch: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """known: which organisation is meant, if any.  doubts: why that is not sure.

    branch_of: the head when the row is another КПП of a known ОГРН.  similar: the card it looks like and is not.
    """

    known: Known | None = None
    doubts: tuple[str, ...] = ()
    branch_of: Known | None = None
    similar: Known | None = None


class Organisations:
    """All live organisations, and those that rows read before have brought."""

    def __init__(self, session: Session) -> None:
        self._ogrn: dict[str, list[Known]] = defaultdict(list)
        self._inn: dict[str, list[Known]] = defaultdict(list)
        self._minjust: dict[str, list[Known]] = defaultdict(list)
        self._name: dict[str, list[Known]] = defaultdict(list)
        self._full: dict[str, list[Known]] = defaultdict(list)
        self._blocks: dict[str, list[str]] = defaultdict(list)
        query = (
            select(Ngo.id, Ngo.name, Ngo.short_name, Ngo.folded_name, Ngo.ogrn, Ngo.inn, Ngo.kpp, Ngo.minjust_number,
                   Settlement.oktmo, Ngo.uuid, Ngo.address, Ngo.is_branch)
            .outerjoin(Settlement, Settlement.id == Ngo.settlement_id)
            .where(Ngo.archived_on.is_(None), Ngo.merged_into_id.is_(None))
            .order_by(Ngo.id)
        )  # fmt: skip
        for id, name, short, folded, ogrn, inn, kpp, minjust, settlement, *rest in session.execute(query):
            uuid, address, branch = rest
            known = Known(id, name, folded, ogrn, inn, kpp or "", minjust, settlement,
                          uuid=uuid, address=address, is_branch=branch)  # fmt: skip
            self.add(known, short)

    def add(self, known: Known, short: str = "") -> Known:
        """Let later rows find it too."""
        for index, key in ((self._ogrn, known.ogrn), (self._inn, known.inn), (self._minjust, known.minjust)):
            if key:
                index[key].append(known)
        if known.folded_name not in self._name:
            for block in _blocks(known.folded_name):
                self._blocks[block].append(known.folded_name)
        self._name[known.folded_name].append(known)
        for name in {fold(known.name), fold(short)} - {""}:
            self._full[name].append(known)
        return known

    def find(self, values: Mapping[str, Any], settlement: str | None) -> Match:
        """Which organisation a row of a list of NGOs means (key: ОГРН+КПП, ИНН+КПП, number, name + settlement)."""
        ogrn, inn, kpp = values.get("ogrn"), values.get("inn"), values.get("kpp") or ""
        minjust, name = values.get("minjust_number"), values.get("name") or ""
        if ogrn and self._ogrn.get(ogrn):
            return self._by_kpp(self._ogrn[ogrn], kpp, "ОГРН")
        if inn and self._inn.get(inn):
            same = self._inn[inn]
            others = [known for known in same if known.ogrn and ogrn and known.ogrn != ogrn]
            if others:
                return Match(None, (f"Тот же ИНН у {quoted(others[0].name)} с другим ОГРН {others[0].ogrn}.",))
            return self._by_kpp(same, kpp, "ИНН")
        if minjust and self._minjust.get(minjust):
            known = self._minjust[minjust][0]
            told = clash(known, ogrn, inn, None)
            return Match(None, (f"Тот же учётный номер у {quoted(known.name)}, {told}.",)) if told else Match(known)
        return self._by_name(name, ogrn, inn, minjust, settlement)

    def named(self, name: str | None, ogrn: str | None, inn: str | None, *, similar: bool = True) -> Match:
        """Which organisation a row of another register names, by number or name; or which it is similar to."""
        for number, index in ((ogrn, self._ogrn), (inn, self._inn)):
            if number and index.get(number):
                heads = sorted(index[number], key=lambda known: (known.kpp != "", known.id or 0))
                return Match(heads[0])
        if not name:
            return Match()
        exact = self._full.get(fold(name)) or self._name.get(fold_name(name), [])
        exact = [known for known in exact if not clash(known, ogrn, inn, None)]
        if len(exact) == 1:
            return Match(exact[0])
        if exact:
            return Match(None, (f"Так называются несколько организаций ({len(exact)}): укажите ИНН или ОГРН.",))
        alike = self._similar(name, ogrn, inn, None) if similar else None
        return Match(None, (f"Похожа на {quoted(alike.name)}: сверьте.",), similar=alike) if alike else Match()

    def _by_kpp(self, same: list[Known], kpp: str, what: str) -> Match:
        exact = [known for known in same if known.kpp == kpp]
        if exact:
            return Match(exact[0])
        if not kpp:
            return Match(same[0]) if len(same) == 1 else Match(min(same, key=lambda known: known.id or 1 << 60))
        bare = [known for known in same if not known.kpp]
        if bare:
            return Match(bare[0])
        doubt = f"Тот же {what} у {quoted(same[0].name)} с другим КПП {same[0].kpp}: при принятии запишется как филиал."
        return Match(None, (doubt,), branch_of=same[0])

    def _by_name(
        self, name: str, ogrn: str | None, inn: str | None, minjust: str | None, settlement: str | None
    ) -> Match:
        alike = [k for k in self._name.get(fold_name(name), ()) if not clash(k, ogrn, inn, minjust)]
        here = [k for k in alike if k.settlement == settlement or not k.settlement or not settlement]
        same_place = [k for k in here if k.settlement == settlement]
        if len(same_place) > 1:
            same_place = [k for k in same_place if fold(k.name) == fold(name)] or same_place
        if len(same_place) == 1 or (len(here) == 1 and not same_place):
            known = (same_place or here)[0]
            if fold(known.name) != fold(name) and fold_name(name) == fold_name(known.name) and not settlement:
                return Match(known, (f"То же название, но иная правовая форма у {quoted(known.name)}: обновится она.",))
            if ogrn and not known.ogrn:
                doubt = f"Так же называется {quoted(known.name)} без ОГРН: при принятии ОГРН будет дописан."
                return Match(known, (doubt,))
            return Match(known)
        if here:
            return Match(None, (f"Так называются несколько организаций ({len(here)}): укажите ОГРН или ИНН.",))
        similar = self._similar(name, ogrn, inn, minjust, settlement)
        if similar is not None:
            place = f" (строка {similar.row} этого списка)" if similar.id is None else ""
            doubt = f"Похожа на {quoted(similar.name)}{place}: при принятии появится новая карточка."
            return Match(None, (doubt,), similar=similar)
        return Match()

    def _similar(
        self, name: str, ogrn: str | None, inn: str | None, minjust: str | None, settlement: str | None = None
    ) -> Known | None:
        """The organisation of the most alike name that no number tells apart."""
        return next(self.similar(name, ogrn, inn, minjust, settlement), None)

    def similar(
        self, name: str, ogrn: str | None, inn: str | None, minjust: str | None, settlement: str | None = None
    ) -> Iterator[Known]:
        """Organisations of alike names that neither a number nor a settlement tells apart, the most alike first."""
        folded = fold_name(name)
        if len(folded) < _SHORTEST:
            return
        near = {name for block in _blocks(folded) for name in self._blocks.get(block, ())[:_CROWD]} - {folded}
        for found, _, _ in process.extract(folded, near, scorer=fuzz.token_sort_ratio, score_cutoff=SIMILAR, limit=5):
            for known in self._name[found]:
                apart = known.settlement and settlement and known.settlement != settlement
                if not apart and not clash(known, ogrn, inn, minjust):
                    yield known


def _blocks(folded: str) -> set[str]:
    """Where alike names meet: their longer words, and how they begin.  Comparing all with all would take hours."""
    return {word for word in folded.split() if len(word) > 3} | {f"^{folded[:5]}"}


def clash(known: Known, ogrn: str | None, inn: str | None, minjust: str | None) -> str:
    """The number by which two organisations certainly differ, in words, or ''."""
    for word, mine, theirs in (("ОГРН", ogrn, known.ogrn), ("ИНН", inn, known.inn), ("номер", minjust, known.minjust)):
        if mine and theirs and mine != theirs:
            return f"но {word} другой: {theirs}"
    return ""
