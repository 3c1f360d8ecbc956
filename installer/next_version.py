"""Makes the version after this one in build/next, for `make test-installer` alone: `python next_version.py`.

There is no released version before this one yet.  So this one is the version before, and the one after is this tree
with a higher number and a schema one revision on: a table that others point to is rebuilt with a column more.
Nothing of it stays in the program.  Prints the folder of its packages; it is made once for the same sources.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NEXT = ROOT / "build/next"
NEXT_WINDOWS = ROOT / "build/next-windows"
TAKEN = ("app", "resources", "docs/manual", "docs/pictures", "installer", "requirements", "CHANGELOG.md", "LICENSE",
         "NOTICE", "README.md", "pyproject.toml")  # fmt: skip
UNPACKED = ("smoke", "chroot", "rpm_root", "wine", "README")
"""How files of installer/ begin of which nothing goes into a package."""
NEWS = "Проверочная версия: у программы поддержки появилась цель"
REVISION = '''"""A revision of the installer's test: a programme has a goal; its table is rebuilt, its children stay."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = depends_on = None

MADE = Path(__file__).with_suffix(".sql")


def upgrade() -> None:
    run = op.get_bind().exec_driver_sql
    run("PRAGMA legacy_alter_table = ON")  # who points to the table goes on pointing to its name
    run("ALTER TABLE programme RENAME TO programme_before")
    triggers = run("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'programme_before'").all()
    for (name,) in triggers:
        run(f'DROP TRIGGER "{name}"')
    first, *rest = MADE.read_text(encoding="utf-8").split("\\n\\n")
    run(first)
    kept = ", ".join(f'"{row[1]}"' for row in run("PRAGMA table_info(programme_before)"))
    run(f"INSERT INTO programme ({kept}) SELECT {kept} FROM programme_before")
    run("DROP TABLE programme_before")
    for statement in rest:
        run(statement)


def downgrade() -> None:
    raise NotImplementedError
'''
STATEMENTS = '''
from app.models import Base, sqlite_only
found = [one.strip() for one in sqlite_only.schema_of_classes(Base.metadata, "0002")]
print("\\n\\n".join(one for one in found if one.split()[1:3] == ["TABLE", "programme"] or " ON programme " in one))
'''


def sources() -> str:
    """One hash of all that the packages are made of."""
    made = sha256()
    for name in TAKEN:
        for path in sorted([ROOT / name, *(ROOT / name).rglob("*")]):
            if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(UNPACKED):
                made.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return made.hexdigest()


def change(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    if text.count(before) != 1:
        sys.exit(f"В {path.name} не нашлось «{before}»: поправьте installer/next_version.py")
    path.write_text(text.replace(before, after), encoding="utf-8")


def builder(before: Path) -> str:
    """By what the packages of the version before were made: those for old systems in an old system."""
    old = any("glibc2.28" in path.name for path in before.glob("*.tar.xz"))
    return "installer/old-linux.sh" if old else "installer/linux.sh"


def make(before: Path = ROOT / "out/installer", *, windows: bool = False) -> Path:
    """The folder of the packages of the version after those of the folder `before`."""
    script = "installer/windows.sh" if windows else builder(before)
    place = NEXT_WINDOWS if windows else NEXT
    packages, mark, wanted = place / "out/installer", place / "made-of", f"{script} {sources()}"
    if mark.is_file() and mark.read_text(encoding="utf-8") == wanted:
        return packages
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    for name in TAKEN:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        copy(ROOT / name, place / name)
    if script != "installer/old-linux.sh":
        subprocess.run(["sh", "installer/build-environment.sh"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    (place / "build/windows").mkdir(parents=True)
    for kept in ("venv", "old", "windows/downloads"):  # environments, the old system with its Python, wheels
        if (ROOT / "build" / kept).exists():
            (place / "build" / kept).symlink_to(ROOT / "build" / kept)
    become_next(place)
    subprocess.run(["sh", script], cwd=place, check=True, stdout=subprocess.DEVNULL,
                   env={**os.environ, "KURATOR_XZ": "-0", "KURATOR_FAST": "1"})  # fmt: skip
    mark.write_text(wanted, encoding="utf-8")
    return packages


def become_next(place: Path) -> None:
    """Turn the copy of the sources into those of the version after."""
    now = re.search(r'__version__ = "([\d.]+)"', (ROOT / "app/__init__.py").read_text(encoding="utf-8"))
    assert now is not None
    major, minor, *_ = now[1].split(".")
    after = f"{major}.{int(minor) + 1}.0"
    change(place / "app/__init__.py", f'"{now[1]}"', f'"{after}"')
    change(place / "app/models/schema.py", 'REVISIONS = ("0001",)', 'REVISIONS = ("0001", "0002")')
    change(place / "app/models/support.py", "    act: Mapped[str]  # «постановление от 12.12.2024 № 4108»\n",
           "    act: Mapped[str]\n    goal: Mapped[str | None]\n")  # fmt: skip
    change(place / "CHANGELOG.md", "## Unreleased\n", f"## {after}\n\n- {NEWS}.\n\n## Unreleased\n")
    versions = place / "app/models/migrations/versions"
    (versions / "0002_next.py").write_text(REVISION, encoding="utf-8")
    made = subprocess.run([sys.executable, "-c", STATEMENTS], cwd=place, capture_output=True, text=True, check=True,
                          env={**os.environ, "PYTHONPATH": str(place)})  # fmt: skip
    (versions / "0002_next.sql").write_text(made.stdout.strip(), encoding="utf-8")


if __name__ == "__main__":
    print(make())
