"""The strip under the consolidated grid: the cell in words, how it was made, its quarters as bars."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.core.russian import plural
from app.region.figures import Figure
from app.ui.pages.cell_strip import QuarterBars
from app.ui.region.opened import cell_words
from app.ui.region.picture import Picture
from app.ui.region.whole_sheets import OUT
from app.ui.widgets import Button, ElidingLabel, label, row


class FigureStrip(QWidget):
    """words: what is told of the cell at hand.  Its figure is read whatever the width; bars make room first."""

    def __init__(self, open_cell: Callable[[], object]) -> None:
        super().__init__()
        self.told = ElidingLabel("", 13, bold=True)
        self.value = label("", 13, bold=True)
        self.behind = ElidingLabel("", 13, tone="text2")
        self.show_districts = Button("Показать районы", kind="link", key="Enter", act=open_cell)
        self.quarters = label("", 13, tone="muted")
        self.bars = QuarterBars()
        line = row(
            self.told, self.value, self.behind, self.show_districts, self.quarters, self.bars, margins=(10, 6, 10, 6)
        )
        line.setStretch(0, 3)
        line.setStretch(2, 2)
        self.setLayout(line)
        self.words = ""
        self.clear()

    def clear(self) -> None:
        self.words = ""
        for part in (self.told, self.value, self.behind):
            part.setText("")
        self.show_districts.hide()
        self.bars.show_rows(())
        self._fit()

    def show_cell(self, picture: Picture, name: str, text: str) -> None:
        """The cell at hand; name: as the sheets of the page name it."""
        head, _, last = name.rpartition(".")
        if last in (OUT, "before", "ago", "text"):
            self._say(*_of_column(picture, head, last, text), _note(picture, head, last))
            self._show_bars(picture, f"{head}.quarter")
            return
        if "." not in name:
            self.clear()
            return
        figure = picture.whole[name]
        self._say(cell_words(picture.whole, name), text or "—", _made(picture, figure))
        self._show_bars(picture, name)

    def _say(self, told: str, value: str, behind: str) -> None:
        named = f"{told}: {value}" if value else told
        self.words = f"{named}; {behind}" if behind else named
        self.told.setText(f"{told}:" if value else told)
        self.told.setMaximumWidth(self.told.sizeHint().width() + 2)  # the figure stands at its words
        self.value.setText(value)
        self.behind.setText(behind)
        self.show_districts.show()

    def _show_bars(self, picture: Picture, cell: str) -> None:
        """Where at least one quarter before has a figure."""
        now = picture.whole[cell]
        rows: list[tuple[str, Decimal]] = []
        if now.value is not None and not now.is_interval and cell.endswith((".quarter", ".year")):
            rows = [(one.title, cells[cell]) for one, cells in picture.series.items() if cell in cells]
            rows = [*rows, (picture.quarter.title, now.value)] if rows else []
        self.bars.show_rows(rows)
        self.quarters.setText(plural(len(rows), "квартал", "квартала", "кварталов"))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The cell and its figure are read first: in a narrow window the quarters make room for them."""
        shown = [self.told, self.value, self.behind, *([] if self.show_districts.isHidden() else [self.show_districts])]
        room = self.width() - 20 - sum(part.sizeHint().width() + 8 for part in shown)
        self.bars.fit(self.quarters, room)


def _made(picture: Picture, figure: Figure) -> str:
    if figure.is_interval:
        named = ", ".join(map(picture.name, figure.bare))
        return f"интервал: без состава прислали {named}"
    told = f"больше нуля в {figure.districts} из {plural(len(picture.districts), 'района', 'районов', 'районов')}"
    return told if figure.value is not None else "не заполнил ни один район"


def _of_column(picture: Picture, code: str, last: str, text: str) -> tuple[str, str]:
    """What the cell is, and what stands in it."""
    title = picture.whole.form.row(code).title
    match last:
        case "out":
            return f"{code} {title}, выделяются — {text or 'никто'}", ""  # names of districts find no room beside
        case "before":
            return f"{code} {title}, к прошлому кварталу", text
        case "ago":
            return f"{code} {title}, с начала года к прошлому году", text
    return (f"{code} {title}, заполнили", text) if text != "×" else (f"{code} {title}", "")


def _note(picture: Picture, code: str, last: str) -> str:
    if last == "out":
        return " ".join(one.text for one in picture.standing_out(f"{code}.quarter"))
    changes = {"before": picture.before, "ago": picture.year_ago}.get(last)
    if changes is None:
        if not picture.complete:
            return "сравнение с прежними кварталами считается"
        return "" if last == "text" else "сравнить не с чем: отчётов за тот квартал нет"
    districts = plural(len(changes.compared), "району", "районам", "районам")
    left = len(changes.left_out)
    return f"по {districts}, сдавшим оба отчёта" + (f"; без них осталось {left}" if left else "")
