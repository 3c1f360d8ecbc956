"""`working-copy`, `packet`, `take-packet`: a file for a colleague, and what she changed in it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.cli.opening import opened
from app.core.clock import Clock
from app.core.errors import AppError, reason_of
from app.core.russian import in_sentence, integer, plural
from app.exchange.packets import ENDING, LARGEST, read_packet, write_packet
from app.records import REGISTERS
from app.usecases.import_plan import Outcome
from app.usecases.packet_making import packet_of
from app.usecases.packet_plan import PacketPreview, PacketRow
from app.usecases.packet_taking import KIND, take
from app.usecases.places import write_file
from app.usecases.titles import quoted
from app.usecases.working_copy import make_working_copy

Told = tuple[int, dict[str, Any], str]
SAID = (
    ("new", "новых"),
    ("changed", "изменённых"),
    ("same", "без изменений"),
    ("doubtful", "спорных"),
    ("rejected", "с ошибками"),
)


def working_copy(path: Path, clock: Clock, options: argparse.Namespace) -> Told:
    """A working copy for a colleague."""
    database = opened(path, clock)
    try:
        made = make_working_copy(database, options.out, options.whom)
    finally:
        database.close()
    text = f"Рабочая копия записана: {made}. Изменения вернёт команда packet, примет take-packet."
    return 0, {"file": str(made), "for": options.whom}, text


def packet(path: Path, clock: Clock, options: argparse.Namespace) -> Told:
    """What was changed in this working copy, as a file for the main one."""
    out: Path = options.out if options.out.suffix == ENDING else options.out.with_name(options.out.name + ENDING)
    if out.exists():
        raise AppError(f"«{out.name}» уже есть.", "Назовите пакет иначе: прежний файл не заменяется.")
    database = opened(path, clock)
    try:
        with database.read() as session:
            found = packet_of(session)
    finally:
        database.close()
    write_file(out, write_packet(found))
    records = plural(len(found.records), "запись", "записи", "записей")
    told = {"file": str(out), "records": len(found.records), "for": found.made_for}
    return 0, told, f"Пакет записан: {out}. В нём {records}."


def take_packet(path: Path, clock: Clock, options: argparse.Namespace) -> Told:
    """Take a packet in.  Exit 1 when a value was disputed or a record refused; --dry-run only looks."""
    brought = read_packet(content_of(options.file))
    database = opened(path, clock)
    begin = database.rehearse if options.dry_run else database.write
    try:
        with begin(KIND, f"Из рабочей копии ({brought.made_for})") as session:
            made = take(session, brought, hers=options.take)
    finally:
        database.close()
    counts = made.counts
    code = 1 if counts.doubtful or counts.rejected else 0
    return code, _told(made, options.take), _text(made, options.take, dry_run=options.dry_run)


def content_of(path: Path) -> bytes:
    """The bytes of a file, no more than tell that it is too large; AppError if it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as fault:
        raise AppError(f"Файл «{path}» не читается: {reason_of(fault)}.", "Проверьте путь.") from fault


def _told(made: PacketPreview, whose: str) -> dict[str, Any]:
    return {
        **{key: getattr(made.counts, key) for key, _ in SAID},
        "written": made.written,
        "disputed": made.disputed,
        "take": whose,
        "for": made.packet.made_for,
        "rows": [
            {
                "register": row.register, "key": row.uuid, "title": row.title, "outcome": row.outcome.value,
                "note": row.note, "same_as": row.same_as,
                "fields": [
                    {"title": one.title, "mine": one.mine, "hers": one.hers, "disputed": one.disputed}
                    for one in row.fields
                ],
            }
            for row in made.rows
            if row.outcome is not Outcome.SAME
        ],
    }  # fmt: skip


def _text(made: PacketPreview, whose: str, *, dry_run: bool) -> str:
    parts = ", ".join(f"{word} {integer(getattr(made.counts, key))}" for key, word in SAID)
    head = "Было бы записано" if dry_run else "Записано"
    lines = [f"{head} {integer(made.written)} из рабочей копии ({made.packet.made_for}). Записей: {parts}."]
    if made.disputed:
        kept = "взято из копии" if whose == "hers" else "оставлено своё"
        lines.append(f"Изменено и здесь, и в копии: {integer(made.disputed)}; {kept}.")
    for row in made.rows:
        lines += _lines(row)
    return "\n".join(lines)


def _lines(row: PacketRow) -> list[str]:
    name = f"  {REGISTERS[row.register].title_one}, {row.title}"
    found = [f"{name} — та же, что {quoted(row.same_as)}" if row.same_as else f"{name} — {row.note}"] if (
        row.same_as or row.note
    ) else []  # fmt: skip
    return found + [
        f"{name}: {in_sentence(one.title)}: здесь {one.mine}, в копии {one.hers}" for one in row.disputed
    ]
