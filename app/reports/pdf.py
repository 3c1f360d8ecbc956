"""Blocks to PDF: PT Serif embedded, the same bytes for the same blocks, margins of ГОСТ Р 7.0.97-2025.

A paper is laid out twice: first to learn on which pages its sections fall, then with those numbers
in the contents.  `lay` knows one block each; `pages` decides what falls where.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import singledispatch
from io import BytesIO
from itertools import zip_longest

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from app.core.progress import SILENT, Progress
from app.reports.blocks import (
    Align,
    Bars,
    Contents,
    ContentsLine,
    Facts,
    Grid,
    Heading,
    Letterhead,
    PageBreak,
    Paper,
    Seal,
    Signatures,
    Space,
    Text,
    Turn,
)
from app.reports.pages import Draw, Frame, Page, Section, Strip, paginate, pieces, tie_to_last_lines
from app.reports.pdf_bars import bars_strips
from app.reports.pdf_grid import GridLayout
from app.reports.pdf_parts import draw_seal, facts_strips, letterhead_strip, signature_strips
from app.reports.pen import Pen
from app.reports.typeface import REGULAR, printable, register, width, wrap

DRAFT = "ЧЕРНОВИК"
DRAFT_GREY = 0.88  # 12 % of black
UPRIGHT, LYING = 10.0, 9.0  # type of tables
HEADINGS = {1: 13.0, 2: 12.0}
NOTE = 8.5
LEADING = 1.2
SIGNED_WITH = 3  # lines of text that stand with the signatures
WHOLE = 26  # a table of so many rows is not parted if a page can hold it
LAST_ROWS = 3
IDLE = 0.5  # a table that fills less of its last page, or leaves more free before it, is set tighter if that saves one:
TIGHTER = ((0.8, 0.0), (0.6, 0.0), (0.4, 0.0), (0.4, 0.5), (0.4, 1.0))  # part of the padding, less type in points
FEW, LONGEST_PAGE = 12, 60  # pages and rows of one; in a longer table an idle one is no matter
LONELY = 0.4  # a last page that is filled less is saved, where a paper is compact and can be set tighter
SHRINKS = (1.0, 0.6, 0.3, 0.0)  # of the spaces, until the cover keeps to its page
NO_ROWS = "Записей нет."
TITLE_AT = 14 * mm  # of a line of the contents


class Layout:
    """The strips of a paper while its blocks are laid out, and what they need to know."""

    def __init__(
        self, paper: Paper, page_of: Mapping[str, int], shrink: float, pad: float, less: float
    ) -> None:
        self.paper = paper
        self.page_of = page_of
        self.shrink = shrink
        self.pad = pad
        self.less = less  # points of the type of its tables
        self.signed = False  # signatures follow the block
        self.sections = [Section(Frame(False, paper.binding))]

    @property
    def frame(self) -> Frame:
        return self.sections[-1].frame

    @property
    def strips(self) -> list[Strip]:
        return self.sections[-1].strips

    def new_page(self, landscape: bool) -> None:
        self.sections.append(Section(Frame(landscape, self.paper.binding)))

    def gap(self, height: float, keep: bool = False) -> None:
        """height in points."""
        self.strips.append(Strip(height, keep=keep, gap=True))


def write_pdf(paper: Paper, progress: Progress = SILENT) -> bytes:
    """The paper as PDF.  Cancelled is raised from `progress` between pages."""
    return _drawn(paper, lay_out(paper), progress)


def lay_out(paper: Paper) -> list[Page]:
    """The pages of a paper, with what stands where."""
    register()
    shrink = _cover_shrink(paper)
    pages = paginate(_laid(paper, {}, shrink))
    pad, less = 1.0, 0.0
    if paper.compact and _is_lonely(pages):
        paper, pages, pad, less = _without_lonely_page(paper, pages, shrink)
    return paginate(_laid(paper, _anchors(pages), shrink, pad, less))


def _is_lonely(pages: list[Page]) -> bool:
    """Is there next to nothing on the last page of a few?"""
    return 1 < len(pages) <= FEW and pages[-1].used < LONELY * pages[-1].frame.height


def _without_lonely_page(
    paper: Paper, pages: list[Page], shrink: float
) -> tuple[Paper, list[Page], float, float]:
    """The paper with its tables set tighter, if that saves the page; else with more of its chapters on that page."""
    for pad, less in TIGHTER:
        tighter = paginate(_laid(paper, {}, shrink, pad, less))
        if len(tighter) < len(pages):
            return paper, tighter, pad, less
    for place in reversed([at for at, block in enumerate(paper.blocks) if isinstance(block, Heading)]):
        other = replace(paper, blocks=(*paper.blocks[:place], PageBreak(), *paper.blocks[place:]))
        found = paginate(_laid(other, {}, shrink))
        if len(found) > len(pages) or found[-2].used < LONELY * found[-2].frame.height:
            break
        if not _is_lonely(found):
            return other, found, 1.0, 0.0
    return paper, pages, 1.0, 0.0


def _laid(
    paper: Paper, page_of: Mapping[str, int], shrink: float, pad: float = 1.0, less: float = 0.0
) -> list[Section]:
    layout = Layout(paper, page_of, shrink, pad, less)
    for block, following in zip_longest(paper.blocks, paper.blocks[1:]):
        layout.signed = isinstance(following, Signatures)
        lay(block, layout)
    return layout.sections


def _cover_shrink(paper: Paper) -> float:
    """The part of its spaces with which the cover keeps to one page; all of them where nothing helps."""
    seals = [number for number, block in enumerate(paper.blocks) if isinstance(block, Seal) and block.first]
    if not seals:
        return SHRINKS[0]
    cover = replace(paper, blocks=paper.blocks[: seals[0] + 1])
    return next((one for one in SHRINKS if len(paginate(_laid(cover, {}, one))) == 1), SHRINKS[0])


def _anchors(pages: list[Page]) -> dict[str, int]:
    """Page numbers by anchor; "" is the last page."""
    found = {
        placed.strip.anchor: number
        for number, page in enumerate(pages, 1)
        for placed in page.placed
        if placed.strip.anchor
    }
    return {**found, "": len(pages)}


def _drawn(paper: Paper, pages: list[Page], progress: Progress) -> bytes:
    buffer = BytesIO()
    canvas = Canvas(
        buffer,
        pagesize=Frame(False).page,
        invariant=1,
        pageCompression=1,
        initialFontName=REGULAR,  # type: ignore[arg-type]  # the stub says float
        lang="ru-RU",
    )
    canvas.setTitle(printable(paper.title))
    canvas.setAuthor(printable(paper.author))
    canvas.setSubject(printable(paper.subject))
    canvas.setCreator("Куратор НКО")
    if paper.made_on is not None:
        stamp = f"D:{paper.made_on:%Y%m%d}000000Z"
        canvas.setDateFormatter(lambda *_: stamp)  # else `invariant` says the year 2000
    canvas.setViewerPreference("DisplayDocTitle", "true")
    outlined = False
    for number, page in enumerate(pages, 1):
        progress.step(number - 1, len(pages), "Напечатано страниц")
        canvas.setPageSize(page.frame.page)
        pen = Pen(canvas)
        _furnish(paper, pen, page.frame, number)
        for strip, y, first, last in pieces(page):
            top = page.frame.page[1] - page.frame.top - y
            if strip.grid is not None:
                strip.grid.draw(pen, page.frame.left, top, first, last)
            elif strip.draw is not None:
                strip.draw(pen, page.frame.left, top)
            if strip.outline and (strip.level == 1 or outlined):  # an outline begins at its first level
                outlined = True
                key = f"{number}-{y:.0f}"
                canvas.bookmarkHorizontal(key, 0, top + 12)
                canvas.addOutlineEntry(printable(strip.outline), key, strip.level - 1)
        pen.close()
        canvas.showPage()
    progress.step(len(pages), len(pages), "Напечатано страниц")
    canvas.save()
    return buffer.getvalue()


def _furnish(paper: Paper, pen: Pen, frame: Frame, number: int) -> None:
    """What stands outside the text: number and foot from the second page on, the mark of a draft."""
    across, height = frame.page
    if paper.draft:
        canvas = pen.canvas
        canvas.saveState()
        canvas.setFillGray(DRAFT_GREY)
        canvas.setFont(REGULAR, 96)
        canvas.translate(across / 2, height / 2)
        canvas.rotate(52 if height > across else 35)
        canvas.drawCentredString(0, -32, DRAFT)
        canvas.restoreState()
    if number > 1:
        pen.line(0, height - 12 * mm, across, str(number), 11, "center")
    foot = " · ".join(part for part in (paper.foot if number > 1 else "", DRAFT if paper.draft else "") if part)
    pen.line(frame.left, 10.5 * mm, frame.width, foot, NOTE, "left", grey=0.35)


# --- one block each ---------------------------------------------------------------------------


@singledispatch
def lay(block: object, layout: Layout) -> None:
    """Appends the strips of a block."""
    raise TypeError(f"no way to print {type(block).__name__}")


@lay.register
def _(block: Heading, layout: Layout) -> None:
    size = HEADINGS[block.level]
    layout.gap(14 if block.level == 1 else 9 * layout.shrink, keep=True)
    for number, line in enumerate(wrap(block.text, size, layout.frame.width, True)):
        strip = _line(line, size, layout.frame.width, bold=True, keep=True)
        if number == 0:
            strip.anchor, strip.outline, strip.level = block.anchor, block.text, block.level
        layout.strips.append(strip)
    layout.gap(5 if block.level == 1 else 4, keep=True)


@lay.register
def _(block: Text, layout: Layout) -> None:
    layout.strips.extend(_text_strips(block, layout.frame.width))
    layout.gap(block.gap * mm)


@lay.register
def _(block: Space, layout: Layout) -> None:
    layout.gap(block.height * mm * layout.shrink)


@lay.register
def _(block: Letterhead, layout: Layout) -> None:
    layout.strips.append(letterhead_strip(block, layout.frame.width))


@lay.register
def _(block: Facts, layout: Layout) -> None:
    layout.strips.extend(facts_strips(block, block.width * mm or layout.frame.width, layout.shrink))


@lay.register
def _(block: Grid, layout: Layout) -> None:
    if not block.rows:
        lay(Text(block.empty or NO_ROWS, size=UPRIGHT), layout)
        return
    size = (block.size or (LYING if layout.frame.landscape else UPRIGHT)) - layout.less
    strips = _grid_strips(block, layout.frame, size, layout.pad)
    pages = [] if block.headless or len(strips) > FEW * LONGEST_PAGE else _pages_with(layout, strips)
    # Before signatures it is in vain: they take rows of it to their page in any case.
    idle = [page.used < IDLE * layout.frame.height for page in pages[-2:]]  # its last page, or the one it did not fit
    if not layout.signed and 1 < len(pages) <= FEW and any(idle):
        for pad, less in TIGHTER:
            tighter = _grid_strips(block, layout.frame, size - less, pad)
            if len(_pages_with(layout, tighter)) < len(pages):
                strips = tighter
                break
    layout.strips.extend(strips)
    layout.gap(8)


def _pages_with(layout: Layout, strips: list[Strip]) -> list[Page]:
    return paginate([Section(layout.frame, [*layout.strips, *strips])])


def _grid_strips(block: Grid, frame: Frame, size: float, pad: float = 1.0) -> list[Strip]:
    """Rows and note of a grid, tied where they should not part."""
    grid = GridLayout(block, frame.width, size, frame.height, pad)
    rows = [
        Strip(row.height, grid=grid, row=number, keep=row.spanned, lead=lead.height if lead else 0.0)
        for number, (row, lead) in enumerate(zip(grid.rows, grid.leads, strict=True))
    ]
    for number, row in enumerate(rows[:-1]):
        # A small table stays whole; of a long one neither the first two rows nor the last three part.
        row.whole = len(rows) <= WHOLE and not block.running
        row.keep |= number == 0 or len(rows) - LAST_ROWS <= number
    if not block.note:
        return rows
    rows[-1].keep = True
    note = _text_strips(Text(block.note, size=NOTE), frame.width)
    return [*rows, Strip(3, keep=True, gap=True), *note, Strip(mm, gap=True)]


@lay.register
def _(block: Bars, layout: Layout) -> None:
    layout.strips.extend(bars_strips(block, layout.frame.width))
    layout.gap(8)


@lay.register
def _(block: Contents, layout: Layout) -> None:
    size, height = 10.5, (5.0 + 0.85 * layout.shrink) * mm
    places = [_where(line, layout.page_of) for line in block.lines]
    lines = list(zip(block.lines, places, strict=True))
    longest = max((width(f"{line.title}    {where}", size) for line, where in lines), default=0.0)
    room = min(max(148 * mm, TITLE_AT + longest + 2 * mm), layout.frame.width)
    for line, where in lines:
        layout.strips.append(Strip(height, _contents_line(line, where, size, height, room), keep=True))
    layout.gap(2 * mm)


@lay.register
def _(block: Signatures, layout: Layout) -> None:
    for strip in layout.strips:
        strip.whole = False  # a table before the signatures gives them its last rows alone
    tie_to_last_lines(layout.strips, SIGNED_WITH)
    layout.gap(16 * mm, keep=True)
    layout.strips.extend(signature_strips(block, layout.frame.width))


@lay.register
def _(block: Seal, layout: Layout) -> None:
    if block.first:
        layout.sections[-1].foot = draw_seal(block, layout.frame.width)
        return
    tie_to_last_lines(layout.strips, 1)
    layout.strips.append(draw_seal(block, layout.frame.width))


@lay.register
def _(block: PageBreak, layout: Layout) -> None:
    layout.new_page(layout.frame.landscape)


@lay.register
def _(block: Turn, layout: Layout) -> None:
    if block.landscape != layout.frame.landscape:
        layout.new_page(block.landscape)


def _text_strips(block: Text, room: float) -> list[Strip]:
    """Lines of a paragraph: neither its first nor its last one stands alone on a page."""
    lines = wrap(block.text, block.size, room, block.bold)
    tied = {0, len(lines) - 2} - {len(lines) - 1}
    return [
        _line(line, block.size, room, block.bold, block.align, keep=number in tied) for number, line in enumerate(lines)
    ]


def _line(text: str, size: float, room: float, bold: bool = False, align: Align = "left", keep: bool = False) -> Strip:
    def draw(pen: Pen, x: float, top: float) -> None:
        pen.line(x, top - size, room, text, size, align, bold)

    return Strip(size * LEADING, draw, keep=keep)


def _where(line: ContentsLine, page_of: Mapping[str, int]) -> str:
    """The page of a line of the contents, or the range of its pages; nothing while they are not known."""
    first, last = page_of.get(line.anchor, 0), page_of.get("", 0)
    return f"{first}–{last}" if line.to_end and last > first else str(first or "")


def _contents_line(line: ContentsLine, where: str, size: float, height: float, room: float) -> Draw:
    def draw(pen: Pen, x: float, top: float) -> None:
        baseline = top - height + 4.5
        pen.line(x, baseline, room, line.number, size, "left")
        pen.line(x + TITLE_AT, baseline, room, line.title, size, "left")
        pen.line(x, baseline, room - 2 * mm, where, size, "right")
        pen.horizontal(x, x + room, top - height, 0.35)

    return draw
