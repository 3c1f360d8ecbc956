"""The wrong rows of a list as a workbook: their own cells, the wrong ones marked, and the reasons."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from app.core.fields import Kind
from app.exchange.tables import Cell
from app.usecases.import_plan import PlannedRow, PlannedTable, Preview

REJECTS_SHEET = "Строки с ошибками"
_BEFORE = 3  # columns that stand before the list's own


def rejects_xlsx(preview: Preview) -> bytes:
    """Every rejected row with sheet, number, reasons and its cells as they stood; empty of rows when none is.

    Rows of several sheets stand under the headings of their own sheets, so that what is put right can be taken in.
    """
    from app.reports.table_sheet import Column, table_xlsx  # openpyxl is slow to import

    wrong = [row for row in preview.rows if row.faults]
    tables = {table.sheet: table for table in preview.tables}
    titles: dict[tuple[str, int], int] = {}  # heading and which of that name in its sheet -> column
    places = {sheet: _places(tables[sheet], titles) for sheet in dict.fromkeys(row.sheet for row in wrong)}
    columns = [Column("Лист", Kind.TEXT, 14), Column("Строка", Kind.COUNT, 8), Column("Что исправить", Kind.NOTE, 60)]
    columns += [Column(title, Kind.TEXT, 24) for title, _ in titles]
    rows: list[list[Any]] = []
    marks: dict[tuple[int, int], str] = {}
    for line, row in enumerate(wrong):
        reasons = " ".join(dict.fromkeys(_reason(row)))
        cells: list[Any] = [None] * len(titles)
        for at, cell in zip(places[row.sheet], row.cells, strict=False):
            cells[at] = _text(cell)
        rows.append([row.sheet or None, row.number, reasons, *cells])
        for fault in row.faults:
            column = tables[row.sheet].column_map.columns.get(fault.field)
            if column is not None and column < len(row.cells):
                marks[line, _BEFORE + places[row.sheet][column]] = fault.text
    return table_xlsx(REJECTS_SHEET, columns, rows, marks=marks)


def _places(table: PlannedTable, titles: dict[tuple[str, int], int]) -> list[int]:
    """Where each column of the sheet stands in the workbook; a heading met before shares its column."""
    met: Counter[str] = Counter()
    found = []
    for title in table.headings:
        met[title] += 1
        found.append(titles.setdefault((title, met[title]), len(titles)))
    return found


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
