"""`register` and `extract`: the register of recipients of support as files."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.cli.opening import opened
from app.core.clock import Clock
from app.core.russian import plural
from app.usecases import recipients
from app.usecases.places import write_file

Outcome = tuple[int, dict[str, Any], str]


def write_register(path: Path, clock: Clock, options: argparse.Namespace) -> Outcome:
    """PDF, workbook and page for the site into a folder; --from and --to make it an extract for a period."""
    database = opened(path, clock)
    try:
        with database.read() as session:
            kept = recipients.register_of_recipients(session, first=options.first, last=options.last)
            files = recipients.register_files(kept)
            files.update([recipients.federal_file(session, first=options.first, last=options.last)])
    finally:
        database.close()
    written = [str(write_file(options.out / name, content)) for name, content in files.items()]
    register = kept.register
    told = {
        "entries": len(register.entries),
        "entered_late": sum(entry.days_late > 0 for entry in register.entries),
        "published_late": sum(entry.days_unpublished > 0 for entry in register.entries),
        "pending": len(register.pending),
        "overdue": len(register.overdue),
        "files": written,
    }
    said = f"Реестр получателей: {plural(len(register.entries), 'запись', 'записи', 'записей')}"
    for words, count in (("внесено позже срока", told["entered_late"]), ("опубликовано позже срока или не опубликовано",
                         told["published_late"])):  # fmt: skip
        said += f"; {words}: {count}" if count else ""
    if register.overdue:
        said += f"; не внесено в срок: {len(register.overdue)}"
    return 0, told, "\n".join([f"{said}.", *(f"  {file}" for file in written)])


def write_extract(path: Path, clock: Clock, options: argparse.Namespace) -> Outcome:
    """«Справка о нахождении сведений в реестре» for one NGO."""
    database = opened(path, clock)
    try:
        with database.read() as session:
            content = recipients.extract(session, options.ogrn)
    finally:
        database.close()
    file = str(write_file(options.out, content))
    return 0, {"ogrn": options.ogrn, "files": [file]}, f"Справка записана: {file}"
