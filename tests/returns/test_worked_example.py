"""The worked example of the field's description (§6), taken literally, and the return's own arithmetic."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from app.core.errors import AppError
from app.core.periods import Quarter
from app.core.settings import Settings
from app.core.workdays import WorkCalendar
from app.returns.build import build
from app.returns.codec import canonical, fingerprint, read_return
from app.returns.records import (
    Category,
    Centre,
    Frozen,
    Interval,
    Need,
    NeedLink,
    Ngo,
    Opening,
    Plan,
    Recipient,
    Records,
    Service,
    ServiceKind,
    Support,
    Territory,
    Unit,
)

Q3 = Quarter(2026, 3)
A, B, C = 1, 2, 3
X, Y = 1, 2


def ngo(id: int, name: str, *, kind: str = "legal", **other: object) -> Ngo:
    return Ngo(
        id=id, uuid=f"ngo-{id}", kind=kind, name=name, ogrn="" if kind == "body" else f"102470000000{id}",
        intervals=(Interval(date(2025, 1, 1), Quarter(2025, 1), before_records=True),), **other,
    )  # type: ignore[arg-type]  # fmt: skip


def service(id: int, centre: int, code: str, day: date, *recipients: int, hours: str = "2") -> Service:
    return Service(
        id=id, uuid=f"service-{id}", centre_id=centre, code=code, provided_on=day, account=Quarter.of(day),
        quantity=Decimal(1), hours=Decimal(hours), people=len(recipients),
        recipients=tuple(Recipient(one) for one in recipients), evidence_kind="журнал", evidence_no=str(id),
    )  # fmt: skip


def district(**other: object) -> Records:
    known: dict[str, object] = {
        "today": date(2026, 10, 5),
        "territories": (Territory("41612000", "Всеволожский район", "Всеволожского района", date(2006, 1, 1), None),),
        "unit": Unit(administration="Администрация", name="Отдел"),
        "settings": Settings(),
        "calendar": WorkCalendar(),
        "legal_form_rows": {},
        "activity_titles": {"2": "второй", "10": "десятый"},
        "catalogue": (ServiceKind("О1", "семинар", "меропр."), ServiceKind("К4", "консультация по грантам", "конс.")),
        "categories": (Category("finance", "финансы", ("К4", "С3")), Category("premises", "помещение", ("П1",))),
        "ngos": (ngo(A, "А"), ngo(B, "Б"), ngo(C, "В", kind="body")),
        "centres": (Centre(X, "centre-x", "Центр Икс"), Centre(Y, "centre-y", "Центр Игрек")),
    }
    return Records(**(known | other))  # type: ignore[arg-type]


SERVICES = (
    service(1, X, "О1", date(2026, 9, 10), A, B, C),
    service(2, X, "К4", date(2026, 9, 12), A),
    service(3, X, "К4", date(2026, 9, 15), A),
    service(4, Y, "К4", date(2026, 9, 20), A),
)
NEED_7 = Need(
    7, "need-7", A, "finance", date(2026, 8, 11), Q3, status="closed_centre", closed_on=date(2026, 9, 15),
    closed_account=Q3, codes=("К4",), links=(NeedLink(3, "closes", Q3),),
)  # fmt: skip


def test_the_worked_example_of_the_field() -> None:
    ret = build(district(services=SERVICES, needs=(NEED_7,)), Q3).ret
    table = {(line.centre_name, line.code): line.quarter for line in ret.services}
    assert {key: (f.records, f.cases, f.ngos) for key, f in table.items()} == {
        ("Центр Икс", "О1"): (1, 3, 3),
        ("Центр Икс", "К4"): (2, 2, 1),
        ("Центр Игрек", "К4"): (1, 1, 1),
    }
    assert (ret["301"].quarter, ret["302"].quarter, ret["303"].quarter) == (4, 3, 2)
    assert table["Центр Икс", "К4"].wait.value == 35
    finance = ret.needs[0].quarter
    assert (finance.start, finance.opened, finance.closed_centre, finance.end, finance.unserved) == (0, 1, 1, 0, 0)


def test_every_figure_opens_the_records_behind_it() -> None:
    built = build(district(services=SERVICES, needs=(NEED_7,)), Q3)
    [source] = built.sources["3.centre-x.К4.records.quarter"]
    assert (source.register, source.ids) == ("service", (2, 3))
    assert built.sources["302.year"][0].ids == (1, 2, 3, 4)
    assert built.sources["101.quarter"][0].ids == (A, B, C)


def test_head_and_branch_are_one_recipient_and_merged_cards_too() -> None:
    head, branch = ngo(A, "Головная"), ngo(B, "Отделение", is_branch=True, head_id=A)
    branch = Ngo(**{name: getattr(branch, name) for name in Ngo.__dataclass_fields__} | {"ogrn": head.ogrn})
    merged = ngo(4, "Та же", merged_into_id=A)
    gifts = tuple(
        Support(id, one, "214", str(id), date(2026, 7, id), Q3, consultations=1) for id, one in enumerate((A, B, 4), 1)
    )
    ret = build(district(ngos=(head, branch, merged), supports=gifts), Q3).ret
    assert (ret["214.1"].quarter, ret["214.2"].quarter, ret["210"].year) == (1, 3, 1)


def test_a_late_fact_counts_in_its_period_of_account_and_is_told_as_late() -> None:
    late = Support(1, A, "211", "14", date(2026, 6, 12), Q3, amount=Decimal("1000.50"), local=Decimal("1000.50"))
    ret = build(district(supports=(late,)), Q3).ret
    assert ret["211.3"].quarter == Decimal("1000.50")
    assert [row.text for row in ret.annex_g] == ["Решение № 14, А, от 12.06.2026: поступило позже, учтено здесь."]


def test_a_bare_opening_figure_makes_an_interval_without_percent() -> None:
    figures = {"210.year": Decimal(5), "211.3.year": Decimal("70.00")}
    opening = Opening(Quarter(2026, 2), figures, frozenset({"210.year"}))
    gift = Support(1, A, "211", "1", date(2026, 7, 1), Q3, amount=Decimal("30.00"))
    plan = Plan(2026, "210", Decimal(10), "1", date(2026, 1, 1))
    ret = build(district(opening=opening, supports=(gift,), plans=(plan,)), Q3).ret
    assert (ret["210"].quarter, ret["210"].year, ret["210"].year_upper, ret["210"].percent) == (1, 5, 6, None)
    assert ret["211.3"].year == Decimal("100.00")


def test_plan_and_percent_follow_the_latest_act() -> None:
    gift = Support(1, A, "217", "1", date(2026, 7, 1), Q3, amount=Decimal(2000))
    plans = (
        Plan(2026, "217.3", Decimal(9000), "1", date(2026, 1, 10)),
        Plan(2026, "217.3", Decimal(3200), "7", date(2026, 9, 1)),
        Plan(2026, "217.3", Decimal(1), "9", date(2026, 12, 1)),
    )
    row = build(district(supports=(gift,), plans=plans), Q3).ret["217.3"]
    assert (row.plan, row.percent) == (Decimal("3200.00"), Decimal("62.5"))


def test_column_9_is_the_frozen_figure_of_a_year_ago() -> None:
    a_year_ago = district(today=date(2025, 10, 5), services=(service(1, X, "О1", date(2025, 9, 1), A),))
    past = build(a_year_ago, Quarter(2025, 3))
    frozen = {Quarter(2025, 3): (Frozen(past.ret, date(2025, 10, 6), "0" * 64),)}
    assert build(district(frozen=frozen), Q3).ret["301"].before == 1


def test_the_data_comes_back_as_it_was_and_has_one_hash() -> None:
    ret = build(district(services=SERVICES, needs=(NEED_7,)), Q3).ret
    data = canonical(ret)
    assert read_return(data) == ret
    assert canonical(read_return(data)) == data
    assert list(read_return(data).rows) == list(ret.rows)
    assert list(read_return(data).activities) == ["2", "10"]
    assert len(fingerprint(data)) == 64


@pytest.mark.parametrize("data", ["", "{}", "[1]", '{"head": 5}'])
def test_what_is_no_return_is_told_so(data: str) -> None:
    with pytest.raises(AppError, match="не читаются"):
        read_return(data)


def test_a_quarter_before_the_records_is_refused() -> None:
    with pytest.raises(AppError, match="до начала учёта"):
        build(district(opening=Opening(Q3)), Q3)
