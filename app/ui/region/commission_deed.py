"""«Справка для комиссии»: of a chosen centre or district as a PDF, written where the person says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QListWidget, QListWidgetItem

from app.core.text import fold_name
from app.ui.dialogs import Dialog
from app.ui.region.picture import Picture
from app.ui.widgets import Button, label
from app.usecases.places import write_file
from app.usecases.region_papers import PaperFile, commission_paper

if TYPE_CHECKING:
    from app.ui.region.picture_page import PicturePage

SHOWN = 9
KEY = int(Qt.ItemDataRole.UserRole)


class CommissionDialog(Dialog):
    """Whom the paper is of: typing narrows the list, arrows choose, Enter prints."""

    manual = "region_pictures.md"

    def __init__(self, picture: Picture, take, oktmo: str = "") -> None:
        super().__init__(
            "Справка для комиссии по субсидиям",
            "О центре или о районе: обещано и сделано, деньги, покрытие, дублирование и записи за ними.",
            deed="Сохранить PDF", act=self._do,
        )  # fmt: skip
        self._take = take
        self._offered = [
            *(("centre", key, name) for key, name in picture.centres()),
            *(("oktmo", one.oktmo, picture.name(one.oktmo)) for one in picture.districts
              if one.oktmo in picture.reported),
        ]  # fmt: skip
        self.line = QLineEdit()
        self.line.setAccessibleName("Центр или район")
        self.line.setPlaceholderText("Центр или район")
        self.line.textChanged.connect(lambda: self._fill())
        self.line.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName("О ком справка")
        self.list.setProperty("boxed", "true")
        self.list.setFixedHeight(SHOWN * 28 + 6)
        self.list.itemActivated.connect(lambda _item: self.do())
        self.body.addWidget(self.line)
        self.body.addWidget(self.list)
        self.body.addWidget(label("Стрелки — выбрать · Enter — сохранить", 13, tone="muted"))
        self._fill()
        for place in range(self.list.count()):
            if oktmo and self.list.item(place).data(KEY) == ("oktmo", oktmo):
                self.list.setCurrentRow(place)

    def _fill(self) -> None:
        wanted = fold_name(self.line.text())
        self.list.clear()
        for kind, key, name in self._offered:
            if wanted and wanted not in fold_name(name):
                continue
            item = QListWidgetItem(name if kind == "oktmo" else f"{name} · центр")
            item.setData(KEY, (kind, key))
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows typed in the line walk the list."""
        pressed = watched is self.line and event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            QApplication.sendEvent(self.list, event)
            return True
        return super().eventFilter(watched, event)

    def _do(self) -> bool:
        item = self.list.currentItem()
        if item is None:
            self.refuse("Такого центра или района в отчётах квартала нет.")
            return False
        kind, key = item.data(KEY)
        self._take(kind, key)
        return True


class CommissionDeed:
    """The deed of a page."""

    def __init__(self, page: PicturePage) -> None:
        self._page = page

    def button(self, kind: str = "primary") -> Button:
        """The deed in the header."""
        return Button("Справка для комиссии", "file-pdf", kind=kind, act=self.ask)

    def ask(self) -> None:
        """Whom the paper is of; the district of the page is chosen already."""
        page, picture = self._page, self._page.shown
        if picture is None or picture.is_empty:
            return
        dialog = CommissionDialog(picture, page.window_.guarded(self._chosen), page.pictures.chosen[0])
        page.window_.ask(dialog, dialog.line)

    def _chosen(self, kind: str, key: str) -> None:
        from app.reports.commission_paper import commission_file_name

        picture = self._page.shown
        if picture is None:
            return
        named = picture.centre(key) if kind == "centre" else picture.name(key)
        path, _ = QFileDialog.getSaveFileName(
            self._page, "Сохранить справку", str(Path.home() / commission_file_name(picture.quarter, named)),
            "PDF (*.pdf)",
        )  # fmt: skip
        if path:
            self.save_to(kind, key, Path(path))

    def save_to(self, kind: str, key: str, path: Path) -> None:
        """kind: `centre` or `oktmo`."""
        page, picture = self._page, self._page.shown
        if picture is None:
            return

        def done(paper: PaperFile) -> None:
            write_file(path, paper.content)
            page.window_.notify(f"Записано в «{path.name}».")

        page.desk.read_later(
            "Печатается справка", commission_paper, picture.quarter, done=page.window_.guarded(done),
            failed=page.window_.tell, centre=key if kind == "centre" else "", oktmo=key if kind == "oktmo" else "",
        )  # fmt: skip
