"""Garbage collection paused while thousands of rows are read: none of them is garbage, and each pass looks at all."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused_collecting() -> Iterator[None]:
    """Within it nothing is collected; what was set before is set again."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
