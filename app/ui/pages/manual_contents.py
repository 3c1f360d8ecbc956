"""The contents of the manual: its chapters, and under the one that is open its sections."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from app.ui.russian_qt import font

FIRST = "README.md"
_LINK = re.compile(r"\]\(([\w-]+\.md)\)")
_FILE, _HEADING, _NUMBER = (Qt.ItemDataRole.UserRole + place for place in range(3))
INDENT = "\u00a0" * 4


OF_REGION = (
    "region_window.md", "region.md", "region_pictures.md", "region_whole.md", "region_down.md", "people.md",
    "copies.md", "install.md",
)  # fmt: skip
"""Chapters that concern the region, in the order of its work: in its file they stand first."""


def chapters(folder: Path, *, region: bool = False) -> list[tuple[str, str]]:
    """(file, title) of each chapter: the first one, those it links to in their order, then the rest.

    region: in a region's file, where its own chapters stand before those of a district.
    """
    linked = _LINK.findall((folder / FIRST).read_text(encoding="utf-8"))
    files = [*(OF_REGION if region else ()), FIRST, *linked, *sorted(path.name for path in folder.glob("*.md"))]
    there = [name for name in dict.fromkeys(files) if (folder / name).is_file()]
    return [(name, _title(folder / name)) for name in there]


def _title(path: Path) -> str:
    with path.open(encoding="utf-8") as file:
        return file.readline().removeprefix("#").strip()


class ManualContents(QListWidget):
    """chosen(file, number): a heading of a chapter, by its place in it; 0 is the chapter's own."""

    chosen = Signal(str, int)

    def __init__(self, folder: Path | None, *, region: bool = False) -> None:
        super().__init__()
        self._chapters = chapters(folder, region=region) if folder is not None else []
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setUniformItemSizes(True)
        self.currentRowChanged.connect(self._tell)

    def show_chapter(self, file: str, headings: Sequence[str]) -> None:
        """All chapters, with the sections of one; the choice is told to nobody."""
        self.blockSignals(True)
        self.clear()
        for name, title in self._chapters:
            self._add(name, title, title, 0)
            for number, heading in enumerate(headings if name == file else ()):
                if number:
                    self._add(name, f"{INDENT}{heading}", heading, number)
        self.blockSignals(False)

    def _add(self, file: str, shown: str, heading: str, number: int) -> None:
        item = QListWidgetItem(shown)
        item.setToolTip(heading)
        item.setFont(font(14, bold=not number))
        for role, value in ((_FILE, file), (_HEADING, heading), (_NUMBER, number)):
            item.setData(role, value)
        self.addItem(item)

    def go_to(self, file: str, number: int) -> None:
        """Choose a heading of the chapter that is open."""
        for row in range(self.count()):
            item = self.item(row)
            if (item.data(_FILE), item.data(_NUMBER)) == (file, number):
                self.setCurrentRow(row)
                self.scrollToItem(item)

    @property
    def heading(self) -> str:
        row = self.currentRow()
        return str(self.item(row).data(_HEADING)) if row >= 0 else ""

    def _tell(self, row: int) -> None:
        if row >= 0:
            item = self.item(row)
            self.chosen.emit(item.data(_FILE), item.data(_NUMBER))
