"""The page of one return: the grid as it will be printed, findings beside it, approval, papers."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.core.periods import Quarter
from app.core.roles import Right
from app.core.russian import plural
from app.records import REGISTERS
from app.returns.checks import Finding, Severity
from app.returns.form import FORMS
from app.ui.desk import Desk
from app.ui.naming import name_widgets
from app.ui.page import Page, Window
from app.ui.pages.cell_strip import CellStrip
from app.ui.pages.findings_panel import FindingsPanel
from app.ui.pages.printed_view import PrintedView
from app.ui.pages.return_deeds import ReturnDeeds
from app.ui.pages.return_grid import ReturnGrid
from app.ui.pages.return_head import ReturnHead
from app.ui.pages.return_sheets import Sheet, cell_title, section_sheets, tab_of
from app.ui.widgets import Button, Card, clear, row, separator, shortcut
from app.usecases import quarter_returns

TABS = ("1 Состав", "2 Поддержка", "3 Центры", "4 Потребности", "5 Партнёрства", "6 Практики", "7 Организация",
        "Приложения")  # fmt: skip
WHOLE_TABS = 1200  # px of a page that has room for the words of all sections


class ReturnPage(Page):
    """One quarter.  draft is what the records say now; kept is the approved version, if there is one."""

    registers = frozenset({*REGISTERS, "return", "settings"})
    folded_rail = True

    _opening = False  # whether a return was opened and is not shown yet

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__("Отчёт НКО-47-кв", desk, window)
        self.quarter: Quarter | None = None
        self.draft: quarter_returns.Draft | None = None
        self.kept: quarter_returns.KeptReturn | None = None
        self.correcting = False
        self.computing = False
        self.outdated = False
        self.version: int | None = None  # None is the latest
        self.deeds = ReturnDeeds(self)
        self.head = ReturnHead(self)
        self.answers = self.head.answers
        self.tab = 1
        self._sheets: list[Sheet] = []
        self.sheet_buttons: list[Button] = []
        self._build()
        self._keys()

    def _build(self) -> None:
        self.header.back.show()
        head = self.header
        deeds = self.deeds
        self.recount = head.add("recount", Button("Пересчитать", "arrows-clockwise", key="F5", act=self.compute))
        self.print_ = head.add("print", Button("Печатный вид", "printer", key="Ctrl+P", act=deeds.printed))
        self.correct = head.add("correct", Button("Составить уточнённый", "note-pencil", act=self.start_correction))
        self.save_xlsx = head.add("xlsx", Button("Сохранить Excel", "file-xls", act=lambda: deeds.save("xlsx")))
        self.save_pdf = head.add(
            "pdf", Button("Сохранить PDF", "file-pdf", kind="primary", act=lambda: deeds.save("pdf"))
        )
        self.approve = head.add("approve", Button("Утвердить", "lock", kind="primary", act=deeds.approve))
        act = self.window_.guarded(self.answers.act)
        self.next_deed = head.add("next", Button("Отметить отправку", "paper-plane-tilt", kind="primary", act=act))
        head.show_only()  # what fits is known when the return is
        self.body.setSpacing(8)
        self.body.addLayout(self.head.line())
        head.take_over(self.head.more, self.head.menu)
        self.tabs = [Button(word, kind="tab") for word in TABS]
        for number, button in enumerate(self.tabs, 1):
            button.setCheckable(True)
            button.clicked.connect(lambda _on=False, number=number: self.show_tab(number))
        self.grid = ReturnGrid()
        self.grid.setAccessibleName("Строки отчёта")
        self.inner = QHBoxLayout()
        self.inner.setSpacing(8)
        sheet = Card(margin=1, spacing=0)
        sheet.rows.addWidget(self.grid, 1)
        sheet.rows.addWidget(separator())
        self.strip = CellStrip(self.open_records)
        sheet.rows.addWidget(self.strip)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addLayout(row(*self.tabs, None, spacing=12))
        left.addLayout(self.inner)
        left.addWidget(sheet, 1)
        self.findings = FindingsPanel()
        work = QWidget()
        both = QHBoxLayout(work)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(16)
        both.addLayout(left, 1)
        both.addWidget(self.findings)
        self.printed = PrintedView(self.window_.guarded(deeds.print_annexes), self.window_.guarded(deeds.save_printed))
        self.stack = QStackedWidget()
        self.stack.addWidget(work)
        self.stack.addWidget(self.printed)
        self.body.addWidget(self.stack, 1)
        self.grid.moved.connect(self._moved)
        self.grid.asked.connect(self._asked)
        self.grid.typed.connect(lambda cell, text: deeds.type_into(cell, text))
        self.findings.opened.connect(self._open_finding)
        self.findings.explained.connect(lambda f, text: self.window_.guarded(deeds.explain)(f, text))
        self.findings.protocol.clicked.connect(lambda: self.window_.guarded(deeds.protocol)())

    def _keys(self) -> None:
        shortcut(self, "F5", self.window_.guarded(self.compute))
        shortcut(self, "Ctrl+P", self.window_.guarded(self.deeds.printed))
        for number in range(1, 9):
            shortcut(self, f"Alt+{number}", partial(self.show_tab, number))

    # --- what is shown

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._name_tabs()

    def _name_tabs(self) -> None:
        """Where room lacks, only the current section has its word; the others their number."""
        whole = self.width() >= WHOLE_TABS
        for number, (button, word) in enumerate(zip(self.tabs, TABS, strict=True), 1):
            short = word.partition(" ")[0] if word[0].isdigit() else word[:4] + "."
            button.say(word if whole or number == self.tab else short)
            button.setToolTip("" if whole else word)
            button.setAccessibleName(word)
        many = len(self.sheet_buttons) > 2  # the annexes: letters where room lacks
        for button in self.sheet_buttons:
            word = button.accessibleName()
            chosen = button.property("kind") == "pill-on"
            button.say(word if whole or chosen or not many else word.partition(".")[0])

    def enter(self, **where: object) -> None:
        quarter = where.get("quarter")
        if isinstance(quarter, Quarter) and quarter != self.quarter:
            self.quarter = quarter
            self.draft, self.kept, self.correcting = None, None, False
            self.tab, self.version, self._opening = 1, None, True
            self.strip.clear()
            self.refresh()
        self.grid.setFocus()

    def refresh(self) -> None:
        if self.quarter is None:
            return
        self.stack.setCurrentIndex(0)
        self.kept = self.desk.read(quarter_returns.kept, self.quarter, self.version)
        self.answers.ask_again()
        self.compute()

    def compute(self) -> None:
        """Build the return from the records and check it, in the database's thread."""
        if self.quarter is None or self.computing:
            return
        self.computing = True
        self.findings.say("warn", "Считается", "Записи собираются и проверяются")

        def failed(error: BaseException) -> None:
            self.computing = False
            self.findings.say("err", "Не собран", "Причина — в сообщении")
            self.window_.tell(error)

        self.desk.read_later(
            "Собирается отчёт", _drawn_up, self.quarter, self.kept is not None,
            done=self.window_.guarded(self._computed), failed=failed,
        )  # fmt: skip

    def _computed(self, found: tuple[quarter_returns.Draft, bool]) -> None:
        self.computing = False
        draft, self.outdated = found
        self.strip.remember(
            latest.ret for q in sorted(draft.records.frozen) if (latest := draft.records.latest_frozen(q)) is not None
        )
        if draft.ret.head.quarter != self.quarter:
            self.compute()
            return
        self.draft = draft
        self._show()

    @property
    def frozen(self) -> bool:
        """Is the approved version shown, rather than a draft?"""
        return self.kept is not None and not self.correcting

    @property
    def ret(self) -> Any:
        return self.kept.ret if self.frozen and self.kept is not None else self.draft.ret if self.draft else None

    def _show(self) -> None:
        assert self.draft is not None
        assert self.quarter is not None
        head = self.ret.head
        self.header.title.setText(f"Отчёт НКО-47-кв, {self.quarter.title}")
        kind = f"уточнённый {head.correction}" if head.correction else "первичный"
        self.header.fact.setText(f"{kind}, версия формы {head.form_version}")
        report = self.draft.report
        if self.frozen and self.kept is not None:
            former = self.version is not None
            self.head.show_approved(former=former)
            self._offer(former)
            tone, title = ("warn", "Нужен уточнённый") if self.outdated else ("ok", "Утверждён")
            counts = "Записи с тех пор изменились" if self.outdated else f"версия {head.correction}, бумаги сохранены"
            if former:
                tone, title, counts = "", "Прежняя версия", "Бумаги — как были отправлены"
            elif self.answers.remarks:
                tone, title, counts = "warn", "Возвращён", f"Замечаний области: {len(self.answers.remarks)}"
            self.findings.show_report(report, self._told, typed=False, remarks=self.answers.remarks)
            self.findings.say(tone, title, counts)
        else:
            self.head.show_draft()
            self.header.show_only("recount", "print", "approve")
            refused = self.desk.why_not(Right.FREEZE)
            self.approve.setEnabled(not report.errors and refused is None)
            may = self.desk.why_not(Right.WORK) is None
            self.findings.show_report(report, self._told, typed=True, may=may, remarks=self.answers.remarks)
            if refused is not None and not report.errors:  # beside the button that she cannot press
                self.findings.say("ok", "Готов", refused.message.partition(" Ваша роль")[0])
        self.show_tab(self.tab)
        if self._opening and not self.frozen:  # a return that is opened begins at its first error (LOOK, «focus goes»)
            first = (f.cell for f in report.findings if f.severity is Severity.ERROR)
            next(filter(self.go_to, first), None)
        self._opening = False

    def _offer(self, former: bool) -> None:
        """Papers, and the deed that the state of the approved return waits for."""
        word, icon = self.answers.deed
        names = ["xlsx", "pdf"]
        if word and not former:
            self.next_deed.say(word, icon)
            names.append("next")
        elif not former:
            names.append("correct")
        self.save_pdf.set_kind("" if word and not former else "primary")
        self.header.show_only(*names)

    # --- versions

    def show_version(self, version: int | None) -> None:
        """Show an approved version with its papers; None is the latest."""
        self.version, self.correcting = version, False
        self.refresh()

    def _told(self, cell: str) -> str:
        return cell_title(self.form, self.ret, cell)

    @property
    def form(self):
        return FORMS[self.ret.head.form_version]

    def show_tab(self, number: int, inner: int = 0) -> None:
        """Show a section (1…7) or the annexes (8), and in it one of its sheets."""
        if self.ret is None:
            return
        self.tab = number
        for place, button in enumerate(self.tabs, 1):
            button.setChecked(place == number)
        self._sheets = section_sheets(self.ret, self.form, number)
        clear(self.inner)
        self.sheet_buttons = []
        if len(self._sheets) > 1:
            for place, sheet in enumerate(self._sheets):
                button = Button(sheet.title, kind="pill-on" if place == inner else "pill")
                button.setAccessibleName(sheet.title)
                button.setToolTip(sheet.title)
                button.clicked.connect(lambda _on=False, place=place: self.show_tab(number, place))
                self.inner.addWidget(button)
                self.sheet_buttons.append(button)
            self.inner.addStretch(1)
            name_widgets(self, "return")
        self._name_tabs()
        self.strip.clear()
        self.grid.show_sheet(self._sheets[inner], self._found())
        self.grid.go_to_first(typed_first=not self.frozen)
        typed = "" if self.frozen else " · голубые ячейки заполняются вручную"
        self.say_hint(f"F8 — следующее замечание · Enter — записи за цифрой · Alt+1…8 — раздел{typed}")

    def _found(self) -> dict[str, str]:
        tones: dict[str, str] = {}
        for finding in self.draft.report.findings if self.draft and not self.frozen else ():
            tone = "err" if finding.severity is Severity.ERROR else "warn"
            for name in (finding.cell, f"{finding.cell}.quarter"):
                if tones.get(name) != "err":
                    tones[name] = tone
        return tones

    def go_to(self, cell: str) -> bool:
        """Show the section of a cell and make it current."""
        number = tab_of(self.form, cell)
        sheets = section_sheets(self.ret, self.form, number)
        for place, sheet in enumerate(sheets):
            if sheet.place(cell) or sheet.place(f"{cell}.quarter"):
                self.show_tab(number, place)
                return self.grid.go_to(cell)
        return False

    def _moved(self, name: str) -> None:
        known = self.draft.built.sources.get(name, ()) if self.draft and name else ()
        words = f"{self._told(name)}: {self.grid.cell.text or '—'}" if name and self.ret else ""
        behind = (plural(len(s.ids), *REGISTERS[s.register].nouns) for s in known if s.register in REGISTERS)
        self.strip.tell(words, ", ".join(behind), records=bool(known))
        self.grid.setAccessibleName(words)  # the grid is painted: this is what is read aloud at its cell
        self.strip.show_quarters(name, self.ret if name else None)

    # --- deeds

    def _asked(self, cell: str) -> None:
        if self.grid.cell.typed and not self.frozen:
            self.deeds.type_into(cell, "")
        else:
            self.open_records()

    def open_records(self) -> None:
        """Open the records that a figure counts."""
        name = self.grid.cell.name
        if self.draft is None or not name:
            return
        self._open_sources(self.draft.built.sources.get(name, ()))

    def _open_sources(self, sources: Any) -> None:
        for source in sources:
            if source.register in REGISTERS and source.ids:
                self.window_.open(source.register, ids=source.ids, record=source.ids[0])
                return
        self.window_.notify("За этой ячейкой нет записей: она считается из других строк или заполнена вручную.")

    def _open_finding(self, finding: Finding) -> None:
        if not self.go_to(finding.cell):
            self.strip.tell(f"{self._told(finding.cell)}: {finding.text}", "", records=False)

    def start_correction(self) -> None:
        """Show the draft of the next version; approving asks for the reason."""
        self.correcting, self.version, self._opening = True, None, True
        self._show()

    def next_finding(self, step: int) -> None:
        self.findings.walk(step)

    def step_back(self) -> bool:
        if self.stack.currentIndex():
            self.stack.setCurrentIndex(0)
            self._show()
        elif self.correcting:
            self.correcting = False
            self._show()
        else:
            self.window_.open("returns")
        return True

    def panes(self) -> list[QWidget]:
        views: list[QWidget] = list(self.findings.views[:1])
        return [self.tabs[self.tab - 1], self.grid, *views]

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        self.grid.setFocus(reason)


def _drawn_up(session: Any, quarter: Quarter, approved: bool) -> tuple[quarter_returns.Draft, bool]:
    """The return as the records give it now, and whether an approved one differs from it."""
    drawn = quarter_returns.draft(session, quarter)
    return drawn, approved and quarter in quarter_returns.to_be_corrected(session)
