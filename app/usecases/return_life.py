"""What becomes of an approved return: sent, accepted or sent back with remarks; every step is kept with its paper."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import AppError, Deed
from app.core.periods import Quarter
from app.core.russian import day
from app.models import FrozenReturn, ReturnEvent
from app.returns.answers import Answer, read_answer
from app.returns.codec import read_envelope
from app.returns.life import (
    STATE_TITLES,
    Event,
    Remark,
    State,
    Step,
    last,
    refuse,
    refuse_annulling,
    standing,
    state_of,
)
from app.usecases.accounts import today_of

BY_ANSWER = "отмечено по ответу области"
"""How a return was sent whose answer came before anybody had marked the sending."""
LARGEST_FILE = 20_000_000  # bytes of a scan or letter kept beside a return


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that goes with a step: a scan of the signed paper, a receipt, a letter."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Life:
    """A version of a return and what happened to it.  superseded: a later version is approved."""

    id: int
    quarter: Quarter
    correction: int
    oktmo: str
    reason: str
    sha256: str
    frozen_at: datetime
    frozen_on: date
    due_on: date
    events: tuple[Event, ...]
    superseded: bool = False

    @property
    def state(self) -> State:
        return state_of(self.events)

    @property
    def standing(self) -> tuple[Event, ...]:
        """The events that hold, oldest first."""
        return standing(self.events)

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What the region asks to mend, while the return stands sent back."""
        event = last(self.events, Step.SENT_BACK)
        return event.remarks if event is not None and self.state is State.SENT_BACK else ()

    @property
    def sent_on(self) -> date | None:
        """The day it was first handed in."""
        return next((event.happened_on for event in self.standing if event.step is Step.SENT), None)


def lives(session: Session, quarter: Quarter | None = None) -> tuple[Life, ...]:
    """Every approved version with its events, by quarter and correction."""
    events = _events(session)
    query = select(
        FrozenReturn.id, FrozenReturn.quarter, FrozenReturn.correction, FrozenReturn.oktmo, FrozenReturn.reason,
        FrozenReturn.sha256, FrozenReturn.frozen_at, FrozenReturn.envelope,
    ).order_by(FrozenReturn.quarter, FrozenReturn.correction)  # fmt: skip
    if quarter is not None:
        query = query.where(FrozenReturn.quarter == quarter)
    found: list[Life] = []
    for row in session.execute(query):
        if found and found[-1].quarter == row.quarter:
            found[-1] = replace(found[-1], superseded=True)
        envelope = read_envelope(row.envelope)
        found.append(
            Life(
                row.id, row.quarter, row.correction, row.oktmo, row.reason, row.sha256, row.frozen_at,
                envelope.frozen_on, envelope.due_on, events.get(row.id, ()),
            )
        )  # fmt: skip
    return tuple(found)


def life(session: Session, quarter: Quarter, correction: int | None = None) -> Life:
    """One version; the latest unless a correction is named.  AppError when it is not approved."""
    known = [one for one in lives(session, quarter) if correction in (None, one.correction)]
    if not known:
        which = f", уточнённый №\u00a0{correction}," if correction else ""
        raise AppError(f"Отчёт за {quarter.title}{which} не утверждён.", "Сначала утвердите его.", Deed.RETURNS)
    return known[-1]


def sent_back(session: Session) -> frozenset[int]:
    """Ids of approved versions that stand sent back: they are nobody's «previous return»."""
    return frozenset(id for id, events in _events(session).items() if state_of(events) is State.SENT_BACK)


def send(
    session: Session, quarter: Quarter, how: str, *, on: date | None = None, whom: str = "",
    correction: int | None = None, file: Attached | None = None,
) -> Life:  # fmt: skip
    """The return went to the region: how («электронной почтой»), on which day (today), to whom.

    Sending again is another event: a stick after an e-mail that did not arrive.
    """
    if not how.strip():
        raise AppError("Не сказано, как отправлен отчёт.", "Например: электронной почтой, на флешке, через СЭД.")
    return _take(session, life(session, quarter, correction), Step.SENT, on, file, how=how.strip(), whom=whom.strip())


def accept(
    session: Session, quarter: Quarter, *, number: str = "", on: date | None = None, text: str = "",
    correction: int | None = None, file: Attached | None = None,
) -> Life:  # fmt: skip
    """The region took the return: № and day of its receipt."""
    found = life(session, quarter, correction)
    return _take(session, found, Step.ACCEPTED, on, file, number=number.strip(), text=text.strip())


def send_back(
    session: Session, quarter: Quarter, *, on: date | None = None, text: str = "", remarks: Sequence[Remark] = (),
    correction: int | None = None, file: Attached | None = None,
) -> Life:  # fmt: skip
    """The region asks to mend the return; what it says of cells stands in remarks."""
    if not text.strip() and not remarks and file is None:
        raise AppError("Не сказано, что замечает область.", "Введите замечания или приложите её письмо.")
    found = life(session, quarter, correction)
    return _take(session, found, Step.SENT_BACK, on, file, text=text.strip(), remarks=tuple(remarks))


def annul(session: Session, quarter: Quarter, reason: str, *, correction: int | None = None) -> Life:
    """Take back the last mark of a version, made by mistake; the mark stays in the history with the reason."""
    if not reason.strip():
        raise AppError("Не сказано, почему отметка отменяется.", "Напишите причину.")
    found = life(session, quarter, correction)
    event = refuse_annulling(found.events)
    _add(session, found, Step.ANNULLED, today_of(session), None, text=reason.strip(), annuls=event.id)
    return life(session, quarter, found.correction)


