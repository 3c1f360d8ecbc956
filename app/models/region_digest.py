"""Digests of received returns: what the region's pages count, derived from the returns and not journalled.

`region_digest` has one row for every version that was taken in.  `region_name` tells, of the versions that stand, who
is one with whom; `joint` marks the names that may be told by several returns.  `region_found` keeps by quarter what was
found in all of them together, with the hash of what it was found in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, String, Table, delete, insert, or_, text, update
from sqlalchemy.orm import Session

from app.core.periods import Quarter
from app.models.base import Base, QuarterCode

_RETURN = "received_return.id"
IS_JOINT, IS_OTHERWISE = text("joint > 0"), text("joint = 2")
"""Written out as the partial indexes have them: of a bound value SQLite does not know that it fits one."""

REGION_DIGEST = Table(
    "region_digest",
    Base.metadata,
    Column("return_id", ForeignKey(_RETURN, ondelete="RESTRICT"), primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),  # of the way digests are made
    Column("layout", String, nullable=False),
    Column("count", Integer, nullable=False),  # of keys
    Column("filled", String, nullable=False),
    Column("codes", String, nullable=False),
    Column("numbers", LargeBinary, nullable=False),
    Column("set_numbers", LargeBinary, nullable=False),
    Column("sets", LargeBinary, nullable=False),
    Column("line_numbers", LargeBinary, nullable=False),
    Column("lines", String, nullable=False),
    Column("asked", String, nullable=False),
    Column("texts", String, nullable=False),
    Column("keys", String, nullable=False),
    Index("ix_region_digest_version", "version"),  # whether any is missing is asked without reading the digests
)
REGION_NAME = Table(
    "region_name",
    Base.metadata,
    Column("return_id", ForeignKey(_RETURN, ondelete="RESTRICT"), primary_key=True, autoincrement=False),
    Column("name", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("place", Integer),  # of the key in the digest; NULL for a pair of numbers that annex А tells
    Column("oktmo", String(8), nullable=False),
    Column("quarter", QuarterCode, nullable=False),
    Column("joint", Integer, nullable=False),  # 0 of one district, 1 told by several, 2 told under several keys
    Index("ix_region_name_name", "name"),
    Index("ix_region_name_key", "key", "joint"),
    # What a page asks of it stands in the index itself.
    Index("ix_region_name_joint", "quarter", "return_id", "place", "key",
          sqlite_where=IS_JOINT, postgresql_where=IS_JOINT),
    Index("ix_region_name_otherwise", "quarter", sqlite_where=IS_OTHERWISE, postgresql_where=IS_OTHERWISE),
)  # fmt: skip
REGION_FOUND = Table(
    "region_found",
    Base.metadata,
    Column("quarter", QuarterCode, primary_key=True),
    Column("version", Integer, nullable=False),  # of the way in which it is found
    Column("inputs", String(64), nullable=False),  # SHA-256 of all it was found in
    Column("found", String, nullable=False),
    Column("holes", String, nullable=False),  # a line of JSON each
    Column("duplicates", String, nullable=False),
    Column("names", String, nullable=False),
)
"""Holes, duplicates and findings of a quarter, which every return of it has to be read for."""


def put_found(session: Session, quarter: Quarter, values: Mapping[str, Any]) -> None:
    """What was found in a quarter, in the place of what was found before."""
    connection = session.connection()
    connection.execute(delete(REGION_FOUND).where(REGION_FOUND.c.quarter == quarter))
    connection.execute(insert(REGION_FOUND).values(quarter=quarter, **values))


def put(session: Session, return_id: int, values: Mapping[str, Any]) -> None:
    """The digest of a version, in the place of the one there was."""
    connection = session.connection()
    connection.execute(delete(REGION_DIGEST).where(REGION_DIGEST.c.return_id == return_id))
    connection.execute(insert(REGION_DIGEST).values(return_id=return_id, **values))


def put_names(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    session.connection().execute(insert(REGION_NAME), list(rows))


def forget_names(session: Session, returns: Sequence[int]) -> None:
    """Take the names of these versions out."""
    session.connection().execute(delete(REGION_NAME).where(REGION_NAME.c.return_id.in_(returns)))


def mark_joint(session: Session, told: Sequence[str], level: int) -> None:
    """Mark every row that has one of those as its key or its name."""
    n = REGION_NAME.c
    marked = or_(n.key.in_(told), n.name.in_(told))
    session.connection().execute(update(REGION_NAME).where(marked, n.joint < level).values(joint=level))


def clear(session: Session) -> None:
    """Take all digests and names out, and what was found: they are made anew of the returns."""
    for table in (REGION_FOUND, REGION_NAME, REGION_DIGEST):
        session.connection().execute(delete(table))
