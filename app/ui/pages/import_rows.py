"""The rows of a list before they are written: what becomes of each, its cells as read, what was repaired."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygon

from app.core.fields import Field, Kind, RecordType
from app.core.values import parse, show
from app.exchange.matching import importable
from app.ui import icons
from app.ui.column_widths import least_of_column
from app.ui.desk import Desk
from app.ui.field_text import NOTHING, FieldText, alignment
from app.ui.russian_qt import font
from app.ui.table_view import CENTRE, PADDING, Cells
from app.ui.theme import colour
from app.ui.widgets import TONES
from app.usecases import registers
from app.usecases.importing import Outcome, PlannedRow, Preview

NOWHERE = QModelIndex()
Index = QModelIndex | QPersistentModelIndex
WORDS = {
    Outcome.NEW: ("новая", "ok", "plus-circle"),
    Outcome.CHANGED: ("изменена", "accent", "pencil-simple"),
    Outcome.SAME: ("без изменений", "", "equals"),
    Outcome.DOUBTFUL: ("сомнительна", "warn", "question"),
    Outcome.REJECTED: ("ошибка", "err", "warning-circle"),
}
"""Word, tone and icon of an outcome."""
SHOWN = 3
PAGE = 200
NAMES = frozenset({"name", "short_name", "ngo_id", "recipients", "text"})
TOLD = ("ogrn", "inn", "form", "decision_on", "amount", "provided_on", "service_code", "quantity", "category_code",
        "opened_on", "status")  # fmt: skip
"""Fields by which a person tells rows apart: shown first."""

Place = tuple[str, int]
"""Sheet and row: by it a row is known again when the file is weighed anew."""


@dataclass(frozen=True)
class Seen:
    """What a person has decided and where she stands: kept over an answer."""

    outcome: Outcome | None
    line: int
    at: Place
    accepted: frozenset[Place]


def place_of(row: PlannedRow) -> Place:
    return row.sheet, row.number


class PlannedModel(QAbstractTableModel):
    """Rows of a preview with one outcome or all; columns: row, outcome, name, some cells, remark."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._kept: dict[int, Mapping[str, Any]] = {}
        self._words = FieldText(desk)
        self.preview: Preview | None = None
        self.fields: tuple[Field, ...] = ()
        self.places: list[int] = []
        self.accepted: set[int] = set()

    def show_preview(self, preview: Preview, record_type: RecordType) -> None:
        self.beginResetModel()
        self.preview = preview
        known = {field.key: field for field in importable(record_type)}
        used = {key for table in preview.tables for key in table.column_map.columns}
        first = [key for key in TOLD if key in used]
        rest = [key for key in known if key in used and key not in TOLD and key not in NAMES]
        self.fields = tuple(known[key] for key in (*first, *rest) if key in known)[:SHOWN]
        self._kept = {}
        self.accepted = set()
        self.places = list(range(len(preview.rows)))
        self.endResetModel()

    def show_outcome(self, outcome: Outcome | None) -> None:
        self.beginResetModel()
        rows = self.preview.rows if self.preview else ()
        self.places = [i for i, row in enumerate(rows) if outcome is None or row.outcome is outcome]
        self.endResetModel()

    def row(self, line: int) -> PlannedRow:
        assert self.preview is not None
        return self.preview.rows[self.places[line]]

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.places)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.fields) + 4

    def widths(self) -> tuple[list[int], list[int]]:
        """Of the columns: as they open, and the least they may have."""
        least = [60, 140, 156, *(least_of_column(f) for f in self.fields), 120]
        wanted = [64, 148, 220, *([132] * len(self.fields)), 220]
        return [max(width, low) for width, low in zip(wanted, least, strict=True)], least

    def field_at(self, column: int) -> Field | None:
        return self.fields[column - 3] if 3 <= column < 3 + len(self.fields) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            field = self.field_at(index.column())
            if index.column() == 0:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            return alignment(field) if field else Qt.AlignmentFlag.AlignVCenter
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self.row(index.row())
        match index.column():
            case 0:
                return str(row.number)
            case 1:
                return WORDS[row.outcome][0]
            case 2:
                return row.title
        field = self.field_at(index.column())
        return self.text(row, field) if field else remark(row)

    def raw(self, row: PlannedRow, field: Field) -> str:
        """The cell of the file as text."""
        assert self.preview is not None
        table = next((t for t in self.preview.tables if t.sheet == row.sheet), self.preview.tables[0])
        at = table.column_map.columns.get(field.key)
        cell = row.cells[at] if at is not None and at < len(row.cells) else None
        return "" if cell is None else show(Kind.DATE, cell) if hasattr(cell, "strftime") else str(cell)

    def text(self, row: PlannedRow, field: Field) -> str:
        value = row.values.get(field.key)
        if value is None and row.outcome is Outcome.SAME and isinstance(row.id, int):
            return self._words.text(field, self._of(row.id), short=True)
        if value is None or field.kind in (Kind.LINK, Kind.LINKS, Kind.CHOICE, Kind.CHOICES):
            return self.raw(row, field)
        return show(field.kind, value)

    def _of(self, record_id: int) -> Mapping[str, Any]:
        """The kept record that a row says nothing new of; its neighbours are asked for with it."""
        if record_id not in self._kept:
            assert self.preview is not None
            same = [row.id for row in self.preview.rows if isinstance(row.id, int) and row.outcome is Outcome.SAME]
            start = same.index(record_id)
            found = self._desk.read(registers.rows, self.preview.register, same[start : start + PAGE])
            self._kept.update({row.id: row.values for row in found})
        return self._kept.get(record_id, {})

    def repaired(self, row: PlannedRow, field: Field) -> bool:
        raw, text = self.raw(row, field), self.text(row, field)
        if not row.repairs or not raw or raw.strip() == text:
            return False
        plain = parse(field.kind, raw).value  # «1000» shown as 1 000,00 is no repair
        return plain is None or show(field.kind, plain) != text

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        field = self.field_at(section)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = section == 0 or (field is not None and alignment(field) & Qt.AlignmentFlag.AlignRight)
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.DisplayRole:
            if field is not None:
                return field.title
            return ("Строка", "Что с ней", "Название")[section] if section < 3 else "Замечание"
        return None

    def changed_outcome(self) -> None:
        last = self.index(max(0, self.rowCount() - 1), self.columnCount() - 1)
        self.dataChanged.emit(self.index(0, 0), last)


