"""Answers spoilt at random by seed: what counts is what stands in the file that was kept, the rest is told in words.

`make test-long` spoils 10,000, each batch in a process whose memory is looked at; here a seeded part of them.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.scale import LONG

FILES, BATCHES = (250, 40) if LONG else (80, 1)
SECONDS, MEGABYTES = 5.0, 500.0
ROOT = Path(__file__).parents[2]


@pytest.mark.long
@pytest.mark.timeout(0 if LONG else 300)
@pytest.mark.parametrize("batch", range(BATCHES))
def test_no_spoilt_answer_counts_with_a_wrong_figure(batch: int) -> None:
    command = [sys.executable, "-m", "tests.region_down.spoiling_answers", str(batch), str(FILES)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    told: dict[str, Any] = json.loads(done.stdout)
    assert told["faults"] == []
    assert told["slowest"] < SECONDS
    assert told["peak"] < MEGABYTES
    assert {"accepted", "faults"} & told["results"].keys()
    assert sum(told["results"].values()) >= FILES * 0.9  # a letter that was spoilt may bear nothing any more
