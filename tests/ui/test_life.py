"""The life of a return in the window: sent, sent back with remarks that open their cells, corrected, accepted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from app.core.periods import Quarter
from app.returns.answers import Answer, write_answer
from app.returns.life import Remark, State, Step
from app.usecases import quarter_returns, return_life
from app.usecases.setup import save_unit
from tests.factories import District
from tests.pages import ReturnPage, Window, fill, open_window, press, type_text
from tests.returns.test_freezing import SIGNERS, a_quarter_of_work

Q3 = Quarter(2026, 3)


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[Window]:
    """The return for the third quarter is approved on 5 October 2026; it is the 8th."""
    with District(tmp_path, today="2026-07-01") as district:
        district.write(save_unit, SIGNERS)
        a_quarter_of_work(district)
        district.at("2026-10-05").write(quarter_returns.freeze, Q3, kind="return", title="Утверждён отчёт")
        path = district.path
    opened = open_window(qtbot, path, today="2026-10-08")
    yield opened
    opened.close()


def answer_file(window: Window, folder: Path, step: Step, *remarks: Remark) -> Path:
    desk = window.window.desk
    assert desk is not None
    known = desk.read(return_life.life, Q3)
    on = date(2026, 10, 8)
    answer = Answer(step, known.oktmo, Q3, known.correction, known.sha256, on, "118", remarks=remarks)
    path = folder / answer.file_name
    path.write_bytes(write_answer(answer))
    return path


def steps(report: ReturnPage) -> tuple[str, int]:
    line = report.page.head.steps
    return line._steps[-1], line.now


def menu(report: ReturnPage) -> list[str]:
    return [action.text() for action in report.page.head.menu().actions()]


def test_an_approved_return_is_marked_sent_and_accepted(window: Window) -> None:
    report = window.return_page(Q3).wait()
    assert steps(report) == ("принят", 2)
    assert report.page.head.due.text() == "Утверждён, ещё не отправлен"
    assert report.page.next_deed.word == "Отметить отправку"
    report.page.next_deed.click()
    fill(window.dialog.rows["on"].editor, "07.10.2026")
    window.dialog.primary.click()
    report.wait()
    assert steps(report) == ("принят", 3)
    assert report.page.head.steps.accessibleName() == "Состояние: отправлен"
    assert report.page.head.due.text().startswith("Отправлен 07.10.2026 электронной почтой (Комитет")
    assert report.page.next_deed.word == "Ответ области"
    report.page.answers.ask_accepted()
    fill(window.dialog.rows["number"].editor, "118")
    window.dialog.primary.click()
    report.wait()
    assert steps(report) == ("принят", 5)
    assert report.page.head.due.text() == "Принят 08.10.2026, №\u00a0118"
    assert not report.page.next_deed.isVisible()
    assert report.page.correct.isVisible()


def test_remarks_of_the_region_open_their_cells_and_go_with_the_correction(window: Window, tmp_path: Path) -> None:
    report = window.return_page(Q3).wait()
    remarks = (Remark("211.3.quarter", "Не сходится с реестром"), Remark("", "Нет печати"))
    report.page.answers.take(answer_file(window, tmp_path, Step.SENT_BACK, *remarks))
    report.wait()
    assert steps(report) == ("возвращён с замечаниями", 4)
    assert report.verdict == ("Возвращён", "Замечаний области: 2")
    first = report.page.findings.views[0]
    assert first.finding.text == "Не сходится с реестром"
    first.setFocus()
    press(first, Qt.Key.Key_Return)
    assert report.page.grid.cell.name == "211.3.quarter"
    report.page.next_deed.click()
    assert report.page.correcting
    assert report.page.head.due.text().startswith("Прежний возвращён"), "a correction is not overdue by the term"
    assert report.page.findings.views[0].finding.text == "Не сходится с реестром", "they stay while it is mended"
    assert "Чем отличается от утверждённого" in menu(report)
    report.page.head._compare_draft()
    differing = window.window.page
    assert (differing.before.currentText(), differing.after.currentText()) == (
        "III\u00a0квартал 2026\u00a0г., первичный", "III\u00a0квартал 2026\u00a0г., черновик",
    )  # fmt: skip
    differing.step_back()
    report = window.return_page(Q3).wait()
    report.page.start_correction()
    report.correct("по замечаниям области")
    assert not report.page.answers.remarks
    assert steps(report) == ("принят", 2)


def test_a_mistaken_mark_is_taken_back(window: Window) -> None:
    report = window.return_page(Q3).wait()
    report.page.next_deed.click()
    window.dialog.primary.click()
    report.wait()
    assert any(word.startswith("Отменить отметку «отправлен»") for word in menu(report))
    report.page.answers.ask_annul()
    type_text(window.dialog.line, "отправили другой файл")
    window.dialog.primary.click()
    report.wait()
    assert report.page.answers.life.state is State.FROZEN
    assert not any(word.startswith("Отменить отметку") for word in menu(report))


def test_a_file_that_is_no_answer_changes_nothing(window: Window, tmp_path: Path) -> None:
    report = window.return_page(Q3).wait()
    wrong = tmp_path / "письмо.json"
    wrong.write_text("{}", encoding="utf-8")
    window.window.guarded(report.page.answers.take)(wrong)
    assert "Это не квитанция" in window.dialog.title.text()
    window.dialog.close_dialog(done=False)
    assert report.page.answers.life.state is State.FROZEN


def test_the_list_of_returns_tells_how_far_each_has_come(window: Window, tmp_path: Path) -> None:
    window.return_page(Q3).wait().page.answers.take(answer_file(window, tmp_path, Step.ACCEPTED))
    page = window.window.open("returns")
    assert page.told[Q3] == ("принят", "Принят 08.10.2026, №\u00a0118")
