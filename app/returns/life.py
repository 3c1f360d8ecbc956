"""The life of an approved return: утверждён → отправлен → принят or возвращён, and what may follow what.

Before approval a return is a draft, or checked once no error is left; the records say which.  Each
version (первичный, уточнённый n) has a life of its own, told by events that only add up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.core.errors import AppError
from app.core.russian import day


class State(StrEnum):
    """Where a return stands."""

    DRAFT = "draft"
    CHECKED = "checked"
    FROZEN = "frozen"
    SENT = "sent"
    ACCEPTED = "accepted"
    SENT_BACK = "sent_back"


class Step(StrEnum):
    """What a person or the region does with an approved return."""

    SENT = "sent"
    ACCEPTED = "accepted"
    SENT_BACK = "sent_back"
    ANNULLED = "annulled"


STATE_TITLES = {
    State.DRAFT: "черновик",
    State.CHECKED: "проверен",
    State.FROZEN: "утверждён",
    State.SENT: "отправлен",
    State.ACCEPTED: "принят",
    State.SENT_BACK: "возвращён с замечаниями",
}
LINE = (State.DRAFT, State.CHECKED, State.FROZEN, State.SENT, State.ACCEPTED)
"""The way of a return when all goes well."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What the region says of a cell; an empty cell means the return as a whole."""

    cell: str
    text: str


@dataclass(frozen=True, slots=True)
class Event:
    """One step of a version.  happened_on: the day on the paper; at: when it was recorded (UTC)."""

    id: int
    step: Step
    happened_on: date
    how: str = ""
    whom: str = ""
    number: str = ""
    text: str = ""
    remarks: tuple[Remark, ...] = ()
    annuls: int | None = None
    file_name: str = ""
    at: datetime | None = None
    by: str = ""


def standing(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events that hold, oldest first: those annulled, and what annulled them, are left out."""
    annulled = {event.annuls for event in events if event.annuls is not None}
    return tuple(e for e in events if e.step is not Step.ANNULLED and e.id not in annulled)


def state_of(events: Sequence[Event]) -> State:
    """Where an approved version stands after its events."""
    held = standing(events)
    return State(held[-1].step.value) if held else State.FROZEN


def last(events: Sequence[Event], step: Step) -> Event | None:
    """The latest event of a step that holds."""
    return next((event for event in reversed(standing(events)) if event.step is step), None)


def refuse(
    step: Step, events: Sequence[Event], on: date, *, frozen_on: date, today: date, superseded: bool = False
) -> None:
    """AppError when the step may not be taken now, with what to do instead.

    superseded: a later version is approved.  An earlier one is then sent no more, but the answer to
    what was sent may still come.
    """
    state = state_of(events)
    if on > today:
        raise AppError(f"{day(on)} ещё не наступило.", "Укажите день, когда это произошло.")
    if step is Step.SENT:
        _refuse_sending(state, on, frozen_on, superseded=superseded)
        return
    if state is State.FROZEN:
        raise AppError("Отчёт ещё не отправлен: ответа на него быть не может.", "Сначала отметьте отправку.")
    if state in (State.ACCEPTED, State.SENT_BACK):
        raise AppError(
            f"Ответ области уже записан: отчёт {STATE_TITLES[state]}.", "Если записан по ошибке, отмените отметку."
        )
    sent = last(events, Step.SENT)
    if sent is not None and on < sent.happened_on:
        raise AppError(
            f"Ответ от {day(on)} раньше отправки {day(sent.happened_on)}.", "Проверьте день на квитанции или письме."
        )


def _refuse_sending(state: State, on: date, frozen_on: date, *, superseded: bool) -> None:
    if superseded:
        raise AppError("Есть уточнённый отчёт: этот отправлять нельзя.", "Отправьте последний уточнённый.")
    if state is State.ACCEPTED:
        raise AppError("Отчёт уже принят: отправлять его снова не нужно.")
    if state is State.SENT_BACK:
        raise AppError("Отчёт возвращён с замечаниями.", "Исправьте записи и составьте уточнённый отчёт.")
    if on < frozen_on:
        raise AppError(f"Отправка {day(on)} раньше утверждения {day(frozen_on)}.", "Проверьте день отправки.")


def refuse_annulling(events: Sequence[Event]) -> Event:
    """The event that an annulment takes back: the last one that holds.  AppError when there is none."""
    held = standing(events)
    if not held:
        raise AppError("Отметок об отправке и ответе нет: отменять нечего.")
    return held[-1]
