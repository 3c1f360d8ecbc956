"""What the opening balances hold already, and what a later change of a setting or a card leaves as it was sent."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from app.core.errors import InvalidRecord
from app.core.periods import Quarter
from app.reports.blocks import shown
from app.reports.return_tables import need_grid, service_grid
from app.returns.form import form_on
from app.returns.snapshot import Average, NeedFigures, QuarterReturn
from app.usecases import ngos, support
from app.usecases import quarter_returns as returns
from app.usecases.opening import save_opening
from app.usecases.setup import save_settings, save_unit
from app.usecases.support import enter_in_register
from tests.factories import District, on

Q2, Q3, Q4 = Quarter(2026, 2), Quarter(2026, 3), Quarter(2026, 4)
SIGNERS = {"head_post": "Заместитель главы", "head_name": "Ермакова Л. В.", "executor_post": "Главный специалист",
           "executor_name": "Тихонова А. С.", "executor_phone": "8 (81370) 00-000"}  # fmt: skip
ADDRESS = "г. Мурино, Лесная ул., д. 1"


@pytest.fixture
def district(tmp_path: Path) -> Iterator[District]:
    with District(tmp_path, today="2026-07-06") as found:
        found.write(save_unit, SIGNERS)
        yield found


def freeze(district: District, quarter: Quarter) -> QuarterReturn:
    return district.write(returns.freeze, quarter, kind="return", title="Утверждён отчёт").ret


def draft(district: District, quarter: Quarter) -> QuarterReturn:
    return district.read(returns.draft, quarter).ret


def errors(district: District, quarter: Quarter) -> list[str]:
    return [f"{f.check}: {f.text}" for f in district.read(returns.draft, quarter).report.errors]


def finance(ret: QuarterReturn) -> NeedFigures:
    return next(line.quarter for line in ret.needs if line.category == "finance")


def test_a_need_closed_before_the_program_is_in_no_quarter(district: District) -> None:
    district.write(save_opening, Q2, {"101.year": Decimal(1), "4.finance.end.year": Decimal(1)})
    svet = district.ngo("АНО «Светлый берег»", taken_on="2024-01-01", before_records=True, address=ADDRESS)
    district.need(svet, day="2025-05-01", before_records=True, text="Заявка на конкурс")
    closed = {"status": "closed_other", "closed_on": on("2025-06-01"), "closed_by": "администрация"}
    district.need(svet, day="2025-04-01", before_records=True, **closed)
    counted = finance(draft(district.at("2026-10-05"), Q3))
    assert (counted.start, counted.closed_other, counted.end) == (1, 0, 1)
    assert errors(district, Q3) == []


def test_an_agreement_over_before_the_program_is_in_no_quarter(district: District) -> None:
    district.write(save_opening, Q2, {"101.year": Decimal(1), "501.year": Decimal(1)})
    svet = district.ngo("АНО «Светлый берег»", taken_on="2024-01-01", before_records=True, address=ADDRESS)
    partner = district.partner()
    district.agreement(partner, [svet], starts="2024-01-01", ends="2025-12-31", before_records=True)
    district.agreement(partner, [svet], starts="2024-02-01", ends="2026-06-30", before_records=True)
    made = draft(district.at("2026-10-05"), Q3)
    assert (made["501"].quarter, made["510"].quarter, made["502"].quarter) == (0, 1, 0)
    assert errors(district, Q3) == []


def test_a_body_gets_no_money_for_a_day_before_it_was_registered(district: District) -> None:
    group = district.body(address=ADDRESS)
    extract = {"ogrn": district.ogrn(), "inn": district.inn(), "okopf": "71400", "registered_on": on("2026-08-15")}
    district.at("2026-08-20").write(ngos.register_body, group, extract)
    with pytest.raises(InvalidRecord) as refusal:
        district.support(group, day="2026-08-14")
    assert refusal.value.faults == {"decision_on": "Получатель зарегистрирован только 15.08.2026."}
    district.support(group, form="214", day="2026-08-14")
    district.support(group, day="2026-08-15")
    assert errors(district.at("2026-10-05"), Q3) == []


def test_another_term_of_the_register_changes_nothing_sent(district: District) -> None:
    svet = district.ngo("АНО «Светлый берег»", address=ADDRESS)
    told = district.at("2026-09-01").support(svet, form="214")
    district.at("2026-09-11").write(
        enter_in_register, told, entered_on=on("2026-09-02"), published_on=on("2026-09-10")
    )
    sent = freeze(district.at("2026-10-05"), Q3)
    assert (sent["232"].quarter, sent["233"].quarter) == (1, 0)
    district.write(save_settings, {"register_days": 10})
    assert district.read(returns.to_be_corrected) == ()
    assert draft(district, Q3)["233"].quarter == 0, "a correction goes by the term of its day"
    later = district.at("2026-10-12").support(svet, form="214")
    district.at("2026-10-23").write(
        support.enter_in_register, later, entered_on=on("2026-10-13"), published_on=on("2026-10-23")
    )
    assert draft(district.at("2027-01-11"), Q4)["233"].quarter == 1


def test_the_column_over_90_days_is_the_forms_own_whatever_the_window_reminds_of(district: District) -> None:
    svet = district.ngo("АНО «Светлый берег»", address=ADDRESS)
    district.need(svet, day="2026-07-06")
    assert finance(draft(district, Q3)).over_90 == 0, "86 days"
    district.write(save_settings, {"need_days": 30})
    assert finance(draft(district, Q3)).over_90 == 0
    assert finance(draft(district, Q4)).over_90 == 1


@pytest.mark.parametrize(("opened", "over"), [("2026-07-01", 1), ("2026-07-02", 0)])
def test_over_90_days_is_more_than_ninety(district: District, opened: str, over: int) -> None:
    svet = district.ngo("АНО «Светлый берег»", address=ADDRESS, taken_on="2026-07-01")
    district.need(svet, day=opened)
    assert finance(draft(district, Q3)).over_90 == over


@pytest.mark.parametrize(("last", "counted"), [("2026-09-30", 1), ("2026-09-29", 0)])
def test_a_mark_holds_on_its_own_last_day(district: District, last: str, counted: int) -> None:
    term = {"since": on("2026-07-06"), "valid_to": on(last)}
    marks = [term | {"mark": "sonko"}, term | {"mark": "iopu"}]
    district.ngo("АНО «Светлый берег»", address=ADDRESS, lines={"ngo_mark": marks})
    made = draft(district, Q3)
    assert (made["102"].quarter, made["103"].quarter) == (counted, counted)


def test_a_body_that_registered_late_is_told_in_annex_g(district: District) -> None:
    group = district.body(address=ADDRESS)
    freeze(district.at("2026-10-05"), Q3)
    extract = {"ogrn": district.ogrn(), "inn": district.inn(), "okopf": "71400", "registered_on": on("2026-09-20")}
    district.write(ngos.register_body, group, extract)
    late = [row for row in draft(district, Q4).annex_g if row.kind == "late"]
    assert [(row.cell, "Регистрация юридического лица" in row.text) for row in late] == [("106.quarter", True)]


def test_unique_columns_of_tables_3_and_4_without_members_are_intervals(district: District) -> None:
    centre = district.centre()
    uuid = district.card("centre", centre).uuid
    line = f"3.{uuid}.К4"
    figures = {f"{line}.{column}.year": Decimal(5) for column in ("records", "cases", "ngos", "evidenced")}
    figures |= {"301.year": Decimal(5), "302.year": Decimal(5), "4.finance.ngos.year": Decimal(3)}
    bare = [f"{line}.ngos.year", "302.year", "4.finance.ngos.year"]
    district.write(save_opening, Q2, figures, bare=bare)
    svet = district.ngo("АНО «Светлый берег»", address=ADDRESS)
    district.service(centre, "К4", [svet])
    district.need(svet)
    made, form = draft(district.at("2026-10-05"), Q3), form_on(Q3.last_day)

    def words(grid: object, name: str) -> list[str]:
        rows = grid.rows  # type: ignore[attr-defined]
        cells = (cell for row in rows for cell in getattr(row, "cells", ()) if getattr(cell, "name", "") == name)
        return [shown(cell) for cell in cells]

    assert words(service_grid(made, form, "year"), f"{line}.ngos.year") == ["от 5 до 6"]
    assert words(service_grid(made, form, "quarter"), f"{line}.ngos.quarter") == ["1"]
    assert words(need_grid(made, form, "year"), "4.finance.ngos.year") == ["от 3 до 4"]


def test_the_mean_wait_is_rounded_half_up() -> None:
    assert Average(Decimal(1), 4).value == Decimal("0.3")
    assert Average(Decimal(3), 4).value == Decimal("0.8")
    assert Average().value is None


def test_a_year_taken_over_is_compared_too(district: District) -> None:
    district.at("2026-10-05").write(save_opening, Quarter(2025, 4), {"301.year": Decimal(100), "101.year": Decimal(0)})
    warned = [f.cell for f in district.read(returns.draft, Q4).report.warnings if f.check == "42"]
    assert warned == ["301.year"]


def test_a_correction_of_an_earlier_quarter_leaves_later_records_out(district: District) -> None:
    svet = district.ngo("АНО «Светлый берег»", address=ADDRESS)
    gift = district.support(svet)
    freeze(district.at("2026-10-05"), Q3)
    luch = district.at("2026-11-10").ngo("АНО «Луч»", address=ADDRESS)
    district.need(luch)
    district.agreement(district.partner(), [luch], starts="2026-11-10", ends="2027-11-10")
    district.support(luch, form="212")
    district.save("support", {"amount": Decimal(60_000), "local": Decimal(60_000)}, id=gift)
    corrected = district.write(returns.freeze, Q3, reason="Уточнён размер субсидии", kind="return").ret
    assert (corrected["101"].quarter, corrected["109"].quarter, corrected["501"].quarter) == (1, 1, 0)
    assert (corrected["211.3"].quarter, corrected["212.5"].quarter, finance(corrected).end) == (60_000, 0, 0)
    assert errors(district.at("2027-01-11"), Q4) == []


def test_an_edit_that_moves_no_figure_warns_until_it_is_corrected(district: District) -> None:
    gift = district.support(district.ngo("АНО «Светлый берег»", address=ADDRESS))
    freeze(district.at("2026-10-05"), Q3)
    district.save("support", {"decision_no": "77-р"}, id=gift)
    report = district.read(returns.draft, Q4).report
    assert [(f.check, f.cell) for f in report.warnings] == [("40", "232.quarter")]
    assert not report.errors
    district.write(returns.freeze, Q3, reason="Номер постановления", kind="return")
    assert not district.read(returns.draft, Q4).report.warnings
