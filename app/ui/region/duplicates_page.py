"""«Дублирование»: two centres at one work, side by side; what was promised and done, and what a unit costs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.core.russian import integer
from app.region.duplicates import Duplicate
from app.ui.desk import Desk
from app.ui.page import Window
from app.ui.pages.plain_table import PlainTable
from app.ui.region import duplicate_rows as rows
from app.ui.region.commission_deed import CommissionDeed
from app.ui.region.justifying import ask_reason, take_back
from app.ui.region.opened import Opened
from app.ui.region.opened_view import ask_to_save
from app.ui.region.picture import Picture
from app.ui.region.picture_page import NARROW, PicturePage
from app.ui.region.side_by_side import SideBySide, sides_of
from app.ui.widgets import Button, Card, ElidingLabel, row, separator, shortcut

HINT = "Enter — записи · Ctrl+S — обосновать · Ctrl+E — выгрузить · Ctrl+Z — отменить · Alt+←, Alt+→ — квартал"


class DuplicatesPage(PicturePage):
    """view: `all`, `ngo`, `plan` of duplicates; `promises`, `costs`."""

    key = "duplicates"
    lists = True

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__("Дублирование", desk, window)
        self.view = "all"
        self.with_justified = False
        self.shown_rows: Sequence[object] = ()
        self.commission = CommissionDeed(self)
        head, guarded = self.header, self.window_.guarded
        self.xlsx = head.add("export", Button("Excel", "file-xls", key="Ctrl+E", act=guarded(self.export)))
        self.paper = head.add("commission", self.commission.button(""))
        self.justify = head.add(
            "justify", Button("Обосновать", "seal-check", kind="primary", key="Ctrl+S", act=guarded(self.justify_here))
        )
        self.views: dict[str, Button] = {}
        for view, word in rows.VIEWS.items():
            self.views[view] = Button(word, kind="pill", act=partial(self.show_view, view))
        self.filter = Button("С обоснованными", kind="pill", act=self.toggle_justified)
        self.count = ElidingLabel("", 13, tone="muted")
        line = row(*self.views.values(), 12, self.filter, self.count, spacing=6)
        line.setStretch(line.count() - 1, 1)
        pills = QWidget()
        pills.setLayout(line)
        # Their words are shortened where room lacks, so the least width of the page does not count the long ones.
        pills.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.lines.addWidget(pills)
        self.table = PlainTable((("", 200),))
        self.sheet = Card(margin=1, spacing=0)
        self.sheet.rows.addWidget(self.table, 1)
        self.sheet.rows.addWidget(separator())
        self.told = ElidingLabel("", 13)
        self.records = Button("Записи", kind="link", key="Enter", act=lambda: self._open(self.table.row))
        foot = row(self.told, self.records, margins=(16, 2, 8, 2))
        foot.setStretch(0, 1)
        self.sheet.rows.addLayout(foot)
        self.lines.addWidget(self.sheet, 3)
        self.sides = SideBySide()
        self.lines.addWidget(self.sides, 2)
        shortcut(self.work, "Ctrl+E", guarded(self.export))
        shortcut(self.work, "Ctrl+S", guarded(self.justify_here))
        self.hint = HINT
        self.no_picture()

    # --- what is shown

    def show_picture(self, picture: Picture) -> None:
        self.show_view(self.view, focus=False)
        self.say_hint(HINT)

    def no_picture(self) -> None:
        self.header.show_only()

    def show_view(self, view: str, *, focus: bool = True) -> None:
        """Both kinds of duplicates, one of them, promises, or unit costs."""
        picture = self.shown
        if picture is None or picture.is_empty:
            return
        held = self._key_of(self.table.row) if view == self.view else ""
        self.view = view
        listed = rows.listed(picture, view, with_justified=self.with_justified)
        self.shown_rows = listed.of
        self._make_table(listed)
        self._name_pills(picture)
        self.count.setText(listed.told)
        places = range(len(listed.of)) if held else ()
        self.table.choose(next((place for place in places if self._key_of(place) == held), 0))
        self._chosen(self.table.row)
        if focus:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_table(self, listed: rows.Listed) -> None:
        """A table has its columns for good: another view has another table."""
        had = self.table.hasFocus()
        table = listed.table
        made = PlainTable(table.columns, table.fill, table.right)
        made.lay_columns([px for _, px in table.columns], table.fill, list(listed.least))
        made.setAccessibleName(table.title)
        made.setObjectName("duplicates.table")
        made.show_rows(table.rows)
        made.opened.connect(self._open)
        made.chosen.connect(self._chosen)
        self.sheet.rows.replaceWidget(self.table, made)
        self.table.hide()
        self.table.deleteLater()
        self.table = made
        made.show()
        if had:
            made.setFocus(Qt.FocusReason.OtherFocusReason)

    def _name_pills(self, picture: Picture) -> None:
        narrow = self.width() < NARROW
        counts = rows.counts(picture, with_justified=self.with_justified)
        for view, button in self.views.items():
            words = rows.VIEWS[view] + (f": {integer(counts[view])}" if view in counts else "")
            short = rows.SHORT[view] + (f": {integer(counts[view])}" if view in counts else "")
            button.say(short if narrow else words)
            button.set_kind("pill-on" if view == self.view else "pill")
            button.setAccessibleName(f"{words}, {'показано' if view == self.view else 'показать'}")
        of_duplicates = self.view in rows.DUPLICATES
        justified = len(picture.coverage.duplicates) - len(picture.coverage.inefficient)
        self.filter.setVisible(of_duplicates)
        self.filter.say(f"{'Обосновано' if narrow else 'С обоснованными'}: {integer(justified)}")
        self.filter.set_kind("pill-on" if self.with_justified else "pill")
        self.filter.setAccessibleName(
            f"С обоснованными, их {integer(justified)}: {'включено' if self.with_justified else 'выключено'}"
        )
        self.sides.setVisible(of_duplicates)

    def toggle_justified(self) -> None:
        self.with_justified = not self.with_justified
        self.show_view(self.view)

    @property
    def here(self) -> Duplicate | None:
        """The duplicate at hand."""
        place = self.table.row
        one = self.shown_rows[place] if 0 <= place < len(self.shown_rows) else None
        return one if isinstance(one, Duplicate) else None

    def _key_of(self, place: int) -> str:
        one = self.shown_rows[place] if 0 <= place < len(self.shown_rows) else None
        return one.key if isinstance(one, Duplicate) else repr(one)

    def _chosen(self, place: int) -> None:
        picture, one = self.shown, self.here
        if picture is None:
            return
        self.records.setEnabled(bool(self.shown_rows))
        if self.view not in rows.DUPLICATES:
            self.header.show_only("export", "commission")
            self.told.setText(rows.told_of(picture, self.shown_rows[place]) if 0 <= place < len(self.shown_rows) else
                              rows.EMPTY[self.view])  # fmt: skip
            return
        self.header.show_only("export", "commission", "justify")
        if one is None:
            self.told.setText(rows.nothing(picture, self.view))
            self.sides.show_sides(())
            self.header.show_only("commission")
            return
        reason = f"  Обосновано: {rows.justified_words(one)}." if one.reason else ""
        self.told.setText(one.text + reason)
        self.table.setAccessibleDescription(self.told.text())
        self.justify.say("Снять обоснование" if one.reason else "Обосновать")
        self.justify.set_kind("" if one.reason else "primary")
        self.sides.show_sides(sides_of(picture, one))

    # --- deeds

    def justify_here(self) -> None:
        """Give a reason to the duplicate at hand, or take it back."""
        one = self.here
        if one is None:
            return
        if one.reason:
            take_back(self.desk, one)
        else:
            ask_reason(self.desk, self.window_, one)

    def _open(self, place: int) -> None:
        picture = self.shown
        if picture is not None and 0 <= place < len(self.shown_rows):
            self.open_down(rows.opened_of(picture, self.shown_rows[place]))

    def export(self) -> None:
        """What the table shows as a workbook."""
        picture = self.shown
        if picture is None or not self.shown_rows:
            self.window_.notify("Выгружать нечего: в таблице нет ни одной строки.")
            return
        listed = rows.listed(picture, self.view, with_justified=self.with_justified, most=None)
        opened = Opened(f"{rows.TITLES[self.view]}, {picture.quarter.title}", listed.told, (listed.table,))
        ask_to_save(self, self.desk, self.window_, opened)

    def focus_work(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def panes(self) -> list[QWidget]:
        return [self.views[self.view], self.table, self.opened.back]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.shown is not None and not self.shown.is_empty:
            self._name_pills(self.shown)
        self.sides.setMinimumHeight(110 if self.height() < 520 else 150)
        self.sides.setMaximumHeight(int(self.height() * 0.36))

