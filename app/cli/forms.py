"""`form`: the blank form, blank lists, and a filled file checked without a database."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Any

from app.core.errors import AppError
from app.core.russian import integer
from app.returns.hand_input import HandFault
from app.usecases import blank_forms
from app.usecases.places import write_file
from app.usecases.return_files import FileReport, check_return_file

Outcome = tuple[int, dict[str, Any], str]
_CELL = re.compile(r"!(?P<column>[A-Z]+)(?P<row>\d+)")
LISTED = 200
"""So many lines of a report are printed; --json has them all."""


def form(options: argparse.Namespace) -> Outcome:
    """Writes a blank form or list (exit 0), or checks a filled file: 0 clean, 1 findings, 2 no return."""
    if options.check is not None:
        return _check(options.check)
    if options.out is None:
        raise AppError("Не указано, куда записать.", "Добавьте --out ФАЙЛ.xlsx.")
    content = blank_forms.blank_form(options.version) if options.version else blank_forms.blank_list(options.list)
    file = write_file(options.out, content)
    what = f"Пустая форма версии {options.version}" if options.version else "Пустой список"
    return 0, {"file": str(file)}, f"{what}: {file}"


def _check(path: Path) -> Outcome:
    report = check_return_file(path)
    return (0 if report.is_clean else 1), _told(report), _text(report)


def _told(report: FileReport) -> dict[str, Any]:
    head = report.ret.head if report.ret is not None else None
    return {
        "file": report.name,
        "hand_filled": report.hand,
        "oktmo": head.oktmo if head else None,
        "quarter": str(head.quarter) if head else None,
        "correction": head.correction if head else None,
        "sha256": report.sha256 or None,
        "clean": report.is_clean,
        "faults": [
            {"code": f.code, "severity": str(f.severity), "cell": f.cell, "place": f.place, "text": f.text}
            for f in _as_read(report)
        ],
        "findings": [
            {"check": f.check, "severity": str(f.severity), "cell": f.cell, "place": f.place, "text": f.text}
            for f in report.findings
        ],
        "changed": [{"cell": c.cell, "place": c.place, "was": c.was, "now": c.now} for c in report.changed],
        "bare": list(report.bare),
        "unchecked": list(report.unchecked),
    }


def _as_read(report: FileReport) -> list[HandFault]:
    """Faults as somebody reads the file: sheet after sheet, row after row."""
    sheets = {sheet: number for number, sheet in enumerate(dict.fromkeys(_sheet(f.place) for f in report.faults))}

    def place(fault: HandFault) -> tuple[int, int, int, str]:
        found = _CELL.search(fault.place)
        column, row = (found["column"], int(found["row"])) if found else ("", 0)
        return sheets[_sheet(fault.place)], row, len(column), column

    return sorted(report.faults, key=place)


def _sheet(place: str) -> str:
    return place.rpartition("!")[0]


def _text(report: FileReport) -> str:
    lines = [f"{f.place or f.cell}: {f.text}" for f in _as_read(report)]
    lines += [f"{f.place or f.cell}: проверка {f.check}. {f.text}" for f in report.findings]
    lines += [f"{c.place}: утверждено «{c.was}», в файле «{c.now}»." for c in report.changed]
    more = len(lines) - LISTED
    shown = lines[:LISTED] + ([f"И ещё {integer(more)}: полный перечень даёт --json."] if more > 0 else [])
    if report.bare:
        shown.append(f"Без состава: {', '.join(report.bare)}.")
    return "\n".join([_verdict(report, len(lines)), *shown])


def _verdict(report: FileReport, found: int) -> str:
    what = "Заполненная форма" if report.hand else "Файл программы"
    if report.ret is not None:
        head = report.ret.head
        what = f"{what}, ОКТМО {head.oktmo or 'не указан'}, {head.quarter.title}"
    return f"{what}: замечаний нет." if not found else f"{what}: замечаний {integer(found)}."
