"""Which revisions of the schema there are: read at every start, so without Alembic."""

from __future__ import annotations

REVISIONS = ("0001",)
"""Revisions of `migrations/versions`, oldest first; the last one is what this program writes."""

HEAD = REVISIONS[-1]
