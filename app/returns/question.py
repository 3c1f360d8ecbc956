"""A question to all districts: a small table of columns, each of a kind, and what a district wrote into it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from app.core.errors import AppError
from app.core.fields import Kind
from app.core.text import NBSP, fold
from app.core.values import parse

MOST_COLUMNS = 20
MOST_CHOICES = 100
LONGEST = 150  # signs of a title or of a choice
LONGEST_TITLE = 200
LONGEST_EXPLANATION = 2_000
LINES = 100
"""Lines of a blank table; more may be written below them."""
MARK_SHEET = "_question"
"""The hidden sheet by which a filled table is known: the key of the question and whose table it is."""
_REQUIRED = "*"


class ColumnKind(StrEnum):
    """What a cell of a column may hold."""

    TEXT = "text"
    NUMBER = "number"  # a whole number, not below 0
    MONEY = "money"  # roubles with kopecks
    DATE = "date"
    CHOICE = "choice"  # one of a list


KIND_TITLES: Mapping[ColumnKind, str] = {
    ColumnKind.TEXT: "текст",
    ColumnKind.NUMBER: "целое число",
    ColumnKind.MONEY: "деньги, ₽",
    ColumnKind.DATE: "дата",
    ColumnKind.CHOICE: "одно из списка",
}
SUMMED = (ColumnKind.NUMBER, ColumnKind.MONEY)
Value = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class QuestionColumn:
    """A column.  choices: of a CHOICE alone, as they are shown and kept; required: empty in no line."""

    title: str
    kind: ColumnKind = ColumnKind.TEXT
    choices: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question as it goes out.  key: the mark by which a filled table is known.  due_on: the last day to answer."""

    number: int
    key: str
    title: str
    explanation: str
    due_on: date
    columns: tuple[QuestionColumn, ...]

    def file_name(self, oktmo: str) -> str:
        """`Вопрос_3_41612000.xlsx`."""
        return f"Вопрос_{self.number}_{oktmo}.xlsx"

    @property
    def joined_name(self) -> str:
        return f"Вопрос_{self.number}_ответы.xlsx"

    @property
    def named(self) -> str:
        """«№ 3 «Залы для НКО»»."""
        return f"№{NBSP}{self.number} «{self.title}»"


def text_of_columns(columns: Sequence[QuestionColumn]) -> str:
    """Columns as they are kept, canonical JSON."""
    told = [
        {"title": c.title, "kind": c.kind.value, "choices": list(c.choices), "required": c.required} for c in columns
    ]
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


def columns_of_text(text: str) -> tuple[QuestionColumn, ...]:
    """The opposite of `text_of_columns`."""
    return tuple(
        QuestionColumn(one["title"], ColumnKind(one["kind"]), tuple(one["choices"]), one["required"])
        for one in json.loads(text)
    )


def text_of_rows(rows: Sequence[Sequence[Value]]) -> str:
    """Lines of an answer as they are kept: figures and days as texts, nothing as null."""
    return json.dumps(
        [[None if value is None else str(value) for value in row] for row in rows], ensure_ascii=False
    )


def rows_of_text(text: str, columns: Sequence[QuestionColumn]) -> tuple[tuple[Value, ...], ...]:
    """The opposite of `text_of_rows`."""
    return tuple(
        tuple(_value(column.kind, one) for column, one in zip(columns, row, strict=True)) for row in json.loads(text)
    )


def _value(kind: ColumnKind, text: str | None) -> Value:
    if text is None:
        return None
    match kind:
        case ColumnKind.NUMBER:
            return int(text)
        case ColumnKind.MONEY:
            return Decimal(text)
        case ColumnKind.DATE:
            return date.fromisoformat(text)
    return text


def heading(column: QuestionColumn) -> str:
    """The title of a column as the table shows it."""
    unit = ", ₽" if column.kind is ColumnKind.MONEY and "₽" not in column.title else ""
    return f"{column.title}{unit}{f'{NBSP}*' if column.required else ''}"


# --- a question that is being made ------------------------------------------------------------


