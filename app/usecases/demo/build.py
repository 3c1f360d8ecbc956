"""Builds the demo set: a database with a year of life, its lists, its last return, and what is planted in it."""

from __future__ import annotations

import csv
import json
import re
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from app.core.clock import Clock
from app.core.errors import AppError, Deed
from app.core.periods import Quarter, last_full_quarter
from app.core.progress import SILENT, Progress
from app.core.russian import plural
from app.models.file_lock import FileLock
from app.reports.file_names import FORM_NAME, return_file_name
from app.returns.checks.report import Finding
from app.usecases import quarter_returns, registers
from app.usecases.backup import backup
from app.usecases.demo.lists import LISTS, demo_lists
from app.usecases.demo.plants import Planted, plant
from app.usecases.demo.player import Player
from app.usecases.demo.plot import Plot, Shape
from app.usecases.demo.story import tell
from app.usecases.places import write_file
from app.usecases.setup import create_district

OKTMO = "41612000"
TODAY = date(2026, 11, 10)
ACTOR = "Демонстрация"
DATABASE = "demo.db"
PLANTED = "planted.json"

# What an earlier run and the program opened on it leave behind; anything else is somebody's own.
_BESIDE_DATABASE = tuple(f"{DATABASE}{ending}" for ending in ("-wal", "-shm", ".lock"))
_PAPER = re.compile(rf"{FORM_NAME}_\d{{8}}_\d{{4}}-Q\d_\d+\.(?:pdf|xlsx)")
_COPY = re.compile(r"demo \d{4}-\d\d-\d\d \d\d-\d\d-\d\d .+\.db|копии\.json")


@dataclass(frozen=True, slots=True)
class DemoSummary:
    """What was built.  counts: by what is counted, for a program; text: the same for a person."""

    folder: Path
    counts: Mapping[str, int]
    text: str


def build_demo(folder: Path, seed: int = 1, *, progress: Progress = SILENT) -> DemoSummary:
    """Writes the demo set into the folder: the same bytes for the same seed.

    It replaces what it wrote before.  AppError when the folder holds anything else: nothing is written then.
    """
    folder = Path(folder)
    stale = _stale_files(folder)
    _refuse_open(folder)
    plot = Plot(demo_shape(), seed)
    tell(plot)
    planted = plant(plot)
    with tempfile.TemporaryDirectory(prefix="kurator-demo-") as workshop:
        draft = Path(workshop) / DATABASE
        clock = Clock.fixed(plot.start, seed)
        with create_district(draft, OKTMO, clock=clock, actor=ACTOR, account="demo") as database:
            player = Player(database, clock)
            player.play(plot.history(), progress)
            with database.read() as session:
                papers = _papers(session) | demo_lists(session)
                told, counts = _told(session, player, planted)
            _refuse_open(folder)
            for path in stale:
                path.unlink(missing_ok=True)
            folder.mkdir(parents=True, exist_ok=True)
            backup(database, folder / DATABASE)
    papers[PLANTED] = json.dumps(told, ensure_ascii=False, indent=1).encode()
    for name, content in papers.items():
        write_file(folder / name, content)
    return DemoSummary(folder, counts, _text(folder, counts, sorted((*papers, DATABASE))))


def demo_shape() -> Shape:
    """Всеволожский район from the last quarter of 2025 to November 2026, with opening balances."""
    return Shape(
        oktmo=OKTMO, first=Quarter(2025, 4), last=Quarter(2026, 4), today=TODAY, settlements=settlements_of(OKTMO),
        opening=Quarter(2025, 3), ngos=180, centres=7, decisions=80, services=310, needs=51, agreements=12,
        practices=10, late=4, merges=3,
    )  # fmt: skip


