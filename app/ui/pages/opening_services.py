"""Table 3 of the opening balances: a line for each centre and service, figures since the start of the year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.fields import Field, Kind
from app.records.lines import LineType
from app.returns.records import Opening
from app.ui.desk import Desk
from app.ui.field_text import FieldText
from app.ui.line_table import LineTable
from app.usecases import opening
from app.usecases.titles import titles

SUMS = ("records", "cases", "volume", "hours", "people", "evidenced")
UNIQUES = ("ngos", "first")
LINES = LineType(
    key="opening_service",
    title="Услуги центров",
    title_one="услуга",
    parent_column="",
    fields=(
        Field("centre_id", "Центр", Kind.LINK, required=True, width=30, register="centre"),
        Field("service_code", "Услуга", Kind.CHOICE, required=True, width=26, dictionary="service_code"),
        Field("records", "Записей", Kind.COUNT, required=True, width=8),
        Field("cases", "Случаев", Kind.COUNT, width=8),
        Field("volume", "Объём", Kind.AMOUNT, width=9),
        Field("hours", "Часов", Kind.AMOUNT, width=8),
        Field("ngos", "НКО", Kind.COUNT, width=8),
        Field("people", "Человек", Kind.COUNT, width=8),
        Field("first", "Впервые", Kind.COUNT, width=8),
        Field("evidenced", "С подтверждением", Kind.COUNT, width=8),
    ),
)


@dataclass(slots=True)
class Served:
    """What the lines say: figures by cell, which of them are «без состава», lists kept from before."""

    figures: dict[str, Decimal] = field(default_factory=dict)
    bare: set[str] = field(default_factory=set)
    keys: dict[str, tuple[str, ...]] = field(default_factory=dict)


class OpeningServices(QWidget):
    """The lines; a list of NGOs that came with the balances stays unless a number is typed instead."""

    def __init__(self, desk: Desk, words: FieldText) -> None:
        super().__init__()
        self._desk = desk
        self.table = LineTable(LINES, desk, words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)
        self._keys: Mapping[str, tuple[str, ...]] = {}

    def fill(self, known: Opening | None) -> None:
        """Show the lines of the balances."""
        self._keys = {} if known is None else {c: k for c, k in known.keys.items() if c.startswith("3.")}
        found: dict[tuple[str, str], dict[str, Any]] = {}
        figures = {} if known is None else known.figures
        for cell, value in figures.items():
            parts = cell.split(".")
            if parts[0] == "3" and len(parts) == 5 and parts[3] in (*SUMS, *UNIQUES):
                line = found.setdefault((parts[1], parts[2]), {"service_code": parts[2]})
                line[parts[3]] = value if parts[3] in ("volume", "hours") else int(value)
        lines = []
        for (centre, _), line in found.items():
            ids = self._desk.read(opening.ids_of, "centre", [centre])
            if ids:
                name = self._desk.read(titles, "centre", ids)[ids[0]]
                lines.append({"centre_id": ids[0], "centre_id_title": name, **line})
        self.table.fill(lines)

    def read(self) -> Served | None:
        """The figures of the lines; None when a fault stands below the table."""
        lines, faults = self.table.read()
        for number, line in enumerate(lines):
            if (line["evidenced"] or 0) > (line["records"] or 0):
                faults[f"{LINES.key}.{number}.evidenced"] = "С подтверждением больше, чем записей."
        pairs = [(line["centre_id"], line["service_code"]) for line in lines]
        for number, pair in enumerate(pairs):
            if pair in pairs[:number]:
                faults[f"{LINES.key}.{number}.service_code"] = "Эта услуга центра уже названа выше."
        self.table.show_faults(faults)
        if faults:
            return None
        served = Served()
        for line in lines:
            (centre,) = self._desk.read(opening.keys_of, "centre", [line["centre_id"]])
            key = f"3.{centre}.{line['service_code']}"
            for column in SUMS:
                served.figures[f"{key}.{column}.year"] = Decimal(line[column] or 0)
            rest = (line["records"] or 0) - (line["evidenced"] or 0)
            served.figures[f"{key}.unevidenced.year"] = Decimal(rest)
            for column in UNIQUES:
                cell = f"{key}.{column}.year"
                if line[column] is not None:
                    served.figures[cell] = Decimal(line[column])
                    served.bare.add(cell)
                elif self._keys.get(cell):
                    served.keys[cell] = self._keys[cell]
        return served
