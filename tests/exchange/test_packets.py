"""A packet may be hostile: whatever is wrong with it is one sentence, and nothing of it is used."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import AppError
from app.exchange import packets
from app.exchange.packets import Packet, PacketLine, PacketRecord, read_packet, write_packet

UUID = "e3e70682-c209-4cac-a29f-6fbed82c07cd"
LINE = PacketLine("ngo_year", 4, False, {"staff": ("3", None, "5")}, ())
ADDED = PacketLine("ngo_year", None, False, {}, ({"year": "2024"}, {"year": "2025"}))
RECORD = PacketRecord("ngo", UUID, "АНО «Свет»", False, {"phone": (None, "8")}, (LINE, ADDED))
PACKET = Packet("a" * 64, "b" * 64, "0001", "Тихонова А. С.", "Тихонова А. С.", date(2026, 7, 1), (RECORD,))


def told() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(write_packet(PACKET))
    return found


def sealed(content: dict[str, Any]) -> bytes:
    """The file of whatever a stranger writes, with the check that goes with it."""
    content.pop("check", None)
    content["check"] = packets.check_of(content)
    return json.dumps(content, ensure_ascii=False).encode()


def test_a_packet_reads_as_it_was_written() -> None:
    assert read_packet(write_packet(PACKET)) == PACKET


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "не пакет"),
        (b"PK\x03\x04", "не пакет"),
        (b"[" * 100_000, "не пакет"),
        (b'{"kind": 1}', "не пакет"),
        (b'{"kind": NaN}', "не пакет"),
        ("ж".encode("cp1251"), "не пакет"),
        (b" " * (packets.LARGEST + 1), "слишком велик"),
    ],
)
def test_what_is_no_packet(content: bytes, sentence: str) -> None:
    with pytest.raises(AppError, match=sentence):
        read_packet(content)


def test_a_spoilt_and_a_newer_packet_are_told_apart() -> None:
    content = write_packet(PACKET)
    with pytest.raises(AppError, match="испорчен при пересылке"):
        read_packet(content.replace("Свет".encode(), "Свёт".encode()))
    with pytest.raises(AppError, match="более новой программой"):
        read_packet(sealed(told() | {"version": 2}))
    half = json.dumps(told() | {"made_for": "\ud800"}).encode()
    with pytest.raises(AppError, match="испорчен"):
        read_packet(half)


def spoil(path: str, value: Any) -> bytes:
    content = told()
    *way, last = path.split(".")
    place: Any = content
    for step in way:
        place = place[int(step)] if step.isdigit() else place[step]
    if isinstance(place, list):
        place[int(last)] = value
    else:
        place[last] = value
    return sealed(content)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("of", "а" * 64), ("base", ""), ("made_on", "вчера"), ("made_on", 5), ("made_for", None), ("records", {}),
        ("records", [{}]), ("лишнее", 1), ("records.0.register", "../ngo"), ("records.0.register", "ngo; DROP"),
        ("records.0.uuid", "x"), ("records.0.new", 1), ("records.0.title", "\0"), ("records.0.title", "я" * 50_001),
        ("records.0.fields", []), ("records.0.fields", {"phone": []}), ("records.0.fields", {"phone": [1]}),
        ("records.0.fields", {"phone": ["1"] * 61}), ("records.0.fields", {"__class__": ["1"]}),
        ("records.0.fields", {f"f{n}": ["1"] for n in range(201)}), ("records.0.archived", 5),
        ("records.0.merged_into", "x"), ("records.0.lines.0.id", -1), ("records.0.lines.0.id", True),
        ("records.0.lines.0.id", 2**60), ("records.0.lines.0.versions", [{"year": "1"}]),
        ("records.0.lines.1.versions", []), ("records.0.lines.1.versions", ["1"]), ("records.0.lines", [1]),
        ("records.0.lines", [{}] * 5001),
    ],
)  # fmt: skip
def test_what_no_program_of_ours_writes(path: str, value: Any) -> None:
    with pytest.raises(AppError, match="составлен неверно"):
        read_packet(spoil(path, value))


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(anything, st.sampled_from(["records", "records.0", "records.0.fields", "records.0.lines.0"]))
def test_any_content_is_read_or_refused_in_words(value: Any, path: str) -> None:
    with suppress(AppError):
        read_packet(spoil(path, value))
