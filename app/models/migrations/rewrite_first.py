"""`python -m app.models.migrations.rewrite_first`: freeze the first revision anew from the classes.

For the time before the first release alone: afterwards the first revision never changes, and a
change of a table is a revision of its own.
"""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

from app.models import Base, sqlite_only
from app.models.schema import REVISIONS

FIRST = Path(__file__).parent / "versions" / "0001_first.sql"


def schema_of(path: Path) -> list[str]:
    """Every CREATE statement of a file, tables before indexes before triggers, each kind by name."""
    connection = sqlite3.connect(path)
    try:
        found = connection.execute(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'alembic_version'"
            " AND name NOT LIKE 'sqlite_%'"
            " ORDER BY CASE type WHEN 'table' THEN 0 WHEN 'index' THEN 1 ELSE 2 END, name"
        )
        return ["\n".join(line.rstrip() for line in sql.splitlines() if line.strip()) for (sql,) in found]
    finally:
        connection.close()


def statements() -> str:
    """The schema of the classes as the text of the first revision."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "schema.db"
        sqlite_only.build(path, Base.metadata, REVISIONS[0])
        return "\n\n".join(schema_of(path)) + "\n"


if __name__ == "__main__":
    FIRST.write_text(statements(), encoding="utf-8")
