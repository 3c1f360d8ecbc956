"""Checks 13–17 and 42: the quarter against the year, the plan, the last quarter and the year before."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from app.core.money import percent
from app.core.periods import Quarter
from app.core.russian import percents
from app.core.text import NBSP
from app.returns.checks.case import ZERO, Case, columns_of
from app.returns.checks.report import Fault, Severity, Unchecked
from app.returns.checks.rules import Told, check
from app.returns.checks.wording import figure, titled
from app.returns.form import RowKind, RowSpec

MAY_FALL = frozenset({"203", "204", "205", "206", "207"})  # money returned makes a quarter negative


def _figures(case: Case) -> Iterator[tuple[str, str, RowKind, Decimal, Decimal]]:
    """(cell without its period, how it is called, kind, column 5, column 6) of rows and tables 3 and 4."""
    for spec in case.form.rows:
        if spec.kind is not RowKind.TEXT and spec.measure in case.ret.rows:
            yield spec.measure, spec.code, spec.kind, case.value(spec.measure), case.value(spec.measure, "year")
    for service in case.ret.services:
        quarter, year = columns_of(service.quarter), columns_of(service.year)
        for column in case.form.service_columns:
            if column.kind is not RowKind.AVERAGE and column.key in quarter:
                title = f"{service.centre_name}, {service.code}, «{_plain(column.title)}»"
                cell = f"{service.key}.{column.key}"
                yield cell, title, column.kind, quarter[column.key], year[column.key]
    for need in case.ret.needs:
        quarter, year = columns_of(need.quarter), columns_of(need.year)
        for column in case.form.need_columns:
            if column.key not in ("start", "unserved"):
                title = f"Таблица 4, {need.title}, «{_plain(column.title)}»"
                yield f"{need.key}.{column.key}", title, column.kind, quarter[column.key], year[column.key]


def _plain(title: str) -> str:
    return title.replace("\u00ad", "")


@check("13", "С начала года не меньше квартала; на дату — столько же")
def year_holds_the_quarter(case: Case) -> Told:
    first = case.quarter.number == 1
    for cell, title, kind, quarter, year in _figures(case):
        spec = case.specs.get(cell)
        shown = f"с начала года ({figure(year, spec)})"
        if kind is RowKind.STOCK:
            if year != quarter:
                yield Fault(f"{cell}.year", f"{title} — на дату: {shown} не равно кварталу ({figure(quarter, spec)}).")
        elif cell in MAY_FALL:
            continue
        elif year < quarter:
            yield Fault(f"{cell}.year", f"{title}: {shown} меньше квартала ({figure(quarter, spec)}).")
        elif first and year != quarter:
            yield Fault(f"{cell}.year", f"{title}: в I квартале {shown} не равно кварталу ({figure(quarter, spec)}).")


@check("14", "С начала года: прошлый отчёт плюс квартал")
def year_grows_by_the_quarter(case: Case) -> Told:
    if case.quarter.number == 1:
        return  # no earlier quarter in the year: 13 asks that both are equal
    previous = case.previous
    if previous is None:
        yield Unchecked("14", case.why_no_previous)
        return
    cells = set()
    for cell, title, kind, quarter, year in _figures(case):
        if kind is not RowKind.ADDITIVE:
            continue
        cells.add(cell)
        if previous.lacks(cell):
            continue  # a row that this version of the form has added
        before = previous.year(cell) or ZERO
        if year != before + quarter:
            spec = case.specs.get(cell)
            yield Fault(
                f"{cell}.year",
                f"{title}: с начала года ({figure(year, spec)}) не равно прошлому отчёту ({figure(before, spec)}) "
                f"плюс квартал ({figure(quarter, spec)}).",
            )
    if previous.ret is not None:
        for line in previous.ret.services:
            if line.year.records and f"{line.key}.records" not in cells:
                title = f"{line.centre_name}, {line.code}"
                text = f"{title}: в прошлом отчёте записей с начала года {line.year.records}, в этом строки нет (0)."
                yield Fault(f"{line.key}.records.year", text)


def _earlier_sets(case: Case, code: str) -> tuple[list[int], int, bool] | None:
    """Sizes by today's keys of the sets of the year's earlier quarters, size of what is «без состава», if so.

    None where a quarter is neither frozen nor taken over with the opening balances.
    """
    opening = case.records.opening
    sizes: list[int] = []
    bare = 0
    without = False
    for quarter in case.quarter.year_to_date[:-1]:
        frozen = case.records.latest_frozen(quarter)
        if frozen is not None:
            if code in case.specs and code not in frozen.ret.rows:
                return None  # a row that this version of the form has added
            members = frozen.ret.members.get(code)
            sizes.append(case.index.count(members.quarter) if members is not None else 0)
        elif opening is None or opening.quarter < quarter or opening.quarter.year != quarter.year:
            return None
        elif opening.quarter == quarter:
            cell = f"{code}.year"
            sizes.append(case.index.count(opening.keys.get(cell, ())))
            if cell in opening.bare:
                bare, without = int(opening.figures.get(cell, ZERO)), True
    return sizes, bare, without


def _unique_figures(case: Case) -> Iterator[tuple[str, str, int, int, int]]:
    """(cell, title, quarter, year, upper bound of the year) of unique figures."""
    for cell, title, kind, quarter, year in _figures(case):
        if kind is RowKind.UNIQUE:
            members = case.ret.members.get(cell)
            bare = members.bare_year if members is not None else 0
            upper = case.upper(cell, "year") if cell in case.specs else year + bare
            yield cell, title, int(quarter), int(year), int(upper)


def _unique_faults(case: Case, *, bare: bool) -> Iterator[Fault]:
    for cell, title, quarter, year, upper in _unique_figures(case):
        earlier = _earlier_sets(case, cell)
        if earlier is None or earlier[2] is not bare:
            continue
        sizes, without, _ = earlier
        largest = max([quarter, without, *sizes])
        total = quarter + without + sum(sizes)
        if upper < largest:
            yield Fault(f"{cell}.year", f"{title}: с начала года ({upper}) меньше наибольшего квартала ({largest}).")
        if year > total:
            yield Fault(f"{cell}.year", f"{title}: с начала года ({year}) больше суммы кварталов ({total}).")


@check("15", "Разных с начала года: не меньше квартала и не больше суммы кварталов")
def unique_within_quarters(case: Case) -> Told:
    missing = [q for q in case.quarter.year_to_date[:-1] if not _kept(case, q)]
    if missing:
        why = case.why_no_previous if case.previous is None else f"не проверялось: нет отчёта за {titled(missing)}"
        yield Unchecked("15", why)
        return
    yield from _unique_faults(case, bare=False)


def _kept(case: Case, quarter: Quarter) -> bool:
    opening = case.records.opening
    return case.records.latest_frozen(quarter) is not None or (opening is not None and quarter <= opening.quarter)


@check("15", "Разных с начала года, где квартал «без состава»", severity=Severity.WARNING)
def unique_within_bare_quarters(case: Case) -> Told:
    yield from _unique_faults(case, bare=True)


@check("16", "Процент выполнения равен графе 6 к графе 7")
def percent_of_plan(case: Case) -> Told:
    for code, row in case.ret.rows.items():
        known = row.plan is not None and row.year is not None and row.year_upper is None
        expected = percent(row.year or ZERO, row.plan or ZERO) if known else None
        if row.percent != expected:
            given = percents(row.percent) if row.percent is not None else "пусто"
            wanted = percents(expected) if expected is not None else "пусто"
            text = f"{case.title(code)}, графа 8 ({given}) не равна графе 6 к графе 7 ({wanted})."
            yield Fault(f"{code}.percent", text)


@check("16", "План года меняется только по акту", basis="акт о плане: номер и дата")
def plan_changes_by_an_act(case: Case) -> Told:
    before = case.records.latest_frozen(case.quarter.previous) if case.quarter.number > 1 else None
    for code, row in case.ret.rows.items():
        if row.plan is not None and not _has_act(case, code, row.plan):
            text = f"{case.title(code)}: у плана {case.shown(code, row.plan)} нет акта с номером и датой."
            yield Fault(f"{code}.plan", text)
        past = before.ret.rows.get(code) if before is not None else None
        if past is not None and past.plan is not None and row.plan is None:
            text = f"{case.title(code)}: план {case.shown(code, past.plan)} прошлого отчёта пропал, акта об этом нет."
            yield Fault(f"{code}.plan", text)


def _has_act(case: Case, code: str, plan: Decimal) -> bool:
    """An act with a number set this very plan; rows of pieces and people keep whole ones."""
    spec = case.specs.get(code)
    whole = spec is not None and spec.places == 0
    return any(
        p.act_no.strip() and (p.value == plan or (whole and int(p.value) == plan))
        for p in case.records.plans
        if p.year == case.quarter.year and p.code == code
    )


@check("17", "Выполнение близко к плану", severity=Severity.WARNING)
def close_to_the_plan(case: Case) -> Told:
    number = case.quarter.number
    if number == 1:
        return
    limit = case.settings.plan_deviation
    for spec in case.form.rows:
        row = case.ret.rows.get(spec.measure)
        if row is None or row.plan is None or row.year is None or row.year_upper is not None:
            continue
        if spec.kind is RowKind.UNIQUE and number < 4:
            continue
        share = Decimal(number) / 4 if spec.kind is RowKind.ADDITIVE else Decimal(1)
        expected = row.plan * share
        if _far(case, spec, row.year, expected, limit):
            of = f"планом на {number} кв." if share != 1 else "планом"
            yield Fault(
                f"{spec.measure}.year",
                f"{case.said(spec.measure, 'year')} с начала года расходится с {of} ({figure(expected, spec)}) "
                f"больше чем на {limit}{NBSP}%.",
            )


def _far(case: Case, spec: RowSpec, value: Decimal, base: Decimal, limit: int) -> bool:
    """Further from the base than so many percent of it, and than what is noise."""
    noise = case.settings.noise_money if spec.is_money else Decimal(case.settings.noise_units)
    change = abs(value - base)
    return change > noise and change * 100 > limit * abs(base)


def _watched(case: Case) -> list[RowSpec]:
    return [case.specs[code] for code in case.settings.watched_rows.split() if code in case.specs]


@check("42", "На дату: против прошлого квартала", severity=Severity.WARNING, needs_previous=True)
def stocks_against_last_quarter(case: Case) -> Told:
    assert case.previous is not None  # the rule needs one
    limit = case.settings.stock_change
    for spec in _watched(case):
        before = case.previous.year(spec.measure)
        if spec.kind is not RowKind.STOCK or before is None:
            continue
        if _far(case, spec, case.value(spec.measure), before, limit):
            yield Fault(
                f"{spec.measure}.quarter",
                f"{case.said(spec.measure)} отличается от прошлого квартала ({figure(before, spec)}) "
                f"больше чем на {limit}{NBSP}%.",
            )


@check("42", "С начала года: против прошлого года", severity=Severity.WARNING)
def year_against_year_before(case: Case) -> Told:
    if case.year_ago is None and all(row.before is None for row in case.ret.rows.values()):
        yield Unchecked("42", f"не проверялось: нет отчёта за\u00a0{case.quarter.year_before.title}")
        return
    limit = case.settings.year_change
    for spec in _watched(case):
        row = case.ret.rows.get(spec.measure)
        if spec.kind is RowKind.STOCK or row is None or row.before is None or row.year_upper is not None:
            continue
        if _far(case, spec, case.value(spec.measure, "year"), row.before, limit):
            yield Fault(
                f"{spec.measure}.year",
                f"{case.said(spec.measure, 'year')} отличается от прошлого года ({figure(row.before, spec)}) "
                f"больше чем на {limit}{NBSP}%.",
            )
