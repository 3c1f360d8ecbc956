"""A document on the screen: pages of a PDF, a picture, a text; others are opened in their own program or saved."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QImageReader, QPixmap
from PySide6.QtWidgets import QFileDialog, QLabel, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from app.core.errors import AppError
from app.core.roles import Right
from app.ui.ask import ask_values
from app.ui.attaching import CHANGED, about_fields
from app.ui.desk import Desk
from app.ui.dialogs import Dialog
from app.ui.page import Page, Window
from app.ui.pages.printed_view import BESIDE, DOTS, sheet
from app.ui.russian_qt import font
from app.ui.short_words import quoted
from app.ui.widgets import Button, Card, ElidingLabel, clear, label, lay_now, row, scrolled, shortcut
from app.usecases import documents
from app.usecases.document_names import starts_a_program
from app.usecases.document_preview import Preview, preview_of
from app.usecases.documents import DocumentRow
from app.usecases.places import write_file

HINT = "Ctrl+S — сохранить как · Ctrl+Enter — открыть в программе · F2 — исправить сведения · Esc — назад"
PORTION = 10  # pages of a PDF drawn at once
TALLEST = 8000  # px of a drawn page: what claims to be kilometres high is not given the memory
_copies: list[tempfile.TemporaryDirectory[str]] = []
"""Folders of copies that were opened elsewhere; they go when the program ends."""


class DocumentPage(Page):
    """where: record is the id of a document, or content and name show a paper; back is (page, where) of the Esc."""

    registers = frozenset({"document"})

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__("Документ", desk, window)
        self.row: DocumentRow | None = None
        self.content = b""
        self.name = ""
        self.preview = Preview.OTHER
        self.back: tuple[str, dict[str, Any]] = ("summary", {})
        self._drawn = 0
        self.header.back.show()
        self.header.title.setMinimumWidth(1)
        act = window.guarded
        self.detach_button = self.header.add("detach", Button("Открепить", "minus-circle", act=act(self.detach)))
        self.open_button = self.header.add(
            "open", Button("Открыть в программе", "folder-open", act=act(self.open_outside))
        )
        self.save_button = self.header.add(
            "save", Button("Сохранить как", "floppy-disk", kind="primary", key="Ctrl+S", act=act(self.save))
        )
        for name, button in self.header.deeds.items():
            button.setObjectName(f"document-{name}")
        self.told = ElidingLabel("", 13, tone="text2")
        describe = act(self.describe)
        self.describe_button = Button("Исправить сведения", "pencil-simple", kind="link", key="F2", act=describe)
        self.erase_button = Button("Стереть содержимое", "trash", kind="link", act=act(self.erase))
        self._about = QWidget()
        line = row(self.told, self.describe_button, self.erase_button)
        line.setStretch(0, 1)
        self._about.setLayout(line)
        self.body.addWidget(self._about)
        self.body.setSpacing(8)
        inner = self._inner = QWidget()
        self._sheets = QVBoxLayout(inner)
        self._sheets.setContentsMargins(24, 8, 24, 24)
        self._sheets.setSpacing(16)
        self.area = scrolled(inner)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName("Просмотр документа")
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName("Текст документа")
        self.notice = Card(margin=24)
        self.sentence = label("", wrap=True)
        self.notice.rows.addWidget(self.sentence)
        self.notice.rows.addStretch(1)
        self.stack = QStackedWidget()
        for widget in (self.area, self.text, self.notice):
            self.stack.addWidget(widget)
        self.body.addWidget(self.stack, 1)
        self.more = Button("Показать ещё страницы", "arrow-down", act=act(self._draw_pages))
        for keys, deed in {"Ctrl+S": self.save, "F2": self.describe, "Ctrl+Return": self.open_outside}.items():
            shortcut(self, keys, act(deed))
        shortcut(self.area, "Delete", act(self.detach))

    @property
    def count(self) -> int:
        """How many pages or pictures are drawn."""
        return sum(not label.isHidden() for label in self._inner.findChildren(QLabel))

    def enter(self, **where: Any) -> None:
        self.back = where.get("back", self.back)
        if isinstance(where.get("content"), bytes):
            self.row, self.content, self.name = None, where["content"], str(where.get("name", "Бумага.pdf"))
        elif isinstance(where.get("record"), int):
            self.row = self.desk.read(documents.document, where["record"])
            self.name = self.row.name
            self.content = b"" if self.row.erased else self.desk.read(documents.content_of, self.row.id)
        self._show()

    def refresh(self) -> None:
        if self.row is not None:
            self.row = self.desk.read(documents.document, self.row.id)
            self._tell()

    def _tell(self) -> None:
        kept = self.row
        self._show_title()
        self._about.setVisible(kept is not None)
        self.header.show_only(*(("detach", "open", "save") if kept is not None else ("open", "save")))
        live = kept is not None and kept.archived_on is None
        self.detach_button.say("Открепить" if live else "Прикрепить снова", "minus-circle" if live else "plus-circle")
        self.erase_button.setVisible(kept is not None and not kept.erased)
        if kept is not None:
            off = "" if live else f"откреплён {kept.archived_on:%d.%m.%Y} · "
            self.told.setText(f"{off}{kept.told} · прикреплён {kept.attached_on:%d.%m.%Y}, {kept.attached_by}")
        self.say_hint(HINT)

    def _show_title(self) -> None:
        room = max(180, self.width() - 640)
        title = self.header.title
        title.setText(title.fontMetrics().elidedText(self.name, Qt.TextElideMode.ElideMiddle, room))
        title.setToolTip(self.name)

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._show_title()

    def _show(self) -> None:
        self._tell()
        clear(self._sheets)
        self.preview = preview_of(self.name, self.content)
        try:
            match self.preview:
                case Preview.PDF:
                    self._open_pdf()
                case Preview.PICTURE:
                    self._draw_picture()
                case Preview.TEXT:
                    self.text.setFont(font(14))
                    self.text.setPlainText(documents.text_of(self.name, self.content))
                    self.stack.setCurrentWidget(self.text)
                case _:
                    erased = self.row is not None and self.row.erased
                    self._say("Содержимое стёрто (152-ФЗ), осталась отметка о документе." if erased else
                              "Такой файл здесь не показывается: откройте его в программе или сохраните.")  # fmt: skip
        except AppError as error:
            self._say(str(error))
        (self.area if self.stack.currentWidget() is self.area else self.header.back).setFocus()

    def _say(self, sentence: str) -> None:
        self.sentence.setText(sentence)
        self.stack.setCurrentWidget(self.notice)

    # --- what is drawn

    def _open_pdf(self) -> None:
        self.stack.setCurrentWidget(self.area)
        self._drawn = 0
        self._draw_pages()
        self.area.verticalScrollBar().setValue(0)

    def _draw_pages(self) -> None:
        """The next pages: a scan of a hundred of them is not drawn at once."""
        import pypdfium2  # type: ignore[import-untyped]  # only who looks at a paper pays for it

        self.more.setParent(None)
        room = max(self.area.width() - BESIDE, 480)
        try:
            pdf = pypdfium2.PdfDocument(self.content)
        except pypdfium2.PdfiumError as fault:
            raise AppError(
                "Этот PDF не читается: он повреждён или закрыт паролем.", "Откройте его в программе."
            ) from fault
        try:
            whole = len(pdf)
            last = min(self._drawn + PORTION, whole)
            for number in range(self._drawn, last):
                page = pdf[number]
                scale = min(DOTS / 72, room / max(page.get_width(), 1), TALLEST / max(page.get_height(), 1))
                self._sheets.addWidget(sheet(page, scale), 0, Qt.AlignmentFlag.AlignHCenter)
                page.close()
        finally:
            pdf.close()
        self._drawn = last
        if last < whole:
            self.more.say(f"Показать ещё страницы ({last} из {whole})")
            self._sheets.addWidget(self.more, 0, Qt.AlignmentFlag.AlignHCenter)
            self.more.show()
        lay_now(self._inner)

    def _draw_picture(self) -> None:
        data = QByteArray(self.content)
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        reader = QImageReader(buffer)
        reader.setAutoTransform(True)
        picture = reader.read()
        if picture.isNull():
            raise AppError("Этот снимок не читается: он повреждён или слишком велик.", "Откройте его в программе.")
        room = max(self.area.width() - BESIDE, 480)
        if picture.width() > room:
            picture = picture.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)
        shown = QLabel()
        shown.setPixmap(QPixmap.fromImage(picture))
        self._sheets.addWidget(shown, 0, Qt.AlignmentFlag.AlignHCenter)
        self._sheets.addStretch(1)
        self.stack.setCurrentWidget(self.area)
        lay_now(self._inner)

    # --- deeds

    def save(self) -> None:
        self._look_at_content()
        path, _ = QFileDialog.getSaveFileName(self, "Сохранить как", str(Path.home() / self.name))
        if path:
            self.save_to(Path(path))

    def save_to(self, path: Path) -> None:
        write_file(path, self.content)
        self.window_.notify(f"Записано в «{path.name}».")

    def open_outside(self) -> None:
        """A read-only copy goes to the program that opens such files; what would run is not opened."""
        self._look_at_content()
        if starts_a_program(self.name):
            raise AppError(
                f"«{self.name}» — программа: отсюда такие файлы не запускают.",
                "Сохраните файл и проверьте его антивирусом.",
            )
        folder = tempfile.TemporaryDirectory(prefix="kurator-", ignore_cleanup_errors=True)
        _copies.append(folder)
        path = Path(folder.name) / self.name
        path.write_bytes(self.content)
        os.chmod(path, 0o400)
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            raise AppError(
                f"На этом компьютере нечем открыть «{self.name}».", "Сохраните файл и откройте его на другом."
            )
        self.window_.notify("Открыта копия для чтения: правки в ней в базу не попадут.")

    def _look_at_content(self) -> None:
        if not self.content:
            raise AppError(f"Содержимое документа «{self.name}» стёрто.", "Осталась отметка, что он был.")

    def detach(self) -> None:
        if self.row is None:
            return
        if self.row.archived_on is not None:
            title = f"Прикреплён снова: {self.name}"
            self.desk.write("edit", title, documents.put_back, self.row.id, changed=self._changed)
            return
        title = f"Откреплён документ: {self.name}"
        self.desk.write("archive", title, documents.detach, self.row.id, changed=self._changed)
        self.step_back()

    @property
    def _changed(self) -> frozenset[str]:
        return CHANGED | ({self.row.register} if self.row is not None else set())

    def describe(self) -> None:
        kept = self.row
        if kept is None:
            return

        def keep(values: dict[str, Any]) -> None:
            self.desk.write(
                "edit", f"Документ: сведения, {self.name}", documents.describe, kept.id, values["kind"],
                values["dated_on"], values["note"] or "", changed=self._changed,
            )  # fmt: skip

        given = {"kind": kept.kind, "dated_on": kept.dated_on, "note": kept.note}
        ask_values(
            self.window_, self.desk, quoted(self.name), "Сам файл не меняется.", about_fields(), "Записать", keep,
            given=given,
        )  # fmt: skip

    def erase(self) -> None:
        """For good: a consent that was withdrawn leaves neither scan nor way back (152-ФЗ)."""
        kept = self.row
        if kept is None:
            return

        def act() -> bool:
            try:
                self.desk.write("edit", f"Стёрто содержимое: {self.name}", documents.erase_content, kept.id,
                                changed=self._changed, undoable=False)  # fmt: skip
            except AppError as error:
                dialog.refuse(str(error))
                return False
            self.enter(record=kept.id)
            return True

        dialog = Dialog(
            f"Стереть содержимое {quoted(self.name)}?",
            "Файл исчезнет из базы навсегда: ни отмена, ни прежние состояния его не вернут. Отметка, что документ был, "
            "останется. В сделанных раньше резервных копиях он ещё есть.",
            deed="Стереть навсегда", act=act, undoable=False,
        )  # fmt: skip
        dialog.right = Right.ERASE
        self.window_.ask(dialog)

    # --- keys of the window

    def step_back(self) -> bool:
        key, where = self.back
        self.window_.open(key, **where)
        return True

    def panes(self) -> list[QWidget]:
        return [self.stack.currentWidget() or self, self.save_button]
