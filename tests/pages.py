"""The window in the curator's words: what she opens, types, presses and reads.

    window = open_window(qtbot, path, today="2026-10-05")
    form = window.register("ngo").add()
    form.type("name", "АНО «Свет»").type("inn", "4703150216").save()
    assert "Контрольная цифра" in form.faults["inn"]
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from app.bootstrap import Program, make_application
from app.core.clock import Clock
from app.core.periods import Quarter
from app.ui.dialogs import Dialog
from app.ui.link_editor import LinkEditor
from app.ui.main_window import MainWindow
from app.usecases import registers
from app.usecases.importing import Outcome

PATIENCE = 30_000  # ms for a job of the window


def press(widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """One key, down and up."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, modifiers))


def type_text(widget: QWidget, text: str) -> None:
    """Russian text letter by letter, in place of what stands there (`keyClicks` aborts on Cyrillic)."""
    if isinstance(widget, QLineEdit | QPlainTextEdit):
        widget.selectAll()
        press(widget, Qt.Key.Key_Delete)
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


def fill(editor: Any, text: str) -> None:
    """What she types or chooses in one field, and leaves it."""
    editor = getattr(editor, "adder", editor)  # of several links: the line that adds one
    box = editor.box
    if isinstance(box, QComboBox):
        place = box.findText(text, Qt.MatchFlag.MatchStartsWith)
        assert place >= 0, f"«{text}» is not among {[box.itemText(i) for i in range(box.count())]}"
        box.setCurrentIndex(place)
        return
    box.setFocus()
    type_text(box, text)
    if isinstance(editor, LinkEditor):
        assert editor.completer.popup().isVisible(), f"nothing is offered for «{text}»"
        press(editor.completer.popup(), Qt.Key.Key_Return)
    editor.left.emit()


class FormPage:
    """The form of a record."""

    def __init__(self, window: Window, page: Any) -> None:
        self._window, self._page = window, page

    @property
    def _form(self) -> Any:
        return self._page.editing.form

    def type(self, key: str, text: str) -> FormPage:
        fill(self._form.rows[key].editor, text)
        return self

    def read(self, key: str) -> str:
        """What stands in a field."""
        return str(self._form.rows[key].editor.box.text())

    def line(self, table: str, **values: str) -> FormPage:
        """Add a line to a table of the form."""
        lines = self._form.tables[table]
        lines.add_button.click()
        for key, text in values.items():
            fill(lines.lines[-1].editors[key], text)
        return self

    def save(self) -> FormPage:
        self._form.bar.save.click()
        return self

    @property
    def open(self) -> bool:
        return bool(self._page.editing.open)

    @property
    def faults(self) -> dict[str, str]:
        return dict(self._form.faults)

    @property
    def panel(self) -> str:
        """What the panel «Перед сохранением» tells."""
        return " ".join(label.text() for label in self._form.panel.findChildren(QWidget) if hasattr(label, "text"))


class RegisterPage:
    """The table of a register with search, card and form."""

    def __init__(self, window: Window, page: Any) -> None:
        self._window, self.page = window, page

    def add(self) -> FormPage:
        self.page.add_button.click()
        return FormPage(self._window, self.page)

    def edit(self) -> FormPage:
        self.page.card.edit.click()
        return FormPage(self._window, self.page)

    def search(self, text: str) -> RegisterPage:
        type_text(self.page.filters.search, text)
        self._window.wait(lambda: self.page.table.cells.sought == text)
        return self

    def choose(self, row: int) -> RegisterPage:
        self.page.table.choose(row)
        return self

    @property
    def card(self) -> dict[str, Any]:
        """What is kept of the chosen record."""
        page = self.page
        return dict(page.desk.read(registers.card, page.register, page.chosen_id).values)

    @property
    def count(self) -> int:
        return int(self.page.model.rowCount())

    @property
    def rows(self) -> list[list[str]]:
        model = self.page.model
        return [
            [str(model.index(row, column).data() or "") for column in range(model.columnCount())]
            for row in range(model.rowCount())
        ]


class ImportPage:
    """A list on its way in."""

    def __init__(self, window: Window, page: Any) -> None:
        self._window, self.page = window, page

    def read(self, path: Path) -> ImportPage:
        self.page.read(path)
        self._window.wait(lambda: not self.page.busy)
        return self

    @property
    def counts(self) -> dict[str, int]:
        counts = self.page.preview.counts
        return {outcome.value: getattr(counts, outcome.value) for outcome in Outcome}

    @property
    def button(self) -> str:
        return str(self.page.write_button.text()).partition("   ")[0]

    def write(self) -> None:
        self.page.write_button.click()
        self._window.wait(lambda: not self.page.busy)


