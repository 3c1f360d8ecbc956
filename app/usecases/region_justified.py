"""«Обосновано» given and taken back: a reason for which a duplicate is not inefficient."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import AppError
from app.core.periods import Quarter
from app.models import DuplicateReason
from app.usecases.accounts import today_of
from app.usecases.region_whole import whole

KIND = "justify"
REASONS = ("Другая тема", "Выбор НКО", "Сетевой проект")
"""What is offered; any other words may be typed."""


def justify(session: Session, key: str, reason: str) -> None:
    """Give a reason, or another one.  AppError: no reason, or no such duplicate as the returns stand."""
    reason = reason.strip()
    if not reason:
        named = ", ".join(f"«{one}»" for one in REASONS)
        raise AppError("Причина не указана.", f"Напишите её, например: {named}.")
    quarter = quarter_of_key(key)
    _refuse_unknown(session, key, quarter)
    by, on = session.info["actor"], today_of(session)
    known = _of(session, key)
    if known is None:
        session.add(DuplicateReason(quarter=quarter, key=key, reason=reason, by=by, given_on=on))
    elif known.reason != reason:
        known.reason, known.by, known.given_on = reason, by, on
    session.flush()


def take_back(session: Session, key: str) -> None:
    """Take the reason back: the duplicate is inefficient again.  AppError where none was given."""
    known = _of(session, key)
    if known is None:
        raise AppError("Это дублирование не обосновано: снимать нечего.", "Ключи печатает coverage.")
    session.delete(known)
    session.flush()


def quarter_of_key(key: str) -> Quarter:
    """The quarter that a key names.  AppError for what is no key."""
    parts = key.split(":")
    try:
        if len(parts) != 5 or parts[0] not in ("ngo", "plan"):
            raise ValueError(key)
        return Quarter.parse(parts[1])
    except ValueError:
        raise AppError(f"«{key}» — не ключ дублирования.", "Скопируйте его из coverage или со страницы.") from None


def _of(session: Session, key: str) -> DuplicateReason | None:
    return session.scalars(select(DuplicateReason).where(DuplicateReason.key == key)).first()


def _refuse_unknown(session: Session, key: str, quarter: Quarter) -> None:
    if not any(one.key == key for one in whole(session, quarter).coverage.duplicates):
        raise AppError(
            f"Такого дублирования за {quarter.title} нет.",
            "Ключи печатает coverage; после уточнённого отчёта они бывают другими.",
        )
