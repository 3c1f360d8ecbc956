"""A filled table of a question taken in by the intake: recognised, weighed cell by cell, kept beside the returns."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import AppError, Cancelled
from app.core.progress import SILENT, Progress
from app.core.russian import day
from app.core.text import NBSP, fold
from app.exchange.parcels import Parcel
from app.exchange.question_files import FilledQuestion, is_filled_question, read_filled_question
from app.exchange.tables import Cell, cell_ref, is_blank
from app.exchange.workbook_dangers import refuse_broken, refuse_dangers
from app.models import QuestionAnswer
from app.models.database import Database
from app.region.results import CellFault
from app.returns.hand_form import EntryKind
from app.returns.hand_input import FilledCell
from app.returns.hand_values import read_cell
from app.returns.question import AskedQuestion, ColumnKind, QuestionColumn, Value, heading, text_of_rows
from app.usecases.received import territories
from app.usecases.region_questions import KIND, question_of_key, withdrawn_on

_log = logging.getLogger(__name__)
_HEADING_ROWS = 30
_LONGEST_TEXT = 2_000
_MOST_FAULTS = 200
_KINDS = {
    ColumnKind.TEXT: EntryKind.NOTE,
    ColumnKind.NUMBER: EntryKind.WHOLE,
    ColumnKind.MONEY: EntryKind.AMOUNT,
    ColumnKind.DATE: EntryKind.DAY,
    ColumnKind.CHOICE: EntryKind.CHOICE,
}


class AnswerResult(StrEnum):
    """What became of a filled table."""

    ACCEPTED = "accepted"  # the first sound answer of the district
    RENEWED = "renewed"  # another answer after one that is here
    SAME = "same"
    FAULTS = "faults"  # cells are wrong: kept, not counted
    WITHDRAWN = "withdrawn"  # of a question that is asked no more: kept, nobody has to mend it
    UNKNOWN = "unknown"  # of no question of this file, of no district, or not to be read


ANSWER_TITLES = {
    AnswerResult.ACCEPTED: "ответ принят",
    AnswerResult.RENEWED: "принят новый ответ вместо прежнего",
    AnswerResult.SAME: "ответ уже есть",
    AnswerResult.FAULTS: "ответ с ошибками в ячейках",
    AnswerResult.WITHDRAWN: "ответ на отозванный вопрос",
    AnswerResult.UNKNOWN: "ответ не принят",
}


@dataclass(frozen=True, slots=True)
class TakenAnswer:
    """What became of one filled table.  number: of the question, None where it is not known; rows: lines of it."""

    file: str
    inside: str
    result: AnswerResult
    number: int | None = None
    oktmo: str = ""
    rows: int = 0
    reason: str = ""
    faults: tuple[CellFault, ...] = ()

    @property
    def is_set_aside(self) -> bool:
        return self.result in (AnswerResult.FAULTS, AnswerResult.UNKNOWN)


def is_answer(parcel: Parcel) -> bool:
    """Is it a filled table of a question?"""
    return parcel.fault is None and is_filled_question(parcel.path)


def take_answer(database: Database, parcel: Parcel, *, progress: Progress = SILENT) -> TakenAnswer:
    """Keep the answer in a transaction of its own.  Nothing that a file may hold raises anything here."""
    told = TakenAnswer(parcel.name, parcel.inside, AnswerResult.UNKNOWN)
    try:
        refuse_dangers(parcel.path, parcel.name)
        refuse_broken(parcel.path, parcel.name)  # nothing seals an answer: what is cut in the middle is not read
        filled = read_filled_question(parcel.path, parcel.name, progress=progress)
    except AppError as refused:
        return replace(told, reason=str(refused))
    except (Cancelled, KeyboardInterrupt, SystemExit):
        raise
    except Exception as fault:
        _log.warning("answers: %s while reading a file", type(fault).__name__)
        return replace(told, reason=f"Файл «{parcel.name}» не разобран. Попросите прислать его ещё раз.")
    with database.read() as session:
        known = question_of_key(session, filled.key)
        place = next((one for one in territories(session) if one.code == filled.oktmo), None)
    if known is None:
        return replace(told, reason="Такого вопроса в этом файле нет: таблица от другого файла области.")
    id, question = known
    told = replace(told, number=question.number)
    if place is None:
        return replace(told, reason=f"Кода ОКТМО «{filled.oktmo[:20]}» нет среди районов и городских округов области.")
    told = replace(told, oktmo=place.code)
    rows, faults = _weighed(filled, question)
    told = replace(told, rows=len(rows), faults=faults, reason=faults[0].text if faults else "")
    return _written(database, parcel, told, id, rows)


def _written(
    database: Database, parcel: Parcel, told: TakenAnswer, id: int, rows: Sequence[Sequence[Value]]
) -> TakenAnswer:
    a = QuestionAnswer
    with database.read() as session:
        same = session.scalar(select(a.id).where(a.question_id == id, a.sha256 == parcel.sha256)) is not None
        withdrawn = withdrawn_on(session, id)
        former = session.scalar(
            select(a.id).where(a.question_id == id, a.oktmo == told.oktmo, a.faults == "[]").limit(1)
        )
    if not same:
        with database.write(KIND, f"Ответ на вопрос №{NBSP}{told.number}: {told.oktmo}") as session:
            session.add(_answer(session, parcel, told, id, rows))
            session.flush()
    if withdrawn is not None:
        reason = f"Вопрос №{NBSP}{told.number} отозван {day(withdrawn)}: ответ сохранён, но его уже не ждали."
        return replace(told, result=AnswerResult.WITHDRAWN, reason=reason)
    if told.faults:
        return replace(told, result=AnswerResult.FAULTS)
    result = AnswerResult.SAME if same else AnswerResult.RENEWED if former is not None else AnswerResult.ACCEPTED
    return replace(told, result=result)


def _answer(
    session: Session, parcel: Parcel, told: TakenAnswer, id: int, rows: Sequence[Sequence[Value]]
) -> QuestionAnswer:
    return QuestionAnswer(
        question_id=id, oktmo=told.oktmo, file_name=parcel.name, sha256=parcel.sha256, data=text_of_rows(rows),
        faults=json.dumps([asdict(fault) for fault in told.faults], ensure_ascii=False),
        file=parcel.path.read_bytes(), received_at=session.info["clock"].now(), received_by=session.info["actor"],
    )  # fmt: skip


def _weighed(
    filled: FilledQuestion, question: AskedQuestion
) -> tuple[list[tuple[Value, ...]], tuple[CellFault, ...]]:
    """Lines of the table by the columns of the question, and what is wrong in them; with faults the lines are none."""
    head = next(
        (at for at, (_, cells) in enumerate(filled.rows[:_HEADING_ROWS]) if _is_heading(cells, question.columns)), None
    )
    if head is None:
        return [], (CellFault("", filled.sheet, "Шапка таблицы изменена: нужна таблица, которую прислала область."),)
    rows: list[tuple[Value, ...]] = []
    faults: list[CellFault] = []
    for number, cells in filled.rows[head + 1 :]:
        row, wrong = _line(number, cells, question.columns, filled.sheet)
        if all(value is None for value in row) and not wrong:
            continue
        rows.append(row)
        faults += wrong
    if not rows:
        faults.append(CellFault("", filled.sheet, "Таблица пуста. Если ответить нечего, впишите 0 или «нет»."))
    return ([] if faults else rows), tuple(faults[:_MOST_FAULTS])


def _is_heading(cells: Sequence[Cell], columns: Sequence[QuestionColumn]) -> bool:
    if len(cells) < len(columns):
        return False
    return all(fold(str(cell)) == fold(heading(column)) for cell, column in zip(cells, columns, strict=False))


def _line(
    number: int, cells: Sequence[Cell], columns: Sequence[QuestionColumn], sheet: str
) -> tuple[tuple[Value, ...], list[CellFault]]:
    values: list[Value] = []
    faults: list[CellFault] = []
    filled = any(not is_blank(cell) for cell in cells[: len(columns)])
    for at, column in enumerate(columns):
        cell = cells[at] if at < len(cells) else ""
        place = f"{sheet}!{cell_ref(number, at)}"
        value, fault = _read(cell, column, place)
        if not fault and value is None and column.required and filled:
            fault = f"«{column.title}» не заполнено."
        if fault:
            faults.append(CellFault("", place, fault))
        values.append(value)
    return tuple(values), faults


def _read(cell: Cell, column: QuestionColumn, place: str) -> tuple[Value, str]:
    if is_blank(cell):
        return None, ""
    found = read_cell(FilledCell(cell, place), _KINDS[column.kind], {one: one for one in column.choices})
    if found.fault or found.value is None:
        return None, found.fault or ""
    if column.kind is ColumnKind.NUMBER:
        return int(found.value), ""
    if column.kind is ColumnKind.TEXT and len(found.value) > _LONGEST_TEXT:
        return None, f"Текст длиннее {_LONGEST_TEXT} знаков."
    value: Value = found.value
    return value, ""
