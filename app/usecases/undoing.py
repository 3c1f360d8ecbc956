"""Undoing a batch whole: every row it wrote gets back what it held before.

An undo is a batch itself (kind `undo`), so undoing it brings back what it took away.  A record that
the batch made is archived, since records are never deleted; its lines go.  An entry of a dictionary that came
with a комплект of the region goes too, unless something names it by now.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

from sqlalchemy import ForeignKey, Table, select
from sqlalchemy.orm import Session, aliased

from app.core.errors import AppError, Deed
from app.core.roles import PROGRAM, Rights
from app.core.russian import day, ended
from app.models import Base, Batch, JournalEntry, JournalValue, Support
from app.models.base import Line, Record
from app.models.journal import DELETABLE, DICTIONARY_ENTRIES
from app.models.journal_text import class_of, shape_of
from app.models.territory import Territory
from app.records import REGISTERS
from app.usecases.history import is_erased
from app.usecases.records import count_anew

ERASURE = "erase"
"""The kind of a batch that erased under 152-ФЗ."""
_AT_ONCE = 500  # keys in one query
_STAYS = ("template_file", "document_blob")
"""Files: an undo points a template to the former one and takes a document off its record; the bytes stay."""
_MAY_EMPTY = ("region", "undo")
"""Batches whose new entries of dictionaries go with them: a комплект, and an undo that put such entries back."""

T = TypeVar("T")
Place = tuple[str, str]
"""A row: its table and key."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo did: rows given back their former values, records archived, lines removed and put back."""

    batch_id: int
    changed: int
    archived: int
    removed: int
    put_back: int


def undo_batch(session: Session, batch_id: int) -> Undone:
    """Undo a batch; AppError with the reason if it cannot be undone whole (then nothing is changed)."""
    batch = session.get(Batch, batch_id)
    if batch is None:
        raise AppError(f"Изменения №\u00a0{batch_id} в журнале нет.", "Обновите список изменений.", Deed.HISTORY)
    _refuse_if_not_allowed(session, batch)
    writes = _writes(session, batch_id)
    _refuse_if_done(batch, writes)
    rows = _load(session, [place for place, _, _ in writes])
    _refuse_if_touched_later(session, batch, writes)
    _refuse_if_different(rows, writes)
    _refuse_if_needed_by_others(session, writes)
    _refuse_hole_in_register(session, writes)
    reason = f"{'отменён импорт' if batch.kind == 'import' else 'отменено изменение'} от {batch.at:%d.%m.%Y}"
    lying = {place: row.archived_on for place, row in rows.items() if isinstance(row, Record) and row.archived_on}
    counts = {"changed": 0, "archived": 0, "removed": 0, "put_back": 0}
    # Backwards, one operation on one table at a time: a line goes before the record it hangs on.
    # Territories name one another: each of them alone.
    for _, group in groupby(reversed(writes), _operation):
        for place, entry, values in group:
            done = _reverse(session, rows, place, entry, values, reason)
            counts[done] += 1
        session.flush()
    for place, since in lying.items():
        row = rows[place]
        if isinstance(row, Record) and row.archived_on is None and place[0] in REGISTERS:  # it is back, and counted
            count_anew(session, place[0], row, since)
    new = session.info["batch"]
    for former in session.scalars(select(Batch).where(Batch.undone_by_id == batch.id)):
        former.undone_by_id = None  # what this batch had undone holds again
    batch.undone_by_id = new.id
    session.flush()
    return Undone(batch_id=new.id, **counts)


Write = tuple[Place, JournalEntry, Sequence[JournalValue]]


def _operation(write: Write) -> tuple[str, str, int]:
    (table, _), entry, _ = write
    return entry.op, table, entry.id if table == Territory.__tablename__ else 0


def _writes(session: Session, batch_id: int) -> list[Write]:
    """The entries of a batch with their values, in the order of writing."""
    query = (
        select(JournalValue)
        .join(JournalEntry, JournalEntry.id == JournalValue.entry_id)
        .where(JournalEntry.batch_id == batch_id)
        .order_by(JournalEntry.id, JournalValue.field)
    )
    values: dict[int, list[JournalValue]] = defaultdict(list)
    for value in session.scalars(query):
        values[value.entry_id].append(value)
    entries = (
        select(JournalEntry)
        .where(JournalEntry.batch_id == batch_id, JournalEntry.table_name.not_in(_STAYS))
        .order_by(JournalEntry.id)
    )
    return [((entry.table_name, entry.record_id), entry, values[entry.id]) for entry in session.scalars(entries)]