def settlements_of(oktmo: str) -> tuple[tuple[str, str], ...]:
    """(ОКТМО, name) of the settlements of a territory, from the dictionary."""
    text = resources.files("resources").joinpath("dictionaries", "settlements.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return tuple((row["oktmo"], row["name"]) for row in rows if row["territory_code"] == oktmo)


def _stale_files(folder: Path) -> list[Path]:
    """What an earlier run left; AppError if there is anything it did not write."""
    if not folder.exists():
        return []
    if not folder.is_dir():
        raise AppError(f"«{folder}» — не папка.", "Укажите пустую папку или новую.")
    found: list[Path] = []
    for path in sorted(folder.iterdir()):
        if path.is_dir() and path.name == "копии" and all(_COPY.fullmatch(copy.name) for copy in path.iterdir()):
            continue
        name = path.name.removesuffix(".part")  # a run that was killed may leave one
        own = name in (DATABASE, PLANTED, *_BESIDE_DATABASE, *LISTS) or _PAPER.fullmatch(name)
        if path.is_dir() or not own:
            raise AppError(
                f"В папке «{folder}» есть посторонний файл «{path.name}».",
                "Укажите пустую папку, новую или ту, где лежит прежняя демонстрация.", Deed.FOLDER, about=folder,
            )
        found.append(path)
    return found


def _refuse_open(folder: Path) -> None:
    """AppError while a window has the earlier demo open: its file would be taken away under it."""
    if (folder / DATABASE).exists():
        FileLock.take(folder / DATABASE, ACTOR).release()


def _papers(session: Session) -> dict[str, bytes]:
    """The frozen return of the last full quarter, as it was kept."""
    kept = quarter_returns.kept(session, last_full_quarter(TODAY))
    assert kept is not None  # the history approved it
    return {
        return_file_name(kept.oktmo, kept.quarter, kept.correction, ending): content
        for ending, content in (("pdf", kept.pdf), ("xlsx", kept.xlsx))
    }


def _told(session: Session, player: Player, planted: tuple[Planted, ...]) -> tuple[dict[str, Any], dict[str, int]]:
    """planted.json, and the counts.

    planted: faults with the cells that tell them; consequences: what else the checks find in the unfinished
    quarter because of them; explained: every warning of the past.
    """
    unfinished = Quarter.of(TODAY)
    draft = quarter_returns.draft(session, unfinished)
    findings: dict[Quarter, list[tuple[Finding, str]]] = {unfinished: [(f, "") for f in draft.report.findings]}
    for approved in player.approved:
        findings.setdefault(approved.quarter, []).extend(approved.explained)
    listed = [_planted_row(one, player.ids, findings.get(one.quarter, [])) for one in planted]
    own = {(row["check"], row["cell"]) for row in listed if row["quarter"] == str(unfinished)}
    consequences = [
        {"quarter": str(unfinished), "check": f.check, "severity": f.severity.value, "cell": f.cell, "text": f.text}
        for f in draft.report.findings
        if (f.check, f.cell) not in own
    ]
    explained = [
        {"quarter": str(q), "check": f.check, "cell": f.cell, "text": f.text, "explanation": text}
        for q, rows in findings.items()
        if q != unfinished
        for f, text in rows
    ]
    counts = Counter({register: len(registers.find(session, register)) for register in registers_counted()})
    counts |= Counter(
        frozen=len(quarter_returns.frozen_quarters(session)), planted=len(planted), explained=len(explained),
        errors=len(draft.report.errors), warnings=len(draft.report.warnings),
    )  # fmt: skip
    return {"planted": listed, "consequences": consequences, "explained": explained}, dict(counts)


def registers_counted() -> tuple[str, ...]:
    return ("ngo", "support", "service", "need", "agreement", "practice", "centre")


def _planted_row(one: Planted, ids: Mapping[str, int], findings: list[tuple[Finding, str]]) -> dict[str, Any]:
    """One planted fault with the finding that speaks of its records."""
    wanted = {(one.register, ids[name]) for name in one.names}
    row = {
        "quarter": str(one.quarter), "check": one.check, "severity": one.severity, "what": one.what,
        "register": one.register, "records": sorted(ids[name] for name in one.names), "cell": "", "explanation": "",
    }  # fmt: skip
    for finding, explanation in findings:
        speaks_of = {(source.register, id) for source in finding.records for id in source.ids}
        if (
            finding.check == one.check
            and finding.severity.value == one.severity
            and (not one.cell or finding.cell == one.cell)
            and wanted <= speaks_of
        ):
            return row | {"cell": finding.cell, "explanation": explanation}
    return row


def _text(folder: Path, counts: Mapping[str, int], files: list[str]) -> str:
    """What lies where, for the terminal."""
    told = ", ".join(
        plural(counts[register], *nouns)
        for register, nouns in (
            ("ngo", ("организация", "организации", "организаций")),
            ("support", ("мера поддержки", "меры поддержки", "мер поддержки")),
            ("service", ("услуга", "услуги", "услуг")),
            ("need", ("потребность", "потребности", "потребностей")),
            ("frozen", ("утверждённый отчёт", "утверждённых отчёта", "утверждённых отчётов")),
        )
    )
    found = plural(counts["errors"], "ошибка", "ошибки", "ошибок")
    return "\n".join(
        [
            f"Демонстрационный район (всё выдумано): {told}.",
            f"В незавершённом квартале нарочно посеяны ошибки: проверки находят {found};",
            f"все и их следствия — в {PLANTED}.",
            *(f"  {folder / name}" for name in files),
        ]
    )
