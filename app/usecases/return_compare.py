"""Two approved returns side by side: what changed, in the words of the form."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.core.errors import AppError
from app.core.periods import Quarter
from app.reports.cell_words import cell_words
from app.reports.return_annexes import titles_of
from app.returns.difference import Change, differences
from app.returns.form import FORMS, RowKind, RowSpec
from app.returns.snapshot import QuarterReturn
from app.usecases.quarter_returns import kept

_VERSION = re.compile(r"(?P<quarter>[^:]+)(?::(?P<correction>\d+))?")


@dataclass(frozen=True, slots=True)
class Version:
    """A return by its quarter; correction None is the latest approved version."""

    quarter: Quarter
    correction: int | None = None

    @classmethod
    def parse(cls, code: str) -> Version:
        """`2026-Q2` or `2026-Q2:1`.  AppError if it is neither."""
        found = _VERSION.fullmatch(code.strip())
        try:
            if found is None:
                raise ValueError(code)
            correction = found["correction"]
            return cls(Quarter.parse(found["quarter"]), None if correction is None else int(correction))
        except ValueError:
            raise AppError(f"Отчёт «{code}» не понят.", "Пишите его как 2026-Q2 или 2026-Q2:1.") from None


@dataclass(frozen=True, slots=True)
class Difference:
    """A change with its cell as the form prints it («211.3, графа 5») and what the row counts."""

    cell: str
    title: str
    change: Change


@dataclass(frozen=True, slots=True)
class Compared:
    """before and after: «II квартал 2026 г., уточнённый 1»."""

    before: str
    after: str
    changes: tuple[Difference, ...]


def compare(session: Session, before: Version, after: Version) -> Compared:
    """What differs between two approved returns.  AppError when one of them is not there."""
    return compared(_return(session, before), _return(session, after))


def compared(before: QuarterReturn, after: QuarterReturn) -> Compared:
    """The same for returns at hand, such as a draft beside the version before it.

    A state on the last day stands in columns 5 and 6 alike: it is told once.
    """
    titles = titles_of(before) | titles_of(after) | {line.code: line.code for line in after.services}
    form = FORMS[after.head.form_version]
    specs = {spec.measure: spec for spec in form.rows}
    found = []
    for change in differences(before, after):
        measure, _, period = change.cell.rpartition(".")
        spec = specs.get(measure)
        if spec is None or spec.kind is not RowKind.STOCK or period != "year":
            found.append(Difference(cell_words(change.cell, form, titles), _title(spec, measure, after), change))
    return Compared(title(before), title(after), tuple(found))


def _title(spec: RowSpec | None, measure: str, ret: QuarterReturn) -> str:
    if spec is not None:
        return spec.title
    if measure == "1а" or measure.startswith("1а."):
        return ret.activity_titles.get(measure.partition(".")[2], "")
    return next((line.title for line in ret.services if measure.startswith(f"{line.key}.")), "")


def title(ret: QuarterReturn) -> str:
    """«III квартал 2026 г., первичный»."""
    kind = f"уточнённый\u00a0{ret.head.correction}" if ret.head.correction else "первичный"
    return f"{ret.head.quarter.title}, {kind}"


def _return(session: Session, version: Version) -> QuarterReturn:
    found = kept(session, version.quarter, version.correction)
    if found is None:
        which = f", уточнённый №\u00a0{version.correction}," if version.correction else ""
        raise AppError(f"Отчёт за {version.quarter.title}{which} не утверждён.", "Сравниваются утверждённые отчёты.")
    return found.ret
