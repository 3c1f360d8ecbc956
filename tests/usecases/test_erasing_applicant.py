"""A private person who sent an appeal is erased from it, from the file's bytes and from half-typed forms."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.errors import AppError
from app.models.copy_names import Why
from app.models.database import Database
from app.models.journal import verify
from app.usecases import backup, copies, drafts, restoring
from app.usecases.erasing import KIND, erase_applicant, erasures, look_before_applicant
from app.usecases.personal_papers import act_paper
from app.usecases.undoing import undo_batch
from tests.factories import District, on
from tests.reports.test_act import text_of
from tests.usecases.test_erasing import bytes_of

NAME, FORMER = "Тайнова Секретина Петровна", "Прежнева Секретина Петровна"


@pytest.fixture
def district(tmp_path: Path) -> Iterator[District]:
    with District(tmp_path, today="2026-07-01") as found:
        yield found


def appeal(district: District) -> int:
    """An appeal of a private person, whose surname was put right later, and who is named in the answer."""
    given = {"sender": FORMER, "subject": "О регистрации клуба", "number": "12-о", "received_on": on("2026-06-15"),
             "text": f"{NAME} просит помочь", "channel": "letter"}  # fmt: skip
    id = district.save("appeal", given)
    district.save("appeal", {"sender": NAME}, id=id)
    return id


def erase(district: District, id: int) -> None:
    district.write(erase_applicant, id, kind=KIND, title="Обезличивание")


def test_the_appeal_stays_and_nothing_says_who_sent_it(district: District) -> None:
    id = appeal(district)
    before = district.read(look_before_applicant, id)
    assert [(one.name, getattr(one, "about", "")) for one in before.persons] == [
        (NAME, "обращение №\u00a012-о от 15.06.2026")
    ]
    erase(district, id)
    values = district.card("appeal", id).values
    assert values["sender"] == f"обезличено №\u00a0{id}"
    assert values["text"] == "[обезличено] просит помочь"
    assert values["subject"] == "О регистрации клуба"
    assert district.read(verify) == []
    assert backup.check_database(district.database).sound
    assert [word for word in ("Тайнова", "Прежнева", "айнова") if word.encode() in bytes_of(district.path)] == []
    with pytest.raises(AppError, match="заявитель не назван"):
        erase(district, id)


def test_the_act_names_the_appeal_by_its_number(district: District) -> None:
    id = appeal(district)
    erase(district, id)
    (act,) = district.read(erasures)
    assert [(one.register, one.contact_no, one.categories) for one in act.persons] == [("appeal", id, ("sender",))]
    text = " ".join(text_of(district.read(act_paper, 1)).split()).replace("\u00a0", " ")
    assert f"обращение № {id}" in text
    assert "обращение № 12-о от 15.06.2026" in text
    assert f"обезличен заявитель, обращение № {id}" in text
    assert "Тайнова" not in text


def test_it_cannot_be_undone_and_what_was_before_neither(district: District) -> None:
    id = appeal(district)
    erase(district, id)
    for batch in (3, 2):
        with pytest.raises(AppError):
            district.write(undo_batch, batch, kind="undo")


def test_going_back_to_a_copy_erases_again(district: District) -> None:
    id = appeal(district)
    row = copies.make_copy(district.database, Why.OPENING).first
    erase(district.at("2026-07-02"), id)
    (act,) = district.read(erasures)
    assert [copy.name for copy in act.copies] == [row.path.name]
    restoring.restore(district.at("2026-07-03").database, row.path, row.at)
    assert b"\xd0\xa2\xd0\xb0\xd0\xb9\xd0\xbd\xd0\xbe\xd0\xb2\xd0\xb0" not in bytes_of(district.path)
    with Database.open(district.path, clock=district.clock, actor="Куратор") as database:
        with database.read() as session:
            assert [(one.number, one.repeats) for one in erasures(session)] == [(2, 1), (1, None)]
        assert backup.check_database(database).sound


def test_check_tells_of_an_applicant_who_is_named_again(district: District) -> None:
    id = appeal(district)
    erase(district, id)
    district.save("appeal", {"sender": "Кто-то Другой"}, id=id)
    told = backup.check_database(district.database).faults
    assert any(f"Обращение №\u00a0{id}: обезличено актом" in fault for fault in told)


def test_drafts_that_no_longer_read_lose_a_person_too(tmp_path: Path) -> None:
    database = tmp_path / "район.db"
    folder = drafts.folder_of(database)
    folder.mkdir()
    whole = f'{{"values": {{"note": "Звонить: {NAME}, после обеда", "sender": "{NAME}"}}'
    (folder / "ngo-new-1.damaged").write_text(whole, encoding="utf-8")
    (folder / "ngo-new-2.part").write_text(f'{{"values": {{"sender": "{NAME[:14]}', encoding="utf-8")
    (folder / "ngo-new-3.damaged").write_text('{"values": {"note": "не о ней', encoding="utf-8")
    assert drafts.forget_person(database, NAME) == 2
    left = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    assert not any("Тайнова" in text for text in left.values())
    assert left["ngo-new-1.damaged"].startswith('{"values": {"note": "Звонить: [обезличено], после обеда"')
    assert left["ngo-new-3.damaged"] == '{"values": {"note": "не о ней'
