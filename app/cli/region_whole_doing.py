"""What `consolidate`, `consolidated`, `coverage`, `justify` and `commission` do with a quarter of the region."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from app.cli.opening import opened
from app.core.clock import Clock
from app.core.errors import AppError
from app.core.periods import Quarter
from app.core.russian import day, integer, plural
from app.core.text import NBSP
from app.region.costs import UnitCost
from app.region.told import consolidation_told, coverage_told
from app.returns.checks.report import Severity
from app.usecases import region_frozen as frozen
from app.usecases import region_justified as justified
from app.usecases.places import look_at_folder, write_file
from app.usecases.region_papers import PaperFile, commission_paper, coverage_papers, whole_papers
from app.usecases.region_whole import Whole, reported

Outcome = tuple[int, dict[str, Any], str]
_LISTED = 10
"""So many holes, duplicates and findings are printed; --json and the papers have all."""
_SEVERITIES = {Severity.ERROR: "ошибка", Severity.WARNING: "предупреждение"}


def consolidate(path: Path, clock: Clock, options: argparse.Namespace) -> Outcome:
    """The consolidated return as PDF, workbook and page; exit 1 while a check of the region finds an error.

    A frozen one that is still what the returns say is copied; else the papers say that they are not frozen.
    """
    quarter = quarter_of(options.quarter)
    look_at_folder(options.out)
    database = opened(path, clock, region=True)
    try:
        if options.freeze:
            with database.write(frozen.KIND, f"Утверждён свод: {quarter.title}") as session:
                frozen.freeze_whole(session, quarter)
        with database.read() as session:
            found = reported(session, quarter)
            kept = next(iter(frozen.frozen_wholes(session, quarter)), None)
            stands = kept is not None and kept.stands
            papers = frozen.kept_papers(session, quarter) if stands else whole_papers(session, quarter)
    finally:
        database.close()
    files = written(options.out, papers)
    errors = [one for one in found.findings if one.severity is Severity.ERROR]
    told = {
        "quarter": str(quarter),
        **consolidation_told(found.consolidation),
        "sha256": found.seal.sha256,
        "sources": dict(found.seal.sources),
        "frozen": _told_frozen(kept) if kept is not None else None,
        "findings": [
            {"check": one.check, "severity": one.severity.value, "districts": list(one.districts), "text": one.text}
            for one in found.findings
        ],
        "not_checked": list(found.unchecked),
        "found": len(errors),
        "files": files,
    }
    return (1 if errors else 0), told, _whole_text(found, kept, files)


def consolidated(path: Path, clock: Clock, options: argparse.Namespace) -> Outcome:
    """The frozen ones, the latest first; exit 1 when the latest of a quarter is no more what the returns say."""
    quarter = quarter_of(options.quarter) if options.quarter else None
    database = opened(path, clock, region=True)
    try:
        with database.read() as session:
            found = frozen.frozen_wholes(session, quarter)
    finally:
        database.close()
    stale = sum(bool(one.since) for one in found)
    told = {"consolidated": [_told_frozen(one) for one in found], "found": stale}
    lines = [line for one in found for line in _frozen_text(one)]
    return (1 if stale else 0), told, "\n".join(lines) or "Утверждённых сводов нет."


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
        "costs": [_told_cost(one) for one in found.costs.lines],
        "files": files,
    }
    return 0, told, _coverage_text(found, files)


def justify(path: Path, clock: Clock, options: argparse.Namespace) -> Outcome:
    """A duplicate is justified, or no more."""
    database = opened(path, clock, region=True)
    try:
        if options.take_back:
            with database.write(justified.KIND, "Снято обоснование дублирования") as session:
                justified.take_back(session, options.key)
        else:
            with database.write(justified.KIND, "Дублирование обосновано") as session:
                justified.justify(session, options.key, options.reason)
    finally:
        database.close()
    reason = "" if options.take_back else options.reason.strip()
    text = "Обоснование снято." if options.take_back else f"Обосновано: {reason}."
    return 0, {"key": options.key, "reason": reason}, text


def commission(path: Path, clock: Clock, options: argparse.Namespace) -> Outcome:
    """«Справка для комиссии по субсидиям» of a centre or of a district."""
    quarter = quarter_of(options.quarter)
    database = opened(path, clock, region=True)
    try:
        with database.read() as session:
            paper = commission_paper(session, quarter, centre=options.centre or "", oktmo=options.district or "")
    finally:
        database.close()
    file = write_file(options.out / paper.name if options.out.is_dir() else options.out, paper.content)
    return 0, {"quarter": str(quarter), "file": str(file)}, f"Справка для комиссии: {file}"


def quarter_of(text: str) -> Quarter:
    """AppError for what is no quarter."""
    try:
        return Quarter.parse(text)
    except ValueError:
        raise AppError(f"Квартал «{text}» не понят.", "Пишите его как 2026-Q3.") from None


def written(folder: Path, papers: Iterable[PaperFile]) -> list[str]:
    """The papers in the folder, each whole; their paths."""
    return [str(write_file(folder / one.name, one.content)) for one in papers]


def _told_frozen(one: frozen.Listed) -> dict[str, Any]:
    kept = one.frozen
    return {
        "quarter": str(kept.quarter),
        "number": kept.number,
        "frozen_at": kept.frozen_at.isoformat(),
        "frozen_by": kept.frozen_by,
        "sha256": kept.sha256,
        "replaced": one.replaced,
        "stands": one.stands,
        "since": [
            {"oktmo": since.oktmo, "quarter": str(since.quarter), "was": since.was, "now": since.now}
            for since in one.since
        ],
        "sources": [
            {"quarter": str(quarter), "oktmo": oktmo, "correction": correction, "sha256": digest}
            for quarter, oktmo, correction, digest in kept.sources
        ],
    }


def _frozen_text(one: frozen.Listed) -> list[str]:
    kept = one.frozen
    head = f"{kept.title}, утверждён {day(kept.frozen_on)} ({kept.frozen_by})"
    if one.replaced:
        return [f"{head}: заменён следующим"]
    if one.since:
        return [f"{head}: отчёты с{NBSP}тех пор изменились", *(f"  {since.text}" for since in one.since)]
    return [f"{head}: сходится с{NBSP}отчётами"]


def _told_cost(one: UnitCost) -> dict[str, Any]:
    return {
        "centre": one.centre, "name": one.centre_name, "code": one.code, "unit": one.unit, "plan": _number(one.plan),
        "done": _number(one.done), "money": _number(one.money), "planned": _number(one.planned),
        "actual": _number(one.actual),
    }  # fmt: skip


def _number(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


def _whole_text(found: Whole, kept: frozen.Listed | None, files: list[str]) -> str:
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
    lines += found.unchecked
    lines += _frozen_text(kept) if kept is not None else ["Свод не утверждён: утверждает его ключ --freeze."]
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
