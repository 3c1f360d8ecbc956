"""A register of 10,000 rows on paper and in a workbook, beside the usual way to make them."""

from __future__ import annotations

import time
from collections.abc import Callable
from io import BytesIO
from typing import Any

ROWS = 10_000
HEADS = ("№", "Наименование", "ОГРН", "Решение", "Форма", "Размер, ₽")
WIDTHS = (14, 70, 27, 22, 25, 22)


def rows() -> list[tuple[str, ...]]:
    """The same invented register each time."""
    return [
        (
            str(number),
            f"АНО «Центр помощи № {number}»" if number % 3 else f"Местная общественная организация № {number} района",
            f"12347000{number:05d}",
            f"{number % 28 + 1:02d}.09.2026",
            "финансовая" if number % 2 else "имущественная",
            f"{number % 900 + 1}\u00a0234,50",
        )
        for number in range(ROWS)
    ]


def ours_pdf(table: list[tuple[str, ...]]) -> bytes:
    from app.reports.blocks import Column, Grid, Line, Paper
    from app.reports.pdf import write_pdf

    columns = tuple(
        Column(head, width, "right" if head == HEADS[-1] else "left") for head, width in zip(HEADS, WIDTHS, strict=True)
    )
    return write_pdf(Paper("Реестр", (Grid(columns, tuple(Line(row) for row in table), size=8),)))


def peer_pdf(table: list[tuple[str, ...]]) -> bytes:
    """One Table of reportlab; names wrap, so they are paragraphs."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

    from app.reports.typeface import REGULAR, register

    register()
    style = ParagraphStyle("cell", fontName=REGULAR, fontSize=8, leading=9.6)
    data: list[list[Any]] = [list(HEADS), *([row[0], Paragraph(row[1], style), *row[2:]] for row in table)]
    grid = Table(data, colWidths=[width * mm for width in WIDTHS], repeatRows=1)
    grid.setStyle(
        TableStyle(
            [
                ("FONTNAME", (0, 0), (-1, -1), REGULAR),
                ("FONTSIZE", (0, 0), (-1, -1), 8),
                ("GRID", (0, 0), (-1, -1), 0.35, "black"),
                ("ALIGN", (-1, 0), (-1, -1), "RIGHT"),
            ]
        )
    )
    buffer = BytesIO()
    SimpleDocTemplate(buffer, pagesize=A4, leftMargin=20 * mm, rightMargin=10 * mm).build([grid])
    return buffer.getvalue()


def ours_xlsx(table: list[tuple[str, ...]]) -> bytes:
    from app.reports.table_sheet import Column, table_xlsx

    return table_xlsx("Реестр", [Column(head) for head in HEADS], table)


def peer_xlsx(table: list[tuple[str, ...]]) -> bytes:
    """openpyxl as its manual shows it: the same borders, fonts and wrapping, cell by cell."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, Side

    book = Workbook()
    sheet: Any = book.active
    thin = Side(style="thin")
    for row in (HEADS, *table):
        sheet.append(row)
    for row in sheet.iter_rows():
        for cell in row:
            cell.font = Font(name="Arial", size=10)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def seconds(work: Callable[[list[tuple[str, ...]]], bytes], table: list[tuple[str, ...]]) -> float:
    started = time.process_time()
    work(table)
    return round(time.process_time() - started, 3)


def run() -> dict[str, dict[str, object]]:
    """key -> ours, peer (CPU seconds, of one run each in this process), peer_name, ratio, unit, n."""
    table = rows()
    found: dict[str, dict[str, object]] = {}
    for key, ours, peer, name in (
        ("pdf_table", ours_pdf, peer_pdf, "reportlab Table"),
        ("xlsx_table", ours_xlsx, peer_xlsx, "openpyxl, стиль на ячейку"),
    ):
        ours(table[:50])  # imports and fonts are not what is measured
        peer(table[:50])
        mine, theirs = seconds(ours, table), seconds(peer, table)
        found[key] = {
            "ours": mine,
            "peer": theirs,
            "peer_name": name,
            "ratio": round(theirs / mine, 2),
            "unit": "с ЦП",
            "n": ROWS,
        }
    return found


if __name__ == "__main__":
    for key, value in run().items():
        print(key, value)
