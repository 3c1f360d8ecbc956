"""Rows of a template that become many: the row is copied, and all that names rows of its sheet follows.

Merged cells, rules of formats and of entry, print areas, page breaks, notes, pictures, charts and
every formula of the book are moved by one rule (`template_refs`).  What this program cannot move it
refuses, by sheet and cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from openpyxl.formula.tokenizer import TokenizerError
from openpyxl.formula.translate import Translator, TranslatorError

from app.reports.template_book import WORKBOOK, Book, Sheet, letters_of, row_of
from app.reports.template_refs import Ambiguous, Place, RowShift, shifted
from app.reports.template_xml import Node

_NOTE_ROW = re.compile(rb"(<(?:\w+:)?Row>\s*)(\d+)(\s*</)")
_NOTE_ANCHOR = re.compile(rb"(<(?:\w+:)?Anchor>\s*)([\d,\s]+?)(\s*</)")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a template cannot be filled: the place, as `Лист!C7`, and a Russian sentence."""

    place: str
    text: str

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a row of the filled form comes from: its row of the template, and which copy it is, from 0."""

    row: int
    copy: int


def grow(book: Book, repeats: Mapping[str, Mapping[int, int]]) -> tuple[dict[str, dict[int, Origin]], list[Fault]]:
    """Repeat rows: sheet -> row -> how many it becomes.

    Returns sheet -> row of the filled form -> its origin, for repeated rows, and what was refused (then
    the book is not to be used).
    """
    shifts = {name.lower(): RowShift(rows) for name, rows in repeats.items() if rows}
    growing = _Growing(book, shifts)
    if shifts:
        growing.all()
    return growing.origins, growing.faults


class _Growing:
    def __init__(self, book: Book, shifts: Mapping[str, RowShift]) -> None:
        self._book, self._shifts = book, shifts
        self.origins: dict[str, dict[int, Origin]] = {}
        self.faults: list[Fault] = []

    def all(self) -> None:
        for sheet in self._book.sheets:
            self._expand_shared(sheet)
        for sheet in self._book.sheets:
            shift = self._shifts.get(sheet.name.lower(), RowShift({}))
            if shift.repeats:
                self._refuse_what_cannot_move(sheet, shift)
            self._rows(sheet, shift)
            self._around(sheet, shift)
            if shift.repeats:
                self._beside(sheet, shift)
        self._names()
        self._charts()

    # --- formulas

    def _formula(self, formula: str, place: Place, where: str) -> str:
        try:
            return shifted(formula, place, self._shifts)
        except Ambiguous as fault:
            self.faults.append(Fault(where, str(fault)))
            return formula

    def _expand_shared(self, sheet: Sheet) -> None:
        """A formula that many cells share is written out in each: copies could not keep sharing it."""
        masters: dict[str, tuple[str, str]] = {}
        for cell in sheet.cells():
            formula = cell.first("f")
            if formula is None or formula.attrs.get("t") != "shared":
                continue
            id, here = formula.attrs.get("si", ""), cell.attrs["r"]
            if formula.text:
                masters[id] = (formula.text, here)
            elif id in masters:
                text, origin = masters[id]
                try:
                    formula.text = Translator("=" + text, origin=origin).translate_formula(here)[1:]
                except (TokenizerError, TranslatorError, AssertionError) as fault:
                    raise ValueError(text) from fault
            formula.attrs = {}

    # --- the grid

    def _rows(self, sheet: Sheet, shift: RowShift) -> None:
        grown: list[Node | str] = []
        origins = self.origins.setdefault(sheet.name, {})
        for row in list(sheet.rows()):
            number = int(row.attrs["r"])
            repeated = number in shift.repeats
            for copy in range(shift.repeats.get(number, 1)):
                target = shift.first(number) + copy
                made = row if copy == 0 and not repeated else row.copy()
                self._move_row(made, sheet, Place(sheet.name, number if repeated else 0, copy), target)
                grown.append(made)
                if repeated:
                    origins[target] = Origin(number, copy)
        sheet.data.children = grown

    def _move_row(self, row: Node, sheet: Sheet, place: Place, target: int) -> None:
        row.attrs["r"] = str(target)
        for cell in row.all("c"):
            where = f"{sheet.name}!{cell.attrs['r']}"
            cell.attrs["r"] = f"{letters_of(cell.attrs['r'])}{target}"
            formula = cell.first("f")
            if formula is None:
                continue
            if "ref" in formula.attrs:
                if place.row or formula.attrs.get("t") == "dataTable":
                    if place.copy == 0:
                        self.faults.append(Fault(where, "Формула массива не может повторяться по строкам."))
                    continue
                formula.attrs["ref"] = self._shifts.get(sheet.name.lower(), RowShift({})).area(formula.attrs["ref"])
            formula.text = self._formula(formula.text, place, where)

    def _around(self, sheet: Sheet, shift: RowShift) -> None:
        """Everything of the sheet's part outside its cells."""
        for top in sheet.root:
            match top.local:
                case "sheetData":
                    continue
                case "mergeCells":
                    self._merges(sheet, top, shift)
                case "rowBreaks":
                    for node in top:
                        node.attrs["id"] = str(shift.last(int(node.attrs.get("id", "0"))))
                case "extLst":
                    self._extensions(sheet, top, shift)
                case _:
                    for node in top.walk():
                        self._attributes(sheet, node, shift)

    def _attributes(self, sheet: Sheet, node: Node, shift: RowShift) -> None:
        former = node.attrs.get("sqref", "")
        for name in ("ref", "sqref", "topLeftCell", "activeCell"):
            if name in node.attrs:
                node.attrs[name] = shift.areas(node.attrs[name])
        if "location" in node.attrs:
            node.attrs["location"] = self._link(node.attrs["location"], sheet)
        if former:
            self._rules(sheet, node, former, shift)

    def _rules(self, sheet: Sheet, node: Node, areas: str, shift: RowShift) -> None:
        """Formulas of rules count from the upper left cell of their areas."""
        tops = [area.partition(":")[0] for area in areas.split()]
        top = min((row_of(one) for one in tops if not one.isalpha()), default=1)  # `A:A` begins at row 1
        place = Place(sheet.name, moved=shift.first(top) - top)
        for inner in node.walk():
            if inner.local in ("formula", "formula1", "formula2", "f") and inner.text:
                inner.text = self._formula(inner.text, place, f"{sheet.name}!{areas}")

    def _extensions(self, sheet: Sheet, top: Node, shift: RowShift) -> None:
        """Newer rules and small charts in cells keep their areas as texts."""
        for node in top.walk():
            areas = node.first("sqref")
            if areas is not None:
                self._rules(sheet, node, areas.text, shift)
                areas.text = shift.areas(areas.text)

    def _merges(self, sheet: Sheet, top: Node, shift: RowShift) -> None:
        made: list[Node | str] = []
        for node in top:
            area = node.attrs.get("ref", "")
            start, _, end = area.partition(":")
            row = row_of(start)
            if row not in shift.repeats:
                node.attrs["ref"] = shift.area(area)
                made.append(node)
                continue
            if row_of(end or start) != row:
                text = "Объединение ячеек начинается в повторяемой строке и идёт ниже неё: разделите его."
                self.faults.append(Fault(f"{sheet.name}!{area}", text))
            for copy in range(shift.repeats[row]):
                at = shift.first(row) + copy
                made.append(node.make(node.local, ref=f"{letters_of(start)}{at}:{letters_of(end or start)}{at}"))
        top.children = made
        top.attrs["count"] = str(len(made))

    def _link(self, location: str, sheet: Sheet) -> str:
        try:
            return shifted(location, Place(sheet.name, grows=True), self._shifts)
        except Ambiguous:
            return location

    # --- other parts

    def _refuse_what_cannot_move(self, sheet: Sheet, shift: RowShift) -> None:
        first = min(shift.repeats)
        for link in self._book.links(sheet.path):
            if link.kind == "table" and link.target in self._book.parts:
                area = self._book.tree(link.target).attrs.get("ref", "A1")
                if row_of(area.partition(":")[2] or area) >= first:
                    text = "«Умная таблица» у повторяемой строки: преобразуйте её в обычный диапазон."
                    self.faults.append(Fault(f"{sheet.name}!{area}", text))
            elif link.kind in ("pivotTable", "control", "ctrlProp"):
                text = "На листе сводная таблица или кнопки, а строки повторяются: перенесите их на другой лист."
                self.faults.append(Fault(sheet.name, text))

    def _beside(self, sheet: Sheet, shift: RowShift) -> None:
        """Notes, pictures and charts that lie over the sheet."""
        for link in self._book.links(sheet.path):
            if link.target not in self._book.parts:
                continue
            if link.kind in ("comments", "threadedComment"):
                for node in self._book.tree(link.target).walk():
                    if "ref" in node.attrs:
                        node.attrs["ref"] = shift.area(node.attrs["ref"])
            elif link.kind == "drawing":
                for node in self._book.tree(link.target).walk():
                    if node.local == "row" and node.text.isdigit():
                        node.text = str(_from_zero(int(node.text), shift.first))
            elif link.kind == "vmlDrawing":
                self._book.parts[link.target] = _moved_notes(self._book.parts[link.target], shift)

    def _names(self) -> None:
        names = self._book.tree(WORKBOOK).first("definedNames")
        for node in names or ():
            sheet = self._book.sheets[0].name
            node.text = self._formula(node.text, Place(sheet, grows=True), f"имя «{node.attrs.get('name', '')}»")

    def _charts(self) -> None:
        """Series of charts are ranges, also those of one cell; what they showed last is drawn anew."""
        for path in sorted(self._book.parts):
            if not re.fullmatch(r"xl/charts/chart[^/]*\.xml", path):
                continue
            for node in self._book.tree(path).walk():
                if node.local == "f" and node.text:
                    node.text = self._formula(node.text, Place("", grows=True), "диаграмма")
                node.children = [
                    child for child in node.children
                    if isinstance(child, str) or child.local not in ("numCache", "strCache")
                ]  # fmt: skip


def _from_zero(row: int, where: Callable[[int], int]) -> int:
    return where(row + 1) - 1


def _moved_notes(vml: bytes, shift: RowShift) -> bytes:
    """Frames of notes: VML is not always XML, so only its numbers of rows are touched."""

    def row(found: re.Match[bytes]) -> bytes:
        return found[1] + str(_from_zero(int(found[2]), shift.first)).encode() + found[3]

    def anchor(found: re.Match[bytes]) -> bytes:
        numbers = [part.strip() for part in found[2].split(b",")]
        for place in (2, 6):
            if place < len(numbers):
                numbers[place] = str(_from_zero(int(numbers[place]), shift.first)).encode()
        return found[1] + b", ".join(numbers) + found[3]

    return _NOTE_ANCHOR.sub(anchor, _NOTE_ROW.sub(row, vml))
