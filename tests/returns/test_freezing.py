"""Freezing: kept whole with its papers, never changed, corrected by a new version, unmoved by what comes late."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.core.errors import AppError
from app.core.periods import Quarter
from app.reports.return_paper import return_pdf
from app.reports.return_sheet import return_xlsx
from app.returns.codec import canonical, fingerprint
from app.returns.life import State
from app.usecases import quarter_returns as returns
from app.usecases import return_life
from app.usecases.opening import save_opening
from app.usecases.return_calendar import calendar_of_year
from app.usecases.row_plans import plan_row
from app.usecases.setup import save_settings, save_unit
from app.usecases.undoing import undo_batch
from tests.factories import District

Q2, Q3, Q4 = Quarter(2026, 2), Quarter(2026, 3), Quarter(2026, 4)
SIGNERS = {
    "head_post": "Заместитель главы",
    "head_name": "Ермакова Л. В.",
    "executor_post": "Главный специалист",
    "executor_name": "Тихонова А. С.",
    "executor_phone": "8 (81370) 00-000",
}


@pytest.fixture
def district(tmp_path: Path) -> Iterator[District]:
    with District(tmp_path, today="2026-07-01") as found:
        found.write(save_unit, SIGNERS)
        yield found


def freeze(district: District, quarter: Quarter, reason: str = "") -> returns.KeptReturn:
    return district.write(returns.freeze, quarter, reason=reason, kind="return", title="Утверждён отчёт")


def a_quarter_of_work(district: District) -> int:
    """An NGO helped with money and by a centre, its need closed.  Returns the NGO."""
    address = "г. Мурино, Лесная ул., д. 1"
    svet = district.at("2026-07-06").ngo("АНО «Светлый берег»", sonko=True, activities=["1"], address=address)
    district.at("2026-08-12").support(svet, "50 000")
    district.at("2026-09-10").service(district.centre(), "К4", [svet, district.body()])
    return svet


def test_what_is_frozen_is_the_papers_and_the_data_of_one_hash(district: District) -> None:
    a_quarter_of_work(district)
    kept = freeze(district.at("2026-10-05"), Q3)
    assert kept.sha256 == fingerprint(canonical(kept.ret))
    assert (kept.ret["101"].quarter, kept.ret["210"].quarter, kept.ret["301"].quarter) == (2, 1, 1)
    again = district.read(returns.kept, Q3)
    assert again == kept
    data = canonical(kept.ret)
    assert return_pdf(kept.ret, kept.envelope) == kept.pdf, "written anew, the paper has the same bytes"
    assert return_xlsx(kept.ret, kept.envelope, data=data) == kept.xlsx


def test_a_paper_for_long_storage_is_the_same_when_written_anew(district: District) -> None:
    a_quarter_of_work(district)
    district.write(save_settings, {"binding_margin": True})
    kept = freeze(district.at("2026-10-05"), Q3)
    district.write(save_settings, {"binding_margin": False})
    assert return_pdf(kept.ret, kept.envelope) == kept.pdf, "the margin is that of the day of freezing"
    assert return_pdf(kept.ret, replace(kept.envelope, binding=False)) != kept.pdf
    whole = district.read(returns.whole_paper, kept)
    assert len(whole) > len(kept.pdf)


@pytest.mark.parametrize("statement", ["UPDATE frozen_return SET data = '{}'", "DELETE FROM frozen_return"])
def test_sql_itself_refuses_to_change_what_is_frozen(district: District, statement: str) -> None:
    freeze(district.at("2026-10-05"), Q3)

    def spoil(session: Session) -> None:
        session.execute(text(statement))

    with pytest.raises((DBAPIError, AppError)):
        district.write(spoil)
    assert district.read(returns.frozen_quarters) == (Q3,)


def test_a_late_record_counts_in_the_open_quarter_and_leaves_the_frozen_one_as_it_was(district: District) -> None:
    svet = a_quarter_of_work(district)
    sent = freeze(district.at("2026-10-05"), Q3)
    district.at("2026-10-20").support(svet, "7 000", day="2026-09-28")
    assert district.read(returns.to_be_corrected) == ()
    fourth = district.read(returns.draft, Q4).ret
    assert fourth["211.3"].quarter == 7000
    assert fourth["211.3"].year == 57000
    assert [row.kind for row in fourth.annex_g].count("late") == 1
    assert district.read(returns.kept, Q3) == sent


def test_an_edit_of_what_was_counted_asks_for_a_correction(district: District) -> None:
    svet = a_quarter_of_work(district)
    freeze(district.at("2026-10-05"), Q3)
    district.write(return_life.send, Q3, "почтой", kind="return")
    gift = district.read(lambda s: s.execute(text("SELECT id FROM support")).scalar_one())
    district.at("2026-10-20").save("support", {"amount": Decimal(60000), "local": Decimal(60000)}, id=gift)
    assert district.read(returns.to_be_corrected) == (Q3,)
    report = district.read(returns.draft, Q4).report
    assert "40" in {finding.check for finding in report.errors}
    corrected = freeze(district, Q3, reason="Уточнён размер субсидии")
    assert (corrected.correction, corrected.ret["211.3"].quarter) == (1, 60000)
    assert corrected.ret.head.reason == "Уточнён размер субсидии"
    assert "40" not in {finding.check for finding in district.read(returns.draft, Q4).report.errors}
    first = district.read(returns.kept, Q3, 0)
    assert first is not None
    assert first.ret["211.3"].quarter == 50000
    assert svet


def test_a_frozen_quarter_is_not_frozen_again_without_a_reason(district: District) -> None:
    freeze(district.at("2026-10-05"), Q3)
    with pytest.raises(AppError, match="уже утверждён"):
        freeze(district, Q3)


def test_a_quarter_that_still_runs_is_not_frozen(district: District) -> None:
    with pytest.raises(AppError, match=r"ещё идёт: утвердить отчёт можно с 01\.10\.2026"):
        freeze(district.at("2026-09-30"), Q3)


def test_returns_are_frozen_in_order(district: District) -> None:
    freeze(district.at("2026-07-03"), Q2)
    with pytest.raises(AppError, match=r"Сначала утвердите отчёт за III\s+квартал \d{4}\s+г\. Отчёты"):
        freeze(district.at("2027-01-11"), Q4)


def test_an_error_of_the_checks_blocks_and_writes_nothing(district: District) -> None:
    district.write(save_unit, SIGNERS | {"head_name": ""})
    with pytest.raises(returns.ChecksFailed) as refusal:
        freeze(district.at("2026-10-05"), Q3)
    assert [finding.check for finding in refusal.value.draft.report.errors] == ["41"]
    assert district.read(returns.frozen_quarters) == ()


def test_an_explanation_stands_in_column_10_and_in_annex_g(district: District) -> None:
    a_quarter_of_work(district)
    district.write(plan_row, 2026, "217.3", Decimal(1_000_000), "12", date(2026, 2, 1))
    warning = district.at("2026-10-05").read(returns.draft, Q3).report.warnings[0]
    assert (warning.check, warning.cell) == ("17", "217.3.year")
    district.write(returns.explain, Q3, "17", "217.3.year", "Закупка перенесена на IV квартал")
    kept = freeze(district, Q3)
    assert kept.ret["217.3"].note == "Закупка перенесена на IV квартал"
    assert "Закупка перенесена на IV квартал" in {line.explanation for line in kept.ret.annex_g}
    district.write(returns.explain, Q3, "17", "217.3.year", "")
    assert district.read(returns.draft, Q3).ret["217.3"].note == ""


def test_a_first_return_says_what_it_could_not_check(district: District) -> None:
    made = district.at("2026-10-05").read(returns.draft, Q3)
    unchecked = [line for line in made.protocol if line.kind == "unchecked"]
    assert unchecked
    assert all("не проверялось" in line.text for line in unchecked)


def test_opening_balances_are_the_previous_return(district: District) -> None:
    address = "г. Сертолово, Школьная ул., д. 2"
    first_day = district.at("2026-07-01")
    old = first_day.ngo("АНО «Прежняя»", taken_on="2024-02-01", before_records=True, address=address)
    uuid = district.card("ngo", old).uuid
    figures = {"101.year": 1, "210.year": 1, "211.1.year": 1, "211.2.year": 2, "211.3.year": 30000, "211.4.year": 30000}
    keys = {"210.year": (uuid,), "211.1.year": (uuid,)}
    district.write(save_opening, Q2, {cell: Decimal(value) for cell, value in figures.items()}, keys=keys)
    district.at("2026-08-12").support(old, "50 000")
    kept = freeze(district.at("2026-10-05"), Q3)
    assert (kept.ret["101"].quarter, kept.ret["109"].quarter) == (1, 0)
    assert (kept.ret["210"].quarter, kept.ret["210"].year) == (1, 1)
    assert (kept.ret["211.2"].year, kept.ret["211.3"].year) == (3, 80000)


def test_the_freezing_cannot_be_undone(district: District) -> None:
    freeze(district.at("2026-10-05"), Q3)
    batch = district.read(lambda s: s.execute(text("SELECT max(id) FROM batch")).scalar_one())
    with pytest.raises(AppError):
        district.write(undo_batch, batch, kind="undo")
    assert district.read(returns.frozen_quarters) == (Q3,)


def test_the_list_of_returns_tells_what_is_due(district: District) -> None:
    freeze(district.at("2026-10-05"), Q3)
    states = {state.quarter: state for state in district.read(calendar_of_year, 2026)}
    assert states[Q3].life is not None
    assert states[Q4].life is None
    assert states[Q3].due_on == date(2026, 10, 12), "the 10th is a Saturday"


def test_hash_does_not_depend_on_who_freezes_and_when(district: District) -> None:
    a_quarter_of_work(district)
    made = district.at("2026-10-05").read(returns.draft, Q3)
    envelope = freeze(district, Q3).envelope
    assert envelope.sha256 == fingerprint(canonical(made.ret))
    assert replace(envelope, frozen_by="Другой").sha256 == envelope.sha256


def test_what_the_region_sent_back_is_not_what_went_before(district: District) -> None:
    svet = a_quarter_of_work(district)
    freeze(district.at("2026-10-05"), Q3)
    district.write(return_life.send, Q3, "почтой", kind="return")
    gift = district.read(lambda s: s.execute(text("SELECT id FROM support")).scalar_one())
    district.save("support", {"amount": Decimal(60000), "local": Decimal(60000)}, id=gift)
    freeze(district, Q3, reason="Уточнён размер субсидии")
    district.write(return_life.send, Q3, "почтой", kind="return")
    district.write(return_life.send_back, Q3, correction=1, text="не та сумма", kind="return")
    district.save("support", {"amount": Decimal(50000), "local": Decimal(50000)}, id=gift)
    assert district.read(returns.to_be_corrected) == (), "the version before it holds"
    assert not district.read(returns.draft, Q4).report.errors
    latest = district.read(return_life.life, Q3)
    assert (latest.correction, latest.state) == (1, State.SENT_BACK)
    district.write(return_life.send_back, Q3, correction=0, text="и прежняя не та", kind="return")
    unchecked = {rule.text for rule in district.read(returns.draft, Q4).report.unchecked if rule.check == "4"}
    assert len(unchecked) == 1
    assert freeze(district, Q3, reason="Всё заново").correction == 2
    assert not [rule for rule in district.read(returns.draft, Q4).report.unchecked if rule.check == "4"]
    assert svet
