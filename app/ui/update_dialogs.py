"""What was found of a newer program, and how an update ended: dialogs, since both are about a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from app.ui.dialogs import Dialog
from app.ui.page import Window
from app.ui.widgets import Button, ElidingLabel, label, row
from app.usecases.update_relay import Outcome
from app.usecases.update_words import facts_of
from app.usecases.updating import Found

MANUAL = "install.md"
_FEW, _MOST = 6, 14  # lines of a text beside others, and alone
_SIGNS = 62  # of a line


def found_dialog(window: Window, found: Found, install: Callable[[], None]) -> Dialog:
    """The facts and what is new.  Its deed makes ready and closes the program, or copies an administrator's command."""
    version, before = found.package.version, found.here.version
    if found.command:
        text = "Программу на этом компьютере ставит администратор: передайте ему файл и команду."
        dialog = Dialog(f"Есть новая версия {version}", text, deed="Скопировать команду", leave="Закрыть",
                        act=lambda: _copy(window, found.command))  # fmt: skip
    else:
        text = ("Сначала программа сделает копию файла учёта и откроет её новой версией, затем закроется, обновится и "
                f"откроется снова. Не получится — останется версия {before}, и будет сказано почему.")  # fmt: skip
        dialog = Dialog(f"Есть новая версия {version}", text, deed="Обновить", act=install, leave="Не сейчас")
    dialog.manual = MANUAL
    for title, value in facts_of(found):
        head, told = label(title, 13, tone="text2"), ElidingLabel(value, 13)
        head.setFixedWidth(88)
        line = row(head, told)
        line.setStretch(1, 1)
        dialog.body.addLayout(line)
    dialog.body.setSpacing(4)
    if found.command:
        command = QLineEdit(found.command)
        command.setReadOnly(True)
        command.setAccessibleName("Команда для администратора")
        command.setCursorPosition(0)
        dialog.body.addWidget(command)
    if found.news:
        dialog.body.addWidget(label("Что нового", 13, bold=True))
        dialog.body.addWidget(_lines("Что нового", found.news))
    return dialog


def news_dialog(outcome: Outcome) -> Dialog:
    dialog = Dialog(f"Что нового в версии {outcome.after}", f"Программа обновлена с {outcome.before}.", leave="Закрыть")
    dialog.manual = MANUAL
    dialog.body.addWidget(_lines("Что нового", outcome.news, most=_MOST))
    return dialog


def failed_dialog(outcome: Outcome) -> Dialog:
    """Why the version before is still at work, with what the installer said."""
    dialog = Dialog(f"Обновление до версии {outcome.after} не удалось",
                    f"Работает прежняя версия {outcome.before}, файл учёта цел. Вот что сказал установщик:",
                    leave="Закрыть")  # fmt: skip
    dialog.manual = MANUAL
    told = outcome.told or "Установщик ничего не сказал."
    dialog.body.addWidget(_lines("Что сказал установщик", told.splitlines()))
    copy = Button("Скопировать сообщение", "copy", act=lambda: QApplication.clipboard().setText(told))
    dialog.buttons.insertWidget(0, copy)
    return dialog


def _lines(name: str, lines: Sequence[str], most: int = _FEW) -> QPlainTextEdit:
    """A text to read and to copy, as high as it needs; longer than `most` lines it scrolls."""
    text = QPlainTextEdit("\n".join(lines))
    text.setReadOnly(True)
    text.setTabChangesFocus(True)
    text.setAccessibleName(name)
    wanted = sum(len(line) // _SIGNS + 1 for line in lines)
    text.setFixedHeight(min(max(wanted, 2), most) * text.fontMetrics().lineSpacing() + 20)
    return text


def _copy(window: Window, command: str) -> bool:
    QApplication.clipboard().setText(command)
    window.notify("Команда скопирована: передайте её администратору.")
    return True
