"""Former states of a record: each as it stood after a write, readable whole, and written back as a new edit.

A state is made of the journal alone: the values of the record and of its lines, write by write.  What was erased
since (152-ФЗ) reads «обезличено» and is never written back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from app.core.errors import AppError, InvalidRecord
from app.core.fields import Field, Kind, Values
from app.core.periods import Quarter
from app.core.values import show
from app.models import Batch, JournalEntry, JournalValue, Settlement
from app.models.journal_text import shape_of
from app.records import LINES, REGISTERS, LineType
from app.usecases.history import is_erased
from app.usecases.records import restore, write
from app.usecases.tables import LINE_MODELS, MODELS, column_name, has_column, record
from app.usecases.titles import dictionary_titles, titles

ERASED = "обезличено"
_GONE = object()  # the value of a field that was erased
_KEPT_NUMBERS: Mapping[str, tuple[str, ...]] = {"support": ("entry_no", "terminates_id"), "ngo": ("merged_into_id",)}
"""What must stand as it did for a state to be written back."""

Texts = dict[str, Any]
"""Column -> kept text, None, or `_GONE`."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field in words: before and after, «» for nothing; lines: «Контактные лица: Фамилия, имя, отчество»."""

    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class State:
    """The record after one write.  at: UTC.  latest: it stands so today.  archived: it lay in the archive then."""

    batch_id: int
    at: datetime
    actor: str
    title: str
    changes: tuple[FieldChange, ...]
    archived: bool
    latest: bool = False


@dataclass(frozen=True, slots=True)
class StateCard:
    """A state whole.  facts: (title, value).  lines: (title of the lines, one text a line).  erased: something is."""

    name: str
    facts: tuple[tuple[str, str], ...]
    lines: tuple[tuple[str, tuple[str, ...]], ...]
    erased: bool


@dataclass(slots=True)
class _Kept:
    """The record and its lines as they stood: line key -> id of a row -> its texts."""

    own: Texts
    lines: dict[str, dict[int, Texts]]


def states_of(session: Session, register: str, id: int) -> tuple[State, ...]:
    """Every state of a record, the latest first.  AppError when there is none such record."""
    record(session, register, id, archived=True)
    words = _Words(session)
    found: list[State] = []
    for batch, entries, kept in _replayed(session, register, id):
        changes = tuple(_changes(words, register, entries))
        if changes or not found:
            archived = bool(kept.own.get("archived_on"))
            found.append(State(batch.id, batch.at, batch.actor, batch.title, changes, archived))
    if found:
        last = found[-1]
        found[-1] = State(last.batch_id, last.at, last.actor, last.title, last.changes, last.archived, latest=True)
    return tuple(reversed(found))


def state_card(session: Session, register: str, id: int, batch_id: int) -> StateCard:
    """The record as it stood after that write, in words."""
    kept, words = _state(session, register, id, batch_id), _Words(session)
    fields = [f for f in REGISTERS[register].fields if _is_shown(register, f)]
    facts = [(f.title, words.text(register, f, kept.own.get(column_name(register, f.key)))) for f in fields]
    lines = []
    for line in LINES[register]:
        rows = [kept.lines[line.key][row] for row in sorted(kept.lines.get(line.key, {}))]
        told = tuple(_line_told(words, line, row) for row in rows)
        if told:
            lines.append((line.title, told))
    if kept.own.get("archived_on"):
        facts.insert(0, ("В архиве", str(kept.own.get("archive_reason") or "")))
    title = REGISTERS[register].title_field
    return StateCard(
        name=words.text(register, REGISTERS[register][title], kept.own.get(column_name(register, title))),
        facts=tuple((title, text) for title, text in facts if text),
        lines=tuple(lines),
        erased=_is_erased(kept),
    )


def restore_state(session: Session, register: str, id: int, batch_id: int) -> None:
    """Write that state back as a new edit, lines included, through the ordinary checks.

    AppError: something of it was erased, or is a step that only its own deed takes back (a merge, a number in the
    register of recipients).  InvalidRecord: it does not pass the checks of today.
    """
    kept = _state(session, register, id, batch_id)
    row = record(session, register, id, archived=True)
    _refuse_erased(kept)
    if kept.own.get("archived_on"):
        raise AppError("В этом состоянии запись лежала в архиве.", "Чтобы убрать её снова, выберите «В архив».")
    _refuse_steps(register, row, kept)
    if row.archived_on is not None:
        restore(session, register, id)
    values = _values(register, REGISTERS[register].typed, MODELS[register], kept.own)
    if register == "ngo":
        place = session.get(Settlement, values["settlement"]) if values.get("settlement") else None
        values["settlement"] = place.oktmo if place is not None else None
    lines = {line.key: list(_lines(session, line, id, kept)) for line in LINES[register]}
    try:
        write(session, register, values, id=id, lines=lines)
    except InvalidRecord as invalid:
        raise AppError(
            "Это состояние не проходит проверку: " + " ".join(dict.fromkeys(invalid.faults.values())),
            "Исправьте запись вручную (F2): прежние значения видны здесь.",
        ) from invalid


