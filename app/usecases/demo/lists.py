"""The demo district's registers as the Excel lists a curator would have: each can be imported again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.core.fields import Field, Kind
from app.records import REGISTERS
from app.reports.table_sheet import Column, table_xlsx
from app.usecases import registers

LISTS = {"НКО.xlsx": "ngo", "Поддержка.xlsx": "support", "Услуги.xlsx": "service", "Потребности.xlsx": "need"}

_LEFT_OUT: Mapping[str, Mapping[str, object]] = {
    "ngo": {"merged_into_id": None},  # a merged card stands in no list
    "support": {"terminates_id": None},  # a termination is made from its decision, not from a list
}
_CODES = {"service_code": "Код услуги", "codes": "Коды услуг"}
"""Fields that lists carry as codes, with their headings; other choices stand as words."""
_ONE_CELL = "; "
_LINKED = ("service_recipient", "agreement_party")
_CHUNK = 500


def demo_lists(session: Session) -> dict[str, bytes]:
    """File name -> workbook."""
    return {name: _list(session, register) for name, register in LISTS.items()}


def _list(session: Session, register: str) -> bytes:
    record_type = REGISTERS[register]
    fields = [f for f in record_type.fields if f.imported and not f.personal]
    columns = [Column(_CODES.get(f.key, f.title), _kind(f), max(f.width, len(f.title))) for f in fields]
    rows = [
        [_several(session, register, values["id"]) if f.kind is Kind.LINKS else _cell(f, values) for f in fields]
        for values in _values(session, register)
    ]
    return table_xlsx(record_type.title, columns, rows)


def _values(session: Session, register: str) -> Iterator[Mapping[str, Any]]:
    """Values of the records in the order in which they were made."""
    ids = sorted(registers.find(session, register, filters=_LEFT_OUT.get(register)))
    for start in range(0, len(ids), _CHUNK):
        for row in registers.rows(session, register, ids[start : start + _CHUNK]):
            yield {**row.values, "id": row.id}


def _kind(field: Field) -> Kind:
    named = (Kind.CHOICE, Kind.CHOICES, Kind.LINK, Kind.LINKS)
    return Kind.TEXT if field.kind in named else field.kind


def _cell(field: Field, values: Mapping[str, Any]) -> Any:
    value = values.get(field.key)
    if field.key in _CODES:
        return value if isinstance(value, str) else _ONE_CELL.join(value or ())
    if field.kind in (Kind.CHOICE, Kind.LINK):
        return values.get(f"{field.key}_title") or None
    if field.kind is Kind.CHOICES:
        return values.get(f"{field.key}_title") or None
    return value


def _several(session: Session, register: str, id: int) -> str:
    """Linked records one after another; who is no NGO is «граждане»."""
    [lines] = [found for key, found in registers.card(session, register, id).lines.items() if key in _LINKED]
    return _ONE_CELL.join(str(line.get("ngo_id_title") or "граждане") for line in lines)
