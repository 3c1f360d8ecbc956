"""What the table of a register shows, handed over: as Excel, Word, PDF or in the clipboard, with chosen columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication, QFileDialog

from app.core.roles import Right
from app.core.russian import plural
from app.ui.consent_deed import NAMELESS
from app.ui.export_dialog import FORMS, ExportDialog
from app.ui.remembered import keep, recall
from app.ui.totals_line import is_summed
from app.usecases import exporting
from app.usecases.personal_exports import KIND, note_export
from app.usecases.places import write_file

if TYPE_CHECKING:
    from app.ui.register_page import RegisterPage

KINDS = {"xlsx": "Excel (*.xlsx)", "docx": "Word (*.docx)", "pdf": "PDF (*.pdf)"}
_BAD_IN_NAMES = str.maketrans(dict.fromkeys('<>:"/\\|?*«»', " "))


class Exporting:
    """«Выгрузить» of a page."""

    def __init__(self, page: RegisterPage) -> None:
        self._page = page

    @property
    def ids(self) -> list[int]:
        """The marked records, else all that the table shows."""
        return self._page.marking.ids or list(self._page.model.ids)

    def ask(self) -> None:
        """The panel: columns and form as they were the last time."""
        page = self._page
        if not self.ids:
            page.window_.notify("Выгружать нечего: в таблице нет ни одной строки.")
            return
        kept = recall(page.desk, "export", page.register)
        kept = kept if isinstance(kept, dict) else {}
        # Contact persons are asked for anew each time: what was once allowed is no habit.
        personal = {field.key for field in exporting.offered(page.register) if field.personal}
        chosen: Any = [key for key in kept.get("keys") or () if key not in personal]
        table = exporting.as_table(page.register, page.columns.chosen)
        count = plural(len(self.ids), *page.record_type.nouns)
        marked = "отмечено: " if page.marking.ids else ""
        # Whoever may not write cannot leave the note that such an export asks for.
        bare = bool(personal) and page.desk.why_not(Right.WORK) is not None
        dialog = ExportDialog(
            f"Выгрузить: {marked}{count}",
            [field for field in exporting.offered(page.register) if not (bare and field.personal)],
            chosen or table, table, str(kept.get("form", "xlsx")),
            page.views.heading or page.record_type.title, page.window_.guarded(self._chosen),
        )  # fmt: skip
        if bare:
            dialog.say(f"Без контактных лиц: {NAMELESS}")
        page.window_.ask(dialog, dialog.first())

    def _chosen(self, form: str, keys: tuple[str, ...], heading: str) -> None:
        page = self._page
        keep(page.desk, {"keys": list(keys), "form": form}, "export", page.register)
        if form == "copy":
            self.copy(keys, heading)
            return
        name = file_name(heading or page.record_type.title, form)
        path, _ = QFileDialog.getSaveFileName(page, "Выгрузить таблицу", str(Path.home() / name), KINDS[form])
        if path:
            self.write(named(Path(path), form), keys, heading)

    def copy(self, keys: Sequence[str], heading: str = "") -> None:
        """The table for pasting into a sheet or a letter."""
        page, count = self._page, len(self.ids)

        def done(made: exporting.Export) -> None:
            self._note(made, heading, "буфер обмена")
            data = QMimeData()
            data.setText(made.text)
            data.setHtml(made.html)
            QApplication.clipboard().setMimeData(data)
            page.window_.notify(f"Скопировано: {plural(count, *page.record_type.nouns)}. Вставьте в Excel или Word.")

        self._make("copy", keys, heading, done)

    def write(self, path: Path, keys: Sequence[str] = (), heading: str = "") -> None:
        """Write what the table shows, or what is marked in it; the ending says the form.

        keys: columns; without them a sheet has every field that is not personal, a paper those of the table.
        """
        page, count = self._page, len(self.ids)
        form = path.suffix.lower().removeprefix(".")
        if not keys:
            table = exporting.as_table(page.register, page.columns.chosen)
            keys = exporting.every(page.register) if form == "xlsx" else table

        def done(made: exporting.Export) -> None:
            # First the note, then the file: what went out unnoted would be worse than a note of what did not.
            self._note(made, heading, f"{FORMS[form][0]}, файл „{path.name}“")
            write_file(path, made.content)
            page.window_.notify(f"Записано в «{path.name}»: {plural(count, *page.record_type.nouns)}.")

        self._make(form, keys, heading, done)

    def _make(
        self, form: str, keys: Sequence[str], heading: str, done: Callable[[exporting.Export], None]
    ) -> None:  # fmt: skip
        page = self._page
        summed = [field.key for field in page.record_type.fields if is_summed(page.register, field)]
        page.desk.read_later(
            "Выгрузка",
            exporting.export,
            page.register,
            self.ids,
            form,
            fields=list(keys),
            summed=summed,
            told=list(told(page)),
            heading=heading,
            with_progress=True,
            done=page.window_.guarded(done),
            failed=page.window_.tell,
        )

    def _note(self, made: exporting.Export, heading: str, where: str) -> None:
        if made.people:
            what = f"{heading or self._page.record_type.title}: контактные лица"
            self._page.desk.write(
                KIND, "Выгрузка", note_export, what, made.people, where, changed={"personal_export"}, undoable=False
            )


def file_name(heading: str, form: str) -> str:
    """«Ветеранские организации.docx»: the heading as far as a file may be called so."""
    return f"{' '.join(heading.translate(_BAD_IN_NAMES).split())[:80].strip(' .') or 'Таблица'}.{form}"


def named(path: Path, form: str) -> Path:
    """The file with the ending of the form that was chosen."""
    return path if path.suffix.lower() == f".{form}" else path.with_name(f"{path.name}.{form}")


def told(page: RegisterPage) -> Iterator[str]:
    """The search and every filter of the page in words: «поиск „свет“», «форма: финансовая», «в архиве»."""
    yield from page.filters.told
    if page.narrowed:
        yield "записи за цифрой отчёта"
    if page.marking.ids:
        yield "отмеченные строки"
