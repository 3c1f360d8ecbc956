"""Typing in the search of 220,000 NGOs: from a key to the answer, and from a key to the painted table.

The answer is the count of what is found and its first rows' ids; the peer asks the same of the same file by LIKE
over the folded names, as the program did before it had an index.  The painted table is the real page of the
real window with its counts (the card follows a frame later); the peer is a QSortFilterProxyModel over the same
names in memory.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from statistics import median, quantiles
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QObject, QSortFilterProxyModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QTableView

from app.core.clock import Clock
from app.core.text import fold
from app.models.database import Database
from app.usecases import registers
from benchmarks._district import TODAY, district_of

COUNT = 220_000
TYPED = (
    "лодочка дом", "ветеранов", "470001", "12147", "мурино", "громова вера", "8 (81370) 40", "ано свет", "ёлочка",
    "фонд помощи", "берег 17", "молодежи", "озерная 12",
)  # fmt: skip
"""What a clerk looks for: names, forms of words, numbers, a settlement, a person, a phone, a street."""


def run() -> dict[str, dict[str, Any]]:
    """Milliseconds at the 95th of a hundred keys."""
    path = district_of(COUNT)
    keys = list(_keys())
    with Database.open(path, clock=Clock.fixed(TODAY), actor="Замер") as database:
        ours = [_ms(lambda text=text: _answer(database, text)) for text in keys]
    connection = sqlite3.connect(path)
    peer = [_ms(lambda text=text: _like(connection, text)) for text in keys[::4]]
    names = [str(row[0]) for row in connection.execute("SELECT folded FROM ngo ORDER BY called")]
    connection.close()
    painted, proxied = _painted(path, keys[::2]), _proxied(names, keys[::12])
    return {
        "search_keystroke_p95": _row(ours, peer, "LIKE по сложенным названиям, тот же файл", 16),
        "search_paint_p95": _row(painted, proxied, "QSortFilterProxyModel, названия в памяти", 50),
    }


def _keys() -> Iterator[str]:
    for typed in TYPED:
        for length in range(1, len(typed) + 1):
            if typed[:length].strip() and not typed[:length].endswith((" ", "(")):
                yield typed[:length]


def _answer(database: Database, text: str) -> int:
    with database.read() as session:
        look = registers.look(session, "ngo", search=text, order="called")
    if look is None:
        raise RuntimeError(f"no answer at once for «{text}»")
    return look.count


def _like(connection: sqlite3.Connection, text: str) -> int:
    words = [f"%{word}%" for word in fold(text).split()]
    where = " AND ".join(["archived_on IS NULL", *("folded LIKE ?" for _ in words)])
    (count,) = connection.execute(f"SELECT count(*) FROM ngo WHERE {where}", words).fetchone()
    connection.execute(f"SELECT id FROM ngo WHERE {where} ORDER BY called LIMIT 200", words).fetchall()
    return int(count)


class _Painted(QObject):
    """Sees when a viewport is painted."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self.times = 0
        table.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.times += event.type() == QEvent.Type.Paint
        return False


def _painted(path: Any, keys: Sequence[str]) -> list[float]:
    from app.bootstrap import Program, make_application

    app = make_application(["bench"])
    program = Program(path, Clock.fixed(date(2026, 10, 5)))
    program.window.show()
    program.start()
    page: Any = program.window.open("ngo")
    _spin(app, lambda: page.desk.jobs.idle)
    seen, taken = _Painted(page.table), []
    for text in keys:
        page.filters.search.setText(text[:-1])
        _spin(app, lambda before=text[:-1]: page.table.cells.sought == before)
        for _ in range(5):
            app.processEvents()
        before = seen.times
        began = time.perf_counter()
        QApplication.sendEvent(
            page.filters.search, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, text[-1])
        )
        # An empty answer paints no table: its page says that nothing was found.
        _spin(app, lambda text=text, before=before: page.table.cells.sought == text and (
            seen.times > before or page.model.rowCount() == 0))  # fmt: skip
        taken.append((time.perf_counter() - began) * 1000)
    _spin(app, lambda: page.desk.jobs.idle)
    program.window.close()
    program.window.deleteLater()
    return taken


class _Names(QAbstractTableModel):
    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self._names = names

    def rowCount(self, parent: Any = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._names)

    def columnCount(self, parent: Any = None) -> int:
        return 0 if parent is not None and parent.isValid() else 1

    def data(self, index: Any, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return self._names[index.row()] if role == Qt.ItemDataRole.DisplayRole else None


def _proxied(names: Sequence[str], keys: Sequence[str]) -> list[float]:
    model, proxy, view = _Names(names), QSortFilterProxyModel(), QTableView()
    proxy.setSourceModel(model)
    view.setModel(proxy)
    view.resize(740, 520)
    view.show()
    taken = []
    for text in keys:
        began = time.perf_counter()
        proxy.setFilterFixedString(fold(text))
        view.viewport().repaint()
        taken.append((time.perf_counter() - began) * 1000)
    view.close()
    return taken


def _spin(app: QApplication, done: Callable[[], bool]) -> None:
    until = time.perf_counter() + 300
    while not done():
        app.processEvents()
        if time.perf_counter() > until:
            raise TimeoutError


def _ms(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _row(ours: Sequence[float], peer: Sequence[float], name: str, goal: float) -> dict[str, Any]:
    mine, theirs = (quantiles(times, n=20)[-1] for times in (ours, peer))
    return {
        "ours": mine, "peer": theirs, "peer_name": name, "ratio": theirs / mine, "unit": "мс", "n": COUNT,
        "goal": goal, "median": median(ours), "peer_median": median(peer), "keys": len(ours),
    }  # fmt: skip
