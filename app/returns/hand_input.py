"""What was found in a hand-filled form: cells and lines as they stand, with their places, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.returns.checks.report import Severity


@dataclass(frozen=True, slots=True)
class HandFault:
    """One thing that a person has to put right.

    code: what sort of fault it is, for programs; cell: its name in the return, or `list.members` for
    a line of a list; place: «2 Поддержка!E14», where it lies in the file.
    """

    code: str
    cell: str
    place: str
    text: str
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class FilledCell:
    """A cell of the file: a number, a text, a day, or '' when empty.  formula: it is computed in the file."""

    value: object = ""
    place: str = ""
    formula: bool = False

    @property
    def is_empty(self) -> bool:
        return self.value is None or (isinstance(self.value, str) and not self.value.strip("\u00a0 \t\r\n"))


NO_CELL = FilledCell()
FilledLine = Sequence[FilledCell]


@dataclass(frozen=True)
class FilledForm:
    """A form as it was read: cells by name, lists by key (blank lines left out), and what of it is lost.

    faults: what the reader of the file saw already: rows and sheets that are moved or not there.
    lost: cells that the file has no more.
    """

    cells: Mapping[str, FilledCell]
    lists: Mapping[str, Sequence[FilledLine]] = field(default_factory=dict)
    faults: tuple[HandFault, ...] = ()
    lost: frozenset[str] = frozenset()

    def cell(self, name: str) -> FilledCell:
        return self.cells.get(name, NO_CELL)
