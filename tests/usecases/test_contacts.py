"""Contact persons under 152-ФЗ: how each stands on a day, what has run out, consent given and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.core.errors import AppError, InvalidRecord
from app.usecases import contacts, overview
from app.usecases.contacts import ContactRow, Standing
from tests.factories import District, on


@pytest.fixture
def district(tmp_path: Path) -> Iterator[District]:
    with District(tmp_path, today="2026-07-01") as found:
        yield found


def person(name: str, **values: Any) -> dict[str, Any]:
    return {"name": name, "basis": "согласие", "consent": "7", "consent_on": on("2026-01-12")} | values


def standings(district: District) -> dict[str, Standing]:
    return {row.name: row.standing for row in district.read(contacts.contacts)}


def row_of(district: District, name: str) -> ContactRow:
    return next(row for row in district.read(contacts.contacts) if row.name == name)


def test_each_stands_by_its_basis_consent_and_term(district: District) -> None:
    lines = [
        person("Действующая", keep_until=on("2026-07-01")),  # the last day is inclusive
        person("Истёкшая", keep_until=on("2026-06-30")),
        person("Отозвавшая", withdrawn_on=on("2026-06-30")),
        person("Без бумаги", consent="", consent_on=None),
        person("Из ЕГРЮЛ", basis="ЕГРЮЛ", consent="", consent_on=None),
        person("По договору", basis="договор", consent="", consent_on=None, keep_until=on("2026-01-01")),
    ]
    district.ngo(lines={"contact": lines})
    assert standings(district) == {
        "Действующая": Standing.ACTIVE, "Истёкшая": Standing.EXPIRED, "Отозвавшая": Standing.WITHDRAWN,
        "Без бумаги": Standing.BASELESS, "Из ЕГРЮЛ": Standing.ACTIVE, "По договору": Standing.EXPIRED,
    }  # fmt: skip
    assert [row.name for row in district.read(contacts.contacts)][:3] == ["Отозвавшая", "Истёкшая", "По договору"]
    assert not row_of(district, "Отозвавшая").usable
    assert row_of(district, "Из ЕГРЮЛ").usable
    district.at("2026-07-02")
    assert standings(district)["Действующая"] is Standing.EXPIRED


def test_what_has_run_out_is_a_task_of_the_first_page(district: District) -> None:
    district.ngo(lines={"contact": [
        person("Первая", withdrawn_on=on("2026-06-30")), person("Вторая", keep_until=on("2026-06-15")),
        person("Третья", consent="", consent_on=None), person("Четвёртая"),
    ]})  # fmt: skip
    ids = {row.name: row.id for row in district.read(contacts.contacts)}
    tasks = [t for t in district.read(overview.overview).tasks if t.page == "contacts"]
    assert [(t.tone, t.count, t.detail, set(t.ids)) for t in tasks] == [
        ("warn", 2, "до 15.07.2026", {ids["Первая"], ids["Вторая"]}), ("", 1, "", {ids["Третья"]}),
    ]  # fmt: skip
    tasks = [t for t in district.at("2026-07-16").read(overview.overview).tasks if t.page == "contacts"]
    assert tasks[0].tone == "err", "thirty days are over"


def test_a_withdrawal_is_of_today_and_leaves_thirty_days(district: District) -> None:
    district.ngo(lines={"contact": [person("Анна")]})
    id = row_of(district, "Анна").id
    assert district.write(contacts.withdraw, id) == on("2026-07-31")
    anna = row_of(district, "Анна")
    assert (anna.standing, anna.withdrawn_on, anna.erase_by) == (
        Standing.WITHDRAWN, on("2026-07-01"), on("2026-07-31"),
    )  # fmt: skip
    assert "до 31.07.2026" in contacts.what_follows(on("2026-07-01"))
    with pytest.raises(AppError, match=r"уже отозвано 01\.07\.2026"):
        district.write(contacts.withdraw, id)


def test_only_a_consent_is_withdrawn(district: District) -> None:
    district.ngo(lines={"contact": [person("Анна", basis="полномочия"), person("Вера", consent_on=on("2026-07-01"))]})
    with pytest.raises(AppError, match="на другом основании: полномочия"):
        district.write(contacts.withdraw, row_of(district, "Анна").id)
    with pytest.raises(InvalidRecord, match="отозвать раньше нельзя"):
        district.write(contacts.withdraw, row_of(district, "Вера").id, on("2026-06-30"))


def test_a_signed_consent_makes_a_person_callable_again(district: District) -> None:
    district.ngo(lines={"contact": [person("Анна", withdrawn_on=on("2026-06-30"))]})
    id = row_of(district, "Анна").id
    district.write(contacts.record_consent, id, " 8 ", on("2026-07-01"), on("2027-07-01"))
    anna = row_of(district, "Анна")
    assert (anna.standing, anna.consent, anna.keep_until) == (Standing.ACTIVE, "8", on("2027-07-01"))
    with pytest.raises(InvalidRecord) as refused:
        district.write(contacts.record_consent, id, "9", on("2026-07-02"), on("2026-06-30"))
    assert set(refused.value.faults) == {"on", "keep_until"}


def test_the_basis_is_one_of_a_few_and_days_are_in_order(district: District) -> None:
    for line, field in (
        ({"basis": "так вышло"}, "basis"),
        ({"withdrawn_on": on("2026-01-11")}, "withdrawn_on"),
        ({"consent_on": None}, "consent_on"),
        ({"withdrawn_on": on("2026-07-02")}, "withdrawn_on"),
    ):
        with pytest.raises(InvalidRecord) as refused:
            district.ngo(lines={"contact": [person("Анна") | line]})
        assert list(refused.value.faults) == [f"contact.0.{field}"]
    ngo = district.ngo(lines={"contact": [{"name": "Анна", "basis": "ЕГРЮЛ"}]})
    assert district.card("ngo", ngo).lines["contact"][0]["purpose"] == "взаимодействие администрации с НКО"


def test_a_search_reads_names_numbers_and_the_ngo(district: District) -> None:
    district.ngo("АНО «Свет»", lines={"contact": [person("Королёва Анна", phone="+7 (921) 555-01-77")]})
    district.ngo("Фонд «Ёлочка»", lines={"contact": [person("Белов Пётр")]})
    for words, found in (("королева", "Королёва Анна"), ("елочка петр", "Белов Пётр"), ("555-01", "Королёва Анна")):
        assert [row.name for row in district.read(contacts.contacts, words)] == [found]
