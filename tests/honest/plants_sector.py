"""Faults in the sector: who is on record, marks, numbers, places; checks 1–5 and 35–42."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from app.core.periods import Quarter
from app.returns.as_of import has_mark, is_legal, on_record
from app.returns.records import Interval, Mark, Ngo, Records
from app.returns.snapshot import QuarterReturn, Signer
from tests.honest.planting import in_records, in_return, one, put, with_row


def _legal(records: Records, quarter: Quarter, *, sonko: bool = False) -> Ngo:
    """A legal entity on record for itself, with its numbers."""
    return one(
        records.ngos,
        lambda n: on_record(n, quarter) and is_legal(n, quarter) and bool(n.ogrn) and n.primary_here
        and not n.is_branch and (not sonko or has_mark(n, "sonko", quarter)),
    )  # fmt: skip


@in_return("1", "СОНКО больше, чем юридических лиц")
def too_many_sonko(ret: QuarterReturn, quarter: Quarter) -> QuarterReturn:
    return with_row(ret, "102", quarter=ret["101"].quarter, year=ret["101"].quarter)


@in_return("1", "поставщиков соцуслуг больше, чем юридических лиц")
def too_many_providers(ret: QuarterReturn, quarter: Quarter) -> QuarterReturn:
    return with_row(ret, "105", quarter=ret["101"].quarter, year=ret["101"].quarter)


@in_records("1", "ИОПУ без отметки СОНКО")
def iopu_without_sonko(records: Records, quarter: Quarter) -> Records:
    ngo = one(records.ngos, lambda n: on_record(n, quarter) and is_legal(n, quarter) and not n.marks)
    return put(records, "ngos", replace(ngo, marks=(Mark("iopu", quarter.first_day, quarter),)))


@in_return("1", "в реестре СОНКО больше, чем СОНКО", warning=True)
def register_beyond_sonko(ret: QuarterReturn, quarter: Quarter) -> QuarterReturn:
    more = (ret["102"].quarter or Decimal(0)) + 1
    return with_row(ret, "104", quarter=more, year=more)


@in_return("2", "сумма по состояниям не равна 101")
def statuses_do_not_add_up(ret: QuarterReturn, quarter: Quarter) -> QuarterReturn:
    more = (ret["107"].quarter or Decimal(0)) + 1
    return with_row(ret, "107", quarter=more, year=more)


@in_return("3", "сумма по формам не равна 101")
def forms_do_not_add_up(ret: QuarterReturn, quarter: Quarter) -> QuarterReturn:
    more = (ret["113"].quarter or Decimal(0)) + 1
    return with_row(ret, "113", quarter=more, year=more)


@in_records("4", "карточка пропала из учёта без снятия")
def card_vanished(records: Records, quarter: Quarter) -> Records:
    used = {s.ngo_id for s in records.supports} | {n.ngo_id for n in records.needs}
    used |= {r.ngo_id for s in records.services for r in s.recipients if r.ngo_id is not None}
    used |= {p for a in records.partnerships for p in a.parties} | {a.ngo_id for a in records.applications}
    used |= {c.ngo_id for c in records.centres if c.ngo_id is not None} | {p.ngo_id for p in records.practices}
    used |= {n.head_id for n in records.ngos if n.head_id is not None}
    used |= {n.merged_into_id for n in records.ngos if n.merged_into_id is not None}
    idle = one(records.ngos, lambda n: n.id not in used and on_record(n, quarter.previous))
    return replace(records, ngos=tuple(n for n in records.ngos if n is not idle))


@in_return("4", "поставлено на учёт больше, чем прибыло")
def arrivals_do_not_add_up(ret: QuarterReturn, quarter: Quarter) -> QuarterReturn:
    return with_row(ret, "109", quarter=(ret["109"].quarter or Decimal(0)) + 1)


@in_records("5", "СОНКО без вида деятельности", warning=True)
def sonko_without_activity(records: Records, quarter: Quarter) -> Records:
    return put(records, "ngos", replace(_legal(records, quarter, sonko=True), activities=()))


@in_return("5", "в таблице 1а больше, чем СОНКО", warning=True)
def activity_beyond_sonko(ret: QuarterReturn, quarter: Quarter) -> QuarterReturn:
    code = next(iter(ret.activities))
    return replace(ret, activities={**ret.activities, code: int(ret["102"].quarter or 0) + 1})


@in_records("35", "контрольная цифра ОГРН не сходится")
def wrong_ogrn(records: Records, quarter: Quarter) -> Records:
    ngo = _legal(records, quarter)
    wrong = ngo.ogrn[:-1] + str((int(ngo.ogrn[-1]) + 1) % 10)
    return put(records, "ngos", replace(ngo, ogrn=wrong))


@in_records("35", "контрольная цифра ИНН не сходится")
def wrong_inn(records: Records, quarter: Quarter) -> Records:
    ngo = _legal(records, quarter)
    return put(records, "ngos", replace(ngo, inn=ngo.inn[:-1] + str((int(ngo.inn[-1]) + 1) % 10)))


@in_records("35", "две карточки с одним ОГРН и КПП")
def two_cards(records: Records, quarter: Quarter) -> Records:
    ngo = _legal(records, quarter)
    other = one(records.ngos, lambda n: n.kind == "legal" and bool(n.ogrn) and n.ogrn != ngo.ogrn)
    return put(records, "ngos", replace(other, ogrn=ngo.ogrn, inn=ngo.inn, kpp=ngo.kpp))


@in_records("35", "один ИНН под двумя ОГРН", warning=True)
def one_inn_twice(records: Records, quarter: Quarter) -> Records:
    ngo = _legal(records, quarter)
    other = one(records.ngos, lambda n: n.kind == "legal" and bool(n.ogrn) and n.ogrn != ngo.ogrn)
    return put(records, "ngos", replace(other, inn=ngo.inn))


@in_records("35", "сроки на учёте накладываются")
def overlapping_intervals(records: Records, quarter: Quarter) -> Records:
    ngo = _legal(records, quarter)
    first = ngo.intervals[0]
    again = Interval(first.taken_on + timedelta(days=1), first.taken_account, before_records=True)
    return put(records, "ngos", replace(ngo, intervals=(*ngo.intervals, again)))


@in_return("36", "в отчёте код другого района")
def foreign_territory(ret: QuarterReturn, quarter: Quarter) -> QuarterReturn:
    return replace(ret, head=replace(ret.head, oktmo="41609000"))


@in_records("36", "поселение другого района")
def foreign_settlement(records: Records, quarter: Quarter) -> Records:
    return put(records, "ngos", replace(_legal(records, quarter), settlement="41609000"))


@in_records("37", "партия с отметкой СОНКО")
def party_as_sonko(records: Records, quarter: Quarter) -> Records:
    return put(records, "ngos", replace(_legal(records, quarter, sonko=True), okopf="20201"))


@in_return("38", "ИОПУ учтены сверх действующих")
def expired_iopu(ret: QuarterReturn, quarter: Quarter) -> QuarterReturn:
    more = (ret["103"].quarter or Decimal(0)) + 1
    return with_row(ret, "103", quarter=more, year=more)


@in_return("39", "уточнённый отчёт без первичного")
def correction_of_nothing(ret: QuarterReturn, quarter: Quarter) -> QuarterReturn:
    return replace(ret, head=replace(ret.head, correction=1, reason="исправлена сумма"))


@in_return("39", "уточнённый отчёт без причины")
def correction_without_reason(ret: QuarterReturn, quarter: Quarter) -> QuarterReturn:
    return replace(ret, head=replace(ret.head, correction=1, reason=" "))


@in_records("40", "исправлена услуга, учтённая в утверждённом квартале")
def counted_service_edited(records: Records, quarter: Quarter) -> Records:
    service = one(records.services, lambda s: s.account == quarter.previous)
    return put(records, "services", replace(service, people=service.people + 3))


@in_records("40", "исправлена услуга прошлого года", warning=True)
def former_year_edited(records: Records, quarter: Quarter) -> Records:
    service = one(records.services, lambda s: s.account.year == quarter.year - 1 and not s.before_records)
    return put(records, "services", replace(service, people=service.people + 3))


@in_records("41", "отчёт опоздал", warning=True)
def late_return(records: Records, quarter: Quarter) -> Records:
    return replace(records, today=date(quarter.next.year, quarter.next.number * 3, 20))


@in_records("41", "не указан исполнитель")
def no_executor(records: Records, quarter: Quarter) -> Records:
    return replace(records, unit=replace(records.unit, executor=Signer("", "")))


@in_return("42", "действующих соглашений вдвое больше прошлого квартала", warning=True)
def stock_jumped(ret: QuarterReturn, quarter: Quarter) -> QuarterReturn:
    more = (ret["102"].quarter or Decimal(0)) * 2 + 10
    return with_row(ret, "102", quarter=more, year=more)


@in_return("42", "услуг втрое больше прошлого года", warning=True)
def year_jumped(ret: QuarterReturn, quarter: Quarter) -> QuarterReturn:
    return with_row(ret, "301", year=(ret["301"].year or Decimal(0)) * 3 + 10)


@in_records("47", "отделение без головной организации", warning=True)
def branch_without_head(records: Records, quarter: Quarter) -> Records:
    branch = one(records.ngos, lambda n: n.is_branch and on_record(n, quarter))
    return put(records, "ngos", replace(branch, head_id=None))


@in_records("47", "добровольцев стало в сто раз больше", warning=True)
def volunteers_exploded(records: Records, quarter: Quarter) -> Records:
    ngo = one(
        records.ngos,
        lambda n: on_record(n, quarter) and any(y.account == quarter for y in n.years) and len(n.years) > 1,
    )
    years = tuple(
        replace(y, volunteers=(y.volunteers or 1) * 100) if y.account == quarter else y for y in ngo.years
    )
    return put(records, "ngos", replace(ngo, years=years))
