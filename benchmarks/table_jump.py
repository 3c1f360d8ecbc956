"""A jump to a random place of a table of 1,000,000 NGOs: rows read and painted, beside LIMIT … OFFSET.

Ours is the table of the page: ids of the whole answer in an array, a page of rows read by them, painted.  The
peer reads the same columns of as many rows as are seen, in the same order, and paints nothing.
"""

from __future__ import annotations

import random
import sqlite3
import time
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from app.core.clock import Clock
from benchmarks._district import SEED, TODAY, plain_district_of

COUNT, JUMPS, SEEN = 1_000_000, 60, 20


def run() -> dict[str, dict[str, Any]]:
    """Milliseconds at the 95th of a hundred jumps."""
    path = plain_district_of(COUNT)
    places = random.Random(SEED).sample(range(COUNT), JUMPS)
    ours, peer = _ours(path, places), _offset(path, places)
    mine, theirs = (quantiles(times, n=20)[-1] for times in (ours, peer))
    return {
        "table_jump": {
            "ours": mine, "peer": theirs, "peer_name": "LIMIT … OFFSET, без рисования", "ratio": theirs / mine,
            "unit": "мс", "n": COUNT, "goal": 50, "median": median(ours), "peer_median": median(peer),
        }
    }  # fmt: skip


def _ours(path: Path, places: list[int]) -> list[float]:
    from app.bootstrap import make_application
    from app.models.database import Database
    from app.records import REGISTERS
    from app.ui.desk import Desk
    from app.ui.field_text import FieldText
    from app.ui.register_model import RegisterModel
    from app.ui.table_view import Table
    from app.usecases import registers

    app = make_application(["bench"])
    desk = Desk(Database.open(path, clock=Clock.fixed(TODAY), actor="Замер"))
    model, table = RegisterModel(desk, REGISTERS["ngo"], FieldText(desk)), Table()
    table.setModel(model)
    table.resize(740, SEEN * 32 + 32)
    table.show()
    model.show_ids(desk.read(registers.find, "ngo", order="called"))
    app.processEvents()
    taken = []
    for place in places:
        began = time.perf_counter()
        table.scrollTo(model.index(place, 0), Table.ScrollHint.PositionAtTop)
        table.viewport().repaint()
        taken.append((time.perf_counter() - began) * 1000)
        app.processEvents()
    table.close()
    desk.close()
    return taken


def _offset(path: Path, places: list[int]) -> list[float]:
    connection = sqlite3.connect(path)
    query = (
        "SELECT id, name, short_name, okopf, inn, settlement_id FROM ngo WHERE archived_on IS NULL"
        f" ORDER BY called, id LIMIT {SEEN} OFFSET ?"
    )
    taken = []
    for place in places:
        began = time.perf_counter()
        connection.execute(query, (place,)).fetchall()
        taken.append((time.perf_counter() - began) * 1000)
    connection.close()
    return taken
