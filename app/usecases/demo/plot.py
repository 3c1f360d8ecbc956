"""The state of a district while its history is being written: who exists, what is taken, which day it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from app.core.periods import Quarter, quarters
from app.core.workdays import WorkCalendar
from app.usecases.demo.actions import Action, Answered, Change, Freeze, History, Ref, Save, Terminate
from app.usecases.demo.vocabulary import Vocabulary

HOLIDAYS = {(1, day) for day in range(1, 9)} | {(2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4)}


@dataclass(frozen=True, slots=True)
class Shape:
    """How large a district is and what happens in it.  Volumes are per full quarter.

    opening: the last quarter without the program, when records begin within a year.
    last: the last quarter with facts; it is frozen too when today lies past its end.
    plants: errors are planted into the unfinished quarter (see `plants`).
    serial: numbers of organisations begin after it.
    """

    oktmo: str
    first: Quarter
    last: Quarter
    today: date
    settlements: tuple[tuple[str, str], ...]
    opening: Quarter | None = None
    ngos: int = 40
    centres: int = 3
    decisions: int = 14
    services: int = 30
    needs: int = 8
    agreements: int = 6
    practices: int = 4
    late: int = 2
    merges: int = 1
    corrections: bool = True
    serial: int = 0


@dataclass(slots=True)
class Actor:
    """An NGO or body of the story, with what later decisions ask of it."""

    name: str
    kind: str
    taken_on: date
    registered_on: date | None
    ogrn: str = ""
    inn: str = ""
    okopf: str = ""
    full: str = ""
    sonko: bool = False
    active: bool = True
    removed_on: date | None = None
    counted_as: str = ""
    known_on: date = date.min
    """The day its card was made, or its new kind entered: earlier nothing can be recorded of it."""
    known_to: set[str] = field(default_factory=set)
    """Centres that served it before: «впервые» is said once."""

    def is_here(self, day: date) -> bool:
        """On record and at work on the day."""
        gone = self.removed_on is not None and self.removed_on <= day
        return self.active and max(self.taken_on, self.known_on) <= day and not gone

    def is_legal(self, day: date) -> bool:
        """A legal entity whose registration had time to be entered."""
        return self.registered_on is not None and self.registered_on + timedelta(days=10) <= day


class Plot:
    """Gathers actions in any order and gives them back by day."""

    def __init__(self, shape: Shape, seed: int) -> None:
        self.shape = shape
        self.random = Random(f"{seed}/{shape.oktmo}/{shape.first}")  # noqa: S311 - the same story in every run
        self.words = Vocabulary(self.random, shape.serial)
        self.actors: list[Actor] = []
        self.centres: list[tuple[str, tuple[str, ...]]] = []
        self.quarters = tuple(quarters(shape.first, shape.last))
        self._actions: list[tuple[date, int, int, Action]] = []
        self._numbers: dict[str, int] = {}

    def add(self, action: Action, *, rank: int = 1) -> None:
        """rank orders actions of one day: 0 before, 2 after everything else."""
        self._actions.append((action.day, rank, len(self._actions), action))

    def planned(self) -> Iterable[Action]:
        """What is written down so far, in the order it was."""
        return (entry[3] for entry in self._actions)

    def number(self, series: str) -> int:
        """1, 2, 3… of a series of names or papers."""
        self._numbers[series] = self._numbers.get(series, 0) + 1
        return self._numbers[series]

    @property
    def start(self) -> date:
        return self.shape.first.first_day

    def frozen_on(self, quarter: Quarter) -> date:
        """The day on which the return of a quarter is approved: the day it is due."""
        return WorkCalendar().return_due(quarter)

    def is_frozen(self, quarter: Quarter) -> bool:
        return self.frozen_on(quarter) <= self.shape.today

    def working_days(self, quarter: Quarter, first: date | None = None, last: date | None = None) -> Sequence[date]:
        """Working days of a quarter within [first, last], none after today."""
        day = max(quarter.first_day, first or quarter.first_day)
        end = min(quarter.last_day, last or quarter.last_day, self.shape.today)
        found = []
        while day <= end:
            if is_working(day):
                found.append(day)
            day += timedelta(days=1)
        return found

    def day_in(self, quarter: Quarter, first: date | None = None, last: date | None = None) -> date | None:
        """A working day of the quarter, or None if the span holds none."""
        days = self.working_days(quarter, first, last)
        return self.random.choice(days) if days else None

    def noted(self, fact: date, longest: int = 4) -> date:
        """The day on which a fact is entered: soon after it, and before its quarter is approved."""
        day = fact + timedelta(days=self.random.randint(0, longest))
        while not is_working(day):
            day += timedelta(days=1)
        limit = self.frozen_on(Quarter.of(fact)) - timedelta(days=1)
        return max(fact, min(day, limit, self.shape.today))

    def here(self, day: date) -> list[Actor]:
        return [a for a in self.actors if a.is_here(day)]

    def legal_here(self, day: date) -> list[Actor]:
        """Legal entities with their numbers: those that may get money and property."""
        return [a for a in self.here(day) if a.is_legal(day) and a.ogrn and a.inn]

    def ref(self, actor: Actor) -> Ref:
        return Ref(actor.name)

    def freeze_all(self, among: Iterable[Quarter]) -> None:
        for quarter in among:
            if self.is_frozen(quarter):
                self.add(Freeze(self.frozen_on(quarter), quarter), rank=2)
                self.add(Answered(self.frozen_on(quarter), quarter), rank=3)

    def accept(self, quarter: Quarter, sent_on: date) -> None:
        """The region answers on the third working day after the return was sent."""
        day = WorkCalendar().after(sent_on, 3)
        self.add(Answered(day, quarter, f"01-14/{self.number('answers') + 210}"), rank=0)

    def history(self) -> History:
        ordered = sorted(self._actions, key=lambda entry: entry[:3])
        actions = tuple(_numbered(entry[3] for entry in ordered if entry[0] <= self.shape.today))
        return History(self.shape.oktmo, self.shape.today, actions, self.quarters)


def _numbered(actions: Iterable[Action]) -> Iterator[Action]:
    """Decisions of a year and series bear numbers in the order of their days, as a journal gives them."""
    told = list(actions)
    papers: dict[tuple[int, str], set[tuple[date, int]]] = {}
    for action in told:
        if found := _paper(action):
            papers.setdefault(found[:2], set()).add(found[2:])
    ranks = {series: {paper: at for at, paper in enumerate(sorted(some), 1)} for series, some in papers.items()}
    for action in told:
        found = _paper(action)
        number = f"{ranks[found[:2]][found[2:]]}-{found[1]}" if found else ""
        if found and isinstance(action, Save | Change):
            yield replace(action, values={**action.values, "decision_no": number})
        elif found and isinstance(action, Terminate):
            yield replace(action, decision_no=number)
        else:
            yield action


def _paper(action: Action) -> tuple[int, str, date, int] | None:
    """Year, series («р», «и»), day and the number as it was drawn."""
    if isinstance(action, Terminate):
        number, day = action.decision_no, action.on
    elif isinstance(action, Save | Change) and action.register == "support" and "decision_no" in action.values:
        # A grant is decided with its application; what is typed after tells the day as that of its beginning.
        number = str(action.values["decision_no"])
        day = action.values.get("decision_on") or action.values["starts_on"]
    else:
        return None
    drawn, _, series = number.partition("-")
    return (day.year, series, day, int(drawn)) if drawn.isdigit() else None


def before_weekend(day: date) -> date:
    """The day, or the last working one before it: offices register nobody on a Sunday."""
    while not is_working(day):
        day -= timedelta(days=1)
    return day


def is_working(day: date) -> bool:
    """Monday to Friday without the lasting holidays: days on which somebody sits at the desk."""
    return day.weekday() < 5 and (day.month, day.day) not in HOLIDAYS
