"""Cards that are one after a merge, and NGOs that are off the register on a day: nothing is to be done for those."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from app.models import JournalEntry, JournalValue, Ngo, NgoInterval


def one_with(session: Session, id: int) -> tuple[int, ...]:
    """The card and those that were merged into it, through whatever chain: what hangs on any of them is its own."""
    found, fresh = [id], [id]
    while fresh:
        query = select(Ngo.id).where(Ngo.merged_into_id.in_(fresh), Ngo.id.not_in(found)).order_by(Ngo.id)
        fresh = list(session.scalars(query))
        found += fresh
    return tuple(found)


def left_by(session: Session, ids: Collection[int], on: date) -> Mapping[int, int]:
    """Of these cards those whose NGO is removed or archived on the day: id -> the card that left.

    A card that went into another stands as that one does.
    """
    stays = _stays(session, set(ids))
    roots = set(stays.values())
    archived = set(session.scalars(select(Ngo.id).where(Ngo.id.in_(roots), Ngo.archived_on <= on)))
    held: set[int] = set()
    removed: set[int] = set()
    spells = select(NgoInterval.ngo_id, NgoInterval.removed_on).where(NgoInterval.ngo_id.in_(roots))
    for id, until in session.execute(spells):
        (held if until is None or until > on else removed).add(id)
    gone = (removed - held) | archived
    return {id: root for id, root in stays.items() if root in gone}


def told_of_leaving(session: Session, ids: Collection[int]) -> Mapping[int, int]:
    """The number of the journal's entry that last told when a card leaves the register: id -> entry."""
    e, v = JournalEntry, JournalValue
    owner = case((e.table_name == Ngo.__tablename__, e.record_id), else_=e.owner_id)
    query = (
        select(owner, func.max(e.id))
        .join(v, v.entry_id == e.id)
        .where(
            ((e.table_name == "ngo") & (v.field == "archived_on") & e.record_id.in_([str(id) for id in ids]))
            | ((e.table_name == "ngo_interval") & (v.field == "removed_on") & e.owner_id.in_([str(id) for id in ids]))
        )
        .group_by(owner)
    )
    return {int(id): entry for id, entry in session.execute(query)}


def _stays(session: Session, ids: set[int]) -> dict[int, int]:
    """Card -> the one that stayed of it after all merges, itself if it did not go."""
    stays = {id: id for id in ids}
    while True:
        query = select(Ngo.id, Ngo.merged_into_id).where(Ngo.id.in_(set(stays.values())))
        into = {id: root for id, root in session.execute(query) if root is not None}
        if not into:
            return stays
        stays = {id: into.get(root, root) for id, root in stays.items()}
