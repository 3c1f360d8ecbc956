"""The story of one NGO: every dated fact of its registers and every change of its card, the newest first.

`story` finds the moments alone (few plain queries, no words), so that a page opens at once however long the story
is; `told` gives the words of those that come into view.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from app.core.russian import in_sentence
from app.models import Batch, Document, JournalEntry, JournalValue, PracticeState
from app.records import LINES, REGISTERS
from app.records.choices import MARKS, NGO_STATUSES, REMOVALS
from app.usecases import documents, registers
from app.usecases.accounts import today_of
from app.usecases.documents import DocumentRow
from app.usecases.off_record import one_with
from app.usecases.story_words import words_of
from app.usecases.tables import LINE_MODELS, MODELS, column, has_column
from app.usecases.titles import quoted

_MOST_CHANGES = 1000

SECTIONS: Mapping[str, tuple[str, str]] = {
    "support": ("Поддержка", "currency-rub"),
    "service": ("Услуги центров", "handshake"),
    "need": ("Потребности", "lifebuoy"),
    "partnership": ("Партнёрства", "briefcase"),
    "practice": ("Практики", "star"),
    "grant_application": ("Заявки на гранты", "file-text"),
    "appeal": ("Обращения", "envelope"),
    "reminder": ("Напоминания", "bell"),
    "document": ("Документы", "books"),
    "card": ("Учёт и отметки", "seal-check"),
    "change": ("Изменения карточки", "pencil-simple"),
}
"""Section -> its title and icon, in the order of the page."""


@dataclass(frozen=True, slots=True)
class _Source:
    """Where moments of a section are kept: days are columns, the first of them the fact itself, the others its ends."""

    register: str
    section: str
    days: tuple[str, ...]
    link: str = "ngo_id"
    line: str = ""  # the lines that name the NGO, when the record itself does not


_SOURCES = (
    _Source("support", "support", ("decision_on",)),
    _Source("service", "service", ("provided_on",), line="service_recipient"),
    _Source("need", "need", ("opened_on", "closed_on")),
    _Source("agreement", "partnership", ("starts_on", "ended_early_on", "ends_on"), line="agreement_party"),
    _Source("request", "partnership", ("asked_on",)),
    _Source("practice", "practice", ()),
    _Source("grant_application", "grant_application", ("applied_on", "decision_on", "reported_on")),
    _Source("appeal", "appeal", ("received_on", "answered_on")),
)


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened on a day: `step` of a record, or with words of its own (text, beside).

    section: a key of SECTIONS.  register and id: what it opens; of a change, the id of its batch.
    on: None for a fact without a day.
    """

    section: str
    register: str
    id: int
    on: date | None
    step: int = 0
    text: str = ""
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A moment in words.  money: ₽ of the fact, None where there is none."""

    moment: Moment
    text: str
    beside: str = ""
    money: Decimal | None = None


@dataclass(frozen=True, slots=True)
class YearSum:
    """A year of an NGO: decisions on support (ends left out), ₽ of the financial ones, services and their hours."""

    year: int
    support: int
    money: Decimal
    services: int
    hours: Decimal


@dataclass(frozen=True, slots=True)
class Story:
    """One NGO with the cards that were merged into it.

    moments: the newest first.  counts: section -> how many facts (not moments).  years: the latest first.
    """

    card: registers.Card
    name: str
    cards: tuple[int, ...]
    as_of: date
    moments: tuple[Moment, ...]
    counts: Mapping[str, int]
    years: tuple[YearSum, ...]
    open_needs: int
    documents: tuple[DocumentRow, ...] = ()
    first_changes: int = field(default=0)

    @property
    def sections(self) -> tuple[str, ...]:
        """Sections that there are in this program, in their order."""
        return tuple(key for key in SECTIONS if key not in ("appeal", "reminder") or key in REGISTERS)

    def within(self, sections: Collection[str]) -> tuple[Moment, ...]:
        """Moments of these sections, all of them for none."""
        return tuple(m for m in self.moments if m.section in sections) if sections else self.moments

    def by_section(self, sections: Collection[str] = ()) -> tuple[Moment, ...]:
        """The facts themselves, section by section, the newest first in each."""
        order = {key: place for place, key in enumerate(SECTIONS)}
        found = [m for m in self.within(sections) if m.step == 0]
        return tuple(sorted(found, key=lambda m: order[m.section]))


def story(session: Session, ngo_id: int) -> Story:
    """The story of a card, archived or not.  AppError when there is none such."""
    card = registers.card(session, "ngo", ngo_id)
    cards = one_with(session, ngo_id)
    moments: list[Moment] = list(_of_the_card(card))
    counts: Counter[str] = Counter()
    ids: dict[str, list[int]] = {"ngo": list(cards)}
    years = _Years()
    for source in _SOURCES:
        if source.register not in REGISTERS:
            continue
        for row in _rows_of(session, source, cards):
            ids.setdefault(source.register, []).append(row.id)
            counts[source.section] += 1
            years.add(source.register, row)
            moments += _steps(source, row, today_of(session))
    moments += _practices(session, ids.get("practice", ()))
    moments += _reminders(session, ids)
    hung = _documents(session, ids)
    moments += [Moment("document", "document", d.id, d.attached_on, text=d.name, beside=d.told) for d in hung]
    changes = _changes(session, cards)
    moments += changes
    counts.update({"document": len(hung), "change": len(changes)})
    counts["reminder"] = sum(m.section == "reminder" for m in moments)
    counts["card"] = sum(m.section == "card" for m in moments)
    return Story(
        card=card, name=str(card.values.get("short_name") or card.values["name"]), cards=cards,
        as_of=today_of(session), moments=tuple(sorted(moments, key=_newest)), counts=dict(counts),
        years=years.found(), open_needs=years.open_needs, documents=hung, first_changes=len(changes),
    )  # fmt: skip


def told(session: Session, moments: Iterable[Moment]) -> list[Told]:
    """These moments in words, in their order; one whose record is no more is left out."""
    wanted = list(moments)
    ids: dict[str, set[int]] = {}
    for moment in wanted:
        if not moment.text:
            ids.setdefault(moment.register, set()).add(moment.id)
    rows = {
        (register, row.id): row.values
        for register, some in ids.items()
        for row in registers.rows(session, register, some)
    }
    found = []
    for moment in wanted:
        if moment.text:
            found.append(Told(moment, moment.text, moment.beside))
        elif (values := rows.get((moment.register, moment.id))) is not None:
            found.append(Told(moment, *words_of(moment.register, values, moment.step)))
    return found


def _newest(moment: Moment) -> tuple[int, int, int]:
    """Order of the time line; of one day, a change of the card comes before the facts, a later record first."""
    order = list(SECTIONS)
    return -(moment.on or date.min).toordinal(), -order.index(moment.section), -moment.id


_SUMMED = {
    "support": ("form", "amount", "terminates_id"),
    "service": ("hours",),
    "need": ("status",),
}


def _rows_of(session: Session, source: _Source, cards: tuple[int, ...]) -> Iterable[Any]:
    """Id, days and what is summed of every live record of the NGO; one with two of its cards stands once."""
    model = MODELS[source.register]
    columns = [column(model, key) for key in ("id", *source.days, *_SUMMED.get(source.register, ()))]
    query = select(*columns).where(model.archived_on.is_(None))
    if source.line:
        line = LINE_MODELS[source.line]
        parent = next(one.parent_column for one in LINES[source.register] if one.key == source.line)
        query = query.where(model.id.in_(select(column(line, parent)).where(column(line, source.link).in_(cards))))
    else:
        query = query.where(column(model, source.link).in_(cards))
    return session.execute(query)


def _steps(source: _Source, row: Any, today: date) -> Iterator[Moment]:
    for step, key in enumerate(source.days):
        on = getattr(row, key)
        if step == 0 or (on is not None and on <= today):  # a term ahead is not yet a part of the story
            if source.register == "agreement" and key == "ends_on" and row.ended_early_on:
                continue
            yield Moment(source.section, source.register, row.id, on, step)


class _Years:
    """Sums by year, gathered while the rows are read."""

    def __init__(self) -> None:
        self._sums: dict[int, list[Any]] = {}
        self.open_needs = 0

    def add(self, register: str, row: Any) -> None:
        if register == "need":
            self.open_needs += row.status == "open"
        elif register == "support" and row.terminates_id is None:
            year = self._sums.setdefault(row.decision_on.year, [0, Decimal(0), 0, Decimal(0)])
            year[0] += 1
            year[1] += (row.amount or 0) if row.form == "211" else 0
        elif register == "service":
            year = self._sums.setdefault(row.provided_on.year, [0, Decimal(0), 0, Decimal(0)])
            year[2] += 1
            year[3] += row.hours or 0

    def found(self) -> tuple[YearSum, ...]:
        return tuple(YearSum(year, *self._sums[year]) for year in sorted(self._sums, reverse=True))


def _practices(session: Session, ids: Collection[int]) -> Iterator[Moment]:
    """Each state that a practice reached; one without any stands without a day."""
    s = PracticeState
    query = select(s.practice_id, s.reached_on).where(s.practice_id.in_(ids)).order_by(s.practice_id, s.reached_on)
    seen: Counter[int] = Counter()
    for id, on in session.execute(query):
        yield Moment("practice", "practice", id, on, step=seen[id])
        seen[id] += 1
    for id in set(ids) - set(seen):
        yield Moment("practice", "practice", id, None)


def _reminders(session: Session, ids: Mapping[str, Collection[int]]) -> Iterator[Moment]:
    """Reminders of the card and of its records, also those of days ahead."""
    if "reminder" not in REGISTERS or not has_column(MODELS["reminder"], "about_register"):
        return
    r = MODELS["reminder"]
    about = or_(*(and_(r.about_register == key, r.about_id.in_(some)) for key, some in ids.items() if some))
    for id, on in session.execute(select(r.id, r.due_on).where(r.archived_on.is_(None), about)):
        yield Moment("reminder", "reminder", id, on)


def _documents(session: Session, ids: Mapping[str, Collection[int]]) -> tuple[DocumentRow, ...]:
    """Documents of the card and of its records, the latest attached first."""
    hung = set(session.scalars(select(Document.register).where(Document.archived_on.is_(None)).distinct()))
    found = [d for key, some in ids.items() if key in hung for d in documents.documents_of(session, key, some)]
    return tuple(sorted(found, key=lambda d: (-d.attached_on.toordinal(), -d.id)))


def _of_the_card(card: registers.Card) -> Iterator[Moment]:
    """Days of the card itself: registered, taken on record and off it, states, marks, liquidated."""
    values, lines = card.values, card.lines

    def at(on: date | None, text: str, beside: str = "") -> Iterator[Moment]:
        if on is not None:
            yield Moment("card", "ngo", card.id, on, text=text, beside=beside)

    yield from at(values.get("registered_on"), "Зарегистрирована как юридическое лицо")
    yield from at(values.get("liquidated_on"), "Ликвидирована")
    yield from at(values.get("verified_on"), "Сведения проверены", str(values.get("verified_by") or ""))
    for one in lines.get("ngo_interval", ()):
        yield from at(one["taken_on"], "Поставлена на учёт", "до начала учёта" if one.get("before_records") else "")
        yield from at(one.get("removed_on"), "Снята с учёта", REMOVALS.get(one.get("removal") or "", ""))
    for one in lines.get("ngo_status", ()):
        yield from at(one["since"], f"Статус: {NGO_STATUSES.get(one['status'], one['status'])}", one.get("basis") or "")
    for one in lines.get("ngo_mark", ()):
        title = str(MARKS.get(one["mark"], one["mark"]))
        until = f"по {one['valid_to']:%d.%m.%Y}" if one.get("valid_to") else "бессрочно"
        yield from at(one["since"], f"Отметка {quoted(title)}", ", ".join(filter(None, (until, one.get("basis")))))


def local_day(moment: datetime) -> date:
    """The day of a moment of the journal (UTC) by the clock of this computer."""
    return moment.replace(tzinfo=UTC).astimezone().date()


def _changes(session: Session, cards: tuple[int, ...]) -> list[Moment]:
    """What was written into the card: one a batch, the latest thousand, with the fields that changed."""
    e, v = JournalEntry, JournalValue
    keys = [str(id) for id in cards]
    itself = and_(e.table_name == "ngo", e.record_id.in_(keys))
    of_card = or_(itself, and_(e.owner_table == "ngo", e.owner_id.in_(keys)))
    batches = select(e.batch_id).where(of_card).distinct().order_by(e.batch_id.desc()).limit(_MOST_CHANGES)
    wanted = list(session.scalars(batches))
    fields: dict[int, dict[str, None]] = {id: {} for id in wanted}
    query = select(e.batch_id, e.table_name, e.op, v.field).join(v, v.entry_id == e.id)
    query = query.where(of_card, e.batch_id.in_(wanted))
    for batch, table, op, name in session.execute(query.order_by(e.id, v.field)):
        title = _field_title(table, op, name)
        if title:
            fields[batch][title] = None
    rows = session.execute(select(Batch.id, Batch.at, Batch.title, Batch.actor).where(Batch.id.in_(wanted)))
    return [
        Moment("change", "ngo", id, local_day(at), text=title, beside=_beside(actor, tuple(fields[id])))
        for id, at, title, actor in rows
    ]


def _beside(actor: str, names: tuple[str, ...]) -> str:
    told = ", ".join(names[:4]) + (f" и ещё {len(names) - 4}" if len(names) > 4 else "")
    return " · ".join(filter(None, (told, actor)))


_FIELDS = {"ngo": {f.key: in_sentence(f.title) for f in REGISTERS["ngo"].fields} | {"settlement_id": "поселение"}}
_LINES_OF_NGO = {line.key: in_sentence(line.title) for line in LINES["ngo"]}


def _field_title(table: str, op: str, name: str) -> str:
    """The word of what was written; a new record is not told field by field."""
    if table != "ngo":
        return _LINES_OF_NGO.get(table, "")
    return "" if op == "insert" else _FIELDS["ngo"].get(name, "")
