"""The aggregate of the region: digests kept in the transaction that takes a return in, and looked over by `check`.

A digest is made of one return alone.  What is counted over many is who of them is one with whom: names of the versions
that stand are kept with the mark `joint` where more than one return may tell them; a version that is replaced takes
its names out.  A mark too many costs time and changes no figure.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from app.core.command_line import CALLED
from app.core.errors import AppError
from app.core.periods import Quarter
from app.core.progress import SILENT, Progress
from app.models import REGION_DIGEST, REGION_NAME, ReceivedReturn, region_digest
from app.models.database import Database
from app.models.region_digest import IS_JOINT, IS_OTHERWISE
from app.region.digest import VERSION, Digest, Digested, Name, digest_of
from app.region.held import Names
from app.returns.codec import parsed_return

T = TypeVar("T")
D, N = REGION_DIGEST.c, REGION_NAME.c
SHARED, OTHERWISE = 1, 2
"""A key is told by several districts; somebody is told under several keys."""
_AT_ONCE = 400  # values in one query
_MOST_FAULTS = 5
MEND = f"Пересчитайте: {CALLED} --db ФАЙЛ recount."


def keep_digest(session: Session, row: ReceivedReturn, digested: Digested) -> None:
    """Keep the digest of a return that was just taken in, and its names if it stands now."""
    digest, names = digested
    region_digest.put(session, row.id, _columns(digest))
    versions = _versions(session, row.oktmo, row.quarter)
    if versions[-1] != row.id:
        return
    region_digest.forget_names(session, versions)
    _keep_names(session, row.id, row.oktmo, row.quarter, names)


def _versions(session: Session, oktmo: str, quarter: Quarter) -> list[int]:
    v = ReceivedReturn
    query = select(v.id).where(v.oktmo == oktmo, v.quarter == quarter).order_by(v.correction)
    return list(session.scalars(query))


def _columns(digest: Digest) -> dict[str, Any]:
    return {
        "version": VERSION,
        "layout": digest.layout,
        "count": len(digest.keys),
        "numbers": digest.numbers,
        "set_numbers": digest.set_numbers,
        "sets": digest.sets,
        "filled": digest.filled,
        "codes": digest.codes,
        "line_numbers": digest.line_numbers,
        "lines": digest.lines,
        "asked": digest.asked,
        "texts": digest.texts,
        "keys": json.dumps(digest.keys, ensure_ascii=False, separators=(",", ":")),
    }


def _keep_names(session: Session, id: int, oktmo: str, quarter: Quarter, names: Sequence[Name]) -> None:
    if not names:
        return
    region_digest.put_names(
        session,
        [
            {"return_id": id, "name": one.name, "key": one.key, "place": one.place, "oktmo": oktmo,
             "quarter": quarter, "joint": 0}
            for one in names
        ],
    )  # fmt: skip
    shared, otherwise = _joint_keys(session, id, oktmo)
    for level, keys in ((SHARED, shared - otherwise), (OTHERWISE, otherwise)):
        for some in parts(sorted(keys)):
            region_digest.mark_joint(session, some, level)


def _joint_keys(session: Session, id: int, oktmo: str) -> tuple[set[str], set[str]]:
    """Keys of a return that another district tells too, and those that are another key of somebody's elsewhere.

    Asked so that it takes no longer when a key is told by thousands: rows without the mark are few.
    """
    connection = session.connection()
    other = REGION_NAME.alias()
    mine = N.return_id == id
    elsewhere, before = (
        select(other.c.key).where(other.c.key == N.key, condition).exists()
        for condition in (and_(other.c.joint == 0, other.c.oktmo != oktmo), other.c.joint == SHARED)
    )
    shared = set(connection.scalars(select(N.key).where(mine, or_(before, elsewhere))))
    known = select(other.c.key).where(other.c.key == N.key, other.c.joint == OTHERWISE).exists()
    otherwise = set(connection.scalars(select(N.key).where(mine, known)))
    name_is_key = select(other.c.key).where(other.c.key == N.name).exists()
    # Two pairs of annexes А join nobody until somebody is known by that ИНН.
    is_somebody = or_(N.place.is_not(None), other.c.place.is_not(None))
    for told in (
        select(N.name, N.key).where(mine, N.name != N.key, name_is_key),
        select(N.key, other.c.key).where(mine, other.c.name == N.name, other.c.key != N.key, is_somebody),
        select(other.c.name, other.c.key).where(mine, other.c.name == N.key, other.c.name != other.c.key),
    ):
        for both in connection.execute(told):
            otherwise |= set(both)
    return shared, otherwise


def joint_names(
    session: Session, counted: Iterable[int], others: Mapping[int, Quarter]
) -> Names:
    """Names that more than one return may tell: of those that are counted all, of all others what joins two keys.

    others: id -> quarter of every version looked at, those counted among them.
    """
    connection, wanted = session.connection(), set(counted)
    now = sorted({others[id] for id in wanted})
    places = connection.execute(select(N.return_id, N.place, N.key).where(IS_JOINT, N.quarter.in_(now))).all()
    linked = select(N.return_id, N.name, N.key, N.place).where(IS_OTHERWISE, N.quarter.in_(sorted({*others.values()})))
    joined = [(name, key, place) for id, name, key, place in connection.execute(linked) if id in others]
    return Names(
        places=[(id, place, key) for id, place, key in places if place is not None and id in wanted],
        links=[(name, key) for name, key, place in joined if place is not None],
        pairs=[(name, key) for name, key, place in joined if place is None],
    )


def missing_digests(session: Session) -> list[int]:
    """Versions without a digest of this program's making, the earliest first."""
    v = ReceivedReturn
    query = (
        select(v.id).outerjoin(REGION_DIGEST, (D.return_id == v.id) & (D.version == VERSION))
        .where(D.return_id.is_(None))
    )  # fmt: skip
    return sorted(session.scalars(query))  # ordered by the file, it would read through the returns


