"""Saving, archiving and restoring: what is kept, what is refused and in which words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.core.errors import AppError, InvalidRecord
from app.core.periods import Quarter
from app.usecases import records
from app.usecases.support import enter_in_register
from tests.factories import District, on

Q2, Q3, Q4 = Quarter(2026, 2), Quarter(2026, 3), Quarter(2026, 4)


def faults(district: District, register: str, values: dict[str, Any], **kwargs: Any) -> dict[str, str]:
    """What is said at the fields when the record is saved; it must not be."""
    with pytest.raises(InvalidRecord) as refused:
        district.save(register, values, **kwargs)
    return refused.value.faults


def test_a_new_ngo_is_on_record_from_today_and_unverified(district: District) -> None:
    id = district.save("ngo", {"name": "  Фонд «Ёлка» ", "ogrn": district.ogrn()})
    card = district.card("ngo", id)
    assert card.values["name"] == "Фонд «Ёлка»"
    (interval,) = card.lines["ngo_interval"]
    assert (interval["taken_on"], interval["taken_account"]) == (date(2026, 7, 1), Q3)
    (status,) = card.lines["ngo_status"]
    assert (status["since"], status["status"], card.values["on_record"]) == (date(2026, 7, 1), "unverified", True)
    assert len(card.uuid) == 36


def test_a_list_may_say_since_when_and_in_which_status(district: District) -> None:
    given = {"name": "Союз", "taken_on": date(2024, 3, 1), "status": "active"}
    several = {"marks": ("sonko",), "activities": ("9", "1")}
    card = district.card("ngo", district.save("ngo", given | several))
    assert card.lines["ngo_interval"][0]["taken_account"] == Quarter(2024, 1)
    assert card.lines["ngo_mark"][0]["since"] == date(2024, 3, 1)
    assert card.values["status"] == "active"
    assert {key: card.values[key] for key in several} == several


def test_a_new_status_in_a_list_holds_from_today(district: District) -> None:
    id = district.ngo("Союз", status="active", taken_on="2026-01-10")
    district.at("2026-07-20").save("ngo", {"status": "inactive", "marks": ("sonko",)}, id=id)
    card = district.card("ngo", id)
    assert [(line["since"], line["status"]) for line in card.lines["ngo_status"]] == [
        (date(2026, 1, 10), "active"),
        (date(2026, 7, 20), "inactive"),
    ]
    district.save("ngo", {"marks": ()}, id=id)
    assert district.card("ngo", id).values["marks"] == ("sonko",)  # an empty cell never erases


def test_what_is_missing_or_unreal_is_said_at_its_field(district: District) -> None:
    assert faults(district, "ngo", {}) == {"name": "Заполните поле «Полное наименование»."}
    said = faults(
        district,
        "ngo",
        {"name": "Фонд", "ogrn": "1231600019706", "inn": "1655494611", "kpp": "12", "minjust_number": "471",
         "okopf": "99999", "registered_on": date(2027, 1, 1)},
    )  # fmt: skip
    assert said == {
        "ogrn": "Контрольная цифра ОГРН не сходится: сверьте с выпиской из ЕГРЮЛ.",
        "inn": "Контрольная цифра ИНН не сходится: сверьте с выпиской из ЕГРЮЛ.",
        "kpp": "В КПП 9 знаков: цифры, на 5-м и 6-м месте бывают буквы.",
        "minjust_number": "В учётном номере Минюста 10 цифр.",
        "okopf": "Значения «99999» нет в справочнике: выберите из списка.",
        "registered_on": "Дата ещё не наступила.",
    }
    ngo = district.ngo()
    said = faults(district, "support", {"ngo_id": ngo, "form": "214", "decision_on": date(1880, 1, 1),
                                        "consultations": -1, "hours": Decimal(9999999999999)})  # fmt: skip
    assert said == {
        "decision_on": "Слишком ранняя дата: проверьте год.",
        "consultations": "Значение не может быть отрицательным.",
        "hours": "Слишком большое значение: проверьте, нет ли лишних цифр.",
    }
    assert faults(district, "support", {"ngo_id": 404, "form": "218", "decision_on": date(2026, 7, 1)}) == {
        "ngo_id": "Такой записи нет: выберите из списка."
    }
    assert "год указан неверно" in faults(
        district, "ngo", {"name": "Фонд"}, lines={"ngo_year": [{"year": 26}]}
    )["ngo_year.0.year"].lower()


def test_a_field_that_is_none_of_the_register_is_a_fault_of_the_program(district: District) -> None:
    with pytest.raises(KeyError, match="ngo has no colour"):
        district.save("ngo", {"name": "Фонд", "colour": "red"})
    with pytest.raises(TypeError, match=r"ngo\.registered_on"):
        district.save("ngo", {"name": "Фонд", "registered_on": "01.01.2020"})


def test_one_active_record_per_ogrn_and_kpp(district: District) -> None:
    number = district.ogrn()
    first = district.ngo("Фонд «Заря»", ogrn=number)
    sentence = f"ОГРН {number} уже у записи Фонд «Заря»: откройте её или объедините карточки."
    assert faults(district, "ngo", {"name": "Фонд Заря", "ogrn": number}) == {"ogrn": sentence}
    branch = district.ngo("Филиал", ogrn=number, kpp="470301001", is_branch=True, head_id=first)
    assert f"ОГРН {number} и КПП 470301001 уже" in faults(
        district, "ngo", {"name": "Филиал 2", "ogrn": number, "kpp": "470301001"}
    )["ogrn"]
    assert faults(district, "ngo", {"head_id": branch}, id=district.ngo("Ещё", is_branch=True)) == {
        "head_id": "Это тоже филиал: укажите головную организацию."
    }
    assert faults(district, "ngo", {"head_id": branch}, id=branch)["head_id"] == (
        "НКО не может быть головной сама для себя."
    )
    district.write(records.archive, "ngo", branch, "задвоена")
    again = district.ngo("Филиал 2", ogrn=number, kpp="470301001", is_branch=True, head_id=first)
    with pytest.raises(InvalidRecord, match="уже у записи «Филиал 2»"):
        district.write(records.restore, "ngo", branch)
    assert district.card("ngo", again).archived_on is None


def test_rules_of_an_ngo(district: District) -> None:
    assert faults(district, "ngo", {"name": "Группа", "kind": "body", "ogrn": district.ogrn()}) == {
        "ogrn": "У объединения без юридического лица нет ОГРН: оставьте поле пустым."
    }
    mark = {"ngo_mark": [{"mark": "sonko", "since": date(2026, 1, 1)}]}
    assert faults(district, "ngo", {"name": "Партия", "okopf": "20201"}, lines=mark) == {
        "okopf": "Политическая партия не может быть СОНКО: снимите отметку или исправьте форму."
    }
    assert faults(district, "ngo", {"name": "Группа", "kind": "body"}, lines=mark) == {
        "ngo_mark": "Отметки ставятся только юридическим лицам."
    }
    iopu = {"ngo_mark": [{"mark": "iopu", "since": date(2026, 1, 1)}]}
    assert faults(district, "ngo", {"name": "Фонд"}, lines=iopu) == {
        "ngo_mark": "ИОПУ — всегда СОНКО: поставьте и отметку СОНКО."
    }
    backwards = {"name": "Фонд", "registered_on": on("2020-01-01"), "liquidated_on": on("2019-01-01")}
    assert faults(district, "ngo", backwards) == {
        "liquidated_on": "Дата ликвидации раньше даты регистрации."
    }
    assert faults(district, "ngo", {"name": "Фонд", "settlement": "41603101"}) == {
        "settlement": "Бокситогорское городское поселение — не в этом районе."
    }
    elsewhere = district.save("ngo", {"name": "Фонд", "settlement": "41603101", "primary_where": "Санкт-Петербург"})
    assert district.card("ngo", elsewhere).values["primary_here"] is False
    two = [{"taken_on": on("2026-01-01")}, {"taken_on": on("2026-03-01")}]
    assert faults(district, "ngo", {"name": "Фонд"}, lines={"ngo_interval": two}) == {
        "ngo_interval": "Сроки учёта пересекаются: сначала снимите НКО с учёта, потом поставьте снова."
    }
    gone = [{"taken_on": on("2026-03-01"), "removed_on": on("2026-02-01"), "removal": "moved"}]
    assert faults(district, "ngo", {"name": "Фонд"}, lines={"ngo_interval": gone}) == {
        "ngo_interval.0.removed_on": "Снята с учёта раньше, чем поставлена."
    }
    assert faults(district, "ngo", {"name": "Фонд"}, lines={"contact": [{"name": "Иванова"}]}) == {
        "contact.0.basis": "Заполните поле «Основание обработки»."
    }
    same = [{"year": 2025, "staff": 1}, {"year": 2025, "staff": 2}]
    assert faults(district, "ngo", {"name": "Фонд"}, lines={"ngo_year": same}) == {
        "ngo_year.1.year": "Указано дважды: показатели года."
    }


SIZES = [
    ("211", {}, "amount", "Сумма финансовой поддержки должна быть больше нуля."),
    ("211", {"amount": Decimal(10), "local": Decimal(4)}, "local",
     "По источникам 4,00\u00a0₽, а сумма поддержки 10,00\u00a0₽."),
    ("212", {}, "area", "Укажите площадь в м² или число объектов."),
    ("212", {"objects": 1}, "object_name", "Назовите переданный объект: площадь не указана."),
    ("213", {}, "publications", "Укажите число публикаций."),
    ("214", {}, "consultations", "Укажите число консультаций."),
    ("215", {}, "people", "Укажите, сколько человек обучено."),
    ("216", {}, "amount", "Укажите сумму налоговой льготы."),
    ("217", {}, "amount", "Укажите сумму договоров."),
    ("213", {"publications": 1, "starts_on": date(2026, 6, 2), "ends_on": date(2026, 6, 1)}, "ends_on",
     "Срок заканчивается раньше, чем начинается."),
]  # fmt: skip


@pytest.mark.parametrize(("form", "size", "key", "sentence"), SIZES)
def test_each_form_of_support_has_its_size(
    district: District, form: str, size: dict[str, Any], key: str, sentence: str
) -> None:
    values = {"ngo_id": district.ngo(), "form": form, "decision_on": date(2026, 6, 1), "decision_no": "1"}
    assert faults(district, "support", values | size) == {key: sentence}


def test_money_goes_to_legal_entities_with_their_numbers(district: District) -> None:
    values = {"form": "211", "decision_on": date(2026, 6, 1), "amount": Decimal(100)}
    assert faults(district, "support", values | {"ngo_id": district.body()}) == {
        "ngo_id": "Объединение без юридического лица не может получить деньги, имущество, льготу или договор."
    }
    assert faults(district, "support", values | {"ngo_id": district.ngo(ogrn=None, inn=None)}) == {
        "ngo_id": "У получателя не заполнен ОГРН и ИНН: сначала заполните карточку НКО."
    }
    gone = district.ngo(registered_on=date(2020, 1, 1), liquidated_on=date(2026, 5, 1))
    assert faults(district, "support", values | {"ngo_id": gone}) == {
        "decision_on": "Получатель ликвидирован 01.05.2026: такая поддержка невозможна."
    }
    young = district.ngo(registered_on=date(2026, 6, 20))
    assert faults(district, "support", values | {"ngo_id": young}) == {
        "decision_on": "Получатель зарегистрирован только 20.06.2026."
    }
    body = district.support(district.body(), form="214", day="2026-06-01")
    assert district.card("support", body).values["account"] == Q2


def test_money_without_a_source_is_local_and_follows_its_sum(district: District) -> None:
    id = district.support(district.ngo(), "1000.50")
    assert district.card("support", id).values["local"] == Decimal("1000.50")
    district.save("support", {"amount": Decimal(900)}, id=id)
    assert district.card("support", id).values["local"] == Decimal("900.00")


def test_rules_of_a_service(district: District) -> None:
    centre, ngo = district.centre(), district.ngo(registered_on=date(2026, 6, 20))
    values = {"centre_id": centre, "service_code": "К2", "provided_on": date(2026, 6, 1), "quantity": Decimal(1)}
    assert faults(district, "service", values) == {
        "service_recipient": "Укажите хотя бы одного получателя: НКО, объединение или «граждане».",
        "hours": "Для услуги К2 укажите часы.",
    }
    hours = values | {"hours": Decimal(1)}
    assert faults(district, "service", hours | {"recipients": (ngo,)}) == {
        "service_recipient.0.ngo_id": "Зарегистрирована только 20.06.2026."
    }
    twice = {"service_recipient": [{"ngo_id": None}, {"ngo_id": None}]}
    assert faults(district, "service", hours, lines=twice)["service_recipient"] == "Один получатель назван дважды."
    citizens = {"service_recipient": [{"ngo_id": None}]}
    more = {"result": "registered", "result_amount": Decimal(1), "before_records": True, "evidence_no": "7"}
    assert faults(district, "service", hours | more, lines=citizens) == {
        "result": "Результат о регистрации относится к объединению: назовите его получателем.",
        "result_amount": "Сумма указывается только для поданной или поддержанной заявки.",
        "before_records": "До начала учёта заносят только К1 для объединений в стадии регистрации.",
        "evidence_kind": "Укажите, чем подтверждена услуга.",
    }


def test_lines_are_changed_in_place_added_and_taken_away(district: District) -> None:
    a, b, c = district.ngo("А"), district.ngo("Б"), district.ngo("В")
    id = district.service(district.centre(), recipients=(a, b))
    before = district.card("service", id).lines["service_recipient"]
    district.save("service", {}, id=id, lines={"service_recipient": [
        {"ngo_id": b, "first_time": True}, {"ngo_id": c}, {"ngo_id": None}]})  # fmt: skip
    after = district.card("service", id)
    assert [(line["ngo_id"], line["first_time"]) for line in after.lines["service_recipient"]] == [
        (b, True), (c, False), (None, False),
    ]  # fmt: skip
    assert after.lines["service_recipient"][0]["id"] == before[1]["id"]
    assert after.values["recipients_title"] == "Б, В, граждане"
    district.save("service", {"recipients": (a, b)}, id=id)
    assert district.card("service", id).values["recipients_title"] == "Б, А, граждане"
    with pytest.raises(AppError, match="Запись тем временем изменили"):
        district.save("service", {}, id=id, lines={"service_recipient": [{"id": 999, "ngo_id": a}]})


def test_saving_the_same_again_changes_nothing(district: District) -> None:
    given = [{"given_on": on("2026-02-01"), "kind": "money", "amount": Decimal(5)}]
    id = district.agreement(district.partner(), [district.ngo()], starts="2026-01-01", contributions=given)
    card = district.card("agreement", id)
    values = {key: value for key, value in card.values.items() if not key.endswith("_title")}
    district.save("agreement", values, id=id, lines=card.lines)
    assert district.card("agreement", id) == card


def test_an_agreement_holds_what_is_given_under_it(district: District) -> None:
    partner, ngo = district.partner(), district.ngo()
    values = {"partner_id": partner, "number": "1", "starts_on": date(2026, 3, 1), "ends_on": date(2026, 5, 31)}
    given = {"contribution": [{"given_on": date(2026, 6, 1), "kind": "pro_bono"}]}
    assert faults(district, "agreement", {**values, "parties": (ngo,)}, lines=given) == {
        "contribution.0.hours": "Укажите, сколько часов отдано.",
        "contribution.0.given_on": "Вклад вне срока соглашения: оно действует с 01.03.2026 по 31.05.2026.",
    }
    assert faults(district, "agreement", values | {"ended_early_on": date(2026, 6, 1)}) == {
        "agreement_party": "Укажите хотя бы одну НКО — сторону соглашения.",
        "ended_early_on": "Досрочное прекращение позже срока соглашения.",
        "early_end_reason": "Напишите, почему соглашение прекращено досрочно.",
    }


def test_a_practice_goes_from_state_to_state(district: District) -> None:
    ngo = district.ngo()
    skipped = {"practice_state": [{"state": "checked", "reached_on": date(2026, 6, 1)}]}
    assert faults(district, "practice", {"title": "Двор", "ngo_id": ngo}, lines=skipped) == {
        "practice_state": "Пропущено состояние «представлена»."
    }
    back = {"practice_state": [{"state": "presented", "reached_on": date(2026, 6, 1)},
                               {"state": "checked", "reached_on": date(2026, 5, 1)}]}  # fmt: skip
    assert faults(district, "practice", {"title": "Двор", "ngo_id": ngo}, lines=back) == {
        "practice_state": "Состояние «проверена» раньше предыдущего."
    }
    assert faults(district, "practice", {"title": "Двор", "ngo_id": ngo, "published_on": date(2026, 6, 1)}) == {
        "consent": "Публиковать можно только с согласия НКО: отметьте согласие."
    }


def test_partners_have_numbers_of_their_kind(district: District) -> None:
    assert faults(district, "partner", {"name": "ИП", "kind": "entrepreneur", "inn": district.inn()}) == {
        "inn": "У предпринимателя ИНН из 12 цифр."
    }
    assert faults(district, "partner", {"name": "ООО", "kind": "company", "inn": "500100732259"}) == {
        "inn": "В ИНН 10 цифр, указано: 12."
    }
    id = district.save("partner", {"name": "ИП", "kind": "entrepreneur", "inn": "500100732259"})
    assert district.card("partner", id).values["inn"] == "500100732259"
    assert faults(district, "partner", {"kind": "company"}, id=id) == {"inn": "У организации ИНН из 10 цифр."}


def test_what_stands_in_the_register_keeps_a_form_of_the_register(district: District) -> None:
    kept = district.support(district.ngo())
    district.write(enter_in_register, kept)
    told = faults(district, "support", {"form": "218", "cases": 1}, id=kept)
    assert told == {"form": "Мера внесена в реестр под №\u00a01: такую форму в реестр не вносят."}


def test_a_centre_serves_districts_and_a_package_has_codes_and_volumes(district: District) -> None:
    centre = district.save("centre", {"name": "АНО «Опора»", "districts": ("41612000", "41609000")})
    assert district.card("centre", centre).values["districts"] == ("41612000", "41609000")
    volume = {"territory_code": "41612000", "year": 2026, "volume": Decimal(12)}
    package = district.save("package", {"name": "Старт", "codes": ("К1", "К4")}, lines={"package_volume": [volume]})
    card = district.card("package", package)
    assert card.values["codes"] == ("К1", "К4")
    assert [(line["year"], line["volume"]) for line in card.lines["package_volume"]] == [(2026, Decimal(12))]
    twice = {"package_volume": [volume, volume]}
    assert faults(district, "package", {}, id=package, lines=twice) == {
        "package_volume.1.territory_code": "Указано дважды: объём."
    }


def test_documents_of_a_recipient_stand_with_the_decision(district: District) -> None:
    kept = district.support(district.ngo())
    paper = {"title": "Заявление", "number": "12", "dated": on("2026-06-20"), "kept_at": "дело 04-11"}
    district.save("support", {}, id=kept, lines={"support_document": [paper]})
    (line,) = district.card("support", kept).lines["support_document"]
    assert {key: line[key] for key in paper} == paper


def test_money_may_be_decided_on_the_day_of_liquidation_and_no_later(district: District) -> None:
    ngo = district.ngo(liquidated_on=on("2026-06-20"))
    given = {"ngo_id": ngo, "form": "211", "decision_no": "1", "amount": Decimal(5), "decision_on": on("2026-06-21")}
    assert "ликвидирован 20.06.2026" in faults(district, "support", given)["decision_on"]
    assert district.support(ngo, day="2026-06-20")


def test_one_of_the_closing_services_was_given_by_the_day_of_closing(district: District) -> None:
    ngo, centre = district.ngo(taken_on="2026-04-01"), district.centre()
    need = district.need(ngo, day="2026-05-01")
    early, late = (district.service(centre, "К4", [ngo], day=day) for day in ("2026-06-10", "2026-06-20"))
    closed = {"status": "closed_centre", "closed_on": on("2026-06-15")}
    after = {"need_service": [{"service_id": late, "kind": "closes"}]}
    assert faults(district, "need", closed, id=need, lines=after) == {
        "closed_on": "Закрыта раньше, чем оказана услуга (20.06.2026)."
    }
    both = {"need_service": [{"service_id": id, "kind": "closes"} for id in (early, late)]}
    district.save("need", closed, id=need, lines=both)
    assert district.card("need", need).values["status"] == "closed_centre"


def test_what_went_to_the_archive_after_the_freezing_is_counted_there_still(district: District) -> None:
    """The return counted it; what lay in the archive when it was frozen comes late instead."""
    ngo = district.ngo()
    counted, lying = (district.support(ngo, form="214", day="2026-06-15") for _ in range(2))
    district.write(records.archive, "support", lying, "ошибка")
    district.at("2026-07-05").freeze_plainly(Quarter(2026, 2))
    district.at("2026-07-06").write(records.archive, "support", counted, "ошибка")
    for id in (counted, lying):
        district.write(records.restore, "support", id)
    assert district.card("support", counted).values["account"] == Quarter(2026, 2)
    assert district.card("support", lying).values["account"] == Quarter(2026, 3)


def test_archiving_keeps_the_record_and_its_reason(district: District) -> None:
    ngo = district.ngo("Фонд «Заря»")
    support = district.support(ngo)
    with pytest.raises(AppError, match=r"На запись ссылаются: поддержка — 1\u00a0запись\."):
        district.write(records.archive, "ngo", ngo, "ошибка")
    with pytest.raises(InvalidRecord, match="Напишите, почему запись уходит в архив"):
        district.write(records.archive, "support", support, "  ")
    district.write(records.archive, "support", support, "внесена дважды", kind="archive")
    card = district.card("support", support)
    assert (card.archived_on, card.archive_reason) == (date(2026, 7, 1), "внесена дважды")
    with pytest.raises(AppError, match="запись в архиве"):
        district.save("support", {"purpose": "другая"}, id=support)
    district.write(records.archive, "ngo", ngo, "ошибка")
    with pytest.raises(InvalidRecord, match="Получатель: запись в архиве, сначала верните её"):
        district.write(records.restore, "support", support)
    district.write(records.restore, "ngo", ngo)
    district.write(records.restore, "support", support)
    assert district.card("support", support).archived_on is None
    assert faults(district, "support", {"ngo_id": ngo, "form": "218", "decision_on": date(2026, 8, 1)})


def test_an_archived_record_cannot_be_linked_to(district: District) -> None:
    ngo = district.ngo()
    district.write(records.archive, "ngo", ngo, "ошибка")
    assert faults(district, "need", {"ngo_id": ngo, "category_code": "finance", "opened_on": date(2026, 7, 1)}) == {
        "ngo_id": "Эта запись в архиве: верните её или выберите другую."
    }
    with pytest.raises(AppError, match="записи №\u00a077 нет"):
        district.card("ngo", 77)
