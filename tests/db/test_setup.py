"""A new district: its chain, dictionaries, calendar, unit and settings."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from app.core.clock import Clock
from app.core.errors import AppError, InvalidRecord
from app.core.periods import Quarter
from app.core.settings import Settings
from app.models import (
    Activity,
    LegalForm,
    NeedCategory,
    NeedCategoryService,
    ServiceCode,
    Setting,
    Settlement,
    Territory,
)
from app.models.database import Database
from app.usecases.dictionaries import refresh_dictionaries, shipped
from app.usecases.setup import (
    chain,
    create_district,
    save_calendar_day,
    save_settings,
    save_unit,
    settings,
    territories,
    territory_on,
    unit,
    work_calendar,
)


def rows_by_form(database: Database) -> dict[str, set[str]]:
    with database.read() as session:
        forms = session.scalars(select(LegalForm)).all()
    return {row: {form.code for form in forms if form.row == row} for row in ("111", "112", "113", "114", "115", "116")}


def test_legal_forms_fall_into_the_rows_of_the_return(database: Database) -> None:
    rows = rows_by_form(database)
    assert rows["111"] == {"20200", "20202", "20210", "20211"}
    assert rows["112"] == {"70400", "70401", "70403", "70404"}
    assert (rows["113"], rows["114"], rows["115"]) == ({"71400"}, {"71500"}, {"21100"})
    with database.read() as session:
        assert not session.get_one(LegalForm, "20201").may_be_sonko
        assert session.get_one(LegalForm, "71610").warning
        assert {f.code for f in session.scalars(select(LegalForm).where(LegalForm.hidden))} == {"20700", "20716"}


def test_the_dictionaries_of_the_field(database: Database) -> None:
    with database.read() as session:
        activities = session.scalars(select(Activity)).all()
        assert {a.code for a in activities if a.valid_from is None} == {str(n) for n in range(1, 19)}
        assert {a.valid_from for a in activities if a.valid_from} == {date(2025, 11, 26), date(2025, 12, 24)}
        services = session.scalars(select(ServiceCode).order_by(ServiceCode.sort)).all()
        assert " ".join(s.code for s in services) == "К1 К2 К3 К4 С1 С2 С3 О1 О2 П1 П2 П3 И1 И2 В1 В2 М1"
        assert {s.code for s in services if s.hours_required} == {"К2", "К3", "К4", "П1", "П2", "О1"}
        assert len(session.scalars(select(NeedCategory)).all()) == 11
        # Each service answers one category.
        answers = [link.service_code for link in session.scalars(select(NeedCategoryService))]
        assert sorted(answers) == sorted(s.code for s in services)


def test_settlements_are_those_of_the_classifier(database: Database, shared_data: Path) -> None:
    with (shared_data / "oktmo_lenobl_2019.csv").open(encoding="utf-8", newline="") as text:
        listed = {row["oktmo8"]: row["parent_oktmo8"] for row in csv.DictReader(text) if row["level"] in ("GP", "SP")}
    with database.read() as session:
        kept = {row.oktmo: row.territory_code for row in session.scalars(select(Settlement))}
    assert kept == listed
    assert len(kept) == 200


def test_every_shipped_row_is_kept(database: Database) -> None:
    with database.read() as session:
        for name, kept in {
            "territories": Territory, "settlements": Settlement, "legal_forms": LegalForm, "activities": Activity,
            "services": ServiceCode, "need_categories": NeedCategory,
        }.items():  # fmt: skip
            assert len(session.scalars(select(kept)).all()) == len(list(shipped(name))) > 0


@pytest.mark.parametrize("code", ["41618000", "41518000"])
def test_gatchina_is_a_chain_of_two(tmp_path: Path, code: str) -> None:
    clock = Clock.fixed(date(2024, 6, 1))
    with create_district(tmp_path / "район.db", code, clock=clock) as made, made.read() as session:
        assert [row.code for row in chain(session)] == ["41618000", "41518000"]
        assert territory_on(session, date(2024, 5, 12)).code == "41618000"
        assert territory_on(session, date(2024, 5, 13)).code == "41518000"
        assert territory_on(session, Quarter(2024, 1).last_day).name == "Гатчинский муниципальный район"
        assert territory_on(session, Quarter(2024, 2).last_day).name == "Гатчинский муниципальный округ"
        assert unit(session)["administration"] == (
            "Администрация Гатчинского муниципального округа Ленинградской области"
        )
        ended = session.scalars(select(Settlement.valid_to).where(Settlement.territory_code == "41618000"))
        assert set(ended) == {date(2024, 5, 12)}


def test_a_district_alone(database: Database) -> None:
    with database.read() as session:
        assert [row.code for row in chain(session)] == ["41609000"]
        assert len([t for t in territories(session) if t.valid_to is None]) == 18
        administration = "Администрация Волховского муниципального района Ленинградской области"
        assert unit(session)["administration"] == administration
        assert unit(session)["addressee"] == "Комитет общественных коммуникаций Ленинградской области"
        with pytest.raises(AppError, match=r"На 01\.01\.1999"):
            territory_on(session, date(1999, 1, 1))


@pytest.mark.parametrize("code", ["41609101", "47000000", "", "район"])
def test_an_unknown_code_makes_no_file(tmp_path: Path, code: str) -> None:
    with pytest.raises(AppError, match="ОКТМО"):
        create_district(tmp_path / "район.db", code)
    assert list(tmp_path.iterdir()) == []


def test_the_calendar_knows_moved_days_and_may_be_edited(database: Database) -> None:
    with database.read() as session:
        calendar = work_calendar(session)
        assert calendar.is_working(date(2024, 12, 28))  # a Saturday worked for Monday the 30th
        assert not calendar.is_working(date(2024, 12, 30))
        assert calendar.return_due(Quarter(2025, 4)) == date(2026, 1, 12)  # the 10th is a Saturday
        assert calendar.return_due(Quarter(2026, 3)) == date(2026, 10, 12)
    with database.write("settings", "Календарь") as session:
        save_calendar_day(session, date(2026, 10, 12), False, "Перенос")
    with database.read() as session:
        assert work_calendar(session).return_due(Quarter(2026, 3)) == date(2026, 10, 13)
    with database.write("settings", "Календарь") as session:
        save_calendar_day(session, date(2026, 10, 12), True)
    with database.read() as session:
        assert date(2026, 10, 12) not in work_calendar(session).exceptions


def test_a_newer_program_adds_codes_and_touches_no_edited_row(database: Database) -> None:
    with database.write("settings", "Справочники") as session:
        session.get_one(ServiceCode, "К1").title = "Наша консультация"
        session.get_one(NeedCategory, "other").title = "Разное"
        for link in session.scalars(select(NeedCategoryService).where(NeedCategoryService.category_code == "legal")):
            session.delete(link)
    with database.write("settings", "Обновление справочников") as session:
        assert refresh_dictionaries(session) == 0
        assert session.get_one(ServiceCode, "К1").title == "Наша консультация"
        query = select(NeedCategoryService).where(NeedCategoryService.category_code == "legal")
        assert session.scalars(query).all() == []


def test_a_district_that_became_an_okrug_learns_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program of 2023 knew no successor of Gatchina; that of today brings it, and the chain grows."""
    from app.usecases import dictionaries

    def of_2023(name: str) -> list[dict[str, str]]:
        rows = [dict(row) for row in shipped(name)]
        if name != "territories":
            return rows
        return [{**row, "valid_to": "", "successor_code": ""} for row in rows if row["code"] != "41518000"]

    monkeypatch.setattr(dictionaries, "shipped", of_2023)
    with create_district(tmp_path / "район.db", "41618000", clock=Clock.fixed(date(2023, 6, 1))) as made:
        with made.read() as session:
            assert [row.code for row in chain(session)] == ["41618000"]
        monkeypatch.setattr(dictionaries, "shipped", shipped)
        with made.write("settings", "Обновление справочников") as session:
            assert refresh_dictionaries(session) == 1
        with made.read() as session:
            assert [(row.code, row.valid_to) for row in chain(session)] == [
                ("41618000", date(2024, 5, 12)), ("41518000", None)
            ]  # fmt: skip


