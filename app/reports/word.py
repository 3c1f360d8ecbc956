"""A table as a Word document: A4, a heading, the head repeated on each page, numbers of pages.

Times New Roman, since an office computer has it and PT Serif may be missing there.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell

from app.core.progress import SILENT, Progress
from app.reports.told_table import FIXED, PLACES, TablePaper, head_of, lines_of, total_words
from app.reports.xlsx_cells import settled

FACE = "Times New Roman"
UPRIGHT_ROOM, LYING_ROOM = 180.0, 267.0  # millimetres between margins of 20 and 10
UPRIGHT, LYING = 10.0, 9.0  # type of tables
AIR = 1.5  # points above and below the words of a cell
HEAD = "EDEDED"
STEP = 200  # rows between two reports of progress
_SIGN = 1.8  # millimetres of a sign
_NARROWEST, _WIDEST = 14.0, 70.0


def table_docx(table: TablePaper, progress: Progress = SILENT) -> bytes:
    """The document; the same table gives the same bytes.  Cancelled is raised from `progress`."""
    wanted = _wanted(table)
    lying = sum(liked for _, liked in wanted) > UPRIGHT_ROOM
    document = Document()
    lay_page(document, lying)
    _lay_words(document, table)
    room = LYING_ROOM if lying else UPRIGHT_ROOM
    _lay_table(document, table, _spread(wanted, room), LYING if lying else UPRIGHT, progress)
    about = document.core_properties
    about.title, about.author, about.language = table.title, table.owner, "ru-RU"
    about.last_modified_by, about.comments = table.owner, ""
    about.created = about.modified = datetime(table.as_of.year, table.as_of.month, table.as_of.day)
    buffer = BytesIO()
    document.save(buffer)
    return settled(buffer.getvalue(), table.as_of)


# --- how wide


def _wanted(table: TablePaper) -> list[tuple[float, float]]:
    """Millimetres of each column: its longest word, which is not parted, and what it would like, to a limit."""
    words = [len(max(head_of(field).split(), key=len)) for field in table.fields]
    lines = list(words)
    for line in lines_of(table):
        for place, text in enumerate(line):
            words[place] = max(words[place], max(map(len, text.split()), default=0))
            lines[place] = max(lines[place], max(map(len, text.split("\n"))))
    found = []
    for field, word, longest in zip(table.fields, words, lines, strict=True):
        least = max(FIXED.get(field.kind, _NARROWEST), min(_WIDEST, word * _SIGN + 4))
        found.append((least, max(least, min(_WIDEST, longest * _SIGN + 4))))
    return found


def _spread(wanted: Sequence[tuple[float, float]], room: float) -> list[float]:
    """What fits the page: each column its longest word, then what is left by what they would like."""
    least, liked = sum(low for low, _ in wanted), sum(high for _, high in wanted)
    if least >= room or liked == least:
        return [low * room / least for low, _ in wanted]
    share = (room - least) / (liked - least)
    return [low + (high - low) * share for low, high in wanted]


# --- what stands on the page


def lay_page(document: DocxDocument, lying: bool) -> None:
    """A4 with its margins, the number at the top from the second page, and the face of the text."""
    section = document.sections[0]
    sides = (Mm(297), Mm(210)) if lying else (Mm(210), Mm(297))
    section.page_width, section.page_height = sides
    section.orientation = WD_ORIENT.LANDSCAPE if lying else WD_ORIENT.PORTRAIT
    section.left_margin, section.right_margin = Mm(20), Mm(10)
    section.top_margin = section.bottom_margin = Mm(20)
    section.header_distance = Mm(12)
    section.different_first_page_header_footer = True  # pages are numbered from the second
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _field(number, "PAGE")
    normal: Any = document.styles["Normal"]
    normal.font.name, normal.font.size = FACE, Pt(11)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:eastAsia", "w:cs", "w:hAnsi", "w:ascii"):
        fonts.set(qn(script), FACE)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "ru-RU")
    normal.element.get_or_add_rPr().append(language)
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)


def _field(paragraph: Any, code: str) -> None:
    """A field that Word counts itself."""
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)


def _lay_words(document: DocxDocument, table: TablePaper) -> None:
    if table.owner:
        document.add_paragraph(table.owner).alignment = WD_ALIGN_PARAGRAPH.CENTER
    title = document.add_heading(level=1)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run: Any = title.add_run(table.title)
    run.font.name, run.font.size, run.font.bold = FACE, Pt(14), True
    fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FACE)
    run.font.color.rgb = None
    colour = OxmlElement("w:color")
    colour.set(qn("w:val"), "000000")
    run._r.get_or_add_rPr().append(colour)
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(4), Pt(6)
    document.add_paragraph(table.sifted)
    document.add_paragraph(table.counted).paragraph_format.space_after = Pt(6)


def _lay_table(
    document: DocxDocument, table: TablePaper, widths: Sequence[float], size: float, progress: Progress
) -> None:
    total = total_words(table)
    lines = [tuple(head_of(field) for field in table.fields), *lines_of(table), *((total,) if total else ())]
    made: Any = document.add_table(rows=0, cols=len(table.fields))
    made.style, made.alignment, made.autofit = "Table Grid", WD_TABLE_ALIGNMENT.LEFT, False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)
    right = [field.kind in PLACES for field in table.fields]
    for number, line in enumerate(lines):
        if number % STEP == 0:
            progress.step(number, len(lines), "Записано строк")
        row = made.add_row()
        bold = number == 0 or (total is not None and number == len(lines) - 1)
        _whole(row, head=number == 0)
        for place, cell in enumerate(row.cells):
            cell.width = Mm(widths[place])
            _fill(cell, line[place], size, bold=bold, right=right[place])
            if number == 0:
                _tint(cell)
    if len(lines) == 1:
        document.add_paragraph("Записей нет.")


def _whole(row: Any, *, head: bool) -> None:
    """A row is never parted between pages; the head stands on each."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if head:
        properties.append(OxmlElement("w:tblHeader"))


def _fill(cell: _Cell, text: str, size: float, *, bold: bool, right: bool) -> None:
    paragraph = cell.paragraphs[0]
    run: Any = paragraph.add_run(_printable(text))
    run.font.size, run.font.bold = Pt(size), bold
    spacing: Any = paragraph.paragraph_format
    spacing.space_before = spacing.space_after = Pt(AIR)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _printable(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(sign for sign in text if sign >= " " or sign in "\n\t")


def _tint(cell: _Cell) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", HEAD)):
        shade.set(qn(name), value)
    cell._tc.get_or_add_tcPr().append(shade)
