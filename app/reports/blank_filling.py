"""The cells of the blank form: opened or computed, with room, totals, marks and the words that follow a code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string
from openpyxl.workbook import Workbook

from app.core.text import NBSP
from app.reports.blank_cells import (
    At,
    Checks,
    computed_cell,
    open_cell,
    percent_formula,
    put_asked,
    put_marks,
    sum_formula,
)
from app.reports.blank_lists import cell_at, say
from app.reports.blank_marks import marks_of
from app.reports.xlsx_cells import Looks, put_text
from app.returns.cell_names import cell_name
from app.returns.hand_form import EntryKind, HandForm
from app.returns.hand_lists import LISTS
from app.returns.sums import percent_cells

LEGEND = (
    f"Голубые ячейки заполняются, жёлтые обязательны, серые считаются сами. Розовая с{NBSP}красным{NBSP}— "
    "соотношение не сходится, перечень под таблицей."
)


def places_of(form: HandForm, names: Mapping[str, str]) -> dict[str, At]:
    """Cell of the form -> where it stands; centre and code of a line of table 3 stand before its figures."""
    found: dict[str, At] = {}
    for cell in (*form.entries, *(one.anchor for one in LISTS.values())):
        address = names.get(cell_name(cell))
        if address is not None:
            sheet, _, ref = address.rpartition("!")
            letters, row = coordinate_from_string(ref.replace("$", ""))
            found[cell] = At(sheet.strip("'"), row, column_index_from_string(letters))
    for line in form.lines:
        plan = found[f"{line}.plan.quarter"]
        found[f"{line}.centre"] = replace(plan, column=1)
        found[f"{line}.code"] = replace(plan, column=2)
    return found


def fill_cells(work: Workbook, form: HandForm, places: Mapping[str, At], checks: Checks) -> None:
    """Cells to be filled are opened, sums and percents become formulas."""
    for cell, entry in form.entries.items():
        at = places[cell]
        target = cell_at(work[at.sheet], at.row, at.column)
        if not entry.formula:
            open_cell(target, entry.kind)
            if entry.kind in (EntryKind.NOTE, EntryKind.TEXT, EntryKind.CHOICE, EntryKind.DAY):
                target.alignment = Alignment(horizontal="left", vertical="top", wrap_text=True)
            checks.add(at, entry.kind, entry.choices)
    for total in form.sums:
        at = places[total.total]
        kind = form.entries[total.total].kind
        computed_cell(cell_at(work[at.sheet], at.row, at.column), sum_formula(total, places), kind)
    for cell in percent_cells(form.form):
        code, at = cell.rpartition(".")[0], places[cell]
        formula = percent_formula(places[f"{code}.year"], places[f"{code}.plan"])
        computed_cell(cell_at(work[at.sheet], at.row, at.column), formula, EntryKind.DAYS)
    _fill_service_words(work, form, places)
    for prefix in ("3.", "4."):
        _fill_totals(work, form, places, prefix)


_ROOM = {EntryKind.AMOUNT: 16, EntryKind.SIGNED: 16, EntryKind.WHOLE: 11, EntryKind.NOTE: 40, EntryKind.TEXT: 34}
"""Signs that a cell to be filled has room for."""


def widen(work: Workbook, form: HandForm, places: Mapping[str, At]) -> None:
    """Columns that are empty so far are wide enough for what will stand in them."""
    for cell, entry in form.entries.items():
        at = places[cell]
        dimension = work[at.sheet].column_dimensions[get_column_letter(at.column)]
        dimension.width = max(dimension.width, _ROOM.get(entry.kind, 0))


def _fill_service_words(work: Workbook, form: HandForm, places: Mapping[str, At]) -> None:
    """Name and unit of a service by its code; on the sheet of the year, centre and code of the quarter."""
    kinds = form.words.catalogue
    codes = [kind.code for kind in kinds]
    titles, units = [kind.title for kind in kinds], [kind.unit for kind in kinds]
    for line in form.lines:
        code = places[f"{line}.code"]
        for period in ("quarter", "year"):
            at = places[f"{line}.plan.{period}"]
            sheet = work[at.sheet]
            seen = code.seen_from(at.sheet)
            for column, what in ((3, titles), (4, units)):
                cell = cell_at(sheet, at.row, column)
                cell.value = f'=IF({seen}="","",{_chosen(seen, codes, what)})'
            if period == "year":
                for column, name in ((1, "centre"), (2, "code")):
                    part = places[f"{line}.{name}"].seen_from(at.sheet)
                    computed_cell(cell_at(sheet, at.row, column), f'=IF({part}="","",{part})')


def _chosen(cell: str, codes: Sequence[str], words: Sequence[str]) -> str:
    """A word by a code: the catalogue stands in the formula itself, as two arrays."""
    left, right = (";".join('"' + word.replace('"', '""') + '"' for word in one) for one in (codes, words))
    return f'IFERROR(INDEX({{{right}}},MATCH({cell},{{{left}}},0)),"нет в каталоге")'


def _fill_totals(work: Workbook, form: HandForm, places: Mapping[str, At], prefix: str) -> None:
    """«Всего» under tables 3 and 4: what may be summed, as the file of the program does."""
    table = [cell for cell in form.entries if cell.startswith(prefix) and cell.endswith((".quarter", ".year"))]
    columns: dict[tuple[str, int], list[int]] = {}
    for cell in table:
        at = places[cell]
        columns.setdefault((at.sheet, at.column), []).append(at.row)
    for (title, column), rows in columns.items():
        total = cell_at(work[title], max(rows) + 1, column)
        letter = get_column_letter(column)
        if isinstance(total.value, (int, float, Decimal)):
            computed_cell(total, f"=SUM({letter}{min(rows)}:{letter}{max(rows)})")
        elif total.value is None:
            put_text(total, "×")


def mark_cells(work: Workbook, form: HandForm, places: Mapping[str, At]) -> None:
    """Marks with their legend, amber for what must be filled."""
    looks = Looks()
    legends = put_marks(work, marks_of(form), places)
    asked: dict[str, list[str]] = {}
    for cell, entry in form.entries.items():
        if entry.required and not entry.formula:
            asked.setdefault(places[cell].sheet, []).append(places[cell].ref)
    for title, cells in asked.items():
        put_asked(work[title], cells)
    filled = {places[cell].sheet for cell in form.entries} - {"Титул"}
    for sheet in work.worksheets:
        if sheet.title in filled:
            say(sheet, 2, LEGEND, looks)
        if sheet.title in legends:
            row = sheet.max_row + 1
            for number, words in enumerate(("Что отмечается на этом листе:", *legends[sheet.title])):
                say(sheet, row + number, words, looks)
