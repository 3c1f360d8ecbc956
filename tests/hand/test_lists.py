"""Blank lists filled in an office program and taken in: no column unknown, every row new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from app.core.errors import AppError
from app.usecases.blank_forms import blank_list
from tests.importing.conftest import Desk, told

DAY = date(2026, 9, 10)
SERVICE = "К4\u00a0· Консультация по грантам и проектированию"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk(tmp_path) as found:
        found.centre("АНО «Опора»")
        for name in ("Фонд «Ключ»", "Союз «Лад»"):
            found.ngo(name)
        yield found


def filled(what: str, folder: Path, rows: list[Mapping[str, Any]]) -> Path:
    """The blank list with rows by the titles of its columns."""
    work = load_workbook(BytesIO(blank_list(what)))
    sheet = work.worksheets[0]
    heads = {str(cell.value).rstrip("\u00a0*"): cell.column for cell in sheet[1]}
    for number, row in enumerate(rows, 2):
        for title, value in row.items():
            sheet.cell(number, heads[title]).value = value
    path = folder / f"{what}.xlsx"
    work.save(path)
    return path


ROWS: dict[str, tuple[str, list[Mapping[str, Any]]]] = {
    "services": (
        "service",
        [
            {"Дата": DAY, "Центр": "АНО «Опора»", "Услуга": SERVICE, "Тема": f"Заявка {number}", "Объём": 1,
             "Получатели": "Фонд «Ключ»; Союз «Лад»; граждане", "Часов": 1.5, "Человек": 4,
             "Результат": "заявка подана", "Сумма заявки, ₽": 250000, "Подтверждение": "журнал",
             "№ или ссылка": f"12-{number}", "Примечание": "по записи"}
            for number in range(1, 4)
        ],
    ),
    "needs": (
        "need",
        [
            {"НКО": name, "Категория": category, "В чём потребность": f"Нужно: {category}",
             "Какие услуги ответят": "К2; К4", "Выявлена": DAY, "Приоритет": "высокий", "Статус": status,
             "Закрыта": closed, "Чем закрыта": "помогла администрация" if closed else None}
            for name, category, status, closed in (
                ("Фонд «Ключ»", "Финансы и гранты", "открыта", None),
                ("Союз «Лад»", "Бухгалтерия и отчётность", "закрыта администрацией или партнёром", date(2026, 9, 20)),
            )
        ],
    ),
    "ngos": (
        "ngo",
        [
            {"Полное наименование": "Автономная некоммерческая организация «Свет»",
             "Краткое наименование": "АНО «Свет»", "Вид": "юридическое лицо",
             "Правовая форма": "Автономная некоммерческая организация",
             "ОГРН": "1037739010891", "ИНН": "7707083893", "Дата регистрации": date(2003, 2, 1), "Поселение": "Мурино",
             "Адрес": "г. Мурино, ул. Новая, д. 1", "Служебный телефон": "8 (813) 700-00-01",
             "Электронная почта": "svet@example.org", "Сайт": "svet.example.org", "Руководитель": "Свиридов А. П.",
             "Статус": "действует", "Отметки": "СОНКО; ИОПУ", "Виды деятельности": "1; 9", "На учёте с": DAY,
             "Примечание": "работает по субботам"},
            {"Полное наименование": "Инициативная группа «Двор»", "Поселение": "Мурино", "Статус": "действует",
             "Вид": "объединение без образования юридического лица", "На учёте с": DAY},
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", ROWS, ids=str)
def test_a_filled_list_is_taken_in_whole(what: str, desk: Desk, tmp_path: Path) -> None:
    register, rows = ROWS[what]
    path = filled(what, tmp_path, rows)
    preview = desk.seen(register, path)
    assert [table.unmatched for table in preview.tables] == [()]
    assert [(row.outcome, [fault.text for fault in row.faults], row.doubts) for row in preview.rows] == [
        ("new", [], ()) for _ in rows
    ]
    assert told(desk.taken(register, path)) == (len(rows), 0, 0, 0, 0)


@pytest.mark.parametrize("what", ROWS, ids=str)
def test_each_heading_finds_a_field_of_its_own(what: str, desk: Desk, tmp_path: Path) -> None:
    register, rows = ROWS[what]
    (table,) = desk.seen(register, filled(what, tmp_path, rows)).tables
    assert len(table.column_map.columns) == len(table.headings)


def test_codes_words_and_days_arrive(desk: Desk, tmp_path: Path) -> None:
    register, rows = ROWS["services"]
    desk.taken(register, filled("services", tmp_path, rows))
    kept = desk.all("service")[0]
    assert (kept["service_code"], kept["result"], kept["evidence_kind"]) == ("К4", "applied", "журнал")
    assert len(desk.card("service", kept["id"]).lines["service_recipient"]) == 3


@pytest.mark.parametrize("what", ROWS, ids=str)
def test_choices_have_drop_downs_and_figures_checks(what: str) -> None:
    sheet = load_workbook(BytesIO(blank_list(what))).worksheets[0]
    rules = {str(rule.sqref).split(":")[0][:-1]: rule for rule in sheet.data_validations.dataValidation}
    kinds = {str(cell.value).rstrip("\u00a0*"): rules.get(cell.column_letter) for cell in sheet[1]}
    wanted = {
        "services": {"Услуга": "list", "Результат": "list", "Подтверждение": "list", "Дата": "date", "Часов": "custom"},
        "needs": {"Категория": "list", "Приоритет": "list", "Статус": "list", "Выявлена": "date"},
        "ngos": {"Вид": "list", "Правовая форма": "list", "Статус": "list", "ОГРН": "textLength", "На учёте с": "date"},
    }[what]
    assert {title: kinds[title].type for title in wanted} == wanted


def test_several_marks_in_one_cell(desk: Desk, tmp_path: Path) -> None:
    desk.taken("ngo", filled("ngos", tmp_path, ROWS["ngos"][1]))
    kept = next(card for card in desk.all("ngo") if card["ogrn"] == "1037739010891")
    assert set(kept["marks"]) == {"sonko", "iopu"}
    assert set(kept["activities"]) == {"1", "9"}


def test_it_bears_no_time_of_its_own() -> None:
    """The same bytes whenever it is written, as its docstring says."""
    properties = load_workbook(BytesIO(blank_list("needs"))).properties
    assert properties.created == properties.modified == datetime(2024, 1, 1)


def test_another_word_is_refused() -> None:
    with pytest.raises(AppError, match="Списка «partners» нет"):
        blank_list("partners")
