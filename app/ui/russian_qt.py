"""Qt in Russian: its own dialogs translated, dates and numbers as here, PT Sans on the screen."""

from __future__ import annotations

from importlib.resources import files

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

FAMILY = "PT Sans"
BASE_SIZE = 14
_FACES = ("PT_Sans-Web-Regular.ttf", "PT_Sans-Web-Bold.ttf", "PT_Sans-Web-Italic.ttf")


def speak_russian(app: QApplication) -> None:
    """Translations, locale and font; called once, before the first window."""
    QLocale.setDefault(QLocale(QLocale.Language.Russian, QLocale.Country.Russia))
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
