"""Words as they are shown."""

from __future__ import annotations

import pytest

from app.core.text import unparted_phones


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("8 (81300) 1-23-45", "8\u00a0(81300)\u00a01-23-45"),
        ("тел. +7 812 555-12-34, Иванова", "тел. +7\u00a0812\u00a0555-12-34, Иванова"),
        ("Л. Е. Черничкина\n8 (81300) 00-001", "Л. Е. Черничкина\n8\u00a0(81300)\u00a000-001"),
        ("строк 18 200 и 8 100", "строк 18 200 и 8 100"),
        ("ОГРН 1037739010891", "ОГРН 1037739010891"),
        ("8 районов из 18", "8 районов из 18"),
    ],
)
def test_a_telephone_stays_in_one_piece_and_nothing_else_changes(text: str, shown: str) -> None:
    assert unparted_phones(text) == shown
