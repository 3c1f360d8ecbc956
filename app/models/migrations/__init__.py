"""Bringing a file of an older program to the schema of this one (Alembic; imported when needed alone)."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy.exc import DBAPIError

from app.core.errors import AppError, Deed
from app.models import sqlite_only
from app.models.copy_names import FOLDER, CopyName, Why
from app.models.copying import copy_checked


def configuration() -> Config:
    """Alembic's settings; there is no alembic.ini, all stands here and in env.py."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config


def upgrade(path: Path, revision: str, target: str) -> Path:
    """Bring the file from its revision to the target, in one transaction; returns the copy kept before.

    AppError if a step fails: the file is then as it was.
    """
    folder = path.parent / FOLDER
    folder.mkdir(exist_ok=True)
    now = datetime.now().replace(microsecond=0)
    copy = CopyName(now, Why.UPGRADE, f"с {revision}").beside(path, folder)
    copy_checked(path, copy)
    try:
        migrate(path, target)
    except (DBAPIError, sqlite3.Error) as fault:
        raise AppError(
            f"Файл «{path.name}» не удалось обновить до новой программы; он остался прежним.",
            f"Работайте в прежней программе и сообщите разработчику. Копия: «{copy.name}».",
            Deed.FOLDER,
            about=folder,
        ) from fault
    return copy


def migrate(path: Path, target: str) -> None:
    """Run the revisions up to the target in one transaction, with foreign keys off and checked at the end.

    Off, because a table is rebuilt by copying it: with keys on, dropping the old one would reach its
    children.  SQLite takes that setting outside of a transaction only.
    """
    engine = sqlite_only.engine_of(path)
    try:
        with engine.execution_options(immediate=True).connect() as connection:
            driver = connection.connection.driver_connection
            assert driver is not None
            driver.execute("PRAGMA foreign_keys = OFF")
            with connection.begin():
                config = configuration()
                config.attributes["connection"] = connection
                command.upgrade(config, target)
                orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
                if orphans:
                    raise sqlite3.IntegrityError(f"{len(orphans)} rows point nowhere: {orphans[:5]}")
    finally:
        engine.dispose()
