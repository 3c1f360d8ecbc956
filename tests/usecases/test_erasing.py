"""«Обезличить»: a person goes from record, history, the journal's values and the bytes of the file; counts stay."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select

from app.core.clock import Clock
from app.core.errors import AppError
from app.core.thinning import Thinning, superfluous
from app.models import Batch, Contact, ErasureAct, JournalValue, sqlite_only
from app.models.copy_names import Why
from app.models.database import Database
from app.models.journal import verify
from app.usecases import backup, contacts, copies, history, ngos, records, restoring
from app.usecases.contacts import Standing
from app.usecases.erasing import KIND, Erasure, _keep, erase_contacts, erasures, look_before, repeat_erasures
from app.usecases.undoing import undo_batch
from tests.factories import District, on

NAME, FORMER = "Тайнова Секретина Петровна", "Прежнева Секретина Петровна"
PHONE, MAIL, CONSENT = "+7 (921) 555-01-77", "taynova@example.ru", "ПД-7731"
PERSON = {
    "name": FORMER, "post": "казначей правления", "phone": PHONE, "email": MAIL, "basis": "согласие",
    "consent": CONSENT, "consent_on": on("2026-01-12"), "keep_until": on("2027-01-12"),
}  # fmt: skip
FOLDED = ("айнова", "режнева", "5550177")
"""As a search may keep them; an index leaves out the letters that a word shares with the one before it."""
SECRETS = ("Тайнова", "Прежнева", "555-01-77", MAIL, CONSENT, "казначей правления")


@pytest.fixture
def district(tmp_path: Path) -> Iterator[District]:
    with District(tmp_path, today="2026-07-01") as found:
        yield found


def with_person(district: District) -> tuple[int, int]:
    """An NGO with one contact person, whose surname changed since; ids of both."""
    ngo = district.ngo("АНО «Светлый берег»", lines={"contact": [PERSON]})
    (line,) = district.card("ngo", ngo).lines["contact"]
    district.save("ngo", {}, id=ngo, lines={"contact": [{"id": line["id"], "name": NAME}]})
    return ngo, line["id"]


def erase(district: District, *ids: int, reason: str = "withdrawn") -> Erasure:
    return district.write(erase_contacts, ids, reason, kind=KIND, title="Обезличивание")


def bytes_of(path: Path) -> bytes:
    """All that lies on the disk of the file: itself and what SQLite keeps beside it."""
    parts = [path.with_name(path.name + ending) for ending in ("", "-wal", "-shm", "-journal")]
    return b"".join(part.read_bytes() for part in parts if part.exists())


def found_in(path: Path) -> list[str]:
    content = bytes_of(path)
    return [text for text in (*SECRETS, *FOLDED) if text.encode() in content]


def test_the_person_goes_and_the_row_stays(district: District) -> None:
    ngo, id = with_person(district)
    other = district.ngo("Фонд «Ёлочка»", lines={"contact": [{"name": "Ильина О. В.", "basis": "ЕГРЮЛ"}]})
    act = erase(district, id)
    (person,) = act.persons
    assert (act.number, person.reason, act.repeats) == (1, "withdrawn", None)
    assert person.categories == ("name", "post", "phone", "email", "consent")
    (line,) = district.card("ngo", ngo).lines["contact"]
    assert line["name"] == f"обезличено №\u00a0{id}"
    assert [line[key] for key in ("post", "phone", "email", "consent")] == ["", "", "", ""]
    assert line["erased_on"] == on("2026-07-01")
    assert line["basis"] == "согласие", "why it was kept is no personal data"
    assert district.card("ngo", other).lines["contact"][0]["name"] == "Ильина О. В."
    rows = district.read(contacts.contacts)
    assert [(row.ngo_id, row.standing) for row in rows] == [(other, Standing.ACTIVE), (ngo, Standing.ERASED)]


def test_nothing_of_it_is_left_in_the_journal_and_the_chain_verifies(district: District) -> None:
    ngo, id = with_person(district)
    erase(district, id)
    with district.database.read() as session:
        values = session.scalars(select(JournalValue)).all()
        kept = " ".join(text for value in values for text in (value.before, value.after) if text)
        assert not [text for text in SECRETS if text in kept]
        assert verify(session) == []
    found = backup.check_database(district.database)
    assert found.sound, found.faults
    told = [c for c in district.read(history.record_history, "ngo", ngo) if c.table == "contact" and c.field == "name"]
    assert len(told) == 3
    assert all(change.erased and change.before is None and change.after is None for change in told)


def test_nothing_of_it_is_left_in_the_bytes_of_the_file(district: District) -> None:
    """Neither in pages that were split since, nor in the write-ahead log, open or closed."""
    _, id = with_person(district)
    for n in range(120):  # so that the pages with her values are moved about
        district.ngo(f"АНО «Соседка {n}»", address="г. Мурино, " + "ул. Длинная " * (n % 17))
    assert set(found_in(district.path)) >= set(SECRETS)
    erase(district, id)
    assert found_in(district.path) == [], "while it is open"
    district.close()
    assert found_in(district.path) == []
    with Database.open(district.path, clock=district.clock) as database:
        assert backup.check_database(database).sound


def test_a_page_that_was_split_leaves_no_stale_copy(tmp_path: Path) -> None:
    """`secure_delete` alone leaves some, so the file is written anew."""
    paths = (_split_pages(tmp_path / f"{seed}.db", seed) for seed in range(2, 20))
    path = next(path for path in paths if NAME.encode() in bytes_of(path))
    engine = sqlite_only.engine_of(path)
    sqlite_only.sweep(engine)
    engine.dispose()
    assert NAME.encode() not in bytes_of(path)


def test_a_full_text_index_forgets_her_words(tmp_path: Path) -> None:
    path = tmp_path / "слова.db"
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("CREATE TABLE said (place INTEGER PRIMARY KEY, told)")
    connection.execute("CREATE VIRTUAL TABLE words USING fts5 (told, content='said', content_rowid='place')")
    connection.execute("INSERT INTO said VALUES (1, 'тайнова секретина')")
    connection.execute("INSERT INTO words (rowid, told) VALUES (1, 'тайнова секретина')")
    connection.execute("INSERT INTO words (words, rowid, told) VALUES ('delete', 1, 'тайнова секретина')")
    connection.execute("UPDATE said SET told = 'обезличено'")
    connection.execute("INSERT INTO words (rowid, told) VALUES (1, 'обезличено')")
    connection.close()
    assert "айнова".encode() in bytes_of(path), "else this test says nothing"
    engine = sqlite_only.engine_of(path)
    sqlite_only.sweep(engine)
    engine.dispose()
    assert "айнова".encode() not in bytes_of(path)
    with sqlite3.connect(path) as again:
        assert again.execute("SELECT count(*) FROM words WHERE words MATCH 'обезличено'").fetchone() == (1,)
    again.close()


def _split_pages(path: Path, seed: int) -> Path:
    """A file whose pages were split often before her name was deleted from its index."""
    chance = Random(seed)  # the same pages in every run
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = OFF", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE k (id INTEGER PRIMARY KEY, folded, note)")
    connection.execute("CREATE INDEX i ON k (folded)")
    ids = list(range(8000))
    chance.shuffle(ids)
    for n, id in enumerate(ids):
        folded = f"{chance.random()}" + (NAME if n % 50 == 5 else "у" * chance.randint(5, 100))
        connection.execute("INSERT INTO k VALUES (?, ?, ?)", (id, folded, "п" * chance.randint(1, 100)))
        if n % 7 == 0:
            changed = ("п" * chance.randint(1, 450), ids[chance.randint(0, n)])
            connection.execute("UPDATE k SET note = ?, folded = folded || 'я' WHERE id = ?", changed)
    connection.execute("UPDATE k SET folded = 'нет' WHERE folded LIKE ?", (f"%{NAME}%",))
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.close()
    return path


def test_a_person_who_was_taken_out_of_the_card_is_erased_from_the_journal(district: District) -> None:
    ngo, id = with_person(district)
    district.save("ngo", {}, id=ngo, lines={"contact": []})
    (row,) = district.read(contacts.contacts)
    assert (row.name, row.standing, row.id) == (NAME, Standing.DROPPED, id)
    act = erase(district, id, reason="dropped")
    assert act.persons[0].categories == ("name", "post", "phone", "email", "consent")
    assert district.read(contacts.contacts) == ()
    district.close()
    assert found_in(district.path) == []


def test_persons_of_an_archived_and_of_a_merged_card_are_erased(district: District) -> None:
    archived, first = with_person(district)
    district.write(records.archive, "ngo", archived, "записана дважды")
    number = district.ogrn()
    merged = district.ngo("АНО «Вторая»", ogrn=None, lines={"contact": [PERSON | {"name": NAME}]})
    district.write(ngos.merge, merged, district.ngo("АНО «Вторая»", ogrn=number), kind="merge")
    (second,) = (line["id"] for line in district.card("ngo", merged).lines["contact"])
    rows = district.read(contacts.contacts)
    assert {(row.id, row.ngo_left) for row in rows} == {(first, True), (second, True)}
    erase(district, first, second)
    district.close()
    assert found_in(district.path) == []


def test_notes_titles_and_saved_searches_lose_her_too(district: District) -> None:
    ngo, id = with_person(district)
    district.save("ngo", {"note": f"Звонить {NAME}, {PHONE}; прежде {FORMER}"}, id=ngo)
    district.write(records.save, "ngo", {"site": "https://svet.example"}, id=ngo, title=f"Записан: {NAME}")
    erase(district, id)
    assert district.card("ngo", ngo).values["note"] == "Звонить [обезличено], [обезличено]; прежде [обезличено]"
    with district.database.read() as session:
        assert "Записан: [обезличено]" in session.scalars(select(Batch.title)).all()
        assert verify(session) == []
    district.close()
    assert found_in(district.path) == []


def test_what_is_said_elsewhere_is_told_before(district: District) -> None:
    """A service telephone may be the same: the curator decides."""
    ngo, id = with_person(district)
    district.save("ngo", {"phone": PHONE, "director": NAME}, id=ngo)
    other = district.ngo("Фонд «Ёлочка»", lines={"contact": [PERSON | {"name": NAME}]})
    before = district.read(look_before, [id])
    assert [row.name for row in before.persons] == [NAME]
    assert before.reasons == ("demanded",)
    told = {(mention.told, mention.record) for mention in before.mentions}
    assert ("НКО, АНО «Светлый берег»: служебный телефон", ngo) in told
    assert ("НКО, Фонд «Ёлочка»: контактное лицо, фамилия, имя, отчество", other) in told
    assert not [told for told, _ in told if "уководитель" in told], "the director is public (ЕГРЮЛ)"
    erase(district, id)
    assert district.card("ngo", ngo).values["phone"] == PHONE


def test_what_was_written_before_cannot_be_undone_any_more(district: District) -> None:
    ngo, id = with_person(district)
    edit = district.read(history.recent_changes)[0].id
    erase(district, id)
    erasing = district.read(history.recent_changes)[0]
    assert erasing.kind == "erase"
    assert erasing.title == "Обезличены контактные лица: 1, акт №\u00a01"
    for batch in (edit, edit - 1):
        with pytest.raises(AppError, match="обезличены"):
            district.write(undo_batch, batch, kind="undo")
    with pytest.raises(AppError, match="Обезличивание не отменяется"):
        district.write(undo_batch, erasing.id, kind="undo")
    assert district.card("ngo", ngo).lines["contact"][0]["erased_on"]


def test_an_erased_row_takes_no_data_again(district: District) -> None:
    ngo, id = with_person(district)
    erase(district, id)
    with pytest.raises(AppError, match="добавьте новую строку"):
        district.save("ngo", {}, id=ngo, lines={"contact": [{"id": id, "name": NAME}]})
    district.save("ngo", {"address": "г. Мурино"}, id=ngo)  # the card itself is changed as ever
    with pytest.raises(AppError, match="уже обезличенные"):
        erase(district, id)
    with pytest.raises(sqlite3.IntegrityError, match="ck_contact_erased"):
        _past_the_program(district.path, f"UPDATE contact SET phone = '{PHONE}' WHERE id = {id}")


def test_two_erased_persons_of_one_card_do_not_stand_in_its_way(district: District) -> None:
    ngo = district.ngo(lines={"contact": [PERSON, PERSON | {"name": "Другая Анна"}]})
    ids = [line["id"] for line in district.card("ngo", ngo).lines["contact"]]
    act = erase(district, *ids)
    assert len(act.persons) == 2
    district.save("ngo", {"note": "живёт дальше"}, id=ngo)


def test_acts_are_kept_without_personal_data_and_for_good(district: District) -> None:
    _, first = with_person(district)
    _, second = with_person(district)
    erase(district, first)
    erase(district.at("2026-07-02"), second, reason="expired")
    kept = district.read(erasures)
    assert [(act.number, act.happened_on, act.persons[0].reason, act.actor) for act in kept] == [
        (2, on("2026-07-02"), "expired", "Куратор"), (1, on("2026-07-01"), "withdrawn", "Куратор"),
    ]  # fmt: skip
    assert not [text for text in SECRETS if text in repr(kept)]
    for deed in ("UPDATE erasure_act SET number = 3", "DELETE FROM erasure", "DELETE FROM erasure_act"):
        with pytest.raises(sqlite3.IntegrityError, match="what was erased"):
            _past_the_program(district.path, deed)


def test_an_act_names_the_backups_that_still_hold_her(district: District, tmp_path: Path) -> None:
    """With the day by which thinning takes each; a point goes only by hand.  Foreign and clean copies are no matter."""
    _, id = with_person(district)
    copies.make_copy(district.database, Why.OPENING)
    copies.make_copy(district.at("2026-07-02").database, Why.POINT, "Перед сверкой")
    (tmp_path / "копии" / "заметки.txt").write_text("не копия", encoding="utf-8")
    held = district.read(look_before, [id]).copies
    assert [copy.told for copy in held] == [
        "сама не исчезнет: удалите её вручную", "исчезнет не позднее 01.07.2028",
    ]  # fmt: skip
    assert held[0].name.endswith("точка Перед сверкой.db")
    act = erase(district.at("2026-07-03"), id)
    assert act.copies == held
    made = copies.make_copy(district.at("2026-07-04").database, Why.HAND).first
    assert found_in(made.path) == [], "a copy made after it is clean"
    assert district.read(erasures)[0].copies == held, "as they were that day"
    _, other = with_person(district)
    assert district.read(look_before, [other]).copies == ()


@pytest.mark.parametrize("rule", [Thinning(), Thinning(days=400, weeks=2, months=0), Thinning(months=1)])
def test_thinning_keeps_no_copy_beyond_the_day_that_is_told(rule: Thinning) -> None:
    made = datetime(2026, 7, 1, 9)
    for days in range(0, 900, 7):
        now = made + timedelta(days=days)
        gone = made in superfluous([made, now], now, rule)
        assert gone or now - made <= rule.longest


def test_going_back_to_a_copy_repeats_what_was_erased_since(district: District) -> None:
    _, id = with_person(district)
    row = copies.make_copy(district.database, Why.OPENING).first
    erase(district.at("2026-07-02"), id)
    restoring.restore(district.at("2026-07-03").database, row.path, row.at)
    assert found_in(district.path) == []
    with Database.open(district.path, clock=district.clock, actor="Куратор") as database:
        with database.read() as session:
            assert [one.standing for one in contacts.contacts(session)] == [Standing.ERASED]
            acts = erasures(session)
        assert [(act.number, act.repeats) for act in acts] == [(2, 1), (1, None)]
        assert [copy.name for copy in acts[0].copies] == [row.path.name], "the copy itself still holds her"
        assert backup.check_database(database).sound


def test_a_copy_that_cannot_be_read_may_hold_anybody(district: District) -> None:
    _, id = with_person(district)
    row = copies.make_copy(district.database, Why.OPENING).first
    content = bytearray(row.path.read_bytes())
    content[4096 : 4096 * 40] = b"\0" * 4096 * 39
    row.path.write_bytes(content)
    assert [copy.name for copy in district.read(look_before, [id]).copies] == [row.path.name]


def test_the_erasing_is_repeated_in_a_restored_backup(district: District, tmp_path: Path) -> None:
    _, id = with_person(district)
    copy = tmp_path / "копия.db"
    backup.backup(district.database, copy)
    _, later = with_person(district)
    erase(district.at("2026-07-02"), id)
    erase(district.at("2026-07-03"), later)
    known = district.read(erasures)
    with Database.open(copy, clock=district.clock, actor="Куратор") as restored:
        with restored.read() as session:
            assert contacts.contacts(session)[0].name == NAME
        with restored.write(KIND, "После возврата к копии") as session:
            assert repeat_erasures(session, known) == 1
        with restored.read() as session:
            assert [(row.id, row.standing) for row in contacts.contacts(session)] == [(id, Standing.ERASED)]
            acts = erasures(session)
            assert [(act.number, act.repeats) for act in acts] == [(3, 1), (2, None), (1, None)]
        with restored.write(KIND, "Ещё раз") as session:
            assert repeat_erasures(session, known) == 0, "what is erased is left alone"
        assert backup.check_database(restored).sound
    assert found_in(copy) == []


def test_a_new_person_under_an_old_number_is_nobody_who_was_erased(district: District, tmp_path: Path) -> None:
    """A contact made after the backup and erased since: in the restored file its id may become another's."""
    backup.backup(district.database, tmp_path / "копия.db")
    _, id = with_person(district)
    erase(district, id)
    known = district.read(erasures)
    other = Clock.fixed(on("2026-07-05"), seed=9)  # keys of its own
    with Database.open(tmp_path / "копия.db", clock=other, actor="Куратор") as restored:
        person = PERSON | {"name": "Ильина Ольга Викторовна"}
        with restored.write("edit", "НКО") as session:
            ngo = records.save(session, "ngo", {"name": "Фонд «Ёлочка»", "okopf": "70400"}, lines={"contact": [person]})
        with restored.write(KIND, "После возврата") as session:
            assert repeat_erasures(session, known) == 0
        with restored.read() as session:
            (row,) = contacts.contacts(session)
            assert (row.id, row.ngo_id, row.name) == (id, ngo, "Ильина Ольга Викторовна")


