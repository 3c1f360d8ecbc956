"""Check 43: one accepted return per territory and quarter, and what is told without its set."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from app.core.russian import ended, integer
from app.core.text import NBSP
from app.region.checks.case import RegionCase
from app.region.checks.rules import RegionFault, check
from app.region.figures import Figure
from app.returns.checks.report import Severity

Told = Iterator[RegionFault]


@check("43", "Отчёт каждого района принят", severity=Severity.ERROR)
def every_district_reported(case: RegionCase) -> Told:
    held = case.consolidation.held_over
    for district in case.consolidation.missing:
        until = held.get(district.oktmo)
        year = f" С{NBSP}начала года учтён последний принятый: {ended(until.title)}" if until else ""
        text = f"{district.name}: принятого отчёта за {case.quarter.title} нет.{year}"
        yield RegionFault((district.oktmo,), "head.oktmo", text)


@check("43", "Отчёты присланы от действующих территорий", severity=Severity.ERROR)
def returns_are_expected(case: RegionCase) -> Told:
    for code in case.consolidation.unexpected:
        text = (
            f"Отчёт с кодом ОКТМО {code} ({case.given[code].head.territory}) ни от какого района не ожидается: "
            "в свод он не вошёл."
        )
        yield RegionFault((code,), "head.oktmo", text)


@check("43", "Одна территория отчитывается один раз", severity=Severity.ERROR)
def a_chain_reports_once(case: RegionCase) -> Told:
    for district in case.consolidation.expected:
        former = [code for code in district.before if code in case.given]
        if district.oktmo in case.given and former:
            text = (
                f"{district.name}: за {case.quarter.title} приняты отчёты и нового, и прежнего кода ОКТМО "
                f"({', '.join(former)}). В{NBSP}свод вошёл отчёт с{NBSP}действующим кодом."
            )
            yield RegionFault((district.oktmo, *former), "head.oktmo", text)


@check("43", "Отчёт — за тот же квартал", severity=Severity.ERROR)
def returns_are_of_the_quarter(case: RegionCase) -> Told:
    for oktmo, ret in case.returns:
        if ret.head.quarter != case.quarter:
            text = f"{case.name(oktmo)}: отчёт за {ret.head.quarter.title} стоит среди отчётов за {case.quarter.title}"
            yield RegionFault((oktmo,), "head.quarter", ended(text))


@check("43", "Состав уникальных показателей известен")
def sets_are_known(case: RegionCase) -> Told:
    """One warning for a coded row or table, the districts «без состава» named in it."""
    groups: dict[str, list[tuple[str, Figure]]] = defaultdict(list)
    for cell in case.consolidation.intervals:
        table = cell.split(".")[0] if cell.startswith(("3.", "4.")) else cell.rpartition(".")[0]
        groups[table].append((cell, case.consolidation[cell]))
    for table, cells in groups.items():
        bare = tuple(dict.fromkeys(oktmo for _, figure in cells for oktmo in figure.bare))
        named = ", ".join(case.name(oktmo) for oktmo in bare)
        if table in ("3", "4"):
            text = f"Таблица {table}: число НКО прислано без состава ({named}), в{NBSP}своде оно от … до …"
        else:
            bounds = "; ".join(
                f"{'за квартал' if cell.endswith('quarter') else f'с{NBSP}начала года'} {_said(figure)}"
                for cell, figure in cells
            )
            text = f"Строка {table}: прислана без состава ({named}), {bounds}."
        yield RegionFault(bare, cells[0][0], text)


def _said(figure: Figure) -> str:
    lower, upper = int(figure.value or 0), int(figure.upper or 0)
    return f"от {integer(lower)} до {integer(upper)}"
