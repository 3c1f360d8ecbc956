"""«Рабочая копия»: what a colleague changed comes back field by field, once, and can be undone as one."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import event

from app.core.errors import AppError
from app.core.periods import Quarter
from app.core.roles import Role
from app.exchange.packets import write_packet
from app.models.journal import chain_head
from app.usecases import needs, ngos, people, records
from app.usecases.backup import check_database
from app.usecases.history import recent_changes
from app.usecases.import_plan import Outcome
from app.usecases.packet_making import packet_file
from app.usecases.packet_taking import read_packet
from app.usecases.return_records import UNTOLD, UNTOLD_LINES, read_records
from app.usecases.tables import LINE_MODELS, MODELS
from app.usecases.undoing import undo_batch
from tests.factories import District, on
from tests.usecases.colleagues import COLLEAGUE, copy_for, packet, preview, state, taken


def value(district: District, id: int, key: str, register: str = "ngo") -> object:
    return district.card(register, id).values[key]


def change(district: District, id: int, register: str = "ngo", **values: object) -> None:
    district.save(register, values, id=id)


# --- the copy


def test_fields_that_only_one_touched_are_both_kept(district: District, svet: int) -> None:
    copy = copy_for(district)
    change(copy, svet, phone="8 (81370) 00-002")
    change(district, svet, email="svet@example.ru")
    seen = preview(district, packet(copy))
    assert [(one.title, one.mine, one.hers, one.disputed) for one in seen.rows[0].fields] == [
        ("Служебный телефон", "8 (81370) 00-001", "8 (81370) 00-002", False)
    ]
    assert value(district, svet, "phone") == "8 (81370) 00-001", "seeing writes nothing"
    made = taken(district, packet(copy))
    assert (made.rows[0].outcome, made.written) == (Outcome.CHANGED, 1)
    assert (value(district, svet, "phone"), value(district, svet, "email")) == ("8 (81370) 00-002", "svet@example.ru")
    last = district.read(recent_changes, 1)[0]
    assert (last.kind, last.title) == ("packet", f"Из рабочей копии ({COLLEAGUE}): изменённых 1")


@pytest.mark.parametrize(
    ("hers", "phone"), [("mine", "8 (81370) 00-003"), ("hers", "8 (81370) 00-002"), ("key", "8 (81370) 00-002")]
)
def test_a_field_that_both_changed_keeps_mine_unless_hers_is_chosen(
    district: District, svet: int, hers: str, phone: str
) -> None:
    copy = copy_for(district)
    change(copy, svet, phone="8 (81370) 00-002", address="г. Мурино, ул. Новая, 1")
    change(district, svet, phone="8 (81370) 00-003")
    (row,) = preview(district, packet(copy)).rows
    assert row.outcome is Outcome.DOUBTFUL
    (disputed,) = row.disputed
    assert (disputed.mine, disputed.hers) == ("8 (81370) 00-003", "8 (81370) 00-002")
    taken(district, packet(copy), hers={disputed.key} if hers == "key" else hers)
    assert (value(district, svet, "phone"), value(district, svet, "address")) == (phone, "г. Мурино, ул. Новая, 1")


def test_new_records_come_with_their_lines_and_links(district: District, svet: int) -> None:
    centre = district.centre()
    copy = copy_for(district)
    zarya = copy.ngo("Фонд «Заря»", okopf="70400", sonko=True, activities=("2", "3"))
    branch = copy.ngo("Филиал «Зари»", is_branch=True, head_id=zarya, kpp="470301001")
    service = copy.service(centre, "К4", [svet, zarya, None])
    need = copy.need(zarya)
    copy.write(needs.close_need, need, on("2026-07-01"), services=[(service, "closes")])
    money = copy.support(zarya, "50 000")
    seen = preview(district, packet(copy))
    assert {row.outcome for row in seen.rows} == {Outcome.NEW}, [row.note for row in seen.rows]
    taken(district, packet(copy))
    uuid = {copy.card(register, id).uuid: (register, copy.card(register, id)) for register, id in
            (("ngo", zarya), ("ngo", branch), ("service", service), ("need", need), ("support", money))}  # fmt: skip
    for key, (register, hers) in uuid.items():
        with district.database.read() as session:
            from app.usecases.tables import MODELS

            id = session.query(MODELS[register].id).filter_by(uuid=key).scalar()
        mine = district.card(register, id)
        shown = {k: v for k, v in hers.values.items() if k.endswith("_title") or not isinstance(v, int)}
        assert {k: mine.values[k] for k in shown} == shown
        assert {k: len(v) for k, v in mine.lines.items()} == {k: len(v) for k, v in hers.lines.items()}
    assert check_database(district.database).sound


def test_the_same_packet_twice_changes_nothing(district: District, svet: int) -> None:
    copy = copy_for(district)
    change(copy, svet, phone="8 (81370) 00-002")
    zarya = copy.ngo("Фонд «Заря»", sonko=True, activities=("1", "2"))
    partner = copy.partner()
    gift = {"given_on": on("2026-07-01"), "kind": "money", "amount": Decimal(5)}
    copy.agreement(partner, [zarya, svet], starts="2026-07-01", ends="2026-12-31", contributions=[gift, gift])
    contest = copy.contest()
    applied = {"contest_id": contest, "ngo_id": zarya, "project": "Двор", "applied_on": on("2026-07-01")}
    decided = {"asked": Decimal(9), "decision": "supported", "decision_on": on("2026-07-01"), "granted": Decimal(9)}
    copy.save("grant_application", applied | decided)
    taken(district, packet(copy))
    head, before = district.read(chain_head), state(district)
    assert len(before["contribution"]) == 2
    assert len(before["support"]) == 1, "the support that the application brought is that of the packet"
    again = taken(district, packet(copy))
    assert (again.written, {row.outcome for row in again.rows}) == (0, {Outcome.SAME})
    assert district.read(chain_head) == head
    assert state(district) == before


def test_a_later_packet_of_the_same_copy_brings_only_what_is_new(district: District, svet: int) -> None:
    copy = copy_for(district)
    change(copy, svet, phone="8 (81370) 00-002")
    partner = copy.partner()
    gift = {"given_on": on("2026-07-01"), "kind": "money", "amount": Decimal(5)}
    pact = copy.agreement(partner, [svet], starts="2026-07-01", ends="2026-12-31", contributions=[gift])
    taken(district, packet(copy))
    change(copy, svet, phone="8 (81370) 00-004")
    (line,) = copy.card("agreement", pact).lines["contribution"]
    copy.save("agreement", {}, id=pact, lines={"contribution": [{"id": line["id"], **gift, "amount": Decimal(7)}]})
    again = taken(district, packet(copy))
    assert not again.disputed, "her own earlier value is no dispute"
    assert value(district, svet, "phone") == "8 (81370) 00-004"
    (agreement,) = [row for row in again.rows if row.register == "agreement"]
    assert [(one.mine, one.hers) for one in agreement.fields] == [("5,00", "7,00")]
    change(copy, svet, phone="8 (81370) 00-001")  # back to what it was at the fork
    copy.save("agreement", {}, id=pact, lines={"contribution": []})
    taken(district, packet(copy))
    assert value(district, svet, "phone") == "8 (81370) 00-001"
    assert state(district)["contribution"] == []


def test_two_copies_come_back_in_either_order(district: District, svet: int, tmp_path: Path) -> None:
    first, second = copy_for(district), copy_for(district, "Сидорова О. П.")
    change(first, svet, phone="8 (81370) 00-002")
    first.ngo("Фонд «Заря»")
    first.save("ngo", {"activities": ("1", "2")}, id=svet)
    change(second, svet, email="svet@example.ru")
    second.save("ngo", {"activities": ("1", "3")}, id=svet)
    packets = [packet(first), packet(second)]
    found = []
    for name, order in (("а", packets), ("б", packets[::-1])):
        folder = tmp_path / name
        folder.mkdir()
        district.database.close()
        with District.copied(district.path, folder, today="2026-07-01") as other:
            for brought in order:
                made = taken(other, brought)
                assert not made.disputed
            card = other.card("ngo", svet)
            found.append((card.values["phone"], card.values["email"], sorted(card.values["activities"])))
            assert {row.outcome for brought in order for row in taken(other, brought).rows} == {Outcome.SAME}
    assert found == [("8 (81370) 00-002", "svet@example.ru", ["1", "2", "3"])] * 2


def test_lines_are_told_apart_like_fields(district: District, svet: int) -> None:
    years = [{"year": 2024, "staff": 3}, {"year": 2025, "staff": 4}]
    district.save("ngo", {}, id=svet, lines={"ngo_year": years})
    old = {line["year"]: line["id"] for line in district.card("ngo", svet).lines["ngo_year"]}
    copy = copy_for(district)
    copy.save("ngo", {}, id=svet, lines={"ngo_year": [{"id": old[2024], "staff": 30}, {"year": 2023, "staff": 1}]})
    mine = [{"id": old[2024], "volunteers": 9}, {"id": old[2025], "staff": 5}]
    district.save("ngo", {}, id=svet, lines={"ngo_year": mine})
    (row,) = preview(district, packet(copy)).rows
    assert [(one.title, one.disputed) for one in row.fields if one.disputed] == [("Показатели года", True)], row.fields
    taken(district, packet(copy))
    kept = {line["year"]: (line["staff"], line["volunteers"]) for line in district.card("ngo", svet).lines["ngo_year"]}
    assert kept == {2023: (1, None), 2024: (30, 9), 2025: (5, None)}, "the year I corrected she could not take away"
    taken(district, packet(copy), hers="hers")
    assert sorted(line["year"] for line in district.card("ngo", svet).lines["ngo_year"]) == [2023, 2024]


# --- archive, merging, clashes


def test_two_cards_of_one_ogrn_become_one(district: District) -> None:
    copy = copy_for(district)
    ogrn, inn = district.ogrn(), district.inn()
    hers = copy.ngo("АНО «Берег»", ogrn=ogrn, inn=inn, phone="8 (81370) 00-002")
    need = copy.need(hers)
    mine = district.ngo("АНО «Берег надежды»", ogrn=ogrn, inn=inn)
    seen = preview(district, packet(copy))
    row = next(row for row in seen.rows if row.register == "ngo")
    assert (row.outcome, row.same_as) == (Outcome.DOUBTFUL, "АНО «Берег надежды»")
    refused = preview(district, packet(copy), apart={row.place})
    assert [r.outcome for r in refused.rows] == [Outcome.REJECTED, Outcome.NEW], "the need is hers, of my card"
    taken(district, packet(copy))
    assert value(district, mine, "name") == "АНО «Берег надежды»"
    assert value(district, mine, "phone") == "8 (81370) 00-002"
    assert len(state(district)["ngo"]) == 1
    assert len(state(district)["need"]) == 1
    assert value(district, need, "ngo_id", "need") == mine


def test_what_she_put_away_goes_unless_it_was_changed_here(district: District, svet: int) -> None:
    zarya = district.ngo("Фонд «Заря»")
    copy = copy_for(district)
    for id in (svet, zarya):
        copy.write(records.archive, "ngo", id, "заведена ошибочно")
    change(district, zarya, phone="8 (81370) 00-003")
    made = taken(district, packet(copy))
    assert district.card("ngo", svet).archive_reason == "заведена ошибочно"
    assert district.card("ngo", zarya).archived_on is None
    row = next(row for row in made.rows if row.title == "Фонд «Заря»")
    assert [(one.mine, one.hers) for one in row.disputed] == [("действует", "в архиве: заведена ошибочно")]
    taken(district, packet(copy), hers="hers")
    assert district.card("ngo", zarya).archived_on is not None


def test_what_was_put_away_here_waits_for_a_word(district: District, svet: int) -> None:
    copy = copy_for(district)
    change(copy, svet, phone="8 (81370) 00-002")
    district.write(records.archive, "ngo", svet, "дважды", kind="archive")
    made = taken(district, packet(copy))
    assert (made.rows[0].outcome, made.written) == (Outcome.DOUBTFUL, 0)
    taken(district, packet(copy), hers="hers")
    card = district.card("ngo", svet)
    assert (card.archived_on, card.values["phone"]) == (None, "8 (81370) 00-002")


def test_cards_merged_in_the_copy_are_merged_here(district: District, svet: int) -> None:
    twin = district.ngo("АНО «Свет» (дубль)", ogrn=None, inn=None)
    copy = copy_for(district)
    copy.write(ngos.merge, twin, svet, kind="merge")
    taken(district, packet(copy))
    assert district.card("ngo", twin).values["merged_into_id"] == svet
    assert {row.outcome for row in taken(district, packet(copy)).rows} <= {Outcome.SAME}


def test_a_record_of_a_frozen_quarter_counts_as_late(district: District, svet: int) -> None:
    old = district.support(svet, day="2026-05-12")
    copy = copy_for(district)
    late = copy.support(svet, "10 000", day="2026-05-20")
    change(copy, old, "support", purpose="ремонт")
    district.freeze_plainly(Quarter(2026, 2))
    made = taken(district, packet(copy))
    accounts = {district.card("support", id).values["account"] for id in (old, late)}
    assert accounts == {Quarter(2026, 2), Quarter(2026, 3)}
    notes = {row.outcome: row.note.replace("\u00a0", " ") for row in made.rows}
    assert notes[Outcome.NEW] == "Отчёт за II квартал 2026 г. утверждён: запись учтётся как поступившая позже."
    assert "Учтена в утверждённом отчёте за II квартал 2026 г." in notes[Outcome.CHANGED]


def test_a_correction_is_asked_for_only_where_the_return_tells_what_changed(district: District) -> None:
    """A telephone stands in no return; the address does."""
    svet = district.ngo("АНО «Свет»", taken_on="2026-04-10")
    district.freeze_plainly(Quarter(2026, 2))
    copy = copy_for(district)
    change(copy, svet, "ngo", phone="8 (813) 123-45-67", director="Белова А. А.")
    (row,) = [row for row in taken(district, packet(copy)).rows if row.outcome is Outcome.CHANGED]
    assert row.note == ""
    change(copy, svet, "ngo", address="г. Мурино, Новая ул., д. 7")
    (row,) = [row for row in taken(district, packet(copy)).rows if row.outcome is Outcome.CHANGED]
    assert "Проверьте, не нужен ли уточнённый." in row.note


def test_no_return_is_built_of_what_is_called_untold(district: District, svet: int) -> None:
    asked: list[str] = []
    with district.database.read() as session:
        engine = session.get_bind()
        event.listen(engine, "before_cursor_execute", lambda _c, _cursor, statement, *_: asked.append(statement))
        read_records(session)
    read = " ".join(asked)
    for register, values in UNTOLD.items():
        table = MODELS[register].__table__
        assert f"{table.name}.id" in read
        for value in values:
            assert value in table.columns
            assert not re.search(rf"\b{table.name}\.{value}\b", read), (register, value)
    for kind in UNTOLD_LINES:
        assert f"{LINE_MODELS[kind].__table__.name}.id" not in read, kind


def test_what_the_rules_refuse_is_told_and_leaves_the_rest(district: District, svet: int) -> None:
    copy = copy_for(district)
    zarya = copy.ngo("Фонд «Заря»")
    copy.need(zarya)
    copy.support(svet, "50 000")
    district.write(records.archive, "ngo", svet, "дважды", kind="archive")
    made = taken(district, packet(copy))
    outcomes = {row.register: row for row in made.rows}
    assert outcomes["support"].outcome is Outcome.REJECTED
    assert "в архиве" in outcomes["support"].note
    assert outcomes["ngo"].outcome is outcomes["need"].outcome is Outcome.NEW
    assert (len(state(district)["need"]), state(district)["support"]) == (1, [])


# --- undo


def test_one_undo_takes_all_of_it_back_and_it_may_be_taken_again(district: District, svet: int) -> None:
    other = district.ngo("Фонд «Заря»")
    before = state(district)
    copy = copy_for(district)
    change(copy, svet, phone="8 (81370) 00-002", activities=("2", "3"))
    new = copy.ngo("АНО «Берег»", sonko=True)
    copy.support(new, "50 000")
    copy.write(records.archive, "ngo", other, "дубль", kind="archive")
    taken(district, packet(copy))
    after = state(district)
    district.write(undo_batch, district.read(recent_changes, 1)[0].id, kind="undo")
    undone = state(district)
    assert {key: rows for key, rows in undone.items() if key in ("ngo", "support")} == {
        key: before[key] for key in ("ngo", "support")
    }
    assert [row[1:] for row in undone["ngo_activity"]] == [row[1:] for row in before["ngo_activity"]]
    again = taken(district, packet(copy))
    assert {row.outcome for row in again.rows} == {Outcome.NEW, Outcome.CHANGED}, [row.note for row in again.rows]
    now = state(district)
    assert now["ngo"] == after["ngo"]
    assert now["support"] == after["support"]


# --- strangers


def test_a_packet_of_another_file_is_refused_in_words(district: District, svet: int, tmp_path: Path) -> None:
    (tmp_path / "другой").mkdir()
    with District(tmp_path / "другой", oktmo="41618000") as other:
        id = other.ngo("АНО «Чужая»")
        copy = copy_for(other)
        change(copy, id, phone="8 (81370) 00-002")
        foreign = packet(copy)
    with pytest.raises(AppError, match="из копии другого файла"):
        taken(district, foreign)
    own = packet(copy_for(district))
    for spoilt, sentence in (
        (replace(own, base="0" * 64), "вернули к старой копии"),
        (replace(own, schema="9999"), "более новой программой"),
    ):
        with pytest.raises(AppError, match=sentence):
            taken(district, spoilt)


def test_a_packet_is_not_taken_into_a_working_copy(district: District) -> None:
    copy = copy_for(district)
    with pytest.raises(AppError, match="принимают в основном файле"):
        taken(copy, packet(copy))


def test_a_viewer_takes_no_packet(district: District, svet: int) -> None:
    copy = copy_for(district)
    change(copy, svet, phone="8 (81370) 00-002")
    first = district.write(people.add_person, "Ермакова Л. В.", kind="people")
    people.sign_in(district.database, first)
    guest = district.write(people.add_person, "Гость", role=Role.VIEWER, kind="people")
    people.sign_in(district.database, guest)
    with pytest.raises(AppError, match="просмотр"):
        taken(district, packet(copy))


def test_an_application_and_its_decision_come_once(district: District, svet: int) -> None:
    contest = district.contest()
    applied = {"contest_id": contest, "ngo_id": svet, "project": "Двор", "applied_on": on("2026-07-01")}
    application = district.save("grant_application", applied | {"asked": Decimal(9)})
    copy = copy_for(district)
    copy.save("grant_application", decision(), id=application)
    taken(district, packet(copy))
    assert len(state(district)["support"]) == 1
    taken(district, packet(copy))
    assert len(state(district)["support"]) == 1


def decision() -> dict[str, object]:
    return {"decision": "supported", "decision_on": date(2026, 7, 1), "granted": Decimal(9)}


def test_the_file_of_a_packet_is_the_same_twice(district: District, svet: int) -> None:
    copy = copy_for(district)
    change(copy, svet, phone="8 (81370) 00-002")
    assert copy.read(packet_file) == copy.read(packet_file)
    assert write_packet(read_packet(copy.read(packet_file))) == copy.read(packet_file)
