"""The day on which something came is that of the office: what is kept is UTC, what is read is its wall clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path

from app.core.clock import Clock
from app.core.periods import Quarter
from app.models.database import Database
from app.usecases.intake import take_in
from app.usecases.received import received
from app.usecases.region_board import board
from app.usecases.region_came import came
from app.usecases.region_grid import grid
from app.usecases.region_letters import letter
from app.usecases.region_place import place_card
from app.usecases.region_setup import create_region
from tests.region.made import NORTH
from tests.region.region import Region, Sent

Q3 = Quarter(2026, 3)
MOSCOW, KAMCHATKA = timezone(timedelta(hours=3)), timezone(timedelta(hours=12))
DUE = date(2026, 10, 12)


def office(wall: datetime, zone: timezone = MOSCOW) -> Clock:
    """A clock that stands: the wall of an office in this zone shows `wall`."""
    utc = wall - zone.utcoffset(None)
    return Clock(today=lambda: wall.date(), now=lambda: utc, zone=zone)


def region_at(path: Path, wall: datetime, zone: timezone = MOSCOW) -> Database:
    return create_region(path, clock=office(wall, zone), actor="Орлова А. А.")


def test_a_file_that_came_at_night_is_of_that_day(sent: Callable[..., Sent], tmp_path: Path) -> None:
    """At 01:00 of 13 October in Moscow it is still the 12th in UTC, the last day of the term."""
    (tmp_path / "север.xlsx").write_bytes(sent(NORTH).xlsx)
    (tmp_path / "записка.xlsx").write_bytes(b"no workbook")
    with region_at(tmp_path / "область.db", datetime(2026, 10, 13, 1)) as database:
        take_in(database, [tmp_path / "север.xlsx", tmp_path / "записка.xlsx"])
        with database.read() as session:
            assert [one.received_at for one in received(session)] == [datetime(2026, 10, 12, 22)]
            place = next(one for one in board(session, Q3).places if one.oktmo == NORTH)
            assert (place.received_on, place.days_late) == (date(2026, 10, 13), 1)
            told = next(one for row in grid(session, [Q3]).rows for one in row.places if one.oktmo == NORTH)
            assert (told.received_on, told.days_late) == (date(2026, 10, 13), 1)
            card = place_card(session, NORTH, Q3)
            assert [one.received_on for one in card.versions] == [date(2026, 10, 13)]
            assert {one.came_on for one in came(session)[0]} == {date(2026, 10, 13)}
            assert "13 октября 2026" in letter(session, NORTH, Q3).text.replace("\u00a0", " ")


def test_the_last_evening_of_the_term_is_in_time(sent: Callable[..., Sent], tmp_path: Path) -> None:
    """At 23:30 of 12 October on Kamchatka; the day that is told is kept as noon of the office."""
    (tmp_path / "север.xlsx").write_bytes(sent(NORTH).xlsx)
    (tmp_path / "уточнённый.xlsx").write_bytes(sent(NORTH, 1).xlsx)
    with region_at(tmp_path / "область.db", datetime(2026, 10, 12, 23, 30), KAMCHATKA) as database:
        take_in(database, [tmp_path / "север.xlsx"])
        with database.read() as session:
            place = next(one for one in board(session, Q3).places if one.oktmo == NORTH)
            assert (place.received_on, place.on_time) == (DUE, True)
    with Database.open(tmp_path / "область.db", clock=office(datetime(2026, 10, 25, 9), KAMCHATKA)) as database:
        take_in(database, [tmp_path / "уточнённый.xlsx"], came_on=date(2026, 10, 21))
        with database.read() as session:
            days = [one.received_on for one in place_card(session, NORTH, Q3).versions]
    assert days == [date(2026, 10, 21), DUE]


def test_a_clock_set_to_a_day_shows_that_day_whatever_the_hour() -> None:
    clock = Clock.on(date(2026, 10, 12))
    assert clock.day_of(clock.now()) == date(2026, 10, 12)
    there = office(datetime(2026, 10, 13, 1))
    assert there.day_of(there.now()) == date(2026, 10, 13)
    assert there.at(date(2026, 10, 13), time(1)) == datetime(2026, 10, 12, 22) == there.now()


def test_a_day_that_is_not_here_yet_is_no_day_of_receipt(region: Region, sent: Callable[..., Sent]) -> None:
    code, _, err = region("intake", str(region.came("отчёт.xlsx", sent().xlsx)), "--came", "26.10.2026")
    assert (code, "26.10.2026 ещё не наступил" in err) == (2, True), err
    assert region("intake", str(region.incoming), "--came", "25.10.2026")[0] == 0
