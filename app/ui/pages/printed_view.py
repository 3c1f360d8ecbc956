"""A PDF on the screen, page under page, as it will be printed (pypdfium2)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPixmap
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.ui.widgets import Button, lay_now, row, scrolled

DOTS = 110  # to the inch: readable at 1366 px
BESIDE = 72  # px at the sides of a page: margins and the scroll bar


class PrintedView(QWidget):
    """Shows the pages of a PDF given as bytes; above them, to print annexes Д and Е too and to save what is seen."""

    def __init__(self, add_annexes: Callable[[], object], save: Callable[[], object]) -> None:
        super().__init__()
        self.content = b""
        self.name = ""  # of the file to save
        self.annexes = Button("Добавить приложения Д и Е", "printer", act=add_annexes)
        self.save = Button("Сохранить этот PDF", "file-pdf", act=save)
        inner = self._inner = QWidget()
        self._pages = QVBoxLayout(inner)
        self._pages.setContentsMargins(24, 8, 24, 24)
        self._pages.setSpacing(16)
        self.area = scrolled(inner)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row(self.annexes, self.save, None, margins=(0, 0, 0, 8)))
        column.addWidget(self.area)
        self.count = 0

    def show_pdf(self, content: bytes, name: str, *, whole: bool) -> None:
        """name: of the file.  whole: nothing can be added to it."""
        self.content, self.name = content, name
        self.annexes.setVisible(not whole)
        import pypdfium2  # type: ignore[import-untyped]  # only who looks at a paper pays for it

        while (item := self._pages.takeAt(0)) is not None:
            if item.widget() is not None:
                item.widget().deleteLater()
        document = pypdfium2.PdfDocument(content)
        try:
            self.count = len(document)
            room = max(self.area.width() - BESIDE, 480)
            for page in document:
                scale = min(DOTS / 72, room / page.get_width())
                self._pages.addWidget(sheet(page, scale), 0, Qt.AlignmentFlag.AlignHCenter)
                page.close()
        finally:
            document.close()
        self._pages.addStretch(1)
        lay_now(self._inner)
        self.area.verticalScrollBar().setValue(0)


def sheet(page, scale: float) -> QLabel:
    """A page of an open PDF as it will be printed, `scale` pixels to a point."""
    app = QGuiApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
    bitmap = page.render(scale=scale * ratio, rev_byteorder=True)
    formats = {1: QImage.Format.Format_Grayscale8, 3: QImage.Format.Format_RGB888, 4: QImage.Format.Format_RGBX8888}
    raw = bytes(bitmap.buffer)
    image = QImage(raw, bitmap.width, bitmap.height, bitmap.stride, formats[bitmap.n_channels])
    picture = QPixmap.fromImage(image.copy())
    picture.setDevicePixelRatio(ratio)  # sharp on a screen of 150 %
    made = QLabel()
    made.setPixmap(picture)
    made.setStyleSheet("background: #FFFFFF; border: 1px solid #D8DFE7;")
    made.setFixedSize(round(bitmap.width / ratio) + 2, round(bitmap.height / ratio) + 2)
    bitmap.close()
    return made