class ReturnPage:
    """The return of a quarter."""

    def __init__(self, window: Window, page: Any) -> None:
        self._window, self.page = window, page
        self.wait()

    def wait(self) -> ReturnPage:
        page = self.page
        self._window.wait(lambda: not (page.computing or page.deeds.freezing) and page.draft is not None)
        return self

    @property
    def verdict(self) -> tuple[str, str]:
        return self.page.findings.title.text(), self.page.findings.counts.text()

    @property
    def findings(self) -> list[str]:
        return [view.finding.check for view in self.page.findings.views]

    @property
    def can_be_approved(self) -> bool:
        return bool(self.page.approve.isVisible() and self.page.approve.isEnabled())

    def figure(self, cell: str) -> str:
        assert self.page.go_to(cell), f"no cell {cell}"
        return str(self.page.grid.cell.text).replace("\u00a0", " ")

    def records_behind(self, cell: str) -> RegisterPage:
        """Enter on a figure."""
        assert self.page.go_to(cell)
        press(self.page.grid, Qt.Key.Key_Return)
        return RegisterPage(self._window, self._window.window.page)

    def explain(self, check: str, text: str) -> ReturnPage:
        view = next(view for view in self.page.findings.views if view.finding.check == check)
        type_text(view.line, text)
        press(view.line, Qt.Key.Key_Return)
        return self.wait()

    def approve(self, registration: str = "") -> ReturnPage:
        self.page.approve.click()
        fill(self._window.dialog.rows["registration"].editor, registration)
        self._window.dialog.primary.click()
        return self.wait()

    def correct(self, reason: str) -> ReturnPage:
        self.page.correct.click()
        self.page.approve.click()
        dialog = self._window.dialog
        field = next(box for box in dialog.findChildren(QWidget) if isinstance(box, QLineEdit | QPlainTextEdit))
        type_text(field, reason)
        dialog.primary.click()
        return self.wait()

    def print_whole(self, folder: Path) -> dict[str, bytes]:
        """«Печатный вид», «Добавить приложения Д и Е»: each paper on the screen, saved under the name it proposes."""
        found: dict[str, bytes] = {}
        view = self.page.printed
        for deed in (self.page.deeds.printed, view.annexes.click):
            deed()
            self._window.wait(lambda: view.name not in ("", *found))
            self.page.deeds.save_printed_to(folder / view.name)
            found[view.name] = (folder / view.name).read_bytes()
        assert not view.annexes.isVisible()
        self.page.step_back()
        return found

    def save_to(self, folder: Path) -> dict[str, bytes]:
        """«Сохранить PDF» and «Сохранить Excel»."""
        for kind in ("pdf", "xlsx"):
            self.page.deeds.save_to(kind, folder / f"отчёт.{kind}")
        return {kind: (folder / f"отчёт.{kind}").read_bytes() for kind in ("pdf", "xlsx")}


class Window:
    """The program as it is seen."""

    def __init__(self, qtbot: Any, program: Program) -> None:
        self._qtbot, self.program = qtbot, program
        self.window: MainWindow = program.window

    def wait(self, done: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(done, timeout=PATIENCE)

    def register(self, key: str) -> RegisterPage:
        return RegisterPage(self, self.window.open(key))

    def import_page(self, register: str) -> ImportPage:
        return ImportPage(self, self.window.open("import", register=register))

    def return_page(self, quarter: Quarter) -> ReturnPage:
        return ReturnPage(self, self.window.open("return", quarter=quarter))

    def settle_unit(self, **values: str) -> None:
        """Settings of the unit, typed and saved."""
        page: Any = self.window.open("settings")
        form = page.show_tab("unit")
        for key, text in values.items():
            fill(form.rows[key].editor, text)
        form.save_button.click()
        assert not [row.fault for row in form.rows.values() if row.fault]

    @property
    def dialog(self) -> Any:
        """The dialog that is open."""
        found = [d for d in self.window.findChildren(Dialog) if d.isVisible()]
        assert len(found) == 1, f"{len(found)} dialogs are open"
        return found[0]

    @property
    def notice(self) -> str:
        """What the status line says."""
        return str(self.window.status.left.text()).replace("\u00a0", " ")

    @property
    def state(self) -> str:
        """What the status line says of the copies of the file."""
        return str(self.window.status.right.accessibleName()).replace("\u00a0", " ")

    def close(self) -> None:
        self.window.close()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def open_window(
    qtbot: Any, path: Path | None = None, *, today: str = "2026-10-05", keeps_copies: bool = False
) -> Window:
    """The program with a file, or with none: then the page of the first start."""
    make_application(["kurator"])
    day = date.fromisoformat(today)
    clock = Clock.fixed(day, seed=day.toordinal())  # keys of its own, unlike those in the file
    program = Program(path, clock, keeps_copies=keeps_copies)
    program.window.show()
    program.start()
    return Window(qtbot, program)
