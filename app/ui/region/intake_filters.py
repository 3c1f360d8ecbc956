"""The filters over the files of an intake: by result, with counts; of all that came by district and period too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from app.core.russian import integer
from app.core.text import NBSP
from app.ui.desk import Desk
from app.ui.pages.choice_pill import ChoicePill
from app.ui.region.intake_words import WORDS, district
from app.usecases import region_came
from app.usecases.intake_names import MISNAMED
from app.usecases.received import territories
from app.usecases.region_came import CameRow


class IntakeFilters:
    """last: the rows of the last call, or None while everything that came is shown."""

    def __init__(self, desk: Desk, last: Callable[[], Iterable[CameRow] | None]) -> None:
        self._desk, self._last = desk, last
        self.result = ChoicePill("Результат", self._results)
        self.district = ChoicePill("Район", self._districts)
        self.quarter = ChoicePill("Период", self._quarters)
        self.pills = (self.result, self.district, self.quarter)

    @property
    def shown(self) -> tuple[ChoicePill, ...]:
        """Those that say something of what is shown: files of one call are few, and mostly of one period."""
        return self.pills if self._last() is None else (self.result,)

    @property
    def on(self) -> bool:
        return any(pill.code is not None for pill in self.shown)

    def clear(self) -> bool:
        """Whether there was anything to clear."""
        held = [pill for pill in self.shown if pill.code is not None]
        for pill in held:
            pill.choose(None)
        return bool(held)

    def of_last(self) -> list[CameRow]:
        """Rows of the last call with the chosen result."""
        code = self.result.code
        return [one for one in self._last() or () if code is None or code in _results_of(one)]

    def _results(self) -> dict[str, str]:
        last = self._last()
        if last is None:
            return {result: words[0] for result, words in WORDS.items() if "answer" not in result}
        counts = Counter(result for one in last for result in _results_of(one))
        return {result: f"{words[0]}{NBSP}· {integer(counts[result])}" for result, words in WORDS.items()
                if counts[result]}  # fmt: skip

    def _districts(self) -> dict[str, str]:
        found = {one.code: district(one.name) for one in self._desk.read(territories) if one.valid_to is None}
        return dict(sorted(found.items(), key=lambda pair: pair[1]))

    def _quarters(self) -> dict[Any, str]:
        return {quarter: quarter.title for quarter in self._desk.read(region_came.quarters_of)}


def _results_of(row: CameRow) -> tuple[str, ...]:
    """A file whose name speaks of another return is found by that too."""
    return (row.result, MISNAMED) if row.misnamed else (row.result,)
