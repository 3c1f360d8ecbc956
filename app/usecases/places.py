"""Where things lie by default: the database of this person, and files that are written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_data_path

from app.core.errors import AppError


def default_database() -> Path:
    """The file that is opened when none is named."""
    return user_data_path("kurator-nko", appauthor=False) / "kurator.db"


def write_file(path: Path, content: bytes) -> Path:
    """Writes a file whole: under another name, synced, then renamed.  AppError when that cannot be done."""
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as fault:
        part.unlink(missing_ok=True) if part.parent.is_dir() else None
        raise AppError(
            f"Файл «{path.name}» не записан: {fault.strerror or fault}.",
            "Выберите другую папку или освободите место; если файл открыт в другой программе, закройте его.",
        ) from fault
    return path
