"""Documents in the window: a button, a drop and Ctrl+V attach; a page shows, saves, opens and takes off."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QObject, QPoint, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QPushButton

from app.records.choices import DOCUMENT_KINDS
from app.ui.documents_panel import DocumentsPanel
from app.usecases import documents
from app.usecases.documents import NewFile, attach, documents_of
from tests.factories import District
from tests.pages import Window, fill, open_window
from tests.ui.pages_card import story_of, words_of

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[Window]:
    with District(tmp_path, today="2026-07-01") as district:
        district.ngo("АНО «Светлый берег»")
        district.support(1, "50 000")
    opened = open_window(qtbot, district.path, today="2026-07-06")
    qtbot.waitUntil(lambda: QApplication.activeWindow() is opened.window)
    yield opened
    opened.close()


def picture(path: Path) -> Path:
    made = QImage(400, 300, QImage.Format.Format_RGB32)
    made.fill(Qt.GlobalColor.darkCyan)
    assert made.save(str(path))
    return path


def paper(path: Path, pages: int = 1) -> Path:
    from app.reports.blocks import PageBreak, Paper, Text
    from app.reports.pdf import write_pdf

    blocks = [block for n in range(pages) for block in (Text(f"Страница {n + 1}"), PageBreak())][:-1]
    path.write_bytes(write_pdf(Paper("Решение", tuple(blocks))))
    return path


def drop(widget: Any, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(QPoint(40, 40), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
                       Qt.KeyboardModifier.NoModifier)  # fmt: skip
    widget.dropEvent(event)


def kept(window: Window, register: str = "ngo") -> list[Any]:
    return list(window.window.desk.read(documents_of, register, [1]))


def show(window: Window, *files: NewFile) -> Any:
    """Attach without the window's own ways, then open the last one."""
    desk = window.window.desk
    ids = desk.write("edit", "документы", attach, "ngo", 1, files, changed={"ngo", "document"})
    return window.window.open("document", record=ids[-1], back=("ngo", {"record": 1}))


def test_a_file_dropped_on_a_card_is_attached_and_undone(window: Window, tmp_path: Path) -> None:
    page = window.register("ngo").choose(0).page
    drop(page.card, paper(tmp_path / "Распоряжение 14-р.pdf"))
    dialog = window.dialog
    assert dialog.rows["kind"].editor.box.currentText() == "решение"
    assert "сейчас в ней 0\u00a0документов" in dialog.text.text()
    fill(dialog.rows["dated_on"].editor, "01.06.2026")
    fill(dialog.rows["note"].editor, "подписанный экземпляр")
    dialog.primary.click()
    (document,) = kept(window)
    assert (document.kind, document.note, str(document.dated_on)) == ("decision", "подписанный экземпляр", "2026-06-01")
    assert "решение от 01.06.2026" in words_of(page.card)
    window.window.undo()
    assert kept(window) == []


def test_many_are_attached_at_once_to_a_decision(window: Window, tmp_path: Path) -> None:
    page = window.register("support").choose(0).page
    drop(page.card, paper(tmp_path / "Решение.pdf"), picture(tmp_path / "фото.png"))
    window.dialog.primary.click()
    assert {d.name for d in kept(window, "support")} == {"Решение.pdf", "фото.png"}
    assert "Решение.pdf" in [line.partition(" | ")[2].partition(" | ")[0] for line in story_of(window, 1).lines]


def test_files_chosen_together_are_each_what_they_are_by_keyboard(qtbot: Any, window: Window, tmp_path: Path) -> None:
    """Guessed by the name of each; the second is put right where the focus goes by Tab."""
    page = window.register("ngo").choose(0).page
    long = "Протокол заседания комиссии по отбору получателей субсидий.pdf"
    third = paper(tmp_path / long)
    third.write_bytes(third.read_bytes() + b"\n")
    drop(page.card, paper(tmp_path / "Договор 7.pdf"), picture(tmp_path / "скан 0001.png"), third)
    rows = window.dialog.rows
    assert [rows[f"kind{n}"].editor.box.currentText() for n in range(3)][:2] == ["соглашение", "фото"]
    assert rows["kind2"].label.text().replace("\u00a0", " ") == "Протокол заседани…лей субсидий.pdf *"
    assert QApplication.focusWidget() is rows["kind0"].editor.box
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is rows["kind1"].editor.box
    shown = rows["kind1"].editor.box.currentText()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up)
    chosen = rows["kind1"].editor.box.currentText()
    assert chosen != shown
    window.dialog.primary.click()
    titles = {d.name: DOCUMENT_KINDS[d.kind].lower() for d in kept(window)}
    assert titles["Договор 7.pdf"] == "соглашение"
    assert titles["скан 0001.png"] == chosen
    window.window.undo()
    assert kept(window) == []


def test_more_than_six_are_shown_on_demand(window: Window) -> None:
    show(window, *(NewFile(f"{n}.txt", f"{n}".encode()) for n in range(8)))
    card = window.register("ngo").choose(0).page.card
    panel = card.findChildren(DocumentsPanel)[-1]
    assert len(panel.buttons) == 6
    more = next(b for b in panel.findChildren(QPushButton) if "ещё 2" in b.text())
    more.click()
    assert [button.toolTip() for button in panel.buttons] == [f"{n}.txt" for n in reversed(range(8))]


