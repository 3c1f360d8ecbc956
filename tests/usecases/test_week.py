"""The clerk's week: terms of appeals, what they become, reminders, calls, what is due and in which order."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.core.errors import AppError, InvalidRecord
from app.core.periods import Quarter
from app.models.journal import verify
from app.usecases import (
    appeals,
    calendar_days,
    calendar_files,
    calls,
    charted,
    merging,
    ngos,
    overview,
    reminders,
    tasks,
)
from app.usecases.history import recent_changes
from app.usecases.records import archive
from app.usecases.setup import save_calendar_day, save_settings
from app.usecases.support import enter_in_register
from app.usecases.undoing import undo_batch
from tests.factories import District
from tests.reports.reading import page_texts


@pytest.fixture
def district(tmp_path: Path):
    with District(tmp_path, today="2026-10-05") as made:
        yield made


def appeal(district: District, ngo: int | None = None, received: str = "2026-10-01", **values: object) -> int:
    sender = "" if ngo else "Жительница посёлка"
    given = {"subject": "О помещении", "received_on": date.fromisoformat(received), "channel": "letter"}
    return district.save("appeal", {**given, "ngo_id": ngo, "sender": sender, **values})


def undo_last(district: District) -> None:
    district.write(undo_batch, district.read(recent_changes)[0].id, kind="undo")


# --- appeals


def test_an_answer_is_due_in_thirty_days_on_the_working_day_before_a_day_off(district: District) -> None:
    first = appeal(district, received="2026-09-28")
    assert district.card("appeal", first).values["due_on"] == date(2026, 10, 28)
    second = appeal(district, received="2026-10-01")  # 31.10.2026 is a Saturday
    assert district.card("appeal", second).values["due_on"] == date(2026, 10, 30)
    district.write(save_calendar_day, date(2026, 10, 30), False, "перенос")
    third = appeal(district, received="2026-10-01")
    assert district.card("appeal", third).values["due_on"] == date(2026, 10, 29)
    district.write(save_settings, {"appeal_days": 10})
    fourth = appeal(district, received="2026-09-28")
    assert district.card("appeal", fourth).values["due_on"] == date(2026, 10, 8)


def test_the_term_follows_the_day_of_receipt_until_it_is_typed(district: District) -> None:
    id = appeal(district, received="2026-09-28")
    district.save("appeal", {"received_on": date(2026, 9, 29)}, id=id)
    assert district.card("appeal", id).values["due_on"] == date(2026, 10, 29)
    district.save("appeal", {"due_on": date(2026, 11, 20)}, id=id)
    district.save("appeal", {"subject": "О зале"}, id=id)
    assert district.card("appeal", id).values["due_on"] == date(2026, 11, 20)


def test_an_appeal_is_at_work_overdue_or_answered(district: District) -> None:
    id = appeal(district, received="2026-09-28")
    status = lambda: district.card("appeal", id).values["status_title"]  # noqa: E731
    assert status() == "в работе"
    district.at("2026-10-29")
    assert status() == "просрочено"
    district.write(appeals.answer, id)
    assert status() == "отвечено"
    assert district.card("appeal", id).values["answered_on"] == date(2026, 10, 29)
    with pytest.raises(AppError, match=r"29\.10\.2026"):
        district.write(appeals.answer, id)


def test_somebody_sent_it_and_the_answer_comes_after_it(district: District) -> None:
    with pytest.raises(InvalidRecord) as refused:
        district.save("appeal", {"subject": "О чём-то", "received_on": date(2026, 10, 5), "channel": "call",
                                 "answered_on": date(2026, 10, 1)})  # fmt: skip
    assert set(refused.value.faults) == {"ngo_id", "answered_on"}


@pytest.mark.parametrize("register", ["need", "service", "support"])
def test_an_appeal_and_what_it_became_name_each_other(district: District, register: str) -> None:
    ngo = district.ngo("АНО «Свет»", sonko=True)
    id = appeal(district, ngo, number="12", text="Нужен зал по вечерам")
    given = district.read(appeals.made_from, id, register)
    values = {key: value for key, value in given.items() if not key.endswith("_title")}
    match register:
        case "need":
            assert given["text"] == "Нужен зал по вечерам"
            made = district.save("need", {**values, "category_code": "premises"})
        case "service":
            values.pop("recipients", None)
            made = district.service(district.centre(), "К2", [ngo], **values)
        case _:
            made = district.support(ngo, form="214", **{k: v for k, v in values.items() if k != "ngo_id"})
    card = district.card(register, made).values
    assert card["appeal_id"] == id
    assert card["appeal_id_title"] == "№\u00a012 от 01.10.2026: О помещении"
    became = str(district.card("appeal", id).values["became"])
    assert became.startswith({"need": "Потребность: ", "service": "Услуга центра: ", "support": "Мера"}[register])
    undo_last(district)
    assert district.card("appeal", id).values["became"] == ""
    district.read(verify)


def test_what_an_ngo_off_the_records_asks_becomes_a_service_alone(district: District) -> None:
    id = appeal(district)
    for register in ("need", "support"):
        with pytest.raises(AppError, match="не НКО из учёта"):
            district.read(appeals.made_from, id, register)
    assert district.read(appeals.made_from, id, "service")["topic"] == "О помещении"


# --- reminders


def test_a_reminder_stands_with_its_record_until_it_is_done(district: District) -> None:
    ngo = district.ngo("АНО «Свет»")
    id = district.write(reminders.remind, "Запросить устав", date(2026, 10, 12), register="ngo", about=ngo)
    free = district.write(reminders.remind, "Сдать табель", date(2026, 10, 5))
    assert [one.text for one in district.read(reminders.reminders_of, "ngo", ngo)] == ["Запросить устав"]
    assert district.card("reminder", id).values["about"] == "АНО «Свет»"
    assert [one.id for one in district.read(reminders.due)] == [free]
    district.at("2026-10-12")
    assert [one.id for one in district.read(reminders.due)] == [free, id]
    assert district.card("reminder", id).values["status_title"] == "пора"
    district.write(reminders.done, id)
    assert district.read(reminders.reminders_of, "ngo", ngo) == ()
    assert district.card("reminder", id).values["status_title"] == "сделано"
    with pytest.raises(AppError, match="уже сделано"):
        district.write(reminders.done, id)


def test_quick_days_pass_the_end_of_a_year() -> None:
    days = dict(reminders.quick_days(date(2026, 12, 31)))
    assert list(days.values()) == [date(2027, 1, 1), date(2027, 1, 7), date(2027, 1, 1)]
    assert dict(reminders.quick_days(date(2026, 1, 31)))["1-е число"] == date(2026, 2, 1)


# --- calls


def test_who_was_not_verified_for_a_year_is_called(district: District) -> None:
    old = district.ngo("АНО «Давно»", taken_on="2024-01-10", verified_on=date(2025, 10, 4))
    never = district.ngo("АНО «Никогда»", taken_on="2024-01-10")
    district.ngo("АНО «Недавно»", taken_on="2024-01-10", verified_on=date(2025, 10, 6))
    district.ngo("АНО «Новая»", taken_on="2026-01-10")
    gone = district.ngo("АНО «Снята»", taken_on="2024-01-10")
    district.write(ngos.remove_from_record, gone, date(2026, 10, 1), "moved")
    assert district.read(calls.unverified) == (never, old)
    district.write(save_settings, {"verify_days": 900})
    assert district.read(calls.unverified) == (never,)


def test_each_answer_of_a_call_is_one_write_that_is_undone_whole(district: District) -> None:
    ngo = district.ngo("АНО «Свет»", status="unverified", taken_on="2024-01-10")
    district.write(calls.verified, ngo)
    card = district.card("ngo", ngo).values
    assert (card["status"], card["verified_on"], card["verified_by"]) == ("active", date(2026, 10, 5), "Куратор")
    undo_last(district)
    assert (district.card("ngo", ngo).values["status"], district.read(calls.calls_of, ngo)) == ("unverified", ())
    district.write(calls.closed, ngo)
    card = district.card("ngo", ngo)
    assert card.values["status"] == "inactive"
    assert card.lines["ngo_status"][-1]["basis"] == "обзвон 05.10.2026"
    assert district.read(calls.unverified) == ()
    undo_last(district)
    assert district.read(calls.unverified) == (ngo,)
    district.read(verify)


def test_who_was_not_reached_comes_back_at_the_end_and_first_the_next_day(district: District) -> None:
    a, b, c = (district.ngo(f"АНО «{name}»", taken_on="2024-01-10") for name in "АБВ")
    today = district.clock.today()
    order = lambda: calls.in_order((a, b, c), district.read(calls.outcomes, (a, b, c), today), district.clock.today())  # noqa: E731
    district.write(calls.not_reached, a)
    assert order() == (b, c, a)
    district.write(calls.note, c, "просили звонить после обеда")
    assert order() == (b, c, a), "a note is no outcome"
    district.write(calls.verified, b)
    district.at("2026-10-06")
    assert order() == (c, a)
    district.write(calls.not_reached, c)
    assert order() == (a, c), "tried yesterday comes before tried today"
    with pytest.raises(InvalidRecord):
        district.write(calls.note, a, "  ")


def test_what_hung_on_a_merged_card_is_found_on_the_one_that_stayed(district: District) -> None:
    marks = [{"mark": "sonko", "since": date(2026, 1, 1)},
             {"mark": "iopu", "since": date(2026, 1, 1), "valid_to": date(2026, 10, 20)}]  # fmt: skip
    kept = district.ngo("АНО «Свет»", taken_on="2024-01-10")
    middle = district.ngo("АНО Свет", taken_on="2024-01-10", ogrn=None, inn=None)
    lost = district.ngo("Свет", taken_on="2024-01-10", ogrn=None, inn=None, lines={"ngo_mark": marks})
    district.write(reminders.remind, "Позвонить", date(2026, 10, 8), register="ngo", about=lost)
    district.write(calls.not_reached, lost)
    need = district.need(lost)
    district.write(merging.merge_cards, lost, middle, kind="merge")
    district.write(merging.merge_cards, middle, kept, kind="merge")
    assert [one.text for one in district.read(reminders.reminders_of, "ngo", kept)] == ["Позвонить"]
    told = district.read(calls.called, kept)
    assert ([call.outcome for call in told.calls], [id for id, _ in told.open_needs]) == (["not_reached"], [need])
    (ending,) = (task for task in district.read(tasks.tasks) if task.icon == "seal-check")
    assert ending.ids == (kept,), "the mark went with the card and is not counted twice"
    month = district.read(calendar_days.month, 2026, 10)
    assert [item.ids for item in month.items if item.kind == "mark"] == [(kept,)]


def test_a_card_in_the_archive_is_on_no_count_of_the_first_page(district: District) -> None:
    district.ngo("АНО «Свет»")
    twice = district.ngo("АНО «Свет» (дважды)")
    district.write(archive, "ngo", twice, "записана дважды")
    found = district.read(overview.overview)
    assert (found.on_record, found.taken, found.removed) == (1, 1, 0)


# --- the calendar


def test_the_calendar_draws_what_is_in_the_file(district: District) -> None:
    svet = district.ngo("АНО «Свет»", sonko=True, lines={
        "ngo_mark": [{"mark": "sonko", "since": date(2026, 1, 1)},
                     {"mark": "iopu", "since": date(2026, 1, 1), "valid_to": date(2026, 10, 20)}]})  # fmt: skip
    appeal(district, svet, received="2026-09-20", number="7")
    district.write(reminders.remind, "Позвонить", date(2026, 10, 8), register="ngo", about=svet)
    district.agreement(district.partner("ООО «Берег»"), [svet], starts="2026-01-01", ends="2026-10-15")
    centre = district.centre("РЦ «Опора»")
    lines = [{"number": "9", "starts_on": date(2026, 1, 1), "ends_on": date(2026, 10, 31)}]
    district.save("centre", {}, id=centre, lines={"centre_agreement": lines})
    district.save("event", {"kind": "meeting", "title": "Встреча", "held_on": date(2026, 10, 2)})
    contest = district.contest()
    for project in ("Двор", "Сад"):
        district.save("grant_application", {"contest_id": contest, "ngo_id": svet, "project": project,
                                            "applied_on": date(2026, 10, 1), "asked": 100})  # fmt: skip
    council = district.save("calendar_entry", {"kind": "council", "title": "Совет", "at": "15:00",
                                               "starts_on": date(2026, 10, 28),
                                               "ends_on": date(2026, 11, 3)})  # fmt: skip
    month = district.read(calendar_days.month, 2026, 10)
    assert (month.first, month.last) == (date(2026, 9, 28), date(2026, 11, 1))
    assert date(2026, 10, 4) in month.off
    found = {(item.kind, item.day.isoformat()): item for item in month.items}
    assert set(found) == {
        ("grant", "2026-10-01"), ("event", "2026-10-02"), ("reminder", "2026-10-08"), ("return", "2026-10-12"),
        ("agreement", "2026-10-15"), ("mark", "2026-10-20"), ("appeal", "2026-10-20"), ("council", "2026-10-28"),
        ("agreement", "2026-10-31"),
    }  # fmt: skip
    assert found["grant", "2026-10-01"].title == "Подано 2\u00a0заявки: Муниципальный этап гранта Губернатора"
    assert len(found["grant", "2026-10-01"].ids) == 2
    assert calendar_days.behind(found["return", "2026-10-12"]) == ("return", {"quarter": Quarter(2026, 3)})
    assert calendar_days.behind(found["mark", "2026-10-20"]) == ("ngo", {"record": svet})
    assert [item.title for item in month.of_day(date(2026, 11, 1))] == ["Совет"]
    assert council in found["council", "2026-10-28"].ids
    later = district.at("2026-10-21").read(calendar_days.month, 2026, 10)
    assert {item.kind for item in later.items if item.late} == {"reminder", "return", "appeal"}


def test_an_entry_ends_after_it_begins_and_its_hour_is_an_hour(district: District) -> None:
    with pytest.raises(InvalidRecord) as refused:
        district.save("calendar_entry", {"kind": "event", "title": "Форум", "starts_on": date(2026, 12, 2),
                                         "ends_on": date(2026, 12, 1), "at": "утром"})  # fmt: skip
    assert set(refused.value.faults) == {"ends_on", "at"}


def test_the_month_is_printed_and_the_year_ahead_is_a_file_other_programs_read(district: District) -> None:
    district.save("calendar_entry", {
        "kind": "council", "title": "Совет НКО; итоги, планы и утверждение состава рабочих групп на будущий год",
        "starts_on": date(2026, 10, 20), "at": "15:00–16:30", "place": "Зал"})  # fmt: skip
    district.save("calendar_entry", {"kind": "event", "title": "Форум", "starts_on": date(2026, 10, 22),
                                     "ends_on": date(2026, 10, 23)})  # fmt: skip
    words = " ".join(" ".join(page_texts(district.read(calendar_files.month_paper, 2026, 10))).split())
    assert "Календарь на октябрь 2026" in words
    assert "20.10.2026, вторник" in words
    assert "22.10.2026 – 23.10.2026" in words
    content = district.read(calendar_files.calendar_file, date(2026, 10, 1))
    lines = content.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert max(len(line) for line in lines) <= 75
    text = content.decode().replace("\r\n ", "")
    assert "SUMMARY:Совет НКО\\; итоги\\, планы и утверждение состава рабочих групп на будущий год\r\n" in text
    assert "DTSTART:20261020T150000\r\nDTEND:20261020T163000" in text
    assert "DTSTART;VALUE=DATE:20261022\r\nDTEND;VALUE=DATE:20261024" in text
    assert text.count("BEGIN:VEVENT") == text.count("END:VEVENT") > 2, "returns to come stand in it too"
    assert len({line for line in text.split("\r\n") if line.startswith("UID:")}) == text.count("BEGIN:VEVENT")


# --- what is due


def test_what_is_overdue_stands_first_and_each_task_has_its_records(district: District) -> None:
    svet = district.ngo("АНО «Свет»", sonko=True, taken_on="2024-01-10", lines={
        "ngo_mark": [{"mark": "sonko", "since": date(2026, 1, 1)},
                     {"mark": "iopu", "since": date(2026, 1, 1), "valid_to": date(2026, 10, 30)}]})  # fmt: skip
    new = district.ngo("АНО «Новая»", status="unverified")
    need = district.need(svet, day="2026-06-01")
    unpublished = district.support(svet, day="2026-09-01")
    waiting = district.support(svet, day="2026-10-02")
    district.write(enter_in_register, unpublished)
    late = appeal(district, svet, received="2026-08-01")
    soon = appeal(district, svet, received="2026-09-10")
    appeal(district, svet, received="2026-10-01")
    missed = district.write(reminders.remind, "Вчерашнее", date(2026, 10, 4))
    today = district.write(reminders.remind, "Сегодняшнее", date(2026, 10, 5))
    district.write(reminders.remind, "Завтрашнее", date(2026, 10, 6))
    found = district.read(tasks.tasks)
    assert [(task.tone, task.page, task.ids) for task in found] == [
        ("err", "appeal", (late,)), ("err", "support", (unpublished,)), ("err", "reminder", (missed,)),
        ("warn", "appeal", (soon,)), ("warn", "support", (waiting,)), ("warn", "reminder", (today,)),
        ("warn", "need", (need,)), ("warn", "ngo", (svet,)), ("", "calling", (svet,)), ("", "ngo", (new,)),
    ]  # fmt: skip
    assert all(task.count == len(task.ids) for task in found)
    assert district.read(tasks.badge) == 3
    district.write(archive, "reminder", missed, "не нужно")
    assert district.read(tasks.badge) == 2


def test_a_file_in_order_has_no_tasks(district: District) -> None:
    district.ngo("АНО «Свет»", verified_on=date(2026, 10, 1))
    assert district.read(overview.overview).tasks == ()


def test_bars_count_the_records_they_open(district: District) -> None:
    svet = district.ngo("АНО «Свет»", settlement="41612155")
    far = district.ngo("АНО «Даль»")
    for form in ("214", "214", "213"):
        district.support(svet, form=form, day="2026-10-01")
    old = district.at("2026-10-05").support(far, form="218", day="2026-08-03")
    found = district.read(overview.overview)
    assert [(bar.title, bar.count) for bar in found.decisions] == [
        ("III\u00a0квартал 2026\u00a0г.", 1), ("IV\u00a0квартал 2026\u00a0г.", 3)]  # fmt: skip
    assert found.decisions[0].ids == (old,)
    assert [(bar.label, bar.count) for bar in found.forms] == [
        ("консультационная", 2), ("иная", 1), ("информационная", 1)]  # fmt: skip
    assert [(bar.count, bar.title) for bar in found.settlements] == [(3, found.settlements[0].title), (1, "не указано")]
    few = charted.grouped(found.forms, 2)
    assert [(bar.label, bar.count, bar.rest) for bar in few] == [
        ("консультационная", 2, False), ("другие (2)", 2, True)]  # fmt: skip
    assert set(few[1].ids) == {*found.forms[1].ids, *found.forms[2].ids}
