"""«Паспорт НКО»: from the read model of the page, with its sums, without contact persons, in the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from app.usecases.documents import NewFile, attach
from app.usecases.needs import withdraw_need
from app.usecases.ngo_passport import MOST_ON_THE_LINE, passport_paper
from app.usecases.records import archive
from app.usecases.setup import save_unit
from app.usecases.support import enter_in_register, terminate
from tests.factories import District
from tests.reports.reading import page_texts

CONTACT = {"name": "Сомов Виктор Андреевич", "post": "бухгалтер", "phone": "8 (921) 555-44-33", "basis": "согласие"}


@pytest.fixture
def district(tmp_path: Path) -> Iterator[District]:
    with District(tmp_path, today="2026-07-01") as made:
        yield made


def paper(district: District, ngo: int) -> str:
    return " ".join(" ".join(page_texts(district.read(passport_paper, ngo))).split())


def test_it_tells_the_whole_story(district: District) -> None:
    svet = district.ngo("АНО «Свет»", sonko=True, address="г. Мурино", taken_on="2025-01-15",
                        lines={"contact": [CONTACT]})  # fmt: skip
    district.support(svet, "50 000", day="2025-12-01", purpose="Проект «Двор»")
    district.support(svet, "20 000,50", day="2026-06-15")
    district.support(svet, form="214", day="2026-06-20")
    district.service(district.centre("АНО «Опора»"), "К4", [svet], hours=Decimal("1.5"), day="2026-06-30")
    need = district.need(svet, "finance", text="нужен совет", day="2026-06-01")
    district.need(svet, "finance", text="стол", day="2026-06-02")
    district.write(withdraw_need, need, date(2026, 7, 1), "передумали")
    district.write(attach, "ngo", svet, [NewFile("Устав.pdf", b"%PDF")])
    text = paper(district, svet)
    assert "ПАСПОРТ НКО АНО «Свет» действует; сведения на 1 июля 2026 г." in text
    assert "СОНКО 15.01.2025 бессрочно" in text
    assert "2026 2 20 000,50 1 1,5 2025 1 50 000,00 — — Всего 3 70 000,50 1 1,5" in text
    assert "Поддержка: 3 меры, финансовой на 70 000,50 ₽" in text
    assert "Потребности: 2, открыто 1" in text
    assert "Услуги центров: 1" in text
    assert "Устав.pdf устав · 4 Б" in text
    assert "Полное наименование" not in text, "it is the title"
    assert "Лента времени" in text
    assert "2026 год" in text
    assert "01.07.2026 Потребность снята: Финансы и гранты: нужен совет передумали" in text
    assert "15.01.2025 Поставлена на учёт" in text
    assert not [word for word in ("Сомов", "555-44-33", "бухгалтер") if word in text]


def test_the_end_of_a_decision_is_told_and_not_added(district: District) -> None:
    svet = district.ngo("АНО «Свет»")
    grant = district.support(svet, "100 000", decision_no="7-р")
    district.write(enter_in_register, grant)
    district.write(terminate, grant, decision_no="12-р", decision_on=date(2026, 7, 1))
    text = paper(district, svet)
    assert "Поддержка: 1 мера, финансовой на 100 000,00 ₽" in text
    assert "2026 1 100 000,00 — —" in text
    assert "Прекращена поддержка № 12-р · № 7-р от 01.07.2026" in text


def test_a_long_line_says_how_much_it_leaves(district: District) -> None:
    svet = district.ngo("АНО «Свет»")
    for number in range(70):
        district.need(svet, text=f"нужда {number}", day=date(2026, 1 + number % 6, 1 + number % 28))
    text = paper(district, svet)
    assert f"Ещё {73 - MOST_ON_THE_LINE} записей раньше — в программе." in text
    assert "Потребности: 70, открыто 70" in text


def test_an_empty_card_and_one_in_the_archive_have_a_passport(district: District) -> None:
    body = district.body("Инициативная группа «Двор»")
    text = paper(district, body)
    assert "Ни поддержки, ни услуг не было." in text
    assert "объединение без образования юридического лица" in text
    district.write(archive, "ngo", body, "дубль")
    assert "в архиве с 01.07.2026; сведения на" in paper(district, body)


def test_it_is_signed_where_the_unit_has_signers_and_the_bytes_are_the_same(district: District) -> None:
    svet = district.ngo("АНО «Свет»")
    assert "(подпись)" not in paper(district, svet)
    district.write(save_unit, {"head_post": "глава", "head_name": "Ермакова Л. В."})
    assert "Ермакова Л. В." in paper(district, svet)
    assert district.read(passport_paper, svet) == district.read(passport_paper, svet)
