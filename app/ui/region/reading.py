"""What the pages of the region's pictures ask of the file, in its thread: the whole quarter at once."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from app.core.periods import Quarter, last_full_quarter
from app.core.progress import SILENT, Progress
from app.region.consolidate import consolidate
from app.ui.region.picture import Picture, plain_figures
from app.usecases.received import territories
from app.usecases.region_picture import consolidation_of
from app.usecases.region_returns import loaded, quarters_held, standing_sources
from app.usecases.region_whole import comparison, districts_of, looked_at, need_map, whole

SHOWN = 8
"""Quarters of the bars of a row, the one at hand among them."""


def read_picture(session: Any, quarter: Quarter | None, today: Any, *, progress: Progress = SILENT) -> Picture:
    """The quarter, or the latest one of which anything came; an empty picture where nothing did."""
    quarters = quarters_held(session)
    last = last_full_quarter(today)
    chosen = quarter or next((one for one in quarters if one <= last), quarters[0] if quarters else last)
    progress.step(0, 2, "Собирается свод")
    found = whole(session, chosen)
    progress.step(1, 2, "Сравнивается с прежними кварталами")
    compared = comparison(session, chosen)
    return Picture(
        quarter=chosen,
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
