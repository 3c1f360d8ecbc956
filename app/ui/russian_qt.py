"""Qt in Russian: its own dialogs translated, dates and numbers as here, PT Sans on the screen."""

from __future__ import annotations

from importlib.resources import files

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

FAMILY = "PT Sans"
BASE_SIZE = 14
_FACES = ("PT_Sans-Web-Regular.ttf", "PT_Sans-Web-Bold.ttf", "PT_Sans-Web-Italic.ttf")


_MISSING = {"&Look in:": "&Папка:", "Files of &type:": "&Тип файлов:", "Drive": "Диск", "Folder": "Папка",
            "Unknown": "Неизвестно"}  # fmt: skip
"""What Qt's own Russian has no words for, in the dialogs that the program opens."""


class _Rest(QTranslator):
    def isEmpty(self) -> bool:
        return False

    def translate(self, _context: str, text: str, _comment: str | None = None, _n: int = -1) -> str:
        return _MISSING.get(text, "")


def speak_russian(app: QApplication) -> None:
    """Translations, locale and font; called once, before the first window."""
    QLocale.setDefault(QLocale(QLocale.Language.Russian, QLocale.Country.Russia))
    app.installTranslator(_Rest(app))  # the first one installed is asked last
    translator = QTranslator(app)
    if translator.load("qtbase_ru", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    load_fonts()
    app.setFont(font())


def load_fonts() -> None:
    """PT Sans from its package: without any font installed Qt would draw boxes."""
    folder = files("fontpkg_pt_sans") / "files"
    if FAMILY not in QFontDatabase.families():
        for face in _FACES:
            QFontDatabase.addApplicationFontFromData((folder / face).read_bytes())


def font(size: int = BASE_SIZE, *, bold: bool = False) -> QFont:
    """PT Sans of a size in px at 100 %."""
    made = QFont(FAMILY)
    made.setPixelSize(size)
    made.setBold(bold)
    return made
