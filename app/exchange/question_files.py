"""A filled table of a question read back: whose it is by its hidden sheet, and its rows as they stand."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.core.errors import AppError
from app.core.progress import SILENT, Progress
from app.exchange.limits import MEGABYTE, ZIP, check_archive
from app.exchange.tables import Cell, is_blank
from app.exchange.workbooks import sheets_of
from app.returns.question import MARK_SHEET

_PARTS = {"xl/workbook.xml": re.compile(rb'\bname="_question"'), "content.xml": re.compile(rb'table:name="_question"')}
_LOOKED_AT = 20 * MEGABYTE  # of the part that names the sheets
MOST_ROWS = 2_000
_KEY = re.compile(r"[0-9a-f-]{36}")


@dataclass(frozen=True, slots=True)
class FilledQuestion:
    """What a file says.  key and oktmo: of the hidden sheet; rows: (number in the sheet, cells) of the visible one."""

    key: str
    oktmo: str
    sheet: str
    rows: Sequence[tuple[int, Sequence[Cell]]]


def is_filled_question(path: Path) -> bool:
    """Is it a table of a question, by its hidden sheet?  False for whatever cannot be read."""
    try:
        with path.open("rb") as file:
            if not file.read(4).startswith(ZIP):
                return False
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            for part, mark in _PARTS.items():
                if part in names:
                    with archive.open(part) as stream:
                        return mark.search(stream.read(_LOOKED_AT)) is not None
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        return False
    return False


def read_filled_question(path: Path, name: str, *, progress: Progress = SILENT) -> FilledQuestion:
    """The table; AppError when it is broken, too large, or its hidden sheet says nothing."""
    check_archive(path, progress)
    key = oktmo = sheet = ""
    rows: list[tuple[int, Sequence[Cell]]] = []
    for found in sheets_of(path, progress):
        if found.name == MARK_SHEET:
            told = {str(row[0]): str(row[1]).strip() for row in found.rows[:5] if len(row) > 1}
            key, oktmo = told.get("question", ""), told.get("oktmo", "").removesuffix(".0")
        elif not found.name.startswith("_") and not rows:
            sheet = found.name
            rows = [(n, row) for n, row in enumerate(found.rows, 1) if not all(map(is_blank, row))]
            if len(rows) > MOST_ROWS:
                raise AppError(f"В ответе «{name}» больше {MOST_ROWS} строк.", "Попросите прислать ответ короче.")
    if not _KEY.fullmatch(key):
        raise AppError(f"По файлу «{name}» не узнать, на какой вопрос это ответ.", "Пошлите таблицу району ещё раз.")
    return FilledQuestion(key, oktmo, sheet, rows)
