"""`package`, `plans`, `question`: what the region sends down to the districts."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.cli.opening import opened
from app.cli.region_down import described, is_folder
from app.cli.region_package import read_file
from app.core.clock import Clock
from app.core.errors import AppError
from app.core.russian import day, integer, plural, roubles
from app.models.database import Database
from app.returns.package_reading import PARTS
from app.returns.question import column_of, question_of
from app.usecases import region_package_issuing as issuing
from app.usecases import region_plans as held
from app.usecases import region_questions as asking
from app.usecases.import_plan import Outcome as Weighed
from app.usecases.places import with_file, write_file
from app.usecases.region_plan_blank import blank_plans
from app.usecases.region_plan_row import PlanRow
from app.usecases.region_plan_table import preview_plans, take_plans

Outcome = tuple[int, dict[str, Any], str]
_SAID = (("new", "новых"), ("changed", "изменённых"), ("same", "без изменений"), ("rejected", "с ошибками"))


def write_package(path: Path, clock: Clock, options: argparse.Namespace) -> Outcome:
    """The комплект of what the region's file holds now, or the last one again where nothing has changed."""
    database = opened(path, clock, region=True)
    try:
        with database.read() as session:
            found = issuing.prospect(session)
        name = found.package.file_name
        file = options.out / name if is_folder(options.out) else options.out
        with database.write(issuing.KIND, "Выпущен комплект") as session:
            issued = with_file(session, issuing.issue, file)
    finally:
        database.close()
    told = {
        "file": str(file),
        "number": issued.number,
        "on": issued.on.isoformat(),
        "sha256": issued.sha256,
        "previous": issued.previous,
        "new": found.is_new,
        "parts": dict(found.counts),
        "changed": len(found.differences),
    }
    counts = ", ".join(f"{PARTS[part][1]} — {number}" for part, number in found.counts if number)
    head = "Комплект" if found.is_new else "Изменений нет, прежний комплект"
    lines = [f"{head} {issued.title}: {file}", f"В нём {counts}."]
    if found.is_new and found.last is not None:
        entries = plural(len(found.differences), "запись", "записи", "записей")
        lines.append(f"От {found.last.title} отличаются: {entries}.")
    return 0, told, "\n".join(lines)


def plans(path: Path, clock: Clock, options: argparse.Namespace) -> Outcome:
    """Plans of a year told, written as a table to be filled, or taken from one: exit 1 when rows are wrong."""
    database = opened(path, clock, region=True)
    try:
        if options.take is not None:
            return _take_plans(database, options.take, dry_run=options.dry_run)
        year = options.year or clock.today().year
        if options.blank is not None:
            with database.read() as session:
                content = blank_plans(session, year)
            file = write_file(options.blank, content)
            return 0, {"file": str(file), "year": year}, f"Таблица планов на {year} год: {file}"
        with database.read() as session:
            return _told_plans(year, held.plans(session, year), held.centres(session, year))
    finally:
        database.close()


def _take_plans(database: Database, file: Path, *, dry_run: bool) -> Outcome:
    if dry_run:
        with database.read() as session:
            seen = preview_plans(session, file)
    else:
        with database.write(held.KIND, f"Планы центров: {file.name}") as session:
            seen = take_plans(session, file)
    told = {
        **{key: getattr(seen.counts, key) for key in ("new", "changed", "same", "rejected")},
        "left": seen.left,
        "unwritten": seen.unwritten,
        "rows": [_told_row(row) for row in seen.rows if row.outcome is not Weighed.SAME],
    }
    counts = ", ".join(f"{word} {integer(getattr(seen.counts, key))}" for key, word in _SAID)
    lines = [f"{'Было бы принято' if dry_run else 'Принято'}: {file.name}. Строк: {counts}."]
    if seen.unwritten:
        lines.append(f"Строк, в которые план не вписан: {integer(seen.unwritten)}.")
    if seen.left:
        lines.append(f"Планы этих центров, которых в таблице нет, остались: {integer(seen.left)}.")
    lines += [f"  строка {row.number}: {row.note}" for row in seen.rows if row.outcome is Weighed.REJECTED]
    return (1 if seen.counts.rejected else 0), told, "\n".join(lines)


def _told_row(row: PlanRow) -> dict[str, Any]:
    return {
        "row": row.number, "centre": row.centre, "ogrn": row.ogrn or None, "oktmo": row.territory or None,
        "service": row.service or None, "year": row.year, "outcome": row.outcome.value, "note": row.note,
        "changes": [{"field": c.field, "title": c.title, "old": c.old, "new": c.new} for c in row.changes],
    }  # fmt: skip


