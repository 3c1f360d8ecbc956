"""The blank form with something typed into it, as it comes back from a district without the program."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.reports.blank_form import opened_blank
from app.reports.blank_lists import cell_at
from app.reports.xlsx import saved_book
from app.returns.hand_form import HandForm
from app.returns.hand_lists import LISTS


class TypedForm:
    """A blank form and a hand that types; it may be saved and typed on."""

    def __init__(self, form: HandForm) -> None:
        self.form = form
        self._work, self._book, self._places = opened_blank(form)

    def type(self, cell: str, value: Any) -> None:
        """KeyError for a cell that the form has not."""
        at = self._places[cell]
        cell_at(self._work[at.sheet], at.row, at.column).value = value

    def type_line(self, key: str, line: int, values: Mapping[str, Any]) -> None:
        """A line of a list, from 0; what is empty is left so."""
        one = LISTS[key]
        at = self._places[one.anchor]
        for column, value in values.items():
            if value not in (None, ""):
                target = cell_at(self._work[at.sheet], at.row + line, at.column + one.column(column))
                target.value = value

    def saved(self) -> bytes:
        """The workbook as it stands, the same bytes for the same typing."""
        return saved_book(self._work, self._book)
