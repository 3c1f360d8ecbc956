"""The region's комплект goes down: numbered, kept, taken in by a district, and told by its next return."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from app.core.clock import Clock
from app.core.errors import AppError
from app.core.periods import Quarter
from app.models import CentrePlan, ServiceCode
from app.models.database import Database
from app.returns.package import Package
from app.returns.package_codec import fingerprint, read_package
from app.usecases import quarter_returns, region_package
from app.usecases.backup import check_database
from app.usecases.region_package_issuing import prospect
from app.usecases.region_package_use import packages_in_use
from app.usecases.undoing import undo_batch
from tests.factories import District
from tests.region.region import Region, Sent
from tests.region_down.tables import GAMES, INSTITUTE, OGRN, SECOND, plans_csv

Q3 = Quarter(2026, 3)
Sends = Callable[..., Sent]
Districts = Callable[[str], District]


def issue(region: Region, today: str = "20.10.2026") -> dict[str, Any]:
    return region.json("package", "--out", str(region.folder / "комплекты") + "/", today=today)


def package_of(told: dict[str, Any]) -> Package:
    with open(told["file"], "rb") as file:
        return read_package(file.read())


def renamed(region: Region, title: str, today: date = date(2026, 10, 22)) -> None:
    """The region's administrator gives a service another name."""
    with Database.open(region.db, clock=Clock.fixed(today)) as database, database.write("settings", "К4") as session:
        session.get_one(ServiceCode, "К4").title = title
        session.flush()


def test_a_package_says_all_that_districts_keep_alike(region: Region) -> None:
    assert region("plans", "--take", str(plans_csv(region, INSTITUTE, SECOND, GAMES)))[0] == 0
    told = issue(region)
    package = package_of(told)
    assert (told["number"], told["previous"], told["new"], told["on"]) == (1, None, True, "2026-10-20")
    assert told["sha256"] == fingerprint(package)
    assert told["file"].endswith("НКО-47_комплект_1_2026-10-20.json")
    assert package.by.startswith("Комитет")
    assert [term.version for term in package.forms] == ["2026.1"]
    assert {one.territory: (one.centre, one.ogrn, one.service, int(one.volume)) for one in package.plans} == {
        "41612000": ("АНО «Институт»", OGRN, "К4", 40), "41518000": ("АНО «Институт»", OGRN, "К4", 30),
        "41633000": ("МОО «Чистые игры»", "", "О1", 5),
    }  # fmt: skip
    assert all(told["parts"][part] for part in ("activities", "legal_forms", "services", "categories", "calendar"))
    assert told["parts"]["territories"] == 19
    assert next(one for one in package.categories if one.code == "finance").services == ("К4", "С3")


def test_without_changes_it_is_the_one_that_is_kept(region: Region) -> None:
    first = issue(region)
    bytes_ = package_of(first)
    again = issue(region, today="30.10.2026")
    assert (again["number"], again["new"], again["sha256"]) == (1, False, first["sha256"])
    assert package_of(again) == bytes_
    renamed(region, "Консультация по грантам")
    second = issue(region, today="31.10.2026")
    assert (second["number"], second["previous"], second["changed"]) == (2, 1, 1)
    assert package_of(second).services != bytes_.services


def test_what_differs_is_told_entry_by_entry(region: Region) -> None:
    issue(region)
    renamed(region, "Консультация по грантам")
    region("plans", "--take", str(plans_csv(region, INSTITUTE)))
    with Database.open(region.db, clock=Clock.fixed(date(2026, 10, 23))) as database, database.read() as session:
        found = prospect(session)
    assert [(one.part, one.what, one.before, one.after) for one in found.differences] == [
        ("services", "changed", "Консультация по грантам и проектированию", "Консультация по грантам"),
        ("plans", "new", "", "40"),
    ]
    assert (found.package.number, found.is_new, found.last and found.last.number) == (2, True, 1)


def test_an_issued_package_is_never_changed_and_is_looked_over(region: Region) -> None:
    issue(region)
    connection = sqlite3.connect(region.db)
    for statement in ("UPDATE issued_package SET number = 5", "DELETE FROM issued_package",
                      "INSERT OR REPLACE INTO issued_package SELECT * FROM issued_package"):  # fmt: skip
        with pytest.raises(sqlite3.IntegrityError, match="issued is never"):
            connection.execute(statement)
    connection.rollback()
    assert region("check")[1] == "База, журнал и утверждённые отчёты в порядке.\n"
    connection.execute("DROP TRIGGER issued_package_no_update")
    connection.execute("UPDATE issued_package SET file = CAST(replace(CAST(file AS TEXT), 'Комитет', 'Отдел') AS BLOB)")
    connection.commit()
    connection.close()
    with Database.open(region.db) as database:
        faults = check_database(database).faults
    assert "Выпущенный комплект №\u00a01 не сходится со своей контрольной строкой." in faults


def test_an_issued_package_is_not_undone(region: Region) -> None:
    issue(region)
    with Database.open(region.db, clock=Clock.fixed(date(2026, 10, 25))) as database:
        number = database_batches(database)[-1]
        with pytest.raises(AppError, match="не отменяются"), database.write("undo", "Отмена") as session:
            undo_batch(session, number)


