"""Lists of a return over which a row of a template is repeated, and their columns.

`{{rows: register}}` stands anywhere in the row, `{{number}}`, `{{ogrn}}`, `{{amount}}` in its cells.
Every column has a second, Russian name (`{{номер}}`), and `{{№}}` counts the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from app.core.russian import day
from app.core.text import NBSP
from app.records.choices import MARKS, NEED_STATUSES, NGO_STATUSES, PRACTICE_STATES, PRIORITIES, SUPPORT_FORMS
from app.returns.form import ColumnSpec, Form
from app.returns.mark_values import Shown, by_folded, figure, fold_code, number, on_day, table_figure, text
from app.returns.snapshot import PracticeCard, QuarterReturn, RegisterRow

Names = Mapping[str, str]
"""Names of organisations, centres, partners and categories by key."""
ORDINAL = "№"
FINDING_KINDS = {"error": "ошибка", "warning": "предупреждение", "unchecked": "не проверялось",
                 "late": "поступило позже"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column of a list: its name, its Russian name, its words, and its value for a record."""

    key: str
    alias: str
    title: str
    show: Callable[[Any, Names], Shown]


@dataclass(frozen=True)
class ListSpec:
    """A list: its name, its Russian name, its words, its columns and its records in a return."""

    key: str
    alias: str
    title: str
    columns: tuple[ListColumn, ...]
    records: Callable[[QuarterReturn], Sequence[Any]] = field(repr=False)

    def read(self, name: str) -> str | None:
        """The column of a typed name; None for one this list does not have."""
        return self._names.get(fold_code(name))

    @cached_property
    def _names(self) -> dict[str, str]:
        return by_folded({ORDINAL: ("n", "п/п"), **{c.key: (c.alias,) for c in self.columns}})

    def shown(self, key: str, record: Any, place: int, names: Names) -> Shown:
        """A column of the record that stands at a place, the first at 1."""
        if key == ORDINAL:
            return number(place)
        column = next(column for column in self.columns if column.key == key)
        return column.show(record, names)


def names_of(ret: QuarterReturn) -> dict[str, str]:
    """Names by key, as the return keeps them."""
    return {entity.uuid: entity.name for entity in ret.entities} | {line.category: line.title for line in ret.needs}


def _words(attribute: str) -> Callable[[Any, Names], Shown]:
    return lambda record, _: text(str(getattr(record, attribute)))


def _days(attribute: str) -> Callable[[Any, Names], Shown]:
    return lambda record, _: on_day(getattr(record, attribute))


def _figures(attribute: str, places: int) -> Callable[[Any, Names], Shown]:
    return lambda record, _: figure(getattr(record, attribute), places)


def _named(attribute: str, nothing: str = "") -> Callable[[Any, Names], Shown]:
    return lambda record, names: text(names.get(getattr(record, attribute), nothing))


def _titled(attribute: str, titles: Mapping[str, str]) -> Callable[[Any, Names], Shown]:
    return lambda record, _: text(titles.get(getattr(record, attribute), getattr(record, attribute)))


def _joined(attribute: str, titles: Mapping[str, str] | None = None) -> Callable[[Any, Names], Shown]:
    return lambda record, _: text(", ".join((titles or {}).get(item, item) for item in getattr(record, attribute)))


def _term(row: RegisterRow, _: Names) -> Shown:
    if row.starts_on and row.ends_on:
        return text(f"{day(row.starts_on)}–{day(row.ends_on)}")
    if row.ends_on:
        return text(f"по {day(row.ends_on)}")
    return text(f"с {day(row.starts_on)}" if row.starts_on else "")


def _decision(row: RegisterRow, _: Names) -> Shown:
    said = f"{day(row.decision_on)} №{NBSP}{row.decision_no}" if row.decision_no else day(row.decision_on)
    return text(f"прекращение: {said}" if row.termination else said)


def _states(card: PracticeCard, _: Names) -> Shown:
    return text("; ".join(f"{PRACTICE_STATES.get(state, state)} {day(on)}" for state, on in card.states))


def _recipients(row: Any, names: Names) -> Shown:
    return text("; ".join(names.get(key, key) if key else "граждане" for key in row.recipients))


