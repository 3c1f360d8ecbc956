"""Texts typed in a return: column 10 of a row, text rows of section 7.  Explanations: see quarter_returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import InvalidRecord
from app.core.periods import Quarter
from app.models import ReturnText

_LONGEST = 2000  # characters of a note that a page of the return still bears


@dataclass(frozen=True, slots=True)
class EarlierText:
    """What was typed at the same place of the return of an earlier quarter."""

    quarter: Quarter
    text: str


def texts(session: Session, quarter: Quarter) -> Mapping[str, str]:
    """Cell -> text typed for the return of a quarter."""
    query = select(ReturnText.cell, ReturnText.text).where(ReturnText.quarter == quarter)
    return dict(session.execute(query).all())


def earlier_text(session: Session, quarter: Quarter, cell: str) -> EarlierText | None:
    """The text of a cell in the latest earlier quarter that has one: to be offered, kept only when it is written."""
    query = (
        select(ReturnText.quarter, ReturnText.text)
        .where(ReturnText.cell == cell, ReturnText.quarter < quarter)
        .order_by(ReturnText.quarter.desc())
        .limit(1)
    )
    found = session.execute(query).first()
    return EarlierText(found.quarter, found.text) if found is not None else None


def set_text(session: Session, quarter: Quarter, cell: str, text: str) -> None:
    """Keep a text of a cell (`203.note`, `704`); an empty one takes it away."""
    text = text.strip()
    if len(text) > _LONGEST:
        raise InvalidRecord({cell: f"Слишком длинный текст: {len(text)} знаков, помещается {_LONGEST}."})
    row = session.scalar(select(ReturnText).where(ReturnText.quarter == quarter, ReturnText.cell == cell))
    if row is None and text:
        session.add(ReturnText(quarter=quarter, cell=cell, text=text))
    elif row is not None and text:
        row.text = text
    elif row is not None:
        session.delete(row)
    session.flush()
