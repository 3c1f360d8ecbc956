"""Workbooks (.xlsx, .xls, .ods): their sheets as rows of cells, by python-calamine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from app.core.progress import Progress
from app.exchange.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, broken, encrypted, too_many_columns, too_many_rows

_ENCRYPTED_XLSX = "EncryptedPackage".encode("utf-16-le")

Merge = tuple[tuple[int, int], tuple[int, int]]
"""((first row, first column), (last row, last column)), from 0."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its rows of cells from the first row of the sheet on, and its merged ranges."""

    name: str
    rows: list[list[Any]]
    merges: tuple[Merge, ...]


def is_encrypted_ole(data: bytes) -> bool:
    """An .xlsx with a password is an OLE file with a stream of this name."""
    return _ENCRYPTED_XLSX in data


def sheets_of(path: Path, progress: Progress) -> Iterator[Sheet]:
    """Every visible sheet with something in it; AppError when the file is broken or locked."""
    workbook = _guarded(path, lambda: CalamineWorkbook.from_path(str(path)))
    names = workbook.sheet_names
    for done, name in enumerate(names):
        progress.step(done, len(names), f"Читается лист «{name}»")
        sheet = _guarded(path, lambda name=name: workbook.get_sheet_by_name(name))
        if sheet.width > MAX_COLUMNS and _really_wide(path, sheet):
            raise too_many_columns()
        if sheet.width * sheet.height > MAX_CELLS:
            raise too_many_rows()
        rows = _guarded(path, lambda sheet=sheet: sheet.to_python(skip_empty_area=False))
        if sum(map(any, rows)) > MAX_ROWS + 1:
            raise too_many_rows()
        merges = tuple(_guarded(path, lambda sheet=sheet: sheet.merged_cell_ranges) or ())
        yield Sheet(name, rows, merges)


def _really_wide(path: Path, sheet: CalamineSheet) -> bool:
    return any(any(cell != "" for cell in row[MAX_COLUMNS:]) for row in _guarded(path, sheet.to_python))


@contextmanager
def _silent() -> Iterator[None]:
    """A panic of the Rust library writes to the error stream by itself; its words help nobody."""
    try:
        kept = os.dup(2)
    except OSError:  # a windowed program may have no error stream at all
        yield
        return
    try:
        with open(os.devnull, "wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)
            yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _guarded(path: Path, read: Any) -> Any:
    """What calamine raises on a spoilt file, its panics among it, as an AppError."""
    try:
        with _silent():
            return read()
    except PasswordError as error:
        raise encrypted(path.name) from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        if "assword" in str(error) or "ncrypt" in str(error):
            raise encrypted(path.name) from error
        raise broken(path.name) from error
    except BaseException as error:
        # A panic of the Rust library derives from BaseException; Ctrl+C must still pass.
        if type(error).__name__ == "PanicException":
            raise broken(path.name) from error
        raise