def _load(session: Session, places: Iterable[Place]) -> dict[Place, Base]:
    """The rows that are there now, in few queries."""
    found: dict[Place, Base] = {}
    for table, group in groupby(sorted(set(places)), lambda place: place[0]):
        kept = class_of(table)
        shape = shape_of(kept)
        (key,) = shape.primary
        (field,) = (field for field in shape.fields if field.key == key)
        for some in _by_portions([field.value(id) for _, id in group]):
            for row in session.scalars(select(kept).where(getattr(kept, key).in_(some))):
                found[table, shape.record_id(row)] = row
    return found


def _by_portions(keys: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(keys), _AT_ONCE):
        yield keys[start : start + _AT_ONCE]


def _reverse(
    session: Session,
    rows: dict[Place, Base],
    place: Place,
    entry: JournalEntry,
    values: Sequence[JournalValue],
    reason: str,
) -> str:
    """Take back one write; says which count it belongs to."""
    kept = class_of(place[0])
    fields = {field.name: field for field in shape_of(kept).fields}
    if entry.op == "delete":
        before = {value.field: value.before for value in values}
        row = kept(**{field.key: field.value(before.get(name)) for name, field in fields.items()})
        session.add(row)
        rows[place] = row
        return "put_back"
    row = rows[place]
    if entry.op == "update":
        for value in values:
            field = fields[value.field]
            setattr(row, field.key, field.value(value.before))
        return "changed"
    if isinstance(row, Record):
        row.archived_on, row.archive_reason = session.info["clock"].today(), reason
        return "archived"
    session.delete(row)
    del rows[place]
    return "removed"


def _refuse_if_not_allowed(session: Session, batch: Batch) -> None:
    """Whoever may not write such a batch may not take it back either."""
    rights: Rights | None = session.info.get("rights")
    if rights is not None and (refused := rights.why_not_kind(batch.kind)):
        raise refused


def _refuse_if_done(batch: Batch, writes: Sequence[Write]) -> None:
    title = f"«{batch.title}» от {batch.at:%d.%m.%Y}"
    if batch.undone_by_id is not None:
        raise AppError(f"Изменение {title} уже отменено.", "Чтобы вернуть его, отмените саму отмену.", Deed.HISTORY)
    if batch.kind == ERASURE:
        raise AppError(
            "Обезличивание не отменяется: стёртых сведений больше нет нигде в файле.",
            "Если человек снова дал согласие, добавьте его в карточку заново.",
        )
    if batch.kind == PROGRAM:  # else a working copy would lose the mark that it is one, and with it its bounds
        raise AppError(f"{title} записала сама программа.", "Отменять здесь нечего: это не правка записей.")
    if not writes:
        raise AppError(f"Изменение {title} ничего не записало.", "Отменять нечего.")
    for (table, _), entry, values in writes:
        if table == "frozen_return":
            raise AppError(
                "Утверждённый отчёт не отменяется.",
                "Если в нём ошибка, составьте уточнённый отчёт с указанием причины.", Deed.RETURNS,
            )
        if table == "consolidated_return":
            raise AppError(
                "Утверждённый свод не отменяется.",
                "После уточнённых отчётов районов утверждают новый, под следующим номером.", Deed.RETURNS,
            )
        if table in ("issued_package", "question", "question_answer"):
            raise AppError(
                "Выпущенный комплект, вопрос районам и ответы на него не отменяются: они уже могли уйти из файла.",
                "Исправленное выпускают заново, под своим номером.",
            )
        if table in ("received_return", "received_file", "region_answer"):
            raise AppError(
                "Принятое областью и её ответы не отменяются: они вошли в историю отчёта.",
                "Ошибку исправляет уточнённый отчёт района.",
            )
        if table == "personal_export":
            raise AppError("Выгрузка персональных данных не отменяется.", "Она уже вышла из базы, след о ней остаётся.")
        goes = (Record, Line, *DELETABLE, *(DICTIONARY_ENTRIES if batch.kind in _MAY_EMPTY else ()))
        if entry.op == "insert" and not issubclass(class_of(table), goes):
            told = f"Изменение {title} заполнило справочники: оно не отменяется."
            raise AppError(told, "Правьте справочники сами.", Deed.DICTIONARIES)
        secret = {field.name for field in shape_of(class_of(table)).fields if field.secret}
        if entry.op != "insert" and any(value.field in secret for value in values):
            raise AppError(
                f"Изменение {title} не отменяется: прежнего пароля журнал не хранит.",
                "Задайте новый пароль или уберите его: «Настройки», «Люди».", Deed.PEOPLE,
            )
        if any(is_erased(value) and value.before is None and value.before_digest for value in values):
            raise AppError(
                f"Изменение {title} касается персональных данных, которые с тех пор обезличены.",
                "Прежние значения стёрты, вернуть их нельзя.",
            )


