"""«Что сделано для НКО»: everything of one NGO in time order, branches and merged cards as one, no contact person."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from app.core.errors import AppError
from app.returns.ngo_history import NgoHistory, history_of
from app.usecases.needs import answer_in_part, close_need, withdraw_need
from app.usecases.ngo_history import history_paper
from app.usecases.ngos import merge
from app.usecases.return_records import read_records
from app.usecases.setup import save_unit
from app.usecases.support import add_violation, enter_in_register, return_money, terminate
from tests.factories import District
from tests.reports.reading import page_texts


def paper(district: District, card: int) -> str:
    return " ".join(page_texts(district.read(history_paper, card=card)))


def history(district: District, card: int) -> NgoHistory:
    found = history_of(district.read(read_records), card)
    assert found is not None
    return found


def test_all_that_was_done_stands_with_its_totals(district: District) -> None:
    svet = district.ngo("АНО «Свет»", sonko=True, address="г. Мурино", taken_on="2026-01-15", activities=("9",))
    grant = district.at("2026-07-01").support(svet, "50 000", purpose="Проект «Двор»")
    district.write(enter_in_register, grant)
    district.support(svet, "20 000,50", day="2026-06-15")
    district.support(svet, form="214", day="2026-06-20")
    opora = district.centre("АНО «Опора»")
    done = district.service(opora, "К4", [svet, district.ngo("Союз «Лад»")], hours=Decimal("1.5"), day="2026-07-01")
    district.service(opora, "К2", [svet], day="2026-06-30")
    need = district.need(svet, "finance", text="нужен совет по заявке", day="2026-06-01")
    district.write(close_need, need, date(2026, 7, 1), services=[(done, "closes")])
    contributions = [{"given_on": date(2026, 6, 10), "kind": "money", "amount": Decimal(30000)}]
    partner = district.partner("ООО «Берег»")
    district.agreement(partner, [svet], starts="2026-06-01", ends="2026-12-31", contributions=contributions)
    district.practice(svet, "Вторая жизнь вещей", presented="2026-06-20")
    text = paper(district, svet)
    assert "ЧТО СДЕЛАНО ДЛЯ НКО АНО «Свет»" in text
    assert "сведения на 1 июля 2026 г." in text
    assert "СОНКО 15.01.2026 бессрочно" in text
    assert "Мер поддержки 3" in text
    assert "из них финансовой поддержки 70 000,50 ₽" in text
    assert "часов услуг 2,5" in text
    assert "Потребностей заявлено 1 из них закрыто 1 остаётся открыто 0" in text
    assert text.index("20 000,50 ₽") < text.index("1 консультация") < text.index("50 000,00 ₽ Проект «Двор»")
    assert "№ 1 01.07.2026" in text
    assert text.index("К2 Консультация юридическая") < text.index("К4 Консультация по грантам")
    assert "закрыта РЦ 01.07.2026: К4 01.07.2026, АНО «Опора»" in re.sub(r"\s+", " ", text)
    assert "10.06.2026 деньги 30 000,00 ₽" in text
    assert "Вторая жизнь вещей" in text
    assert "представлена 20.06.2026" in text


def test_head_branch_and_merged_card_are_one(district: District) -> None:
    ogrn = district.ogrn()
    head = district.ngo("АНО «Свет»", ogrn=ogrn, kpp="470301001")
    branch = district.ngo("Филиал АНО «Свет»", ogrn=ogrn, kpp="470302001", is_branch=True, head_id=head)
    twice = district.ngo("АНО «Свет» (второй список)", ogrn="", inn="")
    other = district.ngo("Союз «Лад»")
    district.support(branch, "22 000", form="217")
    district.support(twice, form="214", purpose="разговор об отчёте")
    district.support(other, "44 000", form="217")
    district.service(district.centre(), "К1", [branch, twice])
    district.write(merge, twice, head)
    for card in (head, branch, twice):
        found = history(district, card)
        assert found.ngo.id == head
        assert {one.id for one in found.cards} == {head, branch, twice}
        assert len(found.services) == 1, "one service for two of its cards"
    by_number = " ".join(page_texts(district.read(history_paper, ogrn=ogrn)))
    assert by_number == paper(district, branch)
    assert "22 000,00 ₽" in by_number
    assert "разговор об отчёте" in by_number
    assert "44 000" not in by_number
    assert "Филиал АНО «Свет» (филиал)" in by_number
    assert "АНО «Свет» (второй список) (прежняя карточка)" in by_number


def test_what_ended_and_what_was_violated_is_told_and_not_added(district: District) -> None:
    svet = district.ngo("АНО «Свет»")
    grant = district.support(svet, "100 000", decision_no="7-р")
    district.write(enter_in_register, grant)
    district.write(add_violation, grant, date(2026, 7, 1), "нецелевой расход")
    (violation,) = district.card("support", grant).lines["violation"]
    district.write(return_money, grant, violation["id"], Decimal(5000), date(2026, 7, 1))
    district.write(terminate, grant, decision_no="12-р", decision_on=date(2026, 7, 1))
    found = history(district, svet)
    assert (len(found.support), len(found.decisions), found.money) == (2, 1, Decimal(100000))
    text = paper(district, svet)
    assert "нарушение 01.07.2026: нецелевой расход, возвращено 5 000,00 ₽ 01.07.2026" in text
    assert "прекращена поддержка по решению от 01.07.2026 № 7-р" in text


def test_a_need_says_how_it_ended(district: District) -> None:
    body = district.body("Инициативная группа «Двор»")
    open_, withdrawn, other = (district.need(body, "legal", text=text) for text in ("устав", "юрист", "стол"))
    service = district.service(district.centre("АНО «Опора»"), "К2", [body])
    district.write(answer_in_part, open_, service)
    district.write(withdraw_need, withdrawn, date(2026, 7, 1), "передумали")
    district.write(close_need, other, date(2026, 7, 1), "closed_other", closed_by="дала администрация")
    text = paper(district, body)
    assert "открыта; частично помогли: К2 01.07.2026, АНО «Опора»" in text
    assert "снята 01.07.2026: передумали" in text
    assert "закрыта администрацией или партнёром 01.07.2026: дала администрация" in text
    assert "объединение без образования юридического лица" in text
    assert "Поддержки не было." in text
    assert "Практик нет." in text


def test_a_contact_person_is_no_part_of_it(district: District) -> None:
    contact = {"name": "Сомов Виктор Андреевич", "post": "бухгалтер", "phone": "8 (921) 555-44-33",
               "email": "somov@example.ru", "basis": "согласие", "purpose": "связь"}  # fmt: skip
    svet = district.ngo("АНО «Свет»", phone="8 (813) 700-00-00", email="svet@example.ru", lines={"contact": [contact]})
    text = paper(district, svet)
    assert not [word for word in ("Сомов", "555-44-33", "example.ru", "700-00-00") if word in text]


def test_it_is_signed_where_the_unit_has_signers_and_the_bytes_are_the_same(district: District) -> None:
    svet = district.ngo("АНО «Свет»")
    assert "(подпись)" not in paper(district, svet)
    district.write(save_unit, {"head_post": "глава", "head_name": "Ермакова Л. В."})
    assert "Ермакова Л. В." in paper(district, svet)
    assert district.read(history_paper, card=svet) == district.read(history_paper, card=svet)


def test_a_wrong_or_unknown_number_is_refused(district: District) -> None:
    with pytest.raises(AppError, match="не принят"):
        district.read(history_paper, ogrn="1231600019706")
    with pytest.raises(AppError, match="в программе нет"):
        district.read(history_paper, ogrn="1231600019705")
    with pytest.raises(AppError, match="в архиве"):
        district.read(history_paper, card=999)
