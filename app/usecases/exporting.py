"""A register as files: the rows that were found, in their order; a sheet with every field, a paper with the table's."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.core.errors import AppError
from app.core.fields import Field, Kind
from app.core.progress import SILENT, Progress
from app.core.russian import integer, plural
from app.records import REGISTERS
from app.usecases import registers
from app.usecases.accounts import today_of
from app.usecases.setup import territory_on, unit

_TITLED = frozenset({Kind.CHOICE, Kind.CHOICES, Kind.LINK, Kind.LINKS})
_CHUNK = 500
LONGEST_PAPER = 20_000
"""Rows of a paper: some 700 pages.  What is longer is looked for, not read."""


def register_xlsx(session: Session, register: str, ids: array[int], *, progress: Progress = SILENT) -> bytes:
    """The records of those ids with every field but personal ones, as a workbook."""
    from app.reports.table_sheet import Column, table_xlsx  # openpyxl is slow to import: only an export pays for it

    record_type = REGISTERS[register]
    fields = [field for field in record_type.fields if not field.personal]
    columns = [
        Column(field.title, Kind.TEXT if field.kind in _TITLED else field.kind, max(field.width, len(field.title)))
        for field in fields
    ]
    rows = [[_cell(field, values) for field in fields] for values in _values(session, register, ids, progress)]
    return table_xlsx(record_type.title, columns, rows)


def register_pdf(
    session: Session, register: str, ids: Sequence[int], *, fields: Sequence[str], summed: Sequence[str] = (),
    told: Sequence[str] = (), progress: Progress = SILENT,
) -> bytes:  # fmt: skip
    """The table of those ids and fields on paper; personal fields are left out.

    summed: fields whose sum stands under their column.  told: the search and filters in words, as the page
    shows them.  AppError for a table too long for paper; Cancelled is raised from `progress`.
    """
    from app.reports.table_paper import TablePaper, table_pdf  # reportlab is slow to import

    if len(ids) > LONGEST_PAPER:
        raise AppError(
            f"На бумагу выводится до {integer(LONGEST_PAPER)} строк, а найдено {integer(len(ids))}.",
            "Сузьте отбор или выгрузите таблицу в Excel.",
        )
    record_type, today = REGISTERS[register], today_of(session)
    shown = [record_type[key] for key in fields if not record_type[key].personal]
    rows = list(_values(session, register, ids, progress))
    added = [key for key in summed if key in fields]
    sums = registers.totals(session, register, added, ids) if added else {}
    return table_pdf(
        TablePaper(
            title=record_type.title,
            owner=unit(session)["administration"] or territory_on(session, today).name,
            told=tuple(told),
            count=plural(len(rows), *record_type.nouns),
            as_of=today,
            fields=tuple(shown),
            rows=tuple(tuple(_printed(field, values) for field in shown) for values in rows),
            sums=tuple(sums.get(field.key) for field in shown),
        ),
        progress,
    )


def _values(session: Session, register: str, ids: Sequence[int], progress: Progress) -> Iterator[Mapping[str, Any]]:
    """Values of the rows in their order; one that is no more is left out."""
    for start in range(0, len(ids), _CHUNK):
        progress.step(start, len(ids), "Выгружено записей")
        for row in registers.rows(session, register, ids[start : start + _CHUNK]):
            yield row.values


def _printed(field: Field, values: Mapping[str, Any]) -> Any:
    """As the table shows it: an NGO is called by its short name."""
    if field.key == "name" and values.get("short_name"):
        return values["short_name"]
    return _cell(field, values)


def _cell(field: Field, values: Any) -> Any:
    if field.kind in _TITLED:
        return values.get(f"{field.key}_title") or None
    return values.get(field.key)
