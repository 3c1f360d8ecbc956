"""Annexes А, Б, В, Д and Е of a hand-filled form: its lists as rows of a return, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from app.core.periods import Quarter
from app.core.russian import day
from app.records.choices import MARKS
from app.returns.hand_form import EntryKind
from app.returns.hand_input import FilledCell
from app.returns.hand_keys import Keys, practice_key
from app.returns.hand_lists import NEEDS, ON_RECORD, PRACTICES, REGISTER, SERVICES, HandList
from app.returns.hand_reading import Line, Reading
from app.returns.hand_values import as_lines, read_cell, shown
from app.returns.snapshot import NeedRow, NgoRow, PracticeCard, RegisterRow, ServiceRow

STATES = ("presented", "checked", "recommended", "spread")
FIRST_TIME = "*"
NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Annexes:
    """The lists of a form.  entered, pending: annex А with a number and without one."""

    entered: tuple[RegisterRow, ...]
    pending: tuple[RegisterRow, ...]
    needs: tuple[NeedRow, ...]
    practices: tuple[PracticeCard, ...]
    services: tuple[ServiceRow, ...]
    on_record: tuple[NgoRow, ...]


def annexes_of(reading: Reading, quarter: Quarter, keys: Keys) -> Annexes:
    """Every list of the form, its own faults told at their cells."""
    register = tuple(_register(reading, quarter, keys))
    return Annexes(
        entered=tuple(row for row in register if row.number is not None),
        pending=tuple(row for row in register if row.number is None),
        needs=tuple(_needs(reading, quarter, keys)),
        practices=tuple(_practices(reading, quarter, keys)),
        services=tuple(_services(reading, quarter, keys)),
        on_record=tuple(_on_record(reading, keys)),
    )


def _in_order(reading: Reading, one: HandList, line: Line, first: str, last: str, text: str) -> None:
    """The later of two days is not before the earlier one."""
    before, after = line[first], line[last]
    if before and after and after < before and not {first, last} & line.damaged:
        reading.tell_line(one, line, last, "order", f"{text}: {day(after)} раньше {day(before)}.")


def _by_the_end(reading: Reading, one: HandList, line: Line, key: str, quarter: Quarter) -> None:
    """A day that is counted does not lie after the quarter."""
    found: date | None = line[key]
    if found is not None and key not in line.damaged and found > quarter.last_day:
        text = f"Дата {day(found)} позже последнего дня квартала, {day(quarter.last_day)}."
        reading.tell_line(one, line, key, "period", text)


# --- А ----------------------------------------------------------------------------------------


def _register(reading: Reading, quarter: Quarter, keys: Keys) -> Iterator[RegisterRow]:
    numbers: dict[int, str] = {}
    for line in reading.lines(REGISTER):
        for key in ("decision_on", "entered_on"):
            _by_the_end(reading, REGISTER, line, key, quarter)
        _in_order(reading, REGISTER, line, "decision_on", "entered_on", "Запись внесена раньше решения")
        _in_order(reading, REGISTER, line, "starts_on", "ends_on", "Срок кончается раньше, чем начинается")
        number = int(line["number"]) if line["number"] is not None else None
        if number is not None and "number" not in line.damaged:
            if number in numbers:
                text = f"Номер записи {number} уже стоит в {numbers[number]}."
                reading.tell_line(REGISTER, line, "number", "repeated", text)
            numbers.setdefault(number, line.places["number"])
        if number is not None and line["entered_on"] is None and "entered_on" not in line.damaged:
            reading.tell_line(REGISTER, line, "entered_on", "missing", "Номер записи есть, а даты включения нет.")
        if number is None and line["entered_on"] is not None and "number" not in line.damaged:
            reading.tell_line(REGISTER, line, "number", "missing", "Дата включения есть, а номера записи нет.")
        yield _register_row(line, quarter, keys)


def _register_row(line: Line, quarter: Quarter, keys: Keys) -> RegisterRow:
    amount, number = line["amount"], line["number"]
    return RegisterRow(
        number=None if number is None else int(number),
        entered_on=line["entered_on"],
        decision_on=line["decision_on"] or quarter.last_day,
        decision_no=line.text("decision_no"),
        termination=line["decision"] == "termination",
        ngo=keys.of("ngo", line.text("ogrn") or line.text("inn") or None, line.text("name")),
        name=line.text("name"),
        short_name=line.text("short_name"),
        address=line.text("address"),
        ogrn=line.text("ogrn"),
        inn=line.text("inn"),
        activities=tuple(as_lines(line.text("activities"), ",;")),
        form=line.text("form"),
        amount=NOTHING if amount is None else amount,
        size=line.text("size"),
        starts_on=line["starts_on"],
        ends_on=line["ends_on"],
        violations=line.text("violations"),
        account=quarter,
        published_on=line["published_on"],
    )


# --- Б ----------------------------------------------------------------------------------------


def _needs(reading: Reading, quarter: Quarter, keys: Keys) -> Iterator[NeedRow]:
    codes = reading.form.words.choices["service_code"]
    for line in reading.lines(NEEDS):
        _by_the_end(reading, NEEDS, line, "opened_on", quarter)
        _in_order(reading, NEEDS, line, "opened_on", "closed_on", "Закрыта раньше, чем заявлена")
        status, closed = line["status"], line["closed_on"]
        if not {"status", "closed_on"} & line.damaged:
            if status == "open" and closed:
                reading.tell_line(NEEDS, line, "status", "status", "Потребность открыта, а дата закрытия указана.")
            elif status not in (None, "open") and not closed:
                reading.tell_line(NEEDS, line, "closed_on", "missing", "Не указано, когда потребность закрыта.")
        yield NeedRow(
            number=line.text("number"),
            ngo=keys.of("ngo", line.text("ngo_number") or None, line.text("ngo")),
            category=line.text("category"),
            codes=tuple(_codes(reading, line, codes)),
            opened_on=line["opened_on"] or quarter.last_day,
            priority=line.text("priority"),
            status=line.text("status"),
            closed_on=closed,
            closed_by=line.text("closed_by"),
        )


def _codes(reading: Reading, line: Line, known: Mapping[str, str]) -> Iterator[str]:
    for part in as_lines(line.text("codes"), ",;\n"):
        found = read_cell(FilledCell(part), EntryKind.CHOICE, known)
        if found.fault is not None:
            reading.tell_line(NEEDS, line, "codes", "not_read", f"Кода услуги {shown(part)} в каталоге нет.")
        else:
            yield str(found.value)


# --- В ----------------------------------------------------------------------------------------


def _practices(reading: Reading, quarter: Quarter, keys: Keys) -> Iterator[PracticeCard]:
    for line in reading.lines(PRACTICES):
        reached = [(state, line[state]) for state in STATES if line[state] is not None]
        _states_in_order(reading, line, quarter)
        title = line.text("title")
        partner = line.text("partner")
        yield PracticeCard(
            key=practice_key(title) if title else "",
            title=title,
            ngo=keys.of("ngo", None, line.text("ngo")),
            partner=keys.of("partner", None, partner) if partner else "",
            consent=bool(line["consent"]),
            states=tuple(reached),
            **{key: line.text(key) for key in _CARD},
        )


_CARD = (
    "problem", "target_group", "description", "resources", "results", "evidence", "conditions", "contact", "link",
)  # fmt: skip


def _states_in_order(reading: Reading, line: Line, quarter: Quarter) -> None:
    """States follow each other, none is left out (check 30)."""
    for earlier, later in pairwise(STATES):
        _in_order(reading, PRACTICES, line, earlier, later, "Состояние раньше предыдущего")
        if line[later] is not None and line[earlier] is None and not {earlier, later} & line.damaged:
            reading.tell_line(PRACTICES, line, earlier, "missing", "Состояние пропущено: следующее указано.")
    for state in STATES:
        _by_the_end(reading, PRACTICES, line, state, quarter)


# --- Д and Е ----------------------------------------------------------------------------------


def _services(reading: Reading, quarter: Quarter, keys: Keys) -> Iterator[ServiceRow]:
    asked = {kind.code for kind in reading.form.words.catalogue if kind.hours_required}
    for number, line in enumerate(reading.lines(SERVICES), 1):
        _by_the_end(reading, SERVICES, line, "provided_on", quarter)
        code = line.text("code")
        if code in asked and "hours" not in line.damaged and not line["hours"]:
            reading.tell_line(SERVICES, line, "hours", "missing", f"У услуги {code} должны быть часы.")
        names = as_lines(line.text("recipients"))
        recipients = [keys.recipient(name.removesuffix(FIRST_TIME).strip()) for name in names]
        first = [key for key, name in zip(recipients, names, strict=True) if key and name.endswith(FIRST_TIME)]
        if len(set(recipients)) < len(recipients):
            reading.tell_line(SERVICES, line, "recipients", "repeated", "Один получатель назван дважды.")
        yield ServiceRow(
            key=f"line{number}",
            provided_on=line["provided_on"] or quarter.last_day,
            centre=keys.of("centre", None, line.text("centre")),
            code=code,
            quantity=_amount(line["quantity"], Decimal("1.00")),
            hours=_amount(line["hours"], NOTHING),
            people=line.whole("people"),
            recipients=tuple(dict.fromkeys(recipients)),
            first=tuple(dict.fromkeys(first)),
            evidence_kind=line.text("evidence_kind"),
            evidence_no=line.text("evidence_no"),
            needs=tuple(as_lines(line.text("needs"), ",;\n")),
            account=quarter,
        )


def _amount(value: Any, default: Decimal) -> Decimal:
    return default if value is None else value


def _on_record(reading: Reading, keys: Keys) -> Iterator[NgoRow]:
    numbers: dict[tuple[str, str], str] = {}
    for line in reading.lines(ON_RECORD):
        kind, ogrn, kpp = line.text("kind"), line.text("ogrn"), line.text("kpp")
        if kind == "body" and ogrn and not {"kind", "ogrn"} & line.damaged:
            reading.tell_line(ON_RECORD, line, "ogrn", "body", "У объединения без юридического лица ОГРН не бывает.")
        if ogrn and "ogrn" not in line.damaged:
            if (ogrn, kpp) in numbers:
                text = f"ОГРН {ogrn} уже стоит в {numbers[ogrn, kpp]}."
                reading.tell_line(ON_RECORD, line, "ogrn", "repeated", text)
            numbers.setdefault((ogrn, kpp), line.places["ogrn"])
        yield NgoRow(
            key=keys.of("ngo", ogrn or None, line.text("name")),
            kind=kind,
            ogrn=ogrn,
            kpp=kpp,
            name=line.text("name"),
            okopf=line.text("okopf"),
            status=line.text("status"),
            marks=tuple(mark for mark in MARKS if line[mark]),
            primary=line.text("primary"),
        )
