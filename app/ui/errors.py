"""How what went wrong is told: a refusal in its own words, anything else as one report to copy.

The report has versions and the places in the code, never messages or values of the fault: they
may carry personal data, and file paths may carry a person's name.
"""

from __future__ import annotations

import logging
import platform
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import QTimer, qVersion
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from app import __version__
from app.core.errors import AppError, Cancelled
from app.ui.dialogs import Dialog
from app.ui.remedies import Remedy
from app.ui.widgets import Button

_log = logging.getLogger(__name__)
_PACKAGES = ("PySide6-Essentials", "SQLAlchemy", "alembic", "reportlab", "openpyxl", "python-calamine")


def report_of(error: BaseException, page: str = "") -> str:
    """Versions, the page and the traceback without messages, values and folders."""
    lines = [f"kurator-nko {__version__}", *(f"{name} {_version(name)}" for name in _PACKAGES)]
    lines += [f"Python {platform.python_version()}, Qt {qVersion()}, {platform.system()} {platform.release()}"]
    lines += [f"Страница: {page or '—'}", ""]
    link: BaseException | None = error
    while link is not None:
        lines.append(f"{type(link).__module__}.{type(link).__qualname__}")
        for frame in traceback.extract_tb(link.__traceback__):
            lines.append(f"  {_bare(frame.filename)}:{frame.lineno} {frame.name}")
        link = link.__cause__ or link.__context__
    return "\n".join(lines)


def _version(name: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return "—"


def _bare(filename: str) -> str:
    parts = Path(filename).parts
    for anchor in ("site-packages", "app", "tests"):
        if anchor in parts:
            start = parts.index(anchor)
            return "/".join(parts[start + (anchor == "site-packages") :])
    return Path(filename).name


class ErrorTeller:
    """Tells errors over the window; also the program's `sys.excepthook`."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self.remedy: Callable[[AppError, Callable[[], object] | None], Remedy | None] = lambda error, again: None
        self.stopped: Callable[[], object] = lambda: None
        self.page: Callable[[], str] = lambda: ""  # the key of the page that is open
        self.told: list[BaseException] = []
        self.dialog: Dialog | None = None

    def tell(self, error: BaseException, again: Callable[[], object] | None = None) -> None:
        """Tell over the window.  again: does once more what was refused, where that may help."""
        if isinstance(error, Cancelled):  # she knows
            self.stopped()
            return
        self.told.append(error)
        if self.dialog is not None:
            self.dialog.close_dialog(done=False)
        if isinstance(error, AppError):
            self.dialog = self._refusal(error, again)
        else:
            report = report_of(error, self.page())
            _log.error("unexpected\n%s", report)  # never the message: it may carry values
            self.dialog = _fault_dialog(report)
        self.dialog.closed.connect(self._forget)
        first = self.dialog.primary if self.dialog.primary.isVisibleTo(self.dialog) else self.dialog.leave
        self.dialog.open_over(self._window, first)

    def _refusal(self, error: AppError, again: Callable[[], object] | None) -> Dialog:
        found = self.remedy(error, again)
        if found is None:
            return Dialog(error.message, error.hint, leave="Закрыть")
        words, act = found

        def do() -> None:  # once this dialog is gone: the deed may open another
            QTimer.singleShot(0, self.guard(act))

        return Dialog(error.message, error.hint, deed=words, act=do, leave="Закрыть")

    def _forget(self) -> None:
        self.dialog = None

    def guard(self, act: Callable[..., Any]) -> Callable[..., Any]:
        """The deed, with whatever it raises told instead of lost."""

        def guarded(*args: object) -> object:
            try:
                return act(*args)
            except Exception as error:
                self.tell(error, lambda: guarded(*args))
                return None

        return guarded

    def hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Takes the place of sys.excepthook."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.tell(error)


def _fault_dialog(report: str) -> Dialog:
    dialog = Dialog(
        "Ошибка в программе",
        "Записанное раньше сохранено. Скопируйте отчёт и отправьте его тому, кто поддерживает программу: "
        "в нём версии и место ошибки, данных НКО и людей нет.",
        leave="Закрыть",
    )
    text = QPlainTextEdit(report)
    text.setReadOnly(True)
    text.setTabChangesFocus(True)
    text.setAccessibleName("Отчёт об ошибке")
    text.setFixedHeight(180)
    dialog.body.addWidget(text)
    copy = Button("Скопировать отчёт", "copy", act=lambda: QApplication.clipboard().setText(report))
    dialog.buttons.insertWidget(0, copy)
    return dialog
