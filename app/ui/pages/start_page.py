"""The first start: choose the district by its name, and where its file will lie; or open a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from app.ui.choice_editors import Combo
from app.ui.widgets import Button, Card, label, row, separator, wrapped


class StartPage(QWidget):
    """territories: (ОКТМО, name).  create(path, oktmo) and open_file(path) are the program's."""

    def __init__(
        self,
        territories: Sequence[tuple[str, str]],
        default: Path,
        create: Callable[[Path, str], object],
        open_file: Callable[[Path], object],
    ) -> None:
        super().__init__()
        self._default = default
        self._create, self._open = create, open_file
        card = Card(margin=24, spacing=12)
        card.setFixedWidth(600)
        card.rows.addWidget(label("С чего начать", 20, bold=True))
        text = (
            "Выберите свой район: программа создаст файл учёта с его поселениями и справочниками. "
            "Файл лежит на этом компьютере, работает без интернета."
        )
        card.rows.addWidget(wrapped(text, 550, tone="text2"))
        card.rows.addWidget(label("Район или округ\u00a0*", 13, tone="text2"))
        self.district = Combo()
        self.district.setPlaceholderText("Выберите из списка")
        self.district.setAccessibleName("Район или округ")
        for code, name in territories:
            self.district.addItem(f"{name}, ОКТМО\u00a0{code}", code)
        self.district.setCurrentIndex(-1)
        card.rows.addWidget(self.district)
        self.notice = label("", 13, tone="err", wrap=True)
        self.notice.setFixedWidth(550)
        card.rows.addWidget(self.notice)
        card.rows.addWidget(wrapped(f"Файл: {default}", 550, 13, tone="muted"))
        self.begin = Button("Создать файл учёта", kind="primary", act=self.create_here)
        self.elsewhere = Button("Выбрать другое место", "folder-open", act=self.create_elsewhere)
        card.rows.addLayout(row(self.begin, self.elsewhere, None))
        card.rows.addWidget(separator())
        self.existing = Button("Открыть файл, который уже есть", "database", kind="link", act=self.open_existing)
        card.rows.addLayout(row(self.existing, None))
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.setFocusProxy(self.district)

    def create_here(self, path: Path | None = None) -> None:
        code = self.district.currentData()
        if code is None:
            self.refuse("Выберите район: от него зависят поселения и код в отчёте.")
            self.district.setFocus()
            return
        self.refuse("")
        self._create(path or self._default, code)

    def create_elsewhere(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, "Где создать файл учёта", str(self._default), "Файл учёта (*.db)")
        if path:
            self.create_here(Path(path))

    def open_existing(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self, "Открыть файл учёта", str(self._default.parent), "Файл учёта (*.db);;Все файлы (*)"
        )
        if path:
            self._open(Path(path))

    def refuse(self, text: str) -> None:
        self.notice.setText(text)
