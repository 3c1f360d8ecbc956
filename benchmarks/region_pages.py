"""The region's pages out of the figures kept beside the returns, beside a recount over the returns themselves.

18 districts × 8 quarters, as the oblast has them, and 2,500 municipalities × 4 quarters, as all Russia would.  A page
is asked of a file that was just opened, nothing remembered: the board with its completeness; the whole with every
coded row and table 4, quarter and year; the matrix with the first screen of districts by category and by code.  The
peer parses the same returns and counts them, which is what a script over eighteen files does.

`window_…` are the pages as they stand on the screen: from the opening of a page, with nothing remembered, to its
figures painted.  Of all Russia the lists were found before and are kept beside the returns; what the pages read after
that (changes, costs, sums of the matrix) comes while the page is there.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from app.core.clock import Clock
from app.models.database import Database
from app.region.consolidate import consolidate
from app.returns.form import RowKind
from app.usecases import region_whole
from app.usecases.received import territories
from app.usecases.region_board import board
from app.usecases.region_found import find, is_kept, keep
from app.usecases.region_returns import Source, standing_sources
from app.usecases.region_whole import districts_of, glance
from benchmarks._process import environment
from benchmarks._region import LAST, TODAY, parsed, region_of

TIMES, SCREEN = 3, 30
OBLAST, RUSSIA = (18, 8, 150, 0.1), (2_500, 4, 40, 0.3)


def run() -> dict[str, dict[str, Any]]:
    """Seconds of processor time, the slowest page, the best of three; KURATOR_OBLAST=1 leaves all Russia out."""
    sizes = {"page_region": OBLAST, "page_region_2500": RUSSIA}
    if os.environ.get("KURATOR_OBLAST") == "1":
        del sizes["page_region_2500"]
    rows = {key: _row(*size) for key, size in sizes.items()}
    return rows | {key.replace("page", "window"): _window_row(*size, rows[key]["peer"]) for key, size in sizes.items()}


def _window_row(count: int, quarters: int, ngos: int, goal: float, peer: float) -> dict[str, Any]:
    path = region_of(count, quarters, ngos)
    _keep_lists(path)
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks._region_window", str(path), str(TIMES)], check=True, capture_output=True,
        text=True, env=environment(HOME=str(path.parent)),
    )  # fmt: skip
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    slowest = max(told, key=lambda name: told[name])
    listed = ", ".join(f"{name} {seconds:.3f}" for name, seconds in told.items())
    return {
        "ours": told[slowest], "peer": peer, "peer_name": f"разобрать и сложить те же отчёты ({listed})",
        "ratio": peer / told[slowest], "unit": "с ЦП", "n": count * quarters, "goal": goal,
    }  # fmt: skip


def _keep_lists(path: Path) -> None:
    """As the first page that is opened after an intake does."""
    with Database.open(path, clock=Clock.fixed(TODAY)) as database:
        with database.read() as session:
            found = glance(session, LAST, lists_kept=True)
            if found.later is None or is_kept(session, found.later.case):
                return
            _, texts = find(session, found.later.case)
        keep(database, found.later.case, texts)


def _row(count: int, quarters: int, ngos: int, goal: float) -> dict[str, Any]:
    path = region_of(count, quarters, ngos)
    told = {name: min(_seconds(path, page) for _ in range(TIMES)) for name, page in PAGES.items()}
    slowest = max(told, key=lambda name: told[name])
    peer = _recount(path)
    listed = ", ".join(f"{name} {seconds:.3f}" for name, seconds in told.items())
    return {
        "ours": told[slowest], "peer": peer, "peer_name": f"разобрать и сложить те же отчёты ({listed})",
        "ratio": peer / told[slowest], "unit": "с ЦП", "n": count * quarters, "goal": goal,
    }  # fmt: skip


def _seconds(path: Path, page: Callable[[Session], object]) -> float:
    region_whole.forget()
    with Database.open(path, clock=Clock.fixed(TODAY)) as database, database.read() as session:
        began = time.process_time()
        page(session)
        return time.process_time() - began


def _whole(session: Session) -> None:
    found = glance(session, LAST).consolidation
    for spec in found.form.rows:
        if spec.kind is not RowKind.TEXT:
            _ = [found[f"{spec.measure}.{period}"].value for period in ("quarter", "year")]
    for category in found.needs:
        for column in found.form.need_columns:
            _ = [found[f"{category.key}.{column.key}.{period}"].value for period in ("quarter", "year")]


def _matrix(session: Session) -> None:
    found = glance(session, LAST)
    cover = found.coverage
    for district in found.consolidation.expected[:SCREEN]:
        for code, _ in cover.categories:
            spot = cover.spot(district.oktmo, "category", code)
            assert spot is None or spot.percent is None or spot.percent <= 100
        for code, _ in cover.codes:
            cover.spot(district.oktmo, "code", code)


PAGES: dict[str, Callable[[Session], object]] = {
    "доска": lambda session: board(session, LAST), "свод": _whole, "матрица": _matrix,
}  # fmt: skip


def _recount(path: Path) -> float:
    """The quarter alone, parsed and consolidated: the year would take as much for every quarter of it."""
    with Database.open(path, clock=Clock.fixed(TODAY)) as database, database.read() as session:
        sources: tuple[Source, ...] = standing_sources(session, [LAST])
        districts = districts_of(territories(session), LAST)
        began = time.process_time()
        consolidate(LAST, parsed(session, sources), districts)
        return time.process_time() - began
