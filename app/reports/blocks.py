"""What a report is made of: plain blocks, built by pure functions and written by `pdf` and `xlsx`.

A block knows nothing of paper or sheets.  Lengths are millimetres, sizes of type are points.
Figures stay numbers to the end: a writer shows them, so that paper and sheet cannot differ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from app.core.russian import day, decimal, integer

NOT_FILLED = "×"
NOTHING = "—"

Align = Literal["left", "center", "right"]
Value = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A value in a grid that is more than itself.

    places: decimals of a figure.  name: the cell of the return (`211.3.quarter`) or "".  upper: the
    figure is an interval from value to upper.  indent: steps to the right, of words.  signed: a change,
    with «+» before what is above 0.
    """

    value: Value
    places: int = 0
    name: str = ""
    upper: Decimal | None = None
    indent: int = 0
    signed: bool = False


Content = Value | Cell


def bare(content: Content) -> Value:
    """The value itself, of a cell or of what stands in its place; an interval is its words."""
    if not isinstance(content, Cell):
        return content
    return shown(content) if content.upper is not None else content.value


def shown(content: Content) -> str:
    """The words of a cell on paper: 1 234,50 · 30.09.2026 · «от 12 до 15» · «—» for no value."""
    cell = content if isinstance(content, Cell) else Cell(content)
    value = cell.value
    if value is None:
        return NOTHING
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return day(value)
    if cell.upper is not None:
        return f"от {_figure(value, cell.places)} до {_figure(cell.upper, cell.places)}"
    return ("+" if cell.signed and value > 0 else "") + _figure(value, cell.places)


def _figure(value: int | Decimal, places: int) -> str:
    return decimal(Decimal(value), places) if places else integer(round(value))


# --- blocks -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Heading:
    """level 1 a section or annex, 2 a table in it.  anchor: by it the contents find the page."""

    text: str
    level: int = 1
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; soft hyphens allowed, line breaks kept.  gap: millimetres under it."""

    text: str
    size: float = 12
    bold: bool = False
    align: Align = "left"
    gap: float = 2


@dataclass(frozen=True, slots=True)
class Space:
    """Millimetres of nothing; they shrink where the cover would run over its page."""

    height: float


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Sender and registration at the left, addressee at the right, form and version in the corner."""

    sender: tuple[str, ...]
    unit: str
    registration: str
    addressee: str
    corner: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    value: str
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts between rules, two in a row but for wide ones; or one in a row, figures at the right."""

    facts: tuple[Fact, ...]
    paired: bool = True
    width: float = 0  # 0: the whole page


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a grid.

    width: 0 takes the rest of the page; a column of figures grows to its widest figure.
    over: an upper heading shared with the neighbours of the same one.  small: notes.
    """

    title: str
    width: float = 0
    align: Align = "left"
    over: str = ""
    small: bool = False


@dataclass(frozen=True, slots=True)
class GroupRow:
    """An inner heading over the rows that follow."""

    title: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a grid: as many cells as columns."""

    cells: tuple[Content, ...]
    bold: bool = False


GridRow = GroupRow | Line


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a repeated head and, if numbered, a row of column numbers.

    size: type size, 0 by the orientation of the page.  pinned: columns that stay in sight on a sheet.
    empty: the sentence in place of a table without rows.  headless: neither head nor numbers.
    running: it begins where it stands, though a page could hold a small one whole.
    """

    columns: tuple[Column, ...]
    rows: Sequence[GridRow]
    numbered: bool = True
    note: str = ""
    size: float = 0
    pinned: int = 0
    empty: str = ""
    headless: bool = False
    running: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart: one lying bar a line, the figure at its end, so neither grid nor legend.

    bars: (label, figure); None is «—» and no bar.  unit: said beside the title, with the period.
    highlighted: the place of the bar that is meant, darker and with a bold figure.  notes: by the place of a bar, what
    is said after its figure, or for it where there is none.  part: bars that tell less than the others, hatched.
    """

    title: str
    unit: str
    bars: tuple[tuple[str, int | Decimal | None], ...]
    places: int = 0
    highlighted: int | None = None
    notes: Mapping[int, str] = field(default_factory=dict)
    part: frozenset[int] = frozenset()

    def told(self, place: int) -> str:
        """«225,6 (по II квартал)», «отчёта нет»."""
        value, note = self.bars[place][1], self.notes.get(place, "")
        figure = shown(Cell(value, self.places))
        return note if note and value is None else f"{figure} ({note})" if note else figure


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """A line of the contents; `to_end` prints a range to the last page."""

    number: str
    title: str
    anchor: str
    to_end: bool = False


@dataclass(frozen=True, slots=True)
class Contents:
    lines: tuple[ContentsLine, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """post: the words at the left, lines parted by a break; an empty name leaves a line for it."""

    post: str
    name: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """Who signs; the first with place for a stamp (unless a person signs for herself) and the date (year printed)."""

    signatures: tuple[Signature, ...]
    year: int
    stamp: bool = True


@dataclass(frozen=True, slots=True)
class Seal:
    """The foot of a page: lines of words and a QR code of 25 mm; no code for an empty payload.

    first: of the first page, whatever runs over to the second; else of the page where it falls.
    """

    lines: tuple[str, ...]
    payload: str = ""
    first: bool = False


@dataclass(frozen=True, slots=True)
class PageBreak:
    pass


@dataclass(frozen=True, slots=True)
class Turn:
    """From here on pages lie (landscape) or stand; a new page begins where that changes."""

    landscape: bool


Block = (
    Heading
    | Text
    | Space
    | Letterhead
    | Facts
    | Grid
    | Bars
    | Contents
    | Signatures
    | Seal
    | PageBreak
    | Turn
)


@dataclass(frozen=True, slots=True)
class Paper:
    """A printed document.  foot: the line under pages from the second on.  made_on: the day in its properties.

    compact: its tables are set tighter where that saves a last page with next to nothing on it.
    """

    title: str
    blocks: tuple[Block, ...]
    foot: str = ""
    author: str = ""
    subject: str = ""
    made_on: date | None = None
    draft: bool = False
    binding: bool = False
    compact: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook: its Russian name and what stands on it."""

    name: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook.  made_on: the day in its properties.  hidden: (key, text) of the sheet `_data`.

    sealed: `_data` also says the hash of each sheet, so that a cell typed over later is found.
    """

    title: str
    sheets: tuple[Sheet, ...]
    made_on: date
    author: str = ""
    draft: bool = False
    hidden: tuple[tuple[str, str], ...] = ()
    sealed: bool = False
