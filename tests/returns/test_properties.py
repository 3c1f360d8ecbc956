"""What holds of any records: unique figures between their quarters and the sum, frozen quarters under late facts."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import AppError
from app.core.periods import Quarter
from app.returns.as_of import Index
from app.returns.build import build, rebuild
from app.returns.compare import differing_cells, edited_rows
from app.returns.records import Need, Partnership, Recipient, Records
from app.returns.snapshot import QuarterReturn
from app.usecases import contests, needs, ngos, partnerships, support
from app.usecases import quarter_returns as returns
from app.usecases.setup import save_unit
from tests.factories import District, on
from tests.returns import examples

YEAR = tuple(Quarter(2026, number) for number in (1, 2, 3, 4))
Q3, Q4 = YEAR[2:]
CENTRES = (examples.X, examples.Y)
PEOPLE = 6

days = st.integers(0, 364).map(lambda n: date(2026, 1, 1) + timedelta(days=n))
quarters_of_year = st.sampled_from(YEAR)
people = st.integers(1, PEOPLE)


@st.composite
def districts(draw: st.DrawFn) -> Records:
    """Six organisations, some merged, some with one ОГРН, and anything given to them, on time or late."""
    cards = []
    for id in range(1, PEOPLE + 1):
        into = draw(st.none() | st.integers(1, id - 1)) if id > 1 else None
        shared = draw(st.integers(1, id))  # a head and its branch bear one ОГРН
        numbers = draw(st.sampled_from([{"ogrn": ""}, examples.number(shared)]))
        cards.append(replace(examples.ngo(id, f"НКО «{id}»"), merged_into_id=into, **numbers))

    def account(day: date) -> Quarter:
        return max(Quarter.of(day), draw(quarters_of_year))

    def many(make: Callable[[int, date], Any]) -> tuple[Any, ...]:
        return tuple(make(id, draw(days)) for id in range(1, draw(st.integers(0, 8)) + 1))

    def a_support(id: int, day: date) -> Any:
        form = draw(st.sampled_from(["211", "213", "214", "218"]))
        return examples.support(id, draw(people), form, day, account=account(day), amount=Decimal(1))

    def a_service(id: int, day: date) -> Any:
        served = tuple(Recipient(draw(people), draw(st.booleans())) for _ in range(draw(st.integers(1, 3))))
        centre, code = draw(st.sampled_from(CENTRES)), draw(st.sampled_from(["К2", "К4"]))
        return examples.service(id, centre, code, day, recipients=served, account=account(day))

    def a_need(id: int, day: date) -> Need:
        opened = replace(examples.need(id, draw(people), "finance", day), account=account(day))
        closed = draw(st.none() | st.sampled_from([q for q in YEAR if q >= opened.account]))
        if closed is None:
            return opened
        return replace(opened, status="withdrawn", closed_on=closed.last_day, closed_account=closed)

    def an_agreement(id: int, day: date) -> Partnership:
        begun = account(day)
        ended = draw(st.none() | st.sampled_from([q for q in YEAR if q >= begun]))
        last = ended.last_day - timedelta(days=1) if ended else None
        return Partnership(
            id, draw(st.sampled_from([1, 2])), str(id), day, begun, ends_on=last, end_account=ended,
            before_records=draw(st.booleans()), parties=(draw(people),),
        )  # fmt: skip

    sound = examples.sound_records()
    return replace(
        sound, today=date(2027, 1, 11), ngos=tuple(cards), supports=many(a_support), services=many(a_service),
        needs=many(a_need), partnerships=many(an_agreement), practices=(), applications=(), frozen={}, opening=None,
    )  # fmt: skip


@given(districts())
def test_a_unique_figure_lies_between_its_largest_quarter_and_their_sum(records: Records) -> None:
    so_far: dict[str, list[int]] = {}
    for quarter in YEAR:
        ret = build(records, quarter).ret
        index = Index(records)
        for key, members in ret.members.items():
            so_far.setdefault(key, []).append(index.count(members.quarter))
            year = index.count(members.year)
            assert max(so_far[key]) <= year <= sum(so_far[key]), (str(quarter), key)
            if key in ret.rows:
                assert (ret[key].quarter, ret[key].year) == (so_far[key][-1], year)


@given(districts())
def test_an_additive_figure_of_the_year_is_the_sum_of_its_quarters(records: Records) -> None:
    made = [build(records, quarter).ret for quarter in YEAR]
    for code in ("109", "110", "211.2", "211.3", "213.2", "214.2", "218.2", "301", "502", "510"):
        assert made[-1][code].year == sum((ret[code].quarter or 0) for ret in made), code


# --- a late record never changes a frozen quarter -----------------------------------------------

SIGNERS = {"head_post": "Заместитель главы", "head_name": "Ермакова Л. В.", "executor_post": "Главный специалист",
           "executor_name": "Тихонова А. С.", "executor_phone": "8 (81370) 00-000"}  # fmt: skip
ADDRESS = "г. Мурино, Лесная ул., д. 1"


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, QuarterReturn]:
    """A district with a record of each kind, its III квартал frozen."""
    with District(tmp_path_factory.mktemp("sent"), today="2026-07-06") as district:
        district.write(save_unit, SIGNERS)
        cards = [
            district.ngo(f"АНО «{name}»", address=ADDRESS, sonko=True, activities=["1"]) for name in ("Луч", "Ёлка")
        ]
        body = district.body(address=ADDRESS)
        centre = district.centre()
        property_ = district.support(cards[0], form="212")
        district.write(support.enter_in_register, property_)
        district.support(cards[1], form="214")
        district.service(centre, "К4", cards)
        district.service(centre, "К1", [body], result="registering")
        district.need(cards[0])
        district.agreement(district.partner(), [cards[0]], starts="2026-07-06", ends="2026-12-31")
        district.practice(cards[0])
        contest = district.contest()
        application = {"contest_id": contest, "ngo_id": cards[0], "project": "Двор", "applied_on": on("2026-07-06")}
        district.save("grant_application", application | {"asked": Decimal(90_000)})
        ret = district.at("2026-10-05").write(returns.freeze, Q3, kind="return", title="Утверждён отчёт").ret
        return district.path, ret


CHAINED = ("2", "3", "4", "14", "15", "24", "28", "40")
Told = Callable[[District, date], object]
FIRST, SECOND, BODY = 1, 2, 3


def _line(register: str, id: int, key: str, line: dict[str, Any]) -> Told:
    def tell(district: District, day: date) -> None:
        kept = [dict(one) for one in district.card(register, id).lines[key]]
        added = {name: day if value is date else value for name, value in line.items()}
        district.save(register, {}, id=id, lines={key: [*kept, added]})

    return tell


def _ended_mark(district: District, day: date) -> None:
    kept = [dict(one) | {"valid_to": day} for one in district.card("ngo", FIRST).lines["ngo_mark"]]
    district.save("ngo", {}, id=FIRST, lines={"ngo_mark": kept})


def _registered(district: District, day: date) -> None:
    extract = {"ogrn": district.ogrn(), "inn": district.inn(), "okopf": "71400", "registered_on": day}
    district.write(ngos.register_body, BODY, extract)


def _applied(district: District, day: date) -> None:
    values = {"contest_id": 1, "ngo_id": SECOND, "project": f"Сад {day}", "applied_on": day, "asked": Decimal(5)}
    district.save("grant_application", values)


def _linked(district: District, day: date) -> None:
    district.write(needs.answer_in_part, 1, 1)


LATE: dict[str, Told] = {
    **{form: (lambda d, day, form=form: d.support(FIRST, form=form, day=day))  # type: ignore[misc]
       for form in ("211", "212", "213", "214", "215", "216", "217", "218")},
    "support of another": lambda d, day: d.support(SECOND, form="214", day=day),
    "termination": lambda d, day: d.write(support.terminate, 1, decision_no="9-р", decision_on=day),
    "entry": lambda d, day: d.write(support.enter_in_register, 2, entered_on=day),
    "violation": lambda d, day: d.write(support.add_violation, 1, day, "не по назначению"),
    "service": lambda d, day: d.service(1, "К4", [FIRST, BODY], day=day),
    "registered": lambda d, day: d.service(1, "К1", [BODY], day=day, result="registered"),
    "need": lambda d, day: d.need(SECOND, day=day),
    "need withdrawn": lambda d, day: d.write(needs.withdraw_need, 1, day, "решили сами"),
    "need closed": lambda d, day: d.write(needs.close_need, 1, day, services=[(1, "closes")]),
    "link": _linked,
    "agreement": lambda d, day: d.agreement(1, [SECOND], starts=day, ends=day + timedelta(days=20)),
    "agreement ended": lambda d, day: d.write(partnerships.end_early, 1, day, "спор сторон"),
    "money": lambda d, day: d.write(
        partnerships.contribute, 1, {"given_on": day, "kind": "money", "amount": Decimal(7)}),
    "premises": lambda d, day: d.write(
        partnerships.contribute, 1, {"given_on": day, "kind": "premises", "area": Decimal(7)}),
    "meeting": lambda d, day: d.save("event", {"kind": "meeting", "title": "Совет НКО", "held_on": day}),
    "practice": lambda d, day: d.practice(SECOND, presented=day),
    "practice checked": lambda d, day: d.write(partnerships.advance_practice, 1, day),
    "application": _applied,
    "grant": lambda d, day: d.write(contests.decide, 1, "supported", day, granted=Decimal(90_000)),
    "taken on record": lambda d, day: d.ngo(taken_on=day, sonko=True, address=ADDRESS),
    "removed": lambda d, day: d.write(ngos.remove_from_record, SECOND, day, "excluded"),
    "merged": lambda d, day: d.write(ngos.merge, d.ngo("АНО Ёлка", taken_on=day, ogrn="", inn=""), SECOND, day),
    "body merged": lambda d, day: d.write(ngos.merge, BODY, FIRST, day),
    "body registered": _registered,
    "status": _line("ngo", FIRST, "ngo_status", {"since": date, "status": "inactive"}),
    "mark": _line("ngo", SECOND, "ngo_mark", {"mark": "iopu", "since": date}),
    "mark ended": _ended_mark,
    "activity": _line("ngo", SECOND, "ngo_activity", {"activity_code": "9"}),
    "yearly figures": _line("ngo", FIRST, "ngo_year", {"year": 2025, "staff": 4, "volunteers": 9}),
}
frozen_days = st.integers(0, 86).map(lambda n: date(2026, 7, 6) + timedelta(days=n))
stories = st.lists(st.tuples(st.sampled_from(sorted(LATE)), frozen_days), min_size=1, max_size=5)


def told_late(sent: tuple[Path, QuarterReturn], story: Sequence[tuple[str, date]]) -> int:
    """Tells a story after the freezing; how much of it was taken."""
    path, ret = sent
    taken = 0
    with tempfile.TemporaryDirectory() as folder, District.copied(path, Path(folder), today="2026-10-20") as district:
        for what, day in story:
            try:
                LATE[what](district, day)
            except AppError:
                continue  # a need closed twice, an agreement that had run out: refused in words
            taken += 1
        draft = district.read(returns.draft, Q4)
        records, index = draft.records, Index(draft.records)
        anew = rebuild(records, Q3).ret
        assert differing_cells(ret, anew, index) == {}
        assert edited_rows(ret, anew, index) == {}
        assert district.read(returns.to_be_corrected) == ()
        assert {f.check: f.text for f in draft.report.errors if f.check in CHAINED} == {}
    return taken


@pytest.mark.parametrize("what", sorted(LATE))
def test_a_late_record_of_each_kind_is_taken_and_changes_nothing_sent(
    sent: tuple[Path, QuarterReturn], what: str
) -> None:
    assert told_late(sent, [(what, date(2026, 9, 15))]) == 1


@given(story=stories)
def test_late_records_together_never_change_a_frozen_quarter(
    sent: tuple[Path, QuarterReturn], story: list[tuple[str, date]]
) -> None:
    told_late(sent, story)