def test_over_the_limit_is_told_and_nothing_is_written(window: Window, tmp_path: Path) -> None:
    large = tmp_path / "скан.pdf"
    large.write_bytes(b"%PDF" + bytes(11 * 1024 * 1024))
    page = window.register("ngo").choose(0).page
    drop(page.card, large)
    words = words_of(window.dialog)
    assert "«скан.pdf» — 11,0 МБ, а предел 10,0 МБ" in words
    assert "«Сроки и пороги»" in words
    assert kept(window) == []


def test_ctrl_v_takes_a_copied_file_or_a_picture(qtbot: Any, window: Window, tmp_path: Path) -> None:
    board = QGuiApplication.clipboard()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(paper(tmp_path / "договор.pdf")))])
    board.setMimeData(data)
    page = story_of(window, 1).page
    qtbot.keyClick(page.line, Qt.Key.Key_V, CTRL)
    assert window.dialog.rows["kind"].editor.box.currentText() == "соглашение"
    window.dialog.primary.click()
    board.setImage(QImage(picture(tmp_path / "x.png")))
    register = window.register("ngo").choose(0).page
    register.card.edit.setFocus()
    qtbot.keyClick(register.card.edit, Qt.Key.Key_V, CTRL)
    window.dialog.primary.click()
    assert {d.name for d in kept(window)} == {"договор.pdf", "Снимок.png"}
    board.setText("просто слова")
    qtbot.keyClick(register.card.edit, Qt.Key.Key_V, CTRL)
    assert "нет ни файла, ни снимка" in words_of(window.dialog)


def test_pdf_picture_and_text_are_shown(window: Window, tmp_path: Path) -> None:
    page = show(window, NewFile("р.pdf", paper(tmp_path / "р.pdf", pages=12).read_bytes()))
    assert page.count == 10
    page.more.click()
    assert page.count == 12
    page = show(window, NewFile("ф.jpg", picture(tmp_path / "ф.jpg").read_bytes()))
    assert (page.preview.value, page.count) == ("picture", 1)
    page = show(window, NewFile("п.txt", "Письмо главе".encode("cp1251")))
    assert page.text.toPlainText() == "Письмо главе"
    page.step_back()
    assert window.window.page is window.window.pages["ngo"]


def test_what_cannot_be_shown_says_what_to_do(window: Window) -> None:
    for name, content, sentence in (
        ("битый.pdf", b"%PDF-1.7 nothing", "не читается"),
        ("битый.png", b"\x89PNG\r\n\x1a\n nothing", "не читается"),
        ("таблица.xlsx", b"PK\x03\x04", "здесь не показывается"),
        ("текст.txt", b"\0\1\2", "здесь не показывается"),
    ):
        page = show(window, NewFile(name, content))
        assert sentence in page.sentence.text(), name
        assert page.stack.currentWidget() is page.notice, name


class Opener(QObject):
    """Stands where the system opens files."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[Path] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.opened.append(Path(url.toLocalFile()))


def test_others_are_opened_as_a_read_only_copy_and_programs_are_not(window: Window) -> None:
    opener = Opener()
    QDesktopServices.setUrlHandler("file", opener, "take")
    try:
        page = show(window, NewFile("смета.xlsx", b"PK rows"))
        page.open_button.click()
        (path,) = opener.opened
        assert (path.name, path.read_bytes(), os.access(path, os.W_OK) and os.geteuid() != 0) == (
            "смета.xlsx", b"PK rows", False,
        )  # fmt: skip
        assert path.stat().st_mode & 0o222 == 0
        page = show(window, NewFile("счёт.pdf.exe", b"MZ"))
        page.open_button.click()
        assert "не запускают" in words_of(window.dialog)
        assert len(opener.opened) == 1
    finally:
        QDesktopServices.unsetUrlHandler("file")


def test_saved_described_taken_off_and_put_back(window: Window, tmp_path: Path) -> None:
    page = show(window, NewFile("письмо.txt", "текст".encode()))
    page.save_to(tmp_path / "вышло.txt")
    assert (tmp_path / "вышло.txt").read_text(encoding="utf-8") == "текст"
    page.describe()
    fill(window.dialog.rows["note"].editor, "вх. 12")
    window.dialog.primary.click()
    assert "вх. 12" in page.told.text()
    page.detach_button.click()
    assert kept(window) == []
    assert window.window.page is window.window.pages["ngo"]
    window.window.open("document", record=1)
    assert page.detach_button.word == "Прикрепить снова"
    page.detach_button.click()
    assert len(kept(window)) == 1


def test_content_is_erased_only_after_a_question(window: Window) -> None:
    page = show(window, NewFile("согласие.txt", "я согласен".encode()))
    page.erase_button.click()
    window.dialog.leave.click()
    assert not kept(window)[0].erased
    page.erase_button.click()
    window.dialog.primary.click()
    assert kept(window)[0].erased
    assert "Содержимое стёрто" in page.sentence.text()
    page.save_button.click()
    assert "стёрто" in words_of(window.dialog)


def test_a_spoilt_document_is_not_shown(window: Window) -> None:
    from tests.usecases.test_documents import spoil

    page = show(window, NewFile("скан.pdf", b"%PDF-1.4 consent"))
    page.step_back()
    spoil(window.window.desk.database.path)
    with pytest.raises(Exception, match="испорчен"):
        window.window.desk.read(documents.content_of, 1)
    card = window.register("ngo").choose(0).page.card
    panel = card.hung.panel(card.card, "x")
    panel.buttons[0].click()
    assert "испорчен" in words_of(window.dialog)
