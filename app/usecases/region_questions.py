"""Questions to all districts: asked, written as tables, answered, joined.

An answer is kept whatever is in it; of a district the latest sound one counts.  The same file again changes nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.errors import AppError
from app.core.russian import day
from app.core.text import NBSP
from app.models import Question, QuestionAnswer, QuestionWithdrawal
from app.region.results import CellFault, chain_of, valid_on
from app.returns.question import (
    SUMMED,
    AskedQuestion,
    QuestionColumn,
    Value,
    columns_of_text,
    refuse_faulty,
    rows_of_text,
    text_of_columns,
)
from app.returns.records import Territory
from app.usecases.accounts import clock_of, today_of
from app.usecases.received import territories
from app.usecases.region_setup import refuse_role

KIND = "question"
"""The kind of the batches that ask a question or keep an answer."""


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question in the list of them: how many answered of how many."""

    number: int
    title: str
    asked_on: date
    due_on: date
    columns: int
    answered: int
    expected: int
    is_over: bool
    withdrawn_on: date | None = None


@dataclass(frozen=True, slots=True)
class PlaceAnswer:
    """What came of a district.  rows: of its latest sound answer, () while there is none; came_at: when it came.

    faults: of the last file, where it is not counted; last_file: its name.
    """

    oktmo: str
    name: str
    rows: tuple[tuple[Value, ...], ...]
    came_at: datetime | None
    file_name: str
    faults: tuple[CellFault, ...]
    last_file: str = ""

    @property
    def has_answered(self) -> bool:
        return self.came_at is not None


@dataclass(frozen=True, slots=True)
class Joined:
    """The answers of all districts in one table.  sums: of figures, None for a column that is not summed."""

    question: AskedQuestion
    asked_on: date
    places: tuple[PlaceAnswer, ...]
    sums: tuple[int | Decimal | None, ...]
    withdrawn_on: date | None = None

    @property
    def missing(self) -> tuple[PlaceAnswer, ...]:
        """Districts that owe an answer: none while the question is withdrawn."""
        if self.withdrawn_on is not None:
            return ()
        return tuple(place for place in self.places if not place.has_answered)


def ask(
    session: Session, title: str, columns: Sequence[QuestionColumn], due_on: date | None, explanation: str = ""
) -> AskedQuestion:
    """Ask a question under the next number.  AppError with what is wrong in it."""
    refuse_role(session, region=True)
    title = " ".join(title.split())
    refuse_faulty(title, explanation, columns)
    today = today_of(session)
    if due_on is None or not today <= due_on <= date(2999, 12, 31):
        raise AppError("Срок ответа не указан или уже прошёл.", "Назовите день, до которого ждёте ответа.")
    number = (session.scalar(select(func.max(Question.number))) or 0) + 1
    row = Question(
        number=number, key=session.info["clock"].new_uuid(), title=title, explanation=explanation, due_on=due_on,
        columns=text_of_columns(columns), asked_on=today, at=session.info["clock"].now(), by=session.info["actor"],
    )  # fmt: skip
    session.info["title"] = f"Вопрос районам №{NBSP}{number}: {title}"
    session.add(row)
    session.flush()
    return _asked(row)


def withdraw(session: Session, number: int) -> None:
    """Ask a question no more; answers that came stay.  AppError when there is no such question, or it is withdrawn."""
    refuse_role(session, region=True)
    row = _kept(session, number)
    if (former := withdrawn_on(session, row.id)) is not None:
        raise AppError(f"Вопрос №{NBSP}{number} уже отозван {day(former)}.", "Его можно вернуть.")
    session.info["title"] = f"Отозван вопрос районам №{NBSP}{number}: {row.title}"
    session.add(QuestionWithdrawal(question_id=row.id, withdrawn_on=today_of(session), by=session.info["actor"]))
    session.flush()


def ask_again(session: Session, number: int) -> None:
    """Ask a question that was withdrawn as before.  AppError when it is not withdrawn."""
    refuse_role(session, region=True)
    row = _kept(session, number)
    kept = session.scalars(select(QuestionWithdrawal).where(QuestionWithdrawal.question_id == row.id)).first()
    if kept is None:
        raise AppError(f"Вопрос №{NBSP}{number} не отозван.", "Он и так задан.")
    session.info["title"] = f"Снова задан вопрос районам №{NBSP}{number}: {row.title}"
    session.delete(kept)
    session.flush()


def withdrawn_on(session: Session, id: int) -> date | None:
    """The day on which a question was withdrawn; None while it is asked.  id: of its row."""
    query = select(QuestionWithdrawal.withdrawn_on).where(QuestionWithdrawal.question_id == id)
    return session.scalar(query)


def questions(session: Session) -> tuple[QuestionLine, ...]:
    """Every question, the latest first."""
    today = today_of(session)
    found = []
    for row in session.scalars(select(Question).order_by(Question.number.desc())):
        told = joined(session, row.number)
        answered = sum(place.has_answered for place in told.places)
        found.append(
            QuestionLine(row.number, row.title, row.asked_on, row.due_on, len(told.question.columns), answered,
                         len(told.places), row.due_on < today, told.withdrawn_on)
        )  # fmt: skip
    return tuple(found)


