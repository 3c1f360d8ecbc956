"""A letter as a Word document: addressee at the right, title, text, signature; A4 by ГОСТ Р 7.0.97."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from app.reports.word import lay_page
from app.reports.xlsx_cells import settled

TEXT = 12
ADDRESSEE = 90  # millimetres that the addressee keeps from the left
INDENT = 12.5


def letter_docx(whom: Sequence[str], title: str, text: Sequence[str], signed: Sequence[str], on: date) -> bytes:
    """The document; the same letter of the same day gives the same bytes.  Each item is a paragraph."""
    document = Document()
    lay_page(document, lying=False)
    normal: Any = document.styles["Normal"]
    normal.font.size = Pt(TEXT)
    for line in whom:
        document.add_paragraph(line).paragraph_format.left_indent = Mm(ADDRESSEE)
    head = document.add_paragraph()
    head.paragraph_format.space_before = head.paragraph_format.space_after = Pt(18)
    head.add_run(title).bold = True
    for part in text:
        paragraph = document.add_paragraph(part)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Mm(INDENT)
        paragraph.paragraph_format.space_after = Pt(6)
    for number, line in enumerate(signed):
        paragraph = document.add_paragraph(line)
        paragraph.paragraph_format.keep_with_next = number < len(signed) - 1
        if not number:
            paragraph.paragraph_format.space_before = Pt(24)
    about = document.core_properties
    about.title, about.language, about.author, about.last_modified_by, about.comments = title, "ru-RU", "", "", ""
    about.created = about.modified = datetime(on.year, on.month, on.day)
    buffer = BytesIO()
    document.save(buffer)
    return settled(buffer.getvalue(), on)
