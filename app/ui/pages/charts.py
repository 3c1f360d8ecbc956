"""Bars of the first page: drawn by a library, each a button that opens its records; beside it the twin table."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QByteArray, QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QBrush, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStackedWidget, QWidget

from app.core.russian import integer
from app.ui.desk import Desk
from app.ui.pages.plain_table import PlainTable
from app.ui.russian_qt import font
from app.ui.short_words import short_place
from app.ui.theme import colour
from app.ui.widgets import Button, Card, ElidingLabel, label, row, shortcut
from app.usecases.charted import Bar, grouped

_log = logging.getLogger(__name__)
Opener = Callable[[Bar], object]


class BarButton(QAbstractButton):
    """A bar with its words; Enter, the space bar and a click open its records, arrows go to the next one."""

    def __init__(self, chart: Chart, bar: Bar, *, meant: bool) -> None:
        super().__init__(chart)
        self.bar, self._meant, self._chart = bar, meant, chart
        self.setObjectName(f"bar:{bar.title}")
        self.setAccessibleName(f"{bar.title}: {integer(bar.count)}")
        self.setAccessibleDescription("Enter — записи за этой цифрой")
        self.setToolTip(f"{bar.title}: {integer(bar.count)}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up):
            self._chart.step(self, 1 if event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Down) else -1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._chart.paint_words(painter, self, meant=self._meant)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            pen = painter.pen()
            pen.setColor(colour("accent"))
            pen.setWidth(2)
            painter.setPen(pen)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.end()


class Chart(QWidget):
    """One series of bars.  drawn: the picture is there.  The library is imported when a chart is first painted."""

    drawn = Signal()
    upright = False

    def __init__(self, desk: Desk, open_bar: Opener) -> None:
        super().__init__()
        self._desk, self._open = desk, open_bar
        self.bars: tuple[Bar, ...] = ()
        self.buttons: list[BarButton] = []
        self._picture: QSvgRenderer | None = None
        self._boxes: Sequence[Any] = ()
        self._key: tuple[object, ...] = ()
        self._asked: tuple[object, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    # What the two kinds of charts say of themselves.

    def area(self) -> QRectF:
        """Where the bars lie, inside the words."""
        raise NotImplementedError

    def most(self) -> int:
        """How many bars there is room for."""
        raise NotImplementedError

    def place(self, number: int) -> QRectF:
        """The button of a bar: its whole step with the words."""
        raise NotImplementedError

    def meant(self) -> int:
        raise NotImplementedError

    def paint_words(self, painter: QPainter, button: BarButton, *, meant: bool) -> None:
        raise NotImplementedError

    # --- what is shown

    def show_bars(self, bars: tuple[Bar, ...]) -> None:
        self.bars = bars if any(bar.count for bar in bars) else ()
        self.setAccessibleDescription("; ".join(f"{bar.title}: {integer(bar.count)}" for bar in self.bars))
        self._lay(anew=True)

    def _lay(self, *, anew: bool = False) -> None:
        shown = grouped(self.bars, self.most()) if self.bars else ()
        if anew or [button.bar for button in self.buttons] != list(shown):
            focused = next((n for n, button in enumerate(self.buttons) if button.hasFocus()), None)
            for button in self.buttons:
                button.hide()
                button.deleteLater()
            self.buttons = []
            for number, bar in enumerate(shown):
                button = BarButton(self, bar, meant=number == (len(shown) - 1 if self.upright else 0))
                button.clicked.connect(lambda _on=False, bar=bar: self._open(bar))
                button.setEnabled(bool(bar.count))  # nothing stands behind a 0
                button.show()
                self.buttons.append(button)
            if focused is not None and self.buttons:
                self.buttons[min(focused, len(self.buttons) - 1)].setFocus()
        for number, button in enumerate(self.buttons):
            button.setGeometry(self.place(number).toRect())
        self.update()

    def step(self, button: BarButton, step: int) -> None:
        """To the next bar; at the ends it stays."""
        place = self.buttons.index(button) + step
        if 0 <= place < len(self.buttons):
            self.buttons[place].setFocus(Qt.FocusReason.TabFocusReason)

    def box(self, button: BarButton) -> Any:
        """Where the library laid the bar, or None while it is not drawn."""
        number = self.buttons.index(button) if button in self.buttons else -1
        return self._boxes[number] if 0 <= number < len(self._boxes) and self._key == self._wanted() else None

    # --- the library's part

    def _wanted(self) -> tuple[object, ...]:
        area = self.area()
        inks = (colour("bar").name(), colour("accent").name(), colour("line").name())
        figures = tuple(0 if button.bar.rest else button.bar.count for button in self.buttons)
        return (figures, area.width(), area.height(), inks)

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        if not self.bars:
            painter.setFont(font(13))
            painter.setPen(colour("muted"))
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), "Данных пока нет")
        elif self._picture is not None and self._key == self._wanted():
            self._picture.render(painter, self.area())
        elif self._asked != self._wanted():
            self._asked = self._wanted()
            QTimer.singleShot(0, self, self._ask)
        painter.end()

    def _ask(self) -> None:
        wanted = self._wanted()
        figures, width, height, inks = wanted
        meant = self.meant()

        def draw(_progress: object) -> Any:
            from app.reports import chart_drawing  # reportlab: 80 ms, after the first paint and in a thread

            kind = chart_drawing.columns if self.upright else chart_drawing.rows
            return kind(figures, meant, chart_drawing.Inks(*inks), width, height)  # type: ignore[arg-type, misc]

        def failed(error: BaseException) -> None:
            _log.warning("a chart was not drawn: %s", type(error).__name__)  # its words and the table stand

        self._desk.jobs.run("Диаграмма", draw, lambda made: self._take(wanted, made), failed, pool="pure", quiet=True)

    def _take(self, wanted: tuple[object, ...], made: Any) -> None:
        self._key, self._boxes = wanted, made.boxes
        self._picture = QSvgRenderer(QByteArray(made.svg.encode()))
        for widget in (self, *self.buttons):
            widget.update()
        self.drawn.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 60)


class Columns(Chart):
    """Upright bars of a time: the last one is now."""

    upright = True
    OVER, UNDER, BESIDE = 22, 26, 16

    @property
    def under(self) -> int:
        """Room of the words at the foot."""
        return self.UNDER + (self.BESIDE if any(bar.beside for bar in self.bars) else 0)

    def area(self) -> QRectF:
        return QRectF(0, self.OVER, self.width(), max(1, self.height() - self.OVER - self.under))

    def most(self) -> int:
        return max(1, len(self.bars))  # of a time none is put together with others

    def place(self, number: int) -> QRectF:
        step = self.width() / max(1, len(self.buttons))
        return QRectF(number * step, 0, step, self.height())

    def meant(self) -> int:
        return len(self.buttons) - 1

    def paint_words(self, painter: QPainter, button: BarButton, *, meant: bool) -> None:
        box = self.box(button)
        floor = self.height() - self.under
        top = self.OVER + box.top if box is not None else floor
        painter.setFont(font(13, bold=meant))
        painter.setPen(colour("text"))
        centre = int(Qt.AlignmentFlag.AlignCenter)
        painter.drawText(QRectF(0, top - 20, button.width(), 18), centre, integer(button.bar.count))
        painter.setPen(colour("text" if meant else "text2"))
        painter.drawText(QRectF(0, floor + 3, button.width(), 20), centre, button.bar.label)
        painter.setFont(font(12, bold=button.bar.part))
        painter.drawText(QRectF(0, floor + 21, button.width(), self.BESIDE), centre, button.bar.beside)
        if button.bar.part and box is not None:
            at = QRectF(box.left - button.x(), top, box.width, box.height)
            painter.fillRect(at, QBrush(colour("surface"), Qt.BrushStyle.BDiagPattern))


class Rows(Chart):
    """Lying bars of a ranking: the first one is the largest; what finds no room is «другие», a figure alone."""

    ROW, FIGURE = 22, 40

    def _label(self) -> int:
        return min(150, self.width() // 2)

    def _step(self) -> float:
        return min(32.0, self.height() / max(1, len(self.buttons)))

    def area(self) -> QRectF:
        room = self.width() - self._label() - self.FIGURE
        return QRectF(self._label(), 0, max(1, room), max(1.0, self._step() * len(self.buttons)))

    def most(self) -> int:
        return max(2, self.height() // self.ROW)

    def place(self, number: int) -> QRectF:
        return QRectF(0, number * self._step(), self.width(), self._step())

    def meant(self) -> int:
        return 0

    def paint_words(self, painter: QPainter, button: BarButton, *, meant: bool) -> None:
        painter.setFont(font(13))
        painter.setPen(colour("text2"))
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        room = self._label() - 10
        text = painter.fontMetrics().elidedText(short_place(button.bar.label), Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(2, 0, room, button.height()), middle, text)
        box = self.box(button)
        ends = self._label() + (box.left + box.width if box is not None else 0) - (7 if button.bar.rest else 0)
        painter.setFont(font(13, bold=meant))
        painter.setPen(colour("text"))
        painter.drawText(QRectF(ends + 7, 0, self.FIGURE, button.height()), middle, integer(button.bar.count))


class ChartCard(Card):
    """A title, what is counted and since when, the bars, and «Таблица»: the same figures to read out and to copy.

    spoken: the title in full, for a screen reader.  copied: tells what went to the clipboard.
    """

    def __init__(
        self, title: str, spoken: str, beside: str, head: str, chart: Chart, copied: Callable[[str], object]
    ) -> None:
        super().__init__(spacing=4)
        self.chart, self._title, self._head, self._copied = chart, spoken, head, copied
        self.turn = Button("Таблица", kind="link", act=self.toggle)
        self.turn.setObjectName(f"table:{spoken}")
        self.turn.setAccessibleName(f"{spoken}: таблица")
        self._beside = ElidingLabel("", 13, tone="muted")
        self.say_beside(beside)
        line = row(label(title, 15, bold=True), self._beside, self.turn)
        line.setStretch(1, 1)
        self.rows.setContentsMargins(16, 8, 16, 12)
        self.rows.addLayout(line)
        self.stack = QStackedWidget()
        self.table = PlainTable(((head, 200), ("Число", 80)), fill=0, right=(1,))
        self.table.setAccessibleName(f"{spoken}, таблица")
        self.table.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)  # the card says how high it is
        self.table.opened.connect(self._open)
        shortcut(self.table, QKeySequence(QKeySequence.StandardKey.Copy).toString(), self.copy)
        self.stack.addWidget(chart)
        self.stack.addWidget(self.table)
        self.rows.addWidget(self.stack, 1)

    def say_beside(self, beside: str) -> None:
        """What is counted, and what of it has no bar."""
        self._beside.setText(beside)
        self.chart.setAccessibleName(f"{self._title}, {beside}")

    def show_bars(self, bars: tuple[Bar, ...]) -> None:
        self.chart.show_bars(bars)
        self.table.show_rows([(bar.title, integer(bar.count)) for bar in bars])

    def toggle(self) -> None:
        """From bars to figures and back; Enter on a line opens its records, Ctrl+C copies all."""
        as_table = self.stack.currentIndex() == 0
        self.stack.setCurrentIndex(int(as_table))
        self.turn.say("Диаграмма" if as_table else "Таблица")
        self.turn.setAccessibleName(f"{self._title}: {'диаграмма' if as_table else 'таблица'}")
        if as_table:
            self.table.choose(0)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def copy(self) -> None:
        lines = [f"{self._head}\tЧисло", *(f"{bar.title}\t{bar.count}" for bar in self.chart.bars)]
        QGuiApplication.clipboard().setText("\n".join(lines))
        self._copied(f"Скопировано: {self._title.lower()}.")

    def _open(self, place: int) -> None:
        if 0 <= place < len(self.chart.bars) and self.chart.bars[place].count:
            self.chart._open(self.chart.bars[place])

    def first(self) -> QWidget:
        """What F6 stops at."""
        if self.stack.currentIndex():
            return self.table
        return self.chart.buttons[0] if self.chart.buttons else self.turn
