"""What happens in a district, as dated actions: a history is written down first and played after.

A value that is a `Ref` stands for the id of a record which an earlier action saved under that name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from app.core.periods import Quarter


@dataclass(frozen=True, slots=True)
class Ref:
    """The record saved under this name."""

    name: str


@dataclass(frozen=True, slots=True)
class Action:
    """Something the curator does on a day."""

    day: date


@dataclass(frozen=True, slots=True)
class SetUnit(Action):
    """She fills in who the unit is and who signs."""

    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SetOpening(Action):
    """She types the opening balances at the end of the last quarter kept without the program.

    figures: cell -> value; keys: cell -> names of records; bare: unique cells «без состава».
    """

    quarter: Quarter
    figures: Mapping[str, Decimal]
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    bare: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SetPlan(Action):
    """An act plans a coded row for a year."""

    year: int
    code: str
    value: Decimal
    act_no: str
    act_on: date


@dataclass(frozen=True, slots=True)
class Save(Action):
    """A record is saved, with its lines; the name lets later actions speak of it."""

    register: str
    name: str
    values: Mapping[str, Any]
    lines: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change(Action):
    """A kept record is opened, some of its values or lines are changed, and it is saved again.

    lines: those named are added to what the record has.
    """

    register: str
    name: str
    values: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Remind(Action):
    """She wants to be reminded on a day; ngo: the name of the NGO it is of, or none."""

    text: str
    on: date
    ngo: str = ""


@dataclass(frozen=True, slots=True)
class RegisterBody(Action):
    """A group without a legal entity became one."""

    name: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RemoveNgo(Action):
    """An NGO leaves the records on a day, for a reason."""

    name: str
    on: date
    reason: str
    liquidated_on: date | None = None


@dataclass(frozen=True, slots=True)
class MergeNgos(Action):
    """Two cards of one NGO become one."""

    loser: str
    winner: str
    on: date


@dataclass(frozen=True, slots=True)
class EnterInRegister(Action):
    """A decision gets its number in the register of recipients and is published."""

    name: str
    published_on: date | None


@dataclass(frozen=True, slots=True)
class Terminate(Action):
    """Support ends before its term: a row of the register of its own."""

    name: str
    as_name: str
    decision_no: str
    on: date


@dataclass(frozen=True, slots=True)
class CloseNeed(Action):
    """A need is closed; services: (name of the record, 'closes' or 'partly')."""

    name: str
    on: date
    status: str
    text: str = ""
    services: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class WithdrawNeed(Action):
    """A need is withdrawn."""

    name: str
    on: date
    text: str


@dataclass(frozen=True, slots=True)
class Freeze(Action):
    """The return of a quarter is checked, its warnings are explained, and it is approved.

    A reason makes it a correction.
    """

    quarter: Quarter
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Answered(Action):
    """The latest return of a quarter went to the region (no number), or was accepted under a number."""

    quarter: Quarter
    number: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """Everything that happens in one district, in order.  today: the day on which it stops."""

    oktmo: str
    today: date
    actions: tuple[Action, ...]
    quarters: tuple[Quarter, ...]
