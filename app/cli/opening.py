"""Opening a district's file for a command, and who works with it."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from pathlib import Path

from app.core.clock import Clock
from app.core.errors import AppError
from app.models.database import Database

PASSWORD = "KURATOR_PASSWORD"
_person: ContextVar[str] = ContextVar("person", default="")


@contextmanager
def at_work(name: str) -> Iterator[None]:
    """Within it every file is opened by this person; '' for nobody in particular."""
    token = _person.set(name)
    try:
        yield
    finally:
        _person.reset(token)


def opened(path: Path, clock: Clock, *, region: bool | None = False) -> Database:
    """The file, open, with the person of `--person` at work.  region: of which role it must be; None: of any.

    That the computer's clock was set back goes to stderr; a day of `--today` is meant so.  AppError for a
    person the file does not know, a wrong password, or a file of the other role.
    """
    database = Database.open(path, clock=clock)
    if clock.today == date.today:
        for warning in database.warnings:
            print(warning, file=sys.stderr)
    try:
        if region is not None:
            _look_at_role(database, region=region)
        _sign_in(database, _person.get())
    except BaseException:
        database.close()
        raise
    return database


def _look_at_role(database: Database, *, region: bool) -> None:
    from app.usecases.region_digests import keep_up
    from app.usecases.region_setup import refuse_role

    with database.read() as session:
        refuse_role(session, region=region)
    if region:
        keep_up(database)


def _sign_in(database: Database, name: str) -> None:
    if not name:
        return
    from app.usecases.people import named, people, sign_in

    with database.read() as session:
        if not people(session):
            raise AppError("В этом файле люди не записаны.", "Повторите команду без --person.")
        person = named(session, name)
    sign_in(database, person.id, _password(person.name) if person.has_password else "")


def _password(name: str) -> str:
    """From the environment, else asked where somebody sits at a terminal; never from the command line."""
    known = os.environ.get(PASSWORD)
    if known is not None:
        return known
    if not sys.stdin.isatty():
        raise AppError(f"{name} входит по паролю.", f"Положите его в переменную окружения {PASSWORD}.")
    return getpass.getpass(f"Пароль ({name}): ")
