"""The rail at the left: pages by icon and word, badge of what has a term, folded by F9."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from app.ui import icons
from app.ui.russian_qt import font
from app.ui.short_words import short_place
from app.ui.theme import colour
from app.ui.widgets import ElidingLabel, clear

WIDE, NARROW = 176, 56


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the rail."""

    key: str
    title: str
    icon: str
    hint: str = ""


PLACES = (
    Place("summary", "Сводка", "house"),
    Place("ngo", "НКО", "buildings"),
    Place("support", "Поддержка", "currency-rub"),
    Place("service", "Услуги центров", "handshake"),
    Place("need", "Потребности", "lifebuoy"),
    Place("partner", "Партнёры", "briefcase"),
    Place("practice", "Практики", "star"),
    Place("returns", "Отчёты", "file-text"),
)
BELOW = (Place("settings", "Настройки", "gear"), Place("help", "Справка", "question", "F1"))
TABS: dict[str, tuple[tuple[str, str], ...]] = {
    "summary": (
        ("summary", "Сводка"), ("appeal", "Обращения"), ("reminder", "Напоминания"), ("calendar", "Календарь"),
    ),
    "ngo": (("ngo", "НКО"), ("calling", "Обзвон"), ("contacts", "Контакты"), ("merge", "Похожие карточки")),
    "support": (
        ("support", "Решения"), ("recipients", "Реестр получателей"), ("event", "Мероприятия"),
        ("programme", "Программы"), ("grant_contest", "Конкурсы грантов"), ("grant_application", "Заявки"),
    ),
    "service": (("service", "Услуги"), ("centre", "Центры"), ("package", "Комплексы")),
    "partner": (
        ("partner", "Партнёры"), ("agreement", "Соглашения"), ("offer", "Предложения"), ("request", "Запросы НКО"),
    ),
}  # fmt: skip
"""Registers that share a page of the rail, with the words of their tabs."""
HOME = {key: place for place, tabs in TABS.items() for key, _ in tabs} | {
    "import": "ngo", "return": "returns", "differences": "returns", "templates": "returns",
    "history": "summary", "calendar_entry": "summary", "personal_exports": "ngo", "regional": "settings",
    "about": "help", "story": "ngo", "document": "ngo", "states": "ngo", "packet": "settings", "who": "settings",
}  # fmt: skip
"""The page of the rail to which a page without its own belongs."""
FIND = Place("find", "Найти всё", "magnifying-glass", "Ctrl+K")


@dataclass(frozen=True, slots=True)
class Plan:
    """The pages of a role: places of the rail, tabs of a place, the place of a page, the page shown first.

    first: also where one comes back to when a page that was left is gone.
    """

    places: tuple[Place, ...]
    below: tuple[Place, ...]
    tabs: Mapping[str, tuple[tuple[str, str], ...]]
    home: Mapping[str, str]
    first: str
    region: bool = False

    @property
    def numbered(self) -> Iterator[tuple[int, Place]]:
        """What Ctrl+1…9 open: the places, then the settings."""
        return enumerate((*self.places, self.below[0]), 1)

    def has(self, key: str) -> bool:
        """Whether a refusal may lead to this page; of a district's every one is there."""
        own = {place.key for place in (*self.places, *self.below)}
        return not self.region or key in own or key in self.home

    def opened_by(self, key: str) -> str:
        """The page that a place of the rail opens: its first tab, or itself."""
        return self.tabs[key][0][0] if key in self.tabs else key


DISTRICT = Plan(PLACES, BELOW, TABS, HOME, "summary")


