"""The strip above the board: figures of the quarter or year that is looked at, and the legend under it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.region.board_words import LEGEND, LOOKS, facts
from app.ui.widgets import Card, Icon, clear, label, row
from app.usecases.region_grid import Counts


class FactStrip(QWidget):
    """A card a figure; low ones where the window is low."""

    def __init__(self) -> None:
        super().__init__()
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(8)
        self.told: tuple[str, ...] = ()
        self._shown: tuple[Counts, bool] | None = None

    def show_counts(self, counts: Counts, *, low: bool) -> None:
        if (counts, low) == self._shown:
            return
        self._shown = (counts, low)
        clear(self._line)
        found = facts(counts)
        self.told = tuple(f"{figure} {words}" for figure, words, _, _ in found)
        self.setAccessibleName(", ".join(self.told))
        for figure, words, icon, tone in found:
            card = Card(margin=0, horizontal=True)
            card.setFixedHeight(32 if low else 40)
            card.rows.setContentsMargins(12, 0, 8, 0)
            card.rows.setSpacing(6)
            if icon:
                card.rows.addWidget(Icon(icon, tone, 16 if low else 20))
            size = 15 if low else 20
            card.rows.addWidget(label(figure, size, bold=True, tone="" if tone == "text" else tone))
            card.rows.addWidget(label(words, 13, tone="text2"))
            card.rows.addStretch(1)
            self._line.addWidget(card)


def legend() -> QWidget:
    """What the icons of the board mean."""
    signs: list[QWidget | int | None] = []
    for standing, words in LEGEND:
        signs += [Icon(LOOKS[standing][0], LOOKS[standing][1]), label(words, 13, tone="text2"), 8]
    made = QWidget()
    made.setLayout(row(*signs, None, spacing=4, margins=(0, 0, 0, 0)))
    return made
