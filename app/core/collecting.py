"""Garbage collection: paused while thousands of rows are read, and spared what stays as long as the program runs.

None of either is garbage, and each pass looks at all.
"""

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


def spare_what_is_here() -> None:
    """What is in memory by now, modules and widgets of the first page above all, is looked at by no later pass.

    Over some 150,000 objects a pass takes 90 ms in the middle of somebody's work.  Once, when the window stands.
    """
    gc.freeze()
