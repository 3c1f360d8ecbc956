"""What stands still while a list is read or written: looked up once, not for each of its rows."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import LegalForm, Settlement, Territory

T = TypeVar("T")
_KEY = "standing"


@contextmanager
def standing(session: Session) -> Iterator[None]:
    """Within it neither dictionaries, territories nor frozen returns change, as the caller vouches.

    Their rows are held, so that `session.get` finds them without asking: the session itself holds
    weakly.  Without that a list of 10,000 rows asks the same few questions some 100,000 times.
    """
    if _KEY in session.info:
        yield
        return
    held = [list(session.scalars(select(model))) for model in (LegalForm, Settlement, Territory)]
    session.info[_KEY] = {"rows": held}
    try:
        yield
    finally:
        del session.info[_KEY]


def once(session: Session, key: Hashable, look: Callable[[], T]) -> T:
    """The answer of `look`, remembered while things are `standing`; asked anew otherwise."""
    known: dict[Hashable, Any] | None = session.info.get(_KEY)
    if known is None:
        return look()
    if key not in known:
        known[key] = look()
    return cast(T, known[key])


def settlement_of(session: Session, oktmo: str) -> Settlement | None:
    """The settlement of that code."""
    query = select(Settlement).where(Settlement.oktmo == oktmo)
    return once(session, ("settlement", oktmo), lambda: session.scalar(query))
