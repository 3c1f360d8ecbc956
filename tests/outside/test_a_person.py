"""The real program on a real screen: started, worked by keys and mouse, seen as a screen reader sees it.

What no test inside the process can tell: that the window takes the keys of an X server, that a window manager
lets it live, that its widgets have names for who does not see them, and that the files it leaves can be opened.
"""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pypdfium2

from app.core.identifiers import inn_with_check_digit, ogrn_with_check_digit
from tests.factories import District
from tests.outside.desktop import Desktop, Person


def a_list(folder: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["№", "Наименование НКО", "ОГРН", "ИНН", "Адрес"])
    for number, name in enumerate(("АНО «Светлый берег»", "Фонд «Ладога»"), 1):
        ogrn, inn = ogrn_with_check_digit(f"12447009900{number}"), inn_with_check_digit(f"47990000{number}")
        sheet.append([number, name, ogrn, inn, "г. Мурино, Лесная ул., д. 1"])
    path = folder / "list.xlsx"
    book.save(path)
    return path


def test_from_the_first_start_to_the_papers_of_a_return(screen: Desktop) -> None:
    person = screen.person("--today", "2026-10-05")
    begin(person)

    person.presses("ctrl+2", "ctrl+o").sees(begins="Выберите список", role="dialog")
    person.types(str(a_list(screen.home))).presses("Return").sees(begins="Записать 2 строки")
    person.presses("ctrl+Return").sees(begins="Записано: новых 2")
    person.sees("2 организации")

    person.presses("ctrl+3").sees("Мер поддержки пока нет")
    person.presses("ctrl+n").sees("Получатель", role="text", states=["focused"])
    person.types("ладога").sees(holds="Предложено: Фонд «Ладога»")
    person.presses("Return").reaches("Дата решения").types("10.09.2026").reaches("№ решения").types("214")
    person.reaches("Сумма, ₽").types("50000").presses("Tab").types("50000")
    person.reaches("Срок с").types("10.09.2026").reaches("Срок по").types("31.12.2026").presses("ctrl+s")
    person.sees("1 мера поддержки")

    person.presses("ctrl+9").reaches("Администрация").types("Администрация района")
    for field, text in (("Руководитель: должность", "Глава"), ("Руководитель: имя", "Ермакова Л. В."),
                        ("Исполнитель: должность", "Специалист"), ("Исполнитель: имя", "Орлова Т. П.")):  # fmt: skip
        person.reaches(field).types(text)
    person.presses("ctrl+s")
    person.presses("ctrl+8").clicks("Открыть отчёт за III квартал 2026 г.")
    person.sees(begins="Утвердить", role="push button", states=["enabled"])
    person.clicks(begins="Утвердить", role="push button").sees("Утвердить отчёт за III квартал 2026 г.")
    person.sees("Регистрационный №", role="text", states=["focused"])
    person.reaches("Утвердить").presses("space").sees(begins="Отчёт за III квартал 2026 г. утверждён")
    for deed, kind in (("Сохранить PDF", "pdf"), ("Сохранить Excel", "xlsx")):
        person.clicks(begins=deed).sees(begins="Сохранить отчёт", role="dialog")
        person.types(str(screen.home / f"return.{kind}")).presses("Return").sees(f"Сохранено: return.{kind}")
    assert person.leaves() == 0

    paper = pypdfium2.PdfDocument(screen.home / "return.pdf")
    told = " ".join(paper[0].get_textpage().get_text_bounded().split())
    assert "за III квартал 2026 года" in told, told
    paper.close()
    sheets = openpyxl.load_workbook(screen.home / "return.xlsx").worksheets
    support = next(sheet for sheet in sheets if "211.3" in [cell.value for cell in sheet["A"]])
    assert [row[4].value for row in support.iter_rows() if row[0].value == "211.3"] == [50000]


def begin(person: Person) -> None:
    """The first start: the district, who signs, an empty file."""
    person.sees("Кто работает")
    person.clicks(begins="Дальше").sees("Район и файл")
    person.clicks("Район или округ", role="combo box").clicks(begins="Всеволожский", role="list item")
    person.clicks(begins="Дальше").sees("Подразделение и подписи")
    person.clicks("Заполнить потом").sees("С чего начать")
    person.clicks("Начать с пустого файла").clicks(begins="Создать файл учёта").sees("Требует внимания")


def test_keys_work_under_the_russian_layout(screen: Desktop) -> None:
    """A shortcut is a place on the keyboard: who types Russian does not switch the layout for Ctrl+N."""
    person = screen.person("--today", "2026-10-05")
    begin(person)
    person.switches("ru").presses("ctrl+2").sees("Организаций пока нет")
    person.presses_where("n", holding="ctrl").sees("Полное наименование", role="text", states=["focused"])
    person.types("Фонд Ладога").presses_where("s", holding="ctrl").sees("1 организация")
    person.presses_where("k", holding="ctrl").types("ладога").sees(holds="Ладога", role="list item")
    assert person.presses("Escape").leaves() == 0


def test_a_screen_reader_is_told_of_menus_and_of_buttons_inside_fields(screen: Desktop) -> None:
    with District(screen.home) as district:
        district.ngo("АНО «Светлый берег»")
        path = district.path
    person = screen.person("--db", str(path), "--today", "2026-10-05")
    person.sees("Требует внимания")
    person.presses("ctrl+2").sees("1 организация")
    person.sees("Искать", role="push button")
    person.reaches("Действия").presses("space")
    person.sees("Действия", role="popup menu")
    person.sees(begins="Одно поле у отмеченных", role="menu item", states=["focused"])
    person.presses("Down").sees(begins="Отметить все найденные", role="menu item", states=["focused"])
    person.clicks(begins="Обзвонить список", role="menu item").sees("осталось 1")
    person.presses("ctrl+2", "ctrl+n").sees("Полное наименование", role="text", states=["focused"])
    person.sees("Календарь", role="push button")
    assert person.presses("Escape").leaves() == 0
