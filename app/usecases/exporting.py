"""A register as an Excel sheet: the rows that were found, in their order, with the columns of its declaration."""

from __future__ import annotations

from array import array
from typing import Any

from sqlalchemy.orm import Session

from app.core.fields import Field, Kind
from app.core.progress import SILENT, Progress
from app.records import REGISTERS
from app.usecases import registers

_TITLED = frozenset({Kind.CHOICE, Kind.CHOICES, Kind.LINK, Kind.LINKS})
_CHUNK = 500


def register_xlsx(session: Session, register: str, ids: array[int], *, progress: Progress = SILENT) -> bytes:
    """The records of those ids with every field but personal ones, as a workbook."""
    from app.reports.table_sheet import Column, table_xlsx  # openpyxl is slow to import: only an export pays for it

    record_type = REGISTERS[register]
    fields = [field for field in record_type.fields if not field.personal]
    columns = [
        Column(field.title, Kind.TEXT if field.kind in _TITLED else field.kind, max(field.width, len(field.title)))
        for field in fields
    ]
    rows: list[list[Any]] = []
    for start in range(0, len(ids), _CHUNK):
        progress.step(start, len(ids), "Выгружено записей")
        rows += [
            [_cell(field, row.values) for field in fields]
            for row in registers.rows(session, register, ids[start : start + _CHUNK])
        ]
    return table_xlsx(record_type.title, columns, rows)


def _cell(field: Field, values: Any) -> Any:
    if field.kind in _TITLED:
        return values.get(f"{field.key}_title") or None
    return values.get(field.key)