def take_answer(session: Session, content: bytes, name: str = "") -> Life:
    """A receipt or remarks from the region, as a file: it finds its version by the hash and moves its state.

    A version nobody had marked as sent is marked so first, on the day of its approval.  The same file
    again changes nothing.  AppError when the file is no answer, or answers a return that this file does not hold.
    """
    answer = read_answer(content)
    found = _answered(session, answer)
    file = Attached(name or answer.file_name, content)
    sha256 = hashlib.sha256(content).hexdigest()
    row = session.scalars(
        select(ReturnEvent).where(ReturnEvent.frozen_id == found.id, ReturnEvent.file_sha256 == sha256)
    ).first()
    if row is not None and any(event.id == row.id for event in found.standing):
        return found
    if found.state is State.FROZEN:
        found = _take(session, found, Step.SENT, found.frozen_on, None, how=BY_ANSWER)
    return _take(
        session, found, answer.step, answer.on, file, number=answer.number, whom=answer.by, text=answer.text,
        remarks=answer.remarks,
    )  # fmt: skip


def _answered(session: Session, answer: Answer) -> Life:
    known = [one for one in lives(session, answer.quarter) if one.correction == answer.correction]
    kind = f"уточнённый №\u00a0{answer.correction}" if answer.correction else "первичный"
    told = f"за {answer.quarter.title}, {kind}"
    if not known:
        raise AppError(f"Ответ области — на отчёт {told}: здесь такой не утверждён.", "Проверьте, тот ли это файл.")
    if known[0].oktmo != answer.oktmo:
        raise AppError(
            f"Ответ области — району с ОКТМО {answer.oktmo}, а отчёт составлен районом {known[0].oktmo}.",
            "Верните файл области: он пришёл не по адресу.",
        )
    if known[0].sha256 != answer.sha256:
        raise AppError(
            f"Область отвечает на другой отчёт {told}: контрольная строка не совпала.",
            "Отправьте области утверждённый отчёт ещё раз.",
        )
    return known[0]


def _take(
    session: Session, found: Life, step: Step, on: date | None, file: Attached | None, *, how: str = "",
    whom: str = "", number: str = "", text: str = "", remarks: tuple[Remark, ...] = (),
) -> Life:  # fmt: skip
    today = today_of(session)
    when = on or today
    refuse(step, found.events, when, frozen_on=found.frozen_on, today=today, superseded=found.superseded)
    _add(session, found, step, when, file, how=how, whom=whom, number=number, text=text, remarks=remarks)
    return life(session, found.quarter, found.correction)


def _add(
    session: Session, found: Life, step: Step, on: date, file: Attached | None, *, how: str = "", whom: str = "",
    number: str = "", text: str = "", remarks: tuple[Remark, ...] = (), annuls: int | None = None,
) -> None:  # fmt: skip
    if file is not None and len(file.content) > LARGEST_FILE:
        raise AppError(
            f"Файл «{file.name}» больше 20 МБ.", "Сохраните скан с меньшим качеством или приложите его к письму."
        )
    session.add(
        ReturnEvent(
            frozen_id=found.id,
            step=step.value,
            happened_on=on,
            how=how,
            whom=whom,
            number=number,
            text=text,
            remarks=json.dumps([[r.cell, r.text] for r in remarks], ensure_ascii=False),
            annuls_id=annuls,
            file_name=file.name if file else "",
            file=file.content if file else None,
            file_sha256=hashlib.sha256(file.content).hexdigest() if file else "",
            at=session.info["clock"].now(),
            by=session.info["actor"],
        )
    )
    session.flush()


def attached(session: Session, event: int) -> Attached | None:
    """The file kept with an event."""
    row = session.get(ReturnEvent, event)
    return Attached(row.file_name, row.file) if row is not None and row.file is not None else None


def _events(session: Session) -> dict[int, tuple[Event, ...]]:
    """Events by the id of their version, without the bytes of their files."""
    e = ReturnEvent
    query = select(
        e.id, e.frozen_id, e.step, e.happened_on, e.how, e.whom, e.number, e.text, e.remarks, e.annuls_id, e.file_name,
        e.at, e.by,
    ).order_by(e.id)  # fmt: skip
    found: dict[int, list[Event]] = defaultdict(list)
    for row in session.execute(query):
        found[row.frozen_id].append(
            Event(
                id=row.id,
                step=Step(row.step),
                happened_on=row.happened_on,
                how=row.how,
                whom=row.whom,
                number=row.number,
                text=row.text,
                remarks=tuple(Remark(cell, text) for cell, text in json.loads(row.remarks)),
                annuls=row.annuls_id,
                file_name=row.file_name,
                at=row.at,
                by=row.by,
            )
        )
    return {id: tuple(events) for id, events in found.items()}


def told(event: Event) -> str:
    """«отправлен 06.10.2026 электронной почтой», «принят 12.10.2026, № 01-14/2317»."""
    words = f"{STATE_TITLES[State(event.step.value)]} {day(event.happened_on)}"
    if event.step is Step.SENT:
        return " ".join(part for part in (words, event.how, f"({event.whom})" if event.whom else "") if part)
    return f"{words}, №\u00a0{event.number}" if event.number else words
