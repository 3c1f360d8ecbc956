"""The manual inside the window: its chapters at the left, the section of the page she came from opened (F1)."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextBlock, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QTextBrowser, QWidget

from app.ui.desk import Desk
from app.ui.dialogs import Dialog
from app.ui.page import Page, Window
from app.ui.pages.manual_contents import FIRST, ManualContents
from app.ui.pages.manual_text import ManualText
from app.ui.russian_qt import font
from app.ui.widgets import Button, Card

CONTENTS = 264
PICTURE = "\ufffc"  # what stands for a picture in the text of a paragraph
SECTION_OF = {
    "start": "Первый запуск",
    "ngo": "НКО и объединения",
    "support": "Поддержка и реестр получателей",
    "recipients": "Поддержка и реестр получателей",
    "event": "Поддержка и реестр получателей",
    "programme": "Поддержка и реестр получателей",
    "grant_contest": "Поддержка и реестр получателей",
    "grant_application": "Поддержка и реестр получателей",
    "service": "Услуги ресурсных центров",
    "centre": "Услуги ресурсных центров",
    "package": "Услуги ресурсных центров",
    "need": "Потребности",
    "partner": "Партнёры и практики",
    "agreement": "Партнёры и практики",
    "offer": "Партнёры и практики",
    "request": "Партнёры и практики",
    "practice": "Партнёры и практики",
    "returns": "Квартальный отчёт",
    "return": "Квартальный отчёт",
    "differences": "Квартальный отчёт",
    "import": "Загрузка списков",
    "regional": "Комплект региона",
    "settings": "Настройки",
}
"""Which section tells of a page of the window, or of a tab of it."""
IN_FILE = {
    "summary": ("week.md", "Сводка"),
    "appeal": ("week.md", "Обращения"),
    "reminder": ("week.md", "Напоминания"),
    "calendar": ("week.md", "Календарь"),
    "calendar_entry": ("week.md", "Календарь"),
    "calling": ("week.md", "Обзвон"),
    "find": ("search.md", "Поиск"),
    "merge": ("entering.md", "Похожие карточки"),
    "story": ("ngo_page.md", "Страница НКО"),
    "document": ("ngo_page.md", "Документы"),
    "states": ("ngo_page.md", "Прежние состояния"),
    "history": ("ngo_page.md", "История изменений"),
    "contacts": ("personal_data.md", "Контакты и персональные данные"),
    "personal_exports": ("personal_data.md", "Выгрузки с персональными данными"),
    "who": ("people.md", "Вход и смена"),
    "templates": ("templates.md", "Формы комитета"),
    "settings.people": ("people.md", "Люди"),
    "packet": ("people.md", "Рабочая копия для коллеги"),
    "settings.look": ("install.md", "Обновление"),
    "settings.copies": ("copies.md", "Файл и копии"),
    "about": ("copies.md", "О программе"),
    "intake": ("region_window.md", "Приём"),
    "board": ("region_window.md", "Доска"),
    "whole": ("region_pictures.md", "Свод"),
    "tiles": ("region_pictures.md", "Карта"),
    "matrix": ("region_pictures.md", "Матрица"),
    "holes": ("region_pictures.md", "Незакрытые потребности"),
    "duplicates": ("region_pictures.md", "Дублирование"),
    "down": ("region_down.md", "Комплект"),
    "plans": ("region_down.md", "Планы центров"),
    "questions": ("region_down.md", "Вопросы районам"),
}
"""Pages whose section stands in a file of its own."""


def manual_folder() -> Path | None:
    """Where the manual lies: beside the source, or where the installed program has its shared files."""
    here = Path(__file__).resolve().parents[3] / "docs" / "manual"
    shared = Path(sys.prefix) / "share" / "kurator-nko" / "manual"
    return next((folder for folder in (here, shared) if (folder / FIRST).is_file()), None)


class ManualPage(Page):
    """where: page is the key of the page she came from, file one of the manual to be shown at once."""

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__("Справка", desk, window)
        self._folder = manual_folder()
        self._file = ""
        self._from = window.plan.first
        self._direct = False
        self.header.back.show()
        self.header.add("about", Button("О программе", "info", act=lambda: self.window_.open("about")))
        self.contents = ManualContents(self._folder, region=window.plan.region)
        self.contents.setFixedWidth(CONTENTS)
        self.contents.setAccessibleName("Содержание")
        self.text = ManualText(self._folder)
        self.text.setOpenLinks(False)
        self.text.setFont(font(14))
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.text.setAccessibleName("Руководство")
        self.text.document().setDocumentMargin(4)
        left, right = Card(margin=8), Card(margin=16)
        left.setFixedWidth(CONTENTS + 18)
        left.rows.addWidget(self.contents)
        right.rows.addWidget(self.text)
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(left)
        line.addWidget(right, 1)
        self.body.addLayout(line, 1)
        self.contents.chosen.connect(self._chosen)
        self.text.anchorClicked.connect(self._follow)

    def enter(self, **where: object) -> None:
        came = where.get("page")
        if isinstance(came, str) and came != "help":
            self._from = came
        file = where.get("file")
        self._direct = isinstance(file, str)  # then Esc leads back to the page at once
        if isinstance(file, str):
            self._show_file(file)
            self.contents.go_to(self._file, 0)
        else:
            self._show_own()
        self.say_hint("Esc — вернуться · Shift+F1 — все клавиши")
        self.contents.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_file(self, name: str) -> None:
        if name == self._file or self._folder is None:
            return
        self._file = name
        self.text.show_text((self._folder / name).read_text(encoding="utf-8"))
        self._space_out()
        self.contents.show_chapter(name, [block.text() for block in self._headings()])

    def _space_out(self) -> None:
        """Markdown comes without room between paragraphs, and with heads too big for a window."""
        cursor = QTextCursor(self.text.document())
        cursor.beginEditBlock()  # else the whole text is laid out anew after each paragraph: a table took half a minute
        block = self.text.document().begin()
        while block.isValid():
            level = block.blockFormat().headingLevel()
            shape = block.blockFormat()
            if QTextCursor(block).currentTable():
                block = block.next()
                continue
            if block.textList() is None:
                shape.setTopMargin(16 if level else 8 if block.text() == PICTURE else 0)
                shape.setBottomMargin(6)
            cursor.setPosition(block.position())
            cursor.setBlockFormat(shape)
            if level:
                cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
                words = cursor.charFormat()
                words.setFont(font({1: 20, 2: 16}.get(level, 15), bold=True))
                cursor.setCharFormat(words)
            block = block.next()
        cursor.endEditBlock()

    def _headings(self) -> list[QTextBlock]:
        found = []
        block = self.text.document().begin()
        while block.isValid():
            if 1 <= block.blockFormat().headingLevel() <= 2:
                found.append(block)
            block = block.next()
        return found

    @property
    def section(self) -> str:
        """The heading that is chosen."""
        return self.contents.heading

    def go_to(self, heading: str) -> bool:
        """Show a section by its heading."""
        for number, block in enumerate(self._headings()):
            if block.text() == heading:
                self.contents.go_to(self._file, number)
                return True
        self.contents.go_to(self._file, 0)
        return False

    def _chosen(self, file: str, row: int) -> None:
        """A section of the open chapter, or another chapter: that is opened, and its row stays chosen."""
        if file != self._file:
            self._show_file(file)
            self.contents.go_to(file, 0)
            return
        headings = self._headings()
        if 0 <= row < len(headings):
            self.text.setTextCursor(QTextCursor(headings[row]))
            top = self.text.document().documentLayout().blockBoundingRect(headings[row]).top()
            self.text.verticalScrollBar().setValue(int(top))

    def _follow(self, url: QUrl) -> None:
        """A link to another file of the manual or to a section; nothing leads out of it."""
        name = url.path()
        if name and self._folder is not None and (self._folder / Path(name).name).is_file():
            self._show_file(Path(name).name)
            self.contents.go_to(self._file, 0)
        elif url.fragment():
            wanted = url.fragment(QUrl.ComponentFormattingOption.FullyDecoded)
            for block in self._headings():
                if slug(block.text()) == wanted:
                    self.go_to(block.text())

    def _show_own(self) -> None:
        """What the manual says of the page she came from."""
        file, section = IN_FILE.get(self._from, (FIRST, SECTION_OF.get(self._from, "")))
        self._show_file(file)
        self.go_to(section)

    def step_back(self) -> bool:
        own_file, _ = IN_FILE.get(self._from, (FIRST, ""))
        if self._file not in (FIRST, own_file) and not self._direct:
            self._show_own()
            return True
        key, _, tab = self._from.partition(".")
        if tab:
            self.window_.open(key, tab=tab)
        else:
            page = self.window_.open(key)  # as she left it: a return of its quarter, a list that is read
            if isinstance(page, Page) and (first := page.panes()) and key == "import":
                first[0].setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def panes(self) -> list[QWidget]:
        return [self.contents, self.text]


def first_start_dialog() -> Dialog:
    """What the manual says of the first start, for a program that has no page yet."""
    folder, heading = manual_folder(), SECTION_OF["start"]
    text = (folder / FIRST).read_text(encoding="utf-8") if folder is not None else ""
    dialog = Dialog(heading, leave="Закрыть", width=760)
    shown = ManualText(folder)
    shown.setFont(font(14))
    shown.setFrameShape(QTextBrowser.Shape.NoFrame)
    shown.setAccessibleName(heading)
    shown.setFixedSize(710, 260)
    shown.show_text(text.partition(f"## {heading}\n")[2].partition("\n## ")[0].partition("![")[0])
    dialog.body.addWidget(shown)
    return dialog


def slug(heading: str) -> str:
    """The anchor of a heading as it is written in links."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
