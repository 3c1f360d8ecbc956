"""What is done with templates: taken in, marked, named, saved as files, filled."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from app.core.fields import Field, Kind
from app.core.periods import Quarter
from app.core.roles import Right
from app.returns.marks import MARK
from app.ui.ask import ask_values
from app.ui.choice_editors import ChoiceEditor
from app.ui.dialogs import Dialog
from app.ui.pages.mark_chooser import MarkChooser
from app.ui.widgets import label
from app.usecases import form_templates as forms
from app.usecases import return_calendar
from app.usecases.places import write_file
from resources.templates import EXAMPLE

if TYPE_CHECKING:
    from app.ui.pages.templates_page import TemplatesPage

EXCEL = "Книга Excel (*.xlsx)"
CHANGED = frozenset({"template"})
YEARS = 2  # before this one, whose quarters a form may be filled for


class FillDialog(Dialog):
    """Which quarter, and whether from the approved return or from a draft."""

    def __init__(self, name: str, choices: dict[str, str], act) -> None:
        super().__init__(f"Заполнить «{name}»", "Метки заменятся сведениями отчёта, оформление останется.",
                         deed="Заполнить", act=lambda: act(*self.chosen))  # fmt: skip
        self.choice = ChoiceEditor(choices, required=True)
        self.choice.combo.setCurrentIndex(0)
        self.choice.combo.setAccessibleName("Отчёт")
        self.body.addWidget(label("Отчёт", 13))
        self.body.addWidget(self.choice)

    @property
    def chosen(self) -> tuple[Quarter, bool]:
        """The quarter, and whether from a draft."""
        code, _, draft = str(self.choice.read()[0]).partition(":")
        return Quarter.parse(code), bool(draft)


class TemplateDeeds:
    """Deeds of the page of templates."""

    def __init__(self, page: TemplatesPage) -> None:
        self._page = page
        self.folder = Path.home()
        self.filling = False

    # --- files

    def add(self) -> None:
        """Ask for a file and take it in."""
        if self._page.refused(Right.WORK):
            return
        path, _ = QFileDialog.getOpenFileName(self._page, "Добавить шаблон", str(self.folder), EXCEL)
        if path:
            self._page.window_.guarded(self.add_from)(Path(path))

    def add_example(self) -> None:
        self.add_from(EXAMPLE)

    def add_from(self, path: Path) -> None:
        """Take a workbook in as a template, under the name of its file."""
        page = self._page
        content = forms.read_template(path)
        name = page.desk.read(forms.free_name, path.stem)
        page.chosen = page.desk.write(
            "edit", f"Добавлен шаблон «{name}»", forms.add_template, content, name, changed=CHANGED
        )
        page.show_chosen()
        page.grid.setFocus()

    def save(self) -> None:
        """Ask where, and write the template as a file for others."""
        page = self._page
        row = page.row
        if row is None:
            return
        path, _ = QFileDialog.getSaveFileName(page, "Сохранить шаблон", str(self.folder / row.file_name), EXCEL)
        if path:
            page.window_.guarded(self.save_to)(Path(path))

    def save_to(self, path: Path) -> None:
        page = self._page
        write_file(path, page.desk.read(forms.template_file, page.chosen))
        self.folder = path.parent
        page.window_.notify(f"Шаблон сохранён: {path.name}")

    # --- the list

    def rename(self) -> None:
        page = self._page
        row = page.row
        if row is None:
            return

        def keep(values: dict[str, object]) -> None:
            page.desk.write(
                "edit", f"Шаблон «{row.name}» переименован", forms.rename_template, row.id, str(values["name"]),
                str(values["note"] or ""), changed=CHANGED,
            )  # fmt: skip

        ask_values(
            page.window_, page.desk, "Название шаблона", "",
            [Field("name", "Название", Kind.TEXT, required=True, width=60),
             Field("note", "Заметка: откуда шаблон, для чего", Kind.TEXT, width=60)],
            "Записать", keep, given={"name": row.name, "note": row.note},
        )  # fmt: skip

    def archive(self) -> None:
        page = self._page
        row = page.row
        if row is not None:
            page.desk.write("archive", f"В архив: шаблон «{row.name}»", forms.archive_template, row.id, changed=CHANGED)

    # --- cells

    def choose_mark(self) -> None:
        """Point at the current cell: the list of marks, and the chosen one is put there."""
        page = self._page
        if page.row is None:
            return
        if page.grid.cell.text.startswith("="):
            page.window_.notify("В ячейке формула: выберите другую.")
            return
        chooser = MarkChooser(page.grid.cell, page.lexicon, page.grid.list_key, page.window_.guarded(self.put))
        page.window_.ask(chooser, chooser.line)

    def put(self, code: str) -> None:
        """Add a mark to what stands in the current cell."""
        self._write(forms.put_mark, "{{" + code + "}}", f"метка {code}")

    def type_text(self) -> None:
        """Another text in the current cell, typed whole with its marks."""
        page = self._page
        cell = page.grid.cell
        if page.row is None or cell.text.startswith("="):
            page.window_.notify("В ячейке формула: правьте её в Excel.")
            return

        def keep(values: dict[str, object]) -> None:
            self._write(forms.write_cell, str(values["text"] or ""), "текст")

        ask_values(
            page.window_, page.desk, f"Текст ячейки {cell.address}", "Метки — в двойных фигурных скобках.",
            [Field("text", "Текст", Kind.NOTE, width=60)], "Записать", keep, given={"text": cell.text},
        )  # fmt: skip

    def clear_marks(self) -> None:
        """Take the marks out of the current cell; other words stay."""
        cell = self._page.grid.cell
        if cell.marked:
            self._write(forms.write_cell, " ".join(MARK.sub("", cell.text).split()), "метки убраны")

    def _write(self, act, text: str, what: str) -> None:
        page = self._page
        row, address = page.row, page.grid.cell.address
        if row is not None:
            page.desk.write(
                "edit", f"Шаблон «{row.name}», {address}: {what}", act, row.id, page.sheet_name, address, text,
                changed=CHANGED,
            )  # fmt: skip

    # --- filling

    def fill(self) -> None:
        """Ask for the quarter; a template with faults leads to the first of them instead."""
        page = self._page
        row = page.row
        if row is None or self.filling:
            return
        if page.view is not None and page.view.faults:
            page.window_.notify("Сначала исправьте метки, отмеченные красным: F8 ведёт к следующей.")
            page.next_finding(1)
            return
        choices: dict[str, str] = {}
        drafts: dict[str, str] = {}
        last = Quarter.of(page.desk.clock.today())
        for due in reversed(page.desk.read(return_calendar.returns_due, Quarter(last.year - YEARS, 1), last)):
            if due.outside:
                continue
            if due.life is not None:
                kind = f"уточнённый {due.life.correction}" if due.life.correction else "первичный"
                choices[str(due.quarter)] = f"{due.quarter.title} — утверждён, {kind}"
            drafts[f"{due.quarter}:draft"] = f"{due.quarter.title} — черновик"
        page.window_.ask(FillDialog(row.name, choices | drafts, self._ask_where))

    def _ask_where(self, quarter: Quarter, draft: bool) -> None:
        page = self._page
        row = page.row
        if row is None:
            return
        name = forms.filled_file_name(row.name, quarter, draft=draft)
        path, _ = QFileDialog.getSaveFileName(page, "Сохранить заполненный шаблон", str(self.folder / name), EXCEL)
        if path:
            self.fill_to(quarter, draft, Path(path))

    def fill_to(self, quarter: Quarter, draft: bool, path: Path) -> None:
        """Fill the chosen template in the database's thread and write it to a file."""
        page = self._page
        self.filling = True

        def done(content: bytes) -> None:
            self.filling = False
            write_file(path, content)
            self.folder = path.parent
            page.window_.notify(f"Шаблон заполнен: {path.name}")

        def failed(error: BaseException) -> None:
            self.filling = False
            page.window_.tell(error)

        page.desk.read_later(
            "Заполняется шаблон", forms.fill_template, page.chosen, quarter, draft=draft,
            done=page.window_.guarded(done), failed=failed,
        )  # fmt: skip
