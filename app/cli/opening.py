"""Opening a district's file for a command."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from app.core.clock import Clock
from app.models.database import Database


def opened(path: Path, clock: Clock) -> Database:
    """The file, open.  That the computer's clock was set back goes to stderr; a day of `--today` is meant so."""
    database = Database.open(path, clock=clock)
    if clock.today == date.today:
        for warning in database.warnings:
            print(warning, file=sys.stderr)
    return database
