"""The page of one NGO: facts and marks at the left, sections and the time line at the right; Esc returns to its row."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QRect, QSize, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.core.russian import amount, integer
from app.records import REGISTERS
from app.ui import ngo_paper
from app.ui.attaching import Attaching
from app.ui.desk import Desk
from app.ui.field_text import FieldText
from app.ui.page import Page, Window
from app.ui.pages.time_line import TimeLine
from app.ui.record_card import RecordCard
from app.ui.widgets import Button, Card, label, lay_now, separator, shortcut
from app.usecases import ngo_story
from app.usecases.ngo_story import SECTIONS, Moment, Story

HINT = "Enter — открыть · Alt+1…9 — раздел, Alt+0 — все · Ctrl+G — по разделам · Ctrl+V — прикрепить · Esc — назад"
GAP = 8
KEYS = 9  # sections that Alt+1…9 reach
NARROW = 960  # px of the page under which the card has a tab of its own


class PillFlow(QWidget):
    """Pills in as many rows as they need; arrows walk them."""

    def __init__(self) -> None:
        super().__init__()
        self.pills: list[Button] = []

    def show_pills(self, pills: Sequence[Button]) -> None:
        for old in self.pills:
            old.hide()
            old.deleteLater()
        self.pills = list(pills)
        for pill in self.pills:
            pill.setParent(self)
            pill.show()
        self._place()

    def _place(self) -> None:
        left = top = 0
        height = 28
        for pill in self.pills:
            size = pill.sizeHint()
            if left and left + size.width() > self.width():
                left, top = 0, top + height + GAP
            pill.setGeometry(QRect(left, top, size.width(), height))
            left += size.width() + GAP
        self.setFixedHeight(top + height if self.pills else 0)

    def sizeHint(self) -> QSize:
        return QSize(400, self.height())

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        here = next((i for i, pill in enumerate(self.pills) if pill.hasFocus()), None)
        if step and here is not None:
            self.pills[(here + step) % len(self.pills)].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)


class YearSums(Card):
    """Sums by year: measures, money, services, hours."""

    def __init__(self) -> None:
        super().__init__(margin=12, spacing=4)
        self.rows.addWidget(label("Итоги по годам", 13, bold=True, tone="text2"))
        self._inner = QWidget()
        self.rows.addWidget(self._inner)
        self.texts: list[tuple[str, ...]] = []

    def show_years(self, story: Story) -> None:
        self.setVisible(bool(story.years))
        self._inner.hide()
        self._inner.deleteLater()
        self._inner = QWidget()
        grid = QGridLayout(self._inner)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(2)
        self.texts = [("", "мер", "финансовая, ₽", "услуг", "часов")]
        for one in story.years[:5]:
            money = integer(round(one.money)) if one.money else "—"
            hours = amount(one.hours) if one.hours else "—"
            self.texts.append((str(one.year), str(one.support or "—"), money, str(one.services or "—"), hours))
        for row, texts in enumerate(self.texts):
            for column, text in enumerate(texts):
                cell = label(text, 13, bold=row > 0 and column == 0, tone="muted" if row == 0 else "")
                cell.setAlignment(Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight)
                grid.addWidget(cell, row, column)
        self.rows.addWidget(self._inner)
        lay_now(self)


class StoryPage(Page):
    """where: record is the id of the NGO."""

    registers = frozenset({*REGISTERS, "document", "settings"})

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__("НКО", desk, window)
        self.setAcceptDrops(True)
        self.ngo: int | None = None
        self.story: Story | None = None
        self.sections: frozenset[str] = frozenset()
        self.by_section = False
        act = window.guarded
        self.header.back.show()
        self.header.title.setMinimumWidth(1)
        self.attach_button = self.header.add("attach", Button("Прикрепить", "upload-simple", act=act(self.attach)))
        self.attach_button.setAccessibleName("Прикрепить документ")
        self.print_button = self.header.add(
            "print", Button("Паспорт НКО", "file-pdf", kind="primary", key="Ctrl+P", act=act(self.print_passport))
        )
        for name, button in self.header.deeds.items():
            button.setObjectName(f"story-{name}")
        self.card = RecordCard(REGISTERS["ngo"], FieldText(desk))
        self.card.edit.clicked.connect(lambda: self.edit())
        self.years = YearSums()
        self.left = QWidget()
        left = QVBoxLayout(self.left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(12)
        left.addWidget(self.years)
        left.addWidget(self.card, 1)
        self.flow = PillFlow()
        self.line_tab = Button("Лента времени", kind="tab", act=lambda: self.group(by_section=False))
        self.section_tab = Button("По разделам", kind="tab", act=lambda: self.group(by_section=True))
        self.card_tab = Button("Карточка", kind="tab", act=self.show_card)
        tabs = QHBoxLayout()
        tabs.setSpacing(16)
        for button in (self.line_tab, self.section_tab, self.card_tab):
            button.setCheckable(True)
            tabs.addWidget(button)
        tabs.addStretch(1)
        self.line = TimeLine(desk)
        sheet = Card(margin=1, spacing=0)
        sheet.rows.addWidget(self.line)
        self.right = QWidget()
        lines = QVBoxLayout(self.right)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(8)
        lines.addWidget(self.flow)
        lines.addWidget(sheet, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.right)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addLayout(tabs)
        right.addWidget(self.stack, 1)
        self.whole = QHBoxLayout()
        self.whole.setSpacing(16)
        self.whole.addWidget(self.left)
        self.whole.addLayout(right, 1)
        self.card_tab.hide()
        self.body.addWidget(separator())
        self.body.addLayout(self.whole, 1)
        self.body.setSpacing(12)
        self.line.opened.connect(act(self.open_line))
        self.line.stepped_out.connect(self._to_pills)
        self._keys()

    def _keys(self) -> None:
        act = self.window_.guarded
        keys: dict[str, Any] = {
            "Ctrl+P": self.print_passport, "F2": self.edit, "Ctrl+V": self.paste, "Alt+0": self.show_all,
            "Ctrl+G": lambda: self.group(by_section=not self.by_section),
        }  # fmt: skip
        for number in range(1, KEYS + 1):
            keys[f"Alt+{number}"] = partial(self._toggle_number, number)
        for key, deed in keys.items():
            shortcut(self, key, act(deed))
        for own in self.card.findChildren(QShortcut, options=Qt.FindChildOption.FindDirectChildrenOnly):
            own.setEnabled(False)  # Ctrl+P and Ctrl+V are the page's here: one key, one deed

    # --- what is shown

    def enter(self, **where: Any) -> None:
        if isinstance(where.get("record"), int) and where["record"] != self.ngo:
            self.ngo = where["record"]
            self.sections = frozenset()
        self.refresh()
        self.line.setFocus()

    def refresh(self) -> None:
        if self.ngo is None:
            return
        kept = self.line.moment(self.line.row)
        self.story = self.desk.read(ngo_story.story, self.ngo)
        story = self.story
        self.header.title.setText(self._short_title(story.name))
        self.header.title.setToolTip(story.name)
        values = story.card.values
        number = f"ОГРН\u00a0{values['ogrn']}" if values.get("ogrn") else "без ОГРН"
        merged = f" · вместе с карточками: {len(story.cards) - 1}" if len(story.cards) > 1 else ""
        self.header.fact.setText(f"{number}{merged}")
        self.years.show_years(story)
        self.card.show_card(story.card, str(values["name"]), self._deeds(story), [])
        self._show_pills(story)
        self._show_line(kept)
        self.say_hint(HINT)

    def _short_title(self, name: str) -> str:
        room = max(220, self.width() - 620)
        return self.header.title.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room)

    def _deeds(self, story: Story) -> list[Any]:
        """Deeds of the register's card, where its page stands on this NGO."""
        from app.ui import deeds

        page = getattr(self.window_, "pages", {}).get("ngo")
        if page is None or page.chosen_id != story.card.id or page.editing.open:
            return []
        return [deed for deed in deeds.of_card(page, story.card) if deed[0] != "Открыть страницу НКО"]

    def _show_pills(self, story: Story) -> None:
        everything = Button(f"Все {len(story.moments)}", kind="pill", act=self.show_all)
        everything.set_kind("pill" if self.sections else "pill-on")
        everything.setAccessibleName("Все разделы")
        everything.setObjectName("story.pill.all")
        pills = [everything]
        self.shown = [key for key in story.sections if story.counts.get(key)]
        for number, key in enumerate(self.shown, 1):
            title, icon = SECTIONS[key]
            pill = Button(f"{title} {story.counts[key]}", icon, kind="pill", act=partial(self.toggle, key))
            pill.setObjectName(f"story.pill.{key}")
            pill.set_kind("pill-on" if key in self.sections else "pill")
            pill.setAccessibleName(f"{title}: {story.counts[key]}{', показано' if key in self.sections else ''}")
            if number <= KEYS:
                pill.setToolTip(f"Alt+{number}")
            pills.append(pill)
        self.flow.show_pills(pills)

    def _show_line(self, kept: Moment | None = None) -> None:
        if self.story is not None:
            self.line.show_story(self.story, self.sections, by_section=self.by_section)
            self.line.choose_moment(kept)
        self._mark_tabs()

    def toggle(self, section: str) -> None:
        """Show a section, or no longer; several may stand together."""
        self._show_sections(self.sections ^ {section})

    def show_all(self) -> None:
        self._show_sections(frozenset())

    def _show_sections(self, sections: frozenset[str]) -> None:
        here = next((i for i, pill in enumerate(self.flow.pills) if pill.hasFocus()), None)
        kept = self.line.moment(self.line.row)
        self.sections = sections
        if self.story is not None:
            self._show_pills(self.story)
        self._show_line(kept)
        if here is not None:
            self.flow.pills[here].setFocus(Qt.FocusReason.OtherFocusReason)

    def _toggle_number(self, number: int) -> None:
        if number <= len(self.shown):
            self.toggle(self.shown[number - 1])

    def group(self, *, by_section: bool) -> None:
        """The time line by year, or the facts section by section."""
        kept = self.line.moment(self.line.row)
        self.by_section = by_section
        self.stack.setCurrentWidget(self.right)
        self._show_line(kept)

    def show_card(self) -> None:
        """Where there is no room for both, the card stands in place of the line."""
        self.stack.setCurrentWidget(self.left)
        self._mark_tabs()

    def _mark_tabs(self) -> None:
        card = self.stack.currentWidget() is self.left
        self.line_tab.setChecked(not card and not self.by_section)
        self.section_tab.setChecked(not card and self.by_section)
        self.card_tab.setChecked(card)

    def _lay(self, *, narrow: bool) -> None:
        if narrow is not self.card_tab.isHidden():
            return
        if narrow:
            self.whole.removeWidget(self.left)
            self.stack.addWidget(self.left)
        else:
            self.stack.setCurrentWidget(self.right)
            self.stack.removeWidget(self.left)
            self.whole.insertWidget(0, self.left)
            self.left.show()
        self.card_tab.setVisible(narrow)
        self._mark_tabs()

    def _to_pills(self) -> None:
        if self.flow.pills:
            self.flow.pills[0].setFocus(Qt.FocusReason.OtherFocusReason)

    # --- deeds

    def open_line(self, row: int) -> None:
        """A line opens its record; a change, the state that it left."""
        moment = self.line.moment(row)
        if moment is None or self.ngo is None:
            return
        back = ("story", {"record": self.ngo})
        if moment.section == "document":
            self.window_.open("document", record=moment.id, back=back)
        elif moment.section == "change":
            self.window_.open("states", register="ngo", record=self.ngo, batch=moment.id, back=back)
        elif moment.register == "ngo":
            self.window_.open("states", register="ngo", record=self.ngo, back=back)
        else:
            self.window_.open(moment.register, record=moment.id, back=back)

    def edit(self) -> None:
        if self.ngo is not None:
            self.window_.open("ngo", record=self.ngo, edit=True, back=("story", {"record": self.ngo}))

    def print_passport(self) -> None:
        if self.story is not None:
            ngo_paper.show_passport(self.window_, self.desk, self.story.card.id, self.story.name,
                                    back=("story", {"record": self.story.card.id}))  # fmt: skip

    def reminded(self) -> tuple[str, int, str] | None:
        """The record of which Ctrl+R reminds: register, id, name."""
        return ("ngo", self.story.card.id, self.story.name) if self.story is not None else None

    @property
    def attaching(self) -> Attaching:
        assert self.story is not None
        return Attaching(self.window_, self.desk, ("ngo", self.story.card.id, self.story.name))

    def attach(self) -> None:
        self.attaching.choose()

    def paste(self) -> None:
        self.attaching.paste()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _has_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.window_.guarded(self.attaching.take)(event.mimeData())

    # --- keys of the window

    def step_back(self) -> bool:
        if self.sections:
            self.show_all()
            return True
        page: Any = self.window_.open("ngo", record=self.ngo)
        page.table.setFocus()
        return True

    def panes(self) -> list[QWidget]:
        return [self.flow.pills[0] if self.flow.pills else self.line, self.line, self.card.edit]

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._lay(narrow=self.width() < NARROW)
        if self.story is not None:
            self.header.title.setText(self._short_title(self.story.name))


def _has_files(data: QMimeData) -> bool:
    return any(url.isLocalFile() and Path(url.toLocalFile()).is_file() for url in data.urls())
