"""«Обосновано»: the reasons that were given for duplicates of a quarter."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.periods import Quarter
from app.models import DuplicateReason
from app.region.duplicates import Justification


def justified(session: Session, quarter: Quarter) -> Mapping[str, Justification]:
    """Key of a duplicate of the quarter -> why it is none."""
    query = select(DuplicateReason).where(DuplicateReason.quarter == quarter).order_by(DuplicateReason.key)
    return {row.key: Justification(row.reason, row.by, row.given_on) for row in session.scalars(query)}
