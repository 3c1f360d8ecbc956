"""Remarks as a person of the region writes them: a line for a row of the return."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields

from sqlalchemy.orm import Session

from app.core.errors import AppError, InvalidRecord
from app.core.periods import Quarter
from app.returns.life import Remark
from app.returns.snapshot import NeedLine, QuarterReturn, Row, ServiceLine
from app.usecases.received import return_of, standing_return

_LINE = re.compile(r"(?P<row>\d{3}(?:\.\d+)?)\s*(?P<column>год|план|за год|с начала года)?\s*[:—–-]?\s*(?P<text>.*)")
_COLUMNS = {None: "quarter", "план": "plan"}


def remarks_in(session: Session, oktmo: str, quarter: Quarter, rows: str, text: str = "") -> tuple[Remark, ...]:
    """«211.3 Не сходится», «211.3 год Не сходится», «211.3 план …», a line each, as remarks at cells.

    InvalidRecord (`rows`) for a line without a row of this return or without words, and when nothing is said at all.
    """
    known = return_of(session, standing_return(session, oktmo, quarter).id).rows
    found = []
    for line in filter(None, (" ".join(one.split()) for one in rows.splitlines())):
        said = _LINE.fullmatch(line)
        if said is None:
            raise InvalidRecord({"rows": f"В строке «{line[:40]}» нет кода. Пишите так: 211.3 Не сходится с реестром."})
        if said["row"] not in known:
            raise InvalidRecord({"rows": f"Строки {said['row']} в отчёте нет. Проверьте код: например, 211.3."})
        if not said["text"].strip():
            raise InvalidRecord({"rows": f"К строке {said['row']} не сказано, что не так."})
        column = _COLUMNS.get(said["column"], "year")
        found.append(Remark(f"{said['row']}.{column}", said["text"].strip()))
    if not found and not text.strip():
        raise InvalidRecord({"text": "Напишите, что поправить: ко всему отчёту или по строкам."})
    return tuple(found)


def refuse_unknown_cells(ret: QuarterReturn, given: Iterable[Remark]) -> None:
    """AppError for a remark at a cell that this return does not have: no district could open it there."""
    known = set(cells_of(ret))
    for remark in given:
        if remark.cell not in known:
            raise AppError(
                f"Ячейки «{remark.cell}» в отчёте нет.",
                "Пишите код строки и графу: 211.3.quarter, 211.3.year, 211.3.plan, 211.3.note, — или --text.",
            )


def cells_of(ret: QuarterReturn) -> Iterator[str]:
    """Every cell that the district's window can go to, and each row and line as a whole."""
    for code in ret.rows:
        yield code
        yield from (f"{code}.{column.name}" for column in fields(Row) if column.name not in {"code", "year_upper"})
    yield from (f"1а.{code}" for code in ret.activities)
    lines: tuple[ServiceLine | NeedLine, ...] = (*ret.services, *ret.needs)
    for line in lines:
        yield from (line.key, f"{line.key}.plan")
        for period in ("quarter", "year"):
            yield from (f"{line.key}.{column.name}.{period}" for column in fields(getattr(line, period)))
