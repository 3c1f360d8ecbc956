"""Lists of organisations: whom a row means, what it changes, what must be asked."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.core.errors import AppError
from app.core.identifiers import inn_with_check_digit, ogrn_with_check_digit
from app.usecases import importing
from app.usecases.history import recent_changes
from app.usecases.importing import Outcome
from app.usecases.undoing import undo_batch
from tests.importing.conftest import Desk, told

HEAD = ["Наименование", "ОГРН", "ИНН", "КПП", "Адрес", "Телефон"]
OGRN, OTHER_OGRN = ogrn_with_check_digit("123470000001"), ogrn_with_check_digit("123470000002")
INN, OTHER_INN = inn_with_check_digit("470300001"), inn_with_check_digit("470300002")
HERE = "188640, Ленинградская область, г. Всеволожск, ул. Лесная, д. 3"
SVET: list[Any] = ["АНО «Свет»", OGRN, INN, "470301001", HERE, "8 (81370) 00-001"]


def test_a_new_organisation_is_on_record_here(desk: Desk) -> None:
    assert told(desk.taken("ngo", [HEAD, SVET])) == (1, 0, 0, 0, 0)
    card = desk.one("ngo")
    assert (card["name"], card["ogrn"], card["inn"], card["kpp"]) == ("АНО «Свет»", OGRN, INN, "470301001")
    assert card["settlement"] == "41612101", "Всеволожск is known by the address"
    assert card["primary_here"]
    assert card["status"] == "unverified"
    assert card["on_record"]


def test_the_same_list_again_changes_nothing(desk: Desk) -> None:
    desk.taken("ngo", [HEAD, SVET])
    before = desk.read(recent_changes)
    assert told(desk.taken("ngo", [HEAD, SVET])) == (0, 0, 1, 0, 0)
    assert desk.read(recent_changes) == before, "nothing was journalled"


def test_a_change_is_shown_field_by_field(desk: Desk) -> None:
    desk.taken("ngo", [HEAD, SVET])
    changed = [*SVET[:4], "188640, Ленинградская область, г. Всеволожск, ул. Новая, д. 1", "8 (81370) 00-002"]
    (row,) = desk.seen("ngo", [HEAD, changed]).rows
    assert row.outcome is Outcome.CHANGED
    assert {(c.title, c.old, c.new) for c in row.changes} == {
        ("Адрес", HERE, changed[4]), ("Служебный телефон", "8 (81370) 00-001", "8 (81370) 00-002"),
    }  # fmt: skip
    assert told(desk.taken("ngo", [HEAD, changed])) == (0, 1, 0, 0, 0)
    assert desk.one("ngo")["phone"] == "8 (81370) 00-002"


def test_an_empty_cell_never_erases(desk: Desk) -> None:
    desk.taken("ngo", [HEAD, SVET])
    assert told(desk.taken("ngo", [HEAD, ["АНО «Свет»", OGRN, "", None, "-", "нет"]])) == (0, 0, 1, 0, 0)
    card = desk.one("ngo")
    assert (card["inn"], card["kpp"], card["address"], card["phone"]) == (INN, "470301001", HERE, "8 (81370) 00-001")


@pytest.mark.parametrize(
    "row",
    [
        ["АНО «Свет» (новое имя)", OGRN, "", "", "", ""],
        ["АНО «Свет» (новое имя)", "", INN, "", "", ""],
        ["АНО «СВЕТ»", "", "", "", HERE, ""],
        ["АНО \"Свет\"", "", "", "", HERE, ""],
    ],
)  # fmt: skip
def test_an_organisation_is_known_by_number_or_by_name_and_settlement(desk: Desk, row: list[str]) -> None:
    desk.taken("ngo", [HEAD, SVET])
    (seen,) = desk.seen("ngo", [HEAD, row]).rows
    assert seen.outcome in (Outcome.SAME, Outcome.CHANGED)
    assert seen.id == desk.one("ngo")["id"]


def test_the_number_of_the_ministry_is_a_key_too(desk: Desk) -> None:
    head = ["Наименование", "Учётный номер", "ОГРН"]
    desk.taken("ngo", [head, ["Совет ветеранов посёлка", "4712010741", ""]])
    assert told(desk.taken("ngo", [head, ["Совет ветеранов", "4712010741", OGRN]])) == (0, 1, 0, 0, 0)
    assert desk.one("ngo")["ogrn"] == OGRN


def test_same_inn_under_another_ogrn_is_doubtful(desk: Desk) -> None:
    desk.taken("ngo", [HEAD, SVET])
    (row,) = desk.seen("ngo", [HEAD, ["Фонд «Заря»", OTHER_OGRN, INN, "", "", ""]]).rows
    assert row.outcome is Outcome.DOUBTFUL
    assert "Тот же ИНН" in row.doubts[0]
    assert OGRN in row.doubts[0]


def test_a_similar_name_is_doubtful_unless_numbers_tell_it_apart(desk: Desk) -> None:
    desk.taken("ngo", [HEAD, ["АНО «Центр развития семьи Росток»", OGRN, INN, "", "", ""]])
    alike = "АНО «Центр развития семьи Ростки»"
    (row,) = desk.seen("ngo", [HEAD, [alike, "", "", "", "", ""]]).rows
    assert row.outcome is Outcome.DOUBTFUL
    assert "Похожа на АНО «Центр развития семьи Росток»" in row.doubts[0]
    assert told(desk.taken("ngo", [HEAD, [alike, OTHER_OGRN, OTHER_INN, "", "", ""]])) == (1, 0, 0, 0, 0)


def test_a_field_edited_by_hand_since_is_doubtful(desk: Desk) -> None:
    desk.taken("ngo", [HEAD, SVET])
    desk.save("ngo", {"phone": "8 (81370) 99-999"}, id=desk.one("ngo")["id"])
    (row,) = desk.seen("ngo", [HEAD, SVET]).rows
    assert row.outcome is Outcome.DOUBTFUL
    assert "правили вручную (Куратор" in row.doubts[0]
    assert told(desk.taken("ngo", [HEAD, SVET])) == (0, 0, 0, 1, 0)
    assert desk.one("ngo")["phone"] == "8 (81370) 99-999"
    assert told(desk.taken("ngo", [HEAD, SVET], accept="all")) == (0, 1, 0, 0, 0)
    assert desk.one("ngo")["phone"] == "8 (81370) 00-001"


def test_what_was_taken_away_by_hand_comes_back_only_when_accepted(desk: Desk) -> None:
    head = ["Наименование", "ОГРН", "Телефон", "Виды деятельности"]
    rows = [head, ["АНО «Свет»", OGRN, "8 81370 00001", "1; 5"]]
    desk.taken("ngo", rows)
    card = desk.one("ngo")["id"]
    desk.save("ngo", {"activities": ("1",)}, id=card)
    (row,) = desk.seen("ngo", rows).rows
    assert row.doubts == ("«Виды деятельности» правили вручную (Куратор, 05.10.2026).",)
    desk.save("ngo", {"phone": "", "activities": ()}, id=card)
    (row,) = desk.seen("ngo", rows).rows
    assert {doubt.split("»")[0] for doubt in row.doubts} == {"«Служебный телефон", "«Виды деятельности"}
    assert told(desk.taken("ngo", rows)) == (0, 0, 0, 1, 0)
    assert told(desk.taken("ngo", rows, accept="all")) == (0, 1, 0, 0, 0)
    assert told(desk.seen("ngo", rows).counts) == (0, 0, 1, 0, 0)


def test_an_empty_field_may_be_filled_whoever_typed_the_card(desk: Desk) -> None:
    desk.ngo("АНО «Свет»", ogrn=OGRN, inn=INN)
    assert told(desk.taken("ngo", [HEAD, ["АНО «Свет»", OGRN, INN, "", HERE, ""]])) == (0, 1, 0, 0, 0)


def test_a_wrong_check_digit_is_reported_and_never_repaired(desk: Desk) -> None:
    preview = desk.seen("ngo", [HEAD, ["Фонд «Заря»", "1231600019706", INN, "", "", ""], SVET])
    assert told(preview.counts) == (1, 0, 0, 0, 1)
    (fault,) = preview.rows[0].faults
    assert (fault.field, fault.ref) == ("ogrn", "B2")
    assert "Контрольная цифра" in fault.text


def test_an_ambiguous_date_is_asked(desk: Desk) -> None:
    (row,) = desk.seen("ngo", [["Наименование", "ОГРН", "Дата регистрации"], ["Фонд", OGRN, "03/04/2024"]]).rows
    assert row.outcome is Outcome.REJECTED
    assert row.faults[0].readings == (date(2024, 4, 3), date(2024, 3, 4))


def test_rows_of_one_file_that_mean_the_same(desk: Desk) -> None:
    conflicting = [*SVET[:5], "8 (81370) 77-777"]
    preview = desk.seen("ngo", [HEAD, SVET, SVET, conflicting])
    assert [row.outcome for row in preview.rows] == [Outcome.NEW, Outcome.SAME, Outcome.DOUBTFUL]
    assert "Иначе в этом же списке (строка 2): «Служебный телефон»" in preview.rows[2].doubts[0]
    assert told(desk.taken("ngo", [HEAD, SVET, SVET, conflicting], accept="all")) == (1, 1, 1, 0, 0)
    assert desk.one("ngo")["phone"] == "8 (81370) 77-777"


def test_another_kpp_of_a_known_ogrn_is_a_branch_when_accepted(desk: Desk) -> None:
    desk.taken("ngo", [HEAD, SVET])
    branch = ["Отделение АНО «Свет»", OGRN, INN, "470302001", "", ""]
    assert told(desk.taken("ngo", [HEAD, branch])) == (0, 0, 0, 1, 0)
    assert told(desk.taken("ngo", [HEAD, branch], accept="all")) == (1, 0, 0, 0, 0)
    cards = {card["name"]: card for card in desk.all("ngo")}
    assert cards["Отделение АНО «Свет»"]["is_branch"]
    assert cards["Отделение АНО «Свет»"]["head_id"] == cards["АНО «Свет»"]["id"]


@pytest.mark.parametrize(
    ("address", "where"),
    [
        ("190000, г. Санкт-Петербург, Невский пр., д. 1", "Санкт-Петербург"),
        ("187000, Ленинградская обл., Тосненский район, г. Тосно, ул. Мира, д. 2", "Тосненский муниципальный район"),
        ("Лен.область, г.Волхов, ул.Мира, д.60.", "Волховский муниципальный район"),
        ("188537, Лен.область, г.Сосновый Бор, ул.Мира, д.5.", "Сосновоборский городской округ"),
        ("150000, Ярославская область, г. Ярославль", "Ярославская область"),
    ],
)
def test_an_organisation_from_elsewhere_is_taken_and_works_here(desk: Desk, address: str, where: str) -> None:
    assert told(desk.taken("ngo", [HEAD, ["Фонд «Заря»", OGRN, INN, "", address, ""]])) == (1, 0, 0, 0, 0)
    card = desk.one("ngo")
    assert (card["primary_here"], card["primary_where"]) == (False, where)


@pytest.mark.parametrize(
    ("address", "settlement"),
    [
        ("Ленинградская обл, м.р-н Всеволожский, г.п. Токсовское, гп Токсово, ул Лыжная", "41612175"),
        ("Ленинградская обл., Всеволожский район, пос. Кузьмоловский, ул. Иванова", "41612158"),
        ("188644, Ленинградская область, Всеволожский район, п. Бугры, ул. Школьная", "41612402"),
        ("Лен.область, п.Сертолово, Дом офицеров", "41612102"),
    ],
)
def test_a_settlement_is_known_by_the_address(desk: Desk, address: str, settlement: str) -> None:
    desk.taken("ngo", [HEAD, ["Фонд «Заря»", OGRN, INN, "", address, ""]])
    assert desk.one("ngo")["settlement"] == settlement


def test_one_that_is_closed_waits_for_a_decision(desk: Desk) -> None:
    head = ["Наименование", "ОГРН", "Статус", "Дата ликвидации"]
    rows = [head, ["Фонд «Заря»", OGRN, "Недействующая", date(2024, 2, 1)], ["Союз «Б»", OTHER_OGRN, "Исключена", ""]]
    preview = desk.seen("ngo", rows)
    assert [row.outcome for row in preview.rows] == [Outcome.DOUBTFUL, Outcome.DOUBTFUL]
    assert "прекратила деятельность 01.02.2024" in preview.rows[0].doubts[0]
    assert told(desk.taken("ngo", rows, accept={0})) == (1, 0, 0, 1, 0)
    assert told(desk.taken("ngo", rows)) == (0, 0, 1, 1, 0)


def test_status_marks_and_activities_come_with_the_list(desk: Desk) -> None:
    head = ["Наименование", "ОГРН", "Статус", "СОНКО", "Виды деятельности", "Дата включения", "Правовая форма"]
    row = ["Фонд «Заря»", OGRN, "действует", "да", "1; 9", date(2026, 7, 1), "Фонд"]
    assert told(desk.taken("ngo", [head, row])) == (1, 0, 0, 0, 0)
    card = desk.one("ngo")
    assert (card["status"], card["marks"], card["activities"]) == ("active", ("sonko",), ("1", "9"))
    assert (card["taken_on"], card["okopf"]) == (date(2026, 7, 1), "70400")
    more = [*row[:4], "9; 5", *row[5:]]
    assert told(desk.taken("ngo", [head, more])) == (0, 1, 0, 0, 0)
    assert set(desk.one("ngo")["activities"]) == {"1", "5", "9"}, "a list adds and never takes away"


def test_a_group_without_legal_entity(desk: Desk) -> None:
    rows = [["Наименование", "ОГРН"], ["Инициативная группа «Двор»", ""], ["Клуб «Лад»", ""]]
    assert told(desk.taken("ngo", rows)) == (2, 0, 0, 0, 0)
    assert {card["name"]: card["kind"] for card in desk.all("ngo")} == {
        "Инициативная группа «Двор»": "body", "Клуб «Лад»": "legal",
    }  # fmt: skip


def test_repaired_rows_are_counted_apart(desk: Desk) -> None:
    preview = desk.seen("ngo", [HEAD, ["АНО ╚Свет╩", f"{OGRN}.0", INN, "", "", ""], SVET])
    assert preview.counts.repaired == 1
    assert preview.counts.rows == 2
    assert any("кавычками" in text for text in preview.rows[0].repairs)


def test_an_import_is_one_batch_that_is_undone_whole(desk: Desk) -> None:
    desk.taken("ngo", [HEAD, SVET])
    rows = [HEAD, [*SVET[:5], "8 (81370) 00-002"], ["Фонд «Заря»", OTHER_OGRN, OTHER_INN, "", "", ""]]
    assert told(desk.taken("ngo", rows)) == (1, 1, 0, 0, 0)
    last = desk.read(recent_changes)[0]
    assert (last.kind, last.title) == ("import", "Импорт «НКО» из «список.xlsx»: новых 1, изменённых 1")
    desk.write(undo_batch, last.id, kind="undo")
    assert desk.one("ngo")["phone"] == "8 (81370) 00-001"


def test_what_is_no_list_of_organisations_says_so(desk: Desk) -> None:
    with pytest.raises(AppError, match="не найден список"):
        desk.seen("ngo", [["Цвет", "Размер"], ["красный", 5]])
    with pytest.raises(AppError, match="не названия организаций"):
        desk.seen("ngo", [["Код", "Название"], *[[n, f"Улица {n}-я"] for n in range(9)]])


def test_a_list_of_initiative_groups_is_a_list(desk: Desk) -> None:
    names = ("Ивушка", "Тихий двор", "Ромашка", "Соседи", "Наш парк", "Берег")
    rows = [[f"Инициативная группа «{name}»", "действует"] for name in names]
    assert desk.seen("ngo", [["Полное наименование", "Статус"], *rows]).counts.new == len(names)


def test_columns_by_hand_are_remembered(desk: Desk) -> None:
    rows = [["Кто", "Номер ЕГРЮЛ", "Заметка"], ["Свет", OGRN, "хорошо работают"]]
    with desk.database.read() as session:
        (table,) = importing.tables_of(session, "ngo", desk.file(rows))
    assert table.headings == ("Кто", "Номер ЕГРЮЛ", "Заметка")
    chosen = importing.ColumnMap({"name": 0, "ogrn": 1, "note": 2}, {"name": "указано вручную"}, {}, "")
    assert told(desk.taken("ngo", rows, column_map=chosen)) == (1, 0, 0, 0, 0)
    preview = desk.seen("ngo", rows)
    assert told(preview.counts) == (0, 0, 1, 0, 0)
    assert preview.tables[0].column_map.columns == {"name": 0, "ogrn": 1, "note": 2}
    assert preview.tables[0].column_map.how["note"] == "как в прошлый раз"
