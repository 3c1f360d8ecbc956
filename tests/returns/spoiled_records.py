"""Records that break a rule, each with the rule that must tell of it, where and in which words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from app.core.periods import Quarter
from app.returns.records import (
    Contest,
    Contribution,
    Interval,
    Mark,
    NeedLink,
    PracticeState,
    Recipient,
    Violation,
    YearFigures,
)
from app.returns.snapshot import Signer
from tests.returns.examples import (
    BODY,
    BRANCH,
    HRAM,
    LONG_AGO,
    LUCH,
    PARTY,
    Q1,
    Q2,
    Q3,
    Q4,
    ROSTOK,
    SVET,
    ZARYA,
    Sample,
    X,
    Y,
    money,
    need,
    number,
    service,
    support,
)
from tests.returns.spoiled_figures import Spoiled

SOON = date(2026, 9, 7)
LATE = date(2026, 10, 2)


def mark(sample: Sample, id: int, kind: str, **other: Any) -> Sample:
    known = next(one for one in sample.records.ngos if one.id == id)
    return sample.changed("ngos", id, marks=(*known.marks, Mark(kind, LONG_AGO, Quarter(2025, 1), **other)))


def given(sample: Sample, agreement: int, *contributions: Contribution) -> Sample:
    known = next(one for one in sample.records.partnerships if one.id == agreement)
    return sample.changed("partnerships", agreement, contributions=(*known.contributions, *contributions))


def states(sample: Sample, id: int, *reached: tuple[str, date]) -> Sample:
    return sample.changed("practices", id, states=tuple(PracticeState(state, day, Q3) for state, day in reached))


def signer(sample: Sample, **changes: Signer) -> Sample:
    return sample.but(unit=replace(sample.records.unit, **changes))


def removed_before(sample: Sample) -> Sample:
    return sample.changed("ngos", PARTY, intervals=(Interval(SOON, Q3, date(2026, 9, 1), Q3, "mistake"),))


def removed_early(sample: Sample, id: int, day: date) -> Sample:
    return sample.changed(
        "ngos", id, intervals=(Interval(LONG_AGO, Quarter(2025, 1), day, Q3, "excluded", before_records=True),)
    )


def overlapping(sample: Sample) -> Sample:
    twice = (Interval(LONG_AGO, Quarter(2025, 1), before_records=True), Interval(SOON, Q3))
    return sample.changed("ngos", PARTY, intervals=twice)


def corrected(sample: Sample, correction: int, reason: str = "") -> Sample:
    return sample.but(quarter=Q2, correction=correction, reason=reason)


RECORDS = (
    Spoiled("iopu_are_sonko", lambda s: mark(s, HRAM, "iopu"), "103.quarter", r"но не как СОНКО: 1 из 103 \(2\)"),
    Spoiled("sonko_without_activity", lambda s: s.changed("ngos", ZARYA, activities=()), "102.quarter",
            r"Без вида деятельности 1 из 102 \(3\): МОО «Заря»"),
    Spoiled("recipients_are_legal_entities", lambda s: s.added("supports", support(90, BODY, "211", SOON, **money(5))),
            "211.1.quarter", r"211\.1 \(2\): .* — 1: Инициативная группа"),
    Spoiled("recipients_are_legal_entities", lambda s: s.added("supports", support(90, ROSTOK, "216",
            date(2026, 7, 31), amount=Decimal(5))), "216.1.quarter", r"— 1: АНО «Росток»"),
    Spoiled("recipients_are_legal_entities", lambda s: s.changed("ngos", LUCH, inn=""), "217.1.quarter",
            r"217\.1 \(1\)"),
    Spoiled("recipients_on_record", lambda s: s.changed("supports", 13, decision_on=date(2024, 7, 20)), "217.1.quarter",
            r"217\.1 \(1\): не было на учёте в день решения — 1: Фонд «Луч»"),
    Spoiled("decisions_have_money", lambda s: s.changed("supports", 6, amount=Decimal(0), local=Decimal(0)),
            "211.3.quarter", r"211\.2 \(1\): без суммы 1 решение — № 6 от 14\.09\.2026"),
    Spoiled("property_is_named", lambda s: s.changed("supports", 7, object_name=" "), "212.3.quarter",
            r"212\.2 \(1\): без площади .* 1 решение — № 7"),
    Spoiled("services_are_whole", lambda s: s.changed("services", 7, hours=Decimal(0)), "3.centre-1.О1.hours.quarter",
            r"не указаны часы — 1 из 1 записи: № 7 от 10\.09\.2026"),
    Spoiled("services_are_whole", lambda s: s.changed("services", 7, quantity=Decimal(-1)),
            "3.centre-1.О1.volume.quarter",
            r"количество меньше 0"),
    Spoiled("services_are_whole", lambda s: s.changed("services", 7, recipients=()), "3.centre-1.О1.cases.quarter",
            r"нет получателя"),
    Spoiled("services_are_whole", lambda s: s.changed("services", 9, code="Я9"), "3.centre-2.Я9.records.quarter",
            r"кода нет в каталоге"),
    Spoiled("services_are_whole", lambda s: s.but(catalogue=tuple(
        replace(k, valid_to=date(2026, 8, 31)) if k.code == "О1" else k for k in s.records.catalogue)),
            "3.centre-1.О1.records.quarter", r"кода нет в каталоге"),
    Spoiled("consultations_are_short", lambda s: s.changed("services", 4, hours=Decimal("8.5")),
            "3.centre-1.К4.hours.quarter", r"8,5 ч на консультацию больше 8 ч: № 4"),
    Spoiled("people_cover_recipients", lambda s: s.changed("services", 7, people=2), "3.centre-1.О1.people.quarter",
            r"человек \(2\) меньше получателей \(3\)"),
    Spoiled("people_cover_recipients", lambda s: s.changed("services", 7, people=0), "3.centre-1.О1.people.quarter",
            r"человек \(0\) меньше получателей \(3\)"),
    Spoiled("centre_agreement_in_force", lambda s: s.changed("centres", Y, agreements=()), "303.quarter",
            r"Вне срока соглашения центра — 3 из 301 \(7\): Центр «Игрек»"),
    Spoiled("services_differ", lambda s: s.added("services", service(90, X, "К4", date(2026, 7, 14), SVET)),
            "3.centre-1.К4.cases.quarter", r"одинаковы день и получатели у 2 услуг: № 4 .*, № 90"),
    Spoiled("counted_by_the_last_day", lambda s: s.changed("supports", 13, decision_on=LATE), "217.2.quarter",
            r"217\.2: учтена дата 02\.10\.2026 позже последнего дня 30\.09\.2026: Фонд «Луч»"),
    Spoiled("counted_by_the_last_day", lambda s: s.changed("services", 10, provided_on=LATE),
            "3.centre-2.К4.records.quarter", r"«граждане»"),
    Spoiled("counted_by_the_last_day", lambda s: s.changed("services", 10, provided_on=LATE, recipients=()),
            "3.centre-2.К4.records.quarter", r"№ 10"),
    Spoiled("counted_by_the_last_day", lambda s: s.changed("needs", 5, opened_on=LATE), "4.finance.opened.quarter",
            r"Заря"),
    Spoiled("counted_by_the_last_day", lambda s: s.changed("needs", 4, closed_on=LATE), "4.finance.withdrawn.quarter",
            r"Заря"),
    Spoiled("counted_by_the_last_day", lambda s: s.changed("supports", 6, entered_on=LATE), "232.quarter", r"Свет"),
    Spoiled("counted_by_the_last_day", lambda s: s.changed("supports", 2, violations=(
        Violation(1, LATE, Q3, "текст", Decimal(1), LATE, Q3),)), "230.quarter", r"230: учтена дата"),
    Spoiled("counted_by_the_last_day", lambda s: s.changed("supports", 2, violations=(
        Violation(1, SOON, Q3, "текст", Decimal(1), LATE, Q3),)), "231.quarter", r"231: учтена дата"),
    Spoiled("counted_by_the_last_day", lambda s: s.changed("applications", 1, decision_on=LATE), "220.2.quarter",
            r"Свет"),
    Spoiled("counted_by_the_last_day", lambda s: s.changed("applications", 1, account=Q3, applied_on=LATE),
            "220.1.quarter", r"Свет"),
    Spoiled("counted_by_the_last_day", lambda s: s.changed("applications", 1, reported_on=LATE, report_account=Q3),
            "221.quarter", r"Свет"),
    Spoiled("counted_by_the_last_day", lambda s: s.changed("partnerships", 3, starts_on=LATE), "502.quarter",
            r"№ 3/26"),
    Spoiled("counted_by_the_last_day", lambda s: s.changed("partnerships", 3, ends_on=date(2026, 9, 30),
            end_account=Q3),
            "510.quarter", r"учтена дата 01\.10\.2026"),
    Spoiled("counted_by_the_last_day", lambda s: given(s, 3, Contribution(9, LATE, Q3, "goods")), "505.2.quarter",
            r"3/26"),
    Spoiled("counted_by_the_last_day", lambda s: s.changed("events", 2, held_on=LATE), "706.quarter", r"Совет НКО"),
    Spoiled("counted_by_the_last_day", lambda s: states(s, 2, ("presented", LATE)), "601.quarter", r"Библиотека вещей"),
    Spoiled("counted_by_the_last_day", lambda s: s.changed("ngos", ZARYA, intervals=(Interval(LATE, Q3),)),
            "109.quarter",
            r"Заря"),
    Spoiled("counted_by_the_last_day", lambda s: removed_early(s, PARTY, LATE), "110.quarter", r"партии"),
    Spoiled("counted_after_registration", lambda s: s.changed("ngos", LUCH, registered_on=date(2026, 7, 21)),
            "217.2.quarter", r"20\.07\.2026 раньше регистрации 21\.07\.2026: Фонд «Луч»"),
    Spoiled("counted_after_registration", lambda s: s.changed("ngos", SVET, registered_on=date(2026, 9, 11)),
            "3.centre-1.О1.records.quarter", r"10\.09\.2026 раньше регистрации 11\.09\.2026"),
    Spoiled("counted_after_registration", lambda s: s.changed("ngos", ZARYA, registered_on=date(2026, 9, 25)),
            "4.finance.opened.quarter", r"20\.08\.2026 раньше регистрации"),
    Spoiled("counted_after_registration", lambda s: s.changed("ngos", ZARYA, registered_on=date(2026, 7, 2)),
            "109.quarter", r"109: 01\.07\.2026 раньше регистрации 02\.07\.2026"),
    Spoiled("money_after_liquidation", lambda s: s.changed("ngos", LUCH, liquidated_on=date(2026, 7, 15)),
            "217.2.quarter",
            r"20\.07\.2026 позже ликвидации 15\.07\.2026: Фонд «Луч»"),
    Spoiled("support_after_liquidation", lambda s: s.changed("ngos", ZARYA, liquidated_on=date(2026, 8, 1)),
            "213.2.quarter", r"12\.08\.2026 позже ликвидации 01\.08\.2026"),
    Spoiled("support_after_liquidation", lambda s: s.changed("ngos", ZARYA, liquidated_on=date(2026, 8, 1)),
            "3.centre-1.О1.records.quarter", r"10\.09\.2026 позже ликвидации"),
    Spoiled("support_after_liquidation", lambda s: s.changed("ngos", ZARYA, liquidated_on=date(2026, 8, 1)),
            "4.finance.opened.quarter", r"02\.09\.2026 позже ликвидации"),
    Spoiled("closed_after_opened", lambda s: s.changed("needs", 4, closed_on=date(2026, 8, 3)),
            "4.finance.withdrawn.quarter", r"Закрыта 03\.08\.2026, раньше чем выявлена 20\.08\.2026: № 4"),
    Spoiled("closed_by_a_service", lambda s: s.changed("needs", 2, links=()), "4.finance.closed_centre.quarter",
            r"Закрыто РЦ \(1\): без услуги .* — 1: № 2"),
    Spoiled("closed_by_a_service", lambda s: s.changed("needs", 2, links=(NeedLink(4, "partly", Q3),)),
            "4.finance.closed_centre.quarter", r"№ 2"),
    Spoiled("closed_by_a_service", lambda s: s.changed("needs", 2, closed_on=date(2026, 7, 13)),
            "4.finance.closed_centre.quarter", r"не позже дня закрытия"),
    Spoiled("closed_for_its_ngo", lambda s: s.changed("needs", 2, ngo_id=HRAM), "4.finance.ngos.quarter",
            r"услугу получила другая НКО — 1: № 2"),
    Spoiled("closed_by_a_fitting_code", lambda s: s.changed("services", 4, code="К2"),
            "4.finance.closed_centre.quarter",
            r"услуги К2 не отвечают категории \(К4, С3\) — 1: № 2"),
    Spoiled("agreements_in_force", lambda s: s.changed("partnerships", 2, end_account=None), "501.quarter",
            r"501 \(3\): на 30\.09\.2026 срок истёк у 1, раньше всех 30\.06\.2026: № 2/25"),
    Spoiled("contributions_within_agreement", lambda s: given(s, 3, Contribution(9, SOON, Q3, "goods", Decimal(-5))),
            "505.2.quarter", r"вклад меньше 0 .* № 3/26"),
    Spoiled("contributions_within_agreement", lambda s: given(s, 3, Contribution(9, date(2026, 8, 2), Q3, "goods")),
            "505.2.quarter", r"вклад 02\.08\.2026 вне срока соглашения \(03\.08\.2026 — не указано\)"),
    Spoiled("contributions_within_agreement",
            lambda s: given(s, 2, Contribution(9, date(2026, 7, 1), Q3, "volunteers")),
            "507.quarter", r"вклад 01\.07\.2026 вне срока соглашения \(01\.07\.2025 — 30\.06\.2026\)"),
    Spoiled("agreements_end_after_start", lambda s: s.changed("partnerships", 3, ends_on=date(2026, 8, 2)),
            "502.quarter",
            r"кончается 02\.08\.2026 раньше начала 03\.08\.2026: № 3/26"),
    Spoiled("given_within_promised", lambda s: s.changed("partnerships", 1, promised=Decimal(20000)), "505.1.quarter",
            r"Внесено 30 000,00 ₽, обещано 20 000,00 ₽: № 1/25"),
    Spoiled("practice_states_in_order", lambda s: states(s, 2, ("presented", SOON), ("recommended", SOON)),
            "603.quarter",
            r"состояние пропущено .* — 1: «Библиотека вещей»"),
    Spoiled("practice_states_in_order", lambda s: states(s, 2, ("presented", SOON), ("checked", date(2026, 9, 6))),
            "602.quarter", r"день раньше предыдущего"),
    Spoiled("practices_published_with_consent", lambda s: s.changed("practices", 1, consent=False), "601.quarter",
            r"Опубликовано без согласия 1 из 601 \(2\): «Двор добрых дел»"),
    Spoiled("contest_within_limits", lambda s: s.changed("applications", 1, granted=Decimal(250001)), "220.3.quarter",
            r"грант 250 001,00 ₽ больше предела одного гранта 250 000,00 ₽: АНО «Свет»"),
    Spoiled("contest_within_limits", lambda s: s.but(contests=(
        Contest(1, 2026, "Этап", Decimal(250000), Decimal(90000)),)), "220.3.quarter",
            r"сумма грантов 100 000,00 ₽ больше предела района 90 000,00 ₽"),
    Spoiled("contest_within_limits", lambda s: s.changed("applications", 1, applied_on=date(2026, 9, 15)),
            "220.2.quarter",
            r"решение 14\.09\.2026 раньше заявки 15\.09\.2026"),
    Spoiled("contest_within_limits", lambda s: s.changed("applications", 2, account=Q4).changed(
        "applications", 1, account=Q4), "220.2.quarter", r"поддержано \(1\) больше, чем подано \(0\)"),
    Spoiled("annex_is_filled", lambda s: s.changed("ngos", ZARYA, address=""), "232.quarter",
            r"графа 4 \(адрес\) пуста в 1 из 7 строк: МОО «Заря»"),
    Spoiled("annex_is_filled", lambda s: s.changed("ngos", ZARYA, name=""), "232.quarter", r"графа 3 .* «решение № 8»"),
    Spoiled("annex_is_filled", lambda s: s.changed("supports", 8, decision_no=""), "232.quarter",
            r"графа 2 \(решение\)"),
    Spoiled("annex_is_filled", lambda s: s.changed("ngos", LUCH, ogrn=""), "232.quarter", r"графа 5–6 .* пуста в 1"),
    Spoiled("annex_is_filled", lambda s: s.changed("supports", 6, starts_on=None), "232.quarter", r"графа 10 \(срок\)"),
    Spoiled("annex_is_filled", lambda s: s.changed("supports", 6, amount=Decimal(0)), "232.quarter",
            r"графа 9 \(размер\)"),
    Spoiled("annex_is_filled", lambda s: s.changed("supports", 8, entry_no=0), "232.quarter", r"графа 1 "),
    Spoiled("annex_names_numbers", lambda s: s.changed("ngos", ZARYA, ogrn=""), "232.quarter",
            r"без ОГРН или ИНН 1 из 7 строк: МОО «Заря»"),
    Spoiled("register_in_order", lambda s: s.changed("supports", 8, entered_on=date(2026, 8, 11)), "232.quarter",
            r"Запись 11\.08\.2026 раньше решения 12\.08\.2026"),
    Spoiled("register_in_order", lambda s: s.changed("supports", 15, decision_on=date(2026, 5, 8)), "232.quarter",
            r"Прекращение 08\.05\.2026 раньше решения 11\.05\.2026"),
    Spoiled("register_in_order", lambda s: s.changed("supports", 8, ends_on=date(2026, 8, 11)), "232.quarter",
            r"Срок кончается 11\.08\.2026 раньше начала 12\.08\.2026"),
    Spoiled("violations_in_order", lambda s: s.changed("supports", 2, violations=(
        Violation(1, date(2026, 1, 3), Q3, "текст"),)), "230.quarter",
            r"Нарушение 03\.01\.2026 раньше решения 02\.02\.2026"),
    Spoiled("violations_in_order", lambda s: s.changed("supports", 2, violations=(
        Violation(1, SOON, Q3, "текст", Decimal(200001), SOON, Q3),)), "231.quarter",
            r"Возвращено \(200 001,00 ₽\) больше размера поддержки \(200 000,00 ₽\)"),
    Spoiled("violations_in_order", lambda s: s.changed("supports", 2, violations=(
        Violation(1, SOON, Q3, "текст", Decimal(150000), SOON, Q3),
        Violation(2, SOON, Q3, "текст", Decimal(60000), SOON, Q3))), "231.quarter",
            r"Возвращено \(210 000,00 ₽\) больше размера поддержки \(200 000,00 ₽\)"),
    Spoiled("entry_numbers_differ", lambda s: s.changed("supports", 8, entry_no=2), "232.quarter",
            r"Номер записи 2 стоит у 2 записей"),
    Spoiled("entered_in_time", lambda s: s.changed("supports", 8, entered_on=date(2026, 8, 18)), "233.quarter",
            r"Позже 3 рабочих дней после решения внесено 1 из 232 \(6\): МОО «Заря»"),
    Spoiled("decisions_differ", lambda s: s.added("supports", support(90, LUCH, "217", date(2026, 7, 20),
                                                                      amount=Decimal(40000))), "217.2.quarter",
            r"одинаковы .* у 2 решений: Фонд «Луч»"),
    Spoiled("check_digits", lambda s: s.changed("ngos", HRAM, ogrn="1231600019706"), "101.quarter",
            r"ОГРН не верен у 1"),
    Spoiled("check_digits", lambda s: s.changed("ngos", HRAM, inn="1655494611"), "101.quarter",
            r"ИНН не верен у 1 из 101 \(8\)"),
    Spoiled("check_digits", lambda s: s.changed("ngos", HRAM, kpp="47"), "101.quarter", r"КПП не верен у 1"),
    Spoiled("check_digits", lambda s: s.changed("partners", 1, inn="1655494611"), "503.quarter",
            r"ИНН не верен у 1 из 2 партнёров: ООО «Ромашка»"),
    Spoiled("one_card_a_number", lambda s: s.changed("ngos", BRANCH, kpp=number(SVET)["kpp"]), "101.quarter",
            r"КПП 470001001: 2 карточки вместо одной"),
    Spoiled("one_card_a_number", lambda s: s.changed("ngos", BRANCH, kpp="").changed("ngos", SVET, kpp=""),
            "101.quarter",
            r"без КПП: 2 карточки"),
    Spoiled("one_ogrn_an_inn", lambda s: s.changed("ngos", HRAM, inn=number(PARTY)["inn"]), "101.quarter",
            r"Под разными ОГРН стоит 1 общий ИНН"),
    Spoiled("intervals_in_order", removed_before, "110.quarter",
            r"Снятие с учёта 01\.09\.2026 раньше постановки 07\.09\.2026"),
    Spoiled("intervals_in_order", overlapping, "109.quarter", r"накладываются у 1 из 101"),
    Spoiled("territory_is_valid", lambda s: replace(s, edit=lambda ret: replace(
        ret, head=replace(ret.head, oktmo="41618000"))), "head.oktmo", r"ОКТМО 41618000 не действует на 30\.09\.2026"),
    Spoiled("settlement_belongs", lambda s: s.changed("ngos", LUCH, settlement="41603000"), "101.quarter",
            r"Поселение другого района у 1 из 101 \(8\): Фонд «Луч»"),
    Spoiled("parties_are_no_sonko", lambda s: mark(s, PARTY, "sonko"), "102.quarter",
            r"— 1 из 102 \(4\): Местное|«Местное"),
    Spoiled("correction_follows", lambda s: corrected(s, 2, "причина"), "head.correction",
            r"Для уточнённого отчёта 2 нужен утверждённый 1, утверждены: 0"),
    Spoiled("correction_follows", lambda s: corrected(s, 1), "head.correction", r"отчёта 1 не указана причина"),
    Spoiled("correction_follows", lambda s: corrected(s.but(frozen={**s.records.frozen, Q2: s.records.frozen[Q1]}), 1),
            "head.correction", r"Уточняется II квартал 2026 г\., а прежний отчёт за I квартал 2026 г\. — период"),
    Spoiled("later_quarters_follow", lambda s: s.changed("services", 1, hours=Decimal(3)).but(
        quarter=Q1, correction=1, reason="часы"), "head.correction",
            r"уточните и следующие: II квартал 2026 г\. \(их 1\)"),
    Spoiled("frozen_quarters_hold", lambda s: s.changed("services", 1, hours=Decimal(3)), "3.centre-1.К4.hours.quarter",
            r"За I квартал 2026 г\. нужен уточнённый отчёт: Центр «Икс», К4, «Часов» по записям 3, утверждено 2"),
    Spoiled("frozen_quarters_hold", lambda s: s.changed("services", 1, hours=Decimal(3)), "3.centre-1.К4.hours.year",
            r"За II квартал 2026 г\. нужен уточнённый отчёт"),
    Spoiled("frozen_records_hold", lambda s: s.changed("services", 1, recipients=(Recipient(HRAM, True),)),
            "302.quarter", r"302 по записям 1 \(состав другой\), утверждено 1"),
    Spoiled("frozen_records_hold", lambda s: s.changed("supports", 2, decision_no="2-а"), "232.quarter",
            r"За I квартал 2026 г\. нужен уточнённый отчёт: показатели те же, а записи другие, 1 строка приложения А"),
    Spoiled("frozen_records_hold", lambda s: s.changed("services", 1, evidence_no="другой"), "301.quarter",
            r"За I квартал 2026 г\. .* 1 строка приложения Д"),
    Spoiled("frozen_records_hold", lambda s: s.changed("needs", 1, opened_on=date(2026, 3, 3)),
            "4.finance.end.quarter", r"За II квартал 2026 г\. .* 1 строка приложения Б"),
    Spoiled("frozen_records_hold", lambda s: s.changed("ngos", HRAM, years=(
        YearFigures(2024, Q1, 7, 20), YearFigures(2025, Q2, 5, 22))), "head.correction",
            r"После уточнения за I квартал 2026 г\. уточните по порядку и II квартал 2026 г\."),
    Spoiled("former_years_hold", lambda s: s.changed("partnerships", 2, account=Quarter(2025, 4)), "501.quarter",
            r"За III квартал 2025 г\. нужен уточнённый отчёт: 501 по записям 1, утверждено 2"),
    Spoiled("signers_are_named", lambda s: signer(s, executor=Signer("", "")), "head.executor",
            r"Исполнитель: не указано — должность, фамилия \(2 из 2\)"),
    Spoiled("signers_are_named", lambda s: signer(s, head=Signer("Глава", " ")), "head.signer",
            r"Руководитель: .* фамилия"),
    Spoiled("handed_in_on_time", lambda s: s.but(today=date(2026, 10, 13)), "head.date",
            r"Отчёт составлен 13\.10\.2026, срок был 12\.10\.2026"),
    Spoiled("supported_application_has_support", lambda s: s.changed("supports", 6, application_id=None),
            "220.2.quarter",
            r"220\.2 \(1\): без записи о финансовой поддержке 1 из 1 — АНО «Свет»"),
    Spoiled("first_time_once", lambda s: s.changed("services", 4, recipients=(Recipient(SVET, True),)),
            "3.centre-1.К4.first.quarter", r"«впервые» отмечено 2 раза вместо 1: АНО «Свет»"),
    Spoiled("branches_have_heads", lambda s: s.changed("ngos", BRANCH, head_id=None), "101.quarter",
            r"Отделений без головной организации 1 из 101"),
    Spoiled("served_are_on_record", lambda s: removed_early(s, BODY, date(2026, 9, 1)), "302.quarter",
            r"302 \(\d\): не было на учёте в день услуги — 1: Инициативная"),
    Spoiled("served_are_on_record", lambda s: s.changed("ngos", ZARYA, intervals=(Interval(date(2026, 8, 30), Q3),)),
            "4.finance.opened.quarter", r"не было на учёте, — 1 из 3: МОО «Заря»"),
    Spoiled("served_are_on_record", lambda s: removed_early(s, HRAM, date(2026, 7, 2)), "210.quarter",
            r"210 \(\d\): не было на учёте в день решения — 1: .*Приход"),
    Spoiled("open_needs_differ", lambda s: s.added("needs", need(9, ZARYA, "finance", SOON, codes=("С3",),
                                                                 text="заявка на конкурс ")), "4.finance.end.quarter",
            r"Одинаковых открытых потребностей 2: № 5 .*, № 9"),
    Spoiled("evidence_differs", lambda s: s.changed("services", 7, evidence_no="К4-4"), "301.quarter",
            r"всего 2 .*: № К4-4 \(Центр «Икс»\)"),
    Spoiled("no_outliers", lambda s: s.changed("supports", 6, **money(3000001)), "211.3.quarter",
            r"сумма 3 000 001,00 ₽ больше наибольшей за два года \(300 000,00 ₽\) более чем в 10 раз: АНО «Свет»"),
    Spoiled("no_outliers", lambda s: s.changed("ngos", HRAM, years=(
        YearFigures(2024, Quarter(2025, 1), 4, 20), YearFigures(2025, Q3, 4, 201))), "118.quarter",
            r"118: за год 201 больше наибольшего за два года \(20\) более чем в 10 раз"),
)  # fmt: skip
