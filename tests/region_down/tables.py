"""Tables that a person fills for the region: plans of centres, and answers to its questions."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from tests.region.region import Region

OGRN = "1037739010891"
HEAD = ("Центр", "ОГРН", "Район", "Услуга", "Год", "Объём на год", "Деньги на год, ₽", "№ соглашения", "Действует с",
        "Действует по", "Субсидия, ₽")  # fmt: skip
INSTITUTE = ("АНО «Институт»", OGRN, "Всеволожский", "К4", "2026", "40", "120 000,50", "12-С", "01.02.2026",
             "31.12.2026", "1 500 000")  # fmt: skip
SECOND = ("АНО «Институт»", "", "Гатчинский муниципальный округ", "К4 · консультация", "2026", "30", "90000")
GAMES = ("МОО «Чистые игры»", "", "Лужский", "О1", "2026", "5", "", "7", "01.03.2026", "31.12.2026", "300000")


def plans_csv(region: Region, *rows: Sequence[str], name: str = "планы.csv") -> Path:
    """A table of plans as a person exports it."""
    path = region.folder / name
    lines = [";".join(row) for row in (HEAD, *(tuple(row) + ("",) * (len(HEAD) - len(row)) for row in rows))]
    path.write_text("\n".join(lines), encoding="utf-8-sig")
    return path


def typed(content: bytes, sheet: str, cells: Mapping[str, Any]) -> bytes:
    """A workbook with some cells typed over; None empties one."""
    work = load_workbook(io.BytesIO(content))
    for place, value in cells.items():
        work[sheet][place].value = value
    buffer = io.BytesIO()
    work.save(buffer)
    return buffer.getvalue()
