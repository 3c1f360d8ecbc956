"""Check 47: what records alone tell: applications without support, «впервые» twice, outliers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from app.core.russian import plural
from app.returns.checks.case import Case
from app.returns.checks.report import Fault, Severity, Unchecked
from app.returns.checks.rules import Told, check
from app.returns.checks.support import MONEY_OR_PROPERTY
from app.returns.checks.wording import figure, names, source
from app.returns.records import Need, Service, Support

MONEY_ROWS = {"211": "211.3", "212": "212.6", "216": "216.2", "217": "217.3"}
WARNING = Severity.WARNING


@check("47", "У поддержанной заявки есть решение о поддержке")
def supported_application_has_support(case: Case) -> Told:
    granted = {s.application_id for s in case.all_decisions if s.form == "211"}
    supported = [
        a for a in case.records.applications if a.decision == "supported" and a.decision_account == case.quarter
    ]
    found = [a for a in supported if a.id not in granted]
    if found:
        text = (
            f"{case.said('220.2')}: без записи о финансовой поддержке {len(found)} из {len(supported)} — "
            f"{names(case.name(a.ngo_id) for a in found)}."
        )
        yield Fault("220.2.quarter", text, source("grant_application", (a.id for a in found)))


@check("47", "«Впервые» отмечено один раз у НКО в центре")
def first_time_once(case: Case) -> Told:
    firsts: dict[tuple[int, int], list[Service]] = defaultdict(list)
    for s in case.records.services:
        if s.before_records or s.account > case.quarter:
            continue
        for r in s.recipients:
            if r.first_time and r.ngo_id is not None:
                firsts[s.centre_id, r.ngo_id].append(s)
    twice = [
        (ngo_id, services)
        for (_, ngo_id), services in firsts.items()
        if len(services) > 1 and any(s.account == case.quarter for s in services)
    ]
    by_cell: dict[str, list[tuple[int, list[Service]]]] = defaultdict(list)
    for ngo_id, services in twice:
        latest = max(services, key=lambda s: (s.account, s.provided_on, s.id))
        by_cell[f"{case.line(latest)}.first.quarter"].append((ngo_id, services))
    for cell, found in by_cell.items():
        times = max(len(services) for _, services in found)
        centre = case.centre_name(found[0][1][0].centre_id)
        text = (
            f"{centre}: «впервые» отмечено {plural(times, 'раз', 'раза', 'раз')} вместо 1: "
            f"{names(case.name(ngo_id) for ngo_id, _ in found)}."
        )
        yield Fault(cell, text, source("service", (s.id for _, services in found for s in services)))


@check("47", "У отделения указана головная организация", severity=WARNING)
def branches_have_heads(case: Case) -> Told:
    found = [n for n in case.on_record if n.is_branch and n.head_id is None]
    if found:
        text = f"Отделений без головной организации {len(found)} из {case.said('101')}: {names(n.name for n in found)}."
        yield Fault("101.quarter", text, source("ngo", (n.id for n in found)))


@check("47", "Потребность, услуга или поддержка у НКО на учёте", severity=WARNING)
def served_are_on_record(case: Case) -> Told:
    needs = [n for n in case.opened_needs if not case.was_on_record(n.ngo_id, n.opened_on)]
    by_category: dict[str, list[Need]] = defaultdict(list)
    for n in needs:
        by_category[n.category].append(n)
    for category, found in by_category.items():
        text = f"Потребностей НКО, которых не было на учёте, — {len(found)} из {len(case.opened_needs)}"
        listed = names(case.name(n.ngo_id) for n in found)
        yield Fault(f"4.{category}.opened.quarter", f"{text}: {listed}.", source("need", (n.id for n in found)))
    strangers: dict[int, list[int]] = {}
    for s in case.services:
        for r in s.recipients:
            if r.ngo_id is not None and not case.was_on_record(r.ngo_id, s.provided_on):
                strangers.setdefault(r.ngo_id, []).append(s.id)
    if strangers:
        listed = names(map(case.name, strangers))
        text = f"{case.said('302')}: не было на учёте в день услуги — {len(strangers)}: {listed}."
        yield Fault("302.quarter", text, source("service", (id for ids in strangers.values() for id in ids)))
    # Money, property, tax relief and contracts are those of check 7.
    supports = [
        s
        for s in case.decisions
        if s.form not in MONEY_OR_PROPERTY and not case.was_on_record(s.ngo_id, s.decision_on)
    ]
    if supports:
        listed = names(case.name(s.ngo_id) for s in supports)
        text = f"{case.said('210')}: не было на учёте в день решения — {len(supports)}: {listed}."
        yield Fault("210.quarter", text, source("support", (s.id for s in supports)))


@check("47", "Нет двух одинаковых открытых потребностей", severity=WARNING)
def open_needs_differ(case: Case) -> Told:
    groups: dict[tuple[str, str, frozenset[str], str], list[Need]] = defaultdict(list)
    for n in case.records.needs:
        begun = n.before_records or n.account <= case.quarter
        if begun and (n.closed_account is None or n.closed_account > case.quarter):
            groups[case.index.member(n.ngo_id), n.category, frozenset(n.codes), n.text.strip().casefold()].append(n)
    by_category: dict[str, list[Need]] = defaultdict(list)
    for same in groups.values():
        if len(same) > 1:
            by_category[same[0].category] += same
    for category, found in by_category.items():
        numbers = names(f"№\u00a0{n.id} ({case.name(n.ngo_id)})" for n in found)
        text = f"Одинаковых открытых потребностей {len(found)}: {numbers}."
        yield Fault(f"4.{category}.end.quarter", text, source("need", (n.id for n in found)))


@check("47", "Номер подтверждения в центре не повторяется", severity=WARNING)
def evidence_differs(case: Case) -> Told:
    """Numbers begin anew with each year, and are those of their kind of document."""
    groups: dict[tuple[int, str, str, int], list[Service]] = defaultdict(list)
    for s in case.records.services:
        if s.evidence_no.strip() and not s.before_records and s.account <= case.quarter:
            groups[s.centre_id, s.evidence_kind, s.evidence_no.strip().casefold(), s.provided_on.year].append(s)
    twice = [
        same for same in groups.values() if len(same) > 1 and any(s.account == case.quarter for s in same)
    ]
    if twice:
        numbers = names(f"№\u00a0{same[0].evidence_no} ({case.centre_name(same[0].centre_id)})" for same in twice)
        count = sum(map(len, twice))
        text = f"Одним номером подтверждены разные услуги, всего {count} из учтённых с начала года: {numbers}."
        yield Fault("301.quarter", text, source("service", (s.id for same in twice for s in same)))


def _two_years_before(case: Case, supports: list[Support]) -> Decimal:
    first = case.quarter.first_day
    since = first.replace(year=first.year - 2)
    return max((s.amount for s in supports if since <= s.decision_on < first), default=Decimal(0))


@check("47", "Суммы и годовые сведения не больше прежних во много раз", severity=WARNING)
def no_outliers(case: Case) -> Told:
    yield from _large_sums(case)
    yield from _large_years(case)


def _large_sums(case: Case) -> Iterator[Fault]:
    times = case.settings.outlier_times
    by_form: dict[str, list[Support]] = defaultdict(list)
    for s in case.all_decisions:
        by_form[s.form].append(s)
    for form, row in MONEY_ROWS.items():
        largest = _two_years_before(case, by_form[form])
        if not largest:
            continue
        found = [
            s
            for s in by_form[form]
            if s.account == case.quarter
            and not s.before_records
            and s.amount > times * largest
            and s.amount - largest > case.settings.noise_money
        ]
        if found:
            text = (
                f"{row}: сумма {case.shown(row, max(s.amount for s in found))} больше наибольшей за два года "
                f"({case.shown(row, largest)}) более чем в {times} раз: {names(case.name(s.ngo_id) for s in found)}."
            )
            yield Fault(f"{row}.quarter", text, source("support", (s.id for s in found)))


def _large_years(case: Case) -> Iterator[Fault]:
    times, noise = case.settings.outlier_times, case.settings.noise_units
    for row, what in (("117", "staff"), ("118", "volunteers")):
        found: list[tuple[int, int, int]] = []
        for ngo in case.on_record:
            fresh = [y for y in ngo.years if y.account == case.quarter and getattr(y, what) is not None]
            for y in fresh:
                past = [getattr(p, what) for p in ngo.years if y.year - 2 <= p.year < y.year and getattr(p, what)]
                now = getattr(y, what)
                if past and now > times * max(past) and now - max(past) > noise:
                    found.append((ngo.id, now, max(past)))
        if found:
            _, now, before = found[0]
            text = (
                f"{row}: за год {figure(now)} больше наибольшего за два года ({figure(before)}) более чем "
                f"в {times} раз: {names(case.name(id) for id, _, _ in found)}."
            )
            yield Fault(f"{row}.quarter", text, source("ngo", (id for id, _, _ in found)))


@check("47", "Имущество в пользовании не пропало", severity=WARNING, needs_previous=True)
def property_in_use_remains(case: Case) -> Told:
    assert case.previous is not None  # the rule needs one
    before = case.previous.year("212.5")
    if before is None:
        yield Unchecked("47", "не проверялось: в начальных остатках нет строки 212.5")
    elif before > 0 and case.value("212.5") == 0:
        yield Fault("212.5.quarter", f"{case.said('212.5')}, а в прошлом отчёте было {figure(before)}\u00a0м².")
