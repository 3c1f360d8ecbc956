"""The oblast as tiles in their rough places: the figure written in, a badge for holes; arrows walk by place."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.ui import icons
from app.ui.region.shown_figures import NO_RETURN, Told
from app.ui.region.tile_places import CITY, COLUMNS, ROWS, SHORTER, WATERS, Spot
from app.ui.russian_qt import font
from app.ui.theme import colour, tokens

WIDE, HIGH, GAP = 92, 60, 4
LEAST_WIDE, LEAST_HIGH = 84, 39
MOST_WIDE, MOST_HIGH = 124, 72
INK_ON_RAMP = "#101820"
"""On steps 1–4 of the ramp, in either theme; on step 5 white."""
CENTRE = int(Qt.AlignmentFlag.AlignCenter)


def ink_of(step: int) -> QColor:
    """The ink on a step of the ramp; without a step that of the theme."""
    return QColor("#FFFFFF") if step == 5 else QColor(INK_ON_RAMP) if step else colour("text2")


def ground_of(step: int) -> QColor:
    return QColor(tokens().ramp[step - 1]) if step else colour("surface")


class Tile(QAbstractButton):
    """One territory.  Enter, the space bar and a click on the current one open what lies behind."""

    def __init__(self, map_: TileMap, oktmo: str, spot: Spot, name: str) -> None:
        super().__init__(map_)
        self.oktmo, self.spot, self.name = oktmo, spot, name
        self.told = Told(NO_RETURN)
        self.holes = 0
        self._map = map_
        self.setCheckable(True)
        self.setObjectName(f"tile:{oktmo}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda: map_.press(self))

    def tell(self, told: Told, holes: int, title: str) -> None:
        self.told, self.holes = told, holes
        words = [self.name, f"{title}: {told.words or told.text}"]
        if holes:
            words.append(f"незакрытых категорий: {holes}")
        self.setAccessibleName(", ".join(words))
        self.setAccessibleDescription("Enter — потребности и услуги")
        self.setToolTip("\n".join(words))
        self.update()

    def focusInEvent(self, event) -> None:
        super().focusInEvent(event)
        self._map.choose(self.oktmo)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
        key = Qt.Key(event.key())
        if key in steps and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._map.walk(self, *steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._map.opened.emit(self.oktmo)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step, low = self.told.step, self.height() < 54
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setBrush(ground_of(step))
        painter.setPen(QPen(colour("field"), 1) if step <= 2 else Qt.PenStyle.NoPen)
        if not step:
            painter.setPen(QPen(colour("field"), 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(ink_of(step))
        painter.setFont(font(12))
        room = self.width() - 10
        fits = painter.fontMetrics().elidedText(self.spot.town, Qt.TextElideMode.ElideRight, room) == self.spot.town
        town = self.spot.town if fits else SHORTER.get(self.spot.town, self.spot.town)
        name = painter.fontMetrics().elidedText(town, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(8, 3 if low else 6, room, 18), int(Qt.AlignmentFlag.AlignVCenter), name)
        long = self.told.text[:1].isalpha() and len(self.told.text) > 6
        between = "–" in self.told.text  # «0–80» leaves room for the badge
        size = 12 if long else self._between(low) if between else 18 if low else 20
        painter.setFont(font(size, bold=not long))
        painter.drawText(
            QRect(8, self.height() - (26 if low else 32), room, 26), int(Qt.AlignmentFlag.AlignVCenter), self.told.text
        )
        if self.holes:
            self._paint_badge(painter)
        if self.isChecked() or self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("accent" if self.hasFocus() else "text"), 2))
            painter.drawRoundedRect(box, 4, 4)
            if self.hasFocus() and step == 5:  # the ring would be lost on a ground of its own colour
                painter.setPen(QPen(QColor("#FFFFFF"), 1))
                painter.drawRoundedRect(box.adjusted(2, 2, -2, -2), 3, 3)
        painter.end()

    def _between(self, low: bool) -> int:
        """Px of the type of «0–80»: the largest with which it does not run under the badge."""
        room = self.width() - 12 - (self._badge_wide() + 6 if self.holes else 0)
        sizes = (14, 12) if low else (16, 14, 12)
        fits = (one for one in sizes if QFontMetrics(font(one, bold=True)).horizontalAdvance(self.told.text) <= room)
        return next(fits, sizes[-1])

    def _badge_wide(self) -> int:
        return QFontMetrics(font(12, bold=True)).horizontalAdvance(str(self.holes)) + 26

    def _paint_badge(self, painter: QPainter) -> None:
        """White with a triangle, in either theme: it lies on the ramp, which has no dark twin."""
        painter.setFont(font(12, bold=True))
        text = str(self.holes)
        width = self._badge_wide()
        high, edge = (16, 4) if self.height() < 48 else (19, 6)
        badge = QRectF(self.width() - width - edge, self.height() - high - edge, width, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#FFFFFF"))
        painter.drawRoundedRect(badge, 4, 4)
        painter.drawPixmap(int(badge.left()) + 5, int(badge.center().y()) - 6, icons.pixmap("warning", "#7F5200", 13))
        painter.setPen(QColor("#7F5200"))
        painter.drawText(badge.adjusted(18, 0, -4, 0), CENTRE, text)


class TileMap(QWidget):
    """chosen(oktmo): another tile is current.  opened(oktmo): Enter on it."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.tiles: dict[str, Tile] = {}
        self.current = ""
        self.setAccessibleName("Карта области")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def lay(self, spots: dict[str, Spot], names: dict[str, str]) -> None:
        """The tiles of the districts that are expected, in reading order."""
        if list(self.tiles) != sorted(spots, key=lambda one: (spots[one].row, spots[one].column)):
            for tile in self.tiles.values():
                tile.hide()
                tile.deleteLater()
            self.tiles = {}
            for oktmo in sorted(spots, key=lambda one: (spots[one].row, spots[one].column)):
                self.tiles[oktmo] = Tile(self, oktmo, spots[oktmo], names[oktmo])
                self.tiles[oktmo].show()
            if self.current not in self.tiles:
                self.current = next(iter(self.tiles), "")
        self._place()

    def tell(self, told: dict[str, Told], holes: dict[str, int], title: str) -> None:
        for oktmo, tile in self.tiles.items():
            tile.tell(told.get(oktmo, Told(NO_RETURN, 0, NO_RETURN)), holes.get(oktmo, 0), title)

    def choose(self, oktmo: str) -> None:
        if oktmo not in self.tiles:
            return
        changed = oktmo != self.current
        self.current = oktmo
        for tile in self.tiles.values():
            tile.setChecked(tile.oktmo == oktmo)
            tile.update()
        if changed:
            self.chosen.emit(oktmo)

    def press(self, tile: Tile) -> None:
        """The first click chooses, one on the chosen tile opens it."""
        if tile.oktmo == self.current and tile.property("was_current"):
            self.opened.emit(tile.oktmo)
        for other in self.tiles.values():
            other.setProperty("was_current", other is tile)
        self.choose(tile.oktmo)

    def walk(self, tile: Tile, across: int, down: int) -> None:
        """To the nearest tile in that direction: along the row or column first, then what lies aslant."""
        here = tile.spot

        def far(other: Tile) -> tuple[int, int, int]:
            ahead = (other.spot.column - here.column) * across + (other.spot.row - here.row) * down
            aside = abs((other.spot.column - here.column) * down) + abs((other.spot.row - here.row) * across)
            return ahead + 2 * aside, aside, ahead

        ahead = [
            other
            for other in self.tiles.values()
            if (other.spot.column - here.column) * across + (other.spot.row - here.row) * down > 0
        ]
        if ahead:
            min(ahead, key=far).setFocus(Qt.FocusReason.TabFocusReason)

    def take_focus(self) -> None:
        tile = self.tiles.get(self.current) or next(iter(self.tiles.values()), None)
        if tile is not None:
            tile.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- sizes

    @property
    def rows(self) -> int:
        return max((tile.spot.row + 1 for tile in self.tiles.values()), default=ROWS)

    def _size(self) -> tuple[int, int]:
        wide = (self.width() - GAP * (COLUMNS - 1)) // COLUMNS
        high = (self.height() - GAP * (self.rows - 1)) // self.rows
        return max(LEAST_WIDE, min(MOST_WIDE, wide)), max(LEAST_HIGH, min(MOST_HIGH, high))

    def _box(self, column: int, row: int) -> QRect:
        wide, high = self._size()
        left = max(0, (self.width() - COLUMNS * (wide + GAP) + GAP) // 2)
        return QRect(left + column * (wide + GAP), row * (high + GAP), wide, high)

    def _place(self) -> None:
        for tile in self.tiles.values():
            tile.setGeometry(self._box(tile.spot.column, tile.spot.row))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(COLUMNS * (WIDE + GAP) - GAP, self.rows * (HIGH + GAP) - GAP)

    def minimumSizeHint(self) -> QSize:
        return QSize(COLUMNS * (LEAST_WIDE + GAP) - GAP, self.rows * (LEAST_HIGH + GAP) - GAP)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            for tile in self.tiles.values():
                tile.update()
            self.update()

    def paintEvent(self, _event) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        column, row, city = CITY
        box = QRectF(self._box(column, row)).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(colour("line"), 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(colour("muted"))
        painter.setFont(font(12))
        painter.drawText(box, CENTRE, city.replace("-", "-\n"))
        slanted = font(12)
        slanted.setItalic(True)
        painter.setFont(slanted)
        for column, row, water in WATERS:
            upper, lower = self._box(column, row), self._box(column, row + 1)
            painter.drawText(upper.united(lower), CENTRE, water.replace(" ", "\n"))
        painter.end()
