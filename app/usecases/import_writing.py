"""The writing of an import: the rows in order, in one transaction, with what they make for each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from sqlalchemy.orm import Session

from app.core.errors import InvalidRecord
from app.core.progress import Progress
from app.core.russian import integer
from app.records import REGISTERS
from app.usecases.import_plan import Counts, Fault, Outcome, PlannedRow, Preview, Ref
from app.usecases.records import save

Accepted = Literal["none", "all"] | set[int]


def write_rows(session: Session, preview: Preview, accepted: Accepted, progress: Progress) -> Counts:
    """Write; the outcome of each row is counted, the preview itself stays as it was seen."""
    writer = _Writer(session, preview.register)
    done = dict.fromkeys(Outcome, 0)
    for done_rows, (place, row) in enumerate(sorted(enumerate(preview.rows), key=lambda pair: pair[1].order)):
        if done_rows % 50 == 0:
            progress.step(done_rows, len(preview.rows), "Записано строк")
        outcome = row.outcome
        taken = outcome is Outcome.DOUBTFUL and (accepted == "all" or (isinstance(accepted, set) and place in accepted))
        if outcome in (Outcome.NEW, Outcome.CHANGED) or taken:
            outcome = writer.write(row)
        done[outcome] += 1
    progress.step(len(preview.rows), len(preview.rows), "Записано строк")
    repaired = sum(bool(row.repairs) for row in preview.rows)
    counts = Counts(**{outcome.value: count for outcome, count in done.items()}, repaired=repaired)
    if session.info.get("kind") == "import":
        session.info["title"] = _title(preview, counts)
    return counts


class _Writer:
    def __init__(self, session: Session, register: str) -> None:
        self._session = session
        self._register = register
        self._made: dict[Ref, int] = {}

    def write(self, row: PlannedRow) -> Outcome:
        """Write one row.  What saving refuses after all leaves the row out, with the reason at it."""
        try:
            for unknown in row.unknown:
                if unknown.ref not in self._made:
                    self._made[unknown.ref] = save(self._session, unknown.register, unknown.values)
            values = self._resolved(row.values)
            lines = {key: tuple(self._resolved(line) for line in given) for key, given in row.lines.items()}
            id = self._made.get(row.id) if isinstance(row.id, Ref) else row.id
            if isinstance(row.id, Ref) and id is None:
                return Outcome.DOUBTFUL  # it adds to a row that was itself not accepted
            if id is not None and not values:
                return Outcome.SAME
            kept = save(self._session, self._register, values, id=id, lines=lines if id is None else None)
        except InvalidRecord as refused:
            row.faults = tuple(Fault(key, "", "", text) for key, text in refused.faults.items())
            return Outcome.REJECTED
        except _NotMade:
            return Outcome.DOUBTFUL
        if row.ref is not None:
            self._made.setdefault(row.ref, kept)
        return Outcome.CHANGED if id is not None else Outcome.NEW

    def _resolved(self, values: Mapping[str, Any]) -> dict[str, Any]:
        found = {}
        for key, value in values.items():
            if isinstance(value, Ref):
                if value not in self._made:
                    raise _NotMade
                value = self._made[value]
            found[key] = value
        return found


class _NotMade(Exception):
    """The row points to a record that was not made."""


def _title(preview: Preview, counts: Counts) -> str:
    what = REGISTERS[preview.register].title
    parts = [f"новых {integer(counts.new)}"] if counts.new else []
    parts += [f"изменённых {integer(counts.changed)}"] if counts.changed else []
    return f"Импорт «{what}» из «{preview.path.name}»: {', '.join(parts) or 'без изменений'}"
