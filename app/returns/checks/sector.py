"""Checks 1–5: the state of the sector, section 1 and table 1а."""

from __future__ import annotations

from app.returns.as_of import activities_of, has_mark, is_legal
from app.returns.checks.case import Case
from app.returns.checks.report import Fault, Severity, Unchecked
from app.returns.checks.rules import LAW_SONKO, Told, check
from app.returns.checks.wording import figure, names, source

BY_STATUS = ("107", "108", "119")
BY_FORM = ("111", "112", "113", "114", "115", "116", "106")


@check("1", "СОНКО, реестр СОНКО и поставщики услуг не больше юридических лиц на учёте")
def marks_within_legal_entities(case: Case) -> Told:
    legal = case.value("101") - case.value("106")
    for code in ("102", "104", "105"):
        if case.value(code) > legal:
            yield Fault(f"{code}.quarter", f"{case.said(code)} больше 101 − 106 ({figure(legal)}).")


@check("1", "Каждый ИОПУ — СОНКО", basis=LAW_SONKO)
def iopu_are_sonko(case: Case) -> Told:
    if case.value("103") > case.value("102"):
        yield Fault("103.quarter", f"{case.said('103')} больше {case.said('102')}.")
    found = [
        ngo
        for ngo in case.on_record
        if is_legal(ngo, case.quarter)
        and has_mark(ngo, "iopu", case.quarter)
        and not has_mark(ngo, "sonko", case.quarter)
    ]
    if found:
        listed = names(case.name(ngo.id) for ngo in found)
        text = f"Отмечены как ИОПУ, но не как СОНКО: {len(found)} из {case.said('103')} — {listed}."
        yield Fault("103.quarter", text, source("ngo", (ngo.id for ngo in found)))


@check("1", "В реестре СОНКО не больше, чем СОНКО", severity=Severity.WARNING, basis=LAW_SONKO)
def federal_register_within_sonko(case: Case) -> Told:
    if case.value("104") > case.value("102"):
        yield Fault("104.quarter", f"{case.said('104')} больше {case.said('102')}.")


@check("2", "На учёте столько, сколько по состояниям")
def total_by_status(case: Case) -> Told:
    total = sum(case.value(code) for code in BY_STATUS)
    if case.value("101") != total:
        yield Fault("101.quarter", f"{case.said('101')} не равно 107 + 108 + 119 ({figure(total)}).")


@check("3", "На учёте столько, сколько по формам и объединений")
def total_by_form(case: Case) -> Told:
    total = sum(case.value(code) for code in BY_FORM)
    if case.value("101") != total:
        yield Fault("101.quarter", f"{case.said('101')} не равно сумме 111…116 и 106 ({figure(total)}).")


@check("4", "На учёте: прошлый отчёт плюс поставлено, минус снято", needs_previous=True)
def total_by_movement(case: Case) -> Told:
    assert case.previous is not None  # the rule needs one
    before = case.previous.year("101")
    if before is None:
        yield Unchecked("4", "не проверялось: в начальных остатках нет строки 101")
        return
    expected = before + case.value("109") - case.value("110")
    if case.value("101") != expected:
        came, went = case.said("109"), case.said("110")
        yield Fault(
            "101.quarter",
            f"{case.said('101')} не равно 101 прошлого отчёта ({figure(before)}) плюс {came} минус {went}: "
            f"{figure(expected)}.",
        )


@check("5", "У каждой СОНКО указан вид деятельности", severity=Severity.WARNING, basis=LAW_SONKO)
def sonko_without_activity(case: Case) -> Told:
    found = [
        ngo
        for ngo in case.on_record
        if is_legal(ngo, case.quarter)
        and has_mark(ngo, "sonko", case.quarter)
        and not activities_of(ngo, case.quarter)
    ]
    if found:
        listed = names(case.name(ngo.id) for ngo in found)
        text = f"Без вида деятельности {len(found)} из {case.said('102')}: {listed}."
        yield Fault("102.quarter", text, source("ngo", (ngo.id for ngo in found)))
    # What records do not explain: a table 1а that was filled by hand.
    total = sum(case.ret.activities.values())
    if total + len(found) < case.value("102"):
        yield Fault("1а", f"Сумма таблицы 1а ({figure(total)}) меньше {case.said('102')}.")
    for code, count in case.ret.activities.items():
        if count > case.value("102"):
            yield Fault(f"1а.{code}", f"1а, вид {code} ({figure(count)}) больше {case.said('102')}.")
