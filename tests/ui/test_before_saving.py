"""«Перед сохранением»: faults, what the return would warn of, what is in order; none stops her."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.core.periods import Quarter
from tests.factories import District
from tests.pages import FormPage, Window, open_window


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[Window]:
    with District(tmp_path, today="2026-07-01") as district:
        svet = district.ngo("АНО «Свет»", short_name="АНО «Свет»", address="г. Мурино")
        district.ngo("АНО «Бывшая»", liquidated_on=district.clock.today())
        district.support(svet, "50 000", day="2026-07-01", decision_no="12-р")
        centre = district.centre()
        district.at("2026-07-02").service(centre, recipients=[svet], evidence_no="7")
        district.need(svet, text="нужен грант")
        district.freeze_plainly(Quarter(2026, 1))
        path = district.path
    opened = open_window(qtbot, path, today="2026-10-05")
    opened.window.resize(1366, 768)
    yield opened
    opened.close()


def told(window: Window, form: FormPage) -> tuple[list[str], list[str]]:
    """Warnings, and what is in order, as the panel shows them once the hands rest."""
    looking = form._page.editing._looking
    window.wait(lambda: not looking.waiting)
    words = form.panel
    assert all(checked.text in words for checked in looking.checks)
    plain = [(checked.text.replace("\u00a0", " "), checked.passed) for checked in looking.checks]
    return [text for text, passed in plain if not passed], [text for text, passed in plain if passed]


def test_a_decision_like_another_is_warned_of_and_still_saved(window: Window) -> None:
    page = window.register("support")
    form = page.add().type("ngo_id", "АНО «Свет»").type("decision_on", "01.07.2026").type("amount", "50 000")
    warnings, passed = told(window, form)
    assert "Такое же решение уже записано: № 12-р от 01.07.2026, 50 000 ₽." in warnings
    assert "В реестре получателей останется пустым: № решения (графа 2), срок (графа 10)." in warnings
    assert "АНО «Свет»: на учёте в день решения" in passed
    form.type("amount", "60 000").type("decision_no", "13-р").type("ends_on", "31.12.2026")
    warnings, passed = told(window, form)
    assert warnings == []
    assert {"Такого же решения у получателя нет", "Графы реестра получателей заполнены"} <= set(passed)
    form.type("amount", "50 000")
    assert told(window, form)[0]
    form.save()
    assert not form.open, "a warning never stands in the way"
    assert page.count == 2


def test_not_on_record_liquidated_and_a_closed_quarter(window: Window) -> None:
    form = window.register("support").add().type("form", "информационная")
    form.type("ngo_id", "АНО «Бывшая»").type("decision_on", "10.03.2026")
    warnings, _ = told(window, form)
    assert "АНО «Бывшая»: на 10.03.2026 не на учёте. Проверьте дату или сроки учёта." in warnings
    closed = "Отчёт за I квартал 2026 г. уже закрыт: запись войдёт в отчёт за II квартал 2026 г. как поступившая позже."
    assert closed in warnings
    form.type("decision_on", "10.08.2026")
    assert "АНО «Бывшая»: ликвидирована 01.07.2026. Проверьте дату." in told(window, form)[0]


def test_a_sum_many_times_the_usual(window: Window) -> None:
    form = window.register("support").add().type("ngo_id", "АНО «Свет»").type("decision_on", "05.10.2026")
    form.type("amount", "5 000 000")
    assert "Сумма больше наибольшей за два года (50 000 ₽) более чем в 10 раз." in told(window, form)[0]
    form.type("amount", "70 000")
    assert "Сумма не больше обычных" in told(window, form)[1]


def test_a_service_is_looked_over(window: Window) -> None:
    form = window.register("service").add().type("centre_id", "Опора").type("service_code", "К4")
    form.type("provided_on", "02.07.2026").type("quantity", "1").type("hours", "9").type("people", "0")
    form.type("evidence_kind", "журнал").type("evidence_no", "7").line("service_recipient", ngo_id="АНО «Свет»")
    warnings, passed = told(window, form)
    assert "9 ч на консультацию: больше 8 ч. Проверьте часы." in warnings
    assert "Человек 0, а получателей 1: людей не меньше, чем получателей." in warnings
    assert "Такая же услуга этим получателям в этот день уже записана." in warnings
    assert "Номер подтверждения 7 уже стоит у услуги от 02.07.2026." in warnings
    assert "Соглашение центра действует" in passed
    form.type("provided_on", "10.09.2026").type("hours", "2").type("people", "1").type("evidence_no", "8")
    warnings, passed = told(window, form)
    assert warnings == []
    assert len(passed) == 6


def test_an_open_need_like_another(window: Window) -> None:
    form = window.register("need").add().type("ngo_id", "АНО «Свет»").type("category_code", "Финансы")
    form.type("opened_on", "05.10.2026").type("text", "Нужен грант")
    assert "Такая же открытая потребность уже есть, от 02.07.2026." in told(window, form)[0]
    form.type("text", "нужен бухгалтер")
    assert "Такой же открытой потребности нет" in told(window, form)[1]


def test_an_ngo_is_looked_over(window: Window) -> None:
    form = window.register("ngo").add().type("name", "АНО «Новая»").line("ngo_mark", mark="СОНКО")
    warnings, _ = told(window, form)
    assert "У СОНКО не отмечен ни один вид деятельности." in warnings
    assert "ОГРН не установлен: деньги и имущество такой НКО не записать." in warnings
    form.type("inn", "7707083893").type("ogrn", "1037739010891")
    assert {"ИНН с верной контрольной цифрой", "ОГРН с верной контрольной цифрой"} <= set(told(window, form)[1])
    form.type("inn", "7707083894")
    assert "ИНН с верной контрольной цифрой" not in told(window, form)[1]
    assert "ИНН: Контрольная цифра" in form.panel, "the fault at the field stands in the panel too"


def test_a_kept_record_is_looked_over_when_it_opens(window: Window) -> None:
    form = window.register("support").edit()
    warnings, passed = told(window, form)
    assert warnings == [], "it is no twin of itself"
    assert "Такого же решения у получателя нет" in passed


def test_on_a_narrow_screen_warnings_stand_below_the_fields(window: Window) -> None:
    window.window.resize(910, 512)
    form = window.register("support").add().type("ngo_id", "АНО «Свет»").type("decision_on", "01.07.2026")
    form.type("amount", "50 000")
    window.wait(lambda: not form._page.editing._looking.waiting)
    assert form._page.editing._looking._below.isVisible()


def test_a_fault_that_is_scrolled_away_comes_into_sight(window: Window) -> None:
    window.window.resize(910, 512)
    form = window.register("support").add().type("ngo_id", "АНО «Свет»").type("decision_on", "05.10.2026")
    form.type("amount", "50 000").type("starts_on", "05.10.2026").type("ends_on", "01.10.2026")
    form._form._area.verticalScrollBar().setValue(0)
    form.save()
    assert "ends_on" in form.faults
    window.wait(lambda: not form._form.rows["ends_on"].editor.visibleRegion().isEmpty())
