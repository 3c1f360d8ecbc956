"""Packets that are sound as files and wrong as records: refused whole, or record by record, never half written."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.core.errors import AppError
from app.exchange.packets import Packet, PacketLine, PacketRecord
from app.usecases.backup import check_database
from app.usecases.import_plan import Outcome
from tests.factories import District
from tests.usecases.colleagues import copy_for, packet, state, taken

NEW = "0d4f3c9a-1111-4222-8333-444455556666"


@pytest.fixture
def bare(district: District) -> Packet:
    """A packet of a copy in which nothing was done."""
    district.ngo("АНО «Свет»", lines={"ngo_year": [{"year": 2024, "staff": 3}]})
    district.ngo("АНО «Иная»", lines={"ngo_year": [{"year": 2024, "staff": 4}]})
    return packet(copy_for(district))


def record(district: District, **given: Any) -> PacketRecord:
    known = PacketRecord("ngo", district.card("ngo", 1).uuid, "АНО «Свет»", False, {})
    return replace(known, **given)


@pytest.mark.parametrize(
    "given",
    [
        {"register": "frozen_return"},
        {"register": "person"},
        {"register": "setting"},
        {"fields": {"password": (None, "x")}},
        {"fields": {"account": (None, "2026-Q1")}},
        {"fields": {"id": ("1", "2")}},
        {"fields": {"folded": (None, "x")}},
        {"lines": (PacketLine("need_code", None, False, {}, ({"service_code": "К1"},)),)},
        {"lines": (PacketLine("ngo_year", 1, False, {"ngo_id": ("1", "2")}, ()),)},
    ],
)
def test_tables_and_columns_that_do_not_travel_stop_all(district: District, bare: Packet, given: Any) -> None:
    before = state(district)
    with pytest.raises(AppError, match="более новой программой"):
        taken(district, replace(bare, records=(record(district, **given),)))
    assert state(district) == before


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"fields": {"registered_on": (None, "вчера")}}, "составлен неверно: поле"),
        ({"fields": {"settlement_id": (None, "99999999999")}}, "нет в справочнике"),
        ({"fields": {"head_id": (None, NEW)}}, "записи, на которую она ссылается, здесь нет"),
        ({"fields": {"okved": (None, "1"), "registered_on": (None, "2999-01-01")}}, "ещё не наступила"),
        ({"uuid": NEW}, "Записи здесь нет"),
        ({"merged_into": NEW}, "здесь нет"),
        ({"fields": {"kind": ("legal", "банк")}}, "нет в справочнике"),
        ({"register": "support", "uuid": NEW, "new": True, "fields": {"amount": (None, "NaN")}}, "составлен неверно"),
        ({"register": "support", "uuid": NEW, "new": True, "fields": {"amount": (None, "1e999")}}, "составлен неверно"),
        ({"register": "support", "uuid": NEW, "new": True, "fields": {}}, "Заполните поле"),
    ],
)
def test_a_wrong_record_is_told_and_not_written(district: District, bare: Packet, given: Any, sentence: str) -> None:
    before = state(district)
    made = taken(district, replace(bare, records=(record(district, **given),)))
    (row,) = made.rows
    assert (row.outcome, made.written) == (Outcome.REJECTED, 0)
    assert sentence in row.note
    assert state(district) == before
    assert check_database(district.database).sound


def test_a_line_of_another_record_is_not_reached(district: District, bare: Packet) -> None:
    (other,) = district.card("ngo", 2).lines["ngo_year"]
    stolen = PacketLine("ngo_year", other["id"], False, {"staff": ("4", "40")}, ())
    made = taken(district, replace(bare, records=(record(district, lines=(stolen,)),)))
    assert made.written == 0
    assert district.card("ngo", 2).lines["ngo_year"][0]["staff"] == 4


def test_heads_that_hang_on_each_other_end(district: District, bare: Packet) -> None:
    other = "0d4f3c9a-1111-4222-8333-444455557777"
    pair = [
        record(district, uuid=key, new=True, fields={"name": (None, "Филиал"), "is_branch": (None, "1"),
                                                     "head_id": (None, head)})
        for key, head in ((NEW, other), (other, NEW))
    ]  # fmt: skip
    made = taken(district, replace(bare, records=tuple(pair)))
    assert {row.outcome for row in made.rows} == {Outcome.REJECTED}


def test_one_record_named_twice_stops_all(district: District, bare: Packet) -> None:
    with pytest.raises(AppError, match="названа дважды"):
        taken(district, replace(bare, records=(record(district), record(district))))
