"""A комплект of the region comes to a district: seen, taken in, undone; hand edits stay hers until she agrees."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.core.errors import AppError
from app.core.identifiers import ogrn_with_check_digit
from app.core.periods import Quarter
from app.models import CentrePlan
from app.models.journal import verify
from app.returns.package import FormTerm, Package, PlannedVolume, Service, SpecialDay, TerritoryTerm
from app.returns.package_codec import write_package
from app.usecases import quarter_returns, region_package, setup
from app.usecases.dictionary_entries import save_entry
from app.usecases.history import recent_changes
from app.usecases.import_plan import Outcome
from app.usecases.region_package_making import compose
from app.usecases.rows_and_journal import rows_changed_past_journal
from app.usecases.undoing import undo_batch
from tests.db.test_undoing import state
from tests.factories import OKTMO, District
from tests.returns.test_freezing import SIGNERS, a_quarter_of_work

FIRST_DAY = date(2026, 6, 15)
OGRN = ogrn_with_check_digit("123470000777")


@pytest.fixture
def district(tmp_path: Path) -> Iterator[District]:
    with District(tmp_path, today="2026-07-01") as district:
        yield district


def issued(district: District, number: int = 1, **parts: Any) -> Package:
    """What the region would send if its file were as this one, but for the parts given."""
    whole = district.read(compose, number, FIRST_DAY, by="Комитет общественных коммуникаций")
    return replace(whole, **parts)


def taken(district: District, package: Package, **how: Any) -> region_package.PackagePreview:
    return district.write(region_package.take, write_package(package), kind="region", title="Комплект региона", **how)


def seen(district: District, package: Package) -> region_package.PackagePreview:
    return district.read(region_package.preview, write_package(package))


def told(preview: region_package.PackagePreview, *outcomes: Outcome) -> list[tuple[str, str]]:
    wanted = outcomes or (Outcome.NEW, Outcome.CHANGED, Outcome.DOUBTFUL, Outcome.REJECTED)
    return [(row.part, row.code or row.title) for row in preview.rows if row.outcome in wanted]


def last_batch(district: District) -> Any:
    return district.read(recent_changes, 1)[0]


def undo(district: District, batch: int | None = None) -> None:
    district.write(undo_batch, batch or last_batch(district).id, kind="undo", title="Отмена")
    assert district.read(verify) == []
    assert district.read(rows_changed_past_journal) == []


def with_service(package: Package, code: str, **fields: Any) -> Package:
    services = tuple(replace(one, **fields) if one.code == code else one for one in package.services)
    return replace(package, services=services)


NEW_SERVICE = Service("Ц1", "Цифровая грамотность НКО", "чел.", "список", sort=50, valid_from=date(2026, 7, 1))


def full(district: District) -> Package:
    """A комплект that says something new in every part."""
    base = with_service(issued(district), "К4", title="Консультация по грантам", hours_required=False)
    finance = next(c for c in base.categories if c.code == "finance")
    return replace(
        base,
        services=(*base.services, NEW_SERVICE),
        categories=(
            *(replace(c, services=(*c.services, "Ц1")) if c is finance else c for c in base.categories),
            replace(finance, code="digital", title="Цифровые навыки", services=("Ц1",)),
        ),
        activities=(*base.activities, replace(base.activities[0], code="19", title="Ветераны боевых действий")),
        legal_forms=(*base.legal_forms, replace(base.legal_forms[0], code="20299", title="Новая форма")),
        territories=(
            *(
                replace(t, valid_to=date(2026, 12, 31), successor_code="41599000") if t.code == OKTMO else t
                for t in base.territories
            ),
            TerritoryTerm("41599000", "Всеволожский муниципальный округ", "Всеволожского муниципального округа",
                          "municipal_okrug", date(2027, 1, 1)),
        ),
        forms=(FormTerm("2026.1", date(2024, 1, 1)),),
        due_day=12,
        calendar=(SpecialDay(date(2026, 10, 12), False, "Перенос"), SpecialDay(date(2026, 10, 17), True, "За 12.10")),
        plans=(
            PlannedVolume("АНО «Опора»", OGRN, OKTMO, "К4", 2026, Decimal("120.00")),
            PlannedVolume("АНО «Опора»", OGRN, "41609000", "К4", 2026, Decimal("80.00")),
        ),
    )  # fmt: skip


def test_a_full_package_is_seen_written_and_the_same_file_again_changes_nothing(district: District) -> None:
    package = full(district)
    before = seen(district, package)
    assert set(told(before)) == {
        ("territory", OKTMO), ("territory", "41599000"), ("legal_form", "20299"), ("activity", "19"),
        ("service_code", "К4"), ("service_code", "Ц1"), ("need_category", "Финансы и гранты"),
        ("need_category", "Цифровые навыки"), ("form", "2026.1"), ("term", "День сдачи отчёта"),
        ("calendar_day", "12.10.2026"), ("calendar_day", "17.10.2026"), ("centre_plan", "К4"),
    }  # fmt: skip
    assert before.elsewhere == 1
    assert before.in_force is None
    changed = next(row for row in before.rows if row.code == "К4" and row.part == "service_code")
    assert [(c.title, c.old, c.new) for c in changed.changes] == [
        ("Название", "Консультация по грантам и проектированию", "Консультация по грантам"),
        ("Часы обязательны", "да", "нет"),
    ]
    done = taken(district, package)
    assert done.counts == before.counts
    assert last_batch(district).title == "Комплект региона №\u00a01 от 15.06.2026: новых 9, изменённых 4"
    assert [t.code for t in district.read(setup.chain)] == [OKTMO, "41599000"]
    assert district.read(setup.settings).due_day == 12
    assert district.read(setup.work_calendar).return_due(Quarter(2026, 3), 12) == date(2026, 10, 13)
    again, number = seen(district, package), last_batch(district).id
    assert told(again) == []
    assert not again.renewed
    taken(district, package)
    assert last_batch(district).id == number


def test_taking_a_package_in_is_undone_whole_and_brought_back(district: District) -> None:
    start = state(district.path)
    taken(district, full(district))
    after = state(district.path)
    assert after != start
    undo(district)
    assert state(district.path) == start
    assert district.read(region_package.in_force) is None
    undo(district)
    brought = state(district.path)
    assert {t: rows for t, rows in brought.items() if t not in LINES} == {
        t: rows for t, rows in after.items() if t not in LINES
    }
    undo(district)
    assert state(district.path) == start


LINES = ("need_category_service", "centre_plan", "centre")
"""Their keys differ when they come again, or they lay in the archive meanwhile."""


def test_territories_that_follow_one_another_come_and_go_in_order(district: District) -> None:
    start, base = state(district.path), issued(district)
    chain = (
        TerritoryTerm("41599000", "Округ", "Округа", "municipal_okrug", date(2027, 1, 1), successor_code="41500001"),
        TerritoryTerm("41500001", "Город", "Города", "urban_okrug", date(2028, 1, 1)),
    )
    taken(district, replace(base, territories=(*base.territories, *chain)))
    after = state(district.path)
    undo(district)
    assert state(district.path) == start
    undo(district)
    assert state(district.path) == after


def test_two_centres_of_one_name_are_told_apart_by_their_numbers(district: District) -> None:
    opora = district.centre("АНО «Опора»", ogrn=ogrn_with_check_digit("123470000888"))
    plan = PlannedVolume("АНО «Опора»", OGRN, OKTMO, "К4", 2026, Decimal("12.00"))
    (row,) = [row for row in taken(district, issued(district, plans=(plan,))).rows if row.part == "centre_plan"]
    assert row.note == "Центра на учёте нет: заведётся его карточка."
    assert [centre != opora for centre, _ in volumes(district)] == [True]
    doubled = replace(plan, ogrn="")
    (row,) = [r for r in seen(district, issued(district, 2, plans=(doubled,))).rows if r.entry == doubled]
    assert (row.outcome, row.note.partition(":")[0]) == (Outcome.REJECTED, "Таких центров на учёте несколько")


def test_what_a_record_names_by_now_is_not_taken_from_under_it(district: District) -> None:
    centre = district.centre("АНО «Свет»")
    taken(district, full(district))
    batch = last_batch(district).id
    district.service(centre, "Ц1")
    start = state(district.path)
    with pytest.raises(AppError, match="уже ссылаются другие"):
        undo(district, batch)
    assert state(district.path) == start


def test_an_entry_added_by_hand_is_never_deleted(district: District) -> None:
    district.write(save_entry, "activity", "77", "Своя деятельность", None, None, kind="settings")
    with pytest.raises(AppError, match="заполнило справочники"):
        undo(district)


def test_what_she_edited_by_hand_waits_for_her(district: District) -> None:
    base = issued(district)
    district.at("2026-07-05").write(
        save_entry, "service_code", "К4", "Гранты: консультация", None, None, kind="settings", title="Справочник"
    )
    district.write(setup.save_settings, {"due_day": 15}, kind="settings")
    district.write(setup.save_calendar_day, date(2026, 11, 4), True, kind="settings")
    package = with_service(replace(base, due_day=12), "К3", evidence="журнал консультаций")
    found = seen(district, package)
    assert told(found, Outcome.DOUBTFUL) == [
        ("service_code", "К4"), ("term", "День сдачи отчёта"), ("calendar_day", "04.11.2026")
    ]  # fmt: skip
    assert told(found, Outcome.CHANGED) == [("service_code", "К3")]
    assert found.rows[-1].note == ""
    doubt = next(row for row in found.rows if row.outcome is Outcome.DOUBTFUL)
    assert doubt.note == "Изменено вручную 05.07.2026, Куратор: без вашего согласия останется, как есть."
    done = taken(district, package)
    assert (done.counts.doubtful, done.counts.changed) == (3, 1)
    assert district.read(setup.settings).due_day == 15
    done = taken(district, package, accept_doubtful={"term:due_day"})
    assert (done.counts.doubtful, done.counts.changed) == (2, 1)
    assert district.read(setup.settings).due_day == 12
    done = taken(district, package, accept_doubtful="all")
    assert told(seen(district, package)) == []
    # What came from the region is the region's to change again.
    later = with_service(replace(package, number=2, previous=1, due_day=14), "К4", title="Гранты")
    assert told(seen(district, later), Outcome.CHANGED) == [("service_code", "К4"), ("term", "День сдачи отчёта")]


def test_an_undone_hand_edit_is_no_hand_edit(district: District) -> None:
    base = with_service(issued(district), "К4", title="Гранты")
    district.write(save_entry, "service_code", "К4", "Другое", None, None, kind="settings", title="Справочник")
    undo(district)
    assert told(seen(district, base)) == [("service_code", "К4")]
    assert told(seen(district, base), Outcome.DOUBTFUL) == []


def test_a_map_edited_by_hand_waits_too(district: District) -> None:
    base = issued(district)
    district.write(save_entry, "need_category", "finance", "Финансы и гранты", None, None, {"services": ("К4",)},
                   kind="settings", title="Справочник")  # fmt: skip
    found = seen(district, base)
    assert told(found) == [("need_category", "Финансы и гранты")]
    (row,) = [row for row in found.rows if row.outcome is Outcome.DOUBTFUL]
    assert [(c.title, c.old, c.new) for c in row.changes] == [("Отвечают услуги", "К4", "К4, С3")]


def test_an_older_package_and_another_under_the_same_number_are_refused(district: District) -> None:
    base = issued(district)
    taken(district, replace(base, number=3, previous=2))
    with pytest.raises(AppError, match=r"Это комплект №\u00a02 от 15\.06\.2026, а действует более новый: №\u00a03"):
        seen(district, replace(base, number=2))
    with pytest.raises(AppError, match="содержание этого файла с тем же № другое"):
        taken(district, replace(base, number=3, previous=2, due_day=11))


def test_a_missing_one_is_told(district: District) -> None:
    base = issued(district)
    (note,) = seen(district, replace(base, number=3, previous=2)).notes
    assert "выпустила №\u00a02, а здесь комплектов ещё не принимали" in note
    taken(district, base)
    assert seen(district, replace(base, number=2, previous=1)).notes == ()
    (note,) = seen(district, replace(base, number=4, previous=3)).notes
    assert "выпустила №\u00a03, а здесь действует №\u00a01 от 15.06.2026" in note
    assert seen(district, base).notes == ()


def test_a_form_this_program_does_not_know_is_told_and_the_rest_is_taken(district: District) -> None:
    terms = (FormTerm("2026.1", date(2024, 1, 1), date(2026, 12, 31)), FormTerm("2031.7", date(2027, 1, 1)))
    package = issued(district, forms=terms, due_day=11)
    done = taken(district, package)
    (row,) = [row for row in done.rows if row.outcome is Outcome.REJECTED]
    assert row.code == "2031.7"
    assert "обновите программу до 01.01.2027" in row.note
    assert district.read(region_package.terms_of_forms) == terms
    assert district.read(setup.settings).due_day == 11
    assert district.read(quarter_returns.draft, Quarter(2026, 2)).ret.head.form_version == "2026.1"


def test_the_term_of_the_package_picks_the_form(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    """By itself the second form holds from July 2026; the region lets districts use it from October."""
    from app.returns.form import FORMS
    from tests.returns.second_form import FORM_2026_2

    monkeypatch.setitem(FORMS, "2026.2", FORM_2026_2)
    terms = (FormTerm("2026.1", date(2024, 1, 1)), FormTerm("2026.2", date(2026, 10, 1)))
    taken(district, issued(district, forms=terms))
    assert district.read(quarter_returns.draft, Quarter(2026, 3)).ret.head.form_version == "2026.1"
    assert district.read(quarter_returns.draft, Quarter(2026, 4)).ret.head.form_version == "2026.2"


def test_plans_find_their_centre_and_those_dropped_go(district: District) -> None:
    opora = district.centre("АНО «Опора»", ogrn=OGRN)
    svet = district.centre("АНО «Свет»")
    plan = PlannedVolume("Опора", OGRN, OKTMO, "К4", 2026, Decimal("120.00"))
    plans = (
        plan,
        PlannedVolume("АНО «Свет»", "", OKTMO, "К1", 2026, Decimal("10.00")),
        PlannedVolume("АНО «Новый центр»", "", OKTMO, "К1", 2026, Decimal("7.00")),
        PlannedVolume("АНО «Опора»", OGRN, OKTMO, "Щ9", 2026, Decimal("5.00")),
        PlannedVolume("АНО «Ошибка»", "1231600019706", OKTMO, "К1", 2026, Decimal("5.00")),
    )
    done = taken(district, issued(district, plans=plans))
    assert [row.outcome.value for row in done.rows if row.part == "centre_plan"] == [
        "new", "new", "doubtful", "rejected", "rejected"
    ]  # fmt: skip
    assert volumes(district) == {(opora, "К4"): Decimal(120), (svet, "К1"): Decimal(10)}
    hers = {"territory_code": OKTMO, "service_code": "К2", "year": 2026, "volume": Decimal(3)}
    kept = district.read(lambda s: [
        {"id": r.id, "territory_code": r.territory_code, "service_code": r.service_code, "year": r.year,
         "volume": r.volume} for r in s.scalars(select(CentrePlan).where(CentrePlan.centre_id == opora))
    ])  # fmt: skip
    district.write(lambda s: _plan_by_hand(s, opora, hers, kept))
    later = taken(district, issued(district, 2, previous=1, plans=(plans[1],)))
    assert told(later, Outcome.CHANGED) == [("centre_plan", "К4")]
    assert volumes(district) == {(svet, "К1"): Decimal(10), (opora, "К2"): Decimal(3)}


def _plan_by_hand(session: Any, centre: int, plan: dict[str, Any], kept: list[dict[str, Any]]) -> None:
    from app.usecases.records import save

    save(session, "centre", {}, id=centre, lines={"centre_plan": [*kept, plan]})


def volumes(district: District) -> dict[tuple[int, str], Decimal]:
    with district.database.read() as session:
        return {(row.centre_id, row.service_code): row.volume for row in session.scalars(select(CentrePlan))}


def test_a_doubtful_centre_gets_its_card_when_she_agrees(district: District) -> None:
    plans = tuple(PlannedVolume("АНО «Новый»", "", OKTMO, code, 2026, Decimal("7.00")) for code in ("К1", "К2"))
    package = issued(district, plans=plans)
    assert len(told(seen(district, package), Outcome.DOUBTFUL)) == 2
    taken(district, package, accept_doubtful="all")
    assert len(volumes(district)) == 2
    assert len({centre for centre, _ in volumes(district)}) == 1
    assert told(seen(district, package)) == []


def test_a_district_without_a_territory_of_today_takes_nothing(district: District) -> None:
    base = issued(district)
    start = state(district.path)
    ended = tuple(replace(t, valid_to=date(2026, 6, 30)) if t.code == OKTMO else t for t in base.territories)
    with pytest.raises(AppError, match=r"на 01\.07\.2026 нет действующей территории"):
        taken(district, replace(base, territories=ended))
    assert state(district.path) == start


def test_a_return_bears_the_package_of_its_day_and_a_frozen_one_keeps_its_own(tmp_path: Path) -> None:
    with District(tmp_path, today="2026-04-01") as district:
        district.write(setup.save_unit, SIGNERS)
        taken(district, issued(district))
        a_quarter_of_work(district)
        q3 = Quarter(2026, 3)
        district.at("2026-10-05").write(quarter_returns.freeze, q3, kind="return", title="Утверждён отчёт")
        with closing(sqlite3.connect(district.path)) as connection:
            frozen = connection.execute("SELECT data, sha256, pdf FROM frozen_return").fetchall()
        taken(district, issued(district, 2, previous=1, due_day=11))
        with closing(sqlite3.connect(district.path)) as connection:
            assert connection.execute("SELECT data, sha256, pdf FROM frozen_return").fetchall() == frozen
        kept = district.read(quarter_returns.kept, q3)
        assert kept is not None
        assert kept.ret.head.package == "№\u00a01 от 15.06.2026"
        assert district.read(quarter_returns.draft, Quarter(2026, 4)).ret.head.package == "№\u00a02 от 15.06.2026"


@settings(max_examples=15)
@given(data=st.data())
def test_whatever_a_package_changes_taking_it_twice_is_taking_it_once_and_undo_brings_all_back(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    with District(tmp_path_factory.mktemp("район")) as district:
        base = issued(district)
        words = st.text("абвё №-«»", min_size=1, max_size=12).map(str.strip).filter(bool)
        services = tuple(
            replace(one, title=data.draw(words), hours_required=data.draw(st.booleans()))
            for one in base.services
            if data.draw(st.booleans())
        )
        codes = [one.code for one in base.services]
        categories = tuple(
            replace(one, services=tuple(data.draw(st.lists(st.sampled_from(codes), unique=True, max_size=4))))
            for one in base.categories
        )
        package = replace(base, services=services, categories=categories, due_day=data.draw(st.integers(1, 28)))
        start = state(district.path)
        taken(district, package)
        assert told(seen(district, package)) == []
        once = state(district.path)
        taken(district, package, accept_doubtful="all")
        assert state(district.path) == once
        undo(district)
        assert state(district.path) == start
