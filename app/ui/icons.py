"""Icons: Phosphor drawings of `resources/icons`, coloured by the theme, drawn once each.

A missing name must not raise inside a paintEvent (the painter stays open and the process ends),
so that it is drawn as an empty circle; a test asks for every name that the source uses.
"""

from __future__ import annotations

import logging
from functools import cache
from importlib.resources import files

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.ui.theme import colour

_FOLDER = files("resources") / "icons"
_log = logging.getLogger(__name__)


@cache
def _drawing(name: str) -> str:
    path = _FOLDER / f"{name}.svg"
    if not path.is_file():
        _log.error("no icon %s", name)
        path = _FOLDER / "circle-dashed.svg"
    return path.read_text(encoding="utf-8")


def exists(name: str) -> bool:
    return (_FOLDER / f"{name}.svg").is_file()


@cache
def _pixmap(name: str, hexed: str, size: int, ratio: float) -> QPixmap:
    picture = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer = QSvgRenderer(QByteArray(_drawing(name).replace("currentColor", hexed).encode()))
    renderer.render(painter, QRectF(0, 0, picture.width(), picture.height()))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def pixmap(name: str, tone: str = "text2", size: int = 16, ratio: float = 0.0) -> QPixmap:
    """The icon in the colour of a token (`err`, `muted`, …), size in logical pixels."""
    app = QGuiApplication.instance()
    return _pixmap(name, colour(tone).name(), size, ratio or (app.devicePixelRatio() if app else 1.0))


def icon(name: str, tone: str = "text2", size: int = 16) -> QIcon:
    """The icon for a button or a menu; disabled it is muted."""
    made = QIcon(pixmap(name, tone, size))
    made.addPixmap(pixmap(name, "muted", size), QIcon.Mode.Disabled)
    made.addPixmap(pixmap(name, tone, size), QIcon.Mode.Selected)
    return made
