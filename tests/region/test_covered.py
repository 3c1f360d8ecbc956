"""`coverage`, `justify` and `commission` over files that districts sent: duplicates, reasons, money, check 45."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from app.core.clock import Clock
from app.models import Batch, CentreAgreement, PackageCode, PackageVolume, RegionPlan, ResourceCentre, ServicePackage
from app.models.database import Database
from app.usecases.region_justified import KIND, justify
from app.usecases.region_whole import whole
from app.usecases.undoing import undo_batch
from tests.region.made import NORTH, Q3, SOUTH, made_of, words, workbook_of
from tests.region.region import Region, Sent

Sends = Callable[..., Sent]
REASON = "Сетевой проект"


def opened(region: Region) -> Database:
    return Database.open(region.db, clock=Clock.fixed(date(2026, 10, 26)), actor="Иванова А. П.", account="ivanova")


def covered(region: Region) -> dict[str, object]:
    return region.json("coverage", "2026-Q3", "--out", str(region.folder / "покрытие"))


def the_duplicate(region: Region) -> dict[str, object]:
    [one] = covered(region)["duplicates"]
    return one


def test_one_ngo_helped_by_two_centres_is_found_and_nothing_else(two: Region) -> None:
    told = covered(two)
    [one] = told["duplicates"]
    assert (one["kind"], one["code"], one["districts"], one["reason"]) == ("ngo", "К4", [NORTH, SOUTH], "")
    assert one["key"].startswith("ngo:2026-Q3:К4:1234700000017:")
    assert told["inefficient"] == [one["key"]]
    assert told["holes"] == []
    pdf, xlsx = (Path(file) for file in told["files"])
    assert [pdf.name, xlsx.name] == [f"НКО-47-кв_покрытие_2026-Q3.{ext}" for ext in ("pdf", "xlsx")]
    said = words(pdf)
    assert "АНО «Светлый берег»: К4 в течение 30 дней от разных центров" in said
    assert "Стоимость единицы услуги: нет данных" in said
    assert load_workbook(io.BytesIO(xlsx.read_bytes())).sheetnames == [
        "Покрытие", "По кодам услуг", "Дыры", "Дублирование", "Обещано и сделано", "Стоимость",
    ]  # fmt: skip


def test_a_justified_duplicate_is_not_inefficient_until_the_reason_is_taken_back(two: Region) -> None:
    key = str(the_duplicate(two)["key"])
    with opened(two) as database, database.write(KIND, "Дублирование обосновано") as session:
        justify(session, key, REASON)
    told = covered(two)
    [one] = told["duplicates"]
    assert (one["reason"], one["justified_by"], one["justified_on"]) == (REASON, "Иванова А. П.", "2026-10-26")
    assert told["inefficient"] == []
    said = words(Path(told["files"][0]))
    assert "Обоснованное дублирование" in said
    assert "Сетевой проект (Иванова А. П., 26.10.2026)" in said
    assert two("justify", key, "--take-back")[:2] == (0, "Обоснование снято.\n")
    assert covered(two)["inefficient"] == [key]
    assert two("check")[0] == 0


def test_a_reason_is_journalled_and_undone(two: Region) -> None:
    key = str(the_duplicate(two)["key"])
    assert two("justify", key, "--reason", "Выбор НКО")[:2] == (0, "Обосновано: Выбор НКО.\n")
    assert two("justify", key, "--reason", REASON)[0] == 0, "another reason takes its place"
    assert the_duplicate(two)["reason"] == REASON
    with opened(two) as database:
        for expected in ("Выбор НКО", ""):
            with database.read() as session:
                batch = session.scalars(
                    select(Batch.id).where(Batch.kind == KIND, Batch.undone_by_id.is_(None)).order_by(Batch.id.desc())
                ).first()
            with database.write("undo", "Отмена") as session:
                undo_batch(session, batch)
            with database.read() as session:
                assert whole(session, Q3).coverage.duplicates[0].reason == expected
    with closing(sqlite3.connect(two.db)) as other:
        kept = other.execute("SELECT count(*) FROM journal WHERE table_name = 'duplicate_reason'").fetchone()
    assert kept == (4,)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("нет такого", "--reason", REASON), "не ключ дублирования"),
        (("ngo:2026-Q3:К4:1:2", "--reason", REASON), "Такого дублирования за III квартал 2026 г. нет"),
        (("ngo:2026-Q3:К4:1:2", "--reason", " "), "Причина не указана"),
        (("ngo:2026-Q3:К4:1:2", "--take-back"), "снимать нечего"),
    ],
)
def test_a_reason_of_nothing_is_refused(two: Region, command: tuple[str, ...], said: str) -> None:
    code, _, err = two("justify", *command)
    assert code == 2
    assert said in err


# --- money: plans, agreements and packages that the region keeps --------------------------------


def with_plans(region: Region, *, agreements: bool = True, package: int = 12) -> None:
    """Two centres of one name, each with its district's plan of К4; the northern one has its money told."""
    with opened(region) as database, database.write("edit", "Планы") as session:
        centre = ResourceCentre(name="АНО «Опора»")
        session.add(centre)
        session.flush()
        for oktmo, money in ((NORTH, 24000), (SOUTH, 12000)):
            session.add(RegionPlan(centre_id=centre.id, territory_code=oktmo, service_code="К4", year=2026,
                                   volume=Decimal(12), money=Decimal(money)))  # fmt: skip
        if agreements:
            session.add(CentreAgreement(centre_id=centre.id, number="17", starts_on=date(2026, 1, 1),
                                        ends_on=date(2026, 12, 31), subsidy=Decimal(40000), competition="Отбор",
                                        year_won=2026))  # fmt: skip
        held = ServicePackage(name="Старт")
        session.add(held)
        session.flush()
        session.add(PackageCode(package_id=held.id, service_code="К4"))
        session.add(PackageVolume(package_id=held.id, territory_code=NORTH, year=2026, volume=Decimal(package)))


