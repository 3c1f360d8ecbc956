"""The clerk's week in the story: appeals of the last two months, reminders, meetings and contests to come.

It draws from a chance of its own, so that the rest of the history stays what it was.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from app.usecases.demo.actions import Change, Ref, Remind, Save
from app.usecases.demo.plot import Actor, Plot, before_weekend, is_working

STAFF = ("Ермакова Л. В.", "Титов А. Н.")
APPEALS: tuple[tuple[int, str, str, str, int | None], ...] = (
    (52, "letter", "О помещении для занятий с детьми", "Просим предоставить помещение на два вечера в неделю.", 21),
    (41, "email", "О субсидии на летний лагерь", "Просим разъяснить порядок получения субсидии.", 12),
    (38, "visit", "О регистрации общественной организации", "Хотим зарегистрировать организацию.", None),
    (24, "medo", "О включении в реестр СОНКО", "Просим сообщить, включены ли мы в реестр.", None),
    (25, "letter", "О совместном празднике двора", "Просим поддержать праздник и помочь со сценой.", None),
    (12, "call", "О конкурсе грантов Губернатора", "Спрашивали о сроках приёма заявок.", 3),
    (6, "site", "О транспорте для поездки ветеранов", "Нужен автобус на 40 мест.", None),
)
"""(days ago, channel, subject, words, days until the answer or None)."""
FROM_OUTSIDE = "инициативная группа жителей (без учёта)"
ENTRIES: tuple[tuple[int, str, str, int, str, str], ...] = (
    (-20, "council", "Заседание совета НКО при главе района", 0, "15:00", "Зал заседаний администрации"),
    (3, "event", "Встреча «Как подать заявку на грант»", 0, "11:00–13:00", "Зал отдела"),
    (9, "contest", "Муниципальный этап гранта: приём заявок", 13, "", ""),
    (16, "council", "Заседание совета НКО: итоги года", 0, "15:00", "Зал заседаний администрации"),
    (34, "term", "Сдать сведения для доклада главы", 0, "", ""),
    (41, "event", "Форум НКО района", 1, "10:00", "Дом культуры"),
)
"""(days from today, kind, title, days more, hour, place)."""


def keep_diary(plot: Plot) -> None:
    """Appeals, what one of them became, reminders, the calendar of the unit."""
    chance = Random(f"{plot.shape.oktmo}/week")  # noqa: S311 - the same story in every run
    today = plot.shape.today
    for number, (ago, channel, subject, text, answered) in enumerate(APPEALS, 1):
        came = before_weekend(today - timedelta(days=ago))
        here = [actor for actor in plot.here(came) if actor.known_on <= came]
        if came < plot.start or not here:
            continue
        actor = None if channel == "visit" else chance.choice(here)
        _appeal(plot, number, came, actor, (channel, subject, text, answered), chance)
    _became(plot, today)
    noted = before_weekend(max(plot.start, today - timedelta(days=30)))
    for ahead, kind, title, more, hour, place in ENTRIES:
        starts = _working(today + timedelta(days=ahead))
        values: dict[str, Any] = {"kind": kind, "title": title, "starts_on": starts, "at": hour, "place": place}
        if more:
            values["ends_on"] = starts + timedelta(days=more)
        plot.add(Save(noted, "calendar_entry", f"entry:{plot.number('entry')}", values))
    _remind(plot, today)


def _appeal(
    plot: Plot, number: int, came: date, actor: Actor | None, told: tuple[str, str, str, int | None], chance: Random
) -> None:
    channel, subject, text, answered = told
    values: dict[str, Any] = {
        "subject": subject, "received_on": came, "number": f"01-{120 + 7 * number}", "channel": channel, "text": text,
        "responsible": chance.choice(STAFF), "sender": "" if actor else FROM_OUTSIDE,
        "ngo_id": Ref(actor.name) if actor else None,
    }  # fmt: skip
    name = f"appeal:{number}"
    plot.add(Save(came, "appeal", name, values))
    if answered is not None:
        on = _working(came + timedelta(days=answered))
        if on <= plot.shape.today:
            done = {"answered_on": on, "answer_no": f"02-{310 + number}", "answer": "Ответ дан по существу."}
            plot.add(Change(on, "appeal", name, done))


def _became(plot: Plot, today: date) -> None:
    """The last need of the story that was told after an appeal came from the same NGO's letter."""
    needs = [a for a in plot.planned() if isinstance(a, Save) and a.register == "need"]
    recent = [a for a in needs if today - timedelta(days=40) <= a.values["opened_on"] and a.day <= today]
    if not recent:
        return
    need = max(recent, key=lambda action: (action.day, action.name))
    came = need.values["opened_on"]
    values = {
        "subject": "О помощи в работе организации", "received_on": came, "number": "01-199", "channel": "letter",
        "text": need.values["text"], "responsible": STAFF[0], "ngo_id": need.values["ngo_id"],
        "answered_on": need.day, "answer_no": "02-340", "answer": "Потребность записана, центр свяжется с вами.",
    }  # fmt: skip
    plot.add(Save(need.day, "appeal", "appeal:became", values))
    plot.add(Change(need.day, "need", need.name, {"appeal_id": Ref("appeal:became")}), rank=2)


def _remind(plot: Plot, today: date) -> None:
    """One that is late, one of today, two to come; two of them of an NGO."""
    here = [actor for actor in plot.here(today) if actor.known_on < today - timedelta(days=20)]
    noted = before_weekend(max(plot.start, today - timedelta(days=14)))
    for number, (ahead, text) in enumerate(
        ((-3, "Запросить отчёт о расходах"), (0, "Позвонить: не прислали устав"), (6, "Собрать повестку совета НКО"),
         (20, "Проверить срок статуса ИОПУ"))
    ):  # fmt: skip
        about = here[number % len(here)].name if here and number in (0, 1, 3) else ""
        plot.add(Remind(noted, text, today + timedelta(days=ahead), about), rank=2)


def _working(day: date) -> date:
    while not is_working(day):
        day += timedelta(days=1)
    return day
