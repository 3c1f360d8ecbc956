"""How a fault is planted into a sound district: into its records, or into the return built from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

from app.core.periods import Quarter
from app.returns.build import build, rebuild
from app.returns.checks import Finding, Report, Severity, run_checks
from app.returns.records import Records
from app.returns.snapshot import Built, QuarterReturn

T = TypeVar("T")


@dataclass(frozen=True)
class Sound:
    """A district in which no check raises an error, at the end of `quarter`, before it is approved."""

    records: Records
    quarter: Quarter

    @cached_property
    def built(self) -> Built:
        return build(self.records, self.quarter)

    @cached_property
    def report(self) -> Report:
        return run_checks(self.built, self.records, rebuilt=self.rebuilt)

    @cached_property
    def rebuilt(self) -> dict[Quarter, QuarterReturn]:
        return rebuilt(self.records, self.quarter)


def rebuilt(records: Records, quarter: Quarter) -> dict[Quarter, QuarterReturn]:
    """Frozen quarters of this year and the last one before, built anew."""
    return {q: rebuild(records, q).ret for q in records.frozen if q < quarter and q.year >= quarter.year - 1}


PlantRecords = Callable[[Records, Quarter], Records]
PlantReturn = Callable[[QuarterReturn, Quarter], QuarterReturn]


@dataclass(frozen=True)
class Plant:
    """One kind of fault.  code: the check that must tell it, severity: how gravely."""

    code: str
    severity: Severity
    what: str
    into_records: PlantRecords | None = None
    into_return: PlantReturn | None = None

    @property
    def id(self) -> str:
        """How pytest names it: the check and the function that plants it."""
        body = self.into_records or self.into_return
        assert body is not None
        return f"{self.code}-{body.__name__}"

    def findings(self, sound: Sound) -> list[Finding]:
        """What the checks tell of the planted district and did not tell of the sound one."""
        if self.into_records is not None:
            records = self.into_records(sound.records, sound.quarter)
            assert records != sound.records, "the plant changed nothing"
            built = build(records, sound.quarter)
            # Six quarters built anew are dear: only the check that reads them is given them.
            anew = rebuilt(records, sound.quarter) if self.code == "40" else None
            report = run_checks(built, records, rebuilt=anew)
        else:
            assert self.into_return is not None
            ret = self.into_return(sound.built.ret, sound.quarter)
            assert ret != sound.built.ret, "the plant changed nothing"
            built = Built(ret, sound.built.sources)
            report = run_checks(built, sound.records, rebuilt=sound.rebuilt)
        known = {(f.check, f.cell, f.text) for f in sound.report.findings}
        return [f for f in report.findings if (f.check, f.cell, f.text) not in known]


PLANTS: list[Plant] = []


def in_records(code: str, what: str, *, warning: bool = False) -> Callable[[PlantRecords], PlantRecords]:
    """Enter a fault of records among the plants."""
    severity = Severity.WARNING if warning else Severity.ERROR

    def enter(body: PlantRecords) -> PlantRecords:
        PLANTS.append(Plant(code, severity, what, into_records=body))
        return body

    return enter


def in_return(code: str, what: str, *, warning: bool = False) -> Callable[[PlantReturn], PlantReturn]:
    """Enter a fault of figures among the plants."""
    severity = Severity.WARNING if warning else Severity.ERROR

    def enter(body: PlantReturn) -> PlantReturn:
        PLANTS.append(Plant(code, severity, what, into_return=body))
        return body

    return enter


def one(rows: Iterable[T], fits: Callable[[T], bool] = lambda _: True) -> T:
    """The first row that fits; a district without one would make the plant idle."""
    for row in rows:
        if fits(row):
            return row
    raise LookupError("the sound district has no record to spoil")


def put(records: Records, register: str, changed: Any) -> Records:
    """The records with one row in the place of that of the same id, or beside them if there is none."""
    rows = getattr(records, register)
    kept = tuple(changed if row.id == changed.id else row for row in rows)
    if changed.id not in {row.id for row in rows}:
        kept = (*rows, changed)
    return replace(records, **{register: kept})


def with_row(ret: QuarterReturn, code: str, **figures: Any) -> QuarterReturn:
    """The return with some columns of a coded row in another way."""
    return replace(ret, rows={**ret.rows, code: replace(ret.rows[code], **figures)})


def with_line(ret: QuarterReturn, table: str, line: Any, **figures: Any) -> QuarterReturn:
    """The return with columns 5 of a line of table 3 (`services`) or 4 (`needs`) in another way."""
    changed = replace(line, quarter=replace(line.quarter, **figures))
    lines = tuple(changed if one is line else one for one in getattr(ret, table))
    return replace(ret, **{table: lines})
