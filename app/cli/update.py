"""`update`: a newer package in a folder, on a stick or a file, told or installed."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from app.cli.opening import opened
from app.cli.speaking import tell
from app.core.clock import Clock
from app.usecases.last_file import last_database
from app.usecases.update_relay import Waiting, become, keep_ticket
from app.usecases.update_words import facts_of
from app.usecases.updating import Found, look, make_ready, moment

Outcome = tuple[int, dict[str, Any], str]


def update(path: Path, clock: Clock, options: argparse.Namespace) -> Outcome:
    """Tell what was found; without --check install it; the file named, else that which was open last, is copied before.

    Exit 1: an administrator has to type the command that is told.  The installer takes the place of this process, so
    that the exit code is its own: 2 where it refused.
    """
    found = look(options.place)
    told = _told(found)
    lines = [f"{title}: {value}" for title, value in facts_of(found)]
    if found.news:
        lines += ["Что нового:", *found.news]
    if options.check:
        return 0, told, "\n".join(lines)
    if found.command:
        return 1, told, "\n".join([*lines, f"Ставит администратор: {found.command}"])
    as_json = bool(getattr(options, "json", False))
    done = {**told, "done": True, "found": 0}
    file = path if hasattr(options, "db") else last_database()
    database = opened(file, clock, region=None) if file is not None else None
    try:
        ready = make_ready(found, database, window=False, done=json.dumps(done) if as_json else "")
    finally:
        if database is not None:
            database.close()
    if found.here.windows:
        waiting = Waiting(ready.relay)
        keep_ticket(found.package.version, found.news, moment(), waiting.process.pid)
        waiting.go()
        return 0, done, "Установщик начнёт, как только эта команда закончится, и откроет окно новой программы."
    keep_ticket(found.package.version, found.news, moment())
    if ready.copy is not None and not as_json:
        tell(f"Копия файла: {ready.copy.first.path}")
    return become(ready.relay)


def _told(found: Found) -> dict[str, Any]:
    contents = found.contents
    return {"before": found.here.version, "after": found.package.version, "package": str(found.package.path),
            "bytes": contents.size, "files": len(contents.files), "signature": found.trust.name.lower(),
            "news": list(found.news), "command": found.command, "done": False, "found": 1}  # fmt: skip
