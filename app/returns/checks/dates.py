"""Checks 21 and 22: days of what is counted against the quarter and the life of the NGO."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from app.returns.checks.case import Case
from app.returns.checks.partnerships import ROW_OF, STATES
from app.returns.checks.register import CASE_ROWS
from app.returns.checks.report import Fault, Severity
from app.returns.checks.rules import Told, check
from app.returns.checks.support import MONEY_OR_PROPERTY
from app.returns.checks.wording import names, source
from app.returns.records import Ngo

EVENT_ROWS = {"training": "215.2", "business": "509", "meeting": "706"}


@dataclass(frozen=True, slots=True)
class Fact:
    """Something counted in this period of account.  ngo_id: whose life the day must fall into, if anybody's."""

    cell: str
    day: date
    register: str
    id: int
    who: str
    ngo_id: int | None = None
    code: str = ""


def _decisions(case: Case) -> Iterator[Fact]:
    for s in case.decisions:
        row = CASE_ROWS.get(s.form, f"{s.form}.2")
        yield Fact(f"{row}.quarter", s.decision_on, "support", s.id, case.name(s.ngo_id), s.ngo_id, s.form)


def _services(case: Case) -> Iterator[Fact]:
    for s in case.services:
        cell = f"{case.line(s)}.records.quarter"
        for recipient in s.recipients:
            who = case.name(recipient.ngo_id) if recipient.ngo_id is not None else "граждане"
            yield Fact(cell, s.provided_on, "service", s.id, who, recipient.ngo_id, s.code)
        if not s.recipients:
            yield Fact(cell, s.provided_on, "service", s.id, f"№\u00a0{s.id}", None, s.code)


def _needs(case: Case) -> Iterator[Fact]:
    for n in case.opened_needs:
        yield Fact(f"4.{n.category}.opened.quarter", n.opened_on, "need", n.id, case.name(n.ngo_id), n.ngo_id)


def _applications(case: Case) -> Iterator[Fact]:
    for a in case.records.applications:
        who = case.name(a.ngo_id)
        if a.account == case.quarter:
            yield Fact("220.1.quarter", a.applied_on, "grant_application", a.id, who, a.ngo_id)
        if a.decision_on is not None and a.decision_account == case.quarter:
            yield Fact("220.2.quarter", a.decision_on, "grant_application", a.id, who)
        if a.reported_on is not None and a.report_account == case.quarter:
            yield Fact("221.quarter", a.reported_on, "grant_application", a.id, who)


def _register(case: Case) -> Iterator[Fact]:
    for s in case.records.supports:
        if s.entered_on is not None and s.entry_account == case.quarter:
            yield Fact("232.quarter", s.entered_on, "support", s.id, case.name(s.ngo_id))
        for v in s.violations:
            if v.account == case.quarter:
                yield Fact("230.quarter", v.found_on, "support", s.id, case.name(s.ngo_id))
            if v.returned_on is not None and v.returned_account == case.quarter:
                yield Fact("231.quarter", v.returned_on, "support", s.id, case.name(s.ngo_id))


def _business(case: Case) -> Iterator[Fact]:
    for a in case.records.partnerships:
        who = f"№\u00a0{a.number}"
        if a.account == case.quarter and not a.before_records:
            yield Fact("502.quarter", a.starts_on, "agreement", a.id, who)
        if a.last_day is not None and a.end_account == case.quarter:
            # Ended is the day after the last one in force.
            yield Fact("510.quarter", a.last_day + timedelta(days=1), "agreement", a.id, who)
        for given in a.contributions:
            if given.account == case.quarter:
                yield Fact(f"{ROW_OF.get(given.kind, '505.1')}.quarter", given.given_on, "agreement", a.id, who)
    for event in case.records.events:
        if event.account == case.quarter and event.kind in EVENT_ROWS:
            yield Fact(f"{EVENT_ROWS[event.kind]}.quarter", event.held_on, "event", event.id, event.title)
    for practice in case.records.practices:
        for state in practice.states:
            if state.account == case.quarter and state.state in STATES:
                row = STATES[state.state]
                yield Fact(f"{row}.quarter", state.reached_on, "practice", practice.id, practice.title)


def _taken(case: Case) -> Iterator[Fact]:
    for ngo in case.records.ngos:
        life = ngo.id if ngo.merged_into_id is None else None  # a merged card may have been a body then
        for i in ngo.intervals:
            if i.taken_account == case.quarter and not i.before_records:
                yield Fact("109.quarter", i.taken_on, "ngo", ngo.id, ngo.name, life)


