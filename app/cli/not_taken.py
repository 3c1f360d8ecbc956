"""What `import` did not take from a file, and why: sheets, rows and columns, doubtful and wrong rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.core.russian import integer
from app.usecases.import_plan import Fault, Outcome, PlannedRow, PlannedTable, Preview

_AT_MOST = 20  # lines of a kind on the screen; --json and --rejects hold all
_TITLE = 60


def told_of(seen: Preview) -> dict[str, Any]:
    """For --json: every sheet, row and column that is not taken, every doubtful and every wrong row."""
    lists = [table for table in seen.tables if not table.refusal]
    return {
        "not_taken": {
            "sheets": [{"sheet": t.sheet, "reason": _refusal(t)} for t in seen.tables if t.refusal],
            "rows": [{"sheet": t.sheet, "row": row, "reason": why} for t in lists for row, why in t.skipped],
            "columns": [{"sheet": t.sheet, "column": title} for t in lists for title in t.unmatched],
        },
        "notes": [{"sheet": t.sheet, "note": note} for t in lists for note in t.notes],
        "doubtful_rows": [_row(row) | {"reasons": list(row.doubts)} for row in _left(seen, Outcome.DOUBTFUL)],
        "rejected_rows": [
            _row(row) | {"reasons": [_fault(fault) for fault in row.faults]} for row in _left(seen, Outcome.REJECTED)
        ],
    }


def lines_of(seen: Preview, rejects: Path | None) -> list[str]:
    """The same in short, a line each; nothing for a list that was taken whole.  rejects: where its wrong rows lie."""
    lists = [table for table in seen.tables if not table.refusal]
    found = [f"{_of(table)}{note}" for table in lists for note in table.notes]
    found += [f"Лист «{table.sheet}» не взят: {_refusal(table)}" for table in seen.tables if table.refusal]
    for table in lists:
        by: dict[str, list[int]] = {}
        for row, why in table.skipped:
            by.setdefault(why, []).append(row)
        found += [f"{_of(table)}Строки не взяты ({why}): {_numbers(rows)}." for why, rows in by.items()]
        if table.unmatched:
            found.append(f"{_of(table)}Столбцы не взяты: {', '.join(f'«{title}»' for title in table.unmatched)}.")
    found += _rows("Сомнительные строки ждут решения", _left(seen, Outcome.DOUBTFUL), "все — в --json")
    more = f"все — в файле «{rejects.name}»" if rejects is not None else "все запишет --rejects"
    return found + _rows("Строки с ошибками", _left(seen, Outcome.REJECTED), more)


def _rows(title: str, rows: list[PlannedRow], more: str) -> list[str]:
    """Rows that share their reasons stand in one line."""
    by: dict[tuple[str, str], list[PlannedRow]] = {}
    for row in rows:
        by.setdefault((row.sheet, " ".join(dict.fromkeys(_reasons(row)))), []).append(row)
    found = [_line(sheet, why, same) for (sheet, why), same in by.items()]
    left = len(rows) - sum(map(len, list(by.values())[:_AT_MOST]))
    head = [f"{title}:"] if rows else []
    return head + found[:_AT_MOST] + ([f"  …и ещё строк: {integer(left)} ({more})"] if left else [])


def _line(sheet: str, why: str, rows: list[PlannedRow]) -> str:
    place = f"лист «{sheet}», " if sheet else ""
    name = f" ({_shortened(rows[0].title)})" if len(rows) == 1 else ""
    return f"  {place}{'строка' if len(rows) == 1 else 'строки'} {_numbers([row.number for row in rows])}{name}: {why}"


def _shortened(title: str) -> str:
    return title if len(title) <= _TITLE else f"{title[:_TITLE].rstrip()}…"


def _reasons(row: PlannedRow) -> Iterator[str]:
    if row.became is Outcome.DOUBTFUL:
        yield from row.doubts
    for fault in row.faults:
        yield f"{fault.title}: {fault.text}" if fault.title else fault.text


def _left(seen: Preview, outcome: Outcome) -> list[PlannedRow]:
    return [row for row in seen.rows if row.became is outcome]


def _row(row: PlannedRow) -> dict[str, Any]:
    return {"sheet": row.sheet, "row": row.number, "title": row.title}


def _fault(fault: Fault) -> dict[str, Any]:
    """readings: what an ambiguous value may mean, days as ISO dates."""
    readings = [str(reading) for reading in fault.readings]
    return {"field": fault.field, "cell": fault.ref, "reason": fault.text, "readings": readings}


def _refusal(table: PlannedTable) -> str:
    """The reason without the place, which is said before it."""
    return table.refusal.replace(f" ({table.place})", "")


def _of(table: PlannedTable) -> str:
    return f"Лист «{table.sheet}». " if table.sheet else ""


def _numbers(rows: list[int]) -> str:
    """1, 4–6, 9."""
    spans: list[list[int]] = []
    for row in rows:
        if spans and row == spans[-1][1] + 1:
            spans[-1][1] = row
        else:
            spans.append([row, row])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in spans)
