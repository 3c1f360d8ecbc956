"""Sections 5 and 6, row 706, annex В: agreements with business, events, practices."""

from __future__ import annotations

from app.core.periods import Quarter
from app.returns.ledger import Ledger
from app.returns.records import Contribution, Partnership, Practice
from app.returns.snapshot import PracticeCard

PRACTICE_ROWS = {"presented": "601", "checked": "602", "recommended": "603", "spread": "604"}
EVENT_ROWS = {"business": "509", "meeting": "706"}
CONTRIBUTION_ROWS = {"money": "505.1", "goods": "505.2", "pro_bono": "506", "volunteers": "507", "premises": "508"}


def count_partnerships(ledger: Ledger) -> None:
    """Rows 501–510, 601–604, 706 into the ledger."""
    for agreement in ledger.records.partnerships:
        _count_agreement(ledger, agreement)
        for given in agreement.contributions:
            _count_contribution(ledger, agreement, given)
    for event in ledger.records.events:
        if event.kind in EVENT_ROWS:
            ledger.add(EVENT_ROWS[event.kind], event.account, 1, "event", event.id)
    for practice in ledger.records.practices:
        for state in _states_reached(practice, ledger.quarter):
            ledger.stock(PRACTICE_ROWS[state], 1, "practice", practice.id)


def in_force(agreement: Partnership, quarter: Quarter) -> bool:
    """In force on the last day, by periods of account (row 501)."""
    begun = agreement.before_records or agreement.account <= quarter
    return begun and (agreement.end_account is None or agreement.end_account > quarter)


def in_force_within(agreement: Partnership, quarter: Quarter) -> bool:
    """In force on any day of the quarter (rows 503 and 504); one concluded late counts where it is counted."""
    if not agreement.before_records and agreement.account == quarter:
        return True
    begun = agreement.before_records or agreement.account <= quarter
    last = agreement.last_day
    # An end that became known late leaves it in force until the quarter that counts the end.
    known_end = agreement.end_account is not None and agreement.end_account <= quarter
    return begun and not (known_end and last is not None and last < quarter.first_day)


def _count_agreement(ledger: Ledger, a: Partnership) -> None:
    quarter = ledger.quarter
    if not a.before_records:
        ledger.add("502", a.account, 1, "agreement", a.id)
    if a.end_account is not None:
        ledger.add("510", a.end_account, 1, "agreement", a.id)
    if in_force(a, quarter):
        ledger.stock("501", 1, "agreement", a.id)
    for period in ledger.periods:
        if in_force_within(a, period):
            ledger.member("503", period, ledger.index.partners[a.partner_id].uuid, "agreement", a.id)
            for ngo_id in a.parties:
                ledger.member("504", period, ledger.index.member(ngo_id), "agreement", a.id)


def _count_contribution(ledger: Ledger, a: Partnership, given: Contribution) -> None:
    match given.kind:
        case "money":
            ledger.add("505.1", given.account, given.amount, "agreement", a.id)
        case "goods":
            ledger.add("505.2", given.account, given.amount, "agreement", a.id)
        case "pro_bono":
            ledger.add("506", given.account, given.hours, "agreement", a.id)
        case "volunteers":
            ledger.add("507", given.account, given.people, "agreement", a.id)
        case _:
            if _premises_in_use(a, given, ledger.quarter):
                ledger.stock("508", given.area, "agreement", a.id)


def _premises_in_use(a: Partnership, given: Contribution, quarter: Quarter) -> bool:
    """In use on the last day of the quarter, its own last day included, while the agreement holds."""
    day = quarter.last_day
    begun = given.account <= quarter or (a.before_records and given.given_on <= day)
    return begun and in_force(a, quarter) and (given.ends_on is None or given.ends_on >= day)


def _states_reached(practice: Practice, quarter: Quarter) -> tuple[str, ...]:
    """States it reached by the quarter, or whose later one it did (rows 601–604)."""
    order = tuple(PRACTICE_ROWS)
    known = [order.index(s.state) for s in practice.states if s.account <= quarter]
    return order[: max(known) + 1] if known else ()


def practice_cards(ledger: Ledger) -> tuple[PracticeCard, ...]:
    """Annex В: practices that reached a state in the year to date, by title."""
    return tuple(
        _card(ledger, practice)
        for practice in sorted(ledger.records.practices, key=lambda p: (p.title, p.id))
        if any(s.account in ledger.quarter.year_to_date for s in practice.states)
    )


def _card(ledger: Ledger, p: Practice) -> PracticeCard:
    partner = ledger.index.partners.get(p.partner_id) if p.partner_id is not None else None
    states = sorted((s for s in p.states if s.account <= ledger.quarter), key=lambda s: s.reached_on)
    return PracticeCard(
        key=p.uuid,
        title=p.title,
        ngo=ledger.index.member(p.ngo_id),
        partner=partner.uuid if partner else "",
        problem=p.problem,
        target_group=p.target_group,
        description=p.description,
        resources=p.resources,
        results=p.results,
        evidence=p.evidence,
        conditions=p.conditions,
        contact=p.contact,
        link=p.link,
        consent=p.consent,
        states=tuple((s.state, s.reached_on) for s in states),
    )


