"""The draft of a quarter with all its checks, beside reading the same lists by openpyxl.

A clerk who makes her return by hand opens the workbooks first; just reading the demo district's four lists
takes openpyxl longer than the program needs to read the records, count every row and run every check.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from app.core.periods import Quarter
from app.models.database import Database
from app.usecases.demo import build_demo
from app.usecases.quarter_returns import draft

RUNS = 5


def run() -> dict[str, dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        build_demo(Path(folder))
        lists = [path for path in Path(folder).glob("*.xlsx") if "47" not in path.name]
        ours, peer, records = [], [], 0
        database = Database.open(Path(folder) / "demo.db")
        try:
            for _ in range(RUNS):
                began = time.process_time()
                with database.read() as session:
                    made = draft(session, Quarter(2026, 3))
                ours.append(time.process_time() - began)
                records = len(made.records.ngos) + len(made.records.supports) + len(made.records.services)
                began = time.process_time()
                for path in lists:
                    for _row in load_workbook(path).active.iter_rows(values_only=True):
                        pass
                peer.append(time.process_time() - began)
        finally:
            database.close()
    row = {
        "ours": min(ours),
        "peer": min(peer),
        "peer_name": "openpyxl: прочесть те же списки",
        "ratio": min(peer) / min(ours),
        "unit": "с",
        "n": records,
    }
    return {"draft_with_checks": row}
