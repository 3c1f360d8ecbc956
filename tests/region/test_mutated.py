"""Returns spoilt at random by seed: taken only with the figures that were approved, else set aside in words.

`make test-long` spoils 10,000; here a seeded part of them.
"""

from __future__ import annotations

import os
import random
import sqlite3
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app.core.clock import Clock
from app.region.results import TAKEN
from app.usecases.backup import check_database
from app.usecases.intake import take_in
from app.usecases.region_setup import create_region
from tests.hand.typing_over import packed, parts_of
from tests.region.region import Sent, letter, zipped

LONG = os.environ.get("KURATOR_LONG") == "1"
TRIES, BATCH = (10_000, 250) if LONG else (60, 60)
SECONDS = 5.0


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


@pytest.mark.long
@pytest.mark.timeout(0 if LONG else 300)
def test_no_spoilt_return_is_taken_with_a_wrong_figure(sent: Callable[..., Sent], tmp_path: Path) -> None:
    approved = sent().kept.sha256
    for batch in range(TRIES // BATCH):
        rng = random.Random(f"возвраты {batch}")
        path = tmp_path / f"{batch}.db"
        database = create_region(path, clock=Clock.fixed(date(2026, 10, 25)))
        for number in range(BATCH):
            name, content = spoilt(rng, sent().xlsx)
            file = tmp_path / name
            file.write_bytes(content)
            began = time.process_time()
            found = take_in(database, [file])
            assert time.process_time() - began < SECONDS, (batch, number)
            assert all(one.result in TAKEN or one.reason for one in found.files), (batch, number)
        assert check_database(database).sound
        database.close()
        with sqlite3.connect(path) as kept:
            hashes = {hash for (hash,) in kept.execute("SELECT data_sha256 FROM received_return")}
        kept.close()
        assert hashes <= {approved}
        path.unlink()
