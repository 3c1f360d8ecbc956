"""Where the frozen program begins: what `python -m app` does."""

import ctypes
import multiprocessing
import os
import sys
from collections.abc import Mapping

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


def exchange(one: str, other: str) -> bool:
    """Two folders take each other's name in one step, which nothing cuts in two; not every disk can that."""
    here, swap = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    try:
        rename = ctypes.CDLL(None).renameat2  # glibc 2.28
    except AttributeError:
        return False
    return int(rename(here, os.fsencode(one), here, os.fsencode(other), swap)) == 0


if __name__ == "__main__":
    multiprocessing.freeze_support()
    if sys.argv[1:2] == ["--exchange"] and len(sys.argv) == 4:
        done = exchange(sys.argv[2], sys.argv[3])
        print("exchanged" if done else "")
        sys.exit(not done)
    from app.__main__ import main

    if wayland_is_too_old(os.environ):
        os.environ["QT_QPA_PLATFORM"] = "xcb"
    sys.exit(main(sys.argv[1:]))
