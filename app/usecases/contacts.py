"""Contact persons under 152-ФЗ: on what basis each is kept, what has run out, consent given and withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import AppError, InvalidRecord
from app.core.russian import day
from app.core.text import fold, sort_key
from app.models import Contact, JournalEntry, JournalValue, Ngo
from app.usecases.accounts import today_of

CONSENT = "согласие"
"""The basis that asks for a paper of its own (art. 9); the other ones need none."""
DAYS_TO_ERASE = 30
"""Art. 21, parts 4 and 5: after the withdrawal, or once the purpose is reached."""
PERSONAL = ("name", "post", "phone", "email", "consent")
"""Columns of a contact that tell who it is; the number of a consent leads to its paper."""
_DAYS = ("consent_on", "withdrawn_on", "keep_until", "erased_on")
CATEGORIES: Mapping[str, str] = {
    "name": "фамилия, имя, отчество", "post": "должность", "phone": "телефон", "email": "адрес электронной почты",
    "consent": "номер согласия", "sender": "имя заявителя",
}  # fmt: skip


class Standing(Enum):
    """How it stands with one person's data, the most urgent first; the value is the word of the window."""

    WITHDRAWN = "согласие отозвано"
    EXPIRED = "срок истёк"
    DROPPED = "убран из карточки"
    BASELESS = "без согласия"
    ACTIVE = "действует"
    ERASED = "обезличен"

    @property
    def due(self) -> bool:
        """Is it time to erase?"""
        return self in (Standing.WITHDRAWN, Standing.EXPIRED, Standing.DROPPED)


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A contact person as the page shows it.

    erase_by: the last day to erase by, or None.  A DROPPED one has no row any more: the journal alone still holds it.
    ngo_left: its card is in the archive, or merged with another.
    """

    id: int
    uuid: str
    ngo_id: int
    ngo: str
    ngo_left: bool
    name: str
    post: str
    phone: str
    email: str
    basis: str
    purpose: str
    consent: str
    consent_on: date | None
    withdrawn_on: date | None
    keep_until: date | None
    erased_on: date | None
    standing: Standing

    @property
    def erase_by(self) -> date | None:
        if self.standing is Standing.WITHDRAWN and self.withdrawn_on:
            return self.withdrawn_on + timedelta(days=DAYS_TO_ERASE)
        if self.standing is Standing.EXPIRED and self.keep_until:
            return self.keep_until + timedelta(days=DAYS_TO_ERASE)
        return None

    @property
    def usable(self) -> bool:
        """May the person be called or written to?"""
        return self.standing is Standing.ACTIVE


def contacts(session: Session, search: str = "") -> tuple[ContactRow, ...]:
    """Every contact person of the file, the most urgent first, then by NGO and name."""
    found = [*_kept(session), *_dropped(session)]
    words = fold(search).split()
    if words:
        found = [row for row in found if all(word in _said(row) for word in words)]
    places = {standing: place for place, standing in enumerate(Standing)}
    found.sort(key=lambda row: (places[row.standing], sort_key(row.ngo), sort_key(row.name), row.id))
    return tuple(found)


def contacts_of(session: Session, ids: Iterable[int]) -> tuple[ContactRow, ...]:
    """Those contacts, in the order of the ids; one that is unknown is left out."""
    known = {row.id: row for row in contacts(session)}
    return tuple(known[id] for id in ids if id in known)


def contacts_of_ngo(session: Session, ngo_id: int) -> tuple[ContactRow, ...]:
    """The persons of one card in its order, without those who were erased."""
    found = (row for row in _kept(session) if row.ngo_id == ngo_id and row.standing is not Standing.ERASED)
    return tuple(sorted(found, key=lambda row: row.id))


TaskParts = tuple[str, int, tuple[str, str, str], str, str, tuple[int, ...]]
"""Tone, count, words, detail, page and ids of a task of the first page."""


def contact_tasks(session: Session) -> tuple[TaskParts, ...]:
    """What waits among contact persons: those to erase, those whose consent is missing."""
    every = contacts(session)
    due = [row for row in every if row.standing.due]
    baseless = tuple(row.id for row in every if row.standing is Standing.BASELESS)
    last = min((row.erase_by for row in due if row.erase_by), default=None)
    late = last is not None and last < today_of(session)
    return (
        ("err" if late else "warn", len(due), ("контакт пора обезличить", "контакта пора обезличить",
         "контактов пора обезличить"), f"до {day(last)}" if last else "", "contacts", tuple(row.id for row in due)),
        ("", len(baseless), ("контакт записан без согласия", "контакта записаны без согласия",
         "контактов записано без согласия"), "", "contacts", baseless),
    )  # fmt: skip


def withdraw(session: Session, id: int, on: date | None = None) -> date:
    """The person took the consent back, today unless told otherwise; returns the last day to erase by.

    AppError when there is nothing to withdraw: another basis, withdrawn or erased already.
    """
    contact = _living(session, id)
    if contact.basis != CONSENT:
        raise AppError(
            f"Данные хранятся не по согласию, а на другом основании: {contact.basis}.",
            "Отзывать нечего. Если человек требует прекратить обработку, обезличьте его с этой причиной.",
        )
    if contact.withdrawn_on is not None:
        raise AppError(f"Согласие уже отозвано {day(contact.withdrawn_on)}.", "Обезличьте контакт.")
    when = on or today_of(session)
    if contact.consent_on is not None and when < contact.consent_on:
        raise InvalidRecord({"on": f"Согласие дано {day(contact.consent_on)}: отозвать раньше нельзя."})
    contact.withdrawn_on = when
    session.flush()
    return when + timedelta(days=DAYS_TO_ERASE)


def what_follows(withdrawn_on: date) -> str:
    """What a withdrawal asks of the curator (art. 21, part 5)."""
    last = withdrawn_on + timedelta(days=DAYS_TO_ERASE)
    return (
        f"Больше не звоните и не пишите этому человеку. Обезличить до {day(last)}: "
        f"закон даёт {DAYS_TO_ERASE}\u00a0дней (ст.\u00a021 152-ФЗ)."
    )


def record_consent(session: Session, id: int, number: str, on: date, keep_until: date | None = None) -> None:
    """A signed consent came in: its number, day and term; one withdrawn before holds again.

    InvalidRecord for a day that has not come or a term that is over; AppError for a person who was erased.
    """
    contact = _living(session, id)
    faults = {}
    today = today_of(session)
    if on > today:
        faults["on"] = "Дата ещё не наступила."
    if keep_until is not None and keep_until < max(on, today):
        faults["keep_until"] = "Срок уже истёк: укажите день впереди."
    if faults:
        raise InvalidRecord(faults)
    contact.basis, contact.consent, contact.consent_on, contact.withdrawn_on = CONSENT, number.strip(), on, None
    if keep_until is not None:
        contact.keep_until = keep_until
    session.flush()


def standing_of(contact: Any, today: date) -> Standing:
    """How a kept contact stands on a day."""
    if contact.erased_on is not None:
        return Standing.ERASED
    if contact.withdrawn_on is not None and contact.withdrawn_on <= today:
        return Standing.WITHDRAWN
    if contact.keep_until is not None and contact.keep_until < today:
        return Standing.EXPIRED
    if contact.basis == CONSENT and contact.consent_on is None:
        return Standing.BASELESS
    return Standing.ACTIVE


def may_be_used(contact: Any, today: date) -> bool:
    """May the person be called, written to, put into a letter on that day?  For every list made to reach people."""
    return standing_of(contact, today) is Standing.ACTIVE


def _living(session: Session, id: int) -> Contact:
    contact = session.get(Contact, id)
    if contact is None:
        raise AppError("Этого контакта в карточке больше нет.", "Его данные ещё хранит журнал: обезличьте их.")
    if contact.erased_on is not None:
        raise AppError(f"Контакт обезличен {day(contact.erased_on)}.", "Добавьте человека в карточку заново.")
    return contact


def _kept(session: Session) -> Iterator[ContactRow]:
    today = today_of(session)
    for contact, ngo in session.execute(select(Contact, Ngo).join(Ngo, Ngo.id == Contact.ngo_id)):
        yield ContactRow(
            contact.id, contact.uuid, ngo.id, ngo.short_name or ngo.name, _left(ngo), contact.name, contact.post,
            contact.phone, contact.email, contact.basis, contact.purpose, contact.consent, contact.consent_on,
            contact.withdrawn_on, contact.keep_until, contact.erased_on, standing_of(contact, today),
        )  # fmt: skip


def _left(ngo: Ngo) -> bool:
    return ngo.archived_on is not None or ngo.merged_into_id is not None


def _dropped(session: Session) -> Iterator[ContactRow]:
    """Persons whose line went from its card: the journal holds them until they are erased there too."""
    e, v = JournalEntry, JournalValue
    query = (
        select(e.id, e.record_id, e.owner_id, v.field, v.before)
        .join(v, v.entry_id == e.id)
        .where(e.table_name == Contact.__tablename__, e.op == "delete")
        .order_by(e.id)
    )
    last: dict[str, tuple[int, str, dict[str, str | None]]] = {}
    for entry, key, owner, field, before in session.execute(query):
        if key not in last or last[key][0] != entry:
            last[key] = (entry, owner, {})
        last[key][2][field] = before
    if not last:
        return
    there = set(session.scalars(select(Contact.id)))
    gone = {int(key): state for key, state in last.items() if int(key) not in there and state[2].get("name")}
    ngos = {ngo.id: ngo for ngo in session.scalars(select(Ngo).where(Ngo.id.in_({int(s[1]) for s in gone.values()})))}
    for id, (_, owner, held) in gone.items():
        ngo = ngos[int(owner)]
        texts: dict[str, Any] = {key: held.get(key) or "" for key in (*PERSONAL, "basis", "purpose")}
        days: dict[str, Any] = {key: _day(held.get(key)) for key in _DAYS}
        if days["erased_on"] is None:
            yield ContactRow(
                id=id, uuid=held.get("uuid") or "", ngo_id=ngo.id, ngo=ngo.short_name or ngo.name, ngo_left=_left(ngo),
                standing=Standing.DROPPED, **texts, **days,
            )  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _said(row: ContactRow) -> str:
    return fold(" ".join((row.ngo, row.name, row.post, row.phone, row.email, row.consent, row.standing.value)))
