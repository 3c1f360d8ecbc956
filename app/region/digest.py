"""What of a return the region's pages count: its figures as whole numbers, its sets as bits; made of that return alone.

A return is half a megabyte of words; its digest is a few kilobytes, so that a page over 2,500 of them needs no parsing.
Whatever a digest says can be made anew from the return, and `check` does so.
"""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.region.completeness import filled_rows
from app.region.keys import INN_DIGITS, OGRN_DIGITS, named_centres, rank
from app.returns.form import FORMS, ColumnSpec, Form, RowKind, RowSpec
from app.returns.snapshot import Average, NeedFigures, QuarterReturn, Row, ServiceFigures

VERSION = 2
"""Of the way in which digests are made: another has all made anew at the next opening."""
NONE = -(2**63)
"""An empty cell among whole numbers."""
ROW_WIDTH, SET_WIDTH = 4, 3  # quarter, year, year_upper, plan; known, bare, upper of the year
WIDE = "q"


@dataclass(frozen=True, slots=True)
class Digest:
    """numbers: hundredths, four a coded row, one a kind of activity, then table 4 (quarter, year by category);
    line_numbers: of table 3, plan and both periods by line; `NONE` is an empty cell.

    layout: JSON of the form's version, activities [[code, title, filled]] and categories [[code, title]].
    lines: JSON [[place of the centre, its key, its name, code, title, unit, its uuid]].  keys: whoever the return
    names, each once by what it tells itself; a set is a number whose bits are places in keys.  sets: both periods of
    every unique cell, in the order of `unique_cells`; set_numbers: whether it is known, the bare ones, the upper bound
    of the year.  asked: JSON [[category, [codes], bits]] of annex Б.  filled, texts: JSON.
    codes: JSON [[code, title]] of table 3.
    """

    layout: str
    numbers: bytes
    lines: str
    line_numbers: bytes
    sets: bytes
    set_numbers: bytes
    keys: tuple[str, ...]
    asked: str
    filled: str
    codes: str
    texts: str


@dataclass(frozen=True, slots=True)
class Name:
    """Who is one with whom, as a return tells it: a uuid or number, and the key by which the return knows it.

    place: of the key among the digest's.  A pair of annex А (ИНН, ОГРН) has none.
    """

    name: str
    key: str
    place: int | None


Digested = tuple[Digest, tuple[Name, ...]]


def digest_of(ret: QuarterReturn) -> Digested:
    """The digest of a return, and the names it tells.

    ValueError for a figure that no return holds: not finite, with more than two places, or beyond 64 bits.
    """
    form = FORMS[ret.head.form_version]
    keys_of = local_keys(ret)
    keys = tuple(sorted(set(keys_of.values())))
    places = {key: place for place, key in enumerate(keys)}

    def bits(uuids: Iterable[str]) -> int:
        found = 0
        for uuid in uuids:
            if uuid:
                found |= 1 << places[keys_of[uuid]]
        return found

    sets, set_numbers = bytearray(), array(WIDE)
    width = set_bytes(len(keys))
    for code in unique_cells(form, (line.category for line in ret.needs), (line.key for line in ret.services)):
        members = ret.members.get(code)
        for uuids in (members.quarter, members.year) if members else ((), ()):
            sets += bits(uuids).to_bytes(width, "little")
        upper = ret.upper_of(code) if ret.rows.get(code) is None else None
        bare = members.bare_year if members else 0
        set_numbers.extend((int(members is not None), _bounded(bare), NONE if upper is None else _bounded(upper)))
    digest = Digest(
        layout=_json({
            "form": form.version,
            "activities": [[code, ret.activity_titles.get(code, code), code in ret.activities]
                           for code in dict.fromkeys((*ret.activities, *ret.activity_titles))],
            "categories": [[line.category, line.title] for line in ret.needs],
        }),
        numbers=array(WIDE, _numbers(ret, form)).tobytes(),
        lines=_json([[places[keys_of[line.centre]], keys_of[line.centre], line.centre_name, line.code, line.title,
                      line.unit, line.centre] for line in ret.services]),
        line_numbers=array(WIDE, _line_numbers(ret, form)).tobytes(),
        sets=bytes(sets),
        set_numbers=set_numbers.tobytes(),
        keys=keys,
        asked=_json(_asked(ret, bits)),
        filled=_json(sorted(filled_rows(ret))),
        codes=_json(sorted({(line.code, line.title) for line in ret.services})),
        texts=_json({spec.measure: ret.rows[spec.measure].note for spec in form.rows
                     if spec.kind is RowKind.TEXT and spec.measure in ret.rows}),
    )  # fmt: skip
    return digest, tuple(_names(ret, keys_of, places))


def figure_rows(form: Form) -> tuple[RowSpec, ...]:
    """The coded rows that bear figures, in the order of the digest."""
    return tuple(spec for spec in form.rows if spec.kind is not RowKind.TEXT)