# --- how a state is made ------------------------------------------------------------------------

_Entry = tuple[JournalEntry, list[JournalValue]]


def _entries(session: Session, register: str, id: int) -> Iterator[tuple[Batch, list[_Entry]]]:
    """The writes of a record and of its lines in the order of writing, by batch."""
    e = JournalEntry
    itself = and_(e.table_name == register, e.record_id == str(id))
    its_line = and_(e.owner_table == register, e.owner_id == str(id))
    entries = session.scalars(select(e).where(or_(itself, its_line)).order_by(e.id)).all()
    values: dict[int, list[JournalValue]] = {entry.id: [] for entry in entries}
    query = select(JournalValue).join(e, e.id == JournalValue.entry_id).where(or_(itself, its_line))
    for value in session.scalars(query.order_by(JournalValue.entry_id, JournalValue.field)):
        values[value.entry_id].append(value)
    wanted = select(Batch).where(Batch.id.in_({entry.batch_id for entry in entries}))
    batches = {batch.id: batch for batch in session.scalars(wanted)}
    group: list[_Entry] = []
    for entry in entries:
        if group and group[-1][0].batch_id != entry.batch_id:
            yield batches[group[-1][0].batch_id], group
            group = []
        group.append((entry, values[entry.id]))
    if group:
        yield batches[group[-1][0].batch_id], group


def _replayed(session: Session, register: str, id: int) -> Iterator[tuple[Batch, list[_Entry], _Kept]]:
    """Batch by batch with what stood after it; the state given is the same object, changed on."""
    kept = _Kept({}, {line.key: {} for line in LINES[register]})
    for batch, entries in _entries(session, register, id):
        for entry, values in entries:
            if entry.table_name == register:
                texts = kept.own
            elif entry.op == "delete":
                kept.lines.get(entry.table_name, {}).pop(int(entry.record_id), None)
                continue
            else:
                texts = kept.lines.setdefault(entry.table_name, {}).setdefault(int(entry.record_id), {})
            for value in values:
                erased = value.after is None and value.after_digest is not None
                texts[value.field] = _GONE if erased else value.after
        yield batch, entries, kept


def _state(session: Session, register: str, id: int, batch_id: int) -> _Kept:
    for batch, _, kept in _replayed(session, register, id):
        if batch.id == batch_id:
            return kept
    raise AppError("Такого состояния у записи нет.", "Откройте список состояний снова.")


def _raw(model: Any, texts: Texts) -> dict[str, Any]:
    """Column -> python value, of the columns that are there and not erased."""
    shape = shape_of(model)
    return {f.name: f.value(texts.get(f.name)) for f in shape.fields if texts.get(f.name) is not _GONE}


def _values(key: str, fields: Sequence[Field], model: Any, texts: Texts) -> dict[str, Any]:
    raw = _raw(model, texts)
    return {f.key: raw[column_name(key, f.key)] for f in fields if column_name(key, f.key) in raw}


def _lines(session: Session, line: LineType, owner: int, kept: _Kept) -> Iterator[Values]:
    model = LINE_MODELS[line.key]
    for row_id, texts in sorted(kept.lines.get(line.key, {}).items()):
        values = _values(line.key, line.typed, model, texts)
        there = session.get(model, row_id)
        if there is not None and getattr(there, line.parent_column) == owner:
            values["id"] = row_id
        yield values


def _is_erased(kept: _Kept) -> bool:
    """Was anything of that state erased since?"""
    rows = (row for rows in kept.lines.values() for row in rows.values())
    return any(_GONE in texts.values() for texts in (kept.own, *rows))


def _refuse_erased(kept: _Kept) -> None:
    if _is_erased(kept):
        raise AppError(
            "В этом состоянии были персональные данные, которые с тех пор обезличены: вернуть его целиком нельзя.",
            "Остальные значения видны здесь: впишите нужные в карточку (F2).",
        )


