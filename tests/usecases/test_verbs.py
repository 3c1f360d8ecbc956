"""What a curator does: each verb, and what is said when it cannot be done."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from app.core.errors import AppError, InvalidRecord
from app.core.periods import Quarter
from app.usecases import (
    contests,
    needs,
    ngos,
    opening,
    partnerships,
    records,
    registers,
    return_texts,
    row_plans,
    services,
    support,
)
from tests.factories import District, on

Q2, Q3 = Quarter(2026, 2), Quarter(2026, 3)


def test_an_ngo_leaves_the_records_and_comes_back(district: District) -> None:
    id = district.ngo("Фонд «Заря»", taken_on="2026-02-01")
    with pytest.raises(AppError, match="Фонд «Заря» уже на учёте"):
        district.write(ngos.take_on_record, id, on("2026-07-01"))
    with pytest.raises(InvalidRecord, match="Укажите, почему снята с учёта"):
        district.write(ngos.remove_from_record, id, on("2026-06-10"), "boredom")
    with pytest.raises(InvalidRecord, match="Снята с учёта раньше, чем поставлена"):
        district.write(ngos.remove_from_record, id, on("2026-01-10"), "moved")
    district.write(ngos.remove_from_record, id, on("2026-06-10"), "liquidated", liquidated_on=on("2026-05-20"))
    card = district.card("ngo", id)
    (interval,) = card.lines["ngo_interval"]
    assert (interval["removed_account"], interval["removal_title"]) == (Q2, "ликвидирована")
    assert (card.values["on_record"], card.values["liquidated_on"]) == (False, date(2026, 5, 20))
    with pytest.raises(AppError, match="сейчас не на учёте"):
        district.write(ngos.remove_from_record, id, on("2026-06-11"), "moved")
    with pytest.raises(InvalidRecord, match="Сроки учёта пересекаются"):
        district.write(ngos.take_on_record, id, on("2026-06-01"))
    district.write(ngos.take_on_record, id, on("2026-07-01"), status="active")
    card = district.card("ngo", id)
    assert (len(card.lines["ngo_interval"]), card.values["on_record"], card.values["status"]) == (2, True, "active")


def test_a_body_registers_and_keeps_its_key(district: District) -> None:
    id = district.body("Группа «Двор»", taken_on="2026-02-01")
    key = district.card("ngo", id).uuid
    with pytest.raises(InvalidRecord) as refused:
        district.write(ngos.register_body, id, {"ogrn": district.ogrn()})
    assert refused.value.faults == {
        "inn": "Укажите ИНН.",
        "okopf": "Укажите правовую форму.",
        "registered_on": "Укажите дату регистрации.",
    }
    values = {"ogrn": district.ogrn(), "inn": district.inn(), "okopf": "71400", "registered_on": on("2026-05-12")}
    district.write(ngos.register_body, id, values | {"name": "АНО «Двор»"})
    card = district.card("ngo", id)
    assert (card.uuid, card.values["kind"], card.values["legal_account"]) == (key, "legal", Q2)
    assert card.values["name"] == "АНО «Двор»"
    with pytest.raises(AppError, match="АНО «Двор» уже юридическое лицо"):
        district.write(ngos.register_body, id, values)


def test_two_cards_of_one_ngo_become_one(district: District) -> None:
    winner = district.ngo("Фонд «Заря»", taken_on="2026-02-01", inn=None)
    number = district.inn()
    loser = district.ngo("Фонд Заря", taken_on="2026-03-01", ogrn=None, inn=number, site="zarya.example")
    other = district.ngo("Чужой фонд")
    given = district.support(winner, form="213")
    for pair, sentence in (
        ((winner, winner), "Это одна и та же карточка"),
        ((winner, loser), "Останется карточка без ОГРН"),
        ((winner, district.body()), "Останется карточка без юридического лица"),
        ((other, winner), "Это разные организации"),
    ):
        with pytest.raises(AppError, match=sentence):
            district.write(ngos.merge, *pair)
    with pytest.raises(InvalidRecord, match=r"Карточка на учёте только с 01\.03\.2026"):
        district.write(ngos.merge, loser, winner, on("2026-02-15"))
    district.write(ngos.merge, loser, winner, on("2026-07-01"), kind="merge")
    lost, kept = district.card("ngo", loser), district.card("ngo", winner)
    assert (lost.values["merged_into_id"], lost.lines["ngo_interval"][0]["removal"]) == (winner, "merged")
    assert (lost.archived_on, lost.values["on_record"]) == (None, False)
    assert (kept.values["inn"], kept.values["site"]) == (number, "zarya.example")
    assert district.card("support", given).values["ngo_id"] == winner
    assert [c.title for c in district.read(registers.suggest, "ngo", "заря")] == ["Фонд «Заря»"]
    with pytest.raises(AppError, match="уже объединена с другой карточкой"):
        district.write(ngos.merge, loser, winner)
    with pytest.raises(InvalidRecord, match="Карточка объединена с другой"):
        district.save("ngo", {"note": "?"}, id=loser)
    with pytest.raises(AppError, match="На учёте та, что осталась"):
        district.write(ngos.take_on_record, loser, on("2026-07-01"))


def test_looking_at_an_ngo_verifies_it(district: District) -> None:
    id = district.ngo(status="unverified", taken_on="2026-06-01")
    district.write(ngos.verify, id)
    values = district.card("ngo", id).values
    assert (values["status"], values["verified_on"], values["verified_by"]) == ("active", date(2026, 7, 1), "Куратор")


def test_a_decision_gets_the_next_number_of_the_register(district: District) -> None:
    ngo = district.ngo()
    district.support(ngo, form="217", day="2026-06-01")  # never entered: numbers are not those of records
    first, second = district.support(ngo, day="2026-06-29"), district.support(ngo, form="214", day="2026-06-30")
    assert [(n.id, n.due_on) for n in district.read(support.not_entered)] == [
        (first, date(2026, 7, 2)), (second, date(2026, 7, 3)),
    ]  # fmt: skip
    assert district.write(support.enter_in_register, first) == 1
    assert district.write(support.enter_in_register, second, published_on=on("2026-07-01")) == 2
    values = district.card("support", second).values
    assert (values["entered_on"], values["entry_account"], values["published_on"]) == (
        date(2026, 7, 1), Q3, date(2026, 7, 1),
    )  # fmt: skip
    assert district.read(support.not_entered) == ()
    with pytest.raises(AppError, match="Мера уже внесена в реестр под №\u00a01"):
        district.write(support.enter_in_register, first)
    with pytest.raises(AppError, match="Мера внесена в реестр получателей под №\u00a01"):
        district.write(records.archive, "support", first, "ошибка")
    with pytest.raises(InvalidRecord, match=r"Публикация раньше записи в реестре от 01\.07\.2026"):
        district.write(support.publish, first, on("2026-06-30"))
    with pytest.raises(InvalidRecord, match="Дата ещё не наступила"):
        district.write(support.publish, first, on("2026-07-02"))
    third = district.support(ngo)
    for sentence, changes in (
        ("Запись раньше решения от", {"entered_on": on("2026-06-30")}),
        ("Дата ещё не наступила", {"entered_on": on("2026-07-02")}),
    ):
        with pytest.raises(InvalidRecord, match=sentence):
            district.write(support.enter_in_register, third, **changes)
    with pytest.raises(AppError, match="Мера ещё не внесена в реестр"):
        district.write(support.publish, third)
    with pytest.raises(AppError, match="закупки и иная поддержка в реестр получателей не вносятся"):
        district.write(support.enter_in_register, district.support(ngo, form="217"))
    with pytest.raises(AppError, match="без юридического лица не вносится"):
        district.write(support.enter_in_register, district.support(district.body(), form="214"))
    old = district.support(ngo, form="212", day="2024-01-01", before_records=True)
    with pytest.raises(AppError, match="входит только в остатки"):
        district.write(support.enter_in_register, old)


def test_support_ends_by_a_row_of_its_own(district: District) -> None:
    first = district.support(district.ngo(), day="2026-06-01")
    district.write(support.enter_in_register, first)
    with pytest.raises(InvalidRecord, match=r"Прекращение раньше решения от 01\.06\.2026"):
        district.write(support.terminate, first, decision_no="9-р", decision_on=on("2026-05-01"))
    ended = district.write(support.terminate, first, decision_no="9-р", decision_on=on("2026-06-20"))
    values = district.card("support", ended).values
    assert (values["terminates_id"], values["amount"], values["entry_no"]) == (first, Decimal(0), 2)
    with pytest.raises(AppError, match=r"Поддержка уже прекращена 20\.06\.2026"):
        district.write(support.terminate, first, decision_no="10-р", decision_on=on("2026-06-21"))
    with pytest.raises(AppError, match="прекратить её нельзя"):
        district.write(support.terminate, ended, decision_no="10-р", decision_on=on("2026-06-21"))


def test_violations_and_money_returned(district: District) -> None:
    id = district.support(district.ngo(), "100", day="2026-05-01")
    district.write(support.add_violation, id, on("2026-06-01"), "нет отчёта")
    (line,) = district.card("support", id).lines["violation"]
    with pytest.raises(InvalidRecord, match="больше, чем выдано"):
        district.write(support.return_money, id, line["id"], Decimal(200), on("2026-06-10"))
    with pytest.raises(InvalidRecord, match="Деньги возвращены раньше, чем найдено нарушение"):
        district.write(support.return_money, id, line["id"], Decimal(50), on("2026-05-10"))
    with pytest.raises(InvalidRecord, match="Нарушение не может быть раньше решения о поддержке"):
        district.write(support.add_violation, id, on("2026-04-01"), "нет отчёта")
    district.write(support.return_money, id, line["id"], Decimal(50), on("2026-07-01"))
    (line,) = district.card("support", id).lines["violation"]
    assert (line["account"], line["returned_account"]) == (Q2, Q3)


def test_one_act_for_many_makes_a_record_for_each(district: District) -> None:
    many = [district.ngo(f"Союз {n}") for n in range(7)]
    values = {"form": "213", "decision_no": "5-р", "decision_on": on("2026-06-01"), "publications": 1}
    assert len(district.write(support.record_for_many, many, values)) == 7
    taught = {"decision_no": "6-р", "decision_on": on("2026-06-10"), "people": 2}
    event = {"title": "Школа НКО", "held_on": on("2026-06-10"), "hours": Decimal(8)}
    made = district.write(support.record_for_many, many[:3], taught, event=event)
    (one,) = {district.card("support", id).values["event_id"] for id in made}
    assert district.card("event", one).values["title"] == "Школа НКО"
    assert district.card("support", made[0]).values["event_id_title"] == "Школа НКО, 10.06.2026"
    money = {"form": "211", "decision_on": on("2026-06-01"), "amount": Decimal(1)}
    with_a_body = [*many, district.body("Группа")]
    with pytest.raises(InvalidRecord, match="«Группа»: Объединение без юридического лица не может получить"):
        district.write(support.record_for_many, with_a_body, money)
    assert len(district.read(registers.find, "support")) == 10
    with pytest.raises(InvalidRecord, match="Выберите хотя бы одного получателя"):
        district.write(support.record_for_many, [], values)
    with pytest.raises(InvalidRecord) as refused:  # all that is wrong at once, and each thing once
        district.write(support.record_for_many, [], {"form": "211", "amount": Decimal(-100)})
    assert set(refused.value.faults) == {"ngo_id", "decision_on", "amount"}
    ngo = district.ngo("АНО «Маяк»")
    with pytest.raises(InvalidRecord) as refused:
        district.write(support.record_for_many, [ngo], money | {"amount": Decimal(-100)})
    assert set(refused.value.faults) == {"amount"}


def test_a_service_for_a_pasted_list(district: District) -> None:
    svet, body = district.ngo("АНО «Свет»", short_name="Свет"), district.body("Группа «Двор»")
    number = district.card("ngo", svet).values["ogrn"]
    district.ngo("Фонд «Заря»", ogrn=None)
    district.ngo("Фонд Заря", ogrn=None)
    found = district.read(
        services.read_recipients, f"1. ано свет\n2) «Двор»\n\n ОГРН {number};\nграждане\nЗаря\nНикто"
    )
    assert [p.ngo_id for p in found] == [svet, None, svet, None, None, None]
    assert [p.fault for p in found] == [
        "", "«Двор»: такой НКО нет на учёте.", "", "",
        "Заря: таких НКО 2, укажите ОГРН или ИНН.", "Никто: такой НКО нет на учёте.",
    ]  # fmt: skip
    centre = district.centre()
    values = {"centre_id": centre, "service_code": "О1", "provided_on": on("2026-06-10"), "hours": Decimal(3)}
    first = district.write(services.record_service, values, [svet, body, None])
    second = district.write(services.record_service, values | {"provided_on": on("2026-06-11")}, [svet])
    lines = district.card("service", first).lines["service_recipient"]
    assert [(line["ngo_id"], line["first_time"]) for line in lines] == [(svet, True), (body, True), (None, False)]
    assert district.card("service", second).lines["service_recipient"][0]["first_time"] is False


def test_a_need_is_closed_once_and_opened_anew(district: District) -> None:
    ngo, centre = district.ngo(taken_on="2026-02-01"), district.centre()
    need = district.write(needs.open_need, {"ngo_id": ngo, "category_code": "finance", "opened_on": on("2026-05-11")})
    assert district.card("need", need).values["codes"] == ("К4", "С3")
    early = district.service(centre, recipients=(ngo,), day="2026-05-20")
    service = district.service(centre, recipients=(ngo,), day="2026-06-20")
    district.write(needs.answer_in_part, need, early)
    with pytest.raises(InvalidRecord, match="Укажите услугу центра, которая закрыла потребность"):
        district.write(needs.close_need, need, on("2026-06-20"))
    with pytest.raises(InvalidRecord, match="Напишите, чем закрыта потребность"):
        district.write(needs.close_need, need, on("2026-06-20"), "closed_other")
    with pytest.raises(InvalidRecord, match=r"выявлена 11\.05\.2026: закрыть её раньше нельзя"):
        district.write(needs.close_need, need, on("2026-05-01"), services=[(service, "closes")])
    with pytest.raises(InvalidRecord, match=r"Закрыта раньше, чем оказана услуга \(20\.06\.2026\)"):
        district.write(needs.close_need, need, on("2026-06-01"), services=[(service, "closes")])
    with pytest.raises(InvalidRecord, match="Укажите, кто закрыл"):
        district.write(needs.close_need, need, on("2026-06-20"), "withdrawn")
    district.write(needs.close_need, need, on("2026-06-21"), services=[(service, "closes")])
    card = district.card("need", need)
    assert (card.values["status"], card.values["closed_account"]) == ("closed_centre", Q2)
    assert card.values["closed_by"] == "К4 20.06.2026"
    assert [line["kind"] for line in card.lines["need_service"]] == ["partly", "closes"]
    with pytest.raises(AppError, match=r"Потребность уже закрыта РЦ 21\.06\.2026\. Если она снова есть"):
        district.write(needs.withdraw_need, need, on("2026-06-22"), "передумали")
    with pytest.raises(InvalidRecord, match="не открывается снова: нажмите «Возобновить»"):
        district.save("need", {"status": "open", "closed_on": None}, id=need)
    with pytest.raises(InvalidRecord, match="Возобновлена раньше, чем закрыта"):
        district.write(needs.reopen_need, need, on("2026-06-01"))
    again = district.write(needs.reopen_need, need)
    card = district.card("need", again)
    assert (card.values["reopens_id"], card.values["status"], card.values["account"]) == (need, "open", Q3)
    with pytest.raises(AppError, match="Возобновляют закрытую или снятую"):
        district.write(needs.reopen_need, again)
    district.write(needs.withdraw_need, again, on("2026-07-01"), "решили сами")
    assert district.card("need", again).values["status"] == "withdrawn"


def test_a_counted_need_changes_its_category_by_a_new_one(district: District) -> None:
    ngo = district.ngo(taken_on="2026-02-01")
    need = district.need(ngo, day="2026-05-11")
    district.save("need", {"category_code": "premises"}, id=need)
    district.freeze_plainly(Q2)
    with pytest.raises(InvalidRecord, match="уже учтена в отчёте за II\u00a0квартал"):
        district.save("need", {"category_code": "finance"}, id=need)
    new = district.write(needs.recategorise, need, "finance", on("2026-07-01"))
    assert district.card("need", need).values["status"] == "withdrawn"
    assert district.card("need", new).values["codes"] == ("К4", "С3")


def test_an_agreement_from_first_to_last_day(district: District) -> None:
    partner, ngo = district.partner(), district.ngo(taken_on="2026-02-01")
    values = {"partner_id": partner, "number": "7", "starts_on": on("2026-03-01"), "ends_on": on("2026-12-31")}
    id = district.write(partnerships.conclude, values, [ngo])
    district.write(partnerships.contribute, id, {"given_on": on("2026-04-01"), "kind": "volunteers", "people": 5})
    with pytest.raises(InvalidRecord, match="Укажите площадь помещения"):
        district.write(partnerships.contribute, id, {"given_on": on("2026-04-01"), "kind": "premises"})
    with pytest.raises(AppError, match=r"и так действует по 31\.12\.2026"):
        district.write(partnerships.end_early, id, on("2026-12-31"), "договорились")
    district.write(partnerships.end_early, id, on("2026-06-30"), "договорились")
    assert district.card("agreement", id).values["end_account"] == Q3
    with pytest.raises(AppError, match=r"Соглашение уже прекращено 30\.06\.2026"):
        district.write(partnerships.end_early, id, on("2026-06-20"), "договорились")
    offered = {"partner_id": partner, "kind": "goods", "text": "краска", "offered_on": on("2026-06-01")}
    offer = district.save("offer", offered)
    asked = {"ngo_id": ngo, "kind": "goods", "text": "краска для забора", "asked_on": on("2026-06-02")}
    request = district.save("request", asked)
    district.write(partnerships.match_offer, request, offer)
    assert district.card("request", request).values["offer_id_title"] == "краска"
    wrong = district.save("request", asked | {"kind": "money"})
    with pytest.raises(InvalidRecord, match="Просят другое: деньги, а предлагают товары"):
        district.write(partnerships.match_offer, wrong, offer)


def test_a_practice_advances_to_its_last_state(district: District) -> None:
    id = district.practice(district.ngo(), presented="2026-03-01")
    for state in ("checked", "recommended", "spread"):
        assert district.write(partnerships.advance_practice, id, on("2026-06-01")) == state
    assert district.card("practice", id).values["state_title"] == "тиражирована"
    with pytest.raises(AppError, match="это последнее состояние"):
        district.write(partnerships.advance_practice, id, on("2026-07-01"))


def test_a_supported_application_has_its_decision_of_support(district: District) -> None:
    ngo, contest = district.ngo(), district.contest()
    assert district.card("grant_contest", contest).values["grant_limit"] == Decimal("250000.00")
    values = {"contest_id": contest, "ngo_id": ngo, "project": "Двор", "applied_on": on("2026-03-01")}
    values["asked"] = Decimal(200000)
    id = district.write(contests.apply, values)
    with pytest.raises(InvalidRecord, match="Решение раньше подачи заявки"):
        district.write(contests.decide, id, "refused", on("2026-02-01"))
    with pytest.raises(InvalidRecord, match="Укажите сумму гранта"):
        district.write(contests.decide, id, "supported", on("2026-04-01"))
    with pytest.raises(InvalidRecord, match="Больше предела одного гранта: 250\u00a0000,00\u00a0₽"):
        district.write(contests.decide, id, "supported", on("2026-04-01"), granted=Decimal(300000))
    with pytest.raises(InvalidRecord, match="Отчитывается только тот, чья заявка поддержана"):
        district.write(contests.report, id, on("2026-06-01"), beneficiaries=10)
    won = {"granted": Decimal(180000), "decision_no": "3-р"}
    made = district.write(contests.decide, id, "supported", on("2026-04-01"), **won)
    assert made is not None
    grant = district.card("support", made).values
    assert (grant["form"], grant["amount"], grant["oblast"], grant["local"]) == ("211", 180000, 180000, 0)
    assert (grant["application_id"], grant["decision_no"], grant["account"]) == (id, "3-р", Q2)
    district.save("grant_application", {"granted": Decimal(170000)}, id=id)
    assert district.card("support", made).values["oblast"] == Decimal(170000)
    with pytest.raises(AppError, match="Решение уже принято: заявка поддержана"):
        district.write(contests.decide, id, "refused", on("2026-04-02"))
    district.write(contests.report, id, on("2026-07-01"), beneficiaries=120, events=3)
    assert district.card("grant_application", id).values["report_account"] == Q3
    refused = district.write(contests.apply, values | {"project": "Сад"})
    assert district.write(contests.decide, refused, "refused", on("2026-04-01")) is None
    small = district.contest(2025, total_limit=Decimal(260000))
    for amount in (Decimal(200000), None):
        one = district.write(contests.apply, values | {"contest_id": small})
        if amount:
            district.write(contests.decide, one, "supported", on("2026-04-01"), granted=amount)
        else:
            with pytest.raises(InvalidRecord, match="Всего по конкурсу 270\u00a0000,00\u00a0₽: больше предела"):
                district.write(contests.decide, one, "supported", on("2026-04-01"), granted=Decimal(70000))


def test_opening_balances_are_set_once_before_the_first_return(district: District) -> None:
    figures = {"101.year": Decimal(40), "302.year": Decimal(12)}
    district.write(opening.save_opening, Q2, figures, bare=["302.year"], keys={"210.year": ["a", "b", "a"]})
    found = district.read(opening.opening)
    assert found is not None
    assert (found.quarter, found.figures, found.bare) == (Q2, figures, {"302.year"})
    assert found.keys == {"210.year": ("a", "b")}
    district.write(opening.save_opening, Q2, {"101.year": Decimal(41)})
    found = district.read(opening.opening)
    assert found is not None
    assert (found.figures, found.keys) == ({"101.year": Decimal(41)}, {})
    with pytest.raises(InvalidRecord, match="Остаток не может быть отрицательным"):
        district.write(opening.save_opening, Q2, {"101.year": Decimal(-1)})
    district.freeze_plainly(Q3)
    with pytest.raises(AppError, match="начальные остатки больше не меняются"):
        district.write(opening.save_opening, Q2, figures)


def test_a_plan_has_its_act(district: District) -> None:
    district.write(row_plans.plan_row, 2026, "301", Decimal(200), "12-п", on("2026-01-15"))
    district.write(row_plans.plan_row, 2026, "301", Decimal(220), "40-п", on("2026-06-01"))
    district.write(row_plans.plan_row, 2026, "301", Decimal(230), "40-п", on("2026-06-01"))
    assert [(p.value, p.act_no) for p in district.read(row_plans.plans, 2026)] == [(200, "12-п"), (230, "40-п")]
    with pytest.raises(InvalidRecord) as refused:
        district.write(row_plans.plan_row, 2026, "301", Decimal(-1), " ", on("2027-01-01"))
    assert refused.value.faults == {
        "act_no": "Укажите № акта: план меняется только актом.",
        "act_on": "Дата ещё не наступила.",
        "value": "План не может быть отрицательным.",
    }


def test_texts_of_a_return(district: District) -> None:
    district.write(return_texts.set_text, Q2, "704", " Совет создан ")
    assert district.read(return_texts.texts, Q2) == {"704": "Совет создан"}
    district.write(return_texts.set_text, Q2, "704", "")
    assert district.read(return_texts.texts, Q2) == {}
    with pytest.raises(InvalidRecord, match="Слишком длинный текст: 2001 знаков, помещается 2000"):
        district.write(return_texts.set_text, Q2, "704", "я" * 2001)
