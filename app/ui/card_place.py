"""Where the card of a record is: beside the table, or over it in a narrow window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtWidgets import QHBoxLayout, QWidget

NARROW = 1100
"""Logical px of the window under which the card lies over the table (LOOK, «Sizes»)."""


class CardPlace(QObject):
    """sheets: the table with its totals.  beside: the line they share with the card while there is room."""

    def __init__(self, card: QWidget, sheets: QWidget, beside: QHBoxLayout, browse: QWidget) -> None:
        super().__init__(browse)
        self._card, self._sheets, self._beside, self._browse = card, sheets, beside, browse
        self.over = False
        self._wanted = self._open = False
        browse.installEventFilter(self)

    def want(self, *, shown: bool) -> None:
        """Is there a record whose card may be seen?"""
        self._wanted = shown
        self._show()

    def open(self) -> None:
        """The card was asked for: it comes over the table where it has no place beside it."""
        self._open = True
        self._show()

    def close(self) -> bool:
        """Take it from over the table; False where it lies beside or is not open."""
        if not (self.over and self._open):
            return False
        self._open = False
        self._show()
        return True

    def fit(self, width: int) -> None:
        """width: of the window."""
        over = width < NARROW
        if over is not self.over:
            self.over = over
            if over:
                self._beside.removeWidget(self._card)
                self._card.setParent(self._browse)
            else:
                self._beside.addWidget(self._card)
                self._open = False
        self._show()

    def _show(self) -> None:
        self._card.setVisible(self._wanted and (not self.over or self._open))
        if self.over and self._wanted and self._open:
            self._lay()
            self._card.raise_()

    def _lay(self) -> None:
        """At the right of the table, as high as it."""
        spot = self._sheets.mapTo(self._browse, QPoint(0, 0))
        width = min(self._card.sizeHint().width(), self._sheets.width())
        left = spot.x() + self._sheets.width() - width
        self._card.setGeometry(left, spot.y(), width, self._sheets.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show) and watched is self._browse:
            self.fit(self._browse.window().width())
        elif event.type() == QEvent.Type.LayoutRequest and self.over and self._open:
            self._lay()
        return False
