"""The rows of a list as values of a register's fields, each with what was repaired and what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.core.fields import Field, Kind, RecordType
from app.core.parsed import EMPTY, Parsed
from app.core.russian import decimal
from app.core.value_numbers import number
from app.core.values import parse
from app.exchange.matching import ColumnMap, importable
from app.exchange.tables import Cell, RawTable, cell_ref, is_blank

_CONTINUED = re.compile(r"[a-zа-яё«\"“„(,.-]")  # how the rest of a name begins; a name of its own is a record
_DAYS = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}")
_ENDLESS = re.compile(r"бессрочн|без срока|не ?ограничен|неопределен|не определен")
_WHOLE_YEAR = re.compile(r"(?:в течение |до конца |на )?(20\d\d)\s*(?:г\.?|год|года)")
_MAIL = re.compile(r"\S+@\S+")
_RECIPIENTS = re.compile(r"[;\n]+")


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row.  number: in its sheet; cells: as they stand in the file.

    values: by field key, without empty ones; texts of links and dictionaries are not yet resolved.
    repairs, faults, readings: by field key; refs: field key -> place of the cell («C5»).
    """

    number: int
    cells: tuple[Cell, ...]
    values: Mapping[str, Any]
    repairs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    readings: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    fragment: bool = False


def read_rows(table: RawTable, column_map: ColumnMap, record_type: RecordType) -> Iterator[ReadRow]:
    """Every row of the table, in order.

    A row that holds only the rest of a text of the row above (a wrapped cell) is marked `fragment`, so is
    one with a single text in a column that is not taken over: the heading of a part, a remark.
    """
    specs = [(spec, column_map.columns[spec.key]) for spec in importable(record_type) if spec.key in column_map.columns]
    texts = {at for spec, at in specs if spec.kind in (Kind.TEXT, Kind.NOTE, Kind.LINK, Kind.LINKS)}
    taken = {at for _, at in specs}
    reach = {at for spec, at in specs if spec.kind is Kind.EMAIL} & {
        at for spec, at in specs if spec.kind is Kind.PHONE
    }
    solid = len(taken) > 1 or _usually_filled(table) > 2
    named = column_map.columns.get(record_type.title_field)
    for row in table.rows:
        values: dict[str, Any] = {}
        repairs: dict[str, tuple[str, ...]] = {}
        faults: dict[str, str] = {}
        readings: dict[str, tuple[Any, ...]] = {}
        for spec, at in specs:
            cell = row.cells[at] if at < len(row.cells) else ""
            if is_blank(cell) or (at in reach and not _tells(spec.kind, str(cell))):
                continue
            read = _read(spec, cell, column_map.factors.get(spec.key, 1))
            if read.value is not None and read.value != ():
                values[spec.key] = read.value
            if read.repairs:
                repairs[spec.key] = read.repairs
            if read.fault:
                faults[spec.key] = read.fault
            if read.readings:
                readings[spec.key] = read.readings
        _begin(values, row.cells, column_map.columns)
        filled = [at for at, cell in enumerate(row.cells) if not is_blank(cell)]
        alone = solid and len(filled) == 1 and len(row.cells) > 2
        alone = alone and (filled[0] in texts or (filled[0] not in taken and isinstance(row.cells[filled[0]], str)))
        own_name = alone and filled[0] == named and not _CONTINUED.match(str(row.cells[filled[0]]).strip())
        fragment = row.rest or (alone and not own_name)
        yield ReadRow(row.number, row.cells, values, repairs, faults, readings, fragment)


def _last_day(cell: str) -> Parsed:
    """The end of a term: «с 03.04.2026 по 31.12.2026», «2026 год»; without an end it has none."""
    text = " ".join(cell.split())
    if _ENDLESS.search(text.lower()):
        return Parsed(None, (f"«{text}»: последнего дня нет",))
    days = _DAYS.findall(text)
    year = _WHOLE_YEAR.fullmatch(text.lower())
    found = days[1] if len(days) == 2 else f"31.12.{year[1]}" if year else ""
    if not found:
        return parse(Kind.DATE, cell, tolerant=True)
    last = parse(Kind.DATE, found)
    return Parsed(last.value, (f"из «{text}» взят последний день {found}",), last.fault)


def _begin(values: dict[str, Any], cells: tuple[Cell, ...], columns: Mapping[str, int]) -> None:
    """«с 03.04.2026 по 31.12.2026» under «Срок»: its first day, when no column of its own holds it."""
    at = columns.get("ends_on")
    if at is None or at >= len(cells) or "starts_on" in columns or "ends_on" not in values:
        return
    days = _DAYS.findall(str(cells[at]))
    first = parse(Kind.DATE, days[0]).value if len(days) == 2 else None
    if first is not None:
        values["starts_on"] = first


def _tells(kind: Kind, text: str) -> bool:
    """Is there any mail, or any telephone, in a cell for both?"""
    if kind is Kind.EMAIL:
        return "@" in text
    return kind is not Kind.PHONE or sum(map(str.isdigit, _MAIL.sub("", text))) >= 5


def _usually_filled(table: RawTable) -> int:
    """How many cells a row of the list has, as a rule."""
    counts = sorted(sum(not is_blank(cell) for cell in row.cells) for row in table.rows[:300])
    return counts[len(counts) // 2] if counts else 0


def _read(spec: Field, cell: Cell, factor: int) -> Parsed:
    if spec.kind is Kind.LINKS:
        parts = [parse(Kind.TEXT, part, tolerant=True) for part in _RECIPIENTS.split(str(cell))]
        told = tuple(dict.fromkeys(text for part in parts for text in part.repairs))
        return Parsed(tuple(part.value for part in parts if part.value), told)
    if spec.key == "ends_on" and isinstance(cell, str):
        return _last_day(cell)
    if spec.kind in (Kind.LINK, Kind.CHOICES):
        return parse(Kind.TEXT, cell, tolerant=True)
    if spec.kind is Kind.MONEY and factor != 1:
        return _in_thousands(cell, factor)
    return parse(spec.kind, cell, tolerant=True)


def _in_thousands(cell: Cell, factor: int) -> Parsed:
    """A sum under «тыс. руб.»: a cell that names its own unit is taken as it stands."""
    plain = number(cell, tolerant=True)
    if plain.value is None:
        return plain
    if any("прочитано как" in text for text in plain.repairs):
        return parse(Kind.MONEY, cell, tolerant=True)
    scaled = parse(Kind.MONEY, plain.value * factor)
    if scaled.value is None or not scaled.value:
        return scaled if scaled.fault else (EMPTY if scaled.value is None else scaled)
    words = "тысячах" if factor == 1000 else "миллионах"
    return Parsed(scaled.value, (*plain.repairs, f"сумма в {words}: взято {decimal(scaled.value)}"))


def place_of(row: ReadRow, column_map: ColumnMap, key: str) -> str:
    """«C5» for a field of the row, '' when the list has no such column."""
    at = column_map.columns.get(key)
    return "" if at is None else cell_ref(row.number, at)
