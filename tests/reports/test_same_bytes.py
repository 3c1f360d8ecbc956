"""The same data give the same bytes: twice, in another process, with another order of hashes."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from app.core.fields import Kind
from app.reports.labels import Envelope, labels_pdf
from app.reports.protocol_paper import protocol_pdf
from app.reports.return_paper import return_pdf
from app.reports.return_sheet import return_xlsx
from app.reports.table_sheet import Column, table_xlsx
from app.reports.word import table_docx
from tests.reports.sample import sample_envelope, sample_return
from tests.reports.test_word import TABLE

WRITERS: dict[str, Callable[[], bytes]] = {
    "pdf": lambda: return_pdf(sample_return(), sample_envelope()),
    "xlsx": lambda: return_xlsx(sample_return(), sample_envelope()),
    "protocol": lambda: protocol_pdf(
        sample_return().head, sample_return().annex_g, verdict="Ошибок: 0", today=date(2026, 10, 5)
    ),
    "word": lambda: table_docx(TABLE),
    "labels": lambda: labels_pdf([Envelope("АНО «Свет»", "г. Мурино")] * 30, first=5),
    "table": lambda: table_xlsx("Отказы", [Column("Имя", Kind.TEXT)], [("=А",), ("Б",)], marks={(0, 0): "плохо"}),
}
ELSEWHERE = """
import hashlib, sys
from tests.reports.test_same_bytes import WRITERS
print(hashlib.sha256(WRITERS[sys.argv[1]]()).hexdigest())
"""


@pytest.mark.parametrize("kind", WRITERS)
def test_twice_in_one_process(kind: str) -> None:
    assert WRITERS[kind]() == WRITERS[kind]()


@pytest.mark.parametrize("kind", WRITERS)
def test_in_another_process_with_another_seed(kind: str, repo: Path) -> None:
    for seed in ("1", "2026"):
        done = subprocess.run(
            [sys.executable, "-c", ELSEWHERE, kind],
            cwd=repo,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(repo), "TZ": "Asia/Vladivostok"},
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        assert done.stdout.strip() == hashlib.sha256(WRITERS[kind]()).hexdigest()


def test_the_day_in_a_workbook_is_the_day_of_freezing() -> None:
    with zipfile.ZipFile(BytesIO(WRITERS["xlsx"]())) as archive:
        properties = archive.read("docProps/core.xml").decode()
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert re.findall(r"W3CDTF\">([^<]*)<", properties) == ["2026-10-12T00:00:00Z"] * 2


def test_nothing_heavy_is_imported_with_the_room(repo: Path) -> None:
    heavy = "import app.reports, app.reports.file_names, app.reports.cell_words, sys; "
    heavy += "print([name for name in ('reportlab', 'openpyxl', 'segno', 'PIL') if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", heavy], cwd=repo, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"