def _refuse_steps(register: str, row: Any, kept: _Kept) -> None:
    then = _raw(MODELS[register], kept.own)
    for key in _KEPT_NUMBERS.get(register, ()):
        if then.get(key) != getattr(row, key):
            title = REGISTERS[register][key].title
            raise AppError(
                f"С тех пор изменилось «{title}»: такое состояние целиком не возвращают.",
                "Отмените то изменение в истории или исправьте запись вручную (F2).",
            )


# --- words --------------------------------------------------------------------------------------

_HIDDEN = frozenset({"uuid", "called", "folded", "folded_name", "id", "archive_reason"})


def _is_shown(key: str, field: Field) -> bool:
    model = MODELS.get(key) or LINE_MODELS[key]
    name = column_name(key, field.key)
    return has_column(model, name) and field.kind is not Kind.QUARTER


class _Words:
    """Kept texts as a person reads them; dictionaries and titles are asked once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._dictionaries: dict[str, Mapping[str, str]] = {}
        self._titles: dict[tuple[str, int], str] = {}

    def text(self, key: str, field: Field, text: Any) -> str:
        if text is _GONE:
            return ERASED
        if text is None or text == "":
            return ""
        model = MODELS.get(key) or LINE_MODELS[key]
        name = column_name(key, field.key)
        kept = next(f for f in shape_of(model).fields if f.name == name)
        value = kept.value(text)
        if (key, field.key) == ("ngo", "settlement"):
            place = self._session.get(Settlement, value)
            return place.name if place is not None else ""
        if field.kind is Kind.CHOICE:
            return self._titles_of(field.dictionary).get(value, str(value))
        if field.kind is Kind.LINK:
            return self._linked(field.register, value)
        if field.kind is Kind.FLAG:
            return "да" if value else ""
        return value.title if isinstance(value, Quarter) else show(field.kind, value)

    def _titles_of(self, dictionary: str) -> Mapping[str, str]:
        if dictionary not in self._dictionaries:
            self._dictionaries[dictionary] = dictionary_titles(self._session, dictionary)
        return self._dictionaries[dictionary]

    def _linked(self, register: str, id: int) -> str:
        if (register, id) not in self._titles:
            self._titles[register, id] = titles(self._session, register, [id]).get(id, f"№\u00a0{id}")
        return self._titles[register, id]


def _line_told(words: _Words, line: LineType, texts: Texts) -> str:
    told = []
    for field in line.fields:
        if _is_shown(line.key, field):
            text = words.text(line.key, field, texts.get(field.key))
            if text:
                told.append(field.title.lower() if field.kind is Kind.FLAG else text)
    return " · ".join(told) or "—"


def _changes(words: _Words, register: str, entries: list[_Entry]) -> Iterator[FieldChange]:
    """What a batch changed, field by field; lines under their name.  A field written twice stands once."""
    found: dict[tuple[str, str, str], FieldChange] = {}
    for entry, values in entries:
        for value in values:
            told = _change(words, register, entry, value)
            if told is None:
                continue
            place = (entry.table_name, entry.record_id, value.field)
            first = found.get(place)
            found[place] = FieldChange(told.title, first.before if first else told.before, told.after)
    return iter([change for change in found.values() if change.before != change.after or change.after == ERASED])


def _change(words: _Words, register: str, entry: JournalEntry, value: JournalValue) -> FieldChange | None:
    if value.field in _HIDDEN:
        return None
    if entry.table_name == register and value.field == "archived_on":
        return FieldChange("Архив", "в архиве" if value.before else "", "в архиве" if value.after else "")
    line = next((one for one in LINES[register] if one.key == entry.table_name), None)
    fields = line.fields if line is not None else REGISTERS[register].fields if entry.table_name == register else ()
    field = next((f for f in fields if column_name(entry.table_name, f.key) == value.field), None)
    if field is None or not _is_shown(entry.table_name, field):
        return None
    before: Any = value.before
    after: Any = value.after
    if is_erased(value):
        before = _GONE if before is None and value.before_digest is not None else before
        after = _GONE if after is None and value.after_digest is not None else after
    title = f"{line.title}: {field.title[:1].lower()}{field.title[1:]}" if line is not None else field.title
    return FieldChange(title, words.text(entry.table_name, field, before), words.text(entry.table_name, field, after))
