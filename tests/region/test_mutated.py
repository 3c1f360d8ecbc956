"""Returns spoilt at random by seed: taken only with the figures that were approved or typed, else set aside in words.

`make test-long` spoils 10,000, each batch in a process whose memory is looked at; here a seeded part of them.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.region.region import Sent
from tests.scale import LONG

FILES, BATCHES = (250, 40) if LONG else (56, 1)
SECONDS, MEGABYTES = 5.0, 500.0
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def given(
    sent: Callable[..., Sent], by_hand: Callable[..., bytes], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A folder with a return as it was approved, a form filled by hand, and the hash of what was approved."""
    folder = tmp_path_factory.mktemp("испорченные")
    (folder / "approved.xlsx").write_bytes(sent().xlsx)
    (folder / "hand.xlsx").write_bytes(by_hand("41606000"))
    (folder / "hashes.json").write_text(json.dumps([sent().kept.sha256]), "utf-8")
    return folder


@pytest.mark.long
@pytest.mark.timeout(0 if LONG else 300)
@pytest.mark.parametrize("batch", range(BATCHES))
def test_no_spoilt_return_is_taken_with_a_wrong_figure(given: Path, batch: int) -> None:
    command = [sys.executable, "-m", "tests.region.spoiling", str(given), str(batch), str(FILES)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    told: dict[str, Any] = json.loads(done.stdout)
    assert told["faults"] == []
    assert told["slowest"] < SECONDS
    assert told["peak"] < MEGABYTES
    assert sum(told["results"].values()) >= FILES * 0.9  # a letter that was spoilt may bear nothing any more
