"""Returns spoilt at random by seed and taken in, in a process of its own.

`python -m tests.region.spoiling FOLDER BATCH COUNT`

Prints JSON: `{slowest: seconds of processor time, peak: MB of the whole process, results: {result: count},
faults: [what went wrong]}`.  FOLDER holds approved.xlsx, hand.xlsx and hashes.json of the data they carry.
"""

from __future__ import annotations

import json
import random
import re
import sqlite3
import sys
import tempfile
import time
import zipfile
from collections import Counter
from contextlib import closing
from datetime import date
from decimal import Decimal, InvalidOperation
from io import BytesIO
from pathlib import Path
from typing import Any

from app.core.clock import Clock
from app.models.database import Database
from app.region.results import TAKEN
from app.returns.cell_names import cell_name
from app.returns.codec import parsed_return
from app.usecases.backup import check_database
from app.usecases.intake import Intake, take_in
from app.usecases.region_setup import create_region
from tests.hand.typing_over import packed, parts_of
from tests.region.region import letter, zipped

_LOOK = re.compile(rb' s="\d+"')  # of a cell: which style it wears

HAND_OF = 8  # one file of so many is a form filled by hand


def spoilt(rng: random.Random, xlsx: bytes) -> tuple[str, bytes]:
    """A return with bytes, parts or its wrapping changed."""
    content = bytearray(xlsx)
    match rng.randrange(6):
        case 0:
            for _ in range(rng.randint(1, 40)):
                content[rng.randrange(len(content))] = rng.randrange(256)
        case 1:
            del content[rng.randrange(len(content)) :]
        case 2 | 3:
            content = bytearray(packed(_parts_spoilt(rng, xlsx)))
        case 4:
            at = rng.randrange(len(content))
            content[at:at] = rng.randbytes(rng.randint(1, 500))
        case _:
            wrap = rng.choice((lambda c: zipped({"отчёт.xlsx": c}), lambda c: letter({"отчёт.xlsx": c})))
            wrapped = bytearray(wrap(bytes(content)))
            wrapped[rng.randrange(len(wrapped))] = rng.randrange(256)
            return rng.choice(("п.zip", "п.eml", "п.xlsx")), bytes(wrapped)
    return "отчёт.xlsx", bytes(content)


def _parts_spoilt(rng: random.Random, xlsx: bytes) -> dict[str, bytes]:
    parts = dict(parts_of(xlsx))
    name = rng.choice(sorted(parts))
    part = bytearray(parts[name])
    match rng.randrange(4):
        case 0:
            del parts[name]
            return parts
        case 1:
            digits = [at for at, byte in enumerate(part) if chr(byte).isdigit()]
            for at in rng.sample(digits, min(len(digits), rng.randint(1, 5))):
                part[at] = ord(str(rng.randrange(10)))
        case 2:
            start = rng.randrange(len(part))
            del part[start : start + rng.randint(1, 200)]
        case _:
            start = rng.randrange(len(part))
            part[start:start] = part[start : start + rng.randint(1, 2000)] * rng.randint(1, 50)
    parts[name] = bytes(part)
    return parts


