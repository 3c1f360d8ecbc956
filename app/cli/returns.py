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
from app.core.text import NBSP
from app.models.database import Database
from app.reports.cell_words import cell_words
from app.reports.file_names import return_file_name, whole_file_name
from app.reports.return_annexes import titles_of
from app.returns.form import FORMS
from app.usecases import quarter_returns as returns
from app.usecases.places import look_at_folder, write_file

Outcome = tuple[int, dict[str, Any], str]
Explanations = list[tuple[str, str, str]]  # check, cell, text


def make_return(path: Path, clock: Clock, options: argparse.Namespace) -> Outcome:
    """Freezes the return and writes its papers; a frozen one gives the kept papers again.

    Exit 1 with the protocol alone when a check found an error.
    """
    quarter = _quarter(options.quarter)
    explanations = _explanations(options.explain) if options.explain is not None else []
    look_at_folder(options.out)
    database = opened(path, clock)
    try:
        _refuse_what_has_not_begun(quarter, clock)
        with database.read() as session:
            known = returns.kept(session, quarter)
        if options.correction is not None and not options.draft:
            _look_at_correction(quarter, options.correction, known)
        if options.draft:
            made, pdf, xlsx = _drafted(database, quarter, explanations, options.correction or "")
            return _with_annexes(database, options, made, _draft(made, (pdf, xlsx), options.out))
        if known is not None and options.correction is None:
            return _with_annexes(database, options, known, _papers(known, options.out, again=True))
        outcome = _frozen(database, quarter, explanations, options.correction or "")
        if isinstance(outcome, returns.Draft):
            return _protocol(outcome, options.out)
        return _with_annexes(database, options, outcome, _papers(outcome, options.out, again=False))
    finally:
        database.close()


def _frozen(
    database: Database, quarter: Quarter, explanations: Explanations, reason: str
) -> returns.KeptReturn | returns.Draft:
    """The return frozen with these explanations in one write; or the draft whose errors forbid it.

    Explanations stay where errors forbade the return: they are wanted again when it is mended.
    """
    title = f"Утверждён отчёт: {quarter.title}" + (", уточнённый" if reason else "")
    with database.write("return", title) as session:
        returns.explain_findings(session, quarter, explanations, reason=reason)
        try:
            return returns.freeze(session, quarter, reason=reason)
        except returns.ChecksFailed as refusal:
            session.info["title"] = f"Пояснения: {quarter.title}"
            return refusal.draft


def _drafted(
    database: Database, quarter: Quarter, explanations: Explanations, reason: str
) -> tuple[returns.Draft, bytes, bytes]:
    if explanations:
        with database.write("return", f"Пояснения: {quarter.title}") as session:
            returns.explain_findings(session, quarter, explanations, reason=reason)
    with database.read() as session:
        made = returns.draft(session, quarter, reason=reason.strip())
        return made, *returns.draft_papers(session, made)


def _refuse_what_has_not_begun(quarter: Quarter, clock: Clock) -> None:
    if quarter.first_day > clock.today():
        hint = f"Черновик можно составить за {Quarter.of(clock.today())}, отчёт — за прошедшие кварталы."
        raise AppError(f"{quarter.title} ещё не начался.", hint)


def _look_at_correction(quarter: Quarter, reason: str, known: returns.KeptReturn | None) -> None:
    if known is None:
        raise AppError(
            f"Отчёт за {quarter.title} ещё не утверждён: уточнять нечего.", "Утвердите первичный: без --correction."
        )
    if not reason.strip():
        raise AppError("Причина уточнения не указана.", 'Напишите её: --correction "Не были учтены две организации".')


def _with_annexes(
    database: Database, options: argparse.Namespace, shown: returns.KeptReturn | returns.Draft, outcome: Outcome
) -> Outcome:
    """Where it is asked for, a PDF with annexes Д and Е beside the papers."""
    if not options.annexes:
        return outcome
    code, told, text = outcome
    with database.read() as session:
        paper = returns.whole_paper(session, shown)
    head = shown.ret.head
    name = whole_file_name(head.oktmo, head.quarter, head.correction)
    file = write_file(options.out / (name.replace(".", "_черновик.") if options.draft else name), paper)
    return code, told | {"files": [*told["files"], str(file)]}, f"{text}\n  {file}"


def _quarter(code: str) -> Quarter:
    try:
        return Quarter.parse(code)
    except ValueError:
        raise AppError(f"Квартал «{code}» не понят.", "Пишите его как 2026-Q3.") from None


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


def _draft(made: returns.Draft, papers: tuple[bytes, bytes], out: Path) -> Outcome:
    head = made.ret.head
    names = [return_file_name(head.oktmo, head.quarter, head.correction, ext) for ext in ("pdf", "xlsx")]
    marked = [name.replace(".", "_черновик.") for name in names]
    files = [write_file(out / name, content) for name, content in zip(marked, papers, strict=True)]
    told = _told(made) | {"files": [str(file) for file in files], "frozen": False}
    return 0, told, _lines(f"Черновик. {made.report.verdict}", files)


def _protocol(made: returns.Draft, out: Path) -> Outcome:
    head = made.ret.head
    name = return_file_name(head.oktmo, head.quarter, head.correction, "pdf").replace(".pdf", "_протокол.pdf")
    file = write_file(out / name, returns.protocol_paper(made))
    titles, form = titles_of(made.ret), FORMS[head.form_version]
    findings = [f"  {f.check} · {cell_words(f.cell, form, titles)} · {f.text}" for f in made.report.errors]
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
    version = f", уточнённый №{NBSP}{kept.correction}" if kept.correction else ""
    return 0, told, _lines(f"{title}: {kept.quarter.title}{version}, {warnings}.", files)


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
