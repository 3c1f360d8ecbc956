"""Which page stands behind a key of the region's rail.

A page is one line of `PAGES`; the rail, the tabs, Ctrl+1…9 and «Найти всё» show what is in it and nothing else.
"""

from __future__ import annotations

from importlib import import_module
from typing import cast

from PySide6.QtWidgets import QWidget

from app.ui import places
from app.ui.desk import Desk
from app.ui.main_window import MainWindow
from app.ui.rail import BELOW, Place, Plan

NAME = "Ленинградская область"
PAGES: dict[str, tuple[str, str]] = {
    "intake": ("intake_page", "IntakePage"),
    "whole": ("whole_page", "WholePage"),
    "tiles": ("tiles_page", "TilesPage"),
    "matrix": ("matrix_page", "MatrixPage"),
    "holes": ("holes_page", "HolesPage"),
    "duplicates": ("duplicates_page", "DuplicatesPage"),
    "board": ("board_page", "BoardPage"),
    "down": ("down_page", "DownPage"),
    "plans": ("plans_page", "PlansPage"),
    "questions": ("questions_page", "QuestionsPage"),
}
"""Key -> module of this package and class of the page, which is made with (desk, window)."""
SHARED = frozenset({"settings", "help", "history", "about", "who"})
"""Pages that are the same in either role."""
_RAIL: tuple[tuple[Place, tuple[tuple[str, str], ...]], ...] = (
    (Place("intake", "Приём", "tray"), ()),
    (Place("board", "Доска", "calendar-check"), ()),
    (Place("whole", "Свод", "table"), ()),
    (Place("coverage", "Покрытие", "map-trifold"),
     (("tiles", "Карта"), ("matrix", "Матрица"), ("holes", "Незакрытые"), ("duplicates", "Дублирование"))),
    (Place("down", "Комплект", "package"),
     (("down", "Комплект"), ("plans", "Планы центров"), ("questions", "Вопросы районам"))),
)  # fmt: skip
"""The order of the rail with the words of the tabs; a place without a page in `PAGES` is left out."""
_HOME = {"history": "settings", "who": "settings", "about": "help"}


def _plan() -> Plan:
    shown, tabs, home = [], {}, dict(_HOME)
    for place, words in _RAIL:
        made = tuple((key, word) for key, word in words if key in PAGES)
        if made:
            tabs[place.key] = made
            home |= {key: place.key for key, _ in made}
        if made or place.key in PAGES:
            shown.append(place)
    return Plan(tuple(shown), BELOW, tabs, home, shown[0].key, region=True)


PLAN = _plan()


def make_region_page(key: str, desk: Desk, window: MainWindow) -> QWidget:
    """The page of a key; KeyError for one that the region does not have."""
    if key in SHARED:
        return places.make_page(key, desk, window)
    module, name = PAGES[key]
    return cast(QWidget, getattr(import_module(f"app.ui.region.{module}"), name)(desk, window))
