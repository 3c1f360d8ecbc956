"""The card of one file that came: whose it is, why it was set aside, cell by cell, and what to do about it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from app.core.russian import plural
from app.region.results import CellFault, Result
from app.ui.pages.changes import when
from app.ui.region.intake_words import WORDS, advice, is_calm, version, whose, wrong
from app.ui.widgets import Button, Card, Chip, clear, label, lay_now, row, wrapped
from app.usecases.region_came import FILE, CameRow

WIDTH = 320
INNER = WIDTH - 34
LABEL = 64


class IntakeCard(Card):
    """Fill with `show_row`; the page connects the buttons."""

    def __init__(self) -> None:
        super().__init__(spacing=8)
        self.setFixedWidth(WIDTH)
        self.chip = Chip()
        self.rows.addLayout(row(self.chip, None))
        self._inner = QWidget()
        self._facts = QVBoxLayout(self._inner)
        self._facts.setContentsMargins(0, 0, 0, 0)
        self._facts.setSpacing(4)
        self.rows.addWidget(self._inner)
        self.cells_head = label("", 13, bold=True)
        self.cells = QPlainTextEdit()
        self.cells.setReadOnly(True)
        self.cells.setTabChangesFocus(True)
        self.cells.setObjectName("faultyCells")
        self.cells.setAccessibleName("Что не так, по ячейкам")
        self.rows.addWidget(self.cells_head)
        self.rows.addWidget(self.cells, 1)
        self.filler = QWidget()
        self.rows.addWidget(self.filler, 1)
        self.remarks = Button("Замечания файлом", "paper-plane-tilt", kind="primary")
        self.receipt = Button("Квитанция", "stamp", kind="primary")
        self.say = Button("Замечания", "note-pencil")
        self.copy = Button("Скопировать перечень", "copy")
        self.open = Button("Открыть файл", "eye")
        self.save = Button("Сохранить файл", "download-simple")
        for button, name in (
            (self.remarks, "remarksFile"), (self.receipt, "receipt"), (self.say, "ownRemarks"),
            (self.copy, "copyFaults"), (self.open, "openReceived"), (self.save, "saveReceived"),
        ):  # fmt: skip
            button.setObjectName(name)
        self.rows.addLayout(row(self.receipt, self.say, None))
        self.rows.addLayout(row(self.remarks, None))
        self.rows.addLayout(row(self.copy, None))
        self.rows.addLayout(row(self.open, self.save, None))
        self.show_nothing()

    @property
    def buttons(self) -> tuple[Button, ...]:
        return self.remarks, self.receipt, self.say, self.copy, self.open, self.save

    def show_nothing(self) -> None:
        clear(self._facts)
        for widget in (self.chip, self.cells_head, self.cells, *self.buttons):
            widget.hide()

    def show_row(self, came: CameRow, faults: tuple[CellFault, ...], answered: str, today: object) -> None:
        """answered: what went back to this version, '' for nothing."""
        self.chip.say(*WORDS[came.result])
        self.chip.show()
        clear(self._facts)
        self._say(came.file, 15, bold=True)
        for name, text in (
            ("Район", whose(came)),
            ("Период", came.quarter.title if came.quarter is not None else ""),
            ("Вид", version(came.correction) + (", от руки" if came.hand and came.is_taken else "")),
            ("Внутри", came.inside),
            ("Пришёл", when(came.at, today) if came.at is not None else ""),
            ("Ответ", answered),
        ):
            if text:
                self._fact(name, text)
        said = wrong(came) if not faults else wrong(replace(came, reason=""))
        if said:
            self._facts.addSpacing(4)
            self._say(said, 13, tone="warn" if is_calm(replace(came, misnamed="")) else WORDS[came.result][1])
        self._facts.addSpacing(4)
        self._say(advice(came), 13, tone="text2")
        lay_now(self._inner)
        self._show_cells(faults)
        self._offer(came, faults, answered=bool(answered))

    def _show_cells(self, faults: tuple[CellFault, ...]) -> None:
        count = plural(len(faults), "ячейка", "ячейки", "ячеек")
        self.cells_head.setText(f"Что не так: {count}")
        self.cells.setPlainText(listed(faults))
        for widget in (self.cells_head, self.cells):
            widget.setVisible(bool(faults))
        self.filler.setVisible(not faults)

    def _offer(self, came: CameRow, faults: tuple[CellFault, ...], *, answered: bool) -> None:
        returnable = came.result in (Result.FAULTS, Result.CHANGED) and not came.hand
        self.remarks.setVisible(returnable and came.quarter is not None)
        self.receipt.setVisible(came.is_taken)
        self.say.setVisible(came.is_taken and not answered and not came.hand)
        self.copy.setVisible(bool(faults or wrong(came)))
        self.copy.say("Скопировать перечень" if faults else "Скопировать причину")
        kept = came.kept is not None and not (came.kept[0] == FILE and came.result == Result.NOT_A_RETURN)
        self.open.setVisible(kept)
        self.save.setVisible(kept)

    def _fact(self, name: str, text: str) -> None:
        head = label(name, 13, tone="muted")
        head.setFixedWidth(LABEL)
        line = QWidget()
        told = wrapped(text, INNER - LABEL - 8, 13)
        line.setLayout(row(head, told, None))
        line.setFixedHeight(told.height())
        self._facts.addWidget(line)

    def _say(self, text: str, size: int, *, bold: bool = False, tone: str = "") -> None:
        self._facts.addWidget(wrapped(text, INNER, size, bold=bold, tone=tone))


def listed(faults: tuple[CellFault, ...]) -> str:
    """The faults as lines of text, each with its place: for the card and for a letter."""
    return "\n".join(f"{fault.place or fault.cell or 'Файл'}: {fault.text}" for fault in faults)
