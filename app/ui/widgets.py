"""Small pieces every page is made of: labels, buttons, cards, chips, shortcuts."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QKeyEvent, QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.core.text import unparted_phones
from app.ui import icons
from app.ui.russian_qt import font
from app.ui.theme import colour

_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,."
_CYRILLIC = "йцукенгшщзхъфывапролджэячсмитьбю"
TONES = {"": ("raised", "text2"), "accent": ("soft", "accent_text"), "err": ("err_soft", "err"),
         "warn": ("warn_soft", "warn"), "ok": ("ok_soft", "ok")}  # fmt: skip
"""Ground and text of a chip by its tone."""


def set_tone(widget: QWidget, tone: str, name: str = "tone") -> None:
    """Change a dynamic property that QSS reads; Qt wants to be told."""
    if widget.property(name) == tone:
        return
    widget.setProperty(name, tone)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def label(text: str = "", size: int = 14, *, bold: bool = False, tone: str = "", wrap: bool = False) -> QLabel:
    """wrap: over several lines, in which a telephone stays in one piece (Qt copies its spaces as ordinary ones)."""
    made = QLabel(unparted_phones(text) if wrap else text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setFont(font(size, bold=bold))
    made.setProperty("tone", tone)
    made.setWordWrap(wrap)
    return made


def wrapped(text: str, width: int, size: int = 14, *, bold: bool = False, tone: str = "") -> QLabel:
    """Text in lines of a fixed width: nested layouts report a wrong height for wrapped labels, so it is fixed too."""
    made = label(text, size, bold=bold, tone=tone, wrap=True)
    policy = made.sizePolicy()
    policy.setHeightForWidth(False)
    made.setSizePolicy(policy)
    made.setFixedWidth(width)
    made.setFixedHeight(max(made.heightForWidth(width), made.fontMetrics().height()))
    return made


class ElidingLabel(QLabel):
    """A line of text that is cut with «…» where it does not fit, and whole in its tooltip."""

    def __init__(self, text: str = "", size: int = 14, *, bold: bool = False, tone: str = "") -> None:
        super().__init__(text)
        self.setFont(font(size, bold=bold))
        self.setProperty("tone", tone)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(24, self.fontMetrics().height())

    def setFixedWidth(self, width: int) -> None:
        """A layout gives an ignored width no room at all, not even a fixed one."""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        super().setFixedWidth(width)

    def paintEvent(self, _event) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        room = self.contentsRect().width()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        self.setToolTip(self.text() if shown != self.text() else "")
        box = self.contentsRect()
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | self.alignment()), shown)
        painter.end()


class Icon(QLabel):
    """An icon beside a word, recoloured with the theme."""

    def __init__(self, name: str, tone: str = "text2", size: int = 16) -> None:
        super().__init__()
        self._spec = (name, tone, size)
        self.setFixedSize(size, size)
        self._draw()

    def show_icon(self, name: str, tone: str) -> None:
        self._spec = (name, tone, self._spec[2])
        self._draw()

    def _draw(self) -> None:
        self.setPixmap(icons.pixmap(*self._spec))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)


class Button(QPushButton):
    """A verb, with its icon and, three spaces after it, its key.  kind: primary, link, pill, tab, bare or ''."""

    def __init__(
        self,
        text: str = "",
        icon: str = "",
        *,
        kind: str = "",
        key: str = "",
        tone: str = "",
        act: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self._icon, self._tone = icon, tone
        self.word = text
        self.key = key
        self.mnemonic = ""
        self._write()
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._draw()
        if act is not None:
            self.clicked.connect(lambda *_: act())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button it stands on, but in forms and dialogs, which have their own way with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() and not self._leaves_enter():
            self.click()
        else:
            super().keyPressEvent(event)

    def _leaves_enter(self) -> bool:
        above = self.parentWidget()
        while above is not None:
            if getattr(above, "enter_is_own", False):
                return True
            above = above.parentWidget()
        return False

    def say(self, text: str, icon: str | None = None) -> None:
        self.word = text
        self._write()
        if icon is not None:
            self._icon = icon
            self._draw()

    def tone_icon(self, icon: str, tone: str) -> None:
        """Another icon in another tone; '' takes it away."""
        self._icon, self._tone = icon, tone
        if icon:
            self._draw()
        else:
            self.setIcon(QIcon())
    def text(self) -> str:
        """What a person reads: the word, and its key three spaces after it."""
        return f"{self.word}   {self.key}" if self.key else self.word

    def underline(self, letter: str) -> None:
        """Show by which letter Alt presses the button; the key itself is `mnemonics`' matter."""
        self.mnemonic = letter
        self._write()

    def _write(self) -> None:
        shown = self.text().replace("&", "&&")
        place = shown.lower().find(self.mnemonic.lower()) if self.mnemonic else -1
        self.setText(f"{shown[:place]}&{shown[place:]}" if place >= 0 else shown)
        # Qt would listen for the letter in the whole window, also under a dialog.
        self.setShortcut(QKeySequence())

    def set_kind(self, kind: str) -> None:
        set_tone(self, kind, "kind")
        self._draw()

    def _draw(self) -> None:
        if self._icon:
            tone = self._tone or {"primary": "on_accent", "link": "accent_text", "pill-on": "accent_text"}.get(
                str(self.property("kind")), "text2"
            )
            self.setIcon(icons.icon(self._icon, tone, 16))
            self.setIconSize(QSize(16, 16))
        elif not self.icon().isNull():
            self.setIcon(QIcon())  # a pill that was taken off

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)


