"""Plans of centres that the region holds: from a filled table, seen before they are taken, undone as one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from app.core.clock import Clock
from app.core.errors import AppError, InvalidRecord
from app.models.database import Database
from app.models.journal import verify
from app.usecases.region_contracts import contracts
from app.usecases.region_plan_packages import packages
from app.usecases.region_plans import KIND, centres, plans, remove_plans, save_centre, save_plan
from app.usecases.rows_and_journal import rows_changed_past_journal
from app.usecases.undoing import undo_batch
from tests.region.region import Region
from tests.region_down.tables import GAMES, INSTITUTE, OGRN, SECOND, plans_csv, typed

TODAY = date(2026, 10, 25)


def opened(region: Region) -> Database:
    return Database.open(region.db, clock=Clock.fixed(TODAY))


def take(region: Region, *rows: Any, more: tuple[str, ...] = ()) -> dict[str, Any]:
    return region.json("plans", "--take", str(plans_csv(region, *rows)), *more)


def told(region: Region) -> dict[str, Any]:
    return region.json("plans")


def test_plans_and_agreements_come_from_one_table(region: Region) -> None:
    found = take(region, INSTITUTE, SECOND, GAMES)
    assert (found["new"], found["rejected"]) == (3, 0)
    held = told(region)
    assert [(one["oktmo"], one["volume"], one["money"], one["unit_cost"]) for one in held["plans"]] == [
        ("41612000", "40.00", "120000.50", "3000.01"), ("41518000", "30.00", "90000.00", "3000.00"),
        ("41633000", "5.00", "0.00", None),
    ]  # fmt: skip
    institute, games = held["centres"]
    assert (institute["ogrn"], institute["subsidy"], institute["money"], institute["districts"]) == (
        OGRN, "1500000.00", "210000.50", 2,
    )  # fmt: skip
    assert institute["agreements"] == [
        {"number": "12-С", "from": "2026-02-01", "to": "2026-12-31", "subsidy": "1500000.00"}
    ]
    assert (games["name"], games["ogrn"], games["plans"]) == ("МОО «Чистые игры»", None, 1)


@pytest.mark.parametrize(("typed_code", "code"), [("k4", "К4"), ("P1", "П1"), ("Консультация юридическая", "К2")])
def test_a_code_is_known_in_latin_letters_and_by_its_title(region: Region, typed_code: str, code: str) -> None:
    take(region, (*INSTITUTE[:3], typed_code, *INSTITUTE[4:]))
    (plan,) = told(region)["plans"]
    assert plan["service"] == code


def test_it_is_seen_before_it_is_taken(region: Region) -> None:
    seen = take(region, INSTITUTE, SECOND, more=("--dry-run",))
    assert seen["new"] == 2
    assert told(region)["plans"] == []
    first = seen["rows"][0]
    assert first["note"] == "Центра ещё нет: заведётся его карточка."
    assert {change["title"]: change["new"] for change in first["changes"]} == {
        "№ соглашения": "12-С", "Действует с": "01.02.2026", "Действует по": "31.12.2026",
        "Субсидия, ₽": "1 500 000,00", "Объём": "40", "Деньги, ₽": "120 000,50",
    }  # fmt: skip


def test_the_same_table_again_changes_nothing_and_another_volume_alone(region: Region) -> None:
    take(region, INSTITUTE, SECOND)
    assert (take(region, INSTITUTE, SECOND)["same"], take(region, INSTITUTE)["left"]) == (2, 1)
    more = (*INSTITUTE[:5], "45", "", *INSTITUTE[7:])
    (row,) = take(region, more)["rows"]
    assert row["changes"] == [{"field": "volume", "title": "Объём", "old": "40", "new": "45"}]
    assert [(one["volume"], one["money"]) for one in told(region)["plans"]] == [
        ("45.00", "120000.50"), ("30.00", "90000.00"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (("АНО «Институт»", "1037739010892", "Лужский", "К4", "2026", "1"), "ОГРН"),
        (("АНО «Институт»", OGRN, "Гатчинский муниципальный район", "К4", "2026", "1"), "в 2026 году нет"),
        (("АНО «Институт»", OGRN, "Псковский", "К4", "2026", "1"), "нет в области"),
        (("АНО «Институт»", OGRN, "Лужский", "Я9", "2026", "1"), "нет в каталоге"),
        (("АНО «Институт»", OGRN, "Лужский", "К4", "2026", ""), "Не заполнено: «Объём на год»"),
        (("АНО «Институт»", OGRN, "Лужский", "К4", "2026", "-4"), "Объём"),
        (("", "", "Лужский", "К4", "2026", "1"), "Не назван центр"),
        (("АНО «Институт»", OGRN, "", "", "", "", "", "7", "01.03.2026", ""), "не указано «Действует по»"),
        (("АНО «Институт»", OGRN, "", "", "", "", "", "7", "01.03.2026", "01.02.2026"), "раньше, чем начинается"),
        (("АНО «Институт»", OGRN, "", "", "", "", "", "", "01.03.2026", "01.12.2026"), "Не указан № соглашения"),
    ],
)
def test_a_wrong_row_is_left_out_in_words_and_the_others_are_taken(
    region: Region, row: tuple[str, ...], why: str
) -> None:
    command = ("plans", "--take", str(plans_csv(region, GAMES, row)))
    code, out, _ = region(*command)
    assert code == 1
    assert "  строка 3: " in out
    assert why in out
    assert [one["centre"] for one in told(region)["plans"]] == ["МОО «Чистые игры»"]


def test_the_same_plan_twice_in_a_table_is_told(region: Region) -> None:
    found = take(region, INSTITUTE, (*INSTITUTE[:5], "7"))
    assert found["rejected"] == 1
    assert found["rows"][-1]["note"] == "Тот же план уже стоит в строке 2."


def test_a_table_is_undone_whole(region: Region) -> None:
    take(region, INSTITUTE, SECOND, GAMES)
    with opened(region) as database:
        with database.read() as session:
            (number,) = [id for id, kind in session.connection().exec_driver_sql("SELECT id, kind FROM batch")
                         if kind == KIND]  # fmt: skip
        with database.write("undo", "Отмена") as session:
            undo_batch(session, number)
        with database.read() as session:
            assert (plans(session, 2026), centres(session, 2026)) == ((), ())
            assert verify(session) == []
            assert rows_changed_past_journal(session) == []
    assert take(region, INSTITUTE)["new"] == 1


def test_a_table_that_was_written_comes_back_as_it_was_and_with_what_was_typed(region: Region) -> None:
    take(region, INSTITUTE, SECOND, GAMES)
    blank = region.folder / "планы.xlsx"
    assert region("plans", "--blank", str(blank))[0] == 0
    work = load_workbook(blank)
    sheet = work["Планы центров"]
    heads = [cell.value for cell in sheet[1]]
    assert heads[:7] == ["Центр\u00a0*", "ОГРН центра", "Район\u00a0*", "Услуга\u00a0*", "Год\u00a0*",
                         "Объём на год\u00a0*", "Деньги на год, ₽"]  # fmt: skip
    lists = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation if rule.type == "list"}
    assert {where[0] for where in lists} == {"A", "C", "D", "E"}
    assert next(rule for where, rule in lists.items() if where[0] == "A").errorStyle == "warning"
    choices = [cell.value for cell in work["_choices"]["B"] if cell.value]
    assert len(choices) == 18
    assert region.json("plans", "--take", str(blank))["same"] == 3
    blank.write_bytes(typed(blank.read_bytes(), "Планы центров", {
        "F2": 41, "A5": "АНО «Новый центр»", "C5": "Тихвинский муниципальный район", "D5": "К1\u00a0· что угодно",
        "E5": 2026, "F5": 3,
    }))  # fmt: skip
    found = region.json("plans", "--take", str(blank))
    assert (found["same"], found["changed"], found["new"]) == (2, 1, 1)


def test_packages_come_on_a_sheet_of_their_own_and_are_held_against_the_plans(region: Region) -> None:
    take(region, INSTITUTE)
    book = region.folder / "планы.xlsx"
    region("plans", "--blank", str(book))
    place = "Всеволожский муниципальный район"
    lines = [
        ("Старт", "К1, к4", place, 2026, 40), ("Старт", "К4", "Лужский муниципальный район", 2026, 3),
        ("Прочее", "К4 Я9", place, 2026, 3), ("Старт", "К1 К4", place, 2026, 41), ("Прочее", "К4", place, 2026, None),
    ]  # fmt: skip
    cells = {
        f"{letter}{at}": value for at, line in enumerate(lines, 2) for letter, value in zip("ABCDE", line, strict=True)
    }
    book.write_bytes(typed(book.read_bytes(), "Комплексы", cells))
    found = region.json("plans", "--take", str(book))
    assert (found["same"], found["new"], found["rejected"]) == (1, 1, 4)
    assert [row["note"] for row in found["rows"] if row["outcome"] == "rejected"] == [
        "Выше в таблице у этого комплекса другие услуги.", "В каталоге 2026 года нет: Я9.",
        "Тот же комплекс уже стоит в строке 2.", "Не заполнено: «Комплексов на год».",
    ]  # fmt: skip
    with opened(region) as database, database.read() as session:
        (held,) = packages(session, 2026)
        assert (held.name, held.codes, held.volume, held.uneven) == ("Старт", ("К1", "К4"), Decimal(40), ("К1",))
        (need,) = contracts(session, 2026).packages
        assert (need.codes, need.volume) == (("К1", "К4"), Decimal(40))
    region("plans", "--blank", str(book))
    assert region.json("plans", "--take", str(book))["same"] == 2, "it comes back as it was"
    book.write_bytes(typed(book.read_bytes(), "Комплексы", {"B2": "К4", "E2": 39}))
    (row,) = region.json("plans", "--take", str(book))["rows"]
    assert [(one["title"], one["old"], one["new"]) for one in row["changes"]] == [
        ("Услуги", "К1 К4", "К4"), ("Комплексов на год", "40", "39"),
    ]  # fmt: skip
    with opened(region) as database, database.read() as session:
        assert packages(session, 2026)[0].codes == ("К4",)
        assert verify(session) == []
        assert rows_changed_past_journal(session) == []


def test_a_workbook_with_macros_or_no_table_is_refused(region: Region) -> None:
    from tests.hand.typing_over import packed, parts_of

    blank = region.folder / "планы.xlsx"
    region("plans", "--blank", str(blank))
    blank.write_bytes(packed(parts_of(blank.read_bytes()) | {"xl/vbaProject.bin": b"x"}))
    code, _, err = region("plans", "--take", str(blank))
    assert (code, "макросы" in err) == (2, True)
    other = region.folder / "список.csv"
    other.write_text("Фамилия;Имя\nИванова;Анна\n", encoding="utf-8")
    code, _, err = region("plans", "--take", str(other))
    assert (code, "нет таблицы планов" in err) == (2, True)


def test_a_plan_is_written_and_taken_away_by_hand(region: Region) -> None:
    with opened(region) as database:
        with database.write(KIND, "Центр") as session:
            agreement = {"number": "5", "starts_on": date(2026, 1, 1), "ends_on": date(2026, 6, 30),
                         "subsidy": Decimal(700)}  # fmt: skip
            centre = save_centre(session, {"name": "АНО «Свет»", "ogrn": OGRN}, agreement)
            save_centre(session, {}, agreement | {"number": "6", "subsidy": Decimal(300)}, centre)
            given = {"centre_id": centre, "territory_code": "41612000", "service_code": "К2", "year": 2026,
                     "volume": Decimal(8), "money": Decimal(1000)}  # fmt: skip
            plan = save_plan(session, given)
            save_plan(session, {"volume": Decimal(16)}, plan)
            with pytest.raises(InvalidRecord) as refused:
                save_plan(session, given)
            assert refused.value.faults == {"service_code": "Такой план уже есть: исправьте его объём."}
            with pytest.raises(InvalidRecord) as refused:
                save_plan(session, {"year": 2026})
            assert set(refused.value.faults) == {"centre_id", "territory_code", "service_code", "volume"}
        with database.read() as session:
            ((held,), (one,)) = plans(session, 2026), centres(session, 2026)
            assert (held.volume, held.unit_cost, held.unit) == (Decimal(16), Decimal("62.50"), "конс.")
            assert (one.subsidy, one.money, one.unspent) == (Decimal(1000), Decimal(1000), Decimal(0))
            assert [agreement.number for agreement in one.agreements] == ["5", "6"]
        with database.write(KIND, "Убран") as session:
            assert remove_plans(session, [plan]) == 1
        with database.read() as session:
            assert plans(session, 2026) == ()


def test_a_district_keeps_no_plans_of_the_region(region: Region, district_of: Any) -> None:
    with district_of("41612000") as district:
        given = {"centre_id": district.centre(), "territory_code": "41612000", "service_code": "К2", "year": 2026,
                 "volume": Decimal(8)}  # fmt: skip
        with pytest.raises(AppError, match="Это файл района"):
            district.write(save_plan, given, kind=KIND)


def test_another_subsidy_and_another_agreement_come_by_the_table_and_the_former_stays(region: Region) -> None:
    take(region, INSTITUTE)
    (row,) = take(region, (*INSTITUTE[:10], "1 600 000"))["rows"]
    assert row["changes"] == [
        {"field": "subsidy", "title": "Субсидия, ₽", "old": "1 500 000,00", "new": "1 600 000,00"}
    ]  # fmt: skip
    take(region, (INSTITUTE[0], OGRN, "", "", "", "", "", "13-С", "01.07.2026", "31.12.2026", "400000"))
    (centre,) = told(region)["centres"]
    assert [(one["number"], one["from"], one["subsidy"]) for one in centre["agreements"]] == [
        ("12-С", "2026-02-01", "1600000.00"), ("13-С", "2026-07-01", "400000.00"),
    ]  # fmt: skip


def test_a_centre_gets_its_number_and_two_of_one_name_are_told_apart(region: Region) -> None:
    take(region, ("АНО «Институт»", "", *INSTITUTE[2:6]))
    (row,) = take(region, ("АНО «Институт»", OGRN, *INSTITUTE[2:6]))["rows"]
    assert row["changes"] == [{"field": "ogrn", "title": "ОГРН", "old": "—", "new": OGRN}]
    assert [one["ogrn"] for one in told(region)["centres"]] == [OGRN]
    other = ("АНО «Институт»", "1231600019705", "Лужский", "К4", "2026", "4")
    assert take(region, other)["rows"][0]["note"] == "Центра ещё нет: заведётся его карточка."
    found = take(region, ("АНО «Институт»", "", "Тосненский", "К4", "2026", "4"))
    assert found["rows"][0]["note"] == "Таких центров несколько: укажите ОГРН нужного."
