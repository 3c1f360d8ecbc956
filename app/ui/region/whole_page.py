"""«Свод»: the consolidated return in its seven tables, its checks, who is missing; a figure opens its districts."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.core.periods import Quarter
from app.region.checks import RegionFinding
from app.ui.desk import Desk
from app.ui.naming import name_widgets
from app.ui.page import Window
from app.ui.pages.return_grid import ReturnGrid
from app.ui.pages.return_sheets import Sheet
from app.ui.region import opened, opened_findings
from app.ui.region.figure_strip import FigureStrip
from app.ui.region.notes_panel import NotesPanel
from app.ui.region.picture import Picture
from app.ui.region.picture_page import PicturePage
from app.ui.region.whole_charts import NEEDS, WholeCharts
from app.ui.region.whole_deeds import WORDS, WholeDeeds
from app.ui.region.whole_notes import verdict, whole_notes
from app.ui.region.whole_sheets import OUT, found_cells, section_of, whole_sheets
from app.ui.widgets import Button, Card, clear, separator, shortcut

TABS = ("1 Состав", "2 Поддержка", "3 Центры", "4 Потребности", "5 Партнёрства", "6 Практики", "7 Организация",
        "Графики")  # fmt: skip
CHARTS = 8
WHOLE_TABS = 1120  # px of a page that has room for the words of all sections
PANEL_UNDER = 1000  # px of a page under which the panel is put away
HINT = "Enter — районы за цифрой · F8 — следующее замечание · Alt+1…8 — раздел · Alt+←, Alt+→ — квартал"


class WholePage(PicturePage):
    """The consolidated return of a quarter."""

    key = "whole"
    empty_icon = "table"

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__("Свод", desk, window)
        self.tab = 1
        self.inner_tab = 0
        self._wanted = ""  # a cell to open when its quarter is read
        self._sheets: list[Sheet] = []
        self.deeds = WholeDeeds(self)
        for kind, (word, icon) in WORDS.items():
            self.header.add(kind, Button(word, icon, act=window.guarded(partial(self.deeds.save, kind))))
        approve = window.guarded(self.deeds.approve)
        self.approve = self.header.add("approve", Button("Утвердить свод", "lock", kind="primary", act=approve))
        self.sections = [Button(word, kind="tab") for word in TABS]
        for number, button in enumerate(self.sections, 1):
            button.setCheckable(True)
            button.clicked.connect(partial(self._section_clicked, number))
            self.top.insertWidget(number - 1, button)
            shortcut(self, f"Alt+{number}", partial(self._section_clicked, number))
        self.inner = QHBoxLayout()
        self.inner.setSpacing(8)
        self.grid = ReturnGrid()
        self.grid.setAccessibleName("Строки свода")
        self.grid.moved.connect(self._moved)
        self.grid.asked.connect(window.guarded(self.open_cell))
        self.strip = FigureStrip(lambda: self.open_cell(self.grid.cell.name))
        sheet = Card(margin=1, spacing=0)
        sheet.rows.addWidget(self.grid, 1)
        sheet.rows.addWidget(separator())
        sheet.rows.addWidget(self.strip)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addLayout(self.inner)
        self.shown_as = QStackedWidget()
        self.charts = WholeCharts(desk, window, self._open_bar)
        self.shown_as.addWidget(sheet)
        self.shown_as.addWidget(self.charts)
        left.addWidget(self.shown_as, 1)
        self.notes = NotesPanel()
        both = QHBoxLayout()
        both.setSpacing(16)
        both.addLayout(left, 1)
        both.addWidget(self.notes)
        self.lines.addLayout(both, 1)
        self.show_notes = Button("Замечания", "warning", kind="pill", act=self.toggle_notes)
        self.controls.addWidget(self.show_notes)
        self.hint = HINT
        self.no_picture()

    # --- what is shown

    def show_picture(self, picture: Picture) -> None:
        at = self.grid.cell.name
        self.header.show_only("html", "xlsx", "pdf", "approve")
        self.deeds.read_kept()
        self._show_notes(picture)
        self.show_section(self.tab, self.inner_tab)
        if at:
            self.grid.go_to(at)
        if self._wanted and not self.pictures.reading:
            wanted, self._wanted = self._wanted, ""
            self._open_bar(picture.quarter, wanted)
        self.say_hint(HINT)

    def _show_notes(self, picture: Picture) -> None:
        self.notes.say(*verdict(picture))
        self.notes.show_groups(whole_notes(picture, self.deeds.kept, self._open_finding, self.deeds.open_kept))
        self._arrange()

    def kept_read(self) -> None:
        """The approved ones are known: they stand in the panel."""
        if self.shown is not None and not self.shown.is_empty:
            self._show_notes(self.shown)

    def no_picture(self) -> None:
        self.header.show_only()

    def _section_clicked(self, number: int, _on: bool = False) -> None:
        """A section leaves what was opened below a figure, or its tab would stand over rows of another one."""
        if self.stack.currentWidget() is self.opened:
            self._closed()
        self.show_section(number)

    def show_section(self, number: int, inner: int = 0) -> None:
        """A section (1…7), and in it one of its sheets."""
        picture = self.shown
        if picture is None or picture.is_empty:
            return
        self.tab = number
        for place, button in enumerate(self.sections, 1):
            button.setChecked(place == number)
        self._name_sections()
        if number == CHARTS:
            self.shown_as.setCurrentIndex(1)
            clear(self.inner)
            self.charts.show_picture(picture)
            if self.grid.hasFocus():
                self.charts.take_focus()
            return
        self.shown_as.setCurrentIndex(0)
        self._sheets = whole_sheets(picture, number)
        self.inner_tab = inner if inner < len(self._sheets) else 0
        clear(self.inner)
        if len(self._sheets) > 1:
            for place, sheet in enumerate(self._sheets):
                button = Button(sheet.title, kind="pill-on" if place == self.inner_tab else "pill")
                button.clicked.connect(partial(self._sheet_clicked, place))
                self.inner.addWidget(button)
            self.inner.addStretch(1)
            name_widgets(self, "whole")
        sheet = self._sheets[self.inner_tab]
        self.grid.show_sheet(sheet, found_cells(sheet))
        first = next((c.name for line in sheet.lines for c in line.cells if "." in c.name), "")
        self.strip.clear()
        if first:
            self.grid.go_to(first)
            self.grid.scrollToTop()

    def _open_bar(self, quarter: Quarter, cell: str) -> None:
        """A bar opens its figure: of another quarter that quarter first."""
        if self.shown is not None and quarter == self.shown.quarter:
            self.open_down(opened.of_needs(self.shown) if cell == NEEDS else opened.of_cell(self.shown, cell))
        else:
            self._wanted = cell
            self.choose_quarter(quarter)

    def _sheet_clicked(self, place: int, _on: bool = False) -> None:
        self.show_section(self.tab, place)
        self.grid.setFocus()

    def go_to(self, cell: str) -> bool:
        """Make a cell of the consolidated return current, wherever it stands."""
        picture = self.shown
        number = section_of(picture.whole, cell) if picture is not None else 0
        if not number or picture is None:
            return False
        for place, sheet in enumerate(whole_sheets(picture, number)):
            if sheet.place(cell) or sheet.place(f"{cell}.quarter"):
                self.show_section(number, place)
                return self.grid.go_to(cell)
        return False

    def _moved(self, name: str) -> None:
        picture = self.shown
        if picture is None or not name:
            self.strip.clear()
            return
        self.strip.show_cell(picture, name, self.grid.cell.text)
        self.grid.setAccessibleName(self.strip.words)  # the grid is painted: this is what is read aloud at its cell

    # --- the way down

    def open_cell(self, name: str) -> None:
        """Enter on a cell: its districts; on a word of who stands out, those districts."""
        picture = self.shown
        if picture is None or "." not in name:
            return
        head, _, last = name.rpartition(".")
        if last == "text":
            self.open_down(opened.of_text(picture, head))
        elif last in (OUT, "before", "ago"):
            self.open_down(opened_findings.of_rates(picture, head, last))
        else:
            self.open_down(opened.of_cell(picture, name))

    def _open_finding(self, finding: RegionFinding) -> None:
        if self.shown is None:
            return
        if finding.records or not self.go_to(finding.cell):
            self.open_down(opened_findings.of_finding(self.shown, finding))
        else:
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_work(self) -> None:
        if self.tab == CHARTS:
            self.charts.take_focus()
        else:
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def next_finding(self, step: int) -> None:
        if not self.notes.isVisible():
            self.toggle_notes()
        self.notes.walk(step)

    def panes(self) -> list[QWidget]:
        first = self.notes.views[0] if self.notes.views else self.notes.area
        return [self.quarters_chosen, self.grid, first, self.opened.back]

    # --- sizes

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._name_sections()
        self._arrange()

    def _arrange(self) -> None:
        narrow = self.width() < PANEL_UNDER
        self.show_notes.setVisible(narrow)
        self.notes.setVisible(not narrow or self.show_notes.property("kind") == "pill-on")

    def toggle_notes(self) -> None:
        """Where room lacks, the panel stands only while it is asked for."""
        self.show_notes.set_kind("pill" if self.show_notes.property("kind") == "pill-on" else "pill-on")
        self._arrange()

    def _name_sections(self) -> None:
        """Where room lacks, only the current section has its word; the others their number."""
        room = self.width() >= WHOLE_TABS
        for number, (button, word) in enumerate(zip(self.sections, TABS, strict=True), 1):
            button.say(word if room or number == self.tab else word.partition(" ")[0] if word[0].isdigit() else "Гр.")
            button.setToolTip("" if room else word)
            button.setAccessibleName(word)


