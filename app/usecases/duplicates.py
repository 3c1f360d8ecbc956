"""Cards that may be one organisation: told while a card is typed, listed in pairs, told apart for good.

The matching is that of lists (`import_index`): numbers, the name without its form and quotes, names alike.  A pair
that a person has told apart (`tell_apart`) is named nowhere again.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.fields import Values
from app.core.progress import SILENT, Progress
from app.core.text import fold, fold_name
from app.models import Ngo, NotDuplicate
from app.usecases.import_index import Known, Organisations, clash
from app.usecases.records import Lines, save

SHOWN = 2
"""Likely duplicates that are told while a card is typed."""
_SHORTEST_NAME = 4
_WEIGHT = {"ogrn": 100, "inn": 90, "minjust": 80, "name": 60, "similar": 40, "address": 10}
_SURE = 40
"""From this weight on a pair is listed: an address alone is shared by all who rent in one house."""
_QUOTED = re.compile(r"[«\"„“](.+)[»\"“”]")
_PLACE_WORDS = re.compile(
    r"^(?:г|гор|город|п|пос|поселок|пгт|гп|сп|д|дер|деревня|дом|с|село|ул|улица|пр|просп|проспект|пер|переулок|ш|шоссе"
    r"|обл|область|лен|ленинградская|р|н|район|муниципальный|россия|рф|российская|федерация|пом|помещение|оф|офис"
    r"|кв|кабинет|каб|лит|литера|\d{6})$"
)


@dataclass(frozen=True, slots=True)
class Alike:
    """A card that may be the same organisation.  why: in words, the strongest reason first."""

    id: int
    name: str
    why: tuple[str, ...]
    weight: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two cards of the records that may be one: the older first."""

    left: int
    right: int
    left_name: str
    right_name: str
    why: tuple[str, ...]
    weight: int


class Duplicates(Organisations):
    """All live cards, by what makes two of them alike."""

    def __init__(self, session: Session) -> None:
        self._address: dict[str, list[Known]] = defaultdict(list)
        self._by_id: dict[int, Known] = {}
        self._called: dict[str, list[Known]] = defaultdict(list)
        super().__init__(session)
        self._apart: set[tuple[str, str]] = {
            (first, second) for first, second in session.execute(select(NotDuplicate.first, NotDuplicate.second))
        }

    def add(self, known: Known, short: str = "") -> Known:
        if known.id is not None:
            self._by_id[known.id] = known
        for called in {fold_name(short), _in_quotes(known.name)} - {"", known.folded_name}:
            self._called[called].append(known)
        place = address_key(known.address)
        if place:
            self._address[place].append(known)
        return super().add(known, short)

    def alike(self, values: Values, *, but: int | None = None, apart: Iterable[int] = ()) -> tuple[Alike, ...]:
        """The cards most like what is typed.  but: the card itself.  apart: ids that were just told apart from it."""
        own = self._by_id.get(but or 0)
        left_out = {but, *apart}
        found = (
            self._told(known, reasons)
            for known, reasons in self._near(values)
            if known.id not in left_out and not (own is not None and self._is_apart(own, known))
        )
        return tuple(sorted(found, key=lambda one: (-one.weight, one.id))[:SHOWN])

    def pairs(self, progress: Progress = SILENT) -> tuple[Pair, ...]:
        """Every pair of cards that may be one and was not told apart, the likeliest first."""
        every = list(self._by_id.values())
        found: dict[tuple[int, int], Pair] = {}
        for number, known in enumerate(every):
            if number % 200 == 0:
                progress.step(number, len(every), "Сверено карточек")
            for other, reasons in self._near(_values_of(known)):
                if known.id is None or other.id is None or known.id == other.id or self._is_apart(known, other):
                    continue
                told = self._told(other, reasons)
                one, two = sorted((known, other), key=lambda card: card.id or 0)
                assert one.id is not None
                assert two.id is not None
                if told.weight >= _SURE and (one.id, two.id) not in found:
                    found[one.id, two.id] = Pair(one.id, two.id, one.name, two.name, told.why, told.weight)
        progress.step(len(every), len(every), "Сверено карточек")
        return tuple(sorted(found.values(), key=lambda pair: (-pair.weight, pair.left_name, pair.left, pair.right)))

    def _near(self, values: Values) -> Iterator[tuple[Known, dict[str, str]]]:
        """Each card that is like the values, with the reasons by their kind."""
        ogrn, inn, minjust = (values.get(key) or None for key in ("ogrn", "inn", "minjust_number"))
        name, settlement = str(values.get("name") or ""), values.get("settlement")
        kpp, branch = values.get("kpp") or "", bool(values.get("is_branch"))
        reasons: dict[int, tuple[Known, dict[str, str]]] = {}

        def say(known: Known, kind: str, text: str) -> None:
            of_one = branch or known.is_branch  # a branch bears the numbers and the name of its head
            if known.id is not None and not (of_one and ogrn and known.ogrn == ogrn and known.kpp != kpp):
                reasons.setdefault(known.id, (known, {}))[1].setdefault(kind, text)

        for known in self._ogrn.get(ogrn or "", ()):
            say(known, "ogrn", "тот же ОГРН" + (", другой КПП" if kpp and known.kpp and kpp != known.kpp else ""))
        for known in self._inn.get(inn or "", ()):
            other = ", другой ОГРН" if ogrn and known.ogrn and ogrn != known.ogrn else ""
            say(known, "inn", f"тот же ИНН{other}")
        for known in self._minjust.get(minjust or "", ()):
            say(known, "minjust", "тот же учётный номер Минюста")
        for written in {name, str(values.get("short_name") or "")} - {""}:
            for known in self._named_so(written, settlement):
                if not clash(known, ogrn, inn, minjust):
                    same = fold(known.name) == fold(written)
                    say(known, "name", "то же название" if same else "то же название без формы и кавычек")
        for known in self.similar(name, ogrn, inn, minjust, settlement):
            say(known, "similar", "похожее название")
        for known in self._address.get(address_key(str(values.get("address") or "")), ()):
            if not clash(known, ogrn, inn, minjust):
                say(known, "address", "тот же адрес")
        yield from reasons.values()

    def _named_so(self, name: str, settlement: Any) -> Iterator[Known]:
        """Cards of this name, whole, short or within its quotes.

        Those at home elsewhere are others: «Совет ветеранов» is in every settlement.
        """
        wanted = {key for key in (fold_name(name), _in_quotes(name)) if len(key) >= _SHORTEST_NAME}
        for known in (known for key in wanted for index in (self._name, self._called) for known in index.get(key, ())):
            if not (settlement and known.settlement and settlement != known.settlement):
                yield known

    def _told(self, known: Known, reasons: Mapping[str, str]) -> Alike:
        assert known.id is not None
        kinds = sorted(reasons, key=lambda kind: -_WEIGHT[kind])
        weight = max(_WEIGHT[kind] for kind in kinds) + sum(kind == "address" for kind in kinds)
        return Alike(known.id, known.name, tuple(reasons[kind] for kind in kinds), weight)

    def _is_apart(self, one: Known, other: Known) -> bool:
        return _in_order(one.uuid, other.uuid) in self._apart


