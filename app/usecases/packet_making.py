"""«Вернуть изменения»: what was changed in a working copy since it was made, read from its own journal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import AppError
from app.exchange.packets import LONGEST_TRAIL, Packet, PacketLine, PacketRecord, Trail, write_packet
from app.models import JournalEntry, JournalValue, NotDuplicate, SavedView
from app.models.schema import HEAD
from app.records import REGISTERS
from app.usecases.accounts import today_of
from app.usecases.packet_texts import MERGED, Keys, carried, in_order, line_type_of, text_now, told
from app.usecases.tables import LINE_MODELS, MODELS
from app.usecases.titles import titles
from app.usecases.working_copy import mark_of


@dataclass
class _Row:
    """What happened to one row since the fork.

    trails: field -> its texts, as it was at the fork first.  states: of a new row, whole, after each write.
    """

    table: str
    id: int
    new: bool = False
    gone: bool = False
    trails: dict[str, list[str | None]] = field(default_factory=dict)
    states: list[dict[str, str | None]] = field(default_factory=list)

    def take(self, op: str, values: Iterable[tuple[str, str | None, str | None]]) -> None:
        state = dict(self.states[-1]) if self.states else {}
        for name, before, after in values:
            if op == "delete":
                self.trails.setdefault(name, [before])
            else:
                self.trails.setdefault(name, [before]).append(after)
            state[name] = after
        if op == "insert":
            self.new = True
        if op == "delete":
            self.gone = True
        elif self.new:
            self.states.append(state)


def packet_of(session: Session) -> Packet:
    """The packet of this working copy; AppError for a file that is none."""
    mark = mark_of(session)
    if mark is None:
        raise AppError(
            "Этот файл — не рабочая копия: возвращать отсюда некуда.",
            "Пакет составляют в рабочей копии, а принимают в основном файле.",
        )
    return Packet(
        mark.of, mark.base, HEAD, mark.whom, str(session.info["actor"]), today_of(session),
        tuple(_records(session, mark.entry)),
    )  # fmt: skip


def packet_file(session: Session) -> bytes:
    """The file of it."""
    return write_packet(packet_of(session))


def packet_name(packet: Packet) -> str:
    """The name a packet is given: «Тихонова А. С. 2026-11-27.kurator-packet»."""
    safe = "".join(sign if sign.isalnum() or sign in " ._-" else "_" for sign in packet.made_for)[:80]
    return f"{safe} {packet.made_on.isoformat()}.kurator-packet"


def _records(session: Session, fork: int) -> Iterator[PacketRecord]:
    rows, lines = _rows(session, fork)
    keys = Keys(session)
    apart = _told_apart(session, fork, keys)
    for register in in_order():
        touched = {id for table, id in (*rows, *lines) if table == register}
        ids = sorted(touched | set(apart) if register == "ngo" else touched)
        named = titles(session, register, ids) if ids else {}
        for id in ids:
            row = rows.get((register, id)) or _Row(register, id)
            kept = session.get_one(MODELS[register], id)
            archived, restored = _archive(row, kept)
            merged = row.trails.get(MERGED)
            found = PacketRecord(
                register, kept.uuid, named.get(id, ""), row.new, _trails(row, keys),
                tuple(filter(None, (_line(session, line, keys) for line in lines.get((register, id), ())))),
                archived, restored, keys.uuid("ngo", int(merged[-1])) if merged and merged[-1] else None,
                apart.get(id, ()) if register == "ngo" else (),
            )  # fmt: skip
            changed = found.fields or found.lines or archived is not None or restored or found.merged_into
            if row.new or changed or found.told_apart:
                yield found


def _told_apart(session: Session, fork: int, keys: Keys) -> dict[int, tuple[str, ...]]:
    """NGO -> keys of the cards that were told apart from it since the fork; each pair stands with its first."""
    since = (
        select(JournalEntry.record_id)
        .where(JournalEntry.id > fork, JournalEntry.table_name == NotDuplicate.__tablename__)
        .where(JournalEntry.op == "insert")
    )
    written = {int(id) for id in session.scalars(since)}
    found: dict[int, tuple[str, ...]] = {}
    for pair in session.scalars(select(NotDuplicate).order_by(NotDuplicate.id)):
        id = keys.id("ngo", pair.first)
        if pair.id in written and id is not None and keys.id("ngo", pair.second) is not None:
            found[id] = (*found.get(id, ()), pair.second)
    return found


def views_left(session: Session) -> int:
    """Views of tables that were saved in this copy and stay there: the packet brings records."""
    mark = mark_of(session)
    since = (
        select(JournalEntry.record_id)
        .where(JournalEntry.id > (mark.entry if mark else 0), JournalEntry.table_name == SavedView.__tablename__)
    )  # fmt: skip
    touched = {int(id) for id in session.scalars(since)}
    return sum(id in touched for id in session.scalars(select(SavedView.id).where(SavedView.archived_on.is_(None))))


def _rows(session: Session, fork: int) -> tuple[dict[tuple[str, int], _Row], dict[tuple[str, int], list[_Row]]]:
    """Rows of registers, and rows of lines by the record they hang on, that were written since an entry."""
    known = (*REGISTERS, *LINE_MODELS)
    entries = (
        select(JournalEntry).where(JournalEntry.id > fork, JournalEntry.table_name.in_(known)).order_by(JournalEntry.id)
    )
    query = select(JournalValue).where(JournalValue.entry_id > fork).order_by(JournalValue.entry_id, JournalValue.field)
    values: dict[int, list[JournalValue]] = defaultdict(list)
    for value in session.scalars(query):
        values[value.entry_id].append(value)
    rows: dict[tuple[str, int], _Row] = {}
    lines: dict[tuple[str, int], list[_Row]] = defaultdict(list)
    for entry in session.scalars(entries):
        place = (entry.table_name, int(entry.record_id))
        if place not in rows:
            rows[place] = _Row(*place)
            if entry.owner_table:
                lines[entry.owner_table, int(entry.owner_id)].append(rows[place])
        rows[place].take(entry.op, [(v.field, v.before, v.after) for v in values[entry.id]])
    return rows, lines


def _archive(row: _Row, kept: Any) -> tuple[str | None, bool]:
    """The reason under which the record lies in the archive since the fork, and whether it came back from there."""
    trail = row.trails.get("archived_on")
    if trail is None:
        return None, False
    if kept.archived_on is not None:
        return str(kept.archive_reason or ""), False
    return None, trail[0] is not None


def _trails(row: _Row, keys: Keys) -> dict[str, Trail]:
    columns = carried(row.table)
    found = {}
    for name in sorted(set(row.trails) & set(columns)):
        of = next(filter(None, reversed(row.trails.get("about_register", []))), "")  # of a reminder
        trail = [told(columns[name], text, keys, of) for text in row.trails[name]]
        if any(text != trail[0] for text in trail):
            found[name] = _short(trail)
    return found


def _short(trail: list[str | None]) -> Trail:
    """The trail without repeats in a row; of a very long one the middle goes."""
    bare = [text for place, text in enumerate(trail) if not place or text != trail[place - 1]]
    if len(bare) > LONGEST_TRAIL:
        bare = [bare[0], *bare[-(LONGEST_TRAIL - 1) :]]
    return tuple(bare)


def _line(session: Session, row: _Row, keys: Keys) -> PacketLine | None:
    columns = carried(row.table)
    if row.new:
        states = [
            {name: text for name, one in columns.items() if (text := told(one, state.get(name), keys)) is not None}
            for state in row.states[-LONGEST_TRAIL:]
        ]
        return PacketLine(row.table, None, row.gone, {}, tuple(states))
    if row.gone:  # what it held when it went, so that a change of it elsewhere is seen
        trails = {
            name: _short([told(columns[name], text, keys) for text in trail])
            for name, trail in sorted(row.trails.items())
            if name in columns
        }
        return PacketLine(row.table, row.id, True, trails, ())
    trails = _trails(row, keys)
    if not trails:
        return None
    kept = session.get_one(LINE_MODELS[row.table], row.id)
    known = {name: (text_now(columns[name], kept, keys),) for name in line_type_of(row.table).match if name in columns}
    return PacketLine(row.table, row.id, False, known | trails, ())  # a trail of one: unchanged, by which it is known
