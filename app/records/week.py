"""The clerk's week: appeals with their term, reminders, the calendar of the unit."""

from __future__ import annotations

import re

from app.core.fields import Field, Kind, RecordType, Values

CAME, TERM, ANSWER = "Обращение", "Срок", "Ответ"
_CLOCK = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d(?:[–-](?:[01]?\d|2[0-3]):[0-5]\d)?")


def validate_appeal(values: Values) -> dict[str, str]:
    """Somebody sent it; the term and the answer come after it."""
    faults: dict[str, str] = {}
    received = values.get("received_on")
    if not values.get("ngo_id") and not values.get("sender"):
        faults["ngo_id"] = "Выберите НКО или напишите рядом, кто обратился."
    if received and values.get("due_on") and values["due_on"] < received:
        faults["due_on"] = "Срок раньше дня поступления."
    if received and values.get("answered_on") and values["answered_on"] < received:
        faults["answered_on"] = "Ответ раньше дня поступления."
    if not values.get("answered_on") and (values.get("answer_no") or values.get("answer")):
        faults["answered_on"] = "Укажите, когда дан ответ."
    return faults


def validate_entry(values: Values) -> dict[str, str]:
    faults: dict[str, str] = {}
    starts, ends = values.get("starts_on"), values.get("ends_on")
    if starts and ends and ends < starts:
        faults["ends_on"] = "Последний день раньше первого."
    if values.get("at") and not _CLOCK.fullmatch(str(values["at"])):
        faults["at"] = "Напишите время так: 10:30 или 10:30–12:00."
    return faults


def from_appeal(group: str) -> Field:
    """The field of needs, services and support by which an appeal tells what it became."""
    return Field(
        "appeal_id", "Из обращения", Kind.LINK, width=30, group=group, register="appeal", imported=False,
        help="Если запись сделана по обращению.",
    )  # fmt: skip


APPEAL = RecordType(
    key="appeal",
    title="Обращения",
    title_one="Обращение",
    nouns=("обращение", "обращения", "обращений"),
    title_field="subject",
    icon="envelope",
    empty_hint="Запишите первое обращение: срок ответа программа посчитает сама.",
    validate=validate_appeal,
    fields=(
        Field("ngo_id", "НКО", Kind.LINK, width=36, group=CAME, register="ngo", listed=True),
        Field("sender", "Заявитель", Kind.TEXT, width=34, group=CAME, personal=True,
              help="Если обратилась не НКО из учёта."),
        Field("subject", "О чём", Kind.TEXT, required=True, width=44, group=CAME, listed=True),
        Field("received_on", "Поступило", Kind.DATE, required=True, width=11, group=CAME, listed=True),
        Field("number", "Входящий №", Kind.TEXT, width=12, group=CAME),
        Field("channel", "Как поступило", Kind.CHOICE, required=True, width=16, group=CAME,
              dictionary="appeal_channel"),
        Field("text", "Содержание", Kind.NOTE, width=44, group=CAME),
        Field("due_on", "Ответить до", Kind.DATE, width=11, group=TERM, listed=True,
              help="Пусто — по сроку из настроек (59-ФЗ: 30 дней); выходной — рабочий день перед ним."),
        Field("responsible", "Ответственный", Kind.TEXT, width=26, group=TERM),
        Field("answered_on", "Ответ дан", Kind.DATE, width=11, group=ANSWER),
        Field("answer_no", "Исходящий №", Kind.TEXT, width=12, group=ANSWER),
        Field("answer", "Что ответили", Kind.NOTE, width=44, group=ANSWER),
        Field("status", "Состояние", Kind.CHOICE, width=12, group=TERM, dictionary="appeal_status", computed=True,
              imported=False, listed=True),
        Field("became", "Чем стало", Kind.TEXT, width=30, group=ANSWER, computed=True, imported=False),
    ),
)  # fmt: skip

REMINDER = RecordType(
    key="reminder",
    title="Напоминания",
    title_one="Напоминание",
    nouns=("напоминание", "напоминания", "напоминаний"),
    title_field="text",
    icon="bell",
    empty_hint="Ctrl+R на любой карточке — и программа напомнит о ней в назначенный день.",
    fields=(
        Field("text", "О чём напомнить", Kind.TEXT, required=True, width=60, listed=True),
        Field("due_on", "Когда", Kind.DATE, required=True, width=11, listed=True),
        Field("done_on", "Сделано", Kind.DATE, width=11, listed=True),
        Field("about", "О какой записи", Kind.TEXT, width=40, computed=True, imported=False, listed=True),
        Field("status", "Состояние", Kind.CHOICE, width=12, dictionary="reminder_status", computed=True,
              imported=False, listed=True),
    ),
)  # fmt: skip

CALENDAR_ENTRY = RecordType(
    key="calendar_entry",
    title="События календаря",
    title_one="Событие календаря",
    nouns=("событие", "события", "событий"),
    title_field="title",
    icon="calendar-blank",
    empty_hint="Запишите конкурс, заседание совета НКО или мероприятие: оно встанет в календарь.",
    validate=validate_entry,
    fields=(
        Field("title", "Что будет", Kind.TEXT, required=True, width=60, listed=True),
        Field("kind", "Вид", Kind.CHOICE, required=True, width=14, dictionary="calendar_kind", listed=True),
        Field("starts_on", "День", Kind.DATE, required=True, width=11, listed=True),
        Field("ends_on", "По", Kind.DATE, width=11, listed=True, help="Если не один день."),
        Field("at", "Время", Kind.TEXT, width=11, help="10:30 или 10:30–12:00."),
        Field("place", "Где", Kind.TEXT, width=40, listed=True),
        Field("note", "Примечание", Kind.NOTE, width=44),
    ),
)  # fmt: skip
