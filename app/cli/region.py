"""`intake`, `receipt`, `remarks`, `board`: the region takes returns in and answers them."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from app.cli.opening import opened
from app.cli.region_answers import answer_lines, told_answer
from app.cli.speaking import INTERRUPTED
from app.core.clock import Clock
from app.core.command_line import day_argument
from app.core.errors import AppError
from app.core.periods import Quarter
from app.core.progress import SILENT, Progress
from app.core.russian import day, ended, plural
from app.region.results import RESULT_TITLES
from app.returns.answers import Answer
from app.returns.life import Remark
from app.usecases import region_answers
from app.usecases.intake import KIND, Beside, Intake, Stopped, Taken, take_in
from app.usecases.places import write_file
from app.usecases.received import territories
from app.usecases.region_board import Board, Place, board
from app.usecases.region_digests import make_anew
from app.usecases.region_package_use import PlacePackage, old_package_lines, package_of_place

Outcome = tuple[int, dict[str, Any], str]
LISTED = 20
"""So many cells of a file are printed; --json has more."""


def intake(path: Path, clock: Clock, options: argparse.Namespace) -> Outcome:
    """Take returns in: exit 1 when a file of this call is set aside, also the second time.

    Ctrl+C stops between two files: what was taken in by then stays and is told.
    """
    database = opened(path, clock, region=True)
    left = None
    try:
        came_on = None if options.came is None else day_argument(options.came)
        found = take_in(database, options.paths, came_on=came_on, progress=_progress(options))
    except Stopped as stop:
        found, left = stop.intake, stop.left
    finally:
        with database.read() as session:
            names = {one.code: f"{one.code} {one.name}" for one in territories(session)}
        database.close()
    told = {
        "files": [_told(one) for one in found.files],
        "beside": [_told_beside(one) for one in found.beside],
        "answers": [told_answer(one) for one in found.answers],
        "warnings": [{"oktmo": oktmo, "text": text} for oktmo, text in found.warnings],
        "found": sum(one.is_set_aside for one in found.files) + sum(one.is_set_aside for one in found.answers),
    }
    if left is not None:
        stopped = f"Приём прерван, не разобрано: {left}. Повторите команду: принятое второй раз не записывается."
        return INTERRUPTED, told | {"left": left}, f"{_text(found, names)}\n{stopped}"
    return (1 if told["found"] else 0), told, _text(found, names)


def _progress(options: argparse.Namespace) -> Progress:
    """A line on standard error for each file: asked for, or where a person looks at it."""
    if not options.progress and not (sys.stderr is not None and sys.stderr.isatty()):
        return SILENT
    return Progress(lambda done, total, name: print(f"Принимается {done + 1} из {total}: {name}", file=sys.stderr,
                                                    flush=True))  # fmt: skip


def recount(path: Path, clock: Clock, _options: argparse.Namespace) -> Outcome:
    """Make the figures kept beside the returns anew: what `check` asks for when they do not fit."""
    database = opened(path, clock, region=True)
    try:
        count = make_anew(database)
    finally:
        database.close()
    returns = plural(count, "отчёт", "отчёта", "отчётов")
    return 0, {"returns": count}, f"Сводные цифры пересчитаны: {returns}."


def _told(one: Taken) -> dict[str, Any]:
    return {
        "file": one.file,
        "inside": one.inside or None,
        "result": one.result.value,
        "oktmo": one.oktmo or None,
        "period": str(one.quarter) if one.quarter else None,
        "correction": one.correction,
        "hand_filled": one.hand,
        "reason": one.reason,
        "misnamed": one.misnamed or None,
        "faults": [{"cell": fault.cell, "place": fault.place, "text": fault.text} for fault in one.faults],
    }


def _told_beside(one: Beside) -> dict[str, Any]:
    return {
        "file": one.file,
        "inside": one.inside or None,
        "oktmo": one.oktmo or None,
        "period": str(one.quarter) if one.quarter else None,
        "correction": one.correction,
    }


def _text(found: Intake, names: Mapping[str, str]) -> str:
    lines = []
    for one in found.files:
        whose = ", ".join(part for part in (one.oktmo, one.quarter.title if one.quarter else "") if part)
        lines.append(f"{one.file}: {RESULT_TITLES[one.result]}{f' ({whose})' if whose else ''}")
        if one.misnamed:
            lines.append(f"  {ended(one.misnamed[:1].upper() + one.misnamed[1:])}")
        if one.is_set_aside and not one.faults:
            lines.append(f"  {one.reason}")
        lines += [f"  {fault.place or fault.cell or 'файл'}: {fault.text}" for fault in one.faults[:LISTED]]
        if len(one.faults) > LISTED:
            lines.append(f"  И ещё {len(one.faults) - LISTED}: перечень даёт --json.")
    lines += [f"{one.file}: сохранён рядом" for one in found.beside]
    lines += [line for one in found.answers for line in answer_lines(one)]
    lines += [f"{names.get(oktmo, oktmo)}: {text}" for oktmo, text in found.warnings]
    counts = Counter(one.result for one in found.files)
    summed = ", ".join(f"{RESULT_TITLES[result]} — {number}" for result, number in sorted(counts.items()))
    files = plural(len(found.files), "файл", "файла", "файлов")
    if found.answers and not found.files:
        return "\n".join([*lines, f"Ответов на вопросы: {len(found.answers)}."])
    also = f" Ответов на вопросы: {len(found.answers)}." if found.answers else ""
    return "\n".join([*lines, f"Всего {files}{f': {summed}' if summed else ''}.{also}"])


def receipt(path: Path, clock: Clock, options: argparse.Namespace) -> Outcome:
    """The receipt of the version that stands, as a file for the district."""
    return _answered(
        path, clock, options, "Квитанция",
        lambda session, quarter: region_answers.receipt(session, options.oktmo, quarter),
    )  # fmt: skip


def remarks(path: Path, clock: Clock, options: argparse.Namespace) -> Outcome:
    """Remarks at cells, as a file that the district's program opens at them."""
    given = [_remark(text) for text in options.at]
    return _answered(
        path, clock, options, "Замечания",
        lambda session, quarter: region_answers.remarks(session, options.oktmo, quarter, given, options.text),
    )  # fmt: skip


