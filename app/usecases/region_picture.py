"""The region's figures of a quarter out of the digests kept beside the returns: no return is parsed for a page."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.core.periods import Quarter
from app.models import REGION_DIGEST, ReceivedReturn
from app.region.archive import Archive
from app.region.completeness import filled_rows
from app.region.consolidate import Consolidation
from app.region.digest import VERSION
from app.region.expected import District
from app.region.held import Held, Joint, Rest, Tables, layout_of
from app.region.picture import picture
from app.returns.codec import parsed_return
from app.returns.snapshot import QuarterReturn
from app.usecases.region_digests import joint_names, missing_digests, parts
from app.usecases.region_returns import Source, loaded

D = REGION_DIGEST.c


def consolidation_of(
    session: Session, quarter: Quarter, sources: Sequence[Source], districts: Sequence[District]
) -> Consolidation | None:
    """The consolidation of a quarter over versions that stand, of it and of former quarters.

    The same figures as `consolidate` counts over the returns themselves.  None when a digest is missing (a file of an
    older program that was opened by nobody since): then the returns have to be parsed.
    """
    given: dict[Quarter, dict[str, Source]] = defaultdict(dict)
    for one in sources:
        given[one.quarter][one.oktmo] = one
    by_id = {one.id: one for one in sources}
    if not by_id.keys().isdisjoint(missing_digests(session)):
        return None
    return picture(quarter, given, districts, _archive(session, by_id))


def filled_of(session: Session, ids: Sequence[int]) -> dict[int, frozenset[str]]:
    """Rows with something in them by id of the return; parsed where a digest is missing."""
    query = (D.filled, D.version)
    found = {id: frozenset(json.loads(kept)) for id, kept, version in _rows(session, ids, query) if version == VERSION}
    for some in parts([id for id in ids if id not in found]):
        rows = session.execute(select(ReceivedReturn.id, ReceivedReturn.data).where(ReceivedReturn.id.in_(some)))
        found |= {id: frozenset(filled_rows(parsed_return(data))) for id, data in rows}
    return found


def fetching(session: Session) -> Callable[[Iterable[Source]], dict[Quarter, dict[str, QuarterReturn]]]:
    """Fetches returns by their versions when the session that asked first is gone."""
    engine = readers(session)

    def fetch(sources: Iterable[Source]) -> dict[Quarter, dict[str, QuarterReturn]]:
        with reading(engine) as later:
            return loaded(later, sources)

    return fetch


def _archive(session: Session, by_id: Mapping[int, Source]) -> Archive:
    """What is fetched later is fetched in a transaction of its own: versions that were taken in never change."""
    engine = readers(session)

    def held(ids: Sequence[int]) -> dict[int, Held]:
        rest = Rest(ids, lambda some: _tables(engine, some))
        columns = (D.layout, D.numbers, D.sets, D.set_numbers, D.count)
        return {
            id: Held(id, by_id[id].oktmo, by_id[id].quarter, layout_of(layout), numbers, sets, set_numbers, count, rest)
            for id, layout, numbers, sets, set_numbers, count in _rows(session, ids, columns)
        }

    fetch = fetching(session)

    def returns(ids: Sequence[int]) -> dict[int, QuarterReturn]:
        found = fetch([by_id[id] for id in ids])
        return {id: found[by_id[id].quarter][by_id[id].oktmo] for id in ids}

    def keys(ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
        with reading(engine) as later:
            return {id: tuple(json.loads(kept)) for id, kept in _rows(later, ids, (D["keys"],))}

    def texts(ids: Sequence[int]) -> dict[int, dict[str, str]]:
        with reading(engine) as later:
            return {id: json.loads(kept) for id, kept in _rows(later, ids, (D.texts,))}

    def codes(ids: Sequence[int]) -> Iterator[tuple[str, str]]:
        with reading(engine) as later:
            for kept in {kept for _, kept in _rows(later, ids, (D.codes,))}:
                yield from ((code, title) for code, title in json.loads(kept))

    def joint(ids: Sequence[int]) -> Joint:
        return Joint(joint_names(session, ids, {id: one.quarter for id, one in by_id.items()}))

    return Archive(held, returns, keys, texts, codes, joint)


def _tables(engine: Engine, ids: Sequence[int]) -> dict[int, Tables]:
    with reading(engine) as later:
        return {id: Tables(*row) for id, *row in _rows(later, ids, (D.lines, D.line_numbers, D.asked))}


def readers(session: Session) -> Engine:
    """What reads beside the session, though it be one that writes and holds the lock."""
    engine = session.get_bind()
    assert isinstance(engine, Engine)
    return engine.execution_options(immediate=False)


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session of its own, for what is fetched when the one that asked is gone."""
    with Session(engine, autoflush=False) as later:
        yield later


def _rows(session: Session, ids: Sequence[int], columns: Sequence[Any]) -> Iterator[Any]:
    for some in parts(ids):
        yield from session.connection().execute(select(D.return_id, *columns).where(D.return_id.in_(some))).all()