@pytest.fixture
def one_centre(two: Region, sent: Sends) -> Region:
    """The southern district's correction names the same centre as the northern one."""
    kept = sent(NORTH).kept
    two.intake(two.came("уточнённый.xlsx", workbook_of(kept, made_of(kept, oktmo=SOUTH, correction=1))))
    return two


def test_a_unit_costs_the_money_of_the_plan_over_the_volume(one_centre: Region) -> None:
    """36 000 ₽ for 24 consultations a year; 2 were given in three quarters, for 27 000 ₽."""
    with_plans(one_centre)
    [cost] = covered(one_centre)["costs"]
    told = {key: cost[key] for key in ("name", "code", "plan", "done", "money", "planned", "actual")}
    assert told == {
        "name": "АНО «Опора»", "code": "К4", "plan": "24.00", "done": "2.00", "money": "36000.00",
        "planned": "1500.00", "actual": "13500.00",
    }  # fmt: skip
    page = one_centre.json("consolidate", "2026-Q3", "--out", str(one_centre.folder / "свод"))["files"][2]
    assert "13 500,00" in Path(page).read_text("utf-8").replace("\u00a0", " ")


def test_a_district_whose_money_is_not_told_has_no_share_in_the_price(one_centre: Region) -> None:
    """24 000 ₽ for 12 consultations in the north, 1 of them given; the southern ones are counted, not priced."""
    with_plans(one_centre)
    with opened(one_centre) as database, database.write("edit", "Планы") as session:
        plan = session.scalars(select(RegionPlan).where(RegionPlan.territory_code == SOUTH)).one()
        plan.money = Decimal(0)
    [cost] = covered(one_centre)["costs"]
    told = {key: cost[key] for key in ("plan", "done", "money", "planned", "actual")}
    assert told == {"plan": "24.00", "done": "2.00", "money": "24000.00", "planned": "2000.00", "actual": "18000.00"}


