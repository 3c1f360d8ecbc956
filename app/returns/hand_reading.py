"""Reading a hand-filled form cell by cell: values, faults with their places, and which cells stay unread."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from app.core.text import NBSP
from app.returns.checks.report import Severity
from app.returns.hand_form import FIGURES, Entry, EntryKind, HandForm
from app.returns.hand_input import FilledCell, FilledForm, HandFault
from app.returns.hand_lists import LISTS, HandList
from app.returns.hand_values import read_cell
from app.returns.sums import percent_cells, percent_of

MISSING = "Не заполнено."
_STAND_INS: Mapping[EntryKind, Any] = {
    EntryKind.DAY: date(2000, 1, 1),
    EntryKind.FLAG: Decimal(1),
    EntryKind.YES_NO: True,
} | {kind: Decimal(7_654_321) for kind in FIGURES - {EntryKind.FLAG}}


class Line:
    """A line of a list: values by the key of the column, and the places of its cells."""

    def __init__(self, values: dict[str, Any], places: Mapping[str, str], damaged: frozenset[str]) -> None:
        self.values = values
        self.places = places
        self.damaged = damaged

    def __getitem__(self, key: str) -> Any:
        return self.values.get(key)

    def text(self, key: str) -> str:
        return str(self.values.get(key) or "")

    def whole(self, key: str) -> int:
        return int(self.values.get(key) or 0)


class Reading:
    """One pass over a form.

    stand_ins: what cannot be read is taken for something instead of nothing.  Two passes, with and
    without, tell which findings rest on unread cells: only those that both give are certain.
    """

    def __init__(self, form: HandForm, filled: FilledForm, *, stand_ins: bool = False) -> None:
        self.form = form
        self.filled = filled
        self.stand_ins = stand_ins
        self.faults: list[HandFault] = list(filled.faults)
        self.damaged: set[str] = set()
        self._told: set[str] = set()

    # --- faults -------------------------------------------------------------------------------

    def tell(
        self, code: str, cell: str, text: str, place: str = "", severity: Severity = Severity.ERROR
    ) -> None:
        """A fault at a cell of the form, or at a place of its own."""
        where = place or self.place(cell)
        self.faults.append(HandFault(code, cell, where, text, severity))

    def miss(self, cell: str, text: str) -> None:
        """An empty cell that is asked for where something else is filled."""
        self._damage(cell, "missing", text, self.place(cell))

    def place(self, cell: str) -> str:
        return self.filled.cell(cell).place

    # --- cells --------------------------------------------------------------------------------

    def value(self, name: str) -> Any:
        """The value of a cell of the form; None when empty or not to be read, which is told."""
        entry = self.form.entries[name]
        if name in self.filled.lost:
            self.damaged.add(name)
            return self._stand_in(entry.kind, entry.choices)
        return self._read(entry, self.filled.cell(name))

    def _read(self, entry: Entry, cell: FilledCell) -> Any:
        found = read_cell(cell, entry.kind, self._choices(entry.choices))
        if found.fault is not None:
            self._damage(entry.cell, "not_read", found.fault, cell.place)
        elif found.value is None and entry.required:
            asked = " Если показателя нет, впишите 0." if entry.kind in FIGURES else ""
            self._damage(entry.cell, "missing", MISSING + asked, cell.place)
        else:
            return found.value
        return self._stand_in(entry.kind, entry.choices)

    def _damage(self, cell: str, code: str, text: str, place: str) -> None:
        self.damaged.add(cell)
        if cell not in self._told:
            self._told.add(cell)
            self.tell(code, cell, text, place)

    def _choices(self, name: str) -> Mapping[str, str]:
        return self.form.words.choices[name] if name else {}

    def _stand_in(self, kind: EntryKind, choices: str) -> Any:
        if not self.stand_ins:
            return None
        if kind is EntryKind.CHOICE:
            return next(iter(self._choices(choices)))
        return _STAND_INS.get(kind, "…")

    def text(self, name: str) -> str:
        return str(self.value(name) or "")

    def figures(self) -> dict[str, Decimal]:
        """Every figure of the form by its cell: typed ones as they are, sums and percents from their parts."""
        found: dict[str, Decimal] = {}
        for name, entry in self.form.entries.items():
            if entry.kind in FIGURES and not entry.formula:
                value = self.value(name)
                if value is not None:
                    found[name] = value
        self._ask_for_year(found)
        for total in self.form.sums:
            parts = (*total.plus, *total.minus)
            value = total.of(found)
            if self.damaged.intersection(parts):
                self.damaged.add(total.total)
            else:
                self._compare(total.total, value, f"по частям {_shown(value)}")
            if value is not None:
                found[total.total] = value
        for name in percent_cells(self.form.form):
            code = name.rpartition(".")[0]
            value = percent_of(code, found)
            if not self.damaged.intersection((f"{code}.year", f"{code}.plan")):
                self._compare(name, value, f"графа 6 к графе 7 — {_shown(value)}")
            if value is not None:
                found[name] = value
        return found

    def _ask_for_year(self, found: dict[str, Decimal]) -> None:
        """Column 6 beside a filled column 5: an empty one would say that the quarter was not in the year."""
        for name, value in list(found.items()):
            line, _, period = name.rpartition(".")
            year = f"{line}.year"
            entry = self.form.entries.get(year)
            if period != "quarter" or not value or entry is None or entry.formula or entry.required:
                continue
            if year not in found and year not in self.damaged:
                text = f"Не заполнено, а за квартал указано {_shown(value)}: впишите показатель с начала года."
                self._damage(year, "missing", text, self.place(year))
                if self.stand_ins:
                    found[year] = self._stand_in(entry.kind, "")

    def _compare(self, name: str, computed: Decimal | None, how: str) -> None:
        """A formula that was typed over: told when it says something else than its parts."""
        cell = self.filled.cell(name)
        if cell.formula or cell.is_empty:
            return
        found = read_cell(cell, EntryKind.SIGNED)
        if found.fault is not None:
            self.tell("typed_over", name, f"Вместо формулы вписано: {found.fault[0].lower()}{found.fault[1:]}")
        elif found.value != (computed or Decimal(0)):
            self.tell("typed_over", name, f"Вместо формулы вписано {_shown(found.value)}, а {how}.")

    # --- lists --------------------------------------------------------------------------------

    def lines(self, one: HandList) -> Iterator[Line]:
        """The lines of a list that have something in them."""
        for cells in self.filled.lists.get(one.key, ()):
            values: dict[str, Any] = {}
            places: dict[str, str] = {}
            damaged: set[str] = set()
            for column, cell in zip(one.columns, cells, strict=True):
                places[column.key] = cell.place
                named = f"{one.anchor}@{cell.place}"
                entry = Entry(named, column.kind, column.required, column.choices)
                values[column.key] = self._read(entry, cell)
                if named in self.damaged:
                    damaged.add(column.key)
            yield Line(values, places, frozenset(damaged))

    def tell_line(self, one: HandList, line: Line, key: str, code: str, text: str) -> None:
        """A fault at a cell of a line; the cell then counts as unread."""
        place = line.places[key]
        self._damage(f"{one.anchor}@{place}", code, text, place)
        if self.stand_ins and line[key] is None:
            column = one.columns[one.column(key)]
            line.values[key] = self._stand_in(column.kind, column.choices)

    @property
    def damaged_lists(self) -> frozenset[str]:
        """Lists of which a cell could not be read."""
        return frozenset(key for key, one in LISTS.items() if any(d.startswith(f"{one.anchor}@") for d in self.damaged))


def _shown(value: Decimal | None) -> str:
    if value is None:
        return "пусто"
    text = f"{value:,f}".replace(",", NBSP).replace(".", ",").replace("-", "−")
    return text.rstrip("0").rstrip(",") if "," in text else text
