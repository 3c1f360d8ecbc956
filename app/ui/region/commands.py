"""What «Найти всё» offers in a region's file: its districts and what may be done."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from app.ui.commands import Command, everywhere
from app.ui.region.places import PAGES
from app.ui.short_words import short_place
from app.usecases.setup import territories

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow


def deeds(window: MainWindow) -> list[Command]:
    """What may be done from anywhere."""
    found = [
        Command("Принять файлы", "«Приём»", "upload-simple", partial(window.open, "intake", ask="files"), "Ctrl+O",
                "отчёты районов загрузить xlsx zip письмо eml"),
        Command("Принять папку", "«Приём»", "folder-open", partial(window.open, "intake", ask="folder"),
                "Ctrl+Shift+O", "отчёты районов загрузить каталог флешка"),
        Command("Что пришло", "«Приём»", "list", partial(window.open, "intake", tab="came"), "",
                "журнал приёма прежние файлы принятые отложенные"),
        Command("Кто не сдал", "«Доска»", "calendar-check", partial(window.open, "board"), "",
                "должники срок опоздание напомнить звонок письмо"),
        Command("Утвердить свод", "«Свод»", "lock", partial(window.open, "whole", ask="approve"), "",
                "сводный отчёт заморозить номер"),
        Command("Записать свод в PDF", "«Свод»", "file-pdf", partial(window.open, "whole", ask="pdf"), "",
                "сводный отчёт напечатать сохранить"),
        Command("Записать свод в Excel", "«Свод»", "file-xls", partial(window.open, "whole", ask="xlsx"), "",
                "сводный отчёт таблица сохранить"),
        Command("Записать свод страницей", "«Свод»", "file-text", partial(window.open, "whole", ask="html"), "",
                "сводный отчёт html браузер сохранить"),
        Command("Составить справку для комиссии", "«Карта»", "file-pdf",
                partial(window.open, "tiles", ask="commission"), "", "субсидии центр район дублирование"),
        Command("Записать комплект", "«Комплект»", "package", partial(window.open, "down"), "",
                "справочники каталог районам выпустить json старый комплект"),
        Command("Принять планы центров", "«Планы центров»", "table", partial(window.open, "plans"), "",
                "победители соглашения субсидия деньги таблица объёмы"),
        Command("Задать вопрос районам", "«Вопросы районам»", "question", partial(window.open, "questions", ask="new"),
                "", "опрос таблица ответы свод"),
    ]  # fmt: skip
    return [*(one for one in found if one.hint != "«Доска»" or "board" in PAGES), *everywhere(window)]


def districts(window: MainWindow) -> list[Command]:
    """Every territory that exists today; it opens on the board."""
    assert window.desk is not None
    today = window.desk.clock.today()
    return [
        Command(short_place(one.name), "«Доска»", "buildings", partial(window.open, "board", oktmo=one.code), "",
                f"{one.code} {one.name}")
        for one in window.desk.read(territories)
        if one.valid_from <= today and (one.valid_to is None or today <= one.valid_to)
    ]  # fmt: skip
