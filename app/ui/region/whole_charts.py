"""«Графики»: main figures of the oblast by quarter; a bar is a button that opens its districts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.core.periods import ROMAN, Quarter
from app.core.russian import plural
from app.core.text import NBSP
from app.ui.desk import Desk
from app.ui.page import Window
from app.ui.pages.charts import ChartCard, Columns
from app.ui.region.picture import DISTRICTS, EXPECTED, Picture, plain_figures
from app.ui.widgets import scrolled
from app.usecases.charted import Bar

NEEDS = "4.end"
"""No cell but the sum of a column of table 4."""
FIGURES = (
    ("101.quarter", "НКО на учёте", "на конец квартала", 1),
    ("211.3.quarter", "Финансовая поддержка", "тыс. ₽ за квартал", 1000),
    ("301.quarter", "Услуги центров", "записей за квартал", 1),
    ("302.quarter", "НКО получили услуги", "разных за квартал", 1),
    (NEEDS, "Открытые потребности", "на конец квартала", 1),
    ("501.quarter", "Соглашения с бизнесом", "действует на конец квартала", 1),
)
"""(cell, title, what is counted, divisor)."""


@dataclass(frozen=True, slots=True)
class QuarterBar(Bar):
    """A figure of a quarter: there are no records with ids behind it, but districts."""

    quarter: Quarter = field(default=Quarter(2000, 1))
    figure: int = 0

    @property
    def count(self) -> int:
        return self.figure


class WholeCharts(QWidget):
    """open_bar(quarter, cell)."""

    def __init__(self, desk: Desk, window: Window, open_bar: Callable[[Quarter, str], object]) -> None:
        super().__init__()
        inner = QWidget()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(inner))
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(12)
        self.cards: dict[str, ChartCard] = {}
        for place, (cell, title, beside, _) in enumerate(FIGURES):

            def opened(bar: Bar, cell: str = cell) -> None:
                if isinstance(bar, QuarterBar):
                    open_bar(bar.quarter, cell)

            card = ChartCard(title, f"{title} по кварталам", beside, "Квартал", Columns(desk, opened), window.notify)
            card.setMinimumHeight(172)
            self.cards[cell] = card
            grid.addWidget(card, place // 2, place % 2)

    def show_picture(self, picture: Picture) -> None:
        told = {**picture.series, picture.quarter: plain_figures(picture.whole)}
        for cell, _, beside, divisor in FIGURES:
            bars = tuple(_bars(told, cell, divisor))
            without = sorted(told.keys() - {bar.quarter for bar in bars})
            self.cards[cell].say_beside(f"{beside}; {_no_bar(without)}" if without else beside)
            self.cards[cell].show_bars(bars)

    def take_focus(self) -> None:
        next(iter(self.cards.values())).first().setFocus()


def _bars(told: Mapping[Quarter, Mapping[str, Decimal]], cell: str, divisor: int) -> Iterator[QuarterBar]:
    """Quarters in which the figure is known, each with how many districts stand behind it; an interval has no bar."""
    for quarter, cells in sorted(told.items()):
        value = _open_needs(cells) if cell == NEEDS else cells.get(cell)
        if value is None:
            continue
        figure = int((value / divisor).quantize(Decimal(1), ROUND_HALF_UP))
        label = _short(quarter)
        behind, expected = int(cells.get(DISTRICTS, 0)), int(cells.get(EXPECTED, 0))
        title = f"{quarter.title}, {behind}{NBSP}из{NBSP}{plural(expected, 'района', 'районов', 'районов')}"
        beside = f"{behind}{NBSP}из{NBSP}{expected}"
        yield QuarterBar(
            label, title, "", (), beside=beside, part=behind < expected, quarter=quarter, figure=figure
        )


def _no_bar(quarters: Sequence[Quarter]) -> str:
    """«II 26 без состава»: a district sent bare numbers, so that the oblast has an interval and no height."""
    return f"{', '.join(map(_short, quarters))} без состава"


def _short(quarter: Quarter) -> str:
    return f"{ROMAN[quarter.number - 1]}{NBSP}{quarter.year % 100:02d}"


def _open_needs(cells: Mapping[str, Decimal]) -> Decimal | None:
    found = [value for cell, value in cells.items() if cell.startswith("4.") and cell.endswith(".end.quarter")]
    return sum(found, Decimal(0)) if found else None
