"""The centres of a duplicate side by side: what each did, its money, its records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.russian import amount, day, percents, plural, roubles
from app.core.text import NBSP
from app.region.costs import money_of
from app.region.duplicates import Duplicate
from app.returns.snapshot import ServiceRow
from app.ui.region.opened_rows import evidence
from app.ui.region.picture import Picture
from app.ui.widgets import Card, ElidingLabel, clear, lay_now, scrolled, separator, wrapped

NO_MONEY = "деньги неизвестны"
MOST = 4
"""Centres that stand side by side; more are told by the records."""


@dataclass(frozen=True, slots=True)
class Side:
    """One centre: volume and money in words, and its records a line each."""

    centre: str
    figures: str
    lines: tuple[str, ...]


def sides_of(picture: Picture, one: Duplicate) -> tuple[Side, ...]:
    """By centre; money from the plans that the region keeps, where they tell any."""
    keys = picture.whole.keys
    shares = {share.centre: share for share in money_of(one, picture.whole, picture.costs)}
    found = []
    for centre in one.centres:
        share = shares.get(centre)
        records = [(oktmo, row) for oktmo, row in one.records if keys.of(row.centre) == centre]
        volume = amount(share.volume) if share is not None else "0"
        money = roubles(share.money) if share is not None and share.money is not None else NO_MONEY
        planned = [line for _, line in one.lines if keys.of(line.centre) == centre]
        told = f"объём {volume}"
        if planned:
            plan = sum((line.plan or Decimal(0) for line in planned), Decimal(0))
            told = f"сделано {volume} из {amount(plan)}" + (
                f" ({percents(share.volume * 100 / plan)})" if plan and share is not None else ""
            )
        lines = tuple(_line(picture, oktmo, row) for oktmo, row in records)
        if not lines:
            lines = ("За квартал услуг нет.",)
        found.append(Side(picture.centre(centre), f"{told} · {money}", lines))
    return tuple(found)


def _line(picture: Picture, oktmo: str, row: ServiceRow) -> str:
    hours = f", {amount(row.hours)}{NBSP}ч" if row.hours else ""
    others = plural(len(row.recipients), "получатель", "получателя", "получателей")
    return f"{day(row.provided_on)}, {picture.brief(oktmo)}{hours}, {others}, {evidence(row)}"


class SideBySide(Card):
    """Columns of equal width; each scrolls."""

    def __init__(self) -> None:
        super().__init__(margin=12, spacing=12, horizontal=True)
        self.sides: tuple[Side, ...] = ()
        self.setAccessibleName("Центры рядом")

    def show_sides(self, sides: Sequence[Side]) -> None:
        self.sides = tuple(sides[:MOST])
        clear(self.rows)
        for place, side in enumerate(self.sides):
            if place:
                self.rows.addWidget(separator(vertical=True))
            self.rows.addWidget(self._column(side), 1)
        self.setAccessibleDescription(
            ". ".join(f"{side.centre}: {side.figures}; {'; '.join(side.lines)}" for side in self.sides)
        )
        lay_now(self)

    def _column(self, side: Side) -> QWidget:
        column = QWidget()
        rows = QVBoxLayout(column)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        rows.addWidget(ElidingLabel(side.centre, 14, bold=True))
        rows.addWidget(ElidingLabel(side.figures, 13, tone="text2"))
        inner = QWidget()
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(0, 4, 0, 0)
        lines.setSpacing(4)
        width = max(150, (self.width() - 60) // max(1, len(self.sides)) - 24)
        for text in side.lines:
            lines.addWidget(wrapped(text, width, 13), 0, Qt.AlignmentFlag.AlignTop)
        lines.addStretch(1)
        rows.addWidget(scrolled(inner), 1)
        return column

    def resizeEvent(self, event) -> None:
        wide = event.oldSize().width() != event.size().width()
        super().resizeEvent(event)
        if wide and self.sides:
            self.show_sides(self.sides)

