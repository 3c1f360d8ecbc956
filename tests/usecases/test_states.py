"""Former states of a record: readable whole, written back as a new edit with lines, refused with a sentence."""

from __future__ import annotations

from datetime import date

import pytest

from app.core.errors import AppError
from app.models.journal import erase, verify
from app.usecases import records
from app.usecases.history import recent_changes
from app.usecases.needs import close_need
from app.usecases.ngos import merge
from app.usecases.registers import choices
from app.usecases.states import ERASED, State, restore_state, state_card, states_of
from app.usecases.support import enter_in_register
from app.usecases.undoing import undo_batch
from tests.factories import District

PURPOSE = "взаимодействие администрации с НКО"
CONTACT = {"name": "Сомов В. А.", "post": "бухгалтер", "phone": "8 (921) 555-44-33", "basis": "согласие"}


def states(district: District, id: int, register: str = "ngo") -> tuple[State, ...]:
    return district.read(states_of, register, id)


def back(district: District, id: int, state: State, register: str = "ngo") -> None:
    district.write(restore_state, register, id, state.batch_id)


def test_each_state_says_who_when_and_what_changed(district: District) -> None:
    ngo = district.ngo("АНО «Свет»", activities=("9",))
    district.save("ngo", {"address": "г. Мурино", "note": "был звонок"}, id=ngo)
    district.save("ngo", {"address": "г. Кудрово"}, id=ngo, lines={"contact": [CONTACT]})
    last, middle, first = states(district, ngo)
    assert (last.latest, middle.latest, first.latest) == (True, False, False)
    assert {(c.title, c.before, c.after) for c in middle.changes} == {
        ("Адрес", "", "г. Мурино"), ("Примечание", "", "был звонок"),
    }  # fmt: skip
    assert ("Адрес", "г. Мурино", "г. Кудрово") in [(c.title, c.before, c.after) for c in last.changes]
    assert ("Контактные лица: должность", "", "бухгалтер") in [(c.title, c.before, c.after) for c in last.changes]
    assert first.actor == "Куратор"


def test_a_state_is_read_whole_with_its_lines(district: District) -> None:
    ngo = district.ngo("АНО «Свет»", sonko=True, lines={"contact": [CONTACT]})
    (state,) = states(district, ngo)
    district.save("ngo", {"name": "АНО «Луч»"}, id=ngo, lines={"contact": []})
    card = district.read(state_card, "ngo", ngo, state.batch_id)
    assert card.name == "АНО «Свет»"
    assert dict(card.facts)["Вид"] == "юридическое лицо"
    lines = dict(card.lines)
    assert lines["Контактные лица"] == (f"Сомов В. А. · бухгалтер · 8 (921) 555-44-33 · согласие · {PURPOSE}",)
    assert lines["Отметки"] == ("СОНКО · 01.07.2026",)
    assert not card.erased


def test_a_state_comes_back_as_a_new_edit_with_its_lines(district: District) -> None:
    place = district.read(choices, "settlement")[0].code
    ngo = district.ngo("АНО «Свет»", activities=("9", "1"), lines={"contact": [CONTACT]}, settlement=place)
    before = district.card("ngo", ngo)
    district.save("ngo", {"name": "АНО «Луч»", "settlement": None, "phone": "8 (81370) 00-00"}, id=ngo,
                  lines={"contact": [], "ngo_activity": [{"activity_code": "2"}]})  # fmt: skip
    _, first = states(district, ngo)
    back(district, ngo, first)
    after = district.card("ngo", ngo)
    assert after.values == before.values
    assert [[{k: v for k, v in line.items() if k != "id"} for line in after.lines[key]] for key in after.lines] == [
        [{k: v for k, v in line.items() if k != "id"} for line in before.lines[key]] for key in before.lines
    ]
    assert len(states(district, ngo)) == 3, "it is an edit of its own"
    batch = district.read(recent_changes, 1)[0].id
    district.write(undo_batch, batch, kind="undo")
    assert district.card("ngo", ngo).values["name"] == "АНО «Луч»"
    assert district.read(verify) == []


