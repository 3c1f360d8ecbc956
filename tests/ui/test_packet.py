"""A packet of a colleague: seen record by record, disputes decided, taken and taken back in one step."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from app.usecases import records
from app.usecases.history import recent_changes
from app.usecases.packet_making import packet_file
from app.usecases.working_copy import mark_of
from tests.factories import District
from tests.pages import Window, open_window
from tests.ui.pages_people import PacketPage, PeoplePage, words
from tests.ui.test_package import drop
from tests.usecases.colleagues import COLLEAGUE, copy_for

SVET, ZARYA, BEREG = "АНО «Светлый берег»", "Фонд «Заря»", "АНО «Берег»"


@pytest.fixture
def office(tmp_path: Path) -> tuple[Path, Path]:
    """The main file, and the packet of a colleague who worked beside it."""
    with District(tmp_path, today="2026-10-01") as district:
        svet, zarya = district.ngo(SVET, phone="8 (81370) 00-001"), district.ngo(ZARYA)
        ogrn, inn = district.ogrn(), district.inn()
        copy = copy_for(district)
        copy.save("ngo", {"phone": "8 (81370) 00-002", "address": "г. Мурино"}, id=svet)
        copy.support(zarya, "50 000")
        copy.ngo(BEREG, ogrn=ogrn, inn=inn)
        sent = tmp_path / "Тихонова.kurator-packet"
        sent.write_bytes(copy.read(packet_file))
        copy.close()
        district.save("ngo", {"phone": "8 (81370) 00-003"}, id=svet)
        district.ngo("АНО «Берег надежды»", ogrn=ogrn, inn=inn)
        district.write(records.archive, "ngo", zarya, "закрылась", kind="archive")
        return district.path, sent


@pytest.fixture
def window(qtbot: Any, office: tuple[Path, Path]) -> Iterator[Window]:
    opened = open_window(qtbot, office[0])
    yield opened
    opened.close()


def ngo(window: Window, id: int) -> Any:
    assert window.window.desk is not None
    from app.usecases import registers

    return window.window.desk.read(registers.card, "ngo", id).values


def test_a_dropped_packet_is_seen_decided_taken_and_taken_back(window: Window, office: tuple[Path, Path]) -> None:
    window.window.open("summary")
    assert drop(window, office[1])
    page = PacketPage(window)
    assert page.page.header.fact.text() == f"{COLLEAGUE}, пакет от 01.10.2026"
    assert page.rows[:2] == [(SVET, "спорная"), (BEREG, "спорная")]
    assert (page.rows[2][1], len(page.rows)) == ("ошибка", 3)
    assert page.tabs == ["Все 3", "Спорные 2", "Новые 0", "Изменённые 0", "Без изменений 0", "С ошибками 1"]
    assert ngo(window, 1)["address"] == "", "nothing is written before the button"
    page.choose(SVET).decide(0, second=True)
    assert page.page.note.text().replace("\u00a0", " ").startswith("Спорных значений: 2, из копии: 1.")
    page.write()
    assert window.notice.startswith(f"Из рабочей копии ({COLLEAGUE}) принято: ")
    assert (ngo(window, 1)["phone"], ngo(window, 1)["address"]) == ("8 (81370) 00-002", "г. Мурино")
    assert window.window.desk is not None
    assert COLLEAGUE in window.window.desk.read(recent_changes, 1)[0].title
    window.window.undo()
    assert (ngo(window, 1)["phone"], ngo(window, 1)["address"]) == ("8 (81370) 00-003", "")


def test_mine_is_kept_unless_she_says_otherwise(window: Window, office: tuple[Path, Path]) -> None:
    page = PacketPage(window, office[1])
    page.choose(SVET).space().space()
    assert not page.page.model.hers
    page.write()
    assert (ngo(window, 1)["phone"], ngo(window, 1)["address"]) == ("8 (81370) 00-003", "г. Мурино")
    again = PacketPage(window, office[1])
    assert not again.page.write_button.isEnabled()
    assert again.page.note.text().endswith("Пока писать нечего.")


def test_a_card_of_the_same_ogrn_may_be_declined(window: Window, office: tuple[Path, Path]) -> None:
    page = PacketPage(window, office[1]).choose(BEREG)
    told = " ".join(label.text() for label in page.page.card.findChildren(QLabel))
    assert "Такой ОГРН уже есть: «АНО „Берег надежды“»." in told
    page.decide(1, second=True)
    assert page.button == "Принять 2 записи"
    page.decide(0, second=True)
    assert page.button == "Принять 1 запись"
    assert page.rows[1] == (BEREG, "ошибка")
    page.decide(0, second=False)
    page.write()
    assert ngo(window, 3)["name"] == BEREG


def test_a_choice_lets_what_hangs_on_it_be_written(qtbot: Any, tmp_path: Path) -> None:
    """A decision for an NGO that lies in the archive here waits for the word that brings the NGO back."""
    with District(tmp_path, today="2026-10-01") as district:
        zarya = district.ngo(ZARYA)
        copy = copy_for(district)
        copy.save("ngo", {"phone": "8 (81370) 00-002"}, id=zarya)
        copy.support(zarya, "50 000")
        sent = tmp_path / "Тихонова.kurator-packet"
        sent.write_bytes(copy.read(packet_file))
        copy.close()
        district.write(records.archive, "ngo", zarya, "закрылась", kind="archive")
    window = open_window(qtbot, district.path)
    page = PacketPage(window, sent)
    assert (page.tabs[5], page.page.write_button.isEnabled()) == ("С ошибками 1", False)
    page.page.all_hers.click()
    page.wait()
    assert (page.tabs[5], page.button) == ("С ошибками 0", "Принять 2 записи")
    page.page.all_mine.click()
    page.wait()
    assert page.tabs[5] == "С ошибками 1"
    page.page.all_hers.click()
    page.wait().write()
    assert ngo(window, zarya)["phone"] == "8 (81370) 00-002"
    window.close()


def test_the_focus_stays_on_the_pill_that_was_pressed(window: Window, office: tuple[Path, Path]) -> None:
    page = PacketPage(window, office[1]).choose(SVET)
    (key,) = list(page.page.card.pills)[:1]
    page.page.card.pills[key][1].setFocus()
    window.wait(lambda: QApplication.focusWidget() is page.page.card.pills[key][1])
    page.page.card.pills[key][1].click()
    page.wait()
    assert QApplication.focusWidget() is page.page.card.pills[key][1]


def test_esc_leaves_the_packet_then_the_page(window: Window, office: tuple[Path, Path]) -> None:
    page = PacketPage(window, office[1])
    window.window.step_back()
    assert page.page.preview is None
    assert page.page.empty.primary.isVisible()
    window.window.step_back()
    assert window.window.page is window.window.pages["settings"]


def test_f8_walks_what_asks_for_a_word(window: Window, office: tuple[Path, Path]) -> None:
    page = PacketPage(window, office[1])
    seen = []
    for _ in range(3):
        seen.append(page.page.table.row)
        page.page.next_finding(1)
    assert seen == sorted(set(seen))


def test_a_spoilt_packet_is_told(window: Window, office: tuple[Path, Path]) -> None:
    office[1].write_bytes(office[1].read_bytes().replace("Мурино".encode(), "Мурина".encode()))
    window.window.open("packet", path=office[1])
    assert window.dialog.title.text() == "Файл пакета испорчен при пересылке."
    window.dialog.leave.click()


def test_a_working_copy_is_made_and_gives_its_changes_back(
    qtbot: Any, office: tuple[Path, Path], tmp_path: Path
) -> None:
    window = open_window(qtbot, office[0])
    page = PeoplePage(window)
    assert not page.panel.send.isVisible()
    made = tmp_path / "для коллеги.db"
    page.panel.copy_to(made, COLLEAGUE)
    window.wait(made.exists)
    window.wait(lambda: window.notice.startswith("Рабочая копия записана и проверена"))
    window.close()
    copy = open_window(qtbot, made)
    assert copy.window.status.copy.text() == f"Рабочая копия: {COLLEAGUE}"
    assert copy.window.desk is not None
    mark = copy.window.desk.read(mark_of)
    assert mark is not None
    page = PeoplePage(copy)
    buttons = (page.panel.send, page.panel.make, page.panel.take)
    assert [button.isVisible() for button in buttons] == [True, False, False]
    page.panel.send.click()
    assert copy.notice == "В этой копии ещё ничего не изменено: возвращать нечего."
    copy.register("ngo").choose(0).edit().type("note", "проверено").save()
    PeoplePage(copy).panel.send_to(tmp_path / "назад")
    assert (tmp_path / "назад.kurator-packet").exists()
    settings: Any = copy.window.open("settings")
    assert settings.header.fact.text().startswith(f"Это рабочая копия ({COLLEAGUE})")
    copy.close()


@pytest.mark.parametrize("size", [(1366, 696), (910, 460)])
def test_the_page_fits(window: Window, office: tuple[Path, Path], size: tuple[int, int]) -> None:
    window.window.resize(*size)
    page = PacketPage(window, office[1])
    assert page.page.minimumSizeHint().width() <= size[0]
    assert words(page.page.write_button).startswith("Принять")
