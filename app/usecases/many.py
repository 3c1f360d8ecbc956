"""The same thing for many records: a field set, checked today, put away; one write, undone whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.core.errors import AppError, InvalidRecord
from app.core.fields import Field, Kind
from app.core.progress import SILENT, Progress
from app.core.russian import integer, plural
from app.records import LINES, REGISTERS
from app.usecases import ngos, records
from app.usecases.titles import titles

_OWN = frozenset({Kind.OGRN, Kind.INN, Kind.KPP, Kind.MINJUST, Kind.LINKS})
"""Kinds that no two records share, and lists that are edited one by one."""

MOST = 2000
"""Records of one write; what is more is a list to be loaded anew."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A record that stays as it is.  name: how it is called.  why: the sentence of the refusal."""

    id: int
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Done:
    """done: how many were written.  refused: those that were left out."""

    done: int
    refused: tuple[Refused, ...] = ()


class ManyRefused(AppError):
    """Some of the records cannot be written, so none is."""

    def __init__(self, refused: Sequence[Refused], asked: int) -> None:
        told = plural(len(refused), "записи", "записей", "записей")
        super().__init__(
            f"Не годится для {told} из {asked}, поэтому не записано ничего.",
            "Запишите остальные или снимите отметку с этих.",
        )
        self.refused = tuple(refused)
        self.asked = asked


def settable(register: str) -> tuple[Field, ...]:
    """Fields that many records may be given at once: typed ones that are not their own name or number."""
    record_type = REGISTERS[register]
    gathered = {line.gathered_as for line in LINES[register] if line.gathered_as and line.key != "ngo_mark"}
    return tuple(
        field
        for field in record_type.fields
        if field.kind not in _OWN
        and (not field.computed or field.key in gathered)
        and not field.personal
        and field.key not in (record_type.title_field, "name", "short_name")
        and not (field.computed and field.kind is not Kind.CHOICES)
    )


def set_field(
    session: Session, register: str, ids: Sequence[int], key: str, value: Any, *, rest: bool = False,
    progress: Progress = SILENT,
) -> Done:  # fmt: skip
    """Give the field of every record the value, each checked as in its form.

    rest: write those that can be; without it ManyRefused names all that cannot, and nothing is written.
    """
    if key not in {field.key for field in settable(register)}:
        raise KeyError(f"{key} of {register} is not set for many")

    def give(one: int) -> None:
        records.save(session, register, {key: value}, id=one)

    return _each(session, register, ids, give, rest, progress)


def verify(session: Session, ids: Sequence[int], *, rest: bool = False, progress: Progress = SILENT) -> Done:
    """The organisations were looked at today."""
    return _each(session, "ngo", ids, lambda one: ngos.verify(session, one), rest, progress)


def archive(
    session: Session, register: str, ids: Sequence[int], reason: str, *, rest: bool = False,
    progress: Progress = SILENT,
) -> Done:  # fmt: skip
    """Put the records away for one reason."""
    if not reason.strip():
        raise InvalidRecord({"reason": "Напишите, почему записи уходят в архив."})
    return _each(session, register, ids, lambda one: records.archive(session, register, one, reason), rest, progress)


def _each(
    session: Session, register: str, ids: Sequence[int], act: Callable[[int], object], rest: bool, progress: Progress
) -> Done:
    if len(ids) > MOST:
        raise AppError(
            f"За один раз меняют до {integer(MOST)} записей, а отмечено {integer(len(ids))}.",
            "Отметьте меньше строк: сузьте отбор.",
        )
    refused: dict[int, str] = {}
    for number, id in enumerate(ids):
        progress.step(number, len(ids), "Записано")
        try:
            with session.begin_nested():
                act(id)
                session.flush()
        except InvalidRecord as fault:
            refused[id] = " ".join(fault.faults.values())
        except AppError as fault:
            refused[id] = f"{fault.message} {fault.hint}".strip()
    if refused:
        called = titles(session, register, list(refused))
        told = tuple(Refused(id, called.get(id, f"№\u00a0{id}"), why) for id, why in refused.items())
        if not rest or len(refused) == len(ids):
            raise ManyRefused(told, len(ids))
        return Done(len(ids) - len(told), told)
    return Done(len(ids))
