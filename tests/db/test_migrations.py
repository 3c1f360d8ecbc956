"""Migrations: their end is the schema of the classes; an older file is copied first, a broken step harms nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory

from app.core.errors import AppError
from app.models import Base, Programme, ProgrammeYear, database, migrations, sqlite_only
from app.models.copy_names import Why
from app.models.database import Database
from app.models.migrations import configuration, migrate
from app.models.schema import HEAD, REVISIONS
from app.usecases.backup import check_database
from app.usecases.copy_list import copies_of
from tests.db.rows import ngo


def empty(path: Path) -> Path:
    """A file of ours before any revision."""
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA application_id = {sqlite_only.APPLICATION_ID}")
    connection.close()
    return path


def test_the_revisions_end_in_the_schema_of_the_classes(tmp_path: Path) -> None:
    """After a change of a table before the first release: python -m app.models.migrations.rewrite_first."""
    path = empty(tmp_path / "район.db")
    migrate(path, HEAD)
    assert sqlite_only.schema_of(path) == sqlite_only.schema_of_classes(Base.metadata, HEAD)
    assert sqlite_only.schema_revision(path) == HEAD


def test_the_listed_revisions_are_those_of_alembic() -> None:
    scripts = ScriptDirectory.from_config(configuration())
    assert tuple(reversed([script.revision for script in scripts.walk_revisions()])) == REVISIONS


def test_a_revision_knows_nothing_of_the_classes() -> None:
    for path in (Path(migrations.__file__).parent / "versions").glob("*.py"):
        assert "import app" not in path.read_text(encoding="utf-8")
        assert "from app" not in path.read_text(encoding="utf-8")


SECOND = '''
"""A second revision: a column more on the parent, rebuilt by copying; its children must stay."""
import sqlalchemy as sa
from alembic import op
revision = "0002"
down_revision = "0001"
branch_labels = depends_on = None

def upgrade():
    with op.batch_alter_table("programme", recreate="always") as table:
        table.add_column(sa.Column("goal", sa.String))
    {then}

def downgrade():
    pass
'''


@pytest.fixture
def older(database: Database) -> Path:
    """A closed file with a parent and its child."""
    with database.write("edit", "Программа") as session:
        session.add(Programme(title="Программа", act="пост. № 1", starts_on=date(2026, 1, 1)))
        session.flush()
        session.add(ProgrammeYear(programme_id=1, year=2026, planned=Decimal(5)))
        session.add(ngo())
    database.close()
    return database.path


@pytest.fixture
def second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The program of a later day: one revision more, which the test writes into the given file."""
    folder = tmp_path / "versions"
    folder.mkdir()
    for path in (Path(migrations.__file__).parent / "versions").glob("0001*"):
        (folder / path.name).write_bytes(path.read_bytes())
    whole = configuration()
    whole.set_main_option("version_locations", str(folder).replace("%", "%%"))
    whole.set_main_option("path_separator", "newline")
    monkeypatch.setattr(migrations, "configuration", lambda: whole)
    monkeypatch.setattr(database, "REVISIONS", (*REVISIONS, "0002"))
    monkeypatch.setattr(database, "HEAD", "0002")
    return folder / "0002_second.py"


def test_an_older_file_is_copied_and_brought_up_with_its_children(older: Path, second: Path) -> None:
    second.write_text(SECOND.format(then=""), encoding="utf-8")
    Database.open(older).close()
    copies = [row.path for row in copies_of(older) if row.why is Why.UPGRADE]
    with sqlite3.connect(older) as new, sqlite3.connect(copies[0]) as old:
        assert new.execute("SELECT planned FROM programme_year").fetchall() == [(500,)]
        assert new.execute("SELECT title, goal FROM programme").fetchall() == [("Программа", None)]
        assert new.execute("SELECT version_num FROM alembic_version").fetchall() == [("0002",)]
        assert old.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
        assert new.execute("PRAGMA foreign_key_check").fetchall() == []
    new.close()
    old.close()


@pytest.mark.parametrize(
    "broken", ["raise RuntimeError('a fault of ours')", "op.execute('INSERT INTO nowhere VALUES (1)')",
               "op.execute('UPDATE programme_year SET programme_id = 404')"]
)  # fmt: skip
def test_a_step_that_breaks_leaves_the_file_as_it_was(older: Path, second: Path, broken: str) -> None:
    second.write_text(SECOND.format(then=broken), encoding="utf-8")
    before = sqlite_only.schema_of(older)
    with pytest.raises((AppError, RuntimeError)) as told:
        Database.open(older)
    if isinstance(told.value, AppError):
        assert "он остался прежним" in told.value.message
    assert sqlite_only.schema_of(older) == before
    assert sqlite_only.schema_revision(older) == "0001"
    with sqlite3.connect(older) as connection:
        assert connection.execute("SELECT programme_id, planned FROM programme_year").fetchall() == [(1, 500)]
    connection.close()


def test_a_newer_file_is_refused_and_untouched(older: Path) -> None:
    with sqlite3.connect(older) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0002'")
    connection.close()
    before = older.read_bytes()
    with pytest.raises(AppError, match="более новой программой"):
        Database.open(older)
    assert older.read_bytes() == before


def test_a_file_of_todays_program_opens_as_it_is(older: Path) -> None:
    with Database.open(older) as opened:
        assert check_database(opened).faults == ()
    assert copies_of(older) == ()
