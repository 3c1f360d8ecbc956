"""Editors of what is chosen: one code of a dictionary, several, several linked records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QComboBox, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.ui import icons
from app.ui.editors import Editor, Reading
from app.ui.link_editor import LinkEditor
from app.ui.theme import colour
from app.ui.tick_rows import TickRows
from app.ui.widgets import Button, clear, lay_now, scrolled, set_tone
from app.usecases.pasted import Named

MOST_CHOSEN = 6
"""Chosen records that are seen at once; more are scrolled."""
SHORT = 18
"""Characters of a line that names no record: with what is wrong they are as wide as the field."""


class Combo(QComboBox):
    """A combo box that paints itself: a QSS border would take its arrow away."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(32)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.setMaxVisibleItems(14)

    def sizeHint(self) -> QSize:
        return QSize(160, 32)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 32)

    def wheelEvent(self, event) -> None:
        event.ignore()  # a page that scrolls must not change a choice on its way

    def paintEvent(self, _event) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tone = str(self.property("tone") or "")
        strong = self.hasFocus() or tone
        name = {"err": "err_line", "warn": "warn_line"}.get(tone, "accent" if self.hasFocus() else "field")
        pen = painter.pen()
        pen.setColor(colour(name))
        pen.setWidth(2 if strong else 1)
        painter.setPen(pen)
        painter.setBrush(colour("surface" if self.isEnabled() else "raised"))
        inset = 1 if strong else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 4, 4)
        painter.drawPixmap(self.width() - 28, 8, icons.pixmap("caret-down", "text2", 16))
        text = self.currentText() or self.placeholderText()
        painter.setPen(colour("text" if self.currentText() else "muted"))
        box = self.rect().adjusted(11, 0, -32, 0)
        shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), shown)
        painter.end()


class ChoiceEditor(Editor):
    """One code of a dictionary, chosen by its title.  choices: code -> title."""

    def __init__(self, choices: dict[str, str], *, required: bool = False) -> None:
        super().__init__()
        self.combo = Combo()
        self.combo.setPlaceholderText("Выберите")
        if not required:
            self.combo.addItem("", None)
        for code, title in choices.items():
            self.combo.addItem(title, code)
        self.combo.setCurrentIndex(-1)
        self.combo.currentIndexChanged.connect(lambda _i: self.edited.emit())
        self.hold(self.combo)

    def read(self) -> Reading:
        return self.combo.currentData(), None

    def fill(self, value: Any, title: str = "") -> None:
        place = self.combo.findData(value) if value is not None else -1
        if place < 0 and value is not None:  # hidden or expired since: kept as it is
            self.combo.addItem(title or str(value), value)
            place = self.combo.count() - 1
        self.combo.setCurrentIndex(place)

    def restore(self, state: Any) -> None:
        self.fill(state if isinstance(state, str) else None)


class ChoicesEditor(Editor):
    """Several codes of a dictionary: a list with ticks.  title_of: words of a code that is no longer offered."""

    def __init__(self, choices: dict[str, str], title_of: Callable[[str], str] = str) -> None:
        super().__init__()
        self._title_of = title_of
        self.list = QListWidget()
        self.list.setFixedHeight(min(8, max(2, len(choices))) * 26 + 6)
        self.list.setProperty("boxed", "true")
        self.list.setItemDelegate(TickRows(self.list))
        for code, title in choices.items():
            self._add(code, title)
        self.list.itemChanged.connect(lambda _item: self.edited.emit())
        self.hold(self.list)

    def _add(self, code: str, title: str) -> QListWidgetItem:
        item = QListWidgetItem(title)
        item.setData(Qt.ItemDataRole.UserRole, code)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
        item.setCheckState(Qt.CheckState.Unchecked)
        item.setToolTip(title)
        item.setSizeHint(QSize(10, 26))
        self.list.addItem(item)
        return item

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(i) for i in range(self.list.count())]

    def read(self) -> Reading:
        chosen = (item for item in self._items() if item.checkState() == Qt.CheckState.Checked)
        return tuple(item.data(Qt.ItemDataRole.UserRole) for item in chosen), None

    def fill(self, value: Any, title: str = "") -> None:
        wanted = set(value or ())
        known = {item.data(Qt.ItemDataRole.UserRole): item for item in self._items()}
        for code in wanted - set(known):
            known[code] = self._add(code, self._title_of(code))
        for code, item in known.items():
            item.setCheckState(Qt.CheckState.Checked if code in wanted else Qt.CheckState.Unchecked)

    def state(self) -> list[str]:
        return list(self.read()[0])

    def restore(self, state: Any) -> None:
        self.fill(tuple(code for code in state if isinstance(code, str)) if isinstance(state, list) else ())


