"""The region's комплект: seen (`preview`), taken in as one batch that can be undone (`take`)."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import fields, replace
from datetime import date
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import AppError, Deed
from app.core.progress import SILENT, Progress
from app.core.russian import day, integer
from app.models import CentrePlan, Setting, Territory
from app.returns import package as p
from app.returns.package_codec import fingerprint, read_package
from app.usecases.dictionaries import mark_chain
from app.usecases.dictionary_links import save_answers
from app.usecases.import_plan import Counts, Outcome
from app.usecases.records import save
from app.usecases.region_package_centres import PART as PLANS
from app.usecases.region_package_centres import chain_with, known_centres, weigh_plans
from app.usecases.region_package_hands import KIND, hands
from app.usecases.region_package_plan import PARTS, PackagePreview, PackageRow
from app.usecases.region_package_terms import (
    FORMS_KEY,
    IN_FORCE_KEY,
    InForce,
    in_force,
    terms_of_forms,
    text_of_terms,
)
from app.usecases.region_package_weighing import (
    DICTIONARIES,
    weigh_calendar,
    weigh_dictionaries,
    weigh_forms,
    weigh_terms,
)
from app.usecases.setup import save_calendar_day, save_settings, territory_on

__all__ = [
    "KIND", "PARTS", "InForce", "PackagePreview", "PackageRow", "in_force", "preview", "take",
    "terms_of_forms",
]  # fmt: skip

Accepted = Literal["none", "all"] | Collection[str]


def preview(session: Session, content: bytes, *, progress: Progress = SILENT) -> PackagePreview:
    """What the комплект in a file would change.

    AppError when the file is none, is spoilt or wrong in itself, or is older than the one in force.
    """
    package = read_package(content)
    sha256, former = fingerprint(package), in_force(session)
    _refuse_older(package, sha256, former)
    by = hands(session)
    weighings: tuple[Callable[[], Any], ...] = (
        lambda: weigh_dictionaries(session, package, by),
        lambda: weigh_forms(session, package),
        lambda: weigh_terms(session, package, by),
        lambda: weigh_calendar(session, package, by),
        lambda: weigh_plans(session, package, by),
    )
    rows: list[PackageRow] = []
    for number, weigh in enumerate(weighings):
        progress.step(number, len(weighings), "Сравнено частей")
        rows += weigh()
    own = chain_with(session, package)
    counts = dict.fromkeys(Outcome, 0)
    for row in rows:
        counts[row.outcome] += 1
    return PackagePreview(
        package, sha256, former, _notes(package, former, session.info["clock"].today()), tuple(rows),
        elsewhere=sum(plan.territory not in own for plan in package.plans),
        counts=Counts(**{outcome.value: count for outcome, count in counts.items()}),
    )  # fmt: skip


def _refuse_older(package: p.Package, sha256: str, former: InForce | None) -> None:
    if former is None:
        return
    if package.number < former.number:
        raise AppError(
            f"Это комплект {package.title}, а действует более новый: {former.title}.",
            "Старый его не заменяет. Вернуться к нему можно, отменив принятие нового в «Истории изменений».",
            Deed.HISTORY,
        )
    if package.number == former.number and sha256 != former.sha256:
        raise AppError(
            f"Комплект {former.title} уже принят, а содержание этого файла с тем же № другое.",
            "Спросите область, какой из двух верен: новый должен получить свой №.",
        )


def _notes(package: p.Package, former: InForce | None, today: date) -> tuple[str, ...]:
    notes = []
    held = former.number if former else None
    if package.previous is not None and held not in (package.previous, package.number):
        here = f"а здесь действует {former.title}" if former else "а здесь комплектов ещё не принимали"
        notes.append(
            f"Перед этим область выпустила №\u00a0{package.previous}, {here}. "
            "Каждый комплект полный, так что принять этот можно и без пропущенного."
        )
    if package.on > today:
        notes.append(f"Дата комплекта ещё не наступила: {day(package.on)}.")
    return tuple(notes)


def take(
    session: Session, content: bytes, *, accept_doubtful: Accepted = "none", progress: Progress = SILENT
) -> PackagePreview:
    """Write what is new and changed, and the accepted doubtful entries; the № in force from now on.

    accept_doubtful: none, all, or `place`s of rows.  Returns what was seen, with the counts of what was done:
    an accepted doubtful row counts as changed.  Weighed anew in this very transaction.  Flushes, never commits.
    """
    seen = preview(session, content, progress=progress)
    taken = [row for row in seen.rows if _is_taken(row, accept_doubtful)]
    by_part = {part: [row for row in taken if row.part == part] for part in PARTS}
    _write_dictionaries(session, by_part)
    _keep_terms(session, seen, by_part)
    for row in by_part["calendar_day"]:
        save_calendar_day(session, row.entry.day, row.entry.working, row.entry.note)
    _write_plans(session, by_part[PLANS])
    _keep_in_force(session, seen)
    accepted = sum(row.outcome is Outcome.DOUBTFUL for row in taken)
    counts = replace(
        seen.counts, changed=seen.counts.changed + accepted, doubtful=seen.counts.doubtful - accepted
    )
    if session.info.get("kind") == KIND:
        session.info["title"] = _title(seen, counts)
    session.flush()
    return replace(seen, counts=counts)


def _is_taken(row: PackageRow, accepted: Accepted) -> bool:
    if row.outcome is Outcome.DOUBTFUL:
        return accepted == "all" or (not isinstance(accepted, str) and row.place in accepted)
    return row.outcome in (Outcome.NEW, Outcome.CHANGED)


def _write_dictionaries(session: Session, by_part: dict[str, list[PackageRow]]) -> None:
    today = session.info["clock"].today()
    for dictionary in DICTIONARIES:
        rows = by_part[dictionary.part]
        if dictionary.part == "territory":
            rows = _successors_first(rows)
        for row in rows:
            _write_entry(session, dictionary.kept, row.entry)
        if dictionary.part == "territory" and rows:
            own = session.scalars(select(Territory.code).where(Territory.own.is_(True))).first()
            if own is not None:
                mark_chain(session, own)
                _look_at_chain(session, today)


def _write_entry(session: Session, kept: Any, entry: Any) -> None:
    values = {spec.name: getattr(entry, spec.name) for spec in fields(entry)}
    services = values.pop("services", None)
    if "successor_code" in values:
        values["successor_code"] = values["successor_code"] or None
    row = session.get(kept, entry.code)
    if row is None:
        session.add(kept(**values))
    else:
        for name, value in values.items():
            setattr(row, name, value)
    session.flush()
    if services is not None:
        save_answers(session, entry.code, services)


def _successors_first(rows: list[PackageRow]) -> list[PackageRow]:
    """A territory must be there before another can name it as its successor."""
    waiting = {row.entry.code: row for row in rows}
    found: list[PackageRow] = []
    while waiting:  # the reading refused circles, so each round finds some
        ready = [row for row in waiting.values() if row.entry.successor_code not in waiting]
        found += ready
        for row in ready:
            del waiting[row.entry.code]
    return found


def _look_at_chain(session: Session, today: date) -> None:
    try:
        territory_on(session, today)
    except AppError as fault:
        raise AppError(
            f"По этому комплекту у района на {day(today)} нет действующей территории.",
            "Ничего не записано. Сообщите области: файл надо выпустить заново.",
        ) from fault


def _keep_terms(session: Session, seen: PackagePreview, by_part: dict[str, list[PackageRow]]) -> None:
    """Terms of the form are kept whole, with those of versions that a later program will know."""
    if seen.package.forms and terms_of_forms(session) != seen.package.forms:
        _set(session, FORMS_KEY, text_of_terms(seen.package.forms))
    for row in by_part["term"]:
        save_settings(session, {row.key: row.entry})


def _write_plans(session: Session, rows: list[PackageRow]) -> None:
    for row in rows:
        if row.entry is None:
            session.delete(session.get_one(CentrePlan, row.id))
    session.flush()
    for row in rows:
        if row.entry is None:
            continue
        plan: p.PlannedVolume = row.entry
        found = [row.id] if row.id is not None else known_centres(session).of(plan)
        centre = found[0] if found else save(session, "centre", {"name": plan.centre, "ogrn": plan.ogrn or None})
        query = select(CentrePlan).where(
            CentrePlan.centre_id == centre, CentrePlan.territory_code == plan.territory,
            CentrePlan.service_code == plan.service, CentrePlan.year == plan.year,
        )  # fmt: skip
        kept = session.scalar(query)
        if kept is None:
            session.add(
                CentrePlan(
                    centre_id=centre, territory_code=plan.territory, service_code=plan.service, year=plan.year,
                    volume=plan.volume,
                )
            )  # fmt: skip
        else:
            kept.volume = plan.volume
        session.flush()


def _keep_in_force(session: Session, seen: PackagePreview) -> None:
    if not seen.renewed:
        return
    package = seen.package
    told = {
        "number": package.number, "on": package.on.isoformat(), "by": package.by, "sha256": seen.sha256,
        "taken_on": session.info["clock"].today().isoformat(),
    }  # fmt: skip
    _set(session, IN_FORCE_KEY, json.dumps(told, ensure_ascii=False))


def _set(session: Session, key: str, text: str) -> None:
    row = session.get(Setting, key)
    if row is None:
        session.add(Setting(key=key, value=text))
    else:
        row.value = text
    session.flush()


def _title(seen: PackagePreview, counts: Counts) -> str:
    parts = [f"новых {integer(counts.new)}"] if counts.new else []
    parts += [f"изменённых {integer(counts.changed)}"] if counts.changed else []
    return f"Комплект региона {seen.package.title}: {', '.join(parts) or 'без изменений'}"
