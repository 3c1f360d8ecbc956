"""Where things go on a sheet: widths known before the first cell, heights of rows whose words need several lines.

No office program measures a file of ours: Excel leaves merged cells as they are and LibreOffice keeps
the usual height, so words would be cut.  Widths are estimated in signs of the usual type, generously.
"""

from __future__ import annotations

from functools import lru_cache

from openpyxl.cell import Cell as SheetCell
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.worksheet import Worksheet

from app.reports.blocks import Align
from app.reports.cell_words import cell_name
from app.reports.xlsx_cells import Looks, put_text

SOFT_HYPHEN = "\u00ad"
WIDEST = 70  # signs of a column
USUAL = 8.43  # of a column that nothing was said about
USUAL_SIZE = 10
LINE_HEIGHT = 1.28  # of the size of type
PADDING = 2.25  # points
TALLEST = 409.0  # points a row can have
_WIDE = dict.fromkeys("МШЩЖЮФЫДмшщжюфыWMwm№—%@", 1.4) | dict.fromkeys("АБВГЕЁЗИЙКЛНОПРСТУХЦЧЪЬЭЯ", 1.25)
_NARROW = dict.fromkeys(" \u00a0.,:;!'|()[]-/ijlt", 0.55)
SPACE = 0.55
WIDEST_SIGN = 1.4
_SIGNS = _WIDE | _NARROW


@lru_cache(maxsize=50_000)
def signs(text: str) -> float:
    """Width of a line in usual signs: a column of so many holds it."""
    return sum([_SIGNS.get(sign, 1.02) for sign in text])


@lru_cache(maxsize=50_000)
def lines_needed(text: str, room: float) -> int:
    """Lines of a text in a column of `room` signs, broken at spaces and, within long words, anywhere."""
    if "\n" not in text and len(text) * WIDEST_SIGN <= room:
        return 1
    room = max(room, 1.0)
    count = 0
    for paragraph in text.split("\n"):
        count += 1
        used = 0.0
        for word in paragraph.split(" "):
            long = signs(word)
            if used and used + SPACE + long > room:
                count += 1
                used = 0.0
            if long > room:  # parted at a hyphen or a stroke, or where the line ends
                count += int(long / room)
                long = max(long % room, room / 2)
            used += long + (SPACE if used else 0.0)
    return count


def height_of(lines: int, size: float = USUAL_SIZE) -> float:
    """Points of a row of so many lines."""
    return round(min(lines * size * LINE_HEIGHT + PADDING, TALLEST), 2)


class Place:
    """Where the next block goes.  across: columns of the widest table of the sheet."""

    def __init__(self, sheet: Worksheet, looks: Looks, names: dict[str, str], sheets: frozenset[str]) -> None:
        self.sheet = sheet
        self.looks = looks
        self.names = names  # defined name -> address
        self.sheets = sheets
        self.row = 1
        self.across = 1
        self.frozen = False
        self._widths: dict[int, float] = {}

    def cell(self, column: int) -> SheetCell:
        found = self.sheet.cell(self.row, column)
        assert isinstance(found, SheetCell)
        return found

    # --- widths -------------------------------------------------------------------------------

    def widen(self, column: int, room: float) -> None:
        """At least so many signs; to be called for all blocks before any is put."""
        self._widths[column] = max(self._widths.get(column, 0), min(room, WIDEST))

    def settle_widths(self) -> None:
        for column, room in sorted(self._widths.items()):
            self.sheet.column_dimensions[get_column_letter(column)].width = round(room, 2)

    def room(self, first: int, last: int = 0) -> float:
        """Signs from the first to the last column."""
        return sum(self._widths.get(column, USUAL) for column in range(first, (last or first) + 1))

    # --- words --------------------------------------------------------------------------------

    def words(
        self, text: str, column: int = 1, last: int = 0, *, size: float = USUAL_SIZE, bold: bool = False,
        align: Align = "left", ruled: bool = False,
    ) -> None:  # fmt: skip
        """Words from a column to the last one (0: of the sheet); merged and in lines where they need it."""
        last = max(last or self.across, column)
        text = text.replace(SOFT_HYPHEN, "")
        cell = self.cell(column)
        put_text(cell, text)
        lines = lines_needed(text, self.room(column, last) * USUAL_SIZE / size / (1.1 if bold else 1))
        spread = last > column and (lines > 1 or align != "left" or ruled)
        for number in range(column, last + 1 if spread or ruled else column + 1):
            self.looks.words(self.cell(number), size, bold, align, lines > 1, ruled)
        if spread:
            self.sheet.merge_cells(None, self.row, column, self.row, last)
        self.fit(lines, size)

    def fit(self, lines: int, size: float = USUAL_SIZE) -> None:
        """The row is tall enough for so many lines; one of the usual size needs nothing."""
        if lines > 1 or size > USUAL_SIZE:
            row = self.sheet.row_dimensions[self.row]
            row.height = max(height_of(lines, size), row.height or 0.0)

    # --- names --------------------------------------------------------------------------------

    def name(self, cell: SheetCell, called: str) -> None:
        """Two cells of one name cannot be: the first keeps it."""
        address = f"{quote_sheetname(self.sheet.title)}!${cell.column_letter}${cell.row}"
        self.names.setdefault(cell_name(called), address)