def unique_cells(form: Form, categories: Iterable[str], lines: Iterable[str]) -> list[str]:
    """Names of the unique cells of a return without their period, in the order of the digest."""
    return [
        *(spec.measure for spec in form.rows if spec.kind is RowKind.UNIQUE),
        *(f"4.{category}.{one.key}" for category in categories for one in unique_columns(form.need_columns)),
        *(f"{line}.{one.key}" for line in lines for one in unique_columns(form.service_columns)),
    ]


def unique_columns(columns: Iterable[ColumnSpec]) -> tuple[ColumnSpec, ...]:
    return tuple(one for one in columns if one.kind is RowKind.UNIQUE)


def column_width(columns: Iterable[ColumnSpec]) -> int:
    """How many numbers a period of a line takes: an average has two, a plan stands before both periods."""
    return sum(2 if one.kind is RowKind.AVERAGE else 1 for one in columns if one.key != "plan")


def set_bytes(keys: int) -> int:
    return (keys + 7) // 8


# --- numbers


def _numbers(ret: QuarterReturn, form: Form) -> Iterator[int]:
    for spec in figure_rows(form):
        row = ret.rows.get(spec.measure) or Row(spec.measure)
        for value in (row.quarter, row.year, row.year_upper, row.plan):
            yield _hundredths(value)
    for code in dict.fromkeys((*ret.activities, *ret.activity_titles)):
        yield _hundredths(ret.activities.get(code))
    for line in ret.needs:
        for figures in (line.quarter, line.year):
            yield from _columns(figures, form.need_columns)


def _line_numbers(ret: QuarterReturn, form: Form) -> Iterator[int]:
    for line in ret.services:
        yield _hundredths(line.plan)
        for figures in (line.quarter, line.year):
            yield from _columns(figures, form.service_columns)


def _columns(figures: NeedFigures | ServiceFigures, columns: Iterable[ColumnSpec]) -> Iterator[int]:
    for spec in columns:
        if spec.key == "plan":
            continue
        told: int | Decimal | Average = getattr(figures, spec.key)
        if isinstance(told, Average):
            yield _hundredths(told.total)
            yield _bounded(told.count)
        else:
            yield _hundredths(told)


def _hundredths(value: int | Decimal | None) -> int:
    if value is None:
        return NONE
    if isinstance(value, int):
        return _bounded(value * 100)
    if not value.is_finite() or value.adjusted() > 17:
        raise ValueError(f"no figure of a return: {value}")
    whole = value.scaleb(2)
    if whole != int(whole):
        raise ValueError(f"more than two places: {value}")
    return _bounded(int(whole))


def _bounded(value: int) -> int:
    if not NONE < value < 2**63:
        raise ValueError(f"no figure of a return: {value}")
    return value


# --- who is one with whom


def local_keys(ret: QuarterReturn) -> dict[str, str]:
    """uuid or number -> the key by which this return alone knows whoever stands behind it."""
    parent: dict[str, str] = {}

    def of(name: str) -> str:
        while (up := parent.setdefault(name, name)) != name:
            name = up
        return name

    for entity in ret.entities:
        one, other = of(entity.uuid), of(entity.number or entity.uuid)
        if one != other:
            first, second = sorted((one, other), key=rank)
            parent[second] = first
    named = (
        *(uuid for members in ret.members.values() for uuid in (*members.quarter, *members.year)),
        *(row.ngo for row in ret.annex_b),
    )
    for uuid in (*filter(None, named), *(line.centre for line in ret.services)):
        of(uuid)
    return {name: of(name) for name in sorted(parent)}


def _names(ret: QuarterReturn, keys_of: Mapping[str, str], places: Mapping[str, int]) -> Iterator[Name]:
    # A key that is itself a name of nobody else (an ОГРН) needs no line of its own: the line of its uuid has it.
    lone = set(keys_of.values()) - {key for name, key in keys_of.items() if name != key}
    for name, key in keys_of.items():
        if name != key or key in lone:
            yield Name(name, key, places[key])
    pairs = {(row.inn, row.ogrn) for row in (*ret.annex_a, *ret.annex_a_pending)}
    for inn, ogrn in sorted(pairs):
        if len(inn) in INN_DIGITS and len(ogrn) in OGRN_DIGITS:
            yield Name(inn, ogrn, None)
    for name, ogrn in sorted({*named_centres(ret)}):
        yield Name(name, ogrn, None)


def _asked(ret: QuarterReturn, bits: Callable[[Iterable[str]], int]) -> list[list[object]]:
    found: dict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)
    for row in ret.annex_b:
        found[row.category, row.codes].append(row.ngo)
    return [[category, list(codes), f"{bits(ngos):x}"] for (category, codes), ngos in sorted(found.items())]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
