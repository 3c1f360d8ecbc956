"""Faults in support, the register of recipients and the grant contest: checks 6–12, 21, 22, 32–34, 47."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from app.core.periods import Quarter
from app.returns.as_of import is_legal, on_record
from app.returns.records import Records, Support, Violation
from app.returns.snapshot import QuarterReturn
from tests.honest.planting import in_records, in_return, one, put, with_row


def _decision(
    records: Records, quarter: Quarter, form: str, fits: Callable[[Support], bool] = lambda _: True
) -> Support:
    """A decision of the form counted in the quarter."""
    return one(
        records.supports,
        lambda s: s.form == form and s.account == quarter and s.terminates_id is None
        and not s.before_records and fits(s),
    )


def _grow(ret: QuarterReturn, code: str, by: int) -> QuarterReturn:
    row = ret[code]
    return with_row(ret, code, quarter=(row.quarter or Decimal(0)) + by, year=(row.year or Decimal(0)) + by)


@in_return("6", "получателей меньше, чем по одной форме")
def recipients_too_few(ret: QuarterReturn, quarter: Quarter) -> QuarterReturn:
    return with_row(ret, "210", quarter=Decimal(0))


@in_return("6", "получателей больше суммы по формам")
def recipients_too_many(ret: QuarterReturn, quarter: Quarter) -> QuarterReturn:
    return _grow(ret, "210", 1000)


@in_records("7", "деньги получило объединение без юридического лица")
def money_to_a_body(records: Records, quarter: Quarter) -> Records:
    body = one(records.ngos, lambda n: n.kind == "body" and on_record(n, quarter))
    return put(records, "supports", replace(_decision(records, quarter, "211"), ngo_id=body.id))


@in_records("7", "имущество получила НКО без ИНН")
def property_without_inn(records: Records, quarter: Quarter) -> Records:
    decision = _decision(records, quarter, "212")
    ngo = one(records.ngos, lambda n: n.id == decision.ngo_id)
    return put(records, "ngos", replace(ngo, inn=""))


@in_records("7", "деньги до постановки на учёт", warning=True)
def money_before_record(records: Records, quarter: Quarter) -> Records:
    decision = _decision(records, quarter, "211")
    ngo = one(records.ngos, lambda n: n.id == decision.ngo_id)
    later = replace(ngo.intervals[0], taken_on=decision.decision_on + timedelta(days=2))
    return put(records, "ngos", replace(ngo, intervals=(later,)))


@in_return("8", "получателей больше, чем решений")
def recipients_beyond_decisions(ret: QuarterReturn, quarter: Quarter) -> QuarterReturn:
    return with_row(ret, "211.1", quarter=(ret["211.2"].quarter or Decimal(0)) + 1)


@in_return("9", "исполнено не равно сумме источников")
def spent_beside_sources(ret: QuarterReturn, quarter: Quarter) -> QuarterReturn:
    return _grow(ret, "203", 1000)


@in_records("9", "источники не складываются в сумму решения")
def sources_do_not_add_up(records: Records, quarter: Quarter) -> Records:
    decision = _decision(records, quarter, "211")
    return put(records, "supports", replace(decision, local=decision.local + 500))


@in_return("9", "решение пропало из приложения А")
def decision_left_out(ret: QuarterReturn, quarter: Quarter) -> QuarterReturn:
    rows = (*ret.annex_a, *ret.annex_a_pending)
    lost = one(rows, lambda r: r.form == "211" and r.account == quarter and not r.termination)
    return replace(
        ret,
        annex_a=tuple(r for r in ret.annex_a if r is not lost),
        annex_a_pending=tuple(r for r in ret.annex_a_pending if r is not lost),
    )


@in_records("10", "исполнено больше предусмотренного", warning=True)
def spent_beyond_programme(records: Records, quarter: Quarter) -> Records:
    row = one(records.executions, lambda e: e.account == quarter)
    executions = tuple(replace(e, local=Decimal(90_000_000)) if e is row else e for e in records.executions)
    return replace(records, executions=executions)


@in_records("11", "финансовое решение без суммы")
def decision_without_money(records: Records, quarter: Quarter) -> Records:
    zero = Decimal(0)
    decision = _decision(records, quarter, "211")
    return put(records, "supports", replace(decision, amount=zero, local=zero, oblast=zero, federal=zero, other=zero))


@in_return("11", "договоры есть, а суммы нет")
def contracts_without_money(ret: QuarterReturn, quarter: Quarter) -> QuarterReturn:
    return with_row(ret, "217.3", quarter=Decimal(0))


@in_records("12", "имущество без площади и объекта")
def property_without_area(records: Records, quarter: Quarter) -> Records:
    decision = _decision(records, quarter, "212")
    return put(records, "supports", replace(decision, area=Decimal(0), objects=0, object_name=""))


@in_records("21", "решение после конца квартала")
def decision_after_the_quarter(records: Records, quarter: Quarter) -> Records:
    decision = _decision(records, quarter, "218")
    return put(records, "supports", replace(decision, decision_on=quarter.last_day + timedelta(days=3)))


@in_records("21", "поддержка до регистрации НКО")
def support_before_registration(records: Records, quarter: Quarter) -> Records:
    decision = _decision(
        records, quarter, "214",
        lambda s: any(n.id == s.ngo_id and is_legal(n, quarter) and n.legal_account is None for n in records.ngos),
    )  # fmt: skip
    ngo = one(records.ngos, lambda n: n.id == decision.ngo_id)
    return put(records, "ngos", replace(ngo, registered_on=decision.decision_on + timedelta(days=5)))


@in_records("22", "деньги после ликвидации")
def money_after_liquidation(records: Records, quarter: Quarter) -> Records:
    decision = _decision(records, quarter, "211")
    ngo = one(records.ngos, lambda n: n.id == decision.ngo_id)
    return put(records, "ngos", replace(ngo, liquidated_on=decision.decision_on - timedelta(days=5)))


@in_records("22", "консультация после ликвидации", warning=True)
def advice_after_liquidation(records: Records, quarter: Quarter) -> Records:
    decision = _decision(records, quarter, "214")
    ngo = one(records.ngos, lambda n: n.id == decision.ngo_id)
    return put(records, "ngos", replace(ngo, liquidated_on=decision.decision_on - timedelta(days=5)))


@in_records("32", "грант больше предела одного гранта")
def grant_too_large(records: Records, quarter: Quarter) -> Records:
    won = one(records.applications, lambda a: a.decision == "supported" and a.decision_account == quarter)
    return put(records, "applications", replace(won, granted=Decimal(260_000)))


@in_records("32", "сумма грантов больше предела района")
def grants_beyond_limit(records: Records, quarter: Quarter) -> Records:
    won = one(records.applications, lambda a: a.decision == "supported" and a.decision_account == quarter)
    contest = one(records.contests, lambda c: c.id == won.contest_id)
    return put(records, "contests", replace(contest, total_limit=Decimal(1000)))


@in_records("32", "решение раньше заявки")
def decided_before_applied(records: Records, quarter: Quarter) -> Records:
    won = one(records.applications, lambda a: a.decision == "supported" and a.decision_account == quarter)
    return put(records, "applications", replace(won, applied_on=won.decision_on + timedelta(days=1)))  # type: ignore[operator]


@in_return("33", "записей реестра больше, чем в приложении А")
def entries_beyond_annex(ret: QuarterReturn, quarter: Quarter) -> QuarterReturn:
    return _grow(ret, "232", 1)


@in_return("33", "в срок опубликовано больше, чем внесено")
def published_beyond_entries(ret: QuarterReturn, quarter: Quarter) -> QuarterReturn:
    return with_row(ret, "233", quarter=(ret["232"].quarter or Decimal(0)) + 1)


def _entered(records: Records, quarter: Quarter) -> Support:
    return one(records.supports, lambda s: s.entry_account == quarter and s.account == quarter)


@in_records("34", "у получателя нет адреса")
def recipient_without_address(records: Records, quarter: Quarter) -> Records:
    entered = _entered(records, quarter)
    ngo = one(records.ngos, lambda n: n.id == entered.ngo_id)
    return put(records, "ngos", replace(ngo, address=""))


@in_records("34", "запись раньше решения")
def entered_before_decided(records: Records, quarter: Quarter) -> Records:
    entered = _entered(records, quarter)
    return put(records, "supports", replace(entered, entered_on=entered.decision_on - timedelta(days=1)))


@in_records("34", "возвращено больше, чем выдано")
def returned_too_much(records: Records, quarter: Quarter) -> Records:
    decision = _decision(records, quarter, "211")
    day = decision.decision_on + timedelta(days=1)
    violation = Violation(99_001, day, quarter, "не по смете", decision.amount + 1, day, quarter)
    return put(records, "supports", replace(decision, violations=(violation,)))


@in_records("34", "нарушение раньше решения")
def violated_before_decided(records: Records, quarter: Quarter) -> Records:
    decision = _decision(records, quarter, "211")
    violation = Violation(99_001, decision.decision_on - timedelta(days=1), quarter, "не по смете")
    return put(records, "supports", replace(decision, violations=(violation,)))


@in_records("34", "номер записи повторяется")
def entry_number_twice(records: Records, quarter: Quarter) -> Records:
    first = _entered(records, quarter)
    second = one(records.supports, lambda s: s.entry_account == quarter and s.id != first.id)
    return put(records, "supports", replace(second, entry_no=first.entry_no))


@in_records("34", "запись внесена поздно", warning=True)
def entered_late(records: Records, quarter: Quarter) -> Records:
    entered = one(
        records.supports,
        lambda s: s.entry_account == quarter and s.account == quarter
        and s.decision_on < quarter.last_day - timedelta(days=20),
    )
    return put(records, "supports", replace(entered, entered_on=entered.decision_on + timedelta(days=15)))


@in_records("34", "два одинаковых решения", warning=True)
def decision_twice(records: Records, quarter: Quarter) -> Records:
    decision = _decision(records, quarter, "214")
    twin = replace(decision, id=99_002, entry_no=None, entered_on=None, entry_account=None, published_on=None)
    return put(records, "supports", twin)


@in_records("47", "у поддержанной заявки нет решения")
def application_without_support(records: Records, quarter: Quarter) -> Records:
    won = one(records.applications, lambda a: a.decision == "supported" and a.decision_account == quarter)
    support = one(records.supports, lambda s: s.application_id == won.id)
    return put(records, "supports", replace(support, application_id=None))


@in_records("47", "сумма в сто раз больше прежних", warning=True)
def money_exploded(records: Records, quarter: Quarter) -> Records:
    decision = _decision(records, quarter, "211")
    times = decision.amount * 100
    changed = replace(decision, amount=times, local=times, oblast=Decimal(0))
    return put(records, "supports", changed)


@in_records("47", "консультация НКО, которой не было на учёте", warning=True)
def advice_to_a_stranger(records: Records, quarter: Quarter) -> Records:
    decision = _decision(records, quarter, "214")
    ngo = one(records.ngos, lambda n: n.id == decision.ngo_id)
    later = replace(ngo.intervals[0], taken_on=decision.decision_on + timedelta(days=2))
    return put(records, "ngos", replace(ngo, intervals=(later,)))


@in_records("47", "имущество в пользовании пропало", warning=True)
def property_vanished(records: Records, quarter: Quarter) -> Records:
    ended = quarter.first_day + timedelta(days=10)
    supports = tuple(replace(s, ends_on=ended) if s.form == "212" else s for s in records.supports)
    return replace(records, supports=supports)
