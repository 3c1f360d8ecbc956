"""Where the frozen program begins: what `python -m app` does."""

import ctypes
import multiprocessing
import os
import sys
from collections.abc import Mapping

from app.__main__ import main

WAYLAND = "libwayland-client.so.0"
NEEDED = "wl_proxy_marshal_flags"
"""Came with Wayland 1.20: without it Qt's window would fall over in the middle of its start."""


def wayland_is_too_old(environment: Mapping[str, str], library: str = WAYLAND, needed: str = NEEDED) -> bool:
    """In a Wayland session whose library is older than Qt's: an X window is asked for, any such session shows it."""
    if "QT_QPA_PLATFORM" in environment or not environment.get("DISPLAY"):
        return False
    if environment.get("XDG_SESSION_TYPE") != "wayland" and not environment.get("WAYLAND_DISPLAY"):
        return False
    try:
        return not hasattr(ctypes.CDLL(library), needed)
    except OSError:
        return True


if __name__ == "__main__":
    multiprocessing.freeze_support()
    if wayland_is_too_old(os.environ):
        os.environ["QT_QPA_PLATFORM"] = "xcb"
    sys.exit(main(sys.argv[1:]))
