"""The main job, from an empty program to the papers, as a curator does it in the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.core.identifiers import inn_with_check_digit, ogrn_with_check_digit
from app.core.periods import Quarter
from tests.pages import Window, open_window
from tests.reports.reading import page_texts
from tests.returns.test_freezing import SIGNERS

Q3 = Quarter(2026, 3)
OGRN, INN = ogrn_with_check_digit("124470099001"), inn_with_check_digit("479900001")
LIST = f"""№ п/п;Полное наименование;ОГРН;ИНН;Адрес;Дата включения
1;АНО «Светлый берег»;{OGRN};{INN};г. Мурино, Лесная ул., д. 1;01.07.2026
2;Клуб «Рассвет»;1231600019706;;г. Сертолово;01.07.2026
3;Фонд «Ладога»;;;г. Всеволожск;01.07.2026
"""


@pytest.fixture
def windows(qtbot: Any) -> Iterator[list[Window]]:
    """Windows that were opened, closed at the end whatever happens."""
    opened: list[Window] = []
    yield opened
    for window in opened:
        window.close()


def test_from_an_empty_program_to_the_papers(qtbot: Any, windows: list[Window], tmp_path: Path) -> None:
    # The first start: she chooses her district and gets a file.
    windows.append(window := open_window(qtbot, today="2026-07-01"))
    start: Any = window.window.page
    place = start.district.findText("Всеволожский", _starts())
    start.district.setCurrentIndex(place)
    path = tmp_path / "район.db"
    start.create_here(path)
    assert window.window.windowTitle() == "Всеволожский муниципальный район — Куратор НКО"

    # She takes in her list: the wrong check digit comes back, the rest is written.
    (tmp_path / "список.csv").write_text(LIST, encoding="cp1251")
    page = window.import_page("ngo").read(tmp_path / "список.csv")
    assert page.counts == {"new": 2, "changed": 0, "same": 0, "doubtful": 0, "rejected": 1}
    assert page.button.replace("\u00a0", " ") == "Записать 2 строки"
    page.write()
    assert window.register("ngo").count == 2

    # She adds an NGO and mistypes its ИНН.
    form = window.register("ngo").add().type("name", "АНО «Причал»").type("inn", "4703150216").save()
    assert form.open
    assert "Контрольная цифра ИНН не сходится" in form.faults["inn"]
    ogrn, inn = ogrn_with_check_digit("124470099002"), inn_with_check_digit("479900002")
    form.type("inn", inn).type("ogrn", ogrn).save()
    assert not form.open
    assert window.register("ngo").count == 3

    # She records support.
    form = window.register("support").add()
    form.type("form", "финансовая").type("ngo_id", "Светлый берег")
    form.type("decision_no", "214").type("decision_on", "01.07.2026")
    form.type("amount", "50 000,50").type("local", "50000,5")
    form.type("starts_on", "01.07.2026").type("ends_on", "31.12.2026").save()
    assert not form.open, form.faults
    window.close()

    # October: the return is built, and errors stop it.
    windows[:] = [window := open_window(qtbot, path, today="2026-10-05")]
    report = window.return_page(Q3)
    assert report.figure("211.3.quarter") == "50 000,50"
    assert report.records_behind("211.3.quarter").count == 1
    report = window.return_page(Q3)
    assert report.verdict[0] == "Утвердить нельзя"
    assert "41" in report.findings
    assert not report.can_be_approved

    # She fills in who signs, counts again, explains nothing more, approves and saves the papers.
    window.settle_unit(**SIGNERS)
    report = window.return_page(Q3)
    assert report.findings.count("41") == 0
    assert report.verdict[0] == "Готов", report.findings
    assert report.can_be_approved
    report.approve(registration="01-24/318")
    assert report.verdict[0] == "Утверждён", window.notice
    papers = report.save_to(tmp_path)
    assert papers["pdf"].startswith(b"%PDF")
    window.close()

    # She opens the program again: the return and its papers are what they were; a correction needs a reason.
    windows[:] = [window := open_window(qtbot, path, today="2026-10-20")]
    report = window.return_page(Q3)
    assert report.verdict[0] == "Утверждён"
    assert report.save_to(tmp_path) == papers

    # The list on record and the journal of services are printed on request; the kept paper is what it was.
    seen = report.print_whole(tmp_path)
    kept, whole = (f"НКО-47-кв_41612000_2026-Q3_0{end}.pdf" for end in ("", "_с_приложениями"))
    assert list(seen) == [kept, whole]
    assert seen[kept] == papers["pdf"]
    assert "Приложение Е." in " ".join(page_texts(seen[whole]))
    report.correct("Уточнены сведения по списку")
    assert report.verdict[0] == "Утверждён"
    assert report.page.kept.correction == 1
    assert report.page.kept.reason == "Уточнены сведения по списку"
    assert report.page.kept.envelope.registration_no == "01-24/318"

    # The papers of the first version are at hand too, byte for byte, and bring no second correction.
    report.page.show_version(0)
    assert report.wait().verdict[0] == "Прежняя версия"
    assert report.save_to(tmp_path) == papers
    assert not report.page.correct.isVisible()
    report.page.show_version(None)
    assert report.wait().page.kept.correction == 1


def _starts() -> Any:
    from PySide6.QtCore import Qt

    return Qt.MatchFlag.MatchStartsWith
