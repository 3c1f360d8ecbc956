"""What lies over every page: find everything, the list of keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.ui.dialogs import Dialog
from app.ui.widgets import label, row

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

KEYS = (
    ("Ctrl+K", "Найти всё"), ("Ctrl+F", "Искать в списке"), ("Ctrl+1…9", "Страницы слева"),
    ("Ctrl+N", "Добавить"), ("F2", "Изменить"), ("Ctrl+S", "Сохранить"),
    ("Ctrl+Enter", "Сохранить и ещё одну; при загрузке списка — записать"), ("Esc", "Шаг назад"),
    ("Ctrl+R, Ctrl+U", "Напомнить о записи; услуга этой НКО"), ("Ctrl+D", "Как в прошлой записи, в строках — как выше"),
    ("Пробел", "Сегодня в пустой дате"),
    ("F5", "Пересчитать отчёт"), ("Ctrl+P", "Печатный вид"), ("F8, Shift+F8", "Следующее, предыдущее замечание"),
    ("Alt+1…8", "Разделы отчёта"), ("F6, Shift+F6", "Следующая, предыдущая часть окна"),
    ("Ctrl+M", "Похожие карточки НКО; отмеченные две — рядом"), ("Ctrl+V", "Вставить блок из Excel в список"),
    ("Ctrl+I", "Загрузить список"), ("Ctrl+O", "Выбрать файл со списком"), ("Ctrl+E", "Выгрузить"),
    ("F4", "Фильтр по любому полю"), ("F7", "Столбцы таблицы"), ("Alt+1…9", "Сохранённые виды таблицы"),
    ("Ctrl+Shift+S", "Сохранить вид таблицы"), ("Ctrl+Shift+V", "Получатели из скопированного списка"),
    ("Alt+Enter", "Кнопка карточки: в реестр, закрыть, отвечено"), ("Shift+Enter", "К карточке рядом с таблицей"),
    ("Ins, Shift+стрелки", "Отметить строки; все — Ctrl+A"),
    ("Shift+F2", "Одно поле у отмеченных"), ("Delete", "В архив"),
    ("Ctrl+Z, Ctrl+Shift+Z", "Отменить, вернуть запись"), ("F9", "Свернуть страницы слева"),
    ("F1", "Справка об этой странице"),
)  # fmt: skip

REGION_KEYS = (
    ("Ctrl+K", "Найти всё: район, страницу, действие"), ("Ctrl+1…6", "Страницы слева"),
    ("Ctrl+O", "Принять файлы; в «Комплекте» — планы"), ("Ctrl+Shift+O", "Принять папку"),
    ("Ctrl+F", "К списку или таблице"),
    ("Стрелки", "По таблице, доске и карте"), ("Enter", "Открыть то, что выбрано"), ("Esc", "Шаг назад"),
    ("F6, Shift+F6", "Следующая, предыдущая часть окна"), ("F8, Shift+F8", "Следующее, предыдущее замечание"),
    ("Alt+←, Alt+→", "Другой квартал свода и покрытия"), ("Alt+1…8", "Разделы свода"),
    ("Ctrl+E, Ctrl+C", "В Excel, скопировать"), ("Ctrl+S", "Сохранить настройки, обосновать дублирование"),
    ("Ctrl+Z, Ctrl+Shift+Z", "Отменить, вернуть запись"),
    ("F9", "Свернуть страницы слева"), ("F1", "Справка об этой странице"),
)  # fmt: skip


def show(key: str, window: MainWindow) -> None:
    """find, keys, or what the manual says of the first start."""
    if key == "find":
        from app.ui.find_everything import FindEverything

        FindEverything(window).open_over(window)
    elif key == "first start":
        from app.ui.pages.manual_page import first_start_dialog

        first_start_dialog().open_over(window)
    else:
        _keys_dialog(REGION_KEYS if window.plan.region else KEYS).open_over(window)


def _keys_dialog(keys: Sequence[tuple[str, str]]) -> Dialog:
    dialog = Dialog("Клавиши", leave="Закрыть")
    for key, what in keys:
        name = label(key, 13, bold=True)
        name.setFixedWidth(170)
        dialog.body.addLayout(row(name, label(what, 13), None))
    dialog.body.setSpacing(3)
    return dialog
