"""Checks 28–30: agreements with business, contributions, practices (sections 5 and 6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from app.core.russian import roubles
from app.returns.checks.case import Case
from app.returns.checks.report import Fault, Severity, Unchecked
from app.returns.checks.rules import Told, check
from app.returns.checks.wording import COLUMNS, figure, names, source
from app.returns.records import Contribution, Partnership, Practice

ROW_OF = {"money": "505.1", "goods": "505.2", "pro_bono": "506", "volunteers": "507", "premises": "508"}
STATES = {"presented": "601", "checked": "602", "recommended": "603", "spread": "604"}


def _numbers(found: Iterable[Partnership]) -> str:
    return names(f"№\u00a0{a.number}" for a in found)


@check("28", "Соглашений: прошлый отчёт плюс заключено, минус прекращено", needs_previous=True)
def agreements_by_movement(case: Case) -> Told:
    previous = case.previous
    assert previous is not None  # the rule needs one
    before = previous.year("501")
    if before is None:
        yield Unchecked("28", "не проверялось: в начальных остатках нет строки 501")
        return
    expected = before + case.value("502") - case.value("510")
    if case.value("501") != expected:
        yield Fault(
            "501.quarter",
            f"{case.said('501')} не равно 501 прошлого отчёта ({figure(before)}) плюс {case.said('502')} минус "
            f"{case.said('510')}: {figure(expected)}.",
        )
    if case.value("503") > before + case.value("502"):
        yield Fault(
            "503.quarter",
            f"{case.said('503')} больше 501 прошлого отчёта ({figure(before)}) плюс {case.said('502')}.",
        )


@check("28", "Среди действующих нет соглашений с истёкшим сроком")
def agreements_in_force(case: Case) -> Told:
    counted = {id for s in case.built.sources.get("501.quarter", ()) for id in s.ids}
    day = case.quarter.last_day
    past = [
        a
        for a in case.records.partnerships
        if a.id in counted
        and a.last_day is not None
        and a.last_day < day
        # An end that became known late is counted later, and so is the agreement till then.
        and (a.end_account is None or a.end_account <= case.quarter)
    ]
    if past:
        text = (
            f"{case.said('501')}: на {day:%d.%m.%Y} срок истёк у {len(past)}, раньше всех "
            f"{min(a.last_day for a in past if a.last_day):%d.%m.%Y}: {_numbers(past)}."
        )
        yield Fault("501.quarter", text, source("agreement", (a.id for a in past)))


@check("29", "Вклады не отрицательны и сделаны в срок соглашения")
def contributions_within_agreement(case: Case) -> Told:
    negative: dict[str, list[Partnership]] = defaultdict(list)
    outside: dict[str, list[tuple[Partnership, Contribution]]] = defaultdict(list)
    for a in case.records.partnerships:
        for given in a.contributions:
            if given.account != case.quarter:
                continue
            row = ROW_OF.get(given.kind, "505.1")
            if min(given.amount, given.hours, given.area, Decimal(given.people)) < 0:
                negative[row].append(a)
            if given.given_on < a.starts_on or (a.last_day is not None and given.given_on > a.last_day):
                outside[row].append((a, given))
    for row, agreements in sorted(negative.items()):
        text = f"{case.said(row)}: вклад меньше 0 по соглашениям {_numbers(agreements)}."
        yield Fault(f"{row}.quarter", text, source("agreement", (a.id for a in agreements)))
    for row, found in sorted(outside.items()):
        a, given = found[0]
        last = f"{a.last_day:%d.%m.%Y}" if a.last_day else "не указано"
        text = (
            f"{case.said(row)}: вклад {given.given_on:%d.%m.%Y} вне срока соглашения "
            f"({a.starts_on:%d.%m.%Y} — {last}): {_numbers(a for a, _ in found)}."
        )
        yield Fault(f"{row}.quarter", text, source("agreement", (a.id for a, _ in found)))


@check("29", "Соглашение кончается не раньше, чем начинается")
def agreements_end_after_start(case: Case) -> Told:
    turned = [
        a
        for a in case.records.partnerships
        if case.quarter in (a.account, a.end_account) and a.last_day is not None and a.last_day < a.starts_on
    ]
    if turned:
        a = turned[0]
        text = f"Соглашение кончается {a.last_day:%d.%m.%Y} раньше начала {a.starts_on:%d.%m.%Y}: {_numbers(turned)}."
        yield Fault("502.quarter", text, source("agreement", (a.id for a in turned)))


@check("29", "Внесено не больше обещанного", severity=Severity.WARNING)
def given_within_promised(case: Case) -> Told:
    found = []
    for a in case.records.partnerships:
        money = [c for c in a.contributions if c.kind in ("money", "goods") and c.account <= case.quarter]
        given = sum((c.amount for c in money), Decimal(0))
        if 0 < a.promised < given and any(c.account == case.quarter for c in money):
            found.append((a, given))
    if found:
        a, given = found[0]
        text = f"Внесено {roubles(given)}, обещано {roubles(a.promised)}: {_numbers(a for a, _ in found)}."
        yield Fault("505.1.quarter", text, source("agreement", (a.id for a, _ in found)))


@check("30", "Каждого следующего состояния практик не больше предыдущего")
def practices_by_state(case: Case) -> Told:
    for column in COLUMNS:
        for later, earlier in (("604", "603"), ("603", "602"), ("602", "601")):
            if case.value(later, column) > case.value(earlier, column):
                yield Fault(f"{later}.{column}", f"{case.said(later, column)} больше {case.said(earlier, column)}.")


@check("30", "Состояния практики идут по порядку и без пропусков")
def practice_states_in_order(case: Case) -> Told:
    by_row: dict[str, list[Practice]] = defaultdict(list)
    for practice in case.records.practices:
        known = {s.state: s for s in practice.states if s.account <= case.quarter}
        if not any(s.account == case.quarter for s in known.values()):
            continue
        reached = [state for state in STATES if state in known]
        days = [known[state].reached_on for state in reached]
        if reached and (reached != list(STATES)[: len(reached)] or days != sorted(days)):
            by_row[STATES[reached[-1]]].append(practice)
    for row, found in sorted(by_row.items()):
        wrong = "состояние пропущено или его день раньше предыдущего"
        text = f"{case.said(row)}: {wrong} — {len(found)}: {names(p.title for p in found)}."
        yield Fault(f"{row}.quarter", text, source("practice", (p.id for p in found)))


@check("30", "Опубликованная практика имеет согласие", basis="согласие НКО на публикацию карточки практики")
def practices_published_with_consent(case: Case) -> Told:
    found = [
        p
        for p in case.records.practices
        if p.published_on is not None and p.published_on <= case.quarter.last_day and not p.consent
    ]
    if found:
        text = f"Опубликовано без согласия {len(found)} из {case.said('601')}: {names(p.title for p in found)}."
        yield Fault("601.quarter", text, source("practice", (p.id for p in found)))
