"""`consolidate`, `coverage`: the quarter of the region in one picture, on papers and as values."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from app.cli.opening import opened
from app.core.clock import Clock
from app.core.errors import AppError
from app.core.periods import Quarter
from app.core.russian import integer, plural
from app.core.text import NBSP
from app.region.told import consolidation_told, coverage_told
from app.returns.checks.report import Severity
from app.usecases.places import look_at_folder, write_file
from app.usecases.region_papers import PaperFile, coverage_papers, whole_papers
from app.usecases.region_whole import Whole, reported

Outcome = tuple[int, dict[str, Any], str]
_LISTED = 10
"""So many holes, duplicates and findings are printed; --json and the papers have all."""
_SEVERITIES = {Severity.ERROR: "ошибка", Severity.WARNING: "предупреждение"}


def consolidate(path: Path, clock: Clock, options: argparse.Namespace) -> Outcome:
    """The consolidated return as PDF, workbook and page; exit 1 while a check of the region finds an error."""
    quarter = quarter_of(options.quarter)
    look_at_folder(options.out)
    database = opened(path, clock, region=True)
    try:
        with database.read() as session:
            found = reported(session, quarter)
            papers = whole_papers(session, quarter)
    finally:
        database.close()
    files = written(options.out, papers)
    errors = [one for one in found.findings if one.severity is Severity.ERROR]
    told = {
        "quarter": str(quarter),
        **consolidation_told(found.consolidation),
        "sha256": found.seal.sha256,
        "sources": dict(found.seal.sources),
        "findings": [
            {"check": one.check, "severity": one.severity.value, "districts": list(one.districts), "text": one.text}
            for one in found.findings
        ],
        "found": len(errors),
        "files": files,
    }
    return (1 if errors else 0), told, _whole_text(found, files)


def coverage(path: Path, clock: Clock, options: argparse.Namespace) -> Outcome:
    """The matrix, holes and duplicates of a quarter as PDF and workbook."""
    quarter = quarter_of(options.quarter)
    look_at_folder(options.out)
    database = opened(path, clock, region=True)
    try:
        with database.read() as session:
            found = reported(session, quarter)
            papers = coverage_papers(session, found)
    finally:
        database.close()
    files = written(options.out, papers)
    told = {
        "quarter": str(quarter),
        "missing": [one.oktmo for one in found.missing],
        **coverage_told(found.coverage),
        "files": files,
    }
    return 0, told, _coverage_text(found, files)


def quarter_of(text: str) -> Quarter:
    """AppError for what is no quarter."""
    try:
        return Quarter.parse(text)
    except ValueError:
        raise AppError(f"Квартал «{text}» не понят.", "Пишите его как 2026-Q3.") from None


def written(folder: Path, papers: Iterable[PaperFile]) -> list[str]:
    """The papers in the folder, each whole; their paths."""
    return [str(write_file(folder / one.name, one.content)) for one in papers]


def _whole_text(found: Whole, files: list[str]) -> str:
    whole = found.consolidation
    came = len(whole.expected) - len(whole.missing)
    of = plural(len(whole.expected), "района", "районов", "районов")
    lines = [f"{whole.quarter.title}: отчитались {came} из {of}."]
    if whole.missing:
        lines.append(f"Нет отчёта: {', '.join(f'{one.name} ({one.oktmo})' for one in whole.missing)}.")
    if whole.intervals:
        cells = plural(len(whole.intervals), "ячейка", "ячейки", "ячеек")
        lines.append(f"Интервалом, от … до …, показано: {cells}: районы прислали числа без состава.")
    lines += _first(
        [f"Проверка {one.check}, {_SEVERITIES[one.severity]}: {one.text}" for one in found.findings], "замечаний"
    )
    return "\n".join((*lines, *files))


def _coverage_text(found: Whole, files: list[str]) -> str:
    cover, whole = found.coverage, found.consolidation
    holes = plural(len(cover.holes), "незакрытая потребность", "незакрытые потребности", "незакрытых потребностей")
    twice = plural(len(cover.duplicates), "дублирование", "дублирования", "дублирований")
    justified = len(cover.duplicates) - len(cover.inefficient)
    lines = [f"{cover.quarter.title}: {holes}, {twice}, из них обосновано {integer(justified)}."]
    lines += _first([
        f"{hole.key}: {whole.name(hole.oktmo)}, {hole.title}: НКО {hole.ngos}, дней {hole.days}, вес "
        f"{'не меньше ' if hole.estimated else ''}{integer(hole.weight)}"
        for hole in cover.holes
    ], "незакрытых")  # fmt: skip
    lines += _first([f"{one.key}: {one.text}" for one in cover.inefficient], "дублирований")
    return "\n".join((*lines, *files))


def _first(lines: list[str], what: str) -> list[str]:
    more = len(lines) - _LISTED
    return lines if more <= 0 else [*lines[:_LISTED], f"…и ещё {what}:{NBSP}{integer(more)}; все — на бумаге."]
