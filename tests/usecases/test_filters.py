"""Filters by any field, combined; views that keep them under a name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.core.errors import AppError, InvalidRecord
from app.core.periods import Quarter
from app.usecases import history, registers
from app.usecases.record_filters import Contains, Filled, periods
from app.usecases.registers import Span
from app.usecases.saved_views import View, remove_view, save_view, views
from app.usecases.undoing import undo_batch
from tests.factories import District


@pytest.fixture
def district(tmp_path: Path) -> Iterator[District]:
    """Three NGOs; of three decisions one is of the year before."""
    with District(tmp_path, today="2026-10-05") as opened:
        svet = opened.ngo("АНО «Свет»", address="г. Мурино, ул. Новая, д. 5", phone="8 (81370) 25-411", sonko=True)
        opened.ngo("Фонд «Ёлка»", address="д. Колтуши", director="Ёжикова А. П.", status="inactive")
        opened.ngo("АНО «Причал»")
        opened.support(svet, "1 250 000,50", day="2026-08-12")
        opened.support(svet, "700", day="2026-10-01")
        opened.support(svet, form="214", day="2026-10-01")
        yield opened


def found(district: District, register: str = "ngo", **filters: Any) -> list[str]:
    ids = district.read(registers.find, register, filters=filters)
    key = "name" if register == "ngo" else "amount"
    return sorted(str(row.values[key]) for row in district.read(registers.rows, register, ids))


def test_a_text_holds_words_whatever_their_case_and_order(district: District) -> None:
    assert found(district, address=Contains("новая МУРИНО")) == ["АНО «Свет»"]
    assert found(district, director=Contains("ежик")) == ["Фонд «Ёлка»"]
    assert found(district, address=Contains("Выборг")) == []


def test_digits_of_a_number_may_be_parted(district: District) -> None:
    assert found(district, phone=Contains("8137025411")) == ["АНО «Свет»"]
    inn = district.card("ngo", 1).values["inn"]
    assert found(district, inn=Contains(f"{inn[4:7]} {inn[7:]}")) == ["АНО «Свет»"]


def test_empty_and_filled(district: District) -> None:
    assert found(district, address=Filled(False)) == ["АНО «Причал»"]
    assert found(district, address=Filled()) == ["АНО «Свет»", "Фонд «Ёлка»"]
    assert found(district, marks=Filled()) == ["АНО «Свет»"], "a computed field too"
    assert found(district, settlement=Filled()) == []
    assert found(district, "support", amount=Filled(False)) == ["0.00"], "a sum of 0 is shown as nothing"


def test_from_and_to_and_several_choices_of_one_field(district: District) -> None:
    assert found(district, "support", amount=Span(Decimal(700), Decimal(1000))) == ["700.00"]
    assert found(district, "support", amount=Span(Decimal(701))) == ["1250000.50"]
    assert found(district, "support", decision_on=Span(date(2026, 10, 1), date(2026, 12, 31))) == ["0.00", "700.00"]
    assert found(district, "support", account=Span(Quarter(2026, 3), Quarter(2026, 3))) == ["1250000.50"]
    assert found(district, status=("active", "inactive"), address=Contains("д")) == ["АНО «Свет»", "Фонд «Ёлка»"]
    assert found(district, "support", ngo_id=2) == []


def test_periods_are_named(district: District) -> None:
    named = {period.title: (period.first, period.last) for period in periods(date(2026, 10, 5))}
    assert named["этот квартал"] == (date(2026, 10, 1), date(2026, 12, 31))
    assert named["прошлый квартал"] == (date(2026, 7, 1), date(2026, 9, 30))
    assert named["прошлый год"] == (date(2025, 1, 1), date(2025, 12, 31))
    assert named["последние 30 дней"] == (date(2026, 9, 6), date(2026, 10, 5))


WHOLE = View(
    search="свет",
    filters={
        "address": Contains("мурино"),
        "status": ("active", "inactive"),
        "taken_on": Span(date(2026, 1, 1), None),
        "director": Filled(False),
        "on_record": True,
        "legal_account": Span(Quarter(2026, 1), Quarter(2026, 4)),
        "head_id": 7,
    },
    columns=("name", "address"),
    order=("address", True),
    archived=True,
)


def test_a_view_comes_back_as_it_was_kept(district: District) -> None:
    district.write(save_view, "ngo", "  Мурино,   действующие ", WHOLE)
    (kept,) = district.read(views, "ngo")
    assert (kept.name, kept.view, kept.made_by) == ("Мурино, действующие", WHOLE, "Куратор")
    assert district.read(views, "support") == ()
    sums = View(filters={"amount": Span(Decimal("0.50"), None)})
    district.write(save_view, "support", "Крупные", sums)
    assert district.read(views, "support")[0].view == sums


def test_saved_again_under_its_name_it_is_changed(district: District) -> None:
    first = district.write(save_view, "ngo", "Обзвон", View(search="а"))
    assert district.write(save_view, "ngo", "обзвон", View(search="б")) == first
    assert [row.view.search for row in district.read(views, "ngo")] == ["б"]
    with pytest.raises(InvalidRecord, match="Назовите вид"):
        district.write(save_view, "ngo", "  ", View())


def test_a_view_put_away_comes_back_by_an_undo(district: District) -> None:
    id = district.write(save_view, "ngo", "Обзвон", View(search="а"))
    district.write(remove_view, id)
    assert district.read(views, "ngo") == ()
    with pytest.raises(AppError, match="уже нет"):
        district.write(remove_view, id)
    district.write(undo_batch, district.read(history.recent_changes)[0].id, kind="undo")
    assert [row.name for row in district.read(views, "ngo")] == ["Обзвон"]