def _others(case: Case) -> Iterator[Fact]:
    """What must not lie after the quarter, and belongs to no NGO's life."""
    yield from _register(case)
    yield from _business(case)
    for n in case.closed_needs:
        if n.closed_on is not None:
            yield Fact(f"4.{n.category}.{n.status}.quarter", n.closed_on, "need", n.id, case.name(n.ngo_id))
    yield from _taken(case)
    for ngo in case.records.ngos:
        for i in ngo.intervals:
            if i.removed_on is not None and i.removed_account == case.quarter:
                yield Fact("110.quarter", i.removed_on, "ngo", ngo.id, ngo.name)


def _of_ngos(case: Case) -> Iterator[Fact]:
    yield from _decisions(case)
    yield from _services(case)
    yield from _needs(case)
    yield from _applications(case)


def _by_cell(facts: Iterator[Fact]) -> list[tuple[str, list[Fact]]]:
    found: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        found[fact.cell].append(fact)
    return list(found.items())


def _fault(cell: str, facts: list[Fact], text: str) -> Fault:
    listed = names(fact.who for fact in facts)
    return Fault(cell, f"{text}: {listed}.", source(facts[0].register, (fact.id for fact in facts)))


@check("21", "Учтённое случилось не позже последнего дня квартала")
def counted_by_the_last_day(case: Case) -> Told:
    last = case.quarter.last_day
    facts = (fact for found in (_of_ngos(case), _others(case)) for fact in found if fact.day > last)
    for cell, late in _by_cell(facts):
        row = case.title(cell.rpartition(".")[0])
        latest = max(fact.day for fact in late)
        yield _fault(cell, late, f"{row}: учтена дата {latest:%d.%m.%Y} позже последнего дня {last:%d.%m.%Y}")


@check("21", "Учтённое случилось не раньше регистрации НКО")
def counted_after_registration(case: Case) -> Told:
    """A body that registered was there before it had an ОГРН; К1 is what leads to registration."""

    def early(fact: Fact) -> bool:
        ngo = _card(case, fact)
        return (
            ngo is not None
            and ngo.kind == "legal"
            and ngo.legal_account is None
            and ngo.registered_on is not None
            and fact.day < ngo.registered_on
            and not (fact.register == "service" and fact.code == "К1")
        )

    counted = (fact for found in (_of_ngos(case), _taken(case)) for fact in found)
    for cell, facts in _by_cell(fact for fact in counted if early(fact)):
        first = min(facts, key=lambda fact: fact.day)
        ngo = _card(case, first)
        row = case.title(cell.rpartition(".")[0])
        if ngo is not None and ngo.registered_on is not None:
            registered = f"{ngo.registered_on:%d.%m.%Y}"
            yield _fault(cell, facts, f"{row}: {first.day:%d.%m.%Y} раньше регистрации {registered}")


def _card(case: Case, fact: Fact) -> Ngo | None:
    return case.index.standing(fact.ngo_id) if fact.ngo_id is not None else None


def _after_liquidation(case: Case, facts: Iterator[Fact]) -> Told:
    def late(fact: Fact) -> bool:
        ngo = _card(case, fact)
        return ngo is not None and ngo.liquidated_on is not None and fact.day > ngo.liquidated_on

    for cell, found in _by_cell(fact for fact in facts if late(fact)):
        latest = max(found, key=lambda fact: fact.day)
        ngo = _card(case, latest)
        row = case.title(cell.rpartition(".")[0])
        if ngo is not None and ngo.liquidated_on is not None:
            ended = f"{ngo.liquidated_on:%d.%m.%Y}"
            yield _fault(cell, found, f"{row}: {latest.day:%d.%m.%Y} позже ликвидации {ended}")


@check("22", "После ликвидации нет денег, имущества, льгот и договоров")
def money_after_liquidation(case: Case) -> Told:
    yield from _after_liquidation(case, (f for f in _decisions(case) if f.code in MONEY_OR_PROPERTY))


@check("22", "После ликвидации нет иной поддержки, услуг и новых потребностей", severity=Severity.WARNING)
def support_after_liquidation(case: Case) -> Told:
    others = (f for f in _decisions(case) if f.code not in MONEY_OR_PROPERTY)
    for facts in (others, _services(case), _needs(case)):
        yield from _after_liquidation(case, facts)
