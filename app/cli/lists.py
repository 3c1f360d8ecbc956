"""`import`: a list into the records, or only what it would change."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.cli.not_taken import lines_of, told_of
from app.cli.opening import opened
from app.core.clock import Clock
from app.core.errors import AppError, reason_of
from app.core.fields import Kind
from app.core.progress import SILENT
from app.core.russian import integer
from app.core.text import fold
from app.core.values import parse
from app.exchange.workbooks import sheets_of
from app.records import REGISTERS
from app.usecases.import_rejects import REJECTS_SHEET
from app.usecases.importing import Counts, Preview, preview, rejects_xlsx, write
from app.usecases.places import write_file

REGISTER = {"ngos": "ngo", "support": "support", "services": "service", "needs": "need"}
SAID = (
    ("new", "новых"),
    ("changed", "изменённых"),
    ("same", "без изменений"),
    ("doubtful", "сомнительных"),
    ("rejected", "с ошибками"),
    ("repaired", "исправлено при чтении"),
)
_EXAMPLE = "Назовите его, например, ошибки.xlsx."


def import_list(path: Path, clock: Clock, options: argparse.Namespace) -> tuple[int, dict[str, Any], str]:
    """Exit 1 when rows were doubtful or rejected; the first five counts add up to the rows of the file."""
    register = REGISTER[options.what]
    constants = _constants(register, options.set)
    if options.rejects is not None:
        _look_at_rejects(options.rejects, (options.file, path))
    database = opened(path, clock)
    try:
        if options.dry_run:
            with database.read() as session:
                seen = preview(session, register, options.file, constants=constants)
                counts = seen.counts
                _write_rejects(options.rejects, seen, counts)
        else:
            with database.write("import", f"Импорт: {options.file.name}") as session:
                seen = preview(session, register, options.file, constants=constants)
                counts = write(session, seen, accept_doubtful=options.accept_doubtful)
                _write_rejects(options.rejects, seen, counts)  # within the write: a list is taken whole, or not at all
    finally:
        database.close()
    kept = options.rejects if counts.rejected else None
    said = [_text(counts, dry_run=options.dry_run), *lines_of(seen, kept)]
    told = {**_told(counts), "rejects": str(kept) if kept is not None else None, **told_of(seen)}
    if options.rejects is not None and not counts.rejected and options.rejects.exists():
        sentence, told["former_rejects"] = _without_former(options.rejects)
        said.append(sentence)
    return (1 if counts.doubtful or counts.rejected else 0), told, "\n".join(said)


def _look_at_rejects(path: Path, hers: Sequence[Path]) -> None:
    """Refused before anything is written; her list or base must not be replaced by its own wrong rows."""
    if any(path.exists() and source.exists() and path.samefile(source) for source in hers):
        raise AppError(f"«{path.name}» — сам список или база.", "Назовите для строк с ошибками другой файл.")
    if path.suffix.lower() != ".xlsx":
        raise AppError(f"Строки с ошибками пишутся в файл .xlsx, а указан «{path.name}».", _EXAMPLE)
    if path.is_dir():
        raise AppError(f"«{path}» — папка, а нужно имя файла.", _EXAMPLE)


def _write_rejects(path: Path | None, seen: Preview, counts: Counts) -> None:
    if path is not None and counts.rejected:
        write_file(path, rejects_xlsx(seen))


def _without_former(path: Path) -> tuple[str, str]:
    """Wrong rows of an earlier list look like those of this one: they go, unless the file is something else."""
    try:
        ours = any(sheet.name == REJECTS_SHEET for sheet in sheets_of(path, SILENT))
    except AppError:
        ours = False
    if not ours:
        return f"Строк с ошибками нет. Файл «{path.name}» остался прежним: он не от этого списка.", "left"
    try:
        path.unlink()
    except OSError as fault:
        return f"Строк с ошибками нет, но прежний файл «{path.name}» не удалён: {reason_of(fault)}.", "left"
    return f"Строк с ошибками нет: прежний файл «{path.name}» удалён.", "removed"


def _constants(register: str, given: list[str]) -> dict[str, Any]:
    """Values for rows that lack them: «Дата решения=15.12.2026», by title or key of the field."""
    fields = {fold(word): field for field in REGISTERS[register].typed for word in (field.key, field.title)}
    found: dict[str, Any] = {}
    for text in given:
        name, _, value = text.partition("=")
        field = fields.get(fold(name))
        if field is None:
            titles = ", ".join(f"«{spec.title}»" for spec in REGISTERS[register].typed[:6])
            raise AppError(f"Графы «{name}» в этом реестре нет.", f"Назовите её как в программе: {titles}…")
        # Lists name linked records by their names, as rows do.
        parsed = parse(Kind.TEXT if field.kind is Kind.LINK else field.kind, value, tolerant=True)
        if parsed.fault or parsed.value is None:
            raise AppError(f"«{field.title}»: {parsed.fault or 'значение не указано.'}", "Исправьте значение в --set.")
        found[field.key] = parsed.value
    return found


def _told(counts: Counts) -> dict[str, Any]:
    return {key: getattr(counts, key) for key, _ in SAID} | {"created": counts.created}


def _text(counts: Counts, *, dry_run: bool) -> str:
    parts = ", ".join(f"{word} {integer(getattr(counts, key))}" for key, word in SAID)
    parts += f", заведено карточек {integer(counts.created)}" if counts.created else ""
    return f"{'Было бы записано' if dry_run else 'Записано'}: {parts}."
