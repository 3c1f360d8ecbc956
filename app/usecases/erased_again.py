"""Whether the file still, or again, holds a person whom an act says is erased: after a restored backup it may."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Contact, Erasure, ErasureAct, JournalEntry, JournalValue
from app.usecases.contacts import PERSONAL


def faults_of_erased(session: Session) -> list[str]:
    """For `check`: persons who are erased by an act and whose data the file holds all the same."""
    found = []
    query = select(Erasure, ErasureAct.number).join(ErasureAct, ErasureAct.id == Erasure.act_id)
    for line, number in session.execute(query.order_by(Erasure.id)):
        if holds_data(session, line.contact_uuid):
            found.append(
                f"Контакт №\u00a0{line.contact_no} обезличен актом №\u00a0{number}, но его данные в файле снова есть:"
                " обезличьте его ещё раз на странице «Контакты»."
            )
    return list(dict.fromkeys(found))


def contact_id(session: Session, uuid: str) -> int | None:
    """The row of a contact by its key: the living one, or the one the journal remembers."""
    id = session.scalar(select(Contact.id).where(Contact.uuid == uuid))
    if id is not None:
        return id
    e, v = JournalEntry, JournalValue
    written = (
        select(e.record_id)
        .join(v, v.entry_id == e.id)
        .where(e.table_name == Contact.__tablename__, v.field == "uuid", (v.after == uuid) | (v.before == uuid))
    )
    key = session.scalar(written.limit(1))
    return int(key) if key is not None else None


def holds_data(session: Session, uuid: str) -> bool:
    """Is the person in the row, or in any value of it in the journal?"""
    id = contact_id(session, uuid)
    if id is None:
        return False
    contact = session.get(Contact, id)
    if contact is not None and contact.erased_on is None:
        return True
    e, v = JournalEntry, JournalValue
    held = (
        select(v.entry_id)
        .join(e, e.id == v.entry_id)
        .where(e.table_name == Contact.__tablename__, e.record_id == str(id), v.field.in_(PERSONAL))
        .where(v.before.is_not(None) | v.after.is_not(None))
    )
    return session.scalar(held.limit(1)) is not None
