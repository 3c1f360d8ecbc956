"""`python -m app.models.migrations.rewrite_first`: freeze the first revision anew from the classes.

For the time before the first release alone: afterwards the first revision never changes, and a
change of a table is a revision of its own.
"""

from __future__ import annotations

from pathlib import Path

from app.models import Base, sqlite_only
from app.models.schema import REVISIONS

FIRST = Path(__file__).parent / "versions" / "0001_first.sql"


def statements() -> str:
    """The schema of the classes as the text of the first revision."""
    return "\n\n".join(sqlite_only.schema_of_classes(Base.metadata, REVISIONS[0])) + "\n"


if __name__ == "__main__":
    FIRST.write_text(statements(), encoding="utf-8")