class RailItem(QAbstractButton):
    """One page: current has a tint, a 3 px bar and bold text."""

    def __init__(self, place: Place, *, boxed: bool = False) -> None:
        super().__init__()
        self.place = place
        self.badge = 0
        self.folded = False
        self._boxed = boxed
        self.setCheckable(not boxed)
        self.setText(place.title)
        self.setToolTip(place.title)
        self.setAccessibleName(place.title)
        self.setFixedHeight(34 if boxed else 44)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        return QSize(NARROW if self.folded else WIDE, self.height())

    def enterEvent(self, event) -> None:
        self.setToolTip(self.place.title if self.folded else "")
        super().enterEvent(event)

    def paintEvent(self, _event) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body = QRectF(8, 2 if not self._boxed else 1, self.width() - 16, 40 if not self._boxed else 32)
        current = self.isChecked()
        painter.setPen(Qt.PenStyle.NoPen)
        if current or self.underMouse():
            ground = colour("rail_on")
            ground.setAlpha(255 if current else 110)
            painter.setBrush(ground)
            painter.drawRoundedRect(body, 4, 4)
        if current:
            painter.setBrush(colour("#82B6F2"))
            painter.drawRoundedRect(QRectF(8, body.top() + 8, 3, body.height() - 16), 1.5, 1.5)
        if self._boxed or self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(colour("#82B6F2" if self.hasFocus() else "rail_on"))
            painter.drawRoundedRect(body.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        ink = "#FFFFFF" if current else "rail_text"
        size = 16 if self._boxed and not self.folded else 20
        x = (self.width() - size) / 2 if self.folded else 18 + (0 if self._boxed else 1)
        painter.drawPixmap(int(x), int(body.center().y() - size / 2 + 0.5), icons.pixmap(self.place.icon, ink, size))
        if not self.folded:
            painter.setPen(colour(ink))
            painter.setFont(font(14 if not self._boxed else 13, bold=current))
            left = 48 if not self._boxed else 40
            painter.drawText(body.adjusted(left - 8, 0, -8, 0), int(Qt.AlignmentFlag.AlignVCenter), self.place.title)
            if self.place.hint:
                painter.setPen(colour("rail_muted"))
                painter.setFont(font(13))
                painter.drawText(
                    body.adjusted(0, 0, -8, 0),
                    int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight),
                    self.place.hint,
                )
        self._paint_badge(painter, body)
        painter.end()

    def _paint_badge(self, painter: QPainter, body: QRectF) -> None:
        if not self.badge:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("badge"))
        if self.folded:
            painter.drawEllipse(QRectF(body.right() - 14, body.top() + 6, 8, 8))
            return
        spot = QRectF(body.right() - 32, body.center().y() - 9, 24, 18)
        painter.drawRoundedRect(spot, 9, 9)
        painter.setPen(colour("on_badge"))
        painter.setFont(font(12, bold=True))
        painter.drawText(spot, int(Qt.AlignmentFlag.AlignCenter), str(self.badge))


class Rail(QWidget):
    """The left column.  chosen(key): a page, `find` or `help`."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.folded = False
        self._forced = False
        self.setFixedWidth(WIDE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 22)
        column.setSpacing(0)
        self._program = ElidingLabel("Куратор НКО", 16, bold=True)
        self._territory = ElidingLabel("", 13)
        for item, height in ((self._program, 24), (self._territory, 18)):
            item.setFixedHeight(height)
            item.setContentsMargins(16, 0, 8, 0)
            column.addWidget(item)
        column.addSpacing(8)
        self.items: dict[str, RailItem] = {}
        self._pages = QVBoxLayout()
        self._pages.setSpacing(0)
        self.plan = DISTRICT
        self._add(FIND, column, boxed=True)
        column.addSpacing(8)
        column.addLayout(self._pages, 1)
        self._lay()
        self._colours()

    def _lay(self) -> None:
        for place in self.plan.places:
            self._add(place, self._pages)
        self._pages.addStretch(1)
        for place in self.plan.below:
            self._add(place, self._pages)

    def _add(self, place: Place, into: QVBoxLayout, *, boxed: bool = False) -> None:
        item = RailItem(place, boxed=boxed)
        item.clicked.connect(lambda: self.chosen.emit(place.key))
        self.items[place.key] = item
        into.addWidget(item)

    def show_plan(self, plan: Plan) -> None:
        """The pages of another role."""
        if plan is self.plan:
            return
        self.plan = plan
        clear(self._pages)
        self.items = {FIND.key: self.items[FIND.key]}
        self._lay()
        self.fold(self.folded)

    def _colours(self) -> None:
        for item, name in ((self._program, "#FFFFFF"), (self._territory, "rail_muted")):
            palette = item.palette()
            palette.setColor(item.foregroundRole(), colour(name))
            item.setPalette(palette)
            item.setStyleSheet(f"color: {colour(name).name()};")

    def show_territory(self, name: str) -> None:
        self._territory.setText(short_place(name))

    def show_current(self, key: str) -> None:
        for name, item in self.items.items():
            item.setChecked(name == self.plan.home.get(key, key))

    def show_badge(self, key: str, number: int) -> None:
        self.items[key].badge = number
        self.items[key].update()

    def fold(self, folded: bool) -> None:
        self.folded = folded
        self.setFixedWidth(NARROW if folded else WIDE)
        self._program.setVisible(not folded)
        self._territory.setVisible(not folded)
        for item in self.items.values():
            item.folded = folded
            item.updateGeometry()
            item.update()

    def paintEvent(self, _event) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("rail"))
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_program"):
            self._colours_once()
        super().changeEvent(event)

    def _colours_once(self) -> None:
        # setStyleSheet itself raises PaletteChange: only a new theme gets through.
        wanted = colour("rail_muted").name()
        if wanted not in self._territory.styleSheet():
            self._colours()
