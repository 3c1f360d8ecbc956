"""Cells of an exported return that were typed over: the file against the data it carries."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from app.core.cell_text import cell_text, seal_of
from app.core.russian import day
from app.core.value_numbers import number
from app.exchange.return_files import TITLE_SHEET, ReturnFile, place_of
from app.exchange.workbook_xml import Address
from app.reports.cell_words import ROW_COLUMNS
from app.returns.cell_names import cell_name
from app.returns.form import FORMS
from app.returns.hand_input import HandFault
from app.returns.snapshot import Envelope, NeedLine, QuarterReturn, ServiceLine, Signer

_UNKNOWN = "§§§"
_LETTERHEAD = 12  # rows in which the registration number stands
_NO_DAY = date(1999, 12, 31)


@dataclass(frozen=True, slots=True)
class Changed:
    """A cell that says something else than the data.  cell: its name, '' where it has none."""

    cell: str
    place: str
    was: str
    now: str


def unknown_envelope() -> Envelope:
    """What the data do not tell: cells made of it are left out of the comparison."""
    nobody = Signer(_UNKNOWN, _UNKNOWN)
    return Envelope("0" * 64, _NO_DAY, _UNKNOWN, "", _UNKNOWN, _NO_DAY, nobody, nobody)


def changed_cells(
    file: ReturnFile, expected: ReturnFile, ret: QuarterReturn
) -> tuple[tuple[HandFault, ...], tuple[Changed, ...]]:
    """Sheets and rows that are gone or added, and cells typed over, in the order of the sheets.

    A sheet with the seal that the file recorded is untouched, whatever this program would write in its
    place; where another program wrote it and it was touched, its named cells alone can be compared.
    """
    names = _names(expected, ret)
    seals = _seals(file)
    faults: list[HandFault] = []
    changed: list[Changed] = []
    for sheet, wanted in expected.sheets.items():
        if sheet not in file.sheets:
            faults.append(HandFault("sheet", "", sheet, f"Листа «{sheet}» в файле нет."))
            continue
        if seals.get(sheet) == seal_of(file.sheets[sheet]):
            continue
        if sheet in seals and sheet != TITLE_SHEET and seals[sheet] != seal_of(wanted):
            faults.append(HandFault("sheet", "", sheet, f"Лист «{sheet}» изменён после утверждения."))
            changed += _named_changes(sheet, wanted, file.sheets[sheet], names)
            continue
        rows = wanted[: _signatures_row(wanted)] if sheet == TITLE_SHEET else wanted
        given = file.sheets[sheet][: len(rows)] if sheet == TITLE_SHEET else file.sheets[sheet]
        for one in _compared(sheet, _trimmed(rows), _trimmed(given), names):
            (faults if isinstance(one, HandFault) else changed).append(one)  # type: ignore[arg-type]
    extra = [sheet for sheet in file.sheets if sheet not in expected.sheets and not sheet.startswith("_")]
    faults += [HandFault("sheet", "", sheet, f"Лист «{sheet}» добавлен после утверждения.") for sheet in extra]
    return tuple(faults), tuple(changed)


def is_untouched(file: ReturnFile) -> bool:
    """Whether every sheet has the seal that the file recorded, none is gone and none was added."""
    seals = _seals(file)
    shown = {sheet for sheet in file.sheets if not sheet.startswith("_")}
    return TITLE_SHEET in seals and seals.keys() == shown and all(
        seals[sheet] == seal_of(file.sheets[sheet]) for sheet in shown
    )


def _seals(file: ReturnFile) -> Mapping[str, str]:
    """What the program recorded of each sheet when it wrote the file; empty for files of older programs."""
    try:
        found = json.loads(file.hidden.get("sheets", "{}"))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _named_changes(
    sheet: str, wanted: Sequence[Sequence[Any]], given: Sequence[Sequence[Any]], names: Mapping[Address, str]
) -> Iterator[Changed]:
    for at, name in names.items():
        if at.sheet != sheet:
            continue
        was, now = (
            rows[at.row - 1][at.column - 1] if at.row <= len(rows) and at.column <= len(rows[at.row - 1]) else ""
            for rows in (wanted, given)
        )
        if not _same(was, now):
            yield Changed(name, place_of(at), cell_text(was), cell_text(now))


def _signatures_row(rows: Sequence[Sequence[Any]]) -> int:
    """Where the signatures begin on the title sheet: they are the envelope's, not the data's."""
    for place, row in enumerate(rows):
        if place > _LETTERHEAD and any(_UNKNOWN in str(value) for value in row):
            return place
    return len(rows)


def _trimmed(rows: Sequence[Sequence[Any]]) -> list[Sequence[Any]]:
    found = list(rows)
    while found and all(cell_text(value) == "" for value in found[-1]):
        found.pop()
    return found


def _compared(
    sheet: str, wanted: list[Sequence[Any]], given: list[Sequence[Any]], names: Mapping[Address, str]
) -> Iterator[HandFault | Changed]:
    """A sheet row by row; rows that were taken out or put in are found by their first cells."""
    firsts, others = ([cell_text(row[0]) if row else "" for row in rows] for rows in (wanted, given))
    if others[: len(firsts)] == firsts:  # what stands below the last row was typed there
        wanted = [*wanted, *([()] * (len(given) - len(wanted)))]
        for row in range(len(given)):
            yield from _row(sheet, row, row, wanted, given, names)
        return
    for kind, a, b, c, d in SequenceMatcher(None, firsts, others, autojunk=False).get_opcodes():
        for step in range(min(b - a, d - c)):
            yield from _row(sheet, a + step, c + step, wanted, given, names)
        if b - a > d - c:
            first = a + d - c
            text = f"Строк не хватает: {b - first}, первая — «{_words(wanted[first])}»."
            yield HandFault("row", "", f"{sheet}!A{min(c + 1, max(len(given), 1))}", text)
        elif d - c > b - a and kind != "equal":
            yield HandFault("row", "", f"{sheet}!A{c + b - a + 1}", f"Строк добавлено: {d - c - (b - a)}.")


def _row(
    sheet: str, a: int, c: int, wanted: list[Sequence[Any]], given: list[Sequence[Any]], names: Mapping[Address, str]
) -> Iterator[Changed]:
    width = max(len(wanted[a]), len(given[c]))
    for column in range(width):
        was = wanted[a][column] if column < len(wanted[a]) else ""
        now = given[c][column] if column < len(given[c]) else ""
        if _same(was, now) or _UNKNOWN in str(was) or str(was).endswith(day(_NO_DAY)):
            continue
        name = names.get(Address(sheet, a + 1, column + 1), "")
        yield Changed(name, place_of(Address(sheet, c + 1, column + 1)), cell_text(was), cell_text(now))


def _same(was: Any, now: Any) -> bool:
    if cell_text(was) == cell_text(now):
        return True
    if isinstance(was, str) and isinstance(now, str):
        return " ".join(was.split()) == " ".join(now.split())
    one, other = (number(value, tolerant=False).value for value in (was, now))
    return one is not None and one == other


def _words(row: Sequence[Any]) -> str:
    return " ".join(text for text in (cell_text(value) for value in row[:2]) if text)[:60]


def _names(expected: ReturnFile, ret: QuarterReturn) -> dict[Address, str]:
    """Where a cell stands -> its name in the return."""
    known = {cell_name(cell).casefold(): cell for cell in _cells(ret)}
    return {at: known.get(name, name) for name, at in expected.named.items() if at is not None}


def _cells(ret: QuarterReturn) -> Iterator[str]:
    form = FORMS[ret.head.form_version]
    for code in ret.rows:
        yield from (f"{code}.{column}" for column in ROW_COLUMNS)
    yield from (f"1а.{code}" for code in (*ret.activity_titles, *ret.activities))
    lines: tuple[ServiceLine | NeedLine, ...] = (*ret.services, *ret.needs)
    for line in lines:
        columns = form.service_columns if line.key.startswith("3.") else form.need_columns
        yield from (f"{line.key}.{column.key}.{period}" for column in columns for period in ("quarter", "year"))
