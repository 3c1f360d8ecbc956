"""Imports point one way: the rules hold on the tree as it is, and break on a planted fault."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

# A file to plant, its faulty line, and the contract (its id in pyproject.toml) that must break.
PLANTED = [
    ("app/core/planted_upward.py", "import app.records", "rooms"),
    ("app/reports/planted_sideways.py", "import app.exchange", "rooms"),
    ("app/records/planted_table.py", "import app.models", "models"),
    ("app/ui/planted_orm.py", "import app.models", "no-orm-in-ui"),
    ("app/usecases/planted_qt.py", "from PySide6 import QtCore", "qt"),
    ("app/usecases/planted_qt.py", "from PySide6 import QtCore", "cli"),
    ("app/exchange/planted_sql.py", "from sqlalchemy import select", "sql"),
    ("app/usecases/planted_paper.py", "def late():\n    import reportlab", "papers"),
    ("app/ui/planted_sheet.py", "import python_calamine", "lists"),
    ("app/returns/planted_sql.py", "import sqlalchemy.orm", "pure-libraries"),
    ("app/returns/planted_file.py", "from pathlib import Path", "pure-files"),
    ("app/region/planted_sql.py", "import sqlalchemy.orm", "pure-libraries"),
    ("app/region/planted_file.py", "from pathlib import Path", "pure-files"),
    ("app/returns/planted_upward.py", "import app.region", "rooms"),
    ("app/attic/__init__.py", "", "rooms"),  # a room that has no place
]


def lint(tree: Path, *options: str) -> subprocess.CompletedProcess[str]:
    script = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
    return subprocess.run(
        [sys.executable, "-c", script, "--no-cache", "--no-logo", *options],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": str(tree), "COLUMNS": "200", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def tree(repo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program, to be spoiled."""
    copy = tmp_path_factory.mktemp("дерево с пробелом")
    shutil.copytree(repo / "app", copy / "app", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(repo / "pyproject.toml", copy)
    return copy


def test_imports_point_one_way(repo: Path) -> None:
    done = lint(repo)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(("file", "line", "contract"), PLANTED, ids=[f"{c}-{Path(f).parts[1]}" for f, _, c in PLANTED])
def test_a_planted_import_breaks_its_rule(tree: Path, file: str, line: str, contract: str) -> None:
    planted = tree / file
    planted.parent.mkdir(exist_ok=True)
    planted.write_text(f'"""Planted."""\n{line}\n', encoding="utf-8")
    try:
        done = lint(tree, "--contract", contract)
    finally:
        planted.unlink()
        if planted.name == "__init__.py":
            planted.parent.rmdir()
    assert (done.returncode, "1 broken" in done.stdout) == (1, True), done.stdout + done.stderr
    assert ".".join(planted.relative_to(tree).with_suffix("").parts).removesuffix(".__init__") in done.stdout


def imported(path: Path) -> Iterator[str]:
    """The top names of all that the module imports, at its head or inside a function."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def test_core_stands_on_the_standard_library_babel_and_stdnum(repo: Path) -> None:
    allowed = set(sys.stdlib_module_names) | {"app", "babel", "stdnum", "resources"}
    strangers = {
        f"{path.relative_to(repo)}: {name}"
        for path in (repo / "app" / "core").rglob("*.py")
        for name in imported(path)
        if name not in allowed
    }
    assert not strangers


def test_the_commands_never_import_qt(tmp_path: Path) -> None:
    """Help, a new file and a check of it, in a process where importing Qt is an error."""
    script = """
import sys
class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("PySide6", "shiboken6"):
            raise AssertionError(f"{name} was imported by a command")
sys.meta_path.insert(0, NoQt())
import runpy
sys.argv = ["app", *sys.argv[1:]]
runpy.run_module("app", run_name="__main__", alter_sys=True)
"""
    database = str(tmp_path / "район.db")
    for command in (["--help"], ["--db", database, "init", "--oktmo", "41612000"], ["--db", database, "check"]):
        done = subprocess.run(
            [sys.executable, "-c", script, *command],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            env={**os.environ, "PYTHONUTF8": "1"},
        )
        assert done.returncode == 0, (command, done.stdout, done.stderr)
    assert Path(database).stat().st_size > 0
