"""`package`, `plans`, `question`: what the region sends down to the districts."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.cli.opening import opened
from app.cli.region_down import is_folder
from app.core.clock import Clock
from app.core.russian import plural
from app.returns.package_reading import PARTS
from app.usecases import region_package_issuing as issuing
from app.usecases.places import write_file

Outcome = tuple[int, dict[str, Any], str]


def write_package(path: Path, clock: Clock, options: argparse.Namespace) -> Outcome:
    """The комплект of what the region's file holds now, or the last one again where nothing has changed."""
    database = opened(path, clock, region=True)
    try:
        with database.read() as session:
            found = issuing.prospect(session)
        with database.write(issuing.KIND, "Выпущен комплект") as session:
            issued, content = issuing.issue(session)
        name = found.package.file_name
        file = write_file(options.out / name if is_folder(options.out) else options.out, content)
    finally:
        database.close()
    told = {
        "file": str(file),
        "number": issued.number,
        "on": issued.on.isoformat(),
        "sha256": issued.sha256,
        "previous": issued.previous,
        "new": found.is_new,
        "parts": dict(found.counts),
        "changed": len(found.differences),
    }
    counts = ", ".join(f"{PARTS[part][1]} — {number}" for part, number in found.counts if number)
    head = "Комплект" if found.is_new else "Изменений нет, прежний комплект"
    lines = [f"{head} {issued.title}: {file}", f"В нём {counts}."]
    if found.is_new and found.last is not None:
        entries = plural(len(found.differences), "запись", "записи", "записей")
        lines.append(f"От {found.last.title} отличаются: {entries}.")
    return 0, told, "\n".join(lines)
