"""The figures kept beside the returns are those of a full recount, in whatever order returns come and are corrected."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.clock import Clock
from app.core.periods import Quarter
from app.models import ReceivedReturn
from app.models.database import Database
from app.region.consolidate import consolidate
from app.region.coverage import coverage
from app.region.digest import digest_of
from app.region.expected import District
from app.region.picture_coverage import picture_coverage
from app.returns.codec import canonical, fingerprint
from app.returns.hand_keys import centre_named
from app.returns.snapshot import Entity, Members, QuarterReturn
from app.usecases.region_digests import keep_digest
from app.usecases.region_picture import consolidation_of
from app.usecases.region_returns import loaded, standing_sources
from app.usecases.region_setup import create_region
from tests.region_pure.districts import MAP, NORTH, empty, sound

Q2, Q3 = Quarter(2026, 2), Quarter(2026, 3)
CODES = ("41603000", "41606000", "41609000")
FORMER = "41610000"
EXPECTED = (
    District(CODES[0], "Северный район"),
    District(CODES[1], "Южный район"),
    District(CODES[2], "Восточный район", (FORMER, "41615000")),
)
UNIQUE = ("210", "302", "303", "503")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    found = create_region(tmp_path_factory.mktemp("область") / "область.db", clock=Clock.fixed(date(2026, 10, 25)))
    with closing(sqlite3.connect(found.path)) as raw:
        raw.execute(
            "INSERT INTO territory (code, name, name_genitive, kind, valid_from, own) SELECT ?, name, name_genitive,"
            " kind, valid_from, own FROM territory WHERE code = ?", ("41610000", CODES[0]),
        )  # fmt: skip
        raw.commit()
    yield found
    found.close()


def keep(database: Database, ret: QuarterReturn) -> None:
    """As intake keeps it."""
    head, data = ret.head, canonical(ret)
    with database.write("intake", "Принят отчёт") as session:
        row = ReceivedReturn(
            file_name="отчёт.xlsx", received_at=datetime(2026, 10, 21), received_by="Иванова", sha256=fingerprint(data),
            oktmo=head.oktmo, quarter=head.quarter, correction=head.correction, form_version=head.form_version,
            hand=False, result="corrected" if head.correction else "accepted", data=data,
            data_sha256=fingerprint(data), envelope="", file=b"",
        )  # fmt: skip
        session.add(row)
        session.flush()
        keep_digest(session, row, digest_of(ret))


def differences(database: Database, quarter: Quarter, districts: Sequence[District] = EXPECTED) -> list[str]:
    """Cells and spots that a full recount counts otherwise than the digests."""
    with database.read() as session:
        sources = standing_sources(session, (*quarter.year_to_date, quarter.previous))
        quick = consolidation_of(session, quarter, sources, districts)
        held = loaded(session, sources)
    assert quick is not None
    returns = held.pop(quarter, {})
    full = consolidate(quarter, returns, districts, held)
    found = [cell for cell in full.cells if full.cells[cell] != quick.cells[cell]]
    assert list(quick.cells) == list(full.cells)
    for name in ("missing", "held_over", "unexpected", "services", "needs", "returns", "year_returns", "form"):
        if getattr(full, name) != getattr(quick, name):
            found.append(name)
    assert dict(quick.texts) == dict(full.texts)
    spots = coverage(full, earlier=held, answers=MAP)
    seen = picture_coverage(quick, lambda: held, MAP)
    found += [str(place) for place in spots.spots if spots.spots[place] != seen.spots[place]]
    assert list(seen.spots) == list(spots.spots)
    for name in ("categories", "codes", "holes", "duplicates", "promises"):
        if getattr(spots, name) != getattr(seen, name):
            found.append(name)
    assert dict(spots.centre_names) == dict(seen.centre_names)
    return found


# --- any order

BASE, LISTED = empty(NORTH), sound(NORTH).annex_a
people = st.sets(st.integers(0, 7), max_size=5)
known = st.dictionaries(st.integers(0, 7), st.integers(0, 5), max_size=6)
codes = st.sampled_from((*CODES, FORMER))
version = st.tuples(codes, st.sampled_from((Q2, Q3)), st.integers(0, 2), people, people, known, st.booleans())
Drawn = tuple[str, Quarter, int, set[int], set[int], dict[int, int], bool]
versions = st.lists(version, min_size=1, max_size=7, unique_by=lambda one: one[:3])
_YEARS = iter(range(2024, 2024 + 10_000))


def drawn(mark: str, one: Drawn, year: int) -> QuarterReturn:
    """A return whose sets are drawn.  Numbers 0–3 are ОГРН, 4 and 5 the ИНН of which annex А tells the ОГРН.

    Centres bear three names: one name may be that of one ОГРН, of several, or be told bare.
    """
    oktmo, quarter, correction, first, second, told, bare = one
    number = {n: f"1{mark}{n:04d}" for n in range(4)} | {n: f"7{mark[-5:]}{n:04d}" for n in (4, 5)}
    uuids = {n: f"{mark}-{n}" for n in range(8)}
    entities = tuple(Entity(uuids[n], "ngo", number[told[n]] if n in told else "", f"НКО {n}") for n in range(8))
    centres = {n: _centre(mark, oktmo, n, number[told[n]] if told.get(n, 9) < 4 else "") for n in range(8)}
    sets = {code: first if place % 2 else second for place, code in enumerate(UNIQUE)}
    members = {
        code: Members(tuple(uuids[n] for n in sorted(held)), tuple(uuids[n] for n in sorted(first | second)), int(bare))
        for code, held in sets.items()
    }
    quarter_s, year_s = ({centres[n].uuid: None for n in sorted(held)} for held in (sets["303"], first | second))
    members["303"] = Members(tuple(quarter_s), tuple(year_s), int(bare))
    lengths = {code: (len(one.quarter), len(one.year)) for code, one in members.items()}
    if bare:
        members.pop("210")
    rows = {
        code: replace(BASE.rows[code], quarter=lengths[code][0], year=lengths[code][1]) if code in sets
        else replace(row, quarter=len(first), year=len(first) + correction) if row.quarter is not None else row
        for code, row in BASE.rows.items()
    }  # fmt: skip
    pairs = tuple(replace(row, ogrn=number[0], inn=number[4 + n]) for n, row in enumerate(LISTED[:2]) if bare)
    at = Quarter(year, quarter.number)
    head = replace(BASE.head, oktmo=oktmo, quarter=at, correction=correction, reason="Исправлено" if correction else "")
    named = {one.uuid: one for one in (*entities, *centres.values())}
    return replace(BASE, head=head, rows=rows, members=members, entities=tuple(named.values()), annex_a=pairs)


def _centre(mark: str, oktmo: str, n: int, ogrn: str) -> Entity:
    name = f"Центр {mark} {n % 3}"
    return Entity(f"{mark}-{oktmo}-{n}" if ogrn else centre_named(name), "centre", ogrn, name)


@settings(max_examples=15, deadline=None)
@given(drawn_versions=versions)
def test_any_order_of_returns_and_corrections_is_the_full_recount(
    database: Database, drawn_versions: list[Drawn]
) -> None:
    year = next(_YEARS)  # a year of its own: what other examples left has no part in it
    for one in drawn_versions:
        keep(database, drawn(f"{year:08d}", one, year))
        assert differences(database, Quarter(year, 3)) == []
