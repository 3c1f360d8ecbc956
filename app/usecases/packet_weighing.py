"""How a value of a packet stands to that of the file: the same, hers to take, or disputed by both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.fields import Kind
from app.exchange.packets import PacketLine, PacketRecord, Trail, newer
from app.models import Batch, JournalEntry, JournalValue
from app.records import LINES
from app.usecases.packet_plan import FieldPlan, Hers
from app.usecases.packet_texts import ANY, Carried, Keys, about, carried, line_type_of, shown, text_now, told, value_of
from app.usecases.tables import LINE_MODELS, column

KIND = "packet"
"""The kind of the batch that takes a packet in."""


class Stand(Enum):
    """What becomes of one value."""

    SAME = auto()
    TAKE = auto()
    DISPUTED = auto()


def stand(trail: Trail, now: str | None) -> Stand:
    """now: what the file holds.  A value that she herself had in between came with an earlier packet of hers."""
    hers = trail[-1]
    if now == hers:
        return Stand.SAME
    if now in trail:
        return Stand.TAKE
    return Stand.SAME if trail[0] == hers else Stand.DISPUTED  # she left it as it was


@dataclass
class Weighing:
    """One record of the packet on its way: what is to be saved and what a person is shown.

    values: by field key; also: columns of verbs; lines: whole kinds of lines, by key.
    """

    session: Session
    keys: Keys
    names: Mapping[str, str]
    place: str
    hers: Hers
    values: dict[str, Any] = field(default_factory=dict)
    also: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    plans: list[FieldPlan] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def idle(self) -> bool:
        return not (self.values or self.also or self.lines)

    def chosen(self, key: str, *, disputed: bool) -> bool:
        """Is hers taken?"""
        if not disputed or self.hers == "hers":
            return True
        return self.hers != "mine" and key in self.hers

    def plan(self, name: str, title: str, mine: str, hers: str, *, disputed: bool) -> bool:
        """Show one change; True if hers is taken."""
        key = f"{self.place}:{name}"
        self.plans.append(FieldPlan(key, title, mine, hers, disputed))
        return self.chosen(key, disputed=disputed)

    def field(self, one: Carried, trail: Trail, now: str | None, name: str, title: str) -> bool:
        """Weigh one value; True if hers is to be written."""
        found = stand(trail, now)
        if found is Stand.SAME:
            return False
        return self.plan(name, title, self.words(one, now), self.words(one, trail[-1]),
                         disputed=found is Stand.DISPUTED)  # fmt: skip

    def words(self, one: Carried, text: str | None) -> str:
        return shown(self.session, one, text, self.keys, self.names)

    def keep(self, one: Carried, text: str | None) -> None:
        """A value of the record itself is to be written."""
        value = value_of(one, text, self.keys)
        if one.field is not None:
            self.values[one.field.key] = value
        else:
            self.also[one.name] = value
            if one.register == ANY:
                self.also["about_register"] = about(text or "")[0]


def look_at_names(record: PacketRecord) -> None:
    """AppError when the packet names lines or columns that this program does not know: a later one wrote it."""
    for kind, named in (
        (record.register, record.fields),
        *((line.kind, names) for line in record.lines for names in (line.fields, *line.versions)),
    ):
        if kind != record.register and kind not in {line.key for line in LINES[record.register]}:
            raise newer()
        if set(named) - set(carried(kind)):
            raise newer()


def weigh_fields(w: Weighing, table: str, trails: Mapping[str, Trail], row: Any) -> None:
    """row: of the file, None for a new record."""
    known = carried(table)
    for name, trail in trails.items():
        one = known[name]
        if row is None:
            if trail[-1] is not None:
                w.keep(one, trail[-1])
                if one.field is None or one.field.kind is not Kind.FLAG or trail[-1] == "1":
                    w.plan(name, one.title, "—", w.words(one, trail[-1]), disputed=False)
        elif w.field(one, trail, text_now(one, row, w.keys), name, one.title):
            w.keep(one, trail[-1])


def weigh_lines(w: Weighing, id: int | None, given: tuple[PacketLine, ...]) -> None:
    """Lay her lines over the kept ones of record `id`, None for a new one."""
    by_kind: dict[str, list[PacketLine]] = {}
    for line in given:
        by_kind.setdefault(line.kind, []).append(line)
    for kind, lines in by_kind.items():
        _Lines(w, kind, carried(kind), id).lay(lines)


class _Lines:
    """The lines of one kind of one record."""

    def __init__(self, w: Weighing, kind: str, known: Mapping[str, Carried], owner: int | None) -> None:
        self.w, self.kind, self.known, self.type = w, kind, known, line_type_of(kind)
        model = LINE_MODELS[kind]
        query = select(model).where(column(model, self.type.parent_column) == owner).order_by(model.id)
        self.rows: dict[int, Any] = {row.id: row for row in w.session.scalars(query)} if owner is not None else {}
        self.free = dict(self.rows)
        self.kept: dict[int, dict[str, Any] | None] = {id: {"id": id} for id in self.rows}
        self.added: list[dict[str, Any]] = []
        self.touched = False

    def lay(self, lines: list[PacketLine]) -> None:
        for line in lines:
            if line.id is not None:
                self.free.pop(line.id, None)
        again = self._entered_anew(lines)
        # What lives claims its kept line before what went could: else a line entered twice would go and come forever.
        for number, line in sorted(enumerate(lines), key=lambda pair: pair[1].gone):
            if line.id is not None and line.id not in again:
                self._old(line, line.id)
            elif line.id is not None:
                self._anew(line, again[line.id], self.rows[line.id])
            elif not any(line is one for one in again.values()):
                self._new(line, number)
        if self.touched:
            self.w.lines[self.kind] = [*(one for one in self.kept.values() if one is not None), *self.added]

    def _entered_anew(self, lines: list[PacketLine]) -> dict[int, PacketLine]:
        """Lines that she removed and entered again: id of the kept line -> the new one.  It is an edit of the kept."""
        gone = [self.rows[line.id] for line in lines if line.gone and line.id in self.rows]
        found: dict[int, PacketLine] = {}
        for line in lines:
            if line.id is None and not line.gone:
                same = self._matching(line.versions[-1], [row for row in gone if row.id not in found])
                if same is not None:
                    found[same] = line
        return found

    def _anew(self, gone: PacketLine, line: PacketLine, row: Any) -> None:
        for key, one in self.known.items():
            trail = (*gone.fields.get(key, (None,)), *(version.get(key) for version in line.versions))
            title = f"{self._title(row)}, {one.title.lower()}"
            if self.w.field(one, trail, text_now(one, row, self.w.keys), f"{self.kind}#{row.id}:{key}", title):
                self._set(row.id, one, trail[-1])

    def _old(self, line: PacketLine, id: int) -> None:
        row, name = self.rows.get(id), f"{self.kind}#{id}"
        if row is None and not line.gone:  # removed here and perhaps entered anew
            again = self._matching({key: trail[-1] for key, trail in line.fields.items()}, self.free.values())
            row = self.free.pop(again) if again is not None else None
        elif row is None:  # removed here too and entered anew: as it was, it is what she removed; else it is disputed
            texts = {key: trail[0] for key, trail in line.fields.items()}
            same = (id for id, one in self.free.items()
                    if all(text_now(spec, one, self.w.keys) == texts.get(key) for key, spec in self.known.items()))
            again = next(same, None) or self._matching(texts, self.free.values())
            if again is not None:
                id, row = again, self.free.pop(again)
        if row is None:
            if not line.gone and any(trail[0] != trail[-1] for trail in line.fields.values()):
                words = ", ".join(self.w.words(self.known[key], trail[-1]) for key, trail in line.fields.items())
                self.w.notes.append(f"{self._title()} здесь убрано, а в копии изменено ({words}): осталось убранным.")
            return
        if line.gone:
            differs = [key for key, one in self.known.items()
                       if text_now(one, row, self.w.keys) not in line.fields.get(key, (None,))]  # fmt: skip
            if self.w.plan(f"{name}:gone", self._title(), self._told(row), "убрано", disputed=bool(differs)):
                self.kept[id], self.touched = None, True
            return
        for key, trail in line.fields.items():
            one = self.known[key]
            title = f"{self._title(row)}, {one.title.lower()}"
            now = text_now(one, row, self.w.keys)
            if len(trail) > 1 and self.w.field(one, trail, now, f"{name}:{key}", title):
                self._set(row.id, one, trail[-1])

    def _new(self, line: PacketLine, number: int) -> None:
        same = self._same(line)
        if line.gone:
            if same is not None and self._as_it_came(same) is not None:
                self.free.pop(same)
                if self.w.plan(f"{self.kind}+{number}:gone", self._title(), self._told(self.rows[same]), "убрано",
                               disputed=False):  # fmt: skip
                    self.kept[same], self.touched = None, True
            return
        hers = line.versions[-1]
        if same is None:
            words = ", ".join(self.w.words(one, hers[key]) for key, one in self.known.items() if hers.get(key))
            if self.w.plan(f"{self.kind}+{number}", self._title(), "—", words, disputed=False):
                self.added.append({
                    one.field.key: value_of(one, hers[key], self.w.keys)
                    for key, one in self.known.items() if one.field is not None and key in hers
                })  # fmt: skip
                self.touched = True
            return
        row = self.free.pop(same)
        for key, one in self.known.items():
            trail = (None, *(version.get(key) for version in line.versions))
            title = f"{self._title(row)}, {one.title.lower()}"
            if self.w.field(one, trail, text_now(one, row, self.w.keys), f"{self.kind}+{number}:{key}", title):
                self._set(same, one, trail[-1])

    def _same(self, line: PacketLine) -> int | None:
        """The kept line that is hers, or means the same: equal to a state of hers, else in what makes lines one."""
        for version in reversed(line.versions):
            for id, row in self.free.items():
                if all(text_now(one, row, self.w.keys) == version.get(key) for key, one in self.known.items()):
                    return id
        if not self._match:  # such lines have nothing but their values: hers may have been corrected here since
            came = {id: self._as_it_came(id) for id in self.free}
            return next((id for id, state in came.items() if state is not None and state in line.versions), None)
        found = (self._matching(version, self.free.values()) for version in reversed(line.versions))
        return next((id for id in found if id is not None), None)

    @property
    def _match(self) -> list[str]:
        return [key for key in self.type.match if key in self.known]

    def _matching(self, texts: Mapping[str, str | None], rows: Iterable[Any]) -> int | None:
        """The one of these kept lines that agrees in what makes lines one."""
        match = self._match
        if not match or not set(match) & set(texts):
            return None
        return next(
            (row.id for row in rows
             if all(text_now(self.known[key], row, self.w.keys) == texts.get(key) for key in match)),
            None,
        )  # fmt: skip

    def _set(self, id: int, one: Carried, text: str | None) -> None:
        line = self.kept[id]
        if line is not None and one.field is not None:
            line[one.field.key] = value_of(one, text, self.w.keys)
            self.touched = True

    def _as_it_came(self, id: int) -> dict[str, str | None] | None:
        """What a line held when a packet brought it; None for one that came otherwise."""
        query = (
            select(JournalValue.field, JournalValue.after)
            .join(JournalEntry, JournalEntry.id == JournalValue.entry_id)
            .join(Batch, Batch.id == JournalEntry.batch_id)
            .where(JournalEntry.table_name == self.kind, JournalEntry.record_id == str(id))
            .where(JournalEntry.op == "insert", Batch.kind == KIND)
        )
        texts: dict[str, str | None] = dict(self.w.session.execute(query).all())
        if not texts:
            return None
        came = {name: told(one, texts.get(name), self.w.keys) for name, one in self.known.items()}
        return {name: text for name, text in came.items() if text is not None}

    def _title(self, row: Any = None) -> str:
        """«Показатели года», of a row with what makes it one: «Показатели года (2024)»."""
        title = f"{self.type.title_one[0].upper()}{self.type.title_one[1:]}"
        texts = [(self.known[key], text_now(self.known[key], row, self.w.keys)) for key in self._match] if row else []
        told = ", ".join(self.w.words(one, text) for one, text in texts if text)
        return f"{title} ({told})" if told else title

    def _told(self, row: Any) -> str:
        texts = ((one, text_now(one, row, self.w.keys)) for one in self.known.values())
        return ", ".join(self.w.words(one, text) for one, text in texts if text) or "—"


