"""Honest districts: small histories of six quarters, lived through the use cases on a real file."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random

from app.core.clock import Clock
from app.core.periods import Quarter, quarters
from app.core.workdays import WorkCalendar
from app.returns.records import Records
from app.usecases.demo.actions import History
from app.usecases.demo.build import settlements_of
from app.usecases.demo.player import Approved, Player
from app.usecases.demo.plot import Shape
from app.usecases.demo.story import tell_district
from app.usecases.quarter_returns import read_records
from app.usecases.setup import create_district

DISTRICT, GATCHINA = "41612000", "41618000"


def shape_of(seed: int) -> Shape:
    """Every fourth district is Gatchina in 2024, every fourth begins within a year with opening balances."""
    random = Random(f"shape {seed}")
    kind = seed % 4
    oktmo = GATCHINA if kind == 1 else DISTRICT
    first = {0: Quarter(2024, 1), 1: Quarter(2024, 1), 2: Quarter(2024, 3), 3: Quarter(2025, 1)}[kind]
    last = first
    for _ in range(5):
        last = last.next
    return Shape(
        oktmo=oktmo,
        first=first,
        last=last,
        today=WorkCalendar().return_due(last) + timedelta(days=20),
        settlements=settlements_of(oktmo),
        opening=first.previous if kind in (2, 3) else None,
        ngos=random.randint(30, 50),
        centres=random.randint(3, 4),
        decisions=random.randint(10, 18),
        services=random.randint(20, 34),
        needs=random.randint(6, 10),
        agreements=random.randint(4, 7),
        late=random.randint(1, 4),
        merges=random.randint(1, 2),
    )


def file_of(folder: Path, seed: int) -> Path:
    """Where the district of a seed is kept once it lived."""
    return folder / f"district-{seed}.db"


def live(history: History, folder: Path, seed: int) -> tuple[tuple[Approved, ...], Records]:
    """Plays a history into a file of the folder; what was approved, and the records as they stand then."""
    clock = Clock.fixed(history.actions[0].day, seed)
    path = file_of(folder, seed)
    with create_district(path, history.oktmo, clock=clock, actor="Честный район", account="test") as database:
        player = Player(database, clock)
        player.play(history)
        with database.read() as session:
            return tuple(player.approved), read_records(session)


def sound_shape() -> Shape:
    """A district of every kind of record, at the end of a quarter that is not approved yet."""
    last = Quarter(2026, 2)
    return Shape(
        oktmo=DISTRICT, first=Quarter(2025, 1), last=last, today=date(2026, 7, 9), settlements=settlements_of(DISTRICT),
        ngos=45, centres=4, decisions=34, services=40, needs=14, agreements=6, late=2, merges=1,
    )  # fmt: skip


def district(seed: int) -> History:
    return tell_district(shape_of(seed), seed)


def approved_quarters(shape: Shape) -> tuple[Quarter, ...]:
    return tuple(quarters(shape.first, shape.last))
