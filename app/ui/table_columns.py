"""Which columns the table of a register has, in which order and how wide; remembered for this person and computer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QFontMetrics

from app.core.fields import Field, Kind
from app.ui.column_dialog import ColumnDialog
from app.ui.column_widths import NARROWEST_NAME, least_of_column, name_column, shown_fields, width_of_column
from app.ui.remembered import keep, recall
from app.ui.russian_qt import font
from app.ui.totals_line import is_summed

if TYPE_CHECKING:
    from app.ui.register_page import RegisterPage

NARROWEST, WIDEST = 48, 700


class TableColumns:
    """The columns of a page."""

    def __init__(self, page: RegisterPage) -> None:
        self._page = page
        self.widths: dict[str, int] = {}  # px that were chosen by hand
        self.summed: dict[int, Field] = {}
        head = page.table.horizontalHeader()
        head.setSectionsMovable(True)
        head.sectionMoved.connect(self._moved)
        page.table.sized.connect(self._sized)

    @property
    def usual(self) -> tuple[str, ...]:
        return tuple(field.key for field in shown_fields(self._page.record_type))

    @property
    def offered(self) -> tuple[Field, ...]:
        """What a table may show: every field but personal ones."""
        return tuple(field for field in self._page.record_type.fields if not field.personal)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The keys of the columns from left to right."""
        return tuple(field.key for field in self._page.model.columns)

    def start(self) -> None:
        """As they were left here the last time, or as usual."""
        kept = recall(self._page.desk, "columns", self._page.register)
        keys: Any = kept.get("keys") if isinstance(kept, dict) else None
        widths: Any = kept.get("widths") if isinstance(kept, dict) else None
        if isinstance(widths, dict):
            self.widths = {str(key): int(px) for key, px in widths.items() if isinstance(px, int)}
        self._lay(tuple(keys) if isinstance(keys, list) else self.usual)

    def show(self, keys: tuple[str, ...]) -> None:
        """These columns from left to right, remembered; () is the usual set."""
        self._lay(keys or self.usual)
        self._remember()
        self._page.search()

    def reset(self) -> None:
        """The usual columns with their usual widths."""
        self.widths.clear()
        self._lay(self.usual)
        keep(self._page.desk, None, "columns", self._page.register)
        self._page.search()

    def ask(self) -> None:
        """The dialog of columns: F7."""
        page = self._page
        dialog = ColumnDialog(self.offered, self.chosen, self.usual, self.shown_widths(), self._take, self.reset)
        page.window_.ask(dialog, dialog.list)

    def shown_widths(self) -> dict[str, int]:
        """Px of each column as it stands."""
        return {key: self._page.table.columnWidth(place) for place, key in enumerate(self.chosen)}

    def _take(self, keys: tuple[str, ...], widths: dict[str, int]) -> None:
        """widths: px of the columns that were sized in the dialog."""
        for key, px in widths.items():
            self.widths[key] = max(NARROWEST, min(WIDEST, px))
        self.show(keys)

    def _lay(self, keys: tuple[str, ...]) -> None:
        page = self._page
        known = {field.key: field for field in self.offered}
        fields = tuple(known[key] for key in dict.fromkeys(keys) if key in known)
        if not fields:
            fields = tuple(known[key] for key in self.usual)
        page.model.show_columns(fields)
        self._straighten()
        fill = name_column(page.record_type, fields)
        least = [NARROWEST_NAME if i == fill else least_of_column(f) for i, f in enumerate(fields)]
        widths = [max(width_of_column(f, self._longest(f)), low) for f, low in zip(fields, least, strict=True)]
        for place, field in enumerate(fields):
            own = self.widths.get(field.key)
            if own:
                widths[place] = least[place] = own
                fill = -1 if place == fill else fill
        page.table.lay_columns(widths, fill, least)
        self.summed = {place: field for place, field in enumerate(fields) if is_summed(page.register, field)}
        self._show_order()

    def _show_order(self) -> None:
        """The arrow goes with its column."""
        page = self._page
        key, descending = page.order
        page.show_order(self.chosen.index(key) if key in self.chosen else -1, descending)

    def _straighten(self) -> None:
        """Columns stand in the model as they are seen: what was dragged in the head is taken back."""
        head = self._page.table.horizontalHeader()
        head.blockSignals(True)
        for place in range(head.count()):
            head.moveSection(head.visualIndex(place), place)
        head.blockSignals(False)

    def _longest(self, field: Field) -> int:
        if field.kind is not Kind.CHOICE:
            return 0
        words = self._page.words
        metrics = QFontMetrics(font(14))
        shown = (words.text(field, {field.key: code}, short=True) for code in words.choices(field.dictionary))
        return max(map(metrics.horizontalAdvance, shown), default=0)

    # --- by mouse in the head

    def _moved(self, *_places: int) -> None:
        head, keys = self._page.table.horizontalHeader(), self.chosen
        seen = tuple(keys[head.logicalIndex(place)] for place in range(head.count()))
        if seen != keys:
            QTimer.singleShot(0, head, lambda: self.show(seen))  # not while the head is being dragged

    def _sized(self, column: int, px: int) -> None:
        self.widths[self.chosen[column]] = px
        self._remember()

    def _remember(self) -> None:
        keys = None if self.chosen == self.usual else list(self.chosen)
        kept = {"keys": keys, "widths": self.widths} if keys or self.widths else None
        keep(self._page.desk, kept, "columns", self._page.register)
