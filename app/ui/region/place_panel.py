"""The card beside the board: one district in one quarter, what came, what went back, and what to do next."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.russian import day, plural
from app.core.text import NBSP
from app.region.completeness import Completeness
from app.region.results import Result
from app.ui.region.board_words import LOOKS, standing
from app.ui.region.intake_words import WORDS, district, version
from app.ui.widgets import Button, Card, Chip, clear, label, lay_now, row, scrolled, separator, wrapped
from app.usecases.region_calls import Call
from app.usecases.region_came import CameRow, Kept
from app.usecases.region_grid import Standing
from app.usecases.region_place import PlaceCard, VersionRow

T = TypeVar("T")
WIDTH = 320
INNER = WIDTH - 46  # a bar of scrolling stands beside it
LABEL = 76
_EMPTY = 8  # codes of rows without anything in them that are told
CHIPS = {
    Standing.NOT_EXPECTED: ("не ждали", ""),
    Standing.MISSING: ("не сдан", "err"),
    Standing.AWAITED: ("ждём", ""),
    Standing.ASIDE: ("файл отложен", "warn"),
    Standing.MISNAMED: ("не тот файл", "err"),
    Standing.SENT_BACK: ("замечания", "warn"),
    Standing.LATE: ("с опозданием", "warn"),
    Standing.CORRECTED: ("уточнённый", "accent"),
    Standing.ACCEPTED: ("принят", "ok"),
    Standing.RECEIVED: ("получен", "accent"),
}


class PlacePanel(Card):
    """open_file and remarks_of are the page's: over a file that came, over one that was set aside."""

    def __init__(self, open_file: Callable[[Kept], object], remarks_of: Callable[[], object]) -> None:
        super().__init__(spacing=8)
        self.setFixedWidth(WIDTH)
        self._open_file, self._remarks_of = open_file, remarks_of
        self.chip = Chip()
        self.name = label("", 16, bold=True)
        self.period = label("", 13, tone="muted")
        self.rows.addLayout(row(self.name, None))
        self.rows.addLayout(row(self.chip, self.period, None))
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.area = scrolled(self._inner)
        self.rows.addWidget(self.area, 1)
        self.rows.addWidget(separator())
        self.receipt = Button("Квитанция", "stamp", kind="primary")
        self.say = Button("Замечания", "note-pencil")
        self.remind = Button("Напомнить", "envelope", kind="primary")
        self.call = Button("Записать звонок", "phone")
        for button, name in ((self.receipt, "receipt"), (self.say, "ownRemarks"), (self.remind, "remind"),
                             (self.call, "noteCall")):  # fmt: skip
            button.setObjectName(name)
        self.rows.addLayout(row(self.receipt, self.say, None))
        self.rows.addLayout(row(self.remind, self.call, None))
        self.card: PlaceCard | None = None
        self.show_nothing("Выберите район и квартал.")

    @property
    def buttons(self) -> tuple[Button, ...]:
        return self.receipt, self.say, self.remind, self.call

    def show_nothing(self, text: str, name: str = "") -> None:
        """Why there is no card: a year is chosen, or the district did not exist."""
        self.card = None
        self.name.setText(name)
        self.period.setText("")
        self.chip.hide()
        clear(self._column)
        self._say(text, tone="text2")
        self._column.addStretch(1)
        lay_now(self._inner)
        for button in self.buttons:
            button.hide()

    def show_card(self, card: PlaceCard, filled: Completeness | None) -> None:
        self.card = card
        place = card.place
        self.name.setText(district(card.name))
        self.period.setText(card.quarter.title)
        word, tone = CHIPS[place.standing]
        self.chip.say(word, tone, LOOKS[place.standing][0])
        self.chip.show()
        clear(self._column)
        self._facts(card, filled)
        for warning in card.warnings:
            self._say(warning, tone="warn")
        self._listed("Версии отчёта", card.versions, self._version)
        self._listed("Отложенные файлы", card.aside, self._aside)
        self._listed("Бумаги", card.papers, self._paper)
        self._listed("Звонки", card.calls, self._call)
        self._column.addStretch(1)
        lay_now(self._inner)
        self.area.verticalScrollBar().setValue(0)
        answered = bool(card.versions and card.versions[0].answer)
        waits = not place.is_here or place.standing is Standing.SENT_BACK
        self.receipt.setVisible(place.is_here and place.sent_back_on is None)
        self.receipt.set_kind("" if answered else "primary")
        self.say.setVisible(place.is_here and not answered and not card.versions[0].hand)
        self.remind.setVisible(waits)
        self.remind.set_kind("primary" if not place.is_here or place.standing is Standing.SENT_BACK else "")
        self.call.setVisible(True)

    # --- what it says

    def _facts(self, card: PlaceCard, filled: Completeness | None) -> None:
        self._say(f"{standing(card.place)[:1].upper()}{standing(card.place)[1:]}.")
        self._fact("Срок", day(card.due))
        if filled is not None and filled.percent is not None and card.place.is_here:
            self._fact("Заполнено", f"{filled.filled} из {plural(filled.possible, 'строки', 'строк', 'строк')}")
            if filled.empty:
                more = f" и ещё {len(filled.empty) - _EMPTY}" if len(filled.empty) > _EMPTY else ""
                self._fact("Пусто", ", ".join(filled.empty[:_EMPTY]) + more)
        if card.package:
            self._fact("Комплект", card.package, tone="warn")
        if card.contacts is not None:
            executor = card.contacts.executor
            self._fact("Писать", _lines(card.contacts.head.post, _unparted(card.contacts.head.name)))
            self._fact("Звонить", _lines(_unparted(executor.name), executor.phone))

    def _listed(self, title: str, items: tuple[T, ...], show: Callable[[T], None]) -> None:
        if items:
            self._column.addSpacing(8)
            self._column.addWidget(label(title, 13, bold=True))
        for item in items:
            show(item)

    def _version(self, one: VersionRow) -> None:
        told = f"{version(one.correction)}, {day(one.received_on)}{', от руки' if one.hand else ''}"
        self._line(told, f"openVersion.{one.correction}", f"Открыть: {told}", one.kept)
        if one.answer:
            self._say(one.answer, tone="text2")

    def _aside(self, one: CameRow) -> None:
        word, tone, icon = WORDS[one.result]
        self._column.addLayout(row(Chip(word, tone, icon), None))
        self._line(one.file, f"openAside.{one.kept}", f"Открыть отложенный файл {one.file}", one.kept)
        self._say(one.reason, tone="text2")
        if one.result in (Result.FAULTS, Result.CHANGED) and not one.hand:
            button = Button("Замечания файлом", "paper-plane-tilt", kind="link", act=self._remarks_of)
            button.setObjectName(f"remarksOf.{one.kept}")
            button.setAccessibleName(f"Замечания файлом: {one.file}")
            self._column.addLayout(row(button, None))

    def _paper(self, one: CameRow) -> None:
        self._line(one.file, f"openPaper.{one.kept}", f"Открыть бумагу {one.file}", one.kept)

    def _call(self, one: Call) -> None:
        self._say(f"{day(one.on)}, {one.whom}")
        self._say(f"{one.said} (звонил: {one.by})", tone="text2")

    def _line(self, text: str, name: str, said: str, kept: Kept | None) -> None:
        """A line of text with its link «Открыть»."""
        line = QWidget()
        if kept is None:
            line.setLayout(row(wrapped(text, INNER, 13), None))
        else:
            button = Button("Открыть", kind="link", act=partial(self._open_file, kept))
            button.setObjectName(name)
            button.setAccessibleName(said)
            line.setLayout(row(wrapped(text, INNER - 80, 13), None, button))
        self._column.addWidget(line)

    def _fact(self, name: str, text: str, tone: str = "") -> None:
        if not text:
            return
        head = label(name, 13, tone="muted")
        head.setFixedWidth(LABEL)
        told = wrapped(text, INNER - LABEL - 8, 13, tone=tone)
        line = QWidget()
        line.setLayout(row(head, told, None))
        line.setFixedHeight(told.height())
        self._column.addWidget(line)

    def _say(self, text: str, tone: str = "") -> None:
        self._column.addWidget(wrapped(text, INNER, 13, tone=tone))


def _unparted(text: str) -> str:
    """A name that a line does not part."""
    return text.replace(" ", NBSP)


def _lines(*parts: str) -> str:
    return "\n".join(filter(None, parts))
