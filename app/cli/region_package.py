"""`import package`: the region's комплект into the file, or only what it would change."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.cli.opening import opened
from app.core.clock import Clock
from app.core.errors import AppError, reason_of
from app.core.russian import in_sentence, integer
from app.usecases.import_plan import Outcome
from app.usecases.region_package import KIND, PARTS, PackagePreview, PackageRow, preview, take

SAID = (
    ("new", "новых"),
    ("changed", "изменённых"),
    ("same", "без изменений"),
    ("doubtful", "изменённых вручную"),
    ("rejected", "с ошибками"),
)
_ASKED = (Outcome.DOUBTFUL, Outcome.REJECTED)
_MOST_LINES = 20


def import_package(path: Path, clock: Clock, options: argparse.Namespace) -> tuple[int, dict[str, Any], str]:
    """Exit 1 when entries wait for a person's word or are wrong; those edited by hand stay unless told otherwise."""
    if options.set or options.rejects is not None:
        raise AppError("У комплекта нет строк для --set и --rejects.", "Они нужны спискам: уберите их.")
    content = read_file(options.file)
    database = opened(path, clock)
    try:
        if options.dry_run:
            with database.read() as session:
                seen = preview(session, content)
        else:
            with database.write(KIND, f"Комплект региона: {options.file.name}") as session:
                seen = take(session, content, accept_doubtful=options.accept_doubtful)
    finally:
        database.close()
    code = 1 if seen.counts.doubtful or seen.counts.rejected else 0
    return code, _told(seen), _text(seen, dry_run=options.dry_run, accepted=options.accept_doubtful == "all")


def read_file(path: Path) -> bytes:
    """The bytes of a file; AppError if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as fault:
        raise AppError(f"Файл «{path}» не читается: {reason_of(fault)}.", "Проверьте путь.") from fault


def _told(seen: PackagePreview) -> dict[str, Any]:
    package, former = seen.package, seen.in_force
    return {
        **{key: getattr(seen.counts, key) for key, _ in SAID},
        "number": package.number,
        "on": package.on.isoformat(),
        "previous": package.previous,
        "sha256": seen.sha256,
        "replaced": former.number if former is not None else None,
        "elsewhere": seen.elsewhere,
        "notes": list(seen.notes),
        "rows": [
            {
                "part": row.part, "key": row.key, "title": row.title, "outcome": row.outcome.value, "note": row.note,
                "changes": [{"field": c.field, "title": c.title, "old": c.old, "new": c.new} for c in row.changes],
            }
            for row in seen.rows
            if row.outcome is not Outcome.SAME
        ],
    }  # fmt: skip


def _text(seen: PackagePreview, *, dry_run: bool, accepted: bool) -> str:
    parts = ", ".join(f"{word} {integer(getattr(seen.counts, key))}" for key, word in SAID)
    nothing = not (seen.renewed or seen.counts.new or seen.counts.changed)
    head = "Уже принят" if nothing else "Было бы принято" if dry_run else "Принято"
    lines = [f"{head}: комплект {seen.package.title}. Записей: {parts}.", *seen.notes]
    if seen.elsewhere:
        lines.append(f"Планы других районов не нужны здесь: {integer(seen.elsewhere)}.")
    told = [row for row in seen.rows if row.outcome in _ASKED and not (accepted and row.outcome is Outcome.DOUBTFUL)]
    changing = [row for row in seen.rows if row.changes and row not in told] if dry_run else []
    lines += [*map(_line, told), *map(_change, changing[:_MOST_LINES])]
    if len(changing) > _MOST_LINES:
        lines.append(f"  и ещё изменений: {integer(len(changing) - _MOST_LINES)}; все — с ключом --json")
    return "\n".join(lines)


def _line(row: PackageRow) -> str:
    return f"{_named(row)} — {row.note}"


def _change(row: PackageRow) -> str:
    """What an entry would change, field by field."""
    changes = "; ".join(f"{in_sentence(one.title)}: {one.old} → {one.new}" for one in row.changes)
    return f"{_named(row)}: {changes}"


def _named(row: PackageRow) -> str:
    name = " ".join(part for part in (row.code, row.title if row.title != row.code else "") if part)
    return f"  {PARTS[row.part]}, {name}"
