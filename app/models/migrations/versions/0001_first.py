"""The first schema: every table, index and trigger, frozen as text beside this file.

Text, and not the classes of `app.models`: those go on, this revision must not.
"""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0001"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None

STATEMENTS = Path(__file__).with_suffix(".sql")


def upgrade() -> None:
    """Statements are set apart by an empty line."""
    for statement in STATEMENTS.read_text(encoding="utf-8").split("\n\n"):
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    raise NotImplementedError("Older programs read the copy that was kept before the update.")
