"""Two returns side by side: versions of a quarter, or two quarters; each cell that differs, and who came and went."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QComboBox, QStackedWidget, QWidget

from app.core.russian import amount, plural
from app.ui.choice_editors import Combo
from app.ui.desk import Desk
from app.ui.empty_state import EmptyState
from app.ui.page import Page, Window
from app.ui.pages.plain_table import PlainTable
from app.ui.widgets import Button, Card, label, row
from app.usecases import return_compare, return_life
from app.usecases.return_compare import Compared, Difference, Version

COLUMNS = (
    ("Ячейка", 190), ("Показатель", 300), ("Было", 116), ("Стало", 116), ("Разница", 104), ("Кто вошёл и вышел", 260),
)  # fmt: skip
LEAST = (130, 200, 84, 84, 84, 180)
FIGURES = (2, 3, 4)
WHO = 5


class DifferencesPage(Page):
    """where: before and after are versions; without them, the two latest approved returns."""

    registers = frozenset({"return"})

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__("Сравнение отчётов", desk, window)
        self.versions: list[Version] = []
        self.found: Compared | None = None
        self._draft: Version | None = None
        self.header.back.show()
        self.before, self.after = Combo(), Combo()
        for box, name in ((self.before, "Прежний отчёт"), (self.after, "Новый отчёт")):
            box.setAccessibleName(name)
            box.setMinimumWidth(280)
            box.activated.connect(self.compare)
        self.swap_button = Button("Поменять местами", "arrows-clockwise", kind="link", act=self.swap)
        self.body.setSpacing(12)
        self.body.addLayout(
            row(label("Было", tone="text2"), self.before, label("Стало", tone="text2"), self.after, self.swap_button,
                None)
        )
        self.table = PlainTable(COLUMNS, WHO, FIGURES, LEAST)
        self.table.setAccessibleName("Отличия")
        card = Card(margin=1, spacing=0)
        card.rows.addWidget(self.table)
        self.empty = EmptyState()
        self.stack = QStackedWidget()
        self.stack.addWidget(card)
        self.stack.addWidget(self.empty)
        self.body.addWidget(self.stack, 1)
        self.empty.primary.clicked.connect(lambda: self.window_.open("returns"))

    def refresh(self) -> None:
        self._list_versions()
        self.compare()

    def _list_versions(self) -> None:
        """Fill both lists; what was chosen stays, unless a draft that was asked for is gone."""
        chosen = (self._chosen(self.before), self._chosen(self.after)) if self.versions else (None, None)
        lives = self.desk.read(return_life.lives)
        self.versions = [Version(life.quarter, life.correction) for life in reversed(lives)]
        if self._draft is not None:
            self.versions.insert(0, self._draft)
        words = [_named(version) for version in self.versions]
        for box in (self.before, self.after):
            box.clear()
            box.addItems(words)
        if not all(version in self.versions for version in chosen):
            chosen = (self.versions[1] if len(self.versions) > 1 else None, self.versions[0] if self.versions else None)
        self._choose(chosen[0], self.before)
        self._choose(chosen[1], self.after)

    def enter(self, **where: object) -> None:
        """before and after: the versions to compare; a draft stands in the lists only while it is asked for."""
        after = where.get("after")
        self._draft = after if isinstance(after, Version) and after.draft else None
        self._list_versions()
        for key, box in (("before", self.before), ("after", self.after)):
            version = where.get(key)
            if isinstance(version, Version):
                self._choose(version, box)
        self.compare()
        (self.table if self.stack.currentIndex() == 0 else self.before).setFocus()

    def _choose(self, version: Version | None, box: QComboBox) -> None:
        if version in self.versions:
            box.setCurrentIndex(self.versions.index(version))

    def _chosen(self, box: QComboBox) -> Version | None:
        place = box.currentIndex()
        return self.versions[place] if 0 <= place < len(self.versions) else None

    def swap(self) -> None:
        before, after = self.before.currentIndex(), self.after.currentIndex()
        self.before.setCurrentIndex(after)
        self.after.setCurrentIndex(before)
        self.compare()

    def compare(self) -> None:
        """Show what differs between the two that are chosen."""
        before, after = self._chosen(self.before), self._chosen(self.after)
        self.found = None
        if before is None or after is None or before == after:
            self.header.fact.setText("")
            self.empty.say(
                "equals", "Сравнивать пока нечего",
                "Выберите два разных утверждённых отчёта: версии одного квартала или разные кварталы.", "К отчётам",
            )  # fmt: skip
            self.stack.setCurrentIndex(1)
            return
        self.found = self.desk.read(return_compare.compare, before, after)
        changes = self.found.changes
        self.header.fact.setText(plural(len(changes), "различие", "различия", "различий"))
        self.table.show_rows([_cells(row) for row in changes])
        if not changes:
            self.empty.say("equals", "Отчёты не различаются", "Все цифры и составы в них одинаковы.", "К отчётам")
        self.stack.setCurrentIndex(int(not changes))
        self.table.choose(0)
        self.say_hint("Esc — к отчётам · цифры графы 5 — за квартал, графы 6 — с начала года")

    def step_back(self) -> bool:
        self.window_.open("returns")
        return True

    def panes(self) -> list[QWidget]:
        return [self.before, self.table]


def _named(version: Version) -> str:
    if version.draft:
        return f"{version.quarter.title}, черновик"
    kind = f"уточнённый\u00a0{version.correction}" if version.correction else "первичный"
    return f"{version.quarter.title}, {kind}"


def _cells(row: Difference) -> list[str]:
    change = row.change
    moved = [
        f"вошли: {', '.join(change.joined)}" if change.joined else "",
        f"вышли: {', '.join(change.left)}" if change.left else "",
    ]
    delta = ("+" if change.delta > 0 else "") + amount(change.delta)
    return [row.cell, row.title, _shown(change.before), _shown(change.after), delta,
            "; ".join(part for part in moved if part) or "—"]


def _shown(value: Decimal | int | None) -> str:
    return "—" if value is None else amount(Decimal(value))
