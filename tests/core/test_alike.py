"""Latin letters typed for Russian ones: one table for lists, forms filled by hand and marks."""

from __future__ import annotations

import pytest

from app.core.alike import in_russian_letters
from app.core.parsed import Parsed
from app.returns.hand_form import EntryKind
from app.returns.hand_input import FilledCell
from app.returns.hand_values import read_cell
from app.returns.mark_values import fold_code
from app.usecases.import_words import in_cyrillic

LATIN, RUSSIAN = "ABCEHKMOPTXYabcehkmoptxy", "АВСЕНКМОРТХУавсенкмортху"


def test_letters_that_look_alike_are_read_in_their_case_and_others_stay() -> None:
    assert in_russian_letters(LATIN) == RUSSIAN
    assert in_russian_letters("DFGIJLNQRSUVWZ 47-IV") == "DFGIJLNQRSUVWZ 47-IV"
    assert in_russian_letters(RUSSIAN) == RUSSIAN


@pytest.mark.parametrize("typed", ["K4", "k4", "К4", "к4"])
def test_a_code_is_the_same_in_a_list_in_a_form_and_in_a_mark(typed: str) -> None:
    assert in_cyrillic(typed) == "К4"
    assert read_cell(FilledCell(typed), EntryKind.CHOICE, {"К4": "Консультация"}) == Parsed("К4")
    assert fold_code(typed) == "к4"


def test_in_codes_some_letters_are_read_by_sound() -> None:
    """П1 and И1 are typed P1 and I1; a Р begins no code.  In a form a P is what it looks like."""
    assert [in_cyrillic(typed) for typed in ("P1", "p1", "I1", "i2")] == ["П1", "П1", "И1", "И2"]
    assert read_cell(FilledCell("I1"), EntryKind.CHOICE, {"И1": "Публикация"}) == Parsed("И1")
    assert fold_code("Peгион") == "регион"
