"""How the code reads: sizes, names, nothing left half done, nothing of the place where it was written."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 400
VAGUE_ROOMS = {"utils", "util", "helpers", "helper", "managers", "manager", "common", "misc"}
VAGUE_NAME = re.compile(r"^_*(get|process|handle)_|(Manager|Helper|Utils?)$")
OVERRIDDEN = {"process_bind_param", "process_result_value"}  # SQLAlchemy's own names
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
SKIPPED = re.compile(r"(mark\.(skip|skipif|xfail)|pytest\.(skip|xfail|importorskip))\b")
HERE = {str(ROOT), str(Path.home()) + "/", "file://"}  # this machine's own places
PICTURES = {".png", ".jpg", ".ico", ".pdf", ".xlsx", ".xls", ".ods", ".db", ".ttf", ".gz", ".zip"}


def modules(*rooms: str) -> list[Path]:
    return sorted(path for room in rooms for path in (ROOT / room).rglob("*.py"))


def told(path: Path) -> str:
    return str(path.relative_to(ROOT))


def kept_files() -> list[Path]:
    """Everything under version control, or all of the tree where there is no git."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode == 0 and listed.stdout:
        paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    else:
        rooms = ("app", "docs", "tests", "resources", "installer")
        paths = [path for room in rooms for path in (ROOT / room).rglob("*")]
    return [path for path in paths if path.is_file() and path.suffix not in PICTURES]


def names(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name


def test_the_program_is_there() -> None:
    assert len(modules("app")) > 20


@pytest.mark.parametrize("path", modules("app"), ids=told)
def test_a_module_is_short_and_says_what_it_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST, "a file past 400 lines is asking to be two rooms"
    assert ast.get_docstring(ast.parse(text)), "the first line of a module says what it is for"


@pytest.mark.parametrize("path", modules("app", "benchmarks"), ids=told)
def test_names_say_what_they_mean(path: Path) -> None:
    assert not VAGUE_ROOMS & set(path.relative_to(ROOT).with_suffix("").parts)
    given = set(names(ast.parse(path.read_text(encoding="utf-8")))) - OVERRIDDEN
    assert not [name for name in given if VAGUE_NAME.search(name)]


def test_nothing_is_left_half_done() -> None:
    found = [
        f"{told(path)}:{number}: {line.strip()}"
        for path in kept_files()
        if path.suffix in {".py", ".md", ".toml", ".sh", ""} and path.name not in {"LICENSE", Path(__file__).name}
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if UNFINISHED.search(line)
    ]
    assert not found


def test_no_test_is_skipped_but_where_the_real_lists_the_office_or_a_screen_are_absent() -> None:
    found = [
        f"{told(path)}:{number}: {line.strip()}"
        for path in modules("tests")
        if path.name != Path(__file__).name
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if SKIPPED.search(line)
    ]
    assert [place.partition(":")[0] for place in found] == ["tests/conftest.py"] * 3, found


def test_no_file_names_the_machine_it_was_written_on() -> None:
    texts = {path: path.read_text(encoding="utf-8", errors="replace") for path in kept_files()}
    found = [
        f"{told(path)}: {place}"
        for path, text in texts.items()
        if path.name != Path(__file__).name
        for place in HERE
        if place in text
    ]
    assert not found
