"""Nothing is sent anywhere, ever: a day's work without a network, and no call out is even tried."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def alone() -> list[str]:
    """What puts a command into a network namespace of its own, where the system lets us."""
    wanted = ["unshare", "--map-root-user", "--net"]
    if shutil.which(wanted[0]) is None:
        return []
    return wanted if subprocess.run([*wanted, "true"], capture_output=True, check=False).returncode == 0 else []


def watched(folder: Path, *what: str) -> tuple[dict[str, Any], bool]:
    """What the day told, and whether the kernel's counters were of it alone."""
    prefix = alone()
    subprocess.run([*prefix, sys.executable, "-m", "tests.outside.quiet_day", str(folder), *what], cwd=ROOT,
                   env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True, timeout=120)  # fmt: skip
    told: dict[str, Any] = json.loads((folder / "told.json").read_text(encoding="utf-8"))
    return told, bool(prefix)


def test_a_days_work_tries_no_call_out(tmp_path: Path) -> None:
    told, counted = watched(tmp_path)
    assert told["codes"] == [0, 1, 0, 0], "the work was done: a list with a doubtful line, a draft with findings"
    assert told["attempts"] == []
    assert not counted or told["packets"] == 0


def test_a_call_out_would_be_noticed(tmp_path: Path) -> None:
    told, counted = watched(tmp_path, "call")
    assert "socket.connect" in told["attempts"]
    assert not counted or told["packets"] > 0
