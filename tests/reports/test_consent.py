"""The form of a consent: a paper of its own on one page, with all that art. 9 of 152-ФЗ asks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.core.errors import AppError
from app.usecases.erasing import KIND, erase_contacts
from app.usecases.personal_papers import consent_paper
from app.usecases.setup import save_settings, save_unit
from tests.factories import District, on
from tests.reports.reading import page_sizes, page_texts

ADDRESS = "188640, Ленинградская область, г. Всеволожск, Колтушское шоссе, д. 138"
PERSON = {"name": "Тайнова Секретина Петровна", "post": "казначей", "phone": "+7 (921) 555-01-77",
          "email": "taynova@example.ru", "basis": "согласие", "consent": "ПД-7", "consent_on": on("2026-01-12"),
          "keep_until": on("2027-01-12"), "purpose": "приглашать на обучение"}  # fmt: skip


@pytest.fixture
def district(tmp_path: Path) -> Iterator[District]:
    with District(tmp_path, today="2026-07-01") as found:
        found.write(save_unit, {"address": ADDRESS, "executor_phone": "8 (81370) 24-001"})
        yield found


def with_person(district: District, **values: Any) -> tuple[int, int]:
    ngo = district.ngo("АНО «Светлый берег»", lines={"contact": [PERSON | values]})
    return ngo, district.card("ngo", ngo).lines["contact"][0]["id"]


def test_it_says_what_the_law_asks(district: District) -> None:
    (text,) = page_texts(district.read(consent_paper, *with_person(district)))
    for said in (
        "СОГЛАСИЕ на обработку персональных данных № ПД-7", "Я, Тайнова Секретина Петровна,",
        "Администрация Всеволожского муниципального района", ADDRESS,
        "приглашать на обучение (казначей, АНО «Светлый берег»)",
        "фамилия, имя, отчество; должность; телефон; адрес электронной почты",
        "сбор, запись, систематизация", "Передача третьим лицам и распространение", "по 12.01.2027 включительно",
        "письменным заявлением по адресу оператора (тел. 8 (81370) 24-001)", "не позднее 30 дней",
        "Тайнова С. П.", "(подпись)", "документ, удостоверяющий личность: ____", "2026 г.",
    ):  # fmt: skip
        assert said in text, said
    assert "М.П." not in text, "a person has no seal"
    assert not [word for word in ("555-01-77", "taynova@example.ru") if word in text], "no more than is needed"


def test_a_blank_one_leaves_lines(district: District) -> None:
    ngo, _ = with_person(district)
    (text,) = page_texts(district.read(consent_paper, ngo))
    assert "Я, ______" in text
    assert "взаимодействие администрации с НКО (АНО «Светлый берег»)" in text
    assert "до достижения цели обработки" in text
    assert "Тайнова" not in text


def test_it_is_one_page_of_a4_whatever_the_names(district: District) -> None:
    long = "Местная общественная организация содействия сохранению культурного наследия и развитию добровольчества"
    district.write(save_unit, {"administration": f"Администрация {'муниципального образования ' * 6}", "address": long})
    district.write(save_settings, {"binding_margin": True})
    ngo = district.ngo(f"{long} «Ладожский рассвет»", lines={"contact": [PERSON | {"post": "председатель правления"}]})
    pdf = district.read(consent_paper, ngo, district.card("ngo", ngo).lines["contact"][0]["id"])
    assert page_sizes(pdf) == [(210, 297)]


def test_an_ended_term_is_not_printed_and_strangers_are_refused(district: District) -> None:
    ngo, id = with_person(district, keep_until=on("2026-06-30"))
    assert "до достижения цели обработки" in page_texts(district.read(consent_paper, ngo, id))[0]
    other = district.ngo("Фонд «Ёлочка»")
    with pytest.raises(AppError, match="в карточке нет"):
        district.read(consent_paper, other, id)
    district.write(erase_contacts, [id], kind=KIND)
    with pytest.raises(AppError, match="обезличен"):
        district.read(consent_paper, ngo, id)
