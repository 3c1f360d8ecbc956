"""Faults as hands make them, each planted into one cell or two of an honest form, and where it must be found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.hand.conftest import Honest
from tests.hand.typing_over import Formula

Typed = Mapping[str, Any]  # place -> value


@dataclass(frozen=True)
class Plant:
    """what: in the curator's words.  typed: what is written where; found: places at which it is told.

    by: the code of the fault, or the number of the check.
    """

    what: str
    by: str
    typed: Callable[[Honest], Typed]
    found: Callable[[Honest], set[str]]

    def __str__(self) -> str:
        return self.what


def _cell(what: str, by: str, cell: str, value: Any, *also: str) -> Plant:
    """A value in one cell; it is found there, or at the other cells that are named."""
    return Plant(
        what, by,
        lambda honest: {honest.place(cell): value},
        lambda honest: {honest.place(one) for one in (also or (cell,))},
    )  # fmt: skip


def _cells(what: str, by: str, cells: Mapping[str, Any], *found: str) -> Plant:
    return Plant(
        what, by,
        lambda honest: {honest.place(cell): value for cell, value in cells.items()},
        lambda honest: {honest.place(one) for one in found},
    )  # fmt: skip


Pick = Callable[[Honest], int]


def _line(what: str, by: str, key: str, column: str, value: Any, pick: Pick = lambda _: 0, found: str = "") -> Plant:
    """A value in a line of a list; pick: which line, from 0."""

    def typed(honest: Honest) -> Typed:
        line = pick(honest)
        chosen = value(honest, line) if callable(value) else value
        return {honest.filler.line_place(key, line, column): chosen}

    return Plant(what, by, typed, lambda honest: {honest.filler.line_place(key, pick(honest), found or column)})


def _grown(what: str, by: str, cell: str, step: int, *also: str) -> Plant:
    """A figure that is larger than the honest one by so much."""

    def typed(honest: Honest) -> Typed:
        sheet, ref = honest.filler.where(cell)
        return {honest.place(cell): sheet[ref].value + step}

    return Plant(what, by, typed, lambda honest: {honest.place(one) for one in (also or (cell,))})


def service_with_hours(honest: Honest) -> int:
    """A service whose code asks for hours."""
    return next(n for n, row in enumerate(honest.kept.ret.annex_d) if row.code in ("К2", "К3", "К4"))


def closed_need(honest: Honest) -> int:
    return next(n for n, need in enumerate(honest.kept.ret.annex_b) if need.closed_on is not None)


def financial(honest: Honest) -> int:
    rows = (*honest.kept.ret.annex_a, *honest.kept.ret.annex_a_pending)
    return next(n for n, row in enumerate(rows) if row.form == "211" and not row.termination)


def body_on_record(honest: Honest) -> int:
    return next(n for n, row in enumerate(honest.kept.ret.annex_e) if row.kind == "body")


def _first_line(honest: Honest) -> str:
    return honest.filler.form.lines[0]


def _of_line(what: str, by: str, column: str, value: Any, *, period: str = "quarter") -> Plant:
    """A cell of the first line of table 3."""
    suffix = f".{period}" if period else ""
    return _cell(what, by, f"3.line1..{column}{suffix}", value)


def _repeated_line(honest: Honest) -> Typed:
    first = honest.kept.ret.services[0]
    line = honest.filler.form.lines[len(honest.kept.ret.services)]
    return {honest.place(f"{line}.centre"): first.centre_name, honest.place(f"{line}.code"): first.code}


def _free_line(honest: Honest) -> str:
    return honest.filler.form.lines[len(honest.kept.ret.services)]


def _member_out(honest: Honest) -> Typed:
    """The first recipient of money of the quarter is left out of the list."""
    members = honest.kept.ret.members["211.1"]
    line = next(number for number, key in enumerate(members.year) if key in members.quarter)
    return {honest.filler.line_place("members", line, column): None for column in ("row", "period", "number", "name")}


def _late_decision(honest: Honest) -> Typed:
    days = {"decision_on": date(2026, 11, 1), "entered_on": date(2026, 11, 3)}
    return {honest.filler.line_place("register", 0, column): day for column, day in days.items()}


def _service_out(honest: Honest) -> Typed:
    last = len(honest.kept.ret.annex_d) - 1
    columns = ("provided_on", "centre", "code", "quantity", "hours", "people", "recipients", "evidence_kind",
               "evidence_no", "needs")  # fmt: skip
    return {honest.filler.line_place("services", last, column): None for column in columns}


def _line_of_last_service(honest: Honest) -> set[str]:
    row = honest.kept.ret.annex_d[-1]
    lines = zip(honest.kept.ret.services, honest.filler.form.lines, strict=False)
    key = next(key for line, key in lines if (line.centre, line.code) == (row.centre, row.code))
    return {honest.place(f"{key}.records.quarter")}


def _unserved_turned(honest: Honest) -> Typed:
    sheet, ref = honest.filler.where("4.finance.unserved.quarter")
    return {honest.place("4.finance.unserved.quarter"): 1 - sheet[ref].value}


def _same_number(honest: Honest, line: int) -> Any:
    return honest.kept.ret.annex_a[0].number


def _day_before_decision(honest: Honest, line: int) -> date:
    return date(2026, 1, 1)


def _other_entry(honest: Honest) -> int:
    return 1


READING = (
    _cell("слово вместо суммы", "not_read", "204.quarter", "двести тысяч"),
    _cell("половина решения", "not_read", "211.2.quarter", 2.5),
    _cell("отрицательное число поставленных на учёт", "not_read", "109.quarter", -1),
    _cell("отрицательные часы", "not_read", "214.3.quarter", -3),
    _cell("доли копейки", "not_read", "211.4.quarter", 100.123),
    _cell("число с пояснением", "not_read", "117.quarter", "12 (из них 3 новые)"),
    _cell("нет данных словами", "not_read", "118.quarter", "н/д"),
    _cell("слишком большое число", "not_read", "231.year", 10**14),
    _cell("формула без значения", "not_read", "212.6.quarter", Formula("100+200")),
    _cell("не заполнено, сколько действует", "missing", "107.quarter", None),
    _cell("не заполнено, сколько СОНКО", "missing", "102.quarter", None),
    _cell("нет фамилии подписавшего", "missing", "head.signer", None),
    _cell("нет исполнителя", "missing", "head.executor", None),
    _cell("нет территории", "missing", "head.oktmo", None),
    _cell("квартал заполнен, год пуст", "missing", "215.4.year", None),
    _cell("неизвестный район", "not_read", "head.oktmo", "Мурманский район"),
    _cell("год не из списка", "not_read", "head.year", 1998),
    _cell("пятый квартал", "not_read", "head.quarter", 5),
    _cell("вид документа словом", "not_read", "head.correction", "первый"),
    _cell("дата словами", "not_read", "head.date", "в начале октября"),
    _cell("уточнённый без причины", "missing", "head.correction", 1, "head.reason"),
    _cell("составлен до конца квартала", "period", "head.date", date(2026, 8, 1), "head.quarter"),
    _of_line("код услуги не из каталога", "not_read", "code", "Ж9", period=""),
    _cell("отметка 2 вместо 1 или 0", "not_read", "4.premises.unserved.quarter", 2),
    _cell("сумма источников вписана поверх формулы", "typed_over", "203.quarter", 1),
    _cell("на учёте вписано поверх формулы", "typed_over", "101.quarter", 1000),
    _cell("слово поверх формулы", "typed_over", "211.3.year", "см. реестр"),
    _cell("открыто на конец поверх формулы", "typed_over", "4.legal.end.quarter", 77),
    _cell("состояние на дату с начала года поверх формулы", "typed_over", "501.year", 99),
    Plant("центр и услуга второй раз", "repeated", _repeated_line,
          lambda honest: {honest.place(f"{_free_line(honest)}.code")}),
    Plant("услуга без кода", "missing",
          lambda honest: {honest.place(f"{_free_line(honest)}.centre"): honest.kept.ret.services[0].centre_name},
          lambda honest: {honest.place(f"{_free_line(honest)}.code")}),
    Plant("услуга без центра", "missing",
          lambda honest: {honest.place(f"{_free_line(honest)}.code"): "К1"},
          lambda honest: {honest.place(f"{_free_line(honest)}.centre")}),
)  # fmt: skip

LISTED = (
    _line("контрольная цифра ОГРН в списке", "not_read", "members", "number", "1231600019706"),
    _line("в ОГРН не хватает цифры", "not_read", "members", "number", "123160001970"),
    _line("строки формы нет", "not_read", "members", "row", "219.1"),
    _line("не сказано, за квартал или за год", "missing", "members", "period", None),
    _line("нет названия", "missing", "members", "name", None),
    Plant("получатель пропущен в списке", "list", _member_out,
          lambda honest: {honest.place("211.1.quarter"), honest.place("211.1.year")}),
    _grown("получателей больше, чем в списке", "list", "213.1.quarter", 1),
    _line("услуга после квартала", "period", "services", "provided_on", date(2026, 10, 3)),
    _line("код услуги в журнале", "not_read", "services", "code", "К77"),
    _line("консультация без часов", "missing", "services", "hours", None, service_with_hours),
    _line("услуга без получателя", "missing", "services", "recipients", None),
    _line("подтверждение не из списка", "not_read", "services", "evidence_kind", "честное слово"),
    Plant("услуга пропущена в журнале", "list", _service_out, _line_of_last_service),
    _line("открытая потребность с датой закрытия", "status", "needs", "status", "открыта", closed_need),
    _line("закрыта раньше, чем заявлена", "order", "needs", "closed_on", date(2020, 1, 9), closed_need),
    _line("категории нет", "not_read", "needs", "category", "Космос"),
    _line("потребность после квартала", "period", "needs", "opened_on", date(2026, 12, 1),
          lambda honest: next(n for n, need in enumerate(honest.kept.ret.annex_b) if need.closed_on is None)),
    _line("код в потребности", "not_read", "needs", "codes", "К1; Щ8"),
    _line("ИНН в реестре", "not_read", "register", "inn", "1655494611"),
    _line("номер записи дважды", "repeated", "register", "number", _same_number, _other_entry),
    _line("запись раньше решения", "order", "register", "entered_on", _day_before_decision),
    _line("сумма словами", "not_read", "register", "amount", "сто тысяч", financial),
    _line("форма поддержки не из списка", "not_read", "register", "form", "подарок", financial),
    _line("нет адреса", "missing", "register", "address", None),
    Plant("решение после квартала", "period", _late_decision, lambda honest: set(_late_decision(honest))),
    _line("запись без даты включения", "missing", "register", "entered_on", None),
    _line("у объединения ОГРН", "body", "on_record", "ogrn", "1037739010891", body_on_record),
    _line("«может быть» вместо «да»", "not_read", "on_record", "sonko", "может быть"),
    _line("состояние практики пропущено", "missing", "practices", "presented", None),
)  # fmt: skip

RATIOS = (
    _cell("в реестре СОНКО больше, чем юрлиц", "1", "104.quarter", 5000),
    _grown("сумма по формам не равна итогу", "3", "111.quarter", 1, "101.quarter"),
    _cell("видов деятельности больше, чем СОНКО", "5", "1а.1", 5000),
    _cell("получателей больше суммы форм", "6", "210.quarter", 5000, "210.quarter", "210.year"),
    _cells("получателей больше, чем консультаций", "8", {"214.2.quarter": 1}, "214.1.quarter"),
    _line("сумма решения не та", "9", "register", "amount", 1, financial, ""),
    _cell("исполнено больше предусмотренного", "10", "202.quarter", 1, "203.year"),
    _cell("договоры без суммы", "11", "217.3.quarter", 0),
    _cell("с начала года меньше квартала", "13", "706.year", 0),
    _cell("центров не столько", "18", "303.quarter", 40, "303.quarter", "303.year"),
    _cells("зарегистрировано больше, чем услуг", "18", {"304.quarter": 9000, "304.year": 9000},
           "304.quarter", "304.year"),
    _grown("подтверждённых услуг больше, чем записей", "18", "3.line1..evidenced.quarter", 1),
    _cell("старых потребностей больше открытых", "25", "4.training.over_90.quarter", 900,
          "4.training.over_90.quarter", "4.training.over_90.year"),
    Plant("отметка «не закрыта ни одним РЦ»", "27", _unserved_turned,
          lambda honest: {honest.place("4.finance.unserved.quarter")}),
    _cell("тиражировано больше рекомендованного", "30", "604.quarter", 90, "604.quarter", "604.year"),
    _cells("в срок больше, чем внесено", "33", {"233.quarter": 800, "233.year": 800}, "233.quarter", "233.year"),
    _grown("записей не столько, сколько в реестре", "33", "232.quarter", 1),
    _cell("ОКТМО уже не действует", "36", "head.oktmo", "41618000 — Гатчинский муниципальный район"),
    _cell("отчёт опоздал", "41", "head.date", date(2027, 2, 1)),
)  # fmt: skip


def _amounts(honest: Honest) -> set[str]:
    return {honest.place("211.3.quarter")}


def plants() -> Iterator[Plant]:
    yield from READING
    yield from LISTED
    for plant in RATIOS:
        yield Plant(plant.what, plant.by, plant.typed, _amounts) if plant.by == "9" else plant
