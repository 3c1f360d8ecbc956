"""People of the file: entered, named in the journal, asked for a password, never deleted."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.core.errors import AppError, InvalidRecord
from app.core.roles import Role
from app.models import Batch, JournalValue, Person
from app.usecases import people
from app.usecases.backup import check_database
from app.usecases.guessing import Guesses
from app.usecases.history import recent_changes
from app.usecases.undoing import undo_batch
from tests.factories import District

ERMAKOVA, TIKHONOVA = "Ермакова Л. В.", "Тихонова А. С."


def enter(district: District, name: str, role: Role = Role.OPERATOR, **more: str) -> int:
    return district.write(people.add_person, name, role=role, kind="people", title=f"Люди: {name}", **more)


def secret(district: District, id: int, password: str) -> None:
    district.write(people.set_password, id, password, kind="people", title="Люди: задан пароль")


@pytest.fixture
def two(district: District) -> tuple[int, int]:
    """An administrator at work, and an operator."""
    first = enter(district, ERMAKOVA, post="заместитель главы")
    people.sign_in(district.database, first)
    return first, enter(district, TIKHONOVA)


def test_a_new_file_asks_nobody_and_forbids_nothing(district: District) -> None:
    assert district.read(people.people) == ()
    district.ngo("АНО «Свет»")
    district.write(lambda session: None, kind="settings")
    assert district.database.actor == "Куратор"


def test_the_first_one_entered_is_an_administrator_whatever_was_asked(district: District) -> None:
    first = enter(district, TIKHONOVA, Role.VIEWER)
    assert district.read(people.person_of, first).role is Role.ADMINISTRATOR
    people.sign_in(district.database, first)
    second = enter(district, ERMAKOVA, Role.VIEWER)
    assert district.read(people.person_of, second).role is Role.VIEWER


def test_the_journal_names_who_is_at_work(district: District, two: tuple[int, int]) -> None:
    people.sign_in(district.database, two[1])
    district.ngo("АНО «Свет»")
    last = district.read(recent_changes, 1)[0]
    assert (last.actor, last.account) == (TIKHONOVA, "curator")


def test_nobody_writes_before_somebody_is_chosen(district: District, two: tuple[int, int]) -> None:
    district.database.person_id = None
    with pytest.raises(AppError, match="сначала скажите, кто работает"):
        district.ngo("АНО «Свет»")


def test_a_password_is_asked_and_a_wrong_one_told(district: District, two: tuple[int, int]) -> None:
    secret(district, two[1], "Ёлка-1932")
    with pytest.raises(AppError) as wrong:
        people.sign_in(district.database, two[1], "ёлка-1932")
    assert wrong.value.message == f"Пароль не подошёл: {TIKHONOVA}"
    assert wrong.value.hint == f"Проверьте раскладку и CapsLock. Забыли — новый задаст администратор: {ERMAKOVA}"
    assert district.database.person_id == two[0], "a wrong password changes nobody"
    assert people.sign_in(district.database, two[1], "Ёлка-1932").name == TIKHONOVA
    assert district.database.actor == TIKHONOVA


def test_wrong_passwords_in_a_row_wait_longer_each_time(district: District, two: tuple[int, int]) -> None:
    secret(district, two[1], "Ёлка-1932")
    seconds = [0.0]
    guesses = Guesses(lambda: seconds[0])

    def attempt(password: str) -> str:
        with pytest.raises(AppError) as refused:
            people.sign_in(district.database, two[1], password, guesses)
        return str(refused.value).replace("\u00a0", " ")

    assert "попытка" not in attempt("1")
    assert "попытка" not in attempt("2")
    assert "Следующая попытка — через 2 секунды." in attempt("3")
    assert attempt("Ёлка-1932") == (
        f"Несколько неверных паролей подряд: {TIKHONOVA} Следующая попытка — через 2 секунды."
    ), "not even the right one is looked at in the pause"
    seconds[0] = 2.1
    assert "через 4 секунды" in attempt("4")
    seconds[0] = 100
    people.sign_in(district.database, two[1], "Ёлка-1932", guesses)
    assert "попытка" not in attempt("5"), "the right one forgets what was wrong before"


def test_the_hash_of_a_password_is_nowhere_in_the_journal(district: District, two: tuple[int, int]) -> None:
    secret(district, two[1], "Ёлка-1932")
    with district.database.read() as session:
        kept = session.get_one(Person, two[1]).password
        told = [*session.scalars(select(JournalValue.after)), *session.scalars(select(JournalValue.before))]
        titles = list(session.scalars(select(Batch.title)))
    assert kept.startswith("$argon2id$")
    assert not [text for text in told if text and ("argon2" in text or "Ёлка" in text or kept[-20:] in text)]
    assert "Люди: задан пароль" in titles
    assert check_database(district.database).sound
    with district.database._writers.begin() as connection:  # past the program
        connection.exec_driver_sql("UPDATE person SET password = '$argon2id$another' WHERE id = ?", (two[1],))
    assert [fault for fault in check_database(district.database).faults if "«password»" in fault]


def test_a_set_password_is_not_undone_and_the_rest_of_a_person_is(district: District, two: tuple[int, int]) -> None:
    secret(district, two[1], "Ёлка-1932")
    last = district.read(recent_changes, 1)[0].id
    with pytest.raises(AppError, match="прежнего пароля журнал не хранит"):
        district.write(undo_batch, last, kind="undo")
    change = {"name": "Тихонова А. П.", "post": "главный специалист", "role": Role.HEAD}
    district.write(people.change_person, two[1], kind="people", **change)
    district.write(undo_batch, district.read(recent_changes, 1)[0].id, kind="undo")
    row = district.read(people.person_of, two[1])
    assert (row.name, row.post, row.role, row.has_password) == (TIKHONOVA, "", Role.OPERATOR, True)


def test_the_last_administrator_stays(district: District, two: tuple[int, int]) -> None:
    with pytest.raises(AppError, match="единственный администратор"):
        district.write(people.deactivate, two[0], kind="people")
    with pytest.raises(InvalidRecord, match="единственный администратор"):
        district.write(people.change_person, two[0], name=ERMAKOVA, post="", role=Role.HEAD, kind="people")
    district.write(people.change_person, two[1], name=TIKHONOVA, post="", role=Role.ADMINISTRATOR, kind="people")
    raised = district.read(recent_changes, 1)[0].id
    district.write(people.deactivate, two[0], kind="people")
    people.sign_in(district.database, two[1])
    with pytest.raises(AppError, match="не осталось бы ни одного администратора"):
        district.write(undo_batch, raised, kind="undo")


def test_a_person_who_left_is_not_chosen_but_still_named(district: District, two: tuple[int, int]) -> None:
    people.sign_in(district.database, two[1])
    district.ngo("АНО «Свет»")
    people.sign_in(district.database, two[0])
    district.write(people.deactivate, two[1], kind="people")
    assert [row.name for row in district.read(people.people)] == [ERMAKOVA]
    assert [row.name for row in district.read(people.people, everyone=True)] == [ERMAKOVA, TIKHONOVA]
    with pytest.raises(AppError, match="отключили"):
        people.sign_in(district.database, two[1])
    assert TIKHONOVA in {batch.actor for batch in district.read(recent_changes, 20)}
    namesake = enter(district, TIKHONOVA)
    with pytest.raises(AppError, match="уже есть среди действующих"):
        district.write(people.reactivate, two[1], kind="people")
    district.write(people.deactivate, namesake, kind="people")
    district.write(people.reactivate, two[1], kind="people")
    assert people.sign_in(district.database, two[1]).name == TIKHONOVA


def test_names_are_told_apart(district: District, two: tuple[int, int]) -> None:
    for name, sentence in (("  ", "Напишите фамилию"), ("ТИХОНОВА А.С.", "уже есть среди людей"), ("я" * 121, "120")):
        with pytest.raises(InvalidRecord, match=sentence):
            enter(district, name)
    assert district.read(people.named, "тихонова а. с.").id == two[1]
    with pytest.raises(AppError, match=f"В файле записаны: {ERMAKOVA}, {TIKHONOVA}"):
        district.read(people.named, "Сидорова")


def test_passwords_are_typed_twice_and_may_be_taken_away(district: District, two: tuple[int, int]) -> None:
    for password, again, field in (("123", "123", "password"), ("12345", "12346", "again")):
        with pytest.raises(InvalidRecord) as refused:
            district.write(people.set_password, two[1], password, again, kind="people")
        assert set(refused.value.faults) == {field}
    secret(district, two[1], "1234")
    district.write(people.remove_password, two[1], kind="people")
    assert not district.read(people.person_of, two[1]).has_password
    people.sign_in(district.database, two[1])


def test_undoing_the_first_person_opens_the_file_to_all_again(district: District) -> None:
    first = enter(district, TIKHONOVA)
    people.sign_in(district.database, first)
    district.write(undo_batch, district.read(recent_changes, 1)[0].id, kind="undo")
    assert district.read(people.people) == ()
    district.ngo("АНО «Свет»")
