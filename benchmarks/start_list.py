"""From the start of the process to 1,000 NGOs on the screen, beside LibreOffice Calc with the same list.

Both are whole processes.  Calc without a screen opens the sheet and has to do something with it to be done: it
writes it as CSV, which takes it little.  Where there is no LibreOffice the row says so.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from app.core.clock import Clock
from app.models.database import Database
from app.usecases import exporting, registers
from benchmarks._district import TODAY, district_of
from benchmarks._process import environment

COUNT, RUNS = 1_000, 5

OURS = """
import sys
from datetime import date
from pathlib import Path
from app.bootstrap import Program, make_application
from app.core.clock import Clock
app = make_application(sys.argv[:1])
program = Program(Path(sys.argv[1]), Clock.fixed(date(2026, 10, 5)))
program.window.show()
app.processEvents()
program.start()
page = program.window.open("ngo")
app.processEvents()
page.table.viewport().repaint()
assert page.model.rowCount() == int(sys.argv[2])
sys.stdout.write("shown")
sys.stdout.flush()
import os
os._exit(0)
"""


def run() -> dict[str, dict[str, Any]]:
    """Seconds, the median of some runs."""
    path = district_of(COUNT)
    with tempfile.TemporaryDirectory() as folder:
        _ours(path)
        ours = median(_ours(path) for _ in range(RUNS))
        peer, name = _peer(path, Path(folder))
    ratio = peer / ours if peer else 0.0
    return {"start_list": {"ours": ours, "peer": peer, "peer_name": name, "ratio": ratio, "unit": "с", "n": COUNT}}


def _ours(path: Path) -> float:
    with tempfile.TemporaryDirectory() as home:
        began = time.perf_counter()
        subprocess.run(
            [sys.executable, "-c", OURS, str(path), str(COUNT)], check=True, timeout=60,
            env=environment(XDG_CONFIG_HOME=home), stdout=subprocess.DEVNULL,
        )  # fmt: skip
        taken = time.perf_counter() - began
    path.with_name(path.name + ".lock").unlink(missing_ok=True)  # it is left at once, without closing
    return taken


def _peer(path: Path, folder: Path) -> tuple[float, str]:
    calc = shutil.which("soffice") or shutil.which("libreoffice")
    if calc is None:
        return 0.0, "LibreOffice здесь нет: сравнить не с чем"
    sheet = folder / "Список.xlsx"
    with Database.open(path, clock=Clock.fixed(TODAY), actor="Замер") as database, database.read() as session:
        sheet.write_bytes(exporting.register_xlsx(session, "ngo", registers.find(session, "ngo")))

    def once() -> float:
        began = time.perf_counter()
        subprocess.run(
            [calc, "--headless", "--norestore", f"-env:UserInstallation={(folder / 'own').as_uri()}",
             "--convert-to", "csv", "--outdir", str(folder), str(sheet)],
            check=True, timeout=180, capture_output=True,
        )  # fmt: skip
        return time.perf_counter() - began

    once()  # the first run makes its profile
    return median(once() for _ in range(RUNS)), "LibreOffice Calc: открыть тот же список"
