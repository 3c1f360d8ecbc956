"""From a figure of the region to the district's cell, and from there to the rows of its annexes.

Annexes hold decisions of 211–215 (А), needs (Б), practices (В), services (Д) and NGOs on record (Е); what
stands in none of them (216–218, 220–223, partnerships) ends at the district's cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from app.region.consolidate import Consolidation
from app.region.figures import Part
from app.returns.count_sector import MARK_ROWS
from app.returns.form import OLD_NEED_DAYS
from app.returns.snapshot import NeedRow, NgoRow, PracticeCard, QuarterReturn, RegisterRow, ServiceRow

AnnexRow = RegisterRow | NeedRow | PracticeCard | ServiceRow | NgoRow

STATUSES = {"107": ("active",), "108": ("inactive", "liquidating"), "119": ("unverified",)}
REGISTER_FORMS = ("211", "212", "213", "214", "215")
PRACTICE_STATES = {"601": "presented", "602": "checked", "603": "recommended", "604": "spread"}
"""Annex В has the practices that reached a state in this year: of older ones it holds no card."""


@dataclass(frozen=True, slots=True)
class Behind:
    """The rows of annexes behind a district's cell.  annex: its letter, "" where none holds them."""

    part: Part
    annex: str
    rows: tuple[AnnexRow, ...]


def behind(consolidation: Consolidation, cell: str) -> tuple[Behind, ...]:
    """Districts, their cells and the annex rows behind a cell; the year's over all quarters given."""
    found = []
    for part in consolidation[cell].parts:
        whole_year = part.cell.endswith(".year")
        sources = consolidation.year_returns if whole_year else consolidation.returns
        returns = [ret for oktmo, ret in sources if oktmo == part.oktmo and ret.head.quarter <= part.quarter]
        annex, chosen = "", []
        for ret in returns:
            annex, rows = rows_behind(ret, part.cell)
            chosen += rows
        found.append(Behind(part, annex, tuple(dict.fromkeys(chosen))))
    return tuple(found)


def rows_behind(ret: QuarterReturn, cell: str) -> tuple[str, list[AnnexRow]]:
    """The letter of the annex of one return that holds the rows of a cell, and the rows."""
    table, _, rest = cell.partition(".")
    if table == "3":
        # A centre's key has no dot, neither has a code: 3.<centre>.<code>.<column>.<period>
        centre, code, column, _period = rest.rsplit(".", 3)
        return "Д", [row for row in ret.annex_d if (row.centre, row.code) == (centre, code) and _counts(row, column)]
    if table == "4":
        category, column, _period = rest.rsplit(".", 2)
        return "Б", [row for row in ret.annex_b if row.category == category and _stands(ret, row, column)]
    code = cell.rpartition(".")[0]
    if code in ("301", "302", "303"):
        return "Д", [row for row in ret.annex_d if code != "302" or any(row.recipients)]
    if code in PRACTICE_STATES:
        state = PRACTICE_STATES[code]
        return "В", [card for card in ret.annex_v if any(named == state for named, _ in card.states)]
    if table in REGISTER_FORMS or code in ("210", "232", "233"):
        return "А", list(_decisions(ret, table, code))
    of_ngo = _on_record(code)
    return ("", []) if of_ngo is None else ("Е", [row for row in ret.annex_e if of_ngo(row)])


def _counts(row: ServiceRow, column: str) -> bool:
    match column:
        case "ngos" | "cases":
            return any(row.recipients) or column == "cases"
        case "first":
            return bool(row.first)
        case "evidenced":
            return bool(row.evidence_kind and row.evidence_no)
        case "unevidenced":
            return not (row.evidence_kind and row.evidence_no)
        case "wait":
            return bool(row.needs)
        case "hours":
            return row.hours > 0
    return column != "plan"


def _stands(ret: QuarterReturn, row: NeedRow, column: str) -> bool:
    match column:
        case "end" | "unserved":
            return row.status == "open"
        case "over_90":
            return row.status == "open" and is_old(ret, row)
        case "high":
            return row.status == "open" and row.priority == "high"
        case "closed_centre" | "closed_other" | "withdrawn":
            return row.status == column
        case "start":
            return row.opened_on < ret.head.quarter.first_day
        case "opened":
            # What was opened earlier and came late is counted here, though its day lies before the quarter.
            return row.opened_on >= ret.head.quarter.first_day
    return True


def is_old(ret: QuarterReturn, row: NeedRow) -> bool:
    """Open for more than 90 days on the last day of the quarter."""
    return (ret.head.quarter.last_day - row.opened_on).days > OLD_NEED_DAYS


def _decisions(ret: QuarterReturn, form: str, code: str) -> Iterator[RegisterRow]:
    if code in ("232", "233"):
        yield from (row for row in ret.annex_a if code == "232" or row.published_on is not None)
        return
    for row in (*ret.annex_a, *ret.annex_a_pending):
        counted = row.account == ret.head.quarter and not row.termination
        if counted and (code == "210" or row.form == form):
            yield row


def _on_record(code: str) -> Callable[[NgoRow], bool] | None:
    if code == "101":
        return lambda row: True
    if code == "106":
        return lambda row: row.kind == "body"
    if code in MARK_ROWS:
        return lambda row: row.kind == "legal" and MARK_ROWS[code] in row.marks
    if code in STATUSES:
        return lambda row: row.status in STATUSES[code]
    return None
