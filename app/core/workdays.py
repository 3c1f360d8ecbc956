"""Working days by a calendar that the unit may edit (terms of 3 working days, the 10th of a month)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from app.core.periods import Quarter


@dataclass(frozen=True)
class WorkCalendar:
    """Monday to Friday, but for the days named: day -> is it a working day."""

    exceptions: Mapping[date, bool] = field(default_factory=dict)

    def is_working(self, day: date) -> bool:
        return self.exceptions.get(day, day.weekday() < 5)

    def working_day_from(self, day: date) -> date:
        """The day itself or, if it is not a working one, the next that is."""
        while not self.is_working(day):
            day += timedelta(days=1)
        return day

    def working_day_until(self, day: date) -> date:
        """The day itself or, if it is not a working one, the last before it that is."""
        while not self.is_working(day):
            day -= timedelta(days=1)
        return day

    def answer_due(self, received: date, days: int = 30) -> date:
        """The last day to answer an appeal.

        59-ФЗ counts calendar days and says nothing of days off; administrations take the working day
        before one, so that the answer is never late.  Never before the day it came.
        """
        return max(received, self.working_day_until(received + timedelta(days=days)))

    def after(self, day: date, working_days: int) -> date:
        """The day that lies so many working days after the given one: the last day of a term."""
        while working_days:
            day += timedelta(days=1)
            working_days -= self.is_working(day)
        return day

    def return_due(self, quarter: Quarter, day_of_month: int = 10) -> date:
        """The last day to hand in the return of the quarter: the 10th, or the next working day."""
        return self.working_day_from(quarter.next.first_day.replace(day=day_of_month))
