"""«Выгрузки с персональными данными»: who took what of how many people, when and where to."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.core.russian import integer, plural
from app.ui.desk import Desk
from app.ui.empty_state import EmptyState
from app.ui.page import Page, Window
from app.ui.pages.changes import local
from app.ui.pages.plain_table import PlainTable
from app.ui.widgets import Card
from app.usecases.personal_exports import ExportRow, exports

COLUMNS = (("Когда", 132), ("Кто", 170), ("Что", 240), ("Человек", 84), ("Куда", 300))
WHAT = 2


class PersonalExportsPage(Page):
    """Newest first; nothing here can be changed or taken back."""

    registers = frozenset({"personal_export"})

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__("Выгрузки с персональными данными", desk, window)
        self.header.back.show()
        self.table = PlainTable(COLUMNS, fill=WHAT, right=(3,))
        self.table.setAccessibleName("Выгрузки с персональными данными")
        self.table.setObjectName("personalExports")
        sheet = Card(margin=1, spacing=0)
        sheet.rows.addWidget(self.table)
        self.empty = EmptyState()
        self.stack = QStackedWidget()
        self.stack.addWidget(sheet)
        self.stack.addWidget(self.empty)
        self.body.addWidget(self.stack, 1)
        self.found: tuple[ExportRow, ...] = ()

    def refresh(self) -> None:
        self.found = self.desk.read(exports)
        self.table.show_rows([
            [f"{local(one.made_at):%d.%m.%Y %H:%M}", one.made_by, one.what, integer(one.people), one.where]
            for one in self.found
        ])  # fmt: skip
        self.header.fact.setText(plural(len(self.found), "выгрузка", "выгрузки", "выгрузок") if self.found else "")
        if not self.found:
            self.empty.say(
                "shield-check", "Персональные данные из файла не выгружали",
                "Каждая выгрузка с именами и телефонами контактных лиц запишется сюда сама: кто, когда, что и куда.",
            )  # fmt: skip
        self.stack.setCurrentIndex(int(not self.found))
        self.table.choose(0)
        self.say_hint("Esc — назад · записи о выгрузках не меняются и не удаляются")

    def enter(self, **where: object) -> None:
        (self.table if self.found else self.header.back).setFocus()

    def step_back(self) -> bool:
        self.window_.open("contacts")
        return True

    def panes(self) -> list[QWidget]:
        return [self.table]
