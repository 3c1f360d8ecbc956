"""The packet of a working copy: what a colleague changed since it was made, as one file.

JSON in UTF-8 with `check`, SHA-256 over the canonical JSON of the rest: it shows a file cut or spoilt on its
way and proves nothing about its author.  A packet may be hostile: it is bounded, and every piece of it is
looked at before any of it is used.  What its texts mean is known to the records (usecases/packet_texts.py).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NoReturn

from app.core.errors import AppError
from app.core.sealed_json import Shell, check_of, read_sealed

KIND = "Куратор НКО: пакет рабочей копии"
VERSION = 1
ENDING = ".kurator-packet"
LARGEST = 50_000_000  # bytes
MOST_RECORDS = 50_000
MOST_LINES = 5_000  # of one record
MOST_FIELDS = 200  # of one record or line
LONGEST_TRAIL = 60  # values that one field had one after another
LONGEST_TEXT = 50_000  # characters

Trail = tuple[str | None, ...]
"""What a field held: at the fork first, hers last, what she had in between between them; None is empty."""
Trails = Mapping[str, Trail]

_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}", re.ASCII)
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.ASCII)
_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class PacketLine:
    """A line of a record.  id: of a line that was there at the fork, None for one she added.

    fields: what changed of an old line; versions: every state of a new one, the last is hers.  gone: she removed it.
    """

    kind: str
    id: int | None
    gone: bool
    fields: Trails
    versions: tuple[Mapping[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class PacketRecord:
    """A record she made or changed.  title: as her file calls it.

    archived: the reason under which she put it away, None if she did not; restored: she brought it back.
    merged_into: uuid of the card it became one with.  told_apart: of cards that she said are another organisation.
    """

    register: str
    uuid: str
    title: str
    new: bool
    fields: Trails
    lines: tuple[PacketLine, ...] = ()
    archived: str | None = None
    restored: bool = False
    merged_into: str | None = None
    told_apart: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Packet:
    """of: hash of the journal when the file was made; base: at the fork.

    schema: revision of the tables she wrote with.  made_for: whose copy it is; made_by: who made the packet.
    """

    of: str
    base: str
    schema: str
    made_for: str
    made_by: str
    made_on: date
    records: tuple[PacketRecord, ...]


SHELL = Shell(
    KIND, VERSION, LARGEST,
    large=("Файл слишком велик для пакета", "Выберите файл, который прислал коллега."),
    foreign=("Это не пакет рабочей копии.", f"Нужен файл вида «…{ENDING}», который прислал коллега."),
    newer=("Пакет записан более новой программой.", "Обновите программу и откройте пакет снова."),
    spoilt=("Файл пакета испорчен при пересылке.", "Попросите коллегу прислать его ещё раз."),
)  # fmt: skip


def write_packet(packet: Packet) -> bytes:
    """The file of a packet, the same bytes for the same one.  AppError for one that could not be read back."""
    told = {
        "kind": KIND, "version": VERSION, "of": packet.of, "base": packet.base, "schema": packet.schema,
        "made_for": packet.made_for, "made_by": packet.made_by, "made_on": packet.made_on.isoformat(),
        "records": [_told(record) for record in packet.records],
    }  # fmt: skip
    content = json.dumps(told | {"check": check_of(told)}, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    read_packet(content)
    return content


def read_packet(content: bytes) -> Packet:
    """The packet in a file.  AppError when it is none, is spoilt, too large or of a newer program."""
    return _packet(read_sealed(content, SHELL))


def newer() -> AppError:
    """The refusal of what a later program wrote."""
    return AppError(*SHELL.newer)


def broken(place: str) -> AppError:
    """The refusal of a packet that no program of ours writes."""
    hint = "Ничего не записано. Попросите коллегу вернуть изменения ещё раз."
    return AppError(f"Пакет составлен неверно: {place}.", hint)


def _told(record: PacketRecord) -> dict[str, Any]:
    return {
        "register": record.register, "uuid": record.uuid, "title": record.title, "new": record.new,
        "fields": {name: list(trail) for name, trail in record.fields.items()}, "archived": record.archived,
        "restored": record.restored, "merged_into": record.merged_into, "told_apart": list(record.told_apart),
        "lines": [
            {"kind": line.kind, "id": line.id, "gone": line.gone,
             "fields": {name: list(trail) for name, trail in line.fields.items()},
             "versions": [dict(version) for version in line.versions]}
            for line in record.lines
        ],
    }  # fmt: skip


def _packet(told: dict[str, Any]) -> Packet:
    _only(told, "kind version of base schema made_for made_by made_on records", "начало файла")
    try:
        made_on = date.fromisoformat(_text(told["made_on"], "день"))
    except ValueError:
        _wrong("день")
    records = _list(told["records"], MOST_RECORDS, "записи")
    return Packet(
        _like(_HASH, told["of"], "файл"), _like(_HASH, told["base"], "начало копии"), _text(told["schema"], "версия"),
        _text(told["made_for"], "для кого"), _text(told["made_by"], "кто составил"), made_on,
        tuple(_record(one, number) for number, one in enumerate(records, 1)),
    )  # fmt: skip


def _record(told: Any, number: int) -> PacketRecord:
    place = f"запись {number}"
    _only(told, "register uuid title new fields archived restored merged_into told_apart lines", place)
    lines = _list(told["lines"], MOST_LINES, place)
    merged = told["merged_into"]
    return PacketRecord(
        _like(_NAME, told["register"], place), _like(_UUID, told["uuid"], place), _text(told["title"], place),
        _flag(told["new"], place), _trails(told["fields"], place), tuple(_line(one, place) for one in lines),
        None if told["archived"] is None else _text(told["archived"], place), _flag(told["restored"], place),
        None if merged is None else _like(_UUID, merged, place),
        tuple(_like(_UUID, one, place) for one in _list(told["told_apart"], MOST_LINES, place)),
    )  # fmt: skip


def _line(told: Any, place: str) -> PacketLine:
    _only(told, "kind id gone fields versions", place)
    id = told["id"]
    if id is not None and (type(id) is not int or not 0 < id < 2**53):
        _wrong(place)
    versions = tuple(
        {name: _value(value, place) for name, value in _map(one, place).items()}
        for one in _list(told["versions"], LONGEST_TRAIL, place)
    )
    if (id is None) != bool(versions):
        _wrong(place)
    return PacketLine(
        _like(_NAME, told["kind"], place), id, _flag(told["gone"], place), _trails(told["fields"], place), versions
    )


def _trails(told: Any, place: str) -> Trails:
    found = {}
    for name, trail in _map(told, place).items():
        values = _list(trail, LONGEST_TRAIL, place)
        if not values:
            _wrong(place)
        found[name] = tuple(_value(value, place) for value in values)
    return found


def _map(told: Any, place: str) -> dict[str, Any]:
    if not isinstance(told, dict) or len(told) > MOST_FIELDS or not all(_NAME.fullmatch(name) for name in told):
        _wrong(place)
    return told


def _list(told: Any, most: int, place: str) -> list[Any]:
    if not isinstance(told, list) or len(told) > most:
        _wrong(place)
    return told


def _only(told: Any, names: str, place: str) -> None:
    if not isinstance(told, dict) or set(told) != set(names.split()):
        _wrong(place)


def _text(told: Any, place: str) -> str:
    if not isinstance(told, str) or len(told) > LONGEST_TEXT or "\0" in told:
        _wrong(place)
    return told


def _value(told: Any, place: str) -> str | None:
    return None if told is None or told == "" else _text(told, place)


def _like(pattern: re.Pattern[str], told: Any, place: str) -> str:
    if not isinstance(told, str) or not pattern.fullmatch(told):
        _wrong(place)
    return told


def _flag(told: Any, place: str) -> bool:
    if not isinstance(told, bool):
        _wrong(place)
    return told


def _wrong(place: str) -> NoReturn:
    raise broken(place)
