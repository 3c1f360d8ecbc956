"""What the table of a register shows, as an Excel file or on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from app.core.russian import plural
from app.ui.totals_line import is_summed
from app.usecases import exporting
from app.usecases.places import write_file

if TYPE_CHECKING:
    from app.ui.register_page import RegisterPage

EXCEL, PAPER = "Excel, все поля (*.xlsx)", "PDF, как в таблице (*.pdf)"


class Exporting:
    """«Выгрузить» of a page."""

    def __init__(self, page: RegisterPage) -> None:
        self._page = page

    def ask(self) -> None:
        """Ask where and as what, then write."""
        title = self._page.record_type.title
        path, chosen = QFileDialog.getSaveFileName(
            self._page, "Выгрузить таблицу", str(Path.home() / f"{title}.xlsx"), f"{EXCEL};;{PAPER}"
        )
        if path:
            self.write(named(Path(path), chosen))

    def write(self, path: Path) -> None:
        """Write what the table shows, or what is marked in it, in the database's thread; a .pdf is the paper."""
        page = self._page
        ids = page.marking.ids or list(page.model.ids)

        def done(content: bytes) -> None:
            write_file(path, content)
            page.window_.notify(f"Записано в «{path.name}»: {plural(len(ids), *page.record_type.nouns)}.")

        make: Callable[..., bytes] = exporting.register_xlsx
        if path.suffix.lower() == ".pdf":
            columns = page.model.columns
            make = partial(
                exporting.register_pdf,
                fields=[field.key for field in columns],
                summed=[field.key for field in columns if is_summed(page.register, field)],
                told=list(told(page)),
            )
        page.desk.read_later(
            "Выгрузка",
            make,
            page.register,
            ids,
            with_progress=True,
            done=page.window_.guarded(done),
            failed=page.window_.tell,
        )


def named(path: Path, chosen: str) -> Path:
    """The file with the ending that fits what was chosen; a .pdf that was typed is meant so."""
    if path.suffix.lower() == ".pdf":
        return path
    wanted = ".pdf" if chosen == PAPER else ".xlsx"
    return path.with_suffix(wanted) if path.suffix.lower() in (".xlsx", "") else path.with_name(path.name + wanted)


def told(page: RegisterPage) -> Iterator[str]:
    """The search and every filter of the page in words: «поиск „свет“», «форма: финансовая», «в архиве»."""
    sought = page.filters.search.text().strip()
    if sought:
        yield f"поиск «{sought}»"
    for pill in page.filters.pills.values():
        if pill.code is not None:
            yield pill.word[:1].lower() + pill.word[1:] if pill.word[1:2].islower() else pill.word
    if page.filters.archived.isChecked():
        yield "в архиве"
    if page.narrowed:
        yield "записи за цифрой отчёта"
    if page.marking.ids:
        yield "отмеченные строки"
