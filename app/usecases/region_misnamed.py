"""Which of the files that came bears a name that speaks of another return: the fact is told beside the file itself.

The fact is a row of its own at the place that the name speaks of (`intake_names`); its hash is of the bytes of the
file and of that place, so that the file is found by it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.periods import Quarter
from app.models import ReceivedFile, ReceivedReturn
from app.usecases.intake_names import MISNAMED, misnamed_sign


@dataclass(frozen=True)
class Fact:
    """oktmo, quarter: of what the name speaks; text: what the file holds instead."""

    oktmo: str
    quarter: Quarter | None
    text: str


@dataclass
class Misnames:
    """by_row: of rows of returns and of files; joined: numbers of the rows of facts whose file is among those."""

    by_row: dict[tuple[type, int], Fact] = field(default_factory=dict)
    joined: set[int] = field(default_factory=set)

    def text(self, table: type, id: int) -> str:
        fact = self.by_row.get((table, id))
        return fact.text if fact is not None else ""

    def rows(self, table: type, codes: Collection[str] = (), quarter: Quarter | None = None) -> list[int]:
        """Numbers of the rows of a table whose names speak of one of these codes and of this quarter."""
        return sorted(
            id for (of, id), fact in self.by_row.items()
            if of is table and (not codes or fact.oktmo in codes) and quarter in (None, fact.quarter)
        )  # fmt: skip


def misnames(session: Session) -> Misnames:
    """All that are known: they are few."""
    found, f = Misnames(), ReceivedFile
    facts = session.execute(
        select(f.id, f.file_name, f.sha256, f.oktmo, f.quarter, f.reason).where(f.result == MISNAMED)
    ).all()
    if not facts:
        return found
    called: dict[str, list[Any]] = defaultdict(list)
    for fact in facts:
        called[fact.file_name].append(fact)
    for table in (ReceivedReturn, ReceivedFile):
        rows: Any = table
        query = select(rows.id, rows.file_name, rows.sha256).where(rows.file_name.in_(list(called)))
        for row in session.execute(query.where(rows.result != MISNAMED)):
            for fact in called[row.file_name]:
                if misnamed_sign(row.sha256, fact.oktmo, fact.quarter) == fact.sha256:
                    found.by_row[table, row.id] = Fact(fact.oktmo, fact.quarter, fact.reason)
                    found.joined.add(fact.id)
    return found
