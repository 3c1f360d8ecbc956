"""The return as it is filled by hand: which cells are asked, and what may be typed into each.

Cells bear the names of `snapshot`.  A line of table 3 has no centre yet, so it is called by its
place: `3.line7..records.quarter`.  Where a cell stands is known to the workbook alone, by its names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from app.records.choices import EVIDENCE, NEED_STATUSES, NGO_STATUSES, PRIORITIES, SUPPORT_FORMS
from app.returns.form import Form, RowKind, RowSpec
from app.returns.records import Category, ServiceKind, Territory
from app.returns.sums import PERIODS, Sum, percent_cells, sums_of

SERVICE_LINES = 60
MAY_BE_NEGATIVE = frozenset({"203", "204", "205", "206", "207"})  # money returned
ALWAYS_ASKED = frozenset({"101", "102", "103", "104", "105", "106", "107", "108", "119", "109", "110"})
"""Rows that are asked for even when nothing happened: 0 is written, not left out."""
YES, NO = "да", "нет"


class EntryKind(StrEnum):
    """What may stand in a cell."""

    WHOLE = "whole"  # pieces, people: whole, not negative
    AMOUNT = "amount"  # ₽, hours, m²: two decimals, not negative
    SIGNED = "signed"  # ₽ that may have come back
    DAYS = "days"  # one decimal, not negative
    FLAG = "flag"  # 1 or 0
    DAY = "day"
    CHOICE = "choice"
    TEXT = "text"
    NOTE = "note"  # text in several lines
    OGRN = "ogrn"
    INN = "inn"
    KPP = "kpp"
    NUMBER = "number"  # ОГРН or ИНН
    YES_NO = "yes_no"


FIGURES = frozenset({EntryKind.WHOLE, EntryKind.AMOUNT, EntryKind.SIGNED, EntryKind.DAYS, EntryKind.FLAG})


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell of the form that a person fills, or that is computed for the eye (formula).

    label: what stands in the first column of its row, by which a moved row is known; choices: the
    dictionary of its drop-down list.
    """

    cell: str
    kind: EntryKind
    required: bool = False
    choices: str = ""
    label: str = ""
    formula: bool = False


@dataclass(frozen=True)
class Words:
    """The dictionaries under which a form is filled: choices by name, code -> what the list shows."""

    territories: tuple[Territory, ...]
    activities: Mapping[str, str]
    catalogue: tuple[ServiceKind, ...]
    categories: tuple[Category, ...]
    legal_forms: Mapping[str, str]
    legal_form_rows: Mapping[str, str]

    @cached_property
    def choices(self) -> Mapping[str, Mapping[str, str]]:
        return {
            "territory": {t.code: f"{t.code} — {t.name}" for t in self.territories},
            "year": {str(year): str(year) for year in range(FIRST_YEAR, FIRST_YEAR + 10)},
            "quarter": {str(number): str(number) for number in range(1, 5)},
            "correction": {str(number): str(number) for number in range(10)},
            "service_code": {kind.code: kind.code for kind in self.catalogue},
            "need_category": {category.code: category.title for category in self.categories},
            "legal_form": {code: f"{code} — {title}" for code, title in self.legal_forms.items()},
            "support_form": SUPPORT_FORMS,
            "priority": PRIORITIES,
            "need_status": NEED_STATUSES,
            "ngo_status": NGO_STATUSES,
            "evidence": EVIDENCE,
            "decision": {"decision": "решение", "termination": "прекращение"},
            "member_row": {code: code for code in MEMBER_ROWS},
            "member_period": {"quarter": "квартал", "year": "с начала года"},
            "yes_no": {YES: YES, NO: NO},
            "ngo_kind": {"legal": "юридическое лицо", "body": "объединение"},
        }


FIRST_YEAR = 2024
MEMBER_ROWS = (*(f"{form}.1" for form in SUPPORT_FORMS), "302", "303", "503", "504")
"""Unique rows whose members are listed; those of 210 are all of 211.1…218.1."""

