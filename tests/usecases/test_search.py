"""Search: by any word, number or phone, in any form of a word; and the index never lags behind the records."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.dialects import postgresql

from app.core.text import fold
from app.models import Contact, NeedCategory, Ngo, search_text
from app.models.database import Database
from app.models.journal import erase
from app.records import REGISTERS
from app.usecases import importing, ngos, records, registers, search_index
from app.usecases.backup import check_database
from app.usecases.everything import PEOPLE, everything
from app.usecases.history import recent_changes
from app.usecases.record_words import CONTACT, DIRECTOR
from app.usecases.search_words import sought_of, stems, tokens
from app.usecases.undoing import undo_batch
from tests.factories import District

CONTACT_VALUES = {"basis": "согласие", "purpose": "связь"}


def found(district: District, typed: str, register: str = "ngo", **asked: object) -> list[int]:
    return sorted(district.read(registers.find, register, search=typed, **asked))


# --- by what a record is found

INFLECTED = (
    ("ветеранов", "Ветераны"), ("молодежи", "Молодёжь"), ("молодёжь", "Союз молодежи"), ("инвалидам", "Инвалиды"),
    ("помощь", "Фонд помощи"), ("семьи", "Семья"), ("семей", "Многодетные семьи"), ("культура", "Дом культуры"),
    ("спортом", "Спорт"), ("добровольцев", "Добровольцы"), ("здоровье", "Школа здоровья"), ("приюты", "Приют"),
    ("музею", "Музей"), ("библиотека", "Друзья библиотеки"), ("экологии", "Экология"), ("традиций", "Традиции"),
    ("наставников", "Наставники"),
)  # fmt: skip


def test_words_are_found_in_their_other_forms(district: District) -> None:
    ids = {name: district.ngo(name) for _, name in INFLECTED}
    missed = [(typed, name) for typed, name in INFLECTED if ids[name] not in found(district, typed)]
    assert missed == []


def test_a_phone_is_found_however_it_is_written(district: District) -> None:
    kept = district.ngo("Один", phone="8 (81370) 40-123, доб. 2")
    district.ngo("Другой", phone="+7 921 555-44-33")
    for typed in (
        "8 (81370) 40-123", "88137040123", "+7 81370 40123", "8137040123", "(81370) 40-12", "40-123", "40123",
        "8 813 704 01 23", "8-813-70", "8 (81370) 4", "8 (81", "+7 (813",
    ):  # fmt: skip
        assert found(district, typed) == [kept], typed
    assert found(district, "40124") == []


def test_numbers_days_and_sums_are_found_as_they_are_written(district: District) -> None:
    ngo = district.ngo("Свет")
    kept = district.support(ngo, "1 250 000,50", day="2026-06-09", decision_no="207-р")
    district.support(ngo, "40 000", day="2026-05-06", decision_no="88-р")
    for typed in ("09.06.2026", "09.06", "06.2026", "1 250 000", "1250000,50", "207", "207-р", "№ 207-р", "свет 207"):
        assert found(district, typed, "support") == [kept], typed
    values = district.card("ngo", ngo).values
    for typed in (values["inn"], values["ogrn"], f"{values['inn'][:4]} {values['inn'][4:]}", values["ogrn"][:9]):
        assert found(district, typed) == [ngo], typed


def test_a_settlement_and_an_address_are_found_by_their_names(district: District) -> None:
    kept = district.ngo("Свет", settlement="41612101", address="Ленинградская область, ул. Озёрная, д. 7")
    place = next(c for c in district.read(registers.choices, "settlement") if c.code == "41612101").title
    assert found(district, place) == [kept]
    assert found(district, "озерная 7") == [kept]
    assert found(district, "область") == [], "every address has one"


SYNTAX = (
    '"', "a*", "NEAR(", "AND", "свет OR NOT", "words:свет", "^свет", "-", "(", "{свет} :", "свет\0", "*", "'; --", "+",
)  # fmt: skip


@pytest.mark.parametrize("typed", SYNTAX)
def test_the_syntax_of_the_index_is_only_text(district: District, typed: str) -> None:
    district.ngo("Свет")
    district.read(registers.find, "ngo", search=typed)
    district.read(registers.look, "ngo", search=typed)
    district.read(everything, typed)


LETTERS = "абвгдеёжзий АБЁ«»-.,1279"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[District]:
    with District(tmp_path_factory.mktemp("shared")) as district:
        yield district


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    names=st.lists(st.text(LETTERS, min_size=1, max_size=24).filter(tokens), min_size=1, max_size=4),
    data=st.data(),
)
def test_what_a_like_over_whole_words_finds_the_index_finds_too(
    shared: District, names: list[str], data: st.DataObject
) -> None:
    """Beginnings of words of any name, in any case, with any marks between them."""
    ids = [shared.ngo(name) for name in names]
    chosen = data.draw(st.lists(st.sampled_from(tokens(names[0])), min_size=1, max_size=3))
    typed = " ".join(word[: data.draw(st.integers(1, len(word)))] for word in chosen)
    typed = data.draw(st.sampled_from((typed, typed.upper(), f"«{typed}»", typed.replace("е", "ё"))))
    answer = set(shared.read(registers.find, "ngo", search=typed))
    words = fold(typed).split()
    for id, name in zip(ids, names, strict=True):
        if all(f" {word}" in f" {' '.join(tokens(name))}" for word in words):
            assert id in answer, (typed, name)


def test_the_beginning_of_an_answer_is_its_beginning(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    """With few names on a shelf and few at hand: the first of many, in order, and their count."""
    for name, value in (("record_search.FEW", 2), ("record_search.AT_HAND", 5), ("search_index._ROOM", 3)):
        monkeypatch.setattr(f"app.usecases.{name}", value)
    for number in range(40):
        district.ngo(f"{'яблоня' if number % 3 else 'аист'} {number * 7 % 40:02} сад")
    district.write(search_index.make_anew)
    for typed in ("сад", "яблоня", "а", "яб 1"):
        whole = district.read(registers.find, "ngo", search=typed)
        look = district.read(registers.look, "ngo", search=typed)
        assert look is not None
        assert look.count == len(whole), typed
        assert list(look.ids) == list(whole)[: len(look.ids)], typed
        assert len(look.ids) >= min(5, look.count)
    assert check_database(district.database).faults == ()
    district.ngo("ёж сад")
    assert "ёж сад" in [r.values["name"] for r in district.read(
        registers.rows, "ngo", district.read(registers.find, "ngo", search="сад"))]  # fmt: skip
    assert check_database(district.database).faults == ()


# --- it follows the records


def test_the_index_follows_every_write(district: District) -> None:
    ngo = district.ngo("Фонд «Заря»", director="Громова Вера Ильинична")
    need = district.need(ngo, text="нужен бухгалтер")
    assert found(district, "заря") == [ngo]
    assert found(district, "заря", "need") == [need]
    district.save("ngo", {"name": "Фонд «Рассвет»"}, id=ngo)
    assert (found(district, "заря"), found(district, "рассвет")) == ([], [ngo])
    assert found(district, "рассвет", "need") == [need], "what names it is found by its new name"
    assert found(district, "заря", "need") == []
    district.write(undo_batch, district.read(recent_changes)[0].id, kind="undo")
    assert (found(district, "заря"), found(district, "рассвет"), found(district, "заря", "need")) == ([ngo], [], [need])
    district.write(records.archive, "need", need, "ошибка")
    assert found(district, "бухгалтер", "need") == []
    assert found(district, "бухгалтеру", "need", archived=True) == [need]
    district.write(records.restore, "need", need)
    assert found(district, "бухгалтер", "need") == [need]
    assert check_database(district.database).faults == ()


def test_within_a_write_what_was_written_is_found(district: District) -> None:
    with district.database.write("edit", "правка") as session:
        id = records.save(session, "ngo", {"name": "Только что", "kind": "legal"})
        assert list(registers.find(session, "ngo", search="только")) == [id]


def test_what_was_not_kept_is_not_found(district: District) -> None:
    with pytest.raises(RuntimeError), district.database.write("edit", "правка") as session:  # noqa: PT012
        records.save(session, "ngo", {"name": "Призрак", "kind": "legal"})
        assert registers.find(session, "ngo", search="призрак")
        raise RuntimeError
    assert found(district, "призрак") == []
    with district.database.write("edit", "правка") as session:
        with pytest.raises(ZeroDivisionError), session.begin_nested():  # noqa: PT012
            records.save(session, "ngo", {"name": "Призрак", "kind": "legal"})
            assert registers.find(session, "ngo", search="призрак")
            raise ZeroDivisionError
        kept = records.save(session, "ngo", {"name": "Живая", "kind": "legal"})
    assert (found(district, "призрак"), found(district, "живая")) == ([], [kept])
    assert check_database(district.database).faults == ()


def test_an_import_and_a_merge_are_followed(district: District, tmp_path: Path) -> None:
    listed = tmp_path / "Список.csv"
    listed.write_text("Наименование;Телефон\nФонд «Ёлка»;88137040123\nАНО «Клён»;\n", encoding="utf-8")
    with district.database.write("import", "Список") as session:
        importing.write(session, importing.preview(session, "ngo", listed), accept_doubtful="all")
    (fir,), (maple,) = found(district, "елка"), found(district, "клен")
    assert found(district, "8 (81370) 40-123") == [fir]
    district.write(ngos.merge, fir, maple, kind="merge")
    assert maple in found(district, "40-123"), "it was given the phone it lacked"
    assert check_database(district.database).faults == ()


def test_a_dictionary_entry_that_is_called_otherwise(district: District) -> None:
    need = district.need(district.ngo("Свет"), "finance")
    with district.database.write("settings", "справочник") as session:
        session.get_one(NeedCategory, "finance").title = "Кошелёк и смета"
    assert found(district, "кошелек", "need") == [need]
    assert found(district, "финансы", "need") == []


def test_a_line_of_a_record_is_followed(district: District) -> None:
    first, second = district.ngo("Ель"), district.ngo("Сосна")
    service = district.service(district.centre("Опора"), recipients=(first,))
    assert found(district, "сосна", "service") == []
    kept = district.card("service", service)
    district.save("service", {}, id=service, lines={"service_recipient": [{"ngo_id": second}]})
    assert kept.id == service
    assert (found(district, "ель", "service"), found(district, "сосна", "service")) == ([], [service])


# --- people


def test_people_are_found_by_name_and_open_the_card(district: District) -> None:
    contact = {**CONTACT_VALUES, "name": "Сомов Виктор Ильич", "phone": "8 921 555-44-33"}
    ngo = district.ngo("АНО «Свет»", director="Громова Вера Ильинична", lines={"contact": [contact]})
    sought = (("громовой", "Громова Вера Ильинична"), ("сомов", contact["name"]), ("5554433", contact["name"]))
    for typed, title in sought:
        (group,) = [g for g in district.read(everything, typed) if g.key == PEOPLE]
        (hit,) = group.hits
        assert (hit.register, hit.id, hit.title) == ("ngo", ngo, title), typed
        assert "555" not in hit.hint
        assert "АНО «Свет»" in hit.hint
    district.write(records.archive, "ngo", ngo, "ошибка")
    assert district.read(everything, "сомов") == ()
    assert district.read(everything, "громова") == ()


def test_nobody_whose_data_were_erased_is_found(district: District) -> None:
    """Nor does the file keep his name: not in the words, not in the index."""
    contact = {**CONTACT_VALUES, "name": "Редкофамильцев Олег"}
    ngo = district.ngo("АНО «Свет»", lines={"contact": [contact]})
    (line,) = district.card("ngo", ngo).lines["contact"]
    with district.database.write("edit", "обезличено") as session:
        session.get_one(Contact, line["id"]).name = ""
        erase(session, "contact", line["id"], ["name"])
        session.info["erased"] = True
    assert district.read(everything, "редкофамильцев") == ()
    district.close()
    kept = district.path.read_bytes()
    assert "редкофамильц".encode() not in kept
    assert "Редкофамильц".encode() not in kept


# --- missing, damaged, elsewhere


def test_a_missing_index_is_made_anew_at_the_opening(district: District) -> None:
    ngo = district.ngo("Свет")
    for spoil in ("DELETE FROM search_state", "DELETE FROM search_text", "UPDATE search_state SET version = '0'"):
        district.close()
        with closing(sqlite3.connect(district.path)) as other:
            other.execute(spoil)
            if "search_text" in spoil:
                other.execute("DELETE FROM search_state")
            other.commit()
        district.database = Database.open(district.path, clock=district.clock)
        search_index.keep_up(district.database)
        assert found(district, "свет") == [ngo], spoil
        assert check_database(district.database).faults == ()


SPOILED = (
    ("UPDATE search_text SET words = ' другое '", "поиск не знает записи"),
    ("DELETE FROM search_text WHERE words LIKE '%свет%'", "поиск не знает записи"),
    ("INSERT INTO search_text SELECT place + 5, 77, words FROM search_text WHERE words LIKE '%свет%'", "которых нет"),
    ("DROP TRIGGER search_text_anew; UPDATE search_text SET words = words || 'еще '", "Указатель для поиска"),
)


@pytest.mark.parametrize(("spoil", "told"), SPOILED)
def test_check_compares_the_index_with_the_records(district: District, spoil: str, told: str) -> None:
    district.ngo("Свет")
    district.close()
    with closing(sqlite3.connect(district.path)) as other:
        other.executescript(spoil)
        other.commit()
    district.database = Database.open(district.path, clock=district.clock)
    assert any(told in fault for fault in check_database(district.database).faults)


def test_another_database_finds_by_like(district: District) -> None:
    """The words of the condition, and by them the same records."""
    ngo = district.ngo("Союз ветеранов «Свет»")
    district.ngo("Другой свет")
    for typed in ("ветераны свет", "све", "союз"):
        sought = sought_of(typed)
        assert sought
        condition = search_text.says(Ngo.__table__.c.id, "ngo", sought)
        portable = str(condition.compile(dialect=postgresql.dialect()))
        assert "LIKE" in portable
        assert "MATCH" not in portable
        assert "GROUP BY" in str(search_text.counting(sought).compile(dialect=postgresql.dialect()))
        with district.database.read() as session:
            rows = session.scalars(select(search_text.SEARCH_TEXT.c.place).where(search_text.holds(sought)))
            first = search_text.first_place("ngo")
            assert ngo in {place - first for place in rows}, typed


def test_no_two_registers_share_a_place() -> None:
    keys = (*REGISTERS, DIRECTOR, CONTACT)
    places = {search_text.first_place(key, archived=archived) for key in keys for archived in (False, True)}
    assert len(places) == 2 * len(keys)
    assert max(places) + search_text.SPAN < 2**63


def test_every_register_is_found_everywhere(district: District) -> None:
    ngo = district.ngo("Свет")
    district.support(ngo)
    district.need(ngo)
    district.practice(ngo)
    district.service(district.centre("Опора"), recipients=(ngo,))
    district.agreement(district.partner("Берег"), [ngo], starts="2026-01-01")
    groups = {group.key: group for group in district.read(everything, "света")}
    assert set(groups) >= {"ngo", "support", "need", "practice", "service", "agreement"}
    assert list(groups)[:1] == ["ngo"]
    assert (groups["ngo"].count, groups["ngo"].whole) == (1, 1)
    assert groups["ngo"].hits[0].title == "Свет"


def test_the_stems_of_a_word() -> None:
    assert [stems(word) for word in ("k4", "12", "light", "дм")] == [(), (), (), ()]
    assert "ветеран" in set(stems("ветераны")) & set(stems("ветеранов")) & set(stems("ветеранам"))