def test_money_stands_side_by_side(two: Region, sent: Sends) -> None:
    """2 000 ₽ a consultation in the north, 1 000 ₽ in the south; each was given to two, and one of them is the NGO."""
    kept = sent(NORTH).kept
    made = made_of(kept, oktmo=SOUTH, own="b", centre="АНО «Мост»", correction=1)
    two.intake(two.came("уточнённый.xlsx", workbook_of(kept, made)))
    with opened(two) as database, database.write("edit", "Планы") as session:
        for name, oktmo, money in (("АНО «Опора»", NORTH, 24000), ("«Мост»", SOUTH, 12000)):
            centre = ResourceCentre(name=name)
            session.add(centre)
            session.flush()
            session.add(RegionPlan(centre_id=centre.id, territory_code=oktmo, service_code="К4", year=2026,
                                   volume=Decimal(12), money=Decimal(money)))  # fmt: skip
    said = words(Path(covered(two)["files"][0]))
    assert "АНО «Опора»: объём 1, 1 000,00 ₽" in said
    assert "АНО «Мост»: объём 1, 500,00 ₽" in said


def test_money_of_a_centre_that_cannot_be_told_from_another_is_not_guessed(two: Region) -> None:
    """The centre is one of two of this name: the region's plans cannot say whose they are, and so it is told."""
    with_plans(two)
    said = words(Path(covered(two)["files"][0]))
    assert "АНО «Опора»: объём 1, нет данных о деньгах" in said


def test_45_tells_what_was_not_looked_at_and_what_does_not_fit(one_centre: Region) -> None:
    def of_45() -> list[tuple[str, str]]:
        told = one_centre.json("consolidate", "2026-Q3", "--out", str(one_centre.folder / "свод"))
        return [*((one["severity"], one["text"]) for one in told["findings"] if one["check"] == "45"),
                *(("", sentence) for sentence in told["not_checked"])]  # fmt: skip

    [(_, sentence)] = of_45()
    assert "не проверялось: планов центров на 2026 год" in sentence
    with_plans(one_centre, agreements=False, package=20)
    told = of_45()
    assert [severity for severity, _ in told] == ["error", "warning"]
    assert "соглашения нет" in told[0][1]
    assert "нужно 20" in told[1][1]


def test_sound_plans_pass_45(one_centre: Region) -> None:
    with_plans(one_centre)
    told = one_centre.json("consolidate", "2026-Q3", "--out", str(one_centre.folder / "свод"))
    assert not [one for one in told["findings"] if one["check"] == "45"]
    assert told["not_checked"] == []


def test_the_commission_is_told_of_a_centre_and_of_a_district(one_centre: Region) -> None:
    with_plans(one_centre)
    for whom, said in (
        (("--centre", "опора"), ("АНО «Опора»", "(№ 17): 40 000,00 ₽", "Деньги планов на год: 36 000,00 ₽",
                                 "13 500,00 ₽ вместо 1 500,00 ₽")),
        (("--district", NORTH), ("Волосовский муниципальный район", "Деньги планов на год: 24 000,00 ₽")),
    ):  # fmt: skip
        path = one_centre.folder / f"{whom[0]}.pdf"
        assert one_centre("commission", "2026-Q3", *whom, "--out", str(path))[0] == 0
        text = words(path)
        assert "СПРАВКА ДЛЯ КОМИССИИ ПО СУБСИДИЯМ" in text
        for sentence in said:
            assert sentence in text


def test_a_name_of_several_centres_asks_which(two: Region) -> None:
    code, _, err = two("commission", "2026-Q3", "--centre", "АНО «Опора»", "--out", str(two.folder / "с.pdf"))
    assert code == 2
    assert "несколько: АНО «Опора» (" in err
    assert "Назовите то, что в скобках" in err
    key = err.split("АНО «Опора» (")[1].split(")")[0]
    code, out, _ = two("commission", "2026-Q3", "--centre", key, "--out", str(two.folder))
    assert code == 0
    assert "НКО-47-кв_справка_2026-Q3_АНО Опора.pdf" in out
