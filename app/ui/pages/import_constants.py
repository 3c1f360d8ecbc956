"""One value for all rows: «Дата решения» of a list of winners stands in its title, not in its rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from app.core.fields import Field, Kind
from app.records import REGISTERS
from app.ui.ask import ask_values
from app.ui.desk import Desk
from app.ui.page import Window
from app.usecases.importing import Preview


def missing_fields(register: str, preview: Preview | None) -> tuple[Field, ...]:
    """Required fields that no column of the list brings: one value may stand for all rows."""
    tables = preview.tables if preview else ()
    used = {key.partition(".")[0] for table in tables for key in table.column_map.columns}
    return tuple(f for f in REGISTERS[register].typed if f.required and f.key not in used)


def ask_constants(
    window: Window, desk: Desk, missing: tuple[Field, ...], given: Mapping[str, Any],
    keep: Callable[[dict[str, Any]], None],
) -> None:  # fmt: skip
    # Lists name linked records by their names, as rows do: an unknown centre is then created with the list.
    fields = [
        replace(f, required=False, kind=Kind.TEXT if f.kind is Kind.LINK else f.kind, width=max(f.width, 20))
        for f in missing
    ]
    ask_values(
        window, desk, "Одно значение всем строкам",
        "Этих столбцов в файле нет. Значение встанет в каждую строку, где его не хватает.",
        fields, "Подставить", lambda values: keep({k: v for k, v in values.items() if v is not None}), given=given,
    )  # fmt: skip
