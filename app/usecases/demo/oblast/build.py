"""Builds the demo oblast: the files that came, what is planted in them, the districts, and the region's own file."""

from __future__ import annotations

import json
import re
import tempfile
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from app.core.clock import Clock
from app.core.errors import AppError, Deed
from app.core.progress import SILENT, Progress
from app.core.russian import plural
from app.models.backup import write_backup
from app.models.file_lock import FileLock
from app.usecases import region_answers
from app.usecases.demo.build import DemoSummary
from app.usecases.demo.oblast import plan
from app.usecases.demo.oblast.arrivals import arrivals
from app.usecases.demo.oblast.lives import ACTOR, Job, live_all
from app.usecases.demo.oblast.plans import FILE as PLANS
from app.usecases.demo.oblast.plans import TAKEN_ON, plans_book
from app.usecases.demo.oblast.planted import planted
from app.usecases.intake import take_in
from app.usecases.places import write_file
from app.usecases.received import standing_returns
from app.usecases.region_justified import justify
from app.usecases.region_plan_table import take_plans
from app.usecases.region_plans import KIND
from app.usecases.region_setup import create_region

CAME, DISTRICTS, PLANTED, REGION = "in", "districts", "planted.json", "region.db"
_DISTRICT = re.compile(r"\d{8}\.db(?:-wal|-shm|\.lock)?")
_BESIDE = (PLANTED, PLANS, *(f"{REGION}{ending}" for ending in ("", "-wal", "-shm", ".lock")))


def build_oblast(folder: Path, seed: int = 1, *, progress: Progress = SILENT) -> DemoSummary:
    """Writes the demo oblast into the folder: the same bytes for the same seed.

    It replaces what it wrote before.  AppError when the folder holds anything else; Cancelled by `progress`: nothing
    is written then.
    """
    folder = Path(folder)
    stale = _stale_files(folder)
    _refuse_open(folder)
    codes = (*plan.CODES, plan.FORMER)
    with tempfile.TemporaryDirectory(prefix="kurator-oblast-") as workshop:
        room = Path(workshop)
        (room / "lost").mkdir()
        # Another seed: what was entered anew is not what was entered first.
        jobs = [Job(oktmo, seed, room) for oktmo in codes]
        jobs.append(Job(plan.BEGUN_ANEW, seed + 1, room / "lost", plan.FIRST))
        lived = {one.job: one for one in live_all(jobs, progress)}
        districts = {job.oktmo: lived[job] for job in jobs[:-1]}
        came = arrivals(districts, lived[jobs[-1]])
        told = planted(districts, came)
        plans = plans_book(room)
        _refuse_open(folder)
        # First what tells which files are ours: a run that is killed after this can be made again.
        write_file(folder / PLANTED, json.dumps(told, ensure_ascii=False, indent=1).encode())
        for path in stale:
            path.unlink(missing_ok=True)
        (folder / DISTRICTS).mkdir(parents=True, exist_ok=True)
        for oktmo in codes:
            write_backup(room / f"{oktmo}.db", (folder / DISTRICTS / f"{oktmo}.db").absolute(), ACTOR)
    for one in came:
        write_file(folder / CAME / one.name, one.content)
    write_file(folder / PLANS, plans)
    counts = {"districts": len(plan.CODES), "files": len(came), "missing": len(plan.MISSING),
              "holes": len(told["holes"]), "duplicates": len(told["duplicates"])}  # fmt: skip
    results = Counter(told["results"].values())
    return DemoSummary(folder, counts | dict(results), _text(folder, counts))


def build_region_demo(folder: Path, progress: Progress = SILENT, seed: int = 1) -> Path:
    """The demo oblast with the file of the region, into which everything was taken as it came; returns that file."""
    build_oblast(folder, seed, progress=progress)
    with tempfile.TemporaryDirectory(prefix="kurator-oblast-") as workshop:
        draft = Path(workshop) / REGION
        take_in_as_it_came(folder, draft, seed, progress=progress)
        write_backup(draft, (folder / REGION).absolute(), ACTOR)
    return folder / REGION


