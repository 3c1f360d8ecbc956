"""`returns`, `sent`, `accepted`, `answer`, `diff`: what became of approved returns, and how they differ."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from app.cli.opening import opened
from app.core.clock import Clock
from app.core.errors import AppError
from app.core.fields import Kind
from app.core.russian import amount, day, plural
from app.core.values import parse
from app.returns.life import Step
from app.usecases import return_life
from app.usecases.return_compare import Version, compare

Outcome = tuple[int, dict[str, Any], str]
_NUMBER = re.compile(r"№?\s*(?P<number>\S.*?)\s+от\s+(?P<day>[\d.\-]+)")


def list_returns(path: Path, clock: Clock, _options: argparse.Namespace) -> Outcome:
    """Every approved version with its state."""
    database = opened(path, clock)
    try:
        with database.read() as session:
            found = return_life.lives(session)
    finally:
        database.close()
    today = clock.today()
    rows = [_told(one, today) for one in found]
    lines = [f"{_name(one)}: {_story(one, today)}" for one in found] or ["Утверждённых отчётов нет."]
    return 0, {"returns": rows, "found": len(rows)}, "\n".join(lines)


def mark_sent(path: Path, clock: Clock, options: argparse.Namespace) -> Outcome:
    """The return went to the region."""
    version = Version.parse(options.version)
    return _written(
        path, clock, f"Отчёт отправлен: {version.quarter.title}",
        lambda session: return_life.send(
            session, version.quarter, options.how, on=options.on, whom=options.to, correction=version.correction
        ),
    )  # fmt: skip


def mark_accepted(path: Path, clock: Clock, options: argparse.Namespace) -> Outcome:
    """The region took it: «№ 118 от 12.10.2026»."""
    version = Version.parse(options.version)
    number, on = _number(options.receipt)
    return _written(
        path, clock, f"Отчёт принят: {version.quarter.title}",
        lambda session: return_life.accept(
            session, version.quarter, number=number, on=on, correction=version.correction
        ),
    )  # fmt: skip


def take_answer(path: Path, clock: Clock, options: argparse.Namespace) -> Outcome:
    """A receipt or remarks as a file; exit 1 when the return came back with remarks."""
    try:
        content = options.file.read_bytes()
    except OSError as fault:
        raise AppError(f"Файл «{options.file}» не читается.", "Проверьте путь.") from fault
    code, told, text = _written(
        path, clock, f"Ответ области: {options.file.name}",
        lambda session: return_life.take_answer(session, content, options.file.name),
    )  # fmt: skip
    return (1 if told["remarks"] else code), told, text


def show_difference(path: Path, clock: Clock, options: argparse.Namespace) -> Outcome:
    """Cells that differ between two approved returns; exit 1 when there are any."""
    first, second = Version.parse(options.first), Version.parse(options.second)
    database = opened(path, clock)
    try:
        with database.read() as session:
            found = compare(session, first, second)
    finally:
        database.close()
    rows = [
        {"cell": one.change.cell, "title": one.cell, "before": _figure(one.change.before),
         "after": _figure(one.change.after), "joined": list(one.change.joined), "left": list(one.change.left)}
        for one in found.changes
    ]  # fmt: skip
    lines = [f"{found.before} → {found.after}: {plural(len(rows), 'различие', 'различия', 'различий')}."]
    for one in found.changes:
        c = one.change
        moved = [f"вошли: {', '.join(c.joined)}" if c.joined else "", f"вышли: {', '.join(c.left)}" if c.left else ""]
        told = "; ".join(part for part in moved if part)
        lines.append(f"  {one.cell}: {_shown(c.before)} → {_shown(c.after)}" + (f" ({told})" if told else ""))
    return (1 if rows else 0), {"changes": rows, "found": len(rows)}, "\n".join(lines)


def _written(path: Path, clock: Clock, said: str, act: Callable[[Any], return_life.Life]) -> Outcome:
    database = opened(path, clock)
    try:
        with database.write("return", said) as session:
            found = act(session)
    finally:
        database.close()
    today = clock.today()
    return 0, _told(found, today), f"{_name(found)}: {_story(found, today)}"


def _days_late(one: return_life.Life, today: date) -> int:
    """Days past the term of the first version until it was sent, or until today while it is not."""
    return max(0, ((one.sent_on or today) - one.due_on).days) if one.correction == 0 else 0


def _told(one: return_life.Life, today: date) -> dict[str, Any]:
    return {
        "quarter": str(one.quarter),
        "correction": one.correction,
        "state": one.state.value,
        "superseded": one.superseded,
        "sha256": one.sha256,
        "due_on": one.due_on.isoformat(),
        "sent_on": one.sent_on.isoformat() if one.sent_on else None,
        "late": _days_late(one, today) > 0,
        "days_late": _days_late(one, today),
        "events": [
            {"step": e.step.value, "on": e.happened_on.isoformat(), "how": e.how, "number": e.number, "text": e.text}
            for e in one.standing
        ],
        "remarks": [{"cell": remark.cell, "text": remark.text} for remark in one.remarks],
    }


def _name(one: return_life.Life) -> str:
    kind = f"уточнённый\u00a0{one.correction}" if one.correction else "первичный"
    return f"{one.quarter.title}, {kind}"


def _story(one: return_life.Life, today: date) -> str:
    steps = [f"утверждён {day(one.frozen_on)}", *(return_life.told(event) for event in one.standing)]
    if one.standing and one.standing[-1].step is Step.SENT_BACK:
        steps.append(f"замечаний: {len(one.remarks)}")
    if days := _days_late(one, today):
        late = plural(days, "день", "дня", "дней")
        steps.append(f"{'опоздание' if one.sent_on else 'не отправлен, опоздание'} {late} (срок {day(one.due_on)})")
    return ", ".join(steps)


def _number(text: str) -> tuple[str, date]:
    """«№ 118 от 12.10.2026» -> («118», the day)."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None:  # a day that was not said would stand in an official record as if it had been
        raise AppError(f"№ и дата в «{text.strip()}» не найдены.", "Пишите их как «№ 118 от 12.10.2026».")
    parsed = parse(Kind.DATE, found["day"])
    if not isinstance(parsed.value, date):
        raise AppError(f"Дата «{found['day']}» не понята.", "Пишите её как 12.10.2026.")
    return found["number"], parsed.value


def _figure(value: Any) -> str | None:
    return None if value is None else str(value)


def _shown(value: Any) -> str:
    return "—" if value is None else amount(Decimal(value))