def _answered(
    path: Path, clock: Clock, options: argparse.Namespace, what: str,
    act: Callable[[Any, Quarter], tuple[Answer, bytes]],
) -> Outcome:  # fmt: skip
    quarter = _quarter(options.quarter)
    database = opened(path, clock, region=True)
    try:
        with database.write(KIND, f"{what}: {options.oktmo}, {quarter.title}") as session:
            answer, content = act(session, quarter)
            file = options.out / answer.file_name if options.out.is_dir() else options.out
            write_file(file, content)  # or nothing is kept
    finally:
        database.close()
    told = {
        "file": str(file),
        "oktmo": answer.oktmo,
        "period": str(answer.quarter),
        "correction": answer.correction,
        "number": answer.number or None,
        "on": answer.on.isoformat(),
        "sha256": answer.sha256,
        "remarks": [{"cell": one.cell, "text": one.text} for one in answer.remarks],
    }
    cells = plural(len(answer.remarks), "ячейка", "ячейки", "ячеек")
    about = f" №\u00a0{answer.number}" if answer.number else f", {cells}"
    return 0, told, f"{what}{about} от {day(answer.on)}: {file}"


def show_board(path: Path, clock: Clock, options: argparse.Namespace) -> Outcome:
    """Who reported for a quarter; exit 1 while somebody is missing."""
    quarter = _quarter(options.quarter)
    database = opened(path, clock, region=True)
    try:
        with database.read() as session:
            found = board(session, quarter)
            packages = package_of_place(session, quarter)
    finally:
        database.close()
    told = {
        "quarter": str(quarter),
        "due_on": found.due_on.isoformat(),
        **found.counts,
        "missing_codes": [place.oktmo for place in found.missing],
        "old_package": [oktmo for oktmo, one in packages.items() if one.is_old],
        "places": [_told_place(place, packages.get(place.oktmo)) for place in found.places],
    }
    return (1 if found.missing else 0), told, _board_text(found, packages)


def _told_place(place: Place, package: PlacePackage | None) -> dict[str, Any]:
    return {
        "oktmo": place.oktmo,
        "name": place.name,
        "correction": place.stands.correction if place.stands else None,
        "received_on": place.received_on.isoformat() if place.received_on else None,
        "on_time": place.on_time,
        "days_late": place.days_late,
        "accepted_on": place.accepted_on.isoformat() if place.accepted_on else None,
        "sent_back_on": place.sent_back_on.isoformat() if place.sent_back_on else None,
        "set_aside": place.set_aside,
        "misnamed": place.misnamed or None,
        "completeness": str(place.filled.percent) if place.filled and place.filled.percent is not None else None,
        "package": _told_package(package) if place.stands and package else None,
    }


def _told_package(package: PlacePackage) -> dict[str, Any]:
    return {
        "number": package.number,
        "on": package.on.isoformat() if package.on else None,
        "standing": package.standing.value,
        "newest": package.newest,
    }


def _board_text(found: Board, packages: Mapping[str, PlacePackage]) -> str:
    counts = found.counts
    summed = (
        f"{found.quarter.title}, срок {day(found.due_on)}: ждали {counts['expected']}, получено {counts['received']}, "
        f"в срок {counts['on_time']}, принято {counts['accepted']}, уточнённых {counts['corrected']}, "
        f"нет {counts['missing']}."
    )
    lines = [summed, *(f"{place.oktmo} {place.name}: {_standing(place)}" for place in found.places)]
    return "\n".join([*lines, *old_package_lines(found.places, packages)])


def _standing(place: Place) -> str:
    late = f", опоздание {plural(place.days_late, 'день', 'дня', 'дней')}" if place.days_late else ""
    aside = f", отложено файлов: {place.set_aside}" if place.set_aside else ""
    aside += f"; {place.misnamed}" if place.misnamed else ""
    if place.stands is None:
        return f"отчёта нет{late}{aside}"
    kind = f"уточнённый №\u00a0{place.stands.correction}" if place.stands.correction else "первичный"
    parts = [f"{kind}, получен {day(place.received_on)}{late}"]
    if place.accepted_on:
        parts.append(f"квитанция {day(place.accepted_on)}")
    elif place.sent_back_on:
        parts.append(f"замечания {day(place.sent_back_on)}")
    if place.filled is not None and place.filled.percent is not None:
        parts.append(f"заполнено {place.filled.filled} из {place.filled.possible} строк")
    return ", ".join(parts) + aside


def _remark(text: str) -> Remark:
    cell, sign, said = text.partition("=")
    if not sign or not said.strip():
        raise AppError(f"Замечание «{text}» не понято.", "Пишите его как 211.3.quarter=Не сходится с реестром.")
    return Remark(cell.strip(), said.strip())


def _quarter(text: str) -> Quarter:
    try:
        return Quarter.parse(text)
    except ValueError:
        raise AppError(f"Квартал «{text}» не понят.", "Пишите его как 2026-Q3.") from None