def _in_quotes(name: str) -> str:
    """What stands between the first quote of a name and the last, folded: its own name after a long description."""
    found = _QUOTED.search(name)
    return fold(found[1]) if found else ""


def address_key(address: str) -> str:
    """An address by its own words in any order, '' when no house is named: by that many are found."""
    words = [word for word in fold(address).split() if not _PLACE_WORDS.match(word)]
    if len(words) < 2 or not any(char.isdigit() for word in words for char in word):
        return ""
    return " ".join(sorted(words))


def _values_of(known: Known) -> Values:
    return {
        "name": known.name, "ogrn": known.ogrn, "inn": known.inn, "kpp": known.kpp, "minjust_number": known.minjust,
        "settlement": known.settlement, "address": known.address, "is_branch": known.is_branch,
    }  # fmt: skip


def _in_order(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def pairs(session: Session, *, progress: Progress = SILENT) -> tuple[Pair, ...]:
    """Likely duplicates among all cards."""
    return Duplicates(session).pairs(progress)


def tell_apart(session: Session, id: int, others: Iterable[int]) -> None:
    """«Это другая»: the card and each of the others are two organisations, and no list asks again."""
    own = session.get_one(Ngo, id)
    for other in others:
        first, second = _in_order(own.uuid, session.get_one(Ngo, other).uuid)
        known = select(NotDuplicate.id).where(NotDuplicate.first == first, NotDuplicate.second == second)
        if first != second and session.scalar(known) is None:
            session.add(NotDuplicate(first=first, second=second))
    session.flush()


def not_told_apart(session: Session, id: int, others: Iterable[int]) -> list[int]:
    """Those of the others that nobody has told apart from the card yet."""
    own = session.get_one(Ngo, id).uuid
    known = {
        *session.scalars(select(NotDuplicate.second).where(NotDuplicate.first == own)),
        *session.scalars(select(NotDuplicate.first).where(NotDuplicate.second == own)),
    }
    return [other for other in others if session.get_one(Ngo, other).uuid not in known]


def save_apart(
    session: Session, values: Values, others: Iterable[int], *, id: int | None = None, lines: Lines | None = None
) -> int:
    """Save a card, and that it is another organisation than those; one write."""
    kept = save(session, "ngo", values, id=id, lines=lines)
    tell_apart(session, kept, others)
    return kept