def test_check_tells_of_an_erased_person_who_is_back(district: District) -> None:
    _, id = with_person(district)
    district.close()
    kept = district.path.with_name("прежде.db")
    shutil.copy(district.path, kept)
    with Database.open(district.path, clock=district.clock) as database, database.write(KIND, "x") as session:
        known = erase_contacts(session, [id], "withdrawn")
    with Database.open(kept, clock=district.clock, actor="Куратор") as restored:
        with restored.write("edit", "помнит акт, но не стёр") as session:
            _keep(session, 1, known.happened_on, None, "Куратор", (), known.persons)
        told = backup.check_database(restored).faults
        assert len(told) == 1
        assert f"Контакт №\u00a0{id}: обезличено актом №\u00a01" in told[0]


def test_without_room_nothing_is_begun(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    _, id = with_person(district)
    usage = shutil.disk_usage(district.path.parent)
    monkeypatch.setattr("app.usecases.erasing.shutil.disk_usage", lambda _path: usage._replace(free=17_000_000))
    with pytest.raises(AppError, match="места на диске"):
        erase(district, id)
    assert district.read(contacts.contacts)[0].name == NAME
    with district.database.read() as session:
        assert session.scalars(select(ErasureAct)).all() == []
        assert session.get_one(Contact, id).erased_on is None


def _past_the_program(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as other, other:
        other.execute(statement)
