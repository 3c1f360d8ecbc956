"""The writing of an import: the rows in order, in one transaction, with what they make for each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from sqlalchemy.orm import Session

from app.core.errors import InvalidRecord
from app.core.progress import Progress
from app.core.russian import integer
from app.records import REGISTERS
from app.usecases.duplicates import tell_apart
from app.usecases.import_plan import Counts, Fault, Outcome, PlannedRow, Preview, Ref, Unknown
from app.usecases.records import save

Accepted = Literal["none", "all"] | set[int]


def write_rows(session: Session, preview: Preview, accepted: Accepted, progress: Progress) -> Counts:
    """Write; what became of each row is counted and stands at it, its outcome stays as it was seen."""
    in_order = sorted(enumerate(preview.rows), key=lambda pair: pair[1].order)
    written = {place for place, row in in_order if _is_taken(place, row, accepted)}
    writer = _Writer(session, preview.register, [row for place, row in in_order if place in written])
    done = dict.fromkeys(Outcome, 0)
    for done_rows, (place, row) in enumerate(in_order):
        if done_rows % 50 == 0:
            progress.step(done_rows, len(preview.rows), "Записано строк")
        row.written = writer.write(row) if place in written else row.outcome
        done[row.written] += 1
    progress.step(len(preview.rows), len(preview.rows), "Записано строк")
    repaired = sum(bool(row.repairs) for row in preview.rows)
    by = {outcome.value: count for outcome, count in done.items()}
    counts = Counts(**by, repaired=repaired, created=writer.created)
    if session.info.get("kind") == "import":
        session.info["title"] = _title(preview, counts)
    return counts


def _is_taken(place: int, row: PlannedRow, accepted: Accepted) -> bool:
    if row.outcome is Outcome.DOUBTFUL:
        return accepted == "all" or (isinstance(accepted, set) and place in accepted)
    return row.outcome in (Outcome.NEW, Outcome.CHANGED)


class _Writer:
    """Writes the given rows in their order; of what several say of one field of a kept record the last word alone."""

    def __init__(self, session: Session, register: str, rows: list[PlannedRow]) -> None:
        self._session = session
        self._register = register
        self._made: dict[Ref, int] = {}
        self.created = 0  # cards that rows brought with them, beside their own records
        self._last = {(row.id, key): row.order for row in rows if isinstance(row.id, int) for key in row.values}

    def _said(self, row: PlannedRow) -> dict[str, Any]:
        """The row's values but for those that a later row overrides or the record holds already."""
        if not isinstance(row.id, int):
            return dict(row.values)
        last = {key: value for key, value in row.values.items() if self._last[row.id, key] == row.order}
        return {key: value for key, value in last.items() if key not in row.kept}

    def write(self, row: PlannedRow) -> Outcome:
        """Write one row.  What saving refuses after all leaves the row out, with the reason at it.

        The cards it would bring stay or go with it: nothing is left of a row that was not taken.
        """
        missing = [unknown for unknown in row.unknown if unknown.ref not in self._made]
        if not missing:
            return self._write(row, missing)
        step = self._session.begin_nested()
        outcome = self._write(row, missing)
        if outcome in (Outcome.NEW, Outcome.CHANGED):
            step.commit()
            self.created += len({unknown.ref for unknown in missing})
        else:
            step.rollback()
            for unknown in missing:
                self._made.pop(unknown.ref, None)
        return outcome

    def _write(self, row: PlannedRow, missing: Sequence[Unknown]) -> Outcome:
        try:
            for unknown in missing:
                if unknown.ref not in self._made:
                    self._made[unknown.ref] = save(self._session, unknown.register, unknown.values)
                    if unknown.apart:
                        tell_apart(self._session, self._made[unknown.ref], unknown.apart)
            values = self._resolved(self._said(row))
            lines = {key: tuple(self._resolved(line) for line in given) for key, given in row.lines.items()}
            id = self._made.get(row.id) if isinstance(row.id, Ref) else row.id
            if isinstance(row.id, Ref) and id is None:
                return Outcome.DOUBTFUL  # it adds to a row that was itself not accepted
            if id is not None and not values:
                return Outcome.SAME
            kept = save(self._session, self._register, values, id=id, lines=lines if id is None else None)
            if id is None and row.apart:
                tell_apart(self._session, kept, row.apart)
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
    parts += [f"заведено карточек {integer(counts.created)}"] if counts.created else []
    return f"Импорт «{what}» из «{preview.path.name}»: {', '.join(parts) or 'без изменений'}"
