"""How wide the columns of a register are, and which of them a table of 740 px has room for."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.fields import Field, Kind, RecordType

ROOM = 726
NARROWEST_NAME = 200
LEFT_TO_THE_CARD = frozenset({("ngo", "ogrn"), ("grant_application", "contest_id")})
"""Listed fields that a table leaves to the card: search, card and export have them."""
_NAMES = ("name", "title", "ngo_id", "recipients", "text", "subject", "project")
_LEAST = {"okopf": 80, "settlement": 112, "status": 104, "form": 132, "priority": 82}
"""Px of columns whose words are known: «Муринское СП», «консультационная»."""
_FITTED = {Kind.DATE: 92, Kind.OGRN: 122, Kind.INN: 98, Kind.KPP: 88, Kind.YEAR: 64, Kind.QUARTER: 96}


def width_of_column(field: Field, longest: int = 0) -> int:
    """Px that the content of a column usually takes; longest: of the titles that may be chosen in it."""
    if field.kind in _FITTED:
        return max(_fitted(field), len(field.title) * 7 + 20)
    if field.kind is Kind.CHOICE and longest:
        return min(260, longest + 18)
    words = max(field.width, len(field.title))
    return min(260, words * 8 + 20) if field.key != "marks" else 176


def _fitted(field: Field) -> int:
    """A number is never cut: an ИНН may have 12 figures where its declaration says so."""
    return _FITTED[field.kind] + (18 if field.kind is Kind.INN and field.width > 12 else 0)


def least_of_column(field: Field) -> int:
    """Px under which a column says nothing any more."""
    if field.key in _LEAST:
        return _LEAST[field.key]
    if field.kind in _FITTED:
        return _fitted(field)
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
