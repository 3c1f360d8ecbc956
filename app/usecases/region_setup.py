"""The region's file from its first minute: dictionaries, work calendar, the committee, and the mark of its role."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.orm import Session

from app.core.clock import Clock
from app.core.errors import AppError, Deed
from app.models import Setting, Unit
from app.models.admission import REGION
from app.models.database import Database
from app.usecases.dictionaries import refresh_dictionaries
from app.usecases.setup import ADDRESSEE


def create_region(
    path: Path | str, *, clock: Clock | None = None, actor: str | None = None, account: str | None = None
) -> Database:
    """A new file of the region, filled with its dictionaries; whole, or not there at all."""
    return Database.create(path, clock=clock or Clock(), actor=actor, account=account, fill=init_region)


def init_region(session: Session) -> None:
    """Fill an empty file: dictionaries, calendar, the committee's name, the role.  No territory is its own."""
    refresh_dictionaries(session)
    session.add(Unit(id=1, administration=ADDRESSEE, name="", addressee=""))
    session.add(Setting(key=REGION, value="1"))
    session.flush()


def is_region(session: Session) -> bool:
    """Whether the file takes returns in."""
    return session.get(Setting, REGION) is not None


def refuse_role(session: Session, *, region: bool) -> None:
    """AppError when the file is not of the role that is wanted."""
    if is_region(session) == region:
        return
    if region:
        raise AppError(
            "Это файл района: отчёты районов принимают в файл области.",
            "Создайте его командой init --region и назовите его в --db.", Deed.CHOOSE,
        )
    raise AppError(
        "Это файл области: записи и отчёт ведут районы, сюда их отчёты приходят файлами.",
        "Откройте файл района.", Deed.CHOOSE,
    )