class LinksEditor(Editor):
    """Several records of another register: a field that adds, and the chosen ones below.

    named: a pasted text -> its lines as records.  Lines that name none stand among the chosen ones and stop the
    saving until they are taken out.
    """

    def __init__(
        self, adder: LinkEditor, name_of: Callable[[int], str], named: Callable[[str], Sequence[Named]]
    ) -> None:
        super().__init__()
        self._chosen: dict[int, str] = {}
        self._unknown: dict[str, str] = {}  # text of a pasted line -> what is wrong with it
        self._name_of, self._named = name_of, named
        self.adder = adder
        self.box = adder.box
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(adder)
        inner = self._inner = QWidget()
        self._rows = QVBoxLayout(inner)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(4)
        self._area = scrolled(inner)
        self._area.hide()
        column.addWidget(self._area)
        self.setFocusProxy(adder)
        adder.takes_lists = True
        adder.edited.connect(self._take)
        adder.pasted.connect(self.take_list)
        adder.left.connect(self.left)

    def _take(self) -> None:
        value, fault = self.adder.read()
        if value is not None and fault is None:
            self._chosen[value] = self.adder.box.text()
            self.adder.fill(None)
            self._show()
        self.edited.emit()

    def take_list(self, text: str) -> None:
        """Choose every record that a pasted list names; the other lines stand as what is still to be settled."""
        found = self._named(text)
        self._chosen |= {int(line.choice.code): line.choice.title for line in found if line.choice}
        self._unknown |= {line.text: line.told for line in found if line.choice is None}
        self._show()
        self.edited.emit()
        self.left.emit()

    def _show(self) -> None:
        clear(self._rows)
        if len(self._unknown) > 1:
            drop_all = Button(f"Убрать ненайденные ({len(self._unknown)})", "x", kind="link", act=self._drop_unknown)
            self._rows.addWidget(drop_all)
        for text, told in self._unknown.items():
            name, why = text, told.removeprefix(text)
            shown = f"{name[:SHORT].rstrip()}…{why}" if len(name) > SHORT else told
            button = Button(shown, "x", kind="pill", act=partial(self._drop_unknown, text))
            button.setToolTip(f"Убрать: {told}")
            button.setAccessibleName(f"Убрать из списка: {told}")
            self._rows.addWidget(button)
        for key, title in self._chosen.items():
            button = Button(title, "x", kind="pill-on", act=partial(self._drop, key))
            button.setToolTip("Убрать")
            button.setAccessibleName(f"Убрать: {title}")
            self._rows.addWidget(button)
        self._rows.addStretch(1)
        count = len(self._chosen) + len(self._unknown) + (len(self._unknown) > 1)
        self._area.setFixedHeight(min(count, MOST_CHOSEN) * 32)
        self._area.setVisible(count > 0)
        lay_now(self._inner)
        self.updateGeometry()

    def _drop_unknown(self, text: str = "") -> None:
        """Take out a line that names no record, or all of them."""
        self._unknown = {line: told for line, told in self._unknown.items() if text and line != text}
        self._show()
        self.edited.emit()
        self.box.setFocus()

    def _drop(self, key: int) -> None:
        self.take_out(key)
        self.box.setFocus()

    def take_out(self, key: int) -> None:
        """The record is not among the chosen ones any more."""
        self._chosen.pop(key, None)
        self._show()
        self.edited.emit()

    def name_of(self, key: int) -> str:
        """How a chosen record is called."""
        return self._chosen.get(key, "")

    def read(self) -> Reading:
        return tuple(self._chosen), self.adder.read()[1] or not_named(list(self._unknown.values())) or None

    def fill(self, value: Any, title: str = "") -> None:
        self._chosen = {key: self._name_of(key) for key in value or ()}
        self._unknown = {}
        self.adder.fill(None)
        self._show()

    def state(self) -> dict[str, Any]:
        return {"chosen": list(self._chosen), "typed": self.adder.state(), "unknown": dict(self._unknown)}

    def restore(self, state: Any) -> None:
        told = state if isinstance(state, dict) else {}
        self.fill(tuple(key for key in told.get("chosen", ()) if isinstance(key, int)))
        self.adder.restore(told.get("typed"))
        unknown = told.get("unknown")
        self._unknown = {str(line): str(why) for line, why in unknown.items()} if isinstance(unknown, dict) else {}
        self._show()

    def mark(self, tone: str) -> None:
        set_tone(self.adder.box, tone)


def not_named(told: Sequence[str]) -> str:
    """What stops the saving while lines of a pasted list name no record, or ''."""
    if not told:
        return ""
    more = f" и ещё {len(told) - 4}" if len(told) > 4 else ""
    return f"Найдите и выберите сами или уберите: {'; '.join(told[:4])}{more}."