def refuse_faulty(title: str, explanation: str, columns: Sequence[QuestionColumn]) -> None:
    """AppError with the first thing that is wrong in a question."""
    if not title or len(title) > LONGEST_TITLE:
        raise AppError(f"Название вопроса — от 1 до {LONGEST_TITLE} знаков.", "Напишите его коротко.")
    if len(explanation) > LONGEST_EXPLANATION:
        raise AppError(f"Пояснение длиннее {LONGEST_EXPLANATION} знаков.", "Сократите его.")
    if not 1 <= len(columns) <= MOST_COLUMNS:
        raise AppError(f"Граф в вопросе {len(columns)}, а бывает от 1 до {MOST_COLUMNS}.", "Исправьте графы.")
    seen: set[str] = set()
    for number, column in enumerate(columns, 1):
        where = f"Графа {number}"
        if not column.title or len(column.title) > LONGEST:
            raise AppError(f"{where}: название — от 1 до {LONGEST} знаков.", "Исправьте название графы.")
        if fold(column.title) in seen or not fold(column.title):
            raise AppError(f"{where}: «{column.title}» уже есть или без букв.", "Назовите графы по-разному.")
        seen.add(fold(column.title))
        if (column.kind is ColumnKind.CHOICE) != bool(column.choices):
            raise AppError(f"{where}: значения есть только у вида «одно из списка».", "Исправьте вид или значения.")
        if column.choices and not 2 <= len(column.choices) <= MOST_CHOICES:
            raise AppError(f"{where}: значений в списке от 2 до {MOST_CHOICES}.", "Исправьте список.")
        if len({fold(one) for one in column.choices}) < len(column.choices):
            raise AppError(f"{where}: значения списка повторяются.", "Уберите лишние.")
        if any(not one or len(one) > LONGEST for one in column.choices):
            raise AppError(f"{where}: значение списка — от 1 до {LONGEST} знаков.", "Исправьте список.")


def column_of(text: str) -> QuestionColumn:
    """«Сколько залов*:number», «Есть ли зал:да|нет», «Чей» -> a column.  AppError when it is not understood."""
    title, _, kind = text.rpartition(":") if ":" in text else (text, "", "")
    title, required = _starred(title)
    kind = kind.strip()
    if "|" in kind:
        choices = tuple(" ".join(one.split()) for one in kind.split("|"))
        return QuestionColumn(title, ColumnKind.CHOICE, choices, required)
    try:
        return QuestionColumn(title, ColumnKind(kind or "text"), (), required)
    except ValueError:
        raise AppError(
            f"Графа «{text}» не понята.", "Пишите «Название:number»; виды: text, number, money, date или «да|нет»."
        ) from None


def _starred(title: str) -> tuple[str, bool]:
    words = " ".join(title.split())
    return words.removesuffix(_REQUIRED).rstrip(), words.endswith(_REQUIRED)


def question_of(content: bytes) -> tuple[str, str, date | None, tuple[QuestionColumn, ...]]:
    """(title, explanation, due_on, columns) of a description in JSON.  AppError when it is not understood."""
    try:
        told = json.loads(content.decode("utf-8-sig"))
        due = told.get("due")
        day = parse(Kind.DATE, due) if due else None
        if day is not None and day.fault:
            raise ValueError(day.fault)
        columns = tuple(_column(one) for one in told["columns"])
        title, explanation = str(told["title"]), str(told.get("explanation", ""))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as fault:
        raise AppError(
            "Описание вопроса не понято.",
            'Нужен JSON: {"title": "…", "due": "20.11.2026", "columns": [{"title": "…", "kind": "number"}]}.',
        ) from fault
    return " ".join(title.split()), explanation.strip(), day.value if day is not None else None, columns


def _column(told: Any) -> QuestionColumn:
    if isinstance(told, str):
        return column_of(told)
    known = {spec.name for spec in fields(QuestionColumn)}
    if set(told) - known:
        raise ValueError(told)
    choices = tuple(" ".join(str(one).split()) for one in told.get("choices", ()))
    title, required = _starred(str(told["title"]))
    kind = ColumnKind(told.get("kind", "choice" if choices else "text"))
    return QuestionColumn(title, kind, choices, required or told.get("required", False) is True)
