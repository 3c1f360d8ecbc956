"""Lists of support: money, premises and more, for organisations known and unknown."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.core.identifiers import inn_with_check_digit, ogrn_with_check_digit
from app.models.journal import verify
from app.usecases.history import recent_changes
from app.usecases.importing import Outcome
from app.usecases.undoing import undo_batch
from tests.importing.conftest import Desk, told

HEAD = ["Получатель", "ИНН", "ОГРН", "Форма поддержки", "Сумма", "Дата решения", "№ решения"]
OGRN, INN = ogrn_with_check_digit("123470000001"), inn_with_check_digit("470300001")
NEW_OGRN, NEW_INN = ogrn_with_check_digit("123470000002"), inn_with_check_digit("470300002")
DAY = date(2026, 8, 12)


def grant(name: str = "АНО «Свет»", **changes: Any) -> list[Any]:
    row = {"inn": INN, "ogrn": OGRN, "form": "субсидия", "amount": "50 000", "day": DAY, "no": "14-п"} | changes
    return [name, *row.values()]


@pytest.fixture
def svet(desk: Desk) -> int:
    return desk.ngo("АНО «Свет»", ogrn=OGRN, inn=INN)


@pytest.mark.parametrize(
    ("name", "numbers"),
    [("АНО «Свет»", {}), ("кто-то", {}), ("АНО \"Свет\"", {"inn": "", "ogrn": ""}), ("Свет", {"inn": INN, "ogrn": ""})],
)
def test_the_recipient_is_known_by_number_or_name(desk: Desk, svet: int, name: str, numbers: dict[str, str]) -> None:
    assert told(desk.taken("support", [HEAD, grant(name, **numbers)])) == (1, 0, 0, 0, 0)
    found = desk.one("support")
    assert (found["ngo_id"], found["form"], found["amount"]) == (svet, "211", Decimal("50000.00"))
    assert (found["decision_on"], found["decision_no"]) == (DAY, "14-п")
    assert told(desk.taken("support", [HEAD, grant(name, **numbers)])) == (0, 0, 1, 0, 0)


def test_a_corrected_sum_is_a_change(desk: Desk, svet: int) -> None:
    desk.taken("support", [HEAD, grant()])
    (row,) = desk.seen("support", [HEAD, grant(amount="60 тыс.")]).rows
    assert row.outcome is Outcome.CHANGED
    assert [(c.title, c.old, c.new) for c in row.changes] == [("Сумма, ₽", "50\u00a0000,00", "60\u00a0000,00")]


@pytest.mark.parametrize(
    ("words", "form", "sizes"),
    [
        ("Финансовая", "211", ["Сумма", 10]), ("грант", "211", ["Сумма", 10]), ("211", "211", ["Сумма", 10]),
        ("Имущественная (помещение)", "212", ["Площадь", 40]), ("информационная", "213", ["Публикаций", 2]),
        ("Консультационная поддержка", "214", ["Консультаций", 1]), ("обучение", "215", ["Обучено", 5]),
        ("налоговые льготы", "216", ["Сумма", 10]), ("муниципальный контракт, закупка", "217", ["Сумма", 10]),
        ("иная", "218", ["Случаев", 1]),
    ],
)  # fmt: skip
def test_the_form_is_known_by_its_words(desk: Desk, svet: int, words: str, form: str, sizes: list[Any]) -> None:
    head = ["Получатель", "Форма поддержки", "Дата решения", sizes[0]]
    assert told(desk.taken("support", [head, ["АНО «Свет»", words, DAY, sizes[1]]])) == (1, 0, 0, 0, 0)
    assert desk.one("support")["form"] == form


def test_a_list_of_grants_is_of_money(desk: Desk, svet: int) -> None:
    head = ["Победитель", "ИНН", "Сумма гранта", "Дата решения"]
    preview = desk.seen("support", [head, ["АНО «Свет»", INN, 100_000, DAY]])
    assert preview.rows[0].values["form"] == "211"
    assert "финансовая" in preview.rows[0].notes[0]


def test_number_and_day_of_the_act_in_one_cell(desk: Desk, svet: int) -> None:
    head = ["Получатель", "Форма поддержки", "Сумма", "Реквизиты решения"]
    desk.taken("support", [head, ["АНО «Свет»", "грант", 100_000, "Постановление от 12 августа 2026 г. № 145-п"]])
    found = desk.one("support")
    assert (found["decision_no"], found["decision_on"]) == ("145-п", DAY)


def test_an_unknown_recipient_is_offered_to_be_created(desk: Desk) -> None:
    zarya = {"inn": NEW_INN, "ogrn": NEW_OGRN}
    rows = [HEAD, grant("Фонд «Заря»", **zarya), grant("Фонд «Заря»", **zarya, no="15-п")]
    preview = desk.seen("support", rows)
    assert [row.outcome for row in preview.rows] == [Outcome.DOUBTFUL, Outcome.DOUBTFUL]
    assert "нет в базе" in preview.rows[0].doubts[0]
    assert told(desk.taken("support", rows)) == (0, 0, 0, 2, 0)
    assert desk.all("ngo") == []
    assert told(desk.taken("support", rows, accept="all")) == (2, 0, 0, 0, 0)
    card = desk.one("ngo")
    assert (card["name"], card["ogrn"], card["status"]) == ("Фонд «Заря»", NEW_OGRN, "unverified")
    assert not card["primary_here"], "«работает здесь» until a person says more"
    assert told(desk.taken("support", rows)) == (0, 0, 2, 0, 0)


def test_money_waits_for_the_ogrn_of_its_recipient_and_leaves_no_card(desk: Desk) -> None:
    rows = [HEAD, grant("Фонд «Заря»", inn=NEW_INN, ogrn="")]
    assert "ОГРН" in desk.seen("support", rows).rows[0].doubts[-1]
    assert told(desk.taken("support", rows, accept="all")) == (0, 0, 0, 0, 1)
    assert desk.all("ngo") == []
    desk.ngo("Фонд «Заря»", inn=NEW_INN, ogrn="")
    assert "не заполнен ОГРН" in desk.seen("support", rows).rows[0].faults[0].text


def test_the_cards_a_list_of_support_brings_are_told(desk: Desk, svet: int) -> None:
    """Refused rows between written ones take their cards back; what is left is what the batch says."""
    rows = [
        HEAD, grant(), grant("Фонд «Тень»", inn="", ogrn=""), grant("Фонд «Заря»", inn=NEW_INN, ogrn=NEW_OGRN),
        grant("Фонд «Заря»", inn=NEW_INN, ogrn=NEW_OGRN, no="15-п"), grant("Фонд «Тень»", inn="", ogrn="", no="16-п"),
    ]  # fmt: skip
    counts = desk.taken("support", rows, accept="all")
    assert (told(counts), counts.created) == ((3, 0, 0, 0, 2), 1)
    assert {card["name"] for card in desk.all("ngo")} == {"АНО «Свет»", "Фонд «Заря»"}
    with desk.database.read() as session:
        assert recent_changes(session)[0].title.endswith(": новых 3, заведено карточек 1")
        assert verify(session) == []


def test_a_list_whose_first_row_is_refused_is_one_batch_and_can_be_undone(desk: Desk) -> None:
    """The refused row goes with all it began: what follows it is kept, told and undone as ever."""
    rows = [HEAD, grant("Фонд «Тень»", inn="", ogrn=""), grant("Фонд «Заря»", inn=NEW_INN, ogrn=NEW_OGRN)]
    with desk.database.read() as session:
        before = len(recent_changes(session))
    assert told(desk.taken("support", rows, accept="all")) == (1, 0, 0, 0, 1)
    with desk.database.read() as session:
        batches = recent_changes(session)
    assert len(batches) == before + 1
    with desk.database.write("undo", "Отмена") as session:
        undo_batch(session, batches[0].id)
    assert (desk.all("support"), desk.all("ngo")) == ([], [])
    with desk.database.read() as session:
        assert verify(session) == []


def test_a_year_alone_is_no_day(desk: Desk, svet: int) -> None:
    (row,) = desk.seen("support", [HEAD, grant(day=2026)]).rows
    assert row.outcome is Outcome.REJECTED
    assert "Указан только год (2026)" in row.faults[0].text


def test_a_list_without_days_says_so_or_takes_one_for_all(desk: Desk, svet: int) -> None:
    rows = [["Получатель", "Сумма гранта"], ["АНО «Свет»", 100_000]]
    (row,) = desk.seen("support", rows).rows
    assert row.outcome is Outcome.REJECTED
    assert "В списке нет графы «Дата решения»" in row.faults[0].text
    constants = {"decision_on": DAY, "decision_no": "77-п"}
    assert told(desk.taken("support", rows, constants=constants)) == (1, 0, 0, 0, 0)
    assert desk.one("support")["decision_no"] == "77-п"


def test_a_sum_with_a_third_of_a_kopeck_is_a_fault(desk: Desk, svet: int) -> None:
    (row,) = desk.seen("support", [HEAD, grant(amount=33333.3333)]).rows
    assert "Больше двух знаков" in row.faults[0].text
    assert row.faults[0].ref == "E2"


def test_two_organisations_of_one_name_need_a_number(desk: Desk, svet: int) -> None:
    desk.ngo("АНО «Свет»")
    (row,) = desk.seen("support", [HEAD, grant(inn="", ogrn="")]).rows
    assert row.outcome is Outcome.REJECTED
    assert "укажите ИНН или ОГРН" in row.faults[0].text


def test_the_rest_of_a_wrapped_cell_is_told_and_makes_its_row_doubtful(desk: Desk, svet: int) -> None:
    rows = [HEAD, grant(), ["и продолжение", *[None] * 6]]
    preview = desk.seen("support", rows)
    assert [row.outcome for row in preview.rows] == [Outcome.DOUBTFUL, Outcome.REJECTED]
    assert "продолжается в строке 3" in preview.rows[0].doubts[0]
    assert "продолжение ячейки строки 2" in preview.rows[1].faults[0].text
