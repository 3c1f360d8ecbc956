"""`package`, `plans`, `question`: what the region sends down to the districts."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.cli.opening import opened
from app.cli.region_down import is_folder
from app.core.clock import Clock
from app.core.russian import integer, plural, roubles
from app.models.database import Database
from app.returns.package_reading import PARTS
from app.usecases import region_package_issuing as issuing
from app.usecases import region_plans as held
from app.usecases.import_plan import Outcome as Weighed
from app.usecases.places import write_file
from app.usecases.region_plan_blank import blank_plans
from app.usecases.region_plan_table import PlanRow, preview_plans, take_plans

Outcome = tuple[int, dict[str, Any], str]
_SAID = (("new", "новых"), ("changed", "изменённых"), ("same", "без изменений"), ("rejected", "с ошибками"))


def write_package(path: Path, clock: Clock, options: argparse.Namespace) -> Outcome:
    """The комплект of what the region's file holds now, or the last one again where nothing has changed."""
    database = opened(path, clock, region=True)
    try:
        with database.read() as session:
            found = issuing.prospect(session)
        with database.write(issuing.KIND, "Выпущен комплект") as session:
            issued, content = issuing.issue(session)
        name = found.package.file_name
        file = write_file(options.out / name if is_folder(options.out) else options.out, content)
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
        "rows": [_told_row(row) for row in seen.rows if row.outcome is not Weighed.SAME],
    }
    counts = ", ".join(f"{word} {integer(getattr(seen.counts, key))}" for key, word in _SAID)
    lines = [f"{'Было бы принято' if dry_run else 'Принято'}: {file.name}. Строк: {counts}."]
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
