"""How the tests read papers and workbooks back, with libraries that did not write them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pypdfium2 as pdfium
from PIL.Image import Image
from python_calamine import load_workbook


def page_texts(pdf: bytes) -> list[str]:
    """Words of each page, spaces of any kind as one."""
    document = pdfium.PdfDocument(pdf)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def page_sizes(pdf: bytes) -> list[tuple[int, int]]:
    """Width and height of each page in millimetres."""
    document = pdfium.PdfDocument(pdf)
    try:
        return [(round(page.get_width() / 72 * 25.4), round(page.get_height() / 72 * 25.4)) for page in document]
    finally:
        document.close()


def picture(pdf: bytes, page: int, scale: float = 2.0) -> Image:
    """A page as a grey picture; scale 1 is 72 dots an inch."""
    document = pdfium.PdfDocument(pdf)
    try:
        return document[page].render(scale=scale, grayscale=True).to_pil()
    finally:
        document.close()


def sheets(xlsx: bytes) -> dict[str, list[list[Any]]]:
    """Every sheet as rows of values."""
    book = load_workbook(BytesIO(xlsx))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
