"""Two clerks over one district: the main file, working copies of it, and packets that go back."""

from __future__ import annotations

import weakref
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app.exchange.packets import Packet, read_packet
from app.models import Base
from app.models.database import Database
from app.records import REGISTERS
from app.usecases.packet_making import packet_file
from app.usecases.packet_plan import PacketPreview
from app.usecases.packet_taking import KIND, take
from app.usecases.tables import LINE_MODELS
from app.usecases.working_copy import make_working_copy
from tests.factories import District

COLLEAGUE = "Тихонова А. С."


def copy_for(district: District, whom: str = COLLEAGUE, name: str = "") -> District:
    """A working copy in a folder of its own, open on the same day with keys of its own."""
    folder = district.path.parent / (name or whom)
    folder.mkdir()
    made = make_working_copy(district.database, folder / "район.db", whom)
    return opened(made, district, seed=len(list(district.path.parent.iterdir())))


def opened(path: Path, like: District, seed: int) -> District:
    found = District.__new__(District)
    found.path, found._numbers = path, 1000 * seed
    from app.core.clock import Clock

    found.clock = Clock.fixed(like.clock.today(), seed=100 + seed)
    found.database = Database.open(path, clock=found.clock, actor=COLLEAGUE, account="colleague")
    weakref.finalize(found, found.database.close)  # Python 3.13 tells of a connection that nobody closed
    return found


def packet(copy: District) -> Packet:
    """What goes back: written, and read again."""
    return read_packet(copy.read(packet_file))


def preview(district: District, brought: Packet, **how: Any) -> PacketPreview:
    with district.database.rehearse(KIND, "Пакет") as session:
        return take(session, brought, **how)


def taken(district: District, brought: Packet, **how: Any) -> PacketPreview:
    return district.write(take, brought, kind=KIND, title="Пакет", **how)


def state(district: District, *, live: bool = True) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every register and its lines, by its columns; live: without the archive and what hangs on it."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    gone: dict[str, set[int]] = {}
    with district.database.read() as session:
        for table in Base.metadata.sorted_tables:
            if table.name not in (*REGISTERS, *LINE_MODELS):
                continue
            rows = [row._mapping for row in session.connection().execute(select(table).order_by(table.c.id))]
            if live and "archived_on" in table.c:
                gone[table.name] = {row["id"] for row in rows if row["archived_on"] is not None}
                rows = [row for row in rows if row["archived_on"] is None]
            found[table.name] = [tuple(row.values()) for row in rows]
    return found
