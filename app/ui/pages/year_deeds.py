"""«Итоги года» of the page «Отчёты»: which year, into which folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from app.core.errors import InvalidRecord
from app.core.fields import Field, Kind
from app.core.text import NBSP
from app.ui.ask import ask_values
from app.ui.page import Page
from app.usecases.places import write_file
from app.usecases.year_summary import summary_files, year_summary, years_with_returns


def ask_year(page: Page) -> None:
    """The latest year with an approved return is offered."""
    years = page.desk.read(years_with_returns)
    if not years:
        page.window_.notify("Итоги складываются из утверждённых отчётов: пока не утверждён ни один.")
        return

    def act(values: dict[str, Any]) -> None:
        if values["year"] not in years:
            raise InvalidRecord({"year": f"За {values['year']}{NBSP}год нет ни одного утверждённого отчёта."})
        folder = QFileDialog.getExistingDirectory(page, "Куда сохранить итоги года", str(Path.home()))
        if folder:
            save_year(page, values["year"], Path(folder))

    told = ", ".join(str(year) for year in years)
    ask_values(
        page.window_, page.desk, "Итоги года",
        "Бумага и Excel с показателями по кварталам и диаграммами — по последним утверждённым отчётам года, "
        "кроме возвращённых. Каких отчётов нет, в них сказано.",
        [Field("year", "Год", Kind.YEAR, required=True, width=8, help=f"Утверждены отчёты за: {told}.")],
        "Сохранить итоги", act, given={"year": years[0]}, right=None,
    )  # fmt: skip


def save_year(page: Page, year: int, folder: Path) -> None:
    """PDF and workbook into the folder."""

    def make(session: Any, progress: Any) -> dict[str, bytes]:
        return summary_files(year_summary(session, year), progress=progress)

    def done(files: dict[str, bytes]) -> None:
        for name, content in files.items():
            write_file(folder / name, content)
        page.window_.notify(f"Итоги за {year}{NBSP}год сохранены в «{folder.name}»: PDF и Excel.")

    page.desk.read_later(
        "Составляются итоги года", make, with_progress=True, done=page.window_.guarded(done), failed=page.window_.tell
    )
