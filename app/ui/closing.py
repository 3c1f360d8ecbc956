"""The window closes when what is being written is written and a copy is made; a copy that fails holds nobody.

One dialog tells what is waited for.  «Закрыть без копии» and a second press on the cross close at once.
"""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar

from app.core.errors import AppError
from app.ui.dialogs import Dialog

WRITING = "Окно закроется, когда запись закончится"
COPYING = "Пишется копия файла, потом окно закроется"
FAILED = "Копия при закрытии не сделана"


class ClosingDialog(Dialog):
    """leave: «Не закрывать» while something is written, «Закрыть без копии» while the copy is."""

    def __init__(self) -> None:
        super().__init__(WRITING, "Записанное останется целым.", leave="Не закрывать")
        self.setObjectName("closing")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName("Ход работы")
        self.body.addWidget(self.bar)

    def say_copying(self) -> None:
        self.title.setText(COPYING)
        self.text.setText("В файле есть изменения, которых нет ни в одной копии. Сами они уже записаны.")
        self.leave.say("Закрыть без копии")

    def say_failed(self, error: BaseException) -> None:
        """Told once; whatever she presses, the window closes."""
        self.title.setText(FAILED)
        told = f"{error.message} {error.hint}" if isinstance(error, AppError) else "Ошибка в программе: она в журнале."
        self.text.setText(f"{told.strip()} Всё записанное цело и лежит в файле; копия будет сделана при открытии.")
        self.bar.hide()
        self.leave.say("Закрыть программу")
        self.leave.setFocus()
        self._place()
