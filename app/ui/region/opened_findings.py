"""What lies behind a finding of the region's checks, and how districts stand to each other in a row."""

from __future__ import annotations

from decimal import Decimal

from app.core.russian import decimal, plural
from app.core.text import NBSP
from app.region.checks import RegionFinding
from app.region.measures import Outlier, by_district, per_thousand
from app.reports.region_tables import figure_words
from app.returns.checks.report import Severity
from app.returns.snapshot import NgoRow, ServiceRow
from app.ui.region.opened import NOTHING, Opened, of_cell, places_of
from app.ui.region.opened_rows import Table, evidence
from app.ui.region.picture import Picture

WORDS = {Severity.ERROR: "ошибка", Severity.WARNING: "предупреждение"}


def of_finding(picture: Picture, finding: RegionFinding) -> Opened:
    """The districts a finding speaks of and the rows of their annexes."""
    whole, keys = picture.whole, picture.whole.keys
    wanted = set(finding.records)
    rows = []
    for oktmo, ret in whole.returns:
        for row in (*ret.annex_e, *ret.annex_d):
            if (oktmo, row.key) not in wanted:
                continue
            if isinstance(row, NgoRow):
                number = row.ogrn or "без юрлица"
                rows.append((picture.name(oktmo), "список НКО", row.name, number, row.primary or NOTHING))
            elif isinstance(row, ServiceRow):
                centre = keys.name(keys.of(row.centre), "centre")
                rows.append((picture.name(oktmo), "услуга", f"{centre}, {row.code}", f"{row.provided_on:%d.%m.%Y}",
                             evidence(row)))  # fmt: skip
    if not rows:
        rows = [(picture.name(oktmo), "отчёт", NOTHING, oktmo, NOTHING) for oktmo in finding.districts]
    heads = (("Район", 220), ("Что", 110), ("Название", 280), ("Номер, дата", 140), ("Где учтено, подтверждение", 200))
    return Opened(
        f"Контроль {finding.check}, {WORDS[finding.severity]}", finding.text, (Table("Записи", heads, tuple(rows), 2),)
    )


def of_rates(picture: Picture, code: str, last: str) -> Opened:
    """A row by districts: per 1,000 NGOs and who stands out, or now and then."""
    return _rates(picture, code) if last == "out" else _changes(picture, code, last)


def _rates(picture: Picture, code: str) -> Opened:
    whole, cell = picture.whole, f"{code}.quarter"
    spec = whole.form.row(code)
    rates, values = per_thousand(whole, cell), by_district(whole[cell])
    out = {one.oktmo: one for one in picture.standing_out(cell)}
    order = sorted(rates.districts, key=lambda one: (-rates.districts[one], one))
    rows = tuple(
        (
            picture.name(oktmo), decimal(rates.districts[oktmo], 1), decimal(values[oktmo], spec.places),
            _side(out.get(oktmo)),
        )
        for oktmo in order
    )  # fmt: skip
    told = (
        "Выделяются районы, где на 1\u00a0000 НКО более чем втрое больше или меньше середины районов и разница не "
        "меньше 5. Считается от пяти районов."
    )
    heads = (("Район", 260), (f"На 1{NBSP}000 НКО", 120), ("За квартал", 120), ("Выделяется", 170))
    return Opened(
        f"{spec.code} {spec.title}, на 1{NBSP}000 НКО", told, (Table("Районы", heads, rows, 0, (1, 2)),),
        {place: lambda: of_cell(picture, cell) for place in range(len(rows))},
    )  # fmt: skip


def _side(one: Outlier | None) -> str:
    if one is None:
        return NOTHING
    return "больше середины" if one.rate > one.middle else "меньше середины"


def _changes(picture: Picture, code: str, last: str) -> Opened:
    changes = picture.before if last == "before" else picture.year_ago
    spec = picture.whole.form.row(code)
    cell = f"{code}.quarter" if last == "before" else f"{code}.year"
    if changes is None:
        then = picture.quarter.previous if last == "before" else picture.quarter.year_before
        told = f"Отчётов за {then.title} не принято: сравнить не с чем."
        if not picture.complete:
            told = f"Сравнение с {then.title} ещё считается: откройте чуть позже."
        return Opened(f"{spec.code} {spec.title}", told, (Table("Районы", (("Район", 300),), (), empty=told),))
    change = changes.cells.get(cell)
    rows = []
    if change is not None:
        told_now, told_then = by_district(change.now), by_district(change.then)
        for one in picture.districts:
            if one.oktmo not in changes.compared:
                rows.append((picture.name(one.oktmo), NOTHING, NOTHING, "нет одного из отчётов"))
                continue
            a, b = told_now.get(one.oktmo), told_then.get(one.oktmo)
            rows.append((picture.name(one.oktmo), decimal(b, spec.places) if b is not None else NOTHING,
                         decimal(a, spec.places) if a is not None else NOTHING,
                         _difference(a - b, spec.places) if a is not None and b is not None else NOTHING))  # fmt: skip
    heads = (("Район", 260), (changes.then.title, 150), (changes.now.title, 150), ("Разница", 130))
    count = plural(len(changes.compared), "району", "районам", "районам")
    whole_then = figure_words(change.then, places_of(picture.whole, cell)) if change else NOTHING
    whole_now = figure_words(change.now, places_of(picture.whole, cell)) if change else NOTHING
    told = f"По {count}, чьи отчёты есть за оба периода: было {whole_then}, стало {whole_now}."
    return Opened(f"{spec.code} {spec.title}: изменение", told, (Table("Районы", heads, tuple(rows), 0, (1, 2, 3)),))


def _difference(value: Decimal, places: int) -> str:
    told = decimal(abs(value), places)
    return f"+{told}" if value > 0 else f"−{told}" if value < 0 else told
