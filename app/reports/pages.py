"""How strips fall on pages: what stays together, what is repeated, what stands at the foot.

A block becomes strips, the smallest pieces that are never cut: a line of text, a row of a grid, the
signatures.  `keep` ties a strip to the next one; a chain of kept strips stands on one page if any
page can hold it.  `whole` ties the rows of a small table for as long as one page can hold them all.
A grid's head is not a strip: it is put before its first row on each page, with the inner heading
that the row stands under.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from reportlab.lib.units import mm

A4 = (210 * mm, 297 * mm)
MARGIN_LEFT, MARGIN_RIGHT, MARGIN_TOP, MARGIN_BOTTOM = 20 * mm, 10 * mm, 20 * mm, 20 * mm
MARGIN_BINDING = 30 * mm

Draw = Callable[[Any, float, float], None]
"""(pen, x of the left margin, y of the strip's top) in points from the lower left corner."""


class GridPiece(Protocol):
    """What the paginator asks of a grid: the height of its head, and to draw some of its rows."""

    @property
    def head_height(self) -> float: ...

    def draw(self, pen: Any, x: float, top: float, first: int, last: int) -> None: ...


@dataclass(slots=True)
class Strip:
    """height in points.  gap: vanishes at the top of a page.  pinned: stands at the foot of its page.

    grid and row: a row of a grid (`draw` is then the grid's).  lead: what is repeated under the head
    where a page begins with this row.  anchor: a name whose page is asked for.
    """

    height: float
    draw: Draw | None = None
    keep: bool = False
    whole: bool = False
    gap: bool = False
    pinned: bool = False
    grid: GridPiece | None = None
    row: int = 0
    lead: float = 0.0
    anchor: str = ""
    outline: str = ""
    level: int = 1


@dataclass(slots=True)
class Frame:
    """The part of a page inside the margins, in points."""

    landscape: bool
    binding: bool = False

    @property
    def page(self) -> tuple[float, float]:
        return (A4[1], A4[0]) if self.landscape else A4

    @property
    def left(self) -> float:
        return MARGIN_BINDING if self.binding else MARGIN_LEFT

    @property
    def top(self) -> float:
        # A sheet that lies is bound by its upper edge.
        return MARGIN_BINDING if self.binding and self.landscape else MARGIN_TOP

    @property
    def width(self) -> float:
        return self.page[0] - self.left - MARGIN_RIGHT

    @property
    def height(self) -> float:
        return self.page[1] - self.top - MARGIN_BOTTOM


@dataclass(slots=True)
class Section:
    """Strips that begin on a new page and share an orientation.  foot: stands at the foot of the first page."""

    frame: Frame
    strips: list[Strip] = field(default_factory=list)
    foot: Strip | None = None


@dataclass(slots=True)
class Placed:
    """A strip on a page; y counts down from the top of the frame, in points."""

    strip: Strip
    y: float


@dataclass(slots=True)
class Page:
    frame: Frame
    placed: list[Placed] = field(default_factory=list)
    used: float = 0.0
    foot: Strip | None = None

    def room_for(self, chain: list[Strip]) -> bool:
        taken = self.foot.height if self.foot else 0.0
        return self.used + self._height_of(chain) + taken <= self.frame.height + 0.01

    def close(self) -> None:
        """What stands at the foot comes last."""
        if self.foot is not None:
            self.placed.append(Placed(self.foot, self.frame.height - self.foot.height))
            self.used, self.foot = self.frame.height, None

    def put(self, strip: Strip) -> None:
        if strip.gap and not self.placed:
            return
        if strip.pinned:
            self.used = self.frame.height - strip.height
        elif strip.grid is not None and not self._continues(strip.grid):
            self.used += strip.grid.head_height + strip.lead
        self.placed.append(Placed(strip, self.used))
        self.used += strip.height

    def _continues(self, grid: GridPiece) -> bool:
        return bool(self.placed) and self.placed[-1].strip.grid is grid

    def _height_of(self, chain: list[Strip]) -> float:
        total, before = 0.0, self.placed[-1].strip.grid if self.placed else None
        for number, strip in enumerate(chain):
            if strip.gap and not self.placed and number == 0:
                continue
            if strip.grid is not None and strip.grid is not before:
                total += strip.grid.head_height + strip.lead
            total += strip.height
            before = strip.grid
        return total


def paginate(sections: Iterable[Section]) -> list[Page]:
    """Pages in order; an empty section gives none."""
    pages: list[Page] = []
    for section in sections:
        if not section.strips and section.foot is None:
            continue
        first = Page(section.frame, foot=section.foot)
        pages.append(first)
        for chain in _chains(section.strips, section.frame):
            if pages[-1].placed and not pages[-1].room_for(chain):
                if all(strip.gap for strip in chain):
                    continue
                pages.append(Page(section.frame))
            for strip in chain:
                pages[-1].put(strip)
        first.close()
    return pages


def _chains(strips: list[Strip], frame: Frame, ties: tuple[str, ...] = ("whole", "keep")) -> Iterator[list[Strip]]:
    """Strips that stand on one page.  What no page can hold is tied less: by `keep` alone, then not at all."""
    if not ties:
        yield from ([strip] for strip in strips)
        return
    chain: list[Strip] = []
    for number, strip in enumerate(strips, 1):
        chain.append(strip)
        if number < len(strips) and any(getattr(strip, tie) for tie in ties):
            continue
        if Page(frame).room_for(chain):
            yield chain
        else:
            yield from _chains(chain, frame, ties[1:])
        chain = []


def tie_to_last_lines(strips: list[Strip], count: int) -> None:
    """What follows will stand with the last `count` lines or rows, never alone on a page."""
    for strip in reversed(strips):
        strip.keep = True
        if not strip.gap:
            count -= 1
        if count == 0:
            return


def pieces(page: Page) -> Iterator[tuple[Strip, float, int, int]]:
    """What is drawn on a page: (strip, y, first row, last row); rows of one grid come as one piece."""
    index = 0
    while index < len(page.placed):
        placed = page.placed[index]
        grid = placed.strip.grid
        end = index
        if grid is not None:
            while end + 1 < len(page.placed) and page.placed[end + 1].strip.grid is grid:
                end += 1
            top = placed.y - grid.head_height - placed.strip.lead
            yield placed.strip, top, placed.strip.row, page.placed[end].strip.row
        else:
            yield placed.strip, placed.y, 0, 0
        index = end + 1
