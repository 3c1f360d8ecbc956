"""The wrong rows of a list as a workbook: their own cells, the wrong ones marked, and the reasons."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.core.fields import Kind
from app.exchange.tables import Cell
from app.usecases.import_plan import PlannedRow, Preview

_BEFORE = 3  # columns that stand before the list's own


def rejects_xlsx(preview: Preview) -> bytes:
    """Every rejected row with sheet, number, reasons and its cells as they stood; empty of rows when none is."""
    from app.reports.table_sheet import Column, table_xlsx  # openpyxl is slow to import

    wrong = [row for row in preview.rows if row.faults]
    tables = {table.sheet: table for table in preview.tables}
    width = max((len(row.cells) for row in wrong), default=0)
    sheets = {row.sheet for row in wrong}
    headings: tuple[str, ...] = tables[sheets.pop()].headings if len(sheets) == 1 else ()
    columns = [Column("Лист", Kind.TEXT, 14), Column("Строка", Kind.COUNT, 8), Column("Что исправить", Kind.NOTE, 60)]
    for at in range(width):
        title = headings[at] if at < len(headings) else f"Графа {at + 1}"
        columns.append(Column(title, Kind.TEXT, 24))
    rows: list[list[Any]] = []
    marks: dict[tuple[int, int], str] = {}
    for line, row in enumerate(wrong):
        reasons = " ".join(dict.fromkeys(_reason(row)))
        cells = [_text(cell) for cell in row.cells]
        rows.append([row.sheet or None, row.number, reasons, *cells, *[None] * (width - len(cells))])
        table = tables[row.sheet]
        for fault in row.faults:
            if row.cells and fault.field in table.column_map.columns:
                marks[line, _BEFORE + table.column_map.columns[fault.field]] = fault.text
    return table_xlsx("Строки с ошибками", columns, rows, marks=marks)


def _reason(row: PlannedRow) -> list[str]:
    return [f"{fault.title}: {fault.text}" if fault.title else fault.text for fault in row.faults]


def _text(cell: Cell) -> Any:
    """The cell as it was seen: numbers without a tail of zeros, days as days."""
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() and abs(cell) < 1e16 else f"{cell:.15g}"
    if isinstance(cell, date):
        return cell.strftime("%d.%m.%Y")
    text = "" if cell is None else str(cell)
    return text[:32_000] or None
