"""Commands of people: who works, a working copy, its packet, and the packet taken in."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.core.roles import Role
from app.models.database import Database
from app.usecases import people
from app.usecases.history import recent_changes
from app.usecases.records import save
from tests.cli.desk import LIST, Desk

ERMAKOVA, TIKHONOVA = "Ермакова Л. В.", "Тихонова А. С."


@pytest.fixture
def peopled(desk: Desk) -> Desk:
    """An administrator with a password, an operator without one, a viewer."""
    database = Database.open(desk.db)
    with database.write("people", "Люди") as session:
        first = people.add_person(session, ERMAKOVA)
        people.set_password(session, first, "Ёлка-1932")
        people.add_person(session, TIKHONOVA)
        people.add_person(session, "Гость", role=Role.VIEWER)
    database.close()
    return desk


def change(path: Path, person: str = "", **values: object) -> None:
    database = Database.open(path)
    if person:
        with database.read() as session:
            id = people.named(session, person).id
        people.sign_in(database, id)
    with database.write("edit", "правка") as session:
        save(session, "ngo", values, id=1)
    database.close()


def test_without_people_nobody_is_asked(desk: Desk) -> None:
    assert desk("import", "ngos", desk.file("НКО.csv", LIST))[0] == 1
    code, _, err = desk("--person", TIKHONOVA, "check")
    assert (code, err) == (2, "В этом файле люди не записаны. Повторите команду без --person.\n")


def test_a_write_names_its_person_and_a_read_need_not(peopled: Desk) -> None:
    path = peopled.file("НКО.csv", LIST)
    code, _, err = peopled("import", "ngos", path)
    assert code == 2
    assert "сначала скажите, кто работает" in err
    assert "--person" in err
    assert peopled("check")[0] == 0
    assert peopled("--person", "тихонова а.с.", "import", "ngos", path)[0] == 1
    database = Database.open(peopled.db)
    with database.read() as session:
        assert recent_changes(session, 1)[0].actor == TIKHONOVA
    database.close()


def test_roles_hold_for_commands(peopled: Desk) -> None:
    path = peopled.file("НКО.csv", LIST)
    code, out, err = peopled("--person", "Гость", "import", "ngos", path)
    assert (code, out) == (2, "")
    assert err.startswith("Ваша роль — просмотр: записать ничего нельзя.")
    assert peopled("--person", "Гость", "import", "ngos", path, "--dry-run")[0] in (0, 1)
    code, _, err = peopled("--person", "Сидорова", "check")
    assert (code, err) == (2, f"Человека «Сидорова» в файле нет. В файле записаны: Гость, {ERMAKOVA}, {TIKHONOVA}\n")


def test_a_password_comes_from_the_environment(peopled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    code, _, err = peopled("--person", ERMAKOVA, "check")
    assert (code, err) == (2, f"{ERMAKOVA} входит по паролю. Положите его в переменную окружения KURATOR_PASSWORD.\n")
    monkeypatch.setenv("KURATOR_PASSWORD", "не тот")
    code, _, err = peopled("--person", ERMAKOVA, "check")
    assert code == 2
    assert err.startswith(f"Пароль не подошёл: {ERMAKOVA}")
    monkeypatch.setenv("KURATOR_PASSWORD", "Ёлка-1932")
    assert peopled("--person", ERMAKOVA, "check")[0] == 0


def test_a_copy_goes_out_and_its_packet_comes_back(desk: Desk, tmp_path: Path) -> None:
    assert desk("import", "ngos", desk.file("НКО.csv", LIST))[0] == 1
    copy, sent = tmp_path / "копия.db", tmp_path / "для_района"
    code, out, _ = desk("working-copy", "--for", TIKHONOVA, "--out", str(copy))
    assert code == 0
    assert out.startswith(f"Рабочая копия записана: {copy}.")
    assert desk("working-copy", "--for", TIKHONOVA, "--out", str(copy))[0] == 2, "nothing is replaced"
    change(copy, phone="8 (81370) 00-002", email="svet@example.ru")
    change(desk.db, phone="8 (81370) 00-003")
    main, desk.db = desk.db, copy
    told = desk.json("packet", "--out", str(sent))
    assert told == {"file": f"{sent}.kurator-packet", "records": 1, "for": TIKHONOVA}
    assert desk("packet", "--out", str(sent))[0] == 2
    desk.db = main
    code, out, _ = desk("take-packet", told["file"], "--dry-run")
    assert code == 1
    assert out.splitlines() == [
        (
            f"Было бы записано 1 из рабочей копии ({TIKHONOVA}). Записей: новых 0, изменённых 0, без изменений 0, "
            "спорных 1, с ошибками 0."
        ),
        "Изменено и здесь, и в копии: 1; оставлено своё.",
        "  НКО, АНО «Светлый берег»: служебный телефон: здесь 8 (81370) 00-003, в копии 8 (81370) 00-002",
    ]
    assert desk.json("take-packet", told["file"], "--take", "hers")["written"] == 1
    again = desk.json("take-packet", told["file"])
    assert (again["written"], again["same"], again["rows"]) == (0, 1, [])
    database = Database.open(desk.db)
    with database.read() as session:
        assert recent_changes(session, 1)[0].title == f"Из рабочей копии ({TIKHONOVA}): изменённых 1"
    database.close()


def test_what_is_no_packet_writes_nothing(desk: Desk) -> None:
    code, out, err = desk("take-packet", desk.file("x.kurator-packet", "{}"))
    assert (code, out) == (2, "")
    assert err.startswith("Это не пакет рабочей копии.")
    code, _, err = desk("take-packet", "нет.kurator-packet")
    assert code == 2
    assert "не читается" in err
    code, _, err = desk("packet", "--out", str(desk.folder / "y"))
    assert (code, err.startswith("Этот файл — не рабочая копия")) == (2, True)
    assert not list(desk.folder.glob("y*"))
