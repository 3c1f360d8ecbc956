"""«Вопросы районам»: small tables out, answers in, joined; who has not answered and what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from app.core.errors import AppError
from app.core.russian import amount, day, decimal, integer, plural
from app.returns.question import ColumnKind, QuestionColumn, Value, heading
from app.ui.desk import Desk
from app.ui.empty_state import EmptyState
from app.ui.page import Page, Window
from app.ui.pages.plain_table import PlainTable
from app.ui.region.question_dialog import QuestionDialog
from app.ui.region.taking_keys import take_folder_by_key
from app.ui.short_words import short_place
from app.ui.table_view import ROW
from app.ui.tabs import tab_strip
from app.ui.widgets import Button, Card, label, row, shortcut
from app.usecases import region_questions as asking
from app.usecases.intake import Intake, take_in
from app.usecases.places import look_at_folder, write_file
from app.usecases.region_question_answers import AnswerResult
from app.usecases.region_questions import Joined, PlaceAnswer, QuestionLine

FILES = "Ответы районов (*.xlsx *.ods *.zip *.eml);;Все файлы (*)"
BOOK = "Книга Excel (*.xlsx);;Все файлы (*)"
CHANGED = frozenset({"questions"})
ANSWERS, MISSING = "answers", "missing"
NOBODY = "Ответов ещё нет: примите файлы, которые прислали районы (Ctrl+O)."
_MOST_LINES = 4
"""So many questions are seen at once; the rest scroll."""
_WIDTHS = {ColumnKind.TEXT: 240, ColumnKind.CHOICE: 160, ColumnKind.MONEY: 140, ColumnKind.NUMBER: 110,
           ColumnKind.DATE: 110}  # fmt: skip
_MOST_FAULTS = 4


class QuestionsPage(Page):
    """The questions above, the answers to the chosen one below."""

    registers = CHANGED | {"received"}

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__("Вопросы районам", desk, window)
        self.lines: tuple[QuestionLine, ...] = ()
        self.joined: Joined | None = None
        self.folder = Path.home()
        self.busy = False
        self.tab = ANSWERS
        self._sums: list[str] = []
        guarded = window.guarded
        self.take_button = self.header.add(
            "take", Button("Принять ответы", "tray", key="Ctrl+O", act=guarded(self.ask_answers))
        )
        self.new_button = self.header.add(
            "new", Button("Новый вопрос", "plus", kind="primary", key="Ctrl+N", act=guarded(self.ask_new))
        )
        self.list = PlainTable((("№", 50), ("Вопрос", 420), ("Задан", 110), ("Срок", 110), ("Ответили", 120)), fill=1)
        self.list.setAccessibleName("Вопросы")
        self.list.lay_columns([50, 420, 110, 160, 120], 1, [40, 160, 92, 92, 80])
        self.list.chosen.connect(lambda _line: self._show_chosen())
        self.list.opened.connect(lambda _line: self._into_answers())
        self.tabs = {
            ANSWERS: Button("Ответы", kind="tab", act=lambda: self.show_tab(ANSWERS)),
            MISSING: Button("Не ответили", kind="tab", act=lambda: self.show_tab(MISSING)),
        }
        for button in self.tabs.values():
            button.setCheckable(True)
        self.withdraw_button = Button("Отозвать вопрос", "prohibit", act=guarded(self.withdraw))
        self.blanks_button = Button("Записать таблицы", "download-simple", act=guarded(self.ask_blanks))
        self.join_button = Button("Сохранить свод", "file-xls", key="Ctrl+S", act=guarded(self.ask_joined))
        self.missing = PlainTable((("Район", 260), ("Что не так", 500)), fill=1)
        self.missing.setAccessibleName("Районы, которые не ответили")
        self.missing.chosen.connect(lambda _line: self._say_foot())
        self.answers = PlainTable((("Район", 220),))
        self._lay_out()
        shortcut(self, "Ctrl+N", guarded(self.ask_new))
        shortcut(self, "Ctrl+O", guarded(self.ask_answers))
        take_folder_by_key(self, window)
        shortcut(self, "Ctrl+S", guarded(self.ask_joined))

    def _lay_out(self) -> None:
        self.empty = EmptyState()
        self.empty.primary.clicked.connect(lambda *_: self.window_.guarded(self.ask_new)())
        above, below = Card(margin=1, spacing=0), Card(margin=1, spacing=0)
        above.rows.addWidget(self.list)
        self.sheets = QStackedWidget()
        self.nobody = label(NOBODY, 14, tone="muted")
        self.nobody.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nobody.setWordWrap(True)
        for part in (self.answers, self.missing, self.nobody):
            self.sheets.addWidget(part)
        below.rows.addWidget(self.sheets)
        self.sum = label("", 13, tone="text2", wrap=True)
        work = QWidget()
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(above)
        column.addLayout(row(*self.tabs.values(), None, self.withdraw_button, self.blanks_button, self.join_button))
        column.addWidget(below, 1)
        column.addWidget(self.sum)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(work)
        self.body.setSpacing(8)
        self.body.addLayout(tab_strip("questions", self.window_))
        self.body.addWidget(self.stack, 1)

    # --- what is shown

    def refresh(self) -> None:
        chosen = self.number
        self.lines = self.desk.read(asking.questions)
        waiting = sum(one.answered < one.expected and one.withdrawn_on is None for one in self.lines)
        told = plural(len(self.lines), "вопрос", "вопроса", "вопросов")
        self.header.fact.setText(f"{told}, ждём ответов на {integer(waiting)}" if self.lines else "ещё не задавали")
        self.list.show_rows([
            (integer(one.number), one.title, day(one.asked_on), _term(one),
             f"{integer(one.answered)} из {integer(one.expected)}") for one in self.lines
        ])  # fmt: skip
        rows = min(max(len(self.lines), 2), _MOST_LINES)
        self.list.setFixedHeight(self.list.horizontalHeader().height() + rows * ROW + 4)
        self.take_button.setVisible(bool(self.lines))
        self.stack.setCurrentIndex(1 if self.lines else 0)
        if not self.lines:
            self.empty.say(
                "question", "Вопросов районам ещё нет",
                "Опишите свою таблицу: графы, списки, срок. Программа запишет по файлу каждому району, примет ответы и "
                "сведёт их в одну.", "Задать вопрос",
            )  # fmt: skip
        self.list.choose(next((at for at, one in enumerate(self.lines) if one.number == chosen), 0))
        self._show_chosen()
        self.say_hint("Ctrl+N — новый вопрос · Ctrl+O — принять ответы · Ctrl+S — сохранить свод")

    @property
    def number(self) -> int | None:
        return self.lines[self.list.row].number if 0 <= self.list.row < len(self.lines) else None

    def _show_chosen(self) -> None:
        if self.number is None:
            self.joined = None
            return
        self.joined = told = self.desk.read(asking.joined, self.number)
        columns = told.question.columns
        right = [at for at, one in enumerate(columns, 1) if one.kind in (ColumnKind.NUMBER, ColumnKind.MONEY)]
        table = PlainTable(
            (("Район", 220), *((heading(one).removesuffix("*").strip(), _WIDTHS[one.kind]) for one in columns)),
            fill=_widest(columns), right=right,
        )  # fmt: skip
        table.setAccessibleName(f"Ответы: {told.question.title}")
        table.show_rows([
            (short_place(place.name), *(_shown(value, one) for value, one in zip(values, columns, strict=True)))
            for place in told.places for values in place.rows
        ])  # fmt: skip
        table.choose(0)
        old, self.answers = self.answers, table
        self.sheets.insertWidget(0, table)
        self.sheets.removeWidget(old)
        old.deleteLater()
        self.missing.show_rows([(short_place(one.name), _wrong(one)) for one in _asked(told)])
        self.missing.choose(0)
        lines = sum(len(place.rows) for place in told.places)
        self.tabs[ANSWERS].say(f"Ответы\u00a0{integer(lines)}")
        self.tabs[MISSING].say(f"Не ответили\u00a0{integer(len(told.missing))}")
        withdrawn = told.withdrawn_on is not None
        self.withdraw_button.say("Вернуть вопрос" if withdrawn else "Отозвать вопрос")
        self.blanks_button.setEnabled(not withdrawn)
        self._sums = [
            f"{one.title} — {decimal(Decimal(value)) if one.kind is ColumnKind.MONEY else integer(int(value))}"
            for one, value in zip(columns, told.sums, strict=True)
            if value is not None and lines
        ]
        self.show_tab(self.tab)

    def show_tab(self, tab: str) -> None:
        self.tab = tab
        for key, button in self.tabs.items():
            button.setChecked(key == tab)
        answered = self.joined is not None and any(place.has_answered for place in self.joined.places)
        gone = self.joined is not None and self.joined.withdrawn_on is not None
        self.nobody.setText("Ответов не было." if gone else NOBODY)
        if tab == ANSWERS:
            self.sheets.setCurrentWidget(self.answers if answered else self.nobody)
        else:
            self.sheets.setCurrentWidget(self.missing)
        self.join_button.setEnabled(answered)
        self._say_foot()

    def _say_foot(self) -> None:
        """Under the table: the sums, or all that is wrong in the answer of the chosen district."""
        gone = self.joined.withdrawn_on if self.joined else None
        withdrawn = f"Вопрос отозван {day(gone)}: ответов больше не ждём, пришедшие сохранены. " if gone else ""
        if self.tab == ANSWERS or withdrawn:
            sums = f"Итого: {'; '.join(self._sums)}." if self._sums and self.tab == ANSWERS else ""
            self._say_sum(f"{withdrawn}{sums}".strip())
            return
        asked = _asked(self.joined) if self.joined else []
        chosen = asked[self.missing.row] if 0 <= self.missing.row < len(asked) else None
        lines = [f"{fault.place}: {fault.text}" for fault in chosen.faults[:_MOST_FAULTS]] if chosen else []
        more = len(chosen.faults) - len(lines) if chosen else 0
        self._say_sum("\n".join([*lines, *([f"И ещё {integer(more)}."] if more > 0 else [])]))

    def _say_sum(self, text: str) -> None:
        self.sum.setText(text)
        self.sum.setVisible(bool(text))

    # --- deeds

    def ask_new(self) -> None:
        self.window_.ask(QuestionDialog(self.desk, self.ask_question))

    def ask_question(
        self, title: str, explanation: str, due_on: date, columns: Sequence[QuestionColumn]
    ) -> None:
        made = self.desk.write(
            asking.KIND, "Вопрос районам", asking.ask, title, columns, due_on, explanation, changed=CHANGED,
            undoable=False,
        )  # fmt: skip
        self.list.choose(0)
        self.window_.notify(f"Вопрос {made.named} задан. Запишите таблицы и разошлите их районам.")
        self.blanks_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def withdraw(self) -> None:
        """Ask the chosen question no more, or ask it again."""
        if self.number is None or self.joined is None:
            return
        again = self.joined.withdrawn_on is not None
        self.desk.write(
            "withdraw", "Вопрос районам возвращён" if again else "Вопрос районам отозван",
            asking.ask_again if again else asking.withdraw, self.number, changed=CHANGED,
        )  # fmt: skip

    def ask_blanks(self) -> None:
        if self.number is None:
            return
        path = QFileDialog.getExistingDirectory(self, "Куда записать таблицы для районов", str(self.folder))
        if path:
            self.write_blanks(Path(path))

    def write_blanks(self, folder: Path) -> None:
        """A file for each district, in the database's thread."""
        look_at_folder(folder)
        self.folder = folder

        def done(files: tuple[tuple[str, bytes], ...]) -> None:
            for name, content in files:
                write_file(folder / name, content)
            told = plural(len(files), "таблица записана", "таблицы записаны", "таблиц записано")
            self.window_.notify(f"{told}: {folder.name}. В имени каждой — ОКТМО района.")

        self.desk.read_later(
            "Записываются таблицы для районов", asking.blanks, self.number, done=self.window_.guarded(done),
            failed=self.window_.tell,
        )  # fmt: skip

    def ask_answers(self) -> None:
        if not self.lines:
            raise AppError("Вопросов районам ещё не задавали.", "Сначала задайте вопрос (Ctrl+N).")
        paths, _ = QFileDialog.getOpenFileNames(self, "Принять ответы", str(self.folder), FILES)
        if paths:
            self.take([Path(path) for path in paths])

    def take(self, paths: Sequence[Path]) -> None:
        """The intake, told of answers; a return among the files is taken in too."""
        if self.busy:
            return
        self.busy = True
        self.folder = paths[0].parent
        database: Any = self.desk.database

        def work(progress: Any) -> Intake:
            return take_in(database, list(paths), progress=progress)

        def failed(error: BaseException) -> None:
            self.busy = False
            self.window_.tell(error)

        self.desk.jobs.run("Принимаются ответы", work, self.window_.guarded(self._taken), failed, writes=True)

    def _taken(self, taken: Intake) -> None:
        self.busy = False
        self.desk.changed.emit(CHANGED | {"received"})
        wrong = [one for one in taken.answers if one.is_set_aside]
        if wrong and wrong[0].result is AnswerResult.FAULTS:
            self.show_tab(MISSING)
        self.window_.notify(told(taken))

    def ask_joined(self) -> None:
        if self.joined is None:
            return
        start = str(self.folder / self.joined.question.joined_name)
        path, _ = QFileDialog.getSaveFileName(self, "Сохранить свод ответов", start, BOOK)
        if path:
            self.save_joined(Path(path))

    def save_joined(self, path: Path) -> None:
        assert self.number is not None
        self.folder = path.parent
        write_file(path, self.desk.read(asking.joined_file, self.number))
        self.window_.notify(f"Свод ответов сохранён: {path.name}.")

    # --- keys

    def _into_answers(self) -> None:
        shown = self.sheets.currentWidget()
        if shown is not None:
            shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def enter(self, **where: object) -> None:
        if where.get("ask") == "new":
            self.ask_new()
            return
        self.panes()[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def step_back(self) -> bool:
        if self.sheets.isAncestorOf(self.focusWidget() or self):
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def panes(self) -> list[QWidget]:
        if self.stack.currentIndex() == 0:
            return [self.empty.primary]
        return [self.list, self.answers if self.tab == ANSWERS else self.missing, self.blanks_button]


def told(taken: Intake) -> str:
    """What the status line says of files taken in here."""
    results = [one.result for one in taken.answers]
    good = sum(one in (AnswerResult.ACCEPTED, AnswerResult.RENEWED) for one in results)
    parts = [f"принято {integer(good)}"]
    parts += [f"уже было {integer(count)}"] if (count := results.count(AnswerResult.SAME)) else []
    parts += [f"с ошибками {integer(count)}"] if (count := results.count(AnswerResult.FAULTS)) else []
    parts += [f"на отозванный вопрос {integer(count)}"] if (count := results.count(AnswerResult.WITHDRAWN)) else []
    if unknown := [one for one in taken.answers if one.result is AnswerResult.UNKNOWN]:
        parts.append(f"не принято {integer(len(unknown))} («{unknown[0].file}»: {unknown[0].reason})")
    others = len(taken.files) + len(taken.beside)
    rest = f" Других файлов: {integer(others)}, о них — в «Приёме»." if others else ""
    if not results:
        return f"Ответов на вопросы там нет.{rest}"
    return f"Ответы: {', '.join(parts)}.{rest}"


def _widest(columns: Sequence[QuestionColumn]) -> int:
    """The first column of words takes what is left, else that of the districts."""
    return next((at for at, one in enumerate(columns, 1) if one.kind is ColumnKind.TEXT), 0)


def _shown(value: Value, column: QuestionColumn) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Decimal):
        return decimal(value) if column.kind is ColumnKind.MONEY else amount(value)
    return integer(value) if isinstance(value, int) else value


def _term(one: QuestionLine) -> str:
    if one.withdrawn_on is not None:
        return f"отозван {day(one.withdrawn_on)}"
    return f"{day(one.due_on)}{', прошёл' if one.is_over else ''}"


def _asked(joined: Joined) -> list[PlaceAnswer]:
    """Districts whose answer is still asked for: of a withdrawn question none."""
    return [] if joined.withdrawn_on is not None else [one for one in joined.places if _is_asked(one)]


def _is_asked(place: PlaceAnswer) -> bool:
    return not place.has_answered or bool(place.faults)


def _wrong(place: PlaceAnswer) -> str:
    """What is wrong with the last file of a district; of one that never came, nothing."""
    if not place.faults:
        return "ответа нет"
    count = plural(len(place.faults), "ошибка", "ошибки", "ошибок")
    counted = " Считается прежний ответ." if place.has_answered else ""
    return f"Файл «{place.last_file}»: {count}.{counted}"
