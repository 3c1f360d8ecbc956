"""Answers to a question spoilt at random by seed and taken in, in a process of its own.

`python -m tests.region_down.spoiling_answers BATCH COUNT`

Prints the JSON that `tests.region.spoiling` prints.  Nothing seals an answer, so that what counts is held against
what another reader finds in the file that was kept: whose it is, and every cell.
"""

from __future__ import annotations

import json
import random
import re
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from app.core.clock import Clock
from app.core.text import fold
from app.models.database import Database
from app.returns.question import column_of
from app.usecases import region_questions as asking
from app.usecases.backup import check_database
from app.usecases.intake import take_in
from app.usecases.region_setup import create_region
from tests.hand.typing_over import parts_of
from tests.region.spoiling import peak_of_process, spoilt
from tests.region_down.tables import typed

COLUMNS = ("Помещение*", "Чьё:муниципальное|частное", "Мест:number", "Содержание за год:money", "Доступно с:date")
KINDS = ("муниципальное", "частное")
HEAD, ROWS, VARIANTS = 5, 12, 6


class Run:
    """A batch of spoilt tables given to one region that asked; what counts is looked at afterwards."""

    def __init__(self, room: Path, batch: int) -> None:
        self.room, self.rng = room, random.Random(f"ответы {batch}")
        self.results: Counter[str] = Counter()
        self.faults: list[str] = []
        self.slowest = 0.0
        self.database: Database = create_region(room / "область.db", clock=Clock.fixed(date(2026, 10, 25)))
        with self.database.write(asking.KIND, "Вопрос") as session:
            columns = [column_of(one) for one in COLUMNS]
            number = asking.ask(session, "Залы для НКО", columns, date(2026, 11, 20)).number
            blanks = asking.blanks(session, number)
        self.tables = [self._filled(content) for _, content in self.rng.sample(blanks, VARIANTS)]

    def _filled(self, blank: bytes) -> bytes:
        cells: dict[str, Any] = {}
        for row in range(HEAD + 1, HEAD + 1 + self.rng.randint(1, ROWS)):
            cells |= {
                f"A{row}": f"Зал № {self.rng.randrange(1000)}", f"B{row}": self.rng.choice(KINDS),
                f"C{row}": self.rng.randrange(1000), f"D{row}": self.rng.randrange(10**8) / 100,
                f"E{row}": date(2026, self.rng.randint(1, 12), self.rng.randint(1, 28)),
            }  # fmt: skip
        return typed(blank, "Вопрос", cells)

    def take(self, number: int) -> None:
        name, content = spoilt(self.rng, self.rng.choice(self.tables))
        file = self.room / str(number) / name
        file.parent.mkdir()
        file.write_bytes(content)
        began = time.process_time()
        try:
            found = take_in(self.database, [file])
        except Exception as fault:
            self.faults.append(f"{number}: {type(fault).__name__} {fault}")
            return
        self.slowest = max(self.slowest, time.process_time() - began)
        self.results.update(one.result.value for one in (*found.answers, *found.files))
        for one in (*found.answers, *found.files):
            if one.is_set_aside and not one.reason:
                self.faults.append(f"{number}: {one.result} без причины")
        file.unlink()

    def look(self) -> None:
        """Whether what counts is whole, and is what the files say."""
        self.faults += check_database(self.database).faults
        self.database.close()
        with closing(sqlite3.connect(self.database.path)) as kept:
            rows = kept.execute("SELECT id, oktmo, data, faults, file FROM question_answer").fetchall()
            returns = kept.execute("SELECT count(*) FROM received_return").fetchone()[0]
        if returns:
            self.faults.append(f"принято отчётов: {returns}")
        for id, oktmo, data, faults, file in rows:
            if faults == "[]":
                self.faults += [f"ответ {id}: {why}" for why in _not_as_typed(oktmo, json.loads(data), file)]


def _not_as_typed(oktmo: str, rows: list[list[Any]], file: bytes) -> list[str]:
    """What the cells of the file say otherwise, read by their XML alone, as no reader of workbooks does."""
    try:
        parts = parts_of(file)
        marks = [value for row in _cells(parts, "xl/worksheets/sheet3.xml").values() for value in row.values()]
        sheet = _cells(parts, "xl/worksheets/sheet1.xml")
    except Exception as fault:
        return [f"принята таблица, которую не открыть: {type(fault).__name__} {fault}"]
    found = [] if oktmo in marks else [f"принят от {oktmo}, в файле {marks}"]
    seen_rows = [[row.get(letter, "") for letter in "ABCDE"] for number, row in sorted(sheet.items()) if number > HEAD]
    filled = [row for row in seen_rows if any(value.strip() for value in row)]
    if len(filled) != len(rows):
        return [*found, f"принято строк {len(rows)}, в файле {len(filled)}"]
    for held, seen in zip(rows, filled, strict=True):
        found += [f"принято «{a}», в ячейке «{b}»" for a, b in zip(held, seen, strict=True) if not _alike(a, b)]
    return found


def _cells(parts: Mapping[str, bytes], part: str) -> dict[int, dict[str, str]]:
    """Number of a row -> letter of a column -> the text of its cell."""
    strings = parts.get("xl/sharedStrings.xml", b"<sst/>")
    shared = ["".join(item.itertext()) for item in ElementTree.fromstring(strings)]
    found: dict[int, dict[str, str]] = {}
    for cell in ElementTree.fromstring(parts[part]).iter():
        if cell.tag.rpartition("}")[2] == "c":
            place = re.fullmatch(r"([A-Z]+)(\d+)", cell.get("r", ""))
            text = "".join("".join(part.itertext()) for part in cell if part.tag.rpartition("}")[2] in ("v", "is"))
            if place is None and not text:
                continue
            assert place is not None, "a cell with something in it and no place"
            told = shared[int(text)] if cell.get("t") == "s" else text
            row = found.setdefault(int(place[2]), {})
            row[place[1]] = told or row.get(place[1], "")  # an empty cell under the name of another one says nothing
    return found


def _alike(held: Any, seen: str) -> bool:
    if held is None:
        return not seen.strip()
    one, other = _number(held), _number(seen)
    if one is not None and other is not None:
        return one == other
    if other is not None and re.fullmatch(r"\d{4}-\d\d-\d\d", str(held)):  # a day is the number of days since 1900
        return date(1899, 12, 30) + timedelta(int(other)) == date.fromisoformat(held)
    return fold(str(held)) == fold(seen)


def _number(value: Any) -> Decimal | None:
    try:
        told = Decimal(str(value).replace("\u00a0", "").replace(" ", "").replace(",", "."))
        return told.quantize(Decimal("0.01"))
    except InvalidOperation:
        return None


def main() -> None:
    batch, count = int(sys.argv[1]), int(sys.argv[2])
    with tempfile.TemporaryDirectory() as room:
        run = Run(Path(room), batch)
        for number in range(count):
            run.take(number)
        peak = peak_of_process()
        run.look()
    print(json.dumps({"slowest": run.slowest, "peak": peak, "results": run.results, "faults": run.faults}))


if __name__ == "__main__":
    main()
