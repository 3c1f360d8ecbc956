"""Figures over years and territories: column 9, the chain of ОКТМО, tables from their opening balances."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest

from app.core.periods import Quarter
from app.returns.snapshot import QuarterReturn
from app.usecases import quarter_returns as returns
from app.usecases.dictionary_links import replace_territory
from app.usecases.opening import save_opening
from app.usecases.setup import save_unit
from tests.factories import OKTMO, District

Q2, Q3, Q4 = Quarter(2026, 2), Quarter(2026, 3), Quarter(2026, 4)
OKRUG, NEIGHBOUR = "41519000", "41615000"
SIGNERS = {"head_post": "Заместитель главы", "head_name": "Ермакова Л. В.", "executor_post": "Главный специалист",
           "executor_name": "Тихонова А. С.", "executor_phone": "8 (81370) 00-000"}  # fmt: skip
ADDRESS = "г. Мурино, Лесная ул., д. 1"


@pytest.fixture
def district(tmp_path: Path) -> Iterator[District]:
    with District(tmp_path, today="2026-04-06") as found:
        found.write(save_unit, SIGNERS)
        yield found


def freeze(district: District, quarter: Quarter) -> QuarterReturn:
    return district.write(returns.freeze, quarter, kind="return", title="Утверждён отчёт").ret


def draft(district: District, quarter: Quarter) -> QuarterReturn:
    return district.read(returns.draft, quarter).ret


def becomes_an_okrug(district: District, former: str, since: date) -> None:
    name = "Всеволожский муниципальный округ"
    genitive = "Всеволожского муниципального округа"
    okrug = partial(replace_territory, code=OKRUG, name=name, name_genitive=genitive, kind="municipal_okrug")
    district.write(lambda session: okrug(session, former, since=since))


def test_an_okrug_in_mid_year_goes_on_with_the_year_of_its_district(district: District) -> None:
    svet = district.ngo("АНО «Светлый берег»", address=ADDRESS)
    district.support(svet, "10 000", day="2026-04-06")
    assert freeze(district.at("2026-07-06"), Q2).head.oktmo == OKTMO
    becomes_an_okrug(district, OKTMO, date(2026, 8, 15))
    district.at("2026-09-01").support(svet, "5 000")
    third = freeze(district.at("2026-10-05"), Q3)
    assert third.head.oktmo == OKRUG
    assert (third["211.3"].quarter, third["211.3"].year, third["211.1"].year) == (5000, 15000, 1)
    assert draft(district, Q2).head.oktmo == OKTMO, "a correction keeps that quarter's code"


def test_districts_joined_into_one_keep_each_its_own_code_for_earlier_quarters(district: District) -> None:
    freeze(district.at("2026-07-06"), Q2)
    for former in (NEIGHBOUR, OKTMO):
        becomes_an_okrug(district, former, date(2026, 10, 1))
    assert draft(district, Q2).head.oktmo == OKTMO
    assert draft(district, Q3).head.oktmo == OKTMO
    assert draft(district.at("2027-01-11"), Q4).head.oktmo == OKRUG


def test_column_9_is_the_year_taken_over_with_the_opening_balances(district: District) -> None:
    figures = {"211.3.year": Decimal(70_000), "210.year": Decimal(3)}
    district.write(save_opening, Quarter(2025, 4), figures, bare=["210.year"])
    made = draft(district, Q4)
    assert (made["211.3"].before, made["210"].before, made["101"].before) == (70000, 3, None)
    assert draft(district, Q3)["211.3"].before is None
