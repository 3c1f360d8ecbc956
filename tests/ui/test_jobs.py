"""Work in other threads, and how what went wrong is told."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.core.errors import AppError, Cancelled
from app.core.progress import Progress
from app.ui.dialogs import Dialog
from app.ui.errors import ErrorTeller, report_of
from app.ui.jobs import Jobs
from app.ui.status_line import StatusLine


@pytest.fixture
def jobs(qtbot: Any) -> Any:
    made = Jobs()
    yield made
    made.close()


def test_the_answer_comes_back_to_the_windows_thread(qtbot: Any, jobs: Jobs) -> None:
    told: list[tuple[int, bool]] = []

    def done(answer: int) -> None:
        told.append((answer, threading.current_thread() is threading.main_thread()))

    jobs.run("Счёт", lambda _p: 6 * 7, done, lambda error: pytest.fail(str(error)))
    qtbot.waitUntil(lambda: bool(told))
    assert told == [(42, True)]
    assert jobs.idle


def test_a_refusal_comes_back_as_what_it_is(qtbot: Any, jobs: Jobs) -> None:
    told: list[BaseException] = []

    def work(_progress: Progress) -> None:
        raise AppError("Файл занят.", "Закройте его.")

    jobs.run("Чтение", work, lambda _a: pytest.fail("it cannot be done"), told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert isinstance(told[0], AppError)


def test_what_was_stopped_frees_its_page_and_has_no_answer(qtbot: Any, jobs: Jobs) -> None:
    started, told, stopped = threading.Event(), [], []

    def work(progress: Progress) -> None:
        started.set()
        while True:
            progress.step(1, 2, "Проверено строк")

    job = jobs.run("Долго", work, told.append, stopped.append)
    assert started.wait(5)
    job.cancel()
    assert jobs.idle, "what only reads is left at once"
    assert told == []
    assert [type(error) for error in stopped] == [Cancelled]


def test_a_read_that_looks_at_no_token_is_left_at_once_and_its_answer_dropped(qtbot: Any, jobs: Jobs) -> None:
    go_on, answers, stopped = threading.Event(), [], []
    job = jobs.run("Собирается отчёт", lambda _p: go_on.wait(10), answers.append, stopped.append)
    job.cancel()
    assert jobs.idle
    go_on.set()
    later: list[Any] = []
    jobs.run("Следующее", lambda _p: 1, later.append, later.append)
    qtbot.waitUntil(lambda: later == [1])
    assert answers == []
    assert len(stopped) == 1


def test_a_write_that_went_through_before_it_could_stop_is_told_as_done(qtbot: Any, jobs: Jobs) -> None:
    go_on, answers, stopped = threading.Event(), [], []
    job = jobs.run("Запись", lambda _p: go_on.wait(10), answers.append, stopped.append, writes=True)
    job.cancel()
    assert not jobs.idle
    go_on.set()
    qtbot.waitUntil(lambda: jobs.idle)
    assert (answers, stopped) == ([True], [])


def test_long_work_shows_how_far_it_is(qtbot: Any, jobs: Jobs) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    line.show()
    line.watch(jobs)
    go_on = threading.Event()

    def work(progress: Progress) -> None:
        progress.step(4200, 10000, "Проверено строк")
        go_on.wait(10)

    jobs.run("Чтение", work, lambda _a: None, lambda _e: None)
    qtbot.waitUntil(line.stop.isVisible)
    assert line.work.text().replace("\u00a0", " ") == "Проверено строк: 4 200 из 10 000"
    go_on.set()
    qtbot.waitUntil(lambda: not line.stop.isVisible())


def raise_with_a_name() -> None:
    try:
        {}["Громова Вера Ильинична"]
    except KeyError as cause:
        raise ValueError("паспорт 4100 123456") from cause


def test_a_report_holds_places_and_no_values() -> None:
    try:
        raise_with_a_name()
    except ValueError as error:
        report = report_of(error)
    assert "tests/ui/test_jobs.py" in report
    assert "raise_with_a_name" in report
    assert "builtins.KeyError" in report
    assert "PySide6-Essentials 6." in report
    assert not [word for word in ("Громова", "4100", "паспорт", "/home", "/root") if word in report]


def test_a_refusal_has_its_words_and_a_fault_its_report(qtbot: Any) -> None:
    window = QWidget()
    window.resize(900, 600)
    qtbot.addWidget(window)
    window.show()
    teller = ErrorTeller(window)
    teller.tell(AppError("Файл занят другой программой.", "Закройте её и повторите."))
    assert teller.dialog is not None
    assert (teller.dialog.title.text(), teller.dialog.text.text()) == (
        "Файл занят другой программой.",
        "Закройте её и повторите.",
    )
    teller.hook(ZeroDivisionError, ZeroDivisionError("x"), None)
    assert len([d for d in window.findChildren(Dialog) if d.isVisible()]) == 1
    assert "builtins.ZeroDivisionError" in teller.dialog.findChild(QPlainTextEdit).toPlainText()