_REGISTER = (
    ListColumn("number", "номер", "№ реестровой записи", lambda r, _: Shown(r.number, str(r.number or ""))),
    ListColumn("entered", "включена", "Дата включения", _days("entered_on")),
    ListColumn("decision", "решение", "Дата и № решения", _decision),
    ListColumn("decision_on", "дата решения", "Дата решения", _days("decision_on")),
    ListColumn("decision_no", "номер решения", "№ решения", _words("decision_no")),
    ListColumn("name", "наименование", "Полное наименование", _words("name")),
    ListColumn("short_name", "краткое", "Сокращённое наименование", lambda r, _: text(r.short_name or r.name)),
    ListColumn("address", "адрес", "Почтовый адрес", _words("address")),
    ListColumn("ogrn", "огрн", "ОГРН", _words("ogrn")),
    ListColumn("inn", "инн", "ИНН", _words("inn")),
    ListColumn("activities", "виды", "Виды деятельности", _joined("activities")),
    ListColumn("form", "форма", "Форма поддержки", _titled("form", SUPPORT_FORMS)),
    ListColumn("amount", "сумма", "Сумма, ₽", _figures("amount", 2)),
    ListColumn("size", "размер", "Размер словами", _words("size")),
    ListColumn("starts", "начало", "Начало срока", _days("starts_on")),
    ListColumn("ends", "конец", "Конец срока", _days("ends_on")),
    ListColumn("term", "срок", "Срок оказания", _term),
    ListColumn("violations", "нарушения", "Нарушения", lambda r, _: text(r.violations or "нет")),
    ListColumn("published", "опубликована", "Дата публикации", _days("published_on")),
    ListColumn("account", "период", "Период учёта", lambda r, _: text(r.account.title)),
)
_NEEDS = (
    ListColumn("number", "номер", "№ потребности", _words("number")),
    ListColumn("ngo", "нко", "НКО или объединение", _named("ngo")),
    ListColumn("category", "категория", "Категория", _named("category")),
    ListColumn("codes", "услуги", "Коды услуг", _joined("codes")),
    ListColumn("opened", "заявлена", "Заявлена", _days("opened_on")),
    ListColumn("priority", "приоритет", "Приоритет", _titled("priority", PRIORITIES)),
    ListColumn("status", "статус", "Статус", _titled("status", NEED_STATUSES)),
    ListColumn("closed", "закрыта", "Закрыта", _days("closed_on")),
    ListColumn("closed_by", "чем закрыта", "Чем закрыта", _words("closed_by")),
)
_PRACTICES = (
    ListColumn("title", "название", "Название", _words("title")),
    ListColumn("ngo", "нко", "НКО", _named("ngo")),
    ListColumn("partner", "партнёр", "Партнёр", _named("partner")),
    ListColumn("states", "состояние", "Состояния и даты", _states),
    ListColumn("problem", "проблема", "Проблема", _words("problem")),
    ListColumn("target_group", "для кого", "Для кого", _words("target_group")),
    ListColumn("description", "описание", "Что сделано", _words("description")),
    ListColumn("resources", "ресурсы", "Ресурсы", _words("resources")),
    ListColumn("results", "результаты", "Результаты", _words("results")),
    ListColumn("evidence", "подтверждение", "Подтверждение", _words("evidence")),
    ListColumn("conditions", "условия", "Условия повторения", _words("conditions")),
    ListColumn("contact", "контакт", "Служебный контакт", _words("contact")),
    ListColumn("link", "ссылка", "Ссылка", _words("link")),
)
_SERVICES = (
    ListColumn("provided", "дата", "Дата услуги", _days("provided_on")),
    ListColumn("centre", "центр", "Центр", _named("centre")),
    ListColumn("code", "код", "Код услуги", _words("code")),
    ListColumn("quantity", "количество", "Количество", _figures("quantity", 2)),
    ListColumn("hours", "часы", "Часов", _figures("hours", 2)),
    ListColumn("people", "человек", "Человек", _figures("people", 0)),
    ListColumn("recipients", "получатели", "Получатели", _recipients),
    ListColumn("evidence", "подтверждение", "Вид и № подтверждения",
               lambda r, _: text(f"{r.evidence_kind} {r.evidence_no}".strip())),
    ListColumn("needs", "потребности", "№ потребностей", _joined("needs")),
)  # fmt: skip
_NGOS = (
    ListColumn("name", "наименование", "Наименование", _words("name")),
    ListColumn("ogrn", "огрн", "ОГРН", _words("ogrn")),
    ListColumn("kpp", "кпп", "КПП", _words("kpp")),
    ListColumn("okopf", "окопф", "ОКОПФ", _words("okopf")),
    ListColumn("status", "статус", "Статус", _titled("status", NGO_STATUSES)),
    ListColumn("marks", "отметки", "Отметки", _joined("marks", MARKS)),
    ListColumn("primary", "учёт", "Основной учёт", lambda r, _: text(r.primary or "здесь")),
)
_PROTOCOL = (
    ListColumn("kind", "вид", "Ошибка, предупреждение…", _titled("kind", FINDING_KINDS)),
    ListColumn("check", "проверка", "№ проверки", _words("check")),
    ListColumn("cell", "ячейка", "Ячейка", _words("cell")),
    ListColumn("text", "замечание", "Что найдено", _words("text")),
    ListColumn("explanation", "пояснение", "Пояснение", _words("explanation")),
)


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of table 3 or 4 with its return, which knows what of it is an interval."""

    line: Any
    ret: QuarterReturn


def _services_of(ret: QuarterReturn) -> Sequence[TableRow]:
    return [TableRow(line, ret) for line in ret.services]


def _needs_of(ret: QuarterReturn) -> Sequence[TableRow]:
    return [TableRow(line, ret) for line in ret.needs]


def _of_line(attribute: str) -> Callable[[Any, Names], Shown]:
    return lambda row, _: text(str(getattr(row.line, attribute)))


def _table_columns(form: Form, number: int) -> Iterator[ListColumn]:
    """Columns of table 3 or 4 for both periods: `records.quarter`, `records.year`; the plan has none."""
    for spec in form.service_columns if number == 3 else form.need_columns:
        title = spec.title.replace("\u00ad", "")
        if spec.key == "plan":
            yield ListColumn("plan", "план", title, _plan(spec))
            continue
        for period, alias, words in (("quarter", "квартал", "за квартал"), ("year", "год", "с начала года")):
            show = _of_period(spec, period)
            yield ListColumn(f"{spec.key}.{period}", f"{title}.{alias}", f"{title}, {words}", show)


def _plan(spec: ColumnSpec) -> Callable[[Any, Names], Shown]:
    return lambda row, _: figure(row.line.plan, spec.places)


def _of_period(spec: ColumnSpec, period: str) -> Callable[[Any, Names], Shown]:
    return lambda row, _: table_figure(row.ret, row.line, spec, period)


def lists_of(form: Form) -> dict[str, ListSpec]:
    """Every list of a return of this form, by its name."""
    table3 = (
        ListColumn("centre", "центр", "Центр", _of_line("centre_name")),
        ListColumn("code", "код", "Код услуги", _of_line("code")),
        ListColumn("service", "услуга", "Услуга", _of_line("title")),
        ListColumn("unit", "единица", "Единица", _of_line("unit")),
        *_table_columns(form, 3),
    )
    table4 = (
        ListColumn("category", "категория", "Категория", _of_line("title")),
        ListColumn("code", "код", "Код категории", _of_line("category")),
        *_table_columns(form, 4),
    )
    specs = (
        ListSpec("register", "реестр", "Реестр получателей поддержки", _REGISTER, lambda ret: ret.annex_a),
        ListSpec("pending", "не внесено", "Решения, ещё не внесённые в реестр", _REGISTER,
                 lambda ret: ret.annex_a_pending),
        ListSpec("needs", "потребности", "Потребности, открытые в квартале", _NEEDS, lambda ret: ret.annex_b),
        ListSpec("practices", "практики", "Практики", _PRACTICES, lambda ret: ret.annex_v),
        ListSpec("services", "услуги", "Журнал услуг центров", _SERVICES, lambda ret: ret.annex_d),
        ListSpec("ngos", "нко", "НКО и объединения на учёте", _NGOS, lambda ret: ret.annex_e),
        ListSpec("protocol", "протокол", "Протокол проверок", _PROTOCOL, lambda ret: ret.annex_g),
        ListSpec("table3", "таблица 3", "Таблица 3: центры и услуги", table3, _services_of),
        ListSpec("table4", "таблица 4", "Таблица 4: категории потребностей", table4, _needs_of),
    )  # fmt: skip
    return {spec.key: spec for spec in specs}
