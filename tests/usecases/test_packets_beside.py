"""What hangs beside a record in a working copy: reminders come back with it, documents are refused there."""

from __future__ import annotations

import pytest

from app.core.errors import AppError
from app.usecases import documents, registers, reminders
from tests.factories import District, on
from tests.usecases.colleagues import copy_for, packet, taken


@pytest.fixture
def svet(district: District) -> int:
    return district.ngo("АНО «Свет»")


def test_a_reminder_comes_with_the_record_it_is_of(district: District, svet: int) -> None:
    copy = copy_for(district)
    copy._numbers += 500
    district.ngo("АНО «Здешняя»")  # so that ids of the two files part
    fresh = copy.ngo("АНО «Её новая»")
    copy.write(reminders.remind, "Узнать об отчёте", on("2026-08-01"), register="ngo", about=svet)
    copy.write(reminders.remind, "Позвонить", on("2026-08-02"), register="ngo", about=fresh)
    copy.write(reminders.remind, "Просто так", on("2026-08-03"))
    assert not [row.notes for row in taken(district, packet(copy)).rows if row.notes]
    (here,) = district.read(registers.find, "ngo", search="её новая")
    for id, text in ((svet, "Узнать об отчёте"), (here, "Позвонить")):
        assert [one.text for one in district.read(reminders.reminders_of, "ngo", id)] == [text]
    assert [one.text for one in district.read(reminders.due, on("2026-09-01"))][-1] == "Просто так"


def test_documents_are_not_attached_in_a_copy(district: District, svet: int) -> None:
    """A packet does not carry them, so the copy says so at once instead of losing them."""
    (scan,) = district.write(documents.attach, "ngo", svet, [documents.NewFile("Устав.pdf", b"%PDF")])
    copy = copy_for(district)
    for act in (
        lambda: copy.write(documents.attach, "ngo", svet, [documents.NewFile("Скан.pdf", b"%PDF-2")]),
        lambda: copy.write(documents.detach, scan),
        lambda: copy.write(documents.describe, scan, "consent", None, ""),
    ):
        with pytest.raises(AppError, match="Это рабочая копия"):
            act()
    assert copy.read(documents.content_of, scan) == b"%PDF"
