"""Checks 6–12 and 32: municipal support, its money and volumes, the grant contest (section 2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from app.core.periods import Quarter
from app.core.russian import integer, plural, roubles
from app.returns.as_of import is_legal
from app.returns.checks.case import Case
from app.returns.checks.report import Fault, Severity
from app.returns.checks.rules import LAW_SONKO, Told, check
from app.returns.checks.wording import COLUMNS, PERIODS, figure, names, source
from app.returns.records import Application, Support

FORMS = ("211", "212", "213", "214", "215", "216", "217", "218")
MONEY_OR_PROPERTY = frozenset({"211", "212", "216", "217"})
CASES_OF = {
    "211.1": "211.2", "212.1": "212.2", "214.1": "214.2", "215.1": "215.3", "217.1": "217.2", "218.1": "218.2",
}  # fmt: skip


@check("6", "Получателей не меньше, чем по одной форме, и не больше, чем по всем вместе")
def recipients_of_all_forms(case: Case) -> Told:
    rows = [f"{form}.1" for form in FORMS]
    for column in COLUMNS:
        largest = max(rows, key=lambda code: case.value(code, column))
        if case.value(largest, column) > case.upper("210", column):
            yield Fault(
                f"210.{column}", f"{case.said('210', column)} {PERIODS[column]} меньше {case.said(largest, column)}."
            )
        total = sum(case.upper(code, column) for code in rows)
        if case.value("210", column) > total:
            yield Fault(
                f"210.{column}",
                f"{case.said('210', column)} {PERIODS[column]} больше суммы 211.1…218.1 ({figure(total)}).",
            )


@check("7", "Деньги, имущество, льготы и договоры — юридическим лицам с ОГРН и ИНН", basis=LAW_SONKO)
def recipients_are_legal_entities(case: Case) -> Told:
    for form, decisions in _by_form(s for s in case.decisions if s.form in MONEY_OR_PROPERTY):
        found = [s for s in decisions if not _is_full_entity(case, s)]
        if found:
            text = (
                f"{case.said(f'{form}.1')}: решений в пользу тех, кто не юридическое лицо или без ОГРН, ИНН, "
                f"— {len(found)}: {names(case.name(s.ngo_id) for s in found)}."
            )
            yield Fault(f"{form}.1.quarter", text, source("support", (s.id for s in found)))


def _is_full_entity(case: Case, s: Support) -> bool:
    """A legal entity with its numbers, and one already on the day of the decision."""
    ngo = case.index.standing(s.ngo_id)
    was_a_body = ngo.legal_account is not None and ngo.registered_on is not None and s.decision_on < ngo.registered_on
    return is_legal(ngo, case.quarter) and not was_a_body and bool(ngo.ogrn) and bool(ngo.inn)


@check("7", "Получатель был на учёте в день решения", severity=Severity.WARNING)
def recipients_on_record(case: Case) -> Told:
    for form, decisions in _by_form(s for s in case.decisions if s.form in MONEY_OR_PROPERTY):
        found = [s for s in decisions if not case.was_on_record(s.ngo_id, s.decision_on)]
        if found:
            text = (
                f"{case.said(f'{form}.1')}: не было на учёте в день решения — "
                f"{len(found)}: {names(case.name(s.ngo_id) for s in found)}."
            )
            yield Fault(f"{form}.1.quarter", text, source("support", (s.id for s in found)))


def _by_form(decisions: Iterable[Support]) -> list[tuple[str, list[Support]]]:
    found: dict[str, list[Support]] = defaultdict(list)
    for s in decisions:
        found[s.form].append(s)
    return sorted(found.items())


@check("8", "Получателей не больше, чем случаев")
def recipients_within_cases(case: Case) -> Told:
    for column in COLUMNS:
        for unique, cases in CASES_OF.items():
            if case.value(unique, column) > case.value(cases, column):
                yield Fault(
                    f"{unique}.{column}",
                    f"{case.said(unique, column)} {PERIODS[column]} больше {case.said(cases, column)}.",
                )
        for line in case.ret.services:
            given = line.quarter if column == "quarter" else line.year
            if given.ngos > given.cases:
                yield Fault(
                    f"{line.key}.ngos.{column}",
                    f"{line.centre_name}, {line.code}: НКО ({figure(given.ngos)}) {PERIODS[column]} больше случаев "
                    f"({figure(given.cases)}).",
                )
        for need in case.ret.needs:
            known = need.quarter if column == "quarter" else need.year
            if known.ngos > known.start + known.opened:
                yield Fault(
                    f"{need.key}.ngos.{column}",
                    f"Таблица 4, {need.title}: НКО ({figure(known.ngos)}) {PERIODS[column]} больше, чем открыто "
                    f"на начало и выявлено ({figure(known.start + known.opened)}).",
                )


@check("9", "Исполнено и финансовая поддержка равны суммам источников")
def money_by_source(case: Case) -> Told:
    for column in COLUMNS:
        for total, parts in (("203", ("204", "205", "206", "207")), ("211.3", ("211.4", "211.5", "211.6", "211.7"))):
            added = sum((case.value(code, column) for code in parts), Decimal(0))
            if case.value(total, column) != added:
                yield Fault(
                    f"{total}.{column}",
                    f"{case.said(total, column)} {PERIODS[column]} не равно сумме {parts[0]}…{parts[-1]} "
                    f"({roubles(added)}).",
                )


@check("9", "Финансовая поддержка равна суммам решений в приложении А")
def money_by_annex(case: Case) -> Told:
    rows = (*case.ret.annex_a, *case.ret.annex_a_pending)
    listed = sum(
        (r.amount for r in rows if r.form == "211" and r.account == case.quarter and not r.termination), Decimal(0)
    )
    if case.value("211.3") != listed:
        yield Fault(
            "211.3.quarter", f"{case.said('211.3')} не равно сумме решений в приложении А ({roubles(listed)})."
        )


@check("10", "Исполнено с начала года не больше предусмотренного", severity=Severity.WARNING)
def spent_within_programme(case: Case) -> Told:
    if case.value("203", "year") > case.value("202"):
        yield Fault("203.year", f"{case.said('203', 'year')} с начала года больше {case.said('202')}.")


@check("11", "В каждом финансовом решении есть сумма")
def decisions_have_money(case: Case) -> Told:
    found = [s for s in case.decisions if s.form == "211" and s.amount <= 0]
    if found:
        text = f"{case.said('211.2')}: без суммы {_decisions(found)} — {names(_numbers(found))}."
        yield Fault("211.3.quarter", text, source("support", (s.id for s in found)))


@check("11", "Сумма есть тогда и только тогда, когда есть решения")
def money_with_decisions(case: Case) -> Told:
    for column in COLUMNS:
        for money, count in (("211.3", "211.2"), ("217.3", "217.2"), ("220.3", "220.2")):
            if (case.value(money, column) > 0) != (case.value(count, column) > 0):
                yield Fault(
                    f"{money}.{column}",
                    f"{case.said(money, column)} и {case.said(count, column)} {PERIODS[column]}: одно без другого.",
                )


@check("12", "В каждом решении об имуществе есть площадь или названный объект")
def property_is_named(case: Case) -> Told:
    found = [
        s
        for s in case.decisions
        if s.form == "212" and s.area <= 0 and not (s.objects > 0 and s.object_name.strip())
    ]
    if found:
        lacking = f"без площади и без названного объекта {_decisions(found)}"
        text = f"{case.said('212.2')}: {lacking} — {names(_numbers(found))}."
        yield Fault("212.3.quarter", text, source("support", (s.id for s in found)))


def _decisions(found: Sequence[Support]) -> str:
    return plural(len(found), "решение", "решения", "решений")


def _numbers(found: Iterable[Support]) -> Iterable[str]:
    return (f"№\u00a0{s.decision_no} от {s.decision_on:%d.%m.%Y}" for s in found)


@check("32", "Конкурс: решений не больше заявок, гранты в пределах конкурса и района")
def contest_within_limits(case: Case) -> Told:
    contests = {contest.id: contest for contest in case.records.contests}
    for contest_id, known in _by_contest(case.records.applications, case.quarter).items():
        contest = contests.get(contest_id)
        touched = [a for a in known if case.quarter in (a.account, a.decision_account)]
        if contest is None or not touched:
            continue
        applied = [a for a in known if a.account <= case.quarter]
        supported = [
            a for a in known if a.decision == "supported" and a.decision_account and a.decision_account <= case.quarter
        ]
        title = f"Конкурс {contest.year}\u00a0г."
        if len(supported) > len(applied):
            yield Fault(
                "220.2.quarter",
                f"{title}: поддержано ({integer(len(supported))}) больше, чем подано ({integer(len(applied))}).",
                source("grant_application", (a.id for a in supported)),
            )
        early = [a for a in touched if a.decision_on is not None and a.decision_on < a.applied_on]
        if early:
            a = early[0]
            yield Fault(
                "220.2.quarter",
                f"{title}: решение {a.decision_on:%d.%m.%Y} раньше заявки {a.applied_on:%d.%m.%Y}: "
                f"{names(case.name(a.ngo_id) for a in early)}.",
                source("grant_application", (a.id for a in early)),
            )
        large = [a for a in supported if a.decision_account == case.quarter and a.granted > contest.grant_limit]
        if large:
            yield Fault(
                "220.3.quarter",
                f"{title}: грант {roubles(max(a.granted for a in large))} больше предела одного гранта "
                f"{roubles(contest.grant_limit)}: {names(case.name(a.ngo_id) for a in large)}.",
                source("grant_application", (a.id for a in large)),
            )
        total = sum((a.granted for a in supported), Decimal(0))
        if total > contest.total_limit:
            yield Fault(
                "220.3.quarter",
                f"{title}: сумма грантов {roubles(total)} больше предела района {roubles(contest.total_limit)}.",
                source("grant_application", (a.id for a in supported)),
            )


def _by_contest(applications: Iterable[Application], quarter: Quarter) -> dict[int, list[Application]]:
    found: dict[int, list[Application]] = defaultdict(list)
    for a in applications:
        if a.account <= quarter or (a.decision_account is not None and a.decision_account <= quarter):
            found[a.contest_id].append(a)
    return found
