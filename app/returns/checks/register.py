"""Checks 33 and 34: the register of recipients, annex А."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from app.core.russian import integer, plural, roubles
from app.returns.checks.case import Case
from app.returns.checks.report import Fault, Severity
from app.returns.checks.rules import LAW_REGISTER, Told, check
from app.returns.checks.wording import COLUMNS, PERIODS, names, source
from app.returns.records import Support
from app.returns.snapshot import RegisterRow

CASE_ROWS = {"213": "213.2", "215": "215.3", "216": "216.2"}  # where the cases of a form stand, else `<form>.2`


@check("33", "Записей реестра столько, сколько в приложении А; в срок — не больше", basis=LAW_REGISTER)
def entries_are_listed(case: Case) -> Told:
    listed = len(case.ret.annex_a)
    if case.value("232") != listed:
        yield Fault("232.quarter", f"{case.said('232')} не равно числу записей в приложении А ({integer(listed)}).")
    for column in COLUMNS:
        if case.value("233", column) > case.value("232", column):
            yield Fault(
                f"233.{column}", f"{case.said('233', column)} {PERIODS[column]} больше {case.said('232', column)}."
            )


@check("34", "Приложение А заполнено: графы 1–4 и 8, ОГРН и ИНН, размер и срок", basis=LAW_REGISTER)
def annex_is_filled(case: Case) -> Told:
    rows = (*case.ret.annex_a, *case.ret.annex_a_pending)
    empty_columns = (
        ("1 (номер и дата записи)", [r for r in case.ret.annex_a if not (r.number and r.entered_on)]),
        ("2 (решение)", [r for r in rows if not r.decision_no.strip()]),
        ("3 (наименование)", [r for r in rows if not r.name.strip()]),
        ("4 (адрес)", [r for r in rows if not r.address.strip()]),
        ("5–6 (ОГРН и ИНН)", [r for r in rows if r.form in ("211", "212") and not (r.ogrn and r.inn)]),
        ("8 (форма)", [r for r in rows if not r.form]),
        ("9 (размер)", [r for r in rows if r.form == "211" and not r.termination and r.amount <= 0]),
        ("10 (срок)", [r for r in rows if _term_missing(r)]),
    )
    for column, found in empty_columns:
        if found:
            text = (
                f"Приложение А: графа {column} пуста в {len(found)} из "
                f"{plural(len(rows), 'строки', 'строк', 'строк')}: "
                f"{names(r.name or f'решение № {r.decision_no}' for r in found)}."
            )
            yield Fault("232.quarter", text, source("support", _supports_of(case, found)))


def _term_missing(row: RegisterRow) -> bool:
    """Column 10 is asked for money and property; a use without end has its beginning alone."""
    return row.form in ("211", "212") and not row.termination and not (row.starts_on or row.ends_on)


@check("34", "ОГРН и ИНН получателя в приложении А", severity=Severity.WARNING, basis=LAW_REGISTER)
def annex_names_numbers(case: Case) -> Told:
    rows = (*case.ret.annex_a, *case.ret.annex_a_pending)
    found = [r for r in rows if r.form not in ("211", "212") and not (r.ogrn and r.inn)]
    if found:
        text = (
            f"Приложение А: без ОГРН или ИНН {len(found)} из {plural(len(rows), 'строки', 'строк', 'строк')}: "
            f"{names(r.short_name or r.name for r in found)}."
        )
        yield Fault("232.quarter", text, source("support", _supports_of(case, found)))


def _supports_of(case: Case, rows: Iterable[RegisterRow]) -> list[int]:
    """Ids of the records behind rows of the annex: by number of entry, else by decision and recipient."""
    entries = {s.entry_no: s.id for s in case.records.supports if s.entry_no is not None}
    decisions = {
        (case.index.member(s.ngo_id), s.decision_no, s.decision_on, s.form): s.id for s in case.records.supports
    }
    found = (
        entries.get(r.number)
        if r.number is not None
        else decisions.get((r.ngo, r.decision_no, r.decision_on, r.form))
        for r in rows
    )
    return [id for id in found if id is not None]


@check("34", "Решение не позже записи, прекращения и нарушения; конец срока не раньше начала", basis=LAW_REGISTER)
def register_in_order(case: Case) -> Told:
    quarter = case.quarter
    entered = [s for s in case.records.supports if s.entry_account == quarter and s.entered_on is not None]
    early = [s for s in entered if s.entered_on is not None and s.entered_on < s.decision_on]
    if early:
        s = early[0]
        text = f"Запись {s.entered_on:%d.%m.%Y} раньше решения {s.decision_on:%d.%m.%Y}: {_named(case, early)}."
        yield Fault("232.quarter", text, source("support", (s.id for s in early)))
    ended = [
        (s, case.index.supports[s.terminates_id])
        for s in case.records.supports
        if s.terminates_id in case.index.supports and s.terminates_id and quarter in (s.account, s.entry_account)
    ]
    early = [s for s, first in ended if s.decision_on < first.decision_on]
    if early:
        first = case.index.supports[early[0].terminates_id or 0]
        text = (
            f"Прекращение {early[0].decision_on:%d.%m.%Y} раньше решения {first.decision_on:%d.%m.%Y}: "
            f"{_named(case, early)}."
        )
        yield Fault("232.quarter", text, source("support", (s.id for s in early)))
    turned = [
        s
        for s in case.records.supports
        if quarter in (s.account, s.entry_account) and s.starts_on and s.ends_on and s.ends_on < s.starts_on
    ]
    if turned:
        s = turned[0]
        text = f"Срок кончается {s.ends_on:%d.%m.%Y} раньше начала {s.starts_on:%d.%m.%Y}: {_named(case, turned)}."
        yield Fault("232.quarter", text, source("support", (s.id for s in turned)))


@check("34", "Нарушение не раньше решения, возвращено не больше суммы", basis=LAW_REGISTER)
def violations_in_order(case: Case) -> Told:
    early, much = [], []
    for s in case.records.supports:
        if any(v.account == case.quarter and v.found_on < s.decision_on for v in s.violations):
            early.append(s)
        returned = sum((v.returned for v in s.violations), Decimal(0))
        if returned > s.amount and any(v.returned_account == case.quarter for v in s.violations):
            much.append((s, returned))
    if early:
        s = early[0]
        found_on = min(v.found_on for v in s.violations)
        text = f"Нарушение {found_on:%d.%m.%Y} раньше решения {s.decision_on:%d.%m.%Y}: {_named(case, early)}."
        yield Fault("230.quarter", text, source("support", (s.id for s in early)))
    if much:
        s, returned = much[0]
        listed = _named(case, (s for s, _ in much))
        text = f"Возвращено ({roubles(returned)}) больше размера поддержки ({roubles(s.amount)}): {listed}."
        yield Fault("231.quarter", text, source("support", (s.id for s, _ in much)))


@check("34", "Номера записей реестра не повторяются", basis=LAW_REGISTER)
def entry_numbers_differ(case: Case) -> Told:
    by_number: dict[int, list[Support]] = defaultdict(list)
    for s in case.records.supports:
        if s.entry_no is not None and s.entry_account is not None and s.entry_account <= case.quarter:
            by_number[s.entry_no].append(s)
    for number, same in sorted(by_number.items()):
        if len(same) > 1 and any(s.entry_account == case.quarter for s in same):
            times = plural(len(same), "записи", "записей", "записей")
            text = f"Номер записи {number} стоит у {times}: {_named(case, same)}."
            yield Fault("232.quarter", text, source("support", (s.id for s in same)))


@check("34", "Запись внесена в срок", severity=Severity.WARNING, basis=LAW_REGISTER)
def entered_in_time(case: Case) -> Told:
    days = case.settings.register_days
    late = [
        s
        for s in case.records.supports
        if s.entry_account == case.quarter
        and s.entered_on is not None
        and s.entered_on > case.records.calendar.after(s.decision_on, days)
    ]
    if late:
        term = plural(days, "рабочего дня", "рабочих дней", "рабочих дней")
        text = f"Позже {term} после решения внесено {len(late)} из {case.said('232')}: {_named(case, late)}."
        yield Fault("233.quarter", text, source("support", (s.id for s in late)))


@check("34", "Нет двух одинаковых решений", severity=Severity.WARNING, basis=LAW_REGISTER)
def decisions_differ(case: Case) -> Told:
    """Alike: NGO, form, day, amount; two events of training are two decisions."""
    groups: dict[tuple[object, ...], list[Support]] = defaultdict(list)
    for s in case.all_decisions:
        groups[case.index.member(s.ngo_id), s.form, s.decision_on, s.amount, s.event_id].append(s)
    twice: dict[str, list[Support]] = defaultdict(list)
    for same in groups.values():
        if len(same) > 1 and any(s.account == case.quarter and not s.before_records for s in same):
            twice[same[0].form] += same
    for form, found in sorted(twice.items()):
        row = CASE_ROWS.get(form, f"{form}.2")
        text = (
            f"{case.said(row)}: одинаковы получатель, день и размер у "
            f"{plural(len(found), 'решения', 'решений', 'решений')}: {_named(case, found)}."
        )
        yield Fault(f"{row}.quarter", text, source("support", (s.id for s in found)))


def _named(case: Case, found: Iterable[Support]) -> str:
    return names(case.name(s.ngo_id) for s in found)
