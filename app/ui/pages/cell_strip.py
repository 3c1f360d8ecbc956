"""The strip under the grid of a return: the current cell, the records behind it, its eight quarters as bars."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.core.periods import Quarter
from app.core.russian import decimal, plural
from app.returns.compare import figures
from app.returns.snapshot import QuarterReturn
from app.ui.theme import colour
from app.ui.widgets import Button, ElidingLabel, label, row

SHOWN = 8
BAR, GAP, HEIGHT = 10, 4, 28
TOLD = 136  # px that the cell and its value have at least


class QuarterBars(QWidget):
    """Small bars of one figure, a quarter each; the last is the one at hand.  Read out and told as a tooltip."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[tuple[str, Decimal]] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_rows(self, rows: Sequence[tuple[str, Decimal]]) -> None:
        self.rows = rows
        told = [f"{title}: {_written(value)}" for title, value in rows]
        self.setAccessibleName("По кварталам")
        self.setAccessibleDescription("; ".join(told))
        self.setVisible(len(rows) > 1)
        self.updateGeometry()
        self.update()

    def fit(self, words: QWidget, room: int) -> None:
        """Show the bars, and the words of them, where there are any and there is room.  room: px that others leave."""
        room -= self.sizeHint().width() + 8
        self.setVisible(len(self.rows) > 1 and room >= 0)
        words.setVisible(len(self.rows) > 1 and room >= words.sizeHint().width() + 8)

    def sizeHint(self) -> QSize:
        return QSize(len(self.rows) * (BAR + GAP), HEIGHT)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.accessibleDescription().replace("; ", "\n"), self)
            return True
        return super().event(event)

    def paintEvent(self, _event) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        most = max((abs(value) for _, value in self.rows), default=Decimal(0)) or Decimal(1)
        for place, (_, value) in enumerate(self.rows):
            height = max(2.0, float(abs(value) / most) * (HEIGHT - 2))
            painter.setBrush(colour("accent" if place == len(self.rows) - 1 else "bar"))
            painter.drawRect(QRectF(place * (BAR + GAP), HEIGHT - height, BAR, height))
        painter.end()


class CellStrip(QWidget):
    """told: cell and value; behind: how many records; «Показать записи» opens them."""

    def __init__(self, open_records: Callable[[], object]) -> None:
        super().__init__()
        self.told = ElidingLabel("", 13, bold=True)
        self.behind = label("", 13, tone="text2")
        self.show_records = Button("Показать записи", kind="link", key="Enter", act=open_records)
        self.quarters = label("", 13, tone="muted")
        self.bars = QuarterBars()
        line = row(self.told, self.behind, self.show_records, self.quarters, self.bars, margins=(10, 6, 10, 6))
        line.setStretch(0, 1)
        self.setLayout(line)
        self._past: dict[Quarter, dict[str, Decimal]] = {}
        self.clear()

    def remember(self, approved: Iterable[QuarterReturn]) -> None:
        """Figures of the quarters approved before, oldest first."""
        self._past = {}
        for ret in list(approved)[-(SHOWN - 1) :]:
            known = {cell: Decimal(value) for cell, value in figures(ret) if isinstance(value, int | Decimal)}
            self._past[ret.head.quarter] = known

    def clear(self) -> None:
        self.told.setText("")
        self.behind.setText("")
        self.show_records.hide()
        self.bars.show_rows(())
        self._fit()

    def tell(self, words: str, behind: str, *, records: bool) -> None:
        self.told.setText(words)
        self.behind.setText(behind)
        self.show_records.setVisible(records)
        self._fit()

    def show_quarters(self, cell: str, now: QuarterReturn | None) -> None:
        """The bars of a cell, where at least one quarter before had a figure in it."""
        rows: list[tuple[str, Decimal]] = []
        if now is not None and cell.endswith((".quarter", ".year")):
            past = [(q, known[cell]) for q, known in self._past.items() if cell in known and q < now.head.quarter]
            here = {found: value for found, value in figures(now) if found == cell}.get(cell)
            if isinstance(here, int | Decimal):
                rows = [(q.title, value) for q, value in past] + [(now.head.quarter.title, Decimal(here))]
        self.bars.show_rows(rows)
        self.quarters.setText(plural(len(rows), "квартал", "квартала", "кварталов"))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The cell and its value are read first: in a narrow window the quarters make room for them."""
        shown = [self.behind, *([self.show_records] if not self.show_records.isHidden() else [])]
        room = self.width() - 20 - TOLD - sum(widget.sizeHint().width() + 8 for widget in shown)
        self.bars.fit(self.quarters, room)


def _written(value: Decimal) -> str:
    return decimal(value, 0 if value == value.to_integral_value() else 2)
