"""Checks 24–27: needs, table 4."""

from __future__ import annotations

from collections import defaultdict

from app.core.russian import integer
from app.returns.checks.case import Case
from app.returns.checks.report import Fault, Severity, Unchecked
from app.returns.checks.rules import Told, check
from app.returns.checks.wording import COLUMNS, PERIODS, figure, names, source
from app.returns.records import Need, Service


def _numbers(needs: list[Need]) -> str:
    return names(f"№\u00a0{need.id}" for need in needs)


@check("24", "Открыто на конец: начало и выявлено без закрытых и снятых")
def needs_add_up(case: Case) -> Told:
    for line in case.ret.needs:
        for column in COLUMNS:
            n = line.quarter if column == "quarter" else line.year
            expected = n.start + n.opened - n.closed_centre - n.closed_other - n.withdrawn
            if n.end != expected:
                yield Fault(
                    f"{line.key}.end.{column}",
                    f"Таблица 4, {line.title}: открыто на конец ({integer(n.end)}) {PERIODS[column]} не равно "
                    f"{n.start} + {n.opened} − {n.closed_centre} − {n.closed_other} − {n.withdrawn} "
                    f"({integer(expected)}).",
                )


@check("24", "Открыто на начало равно открытому на конец прошлого отчёта", needs_previous=True)
def needs_continue(case: Case) -> Told:
    previous = case.previous
    assert previous is not None  # the rule needs one
    missing: list[str] = []
    for line in case.ret.needs:
        title = f"Таблица 4, {line.title}"
        end = previous.year(f"{line.key}.end")
        if end is None:
            missing.append(line.title)
            continue
        if line.quarter.start != end:
            yield Fault(
                f"{line.key}.start.quarter",
                f"{title}: открыто на начало ({integer(line.quarter.start)}) не равно открытому на конец прошлого "
                f"отчёта ({figure(end)}).",
            )
        start = end if case.quarter.number == 1 else previous.year(f"{line.key}.start")
        if start is not None and line.year.start != start:
            yield Fault(
                f"{line.key}.start.year",
                f"{title}: открыто на начало года ({integer(line.year.start)}) не равно прошлому отчёту "
                f"({figure(start)}).",
            )
    if missing:
        yield Unchecked("24", f"не проверялось: в начальных остатках нет потребностей — {names(missing)}")


@check("25", "Старых и срочных потребностей не больше открытых")
def old_and_urgent_within_open(case: Case) -> Told:
    for line in case.ret.needs:
        for column in COLUMNS:
            n = line.quarter if column == "quarter" else line.year
            for part, value, what in (("over_90", n.over_90, "старше 90 дней"), ("high", n.high, "срочных")):
                if value > n.end:
                    title = f"Таблица 4, {line.title}"
                    yield Fault(
                        f"{line.key}.{part}.{column}",
                        f"{title}: {what} ({integer(value)}) больше открытых на конец ({integer(n.end)}).",
                    )


@check("25", "Потребность закрыта не раньше, чем выявлена")
def closed_after_opened(case: Case) -> Told:
    by_cell: dict[str, list[Need]] = defaultdict(list)
    for need in case.closed_needs:
        if need.closed_on is not None and need.closed_on < need.opened_on:
            by_cell[f"4.{need.category}.{need.status}.quarter"].append(need)
    for cell, needs in by_cell.items():
        need = needs[0]
        text = f"Закрыта {need.closed_on:%d.%m.%Y}, раньше чем выявлена {need.opened_on:%d.%m.%Y}: {_numbers(needs)}."
        yield Fault(cell, text, source("need", (n.id for n in needs)))


def _closing(case: Case, need: Need) -> list[Service]:
    """Services that close the need, on or before the day it was closed."""
    linked = (case.index.services.get(link.service_id) for link in need.links if link.kind == "closes")
    return [s for s in linked if s is not None and need.closed_on is not None and s.provided_on <= need.closed_on]


def _closed_by_centres(case: Case) -> dict[str, list[Need]]:
    by_category: dict[str, list[Need]] = defaultdict(list)
    for need in case.closed_needs:
        if need.status == "closed_centre":
            by_category[need.category].append(need)
    return by_category


@check("26", "Закрытая центром потребность связана с услугой не позже дня закрытия")
def closed_by_a_service(case: Case) -> Told:
    for category, needs in _closed_by_centres(case).items():
        found = [need for need in needs if not _closing(case, need)]
        if found:
            why = "без услуги «закрывает» не позже дня закрытия"
            text = f"Закрыто РЦ ({len(needs)}): {why} — {len(found)}: {_numbers(found)}."
            yield Fault(f"4.{category}.closed_centre.quarter", text, source("need", (n.id for n in found)))


@check("26", "Закрывшую услугу получила та же НКО", severity=Severity.WARNING)
def closed_for_its_ngo(case: Case) -> Told:
    for category, needs in _closed_by_centres(case).items():
        found = [n for n in needs if _closing(case, n) and not any(_received(case, n, s) for s in _closing(case, n))]
        if found:
            text = f"Закрыто РЦ ({len(needs)}): услугу получила другая НКО — {len(found)}: {_numbers(found)}."
            yield Fault(f"4.{category}.ngos.quarter", text, source("need", (n.id for n in found)))


def _received(case: Case, need: Need, service: Service) -> bool:
    key = case.index.counted_key(case.index.ngos[need.ngo_id].uuid)
    return any(
        r.ngo_id is not None and case.index.counted_key(case.index.ngos[r.ngo_id].uuid) == key
        for r in service.recipients
    )


@check("26", "Закрывшая услуга отвечает категории", severity=Severity.WARNING)
def closed_by_a_fitting_code(case: Case) -> Told:
    codes = {category.code: category.services for category in case.records.categories}
    for category, needs in _closed_by_centres(case).items():
        answers = codes.get(category, ())
        found = [n for n in needs if _closing(case, n) and not any(s.code in answers for s in _closing(case, n))]
        if found:
            given = ", ".join(sorted({s.code for n in found for s in _closing(case, n)}))
            text = (
                f"Закрыто РЦ ({len(needs)}): услуги {given} не отвечают категории ({', '.join(answers)}) — "
                f"{len(found)}: {_numbers(found)}."
            )
            yield Fault(f"4.{category}.closed_centre.quarter", text, source("need", (n.id for n in found)))


@check("27", "Отметка «не закрыта ни одним РЦ» стоит там и только там, где она верна")
def unserved_is_marked(case: Case) -> Told:
    given = {line.code for line in case.ret.services if line.quarter.records > 0}
    codes = {category.code: category.services for category in case.records.categories}
    for line in case.ret.needs:
        served = any(code in given for code in codes.get(line.category, ()))
        expected = int(line.quarter.end > 0 and not served)
        if line.quarter.unserved != expected:
            yield Fault(
                f"{line.key}.unserved.quarter",
                f"Таблица 4, {line.title}: отметка ({line.quarter.unserved}) не равна {expected}: открыто на конец "
                f"({line.quarter.end}), услуги категории {'были' if served else 'не оказывались'}.",
            )