def _told_plans(
    year: int, rows: tuple[held.HeldPlan, ...], centres: tuple[held.PlannedCentre, ...]
) -> Outcome:
    told = {
        "year": year,
        "centres": [
            {
                "name": one.name, "ogrn": one.ogrn or None, "subsidy": str(one.subsidy), "money": str(one.money),
                "plans": one.plans, "districts": one.districts,
                "agreements": [
                    {"number": a.number, "from": a.starts_on.isoformat(), "to": a.ends_on.isoformat(),
                     "subsidy": str(a.subsidy)} for a in one.agreements
                ],
            }
            for one in centres
        ],
        "plans": [
            {"centre": one.centre, "ogrn": one.ogrn or None, "oktmo": one.territory, "service": one.service,
             "volume": str(one.volume), "money": str(one.money),
             "unit_cost": str(one.unit_cost) if one.unit_cost is not None else None} for one in rows
        ],
    }  # fmt: skip
    lines = [f"Планы на {year} год: {plural(len(rows), 'план', 'плана', 'планов')}."]
    for one in centres:
        money = f"{roubles(one.money)} из {roubles(one.subsidy)}"
        districts = plural(one.districts, "район", "района", "районов")
        lines.append(f"{one.name}: {plural(one.plans, 'план', 'плана', 'планов')}, {districts}, {money}")
    return 0, told, "\n".join(lines)


def question(path: Path, clock: Clock, options: argparse.Namespace) -> Outcome:
    """Ask a question, list them, write the tables of one, join its answers: exit 1 while somebody is missing."""
    database = opened(path, clock, region=True)
    try:
        if described(options):
            return _ask(database, options)
        if options.number is None:
            if options.out is not None or options.join is not None or options.withdraw or options.again:
                raise AppError("Не назван № вопроса.", "Например: question 1 --out ПАПКА.")
            with database.read() as session:
                return _told_questions(asking.questions(session))
        if options.withdraw or options.again:
            with database.write("withdraw", "Вопрос районам") as session:
                (asking.withdraw if options.withdraw else asking.ask_again)(session, options.number)
        with database.read() as session:
            told = asking.joined(session, options.number)
            files = asking.blanks(session, options.number) if options.out is not None else ()
            content = asking.joined_file(session, options.number) if options.join is not None else b""
    finally:
        database.close()
    written = [str(write_file(options.out / name, bytes_)) for name, bytes_ in files]
    joined = str(write_file(options.join, content)) if options.join is not None else None
    return _told_joined(told, written, joined, asked=options.out is not None)


def _ask(database: Database, options: argparse.Namespace) -> Outcome:
    title, explanation, due, columns = options.title, "", options.due, [*map(column_of, options.column)]
    if options.new is not None:
        title, explanation, told_due, told_columns = question_of(read_file(options.new))
        due, columns = due or told_due, [*told_columns, *columns]
    with database.write(asking.KIND, "Вопрос районам") as session:
        made = asking.ask(session, title, columns, due, explanation)
        files = asking.blanks(session, made.number) if options.out is not None else ()
        written = [str(write_file(options.out / name, content)) for name, content in files]  # or nothing is asked
    told = {"number": made.number, "due_on": made.due_on.isoformat(), "columns": len(made.columns), "files": written}
    tables = f" Таблиц записано: {integer(len(written))}." if written else ""
    return 0, told, f"Вопрос {made.named} задан, ответ ждём до {day(made.due_on)}.{tables}"


def _told_questions(found: tuple[asking.QuestionLine, ...]) -> Outcome:
    told = {
        "questions": [
            {"number": one.number, "title": one.title, "asked_on": one.asked_on.isoformat(),
             "due_on": one.due_on.isoformat(), "answered": one.answered, "expected": one.expected,
             "withdrawn_on": one.withdrawn_on.isoformat() if one.withdrawn_on else None} for one in found
        ]
    }  # fmt: skip
    lines = [
        f"№\u00a0{one.number} «{one.title}», до {day(one.due_on)}: ответили {one.answered} из {one.expected}"
        f"{f', отозван {day(one.withdrawn_on)}' if one.withdrawn_on else ''}"
        for one in found
    ]
    return 0, told, "\n".join(lines) or "Вопросов ещё не задавали."


def _told_joined(told: asking.Joined, files: list[str], joined: str | None, *, asked: bool) -> Outcome:
    question, missing = told.question, told.missing
    sums = {
        column.title: str(value)
        for column, value in zip(question.columns, told.sums, strict=True)
        if value is not None
    }
    found = {
        "number": question.number,
        "title": question.title,
        "due_on": question.due_on.isoformat(),
        "files": files,
        "joined": joined,
        "expected": len(told.places),
        "answered": sum(place.has_answered for place in told.places),
        "withdrawn_on": told.withdrawn_on.isoformat() if told.withdrawn_on else None,
        "missing": [place.oktmo for place in missing],
        "sums": sums,
        "rows": [
            {"oktmo": place.oktmo, "values": [None if value is None else str(value) for value in row]}
            for place in told.places for row in place.rows
        ],
    }  # fmt: skip
    came = sum(place.has_answered for place in told.places)
    answered = f"ответили {integer(came)} из {integer(len(told.places))}"
    lines = [f"Вопрос {question.named}, до {day(question.due_on)}: {answered}."]
    if told.withdrawn_on is not None:
        lines.append(f"Отозван {day(told.withdrawn_on)}: ответов больше не ждём, пришедшие сохранены.")
    if files:
        lines.append(f"Таблиц записано: {integer(len(files))}.")
    if joined:
        lines.append(f"Сведено: {joined}")
    lines += [f"  {column}: {value}" for column, value in sums.items()]
    if missing and not asked:
        lines.append(f"Не ответили: {', '.join(f'{place.oktmo} {place.name}' for place in missing)}.")
    return (1 if missing and not asked else 0), found, "\n".join(lines)
