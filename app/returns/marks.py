"""Marks of a template: what may stand between `{{` and `}}` in somebody else's form, and what it gives.

`{{211.3.quarter}}` is a coded cell, `{{1а.5}}` a kind of activity, `{{3.Опора.К4.cases.year}}` a cell
of table 3 (the centre by its name or its № in the register of centres), `{{4.finance.end.quarter}}`
one of table 4 (the category by code or title), `{{head.executor}}` a word of the head.  Lists stand in
`mark_lists`.  Letters that look alike in Russian and English are one, so are capitals, ё and е.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from app.core.russian import okei_unit
from app.core.text import fold
from app.returns.form import Form, RowKind, RowSpec
from app.returns.mark_head import HEAD_MARKS, HEAD_TITLE
from app.returns.mark_lists import ListSpec, lists_of
from app.returns.mark_values import Paper, Shown, by_folded, figure, fold_code, interval, table_figure, text
from app.returns.snapshot import NeedFigures, NeedLine, QuarterReturn, ServiceFigures, ServiceLine

MARK = re.compile(r"\{\{([^{}]*)\}\}")
ROWS = re.compile(r"\s*(?:rows|строки)\s*:\s*(.*?)\s*", re.DOTALL | re.IGNORECASE)
PERIODS = {"quarter": ("за квартал", ("квартал",)), "year": ("с начала года", ("год",))}
COLUMNS = {
    "quarter": ("за квартал", ("квартал",)),
    "year": ("с начала года", ("год",)),
    "plan": ("план на год", ("план",)),
    "percent": ("процент плана", ("процент", "%")),
    "before": ("год назад", ("было", "год назад")),
    "note": ("причина, примечание", ("примечание", "причина")),
}
"""Columns 5–10 of a coded row: what they are called to a person, and what she may type instead."""
_LEAST_LIKENESS = 0.5


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark that may be chosen: what is typed between the braces, its words, the part of the form it is of."""

    code: str
    title: str
    group: str

    @property
    def braced(self) -> str:
        return "{{" + self.code + "}}"


@dataclass(frozen=True, slots=True)
class CentreName:
    """A resource centre as marks name it.  number: its № in the register of centres."""

    number: int
    uuid: str
    name: str


