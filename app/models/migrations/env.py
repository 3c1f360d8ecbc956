"""Run by Alembic: the revisions, over the connection and inside the transaction of `migrate`."""

from __future__ import annotations

from alembic import context

from app.models import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite changes a table by rebuilding it
    transactional_ddl=True,  # our transaction begins explicitly, so DDL is rolled back with it
)
context.run_migrations()