def blanks(session: Session, number: int) -> tuple[tuple[str, bytes], ...]:
    """(name of the file, its bytes) of a question for each district, by code."""
    row = _kept(session, number)
    question = _asked(row)
    if (withdrawn := withdrawn_on(session, row.id)) is not None:
        raise AppError(
            f"Вопрос {question.named} отозван {day(withdrawn)}: его районам больше не рассылают.",
            "Верните его, если ответы снова нужны.",
        )
    from app.reports.question_sheet import question_xlsx  # openpyxl is slow to import

    return tuple(
        (question.file_name(place.code), question_xlsx(question, place.code, place.name))
        for place in _expected(territories(session), row)
    )


def joined(session: Session, number: int) -> Joined:
    """What the districts answered.  AppError when there is no such question."""
    row = _kept(session, number)
    question, known = _asked(row), territories(session)
    expected = _expected(known, row)
    codes = {place.code for place in expected}
    by_chain = {chain_of(known, place.code): place.code for place in expected}
    came: dict[str, list[QuestionAnswer]] = {}
    query = select(QuestionAnswer).where(QuestionAnswer.question_id == row.id).order_by(QuestionAnswer.id)
    for answer in session.scalars(query):
        code = answer.oktmo if answer.oktmo in codes else by_chain.get(chain_of(known, answer.oktmo), answer.oktmo)
        came.setdefault(code, []).append(answer)
    places = tuple(_place(place, came.get(place.code, ()), question) for place in expected)
    return Joined(question, row.asked_on, places, _sums(question, places), withdrawn_on(session, row.id))


def joined_file(session: Session, number: int) -> bytes:
    """The answers as one workbook: district, columns, sums; who has not answered on a second sheet."""
    from app.reports.question_joined import PlaceRows, joined_xlsx  # openpyxl is slow to import

    told, day_of = joined(session, number), clock_of(session).day_of
    places = [
        PlaceRows(place.oktmo, place.name, place.rows, day_of(place.came_at) if place.came_at else None)
        for place in told.places
    ]
    return joined_xlsx(told.question, places, told.sums, today_of(session))


def question_of_key(session: Session, key: str) -> tuple[int, AskedQuestion] | None:
    """(id, question) of the mark in a filled table."""
    row = session.scalars(select(Question).where(Question.key == key)).first()
    return (row.id, _asked(row)) if row is not None else None


def answer_faults(session: Session) -> list[str]:
    """Answers whose bytes do not fit the hash that was kept with them."""
    found = []
    query = select(QuestionAnswer, Question.number).join(Question, Question.id == QuestionAnswer.question_id)
    for row, number in session.execute(query.order_by(QuestionAnswer.id)).yield_per(10):
        if hashlib.sha256(row.file).hexdigest() != row.sha256:
            found.append(f"Ответ {row.oktmo} на вопрос №{NBSP}{number} не сходится со своей контрольной строкой.")
    return found


def _kept(session: Session, number: int) -> Question:
    row = session.scalars(select(Question).where(Question.number == number)).first()
    if row is None:
        raise AppError(f"Вопроса №{NBSP}{number} не было.", "Перечень вопросов печатает команда question без номера.")
    return row


def _asked(row: Question) -> AskedQuestion:
    return AskedQuestion(row.number, row.key, row.title, row.explanation, row.due_on, columns_of_text(row.columns))


def _expected(known: Sequence[Territory], row: Question) -> tuple[Territory, ...]:
    """Territories that exist on the day the question was asked: they were sent the table."""
    return tuple(sorted((one for one in known if valid_on(one, row.asked_on)), key=lambda one: one.code))


def _place(place: Territory, came: Sequence[QuestionAnswer], question: AskedQuestion) -> PlaceAnswer:
    sound = [answer for answer in came if answer.faults == "[]"]
    counted = sound[-1] if sound else None
    last = came[-1] if came else None
    faults = tuple(CellFault(**fault) for fault in json.loads(last.faults)) if last is not None else ()
    return PlaceAnswer(
        place.code, place.name, rows_of_text(counted.data, question.columns) if counted else (),
        counted.received_at if counted else None, counted.file_name if counted else "", faults,
        last.file_name if last else "",
    )  # fmt: skip


def _sums(question: AskedQuestion, places: Sequence[PlaceAnswer]) -> tuple[int | Decimal | None, ...]:
    found: list[int | Decimal | None] = []
    for at, column in enumerate(question.columns):
        if column.kind not in SUMMED:
            found.append(None)
            continue
        values = [value for place in places for row in place.rows if isinstance(value := row[at], int | Decimal)]
        found.append(sum(values))
    return tuple(found)


def counted_choices(told: Joined) -> Mapping[str, Mapping[str, int]]:
    """Title of each column with a list -> value -> in how many lines it stands."""
    return {
        column.title: {
            choice: sum(row[at] == choice for place in told.places for row in place.rows) for choice in column.choices
        }
        for at, column in enumerate(told.question.columns)
        if column.choices
    }