HEAD = (
    Entry("head.oktmo", EntryKind.CHOICE, required=True, choices="territory"),
    Entry("head.year", EntryKind.CHOICE, required=True, choices="year"),
    Entry("head.quarter", EntryKind.CHOICE, required=True, choices="quarter"),
    Entry("head.correction", EntryKind.CHOICE, required=True, choices="correction"),
    Entry("head.reason", EntryKind.NOTE),
    Entry("head.date", EntryKind.DAY, required=True),
    Entry("head.registration_no", EntryKind.TEXT),
    Entry("head.administration", EntryKind.TEXT, required=True),
    Entry("head.unit", EntryKind.TEXT),
    Entry("head.addressee", EntryKind.TEXT),
    Entry("head.signer_post", EntryKind.TEXT, required=True),
    Entry("head.signer", EntryKind.TEXT, required=True),
    Entry("head.executor_post", EntryKind.TEXT, required=True),
    Entry("head.executor", EntryKind.TEXT, required=True),
    Entry("head.executor_phone", EntryKind.TEXT),
)
HEAD_TITLES = {
    "head.oktmo": "Территория и ОКТМО",
    "head.year": "Год",
    "head.quarter": "Квартал",
    "head.correction": "Вид документа: 0 — первичный, 1, 2, 3… — уточнённый",
    "head.reason": "Причина уточнения (для уточнённого)",
    "head.date": "Дата составления",
    "head.registration_no": "Регистрационный № и дата",
    "head.administration": "Кто представляет (администрация)",
    "head.unit": "Уполномоченное подразделение",
    "head.addressee": "Кому представляется",
    "head.signer_post": "Уполномоченное лицо: должность",
    "head.signer": "Уполномоченное лицо: фамилия, инициалы",
    "head.executor_post": "Исполнитель: должность",
    "head.executor": "Исполнитель: фамилия, инициалы",
    "head.executor_phone": "Исполнитель: служебный телефон",
}


@dataclass(frozen=True)
class HandForm:
    """A version of the form under certain dictionaries, ready to be filled."""

    form: Form
    words: Words

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """Keys of the lines of table 3 without their column."""
        return tuple(line_key(number) for number in range(1, SERVICE_LINES + 1))

    @cached_property
    def sums(self) -> tuple[Sum, ...]:
        return sums_of(self.form, (category.code for category in self.words.categories), self.lines)

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """Every cell of the form by its name."""
        computed = {total.total for total in self.sums} | set(percent_cells(self.form))
        found: dict[str, Entry] = {entry.cell: entry for entry in HEAD}
        for entry in (*self._rows(), *self._activities(), *self._services(), *self._needs()):
            if entry.cell in computed:
                entry = Entry(entry.cell, entry.kind, label=entry.label, formula=True)
            found[entry.cell] = entry
        return found

    def _rows(self) -> Iterator[Entry]:
        for spec in self.form.rows:
            code = spec.code
            if spec.kind is not RowKind.TEXT:
                kind = figure_kind(spec)
                for column in (*PERIODS, "plan", "before"):
                    asked = code in ALWAYS_ASKED and column in PERIODS
                    yield Entry(f"{code}.{column}", kind, required=asked, label=code)
                yield Entry(f"{code}.percent", EntryKind.DAYS, label=code)
            yield Entry(f"{code}.note", EntryKind.NOTE, label=code)

    def _activities(self) -> Iterator[Entry]:
        for code in self.words.activities:
            yield Entry(f"1а.{code}", EntryKind.WHOLE, label=code)

    def _services(self) -> Iterator[Entry]:
        for line in self.lines:
            yield Entry(f"{line}.centre", EntryKind.TEXT)
            yield Entry(f"{line}.code", EntryKind.CHOICE, choices="service_code")
            for column in self.form.service_columns:
                for period in PERIODS:
                    yield Entry(f"{line}.{column.key}.{period}", _column_kind(column.kind, column.places))

    def _needs(self) -> Iterator[Entry]:
        for category in self.words.categories:
            for column in self.form.need_columns:
                for period in PERIODS:
                    kind = EntryKind.FLAG if column.key == "unserved" else EntryKind.WHOLE
                    yield Entry(f"4.{category.code}.{column.key}.{period}", kind, label=category.title)


def line_key(number: int) -> str:
    """The key of a line of table 3 that has no centre and code yet: `3.line7.`."""
    return f"3.line{number}."


def figure_kind(spec: RowSpec) -> EntryKind:
    """What may stand in the figures of a coded row."""
    if spec.code in MAY_BE_NEGATIVE:
        return EntryKind.SIGNED
    return EntryKind.AMOUNT if spec.places else EntryKind.WHOLE


def _column_kind(kind: RowKind, places: int) -> EntryKind:
    if kind is RowKind.AVERAGE:
        return EntryKind.DAYS
    return EntryKind.AMOUNT if places else EntryKind.WHOLE


def valid_on(territory: Territory, day: date) -> bool:
    return territory.valid_from <= day and (territory.valid_to is None or day <= territory.valid_to)
