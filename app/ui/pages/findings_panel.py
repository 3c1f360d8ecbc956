"""The panel beside a return: the verdict, and findings with their explanations typed in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.core.russian import plural
from app.returns.checks import Finding, Report, Severity
from app.returns.life import Remark
from app.ui.naming import name_widgets
from app.ui.theme import colour
from app.ui.widgets import (
    Button,
    Card,
    Icon,
    clear,
    label,
    lay_now,
    row,
    scrolled,
    separator,
    set_tone,
    wrapped,
)

WIDTH = 336
MOST = 80
NAME = WIDTH - 150  # px of a cell's name: beside it stand the icon and the number of the check


class FindingView(QWidget):
    """One finding: cell, number of the check, sentence; a warning has a line for its explanation."""

    pressed = Signal(object)
    explained = Signal(object, str)

    def __init__(self, finding: Finding, cell: str, *, typed: bool) -> None:
        super().__init__()
        self.finding = finding
        self.chosen = False
        error = finding.severity is Severity.ERROR
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{cell}, контроль {finding.check}: {finding.text}")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 12, 10)
        column.setSpacing(4)
        mark = Icon("warning-circle" if error else "warning", "err" if error else "warn")
        number = label(f"контроль {finding.check}" if finding.check else "область", 13, tone="muted")
        head = QHBoxLayout()
        head.setSpacing(8)
        for part in (mark, wrapped(cell, NAME, bold=True), number):
            head.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
        head.insertStretch(2, 1)
        column.addLayout(head)
        column.addWidget(wrapped(finding.text, WIDTH - 46, 13))
        self.line: QLineEdit | None = None
        if error:
            return
        if finding.explanation:
            told = wrapped(f"пояснено: {finding.explanation}", WIDTH - 70, 13, tone="ok")
            column.addLayout(row(Icon("check", "ok"), told))
        if typed and finding.check and not finding.explanation:
            self.line = QLineEdit()
            self.line.setPlaceholderText("Пояснение для графы 10")
            self.line.setAccessibleName(f"Пояснение: {cell}, контроль {finding.check}")
            self.line.returnPressed.connect(self._explain)
            self.line.installEventFilter(self)
            column.addWidget(self.line)

    def _explain(self) -> None:
        if self.line is not None and self.line.text().strip():
            self.explained.emit(self.finding, self.line.text().strip())

    def eventFilter(self, watched, event: QEvent) -> bool:
        if watched is self.line and event.type() == QEvent.Type.FocusIn:
            self.pressed.emit(self)
        return False

    def mousePressEvent(self, event) -> None:
        self.pressed.emit(self)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pressed.emit(self)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event) -> None:
        painter = QPainter(self)
        if self.chosen:
            painter.fillRect(self.rect(), colour("select"))
            painter.fillRect(0, 0, 3, self.height(), colour("accent"))
        painter.setPen(colour("line"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        if self.hasFocus():
            painter.setPen(colour("accent"))
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
        painter.end()


class FindingsPanel(Card):
    """opened(finding): go to its cell and records.  explained(finding, text)."""

    opened = Signal(object)
    explained = Signal(object, str)

    def __init__(self) -> None:
        super().__init__(margin=1, spacing=0)
        self.setFixedWidth(WIDTH)
        self.verdict = QWidget()
        self.verdict.setObjectName("verdict")
        self.verdict.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.verdict.setFixedHeight(70)
        line = QHBoxLayout(self.verdict)
        line.setContentsMargins(16, 8, 16, 8)
        line.setSpacing(12)
        self.icon = Icon("check-circle", "ok", 32)
        self.title = label("", 20, bold=True)
        self.counts = label("", 14)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.counts)
        line.addWidget(self.icon)
        line.addLayout(words, 1)
        self.rows.addWidget(self.verdict)
        inner = self._inner = QWidget()
        self._list = QVBoxLayout(inner)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        self.area = scrolled(inner)
        self.rows.addWidget(self.area, 1)
        self.rows.addWidget(separator())
        self.ran = label("", 13, tone="muted")
        self.protocol = Button("Протокол", kind="link")
        self.rows.addLayout(row(self.ran, None, self.protocol, margins=(16, 6, 8, 6)))
        self.views: list[FindingView] = []

    def say(self, tone: str, title: str, counts: str) -> None:
        """The verdict's words, with the icon of its tone."""
        icon = {"ok": "check-circle", "warn": "warning", "": "clock"}.get(tone, "warning-octagon")
        self.icon.show_icon(icon, tone or "text2")
        set_tone(self.verdict, tone)
        for words, text in ((self.title, title), (self.counts, counts)):
            words.setText(text)
            set_tone(words, tone)

    def show_report(
        self, report: Report, told: Callable[[str], str], *, typed: bool, may: bool = True,
        remarks: Sequence[Remark] = (),
    ) -> None:  # fmt: skip
        """told: cell -> its words.  typed: explanations may be typed (the return is not frozen).

        may: by who is at work.  remarks: what the region asks to mend; they stand first.
        """
        if report.errors:
            self.say("err", "Утвердить нельзя", report.verdict)
        else:
            rest = len(report.unexplained)
            told_rest = f"без пояснения: {rest}" if rest else "ошибок нет"
            warned = plural(len(report.warnings), "предупреждение", "предупреждения", "предупреждений")
            self.say("ok", "Готов", f"{warned}, {told_rest}" if report.warnings else "Ошибок и предупреждений нет")
        clear(self._list)
        self.views = []
        asked = tuple(Finding("", Severity.WARNING, remark.cell, remark.text) for remark in remarks)
        for title, tone, found, beside in (
            ("Замечания области", "warn", asked, "исправьте в уточнённом"),
            ("Ошибки", "err", report.errors, "не дают утвердить" if typed else "по записям сегодня"),
            ("Предупреждения", "warn", report.warnings, "нужно пояснение" if typed else "по записям сегодня"),
        ):
            if not found:
                continue
            band = QWidget()
            band.setObjectName("band")
            band.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            band.setFixedHeight(32)
            words = (label(title, 13, bold=True, tone=tone), label(f"{len(found)}, {beside}", 13, tone=tone))
            band.setLayout(row(*words, None, margins=(16, 0, 12, 0)))
            self._list.addWidget(band)
            for finding in found[:MOST]:
                view = FindingView(finding, told(finding.cell), typed=typed and may)
                view.pressed.connect(self.choose)
                view.explained.connect(self.explained)
                self.views.append(view)
                self._list.addWidget(view)
            if len(found) > MOST:
                self._list.addWidget(label(f"  ещё {len(found) - MOST}: все — в протоколе", 13, tone="muted"))
        if report.unchecked:
            for text in [f"Не проверялось: контроль {u.check}. {u.text}" for u in report.unchecked[:12]]:
                quiet = wrapped(text, WIDTH - 48, 13, tone="muted")
                quiet.setContentsMargins(16, 4, 12, 4)
                quiet.setFixedHeight(quiet.height() + 16)
                quiet.setFixedWidth(WIDTH - 20)
                self._list.addWidget(quiet)
        self._list.addStretch(1)
        name_widgets(self, "return.findings")
        lay_now(self._inner)
        self.ran.setText(f"Проверено {plural(report.ran, 'правило', 'правила', 'правил')}")

    def choose(self, view: FindingView) -> None:
        for other in self.views:
            other.chosen = other is view
            other.update()
        self.area.ensureWidgetVisible(view)
        self.opened.emit(view.finding)

    def walk(self, step: int) -> None:
        """F8: the next finding, round and round."""
        if not self.views:
            return
        here = next((i for i, view in enumerate(self.views) if view.chosen), -1 if step > 0 else 0)
        self.choose(self.views[(here + step) % len(self.views)])