def keep_up(database: Database, progress: Progress = SILENT) -> None:
    """At opening: digests that are missing, or of an older program, are made; nothing else is read."""
    with database.read() as session:
        missing = missing_digests(session)
    _make(database, missing, progress)


def make_anew(database: Database, progress: Progress = SILENT) -> int:
    """Every digest and name again, whatever stands there; how many.  What was taken in stays as it is."""
    with database.write("program", "Сводные цифры пересчитаны") as session:
        ids = list(session.scalars(select(ReceivedReturn.id).order_by(ReceivedReturn.id)))
        region_digest.clear(session)
        _fill(session, ids, progress)
    return len(ids)


def _make(database: Database, ids: Sequence[int], progress: Progress) -> None:
    if ids:
        with database.write("program", "Сводные цифры пересчитаны") as session:
            _fill(session, ids, progress)


def _fill(session: Session, ids: Sequence[int], progress: Progress) -> None:
    for number, id in enumerate(ids):
        progress.step(number, len(ids), "Пересчитываются принятые отчёты")
        row = session.get_one(ReceivedReturn, id)
        keep_digest(session, row, digest_of(parsed_return(row.data)))
        session.expunge(row)


def parts(values: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(values), _AT_ONCE):
        yield values[start : start + _AT_ONCE]


# --- check


def digest_faults(session: Session) -> list[str]:
    """Where the aggregate differs from a full recount, in Russian, with what to do; empty if it is the same."""
    found: list[str] = []
    v = ReceivedReturn
    stands: dict[tuple[str, Quarter], tuple[int, int]] = {}
    query = select(v.id, v.oktmo, v.quarter, v.correction)
    for id, oktmo, quarter, correction in session.execute(query):
        stands[oktmo, quarter] = max(stands.get((oktmo, quarter), (-1, 0)), (correction, id))
    standing = {id for _, id in stands.values()}
    for id in session.scalars(select(v.id).order_by(v.id)).all():
        oktmo, quarter, data = session.execute(select(v.oktmo, v.quarter, v.data).where(v.id == id)).one()
        try:
            digest, names = digest_of(parsed_return(data))
        except (AppError, ValueError):
            continue  # the return itself does not fit its hash: that is told
        kept = session.connection().execute(select(REGION_DIGEST).where(D.return_id == id)).mappings().first()
        wanted = {"return_id": id, **_columns(digest)}
        told = session.connection().execute(select(N.name, N.key, N.place).where(N.return_id == id))
        held = {tuple(row) for row in told}
        right = {(one.name, one.key, one.place) for one in names} if id in standing else set()
        if kept is None or dict(kept) != wanted or held != right:
            found.append(f"Сводные цифры отчёта {oktmo} за {quarter.title} не те, что в самом отчёте. {MEND}")
        if len(found) >= _MOST_FAULTS:
            return found
    if found:
        return found
    held_for = session.connection().scalar(select(func.count()).select_from(REGION_DIGEST)) or 0
    if held_for != session.scalar(select(func.count()).select_from(v)):
        return [f"Есть сводные цифры отчётов, которых нет. {MEND}"]
    if _unmarked(session):
        return [f"Общие для нескольких районов НКО и центры помечены не все. {MEND}"]
    return []


def _unmarked(session: Session) -> bool:
    """Is a name told by several returns without its mark?"""
    connection = session.connection()
    other = REGION_NAME.alias()
    elsewhere = select(N.key).where(
        N.joint == 0, N.place.is_not(None),
        select(other.c.key).where(other.c.key == N.key, other.c.oktmo != N.oktmo, other.c.place.is_not(None)).exists(),
    )  # fmt: skip
    otherwise = select(N.key).where(
        N.joint < OTHERWISE,
        or_(
            select(other.c.key).where(
                other.c.name == N.name, other.c.key != N.key, or_(N.place.is_not(None), other.c.place.is_not(None))
            ).exists(),
            select(other.c.key).where(other.c.key == N.name, N.name != N.key).exists(),
        ),
    )
    return any(connection.execute(query.limit(1)).first() is not None for query in (elsewhere, otherwise))
