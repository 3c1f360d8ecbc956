"""What is killed beside edits and loads: a freezing with its papers, and an import of a list."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from app.core.periods import Quarter, quarters
from app.models.database import Database
from app.usecases import quarter_returns as returns
from app.usecases.importing import preview, write
from app.usecases.registers import find
from tests.db.killing import Scenario

FIRST = Quarter(2024, 1)
ROWS = 40


def _freeze(database: Database) -> Iterator[str]:
    """Quarter after quarter is frozen, then corrected again and again."""
    while True:
        with database.read() as session:
            done = returns.frozen_quarters(session)
        quarter = done[-1].next if done else FIRST
        reason = ""
        if quarter.last_day >= database.clock.today():
            quarter, reason = FIRST, "Ещё одно уточнение"
        with database.write("return", f"Утверждён отчёт: {quarter}") as session:
            kept = returns.freeze(session, quarter, reason=reason)
        yield f"{quarter}:{kept.correction}"


def _freeze_faults(database: Database, words: Sequence[str]) -> list[str]:
    faults = []
    with database.read() as session:
        for word in words:
            code, _, correction = word.partition(":")
            if returns.kept(session, Quarter.parse(code), int(correction)) is None:
                faults.append(f"lost: {word}")
        done = returns.frozen_quarters(session)
        for quarter in quarters(FIRST, done[-1]):
            kept = returns.kept(session, quarter)
            if kept is None or not kept.pdf.startswith(b"%PDF") or not kept.xlsx.startswith(b"PK"):
                faults.append(f"not whole: {quarter}")
    return faults


def _import(database: Database) -> Iterator[str]:
    """List after list is taken in."""
    number = 0
    while True:
        number += 1
        name = f"{os.getpid()}и{number}"
        file = database.path.with_name(f"{name}.csv.part")
        names = "".join(f"Объединение «{name}к{row}»;01.02.2024\n" for row in range(ROWS))
        file = file.with_name(f"список.part-{name}.csv")
        file.write_text("Полное наименование;Дата включения\n" + names, encoding="utf-8")
        with database.write("import", f"Импорт {name}") as session:
            counts = write(session, preview(session, "ngo", file), accept_doubtful="all")
        file.unlink()
        if counts.new + counts.doubtful == ROWS:
            yield name


def _import_faults(database: Database, words: Sequence[str]) -> list[str]:
    with database.read() as session:
        faults = [f"lost: {word}" for word in words if len(find(session, "ngo", search=word)) != ROWS]
        if len(find(session, "ngo")) % ROWS:
            faults.append("half a list")
    return faults


FREEZES = Scenario(_freeze, _freeze_faults)
IMPORTS = Scenario(_import, _import_faults)
