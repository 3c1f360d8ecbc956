"""The window around a restore: the file is closed, the copy takes its place, the window shows it."""

from __future__ import annotations

from app.core.errors import AppError
from app.ui.main_window import MainWindow
from app.usecases import restoring
from app.usecases.restoring import Ready


def put_back(window: MainWindow, ready: Ready) -> None:
    """What was made ready takes the place of the open file; if that is refused, the file is shown as it was."""
    desk = window.desk
    if desk is None:
        return
    database = desk.database
    if window.keeper is not None:
        window.keeper.stop()
    desk.jobs.close()
    refused: AppError | None = None
    try:
        restoring.put_back(database, ready)  # type: ignore[arg-type]
    except AppError as error:
        refused = error
    window.drop()
    window.open_file(database.path)
    if refused is not None:
        window.tell(refused)
        return
    window.open("settings", tab="copies")
    window.notify(f"Файл восстановлен из копии от {ready.at:%d.%m.%Y %H:%M}. Прежнее состояние — среди копий.")
