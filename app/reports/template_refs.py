"""Addresses after rows were put in: what a formula of a template reads when one of its rows became many.

A row that repeats has one row in the template and so many in the filled form.  A range that reaches
over it grows with it, what lies below moves down.  What could mean two things is refused, never
guessed: a formula that names one cell of a repeated row, text addresses, sheets from … to ….
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import accumulate

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError

_CELL = r"(\$?)([A-Za-z]{1,3})(\$?)(\d{1,7})"
_REFERENCE = re.compile(r"((?:'(?:[^']|'')+'|[^'!]+)!)?(.*)", re.DOTALL)
_CELLS = re.compile(rf"{_CELL}(?::{_CELL})?")
_WHOLE_ROWS = re.compile(r"(\$?)(\d{1,7}):(\$?)(\d{1,7})")
_WHOLE_COLUMNS = re.compile(r"\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}")
_OTHER_BOOK = re.compile(r"'?\[")
_AREA = re.compile(r"([A-Z]{1,3})(\d+)(?::([A-Z]{1,3})(\d+))?")


class Ambiguous(ValueError):
    """A reference that would not be right in the filled form.  Its text is a Russian sentence."""


class RowShift:
    """Where rows of one sheet went.  repeats: row -> how many rows it became (at least 1)."""

    def __init__(self, repeats: Mapping[int, int]) -> None:
        self.repeats = dict(sorted(repeats.items()))
        self._rows = list(self.repeats)
        self._added = [0, *accumulate(count - 1 for count in self.repeats.values())]

    def first(self, row: int) -> int:
        """The row where a row of the template begins now."""
        return row + self._added[sum(1 for one in self._rows if one < row)]

    def last(self, row: int) -> int:
        """The row where it ends now."""
        return row + self._added[sum(1 for one in self._rows if one <= row)]

    def area(self, area: str) -> str:
        """`A5:C9` of the template as it lies now."""
        found = _AREA.fullmatch(area)
        if found is None:
            return area
        left, top, right, bottom = found.groups()
        start, end = self.first(int(top)), self.last(int(bottom or top))
        right = right or left
        return f"{left}{start}" if (left, start) == (right, end) else f"{left}{start}:{right}{end}"

    def areas(self, areas: str) -> str:
        """A list of areas with spaces between them."""
        return " ".join(self.area(one) for one in areas.split())


@dataclass(frozen=True, slots=True)
class Place:
    """Where a formula stands.

    sheet: whose cells its bare addresses are of.  row: its own row of the template, when that row repeats;
    copy: which of its copies it is in, from 0.  moved: how far the cell went to which relative addresses
    count (rules of formats and of entry); None in a cell.  grows: a single cell may grow to a range
    (series of charts, defined names).
    """

    sheet: str
    row: int = 0
    copy: int = 0
    moved: int | None = None
    grows: bool = False


def shifted(formula: str, place: Place, shifts: Mapping[str, RowShift]) -> str:
    """The formula, without `=`, over the filled form.  shifts: sheet (lower case) -> where its rows went.

    Ambiguous when the program cannot be sure what it should read.
    """
    if not any(shift.repeats for shift in shifts.values()):
        return formula
    try:
        tokens = Tokenizer("=" + formula).items
    except (TokenizerError, AssertionError, IndexError) as fault:
        raise Ambiguous(f"Формула «={formula}» не читается.") from fault
    return "".join(_token(token, formula, place, shifts) for token in tokens)


def _token(token: Token, formula: str, place: Place, shifts: Mapping[str, RowShift]) -> str:
    value: str = token.value
    if token.type == Token.FUNC and value.upper() == "INDIRECT(":
        raise Ambiguous(f"Формула «={formula}» берёт адрес из текста (ДВССЫЛ): после вставки строк он станет неверным.")
    if token.type != Token.OPERAND or token.subtype != Token.RANGE or _OTHER_BOOK.match(value):
        return value
    prefix, rest = _REFERENCE.fullmatch(value).groups()  # type: ignore[union-attr]
    prefix = prefix or ""
    cells, rows = _CELLS.fullmatch(rest), _WHOLE_ROWS.fullmatch(rest)
    if (cells or rows) is None and (":" not in rest or "[" in rest or _WHOLE_COLUMNS.fullmatch(rest)):
        return value
    name = _name(prefix)
    if (cells or rows) is None or ":" in name:
        raise Ambiguous(f"В формуле «={formula}» адрес «{value}» не понят: перепишите его обычным диапазоном.")
    shift = shifts.get(name or place.sheet.lower(), _UNMOVED)
    if rows is not None:
        fixed, start, other_fixed, end = rows.groups()
        return f"{prefix}{fixed}{shift.first(int(start))}:{other_fixed}{shift.last(int(end))}"
    assert cells is not None
    reading = _Reading(formula, value, place, shift, own=name in ("", place.sheet.lower()))
    return prefix + reading.cells(cells.groups())


def _name(prefix: str) -> str:
    """`'Мой лист'!` -> `мой лист`."""
    bare = prefix.removesuffix("!")
    return (bare[1:-1].replace("''", "'") if bare.startswith("'") else bare).lower()


@dataclass(frozen=True, slots=True)
class _Reading:
    """One address of a formula.  shift: of the sheet it names; own: that is the formula's own sheet."""

    formula: str
    value: str
    place: Place
    shift: RowShift
    own: bool

    def cells(self, parts: tuple[str | None, ...]) -> str:
        """A cell or a range from what `_CELLS` found in it."""
        fixed_column, column, fixed, row, other_fixed_column, other_column, other_fixed, other_row = parts
        head, start = f"{fixed_column}{column}{fixed}", int(row or 0)
        if other_row is not None:
            tail = f"{other_fixed_column}{other_column}{other_fixed}"
            end = self._row(bool(other_fixed), int(other_row), self.shift.last)
            return f"{head}{self._row(bool(fixed), start, self.shift.first)}:{tail}{end}"
        if start in self.shift.repeats and (fixed or not self._relative):
            return self._grown(head, start, f"{column}{row}")
        return f"{head}{self._row(bool(fixed), start, self.shift.first)}"

    @property
    def _relative(self) -> bool:
        """Do addresses without $ go with the cell?"""
        return bool(self.place.row) or (self.own and self.place.moved is not None)

    def _grown(self, head: str, row: int, bare: str) -> str:
        """One cell of a repeated row, seen from elsewhere."""
        if not self.place.grows:
            raise Ambiguous(
                f"Формула «={self.formula}» называет одну ячейку «{self.value}» повторяемой строки, а строк станет "
                f"несколько. Напишите диапазон, например СУММ({bare}:{bare})."
            )
        start, end = self.shift.first(row), self.shift.last(row)
        return f"{head}{start}" if start == end else f"{head}{start}:{head}{end}"

    def _row(self, fixed: bool, row: int, elsewhere: Callable[[int], int]) -> int:
        if fixed or not self._relative:
            return elsewhere(row)
        if self.place.moved is not None:
            return row + self.place.moved
        if not self.own or row != self.place.row:
            raise Ambiguous(
                f"В повторяемой строке формула «={self.formula}» смотрит в другую строку («{self.value}»). "
                "Закрепите её номер знаком $, иначе у каждой записи строка будет своя."
            )
        return self.shift.first(row) + self.place.copy


_UNMOVED = RowShift({})
