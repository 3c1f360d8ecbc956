"""Which records a register shows: sought, sifted and in order, as ids."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from app.core.fields import Kind
from app.core.text import sort_key
from app.models import Ngo, NgoInterval, NgoMark, NgoStatus, Settlement, search_text
from app.records import LINES, ORDER, REGISTERS
from app.usecases.accounts import today_of
from app.usecases.computed import computed
from app.usecases.off_record import one_with
from app.usecases.search_index import follow
from app.usecases.search_words import sought_of
from app.usecases.tables import LINE_MODELS, MODELS, column, column_name, has_column
from app.usecases.titles import dictionary_titles, titles

_sorted = lru_cache(maxsize=200_000)(sort_key)
_IN_SQL = {
    Kind.DATE, Kind.MONEY, Kind.AMOUNT, Kind.COUNT, Kind.YEAR, Kind.QUARTER, Kind.FLAG, Kind.OGRN, Kind.INN, Kind.KPP,
}  # fmt: skip
_RANKED = 400
"""A dictionary of so many entries at most is sorted by its titles within the query."""

CALLED = "called"
"""The order of the names by which NGOs are called where a table shows those: the short ones."""
AT_HAND = 200
"""So many ids of a broad answer are given at once: what the table shows, and a little more."""
FEW = 1000
"""So many are all given."""
LARGE = 30_000
"""From so many records on, an order or a filter that looks at all of them is no answer at once."""


@dataclass(frozen=True, slots=True)
class Span:
    """A filter: from first to last, both included; None leaves that side open."""

    first: Any = None
    last: Any = None


@dataclass(frozen=True, slots=True)
class Look:
    """The beginning of an answer.  count: of all that is found; ids: the first of them in order; whole: all of them."""

    count: int
    ids: array[int]

    @property
    def whole(self) -> bool:
        return self.count == len(self.ids)


@dataclass(frozen=True, slots=True)
class _Question:
    """A search in parts.  late: filters that no SQL answers; by: its order in SQL, or None."""

    register: str
    archived: bool
    sought: search_text.Sought
    filters: tuple[ColumnElement[bool], ...]
    late: Mapping[str, Any]
    order: str
    descending: bool
    by: ColumnElement[Any] | None

    @property
    def conditions(self) -> tuple[ColumnElement[bool], ...]:
        """What lies in the archive says it in a place of its own: no question beside that."""
        model = MODELS[self.register]
        if self.sought:
            return (search_text.says(model.id, self.register, self.sought, archived=self.archived), *self.filters)
        return (model.archived_on.is_not(None) if self.archived else model.archived_on.is_(None), *self.filters)

    def ordered(self, *conditions: ColumnElement[bool]) -> Select[tuple[int]]:
        """Ids in the order of SQL.  conditions: instead of those of the question."""
        model = MODELS[self.register]
        query: Select[tuple[int]] = select(model.id).where(*(conditions or self.conditions))
        if self.by is None:
            return query
        if self.order == "ngo_id":
            query = query.join(Ngo, Ngo.id == model.ngo_id)
        # What is sought is found first and sorted then; a walk through an index would meet it late.
        by = func.coalesce(self.by, self.by) if self.sought else self.by
        first, then = (by.desc(), model.id.desc()) if self.descending else (by, model.id)
        if getattr(self.by, "nullable", True):
            return query.order_by(by.is_(None), first, then)
        return query.order_by(first, then)

    @property
    def shelved(self) -> bool:
        """Do its records stand in the index in this very order?"""
        return bool(self.sought) and self.register == "ngo" and self.order == "name" and not self.descending

    @property
    def is_quick(self) -> bool:
        """Can many be begun with without a look at all of them?"""
        table = MODELS[self.register].__table__
        named = getattr(self.by, "name", "") if not self.filters and not self.late else ""
        indexed = any(named in index.columns for index in table.indexes) and getattr(self.by, "table", None) is table
        return self.shelved if self.sought else indexed

    def begin(self, session: Session, most: int) -> array[int]:
        """The first ids, without sorting all of them where that can be."""
        if self.shelved and not self.filters:
            met = search_text.first_met(session, "ngo", self.sought, most, archived=self.archived)
            if met is not None:
                return _ids(session, self.ordered(Ngo.id.in_(met)).limit(most))
        return _ids(session, self.ordered().limit(most))


def _question(
    session: Session, register: str, search: str, filters: Mapping[str, Any], order: str | None, descending: bool,
    archived: bool,
) -> _Question | None:  # fmt: skip
    """None when no record can say what is typed."""
    follow(session)
    sought = sought_of(search)
    if sought is None:
        return None
    if order is None:
        order, descending = ORDER.get(register, (REGISTERS[register].title_field, False))
    if order == CALLED:
        order = REGISTERS[register].title_field
    conditions: list[ColumnElement[bool]] = []
    late: dict[str, Any] = {}
    for key, asked in filters.items():
        wanted = _with_merged(session, register, key, asked)
        condition = _condition(session, register, key, wanted)
        if condition is None:
            late[key] = wanted
        else:
            conditions.append(condition)
    by = _order_in_sql(session, register, order)
    return _Question(register, archived, sought, tuple(conditions), late, order, descending, by)


def matching(
    session: Session, register: str, search: str, filters: Mapping[str, Any], order: str | None, descending: bool,
    archived: bool,
) -> array[int]:  # fmt: skip
    """Ids as `registers.find` gives them."""
    asked = _question(session, register, search, filters, order, descending, archived)
    return array("q") if asked is None else _all(session, asked)


def looking(
    session: Session, register: str, search: str, filters: Mapping[str, Any], order: str | None, descending: bool,
    archived: bool,
) -> Look | None:  # fmt: skip
    """The beginning of `matching`, at once; None when it takes longer than one can wait for while typing."""
    asked = _question(session, register, search, filters, order, descending, archived)
    if asked is None:
        return Look(0, array("q"))
    simple = bool(asked.sought) and not filters
    count = search_text.count(session, register, asked.sought, archived=archived) if simple else -1
    if not (0 <= count <= FEW) and not asked.is_quick and _highest(session, register) > LARGE:
        return None
    if asked.late or asked.by is None or 0 <= count <= FEW:
        found = _all(session, asked)
        return Look(len(found), found)
    if not simple:
        query = select(func.count()).select_from(MODELS[register]).where(*asked.conditions)
        count = session.scalar(query) or 0
    found = _all(session, asked) if count <= FEW else asked.begin(session, AT_HAND)
    return Look(max(count, len(found)), found)


def _highest(session: Session, register: str) -> int:
    return session.scalar(select(func.max(MODELS[register].id))) or 0


def first_found(session: Session, register: str, search: str, most: int) -> array[int]:
    """The first of what is found in the usual order of the register, uncounted: what a field offers."""
    asked = _question(session, register, search, {}, None, False, False)
    if asked is None:
        return array("q")
    if asked.by is None:
        return _all(session, asked)[:most]
    return asked.begin(session, most)


def _all(session: Session, asked: _Question) -> array[int]:
    register = asked.register
    found = _ids(session, asked.ordered())
    ids: Any = found
    if asked.late:
        values = computed(session, register, found)
        ids = [id for id in found if all(_fits(values[id].get(key), wanted) for key, wanted in asked.late.items())]
    if asked.by is None:
        keys = _sort_keys(session, register, asked.order, ids)
        ids = sorted(ids, key=lambda found: (keys.get(found, ""), found), reverse=asked.descending)
    return found if ids is found else array("q", ids)


def _ids(session: Session, query: Select[tuple[int]]) -> array[int]:
    found: Any = session.connection().execute(query)
    return array("q", [id for (id,) in found.all()])


def _order_in_sql(session: Session, register: str, order: str) -> ColumnElement[Any] | None:
    model = MODELS[register]
    if order == "ngo_id" and register != "ngo" and has_column(model, "ngo_id"):
        return Ngo.__table__.c.called if not model.__table__.columns["ngo_id"].nullable else None
    if register == "ngo" and order == "name":
        return Ngo.__table__.c.called
    field = REGISTERS[register][order]
    name = column_name(register, order)
    if not has_column(model, name):
        return None
    if field.kind in _IN_SQL:
        return model.__table__.columns[name]  # type: ignore[no-any-return]
    if field.kind is Kind.CHOICE:
        named: Mapping[Any, str] = dictionary_titles(session, field.dictionary)
        if name != order:  # a settlement is kept by its row
            named = dict(session.execute(select(Settlement.id, Settlement.name)).all())
        if len(named) <= _RANKED:
            in_order = sorted(named, key=lambda code: (_sorted(named[code]), str(code)))
            return case({code: place for place, code in enumerate(in_order)}, value=column(model, name), else_=-1)
    return None


def _condition(session: Session, register: str, key: str, wanted: Any) -> ColumnElement[bool] | None:
    """The filter as SQL, or None when only computed values can answer it."""
    model = MODELS[register]
    if register == "ngo" and key == "settlement":
        codes = [wanted] if isinstance(wanted, str) else list(wanted or ())
        return Ngo.settlement_id.in_(select(Settlement.id).where(Settlement.oktmo.in_(codes)))
    if register == "ngo" and key == "on_record":
        today = today_of(session)
        held = exists().where(
            NgoInterval.ngo_id == Ngo.id, NgoInterval.taken_on <= today,
            or_(NgoInterval.removed_on.is_(None), NgoInterval.removed_on > today),
        )  # fmt: skip
        return held if wanted else ~held
    if register == "ngo" and key == "status":
        held_on = select(NgoStatus.status).where(NgoStatus.ngo_id == Ngo.id, NgoStatus.since <= today_of(session))
        latest = held_on.order_by(NgoStatus.since.desc()).limit(1).correlate(Ngo).scalar_subquery()
        return _compared(func.coalesce(latest, "unverified"), wanted)
    if register == "ngo" and key == "marks" and wanted:
        today = today_of(session)
        until = or_(NgoMark.valid_to.is_(None), NgoMark.valid_to >= today)
        return exists().where(NgoMark.ngo_id == Ngo.id, _compared(NgoMark.mark, wanted), NgoMark.since <= today, until)
    if has_column(model, key):
        return _compared(column(model, key), wanted)
    for line in LINES[register]:
        if key in (line.gathered_as, line.by) and line.key != "ngo_mark" and key:
            lines = LINE_MODELS[line.key]
            return exists().where(
                column(lines, line.parent_column) == model.id, _compared(column(lines, line.by), wanted)
            )
    return None


def _with_merged(session: Session, register: str, key: str, wanted: Any) -> Any:
    """Who asks for the records of an NGO means those too that stand on the cards that went into it."""
    linked = any(field.key == key and field.register == "ngo" for field in REGISTERS[register].fields)
    if not linked or isinstance(wanted, bool):
        return wanted
    ids = [wanted] if isinstance(wanted, int) else wanted
    if not isinstance(ids, list | tuple | set | frozenset):
        return wanted
    return list(dict.fromkeys(card for id in ids for card in (one_with(session, id) if isinstance(id, int) else (id,))))


def _compared(found: Any, wanted: Any) -> ColumnElement[bool]:
    if isinstance(wanted, Span):
        bounds = []
        if wanted.first is not None:
            bounds.append(found >= wanted.first)
        if wanted.last is not None:
            bounds.append(found <= wanted.last)
        return and_(True, *bounds)
    if isinstance(wanted, list | tuple | set | frozenset):
        return found.in_(list(wanted))  # type: ignore[no-any-return]
    return found.is_(None) if wanted is None else found == wanted  # type: ignore[no-any-return]


def _fits(value: Any, wanted: Any) -> bool:
    values = value if isinstance(value, tuple) else (value,)
    if isinstance(wanted, Span):
        low, high = wanted.first, wanted.last
        return any(v is not None and (low is None or v >= low) and (high is None or v <= high) for v in values)
    if isinstance(wanted, list | tuple | set | frozenset):
        return any(v in wanted for v in values)
    return wanted in values


def _sort_keys(session: Session, register: str, order: str, ids: Iterable[int]) -> Mapping[int, Any]:
    """Id -> by what it sorts, for orders that SQL does not know: Russian texts, titles, computed values."""
    field, model = REGISTERS[register][order], MODELS[register]
    if has_column(model, order):
        raw = dict(session.execute(select(model.id, column(model, order))).all())
    else:
        raw = {id: values.get(order) for id, values in computed(session, register, list(ids)).items()}
    named: Mapping[Any, str] = {}
    if field.dictionary:
        named = dictionary_titles(session, field.dictionary)
    elif field.register:
        named = titles(session, field.register)
    return {id: _sorted(_plain(named, value)) for id, value in raw.items()}


def _plain(named: Mapping[Any, str], value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "; ".join(named.get(v, str(v)) for v in value)
    if isinstance(value, bool | int) and not named:
        return f"{int(value):012d}"
    return named.get(value, str(value))
