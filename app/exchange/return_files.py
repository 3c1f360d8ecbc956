"""A return that comes as a workbook: ours as it was exported, or the blank form filled by hand.

Read by calamine under the limits of `exchange.limits`.  What the cells mean is judged elsewhere:
`returns.hand_filled` for a hand-filled form, `usecases.return_files` for one of the program.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from app.core.errors import AppError
from app.core.progress import SILENT, Progress
from app.exchange import limits
from app.exchange.old_workbooks import check_old_workbook
from app.exchange.tables import cell_ref, is_blank
from app.exchange.workbook_xml import Address, Parts, read_parts
from app.exchange.workbooks import is_encrypted_ole, sheets_of
from app.returns.cell_names import PREFIX, cell_name
from app.returns.hand_form import Entry, HandForm
from app.returns.hand_input import FilledCell, FilledForm, FilledLine, HandFault
from app.returns.hand_lists import LISTS, HandList

HIDDEN = "_data"
TITLE_SHEET = "Титул"
_PIECE = re.compile(r"(.+)\.(\d+)")
_OURS = "Выберите отчёт «НКО-47-кв»: файл программы или заполненную пустую форму."


@dataclass(frozen=True)
class ReturnFile:
    """A workbook whole.  sheets: rows of cells from A1; hidden: what the program left for programs."""

    name: str
    sheets: Mapping[str, Sequence[Sequence[Any]]]
    parts: Parts
    hidden: Mapping[str, str]

    @property
    def is_blank_form(self) -> bool:
        """A form that was filled by hand; one whose hidden sheet is gone is known by its names."""
        return "blank" in self.hidden or ("data" not in self.hidden and "draft" not in self.hidden)

    def at(self, address: Address) -> FilledCell:
        """The cell of an address; an empty one beyond the rows of the sheet."""
        rows = self.sheets.get(address.sheet, ())
        row = rows[address.row - 1] if 0 < address.row <= len(rows) else ()
        value = row[address.column - 1] if 0 < address.column <= len(row) else ""
        formula = (address.row, address.column) in self.parts.formulas.get(address.sheet, frozenset())
        return FilledCell(value, place_of(address), formula)

    @cached_property
    def named(self) -> Mapping[str, Address | None]:
        """Defined names of cells of the return, in one case: programs do not tell cases apart."""
        return {name.casefold(): at for name, at in self.parts.names.items() if name.casefold().startswith(PREFIX)}


def place_of(address: Address) -> str:
    """«2 Поддержка!E14»."""
    return f"{address.sheet}!{cell_ref(address.row, address.column - 1)}"


def read_return_file(path: Path, *, progress: Progress = SILENT) -> ReturnFile:
    """The workbook of a return; AppError, one sentence and what to do, when the file is none."""
    path = Path(path)
    data = limits.read_bytes(path)
    parts = Parts()
    if data.startswith(limits.ZIP):
        if limits.check_archive(path, progress) == "xlsx":
            parts = read_parts(path)
    elif data.startswith(limits.OLE):
        if is_encrypted_ole(data):
            raise limits.encrypted(path.name)
        check_old_workbook(data, path.name)
    else:
        raise AppError(f"«{path.name}» — не книга Excel, а отчёт — это файл .xlsx.", _OURS)
    del data
    sheets = {sheet.name: sheet.rows for sheet in sheets_of(path, progress)}
    found = ReturnFile(path.name, sheets, parts, _hidden(sheets.pop(HIDDEN, [])))
    if not found.hidden and not _looks_like_a_return(found):
        raise AppError(f"В файле «{path.name}» нет отчёта: ни его листов, ни имён его ячеек.", _OURS)
    return found


def _hidden(rows: Sequence[Sequence[Any]]) -> dict[str, str]:
    """Keys and texts of the hidden sheet, pieces joined in their order."""
    found: dict[str, str] = {}
    pieces: dict[str, dict[int, str]] = {}
    for row in rows:
        if len(row) < 2 or not isinstance(row[0], str):
            continue
        text = row[1] if isinstance(row[1], str) else f"{row[1]:g}" if isinstance(row[1], float) else str(row[1])
        piece = _PIECE.fullmatch(row[0])
        if piece:
            pieces.setdefault(piece[1], {})[int(piece[2])] = text
        else:
            found[row[0]] = text
    return found | {key: "".join(part[number] for number in sorted(part)) for key, part in pieces.items()}


def _looks_like_a_return(found: ReturnFile) -> bool:
    return TITLE_SHEET in found.sheets and (len(found.named) > 20 or "2 Поддержка" in found.sheets)


# --- the blank form ---------------------------------------------------------------------------


def filled_form(file: ReturnFile, form: HandForm, layout: Mapping[str, Address]) -> FilledForm:
    """Cells and lines of a hand-filled form by their names.

    layout: where each cell stands in the form as it is given out: for a file that lost its names, and
    to tell what moved.  Rows that moved are found by their codes; what is gone is told, once a row.
    """
    placed = _Placed(file, form, layout)
    cells = {name: file.at(at) for name, at in placed.addresses.items()}
    lists = {key: tuple(_lines(file, one, placed.anchor(one))) for key, one in LISTS.items()}
    return FilledForm(cells, lists, tuple(placed.faults), frozenset(placed.lost))


class _Placed:
    """Where the cells of a form stand in a file, and what became of its rows."""

    def __init__(self, file: ReturnFile, form: HandForm, layout: Mapping[str, Address]) -> None:
        self.file = file
        self.layout = layout
        self.faults: list[HandFault] = []
        self.lost: set[str] = set()
        self.addresses: dict[str, Address] = {}
        self._absent: set[str] = set()
        self._labels: dict[str, dict[str, list[int]]] = {}
        rows: dict[tuple[str, str], list[Entry]] = {}
        for name, entry in form.entries.items():
            if name in layout:
                at = self._named(name)
                rows.setdefault((at.sheet if at else layout[name].sheet, entry.label or name), []).append(entry)
        moved: dict[str, tuple[str, int, int]] = {}
        gone: set[str] = set()
        for (sheet, label), entries in rows.items():
            if not self._sheet_is_there(sheet, entries):
                continue
            self._place_row(sheet, label, entries, moved, gone)
        self._tell_moved(moved, gone)

    def _named(self, name: str) -> Address | None:
        """The address of a name; that of the layout for a file without names; None where it was deleted."""
        if not self.file.named:
            return self.layout[name]
        return self.file.named.get(cell_name(name).casefold())

    def _sheet_is_there(self, sheet: str, entries: Sequence[Entry]) -> bool:
        if sheet in self.file.sheets:
            return True
        self.lost.update(entry.cell for entry in entries)
        if sheet not in self._absent:
            self._absent.add(sheet)
            text = f"Листа «{sheet}» в файле нет: верните его из пустой формы."
            self.faults.append(HandFault("sheet", entries[0].cell, sheet, text))
        return False

    def _place_row(
        self, sheet: str, label: str, entries: Sequence[Entry], moved: dict[str, tuple[str, int, int]], gone: set[str]
    ) -> None:
        at = {entry.cell: self._named(entry.cell) for entry in entries}
        known = [address for address in at.values() if address is not None]
        row = known[0].row if known else 0
        if entries[0].label and known and not self._stands_here(sheet, row, label):
            found = self._rows_of(sheet).get(label, [])
            if len(found) == 1:
                moved.setdefault(sheet, (entries[0].cell, row, found[0]))
                row = found[0]
            else:
                known = []
        if not known:
            gone.add(sheet)
            self.lost.update(at)
            what = f"Строки {label}" if label[:1].isdigit() else f"Строки «{label}»"
            text = f"{what} на листе «{sheet}» нет: верните её или возьмите пустую форму заново."
            self.faults.append(HandFault("row", entries[0].cell, sheet, text))
            return
        for entry in entries:
            address = at[entry.cell]
            if address is None:
                self.lost.add(entry.cell)
                text = f"Ячейки {entry.cell} на листе «{sheet}» нет: верните её или возьмите пустую форму заново."
                self.faults.append(HandFault("row", entry.cell, sheet, text))
            else:
                self.addresses[entry.cell] = Address(address.sheet, row if entry.label else address.row, address.column)

    def _stands_here(self, sheet: str, row: int, label: str) -> bool:
        rows = self.file.sheets[sheet]
        return 0 < row <= len(rows) and bool(rows[row - 1]) and _label(rows[row - 1][0]) == label

    def _rows_of(self, sheet: str) -> dict[str, list[int]]:
        if sheet not in self._labels:
            found: dict[str, list[int]] = {}
            for number, row in enumerate(self.file.sheets[sheet], 1):
                if row and not is_blank(row[0]):
                    found.setdefault(_label(row[0]), []).append(number)
            self._labels[sheet] = found
        return self._labels[sheet]

    def _tell_moved(self, moved: Mapping[str, tuple[str, int, int]], gone: set[str]) -> None:
        """Rows that moved, once a sheet; where a row is gone, those below it moved for that."""
        for sheet, (cell, row, found) in moved.items():
            if sheet not in gone:
                text = f"Строки листа «{sheet}» сдвинуты: то, что было в строке {row}, стоит в строке {found}."
                place = f"{sheet}!A{found}"
                self.faults.append(HandFault("moved", cell, place, text))

    def anchor(self, one: HandList) -> Address | None:
        """The first cell of a list; a list whose sheet is gone is told."""
        at = self._named(one.anchor)
        sheet = at.sheet if at is not None else self.layout[one.anchor].sheet
        if at is None or sheet not in self.file.sheets:
            if sheet not in self._absent:
                self._absent.add(sheet)
                text = f"Листа «{sheet}» или его начала в файле нет: верните его из пустой формы."
                self.faults.append(HandFault("sheet", one.anchor, sheet, text))
            return None
        return at


def _label(value: Any) -> str:
    """A code in the first column as text: 101.0 is 101."""
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"
    return str(value).strip()


def _lines(file: ReturnFile, one: HandList, at: Address | None) -> list[FilledLine]:
    """Lines of a list with anything in them, also below those that the form had room for."""
    if at is None:
        return []
    found: list[FilledLine] = []
    for row in range(at.row, len(file.sheets[at.sheet]) + 1):
        cells = [file.at(Address(at.sheet, row, at.column + number)) for number in range(len(one.columns))]
        if any(not cell.is_empty for cell in cells):
            found.append(cells)
    return found