def take_in_as_it_came(folder: Path, region: Path, seed: int = 1, *, progress: Progress = SILENT) -> None:
    """A new file of the region: files and plans taken in on their days, receipts for most, duplicates justified."""
    came = folder / CAME
    told: Mapping[str, Any] = json.loads((folder / PLANTED).read_text(encoding="utf-8"))
    days: dict[date, list[Path]] = {}
    for name, day in told["arrived"].items():
        days.setdefault(date.fromisoformat(day), []).append(came / name)
    clock = Clock.fixed(min(days), seed)
    with create_region(region, clock=clock, actor=ACTOR, account="demo") as database:
        for number, (day, paths) in enumerate(sorted((days | {TAKEN_ON: days.get(TAKEN_ON, [])}).items())):
            progress.step(number, len(days), "Принимаются отчёты")
            clock.set_day(day)
            if day == TAKEN_ON:
                with database.write(KIND, "Планы центров") as session:
                    take_plans(session, folder / PLANS)
            if paths:
                take_in(database, sorted(paths))
        clock.set_day(plan.TODAY)
        with database.write("intake", "Выданы квитанции") as session:
            for quarter in (plan.FIRST, plan.FIRST.next, plan.NOW.previous, plan.NOW):
                for oktmo in list(standing_returns(session, quarter))[: 8 if quarter == plan.NOW else None]:
                    region_answers.receipt(session, oktmo, quarter)
        for key, reason in told["to_justify"].items():
            with database.write("region", "Дублирование обосновано") as session:
                justify(session, key, reason)


def _stale_files(folder: Path) -> list[Path]:
    """What an earlier run left; AppError if there is anything it did not write."""
    if not folder.exists():
        return []
    if not folder.is_dir():
        raise AppError(f"«{folder}» — не папка.", "Укажите пустую папку или новую.")
    ours = _came_before(folder)
    found: list[Path] = []
    for path in sorted(folder.iterdir()):
        if path.name == "копии" and path.is_dir():
            continue
        inside = sorted(path.iterdir()) if path.is_dir() and path.name in (CAME, DISTRICTS) else [path]
        for one in inside:
            if one.is_dir() or not _is_ours(path.name, one.name.removesuffix(".part"), ours):
                raise AppError(
                    f"В папке «{folder}» есть посторонний файл «{one.name}».",
                    "Укажите пустую папку, новую или ту, где лежит прежняя демонстрация.", Deed.FOLDER, about=folder,
                )
            if one.name != PLANTED:
                found.append(one)
    return found


def _is_ours(place: str, name: str, came: set[str]) -> bool:
    if place == CAME:
        return name in came
    if place == DISTRICTS:
        return _DISTRICT.fullmatch(name) is not None
    return name in _BESIDE


def _came_before(folder: Path) -> set[str]:
    try:
        told = json.loads((folder / PLANTED).read_text(encoding="utf-8"))
        return set(told["arrived"])
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def _refuse_open(folder: Path) -> None:
    """AppError while a window has a file of the earlier demo open: it would be taken away under it."""
    for path in (folder / REGION, *sorted((folder / DISTRICTS).glob("*.db"))):
        if path.exists():
            FileLock.take(path, ACTOR).release()


def _text(folder: Path, counts: Mapping[str, int]) -> str:
    files = plural(counts["files"], "файл", "файла", "файлов")
    holes = plural(counts["holes"], "незакрытая потребность", "незакрытые потребности", "незакрытых потребностей")
    doubled = plural(counts["duplicates"], "дублирование", "дублирования", "дублирований")
    return "\n".join(
        [
            f"Демонстрационная область (всё выдумано): 18 районов, четыре квартала, {files}.",
            f"Посеяно: {holes}, {doubled}, нет отчётов — {counts['missing']}. Всё перечислено в {PLANTED}.",
            f"  {folder / CAME}",
            f"  {folder / DISTRICTS}",
            f"  {folder / PLANS}",
            f"  {folder / PLANTED}",
            f"Файл области: init --region, затем intake этой папки in и plans --take {PLANS}.",
        ]
    )