def database_batches(database: Database) -> list[int]:
    with database.read() as session:
        return [id for (id,) in session.connection().exec_driver_sql("SELECT id FROM batch ORDER BY id")]


def test_an_entry_no_district_could_take_is_told_with_its_place(region: Region) -> None:
    renamed(region, "Консультация ")
    code, out, err = region("package", "--out", str(region.folder / "к.json"))
    assert (code, out) == (2, "")
    assert "Комплект не записан: каталог услуг, строка" in err
    assert "Исправьте эту запись" in err
    assert not (region.folder / "к.json").exists()


def test_a_district_has_no_package_to_send(region: Region, tmp_path: Any) -> None:
    with District(tmp_path) as district:
        region.db = district.path
    assert region("package", "--out", str(region.folder / "к.json"))[0] == 2


def test_down_to_a_district_and_back_with_its_return(region: Region, sent: Sends, district_of: Districts) -> None:
    """Seen and taken in; the next return says under which комплект it was made; the region reads that."""
    region("plans", "--take", str(plans_csv(region, INSTITUTE, SECOND)))
    told = issue(region)
    with open(told["file"], "rb") as file:
        content = file.read()
    with district_of("41612000") as district:
        seen = district.read(region_package.preview, content)
        plan = next(row for row in seen.rows if row.part == "centre_plan")
        assert (plan.code, plan.note) == ("К4", "Центра на учёте нет: заведётся его карточка.")
        assert (seen.elsewhere, seen.counts.doubtful, seen.counts.rejected) == (1, 0, 0)
        district.write(region_package.take, content, kind="region", title="Комплект")
        assert district.read(region_package.in_force).sha256 == told["sha256"]
        plans = district.read(lambda session: session.scalars(select(CentrePlan)).all())
        assert [plan.volume for plan in plans] == [40]
        district.ngo("АНО «Третий берег»", taken_on="2026-08-04", address="г. Мурино, д. 3")
        kept = district.write(quarter_returns.freeze, Q3, reason="Нашли третью НКО", kind="return")
    assert kept.ret.head.package == "№\u00a01 от 20.10.2026"
    region.intake(region.came(f"НКО-47-кв_41612000_2026-Q3_{kept.ret.head.correction}.xlsx", kept.xlsx))
    assert region.place("41612000")["package"] == {
        "number": 1, "on": "2026-10-20", "standing": "latest", "newest": 1,
    }  # fmt: skip
    assert region.json("board", "2026-Q3")["old_package"] == []


def test_the_board_names_who_works_with_an_old_one(region: Region, sent: Sends) -> None:
    """The returns were approved on 5 and 20 October under no комплект at all."""
    region.intake(region.came("а.xlsx", sent("41606000").xlsx), region.came("б.xlsx", sent("41612000", 1).xlsx))
    assert region.place("41606000")["package"]["standing"] == "latest", "no комплект was ever issued"
    issue(region, today="12.10.2026")
    told = region.json("board", "2026-Q3")
    packages = {place["oktmo"]: place["package"] for place in told["places"]}
    assert packages["41606000"] == {"number": None, "on": None, "standing": "earlier", "newest": None}
    assert packages["41612000"] == {"number": None, "on": None, "standing": "old", "newest": 1}
    assert packages["41603000"] is None
    assert told["old_package"] == ["41612000"]
    _, out, _ = region("board", "2026-Q3")
    assert out.strip().endswith(
        "Работают со старым комплектом: 41612000 Всеволожский муниципальный район (без комплекта, а выпущен № 1)."
    )


def test_under_what_each_district_works_by_its_last_return(
    region: Region, sent: Sends, by_hand: Callable[..., bytes]
) -> None:
    issue(region, today="12.10.2026")
    region.intake(region.came("а.xlsx", sent("41612000", 1).xlsx), region.came("б.xlsx", by_hand("41606000")))
    with Database.open(region.db, clock=Clock.fixed(date(2026, 10, 25))) as database, database.read() as session:
        found = packages_in_use(session)
    assert found["41612000"].is_old
    assert found["41606000"].words == "не известно: отчёт заполнен от руки"
    assert found["41603000"].words == "отчёта нет"
    assert len(found) == 18


def test_one_issued_on_the_very_day_of_the_return_is_not_held_against_it(region: Region, sent: Sends) -> None:
    region.intake(region.came("б.xlsx", sent("41612000", 1).xlsx))
    issue(region, today="20.10.2026")
    assert region.place("41612000")["package"]["standing"] == "earlier"
    assert region.json("board", "2026-Q3")["old_package"] == []


def test_a_return_may_say_anything_of_its_package(region: Region, sent: Sends) -> None:
    """The head is the district's: a day that is none breaks nothing."""
    one = sent("41612000", 1)
    region.intake(region.came("б.xlsx", one.xlsx))
    issue(region, today="12.10.2026")
    connection = sqlite3.connect(region.db)
    connection.execute("DROP TRIGGER received_return_no_update")
    wild = """UPDATE received_return SET data = replace(data, '"package":""', '"package":"№ 1 от 99.99.2026"')"""
    connection.execute(wild)
    connection.commit()
    connection.close()
    assert region.place("41612000")["package"] == {"number": 1, "on": None, "standing": "latest", "newest": 1}
