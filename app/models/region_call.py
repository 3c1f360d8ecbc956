"""Calls of the region to its districts about returns that are missing or wrong."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.periods import Quarter
from app.models.base import Base, Line


class RegionCall(Line, Base):
    """One call about the return of a quarter: when, who answered in the district, what was said, who called."""

    __tablename__ = "region_call"
    __table_args__ = (CheckConstraint("length(whom) > 0 AND length(said) > 0", name="said"),)
    oktmo: Mapped[str] = mapped_column(String(8), ForeignKey("territory.code", ondelete="RESTRICT"), index=True)
    quarter: Mapped[Quarter] = mapped_column(index=True)
    called_on: Mapped[date]
    whom: Mapped[str]
    said: Mapped[str]
    by: Mapped[str]
