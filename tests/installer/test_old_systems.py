"""What `make installer-linux-old` promises of old systems: the floor that is read from the files, an old Wayland."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

INSTALLER = Path(__file__).resolve().parents[2] / "installer"
SESSION = {"DISPLAY": ":0", "XDG_SESSION_TYPE": "wayland"}


def room(name: str) -> ModuleType:
    """A module of installer/, which is no package."""
    found = importlib.util.spec_from_file_location(name, INSTALLER / f"{name}.py")
    assert found is not None
    assert found.loader is not None
    made = importlib.util.module_from_spec(found)
    found.loader.exec_module(made)
    return made


def glibc(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(INSTALLER / "glibc.py"), str(folder), *more]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_floor_is_what_the_files_ask_for(tmp_path: Path) -> None:
    (tmp_path / "прочти.txt").write_text("GLIBC_9.9", encoding="utf-8")
    shutil.copy(str(shutil.which("env")), tmp_path / "программа")
    told = glibc(tmp_path)
    assert told.returncode == 0, told.stderr
    major, minor = told.stdout.strip().split(".")
    assert major == "2"
    assert glibc(tmp_path, "--floor", f"2.{minor}").returncode == 0
    refused = glibc(tmp_path, "--floor", f"2.{int(minor) - 1}")
    assert refused.returncode == 1
    assert f"программа (2.{minor})" in refused.stderr


@pytest.mark.parametrize(("environment", "library", "needed", "asked"), [
    (SESSION, "libc.so.6", "printf", False),  # a library that has what Qt calls
    (SESSION, "libc.so.6", "нет_такого", True),
    (SESSION, "libнет.so.0", "printf", True),
    ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, "libc.so.6", "нет_такого", True),
    ({"DISPLAY": ":0"}, "libc.so.6", "нет_такого", False),  # a session of X
    ({"WAYLAND_DISPLAY": "wayland-0"}, "libc.so.6", "нет_такого", False),  # nowhere to show an X window
    ({**SESSION, "QT_QPA_PLATFORM": "wayland"}, "libc.so.6", "нет_такого", False),  # she said it herself
])  # fmt: skip
def test_an_old_wayland_is_shown_an_x_window(
    environment: dict[str, str], library: str, needed: str, asked: bool
) -> None:
    assert room("entry").wayland_is_too_old(environment, library, needed) is asked