class Chip(QWidget):
    """A label with a tone: «действует», «Ошибок: 2».  It is not clickable."""

    def __init__(self, text: str = "", tone: str = "", icon: str = "") -> None:
        super().__init__()
        self._text, self._tone, self._icon = text, tone, icon
        self.setFont(font(13))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def say(self, text: str, tone: str = "", icon: str = "") -> None:
        self._text, self._tone, self._icon = text, tone, icon
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        return self._text

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._text) + (36 if self._icon else 16), 22)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event) -> None:
        painter = QPainter(self)
        ground, ink = TONES[self._tone]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(ground))
        painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        left = 8
        if self._icon:
            painter.drawPixmap(6, 3, icons.pixmap(self._icon, ink, 16))
            left = 28
        painter.setPen(colour(ink))
        painter.drawText(self.rect().adjusted(left, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), self._text)
        painter.end()


class Card(QFrame):
    """A white sheet with a border; `rows` is its layout."""

    def __init__(self, *, margin: int = 16, spacing: int = 8, horizontal: bool = False) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self.rows: QBoxLayout = QHBoxLayout(self) if horizontal else QVBoxLayout(self)
        self.rows.setContentsMargins(margin, margin, margin, margin)
        self.rows.setSpacing(spacing)


def separator(*, vertical: bool = False) -> QFrame:
    line = QFrame()
    line.setProperty("separator", "true")
    if vertical:
        line.setFixedWidth(1)
    else:
        line.setFixedHeight(1)
    return line


def scrolled(inner: QWidget) -> QScrollArea:
    """The widget in an area that scrolls down, never sideways."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    inner.setProperty("clear", "true")
    area.setWidget(inner)
    area.viewport().setAutoFillBackground(False)
    inner.setAutoFillBackground(False)
    return area


def row(
    *items: QWidget | int | None, spacing: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QHBoxLayout:
    """Widgets side by side; a number is a gap, None takes the rest."""
    made = QHBoxLayout()
    made.setContentsMargins(*margins)
    made.setSpacing(spacing)
    for item in items:
        if item is None:
            made.addStretch(1)
        elif isinstance(item, int):
            made.addSpacing(item)
        else:
            made.addWidget(item)
    return made


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let Qt delete it."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


def lay_now(inner: QWidget) -> None:
    """Lay out what was just put in.

    Qt shows new children of a visible widget one turn later, and until then counts their heights as nothing:
    a card filled anew would be painted once with all its lines on top of each other.
    """
    for child in inner.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if child.isHidden() and not child.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
            child.show()
    QCoreApplication.sendEvent(inner, QEvent(QEvent.Type.LayoutRequest))


def to_latin(letter: str) -> str:
    """The Latin letter on the key of a Cyrillic one, in capitals; a Latin one is itself."""
    low = letter.lower()
    return (_LATIN[_CYRILLIC.index(low)] if low in _CYRILLIC else low).upper()


def shortcut(owner: QWidget, keys: str, act: Callable[[], object]) -> QShortcut:
    """A key of the owner and all inside it; a letter works under the Russian layout too (Ctrl+K, Ctrl+Л)."""
    made = QShortcut(QKeySequence(keys), owner)
    head, _, last = keys.rpartition("+")
    if head and last.lower() in _LATIN and len(last) == 1:
        twin = _CYRILLIC[_LATIN.index(last.lower())].upper()
        made.setKeys([QKeySequence(keys), QKeySequence(f"{head}+{twin}")])
    made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    made.activated.connect(lambda: act())
    made.activatedAmbiguously.connect(lambda: act())
    return made
