"""What of the libraries is packed and what is not, for Linux (kurator-nko.spec) and Windows (windows/folder.py)."""

ICON_ENGINES = {"qsvgicon"}
IMAGE_FORMATS = {"qsvg", "qjpeg", "qico", "qgif"}
QT_MODULES = ("QtCore", "QtGui", "QtSvg", "QtWidgets")
"""What the program imports of PySide6: a test holds this to the source."""
QT_WORDS = "qtbase_ru.qm"
UNUSED_QT = ("Qt6Qml", "Qt6Quick", "Qt6VirtualKeyboard", "Qt6Network", "Qt6Pdf", "Qt6Sql", "Qt6Test", "Qt6Eglfs",
             "Qt6WlShellIntegration", "Qt6LabsStyle")  # fmt: skip
LOCALES = {"root", "ru", "ru_RU", "en", "en_001", "en_US"}
"""Of Babel."""
UNUSED_IMAGES = ("_avif", "_webp", "_imagingcms", "_imagingtk")
"""Of Pillow: formats that no paper has."""
NOT_RUN = "rewrite_first"
"""A module of the program that only its maintainers run."""
