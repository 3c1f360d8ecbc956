"""Lists in: what a file would change (`preview`), the change itself (`write`), its wrong rows (`rejects_xlsx`).

Nothing is kept by halves: a preview writes nothing, and `write` works in the caller's one transaction.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from sqlalchemy.orm import Session

from app.core.errors import AppError
from app.core.fields import RecordType
from app.core.progress import SILENT, Progress
from app.core.russian import day
from app.exchange import ColumnMap, RawTable, ReadRow, match_columns, read_rows, read_tables
from app.exchange.matching import BY_MEMORY, is_card, names_of_organisations
from app.exchange.reading import aliases_of
from app.exchange.tables import is_blank
from app.models import Setting
from app.records import REGISTERS
from app.usecases.import_draft import Context, Reader, TableContext
from app.usecases.import_needs import NeedReader
from app.usecases.import_ngos import NgoReader
from app.usecases.import_plan import Change, Counts, Fault, Outcome, PlannedRow, PlannedTable, Preview, counted
from app.usecases.import_rejects import rejects_xlsx
from app.usecases.import_rows import Planner
from app.usecases.import_services import ServiceReader
from app.usecases.import_support import SupportReader
from app.usecases.import_writing import write_rows
from app.usecases.standing import standing

__all__ = [
    "IMPORTED", "Change", "ColumnMap", "Counts", "Fault", "Outcome", "PlannedRow", "PlannedTable", "Preview",
    "counted", "preview", "rejects_xlsx", "remember_columns", "tables_of", "write",
]  # fmt: skip

IMPORTED = ("ngo", "support", "service", "need")
"""Registers that lists are taken into."""

_READERS: dict[str, Any] = {"ngo": NgoReader, "support": SupportReader, "service": ServiceReader, "need": NeedReader}
_NAMED: dict[str, tuple[str, ...]] = {
    "ngo": ("name", "ogrn", "inn"),
    "support": ("ngo_id", "ngo_id.ogrn", "ngo_id.inn"),
    "service": ("recipients", "recipients.ogrn", "recipients.inn", "centre_id"),
    "need": ("ngo_id", "ngo_id.ogrn", "ngo_id.inn"),
}
Columns = ColumnMap | Mapping[str, ColumnMap] | None
Answers = Mapping[tuple[str, int, str], Any]
"""(sheet, row number, field key) -> the reading that a person chose for an ambiguous cell."""


def tables_of(session: Session, register: str, path: Path | str, *, progress: Progress = SILENT) -> list[PlannedTable]:
    """The sheets of a file and how their columns are understood, without weighing any row: to be corrected by hand."""
    record_type = REGISTERS[register]
    tables = read_tables(Path(path), record_type=record_type, progress=progress)
    return [_planned_table(table, _columns(session, register, record_type, table, None), register) for table in tables]


def preview(
    session: Session,
    register: str,
    path: Path | str,
    *,
    column_map: Columns = None,
    constants: Mapping[str, Any] | None = None,
    answers: Answers | None = None,
    asks: bool = False,
    progress: Progress = SILENT,
) -> Preview:
    """What the list would change.  AppError when the file is no list of the register.

    asks: a list of rows whose columns are not known is told too, without rows: a person may say what they hold.

    column_map: the columns by hand, of the sheet of the same signature, or by name of sheet.
    constants: field key -> value for rows that lack it («дата решения» of a list of winners).
    answers: what ambiguous cells mean; the whole file is weighed anew, for rows below may mean the answered one.
    """
    path, record_type = Path(path), REGISTERS[register]
    tables = read_tables(path, record_type=record_type, progress=progress)
    with standing(session):
        return _preview(
            session, register, path, tables, column_map, constants or {}, answers or {}, progress, asks=asks
        )


def _preview(
    session: Session, register: str, path: Path, tables: list[RawTable], column_map: Columns,
    constants: Mapping[str, Any], answers: Answers, progress: Progress, *, asks: bool,
) -> Preview:  # fmt: skip
    record_type = REGISTERS[register]
    context = Context(session, record_type)
    reader: Reader = _READERS[register](context)
    planner = Planner(context, reader, register)
    planned_tables: list[PlannedTable] = []
    rows: list[PlannedRow] = []
    total = sum(len(table.rows) for table in tables)
    for number, table in enumerate(tables):
        columns = _columns(session, register, record_type, table, column_map)
        told = _planned_table(table, columns, register)
        planned_tables.append(told)
        if told.refusal:
            continue
        answered = (_answered(row, table.sheet, answers) for row in read_rows(table, columns, record_type))
        read = (_with_constants(row, constants) for row in answered)
        before = len(rows)

        def weighed(done: int, before: int = before) -> None:
            progress.step(before + done, total, "Проверено строк")

        rows += planner.plan(read, TableContext(table, columns, number), weighed)
    if not rows and not (asks and any(table.rows and len(table.headings) > 1 for table in planned_tables)):
        told_of = planned_tables[0]
        raise AppError(
            f"В файле «{path.name}» не найден список для раздела «{record_type.title}». {told_of.refusal}".strip(),
            "Проверьте, тот ли выбран файл и тот ли раздел.",
        )
    return Preview(register, path, tuple(planned_tables), tuple(rows))


def write(
    session: Session,
    preview: Preview,
    *,
    accept_doubtful: Literal["none", "all"] | set[int] = "none",
    progress: Progress = SILENT,
) -> Counts:
    """Write the sound rows and the accepted doubtful ones (their places in `preview.rows`).

    Returns what became of the rows; an accepted one counts as what it did.  The columns chosen by
    hand are remembered for lists of the same shape.  Flushes, never commits.
    """
    with standing(session):
        counts = write_rows(session, preview, accept_doubtful, progress)
    if counts.new or counts.changed:
        for table in preview.tables:
            if not table.refusal and table.column_map.by_hand:
                remember_columns(session, preview.register, table.column_map)
    return counts


def remember_columns(session: Session, register: str, columns: ColumnMap) -> None:
    """Keep a choice of columns for lists of this shape."""
    key = f"columns:{register}:{columns.signature}"
    text = json.dumps(dict(columns.columns), ensure_ascii=False, sort_keys=True)
    row = session.get(Setting, key)
    if row is None:
        session.add(Setting(key=key, value=text))
    elif row.value != text:
        row.value = text
    session.flush()


def _columns(
    session: Session, register: str, record_type: RecordType, table: RawTable, given: Columns
) -> ColumnMap:
    if isinstance(given, ColumnMap):
        given = {table.sheet: given} if given.signature in ("", table.signature) else {}
    if given and table.sheet in given:
        chosen = given[table.sheet]
        found = match_columns(table, record_type, chosen.columns)
        how = {key: chosen.how.get(key, BY_MEMORY) for key in found.columns}
        return replace(found, how=how)
    kept = session.get(Setting, f"columns:{register}:{table.signature}")
    return match_columns(table, record_type, json.loads(kept.value) if kept else None)


def _planned_table(table: RawTable, columns: ColumnMap, register: str) -> PlannedTable:
    used = set(columns.columns.values())
    unmatched = tuple(table.column_title(at) for at in range(table.width) if at not in used and _is_filled(table, at))
    return PlannedTable(
        sheet=table.sheet,
        place=table.place,
        headings=tuple(table.column_title(at) for at in range(table.width)),
        column_map=columns,
        rows=len(table.rows),
        refusal=_refusal(table, columns, register),
        skipped=table.skipped,
        unmatched=unmatched,
        sample=tuple(row.cells for row in table.rows[:5]),
        notes=("Заголовки столбцов прочитаны в верной кодировке.",) if table.reread else (),
    )


def _is_filled(table: RawTable, column: int) -> bool:
    """Is there a heading or anything under it?  A column of nothing is nothing that could be lost."""
    titled = column < len(table.heading) and bool(table.heading[column])
    return titled or any(column < len(row.cells) and not is_blank(row.cells[column]) for row in table.rows)


def _refusal(table: RawTable, columns: ColumnMap, register: str) -> str:
    """Why the sheet is no list of the register, or ''."""
    named = [key for key in _NAMED[register] if key in columns.columns]
    if not named:
        wanted = "названием, ОГРН или ИНН организации"
        return f"Нет графы с {wanted} ({table.place})."
    at = columns.columns[named[0]]
    if is_card(table, at, aliases_of(REGISTERS[register])) and not columns.by_hand:
        return f"Это сведения об одной организации, а не список ({table.place})."
    if not table.heading_row and len(columns.columns) < 2 and table.width > 1 and not columns.by_hand:
        return f"Нет шапки, и графы не узнаются по содержанию ({table.place})."
    if register == "ngo" and named == ["name"] and not columns.by_hand and "minjust_number" not in columns.columns:
        names = [row.cells[at] for row in table.rows[:300] if at < len(row.cells) and row.cells[at] != ""]
        if len(names) > 3 and not names_of_organisations(names):
            return f"В графе «{table.column_title(at)}» не названия организаций ({table.place})."
    return ""


def _with_constants(row: ReadRow, constants: Mapping[str, Any]) -> ReadRow:
    missing = {key: value for key, value in constants.items() if key not in row.values and key not in row.faults}
    return replace(row, values={**row.values, **missing}) if missing and not row.fragment else row


def _answered(row: ReadRow, sheet: str, answers: Answers) -> ReadRow:
    """The row with what a person said of its ambiguous cells; what is none of their readings is not taken."""
    asked = {key: answers.get((sheet, row.number, key)) for key in row.readings} if answers else {}
    said = {key: value for key, value in asked.items() if value in row.readings[key]}
    if not said:
        return row
    told = {key: (*row.repairs.get(key, ()), f"прочитано как {day(value)} по вашему выбору")
            for key, value in said.items()}  # fmt: skip
    return replace(
        row, values={**row.values, **said}, repairs={**row.repairs, **told},
        faults={key: text for key, text in row.faults.items() if key not in said},
        readings={key: ways for key, ways in row.readings.items() if key not in said},
    )  # fmt: skip
