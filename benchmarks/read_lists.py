"""Reading a list of organisations (.xlsx, 20,000 rows): python-calamine with our limits beside openpyxl.

Both give every cell of the same file; ours also unpacks it once more to refuse bombs, and finds the heading.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from app.core.identifiers import inn_with_check_digit, ogrn_with_check_digit
from app.exchange import read_tables
from app.records import REGISTERS

ROWS = 20_000
HEAD = ["№", "Полное наименование", "ОГРН", "ИНН", "КПП", "Адрес", "Дата регистрации", "Руководитель"]


def run() -> dict[str, dict[str, Any]]:
    """Seconds of ours and of the peer; `ratio` is peer / ours."""
    with tempfile.TemporaryDirectory() as folder:
        path = _list(Path(folder) / "список.xlsx")
        ours, read = _best(lambda: len(read_tables(path, record_type=REGISTERS["ngo"])[0].rows))
        peer, peer_read = _best(lambda: _openpyxl(path))
    if (read, peer_read) != (ROWS, ROWS + 1):
        raise RuntimeError(f"{read} rows against {peer_read}")
    return {
        "read_lists": {
            "ours": ours, "peer": peer, "peer_name": "openpyxl, read_only",
            "ratio": peer / ours, "unit": "с", "n": ROWS,
        }
    }  # fmt: skip


def _list(path: Path) -> Path:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("НКО")
    sheet.append(HEAD)
    for n in range(ROWS):
        sheet.append([
            n + 1, f"АНО «Организация {n}»", ogrn_with_check_digit(f"12347{n:07}"), inn_with_check_digit(f"47{n:07}"),
            "470301001", f"Ленинградская область, г. Всеволожск, ул. Лесная, д. {n}", "12.03.2020", "Иванова И. И.",
        ])  # fmt: skip
    book.save(path)
    return path


def _openpyxl(path: Path) -> int:
    book = load_workbook(path, read_only=True, data_only=True)
    try:
        return sum(1 for _ in book.worksheets[0].iter_rows(values_only=True))
    finally:
        book.close()


def _best(work: Callable[[], int], times: int = 3) -> tuple[float, int]:
    """The shortest of some runs: what the work itself takes, without what disturbed it."""
    taken, result = float("inf"), 0
    for _ in range(times):
        start = time.perf_counter()
        result = work()
        taken = min(taken, time.perf_counter() - start)
    return taken, result
