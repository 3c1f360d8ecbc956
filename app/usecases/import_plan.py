"""What an import is going to do, row by row: seen by a person before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from app.exchange import ColumnMap
from app.exchange.tables import Cell


class Outcome(StrEnum):
    """What becomes of a row.  Every row of the file has exactly one."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    DOUBTFUL = "doubtful"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a kept record that the list changes; old and new as they are shown."""

    field: str
    title: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row cannot be written: the field, the place of its cell («C5», '' without one), the reason.

    readings: what an ambiguous value may mean, to be asked.
    """

    field: str
    title: str
    ref: str
    text: str
    readings: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Ref:
    """A record that this import makes: stands where its id will stand.  key: `sheet!row` of its row, or its number."""

    key: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """An organisation or a centre the list names and the records do not hold: created when the row is accepted.

    apart: cards it looks like; accepting says that it is another.
    """

    ref: Ref
    values: Mapping[str, Any]
    register: str = "ngo"
    apart: tuple[int, ...] = ()


@dataclass(slots=True)
class PlannedRow:
    """A row of the list.  number and sheet: where it stands; title: by what a person knows it.

    id: the record it changes, or the Ref of one that an earlier row makes; ref: by which later rows mean
    what this one makes.  changes: field by field.  doubts: why a person must decide, and what happens if
    she accepts.  repairs: what was put right.  notes: what was not taken over.  order: of weighing and writing.
    kept: fields that only an earlier row of the list says otherwise: the record holds this row's value.
    written: what became of it when the list was written; outcome stays as it was seen.
    apart: cards that the new one looks like; accepting the row says that it is another.
    """

    sheet: str
    number: int
    title: str
    outcome: Outcome
    id: int | Ref | None = None
    ref: Ref | None = None
    changes: tuple[Change, ...] = ()
    faults: tuple[Fault, ...] = ()
    doubts: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    cells: tuple[Cell, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[str, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)
    unknown: tuple[Unknown, ...] = ()
    apart: tuple[int, ...] = ()
    kept: frozenset[str] = frozenset()
    order: int = 0
    written: Outcome | None = None

    @property
    def became(self) -> Outcome:
        """The last that is known of it."""
        return self.written or self.outcome


@dataclass(frozen=True, slots=True)
class Counts:
    """new + changed + same + doubtful + rejected are the rows of the file; repaired overlaps them.

    created: cards of organisations and centres that written rows named and the records did not hold.
    """

    new: int = 0
    changed: int = 0
    same: int = 0
    doubtful: int = 0
    rejected: int = 0
    repaired: int = 0
    created: int = 0

    @property
    def rows(self) -> int:
        return self.new + self.changed + self.same + self.doubtful + self.rejected


@dataclass(frozen=True, slots=True)
class PlannedTable:
    """One sheet: its place, headings, how its columns were understood, how many rows.

    refusal: why it is no list of this register, '' when it is; then it has no planned rows.
    skipped: (row number, why) of what is no record.  unmatched: columns that are not taken over, by their
    headings or letters.  notes: what was put right in the sheet as a whole.
    """

    sheet: str
    place: str
    headings: tuple[str, ...]
    column_map: ColumnMap
    rows: int
    refusal: str = ""
    skipped: tuple[tuple[int, str], ...] = ()
    unmatched: tuple[str, ...] = ()
    sample: tuple[tuple[Cell, ...], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """What the import of a file would do; nothing is written yet."""

    register: str
    path: Path
    tables: tuple[PlannedTable, ...]
    rows: tuple[PlannedRow, ...]

    @property
    def counts(self) -> Counts:
        return counted(self.rows)


def counted(rows: tuple[PlannedRow, ...]) -> Counts:
    """How many rows have each outcome."""
    by = dict.fromkeys(Outcome, 0)
    for row in rows:
        by[row.outcome] += 1
    repaired = sum(bool(row.repairs) for row in rows)
    return Counts(**{outcome.value: count for outcome, count in by.items()}, repaired=repaired)
