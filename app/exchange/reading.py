"""A file of any supported shape into its tables (`read_tables`)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from app.core.errors import AppError
from app.core.fields import RecordType
from app.core.progress import SILENT, Progress
from app.core.value_text import line_in_right_encoding
from app.exchange import limits
from app.exchange.delimited import delimited_rows
from app.exchange.encodings import decoded
from app.exchange.headings import find_heading, is_numbering, is_total, joined, repeats, squeezed
from app.exchange.old_workbooks import check_old_workbook
from app.exchange.tables import HEADING_ROWS, Cell, RawRow, RawTable, is_blank
from app.exchange.workbooks import Merge, is_encrypted_ole, sheets_of

OUR_OWN = frozenset({"_data", "_choices"})
"""Hidden sheets that our own workbooks carry: data for programs and drop-down lists, never a list of records."""
_OF_A_RETURN = frozenset({"Титул", "2 Поддержка"})  # by these it is known when the hidden sheet is gone
SUFFIXES = (".xlsx", ".xls", ".ods", ".csv", ".tsv", ".txt")


def read_tables(
    path: Path, *, record_type: RecordType | None = None, progress: Progress = SILENT
) -> list[RawTable]:
    """The tables of a list, one a sheet; AppError, in words for a person, when there is none.

    What the file is is told by its bytes, not its name.  record_type: its aliases help to find headings.
    """
    path = Path(path)
    data = limits.read_bytes(path)
    known = aliases_of(record_type) if record_type else frozenset()
    if data.startswith(limits.ZIP):
        limits.check_archive(path, progress)
    elif data.startswith(limits.OLE):
        if is_encrypted_ole(data):
            raise limits.encrypted(path.name)
        check_old_workbook(data, path.name)
    else:
        if data.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"Rar!", b"7z\xbc\xaf", b"PK")):
            raise limits.broken(path.name)
        text, _ = decoded(data, path.name)
        rows = list(delimited_rows(text, path.name))
        tables = [table_of(path.name, "", rows, (), known)]
        return _with_rows(tables, path.name)
    del data
    found, names = [], set()
    for sheet in sheets_of(path, progress):
        names.add(sheet.name)
        if names >= _OF_A_RETURN or (sheet.name == "_data" and _tells_a_form(sheet.rows)):
            raise AppError(f"«{path.name}» — это отчёт, а не список.", "Выберите файл со списком.")
        if sheet.name not in OUR_OWN:
            found.append(table_of(path.name, sheet.name, sheet.rows, sheet.merges, known))
    return _with_rows(found, path.name)


def _tells_a_form(rows: Iterable[Sequence[Cell]]) -> bool:
    """Does the hidden sheet of a workbook of ours say that it is a return, or the blank form of one?"""
    return any(row and row[0] == "form" for row in rows)


def _with_rows(tables: Iterable[RawTable], name: str) -> list[RawTable]:
    found = [table for table in tables if table.rows]
    if not found:
        raise AppError(f"В файле «{name}» нет ни одной строки с данными.", "Выберите файл со списком.")
    return found


def aliases_of(record_type: RecordType) -> frozenset[str]:
    """Every heading under which the register's fields are known, squeezed."""
    return frozenset(
        squeezed(text) for field in record_type.fields if field.imported for text in (field.title, *field.aliases)
    )


def table_of(
    source: str, sheet: str, rows: Sequence[Sequence[Cell]], merges: Sequence[Merge], known: Collection[str]
) -> RawTable:
    """One sheet as a table: heading found, what is no record left out and told."""
    top = [_readable(row) for row in rows[:HEADING_ROWS]]
    place = find_heading([*top, *rows[HEADING_ROWS:]], known)
    width = max(map(len, rows), default=0)
    heading: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    misread: frozenset[Cell] = frozenset()  # the heading as it stands, when it was put right
    start = 0
    if place is not None:
        first, last = place
        spans = [(a - first, b, d) for (a, b), (c, d) in merges if first <= a <= c <= last and d > b]
        lines = [_readable(row) for row in rows[first : last + 1]]
        heading = joined(lines, width, spans)
        if any(meant != list(row) for meant, row in zip(lines, rows[first:], strict=False)):
            misread = frozenset(cell for row in rows[first : last + 1] for cell in row if not is_blank(cell))
        start = last + 1
        titles = tuple(" ".join(str(c) for c in row if not is_blank(c)) for row in top[:first] if any(row))
    kept, skipped = [], []
    if place is not None:
        skipped += [(i + 1, "заголовок над таблицей") for i in range(place[0]) if not all(map(is_blank, rows[i]))]
    filling = _fillings(rows, merges, start)
    banners = {top for (top, left), (bottom, right) in merges if top == bottom and right - left >= 2}
    names = {squeezed(text) for text in heading if text}
    for index in range(start, len(rows)):
        row = rows[index]
        if all(map(is_blank, row)):
            continue
        if index - start < 2 and place is not None and is_numbering(row):
            skipped.append((index + 1, "номера граф"))
        elif names and (repeats(row, names) or (misread and misread.issuperset(own := _own(row)) and len(own) > 1)):
            skipped.append((index + 1, "повтор шапки"))
        elif is_total(row):
            skipped.append((index + 1, "строка итогов"))
        elif index in banners and len(_own(row)) == 1:
            skipped.append((index + 1, "заголовок раздела"))
        else:
            kept.append(_raw_row(index + 1, row, filling.get(index)))
    number = place[1] + 1 if place else None
    return RawTable(source, sheet, heading, number, kept, tuple(skipped), titles, bool(misread))


def _readable(row: Sequence[Cell]) -> list[Cell]:
    """The row with texts that were read in a wrong encoding put right: for headings, as cells are by their kinds."""
    texts = {at: str(cell).replace("\n", " ") for at, cell in enumerate(row) if isinstance(cell, str) and cell}
    meant = dict(zip(texts, line_in_right_encoding(list(texts.values())), strict=True))
    return [meant[at] if at in texts and meant[at] != texts[at] else cell for at, cell in enumerate(row)]


def _fillings(
    rows: Sequence[Sequence[Cell]], merges: Sequence[Merge], start: int
) -> dict[int, dict[int, Cell]]:
    """Values that merged cells carry down into the rows they span: row -> column -> value."""
    found: dict[int, dict[int, Cell]] = {}
    for (top, left), (bottom, right) in merges:
        if top < start or left != right or bottom == top or top >= len(rows) or left >= len(rows[top]):
            continue
        for row in range(top + 1, min(bottom, len(rows) - 1) + 1):
            found.setdefault(row, {})[left] = rows[top][left]
    return found


def _raw_row(number: int, row: Sequence[Cell], carried: dict[int, Cell] | None) -> RawRow:
    """The row with what merged cells carry into it.

    A row with a single text of its own is the rest of a wrapped cell, and no record: it stays as it is.
    """
    own = _own(row)
    if not carried or not own:
        return RawRow(number, tuple(row))
    if len(own) == 1 and len(carried) > 1 and isinstance(own[0], str) and sum(map(str.isalpha, own[0])) > 2:
        return RawRow(number, tuple(row), rest=True)
    if len(own) == 1 and len(carried) == 1:
        return RawRow(number, tuple(row))
    return RawRow(number, tuple(carried.get(i, cell) if is_blank(cell) else cell for i, cell in enumerate(row)))


def _own(row: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in row if not is_blank(cell)]
