"""How long a run is: a seeded tenth in `make test`, the whole of it in `make test-long`."""

from __future__ import annotations

import os

LONG = os.environ.get("KURATOR_LONG") == "1"


def long_or_tenth(whole: int) -> int:
    """The number of cases to run: all with KURATOR_LONG=1, else every tenth, never none."""
    return whole if LONG else max(1, whole // 10)
