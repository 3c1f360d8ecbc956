"""What may be filtered by, offered to what is typed: a field, a value of any field, or a value of one field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from app.core.fields import Field, Kind, RecordType
from app.core.periods import Quarter
from app.core.russian import in_sentence
from app.core.text import fold
from app.core.values import parse
from app.ui.field_text import FieldText
from app.ui.filter_words import name_of, span_words
from app.usecases.record_filters import SPANNED, TEXTS, Contains, Filled, periods
from app.usecases.registers import Span

CHOSEN = frozenset({Kind.CHOICE, Kind.CHOICES, Kind.FLAG})
LINKED = frozenset({Kind.LINK, Kind.LINKS})
MOST = 60
_SURE = 4  # signs of «пусто» that mean it rather than a text
_SHORTEST = 2  # signs of a value that is looked for in every field
_TEXTS_SHOWN = 4  # texts offered to a value when no field was named
_SOUGHT = frozenset({"name", "short_name"})  # the search beside looks there
_DAY = re.compile(r"\d{1,2}\.\d{1,2}(?:\.\d{2,4})?")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_QUARTER = re.compile(r"\b([1-4]|i{1,3}|iv)\s*(?:кв\w*\.?)\s*((?:19|20)\d\d)?", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:[\s\u00a0]\d{3})*(?:[.,]\d+)?")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True, slots=True)
class Offer:
    """A line of the list.  wanted: the filter it makes; None: the field is only named, its values come next.

    code: of a choice, several of which may be ticked.
    """

    field: Field
    title: str
    wanted: Any = None
    code: Any = None


Suggest = Callable[[Field, str], Sequence[Any]]
"""Records that a link may name, by what is typed: choices with code and title."""


class Offers:
    """Asks for what is offered; words and suggest reach the database."""

    def __init__(
        self, record_type: RecordType, words: FieldText, suggest: Suggest, today: Callable[[], date]
    ) -> None:  # fmt: skip
        self._fields = sifted_fields(record_type)
        self._words, self._suggest, self._today = words, suggest, today

    def any_field(self, text: str) -> list[Offer]:
        """Fields by their names, values of every field, and a name with a value: «адрес мурино»."""
        typed = fold(text)
        if not typed:
            return [Offer(field, name_of(field)) for field in self._fields]
        found = [Offer(field, name_of(field)) for field in self._fields if _begins(field.title, typed)]
        named = list(self._named(text))
        for field, rest in named:
            found += [_titled(offer) for offer in self.of_field(field, rest)[:6] if offer.wanted is not None]
        if len(typed) >= _SHORTEST and not named:
            found += self._values(text, typed)
        once = {(offer.field.key, repr(offer.wanted)): offer for offer in reversed(found)}
        kept = [offer for offer in found if once.get((offer.field.key, repr(offer.wanted))) is offer]
        return kept[:MOST]

    def _named(self, text: str) -> Iterator[tuple[Field, str]]:
        """«адрес мурино» as the field and what is typed after its name."""
        words = text.split()
        for field in self._fields:
            for taken in range(min(3, len(words) - 1), 0, -1):
                head, rest = " ".join(words[:taken]), " ".join(words[taken:])
                if rest and len(fold(head)) > 1 and fold(field.title).startswith(fold(head.rstrip(":"))):
                    yield field, rest
                    break

    def _values(self, text: str, typed: str) -> list[Offer]:
        found: list[Offer] = []
        for field in self._fields:
            if field.kind in (Kind.CHOICE, Kind.CHOICES):
                found += [offer for offer in self.of_field(field, text) if offer.code is not None][:4]
            elif field.kind in (Kind.DATE, Kind.QUARTER):
                found += [offer for offer in self.of_field(field, text) if isinstance(offer.wanted, Span)][:1]
        figures = typed.replace(" ", "").isdigit() and len(typed) > 4
        numbers = [f for f in self._fields if f.kind in TEXTS and f.kind not in (Kind.TEXT, Kind.NOTE)]
        words = [f for f in self._fields if f.kind in (Kind.TEXT, Kind.NOTE) and f.key not in _SOUGHT]
        for field in numbers if figures else words[:_TEXTS_SHOWN]:
            found += self.of_field(field, text)[:1]
        return [_titled(offer) for offer in found]

    def of_field(self, field: Field, text: str) -> list[Offer]:
        """Values of one field that fit what is typed, then empty and filled."""
        typed = fold(text)
        found: list[Offer] = []
        if field.kind in CHOSEN:
            found = [
                Offer(field, title, code, code)
                for code, title in self._choices(field).items()
                if not typed or typed in fold(title)
            ]
        elif field.kind in LINKED:
            found = [Offer(field, choice.title, int(choice.code)) for choice in self._suggest(field, text)]
        elif field.kind in TEXTS:
            found = [Offer(field, f"содержит «{text.strip()}»", Contains(text.strip()))] if text.strip() else []
        elif field.kind in SPANNED:
            found = self._spans(field, text)
        if field.kind is Kind.FLAG:
            return found
        either = [
            Offer(field, title, wanted)
            for wanted, title in ((Filled(False), "пусто"), (Filled(True), "заполнено"))
            if not typed or title.startswith(typed)
        ]
        return either + found if len(typed) >= _SURE else found + either

    def _choices(self, field: Field) -> dict[Any, str]:
        return {True: "да", False: "нет"} if field.kind is Kind.FLAG else self._words.choices(field.dictionary)

    def _spans(self, field: Field, text: str) -> list[Offer]:
        today = self._today()
        spans: list[tuple[Any, Any]]
        if field.kind in (Kind.DATE, Kind.QUARTER):
            spans = [*_named_periods(text, today), *_days(text, today)]
            if field.kind is Kind.QUARTER:
                spans = [(f and Quarter.of(f), last and Quarter.of(last)) for f, last in spans]
        elif field.kind is Kind.YEAR:
            years = [int(found) for found in _YEAR.findall(text)]
            spans = _around(years) or [(today.year, today.year), (today.year - 1, today.year - 1)] * (not text.strip())
        else:
            spans = _around(_numbers(text), text, whole=field.kind is Kind.COUNT)
        once = list(dict.fromkeys(spans))
        if field.kind is Kind.QUARTER and not text.strip():
            once = once[:4]  # the last 30 days are no quarter
        return [Offer(field, span_words(field, low, high, today), Span(low, high)) for low, high in once]


def sifted_fields(record_type: RecordType) -> tuple[Field, ...]:
    """Fields that may be filtered by: all but personal ones, listed ones first."""
    plain = [field for field in record_type.fields if not field.personal]
    return tuple(sorted(plain, key=lambda field: not field.listed))


def _titled(offer: Offer) -> Offer:
    return Offer(offer.field, f"{name_of(offer.field)}: {offer.title}", offer.wanted, offer.code)


def _begins(title: str, typed: str) -> bool:
    """Does the title, or a word of it, begin with what is typed?"""
    folded = fold(title)
    return folded.startswith(typed) or any(word.startswith(typed) for word in folded.split())


def _named_periods(text: str, today: date) -> list[tuple[date | None, date | None]]:
    typed = fold(text)
    return [(period.first, period.last) for period in periods(today) if not typed or typed in fold(period.title)]


def _days(text: str, today: date) -> list[tuple[date | None, date | None]]:
    """Quarters, days and years that are typed: «III кв 2026», «01.10 – 15.10», «2025»."""
    found = _QUARTER.search(text)
    if found:
        number = _ROMAN.get(found[1].lower()) or int(found[1])
        quarter = Quarter(int(found[2] or today.year), number)
        return [(quarter.first_day, quarter.last_day)]
    days = [one for one in (_day(piece, today) for piece in _DAY.findall(text)) if one is not None]
    if days:
        return _around(days, text)
    years = [int(year) for year in _YEAR.findall(text)]
    return [(date(min(years), 1, 1), date(max(years), 12, 31))] if years else []


def _day(piece: str, today: date) -> date | None:
    whole = piece if piece.count(".") == 2 else f"{piece}.{today.year}"
    value: date | None = parse(Kind.DATE, whole).value
    return value


def _numbers(text: str) -> list[Decimal]:
    return [Decimal(re.sub(r"[\s\u00a0]", "", one).replace(",", ".")) for one in _NUMBER.findall(text)]


def _around(values: Sequence[Any], text: str = "", *, whole: bool = False) -> list[tuple[Any, Any]]:
    """One value: it alone, from it, to it, as the words before it say; two: from the one to the other."""
    known = [int(value) for value in values] if whole else list(values)
    if not known:
        return []
    if len(known) > 1:
        return [(min(known[:2]), max(known[:2]))]
    (value,) = known
    said = fold(text)
    if ">" in text or said.startswith(("от ", "с ", "больше", "не меньше")):
        return [(value, None)]
    if "<" in text or said.startswith(("до ", "по ", "меньше", "не больше")):
        return [(None, value)]
    return [(value, value), (value, None), (None, value)]


def told(field: Field, words: str) -> str:
    """A filter within a sentence: «статус: действует», but «ИНН: пусто»."""
    return f"{in_sentence(name_of(field))}: {words}"
