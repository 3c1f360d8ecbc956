"""Eighteen returns taken in with all checks, beside openpyxl reading the same files.

What a committee would do by hand begins with opening eighteen workbooks; the program opens, proves and keeps them.
"""

from __future__ import annotations

import tempfile
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from app.core.clock import Clock
from app.reports.return_sheet import return_xlsx
from app.returns.codec import fingerprint, parsed_return
from app.returns.snapshot import Envelope, Signer
from app.usecases.intake import take_in
from app.usecases.region_setup import create_region
from benchmarks._region import LAST, TODAY, codes_of, data_of

NGOS, DISTRICTS, RUNS = 150, 18, 3
ENVELOPE = Envelope(
    sha256="", frozen_on=date(2026, 10, 5), frozen_by="Замер", journal_head="", registration_no="1",
    due_on=date(2026, 10, 15), head=Signer("Глава", "А. А. Образцова"), executor=Signer("Специалист", "Б. Б. Примеров"),
)  # fmt: skip


def run() -> dict[str, dict[str, Any]]:
    """Seconds of processor time, the best of three; each intake into an empty file."""
    with tempfile.TemporaryDirectory() as folder:
        incoming = Path(folder) / "пришло"
        incoming.mkdir()
        for place, oktmo in enumerate(codes_of(DISTRICTS)):
            data = data_of(LAST, place, oktmo, NGOS)
            sealed = replace(ENVELOPE, sha256=fingerprint(data))
            name = f"НКО-47-кв_{oktmo}_{LAST}_0.xlsx"
            (incoming / name).write_bytes(return_xlsx(parsed_return(data), sealed, data=data))
        ours, peer = [], []
        for number in range(RUNS):
            database = create_region(Path(folder) / f"{number}.db", clock=Clock.fixed(TODAY))
            began = time.process_time()
            found = take_in(database, [incoming])
            ours.append(time.process_time() - began)
            database.close()
            assert [one.result.value for one in found.files] == ["accepted"] * DISTRICTS
            began = time.process_time()
            for path in sorted(incoming.iterdir()):
                for sheet in load_workbook(path, read_only=True, data_only=True).worksheets:
                    for _row in sheet.iter_rows(values_only=True):
                        pass
            peer.append(time.process_time() - began)
    row = {
        "ours": min(ours), "peer": min(peer), "peer_name": "openpyxl: только прочесть те же файлы",
        "ratio": min(peer) / min(ours), "unit": "с ЦП", "n": DISTRICTS, "goal": 2,
    }  # fmt: skip
    return {"intake_18": row}
