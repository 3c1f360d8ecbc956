"""Whether the file still, or again, holds a person whom an act says is erased: after a restored backup it may."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Appeal, Contact, Erasure, ErasureAct, JournalEntry, JournalValue
from app.usecases.contacts import PERSONAL

NAME = "обезличено"
PERSONAL_OF = {"contact": PERSONAL, "appeal": ("sender",)}
"""Register -> the columns that name a person."""
_MODELS: dict[str, type[Contact] | type[Appeal]] = {"contact": Contact, "appeal": Appeal}
CALLED = {"contact": "Контакт", "appeal": "Обращение"}
AGAIN = {"contact": "на странице «Контакты»", "appeal": "в карточке обращения"}


def faults_of_erased(session: Session) -> list[str]:
    """For `check`: persons who are erased by an act and whose data the file holds all the same."""
    found = []
    query = select(Erasure, ErasureAct.number).join(ErasureAct, ErasureAct.id == Erasure.act_id)
    for line, number in session.execute(query.order_by(Erasure.id)):
        if holds_data(session, line.contact_uuid, line.register):
            found.append(
                f"{CALLED[line.register]} №\u00a0{line.contact_no}: обезличено актом №\u00a0{number}, но данные в файле"
                f" снова есть: обезличьте их ещё раз {AGAIN[line.register]}."
            )
    return list(dict.fromkeys(found))


def row_of(session: Session, register: str, uuid: str) -> int | None:
    """The row of a person by its key: the living one, or the one the journal remembers.  register: see SUBJECTS."""
    model = _MODELS[register]
    id = session.scalar(select(model.id).where(model.uuid == uuid))
    if id is not None:
        return id
    e, v = JournalEntry, JournalValue
    written = (
        select(e.record_id)
        .join(v, v.entry_id == e.id)
        .where(e.table_name == register, v.field == "uuid", (v.after == uuid) | (v.before == uuid))
    )
    key = session.scalar(written.limit(1))
    return int(key) if key is not None else None


def is_named(row: Contact | Appeal) -> bool:
    """Does the row itself say who it is?"""
    if isinstance(row, Contact):
        return row.erased_on is None
    return bool(row.sender) and not row.sender.startswith(NAME)


def holds_data(session: Session, uuid: str, register: str = "contact") -> bool:
    """Is the person in the row, or in any value of it in the journal?"""
    id = row_of(session, register, uuid)
    if id is None:
        return False
    row = session.get(_MODELS[register], id)
    if isinstance(row, Contact | Appeal) and is_named(row):
        return True
    e, v = JournalEntry, JournalValue
    held = (
        select(v.entry_id)
        .join(e, e.id == v.entry_id)
        .where(e.table_name == register, e.record_id == str(id), v.field.in_(PERSONAL_OF[register]))
        .where(v.before.is_not(None) | v.after.is_not(None))
    )
    return session.scalar(held.limit(1)) is not None
