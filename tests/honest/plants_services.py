"""Faults in services, needs, partnerships, practices and in what columns say of each other: 13–20, 23–31, 47."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from app.core.periods import Quarter
from app.returns.records import Contribution, NeedLink, PracticeState, Records, Service
from app.returns.snapshot import QuarterReturn
from tests.honest.planting import in_records, in_return, one, put, with_line, with_row


def _service(records: Records, quarter: Quarter, fits: Callable[[Service], bool] = lambda _: True) -> Service:
    return one(records.services, lambda s: s.account == quarter and not s.before_records and fits(s))


# --- columns of one return and of its neighbours


@in_return("13", "с начала года меньше квартала")
def year_below_quarter(ret: QuarterReturn, quarter: Quarter) -> QuarterReturn:
    return with_row(ret, "214.2", year=(ret["214.2"].quarter or Decimal(0)) - 1)


@in_return("13", "показатель на дату разный в двух графах")
def stock_differs(ret: QuarterReturn, quarter: Quarter) -> QuarterReturn:
    return with_row(ret, "501", year=(ret["501"].year or Decimal(0)) + 1)


@in_return("14", "с начала года не равно прошлому отчёту и кварталу")
def year_does_not_grow(ret: QuarterReturn, quarter: Quarter) -> QuarterReturn:
    return with_row(ret, "214.2", year=(ret["214.2"].year or Decimal(0)) + 1)


@in_return("15", "разных с начала года больше суммы кварталов")
def unique_above_sum(ret: QuarterReturn, quarter: Quarter) -> QuarterReturn:
    return with_row(ret, "210", year=(ret["210"].year or Decimal(0)) + 1000)


@in_return("15", "разных с начала года меньше квартала")
def unique_below_quarter(ret: QuarterReturn, quarter: Quarter) -> QuarterReturn:
    return with_row(ret, "504", year=Decimal(0))


@in_return("16", "процент выполнения вписан от руки")
def percent_by_hand(ret: QuarterReturn, quarter: Quarter) -> QuarterReturn:
    return with_row(ret, "301", percent=Decimal("123.4"))


@in_records("16", "план без номера акта")
def plan_without_act(records: Records, quarter: Quarter) -> Records:
    return replace(records, plans=tuple(replace(p, act_no="") for p in records.plans))


@in_records("17", "план в пять раз больше выполнения", warning=True)
def plan_out_of_reach(records: Records, quarter: Quarter) -> Records:
    return replace(records, plans=tuple(replace(p, value=p.value * 5) for p in records.plans))


# --- services


@in_return("18", "услуг не столько, сколько в таблице 3")
def services_beside_table(ret: QuarterReturn, quarter: Quarter) -> QuarterReturn:
    return with_row(ret, "301", quarter=(ret["301"].quarter or Decimal(0)) + 1)


@in_return("18", "центров больше, чем оказывало услуги")
def centres_beyond_table(ret: QuarterReturn, quarter: Quarter) -> QuarterReturn:
    return with_row(ret, "303", quarter=(ret["303"].quarter or Decimal(0)) + 1)


@in_return("18", "с подтверждением и без него не складываются в записи")
def evidence_does_not_add_up(ret: QuarterReturn, quarter: Quarter) -> QuarterReturn:
    line = one(ret.services, lambda s: s.quarter.records > 0)
    return with_line(ret, "services", line, evidenced=line.quarter.evidenced + 1)


@in_return("8", "НКО больше, чем случаев")
def ngos_beyond_cases(ret: QuarterReturn, quarter: Quarter) -> QuarterReturn:
    line = one(ret.services, lambda s: s.quarter.records > 0)
    return with_line(ret, "services", line, ngos=line.quarter.cases + 1)


@in_return("19", "впервые больше, чем НКО")
def first_beyond_ngos(ret: QuarterReturn, quarter: Quarter) -> QuarterReturn:
    line = one(ret.services, lambda s: s.quarter.records > 0)
    return with_line(ret, "services", line, first=line.quarter.ngos + 1)


@in_records("20", "консультация без часов")
def consultation_without_hours(records: Records, quarter: Quarter) -> Records:
    service = _service(records, quarter, lambda s: s.code in ("К2", "К3", "К4"))
    return put(records, "services", replace(service, hours=Decimal(0)))


@in_records("20", "услуга без получателя")
def service_for_nobody(records: Records, quarter: Quarter) -> Records:
    return put(records, "services", replace(_service(records, quarter), recipients=()))


@in_records("20", "кода нет в каталоге на день услуги")
def code_expired(records: Records, quarter: Quarter) -> Records:
    code = _service(records, quarter).code
    ended = quarter.first_day - timedelta(days=400)
    kinds = tuple(replace(k, valid_to=ended) if k.code == code else k for k in records.catalogue)
    return replace(records, catalogue=kinds)


@in_records("20", "консультация на девять часов", warning=True)
def endless_consultation(records: Records, quarter: Quarter) -> Records:
    service = _service(records, quarter, lambda s: s.code in ("К1", "К2", "К3", "К4"))
    return put(records, "services", replace(service, hours=Decimal(9)))


@in_records("20", "людей меньше, чем получателей", warning=True)
def fewer_people(records: Records, quarter: Quarter) -> Records:
    service = _service(records, quarter, lambda s: len(s.recipients) > 1)
    return put(records, "services", replace(service, people=1))


@in_records("20", "соглашение центра не действовало", warning=True)
def centre_out_of_agreement(records: Records, quarter: Quarter) -> Records:
    centre = one(records.centres, lambda c: any(s.centre_id == c.id and s.account == quarter for s in records.services))
    return put(records, "centres", replace(centre, agreements=()))


@in_records("20", "две одинаковые услуги", warning=True)
def service_twice(records: Records, quarter: Quarter) -> Records:
    service = _service(records, quarter, lambda s: any(r.ngo_id is not None for r in s.recipients))
    again = tuple(replace(r, first_time=False) for r in service.recipients)
    return put(records, "services", replace(service, id=99_003, uuid="f" * 36, evidence_no="", recipients=again))


@in_records("21", "услуга после конца квартала")
def service_after_the_quarter(records: Records, quarter: Quarter) -> Records:
    service = _service(records, quarter)
    return put(records, "services", replace(service, provided_on=quarter.last_day + timedelta(days=1)))


@in_records("22", "услуга после ликвидации", warning=True)
def service_after_liquidation(records: Records, quarter: Quarter) -> Records:
    service = _service(records, quarter, lambda s: s.recipients[0].ngo_id is not None)
    ngo = one(records.ngos, lambda n: n.id == service.recipients[0].ngo_id)
    return put(records, "ngos", replace(ngo, liquidated_on=service.provided_on - timedelta(days=1)))


@in_records("23", "услуги без подтверждения", warning=True)
def services_without_evidence(records: Records, quarter: Quarter) -> Records:
    services = tuple(
        replace(s, evidence_kind="", evidence_no="") if s.account == quarter else s for s in records.services
    )
    return replace(records, services=services)


@in_return("31", "зарегистрировано больше, чем новых НКО", warning=True)
def registered_beyond_new(ret: QuarterReturn, quarter: Quarter) -> QuarterReturn:
    return with_row(ret, "304", year=Decimal(500))


@in_records("47", "впервые дважды")
def first_twice(records: Records, quarter: Quarter) -> Records:
    service = _service(records, quarter, lambda s: any(r.first_time for r in s.recipients))
    again = tuple(r for r in service.recipients if r.first_time)
    return put(records, "services", replace(service, id=99_004, uuid="e" * 36, evidence_no="", recipients=again))


@in_records("47", "один номер подтверждения дважды", warning=True)
def evidence_twice(records: Records, quarter: Quarter) -> Records:
    first = _service(records, quarter, lambda s: bool(s.evidence_no))
    second = _service(
        records, quarter,
        lambda s: s.centre_id == first.centre_id and s.id != first.id and s.evidence_kind == first.evidence_kind
        and s.provided_on.year == first.provided_on.year,
    )  # fmt: skip
    return put(records, "services", replace(second, evidence_no=first.evidence_no))


# --- needs


@in_return("24", "открыто на конец не складывается")
def needs_do_not_add_up(ret: QuarterReturn, quarter: Quarter) -> QuarterReturn:
    line = ret.needs[0]
    return with_line(ret, "needs", line, end=line.quarter.end + 1)


@in_records("24", "открытая потребность пропала")
def need_vanished(records: Records, quarter: Quarter) -> Records:
    lost = one(records.needs, lambda n: n.account < quarter and n.closed_account is None)
    return replace(records, needs=tuple(n for n in records.needs if n is not lost))


@in_return("25", "срочных больше, чем открытых")
def urgent_beyond_open(ret: QuarterReturn, quarter: Quarter) -> QuarterReturn:
    line = ret.needs[0]
    return with_line(ret, "needs", line, high=line.quarter.end + 1)


@in_records("25", "закрыта раньше, чем выявлена")
def closed_before_opened(records: Records, quarter: Quarter) -> Records:
    need = one(records.needs, lambda n: n.closed_account == quarter and n.closed_on is not None)
    return put(records, "needs", replace(need, closed_on=need.opened_on - timedelta(days=1)))


@in_records("26", "закрыта центром без услуги")
def closed_without_service(records: Records, quarter: Quarter) -> Records:
    need = one(records.needs, lambda n: n.closed_account == quarter and n.status == "closed_centre")
    return put(records, "needs", replace(need, links=()))


@in_records("26", "закрывшую услугу получила другая НКО", warning=True)
def closed_for_another(records: Records, quarter: Quarter) -> Records:
    need = one(records.needs, lambda n: n.closed_account == quarter and n.status == "closed_centre")
    assert need.closed_on is not None
    other = one(
        records.services,
        lambda s: s.provided_on <= need.closed_on  # type: ignore[operator]
        and all(r.ngo_id not in (None, need.ngo_id) for r in s.recipients),
    )
    return put(records, "needs", replace(need, links=(NeedLink(other.id, "closes", quarter),)))


@in_records("26", "закрывшая услуга не той категории", warning=True)
def closed_by_another_code(records: Records, quarter: Quarter) -> Records:
    need = one(records.needs, lambda n: n.closed_account == quarter and n.status == "closed_centre")
    category = "other" if need.category != "other" else "legal"
    return put(records, "needs", replace(need, category=category))


@in_return("27", "отметка «не закрыта ни одним РЦ» неверна")
def unserved_flag(ret: QuarterReturn, quarter: Quarter) -> QuarterReturn:
    line = ret.needs[0]
    return with_line(ret, "needs", line, unserved=1 - line.quarter.unserved)


@in_return("8", "НКО больше, чем потребностей")
def needy_beyond_needs(ret: QuarterReturn, quarter: Quarter) -> QuarterReturn:
    line = ret.needs[0]
    return with_line(ret, "needs", line, ngos=line.quarter.start + line.quarter.opened + 1)


@in_records("47", "две одинаковые открытые потребности", warning=True)
def need_twice(records: Records, quarter: Quarter) -> Records:
    need = one(records.needs, lambda n: n.account == quarter and n.closed_account is None)
    return put(records, "needs", replace(need, id=99_005, uuid="d" * 36))


# --- business and practices


@in_return("28", "соглашений не столько, сколько по движению")
def agreements_do_not_add_up(ret: QuarterReturn, quarter: Quarter) -> QuarterReturn:
    return with_row(ret, "502", quarter=(ret["502"].quarter or Decimal(0)) + 1)


@in_records("28", "истёкшее соглашение числится действующим")
def expired_agreement(records: Records, quarter: Quarter) -> Records:
    agreement = one(records.partnerships, lambda a: a.account <= quarter.previous and a.last_day is not None)
    ended = quarter.first_day + timedelta(days=5)
    expired = replace(agreement, ends_on=ended, ended_early_on=None, end_account=None, contributions=())
    return put(records, "partnerships", expired)


@in_records("29", "вклад после срока соглашения")
def gift_after_the_end(records: Records, quarter: Quarter) -> Records:
    agreement = one(records.partnerships, lambda a: a.last_day is not None)
    assert agreement.last_day is not None
    day = agreement.last_day + timedelta(days=1)
    gift = Contribution(99_006, day, quarter, "goods", Decimal(10))
    return put(records, "partnerships", replace(agreement, contributions=(*agreement.contributions, gift)))


@in_records("29", "соглашение кончается раньше, чем начинается")
def agreement_turned(records: Records, quarter: Quarter) -> Records:
    agreement = one(records.partnerships, lambda a: a.account == quarter and not a.before_records)
    return put(records, "partnerships", replace(agreement, ends_on=agreement.starts_on - timedelta(days=1)))


@in_records("29", "внесено больше обещанного", warning=True)
def more_than_promised(records: Records, quarter: Quarter) -> Records:
    agreement = one(
        records.partnerships,
        lambda a: any(c.account == quarter and c.kind in ("money", "goods") for c in a.contributions),
    )
    return put(records, "partnerships", replace(agreement, promised=Decimal(1)))


@in_return("30", "тиражировано больше, чем рекомендовано")
def spread_beyond_recommended(ret: QuarterReturn, quarter: Quarter) -> QuarterReturn:
    more = (ret["603"].quarter or Decimal(0)) + 1
    return with_row(ret, "604", quarter=more, year=more)


@in_records("30", "состояние практики пропущено")
def state_skipped(records: Records, quarter: Quarter) -> Records:
    practice = one(records.practices)
    day = quarter.first_day
    states = (PracticeState("presented", day, quarter), PracticeState("spread", day, quarter))
    return put(records, "practices", replace(practice, states=states))


@in_records("30", "опубликовано без согласия")
def published_without_consent(records: Records, quarter: Quarter) -> Records:
    practice = one(records.practices)
    return put(records, "practices", replace(practice, consent=False, published_on=quarter.first_day))
