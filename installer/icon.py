"""The sign of the program: `python icon.py ICON.svg FOLDER` for Linux, `… FILE.ico` or `FILE.bmp` for Windows."""

import io
import sys
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SIZES = (48, 128)
OF_WINDOWS = (16, 20, 24, 32, 40, 48, 64, 128, 256)
"""What the taskbar, lists and tiles ask for, at 100, 125 and 150 %."""
PANEL, SIGN, ACCENT = (164, 314), 96, "#1D5FA7"
"""The left side of an installation's first page: its size is what NSIS asks for."""


def drawn(drawing: Path, size: int) -> bytes:
    """PNG."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(drawing)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG"):
        sys.exit(f"Не записан значок {size}")
    return bytes(buffer.data().data())


if __name__ == "__main__":
    drawing, target = Path(sys.argv[1]), Path(sys.argv[2])
    app = QGuiApplication([])
    if target.suffix == ".ico":
        images = [Image.open(io.BytesIO(drawn(drawing, size))) for size in OF_WINDOWS]
        images[-1].save(target, format="ICO", sizes=[image.size for image in images], append_images=images[:-1])
    elif target.suffix == ".bmp":
        panel, sign = Image.new("RGB", PANEL, ACCENT), Image.open(io.BytesIO(drawn(drawing, SIGN)))
        panel.paste(sign, ((PANEL[0] - SIGN) // 2, (PANEL[0] - SIGN) // 2), sign)
        panel.save(target)
    else:
        for size in SIZES:
            (target / f"{drawing.stem}-{size}.png").write_bytes(drawn(drawing, size))
