"""What «Найти всё» can do beside finding records: pages to open and commands to run, each with its keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from app.core.periods import last_full_quarter
from app.core.russian import in_sentence
from app.records import REGISTERS
from app.ui.register_page import IMPORTED
from app.usecases.search_words import holds, sought_of

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

_WHOM = {
    "партнёр": "партнёра", "мера": "меру", "услуга": "услугу", "практика": "практику", "программа": "программу",
    "заявка": "заявку",
}  # fmt: skip
"""First words of what is added that are other words after «добавить»."""
_ALSO = {"service": "консультация семинар", "support": "субсидия грант решение", "appeal": "письмо жалоба",
         "calendar_entry": "событие совет встреча"}  # fmt: skip
"""What a clerk calls a record beside the name of its register."""


@dataclass(frozen=True)
class Command:
    """A page or a deed.  words: other names under which it is sought; key: its shortcut."""

    title: str
    hint: str
    icon: str
    act: Callable[[], object]
    key: str = ""
    words: str = ""


def matching(found: list[Command], text: str) -> list[Command]:
    """Those that say all that is typed, what is said in their titles first; all of them for an empty line."""
    sought = sought_of(text)
    if sought is None:
        return []
    kept = [command for command in found if holds(f"{command.title} {command.words}", sought)]
    return sorted(kept, key=lambda command: not holds(command.title, sought))


def pages(window: MainWindow) -> list[Command]:
    """Every page of the rail with its tabs, and what is reached from pages."""
    found, plan = [], window.plan
    for number, place in plan.numbered:
        tabs = plan.tabs.get(place.key, ((place.key, ""),))
        found.append(_page(window, tabs[0][0], place.title, "страница", place.icon, f"Ctrl+{number}", tabs[0][1]))
        for key, word in tabs[1:]:
            icon = REGISTERS[key].icon if key in REGISTERS else place.icon
            found.append(_page(window, key, word, f"«{place.title}»", icon))
    history = _page(window, "history", "История изменений", "«Сводка»", "clock", words="журнал отменить история")
    found.append(replace(history, hint="«Настройки»") if plan.region else history)
    if not plan.region:
        words = "шаблоны таблица комитета"
        found.append(_page(window, "templates", "Формы комитета", "«Отчёты»", "file-xls", words=words))
    found += [
        _settings(window, "dictionaries", "Справочники", "books", "коды виды деятельности каталог услуг поселения"),
        _settings(window, "people", "Люди", "users", "сотрудники роли пароль рабочая копия пакет"),
        _settings(window, "copies", "Файл и копии", "database", "резервная копия проверить файл вернуться к копии"),
        Command("Справка", "руководство", "question", window.open_manual, "F1", "помощь инструкция"),
    ]
    return found


def deeds(window: MainWindow) -> list[Command]:
    """What may be done from anywhere."""
    assert window.desk is not None
    quarter = last_full_quarter(window.desk.clock.today())
    found = [
        Command(f"Добавить {_whom(key)}", f"«{kind.title}»", "plus", partial(window.open, key, new={}),
                "Ctrl+N", f"новая новый внести создать {kind.title} {_ALSO.get(key, '')}")
        for key, kind in REGISTERS.items()
    ]  # fmt: skip
    found += [
        Command(f"Загрузить список: {in_sentence(REGISTERS[key].title)}", "из Excel", "upload-simple",
                partial(window.open, "import", register=key), "Ctrl+I", "импорт импортировать таблица файл")
        for key in IMPORTED
    ]  # fmt: skip
    found += [
        Command(f"Составить отчёт за {quarter.title}", "«Отчёты»", "file-text",
                partial(window.open, "return", quarter=quarter), "", "квартальный сдать сделать"),
        Command("Составить справку из реестра", "«Реестр получателей»", "file-text", partial(_extract, window), "",
                "выписка нахождение сведений получателей поддержки"),
        Command("Загрузить комплект региона", "«Справочники»", "package", partial(window.open, "regional"), "",
                "принять области"),
    ]  # fmt: skip
    return found + everywhere(window)


def everywhere(window: MainWindow) -> list[Command]:
    """What may be done in a file of either role."""
    return [
        Command("Сделать резервную копию", "«Файл и копии»", "floppy-disk",
                partial(window.open, "settings", tab="copies"), "", "резервная копия базы сохранить бэкап"),
        Command("Обновить программу", "«Имя и вид»", "download-simple",
                partial(window.open, "settings", tab="look"), "", "версия обновление из файла с носителя флешки"),
        Command("Отменить последнюю запись", "", "arrow-counter-clockwise", window.undo, "Ctrl+Z", "вернуть назад"),
        Command("Вернуть отменённое", "", "arrow-clockwise", window.redo, "Ctrl+Shift+Z", "повторить"),
        Command("Показать все клавиши", "", "keyboard", partial(_extra, window, "keys"), "Shift+F1", "горячие"),
        Command("Свернуть страницы слева", "", "list", partial(_fold, window), "F9", "развернуть панель"),
    ]  # fmt: skip


def _page(window: MainWindow, key: str, title: str, hint: str, icon: str, keys: str = "", words: str = "") -> Command:
    return Command(title, hint, icon, partial(window.open, key), keys, f"{words} страница открыть")


def _settings(window: MainWindow, tab: str, title: str, icon: str, words: str) -> Command:
    return Command(title, "«Настройки»", icon, partial(window.open, "settings", tab=tab), "", f"{words} открыть")


def _whom(register: str) -> str:
    first, *rest = in_sentence(REGISTERS[register].title_one).split()
    return " ".join((_WHOM.get(first, first), *rest))


def _extract(window: MainWindow) -> None:
    page: Any = window.open("recipients")
    page.ask_extract()


def _extra(window: MainWindow, key: str) -> None:
    from app.ui import extras

    extras.show(key, window)


def _fold(window: MainWindow) -> None:
    window.fold_by_hand(not window.rail.folded)
