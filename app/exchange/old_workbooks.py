"""Old workbooks (.xls) looked over before they are read: a spoilt one may claim cells that no memory holds.

The library that reads them believes what the file says of itself and ends the whole program when it
cannot get the memory; so every figure by which it would ask for some is checked here first.
Sources: [MS-CFB] for the container, [MS-XLS] for the records.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from app.exchange.limits import MAX_COLUMNS, broken, encrypted, too_many_columns

_ROWS, _COLUMNS = 65_536, 256  # of the format
_NO_SECTOR = 0xFFFFFFFA  # this and above are marks, not numbers of sectors
_SMALL = 4096  # shorter streams lie in the mini stream
_DIMENSIONS, _STRINGS, _PASSWORD = 0x0200, 0x00FC, 0x002F
_CELLS = frozenset({0x0203, 0x0204, 0x00FD, 0x027E, 0x0006, 0x0205, 0x00D6})
_BLANK, _BLANKS, _NUMBERS = 0x0201, 0x00BE, 0x00BD


def check_old_workbook(data: bytes, name: str) -> None:
    """AppError when the workbook is broken, locked by a password, or wider than the limit."""
    try:
        stream = _workbook(data)
    except (struct.error, IndexError, ValueError) as error:
        raise broken(name) from error
    for kind, body in _records(stream):
        if kind == _PASSWORD:
            raise encrypted(name)
        if kind == _DIMENSIONS and len(body) >= 12:
            _, rows, _, columns = struct.unpack_from("<IIHH", body)
            if rows > _ROWS or columns > _COLUMNS:
                raise broken(name)
        elif kind == _STRINGS and (len(body) < 8 or struct.unpack_from("<I", body, 4)[0] > len(stream)):
            raise broken(name)
        elif kind in _CELLS or kind in (_BLANK, _BLANKS, _NUMBERS):
            if len(body) < 6:
                raise broken(name)
            place = len(body) - 2 if kind in (_BLANKS, _NUMBERS) else 2
            (column,) = struct.unpack_from("<H", body, place)
            if column >= _COLUMNS:
                raise broken(name)
            if column >= MAX_COLUMNS and kind not in (_BLANK, _BLANKS):
                raise too_many_columns()


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    place, end = 0, len(stream)
    while place + 4 <= end:
        kind, size = struct.unpack_from("<HH", stream, place)
        yield kind, stream[place + 4 : place + 4 + size]
        place += 4 + size


def _workbook(data: bytes) -> bytes:
    """The stream of records; ValueError when the container is not sound."""
    shift, mini_shift = struct.unpack_from("<HH", data, 30)
    if shift not in (9, 12) or mini_shift != 6:
        raise ValueError("sectors")
    size = 1 << shift
    fats, first_directory = struct.unpack_from("<II", data, 44)
    cutoff, first_mini, minis, first_more, mores = struct.unpack_from("<IIIII", data, 56)
    if max(fats, minis, mores) * size > len(data) or cutoff != _SMALL:
        raise ValueError("header")
    places = [n for n in struct.unpack_from("<109I", data, 76) if n < _NO_SECTOR]
    while first_more < _NO_SECTOR and mores:
        more = struct.unpack(f"<{size // 4}I", _sector(data, first_more, size))
        places += [n for n in more[:-1] if n < _NO_SECTOR]
        first_more, mores = more[-1], mores - 1
    if len(places) < fats:
        raise ValueError("table of sectors")
    table: list[int] = []
    for place in places[:fats]:
        table += struct.unpack(f"<{size // 4}I", _sector(data, place, size))
    directory = _chain(data, table, first_directory, size)
    streams: dict[str, tuple[int, int]] = {}
    root = (_NO_SECTOR, 0)
    for at in range(0, len(directory) - 127, 128):
        length, kind = struct.unpack_from("<HB", directory, at + 64)
        start, long = struct.unpack_from("<IQ" if size == 4096 else "<II", directory, at + 116)
        if kind not in (2, 5):
            continue
        if long > len(data) or length > 64:
            raise ValueError("directory")
        if kind == 5:
            root = (start, long)
        else:
            streams[directory[at : at + max(0, length - 2)].decode("utf-16-le", "replace").lower()] = (start, long)
    start, long = streams.get("workbook") or streams.get("book") or (_NO_SECTOR, 0)
    if not long:
        raise ValueError("no workbook")
    if long >= _SMALL:
        return _chain(data, table, start, size)[:long]
    mini_table = struct.unpack(f"<{minis * size // 4}I", _chain(data, table, first_mini, size)[: minis * size])
    mini_stream = _chain(data, table, root[0], size)
    return _chain(mini_stream, mini_table, start, 64, offset=0)[:long]


def _sector(data: bytes, number: int, size: int, offset: int | None = None) -> bytes:
    start = number * size + (size if offset is None else offset)
    found = data[start : start + size]
    if not found:
        raise ValueError("sector beyond the end")
    return found.ljust(size, b"\0")


def _chain(
    data: bytes, table: list[int] | tuple[int, ...], first: int, size: int, offset: int | None = None
) -> bytes:
    """The sectors that follow each other; ValueError when they run in a circle."""
    parts = []
    while first < _NO_SECTOR:
        parts.append(_sector(data, first, size, offset))
        if len(parts) > len(table):
            raise ValueError("circle")
        first = table[first]
    return b"".join(parts)
