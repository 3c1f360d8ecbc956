"""Ten things of a clerk's day by keys and clicks alone; the table in docs/effort.md holds what is counted here."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QApplication, QFileDialog

from app.ui.widgets import Button, to_latin
from app.usecases import registers
from app.usecases.setup import save_unit
from tests.factories import District
from tests.pages import Window, open_window
from tests.returns.test_freezing import SIGNERS
from tests.ui.effort_table import PAGE, SHEETS, row_of
from tests.ui.hands import Hands

SEATS = [f"АНО «Садовая {number}»" for number in range(1, 21)]
Do = Callable[[Hands, Path], None]


@pytest.fixture
def window(qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    """A district on 5 October 2026; a file dialog is answered with the name that it proposes."""
    with District(tmp_path, today="2026-08-20") as district:
        district.write(save_unit, SIGNERS)
        svet = district.ngo("АНО «Светлый берег»", sonko=True, activities=["1"], address="г. Мурино, Лесная ул., д. 1")
        lad = district.ngo("Фонд «Ладога»", okopf="70400", address="г. Сертолово", phone="8 (81370) 25-411")
        for name in SEATS:
            district.ngo(name, address="г. Мурино")
        district.ngo("Союз ветеранов «Память»", director="Ёжикова А. П.", phone="8 (81370) 25-412")
        centre = district.centre("АНО «Опора»")
        district.service(centre, "К4", [svet], day="2026-08-18")
        district.need(svet, "finance", day="2026-08-10", text="нужен грант")
        district.support(lad, "20 000", day="2026-08-19")
        district.save("appeal", {"ngo_id": lad, "received_on": district.clock.today(), "channel": "letter",
                                 "subject": "О помещении для встреч"})  # fmt: skip
        path = district.path
    monkeypatch.setattr(QFileDialog, "getSaveFileName",
                        lambda _parent, _title, name, _kinds="": (str(tmp_path / Path(name).name), ""))  # fmt: skip
    opened = open_window(qtbot, path, today="2026-10-05")
    qtbot.waitUntil(lambda: QApplication.activeWindow() is opened.window)
    yield opened
    opened.close()


def page_of(hands: Hands) -> Any:
    return hands.window.window.page


def count(hands: Hands, register: str, **filters: Any) -> int:
    desk = hands.window.window.desk
    assert desk is not None
    return len(desk.read(registers.find, register, filters=filters))


def find(hands: Hands, _folder: Path) -> None:
    hands.press("Ctrl+K").type("лад").press("Enter")
    assert page_of(hands).card.card.values["name"] == "Фонд «Ладога»"


def consultation(hands: Hands, _folder: Path) -> None:
    # She who asks is found first, as one does while she talks; the one centre of the district is there already.
    hands.press("Ctrl+K").type("лад").press("Enter", "Ctrl+U", "Пробел", "Tab", "Tab").type("К2")
    hands.press("Tab", "Tab").type("1").press("Tab").type("1").press("Tab").type("1")
    hands.press("Tab", "Tab", "Tab").type("ж").press("Tab").type("12").press("Ctrl+S")
    assert count(hands, "service") == 2, page_of(hands).editing.form.faults
    kept = page_of(hands).card.card
    assert (kept.values["recipients_title"], kept.values["centre_id_title"]) == ("Фонд «Ладога»", "АНО «Опора»")


def seminar(hands: Hands, _folder: Path) -> None:
    QApplication.clipboard().setText("\n".join(SEATS))  # copied from the letter, as it would be for a sheet
    hands.press("Ctrl+4", "Ctrl+Shift+V", "Пробел", "Tab", "Tab").type("О1")
    hands.press("Tab").type("Бюджет").press("Tab").type("1").press("Tab").type("3").press("Tab").type("25")
    hands.press("Tab", "Tab", "Tab").type("р").press("Tab").type("7").press("Ctrl+S")
    assert count(hands, "service") == 2, page_of(hands).editing.form.faults
    assert page_of(hands).card.card.values["recipients_count"] == 20


def subsidy(hands: Hands, _folder: Path) -> None:
    hands.press("Ctrl+3", "Ctrl+N").type("лад").press("Enter", "Tab", "Tab", "Tab", "Пробел", "Tab").type("214")
    hands.press("Tab", "Tab", "Tab", "Tab").type("50000").press("Tab", "Tab", "Tab", "Tab", "Tab", "Пробел", "Tab")
    hands.type("31.12.2026").press("Ctrl+S", "Alt+Enter", "Enter", "Enter", "Enter")
    assert count(hands, "support") == 2, page_of(hands).editing.form.faults
    assert page_of(hands).card.card.values["entry_no"] == 1


def close_need(hands: Hands, _folder: Path) -> None:
    hands.press("Ctrl+5", "Down", "Alt+Enter", "Tab").type("оп").press("Enter", "Enter")
    assert count(hands, "need", status="closed_centre") == 1


def extract(hands: Hands, folder: Path) -> None:
    hands.press("Ctrl+K").type("справку р").press("Enter").type("лад").press("Enter", "Enter")
    assert len(list(folder.glob("Справка из реестра *.pdf"))) == 1


def ad_hoc(hands: Hands, folder: Path) -> None:
    hands.press("Ctrl+2").type("ветеран").press("Ctrl+E", "Down").type("рук").press("Пробел")
    hands.type("слу").press("Пробел", "Enter")
    (made,) = folder.glob("*.xlsx")
    told = {cell.value for row in load_workbook(made).active.iter_rows() for cell in row}
    assert {"Ёжикова А. П.", "8 (81370) 25-412"} <= told


def appeal(hands: Hands, _folder: Path) -> None:
    hands.press("Ctrl+K").type("обращ").press("Enter", "Down", "Alt+G").type("пом").press("Ctrl+S")
    assert count(hands, "need") == 2, page_of(hands).editing.form.faults


def reminder(hands: Hands, _folder: Path) -> None:
    hands.press("Ctrl+K").type("лад").press("Enter", "Ctrl+R").type("позвонить")
    week = next(one for one in hands.window.dialog.findChildren(Button) if one.word == "Через неделю")
    hands.press(f"Alt+{to_latin(week.mnemonic)}", "Enter")  # the letter that is underlined in the button
    assert count(hands, "reminder", due_on=date(2026, 10, 12)) == 1


def the_return(hands: Hands, folder: Path) -> None:
    hands.press("Ctrl+8", "Enter")
    page = page_of(hands)
    assert page.approve.isEnabled(), page.findings.views and [v.finding.text for v in page.findings.views]
    hands.click(page.approve).press("Tab", "Tab", "Пробел")
    hands.click(page.save_pdf).click(page.save_xlsx)
    assert {path.suffix for path in folder.glob("НКО-47-кв_*")} == {".pdf", ".xlsx"}


TASKS: dict[str, Do] = {
    "найти НКО по куску названия": find,
    "записать консультацию": consultation,
    "семинар для 20 НКО": seminar,
    "субсидия с записью в реестр": subsidy,
    "закрыть потребность": close_need,
    "справка из реестра": extract,
    "ответить на запрос: список с руководителями и телефонами": ad_hoc,
    "обращение, ставшее потребностью": appeal,
    "напоминание о записи": reminder,
    "квартальный отчёт: PDF и Excel": the_return,
}


@pytest.mark.parametrize("task", TASKS)
def test_a_task_is_done_by_so_many_keys(task: str, window: Window, tmp_path: Path) -> None:
    hands = Hands(window)
    TASKS[task](hands, tmp_path)
    if note := os.environ.get("KURATOR_EFFORT"):
        with Path(note).open("a", encoding="utf-8") as file:
            print(json.dumps([task, hands.keys, hands.clicks], ensure_ascii=False), file=file)
        return
    assert row_of(task, hands.keys, hands.clicks) in PAGE.read_text(encoding="utf-8").splitlines()


def test_every_task_stands_beside_the_same_in_a_sheet() -> None:
    assert list(TASKS) == list(SHEETS)
