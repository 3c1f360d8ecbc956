"""Two approved returns side by side: what changed, in the words of the form."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from app.core.errors import AppError, Deed
from app.core.periods import Quarter
from app.reports.cell_words import cell_words
from app.reports.return_annexes import titles_of
from app.returns.difference import Change, differences
from app.returns.form import FORMS, RowKind, RowSpec
from app.returns.snapshot import QuarterReturn
from app.usecases.quarter_returns import draft, kept

_VERSION = re.compile(r"(?P<quarter>[^:]+)(?::(?:(?P<correction>\d+)|(?P<draft>draft)))?")


@dataclass(frozen=True, slots=True)
class Version:
    """A return by its quarter; correction None is the latest approved version.

    draft: not an approved one, but what the records give now.
    """

    quarter: Quarter
    correction: int | None = None
    draft: bool = False

    @classmethod
    def parse(cls, code: str) -> Version:
        """`2026-Q2`, `2026-Q2:1` or `2026-Q2:draft`.  AppError if it is none of them."""
        found = _VERSION.fullmatch(code.strip())
        try:
            if found is None:
                raise ValueError(code)
            correction = found["correction"]
            number = None if correction is None else int(correction)
            return cls(Quarter.parse(found["quarter"]), number, found["draft"] is not None)
        except ValueError:
            raise AppError(f"Отчёт «{code}» не понят.", "Пишите: 2026-Q2, 2026-Q2:1 или 2026-Q2:draft.") from None


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
    """What differs between two returns.  AppError when one of them is not there."""
    first, second = _return(session, before), _return(session, after)
    found = compared(first, second)
    return replace(
        found,
        before=_draft_title(first) if before.draft else found.before,
        after=_draft_title(second) if after.draft else found.after,
    )


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


def _draft_title(ret: QuarterReturn) -> str:
    return f"{ret.head.quarter.title}, черновик" + (" уточнённого" if ret.head.correction else "")


def _return(session: Session, version: Version) -> QuarterReturn:
    if version.draft:
        return draft(session, version.quarter).ret
    found = kept(session, version.quarter, version.correction)
    if found is None:
        which = f", уточнённый №\u00a0{version.correction}," if version.correction else ""
        told = f"Отчёт за {version.quarter.title}{which} не утверждён."
        raise AppError(told, "Сравниваются утверждённые отчёты.", Deed.RETURNS)
    return found.ret
