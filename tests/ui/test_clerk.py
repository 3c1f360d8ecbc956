"""A clerk's day through every register: each entity of the field can be typed, and the return counts it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.core.identifiers import inn_with_check_digit, ogrn_with_check_digit
from app.core.periods import Quarter
from app.usecases import registers
from tests.factories import District
from tests.pages import Window, fill, open_window
from tests.returns.test_freezing import SIGNERS

Q3 = Quarter(2026, 3)


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[Window]:
    with District(tmp_path, today="2026-07-01") as district:
        district.ngo("АНО «Светлый берег»", sonko=True, activities=["1"], address="г. Мурино, Лесная ул., д. 1")
        path = district.path
    opened = open_window(qtbot, path, today="2026-08-20")
    yield opened
    opened.close()


def do(page: Any, word: str) -> None:
    {name: act for name, _, act in page.page.card._deeds}[word]()


def answer(window: Window, **values: str) -> None:
    for key, text in values.items():
        fill(window.dialog.rows[key].editor, text)
    window.dialog.primary.click()


def saved(form: Any) -> None:
    form.save()
    assert not form.open, form.faults


def test_every_entity_is_typed_and_counted(window: Window) -> None:
    ngo = window.register("ngo").add().type("name", "Фонд «Ладога»").type("ogrn", ogrn_with_check_digit("124470099002"))
    ngo.type("inn", inn_with_check_digit("479900002")).type("okopf", "Фонд").type("address", "г. Сертолово")
    ngo.line("ngo_mark", mark="СОНКО", since="20.08.2026", basis="протокол № 2")
    ngo.line("ngo_year", year="2025", staff="4", volunteers="20", source="отчёт")
    ngo.line("contact", name="Иванова Анна Петровна", post="директор", basis="согласие", consent="7",
             consent_on="20.08.2026")  # fmt: skip
    saved(ngo)

    programme = window.register("programme").add().type("title", "Развитие гражданского общества")
    programme.type("act", "постановление от 12.12.2024 № 99").type("starts_on", "01.01.2025")
    programme.line("programme_year", year="2026", planned="500 000")
    programme.line("programme_execution", account="3 квартал 2026", local="120 000", oblast="30 000")
    saved(programme)

    contest = window.register("grant_contest").add().type("year", "2026").type("title", "Муниципальный этап")
    saved(contest.type("grant_limit", "250 000").type("total_limit", "1 000 000"))
    application = window.register("grant_application").add().type("contest_id", "Муниципальный")
    application.type("ngo_id", "Ладога").type("project", "Мастерская").type("applied_on", "10.07.2026")
    application.type("asked", "200 000").type("decision", "поддержана").type("decision_on", "10.08.2026")
    saved(application.type("granted", "150 000"))
    support = window.register("support")
    assert support.count == 1, "a supported application has its decision"
    do(support, "Внести в реестр")
    answer(window)
    support.edit().line("violation", found_on="19.08.2026", text="отчёт с опозданием")._form.bar.save.click()
    do(support, "Прекратить поддержку")
    answer(window, decision_no="9-п", purpose="по просьбе получателя")
    assert support.count == 2

    event = window.register("event").add().type("held_on", "15.08.2026").type("title", "Встреча")
    saved(event.type("kind", "встреча").type("hours", "2").type("participants", "30"))

    centre = window.register("centre").add().type("name", "АНО «Опора»")
    centre.line("centre_agreement", number="РЦ-1", starts_on="01.01.2026", ends_on="31.12.2026", subsidy="900 000",
                competition="Конкурс центров", year_won="2025")  # fmt: skip
    centre.line("centre_plan", year="2026", service_code="К4", territory_code="Всеволожский", volume="40")
    saved(centre)
    service = window.register("service").add().type("provided_on", "15.08.2026").type("centre_id", "Опора")
    service.type("service_code", "К4").type("quantity", "1").type("hours", "1,5").type("people", "2")
    service.type("evidence_kind", "журнал").type("evidence_no", "1-12").line("service_recipient", ngo_id="Ладога")
    saved(service)

    need = window.register("need")
    saved(need.add().type("ngo_id", "Ладога").type("category_code", "Финансы").type("opened_on", "01.08.2026")
          .type("text", "нужен грант"))  # fmt: skip
    do(need, "Закрыть услугой центра")
    answer(window, on="15.08.2026", services="К4")
    assert need.card["status"] == "closed_centre"
    do(need, "Возобновить")
    assert need.count == 2
    do(need, "Снять")
    window.dialog.line.setText("больше не нужна")
    window.dialog.primary.click()
    assert need.card["status"] == "withdrawn"

    saved(window.register("partner").add().type("name", "ООО «Причал»").type("inn", inn_with_check_digit("479900005")))
    saved(window.register("offer").add().type("partner_id", "Причал").type("kind", "деньги").type("text", "на сцену")
          .type("offered_on", "01.08.2026"))  # fmt: skip
    saved(window.register("request").add().type("ngo_id", "Ладога").type("kind", "деньги").type("text", "сцена")
          .type("asked_on", "02.08.2026").type("offer_id", "на сцену"))  # fmt: skip
    agreement = window.register("agreement").add().type("number", "С-1").type("partner_id", "Причал")
    agreement.type("parties", "Ладога").type("starts_on", "01.08.2026").type("ends_on", "31.12.2026")
    agreement.type("promised", "50 000").line("contribution", given_on="10.08.2026", kind="деньги", amount="20 000")
    agreement.line("contribution", given_on="11.08.2026", kind="pro bono", hours="6")
    saved(agreement)
    practice = window.register("practice").add().type("title", "Мастерская у озера").type("ngo_id", "Ладога")
    practice.line("practice_state", state="представлена", reached_on="05.08.2026")
    practice.line("practice_state", state="проверена", reached_on="15.08.2026")
    saved(practice)

    window.settle_unit(**SIGNERS)
    report = window.return_page(Q3)
    counted = {
        "203.quarter": "150 000,00", "202.quarter": "500 000,00", "211.2.quarter": "1", "211.3.quarter": "150 000,00",
        "220.1.quarter": "1", "220.2.quarter": "1", "230.quarter": "1", "232.quarter": "2", "301.quarter": "1",
        "501.quarter": "1", "505.1.quarter": "20 000,00", "506.quarter": "6,00", "602.quarter": "1",
        "706.quarter": "1", "118.quarter": "20", "102.quarter": "2",
    }  # fmt: skip
    assert {cell: report.figure(cell) for cell in counted} == counted
    assert report.figure("4.finance.closed_centre.quarter") == "1"
    assert window.window.desk is not None
    assert len(window.window.desk.read(registers.find, "request")) == 1