def _refuse_if_touched_later(session: Session, batch: Batch, writes: Sequence[Write]) -> None:
    """Another change of the same rows, or of lines of a record that this batch made, stands in the way.

    A batch that was undone does not, nor does its undo: together they left nothing.
    """
    own, later = aliased(JournalEntry), aliased(JournalEntry)
    same_row = (later.table_name == own.table_name) & (later.record_id == own.record_id)
    its_line = (own.op == "insert") & (later.owner_table == own.table_name) & (later.owner_id == own.record_id)
    for condition in (same_row, its_line):
        query = (
            select(Batch)
            .join(later, later.batch_id == Batch.id)
            .join(own, condition)
            .where(own.batch_id == batch.id, later.batch_id != batch.id, later.id > own.id)
            .where(Batch.undone_by_id.is_(None), Batch.kind != "undo")
            .order_by(Batch.id.desc())
            .limit(1)
        )
        other = session.scalars(query).first()
        if other is not None and other.kind == ERASURE:
            raise AppError(
                f"Персональные данные, которых касалось это изменение, {day(other.at.date())} обезличены.",
                "Прежние значения стёрты, вернуть их нельзя.",
            )
        if other is not None:
            raise AppError(
                ended(f"Эти записи меняли и позже: «{other.title}», {other.at:%d.%m.%Y}, {other.actor}"),
                "Сначала отмените то изменение или исправьте записи вручную.", Deed.HISTORY,
            )


def _refuse_if_different(rows: dict[Place, Base], writes: Sequence[Write]) -> None:
    """The rows must hold what the batch left in them."""
    left: dict[Place, dict[str, str | None] | None] = {}
    for place, entry, values in writes:
        if entry.op == "delete":
            left[place] = None
            continue
        state = left.setdefault(place, {})
        if state is None:
            state = left[place] = {}
        state.update({v.field: v.after for v in values if v.after is not None or not v.after_digest})
    for place, expected in left.items():
        row = rows.get(place)
        held = {f.name: f.text(getattr(row, f.key)) for f in shape_of(type(row)).fields} if row is not None else None
        same = held is None if expected is None else held is not None and all(
            (held[name] or None) == (text or None) for name, text in expected.items()
        )
        if not same:
            raise AppError(
                "Записи с тех пор изменились: вернуть прежние значения целиком нельзя.",
                "Откройте историю записи и исправьте её вручную.",
            )


def _refuse_hole_in_register(session: Session, writes: Sequence[Write]) -> None:
    """Numbers of the register of recipients have no holes: only its last entries may be taken back."""
    given = {
        int(value.after)
        for (table, _), _, values in writes
        if table == "support"
        for value in values
        if value.field == "entry_no" and value.after is not None
    }
    if not given:
        return
    later = session.scalar(
        select(Support.entry_no).where(Support.entry_no > min(given), Support.entry_no.not_in(given)).limit(1)
    )
    if later is not None:
        raise AppError(
            f"После записи реестра №\u00a0{min(given)} внесены другие: в номерах остался бы пропуск.",
            "Если поддержки не будет, оформите её прекращение.",
        )


def _refuse_if_needed_by_others(session: Session, writes: Sequence[Write]) -> None:
    """What the batch made must not go from under later records that point to it."""
    made = {place for place, entry, _ in writes if entry.op == "insert"}
    touched = {place for place, _, _ in writes}  # what it changed gets back what it held before there was such a record
    for table, group in groupby(sorted(made), lambda place: place[0]):
        kept = class_of(table)
        if not issubclass(kept, (Record, *DICTIONARY_ENTRIES)):
            continue
        ids = [int(id) if issubclass(kept, Record) else id for _, id in group]
        for pointing, key in _links_to(Base.metadata.tables[table]):
            (own,) = pointing.primary_key
            for some in _by_portions(ids):
                query = select(own).where(key.parent.in_(some))
                # An archived record is out of the way of another record, yet its row still names a dictionary entry.
                if "archived_on" in pointing.c and issubclass(kept, Record):
                    query = query.where(pointing.c.archived_on.is_(None))
                others = [id for id in session.scalars(query) if (pointing.name, str(id)) not in touched]
                if others:
                    raise AppError(
                        f"На записи, которые внесло это изменение, уже ссылаются другие ({len(others)}).",
                        "Сначала отмените или перенесите то, что внесено позже.", Deed.HISTORY,
                    )


def _links_to(table: Table) -> list[tuple[Table, ForeignKey]]:
    return [
        (pointing, key)
        for pointing in Base.metadata.sorted_tables
        for key in pointing.foreign_keys
        if key.column.table is table and len(pointing.primary_key) == 1
    ]
