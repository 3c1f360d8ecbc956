"""Section 2 and annex А: support, programme, grant contest, register of recipients."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from app.core.periods import Quarter
from app.core.russian import amount, plural, roubles
from app.returns.as_of import activities_of, is_legal
from app.returns.ledger import Ledger
from app.returns.records import Support
from app.returns.snapshot import RegisterRow

REGISTERED_FORMS = frozenset({"211", "212", "213", "214", "215"})


def count_support(ledger: Ledger, frozen_on: Mapping[Quarter, date]) -> None:
    """Rows 202–233 into the ledger.  frozen_on: the day up to which terms of publication had run,

    for each period of account (row 233); today for one that is open.
    """
    _count_programme(ledger)
    events: dict[int, Support] = {}
    for support in ledger.records.supports:
        _count_register(ledger, support, frozen_on)
        if support.terminates_id is not None:
            continue
        if support.form == "212":
            _count_property_in_use(ledger, support)
        if support.before_records:
            continue
        _count_decision(ledger, support)
        if support.form == "215" and support.event_id is not None:
            first = events.setdefault(support.event_id, support)
            if support.account < first.account:
                events[support.event_id] = support
    for event_id, first in events.items():
        # The event counts once, where the first of its records is counted, whoever is added later.
        ledger.add("215.2", first.account, 1, "event", event_id)
        ledger.add("215.5", first.account, ledger.index.events[event_id].hours, "event", event_id)
    _count_contest(ledger)


def _count_programme(ledger: Ledger) -> None:
    year = ledger.quarter.year
    for programme in ledger.records.programmes:
        if year in programme.planned:
            ledger.stock("202", programme.planned[year], "programme", programme.id)
    for row in ledger.records.executions:
        parts = {"204": row.local, "205": row.oblast, "206": row.federal, "207": row.other}
        for code, value in parts.items():
            if value:
                ledger.add(code, row.account, value, "programme", row.programme_id)
        ledger.add("203", row.account, sum(parts.values(), Decimal(0)), "programme", row.programme_id)


def _count_decision(ledger: Ledger, s: Support) -> None:
    uuid = ledger.index.member(s.ngo_id)
    for code in ("210", f"{s.form}.1"):
        ledger.member(code, s.account, uuid, "support", s.id)
    for code, value in _volumes(s).items():
        ledger.add(code, s.account, value, "support", s.id)


def _volumes(s: Support) -> dict[str, Decimal | int]:
    """Additive figures of one decision by row."""
    match s.form:
        case "211":
            return {
                "211.2": 1, "211.3": s.amount, "211.4": s.local,
                "211.5": s.oblast, "211.6": s.federal, "211.7": s.other,
            }  # fmt: skip
        case "212":
            return {"212.2": 1, "212.3": s.objects, "212.4": s.area, "212.6": s.amount}
        case "213":
            return {"213.2": s.publications}
        case "214":
            return {"214.2": s.consultations, "214.3": s.hours}
        case "215":
            own_event: dict[str, Decimal | int] = {"215.2": 1, "215.5": s.hours} if s.event_id is None else {}
            return {"215.3": 1, "215.4": s.people, **own_event}
        case "216":
            return {"216.2": s.amount}
        case "217":
            return {"217.2": s.cases or 1, "217.3": s.amount}
        case _:
            return {"218.2": s.cases or 1}


def _count_property_in_use(ledger: Ledger, s: Support) -> None:
    """212.5: m² in use on the last day, its own last day included, unless terminated by then."""
    quarter, day = ledger.quarter, ledger.quarter.last_day
    begun = (s.before_records or s.account <= quarter) and (s.starts_on is None or s.starts_on <= day)
    over = s.ends_on is not None and s.ends_on < day
    ended = any(t.account <= quarter and t.decision_on <= day for t in ledger.index.terminations.get(s.id, ()))
    if begun and not over and not ended:
        ledger.stock("212.5", s.area, "support", s.id)


def _count_register(ledger: Ledger, s: Support, frozen_on: Mapping[Quarter, date]) -> None:
    for violation in s.violations:
        ledger.add("230", violation.account, 1, "support", s.id)
        if violation.returned_account is not None and violation.returned:
            ledger.add("231", violation.returned_account, violation.returned, "support", s.id)
    if s.entry_account is None:
        return
    ledger.add("232", s.entry_account, 1, "support", s.id)
    deadline = ledger.records.calendar.after(s.decision_on, ledger.records.register_days(s.entry_account))
    still_running = deadline >= frozen_on.get(s.entry_account, ledger.records.today)
    if still_running or (s.published_on is not None and s.published_on <= deadline):
        ledger.add("233", s.entry_account, 1, "support", s.id)


def _count_contest(ledger: Ledger) -> None:
    for a in ledger.records.applications:
        ledger.add("220.1", a.account, 1, "grant_application", a.id)
        if a.decision == "supported" and a.decision_account is not None:
            ledger.add("220.2", a.decision_account, 1, "grant_application", a.id)
            ledger.add("220.3", a.decision_account, a.granted, "grant_application", a.id)
        if a.report_account is not None:
            ledger.add("221", a.report_account, a.beneficiaries, "grant_application", a.id)
            ledger.add("222", a.report_account, a.events, "grant_application", a.id)
            ledger.add("223", a.report_account, a.publications, "grant_application", a.id)


def programme_text(ledger: Ledger) -> str:
    """Row 201: programmes in force on the last day with their acts, or «нет»."""
    day = ledger.quarter.last_day
    found = [
        f"«{p.title}», {p.act}"
        for p in ledger.records.programmes
        if p.starts_on <= day and (p.ends_on is None or day <= p.ends_on)
    ]
    return "; ".join(found) or "нет"


def register_extract(ledger: Ledger) -> tuple[tuple[RegisterRow, ...], tuple[RegisterRow, ...]]:
    """Annex А: entries of this period of account by number, and decisions not yet entered."""
    quarter = ledger.quarter
    entries, pending = [], []
    for s in ledger.records.supports:
        if s.entry_account == quarter:
            entries.append(register_row(ledger, s, entered=True))
        elif (
            s.form in REGISTERED_FORMS
            and s.terminates_id is None
            and not s.before_records
            and s.account == quarter
            and is_legal(ledger.index.ngos[s.ngo_id], quarter)
            and (s.entry_account is None or s.entry_account > quarter)
        ):
            pending.append(register_row(ledger, s, entered=False))
    return (
        tuple(sorted(entries, key=lambda row: row.number or 0)),
        tuple(sorted(pending, key=lambda row: (row.decision_on, row.decision_no, row.ngo))),
    )


def register_row(ledger: Ledger, s: Support, *, entered: bool) -> RegisterRow:
    """A row of the register, with its entry or as one that still waits for it."""
    ngo = ledger.index.standing(s.ngo_id)
    found = [v for v in s.violations if v.account <= ledger.quarter]
    return RegisterRow(
        number=s.entry_no if entered else None,
        entered_on=s.entered_on if entered else None,
        decision_on=s.decision_on,
        decision_no=s.decision_no,
        termination=s.terminates_id is not None,
        ngo=ngo.uuid,
        name=ngo.name,
        short_name=ngo.short_name,
        address=ngo.address,
        ogrn=ngo.ogrn,
        inn=ngo.inn,
        activities=activities_of(ngo, ledger.quarter),
        form=s.form,
        amount=s.amount if s.terminates_id is None else Decimal(0),
        size=size_in_words(ledger, s),
        starts_on=s.starts_on,
        ends_on=s.ends_on,
        violations="; ".join(v.text for v in found),
        account=s.account,
        published_on=s.published_on if entered else None,
    )


def size_in_words(ledger: Ledger, s: Support) -> str:
    """Column 9 of the register: the size of support in the units of its form."""
    if s.terminates_id is not None:
        return "прекращено"
    match s.form:
        case "212":
            parts = [s.object_name] if s.object_name else []
            if s.area:
                parts.append(f"{amount(s.area)}\u00a0м²")
            elif s.objects and not s.object_name:
                parts.append(plural(s.objects, "объект", "объекта", "объектов"))
            return ", ".join(parts)
        case "213":
            return plural(s.publications, "публикация", "публикации", "публикаций")
        case "214":
            count = plural(s.consultations, "консультация", "консультации", "консультаций")
            return f"{count}, {amount(s.hours)}\u00a0ч" if s.hours else count
        case "215":
            event = ledger.index.events.get(s.event_id) if s.event_id is not None else None
            hours = event.hours if event is not None else s.hours
            return f"{s.people}\u00a0чел., {amount(hours)}\u00a0ч" if hours else f"{s.people}\u00a0чел."
        case _:
            return roubles(s.amount)
