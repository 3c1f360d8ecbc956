"""What every test stands on: Qt without a screen, no network, no touch of the person's own folders."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

# Before anything imports Qt: a screen, if there is one, must not change what a test sees.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
for name in ("QT_SCALE_FACTOR", "QT_SCREEN_SCALE_FACTORS", "QT_STYLE_OVERRIDE", "QT_QPA_PLATFORMTHEME"):
    os.environ.pop(name, None)

import pytest
from hypothesis import HealthCheck, settings

from tests.outside.desktop import Desktop, missing
from tests.scale import LONG, long_or_tenth

ROOT = Path(__file__).resolve().parent.parent

_SLOW_DISK = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile(
    "ci", derandomize=True, deadline=None, max_examples=25, database=None, suppress_health_check=_SLOW_DISK
)
settings.register_profile(
    "long", derandomize=True, deadline=None, max_examples=250, database=None, suppress_health_check=_SLOW_DISK
)
settings.load_profile("long" if LONG else "ci")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program works without a network, and so do its tests: any call out fails the test."""
    connect = socket.socket.connect

    def refuse(*_: Any, **__: Any) -> Any:
        raise AssertionError("A test reached for the network.")

    def connect_locally(self: socket.socket, address: Any) -> None:
        if self.family != getattr(socket, "AF_UNIX", None):
            refuse()
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect_locally)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture(autouse=True)
def own_folders(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of its own for each test: settings, logs and the database by default lie in it.

    Returns the folder; subprocesses of the test inherit it too.
    """
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for variable, folder in (
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_DATA_HOME", "data"),
        ("XDG_STATE_HOME", "state"),
        ("XDG_CACHE_HOME", "cache"),
        ("XDG_DOCUMENTS_DIR", "documents"),
        ("APPDATA", "roaming"),
        ("LOCALAPPDATA", "local"),
    ):
        monkeypatch.setenv(variable, str(home / folder))
    return home


@pytest.fixture(scope="session")
def repo() -> Path:
    """The root of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real open records, kept beside the repository and never in it."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("Нет ../shared/data: настоящие списки лежат рядом с репозиторием, а не в нём.")
    return folder


@pytest.fixture(scope="session")
def office() -> Path:
    """LibreOffice, which the program does without."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        pytest.skip("Нет LibreOffice: как офисная программа откроет книгу, здесь не проверить.")
    return Path(found)


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Desktop]:
    """A screen with a window manager, and somebody who sits at it; `make test` installs what it needs."""
    absent = missing()
    if absent and not os.environ.get("CI"):
        pytest.skip(f"Нет пакетов {' '.join(absent)}: окно снаружи здесь не проверить.")
    with Desktop(tmp_path) as made:
        yield made


@pytest.fixture(scope="session")
def scale() -> Callable[[int], int]:
    """`scale(n)`: n in a long run, every tenth otherwise."""
    return long_or_tenth


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], object]], Path]:
    """`built_once("demo", build)`: a folder that the first process of the run builds and the others wait for."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def folder_of(name: str, build: Callable[[Path], object]) -> Path:
        folder, done = shared / name, shared / f"{name}.done"
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # the others wait here while the first one builds
            if not done.exists():
                build(folder)
                done.touch()
        return folder

    return folder_of


@pytest.fixture(scope="session")
def demo_folder(built_once: Callable[[str, Callable[[Path], object]], Path]) -> Path:
    """The demo set.  Read it, copy it, never write into it."""
    from app.usecases.demo import build_demo

    return built_once("demo", build_demo)


@pytest.fixture(scope="session")
def oblast_folder(built_once: Callable[[str, Callable[[Path], object]], Path]) -> Path:
    """The demo oblast: `in`, `districts`, planted.json.  Read it, copy it, never write into it."""
    from app.usecases.demo.oblast import build_oblast

    return built_once("oblast", build_oblast)


@pytest.fixture
def demo_copy(demo_folder: Path, tmp_path: Path) -> Path:
    """A copy of the demo database that a test may change."""
    copy = tmp_path / "demo.db"
    shutil.copy(demo_folder / "demo.db", copy)
    return copy