def remark(row: PlannedRow) -> str:
    """One sentence about a row: what is wrong, doubtful, or changed."""
    if row.faults:
        return "; ".join(f"{f.title}: {f.text}" if f.title else f.text for f in row.faults)
    if row.doubts:
        return "; ".join(row.doubts)
    if row.changes:
        return ", ".join(f"{c.title.lower()}: было {c.old or 'пусто'}" for c in row.changes)
    return "; ".join(row.notes)


def asked_alike(preview: Preview, row: PlannedRow, field: str) -> list[PlannedRow]:
    """The rows of the same sheet whose cell of this field may be read in the same two ways, itself among them."""
    return [other for other in preview.rows if other.sheet == row.sheet and readings(other, field)]


def readings(row: PlannedRow, field: str) -> tuple[Any, ...]:
    return next((fault.readings for fault in row.faults if fault.field == field), ())


class PlannedCells(Cells):
    """Outcome as a chip, wrong cells tinted with a corner, repaired ones underlined by dashes."""

    def paint_text(self, painter: QPainter, rect: QRect, index, chosen: bool) -> None:
        model: PlannedModel = index.model()
        row = model.row(index.row())
        if index.column() == 1:
            self._chip(painter, rect, model, index.row())
            return
        field = model.field_at(index.column())
        keys = {field.key} if field else {"name", "ngo_id", "text"} if index.column() == 2 else set()
        wrong = any(fault.field in keys for fault in row.faults)
        doubtful = index.column() == 2 and row.outcome is Outcome.DOUBTFUL
        if wrong or doubtful:
            tone = "err" if wrong else "warn"
            painter.fillRect(rect, colour(f"{tone}_soft"))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(f"{tone}_line"))
            corner = rect.topLeft()
            painter.drawPolygon(QPolygon([corner, corner + QPoint(9, 0), corner + QPoint(0, 9)]))
        super().paint_text(painter, rect, index, chosen)
        if field is not None and model.repaired(row, field):
            right = bool(alignment(field) & Qt.AlignmentFlag.AlignRight)
            self._dashes(painter, rect, str(index.data() or NOTHING), right)

    def chip_of(self, model: Any, line: int) -> tuple[str, str, str]:
        """Word, tone and icon of what becomes of a row."""
        taken = model.places[line] in model.accepted
        return ("записать", "ok", "check") if taken else WORDS[model.row(line).outcome]

    def _chip(self, painter: QPainter, rect: QRect, model: PlannedModel, line: int) -> None:
        word, tone, icon = self.chip_of(model, line)
        ground, ink = TONES[tone]
        painter.setFont(font(13))
        width = painter.fontMetrics().horizontalAdvance(word) + 34
        chip = QRectF(rect.left() + 6, rect.center().y() - 10, width, 21)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(ground))
        painter.drawRoundedRect(chip, 4, 4)
        painter.drawPixmap(int(chip.left()) + 6, int(chip.top()) + 3, icons.pixmap(icon, ink, 15))
        painter.setPen(colour(ink))
        painter.drawText(chip.adjusted(26, 0, 0, 0), CENTRE, word)

    def _dashes(self, painter: QPainter, rect: QRect, text: str, right: bool) -> None:
        painter.setFont(font(14))
        width = min(painter.fontMetrics().horizontalAdvance(text), rect.width() - 2 * PADDING)
        left = rect.right() - PADDING - width if right else rect.left() + PADDING
        pen = QPen(QColor(colour("accent")))
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        y = rect.center().y() + 10
        painter.drawLine(left, y, left + width, y)

