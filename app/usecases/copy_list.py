"""What copies of a file there are, and what is known of them: their names say when and why, a list what was checked.

The list («копии.json» in the folder) is a convenience: without it every copy is there and can be checked anew.
It also keeps which second place this computer has: letters of disks differ from one computer to another,
so that cannot stand in the file.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app.core.errors import AppError
from app.models.backup import Copy, root_of
from app.models.copy_names import FOLDER, CopyName, Why, read_name
from app.usecases.places import write_file

LIST = "копии.json"
_COARSE = 2.0  # s: so coarse are the times of files on a stick (FAT)


@dataclass(frozen=True, slots=True)
class CopyRow:
    """A copy that lies in one of the places.

    at, checked_at: local time.  checked_at is None where it was not checked since it was written or changed.
    second: in the second place.  head: the last entry of its journal, '' where not known.
    """

    path: Path
    at: datetime
    why: Why
    about: str
    size: int
    second: bool
    checked_at: datetime | None = None
    faults: tuple[str, ...] = ()
    head: str = ""

    @property
    def sound(self) -> bool:
        return self.checked_at is not None and not self.faults

    @property
    def why_text(self) -> str:
        """«закрытие», «точка «Перед сверкой»», «до восстановления»."""
        if self.why is Why.POINT:
            return f"точка «{self.about}»"
        return f"{self.why.value} {self.about}".strip()


def first_place(database: Path) -> Path:
    """The folder beside the file; it need not be there yet."""
    return database.parent / FOLDER


def kept_list(folder: Path) -> dict[str, Any]:
    """The list of a folder; empty where it is missing or spoiled."""
    try:
        found = json.loads((folder / LIST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def keep_list(folder: Path, changes: Mapping[str, Any]) -> None:
    """Write changed keys of the list; a folder that takes none costs a check anew, no more."""
    text = json.dumps({**kept_list(folder), **changes}, ensure_ascii=False, indent=1)
    try:
        write_file(folder / LIST, text.encode())
    except AppError:
        return


def second_place(database: Path) -> Path | None:
    """The folder named for this file on this computer; it may be absent now (a stick)."""
    named = kept_list(first_place(database)).get("second")
    return Path(named) if isinstance(named, str) and named else None


def places(database: Path, *, first_only: bool = False) -> Iterator[tuple[Path, bool]]:
    """The folders that are there now, with whether each is the second place."""
    named = None if first_only else second_place(database)
    for folder, second in ((first_place(database), False), (named, True)):
        if folder is not None and is_there(folder):
            yield folder, second


def is_there(folder: Path) -> bool:
    try:
        return folder.is_dir()
    except OSError:  # a share or a disk that does not answer
        return False


def copies_of(database: Path, *, first_only: bool = False) -> tuple[CopyRow, ...]:
    """Every copy of the file in its places, the newest first; files that are not its own are left out.

    first_only: the second place is not asked: a share that does not answer takes its time.

    Its own: by name and by the first entry of the journal.  That entry is read once per file and remembered.
    """
    found = _found(database, first_only)
    return tuple(sorted(found, key=lambda row: (row.at, not row.second, row.path.name), reverse=True))


def _found(database: Path, first_only: bool) -> Iterator[CopyRow]:
    root = ""
    for folder, second in places(database, first_only=first_only):
        checks = kept_list(folder).get("checks", {})
        for path in folder.iterdir():
            name = read_name(path, database)
            if name is None or not path.is_file():
                continue
            about = _known(checks, path)
            root = root or root_of(database)
            if root and (about.get("root") or root_of(path) or root) != root:
                continue  # of another district that bears the same name
            yield _row(path, name, about, second)


def _row(path: Path, name: CopyName, about: Mapping[str, Any], second: bool) -> CopyRow:
    try:
        checked = datetime.fromisoformat(about["checked_at"])
    except (KeyError, ValueError, TypeError):
        checked = None
    return CopyRow(path, name.at, name.why, name.about, path.stat().st_size, second, checked,
                   tuple(about.get("faults", ())), str(about.get("head", "")))  # fmt: skip


def _known(checks: Any, path: Path) -> dict[str, Any]:
    """What was seen of the file at its last check, unless it was changed since."""
    about = checks.get(path.name) if isinstance(checks, dict) else None
    if not isinstance(about, dict):
        return {}
    found = os.stat(path)
    try:
        same = about["size"] == found.st_size and abs(float(about["written"]) - found.st_mtime) <= _COARSE
    except (KeyError, TypeError, ValueError):
        return {}
    return about if same else {}


def note_check(copy: Copy, checked_at: datetime) -> None:
    """Remember what a check found; entries of copies that are gone are dropped."""
    folder = copy.path.parent
    checks = kept_list(folder).get("checks", {})
    present = {path.name for path in folder.iterdir()}
    kept = {name: about for name, about in checks.items() if name in present} if isinstance(checks, dict) else {}
    found = os.stat(copy.path)
    kept[copy.path.name] = {
        "size": found.st_size, "written": found.st_mtime,
        "checked_at": checked_at.isoformat(), "faults": list(copy.faults),
        "head": copy.journal_head, "root": copy.journal_root,
    }  # fmt: skip
    keep_list(folder, {"checks": kept})
