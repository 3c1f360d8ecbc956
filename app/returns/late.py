"""What came late: records dated in a quarter already frozen, counted in this one (annex Г, «поступило позже»)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from app.core.periods import Quarter
from app.core.russian import day
from app.returns.count_partnerships import CONTRIBUTION_ROWS, EVENT_ROWS, PRACTICE_ROWS
from app.returns.ledger import Ledger
from app.returns.snapshot import ProtocolRow


def late_records(ledger: Ledger) -> tuple[ProtocolRow, ...]:
    """One line a fact whose day lies before the quarter that counts it, by row and day."""
    quarter = ledger.quarter
    found = [
        (code, happened, text)
        for code, happened, account, text in _facts(ledger)
        if account == quarter and Quarter.of(happened) < quarter
    ]
    return tuple(
        ProtocolRow("late", "", f"{code}.quarter", f"{text} от {day(happened)}: поступило позже, учтено здесь.")
        for code, happened, text in sorted(found)
    )


def _facts(ledger: Ledger) -> Iterator[tuple[str, date, Quarter, str]]:
    """(row, day, period of account, what it is) of every counted fact with a day of its own."""
    yield from _sector(ledger)
    yield from _support(ledger)
    records, index = ledger.records, ledger.index
    for service in records.services:
        if not service.before_records:
            centre = index.centres[service.centre_id].name
            yield "301", service.provided_on, service.account, f"Услуга {service.code}, {centre},"
    for need in records.needs:
        name = index.standing(need.ngo_id).name
        if not need.before_records:
            yield f"4.{need.category}.opened", need.opened_on, need.account, f"Потребность № {need.id}, {name},"
        if need.closed_on is not None and need.closed_account is not None:
            cell = f"4.{need.category}.{need.status}"
            yield cell, need.closed_on, need.closed_account, f"Закрытие потребности № {need.id}, {name},"
    for a in records.partnerships:
        if not a.before_records:
            yield "502", a.starts_on, a.account, f"Соглашение № {a.number}"
        if a.last_day is not None and a.end_account is not None:
            # Ended is the day after the last one in force.
            yield "510", a.last_day + timedelta(days=1), a.end_account, f"Окончание соглашения №\u00a0{a.number}"
        for given in a.contributions:
            row = CONTRIBUTION_ROWS[given.kind]
            yield row, given.given_on, given.account, f"Вклад по соглашению №\u00a0{a.number}"
    for event in records.events:
        if event.kind in EVENT_ROWS:  # a training counts through the support of those who took part
            yield EVENT_ROWS[event.kind], event.held_on, event.account, f"Мероприятие «{event.title}»"
    for practice in records.practices:
        for state in practice.states:
            yield PRACTICE_ROWS[state.state], state.reached_on, state.account, f"Практика «{practice.title}»"


def _sector(ledger: Ledger) -> Iterator[tuple[str, date, Quarter, str]]:
    for ngo in ledger.records.ngos:
        if ngo.registered_on is not None and ngo.legal_account is not None:
            yield "106", ngo.registered_on, ngo.legal_account, f"Регистрация юридического лица: {ngo.name},"
        for interval in ngo.intervals:
            if not interval.before_records:
                yield "109", interval.taken_on, interval.taken_account, f"Постановка на учёт: {ngo.name},"
            if interval.removed_on is not None and interval.removed_account is not None:
                yield "110", interval.removed_on, interval.removed_account, f"Снятие с учёта: {ngo.name},"


def _support(ledger: Ledger) -> Iterator[tuple[str, date, Quarter, str]]:
    records, index = ledger.records, ledger.index
    for s in records.supports:
        name = index.standing(s.ngo_id).name
        if not s.before_records and s.terminates_id is None:
            code = {"215": "215.3", "216": "216.1"}.get(s.form, f"{s.form}.2")
            yield code, s.decision_on, s.account, f"Решение № {s.decision_no}, {name},"
        if s.entered_on is not None and s.entry_account is not None:
            yield "232", s.entered_on, s.entry_account, f"Запись реестра № {s.entry_no}, {name},"
        for violation in s.violations:
            yield "230", violation.found_on, violation.account, f"Нарушение, {name},"
            if violation.returned_on is not None and violation.returned_account is not None:
                yield "231", violation.returned_on, violation.returned_account, f"Возврат, {name},"
    for a in records.applications:
        name = index.standing(a.ngo_id).name
        yield "220.1", a.applied_on, a.account, f"Заявка «{a.project}», {name},"
        if a.decision_on is not None and a.decision_account is not None:
            yield "220.2", a.decision_on, a.decision_account, f"Решение по заявке «{a.project}», {name},"
        if a.reported_on is not None and a.report_account is not None:
            yield "221", a.reported_on, a.report_account, f"Отчёт по гранту «{a.project}», {name},"
