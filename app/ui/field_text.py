"""Values of a register as words: titles of dictionaries and linked records, Russian numbers and dates."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt

from app.core.fields import Field, Kind, Values
from app.core.periods import ROMAN
from app.core.russian import integer, roubles
from app.core.values import show
from app.ui.desk import Desk
from app.ui.short_words import short_centre, short_name, short_place
from app.usecases import registers
from app.usecases.completion import Entered, entered
from app.usecases.search_words import stems, tokens

NOTHING = "—"
NUMBERS = frozenset({Kind.MONEY, Kind.AMOUNT, Kind.COUNT})
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def alignment(field: Field) -> Qt.AlignmentFlag:
    """Words left, figures right."""
    return RIGHT if field.kind in NUMBERS else LEFT


class FieldText:
    """Writes values; dictionaries are asked once, and again after `forget`."""

    def __init__(self, desk: Desk, choices: Mapping[str, dict[str, str]] | None = None) -> None:
        """choices: of what is no dictionary of the file, until `forget`."""
        self._desk = desk
        self._choices: dict[str, dict[str, str]] = dict(choices or {})
        self._titles: dict[str, dict[str, str]] = {}
        self._entered: dict[tuple[str, str], Sequence[Entered]] = {}

    @property
    def desk(self) -> Desk:
        """Where its words come from."""
        return self._desk

    def forget(self) -> None:
        self._choices.clear()
        self._titles.clear()
        self._entered.clear()

    def choices(self, dictionary: str) -> dict[str, str]:
        """Code -> title, in the order of the dictionary."""
        if dictionary not in self._choices:
            found = self._desk.read(registers.for_open_quarters, dictionary)
            self._choices[dictionary] = {choice.code: choice.title for choice in found}
        return self._choices[dictionary]

    def title(self, dictionary: str, code: str) -> str:
        """The words of a code, also of one that is no longer chosen."""
        if dictionary not in self._titles:
            self._titles[dictionary] = dict(self._desk.read(registers.dictionary_titles, dictionary))
        return self._titles[dictionary].get(code, code)

    def entered(self, of: str, field: str) -> Sequence[Entered]:
        """Texts that were entered in a field of a register, or of lines, before."""
        if (of, field) not in self._entered:
            self._entered[of, field] = self._desk.read(entered, of, field)
        return self._entered[of, field]

    def text(self, field: Field, values: Values, *, short: bool = False) -> str:
        """The value of a field, '' for none.  short: as in a table, whole roubles."""
        value: Any = values.get(field.key)
        if value is None or value == "" or value == ():
            return ""
        if short and field.kind in NUMBERS and not value:
            return ""
        if field.kind is Kind.CHOICE:
            title = str(values.get(f"{field.key}_title") or self.title(field.dictionary, value))
            return short_place(short_name(title)) if short else title
        if field.kind is Kind.CHOICES:
            return ", ".join(self.title(field.dictionary, code) for code in value)
        if field.kind in (Kind.LINK, Kind.LINKS):
            titles = values.get(f"{field.key}_title", "")
            told = ", ".join(map(str, titles)) if isinstance(titles, (tuple, list)) else str(titles or "")
            return short_centre(told) if short and field.register == "centre" else told
        if short and field.kind is Kind.QUARTER:
            return f"{ROMAN[value.number - 1]}\u00a0кв. {value.year}"
        if short and field.kind is Kind.TEXT:
            return short_name(value)
        if field.kind is Kind.MONEY:
            return integer(round(value)) if short else roubles(value)
        return show(field.kind, value)


def found_span(text: str, wanted: str) -> tuple[int, int] | None:
    """Where the sought word stands in a shown text, case, ё and quotes aside: (start, length)."""
    lowered = text.lower().replace("ё", "е")
    for word in tokens(wanted):
        for piece in (word, *sorted(stems(word), key=len, reverse=True)):
            found = re.search(rf"(?<![^\W_]){re.escape(piece)}", lowered)  # where a word begins, as search finds it
            if found:
                return found.start(), len(piece)
    return None
