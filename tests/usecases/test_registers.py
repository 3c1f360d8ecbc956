"""What a register shows: search, filters, order, rows, cards, choices."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from time import process_time

import pytest
from sqlalchemy import Select
from sqlalchemy.dialects import postgresql
from sqlalchemy.event import listens_for
from sqlalchemy.orm import ORMExecuteState, Session

from app.core.periods import Quarter
from app.core.text import fold, fold_name
from app.models import Ngo, NgoInterval
from app.records import LINES, REGISTERS
from app.usecases import records, registers
from app.usecases.registers import Span
from tests.factories import District, on


def names(district: District, register: str, **asked: object) -> list[str]:
    key = REGISTERS[register].title_field
    found = district.read(registers.find, register, **asked)
    return [row.values[key] for row in district.read(registers.rows, register, found)]


def test_ngos_are_found_by_any_word_of_names_and_numbers(district: District) -> None:
    zarya = district.ngo("Фонд «Ёлочная заря»", short_name="ЁЗ", kpp="470301001", settlement="41612101")
    district.ngo("Союз ветеранов")
    values = district.card("ngo", zarya).values
    numbers = (values["ogrn"], values["inn"], "470301001")
    for typed in ("елочная", "ЗАРЯ ёлочная", "«заря»", *numbers, "всеволожское", "ёз"):
        assert names(district, "ngo", search=typed) == ["Фонд «Ёлочная заря»"], typed
    assert names(district, "ngo", search="заря союз") == []
    assert names(district, "ngo", search="100%_") == []
    assert len(names(district, "ngo", search="  ")) == 2


def test_names_stand_in_russian_order(district: District) -> None:
    for name in ("яблоко", "Ёж", "«Берег»", "ель", "Женский союз", "АНО 2", "Ежевика"):
        district.ngo(name)
    assert names(district, "ngo") == ["АНО 2", "«Берег»", "Ёж", "Ежевика", "ель", "Женский союз", "яблоко"]
    assert names(district, "ngo", order="name", descending=True)[0] == "яблоко"
    for name in ("Ёж", "Ель", "Жук", "«Аист»"):
        district.partner(name)
    assert names(district, "partner") == ["«Аист»", "Ёж", "Ель", "Жук"]


def test_every_column_sorts_both_ways(district: District) -> None:
    ngo, other = district.ngo("Берёза", sonko=True, activities=("1",)), district.ngo("Аист")
    for given, day in ((ngo, "2026-06-02"), (other, "2026-06-01")):
        district.support(given, day=day)
        district.need(given, day=day)
        district.service(district.centre(f"Центр {day}"), recipients=(given,), day=day)
    for register, record_type in REGISTERS.items():
        count = len(district.read(registers.find, register))
        for field in record_type.fields:
            for descending in (False, True):
                found = district.read(registers.find, register, order=field.key, descending=descending)
                assert len(found) == count
    assert list(district.read(registers.find, "support", order="ngo_id")) == [2, 1]
    assert list(district.read(registers.find, "support")) == [1, 2]  # newest first
    assert list(district.read(registers.find, "ngo", order="marks", descending=True)) == [ngo, other]
    assert list(district.read(registers.find, "service", order="recipients")) == [2, 1]


def test_filters_narrow_a_register(district: District) -> None:
    sonko = district.ngo("Берёза", sonko=True, activities=("1", "9"), settlement="41612101", taken_on="2026-01-10")
    plain = district.ngo("Аист", status="inactive", okopf="20200", activities=("9",), taken_on="2026-01-10")
    body = district.body(taken_on="2026-01-10")
    gone = district.ngo("Ушла", lines={"ngo_interval": [
        {"taken_on": on("2026-01-01"), "removed_on": on("2026-02-01"), "removal": "moved"}]})  # fmt: skip

    def found(register: str, **filters: object) -> set[int]:
        return set(district.read(registers.find, register, filters=filters))

    assert found("ngo", kind="body") == {body}
    assert found("ngo", okopf=("20200", "71400")) == {sonko, plain, gone}
    assert found("ngo", status="inactive") == {plain}
    assert found("ngo", status=("active", "inactive"), marks="sonko") == {sonko}
    assert found("ngo", activities="9") == {sonko, plain}
    assert found("ngo", activities=("1", "2")) == {sonko}
    assert found("ngo", settlement="41612101") == {sonko}
    assert found("ngo", on_record=False) == {gone}
    assert found("ngo", on_record=True, ogrn=None) == {body}
    assert found("ngo", taken_on=Span(on("2026-01-05"), None)) == {sonko, plain, body}
    centre = district.centre()
    first = district.service(centre, recipients=(sonko, body), day="2026-03-01")
    second = district.service(centre, "К1", (body,), day="2026-06-01")
    assert found("service", recipients=sonko) == {first}
    assert found("service", provided_on=Span(on("2026-03-02"), on("2026-06-01"))) == {second}
    assert found("service", account=Quarter(2026, 1)) == {first}
    assert found("service", account=Span(Quarter(2026, 1), Quarter(2026, 1))) == {first}
    assert found("service", service_code=["К1", "К4"]) == {first, second}
    need = district.need(plain)
    assert found("need", codes="К4", status="open") == {need}
    assert found("need", codes="К1") == set()
    agreement = district.agreement(district.partner(), [plain], starts="2026-01-01")
    assert found("agreement", parties=plain) == {agreement}
    practice = district.practice(plain)
    assert found("practice", state="presented") == {practice}
    assert found("practice", state="spread") == set()


def test_other_registers_are_searched_by_all_they_say(district: District) -> None:
    ngo = district.ngo("Фонд «Ёлка»")
    support = district.support(ngo, "12 345,60", purpose="Летний лагерь", decision_no="77-р", day="2026-06-09")
    district.support(district.ngo("Другой"), form="214")
    for typed in ("елка", "летний", "77", "09.06.2026", "финансовая", "12345,60", "ёлка лагерь"):
        assert list(district.read(registers.find, "support", search=typed)) == [support], typed
    service = district.service(district.centre("Опора"), recipients=(ngo,), topic="Устав")
    for typed in ("елка", "опора", "устав", "К4"):
        assert list(district.read(registers.find, "service", search=typed)) == [service], typed
    need = district.need(ngo, text="нужен бухгалтер")
    assert list(district.read(registers.find, "need", search="финансы елка")) == [need]
    agreement = district.agreement(district.partner("Берег"), [ngo], starts="2026-01-01")
    assert list(district.read(registers.find, "agreement", search="берег елка")) == [agreement]


def test_the_archive_is_a_list_of_its_own(district: District) -> None:
    kept, put_away = district.ngo("Живая"), district.ngo("Ошибка")
    district.write(records.archive, "ngo", put_away, "задвоена")
    assert list(district.read(registers.find, "ngo")) == [kept]
    assert list(district.read(registers.find, "ngo", archived=True)) == [put_away]
    assert district.card("ngo", put_away).archive_reason == "задвоена"


def test_rows_come_in_the_order_asked_with_their_words(district: District) -> None:
    ngo = district.ngo("АНО «Свет»", short_name="Свет")
    first, second = district.support(ngo), district.support(ngo, form="214")
    rows = district.read(registers.rows, "support", [second, 999, first])
    assert [row.id for row in rows] == [second, first]
    assert (rows[0].values["ngo_id_title"], rows[0].values["form_title"]) == ("Свет", "консультационная")
    assert rows[1].values["amount"] == Decimal("50000.00")


def test_choices_leave_out_what_is_hidden_or_over(district: District) -> None:
    forms = {choice.code for choice in district.read(registers.choices, "legal_form")}
    assert "71400" in forms
    assert "20716" not in forms
    places = district.read(registers.choices, "settlement")
    assert all(choice.code.startswith("41612") for choice in places)
    assert places
    assert district.read(registers.choices, "territory")[0].code == "41612000"
    services = district.read(registers.choices, "service_code")
    assert (services[0].code, services[0].hint) == ("К1", "конс.")
    assert [c.code for c in district.read(registers.choices, "activity")][:3] == ["1", "2", "3"]
    assert district.read(registers.choices, "support_form")[0].title == "финансовая"
    later = {c.code for c in district.read(registers.choices, "activity", on=date(1990, 1, 1))}
    assert later <= {c.code for c in district.read(registers.choices, "activity")} | {"19", "20"}


def test_suggestions_name_the_record_and_tell_it_from_others(district: District) -> None:
    for number in range(30):
        district.ngo(f"Фонд помощи {number:02}")
    body = district.body("Группа помощи")
    found = district.read(registers.suggest, "ngo", "помощи", 5)
    assert [choice.title for choice in found][:2] == ["Группа помощи", "Фонд помощи 00"]
    assert (found[0].code, found[0].hint, len(found)) == (str(body), "без ОГРН", 5)
    assert found[1].hint.startswith("ОГРН\u00a0")
    centre = district.centre("Опора")
    assert [c.code for c in district.read(registers.suggest, "centre", "опор")] == [str(centre)]


def _fill(session: Session, count: int) -> None:
    for number in range(count):
        name = f"Фонд «Помощь {number % 97} и поддержка {number}»"
        session.add(Ngo(name=name, folded=fold(name), folded_name=fold_name(name), okopf="70400"))
    session.flush()
    for id in range(1, count + 1):
        session.add(NgoInterval(ngo_id=id, taken_on=date(2026, 1, 1), taken_account=Quarter(2026, 1)))


def test_ten_thousand_ngos_are_searched_while_one_types(district: District) -> None:
    """The promise is 50 ms; on a machine busy with other tests the time of this process alone is counted."""
    district.write(_fill, 10_000)
    searches: dict[str, Callable[[], object]] = {
        "all": lambda: district.read(registers.find, "ngo"),
        "word": lambda: district.read(registers.find, "ngo", search="помощь 5"),
        "on record": lambda: district.read(registers.find, "ngo", search="поддержка", filters={"on_record": True}),
        "status": lambda: district.read(registers.find, "ngo", filters={"status": "unverified"}),
        "suggest": lambda: district.read(registers.suggest, "ngo", "поддержка 77"),
        "page": lambda: district.read(registers.rows, "ngo", range(4000, 4200)),
    }
    spent = {}
    for name, search in searches.items():
        search()
        times = []
        for _ in range(3):
            start = process_time()
            search()
            times.append(process_time() - start)
        spent[name] = min(times)
    limits = {"status": 0.15, "page": 0.15}
    assert {name: time for name, time in spent.items() if time > limits.get(name, 0.05)} == {}


@pytest.mark.parametrize("register", REGISTERS)
def test_every_query_speaks_postgresql_too(district: District, register: str) -> None:
    compiled: list[str] = []

    @listens_for(Session, "do_orm_execute")
    def compile_too(state: ORMExecuteState) -> None:
        assert isinstance(state.statement, Select)
        compiled.append(str(state.statement.compile(dialect=postgresql.dialect())))

    from sqlalchemy.event import remove

    try:
        filters = {line.gathered_as: "1" for line in LINES[register] if line.gathered_as}
        for field in REGISTERS[register].fields:
            district.read(registers.find, register, search="свет 1", filters=filters, order=field.key)
        district.read(registers.rows, register, [1])
        district.read(registers.suggest, register, "свет")
    finally:
        remove(Session, "do_orm_execute", compile_too)
    assert compiled