def test_settings_are_kept_while_they_differ(database: Database) -> None:
    with database.write("settings", "Настройки") as session:
        save_settings(session, {"due_day": "12", "grant_limit": "300 000,5", "binding_margin": True})
    with database.read() as session:
        assert settings(session) == Settings(due_day=12, grant_limit=Decimal("300000.50"), binding_margin=True)
    with database.write("settings", "Настройки") as session:
        save_settings(session, {"due_day": 10, "grant_limit": Decimal(250000), "binding_margin": False})
    with database.read() as session:
        assert settings(session) == Settings()
        assert session.scalars(select(Setting)).all() == []


@pytest.mark.parametrize(
    ("key", "given", "sentence"),
    [("due_day", "x", "не число"), ("due_day", "31", "от 1 до 28"), ("due_day", "1.5", "не число"),
     ("need_days", -1, "отрицательным"), ("grant_limit", "nan", "не число"), ("noise_money", "", "не число")],
)  # fmt: skip
def test_a_wrong_setting_is_told(database: Database, key: str, given: object, sentence: str) -> None:
    with pytest.raises(InvalidRecord) as told, database.write("settings", "Настройки") as session:
        save_settings(session, {key: given, "register_days": 5})
    assert sentence in told.value.faults[key]
    with database.read() as session:
        assert settings(session) == Settings()


def test_the_unit_keeps_what_is_given(database: Database) -> None:
    with database.write("settings", "Подразделение") as session:
        save_unit(session, {"name": " Отдел  по работе с НКО ", "site_updated_on": date(2026, 9, 1)})
    with database.read() as session:
        kept = unit(session)
        assert (kept["name"], kept["site_updated_on"]) == ("Отдел по работе с НКО", date(2026, 9, 1))
        assert kept["administration"].startswith("Администрация")
    with pytest.raises(InvalidRecord), database.write("settings", "Подразделение") as session:
        save_unit(session, {"administration": " "})
