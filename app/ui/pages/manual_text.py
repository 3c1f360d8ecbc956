"""The text of the manual with its pictures, each as wide as the page has room for and sharp on any screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QResizeEvent, QTextDocument, QTextImageFormat
from PySide6.QtWidgets import QTextBrowser

WIDEST = 1000  # px: the pictures are of a window of 1366
_IMAGE = QTextDocument.ResourceType.ImageResource


class ManualText(QTextBrowser):
    """A QTextBrowser that reads pictures of the manual's own folders alone."""

    def __init__(self, folder: Path | None) -> None:
        super().__init__()
        self._folder = folder
        self._fitted = 0

    def show_text(self, markdown: str) -> None:
        self._fitted = 0
        self.setMarkdown(markdown)
        self.fit()

    def pictures(self) -> Iterator[QTextImageFormat]:
        """The pictures of the text, in its order."""
        block = self.document().begin()
        while block.isValid():
            for fragment in block:
                shape = fragment.fragment().charFormat()
                if shape.isImageFormat():
                    yield shape.toImageFormat()
            block = block.next()

    def fit(self) -> None:
        """Give each picture the width that there is now."""
        width = min(WIDEST, self.viewport().width() - 24)
        if width == self._fitted or width < 100:
            return
        self._fitted = width
        for picture in list(self.pictures()):
            self.document().addResource(_IMAGE, QUrl(picture.name()), self._scaled(picture.name(), width))
        self.document().markContentsDirty(0, self.document().characterCount())

    def _scaled(self, name: str, width: int) -> QImage:
        path = self.file_of(name)
        image = QImage(str(path)) if path is not None else QImage()
        ratio = self.devicePixelRatioF()
        wanted = min(round(width * ratio), round(image.width() * ratio))
        if not image.isNull():
            image = image.scaledToWidth(wanted, Qt.TransformationMode.SmoothTransformation)
            image.setDevicePixelRatio(ratio)
        return image

    def file_of(self, name: str) -> Path | None:
        """The file of a picture; None for one that lies elsewhere or is not there."""
        if self._folder is None:
            return None
        path = (self._folder / name).resolve()
        inside = path.is_relative_to(self._folder.resolve().parent)
        return path if inside and path.is_file() else None

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Nothing is read but what `fit` has put there: no address leads out of the manual."""
        return QImage() if kind == _IMAGE.value else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
