"""`fill`: a form of the committee filled from an approved return, or from a draft."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.cli.opening import opened
from app.core.clock import Clock
from app.core.errors import AppError
from app.core.russian import plural
from app.reports.template_fill import TemplateFaults
from app.reports.template_rows import Fault
from app.usecases import form_templates
from app.usecases.places import write_file
from app.usecases.return_compare import Version

Outcome = tuple[int, dict[str, Any], str]


def fill(path: Path, clock: Clock, options: argparse.Namespace) -> Outcome:
    """Fills TEMPLATE.xlsx and writes it to --out.

    Exit 1 when the template has marks nobody knows or rows that cannot be repeated: each is named by
    sheet and cell, and nothing is written.
    """
    version = Version.parse(options.quarter)
    quarter, draft = version.quarter, options.draft or version.draft
    if options.out.suffix.lower() != ".xlsx":
        raise AppError(f"Файл «{options.out.name}» не .xlsx.", "Укажите в --out имя с окончанием .xlsx.")
    content = form_templates.read_template(options.template)
    name = options.template.stem
    database = opened(path, clock)
    try:
        with database.read() as session:
            filled = form_templates.fill_template(
                session, content, quarter, draft=draft, name=name, correction=version.correction
            )
    except TemplateFaults as refusal:
        return _refused(name, refusal.faults)
    finally:
        database.close()
    file = str(write_file(options.out, filled))
    told = {"quarter": str(quarter), "draft": draft, "faults": [], "found": 0, "files": [file]}
    whence = "из черновика" if draft else "из утверждённого отчёта"
    return 0, told, f"Шаблон заполнен {whence} за {quarter.title}: {file}"


def _refused(name: str, faults: Sequence[Fault]) -> Outcome:
    listed = [{"place": fault.place, "text": fault.text} for fault in faults]
    told = {"faults": listed, "found": len(faults), "files": []}
    said = plural(len(faults), "ошибка", "ошибки", "ошибок")
    return 1, told, "\n".join([f"Шаблон «{name}» не заполнен, {said}:", *(f"  {fault}" for fault in faults)])
