"""Districts of the oblast lived through in files of their own, several at once where there are processors."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from multiprocessing.pool import IMapIterator
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.clock import Clock
from app.core.periods import Quarter
from app.core.progress import Progress
from app.models import Ngo
from app.usecases import quarter_returns
from app.usecases.demo.build import settlements_of
from app.usecases.demo.oblast import plan
from app.usecases.demo.oblast.district import Told, tell
from app.usecases.demo.oblast.hand import HandFilled
from app.usecases.demo.player import Player
from app.usecases.setup import create_district

ACTOR = "Демонстрация"
DOING = "Районы области"
WRONG_BY_HAND = {
    plan.LOMONOSOV: ("102.quarter", "много"),
    plan.GATCHINA: ("head.oktmo", plan.FORMER),
    plan.KINGISEPP: ("head.oktmo", plan.UNKNOWN),
}
"""Forms of III квартал that were filled by hand before the right file came, and the cell that is wrong in them."""

Version = tuple[Quarter, int]


@dataclass(frozen=True, slots=True)
class Job:
    """A district to live through in a folder.  last: the quarter after which its file was lost, or None."""

    oktmo: str
    seed: int
    folder: Path
    last: Quarter | None = None


@dataclass(frozen=True, slots=True)
class Lived:
    """What a district approved.  frozen: version -> day, XLSX, PDF.  hand: by quarter, None for the wrong one.

    keys: r1…, b1, s1… -> the key under which a return names it.
    """

    job: Job
    told: Told
    frozen: Mapping[Version, tuple[date, bytes, bytes]]
    hand: Mapping[Quarter | None, bytes]
    keys: Mapping[str, str]


def live_all(jobs: Iterable[Job], progress: Progress) -> Iterator[Lived]:
    """Every district, in no order.  Cancelled stops the work of all."""
    waiting = sorted(jobs, key=lambda job: job.oktmo != plan.VSEVOLOZHSK)  # the largest first
    workers = min(os.cpu_count() or 1, len(waiting), 4)
    if workers == 1 or getattr(sys, "frozen", False):
        for number, job in enumerate(waiting):
            progress.step(number, len(waiting), DOING)
            yield live(job)
        return
    with multiprocessing.get_context("spawn").Pool(workers, _begin) as pool:
        found = pool.imap_unordered(_apart, waiting)
        for number in range(len(waiting)):
            yield _next(found, number, len(waiting), progress)


def _next(found: IMapIterator[Lived], number: int, total: int, progress: Progress) -> Lived:
    while True:
        progress.step(number, total, DOING)
        try:
            return found.next(timeout=0.2)
        except multiprocessing.TimeoutError:
            continue


def _begin() -> None:
    """In a process of its own: interrupts are the parent's business, rubbish is swept after each district."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()


def _apart(job: Job) -> Lived:
    found = live(job)
    gc.collect()
    return found


def live(job: Job) -> Lived:
    """One district: its file, and the papers it approved."""
    told = tell(job.oktmo, settlements_of(job.oktmo), job.seed, job.last)
    path = job.folder / f"{job.oktmo}.db"
    clock = Clock.fixed(told.history.actions[0].day, job.seed * 100_000_000 + int(job.oktmo))
    with create_district(path, job.oktmo, clock=clock, actor=ACTOR, account="demo") as database:
        player = Player(database, clock, sitting=_half_month, explains=False)
        player.play(told.history)
        frozen: dict[Version, tuple[date, bytes, bytes]] = {}
        hand: dict[Quarter | None, bytes] = {}
        with database.read() as session:
            for quarter in quarter_returns.frozen_quarters(session):
                for correction in range(quarter_returns.versions_of(session, quarter)):
                    kept = quarter_returns.kept(session, quarter, correction)
                    assert kept is not None
                    frozen[quarter, correction] = kept.envelope.frozen_on, kept.xlsx, kept.pdf
                kept = quarter_returns.kept(session, quarter)
                assert kept is not None
                if quarter in plan.BY_HAND.get(job.oktmo, ()):
                    hand[quarter] = HandFilled(kept.ret, kept.envelope, listed=quarter == plan.NOW).saved()
                if quarter == plan.NOW and job.oktmo in WRONG_BY_HAND:
                    cell, value = WRONG_BY_HAND[job.oktmo]
                    hand[None] = HandFilled(kept.ret, kept.envelope, listed=False).saved({cell: value})
            keys = _keys(session, {who: player.ids[name] for who, name in told.cast.items()})
    return Lived(job, told, frozen, hand, keys)


def _half_month(day: date) -> tuple[int, int, bool]:
    return day.year, day.month, day.day > 15


def _keys(session: Session, ids: Mapping[str, int]) -> dict[str, str]:
    told = {row[0]: row[1] for row in session.execute(select(Ngo.id, func.coalesce(Ngo.ogrn, Ngo.uuid)))}
    return {who: told[id] for who, id in ids.items()}
