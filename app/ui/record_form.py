"""The form of a record: groups of fields, its lines, every fault at its field and in the panel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.core.fields import Field, Kind, RecordType, Values
from app.core.russian import plural_word
from app.records import LINES, LineType
from app.ui.desk import Desk
from app.ui.editor_of import editor_of
from app.ui.editors import width_of
from app.ui.field_text import FieldText
from app.ui.form_panel import ActionBar, SavePanel
from app.ui.form_row import FormLine, FormRow
from app.ui.line_table import LineTable
from app.ui.naming import name_widgets
from app.ui.widgets import Card, label, scrolled

ACROSS = 740
SAME_LINE = 8  # px: what stands so little lower is read in one line
APART = "told_apart"
"""Under this key a draft remembers `RecordForm.apart`."""
WITH_PANEL = 1100  # px of a form that has room for the panel beside it


def is_gathered(line_type: LineType) -> bool:
    """Lines of a single field are typed as the field that gathers them: kinds of activity, parties."""
    return bool(line_type.gathered_as) and len(line_type.typed) == 1


class RecordForm(QWidget):
    """Editors for one record of a register.  saved(again) asks the page to save; left: Esc."""

    enter_is_own = True

    asked_to_save = Signal(bool)
    left = Signal()
    edited = Signal()

    def __init__(
        self, record_type: RecordType, desk: Desk, words: FieldText, extra: Sequence[tuple[str, Field]] = ()
    ) -> None:
        """extra: (key of a field, field that stands in a line of its own after the line of that one)."""
        super().__init__()
        self.record_type = record_type
        self._extra = extra
        self.rows: dict[str, FormRow] = {}
        self.tables: dict[str, LineTable] = {}
        self.record_id: int | None = None
        self.apart: set[int] = set()  # cards that she told apart from this one, which is not saved yet
        self._changed = False
        self.card = Card(margin=20, spacing=4)
        inner = self._inner = QWidget()
        inner.setObjectName("formFields")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 12, 0)
        self._column.setSpacing(4)
        self._build(desk, words)
        self._column.addStretch(1)
        self._area = scrolled(inner)
        self.card.rows.addWidget(self._area)
        self.panel = SavePanel()
        self.bar = ActionBar(self)
        upper = QHBoxLayout()
        upper.setContentsMargins(24, 0, 24, 12)
        upper.setSpacing(16)
        upper.addWidget(self.card, 1)
        upper.addWidget(self.panel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(upper, 1)
        self.below = QVBoxLayout()  # what the panel tells, where it has no room: the fields do not jump
        self.below.setContentsMargins(24, 0, 24, 0)
        self.below.setSpacing(0)
        column.addLayout(self.below)
        column.addWidget(self.bar)

    def _build(self, desk: Desk, words: FieldText) -> None:
        gathered = {line.gathered_as for line in LINES.get(self.record_type.key, ()) if is_gathered(line)}
        groups: dict[str, list[Field]] = {}
        for field in self.record_type.fields:
            if not field.computed or field.key in gathered:
                groups.setdefault(field.group, []).append(field)
        for title, fields in groups.items():
            if title:
                self._head(title)
            for line in _packed(fields):
                self._column.addWidget(self._line(line, desk, words))
                for after, field in self._extra:
                    if any(f.key == after for f in line):
                        self._column.addWidget(self._line([field], desk, words))
        for line_type in LINES.get(self.record_type.key, ()):
            if is_gathered(line_type):
                continue
            self._head(line_type.title)
            table = LineTable(line_type, desk, words)
            table.edited.connect(self._edited)
            self.tables[line_type.key] = table
            self._column.addWidget(table)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where room lacks, the fields have all of it; faults stand at their fields anyway."""
        super().resizeEvent(event)
        self.panel.setVisible(self.width() >= WITH_PANEL)

    def _head(self, title: str) -> None:
        self._column.addSpacing(4)
        self._column.addWidget(label(title, 15, bold=True))

    def _line(self, fields: list[Field], desk: Desk, words: FieldText) -> FormLine:
        line = FormLine()
        for field in fields:
            own = any(field is one for one in self.record_type.fields)
            row = FormRow(field, editor_of(field, desk, words, self.record_type.key if own else ""))
            row.edited.connect(self._edited)
            self.rows[field.key] = row
            fills = row.minimumWidth() != row.maximumWidth()
            line.add(row, width_of(field) if fills else 0)
        return line.finish()

    # --- values

    def fill(self, values: Values, lines: dict[str, Any], record_id: int | None) -> None:
        """Show a record; record_id None is a new one, values its defaults."""
        self.record_id = record_id
        self.apart = set()
        for key, row in self.rows.items():
            row.editor.fill(values.get(key), values.get(f"{key}_title", ""))
            row.show_fault("")
        for key, table in self.tables.items():
            table.fill(lines.get(key, ()))
            table.show_faults({})
        self._changed = False
        self.panel.show_checks((), ())
        self._count()
        name_widgets(self, f"{self.record_type.key}.form")

    def read(self) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]], dict[str, str]]:
        """Values, lines, and the faults of kinds and required fields."""
        values: dict[str, Any] = {}
        lines: dict[str, list[dict[str, Any]]] = {}
        faults: dict[str, str] = {}
        for key, row in self.rows.items():
            values[key], fault = row.read()
            if fault:
                faults[key] = fault
        for key, table in self.tables.items():
            lines[key], line_faults = table.read()
            faults |= line_faults
        return values, lines, faults

    def state(self) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
        """What stands in every editor as it was typed: of the fields, and of the lines."""
        values: dict[str, Any] = {key: row.editor.state() for key, row in self.rows.items()}
        if self.apart:
            values[APART] = sorted(self.apart)
        return values, {key: table.state() for key, table in self.tables.items()}

    def restore(self, values: Values, lines: Mapping[str, Any]) -> None:
        """Lay a draft over what the form shows; fields and lines that it does not name stay."""
        for key in values.keys() & self.rows.keys():
            self.rows[key].editor.restore(values[key])
        for key in lines.keys() & self.tables.keys():
            self.tables[key].restore(lines[key])
        self.apart = {id for id in values.get(APART, ()) if isinstance(id, int)}
        self._changed = True
        self._count()

    @property
    def changed(self) -> bool:
        return self._changed

    @property
    def faults(self) -> dict[str, str]:
        """What stands at the fields now: key -> sentence."""
        shown = {key: row.fault for key, row in self.rows.items() if row.fault}
        for key, table in self.tables.items():
            if table.message.fault:
                shown[key] = table.message.fault
        return shown

    @property
    def told_faults(self) -> list[str]:
        """What stands at the fields now, each with the name of its field."""
        return [self._named(key, text) for key, text in self.faults.items()]

    def show_faults(self, faults: dict[str, str]) -> None:
        """All faults at their fields and in the panel; the focus goes to the first."""
        for key, row in self.rows.items():
            row.show_fault(faults.get(key, ""))
        for key, table in self.tables.items():
            table.show_faults({name: text for name, text in faults.items() if name.partition(".")[0] == key})
        self.panel.show_faults([self._named(key, text) for key, text in faults.items()])
        self.next_fault(1, from_start=True)

    def _named(self, key: str, text: str) -> str:
        head, _, rest = key.partition(".")
        if head in self.rows:
            return f"{self.rows[head].field.title}: {text}"
        if head in self.tables:
            number = rest.partition(".")[0]
            place = f", строка {int(number) + 1}" if number.isdigit() else ""
            return f"{self.tables[head].line_type.title}{place}: {text}"
        return text

    def next_fault(self, step: int, *, from_start: bool = False) -> None:
        places: list[QWidget] = [row.editor for row in self.rows.values() if row.fault]
        for table in self.tables.values():
            if table.faulty:
                places += table.faulty
            elif table.message.fault:
                places.append(next(iter(table.lines[0].editors.values())) if table.lines else table.add_button)
        if not places:
            return
        here = next((i for i, place in enumerate(places) if place.hasFocus() or place.isAncestorOf(self._focus())), -1)
        target = places[0] if from_start or here < 0 else places[(here + step) % len(places)]
        self._go_to(target)

    def _go_to(self, target: QWidget) -> None:
        """Put the focus there, in sight: an area scrolls by itself for Tab alone."""
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        self._area.ensureWidgetVisible(target)

    def _focus(self) -> QWidget:
        return self.window().focusWidget() or self

    def focus_first(self) -> None:
        """The first required field that is empty, else the first field; whom a new record is about comes before."""
        asked = {"ngo_id"} if self.record_id is None else set()
        empty = [
            row
            for key, row in self.rows.items()
            if (row.field.required and row.read()[1]) or (key in asked and row.read() == (None, None))
        ]
        rows = empty or list(self.rows.values())
        if rows:
            self._go_to(rows[0].editor)

    def _edited(self) -> None:
        self._changed = True
        self._count()
        self.panel.show_faults(self.told_faults)
        self.edited.emit()

    def _count(self) -> None:
        required = [row for row in self.rows.values() if row.field.required]
        right = sum(row.read()[1] is None for row in required)
        in_lines = [table.required for table in self.tables.values()]
        right, count = right + sum(n for n, _ in in_lines), len(required) + sum(n for _, n in in_lines)
        self.bar.show_count(
            right, count, plural_word(count, "обязательного поля", "обязательных полей", "обязательных полей")
        )

    def _stops(self) -> list[QWidget]:
        """What Tab walks, as it is read: lines added later stand where they are seen, buttons come last."""
        found = [
            child
            for child in self.findChildren(QWidget)
            if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isVisibleTo(self) and child.isEnabled()
        ]
        inner = [child for child in found if not any(o is not child and o.isAncestorOf(child) for o in found)]

        def spot(widget: QWidget) -> tuple[int, int, int]:
            room = 0 if self._inner.isAncestorOf(widget) else 1 if self.panel.isAncestorOf(widget) else 2
            point = widget.mapTo(self._inner if room == 0 else self, widget.rect().topLeft())
            return room, point.y(), point.x()

        return _as_read([(*spot(widget), widget) for widget in inner])

    def focusNextPrevChild(self, forward: bool) -> bool:
        stops, now = self._stops(), self._focus()
        if not stops:
            return False
        place = next((i for i, w in enumerate(stops) if w is now or w.isAncestorOf(now)), -1)
        target = stops[(place + (1 if forward else -1)) % len(stops)]
        target.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
        if self._inner.isAncestorOf(target):
            self._area.ensureWidgetVisible(target)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the next field and never saves; in a note it is a new line."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if not isinstance(self._focus(), QPlainTextEdit):
                self.focusNextChild()
            event.accept()
            return
        super().keyPressEvent(event)


def _as_read(spots: list[tuple[int, int, int, QWidget]]) -> list[QWidget]:
    """(room, top, left, widget) line by line; a button that stands a little higher than its fields is of their line."""
    lines: list[list[tuple[int, int, int, QWidget]]] = []
    for spot in sorted(spots, key=lambda spot: spot[:3]):
        first = lines[-1][0] if lines else None
        if first is None or first[0] != spot[0] or spot[1] - first[1] >= SAME_LINE:
            lines.append([])
        lines[-1].append(spot)
    return [spot[3] for line in lines for spot in sorted(line, key=lambda spot: spot[2])]


def _packed(fields: list[Field]) -> list[list[Field]]:
    """Fields of a group in lines of the form's width, in their order."""
    lines: list[list[Field]] = []
    room = 0
    for field in fields:
        wide = field.kind in (Kind.NOTE, Kind.CHOICES)
        width = ACROSS if wide else min(width_of(field), 360)
        if not lines or width > room:
            lines.append([])
            room = ACROSS
        lines[-1].append(field)
        room -= width + 16
    return lines
