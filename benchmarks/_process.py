"""Whole processes to be timed, with their byte code made, as it is made once of a program that is installed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping

_COMPILED = tempfile.TemporaryDirectory(prefix="bench-")


def environment(**more: str) -> Mapping[str, str]:
    """The environment of a process without a screen; the first one in it makes the byte code of all."""
    own = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return {**own, "QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": _COMPILED.name, **more}
