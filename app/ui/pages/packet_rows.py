"""Records of a packet before they are written: what becomes of each, field by field, and the choice at each dispute."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from app.core.russian import in_sentence
from app.records import REGISTERS
from app.ui.field_text import NOTHING
from app.ui.pages.import_rows import WORDS
from app.ui.pages.preview_rows import PreviewCard, PreviewCells, PreviewModel
from app.ui.short_words import quoted
from app.ui.widgets import Button, clear, lay_now, row, separator
from app.usecases.import_plan import Outcome
from app.usecases.packet_plan import FieldPlan, PacketPreview, PacketRow

HEADS = ("Раздел", "Что с ней", "Запись", "Что изменится")
ASKED_FIRST = (Outcome.DOUBTFUL, Outcome.REJECTED, Outcome.CHANGED, Outcome.NEW, Outcome.SAME)
WIDTHS, LEAST = [130, 148, 260, 300], [110, 140, 160, 160]


class PacketModel(PreviewModel):
    """Rows of a packet.  hers: keys of disputed fields; apart: places of declined cards."""

    heads, asked_first = HEADS, ASKED_FIRST

    def forget(self) -> None:
        self.hers: set[str] = set()
        self.apart: set[str] = set()

    def renew(self, preview: PacketPreview) -> None:
        """The same records weighed anew: they stay where they are."""
        self.preview = preview
        self.redraw()

    def cells(self, row: PacketRow) -> Sequence[str]:
        return REGISTERS[row.register].title, words_of(row)[0], row.title, self.told(row)

    def told(self, row: PacketRow) -> str:
        """What a record changes, in one line; of a refused one, why."""
        if row.outcome is Outcome.REJECTED:
            return row.note
        if row.place in self.apart:
            return "не принимается: останется своя карточка"
        if row.same_as:
            return f"та же, что {quoted(row.same_as)}"
        return "; ".join(f"{in_sentence(one.title)}: {self.becomes(one)}" for one in row.fields)

    def becomes(self, one: FieldPlan) -> str:
        """«10 → 12»; of a disputed field what is chosen."""
        if not one.disputed:
            return one.hers if one.mine == NOTHING else f"{one.mine} → {one.hers}"
        return f"{one.mine} или {one.hers}" if one.key not in self.hers else f"{one.mine} → {one.hers}"


def words_of(row: PacketRow) -> tuple[str, str, str]:
    """Word, tone and icon of what becomes of a record; what is disputed has a word of its own."""
    word, tone, icon = WORDS[row.outcome]
    if row.outcome is Outcome.DOUBTFUL:
        word = "спорная" if row.disputed else "та же карточка"
    return word, tone, icon


class PacketCells(PreviewCells):
    """The outcome as a chip, all else as text."""

    def chip_of(self, model: Any, line: int) -> tuple[str, str, str]:
        entry = model.row(line)
        if entry.place in model.apart:
            return "не принимать", "", "x"
        if {one.key for one in entry.disputed} & model.hers:
            return "из копии", "ok", "check"
        return words_of(entry)


class PacketCard(PreviewCard):
    """One record: each value mine → hers, and a pair of pills where both changed it.

    choose(key, hers) and decline(place, apart) are the page's.
    """

    def __init__(self, choose: Callable[[str, bool], object], decline: Callable[[str, bool], object]) -> None:
        super().__init__()
        self._choose, self._decline = choose, decline
        self.pills: dict[str, tuple[Button, Button]] = {}
        self.show_nothing()

    def show_nothing(self) -> None:
        clear(self._column)
        self.pills = {}
        self.chip.hide()

    def show_row(self, entry: PacketRow, model: PacketModel) -> None:
        self.chip.say(*words_of(entry))
        self.chip.show()
        clear(self._column)
        self.pills = {}
        self._say(REGISTERS[entry.register].title_one, 13, tone="muted")
        self._say(entry.title, 16, bold=True)
        if entry.same_as:
            told = f"Такой ОГРН уже есть: {quoted(entry.same_as)}. Карточка коллеги станет той же записью."
            self._say(told, 13, tone="warn")
            self._pills(
                entry.place, ("Та же карточка", "Не принимать"), entry.place in model.apart,
                lambda second: self._decline(entry.place, second),
            )  # fmt: skip
        if entry.note:
            self._say(entry.note, 13, tone="err" if entry.outcome is Outcome.REJECTED else "text2")
        for one in entry.fields:
            self._column.addSpacing(4)
            self._column.addWidget(separator())
            self._say(one.title, 13, tone="muted")
            if one.disputed:
                self._say(f"Здесь: {one.mine}", 14)
                self._say(f"В копии: {one.hers}", 14)
                self._pills(
                    one.key, ("Своё", "Из копии"), one.key in model.hers,
                    lambda second, key=one.key: self._choose(key, second),  # type: ignore[misc]
                )  # fmt: skip
            else:
                self._say(model.becomes(one), 14)
        self._column.addStretch(1)
        lay_now(self._inner)

    def _pills(self, key: str, words: tuple[str, str], second: bool, act: Callable[[bool], object]) -> None:
        pair = tuple(
            Button(word, "check" if chosen else "", kind="pill-on" if chosen else "pill")
            for word, chosen in zip(words, (not second, second), strict=True)
        )
        for place, button in enumerate(pair):
            button.clicked.connect(lambda _on=False, place=place: act(bool(place)))
        self.pills[key] = (pair[0], pair[1])
        self._column.addLayout(row(*pair, None))
