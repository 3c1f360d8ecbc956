"""Two versions of the form side by side: both are built, checked, printed, read back, and compared row by row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from app.core.periods import Quarter
from app.returns.checks import run_checks
from app.returns.checks.report import Severity
from app.returns.checks.rules import RULES, Rule
from app.returns.codec import canonical, read_return
from app.returns.form import FORMS, form_on
from app.usecases import quarter_returns as returns
from app.usecases.return_compare import Version, compare
from app.usecases.row_plans import plan_row
from app.usecases.setup import save_unit
from tests.factories import District
from tests.reports.reading import page_texts, sheets
from tests.returns.second_form import ADDED, FORM_2026_2
from tests.returns.test_freezing import SIGNERS

Q2, Q3 = Quarter(2026, 2), Quarter(2026, 3)


@pytest.fixture
def district(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[District]:
    """The second quarter is approved under 2026.1; from July the form is 2026.2."""
    with District(tmp_path, today="2026-01-12") as found:
        found.write(save_unit, SIGNERS)
        svet = found.ngo("АНО «Светлый берег»", status="unverified")
        for number in (1, 2):
            quarter = Quarter(2026, number)
            found.at(quarter.first_day).agreement(
                found.partner(f"ООО «Берег {number}»"), [svet], starts=quarter.first_day, ends="2027-12-31",
                contributions=[{"kind": "money", "given_on": quarter.first_day, "amount": Decimal(1000)}],
            )  # fmt: skip
            freeze(found.at(quarter.next.first_day), quarter)
        monkeypatch.setitem(FORMS, FORM_2026_2.version, FORM_2026_2)
        found.at("2026-07-06").agreement(
            found.partner("ООО «Мыс»"), [svet], starts="2026-07-06", ends="2027-12-31",
            contributions=[
                {"kind": "money", "given_on": date(2026, 7, 6), "amount": Decimal(300)},
                {"kind": "goods", "given_on": date(2026, 7, 6), "amount": Decimal(20)},
            ],
        )  # fmt: skip
        yield found


def freeze(district: District, quarter: Quarter, reason: str = "") -> returns.KeptReturn:
    return district.write(returns.freeze, quarter, reason=reason, kind="return", title="Утверждён отчёт")


def test_the_last_day_of_the_quarter_picks_the_form(district: District) -> None:
    assert form_on(Q2.last_day).version == "2026.1"
    assert form_on(Q3.last_day).version == "2026.2"
    assert freeze(district.at("2026-10-05"), Q3).ret.head.form_version == "2026.2"


def test_an_added_row_sums_its_parts_and_opens_their_records(district: District) -> None:
    made = district.at("2026-10-05").read(returns.draft, Q3)
    assert (made.ret["505"].quarter, made.ret["505"].year) == (Decimal(320), Decimal(2320))
    (source,) = made.built.sources["505.quarter"]
    assert source.register == "agreement"
    assert source.ids == made.built.sources["505.1.quarter"][0].ids


def test_a_renamed_row_keeps_what_it_counts_and_its_past(district: District) -> None:
    district.at("2026-10-05").write(plan_row, 2026, "119", Decimal(4), "12-р", date(2026, 7, 1))
    made = district.read(returns.draft, Q3)
    assert (made.ret["119"].quarter, made.ret["119"].plan) == (Decimal(1), Decimal(4))
    assert "120" not in made.ret.rows, "data name a row by what it counts"


def test_nothing_false_is_found_where_a_year_has_two_versions(district: District) -> None:
    made = district.at("2026-10-05").read(returns.draft, Q3)
    assert [f.text for f in made.report.errors] == []
    assert not [u for u in made.report.unchecked if "нет строки" in u.text]


def test_a_rule_on_a_retired_row_is_told_as_not_run(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    made = district.at("2026-10-05").read(returns.draft, Q3)

    def body(case):  # type: ignore[no-untyped-def]
        case.value("223")
        yield

    monkeypatch.setitem(RULES, "retired", Rule("99", "retired", "Публикации", Severity.ERROR, "", body))
    found = run_checks(made.built, made.records)
    assert [u.text for u in found.unchecked if u.check == "99"] == [
        "«Публикации» не проверялось: в форме 2026.2 нет строки 223."
    ]


def test_both_versions_are_printed_with_their_own_codes(district: District) -> None:
    kept = freeze(district.at("2026-10-05"), Q3)
    old, new = district.read(returns.kept, Q2), kept
    assert old is not None
    before, after = (" ".join(page_texts(one.pdf)) for one in (old, new))
    assert "119 не проверены" in before
    assert " 223 " in before
    assert "120 сведения не подтверждены" in after
    assert "505 Вклады, всего ₽ 383 320,00 2 320,00" in after
    assert " 119 " not in after
    assert " 223 " not in after
    rows = {row[0]: row for row in sheets(new.xlsx)["1 Состав сектора"]}
    assert rows["120"][4] == 1.0
    assert "119" not in rows


def test_both_versions_are_read_back(district: District) -> None:
    new = freeze(district.at("2026-10-05"), Q3)
    old = district.read(returns.kept, Q2)
    assert old is not None
    for one in (old, new):
        assert canonical(read_return(canonical(one.ret))) == canonical(one.ret)
    assert ADDED.measure in new.ret.rows
    assert ADDED.measure not in old.ret.rows


def test_comparisons_map_rows_across_versions(district: District) -> None:
    district.at("2026-09-01").ngo("Союз «Лад»", status="unverified")
    freeze(district.at("2026-10-05"), Q3)
    found = {one.cell: one.change for one in district.read(compare, Version(Q2), Version(Q3)).changes}
    renamed = found["120, графа\u00a05"]
    assert (renamed.cell, renamed.before, renamed.after) == ("119.quarter", Decimal(1), Decimal(2))
    added = found["505, графа\u00a06"]
    assert (added.before, added.after) == (None, Decimal(2320))


def test_a_correction_keeps_the_version_of_what_it_corrects(district: District) -> None:
    freeze(district.at("2026-10-05"), Q3)
    FORMS["2026.1"] = FORMS.pop("2026.1")  # the order of the versions must not matter
    assert freeze(district, Q2, "исправлена дата").ret.head.form_version == "2026.1"
    assert [f.text for f in district.read(returns.draft, Q3).report.errors] == []
