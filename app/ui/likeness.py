"""While an NGO is typed: the cards it looks like, why, and what to do about each.

The index of all cards is made in the database's thread when the form opens (0.9 s at 20,000 cards) and asked after
each pause of the hands, which takes under 5 ms.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.mnemonics import free_letter
from app.ui.naming import name_widgets
from app.ui.short_words import quoted, short_name
from app.ui.widgets import Button, ElidingLabel, Icon, clear, label, row, separator, shortcut, to_latin, wrapped
from app.usecases import duplicates
from app.usecases.duplicates import Alike, Duplicates

if TYPE_CHECKING:
    from app.ui.record_form import RecordForm
    from app.ui.register_page import RegisterPage

PAUSE = 150  # ms after a key
ASKED = ("name", "short_name", "ogrn", "inn", "kpp", "minjust_number", "address", "settlement", "is_branch")
OPEN, APART = "Открыть", "Это другая"
INSIDE = 268  # px of the panel


class AlikeCards(QWidget):
    """«Похоже на»: each card with the reason and its two deeds; the letters mean the first."""

    def __init__(
        self, letters: tuple[str, str], open_: Callable[[int], None], apart: Callable[[int], None], *, low: bool = False
    ) -> None:
        """low: the likeliest card alone, in one line."""
        super().__init__()
        self._low = low
        self._letters, self._open, self._apart = letters, open_, apart
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 4)
        self._rows.setSpacing(4)
        self.buttons: list[tuple[Button, Button]] = []
        self.told: list[str] = []

    def show_cards(self, cards: Sequence[Alike]) -> None:
        clear(self._rows)
        self.buttons, self.told = [], []
        self.setVisible(bool(cards))
        if not cards:
            return
        if not self._low:
            self._rows.addLayout(row(Icon("warning", "warn"), label("Похоже на", bold=True), None))
        for number, card in enumerate(cards[:1] if self._low else cards):
            open_ = Button(OPEN, kind="link", act=partial(self._open, card.id))
            apart = Button(APART, kind="link", act=partial(self._apart, card.id))
            for button, letter in zip((open_, apart), self._letters, strict=True):
                button.setAccessibleName(f"{button.word}: {card.name}")
                if number == 0:
                    button.underline(letter)
            self.buttons.append((open_, apart))
            self.told.append(f"{card.name}: {', '.join(card.why)}")
            why = f"{card.why[0][:1].upper()}{card.why[0][1:]}" + "".join(f", {more}" for more in card.why[1:])
            if self._low:
                told = ElidingLabel(f"{why}: {short_name(card.name)}", 13, tone="warn")
                line = row(Icon("warning", "warn"), told, open_, apart)
                line.setStretch(1, 1)
                self._rows.addLayout(line)
                continue
            self._rows.addWidget(wrapped(card.name, INSIDE, 13))
            self._rows.addWidget(wrapped(why, INSIDE, 13, tone="warn"))
            self._rows.addLayout(row(open_, apart, None))
        if not self._low:
            self._rows.addWidget(separator())
        name_widgets(self, "ngo.form.below" if self._low else "ngo.form.beside")


class Likeness(QObject):
    """Watches the form of an NGO."""

    def __init__(self, page: RegisterPage, form: RecordForm) -> None:
        super().__init__(form)
        self._page, self._form = page, form
        self._index: Duplicates | None = None
        self._stale, self._making = True, False
        self.cards: tuple[Alike, ...] = ()
        taken = set(form.bar.letters)
        letters = (free_letter(OPEN, taken), free_letter(APART, taken))
        for letter, act in zip(letters, (self.open_first, self.first_is_other), strict=True):
            shortcut(form, f"Alt+{to_latin(letter)}", page.window_.guarded(act))
        guarded = page.window_.guarded
        self.beside = AlikeCards(letters, guarded(self.open), guarded(self.tell_apart))
        self.below = AlikeCards(letters, guarded(self.open), guarded(self.tell_apart), low=True)
        form.panel.alike.addWidget(self.beside)
        form.below.addWidget(self.below)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.ask)
        for key in ASKED:
            form.rows[key].edited.connect(self._timer.start)
        page.desk.changed.connect(self._someone_wrote)
        form.panel.installEventFilter(self)

    def _someone_wrote(self, changed: frozenset[str]) -> None:
        if changed & {"ngo", "settings", "*"}:
            self._stale = True

    def begin(self) -> None:
        """The form shows another record."""
        self.cards = ()
        self._show()
        self._make()

    def _make(self) -> None:
        if self._making or not self._stale:
            self.ask()
            return
        self._making, self._stale = True, False

        def made(index: Duplicates) -> None:
            self._making, self._index = False, index
            self.ask()

        def failed(error: BaseException) -> None:
            self._making, self._stale = False, True
            self._page.window_.tell(error)

        self._page.desk.read_later("Сверяются карточки НКО", Duplicates, done=made, failed=failed)

    @property
    def ready(self) -> bool:
        return self._index is not None and not self._making

    def ask(self) -> None:
        """Which cards are like what stands in the form now."""
        if self._index is None or not self._page.editing.open:
            return
        form = self._form
        values = {key: form.rows[key].editor.read()[0] for key in ASKED}
        self.cards = self._index.alike(values, but=form.record_id, apart=form.apart)
        self._show()

    def _show(self) -> None:
        room = self._form.panel.isVisibleTo(self._form)
        self.beside.show_cards(self.cards if room else ())
        self.below.show_cards(() if room else self.cards)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide) and self.cards:
            self._timer.start()  # the panel came or went: the cards go where there is room
        return False

    # --- deeds

    def open_first(self) -> None:
        if self.cards:
            self.open(self.cards[0].id)

    def first_is_other(self) -> None:
        if self.cards:
            self.tell_apart(self.cards[0].id)

    def open(self, id: int) -> None:
        """The other card; what is typed stays as a draft."""
        self._page.editing.leave()
        self._page.choose(id)
        self._page.table.setFocus()

    def tell_apart(self, id: int) -> None:
        """«Это другая»: at once for a kept card, with its saving for a new one."""
        form = self._form
        name = next((card.name for card in self.cards if card.id == id), "")
        if form.record_id is None:
            form.apart.add(id)
            form.edited.emit()
            self._page.window_.notify(f"{quoted(name)} — другая организация: больше не предложим.")
        else:
            title = f"НКО: {form_name(form)} и {quoted(name)} — разные организации"
            self._page.desk.write("edit", title, duplicates.tell_apart, form.record_id, (id,), changed={"settings"})
            form.apart.add(id)
        self.ask()


def form_name(form: RecordForm) -> str:
    """The name that stands in the form."""
    return quoted(str(form.rows["name"].editor.state()).strip())
