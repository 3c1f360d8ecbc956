"""Remarks as a person of the region writes them: a line for a row of the return."""

from __future__ import annotations

import re

from sqlalchemy.orm import Session

from app.core.errors import InvalidRecord
from app.core.periods import Quarter
from app.returns.life import Remark
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
