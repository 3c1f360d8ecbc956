"""The board of districts × quarters: the same as the board of the command, through changes of territories and years."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from app.core.clock import Clock
from app.core.errors import AppError
from app.core.periods import Quarter
from app.core.roles import Role
from app.models.database import Database
from app.usecases import people, region_answers
from app.usecases.region_board import board
from app.usecases.region_calls import last_calls, note_call
from app.usecases.region_grid import Standing, grid, place_of, quarters_told
from app.usecases.region_letters import letter
from app.usecases.setup import save_settings
from tests.region.region import Region, Sent

Q3 = Quarter(2026, 3)


def opened(region: Region, today: str = "2026-10-25") -> Database:
    return Database.open(region.db, clock=Clock.fixed(date.fromisoformat(today)), actor="Орлова А. А.")


def test_a_former_territory_and_its_successor_are_one_line(region: Region) -> None:
    with opened(region) as database, database.read() as session:
        found = grid(session, [Quarter(2024, 1), Quarter(2024, 2)])
        (line,) = [row for row in found.rows if "Гатчин" in row.name]
        assert [place.oktmo for place in line.places] == ["41618000", "41518000"]
        assert line.name == "Гатчинский муниципальный округ"
        assert [found.counts([quarter]).expected for quarter in found.quarters] == [18, 18]


def test_nothing_is_owed_for_what_was_before_the_region_began(region: Region, sent: Callable[..., Sent]) -> None:
    with opened(region) as database, database.read() as session:
        assert quarters_told(session) == (Q3,)
    region.intake(region.came("отчёт.xlsx", sent().xlsx))
    with opened(region, "2027-01-20") as database, database.read() as session:
        assert quarters_told(session) == (Q3, Q3.next)
        counts = grid(session, quarters_told(session)).counts([Q3, Q3.next])
        assert (counts.expected, counts.received, counts.missing) == (36, 1, 35)


def test_the_board_of_the_window_counts_as_that_of_the_command(region: Region, sent: Callable[..., Sent]) -> None:
    for oktmo, correction in (("41612000", 0), ("41612000", 1), ("41615000", 0)):
        region.came(f"{oktmo}-{correction}.xlsx", sent(oktmo, correction).xlsx)
    region.intake(today="12.10.2026")
    with opened(region) as database:
        with database.write("intake", "Квитанция") as session:
            region_answers.receipt(session, "41612000", Q3)
        with database.read() as session:
            counts, told = grid(session, [Q3]).counts([Q3]), board(session, Q3).counts
            assert {key: getattr(counts, key) for key in told} == dict(told)
            assert counts.share(counts.received) <= 100  # type: ignore[operator]
            assert place_of(session, "41612000", Q3)[0].accepted_on == date(2026, 10, 25)
            assert place_of(session, "41615000", Q3)[0].standing is Standing.RECEIVED


def test_before_the_term_a_return_is_awaited_and_the_letter_reminds(region: Region) -> None:
    with opened(region, "2026-10-09") as database, database.read() as session:
        counts = grid(session, [Q3]).counts([Q3])
        assert (counts.missing, counts.awaited) == (0, 18)
        told = letter(session, "41633000", Q3).text.replace("\u00a0", " ")
        assert "сдают до 12 октября 2026 г. включительно, осталось 3 дня" in told
        assert "не поступил" not in told


def test_a_call_stands_at_its_quarter_alone(region: Region) -> None:
    with opened(region) as database:
        with database.write("call", "Звонок") as session:
            note_call(session, "41633000", Q3, date(2026, 10, 24), "Петрова М. И.", "Пришлют")
        with database.read() as session:
            assert set(last_calls(session, [Q3.previous, Q3])) == {("41633000", Q3)}
            assert last_calls(session, [Q3.previous]) == {}


def test_an_operator_answers_and_a_viewer_does_not_and_neither_settles(
    region: Region, sent: Callable[..., Sent]
) -> None:
    region.intake(region.came("отчёт.xlsx", sent().xlsx))
    with opened(region) as database:
        with database.write("people", "Люди") as session:
            first = people.add_person(session, "Орлова А. А.", role=Role.ADMINISTRATOR)
        people.sign_in(database, first)
        with database.write("people", "Люди") as session:
            operator = people.add_person(session, "Ершова О. О.", role=Role.OPERATOR)
            viewer = people.add_person(session, "Гость Г. Г.", role=Role.VIEWER)
        people.sign_in(database, operator)
        with database.write("intake", "Квитанция") as session:
            assert region_answers.receipt(session, "41612000", Q3)[0].number == "1/2026"
        for who in (operator, viewer):
            people.sign_in(database, who)
            with pytest.raises(AppError, match="роль"), database.write("settings", "Сроки") as session:
                save_settings(session, {"due_day": "15"})
        with pytest.raises(AppError, match="просмотр"), database.write("call", "Звонок") as session:
            note_call(session, "41612000", Q3, date(2026, 10, 24), "Петрова М. И.", "Пришлют")
