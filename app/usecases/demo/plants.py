"""What is wrong in the demo district on purpose: explained warnings in its past, errors in its unfinished quarter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from app.core.periods import Quarter
from app.usecases.demo.actions import Change, CloseNeed, Ref, Save, SetUnit
from app.usecases.demo.plot import Actor, Plot
from app.usecases.demo.plot_services import CATEGORY, give
from app.usecases.demo.plot_support import decide


@dataclass(frozen=True, slots=True)
class Planted:
    """One fault.  check and severity: which check must tell it, and how; names: the records it must speak of.

    cell: for what lies in the head of the return and in no record.
    """

    quarter: Quarter
    check: str
    severity: str
    what: str
    register: str = ""
    names: tuple[str, ...] = ()
    cell: str = ""


def plant(plot: Plot) -> tuple[Planted, ...]:
    """Faults for every quarter of the plot, in the order of time."""
    found: list[Planted] = []
    past = [q for q in plot.quarters if plot.is_frozen(q)]
    for quarter, sowers in zip(past, _PAST, strict=False):
        found += [sow(plot, quarter) for sow in sowers]
    if plot.quarters[-1] not in past:
        found += _Unfinished(plot).sow()
    return tuple(found)


def _middle(plot: Plot, quarter: Quarter) -> date:
    days = plot.working_days(quarter, last=quarter.first_day + timedelta(days=30))
    return days[len(days) // 2]


def _anyone(plot: Plot, day: date) -> Actor:
    return plot.random.choice([a for a in plot.legal_here(day) if a.counted_as == a.name])


def _centre_with(plot: Plot, code: str) -> str:
    return next(centre for centre, codes in plot.centres if code in codes)


def _last_save(plot: Plot, name: str) -> Save:
    return next(a for a in plot.planned() if isinstance(a, Save) and a.name == name)


def _long_consultation(plot: Plot, quarter: Quarter) -> Planted:
    day = _middle(plot, quarter)
    name = give(plot, _centre_with(plot, "К3"), "К3", day, [_anyone(plot, day)])
    noted = _last_save(plot, name).day
    plot.add(Change(noted, "service", name, {"hours": Decimal(9)}), rank=2)
    return Planted(quarter, "20", "warning", "консультация длится 9 часов", "service", (name,))


def _late_entry(plot: Plot, quarter: Quarter) -> Planted:
    day = _middle(plot, quarter)
    name = decide(plot, _anyone(plot, day), "213", day, day + timedelta(days=12))
    return Planted(quarter, "34", "warning", "решение внесено в реестр позже срока", "support", (name,))


def _service_twice(plot: Plot, quarter: Quarter) -> Planted:
    day = _middle(plot, quarter)
    actor = _anyone(plot, day)
    names = tuple(give(plot, _centre_with(plot, "К2"), "К2", day, [actor]) for _ in range(2))
    return Planted(quarter, "20", "warning", "одна услуга записана дважды", "service", names)


def _evidence_twice(plot: Plot, quarter: Quarter) -> Planted:
    day = _middle(plot, quarter)
    centre = _centre_with(plot, "К3")
    names = tuple(give(plot, centre, "К3", day, [_anyone(plot, day)]) for _ in range(2))
    for name in names:
        proof = {"evidence_kind": "журнал", "evidence_no": f"Ж-{quarter.number}"}
        plot.add(Change(_last_save(plot, name).day, "service", name, proof), rank=2)
    return Planted(quarter, "47", "warning", "одним номером журнала подтверждены две услуги", "service", names)


def _decision_twice(plot: Plot, quarter: Quarter) -> Planted:
    day = _middle(plot, quarter)
    bodies = [a for a in plot.here(day) if a.kind == "body"]
    names = tuple(decide(plot, bodies[0], "214", day, plot.noted(day)) for _ in range(2))
    return Planted(quarter, "34", "warning", "одно решение записано дважды", "support", names)


def _foreign_code(plot: Plot, quarter: Quarter) -> Planted:
    """A need for an accountant closed by a talk about grants."""
    day = _middle(plot, quarter)
    actor = _anyone(plot, day)
    name = f"need:{plot.number('need')}"
    values = {
        "ngo_id": Ref(actor.name), "category_code": CATEGORY["К3"], "opened_on": day, "priority": "normal",
        "text": "нужен бухгалтер для отчёта о гранте", "codes": ("К3",),
    }  # fmt: skip
    closed = day + timedelta(days=7)
    plot.add(Save(day, "need", name, values), rank=0)
    service = give(plot, _centre_with(plot, "К4"), "К4", closed, [actor], noted=closed)
    plot.add(CloseNeed(closed, name, closed, "closed_centre", "", ((service, "closes"),)), rank=2)
    return Planted(quarter, "26", "warning", "потребность закрыта услугой не своей категории", "need", (name,))


Sower = Callable[[Plot, Quarter], Planted]
_PAST: tuple[tuple[Sower, ...], ...] = (
    (_long_consultation, _late_entry),
    (_service_twice, _evidence_twice),
    (_decision_twice, _long_consultation),
    (_foreign_code, _late_entry),
)


class _Unfinished:
    """Errors of the last quarter, each in records that the forms let through one by one."""

    def __init__(self, plot: Plot) -> None:
        self.plot = plot
        self.quarter = plot.quarters[-1]
        self.day = _middle(plot, self.quarter)
        self.edited = plot.shape.today - timedelta(days=1)
        self.used: set[str] = set()

    def sow(self) -> Iterator[Planted]:
        yield self._no_address()
        yield self._no_inn()
        yield self._liquidated()
        yield self._registered_later()
        yield self._returned_too_much()
        yield self._first_twice()
        yield self._service_moved()
        yield self._counted_edited()
        yield self._no_executor()
        yield replace(_long_consultation(self.plot, self.quarter))
        yield replace(_late_entry(self.plot, self.quarter))

    def _fault(self, check: str, what: str, register: str, *names: str) -> Planted:
        return Planted(self.quarter, check, "error", what, register, names)

    def _someone(self) -> Actor:
        """An NGO in which nothing else is wrong."""
        actor = self.plot.random.choice(
            [
                a for a in self.plot.legal_here(self.day)
                if a.counted_as == a.name and a.name not in self.used and not self._is_head(a)
            ]
        )  # fmt: skip
        self.used.add(actor.name)
        return actor

    def _is_head(self, actor: Actor) -> bool:
        return any(a.counted_as == actor.name and a is not actor for a in self.plot.actors)

    def _spoil(self, actor: Actor, **values: object) -> None:
        self.plot.add(Change(self.edited, "ngo", actor.name, values), rank=2)

    def _decide(self, actor: Actor, form: str) -> str:
        return decide(self.plot, actor, form, self.day, self.day + timedelta(days=1))

    def _no_address(self) -> Planted:
        actor = self._someone()
        name = self._decide(actor, "213")
        self._spoil(actor, address="")
        return self._fault("34", "у получателя поддержки стёрт адрес", "support", name)

    def _no_inn(self) -> Planted:
        actor = self._someone()
        name = self._decide(actor, "212")
        self._spoil(actor, inn=None)
        return self._fault("7", "у получателя имущества стёрт ИНН", "support", name)

    def _liquidated(self) -> Planted:
        actor = self._someone()
        name = self._decide(actor, "211")
        self._spoil(actor, liquidated_on=self.day - timedelta(days=3))
        return self._fault("22", "деньги даны после даты ликвидации", "support", name)

    def _registered_later(self) -> Planted:
        actor = self._someone()
        name = self._decide(actor, "214")
        self._spoil(actor, registered_on=self.day + timedelta(days=2))
        return self._fault("21", "консультация раньше даты регистрации", "support", name)

    def _returned_too_much(self) -> Planted:
        name = self._decide(self._someone(), "217")
        amount = _last_save(self.plot, name).values["amount"]
        found = self.day + timedelta(days=5)
        line = {"found_on": found, "text": "договор расторгнут", "returned": amount + 100, "returned_on": found}
        self.plot.add(Change(found, "support", name, {}, {"violation": (line,)}))
        return self._fault("34", "возвращено больше суммы договора", "support", name)

    def _first_twice(self) -> Planted:
        actor = self._someone()
        centre = self.plot.centres[0][0]
        names = []
        for number in range(2):
            actor.known_to.discard(centre)
            day = self.day + timedelta(days=number)
            name = give(self.plot, centre, "К4", day, [actor])
            line = {"ngo_id": Ref(actor.name), "first_time": True}
            again = Change(_last_save(self.plot, name).day, "service", name, {}, {"service_recipient": (line,)})
            self.plot.add(again, rank=2)
            names.append(name)
        return self._fault("47", "«впервые» отмечено у НКО в центре дважды", "service", *names)

    def _service_moved(self) -> Planted:
        actor = self._someone()
        name = f"need:{self.plot.number('need')}"
        values = {
            "ngo_id": Ref(actor.name), "category_code": CATEGORY["К2"], "opened_on": self.day, "priority": "high",
            "text": "нужен разбор договора аренды склада", "codes": ("К2",),
        }  # fmt: skip
        self.plot.add(Save(self.day, "need", name, values), rank=0)
        closed = self.day + timedelta(days=4)
        service = give(self.plot, _centre_with(self.plot, "К2"), "К2", closed, [actor], noted=closed)
        self.plot.add(CloseNeed(closed, name, closed, "closed_centre", "", ((service, "closes"),)), rank=2)
        moved = Change(self.edited, "service", service, {"provided_on": closed + timedelta(days=6)})
        self.plot.add(moved, rank=2)
        return self._fault("26", "закрывшая потребность услуга перенесена на день после закрытия", "need", name)

    def _counted_edited(self) -> Planted:
        """A service that an approved return has counted: a correction is due."""
        before = self.quarter.previous
        limit = self.plot.frozen_on(before)
        counted = next(
            a for a in self.plot.planned()
            if isinstance(a, Save) and a.register == "service" and a.values["provided_on"] in before
            and a.day < limit and a.values["service_code"] == "К4"
        )  # fmt: skip
        people = counted.values["people"] + 7
        self.plot.add(Change(self.edited, "service", counted.name, {"people": people}), rank=2)
        return Planted(self.quarter, "40", "error", "исправлена услуга, учтённая в утверждённом квартале")

    def _no_executor(self) -> Planted:
        self.plot.add(SetUnit(self.edited, {"executor_name": ""}), rank=2)
        return Planted(self.quarter, "41", "error", "не указан исполнитель", cell="head.executor")
