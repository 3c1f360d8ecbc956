"""The calendar of the year: terms on working days, what was late, what waits."""

from __future__ import annotations

from datetime import date

from app.core.periods import Quarter
from app.returns.life import State
from app.usecases import quarter_returns as returns
from app.usecases import return_life
from app.usecases.return_calendar import Due, calendar_of_year
from app.usecases.setup import save_unit
from tests.factories import District
from tests.returns.test_freezing import SIGNERS

Q3 = Quarter(2026, 3)


def year(district: District, number: int = 2026) -> dict[int, Due]:
    return {due.quarter.number: due for due in district.read(calendar_of_year, number)}


def test_terms_fall_on_working_days(district: District) -> None:
    """10 October 2026 is a Saturday, 10 January 2027 a Sunday."""
    found = year(district)
    assert [found[n].due_on for n in (1, 2, 3, 4)] == [
        date(2026, 4, 10), date(2026, 7, 10), date(2026, 10, 12), date(2027, 1, 11),
    ]  # fmt: skip


def test_nothing_is_asked_for_before_the_records_begin(district: District) -> None:
    assert all(due.outside and not due.days_late for due in year(district, 2025).values())


def test_what_is_not_handed_in_grows_late_day_by_day(district: District) -> None:
    assert (year(district.at("2026-09-30"))[3].running, year(district)[3].waits) == (True, False)
    assert (year(district.at("2026-10-12"))[3].days_late, year(district)[3].days_left) == (0, 0)
    late = year(district.at("2026-10-15"))[3]
    assert (late.days_late, late.state, late.waits) == (3, State.DRAFT, True)


def test_the_day_of_the_sending_decides(district: District) -> None:
    district.write(save_unit, SIGNERS)
    for n in (1, 2):
        district.at("2026-10-05").write(returns.freeze, Quarter(2026, n), kind="return")
    district.write(returns.freeze, Q3, kind="return")
    assert year(district)[3].waits
    district.at("2026-10-14").write(return_life.send, Q3, "почтой", on=date(2026, 10, 14), kind="return")
    sent = year(district.at("2026-12-01"))[3]
    assert (sent.days_late, sent.state, sent.waits) == (2, State.SENT, False)
    district.write(return_life.send_back, Q3, text="исправьте", kind="return")
    back = year(district)[3]
    assert (back.state, back.waits, back.days_late) == (State.SENT_BACK, True, 2)
