"""Entries of a комплект before they are written: what becomes of each, and the card of one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from app.core.russian import in_sentence
from app.ui.field_text import NOTHING
from app.ui.pages.import_rows import WORDS
from app.ui.pages.preview_rows import PreviewCard, PreviewModel
from app.ui.widgets import Button, clear, lay_now, row
from app.usecases.import_plan import Change, Outcome
from app.usecases.region_package import PARTS, PackageRow

HEADS = ("Раздел", "Что с ней", "Код", "Название", "Что изменится")
ASKED_FIRST = (Outcome.REJECTED, Outcome.DOUBTFUL, Outcome.CHANGED, Outcome.NEW, Outcome.SAME)
"""Order of the rows: most of a комплект says what the file holds already, and that comes last."""
WIDTHS, LEAST = [150, 148, 100, 260, 240], [120, 140, 76, 200, 160]


class PackageModel(PreviewModel):
    """Rows of a комплект.  accepted: places of those that are taken though they were edited by hand."""

    heads, asked_first = HEADS, ASKED_FIRST

    def forget(self) -> None:
        self.accepted: set[int] = set()

    def decide(self, place: int, *, accept: bool) -> None:
        (self.accepted.add if accept else self.accepted.discard)(place)
        self.redraw()

    def cells(self, row: PackageRow) -> Sequence[str]:
        return PARTS[row.part], WORDS[row.outcome][0], row.code, row.title, told(row)


def told(row: PackageRow) -> str:
    """What an entry changes, in one line; of a wrong one, why."""
    if row.outcome is Outcome.REJECTED:
        return row.note
    return "; ".join(f"{in_sentence(change.title)}: {becomes(change)}" for change in row.changes)


def becomes(change: Change) -> str:
    """«10 → 12»; of what was empty only what it will be."""
    if change.old == NOTHING:
        return change.new
    return f"{change.old} → {'пусто' if change.new == NOTHING else change.new}"


class PackageCard(PreviewCard):
    """decided(place, accept): what a person answers to an entry that was edited by hand."""

    decided = Signal(int, bool)

    def __init__(self) -> None:
        super().__init__()
        self._place = 0
        self.accept = Button("Взять из комплекта", "check", kind="pill")
        self.accept.clicked.connect(lambda *_: self.decided.emit(self._place, True))
        self.skip = Button("Оставить", kind="pill", act=lambda: self.decided.emit(self._place, False))
        self.rows.addLayout(row(self.accept, self.skip, None))
        self.show_nothing()

    def show_nothing(self) -> None:
        clear(self._column)
        for widget in (self.chip, self.accept, self.skip):
            widget.hide()

    def show_row(self, entry: PackageRow, place: int, *, accepted: bool) -> None:
        self._place = place
        self.chip.say(*WORDS[entry.outcome])
        self.chip.show()
        clear(self._column)
        self._say(PARTS[entry.part], 13, tone="muted")
        self._say(" ".join(filter(None, (entry.code, entry.title if entry.title != entry.code else ""))), 16, bold=True)
        if entry.note:
            self._say(entry.note, 13, tone={"doubtful": "warn", "rejected": "err"}.get(entry.outcome.value, "text2"))
        for change in entry.changes:
            self._column.addSpacing(4)
            self._say(change.title, 13, tone="muted")
            self._say(becomes(change), 14)
        self._column.addStretch(1)
        lay_now(self._inner)
        for widget in (self.accept, self.skip):
            widget.setVisible(entry.outcome is Outcome.DOUBTFUL)
        self.accept.set_kind("pill-on" if accepted else "pill")
        self.skip.set_kind("pill" if accepted else "pill-on")