def test_a_line_stays_itself_and_one_that_had_gone_goes_again(district: District) -> None:
    ngo = district.ngo("АНО «Свет»", lines={"contact": [CONTACT]})
    contact = district.card("ngo", ngo).lines["contact"][0]["id"]
    district.save("ngo", {}, id=ngo, lines={"contact": [{"id": contact, "name": "Громов П. П."}]})
    renamed, first = states(district, ngo)
    back(district, ngo, first)
    (line,) = district.card("ngo", ngo).lines["contact"]
    assert (line["id"], line["name"]) == (contact, "Сомов В. А.")
    district.save("ngo", {}, id=ngo, lines={"contact": []})
    without = states(district, ngo)[0]
    back(district, ngo, renamed)
    assert [one["name"] for one in district.card("ngo", ngo).lines["contact"]] == ["Громов П. П."]
    assert "Контактные лица" not in dict(district.read(state_card, "ngo", ngo, without.batch_id).lines)
    back(district, ngo, without)
    assert district.card("ngo", ngo).lines["contact"] == ()


def test_a_step_that_has_a_deed_of_its_own_is_refused_with_its_words(district: District) -> None:
    need = district.need(district.ngo(), text="нужен стол")
    district.save("need", {"text": "нужен стул"}, id=need)
    service = district.service(district.centre(), "К2", [None])
    district.write(close_need, need, date(2026, 7, 1), services=[(service, "closes")])
    closed, chair, table = states(district, need, "need")
    assert ("Статус", "открыта", "закрыта РЦ") in [(c.title, c.before, c.after) for c in closed.changes]
    with pytest.raises(AppError, match="нажмите «Возобновить»"):
        back(district, need, chair, "need")
    other = district.need(district.ngo(), text="нужен стол")
    district.save("need", {"text": "нужен стул"}, id=other)
    back(district, other, states(district, other, "need")[-1], "need")
    assert district.card("need", other).values["text"] == "нужен стол"
    assert table.title == "правка"


def test_a_record_in_the_archive_comes_back_with_the_state(district: District) -> None:
    ngo = district.ngo("АНО «Свет»")
    district.save("ngo", {"note": "лишнее"}, id=ngo)
    district.write(records.archive, "ngo", ngo, "дубль")
    archived, _, first = states(district, ngo)
    assert archived.archived
    assert ("Архив", "", "в архиве") in [(c.title, c.before, c.after) for c in archived.changes]
    with pytest.raises(AppError, match="лежала в архиве"):
        back(district, ngo, archived)
    back(district, ngo, first)
    card = district.card("ngo", ngo)
    assert (card.archived_on, card.values["note"]) == (None, "")


def test_what_was_erased_reads_so_and_is_not_written_back(district: District) -> None:
    ngo = district.ngo("АНО «Свет»", lines={"contact": [CONTACT]})
    (first,) = states(district, ngo)
    contact = district.card("ngo", ngo).lines["contact"][0]["id"]
    district.save("ngo", {}, id=ngo, lines={"contact": []})
    district.write(erase, "contact", contact, ["name", "post", "phone"])
    card = district.read(state_card, "ngo", ngo, first.batch_id)
    assert card.erased
    assert dict(card.lines)["Контактные лица"] == (f"{ERASED} · {ERASED} · {ERASED} · согласие · {PURPOSE}",)
    assert ERASED in {c.after for state in states(district, ngo) for c in state.changes}
    with pytest.raises(AppError, match="обезличены"):
        back(district, ngo, first)


def test_what_does_not_pass_the_checks_of_today_is_refused_with_a_sentence(district: District) -> None:
    ogrn = district.ogrn()
    ngo = district.ngo("АНО «Свет»", ogrn=ogrn)
    district.save("ngo", {"ogrn": None, "inn": None}, id=ngo)
    district.ngo("АНО «Луч»", ogrn=ogrn)
    *_, first = states(district, ngo)
    with pytest.raises(AppError, match="не проходит проверку"):
        back(district, ngo, first)
    assert district.card("ngo", ngo).values["ogrn"] is None


def test_steps_of_their_own_are_not_taken_back_by_a_state(district: District) -> None:
    ngo, other = district.ngo("АНО «Свет»", ogrn=None, inn=None), district.ngo("АНО «Луч»")
    support = district.support(other)
    *_, decided = states(district, support, "support")
    district.write(enter_in_register, support)
    with pytest.raises(AppError, match="№ записи в реестре"):
        back(district, support, decided, "support")
    *_, alone = states(district, ngo)
    district.write(merge, ngo, other)
    with pytest.raises(AppError, match="Объединена с"):
        back(district, ngo, alone)
    with pytest.raises(AppError, match="состояния у записи нет"):
        district.write(restore_state, "ngo", ngo, 999)
