"""«Похожие карточки»: pairs that may be one NGO, each side by side; made one, told apart, or left for later."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from app.core.roles import Right
from app.core.russian import plural
from app.ui.desk import Desk
from app.ui.empty_state import EmptyState
from app.ui.jobs import Job
from app.ui.mnemonics import give_mnemonics
from app.ui.page import Page, Window
from app.ui.pages.merge_rows import MergeModel, MergeTable
from app.ui.rail import TABS
from app.ui.short_words import quoted
from app.ui.widgets import Button, Card, ElidingLabel, label, row, shortcut
from app.usecases import duplicates, merging
from app.usecases.merging import LEFT, RIGHT

CHANGED = frozenset({"ngo", "need", "support", "service"})


class MergePage(Page):
    """Two cards of one NGO, or the list of pairs, one after another."""

    registers = CHANGED
    foot = 56

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__("Похожие карточки", desk, window)
        self.pairs: list[tuple[int, int, str]] = []  # two cards and why they are alike
        self.place = 0
        self._job: Job | None = None
        self._listed: bool | None = None  # the list of pairs, or two cards that were named; None before either
        self._writing = False
        self._build()

    def _build(self) -> None:
        self.body.setSpacing(8)
        self.tabs = QWidget()
        self.tabs.setLayout(row(*(self._tab(key, word) for key, word in TABS["ngo"]), None, spacing=16))
        self.body.addWidget(self.tabs)
        self.why = ElidingLabel("", 14, tone="text2")
        self.refusal = label("", 13, tone="err", wrap=True)
        self.refusal.hide()
        self.body.addWidget(self.why)
        self.body.addWidget(self.refusal)
        self.model = MergeModel()
        self.table = MergeTable()
        self.table.setModel(self.model)
        self.table.picked.connect(self._pick)
        sheet = Card(margin=1, spacing=0)
        sheet.rows.addWidget(self.table)
        self.empty = EmptyState()
        self.empty.primary.clicked.connect(lambda: self.window_.open("ngo"))
        self.empty.manual.clicked.connect(lambda: self.window_.open("help", page="merge"))
        self.stack = QStackedWidget()
        self.stack.addWidget(sheet)
        self.stack.addWidget(self.empty)
        self.body.addWidget(self.stack, 1)
        self.bar = QFrame()
        self.bar.setObjectName("actionBar")
        self.bar.setFixedHeight(56)
        self.fate = ElidingLabel("", 13, tone="text2")
        guarded = self.window_.guarded
        self.swap = Button("Оставить другую", act=guarded(self.stay_other))
        self.apart = Button("Это другая", key="Delete", act=guarded(self.tell_apart))
        self.later = Button("Позже", key="PgDn", act=guarded(lambda: self.walk(1)))
        self.merge = Button("Объединить", kind="primary", key="Ctrl+Enter", act=guarded(self.merge_now))
        line = row(self.fate, self.swap, self.apart, self.later, self.merge, margins=(24, 0, 24, 0))
        line.setStretch(0, 1)
        foot = QVBoxLayout(self.bar)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.addLayout(line)
        self.column.addWidget(self.bar)
        give_mnemonics(self, (self.merge, self.apart, self.later, self.swap))
        shortcut(self, "Ctrl+Return", guarded(self.merge_now))
        shortcut(self.table, "Delete", guarded(self.tell_apart))
        shortcut(self, "F5", guarded(lambda: self.search() if self._listed else None))
        self.desk.jobs.finished.connect(self._ended)
        shortcut(self, "PgDown", guarded(lambda: self.walk(1)))
        shortcut(self, "PgUp", guarded(lambda: self.walk(-1)))

    def _tab(self, key: str, word: str) -> Button:
        button = Button(word, kind="tab", act=lambda: self.window_.open(key))
        button.setCheckable(True)
        button.setChecked(key == "merge")
        button.clicked.connect(lambda: button.setChecked(key == "merge"))
        return button

    # --- what is shown

    def enter(self, **where: object) -> None:
        """where: pair (ids of two cards); without it the list of all likely pairs."""
        pair = where.get("pair")
        self._listed = pair is None
        self.tabs.setVisible(self._listed)
        self.header.back.setVisible(not self._listed)
        self.header.title.setText("Похожие карточки" if self._listed else "Две карточки одной НКО")
        if isinstance(pair, tuple):
            self.pairs, self.place = [(pair[0], pair[1], "")], 0
            self.show_pair()
        else:
            self.search()

    def refresh(self) -> None:
        if self._writing:
            return
        if self._listed:
            self.search()
        elif self._listed is False and self.pairs:
            self.show_pair()

    def search(self) -> None:
        """Compare all cards, in the database's thread."""
        if self.busy:
            return
        self.header.fact.setText("карточки сверяются")
        self._job = self.desk.read_later(
            "Сверяются карточки НКО", duplicates.pairs, with_progress=True, done=self.window_.guarded(self._found),
            failed=self.window_.tell,
        )  # fmt: skip

    @property
    def busy(self) -> bool:
        return self._job is not None

    def _ended(self, job: Job) -> None:
        """Of a job that was stopped nothing more is heard: the page says how to go on."""
        if job is self._job:
            self._job = None
            if self._listed:
                self.header.fact.setText("сверка прервана, F5 — сверить снова")

    def _found(self, pairs: tuple[duplicates.Pair, ...]) -> None:
        if not self._listed:
            return
        kept = self.pairs[self.place][:2] if self.place < len(self.pairs) else None
        self.pairs = [(pair.left, pair.right, ", ".join(pair.why)) for pair in pairs]
        self.place = next((i for i, pair in enumerate(self.pairs) if pair[:2] == kept), 0)
        self.show_pair()

    def show_pair(self, stays: str | None = None, taken: dict[str, str] | None = None) -> None:
        """The pair at hand, or that there is none."""
        there = self.place < len(self.pairs)
        self.bar.setVisible(there)
        self.why.setVisible(there)
        self.stack.setCurrentIndex(0 if there else 1)
        if not there:
            self._show_nothing()
            return
        left, right, why = self.pairs[self.place]
        comparison = self.desk.read(merging.compare, left, right, stays=stays)
        self.model.show_comparison(comparison, taken)
        for line in range(self.model.rowCount()):
            if self.model.is_wide(line):
                self.table.setSpan(line, 1, 1, 2)
            elif self.table.columnSpan(line, 1) > 1:
                self.table.setSpan(line, 1, 1, 1)
        self.table.lay_columns([210, 380, 380], 2, [150, 220, 220])
        self.table.choose(max(0, next((i for i in range(self.model.rowCount()) if self.model.differs(i)), 0)))
        number = f"Пара {self.place + 1} из {len(self.pairs)}: " if self._listed else ""
        differing = sum(field.differs for field in comparison.fields)
        told = plural(differing, "поле различается", "поля различаются", "полей различаются")
        self.why.setText(f"{number}{why}. {told[:1].upper()}{told[1:]}" if why else f"{told[:1].upper()}{told[1:]}")
        self.header.fact.setText(plural(len(self.pairs), "пара", "пары", "пар") if self._listed else "")
        self.refusal.setText(comparison.refusal)
        self.refusal.setVisible(bool(comparison.refusal))
        self.merge.setEnabled(not comparison.refusal)
        goes = comparison.right if comparison.stays == LEFT else comparison.left
        self.fate.setText(f"{quoted(goes.name)} уйдёт с учёта, её записи будут считаться за оставшейся")
        self.later.setVisible(bool(self._listed))
        later = " · PgDn — позже" if self._listed else " · Esc — назад"
        self.say_hint(f"Влево, вправо — чьё значение останется · Пробел — сменить · Delete — это другая{later}")
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_nothing(self) -> None:
        self.refusal.hide()
        self.header.fact.setText("")
        self.empty.say(
            "check-circle", "Похожих карточек нет",
            "Сверены названия без правовой формы и кавычек, ИНН, ОГРН, учётный номер Минюста и адреса. "
            "О новой похожей карточке программа скажет прямо в форме.",
            "Открыть список НКО",
        )  # fmt: skip
        self.say_hint("F1 — справка · Esc — к списку НКО")
        self.empty.primary.setFocus()

    # --- deeds

    def _pick(self, line: int, side: str | None) -> None:
        if self.refused(Right.WORK):
            return
        if not self.model.choose(line, side):
            self.window_.notify("Здесь выбирать нечего: это остаётся у карточки, которая остаётся.")

    def stay_other(self) -> None:
        """The other card stays; what was chosen field by field stands."""
        comparison = self.model.comparison
        if comparison is not None and self.refused(Right.WORK):
            return
        if comparison is not None and self.place < len(self.pairs):
            line = self.table.row
            changed = {f.key: self.model.taken[f.key] for f in comparison.fields if self.model.taken[f.key] != f.chosen}
            self.show_pair(RIGHT if comparison.stays == LEFT else LEFT, changed)
            self.table.choose(line)

    def merge_now(self) -> None:
        comparison = self.model.comparison
        if comparison is None or self.place >= len(self.pairs) or not self.merge.isEnabled():
            return
        stays, goes = comparison.left, comparison.right
        if comparison.stays == RIGHT:
            stays, goes = goes, stays
        taken = frozenset(key for key, side in self.model.taken.items() if side != comparison.stays)
        title = f"НКО: карточка {quoted(goes.name)} объединена с {quoted(stays.name)}"
        self._write("merge", title, merging.merge_cards, goes.id, stays.id, taken)
        self._leave_pair(goes.id, stays.id)

    def tell_apart(self) -> None:
        """«Это другая»: the pair is never offered again."""
        comparison = self.model.comparison
        if comparison is None or self.place >= len(self.pairs):
            return
        left, right = comparison.left, comparison.right
        title = f"НКО: {quoted(left.name)} и {quoted(right.name)} — разные организации"
        self._write("edit", title, duplicates.tell_apart, left.id, (right.id,))
        self._leave_pair(None, left.id)

    def _write(self, kind: str, title: str, act: Any, *args: Any) -> None:
        self._writing = True  # the list is mended by hand: comparing all cards anew takes its time
        try:
            self.desk.write(kind, title, act, *args, changed=CHANGED)
        finally:
            self._writing = False

    def _leave_pair(self, gone: int | None, stays: int) -> None:
        if not self._listed:
            self.window_.open("ngo", record=stays)
            return
        now = self.pairs[self.place]
        self.pairs = [pair for pair in self.pairs if pair is not now and gone not in pair[:2]]
        self.place = min(self.place, max(0, len(self.pairs) - 1))
        self.show_pair()

    def walk(self, step: int) -> None:
        """The next pair, or the one before; round and round."""
        if self._listed and self.pairs:
            self.place = (self.place + step) % len(self.pairs)
            self.show_pair()

    # --- keys of the window

    def step_back(self) -> bool:
        self.window_.open("ngo")
        return True

    def next_finding(self, step: int) -> None:
        """F8: the next field in which the cards differ."""
        every = [line for line in range(self.model.rowCount()) if self.model.differs(line)]
        later = [line for line in every if (line > self.table.row if step > 0 else line < self.table.row)]
        if every:
            self.table.choose((later or every)[0 if step > 0 else -1])

    def panes(self) -> list[QWidget]:
        return [self.table, self.merge] if self.place < len(self.pairs) else [self.empty.primary]
