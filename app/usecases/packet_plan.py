"""What taking a packet in does, record by record: seen before anything is written, told after it was."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Literal

from app.exchange.packets import Packet
from app.usecases.import_plan import Counts, Outcome

Hers = Literal["mine", "hers"] | Collection[str]
"""Whose value a disputed field keeps: mine everywhere, hers everywhere, or hers at these `FieldPlan.key`s."""


@dataclass(frozen=True, slots=True)
class FieldPlan:
    """One value that the packet would change.  mine: as the file holds it; hers; both as a person reads them.

    key: of the value within the packet.  disputed: both changed it since the fork, so a person chooses.
    """

    key: str
    title: str
    mine: str
    hers: str
    disputed: bool = False


@dataclass(slots=True)
class PacketRow:
    """A record of the packet beside the file.

    outcome: NEW, CHANGED, SAME; DOUBTFUL when a field is disputed or it is taken for a card that is there already;
    REJECTED when it cannot be written, and note says why.  same_as: the title of that card, '' without one.
    """

    register: str
    uuid: str
    title: str
    outcome: Outcome = Outcome.SAME
    fields: list[FieldPlan] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    same_as: str = ""
    apart: bool = False

    @property
    def place(self) -> str:
        """Its name among the rows of the packet."""
        return f"{self.register}:{self.uuid}"

    @property
    def note(self) -> str:
        return " ".join(self.notes)

    @property
    def disputed(self) -> tuple[FieldPlan, ...]:
        return tuple(one for one in self.fields if one.disputed)


@dataclass(frozen=True, slots=True)
class PacketPreview:
    """A packet laid over the file.  written: rows that changed something, as they were told to be taken."""

    packet: Packet
    rows: tuple[PacketRow, ...]
    written: int

    @property
    def counts(self) -> Counts:
        found = dict.fromkeys((outcome.value for outcome in Outcome), 0)
        for row in self.rows:
            found[row.outcome.value] += 1
        return Counts(**found)

    @property
    def disputed(self) -> int:
        return sum(len(row.disputed) for row in self.rows)
