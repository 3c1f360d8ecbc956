"""The matrix district × category (or code): painted cells, names and heads that stay, sums at the right and below."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QTableView

from app.core.russian import in_sentence, integer
from app.region.coverage import Kind, Spot
from app.region.sums import added
from app.ui.region.opened_spots import title_of
from app.ui.region.picture import Picture
from app.ui.region.ramp_cells import paint_step
from app.ui.region.shown_figures import HOLE_WORDS, NO_RETURN, NOTHING, Told, coverage_told, spot_words
from app.ui.russian_qt import font
from app.ui.table_view import in_lines
from app.ui.theme import colour

NOWHERE = QModelIndex()
Index = QModelIndex | QPersistentModelIndex
ROW, HEAD, NAMES = 24, 32, 144
LEAST, LEAST_ALL = 52, 94
"""Px of a column: of one figure, of all four side by side."""
TOTAL = 66
MODES = {"all": "Всё", "coverage": "Покрытие", "demand": "Нуждаются", "served": "Получили", "centres": "Центры"}
WHOLE = "Вся область"


class MatrixModel(QAbstractTableModel):
    """The last column and the last row are sums."""

    def __init__(self) -> None:
        super().__init__()
        self.picture: Picture | None = None
        self.kind: Kind = "category"
        self.mode = "all"
        self.districts: tuple[str, ...] = ()
        self.codes: tuple[str, ...] = ()

    def show(self, picture: Picture, kind: Kind, mode: str) -> None:
        self.beginResetModel()
        self.picture, self.kind, self.mode = picture, kind, mode
        self.districts = tuple(one.oktmo for one in picture.districts)
        self.codes = tuple(code for code, _ in picture.heads(kind))
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() or self.picture is None else len(self.districts) + 1

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() or self.picture is None else len(self.codes) + 1

    def place(self, row: int, column: int) -> tuple[str, str]:
        """ОКТМО and code; '' stands for all of them."""
        return (
            self.districts[row] if row < len(self.districts) else "",
            self.codes[column] if column < len(self.codes) else "",
        )

    def spot(self, row: int, column: int) -> Spot | None:
        oktmo, code = self.place(row, column)
        return self.picture.coverage.spot(oktmo, self.kind, code) if self.picture is not None else None

    def told(self, row: int, column: int) -> Told:
        """What stands in a cell."""
        assert self.picture is not None
        oktmo, code = self.place(row, column)
        if oktmo and oktmo not in self.picture.reported:
            return Told("" if column < len(self.codes) else NO_RETURN)
        spots = self.picture.spots(self.kind, oktmo=oktmo, code=code)
        total = added(spots)
        if self.mode in ("all", "coverage"):
            return coverage_told(total)
        if self.mode == "centres":
            count = len({centre for spot in spots for centre in spot.centres})
            return Told(integer(count) if count else NOTHING)
        value = total.demand if self.mode == "demand" else total.served
        return Told(integer(value) if value else NOTHING)

    def beside(self, row: int, column: int) -> str:
        """«3/7 2ц» before the percent: covered of those in need, and how many centres."""
        if self.mode != "all" or self.picture is None:
            return ""
        oktmo, code = self.place(row, column)
        spots = self.picture.spots(self.kind, oktmo=oktmo, code=code)
        total = added(spots)
        if not total.demand:
            return ""
        if not oktmo or not code:
            return ""
        return f"{total.covered}/{total.demand} {len(spots[0].centres)}ц"

    def hole(self, row: int, column: int) -> str:
        spot = self.spot(row, column)
        return self.picture.hole_of(spot) if spot is not None and self.picture is not None else ""

    def words(self, row: int, column: int) -> str:
        """What is read aloud and stands in the strip."""
        assert self.picture is not None
        oktmo, code = self.place(row, column)
        name = self.picture.name(oktmo) if oktmo else WHOLE
        title = title_of(self.picture, self.kind, code) if code else "все вместе"
        if oktmo and code:
            spot = self.spot(row, column)
            hole = HOLE_WORDS[self.picture.hole_of(spot)] if spot is not None else ""
            return f"{name}, {in_sentence(title)}{hole}: {spot_words(self.picture, spot)}"
        if oktmo and oktmo not in self.picture.reported:
            return f"{name}: {NO_RETURN}"
        total = added(self.picture.spots(self.kind, oktmo=oktmo, code=code))
        return f"{name}, {in_sentence(title)}: {coverage_told(total).words}"

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self.picture is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.told(index.row(), index.column()).text
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self.words(index.row(), index.column())
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self.picture is None or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if orientation == Qt.Orientation.Vertical:
            return self.picture.brief(self.districts[section]) if section < len(self.districts) else WHOLE
        if section >= len(self.codes):
            return "Всего, %" if self.mode in ("all", "coverage") else "Всего"
        code = self.codes[section]
        title = title_of(self.picture, self.kind, code)
        if role == Qt.ItemDataRole.ToolTipRole or self.kind == "category":
            return title[:1].upper() + title[1:]
        return code


class _Cells(QStyledItemDelegate):
    def paint(self, painter: QPainter, option, index) -> None:
        model: MatrixModel = index.model()
        row, column, rect = index.row(), index.column(), option.rect
        grid: Any = self.parent()
        here = grid.currentIndex()
        total = row == len(model.districts) or column == len(model.codes)
        painter.fillRect(rect, colour("raised" if row == len(model.districts) else
                                      "select" if here.row() == row else "surface"))  # fmt: skip
        told = model.told(row, column)
        plain = Told(told.text) if total else told
        if total and told.text:
            painter.save()
            figures = told.text != NO_RETURN
            painter.setFont(font(13 if figures else 12, bold=figures))
            painter.setPen(colour("text" if figures else "text2"))
            if not figures:
                painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), told.text)
                painter.restore()
                paint_step(painter, rect, Told(""), hole="", current=here == index)
                return
            side = Qt.AlignmentFlag.AlignRight if told.text[:1].isdigit() else Qt.AlignmentFlag.AlignHCenter
            painter.drawText(rect.adjusted(4, 0, -10, 0), int(side | Qt.AlignmentFlag.AlignVCenter), told.text)
            painter.restore()
            plain = Told("")
        beside = model.beside(row, column) if rect.width() > 80 else ""
        paint_step(painter, rect, plain, hole=model.hole(row, column), beside=beside,
                   current=here == index)  # fmt: skip


class _Names(QHeaderView):
    """Districts at the left, heads above: both stay while the cells scroll."""

    def __init__(self, orientation: Qt.Orientation, parent: QTableView) -> None:
        super().__init__(orientation, parent)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(ROW)

    def sizeHint(self) -> QSize:
        lying = self.orientation() == Qt.Orientation.Horizontal
        return QSize(super().sizeHint().width(), HEAD) if lying else QSize(NAMES, super().sizeHint().height())

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.save()
        text = str(self.model().headerData(section, self.orientation()) or "")
        if self.orientation() == Qt.Orientation.Horizontal:
            painter.fillRect(rect, colour("raised"))
            painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colour("line"))
            painter.setFont(font(13 if len(text) < 4 else 12, bold=True))
            painter.setPen(colour("text2"))
            shown = "\n".join(in_lines(text, painter.fontMetrics(), rect.width() - 6))
            lines = [painter.fontMetrics().elidedText(one, Qt.TextElideMode.ElideRight, rect.width() - 6)
                     for one in shown.split("\n")]  # fmt: skip
            painter.drawText(rect.adjusted(3, 0, -3, 0), int(Qt.AlignmentFlag.AlignCenter), "\n".join(lines))
        else:
            here = self.parent().currentIndex().row() == section
            last = section == self.model().rowCount() - 1
            painter.fillRect(rect, colour("raised" if last else "select" if here else "surface"))
            if here:
                painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), colour("accent"))
            painter.setFont(font(13, bold=last))
            painter.setPen(colour("text"))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width() - 14)
            painter.drawText(rect.adjusted(10, 0, -4, 0), int(Qt.AlignmentFlag.AlignVCenter), shown)
        painter.restore()


class MatrixGrid(QTableView):
    """moved(row, column): another cell is current.  opened(row, column): Enter on it."""

    moved = Signal(int, int)
    opened = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self.model_ = MatrixModel()
        self.setModel(self.model_)
        self.setAccessibleName("Матрица покрытия")
        self.setItemDelegate(_Cells(self))
        self.setHorizontalHeader(_Names(Qt.Orientation.Horizontal, self))
        self.setVerticalHeader(_Names(Qt.Orientation.Vertical, self))
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.horizontalHeader().show()
        self.verticalHeader().show()
        self.setCornerButtonEnabled(False)
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.selectionModel().currentChanged.connect(self._current_changed)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row(), index.column()))

    def show_matrix(self, picture: Picture, kind: Kind, mode: str) -> None:
        self.model_.show(picture, kind, mode)
        self._spread()

    def go_to(self, oktmo: str, code: str) -> None:
        """Make a cell current; the first one where there is none such."""
        model = self.model_
        row = model.districts.index(oktmo) if oktmo in model.districts else 0
        column = model.codes.index(code) if code in model.codes else 0
        self.setCurrentIndex(model.index(row, column))
        self.scrollTo(self.currentIndex())

    def _current_changed(self, now: QModelIndex) -> None:
        self.viewport().update()
        self.verticalHeader().viewport().update()
        if now.isValid():
            self.setAccessibleDescription(self.model_.words(now.row(), now.column()))
            self.moved.emit(now.row(), now.column())

    def _spread(self) -> None:
        """Columns share the room; where it lacks they keep their least and scroll."""
        columns = len(self.model_.codes)
        if not columns:
            return
        room = self.viewport().width() - TOTAL
        least = LEAST_ALL if self.model_.mode == "all" and self.model_.kind == "category" else LEAST
        each = max(least, min(110, room // columns))
        for column in range(columns):
            self.setColumnWidth(column, each)
        self.setColumnWidth(columns, TOTAL)

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._spread()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and here.isValid():
            self.opened.emit(here.row(), here.column())
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.PaletteChange:
            for part in (self.viewport(), self.horizontalHeader().viewport(), self.verticalHeader().viewport()):
                part.update()
