"""Files dropped on the window: each goes where its kind is taken in; an unknown one is told what could be done."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData

from app.core.account_file import ENDINGS
from app.core.errors import AppError, Deed, reason_of
from app.exchange import packets
from app.records import REGISTERS
from app.returns import answers, package_codec
from app.returns.package_codec import LARGEST, kind_of
from app.ui.dialogs import Dialog
from app.ui.widgets import Button

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

LISTS = frozenset({".xlsx", ".xls", ".ods", ".csv", ".tsv", ".txt"})
_KNOWN = (
    "Сюда перетаскивают списки (.xlsx, .xls, .ods, .csv, .tsv), комплект региона и ответы области (.json), "
    f"пакет рабочей копии ({packets.ENDING})."
)

_DOCUMENT = "Документ записи перетаскивают на её карточку."


def paths_of(data: QMimeData) -> list[Path]:
    """The local files among what is dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def content_of(path: Path) -> bytes:
    """The bytes of a file of the region, no more of them than tell that it is too large."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as fault:
        raise AppError(f"Файл «{path.name}» не читается: {reason_of(fault)}.", "Проверьте, на месте ли он.") from fault


def take_files(window: MainWindow, paths: Sequence[Path]) -> None:
    """Take in what was dropped.  AppError for what the window does not take."""
    if window.desk is None or not paths:
        return
    if any(dialog.isVisible() for dialog in window.findChildren(Dialog)):
        raise AppError("Сначала ответьте на вопрос в окне.", "Потом перетащите файл снова.")
    if window.plan.region:
        window.open("intake", paths=tuple(paths))
        return
    if len(paths) > 1:
        raise AppError(f"Перетащено файлов: {len(paths)}.", "Перетаскивайте по одному: каждый надо посмотреть.")
    (path,) = paths
    if path.is_dir():
        raise AppError(f"«{path.name}» — папка.", _KNOWN)
    match path.suffix.lower():
        case ".json":
            _take_answer_or_package(window, path)
        case packets.ENDING:
            window.open("packet", path=path)
        case kind if kind in LISTS:
            _take_list(window, path)
        case kind if kind in ENDINGS:
            raise AppError(
                f"«{path.name}» — файл учёта.", "Откройте его так: «Настройки», «Файл и копии», «Открыть другой файл».",
                Deed.OPEN, about=path,
            )
        case _:
            raise AppError(f"Файл «{path.name}» программа не принимает.", f"{_KNOWN} {_DOCUMENT}")


def _take_answer_or_package(window: MainWindow, path: Path) -> None:
    match kind_of(content_of(path)):
        case package_codec.KIND:
            window.open("regional", path=path)
        case answers.KIND:
            from app.ui.pages.return_answers import take_answer

            assert window.desk is not None
            take_answer(window.desk, window, path)
        case _:
            raise AppError(
                f"«{path.name}» — не комплект региона и не ответ области, либо файл испорчен при пересылке.", _KNOWN
            )


def _take_list(window: MainWindow, path: Path) -> None:
    """The register of the page that is open takes the list; on any other page she says what it lists."""
    from app.usecases.importing import IMPORTED

    here = next((key for key, page in window.pages.items() if page is window.page), "")
    register = getattr(window.page, "register", "") if here == "import" else here
    if register in IMPORTED:
        window.open("import", register=register, path=path)
    else:
        ask_register(window, path)


def ask_register(window: MainWindow, path: Path) -> Dialog:
    """A dialog of one button a register."""
    from app.usecases.importing import IMPORTED

    text = "Дальше программа покажет, что изменится, и ничего не запишет без вас."
    dialog = Dialog(f"Что в списке «{path.name}»?", text)

    def chosen(register: str) -> None:
        dialog.close_dialog(done=True)
        window.open("import", register=register, path=path)

    for register in IMPORTED:
        button = Button(REGISTERS[register].title, REGISTERS[register].icon, act=partial(chosen, register))
        dialog.body.addWidget(button)
    window.ask(dialog)
    return dialog
