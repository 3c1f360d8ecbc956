"""Each declaration against its table: every field has its column, every column its field, of one kind."""

from __future__ import annotations

import pytest
from sqlalchemy import Boolean, Date, Integer, String
from sqlalchemy.types import TypeEngine

from app.core.fields import Field, Kind
from app.core.text import fold
from app.models.base import Hundredths, QuarterCode
from app.records import ACCOUNTS, LINES, ORDER, REGISTERS, may_lie_ahead
from app.records.choices import FIXED, TABLES
from app.usecases.computed import computed
from app.usecases.tables import COLUMN_NAMES, DICTIONARIES, LINE_MODELS, MODELS
from app.usecases.titles import dictionary_titles, titles
from tests.factories import District

# Columns that no person sees as a field: keys, the archive, what search reads.
OWN_COLUMNS = {
    "id", "uuid", "archived_on", "archive_reason", "called", "folded", "folded_name", "about_register", "about_id",
}  # fmt: skip

KINDS: dict[Kind, type[TypeEngine[object]]] = {
    Kind.DATE: Date,
    Kind.MONEY: Hundredths,
    Kind.AMOUNT: Hundredths,
    Kind.COUNT: Integer,
    Kind.YEAR: Integer,
    Kind.LINK: Integer,
    Kind.QUARTER: QuarterCode,
    Kind.FLAG: Boolean,
}  # type: ignore[dict-item]

TABLES_OF = {key: (REGISTERS[key].fields, MODELS[key]) for key in REGISTERS} | {
    line.key: (line.fields, LINE_MODELS[line.key]) for lines in LINES.values() for line in lines
}


def column_of(key: str, field: Field) -> str:
    return COLUMN_NAMES.get((key, field.key), field.key)


@pytest.mark.parametrize("key", TABLES_OF)
def test_every_field_has_its_column_and_every_column_its_field(key: str) -> None:
    fields, model = TABLES_OF[key]
    columns = set(model.__table__.columns.keys())
    parent = {line.parent_column for lines in LINES.values() for line in lines if line.key == key}
    kept = {column_of(key, f) for f in fields if not f.computed}
    shown = {column_of(key, f) for f in fields}
    assert kept <= columns
    assert columns - OWN_COLUMNS - parent <= shown
    assert len(shown) == len(fields)


@pytest.mark.parametrize("key", TABLES_OF)
def test_a_field_is_of_the_kind_of_its_column(key: str) -> None:
    fields, model = TABLES_OF[key]
    for field in fields:
        column = model.__table__.columns.get(column_of(key, field))
        if column is None:
            assert field.computed, field.key
            continue
        if (key, field.key) in COLUMN_NAMES:
            continue
        assert isinstance(column.type, KINDS.get(field.kind, String)), (key, field.key)
        named = {foreign.column.table.name for foreign in column.foreign_keys}
        if field.kind is Kind.LINK:
            assert named == {field.register}, (key, field.key)
        elif field.kind is Kind.CHOICE and field.dictionary not in FIXED:
            assert named == {field.dictionary}, (key, field.key)
        if field.required:
            assert not column.nullable, (key, field.key)
        elif not field.computed and not column.nullable:
            assert column.default is not None or isinstance(column.type, String), (key, field.key)


def test_every_dictionary_is_known_and_every_link_leads_to_a_register() -> None:
    for fields, _ in TABLES_OF.values():
        for field in fields:
            assert bool(field.dictionary) == (field.kind in (Kind.CHOICE, Kind.CHOICES)), field.key
            assert bool(field.register) == (field.kind in (Kind.LINK, Kind.LINKS)), field.key
            assert not field.dictionary or field.dictionary in FIXED or field.dictionary in TABLES
            assert not field.register or field.register in REGISTERS
    assert set(TABLES) == set(DICTIONARIES)


def test_fixed_dictionaries_hold_what_the_tables_allow() -> None:
    """Each code of a fixed dictionary passes the CHECK of its column, which holds no other."""
    for key, (fields, model) in TABLES_OF.items():
        checks = {str(c.name): str(c.sqltext) for c in model.__table__.constraints if hasattr(c, "sqltext")}
        for field in fields:
            words = checks.get(f"ck_{model.__tablename__}_{field.key}", "")
            if field.dictionary in FIXED and f"{field.key} IN (" in words:
                allowed = words.partition(f"{field.key} IN (")[2].partition(")")[0]
                codes = {code.strip(" '") for code in allowed.split(",")}
                assert codes == set(FIXED[field.dictionary]), (key, field.key)


def test_titles_hints_and_orders_name_fields() -> None:
    for key, record_type in REGISTERS.items():
        assert record_type.title_field in {f.key for f in record_type.fields}
        assert record_type.listed, key
        assert len({f.key for f in record_type.fields}) == len(record_type.fields)
    for key, (field, _) in ORDER.items():
        assert REGISTERS[key][field]
    for key, pairs in ACCOUNTS.items():
        for day, account in pairs:
            assert REGISTERS[key][day].kind is Kind.DATE
            assert REGISTERS[key][account].kind is Kind.QUARTER
    for lines in LINES.values():
        for line in lines:
            for day, account in line.accounts:
                assert not day or line[day].kind is Kind.DATE
                assert line[account].kind is Kind.QUARTER
            assert all(line[name] for name in line.match)


def test_headings_of_lists_are_folded_apart() -> None:
    """Within one register a heading means one field, but where the first one in order is meant."""
    for key in ("ngo", "support", "need", "service"):
        for field in REGISTERS[key].fields:
            assert len({fold(alias) for alias in field.aliases}) == len(field.aliases), (key, field.key)


def test_a_term_may_lie_ahead_and_a_fact_may_not() -> None:
    assert may_lie_ahead("support", "ends_on")
    assert may_lie_ahead("programme", "starts_on")
    assert not may_lie_ahead("support", "decision_on")
    assert not may_lie_ahead("agreement", "starts_on")
    assert may_lie_ahead("agreement", "ends_on")


def test_every_computed_field_is_computed(district: District) -> None:
    """A computed field has a column of its own or a value for every record."""
    for key, record_type in REGISTERS.items():
        found = district.read(computed, key, [1])[1]
        missing = [
            f.key
            for f in record_type.fields
            if f.computed and f.key not in found and f.key not in MODELS[key].__table__.columns
        ]
        assert missing in ([], ["unit"]), key  # a service that is not there has no unit


def test_every_register_and_dictionary_has_its_words(district: District) -> None:
    for key in REGISTERS:
        assert district.read(titles, key) == {}
    for key in (*FIXED, *TABLES):
        assert district.read(dictionary_titles, key)