class Run:
    """A batch of spoilt files given to one region, each with its time; what was taken is looked at afterwards."""

    def __init__(self, folder: Path, room: Path, batch: int) -> None:
        self.approved, self.hand = ((folder / name).read_bytes() for name in ("approved.xlsx", "hand.xlsx"))
        self.hashes = set(json.loads((folder / "hashes.json").read_text("utf-8")))
        self.room, self.rng = room, random.Random(f"возвраты {batch}")
        self.results: Counter[str] = Counter()
        self.faults: list[str] = []
        self.slowest = 0.0

    def take(self, database: Database, number: int) -> None:
        hand = number % HAND_OF == HAND_OF - 1
        name, content = spoilt(self.rng, self.hand if hand else self.approved)
        file = self.room / str(number) / name
        file.parent.mkdir()
        file.write_bytes(content)
        began = time.process_time()
        try:
            found: Intake = take_in(database, [file])
        except Exception as fault:
            self.faults.append(f"{number}: {type(fault).__name__} {fault}")
            return
        self.slowest = max(self.slowest, time.process_time() - began)
        self.results.update(one.result.value for one in found.files)
        for one in found.files:
            if one.result not in TAKEN and not one.reason:
                self.faults.append(f"{number}: {one.result} без причины")
        if not any(one.hand and one.result in TAKEN for one in found.files):
            file.unlink()

    def look(self, database: Database) -> None:
        """Whether what was taken in is whole, and is what the files say."""
        self.faults += check_database(database).faults
        path = database.path
        database.close()
        with closing(sqlite3.connect(path)) as kept:
            rows = kept.execute("SELECT hand, data, data_sha256, file FROM received_return").fetchall()
            known = {hash for (hash,) in kept.execute("SELECT sha256 FROM received_file")}
        for hand, data, sha256, file in rows:
            if not hand and sha256 not in self.hashes:
                self.faults.append(f"принят отчёт с хешем {sha256}, которого никто не утверждал")
            if hand:
                self.faults += _not_as_typed(data, file, self.room / "принято.xlsx")
        if len(known) > sum(self.results.values()):
            self.faults.append("отложено больше файлов, чем пришло")


def _not_as_typed(data: str, file: bytes, path: Path) -> list[str]:
    """Rows of a form taken in whose figure is not the one that another reader finds in its cell."""
    from openpyxl import load_workbook

    path.write_bytes(_plain(file))
    try:
        book = load_workbook(path, data_only=True)
    except Exception as fault:
        return [f"принята форма, которую не открыть: {type(fault).__name__} {fault}"]
    found = []
    for code, row in parsed_return(data).rows.items():
        for period, value in (("quarter", row.quarter), ("year", row.year)):
            name = book.defined_names.get(cell_name(f"{code}.{period}"))
            if name is None or value is None:
                continue
            sheet, _, ref = name.attr_text.rpartition("!")
            typed = _number(book[sheet.strip("'")][ref.replace("$", "")].value)
            if typed is not None and typed != value:
                found.append(f"{code}.{period}: принято {value}, в ячейке {typed}")
    return found


def _plain(file: bytes) -> bytes:
    """The workbook without its looks and its properties, over which the other reader stumbles; all cells stay."""
    if not zipfile.is_zipfile(BytesIO(file)):
        return file
    parts = {name: part for name, part in parts_of(file).items() if not name.startswith("docProps/")}
    for name in parts:
        if name.startswith("xl/worksheets/"):
            parts[name] = _LOOK.sub(b"", parts[name])
    return packed(parts)


def _number(value: Any) -> Decimal | None:
    try:
        return Decimal(str(value).replace("\u00a0", "").replace(" ", "").replace(",", ".")).quantize(Decimal("0.01"))
    except InvalidOperation:
        return None


def peak_of_process() -> float:
    """MB of memory that this process held at its largest.

    Where the kernel tells it of the process alone: getrusage tells of whoever started it too, if that was larger.
    """
    status = Path("/proc/self/status")
    if status.is_file():
        held = next(row for row in status.read_text(encoding="ascii").splitlines() if row.startswith("VmHWM"))
        return int(held.split()[1]) / 1024
    import resource

    scale = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale / 2**20


def main() -> None:
    folder, batch, count = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    with tempfile.TemporaryDirectory() as room:
        run = Run(folder, Path(room), batch)
        database = create_region(Path(room) / "область.db", clock=Clock.fixed(date(2026, 10, 25)))
        for number in range(count):
            run.take(database, number)
        peak = peak_of_process()  # of the intake alone: what follows opens files with another reader
        run.look(database)
    print(json.dumps({"slowest": run.slowest, "peak": peak, "results": run.results, "faults": run.faults}))


if __name__ == "__main__":
    main()
