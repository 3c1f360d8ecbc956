"""From the start of the process to the first painted window, beside a bare Qt window.

Both are whole processes; the bare one shows an empty QWidget.  The database is opened after the first
paint, so a curator sees the program about as soon as Qt itself can show anything.
"""

from __future__ import annotations

import subprocess
import sys
import time
from statistics import median
from typing import Any

from benchmarks._process import environment

RUNS = 7

BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication(sys.argv)
window = QWidget(); window.resize(1366, 696); window.show()
QTimer.singleShot(0, app.quit)
app.exec()
"""

OURS = """
import sys
from PySide6.QtCore import QTimer
from app.bootstrap import make_application
from app.ui.main_window import MainWindow
app = make_application(sys.argv)
window = MainWindow(); window.resize(1366, 696); window.show()
QTimer.singleShot(0, app.quit)
app.exec()
"""


def _seconds(program: str) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", program], check=True, env=environment(), timeout=60)
    return time.perf_counter() - began


def run() -> dict[str, dict[str, Any]]:
    """Medians of whole processes, taken by turns."""
    _seconds(OURS)
    pairs = [(_seconds(OURS), _seconds(BARE)) for _ in range(RUNS)]
    ours, peer = median(a for a, _ in pairs), median(b for _, b in pairs)
    row = {"ours": ours, "peer": peer, "peer_name": "пустое окно Qt", "ratio": peer / ours, "unit": "с", "n": RUNS}
    over = {"ours": ours / peer, "peer": 1.0, "unit": "раз", "goal": 2.2}
    return {"cold_start": row, "cold_start_over_bare_qt": row | over}
