"""Many records at once: all or none, or the rest; one write that is undone whole.  Letters and labels for many."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.errors import AppError
from app.usecases import exporting, history, many, registers
from app.usecases.mailing import To, labels, labels_pdf, line_of, mailing, organisations
from app.usecases.many import ManyRefused
from app.usecases.undoing import undo_batch
from tests.factories import District, on
from tests.reports.reading import page_sizes, page_texts


@pytest.fixture
def district(tmp_path: Path) -> Iterator[District]:
    with District(tmp_path, today="2026-10-05") as opened:
        yield opened


def told(refusal: ManyRefused) -> list[tuple[str, str]]:
    return [(one.name, one.why) for one in refusal.refused]


# --- one field of all


def test_a_field_is_set_in_one_write_and_undone_whole(district: District) -> None:
    ids = [district.ngo(f"АНО «Сосна-{n}»", address="где-то") for n in range(5)]
    before = len(district.read(history.recent_changes, 500))
    done = district.write(many.set_field, "ngo", ids, "address", "г. Мурино")
    assert done == many.Done(5)
    assert {district.card("ngo", id).values["address"] for id in ids} == {"г. Мурино"}
    batch, *older = district.read(history.recent_changes, 500)
    assert len(older) == before
    assert batch.updated == 5
    district.write(undo_batch, batch.id, kind="undo")
    assert {district.card("ngo", id).values["address"] for id in ids} == {"где-то"}


def test_what_one_record_cannot_take_none_is_given(district: District) -> None:
    good = district.ngo("АНО «Свет»", registered_on=on("2020-01-01"))
    late = district.ngo("АНО «Заря»", registered_on=on("2026-09-01"))
    with pytest.raises(ManyRefused, match=r"Не годится для 1.записи из 2") as refused:
        district.write(many.set_field, "ngo", [good, late], "liquidated_on", on("2025-05-05"))
    assert told(refused.value) == [("АНО «Заря»", "Дата ликвидации раньше даты регистрации.")]
    assert district.card("ngo", good).values["liquidated_on"] is None
    done = district.write(many.set_field, "ngo", [good, late], "liquidated_on", on("2025-05-05"), rest=True)
    assert (done.done, [one.id for one in done.refused]) == (1, [late])
    assert district.card("ngo", good).values["liquidated_on"] == on("2025-05-05")
    assert district.card("ngo", late).values["liquidated_on"] is None


def test_kinds_of_activity_are_set_and_numbers_never(district: District) -> None:
    keys = {field.key for field in many.settable("ngo")}
    assert {"settlement", "activities", "note", "verified_on"} <= keys
    assert not keys & {"name", "ogrn", "inn", "marks", "status", "on_record"}
    ids = [district.ngo(), district.ngo(activities=["1"])]
    district.write(many.set_field, "ngo", ids, "activities", ("8", "9"))
    assert [district.card("ngo", id).values["activities"] for id in ids] == [("8", "9"), ("8", "9")]
    with pytest.raises(KeyError):
        district.write(many.set_field, "ngo", ids, "ogrn", "1")


def test_all_are_checked_today(district: District) -> None:
    ids = [district.ngo(status="unverified"), district.ngo()]
    assert district.write(many.verify, ids).done == 2
    for id in ids:
        values = district.card("ngo", id).values
        assert (values["verified_on"], values["verified_by"], values["status"]) == (
            on("2026-10-05"),
            "Куратор",
            "active",
        )


def test_the_archive_takes_all_or_names_who_holds_it_up(district: District) -> None:
    free, held = district.ngo("АНО «Свет»"), district.ngo("АНО «Заря»")
    district.support(held)
    with pytest.raises(ManyRefused) as refused:
        district.write(many.archive, "ngo", [free, held], "ошибка")
    assert told(refused.value)[0][0] == "АНО «Заря»"
    assert "ссылаются" in told(refused.value)[0][1]
    assert list(district.read(registers.find, "ngo")) == [held, free] or len(district.read(registers.find, "ngo")) == 2
    district.write(many.archive, "ngo", [free, held], "ошибка", rest=True)
    assert list(district.read(registers.find, "ngo")) == [held]
    with pytest.raises(AppError, match="почему"):
        district.write(many.archive, "ngo", [held], " ")


# --- letters to many

GOOD = {"basis": "согласие", "consent": "7", "consent_on": on("2026-01-10")}


def person(name: str, email: str, **more: object) -> dict[str, object]:
    return {"name": name, "email": email, **GOOD, **more}


def test_portions_of_fifty_without_a_repeat(district: District) -> None:
    ids = [district.ngo(f"АНО «Сосна-{n:03d}»", email=f"s{n}@example.org") for n in range(103)]
    ids.append(district.ngo("АНО «Двойник»", email="S7@example.org"))
    ids.append(district.ngo("АНО «Без почты»"))
    made = district.read(mailing, "ngo", ids, To.SERVICE)
    assert [len(portion) for portion in made.portions] == [50, 50, 3]
    assert (made.addresses, made.people) == (103, 0)
    assert [(one.who, one.why) for one in made.left_out] == [
        ("АНО «Двойник»", "повтор"), ("АНО «Без почты»", "нет адреса"),
    ]  # fmt: skip
    assert line_of(made.portions[2]) == "s100@example.org; s101@example.org; s102@example.org"


def test_who_withdrew_gets_no_letter_at_any_address(district: District) -> None:
    gone = person("Ушёл И. И.", "shared@example.org", withdrawn_on=on("2026-09-01"))
    old = person("Давний П. П.", "old@example.org", keep_until=on("2026-10-04"))
    fine = person("Нынешний С. С.", "fine@example.org", keep_until=on("2026-10-05"))
    first = district.ngo("АНО «Свет»", email="Shared@example.org", lines={"contact": [gone]})
    second = district.ngo("АНО «Заря»", lines={"contact": [old, fine]})
    service = district.read(mailing, "ngo", [first, second], To.SERVICE)
    assert service.portions == ()
    assert [(one.who, one.why) for one in service.left_out] == [
        ("АНО «Свет»", "согласие отозвано"), ("АНО «Заря»", "нет адреса"),
    ]  # fmt: skip
    contacts = district.read(mailing, "ngo", [first, second], To.CONTACT)
    assert [line_of(portion) for portion in contacts.portions] == ["fine@example.org"]
    assert contacts.people == 1
    assert sorted((one.who, one.why) for one in contacts.left_out) == [
        ("АНО «Заря»: Давний П. П.", "срок хранения истёк"), ("АНО «Свет»: Ушёл И. И.", "согласие отозвано"),
    ]  # fmt: skip


def test_the_service_address_first_and_a_contact_where_there_is_none(district: District) -> None:
    first = district.ngo("АНО «Свет»", email="svet@example.org", lines={"contact": [person("А", "a@example.org")]})
    second = district.ngo("АНО «Заря»", lines={"contact": [person("Б", "b@example.org"), person("В", "v@example.org")]})
    made = district.read(mailing, "ngo", [first, second], To.EITHER)
    assert line_of(made.portions[0]) == "svet@example.org; b@example.org"
    assert made.people == 1


def test_organisations_stand_behind_decisions_and_services(district: District) -> None:
    svet, zarya = district.ngo("АНО «Свет»", email="svet@example.org"), district.ngo("АНО «Заря»")
    ids = [district.support(svet), district.support(svet), district.support(zarya)]
    assert district.read(organisations, "support", ids) == [svet, zarya]
    service = district.service(district.centre(), "К4", [zarya, None])
    assert district.read(organisations, "service", [service]) == [zarya]
    assert district.read(mailing, "support", ids, To.SERVICE).addresses == 1


# --- labels


def test_labels_lie_three_by_eight_and_begin_where_the_sheet_is_used(district: District) -> None:
    ids = [district.ngo(f"АНО «Сосна-{n:02d}»", address=f"188660, г. Мурино, ул. Новая, д. {n}") for n in range(1, 26)]
    ids.append(district.ngo("АНО «Бездомная»"))
    content, number = district.read(labels_pdf, "ngo", ids)
    assert number == 25
    assert page_sizes(content) == [(210, 297), (210, 297)]
    first, second = page_texts(content)
    assert first.count("Руководителю") == 24
    assert "АНО «Сосна-25»" in second
    assert district.read(labels, "ngo", ids)[1][0].who == "АНО «Бездомная»"
    later, _ = district.read(labels_pdf, "ngo", ids[:3], first=23)
    assert [text.count("Руководителю") for text in page_texts(later)] == [2, 1]
    assert content == district.read(labels_pdf, "ngo", ids)[0]
    with pytest.raises(AppError, match="от 1 до 24"):
        district.read(labels_pdf, "ngo", ids, first=25)
    with pytest.raises(AppError, match="нет почтового адреса"):
        district.read(labels_pdf, "ngo", ids[-1:])


def test_a_long_name_and_address_stay_on_their_label(district: District) -> None:
    name = "Межрегиональная общественная организация содействия " + "сохранению историко-культурного наследия " * 3
    id = district.ngo(f"{name}«Память»", address="188660, Ленинградская область, Всеволожский район, " + "улица " * 40)
    content, _ = district.read(labels_pdf, "ngo", [id])
    assert len(page_texts(content)) == 1
    assert "Руководителю Межрегиональная" in page_texts(content)[0]


# --- contact persons in an export


def test_persons_go_out_only_by_name_and_only_those_who_may(district: District) -> None:
    gone = person("Ушёл И. И.", "gone@example.org", withdrawn_on=on("2026-09-01"))
    fine = person("Нынешний С. С.", "", phone="8 (813) 702-54-11", post="бухгалтер")
    more = person("Второй Т. Т.", "", post="")
    id = district.ngo("АНО «Свет»", director="Светлова А. А.", lines={"contact": [gone, fine, more]})
    plain = district.read(exporting.export, "ngo", [id], "copy", fields=["name", "director"])
    assert (plain.people, "Нынешний" in plain.text) == (0, False)
    keys = ["called", "director", "contact.name", "contact.phone"]
    out = district.read(exporting.export, "ngo", [id], "copy", fields=keys)
    assert out.people == 2
    assert out.text.splitlines() == [
        "Наименование\tРуководитель\tКонтактное лицо\tТелефон контактного лица",
        "АНО «Свет»\tСветлова А. А.\tНынешний С. С.\t8 (813) 702-54-11",
        "АНО «Свет»\tСветлова А. А.\tВторой Т. Т.\t",
    ], "a row for each person"
    bare = district.ngo("АНО «Без лиц»")
    both = district.read(exporting.export, "ngo", [id, bare], "copy", fields=keys)
    assert both.text.splitlines()[-1] == "АНО «Без лиц»\t\t\t"
    assert both.people == 2
    assert "Ушёл" not in out.html


def test_the_full_name_goes_out_under_its_own_heading(district: District) -> None:
    full = "Автономная некоммерческая организация «Свет»"
    id = district.ngo(full, short_name="АНО «Свет»")
    out = district.read(exporting.export, "ngo", [id], "copy", fields=["called", "name"])
    assert out.text.splitlines() == ["Наименование\tПолное наименование", f"АНО «Свет»\t{full}"]
    assert exporting.as_table("ngo", ("name", "inn")) == ("called", "inn")
    assert "called" not in exporting.every("ngo")
    assert exporting.as_table("partner", ("name",)) == ("name",)
