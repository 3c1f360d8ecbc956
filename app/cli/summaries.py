"""`summary` and `ngo`: the results of a year, and what was done for one NGO, as files."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.cli.opening import opened
from app.core.clock import Clock
from app.usecases.ngo_history import history_paper
from app.usecases.places import look_at_folder, write_file
from app.usecases.year_summary import summary_files, year_summary

Outcome = tuple[int, dict[str, Any], str]


def write_summary(path: Path, clock: Clock, options: argparse.Namespace) -> Outcome:
    """PDF and workbook of a year into a folder; what is missing of the year is told."""
    look_at_folder(options.out)
    database = opened(path, clock)
    try:
        with database.read() as session:
            found = year_summary(session, options.year)
            files = summary_files(found)
    finally:
        database.close()
    written = [str(write_file(options.out / name, content)) for name, content in files.items()]
    told = {
        "year": found.year,
        "quarters": [str(kept.quarter) for kept in found.quarters],
        "missing": [str(one.quarter) for one in found.missing],
        "files": written,
    }
    title = f"Итоги года: {found.title.removesuffix('.')}."  # «9 мес. 2026 г.» ends with a stop of its own
    lines = [title, *(str(one) for one in found.missing), *(f"  {file}" for file in written)]
    return 0, told, "\n".join(lines)


def write_ngo(path: Path, clock: Clock, options: argparse.Namespace) -> Outcome:
    """«Что сделано для НКО» as PDF."""
    database = opened(path, clock)
    try:
        with database.read() as session:
            content = history_paper(session, ogrn=options.ogrn)
    finally:
        database.close()
    file = str(write_file(options.out, content))
    return 0, {"ogrn": options.ogrn, "files": [file]}, f"Записано: {file}"
