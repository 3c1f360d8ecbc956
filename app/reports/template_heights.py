"""Rows of a filled form are tall enough for the words that came in the place of marks.

Only rows with wrapped text grow, and none shrinks: what the maker of the form drew stays as long as
it holds the words.  No office program would measure them itself (see `xlsx_place`).
"""

from __future__ import annotations

from collections.abc import Iterable

from app.reports.template_book import Sheet, column_number, letters_of, row_of
from app.reports.template_cells import text_of
from app.reports.template_xml import Node
from app.reports.xlsx_place import USUAL, USUAL_SIZE, height_of, lines_needed

_USUAL_HEIGHT = 15.0


class Heights:
    """Widths and merged cells of one sheet, read once for all its rows."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        about = sheet.root.first("sheetFormatPr")
        attrs = about.attrs if about is not None else {}
        self._usual_width = float(attrs.get("defaultColWidth", USUAL))
        self._usual_height = float(attrs.get("defaultRowHeight", _USUAL_HEIGHT))
        self._widths: list[tuple[int, int, float]] = [
            (int(one.attrs.get("min", "1")), int(one.attrs.get("max", "1")), float(one.attrs["width"]))
            for one in sheet.root.first("cols") or ()
            if "width" in one.attrs
        ]
        self._across: dict[str, int] = {}  # first cell of a merged area -> its last column
        self._down: set[str] = set()  # first cells of areas of several rows: their heights are not this row's
        for area in sheet.merges:
            start, _, end = area.partition(":")
            self._across[start] = column_number(letters_of(end or start))
            if row_of(end or start) > row_of(start):
                self._down.add(start)

    def fit(self, row: Node, cells: Iterable[Node]) -> None:
        """Make a row as tall as the texts of its filled cells."""
        needed = max((self._needed(cell) for cell in cells), default=0.0)
        drawn = float(row.attrs.get("ht", self._usual_height))
        if needed > drawn:
            row.attrs["ht"] = str(needed)
            row.attrs["customHeight"] = "1"

    def _needed(self, cell: Node) -> float:
        style, address = cell.attrs.get("s", ""), cell.attrs["r"]
        styles = self._sheet.book.styles
        text = text_of(cell, self._sheet.book)
        if not text or address in self._down or not styles.wraps(style):
            return 0.0
        size = styles.type_size(style)
        column = column_number(letters_of(address))
        room = sum(self._width(number) for number in range(column, self._across.get(address, column) + 1))
        lines = lines_needed(text, room * USUAL_SIZE / size)
        return height_of(lines, size) if lines > 1 else 0.0

    def _width(self, column: int) -> float:
        return next((width for first, last, width in self._widths if first <= column <= last), self._usual_width)
