"""Journals of services and lists of needs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.usecases.importing import Outcome
from tests.importing.conftest import Desk, told

HEAD = ["Дата", "Ресурсный центр", "Услуга", "Количество", "Часов", "Получатели", "Тема"]
NEEDS = ["НКО", "Категория", "Дата выявления", "Приоритет", "Потребность"]
DAY = date(2026, 9, 10)


def service(recipients: str, *, centre: str = "АНО «Опора»", code: str = "К4", **changes: Any) -> list[Any]:
    row = {"quantity": 1, "hours": "1,5", "topic": "Заявка"} | changes
    return [DAY, centre, code, row["quantity"], row["hours"], recipients, row["topic"]]


@pytest.fixture
def people(desk: Desk) -> dict[str, int]:
    desk.centre("АНО «Опора»")
    return {name: desk.ngo(name) for name in ("Фонд «Ключ»", "Союз «Лад»")}


def test_one_seminar_for_many(desk: Desk, people: dict[str, int]) -> None:
    rows = [HEAD, service("Фонд «Ключ»; Союз «Лад»\nграждане", code="О1 семинар", quantity=1)]
    assert told(desk.taken("service", rows)) == (1, 0, 0, 0, 0)
    card = desk.card("service", desk.one("service")["id"])
    assert {line["ngo_id"] for line in card.lines["service_recipient"]} == {*people.values(), None}
    assert card.values["service_code"] == "О1"
    assert told(desk.taken("service", rows)) == (0, 0, 1, 0, 0)


@pytest.mark.parametrize(
    ("words", "code"),
    [("К4", "К4"), ("K4", "К4"), ("к4 консультация", "К4"), ("Консультация по грантам и проектированию", "К4")],
)
def test_the_service_is_known_by_code_or_name(desk: Desk, people: dict[str, int], words: str, code: str) -> None:
    desk.taken("service", [HEAD, service("Фонд «Ключ»", code=words)])
    assert desk.one("service")["service_code"] == code


def test_an_unknown_service_is_told(desk: Desk, people: dict[str, int]) -> None:
    preview = desk.seen("service", [HEAD, service("граждане", code="Я9")])
    assert [row.outcome for row in preview.rows] == [Outcome.REJECTED]
    assert "«Я9» нет в справочнике" in preview.rows[0].faults[0].text


def test_an_unknown_centre_waits_and_is_added_once(desk: Desk, people: dict[str, int]) -> None:
    rows = [HEAD, *(service(who, centre="АНО «Другая»") for who in ("Фонд «Ключ»", "граждане"))]
    preview = desk.seen("service", rows)
    assert [row.outcome for row in preview.rows] == [Outcome.DOUBTFUL] * 2
    assert "Центра АНО «Другая» нет" in preview.rows[0].doubts[0]
    assert told(desk.taken("service", rows, accept="all")) == (2, 0, 0, 0, 0)
    assert [card["name"] for card in desk.all("centre")].count("АНО «Другая»") == 1
    assert told(desk.taken("service", rows)) == (0, 0, 2, 0, 0)


def test_a_closed_need_finds_the_service_that_closed_it(desk: Desk, people: dict[str, int]) -> None:
    desk.taken("service", [HEAD, service("Фонд «Ключ»", code="К4")])
    given = desk.one("service")["provided_on"]
    head = ["НКО", "Категория", "В чём потребность", "Выявлена", "Статус", "Закрыта", "Чем закрыта"]
    need = ["Фонд «Ключ»", "финансы и гранты", "ищем грант", given, "закрыта РЦ", given, f"К4 {given:%d.%m.%Y}"]
    assert told(desk.taken("need", [head, need])) == (1, 0, 0, 0, 0)
    [link] = desk.card("need", desk.one("need")["id"]).lines["need_service"]
    assert link["kind"] == "closes"
    lost = [*need[:2], "ищем другой грант", *need[3:6], "К2"]
    assert told(desk.taken("need", [head, lost])) == (0, 0, 0, 0, 1)


def test_an_unknown_recipient_waits(desk: Desk, people: dict[str, int]) -> None:
    rows = [HEAD, service("Фонд «Ключ»; Клуб «Новый»")]
    assert told(desk.taken("service", rows)) == (0, 0, 0, 1, 0)
    assert told(desk.taken("service", rows, accept="all")) == (1, 0, 0, 0, 0)
    assert "Клуб «Новый»" in {card["name"] for card in desk.all("ngo")}
    assert told(desk.taken("service", rows)) == (0, 0, 1, 0, 0)


def test_a_changed_volume(desk: Desk, people: dict[str, int]) -> None:
    desk.taken("service", [HEAD, service("Фонд «Ключ»")])
    assert told(desk.taken("service", [HEAD, service("Фонд «Ключ»", quantity=3)])) == (0, 1, 0, 0, 0)
    assert desk.one("service")["quantity"] == Decimal("3.00")


@pytest.mark.parametrize(
    ("words", "code"),
    [("Помещение", "premises"), ("финансы и гранты", "finance"), ("нужны деньги на лето", "finance"),
     ("юр. помощь: юридическая", "legal"), ("бухгалтерия", "accounting"), ("прочее", "other")],
)  # fmt: skip
def test_a_need_by_words(desk: Desk, people: dict[str, int], words: str, code: str) -> None:
    rows = [NEEDS, ["Фонд «Ключ»", words, DAY, "высокий", "Очень нужно"]]
    assert told(desk.taken("need", rows)) == (1, 0, 0, 0, 0)
    found = desk.one("need")
    assert (found["category_code"], found["priority"], found["status"]) == (code, "high", "open")
    assert told(desk.taken("need", rows)) == (0, 0, 1, 0, 0)


def test_an_unknown_category_is_told(desk: Desk, people: dict[str, int]) -> None:
    (row,) = desk.seen("need", [NEEDS, ["Фонд «Ключ»", "жжж", DAY, "", "Нужно"]]).rows
    assert row.outcome is Outcome.REJECTED
    assert "«жжж» нет в справочнике" in row.faults[0].text
