"""The project as a package: the lock, the wheel, the icons, the set-up."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

LOCKS = ("run.txt", "dev.txt")
FROZEN = ("installer.txt", "installer-old.txt")


def locked(path: Path) -> dict[str, list[str]]:
    """Pinned requirement -> its hashes."""
    entries = re.split(r"\n(?=\S)", path.read_text(encoding="utf-8").strip())
    return {entry.split("==")[0]: re.findall(r"--hash=sha256:[0-9a-f]{64}", entry) for entry in entries}


@pytest.mark.parametrize("name", LOCKS + FROZEN)
def test_the_lock_pins_by_hash_and_names_no_address(repo: Path, name: str) -> None:
    text = (repo / "requirements" / name).read_text(encoding="utf-8")
    entries = locked(repo / "requirements" / name)
    assert len(entries) > 15
    assert not [package for package, hashes in entries.items() if not hashes]
    assert "://" not in text
    assert "index" not in text
    assert not [line for line in text.splitlines() if line.lstrip().startswith(("#", "-")) and "--hash=" not in line]


def test_the_lock_holds_every_dependency(repo: Path) -> None:
    project = tomllib.loads((repo / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    def plain(requirement: str) -> str:
        return re.sub(r"[-_.]+", "-", re.split(r"[<>=!~;\[ ]", requirement)[0]).lower()

    run, dev = (set(locked(repo / "requirements" / name)) for name in LOCKS)
    assert {plain(requirement) for requirement in project["dependencies"]} <= run
    assert {plain(requirement) for requirement in project["optional-dependencies"]["dev"]} <= dev
    assert run <= dev


def test_the_two_locks_agree(repo: Path) -> None:
    run, dev = (locked(repo / "requirements" / name) for name in LOCKS)
    assert {package: hashes for package, hashes in dev.items() if package in run} == run


def test_the_program_for_old_systems_differs_in_qt_alone(repo: Path) -> None:
    new, old = (locked(repo / "requirements" / name) for name in FROZEN)
    assert {package for package in new.keys() | old.keys() if new.get(package) != old.get(package)} == {
        "pyside6-essentials", "shiboken6",
    }  # fmt: skip
    text = (repo / "requirements/installer-old.txt").read_text(encoding="utf-8")
    assert re.findall(r"^pyside6-essentials==6\.(\d+)", text, re.MULTILINE) == ["9"], "6.10 asks for glibc 2.34"


def test_the_wheel_carries_the_data(repo: Path, tmp_path: Path) -> None:
    """What `pip install .` gives: every module and every file of resources/, and the command."""
    source = tmp_path / "исходный текст"
    source.mkdir()
    leave = shutil.ignore_patterns("__pycache__", "*.egg-info")
    for folder in ("app", "resources"):
        shutil.copytree(repo / folder, source / folder, ignore=leave)
    for name in ("pyproject.toml", "README.md", "LICENSE", "NOTICE"):
        shutil.copy(repo / name, source)
    quietly = ["--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", *quietly, "--wheel-dir", str(tmp_path / "wheel"), str(source)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    (wheel,) = (tmp_path / "wheel").iterdir()
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
        entry_points = next(name for name in packed if name.endswith("entry_points.txt"))
        assert "curator = app.bootstrap:main" in archive.read(entry_points).decode()
    wanted = {
        path.relative_to(source).as_posix()
        for folder in ("app", "resources")
        for path in (source / folder).rglob("*")
        if path.is_file() and "build" not in path.parts
    }
    assert wanted <= packed


def test_every_icon_takes_the_colour_it_is_given(repo: Path) -> None:
    icons = sorted((repo / "resources" / "icons").glob("*.svg"))
    assert len(icons) > 80
    for icon in icons:
        root = ElementTree.fromstring(icon.read_text(encoding="utf-8"))  # our own files
        assert root.get("viewBox") == "0 0 256 256", icon.name
        assert root.get("fill") == "currentColor", icon.name
        assert len(root), icon.name


@pytest.mark.parametrize("script", ["environment.sh", "system-packages.sh", "lock.sh"])
def test_the_set_up_scripts_are_sound(repo: Path, script: str) -> None:
    subprocess.run(["sh", "-n", str(repo / "installer" / script)], check=True, timeout=10)


def test_make_lists_its_targets(repo: Path) -> None:
    done = subprocess.run(["make", "help"], cwd=repo, capture_output=True, text=True, check=True, timeout=10)
    for target in ("demo", "run", "test", "check", "test-long", "pictures", "bench", "clean"):
        assert f"make {target} " in done.stdout
