"""Cells of a blank form in a workbook: open or locked, tinted, with checks of what is typed, sums and marks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from openpyxl.cell import Cell as SheetCell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill, Protection
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter, quote_sheetname, range_boundaries
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from app.reports.blank_marks import Mark
from app.reports.xlsx_cells import DATE_FORMAT, number_format
from app.returns.hand_form import EntryKind
from app.returns.sums import Sum

OPEN_FILL = PatternFill("solid", fgColor="FFE8F1FB")
SUM_FILL = PatternFill("solid", fgColor="FFF0F0F0")
WRONG_FILL = PatternFill("solid", bgColor="FFF6C7C2")
ASKED_FILL = PatternFill("solid", bgColor="FFFFF2D6")
WRONG_FONT = Font(color="FFB3261E", bold=True)
OPEN = Protection(locked=False)
CHOICES_SHEET = "_choices"
LARGEST = 10**12
_NUMBERS = frozenset({"year", "quarter", "correction"})
"""Choices kept as numbers: so they are typed, and so the list compares them."""
_REFERENCE = re.compile(r"\{([^{}]+)\}")
_FORMATS = {
    EntryKind.WHOLE: number_format(0),
    EntryKind.FLAG: "0",
    EntryKind.AMOUNT: number_format(2),
    EntryKind.SIGNED: number_format(2),
    EntryKind.DAYS: number_format(1),
    EntryKind.DAY: DATE_FORMAT,
    EntryKind.OGRN: "@",
    EntryKind.INN: "@",
    EntryKind.KPP: "@",
    EntryKind.NUMBER: "@",
}


@dataclass(frozen=True, slots=True)
class At:
    """A cell: sheet, row and column from 1."""

    sheet: str
    row: int
    column: int

    @property
    def ref(self) -> str:
        return f"{get_column_letter(self.column)}{self.row}"

    def seen_from(self, sheet: str) -> str:
        return self.ref if sheet == self.sheet else f"{quote_sheetname(self.sheet)}!{self.ref}"


Places = Mapping[str, At]


def open_cell(cell: SheetCell, kind: EntryKind) -> None:
    """A cell to be filled: unlocked, tinted, shown as its kind is."""
    cell.value = None
    cell.protection = OPEN
    cell.fill = OPEN_FILL
    if kind in _FORMATS:
        cell.number_format = _FORMATS[kind]


def computed_cell(cell: SheetCell, formula: str, kind: EntryKind | None = None) -> None:
    """A cell with a formula for the eye: locked and grey."""
    cell.value = formula
    cell.fill = SUM_FILL
    if kind in _FORMATS:
        cell.number_format = _FORMATS[kind]


# --- formulas ---------------------------------------------------------------------------------


def sum_formula(total: Sum, places: Places) -> str:
    """The sum as a formula that stays empty while its parts are."""
    sheet = places[total.total].sheet
    if len(total.plus) == 1 and not total.minus:
        part = places[total.plus[0]].seen_from(sheet)
        return f'=IF({part}="","",{part})'
    plus, minus = (",".join(_ranges([places[cell] for cell in cells], sheet)) for cells in (total.plus, total.minus))
    everything = ",".join(part for part in (plus, minus) if part)
    less = f"-SUM({minus})" if minus else ""
    return f'=IF(COUNT({everything})=0,"",SUM({plus}){less})'


def percent_formula(year: At, plan: At) -> str:
    return f'=IF(OR({year.ref}="",{plan.ref}="",N({plan.ref})=0),"",ROUND({year.ref}/{plan.ref}*100,1))'


def _ranges(parts: Sequence[At], sheet: str) -> Iterator[str]:
    """Neighbours in a row or in a column as ranges."""
    left = list(parts)
    while left:
        run = [left.pop(0)]
        while left and left[0].sheet == run[0].sheet and _follows(run, left[0]):
            run.append(left.pop(0))
        first = run[0].seen_from(sheet)
        yield first if len(run) == 1 else f"{first}:{run[-1].ref}"


def _follows(run: Sequence[At], cell: At) -> bool:
    last = run[-1]
    step = (cell.row - last.row, cell.column - last.column)
    so_far = (last.row - run[0].row, last.column - run[0].column)
    return (step == (1, 0) and not so_far[1]) or (step == (0, 1) and not so_far[0])


# --- what may be typed ------------------------------------------------------------------------


class Checks:
    """Checks of what is typed, gathered by sheet: one rule for all cells that share it."""

    def __init__(self, choices: Mapping[str, Mapping[str, str]]) -> None:
        self._choices = choices
        self._cells: dict[tuple[str, EntryKind, str], list[tuple[int, int]]] = defaultdict(list)

    def add(self, at: At, kind: EntryKind, choices: str = "") -> None:
        if choices or kind in _RULES:
            self._cells[at.sheet, kind, choices].append((at.column, at.row))

    def write(self, work: Workbook) -> None:
        """Put the rules on their sheets, and the lists of choices on a hidden one."""
        columns = write_choices(work, self._choices)
        for (sheet, kind, choices), cells in self._cells.items():
            for ranges in _by_corner(_vertical(sorted(cells))):
                rule = list_rule(columns[choices]) if choices else cell_rule(kind, ranges[0].partition(":")[0])
                rule.showErrorMessage = True
                rule.errorTitle = "Проверьте значение"
                for one in ranges:
                    rule.add(one)
                work[sheet].add_data_validation(rule)


def _vertical(cells: Iterable[tuple[int, int]]) -> Iterator[str]:
    """(column, row) as ranges of columns."""
    for column, group in groupby(cells, key=lambda cell: cell[0]):
        letter = get_column_letter(column)
        rows = [row for _, row in group]
        start = before = rows[0]
        for row in (*rows[1:], 0):
            if row != before + 1:
                yield f"{letter}{start}:{letter}{before}" if before > start else f"{letter}{start}"
                start = row
            before = row


def _by_corner(ranges: Iterable[str]) -> list[list[str]]:
    """Ranges in groups whose first cell is the upper left corner of them all.

    A formula of a rule is relative to that corner in one program and to the first cell in another.
    """
    found: list[tuple[int, list[str]]] = []
    for one in sorted(ranges, key=lambda text: (range_boundaries(text)[1], range_boundaries(text)[0])):
        left = range_boundaries(one)[0] or 0
        group = next((group for corner, group in found if corner <= left), None)
        if group is None:
            found.append((left, group := []))
        group.append(one)
    return [group for _, group in found]


def write_choices(work: Workbook, choices: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """A hidden sheet with a column a list; name of the list -> its range."""
    sheet = work.create_sheet(CHOICES_SHEET)
    sheet.sheet_state = "hidden"
    found: dict[str, str] = {}
    for number, (name, titles) in enumerate(choices.items(), 1):
        letter = get_column_letter(number)
        for row, title in enumerate(titles.values(), 1):
            sheet.cell(row, number, int(title) if name in _NUMBERS else title)
        found[name] = f"{CHOICES_SHEET}!${letter}$1:${letter}${max(len(titles), 1)}"
    return found


def cell_rule(kind: EntryKind, first: str) -> DataValidation:
    """What may be typed into cells of a kind; first: the address of their first cell."""
    return _RULES[kind](first)


def list_rule(where: str) -> DataValidation:
    rule = DataValidation(type="list", formula1=where, allow_blank=True)
    rule.error = "Выберите значение из раскрывающегося списка."
    return rule


def _whole(first: str) -> DataValidation:
    rule = DataValidation(type="whole", operator="between", formula1="0", formula2=str(LARGEST), allow_blank=True)
    rule.error = "Здесь нужно целое число, не меньше 0."
    return rule


def _flag(first: str) -> DataValidation:
    rule = DataValidation(type="whole", operator="between", formula1="0", formula2="1", allow_blank=True)
    rule.error = "Впишите 1 (да) или 0 (нет)."
    return rule


def _decimals(first: str, places: int, least: str) -> DataValidation:
    condition = f"AND(ISNUMBER({first}),ROUND({first},{places})={first}{least})"
    return DataValidation(type="custom", formula1=condition, allow_blank=True)


def _amount(first: str) -> DataValidation:
    rule = _decimals(first, 2, f",{first}>=0")
    rule.error = "Здесь нужно число не меньше 0, после запятой не больше двух знаков."
    return rule


def _signed(first: str) -> DataValidation:
    rule = _decimals(first, 2, "")
    rule.error = "Здесь нужно число, после запятой не больше двух знаков; возврат пишется с минусом."
    return rule


def _days(first: str) -> DataValidation:
    rule = _decimals(first, 1, f",{first}>=0")
    rule.error = "Здесь нужно число не меньше 0, после запятой один знак."
    return rule


def _date(first: str) -> DataValidation:
    rule = DataValidation(
        type="date", operator="between", formula1="DATE(1990,1,1)", formula2="DATE(2099,12,31)", allow_blank=True
    )
    rule.error = "Здесь нужна дата вида ДД.ММ.ГГГГ."
    return rule


def _length(lengths: Sequence[int], words: str) -> DataValidation:
    rule = DataValidation(type="textLength", operator="between", formula1=str(lengths[0]), formula2=str(lengths[-1]))
    rule.error, rule.allow_blank = words, True
    return rule


_RULES: dict[EntryKind, Callable[[str], DataValidation]] = {
    EntryKind.WHOLE: _whole,
    EntryKind.FLAG: _flag,
    EntryKind.AMOUNT: _amount,
    EntryKind.SIGNED: _signed,
    EntryKind.DAYS: _days,
    EntryKind.DAY: _date,
    EntryKind.OGRN: lambda first: _length((13, 13), "В ОГРН 13 цифр."),
    EntryKind.INN: lambda first: _length((10, 12), "В ИНН 10 цифр (у предпринимателя 12)."),
    EntryKind.NUMBER: lambda first: _length((10, 15), "В ОГРН 13 цифр, в ИНН 10 или 12."),
    EntryKind.KPP: lambda first: _length((9, 9), "В КПП 9 знаков."),
}


# --- marks ------------------------------------------------------------------------------------


def put_marks(work: Workbook, marks: Iterable[Mark], places: Places) -> dict[str, list[str]]:
    """Conditional marks on their cells; sheet -> lines of its legend."""
    legends: dict[str, dict[str, None]] = defaultdict(dict)
    for mark in marks:
        at = places[mark.cell]
        rule = _rule(_in_cells(mark.condition, places, at.sheet), WRONG_FILL, WRONG_FONT)
        work[at.sheet].conditional_formatting.add(at.ref, rule)
        legends[at.sheet][f"проверка {mark.check}: {mark.words}"] = None
    return {sheet: list(lines) for sheet, lines in legends.items()}


def _in_cells(condition: str, places: Places, sheet: str) -> str:
    """The condition with addresses for names; what is empty counts as 0."""
    return _REFERENCE.sub(lambda found: f"N({places[found[1]].seen_from(sheet)})", condition)


def _rule(formula: str, fill: PatternFill, font: Font | None = None) -> Rule:
    return Rule(type="expression", formula=[formula], dxf=DifferentialStyle(fill=fill, font=font))


def put_asked(sheet: Worksheet, cells: Iterable[str]) -> None:
    """Cells that must be filled are amber until they are."""
    for ref in cells:
        sheet.conditional_formatting.add(ref, _rule(f"ISBLANK({ref})", ASKED_FILL))


def protect(sheet: Worksheet) -> None:
    """Locked without a password: a slip of the hand is kept off, widths and heights stay free."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False
