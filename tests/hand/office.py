"""LibreOffice without a window, where it is installed: a workbook opened and saved again."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
needs_office = pytest.mark.usefixtures("office")  # skipped where there is none


def saved_again(xlsx: bytes, folder: Path, name: str = "отчёт.xlsx", kind: str = "xlsx") -> bytes:
    """The workbook as LibreOffice writes it after opening; kind: xlsx or ods."""
    assert SOFFICE is not None
    given, out = folder / "дано", folder / "сохранено"
    given.mkdir(exist_ok=True)
    (given / name).write_bytes(xlsx)
    profile = (folder / "profile").as_uri()
    filters = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "ods": "ods"}
    done = subprocess.run(
        [SOFFICE, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", filters[kind],
         "--outdir", str(out), str(given / name)],
        capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    made = (out / name).with_suffix(f".{kind}")
    assert made.is_file(), done.stderr or done.stdout
    return made.read_bytes()
