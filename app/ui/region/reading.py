"""What the pages of the region's pictures ask of the file, in its thread: the whole quarter at once."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from typing import Any

from app.core.errors import AppError
from app.core.periods import Quarter, last_full_quarter
from app.core.progress import SILENT, Progress
from app.region.consolidate import consolidate
from app.returns.form import RowKind
from app.ui.region.picture import Picture, plain_figures
from app.usecases.received import territories
from app.usecases.region_found import Texts, find, is_kept, keep
from app.usecases.region_picture import consolidation_of
from app.usecases.region_returns import loaded, quarters_held, standing_sources
from app.usecases.region_whole import Whole, comparison, districts_of, glance, looked_at, need_map, whole

SPOTS_A_STEP = 250
SHOWN = 8
"""Quarters of the bars of a row, the one at hand among them."""


def read_picture(session: Any, quarter: Quarter | None, today: Any, *, progress: Progress = SILENT) -> Picture:
    """The quarter, or the latest one of which anything came; an empty picture where nothing did."""
    quarters = quarters_held(session)
    last = last_full_quarter(today)
    chosen = quarter or next((one for one in quarters if one <= last), quarters[0] if quarters else last)
    progress.step(0, 2, "Собирается свод")
    found = glance(session, chosen, lists_kept=True)
    if found.later is not None:
        return _figures(session, found, quarters)
    found = whole(session, chosen)  # no digests are kept beside these returns
    progress.step(1, 2, "Сравнивается с прежними кварталами")
    return _all(session, found, quarters)


def read_rest(database: Any, quarter: Quarter, *, progress: Progress = SILENT) -> Picture:
    """What every return has to be read for; it is kept, so that the next time costs nothing."""
    texts: Texts | None = None
    with database.read() as session:
        found = glance(session, quarter, lists_kept=True)
        later, quarters = found.later, quarters_held(session)
        if later is not None and not is_kept(session, later.case):
            kept, texts = find(session, later.case, progress)
            later.take(kept)
    if later is not None and texts is not None:
        with suppress(AppError):  # who may only look finds it anew the next time
            keep(database, later.case, texts)
    with database.read() as session:
        progress.step(0, 2, "Сравнивается с прежними кварталами")
        picture = _all(session, found, quarters)
        spots = picture.coverage.spots
        for number, spot in enumerate(spots):
            if not number % SPOTS_A_STEP:
                progress.step(number, len(spots), "Складывается матрица")
            _ = spots[spot]
        _ = picture.whole.intervals
        for spec in picture.whole.form.rows:
            if spec.kind is not RowKind.TEXT:
                picture.standing_out(f"{spec.measure}.quarter")
        return picture


def _figures(session: Any, found: Whole, quarters: tuple[Quarter, ...]) -> Picture:
    """What digests tell at once; lists where they were found before."""
    assert found.later is not None
    is_found = is_kept(session, found.later.case)
    cover = found.coverage if is_found else replace(found.coverage, holes=(), duplicates=())
    return Picture(
        quarter=found.quarter,
        whole=found.consolidation,
        coverage=cover,
        findings=tuple(found.findings) if is_found else (),
        answers=need_map(session),
        unchecked=tuple(found.unchecked) if is_found else (),
        quarters=quarters,
        complete=False,
        is_found=is_found,
    )


def _all(session: Any, found: Whole, quarters: tuple[Quarter, ...]) -> Picture:
    compared = comparison(session, found.quarter)
    return Picture(
        quarter=found.quarter,
        whole=found.consolidation,
        coverage=found.coverage,
        findings=tuple(found.findings),
        before=compared.before,
        year_ago=compared.year_ago,
        answers=need_map(session),
        costs=found.costs,
        unchecked=tuple(found.unchecked),
        quarters=quarters,
    )


def read_series(
    session: Any, quarter: Quarter, *, progress: Progress = SILENT
) -> Mapping[Quarter, Mapping[str, Decimal]]:
    """Figures of the seven quarters before by cell, oldest first: of each as its own consolidation tells it."""
    first = quarter
    for _ in range(SHOWN - 1):
        first = first.previous
    quarters = sorted(one for one in quarters_held(session) if first <= one < quarter)
    known = territories(session)
    found = {}
    for place, one in enumerate(quarters):
        progress.step(place, len(quarters), "Читаются прежние кварталы")
        sources, districts = standing_sources(session, looked_at(one)), districts_of(known, one)
        told = consolidation_of(session, one, sources, districts)
        if told is None:  # no digests are kept beside these returns
            given = loaded(session, sources)
            told = consolidate(one, given.pop(one, {}), districts, given)
        found[one] = plain_figures(told)
    return found
