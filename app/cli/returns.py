"""`return`: the quarter's return as PDF and Excel, frozen or as a draft."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from app.cli.opening import opened
from app.core.clock import Clock
from app.core.errors import AppError
from app.core.periods import Quarter
from app.core.russian import plural
from app.models.database import Database
from app.reports.file_names import return_file_name
from app.usecases import quarter_returns as returns
from app.usecases.places import write_file

Outcome = tuple[int, dict[str, Any], str]
Explanations = list[tuple[str, str, str]]  # check, cell, text


def make_return(path: Path, clock: Clock, options: argparse.Namespace) -> Outcome:
    """Freezes the return and writes its papers; a frozen one gives the kept papers again.

    Exit 1 with the protocol alone when a check found an error.
    """
    quarter = _quarter(options.quarter)
    explanations = _explanations(options.explain) if options.explain else []
    _look_at_folder(options.out)
    database = opened(path, clock)
    try:
        if explanations:
            with database.write("return", f"Пояснения: {quarter.title}") as session:
                for check, cell, text in explanations:
                    returns.explain(session, quarter, check, cell, text)
        if options.draft:
            return _draft(database, quarter, options.out)
        with database.read() as session:
            known = returns.kept(session, quarter)
        if known is not None and options.correction is None:
            return _papers(known, options.out, again=True)
        try:
            with database.write("return", f"Утверждён отчёт: {quarter.title}") as session:
                frozen = returns.freeze(session, quarter, reason=options.correction or "")
        except returns.ChecksFailed as refusal:
            return _protocol(refusal.draft, quarter, options.out)
        return _papers(frozen, options.out, again=False)
    finally:
        database.close()


def _quarter(code: str) -> Quarter:
    try:
        return Quarter.parse(code)
    except ValueError:
        raise AppError(f"Квартал «{code}» не понят.", "Пишите его как 2026-Q3.") from None


def _look_at_folder(folder: Path) -> None:
    """Refuses before anything is frozen what could not be written after."""
    if folder.exists() and not folder.is_dir():
        raise AppError(f"«{folder}» — файл, а нужна папка.", "Укажите в --out папку для отчёта.")
    probe = write_file(folder / ".проба", b"")
    probe.unlink()


def _explanations(path: Path) -> Explanations:
    """`[{"check": "17", "cell": "211.3.year", "text": "…"}, …]`."""
    example = 'Нужен список вида [{"check": "17", "cell": "211.3.year", "text": "…"}].'
    try:
        rows = json.loads(path.read_text(encoding="utf-8-sig"))
        found = [(row["check"], row["cell"], row["text"]) for row in rows]
    except (OSError, UnicodeDecodeError) as fault:
        raise AppError(f"Файл пояснений «{path}» не читается.", "Проверьте путь; файл должен быть в UTF-8.") from fault
    except (ValueError, TypeError, KeyError) as fault:
        raise AppError(f"Файл пояснений «{path.name}» не понят.", example) from fault
    if not all(isinstance(part, str) for row in found for part in row):
        raise AppError(f"Файл пояснений «{path.name}» не понят.", example)
    return found


def _draft(database: Database, quarter: Quarter, out: Path) -> Outcome:
    with database.read() as session:
        made = returns.draft(session, quarter)
        pdf, xlsx = returns.draft_papers(session, made)
    names = [return_file_name(made.ret.head.oktmo, quarter, made.ret.head.correction, ext) for ext in ("pdf", "xlsx")]
    marked = [name.replace(".", "_черновик.") for name in names]
    files = [write_file(out / name, content) for name, content in zip(marked, (pdf, xlsx), strict=True)]
    told = _told(made) | {"files": [str(file) for file in files], "frozen": False}
    return 0, told, _lines(f"Черновик. {made.report.verdict}", files)


def _protocol(made: returns.Draft, quarter: Quarter, out: Path) -> Outcome:
    head = made.ret.head
    name = return_file_name(head.oktmo, quarter, head.correction, "pdf").replace(".pdf", "_протокол.pdf")
    file = write_file(out / name, returns.protocol_paper(made))
    findings = [f"  {f.check} · {f.cell} · {f.text}" for f in made.report.errors]
    text = "\n".join([f"Отчёт не утверждён. {made.report.verdict}", *findings, f"Протокол: {file}"])
    return 1, _told(made) | {"files": [str(file)], "frozen": False}, text


def _papers(kept: returns.KeptReturn, out: Path, *, again: bool) -> Outcome:
    files = [
        write_file(out / return_file_name(kept.oktmo, kept.quarter, kept.correction, ext), content)
        for ext, content in (("pdf", kept.pdf), ("xlsx", kept.xlsx))
    ]
    kinds = [row.kind for row in kept.ret.annex_g]
    told = {
        "quarter": str(kept.quarter),
        "correction": kept.correction,
        "errors": kinds.count("error"),
        "warnings": kinds.count("warning"),
        "unchecked": kinds.count("unchecked"),
        "sha256": kept.sha256,
        "files": [str(file) for file in files],
        "frozen": True,
    }
    warnings = plural(kinds.count("warning"), "предупреждение", "предупреждения", "предупреждений")
    title = "Отчёт утверждён раньше, записан снова" if again else "Отчёт утверждён"
    return 0, told, _lines(f"{title}: {kept.quarter.title}, {warnings}.", files)


def _told(made: returns.Draft) -> dict[str, Any]:
    return {
        "quarter": str(made.ret.head.quarter),
        "correction": made.ret.head.correction,
        "errors": len(made.report.errors),
        "warnings": len(made.report.warnings),
        "unchecked": len(made.report.unchecked),
        "verdict": made.report.verdict,
        "findings": [
            {"check": f.check, "severity": str(f.severity), "cell": f.cell, "text": f.text}
            for f in made.report.findings
        ],
    }


def _lines(title: str, files: list[Path]) -> str:
    return "\n".join([title, *(f"  {file}" for file in files)])