@dataclass(frozen=True)
class Lexicon:
    """Every mark there is for one form in one district.

    activities, categories, services: code -> title.  A centre or service without a line in the
    return is known too: its figures are 0, as in a quarter when it did nothing.
    """

    form: Form
    activities: Mapping[str, str]
    categories: Mapping[str, str]
    centres: tuple[CentreName, ...]
    services: Mapping[str, str]

    # --- reading

    def read(self, code: str) -> str | None:
        """The mark as the program writes it; None for one it does not know."""
        first, *rest = parts = [fold_code(part) for part in code.split(".")]
        if first == _HEAD:
            return _HEADS.get(".".join(parts))
        if first == "1а":
            known = self._activities.get(".".join(rest))
            return known and f"1а.{known}"
        if first == "3" and len(rest) > 2:
            return self._read_service(rest, code)
        if first == "4" and len(rest) > 2:
            category = self._categories.get(fold_code(".".join(rest[:-2])))
            column, period = self._need_columns.get(rest[-2]), _PERIODS.get(rest[-1])
            return f"4.{category}.{column}.{period}" if category and column and period else None
        return self._read_coded(parts)

    def _read_coded(self, parts: list[str]) -> str | None:
        if ".".join(parts) in self._rows:
            code, column = ".".join(parts), None
        else:
            code, column = ".".join(parts[:-1]), _COLUMNS.get(parts[-1])
            if column is None:
                return None
        spec = self._rows.get(code)
        if spec is None:
            return None
        if spec.kind is RowKind.TEXT:  # its text is all it has: `701` and `701.note` are one
            return f"{spec.code}.note" if column in (None, "note") else None
        return column and f"{spec.code}.{column}"

    def _read_service(self, rest: list[str], code: str) -> str | None:
        """`<centre>.<code>.<column>.<period>`, the plan without a period; a name may have dots in it."""
        period = _PERIODS.get(rest[-1])
        tail = 3 if period else 2  # parts after the centre
        service, column = self._services.get(rest[-tail]), self._service_columns.get(rest[1 - tail])
        named = ".".join(code.split(".")[1:-tail])
        centre = self._centres.get(fold(named))
        if centre is None or service is None or column is None or (column == "plan") == bool(period):
            return None
        return ".".join(("3", str(centre.number), service, column, *((period,) if period else ())))

    def nearest(self, code: str) -> str:
        """The known mark that looks most like it, '' when none does."""
        marks = {fold_code(mark.code): mark.code for mark in self.marks}
        typed = fold_code(code)
        longer = next((known for folded, known in marks.items() if folded.startswith(f"{typed}.")), "")
        if longer:  # a row without its column
            return longer
        found = process.extractOne(
            typed, marks.keys(), scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=_LEAST_LIKENESS
        )
        return marks[found[0]] if found else ""

    # --- choosing

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """All marks outside of lists, in the order of the form."""
        return (*self._head_marks(), *self._coded_marks(), *self._table_marks())

    @cached_property
    def lists(self) -> Mapping[str, ListSpec]:
        """Lists a row of the template may repeat over, by key."""
        return lists_of(self.form)

    def list_named(self, name: str) -> ListSpec | None:
        return by_folded({spec.key: (spec.alias,) for spec in self.lists.values()}, self.lists).get(fold_code(name))

    def _head_marks(self) -> Iterator[Mark]:
        for code, (title, _) in HEAD_MARKS.items():
            yield Mark(code, title, HEAD_TITLE)

    def _coded_marks(self) -> Iterator[Mark]:
        for section in self.form.sections:
            group = f"Раздел {section.number}. {section.title}"
            for spec in section.rows:
                unit = okei_unit(spec.okei)
                said = f"{spec.title}, {unit}" if unit else spec.title
                for column, (words, _) in COLUMNS.items():
                    if spec.kind is not RowKind.TEXT or column == "note":
                        yield Mark(f"{spec.code}.{column}", f"{said}: {words}", group)
            if section.number == 1:
                for code, title in self.activities.items():
                    yield Mark(f"1а.{code}", f"СОНКО: {title}", "Таблица 1а")

    def _table_marks(self) -> Iterator[Mark]:
        for centre in self.centres:
            for service, title in self.services.items():
                start = f"3.{centre.number}.{service}"
                for column in self.form.service_columns:
                    words = f"{centre.name}, {service} {title}: {_plain(column.title)}"
                    if column.key == "plan":
                        yield Mark(f"{start}.plan", words, "Таблица 3")
                        continue
                    for period, (when, _) in PERIODS.items():
                        yield Mark(f"{start}.{column.key}.{period}", f"{words}, {when}", "Таблица 3")
        for category, title in self.categories.items():
            for column in self.form.need_columns:
                for period, (when, _) in PERIODS.items():
                    code = f"4.{category}.{column.key}.{period}"
                    yield Mark(code, f"{title}: {_plain(column.title)}, {when}", "Таблица 4")

    # --- what a typed part means

    @cached_property
    def _rows(self) -> dict[str, RowSpec]:
        return {spec.code: spec for spec in self.form.rows}

    @cached_property
    def _activities(self) -> dict[str, str]:
        return {fold_code(code): code for code in self.activities}

    @cached_property
    def _categories(self) -> dict[str, str]:
        return by_folded({code: (title,) for code, title in self.categories.items()})

    @cached_property
    def _services(self) -> dict[str, str]:
        return by_folded(dict.fromkeys(self.services, ()))

    @cached_property
    def _centres(self) -> dict[str, CentreName]:
        named = {fold(centre.name): centre for centre in reversed(self.centres)}
        return named | {str(centre.number): centre for centre in self.centres}

    @cached_property
    def _service_columns(self) -> dict[str, str]:
        return by_folded({column.key: (_plain(column.title),) for column in self.form.service_columns})

    @cached_property
    def _need_columns(self) -> dict[str, str]:
        return by_folded({column.key: (_plain(column.title),) for column in self.form.need_columns})

    # --- values

    def shown(self, code: str, paper: Paper) -> Shown:
        """What a mark gives in a return.  code: as `read` writes it."""
        first, *rest = code.split(".")
        if first == "head":
            return HEAD_MARKS[code][1](paper)
        if first == "1а":
            return figure(paper.ret.activities.get(".".join(rest), 0), 0)
        if first == "3":
            return self._service_value(paper.ret, rest)
        if first == "4":
            return self._need_value(paper.ret, *rest)
        return self._coded_value(paper.ret, *code.rsplit(".", 1))

    def _coded_value(self, ret: QuarterReturn, code: str, column: str) -> Shown:
        spec = self._rows[code]
        row = ret.rows.get(spec.measure)  # the code is what this version of the form prints
        if column == "note":
            return text(row.note if row else "")
        if row is not None and column == "year" and row.year_upper is not None:
            return interval(row.year, row.year_upper, spec.places)
        value = getattr(row, column) if row else None
        return figure(value, 1, percent=True) if column == "percent" else figure(value, spec.places)

    def _service_value(self, ret: QuarterReturn, rest: list[str]) -> Shown:
        number, service, column, *period = rest
        uuid = next(centre.uuid for centre in self.centres if str(centre.number) == number)
        spec = next(spec for spec in self.form.service_columns if spec.key == column)
        line = next((one for one in ret.services if one.centre == uuid and one.code == service), None)
        if column == "plan":
            return figure(line.plan if line else None, spec.places)
        none = ServiceLine(uuid, "", service, "", "", None, ServiceFigures(), ServiceFigures())
        return table_figure(ret, line or none, spec, period[0])

    def _need_value(self, ret: QuarterReturn, category: str, column: str, period: str) -> Shown:
        spec = next(spec for spec in self.form.need_columns if spec.key == column)
        line = next((one for one in ret.needs if one.category == category), None)
        return table_figure(ret, line or NeedLine(category, "", NeedFigures(), NeedFigures()), spec, period)


def _plain(title: str) -> str:
    return title.replace("\u00ad", "")


_HEAD = fold_code("head")
_HEADS = by_folded(dict.fromkeys(HEAD_MARKS, ()))
_PERIODS = by_folded({key: others for key, (_, others) in PERIODS.items()})
_COLUMNS = by_folded({key: others for key, (_, others) in COLUMNS.items()})
