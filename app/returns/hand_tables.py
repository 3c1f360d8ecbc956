"""Head, coded rows, tables 1а, 3 and 4 of a hand-filled form as parts of a return."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.core.periods import Quarter
from app.core.russian import day
from app.returns.form import RowKind
from app.returns.hand_form import HandForm
from app.returns.hand_keys import Keys
from app.returns.hand_reading import Reading
from app.returns.snapshot import Average, NeedFigures, NeedLine, Row, ServiceFigures, ServiceLine
from app.returns.sums import PERIODS

Figures = Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class HandHead:
    """The title sheet.  quarter is None when it cannot be made out; made_on is the date that was typed."""

    oktmo: str
    quarter: Quarter | None
    correction: int
    made_on: date | None
    texts: Mapping[str, str]


TEXTS = (
    "reason", "registration_no", "administration", "unit", "addressee", "signer_post", "signer", "executor_post",
    "executor", "executor_phone",
)  # fmt: skip


def head_of(reading: Reading) -> HandHead:
    """The title sheet as it is filled; what does not fit together is told."""
    texts = {key: reading.text(f"head.{key}") for key in TEXTS}
    year, number = reading.value("head.year"), reading.value("head.quarter")
    quarter = Quarter(int(year), int(number)) if year and number else None
    correction = int(reading.value("head.correction") or 0)
    oktmo = str(reading.value("head.oktmo") or "")
    made_on = reading.value("head.date")
    if {"head.year", "head.quarter"} & reading.damaged:
        quarter = None
    elif quarter is not None:
        _period_faults(reading, quarter, made_on)
    if correction and not texts["reason"]:
        text = f"Отчёт уточнённый ({correction}), а причина уточнения не указана."
        reading.miss("head.reason", text)
    return HandHead(oktmo, quarter, correction, made_on, texts)


def _period_faults(reading: Reading, quarter: Quarter, made_on: date | None) -> None:
    form = reading.form.form
    if form.valid_from > quarter.last_day or (form.valid_to is not None and form.valid_to < quarter.last_day):
        text = f"Форма версии {form.version} за {quarter.title} не применяется: возьмите форму этого периода."
        reading.tell("version", "head.year", text)
    if made_on is not None and "head.date" not in reading.damaged and made_on < quarter.last_day:
        text = (
            f"Отчёт составлен {day(made_on)}, а {quarter.title} кончается {day(quarter.last_day)}: "
            "проверьте квартал и год."
        )
        reading.tell("period", "head.quarter", text)


def rows_of(reading: Reading, figures: Figures) -> dict[str, Row]:
    """Coded rows in the order of the form; an empty figure is 0, a text row is its note."""
    found: dict[str, Row] = {}
    for spec in reading.form.form.rows:
        code = spec.code
        note = reading.text(f"{code}.note")
        if spec.kind is RowKind.TEXT:
            found[code] = Row(code, note=note)
            continue
        nothing = Decimal(0).quantize(Decimal(1).scaleb(-spec.places))
        found[code] = Row(
            code,
            quarter=figures.get(f"{code}.quarter", nothing),
            year=figures.get(f"{code}.year", nothing),
            plan=figures.get(f"{code}.plan"),
            percent=figures.get(f"{code}.percent"),
            before=figures.get(f"{code}.before"),
            note=note,
        )
    return found


def activities_of(form: HandForm, figures: Figures) -> dict[str, int]:
    """Table 1а: code -> СОНКО, those that are filled."""
    named = {code: figures.get(f"1а.{code}") for code in form.words.activities}
    return {code: int(value) for code, value in named.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Services:
    """Lines of table 3, and which line of the sheet each came from (`3.<centre>.К4` -> `3.line7.`)."""

    lines: tuple[ServiceLine, ...]
    origin: Mapping[str, str]


def services_of(reading: Reading, figures: Figures, keys: Keys) -> Services:
    """Lines of table 3 that have anything in them, in the order of the sheet."""
    catalogue = {kind.code: kind for kind in reading.form.words.catalogue}
    columns = [f"{column.key}.{period}" for column in reading.form.form.service_columns for period in PERIODS]
    found: list[ServiceLine] = []
    origin: dict[str, str] = {}
    for line in reading.form.lines:
        filled = any(f"{line}.{column}" in figures for column in columns)
        centre, code = reading.text(f"{line}.centre"), str(reading.value(f"{line}.code") or "")
        unread = f"{line}.code" in reading.damaged
        if not (filled or centre or code or unread):
            continue
        if unread:
            code = str(reading.filled.cell(f"{line}.code").value).strip()
        elif not code:
            reading.miss(f"{line}.code", "Не указан код услуги, а строка заполнена.")
        if not centre:
            reading.miss(f"{line}.centre", "Не указан центр, а строка заполнена.")
        kind = catalogue.get(code)
        made = ServiceLine(
            centre=_centre_key(reading, keys, found, centre, line),
            centre_name=centre,
            code=code,
            title=kind.title if kind else code,
            unit=kind.unit if kind else "",
            plan=figures.get(f"{line}.plan.quarter"),
            quarter=_service_figures(line, "quarter", figures),
            year=_service_figures(line, "year", figures),
        )
        if made.key in origin:
            first = reading.place(f"{origin[made.key]}.code")
            reading.tell("repeated", f"{line}.code", f"Строка «{centre}, {code}» уже есть: {first}.")
        found.append(made)
        origin.setdefault(made.key, line)
    return Services(tuple(found), origin)


def _centre_key(reading: Reading, keys: Keys, found: list[ServiceLine], centre: str, line: str) -> str:
    """The key of the centre; of a line without one its own, or with stand-ins that of the line before."""
    if centre:
        return keys.of("centre", None, centre)
    return found[-1].centre if reading.stand_ins and found else line


def _service_figures(line: str, period: str, figures: Figures) -> ServiceFigures:
    """A period of a line.  The mean wait is weighed by the records: the sheet has no number of links."""

    def of(column: str) -> Decimal:
        return figures.get(f"{line}.{column}.{period}", Decimal(0))

    whole = {c: int(of(c)) for c in ("records", "cases", "ngos", "people", "first", "evidenced", "unevidenced")}
    known = f"{line}.wait.{period}" in figures
    weight = max(whole["records"], 1)
    return ServiceFigures(
        volume=of("volume").quantize(Decimal("0.01")),
        hours=of("hours").quantize(Decimal("0.01")),
        wait=Average(of("wait") * weight, weight) if known else Average(),
        **whole,
    )


def needs_of(form: HandForm, figures: Figures) -> tuple[NeedLine, ...]:
    """Table 4, every category."""

    def of(code: str, period: str) -> NeedFigures:
        columns = [column.key for column in form.form.need_columns]
        return NeedFigures(**{c: int(figures.get(f"4.{code}.{c}.{period}", Decimal(0))) for c in columns})

    return tuple(
        NeedLine(one.code, one.title, of(one.code, "quarter"), of(one.code, "year")) for one in form.words.categories
    )
