"""«Выгрузить»: a file holds what the table shows, in its order; the papers of a year and of one NGO are saved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from app.core.periods import Quarter
from app.ui.ngo_paper import save_history
from app.ui.pages.year_deeds import ask_year, save_year
from app.ui.register_export import file_name, named, told
from app.usecases import quarter_returns
from app.usecases.records import archive
from app.usecases.setup import save_unit
from tests.factories import District
from tests.pages import Window, fill, open_window
from tests.reports.reading import page_sizes, page_texts, sheets
from tests.returns.test_freezing import SIGNERS, a_quarter_of_work


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[Window]:
    """The third quarter is approved; of five NGOs one is in the archive, one has a contact person."""
    with District(tmp_path, today="2026-07-01") as district:
        district.write(save_unit, SIGNERS | {"administration": "Администрация района"})
        contact = {"name": "Сомов Виктор", "phone": "8 (921) 555-44-33", "basis": "согласие", "purpose": "связь"}
        yabl = district.ngo("АНО «Яблоня»", address="г. Мурино", lines={"contact": [contact]})
        district.ngo("АНО «Ель» Мурино", status="unverified")
        district.ngo("Фонд «Арка» Мурино", short_name="Фонд «Арка»")
        gone = district.ngo("АНО «Пропавшая» Мурино")
        district.write(archive, "ngo", gone, "ошибка")
        a_quarter_of_work(district)
        district.at("2026-10-05")
        for amount in ("1 250 000,50", "50 000", "700"):
            district.support(yabl, amount, day="2026-10-01")
        district.write(quarter_returns.freeze, Quarter(2026, 3), kind="return", title="Утверждён")
        path = district.path
    opened = open_window(qtbot, path, today="2026-10-08")
    yield opened
    opened.close()


def written(window: Window, page: Any, path: Path) -> bytes:
    page.exporting.write(path)
    window.wait(lambda: window.window.desk.jobs.idle and path.is_file())
    return path.read_bytes()


def names(content: bytes) -> list[str]:
    (rows,) = sheets(content).values()
    place = rows[0].index("Полное наименование")
    return [str(row[place]) for row in rows[1:]]


def test_a_sheet_holds_what_was_sought_sifted_and_ordered(window: Window, tmp_path: Path) -> None:
    page = window.register("ngo").search("мурино").page
    page.search()
    there = ["АНО «Ель» Мурино", "АНО «Светлый берег»", "АНО «Яблоня»", "Фонд «Арка» Мурино"]  # by name or address
    assert names(written(window, page, tmp_path / "поиск.xlsx")) == there
    page._sort_by(0)
    page._sort_by(0)
    shown = [str(page.model.index(n, 0).data()) for n in range(page.model.rowCount())]
    assert shown == sorted(shown, reverse=True)
    down = names(written(window, page, tmp_path / "порядок.xlsx"))
    assert down == there[::-1]
    page.filters.pills["status"].choose("unverified")
    assert names(written(window, page, tmp_path / "отбор.xlsx")) == ["АНО «Ель» Мурино"]


def test_the_archive_goes_out_alone(window: Window, tmp_path: Path) -> None:
    page = window.register("ngo").page
    page.filters.archived.setChecked(True)
    assert names(written(window, page, tmp_path / "архив.xlsx")) == ["АНО «Пропавшая» Мурино"]
    text = " ".join(page_texts(written(window, page, tmp_path / "архив.pdf")))
    assert "Отобрано: в архиве. 1 организация; сведения на 8 октября 2026 г." in text
    assert "«Яблоня»" not in text


def test_the_paper_names_what_was_sifted_and_has_the_columns_of_the_table(window: Window, tmp_path: Path) -> None:
    page = window.register("support").search("яблоня").page
    page.search()
    page.filters.pills["form"].choose("211")
    page._sort_by([field.key for field in page.model.columns].index("amount"))
    assert list(told(page)) == ["поиск «яблоня»", "форма поддержки: финансовая"]
    content = written(window, page, tmp_path / "поддержка.pdf")
    assert page_sizes(content) == [(297, 210)]
    (text,) = page_texts(content)
    assert "Администрация района Поддержка" in text
    assert "Отобрано: поиск «яблоня»; форма поддержки: финансовая." in text
    assert "3 меры; сведения на 8 октября 2026 г." in text.replace("меры поддержки", "меры")
    assert text.index("700,00") < text.index("50 000,00") < text.index("1 250 000,50")
    assert "Итого 1 300 700,50" in text
    heads = " ".join(page.model.headerData(n, Qt.Orientation.Horizontal) for n in range(page.model.columnCount()))
    assert all(word in text for word in heads.split() if len(word) > 3)


def test_marked_rows_go_out_alone_and_the_paper_says_so(window: Window, tmp_path: Path) -> None:
    page = window.register("ngo").page
    page.model.marked = {page.model.ids[1], page.model.ids[0]}
    assert len(names(written(window, page, tmp_path / "два.xlsx"))) == 2
    assert "Отобрано: отмеченные строки. 2 организации" in page_texts(written(window, page, tmp_path / "два.pdf"))[0]


def test_contact_persons_stay_out_of_both(window: Window, tmp_path: Path) -> None:
    page = window.register("ngo").page
    told_ = str(sheets(written(window, page, tmp_path / "все.xlsx")))
    told_ += " ".join(page_texts(written(window, page, tmp_path / "все.pdf")))
    assert "Сомов" not in told_
    assert "555-44-33" not in told_
    assert "Без отбора: все записи." in told_


@pytest.mark.parametrize(
    ("typed", "form", "name"),
    [
        ("НКО.xlsx", "xlsx", "НКО.xlsx"),
        ("НКО.XLSX", "xlsx", "НКО.XLSX"),
        ("НКО", "pdf", "НКО.pdf"),
        ("НКО", "docx", "НКО.docx"),
        ("список на 05.10", "xlsx", "список на 05.10.xlsx"),
    ],
)
def test_the_ending_fits_what_was_chosen(typed: str, form: str, name: str) -> None:
    assert named(Path(typed), form).name == name


def test_a_file_is_called_by_its_heading() -> None:
    assert file_name("НКО: «Мурино» / телефоны", "docx") == "НКО Мурино телефоны.docx"
    assert file_name(" ... ", "pdf") == "Таблица.pdf"


def test_the_year_is_saved_from_the_page_of_returns(window: Window, tmp_path: Path, monkeypatch: Any) -> None:
    page = window.window.open("returns")
    assert "Итоги года…" in [action.text() for action in page.menu().actions()]
    ask_year(page)
    fill(window.dialog.rows["year"].editor, "2019")
    window.dialog.primary.click()
    assert "За 2019" in window.dialog.rows["year"].fault
    window.dialog.close_dialog(done=False)
    folder = tmp_path / "итоги"
    folder.mkdir()
    save_year(page, 2026, folder)
    window.wait(lambda: len(list(folder.iterdir())) == 2)
    assert sorted(path.suffix for path in folder.iterdir()) == [".pdf", ".xlsx"]
    window.wait(lambda: "Итоги за 2026" in window.notice)


def test_what_was_done_for_an_ngo_is_saved_from_its_card(window: Window, tmp_path: Path) -> None:
    page = window.register("ngo").search("светлый").choose(0)
    assert "Что сделано для НКО (PDF)" in [word for word, _, _ in page.page.card._deeds]
    card = page.page.card.card
    save_history(page.page, card.id, "АНО «Светлый берег»", tmp_path / "свет.pdf")
    window.wait(lambda: (tmp_path / "свет.pdf").is_file())
    text = " ".join(page_texts((tmp_path / "свет.pdf").read_bytes()))
    assert "50 000,00 ₽" in text
    assert f"{date(2026, 8, 12):%d.%m.%Y}" in text
    window.wait(lambda: "Что сделано для «АНО" in window.notice or "свет.pdf" in window.notice)
