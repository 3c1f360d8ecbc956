"""What of a file is not taken over: sheets that are no lists, rows that are no records, columns without a field.

Said in one line above the rows and in full on the card, so that nothing of a list is lost in silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.core.russian import integer
from app.exchange.tables import is_blank, letters
from app.ui.widgets import Button, ElidingLabel, Icon
from app.usecases.importing import PlannedTable, Preview

_ABOVE = frozenset({"заголовок над таблицей", "номера граф"})
"""What belongs to the heading: nobody takes it for a record."""
_NAMED = 5


class LeftOutLine(QWidget):
    """One line, hidden when all is taken; `more` asks for the whole of it."""

    def __init__(self) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        self.text = ElidingLabel("", 13, tone="text2")
        self.more = Button("Подробно", kind="link")
        line.addWidget(Icon("minus-circle", "muted"))
        line.addWidget(self.text, 1)
        line.addWidget(self.more)
        self.hide()

    def show_preview(self, preview: Preview) -> None:
        text = left_out(preview)
        self.text.setText(text)
        self.setVisible(bool(text))


def left_out(preview: Preview) -> str:
    """«Не взято: листы «справка», «сводка»; строка 47 (строка итогов); столбец «№ п/п»», or ''."""
    lists = _lists(preview)
    parts = []
    sheets = [f"«{table.sheet}»" for table in preview.tables if table.refusal]
    if sheets:
        parts.append(f"{'лист' if len(sheets) == 1 else 'листы'} {_some(sheets)}")
    for table in lists:
        where = f" листа «{table.sheet}»" if len(lists) > 1 else ""
        parts += [f"{_rows(numbers)}{where} ({why})" for why, numbers in _skipped(table).items()]
    columns = list(dict.fromkeys(name for table in lists for name in _columns(table)))
    if columns:
        parts.append(f"{'столбец' if len(columns) == 1 else 'столбцы'} {_some(columns)}")
    return f"Не взято: {'; '.join(parts)}" if parts else ""


def left_out_whole(preview: Preview) -> Iterator[tuple[str, str]]:
    """Each with its reason: (what, why)."""
    lists = _lists(preview)
    for table in preview.tables:
        if table.refusal:
            yield f"Лист «{table.sheet}»", table.refusal.replace(f" ({table.place})", "")
    for table in lists:
        where = f" листа «{table.sheet}»" if len(lists) > 1 else ""
        for why, numbers in _skipped(table).items():
            yield f"{_rows(numbers, len(numbers)).capitalize()}{where}", f"{why.capitalize()}."
        columns = _columns(table)
        if columns:
            what = "Столбец" if len(columns) == 1 else "Столбцы"
            yield f"{what}{where}: {', '.join(columns)}", "Поле не найдено: укажите его над таблицей, если оно нужно."


def _lists(preview: Preview) -> list[PlannedTable]:
    return [table for table in preview.tables if not table.refusal]


def _skipped(table: PlannedTable) -> dict[str, list[int]]:
    by: dict[str, list[int]] = {}
    for number, why in table.skipped:
        if why not in _ABOVE:
            by.setdefault(why, []).append(number)
    return by


def _columns(table: PlannedTable) -> list[str]:
    """Columns that hold something and become no field, by their headings or, without one, by their letters."""
    used = set(table.column_map.columns.values())
    found = []
    for at, heading in enumerate(table.headings):
        filled = heading in table.unmatched or any(at < len(row) and not is_blank(row[at]) for row in table.sample)
        if at not in used and filled:
            found.append(f"«{heading}»" if heading != f"графа {letters(at)}" else letters(at))
    return found


def _rows(numbers: Sequence[int], most: int = _NAMED) -> str:
    return f"{'строка' if len(numbers) == 1 else 'строки'} {_some([str(n) for n in numbers], most)}"


def _some(names: Sequence[str], most: int = _NAMED) -> str:
    """The first few and how many more."""
    rest = len(names) - most
    return ", ".join(names[:most]) + (f" и ещё {integer(rest)}" if rest > 0 else "")
