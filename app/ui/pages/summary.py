"""The first page: days to the return, what waits, what was changed, the district in figures."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.russian import day, day_in_words, integer, plural, plural_word, weekday
from app.core.text import NBSP
from app.records import REGISTERS
from app.ui.desk import Desk
from app.ui.draft_list import DraftList
from app.ui.page import Page, Window
from app.ui.pages.changes import ChangeRow
from app.ui.pages.charts import Chart, ChartCard, Columns, Rows
from app.ui.pages.stale_returns import StaleReturns
from app.ui.tabs import tab_strip
from app.ui.widgets import Button, Card, ElidingLabel, Icon, clear, label, lay_now, row, scrolled, separator, set_tone
from app.usecases import history, overview, tasks
from app.usecases.charted import Bar
from app.usecases.tasks import Task

CHANGES = 7
ONE_COLUMN = 900  # px of the page


class SummaryPage(Page):
    """Everything here opens something: a task its records, a change its undo, the term its return."""

    registers = frozenset({*REGISTERS, "return", "settings", "personal_export", "saved_view"})

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__("Сводка", desk, window)
        self.header.add(
            "import", Button("Загрузить список", "upload-simple", act=lambda: window.open("import", register="ngo"))
        )
        self.header.add("add", Button("Добавить НКО", "plus", act=lambda: window.open("ngo", new={})))
        self.stale = StaleReturns(desk, window, self._show_term)
        self.body.setSpacing(12)
        self.body.addLayout(tab_strip("summary", window))
        inner = QWidget()  # a low screen scrolls it
        whole = QVBoxLayout(inner)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(16)
        self.body.addWidget(scrolled(inner), 1)
        whole.addLayout(self._upper())
        self.drafts = DraftList(self)
        whole.addWidget(self.drafts)
        lower = self._lower = QHBoxLayout()
        lower.setSpacing(16)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(16)
        self.tasks, self._tasks = self._list_card("Требует внимания")
        self.changes, self._changes = self._list_card("Последние изменения")
        history = Button("Вся история", kind="link", act=lambda: window.open("history"))
        self._changes_head.addWidget(history)
        self.tasks.setMinimumHeight(210)
        self.changes.setMinimumHeight(150)
        left.addWidget(self.tasks, 3)
        left.addWidget(self.changes, 2)
        self.charts = self._charts()
        right.addWidget(self.charts["decisions"], 4)
        small = QHBoxLayout()
        small.setSpacing(16)
        small.addWidget(self.charts["forms"])
        small.addWidget(self.charts["settlements"])
        right.addLayout(small, 4)
        right.addWidget(self.charts["needs"], 3)
        lower.addLayout(left, 1)
        lower.addLayout(right, 1)
        whole.addLayout(lower, 1)
        desk.changed.connect(self._count_due)

    def _upper(self) -> QHBoxLayout:
        upper = QHBoxLayout()
        upper.setSpacing(16)
        term = Card(margin=0, horizontal=True, spacing=0)
        term.setFixedHeight(128)
        days = QWidget()
        days.setObjectName("verdict")
        days.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        days.setFixedWidth(104)
        self._days_box = days
        column = QVBoxLayout(days)
        column.setContentsMargins(8, 8, 8, 12)
        column.setSpacing(0)
        self.days = label("", 44, bold=True)
        self.days_words = label("", 13)
        for words in (self.days, self.days_words):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(words)
        term.rows.addWidget(days)
        inside = QVBoxLayout()
        inside.setContentsMargins(16, 14, 16, 14)
        inside.setSpacing(10)
        self.term_title = label("", 16, bold=True)
        self.open_return = Button("Открыть отчёт", "arrow-right", kind="primary", act=self._open_return)
        inside.addLayout(row(self.term_title, None, self.open_return))
        self.term_text = label("", 13, tone="text2", wrap=True)
        inside.addWidget(self.term_text)
        self.term_state = label("", 13, bold=True, wrap=True)
        inside.addWidget(self.term_state)
        term.rows.addLayout(inside, 1)
        upper.addWidget(term, 1)
        self.ngos = self._fact("НКО на учёте", "ngo")
        self.open_needs = self._fact("Открытые потребности", "need")
        upper.addWidget(self.ngos[0])
        upper.addWidget(self.open_needs[0])
        return upper

    def _fact(self, title: str, page: str) -> tuple[Card, Button, ElidingLabel, ElidingLabel]:
        card = Card(spacing=4)
        card.setFixedSize(166, 128)
        name = ElidingLabel(title, 13, tone="text2")
        card.rows.addWidget(name)
        figure = Button("0", kind="link", act=lambda: self.window_.open(page))
        figure.setStyleSheet("font-size: 24px; font-weight: bold; text-align: left; padding: 0px; min-height: 36px;"
                             "max-height: 36px;")  # fmt: skip
        figure.setAccessibleName(title)
        beside = ElidingLabel("", 13, tone="muted")
        card.rows.addWidget(figure)
        card.rows.addWidget(beside)
        card.rows.addStretch(1)
        return card, figure, beside, name

    def _list_card(self, title: str) -> tuple[Card, QVBoxLayout]:
        card = Card(margin=0, spacing=0)
        head = row(label(title, 15, bold=True), margins=(16, 8, 12, 8))
        count = label("", 13, tone="muted")
        head.addWidget(count)
        head.addStretch(1)
        if title.startswith("Требует"):
            self.tasks_count = count
        else:
            self._changes_head = head
        card.rows.addLayout(head)
        card.rows.addWidget(separator())
        rows = QWidget()
        inner = QVBoxLayout(rows)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        card.rows.addWidget(scrolled(rows), 1)
        return card, inner

    def _charts(self) -> dict[str, ChartCard]:
        """By the field of the overview that each shows."""
        by_quarter = "Решения о поддержке по кварталам"
        told = {
            "decisions": (by_quarter, by_quarter, "шт.", "Квартал", Columns, 184),
            "forms": ("Формы", "Решения по формам поддержки", "за полгода", "Форма", Rows, 200),
            "settlements": ("Поселения", "Решения по поселениям", "за полгода", "Поселение", Rows, 200),
            "needs": ("Открытые потребности", "Открытые потребности", "на сегодня", "Категория", Rows, 200),
        }
        found = {}
        for key, (title, spoken, beside, head, kind, height) in told.items():
            chart: Chart = kind(self.desk, self._open_bar)
            found[key] = ChartCard(title, spoken, beside, head, chart, self.window_.notify)
            found[key].setMinimumHeight(height)
        return found

    def _open_bar(self, bar: Bar) -> None:
        self.window_.open(bar.register, ids=bar.ids, record=bar.ids[0])

    # --- what is shown

    def refresh(self) -> None:
        found = self.desk.read(overview.overview)
        self.overview = found
        self.header.fact.setText(f"{weekday(found.today)}, {day_in_words(found.today)}")
        self._show_term()
        self.stale.ask()
        self.ngos[1].say(integer(found.on_record))
        self.ngos[2].setText(f"+{found.taken} −{found.removed} за квартал")
        self.open_needs[1].say(integer(found.open_needs))
        self.open_needs[2].setText(f"{found.old_needs} дольше срока" if found.old_needs else "старых нет")
        self._show_tasks(found)
        self._show_changes()
        self.window_.show_badge("summary", self.desk.read(tasks.badge))
        for key, card in self.charts.items():
            card.show_bars(getattr(found, key))
        self.say_hint("Ctrl+1…9 — страницы · Ctrl+K — найти всё · Shift+F1 — все клавиши")

    def _show_term(self) -> None:
        """The return to come: the due one, or once that is approved the one after it."""
        found, stale = self.overview, self.stale.known
        self._unused = not (found.on_record or found.taken or found.frozen or any(bar.count for bar in found.decisions))
        self.open_return.say("Загрузить список" if self._unused else "Открыть отчёт")
        if self._unused:
            self._show_beginning(found)
            return
        coming, due_on = (found.quarter.next, found.next_due_on) if found.frozen else (found.quarter, found.due_on)
        self.window_.show_badge("returns", int(not found.frozen) + len(stale))
        self._target = stale[-1] if stale else coming
        left = (due_on - found.today).days
        tone = "ok" if found.frozen else "err" if left < 0 else "warn"
        for widget in (self._days_box, self.days, self.days_words):
            set_tone(widget, tone)
        self.days.setText(str(abs(left)))
        noun = plural_word(left, "день", "дня", "дней")
        self.days_words.setText(f"{noun}\nпосле срока" if left < 0 else f"{noun}\nдо срока")
        self.term_title.setText(f"Отчёт за {coming.title}")
        until = f"до {weekday_genitive(weekday(due_on))}, {day(due_on)}."
        self.term_text.setText(f"Квартал идёт. Сдать {until}" if found.frozen else f"Сдать {until}")
        if stale:
            state = ("warn", f"За {stale[-1].title} нужен уточнённый отчёт: записи изменились.")
        elif found.frozen:
            state = ("ok", f"Отчёт за {found.quarter.title} утверждён, бумаги сохранены.")
        else:
            state = ("err" if left < 0 else "warn", "Не утверждён.")
        self.term_state.setText(state[1])
        set_tone(self.term_state, state[0])

    def _show_beginning(self, found: overview.Overview) -> None:
        """A file without a single record: what to begin with, no alarm about terms."""
        left = (found.next_due_on - found.today).days
        for widget in (self._days_box, self.days, self.days_words):
            set_tone(widget, "accent")
        self.days.setText(str(left))
        self.days_words.setText(f"{plural_word(left, 'день', 'дня', 'дней')}\nдо срока")
        self.term_title.setText("С чего начать")
        self.term_text.setText("Загрузите список НКО, потом решения о поддержке, услуги и потребности. "
                               "Итоги прежних кварталов — в настройках, «Начальные остатки».")  # fmt: skip
        self.term_state.setText(f"Отчёт за {found.quarter.next.title} сдать до {day(found.next_due_on)}.")
        set_tone(self.term_state, "")

    def _show_tasks(self, found: overview.Overview) -> None:
        clear(self._tasks)
        waiting = found.tasks
        self.tasks_count.setText(plural(len(waiting), "дело", "дела", "дел") if waiting else "")
        self.task_buttons: list[Button] = []
        for task in waiting:
            self._tasks.addWidget(self._task(task))
            self._tasks.addWidget(separator())
        if not waiting:
            coming = found.due_on if found.today <= found.due_on and not found.frozen else found.next_due_on
            nothing = label(f"Дел нет. Следующий срок — {day(coming)}.", tone="muted")
            nothing.setContentsMargins(16, 12, 16, 12)
            self._tasks.addWidget(nothing)
        self._tasks.addStretch(1)
        _lay(self._tasks)

    def _task(self, task: Task) -> QWidget:
        line = QWidget()
        line.setFixedHeight(40)
        words = label(f"{integer(task.count)}{NBSP}{plural_word(task.count, *task.words)}")
        go = Button(task.deed, kind="link", act=lambda: self._open_task(task))
        go.setAccessibleName(f"{task.deed}: {words.text()}")
        go.setObjectName(f"task:{task.words[0]}")
        self.task_buttons.append(go)
        detail = ElidingLabel(task.detail, 13, tone="muted")
        detail.setAlignment(Qt.AlignmentFlag.AlignRight)
        inner = row(Icon(task.icon, task.tone or "text2", 20), words, detail, go, margins=(16, 0, 8, 0), spacing=10)
        inner.setStretch(2, 1)
        line.setLayout(inner)
        return line

    def _open_task(self, task: Task) -> None:
        where: dict[str, object] = {"ids": task.ids} if task.ids else {}
        if task.page != "calling" and task.ids:
            where["record"] = task.ids[0]
        self.window_.open(task.page, **where)

    def _count_due(self, changed: frozenset[str]) -> None:
        """The badge of the rail follows every write, whatever page is open."""
        if changed & {"*", "reminder", "appeal", "settings"}:
            self.window_.show_badge("summary", self.desk.read(tasks.badge))

    def _show_changes(self) -> None:
        clear(self._changes)
        batches = self.desk.read(history.recent_changes, CHANGES)
        for batch in batches:
            self._changes.addWidget(ChangeRow(batch, self.desk, self.window_))
        if not batches:
            nothing = label("Изменений пока нет.", tone="muted")
            nothing.setContentsMargins(16, 12, 16, 12)
            self._changes.addWidget(nothing)
        self._changes.addStretch(1)
        _lay(self._changes)

    def enter(self, **where: object) -> None:
        self.open_return.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_return(self) -> None:
        if self._unused:
            self.window_.open("import", register="ngo")
            return
        self.window_.open("return", quarter=self._target)

    def hideEvent(self, event: QHideEvent) -> None:
        """Drafts come and go without a write, and days without either: asked again when shown again."""
        super().hideEvent(event)
        self._stale = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window has one column, and the figures beside the term are narrower."""
        super().resizeEvent(event)
        narrow = self.width() < ONE_COLUMN
        direction = QHBoxLayout.Direction
        self._lower.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        for card in (self.ngos[0], self.open_needs[0]):
            card.setFixedWidth(132 if narrow else 166)
        self.open_needs[3].setText("Потребности" if narrow else "Открытые потребности")

    def panes(self) -> list[QWidget]:
        return [self.open_return, *self.task_buttons[:1], *(card.first() for card in self.charts.values())]


def _lay(rows: QVBoxLayout) -> None:
    holder = rows.parentWidget()
    if holder is not None:
        lay_now(holder)


def weekday_genitive(name: str) -> str:
    """«до понедельника», «до среды»."""
    irregular = {"вторник": "вторника", "среда": "среды", "пятница": "пятницы", "суббота": "субботы",
                 "понедельник": "понедельника", "четверг": "четверга", "воскресенье": "воскресенья"}  # fmt: skip
    return irregular.get(name, name)

