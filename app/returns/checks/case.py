"""What a rule is given: the return, the records counted in its quarter, and what went before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from functools import cached_property

from app.core.periods import Quarter
from app.core.settings import Settings
from app.returns.as_of import Index, on_record, on_record_on
from app.returns.checks.wording import figure
from app.returns.compare import Figure, differing_cells
from app.returns.form import FORMS, Form, RowSpec, form_on
from app.returns.records import Need, Ngo, Opening, Records, Service, Support
from app.returns.snapshot import Built, NeedFigures, NeedLine, QuarterReturn, Row, ServiceFigures, ServiceLine

ZERO = Decimal(0)
NOTHING = Row("")
SERVICE_COLUMNS = tuple(spec.name for spec in fields(ServiceFigures) if spec.name != "wait")
NEED_COLUMNS = tuple(spec.name for spec in fields(NeedFigures))


@dataclass(frozen=True)
class Previous:
    """The return of the quarter before: its latest frozen version, or the opening balances."""

    quarter: Quarter
    ret: QuarterReturn | None = None
    opening: Opening | None = None

    def year(self, cell: str) -> Decimal | None:
        """Column 6 of a cell without its period (`101`, `3.<centre>.<code>.records`); None if not kept."""
        if self.ret is not None:
            return None if self.lacks(cell) else self._figures.get(cell, ZERO)
        assert self.opening is not None  # one of both is always given
        return self.opening.figures.get(f"{cell}.year")

    def lacks(self, cell: str) -> bool:
        """Is this a coded row that the form of that return did not have?"""
        coded = not cell.startswith(("1а", "3.", "4."))
        return coded and self.ret is not None and cell not in self.ret.rows

    @cached_property
    def _figures(self) -> Mapping[str, Decimal]:
        assert self.ret is not None  # asked for by `year` alone
        found = {code: row.year for code, row in self.ret.rows.items() if row.year is not None}
        for cell, columns in lines_of(self.ret, "year"):
            found |= {f"{cell}.{column}": value for column, value in columns.items()}
        return found


def columns_of(figures: ServiceFigures | NeedFigures) -> dict[str, Decimal]:
    """Figures of a line of table 3 or 4 by column; the mean wait as its two parts."""
    if isinstance(figures, NeedFigures):
        return {column: Decimal(getattr(figures, column)) for column in NEED_COLUMNS}
    found = {column: Decimal(getattr(figures, column)) for column in SERVICE_COLUMNS}
    return found | {"wait": figures.wait.total, "links": Decimal(figures.wait.count)}


def lines_of(ret: QuarterReturn, period: str) -> Iterator[tuple[str, dict[str, Decimal]]]:
    """Lines of tables 3 and 4: key and figures of the period (`quarter`, `year`) by column."""
    lines: tuple[ServiceLine | NeedLine, ...] = (*ret.services, *ret.needs)
    for line in lines:
        yield line.key, columns_of(line.quarter if period == "quarter" else line.year)


class RowAbsent(Exception):
    """A rule asked for a row that this version of the form has not."""


class Case:
    """A return under check.  rebuilt: frozen quarters built anew from today's records, for check 40."""

    def __init__(
        self, built: Built, records: Records, rebuilt: Mapping[Quarter, QuarterReturn] | None = None
    ) -> None:
        self.built = built
        self.ret = built.ret
        self.records = records
        self.rebuilt = rebuilt
        self.quarter: Quarter = built.ret.head.quarter
        self.settings: Settings = records.settings
        self.index = Index(records)
        self._differing: dict[Quarter, Mapping[str, tuple[Figure, Figure]]] = {}
        self.form: Form = FORMS.get(built.ret.head.form_version) or form_on(self.quarter.last_day)

    def differing(self, quarter: Quarter) -> Mapping[str, tuple[Figure, Figure]]:
        """Cells of a frozen quarter that differ from what the records give now; none where it was not built anew."""
        if quarter not in self._differing:
            frozen, anew = self.records.latest_frozen(quarter), (self.rebuilt or {}).get(quarter)
            found = differing_cells(frozen.ret, anew, self.index) if frozen is not None and anew is not None else {}
            self._differing[quarter] = found
        return self._differing[quarter]

    @cached_property
    def specs(self) -> Mapping[str, RowSpec]:
        return {spec.measure: spec for spec in self.form.rows}

    @cached_property
    def previous(self) -> Previous | None:
        """The return of the quarter before, frozen or taken over; None for the first one."""
        before = self.quarter.previous
        frozen = self.records.latest_frozen(before)
        if frozen is not None:
            return Previous(before, ret=frozen.ret)
        opening = self.records.opening
        if opening is not None and opening.quarter == before:
            return Previous(before, opening=opening)
        return None

    @property
    def why_no_previous(self) -> str:
        """Why a rule that needs the previous return was not run."""
        known = any(q < self.quarter for q in self.records.frozen) or self.records.opening is not None
        if known:
            return f"не проверялось: нет утверждённого отчёта за\u00a0{self.quarter.previous.title}"
        return "не проверялось: первый отчёт"

    @cached_property
    def year_ago(self) -> QuarterReturn | None:
        frozen = self.records.latest_frozen(self.quarter.year_before)
        return frozen.ret if frozen is not None else None

    # --- figures

    def value(self, code: str, column: str = "quarter") -> Decimal:
        """Column 5 or 6 of a row, an empty one as 0; the lower bound of an interval.

        RowAbsent when this version of the form has no such row: the rule is then told as not run.
        """
        if code not in self.specs:
            raise RowAbsent(code)
        row = self.ret.rows.get(code, NOTHING)
        return (row.quarter if column == "quarter" else row.year) or ZERO

    def upper(self, code: str, column: str) -> Decimal:
        """The upper bound of a unique figure «без состава», else the figure itself."""
        row = self.ret.rows.get(code, NOTHING)
        if column == "year" and row.year_upper is not None:
            return row.year_upper
        return self.value(code, column)

    def said(self, code: str, column: str = "quarter") -> str:
        """«102 (60)»."""
        value = self.value(code, column)
        return f"{self.specs[code].code} ({figure(value, self.specs[code])})"

    def shown(self, code: str, value: Decimal) -> str:
        return figure(value, self.specs.get(code))

    def title(self, row: str) -> str:
        """How a person calls a row, a line of table 3 or 4 with its column, or a row of table 1а."""
        if row in self._titles or row.count(".") < 2:
            return self._titles.get(row, row)
        line, _, column = row.rpartition(".")
        name = self._columns.get((row[0], column), column)
        return f"{self._titles.get(line, line)}, «{name}»"

    @cached_property
    def _titles(self) -> Mapping[str, str]:
        centres = {centre.uuid: centre.name for centre in self.records.centres}
        codes = {kind.code for kind in self.records.catalogue} | {s.code for s in self.records.services}
        found = {measure: spec.code for measure, spec in self.specs.items()}
        found |= {f"3.{uuid}.{code}": f"{name}, {code}" for uuid, name in centres.items() for code in codes}
        return found | {f"4.{c.code}": f"Таблица 4, {c.title}" for c in self.records.categories}

    @cached_property
    def _columns(self) -> Mapping[tuple[str, str], str]:
        """(table, key of a column) -> its head without soft hyphens."""
        tables = (("3", self.form.service_columns), ("4", self.form.need_columns))
        return {(table, c.key): c.title.replace("\u00ad", "") for table, columns in tables for c in columns}

    # --- records counted in this quarter

    @cached_property
    def on_record(self) -> tuple[Ngo, ...]:
        return tuple(ngo for ngo in self.records.ngos if on_record(ngo, self.quarter))

    @cached_property
    def decisions(self) -> tuple[Support, ...]:
        """Decisions on support of this period of account, terminations left out."""
        return tuple(s for s in self.all_decisions if s.account == self.quarter and not s.before_records)

    @cached_property
    def all_decisions(self) -> tuple[Support, ...]:
        return tuple(s for s in self.records.supports if s.terminates_id is None)

    @cached_property
    def services(self) -> tuple[Service, ...]:
        return tuple(s for s in self.records.services if s.account == self.quarter and not s.before_records)

    @cached_property
    def opened_needs(self) -> tuple[Need, ...]:
        return tuple(n for n in self.records.needs if n.account == self.quarter and not n.before_records)

    @cached_property
    def closed_needs(self) -> tuple[Need, ...]:
        """Needs closed or withdrawn in this period of account."""
        return tuple(n for n in self.records.needs if n.closed_account == self.quarter)

    def line(self, service: Service) -> str:
        """The line of table 3 that counts a service."""
        centre = self.index.centres.get(service.centre_id)
        return f"3.{centre.uuid if centre else service.centre_id}.{service.code}"

    def centre_name(self, centre_id: int) -> str:
        centre = self.index.centres.get(centre_id)
        return centre.name if centre else f"№\u00a0{centre_id}"

    def was_on_record(self, ngo_id: int, day: date) -> bool:
        """The card, or the one it was merged into, was on record on the day."""
        return on_record_on(self.index.ngos[ngo_id], day) or on_record_on(self.index.standing(ngo_id), day)

    def name(self, ngo_id: int) -> str:
        ngo = self.index.standing(ngo_id)
        return ngo.short_name or ngo.name
