"""How wide the columns of a register are, and which of them a table of 740 px has room for."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.fields import Field, Kind, RecordType

ROOM = 726
NARROWEST_NAME = 200
LEFT_TO_THE_CARD = frozenset({("ngo", "ogrn")})
"""Listed fields that a table leaves to the card: search, card and export have them."""
_NAMES = ("name", "title", "ngo_id", "recipients", "text", "subject", "project")
_FITTED = {Kind.DATE: 92, Kind.OGRN: 122, Kind.INN: 98, Kind.KPP: 88, Kind.YEAR: 64, Kind.QUARTER: 96}


def width_of_column(field: Field) -> int:
    """Px that the content of a column usually takes."""
    if field.kind in _FITTED:
        return max(_FITTED[field.kind], len(field.title) * 7 + 20)
    words = max(field.width, len(field.title))
    return min(260, words * 8 + 20) if field.key != "marks" else 176


def least_of_column(field: Field) -> int:
    """Px under which a column says nothing any more."""
    if field.kind in _FITTED:
        return _FITTED[field.kind]
    if field.kind in (Kind.MONEY, Kind.AMOUNT, Kind.COUNT, Kind.FLAG):
        return min(100, len(field.title) * 7 + 24)
    return 92 if field.key != "marks" else 130


def name_column(record_type: RecordType, fields: Sequence[Field]) -> int:
    """The column by which a person knows the record: it takes the rest of the room."""
    keys = [field.key for field in fields]
    for key in (*_NAMES, record_type.title_field):
        if key in keys:
            return keys.index(key)
    return 0


def shown_fields(record_type: RecordType) -> tuple[Field, ...]:
    """Listed fields that fit: periods of account go first to the card, then the last ones."""
    fields = [f for f in record_type.listed if (record_type.key, f.key) not in LEFT_TO_THE_CARD]
    while len(fields) > 3 and _sum(record_type, fields) > ROOM:
        name = fields[name_column(record_type, fields)]
        spare = [f for f in fields if f.kind is Kind.QUARTER] or [f for f in fields if f is not name]
        fields.remove(spare[-1])
    return tuple(fields)


def _sum(record_type: RecordType, fields: Sequence[Field]) -> int:
    fill = name_column(record_type, fields)
    return sum(NARROWEST_NAME if i == fill else least_of_column(f) for i, f in enumerate(fields))
