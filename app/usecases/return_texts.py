"""Texts typed in a return: column 10 of a row, text rows of section 7.  Explanations: see quarter_returns."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import InvalidRecord
from app.core.periods import Quarter
from app.models import ReturnText

SENT_BACK = "head.sent_back."
"""Cell under which it is kept, with the number of the version, that the region returned it."""

_LONGEST = 2000  # characters of a note that a page of the return still bears


def texts(session: Session, quarter: Quarter) -> Mapping[str, str]:
    """Cell -> text typed for the return of a quarter."""
    query = select(ReturnText.cell, ReturnText.text).where(ReturnText.quarter == quarter)
    return dict(session.execute(query).all())


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
