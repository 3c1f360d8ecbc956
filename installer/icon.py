"""The icon of the menu in the sizes that desktops without SVG ask for: `python icon.py ICON.svg FOLDER`."""

import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SIZES = (48, 128)

if __name__ == "__main__":
    drawing, folder = Path(sys.argv[1]), Path(sys.argv[2])
    app = QGuiApplication([])
    for size in SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        QSvgRenderer(str(drawing)).render(painter)
        painter.end()
        if not image.save(str(folder / f"{drawing.stem}-{size}.png")):
            sys.exit(f"Не записан значок {size}")
