"""«Обезличить» (152-ФЗ, art. 21): a person goes from the record, its history and the journal's values; counts stay.

What was erased is kept by keys alone (`Erasure`), so that the act can be printed again and the erasing repeated in
a backup that is restored.  It cannot be undone: nothing of it is left to put back.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from app.core.errors import AppError, Deed, InvalidRecord
from app.core.russian import day, plural
from app.core.text import fold
from app.models import Appeal, Contact, JournalEntry, JournalValue, Ngo, sqlite_only
from app.models import Erasure as KeptErasure
from app.models import ErasureAct as KeptAct
from app.models.copying import size_on_disk
from app.models.erasure import REASONS
from app.models.journal import erase
from app.usecases.accounts import today_of
from app.usecases.contacts import CONSENT, PERSONAL, ContactRow, Standing, contacts, contacts_of
from app.usecases.copies import thinning_of
from app.usecases.erased_again import NAME, PERSONAL_OF, holds_data, is_named, row_of
from app.usecases.erased_copies import HoldingCopy, as_text, copies_holding, from_text
from app.usecases.erased_traces import Mention, consents_of, mask, mentions, texts_of, texts_of_appeal
from app.usecases.setup import settings
from app.usecases.undoing import ERASURE

KIND = ERASURE
"""The kind of the batch, by which roles and the undo tell it."""
_SPARE = 16 * 2**20  # bytes beside the file that is written anew


@dataclass(frozen=True, slots=True)
class Erased:
    """One person of an act, without personal data.

    register: whose row held her, `contact` or `appeal`.  reason: a code of `choices.ERASURE_REASONS`.
    categories: columns that held something.
    """

    contact_uuid: str
    contact_no: int
    ngo_uuid: str
    reason: str
    categories: tuple[str, ...]
    journal_values: int = 0
    papers: str = ""
    register: str = "contact"


@dataclass(frozen=True, slots=True)
class Erasure:
    """An act: what was erased, when, why and by whom; copies: the backups that held it that day.

    repeats: the number of the first act where this one erased again what a restored backup brought back.
    """

    number: int
    happened_on: date
    repeats: int | None
    actor: str
    copies: tuple[HoldingCopy, ...]
    persons: tuple[Erased, ...]


@dataclass(frozen=True, slots=True)
class Applicant:
    """A private person who sent an appeal.  name: as it stands there.  about: «обращение 12-о от 01.07.2026»."""

    id: int
    uuid: str
    name: str
    about: str


@dataclass(frozen=True, slots=True)
class Before:
    """What the dialog tells before: whom and why each, where else they are named, which backups hold them."""

    persons: tuple[ContactRow | Applicant, ...]
    reasons: tuple[str, ...]
    mentions: tuple[Mention, ...]
    papers: tuple[str, ...]
    copies: tuple[HoldingCopy, ...]


def look_before(session: Session, ids: Sequence[int]) -> Before:
    """What an erasing of these contacts would meet; nothing is changed."""
    persons = _persons(session, ids)
    texts = texts_of(session, [row.id for row in persons])
    return Before(
        persons,
        tuple(_reason_of(row) for row in persons),
        mentions(session, texts, [row.id for row in persons]),
        tuple(filter(None, dict.fromkeys(_papers(session, row) for row in persons))),
        copies_holding(file_of(session), [row.uuid for row in persons], thinning_of(settings(session))),
    )


def look_before_applicant(session: Session, appeal_id: int) -> Before:
    """The same of the applicant of an appeal."""
    person = _applicant(session, appeal_id)
    held = copies_holding(file_of(session), [person.uuid], thinning_of(settings(session)), "appeal")
    return Before((person,), ("demanded",), mentions(session, texts_of_appeal(session, appeal_id), ()), (), held)


def erase_applicant(session: Session, appeal_id: int, reason: str = "demanded") -> Erasure:
    """Erase who sent an appeal and record the act; what the appeal is about stays.

    AppError where nobody is named, or there is no room to write the file anew.
    """
    if reason not in REASONS:
        raise InvalidRecord({"reason": "Укажите, почему данные уничтожаются."})
    person = _applicant(session, appeal_id)
    _look_for_room(file_of(session))
    return _erase(session, [Erased(person.uuid, person.id, "", reason, ("sender",), register="appeal")], None)


def erase_contacts(session: Session, ids: Sequence[int], reason: str = "") -> Erasure:
    """Erase these persons and record the act; returns it.

    reason: a code of `choices.ERASURE_REASONS`; '' gives each the one that follows from how it stands.
    AppError where one is unknown or erased already, or there is no room to write the file anew.
    """
    if reason and reason not in REASONS:
        raise InvalidRecord({"reason": "Укажите, почему данные уничтожаются."})
    persons = _persons(session, ids)
    _look_for_room(file_of(session))
    found = [
        Erased(row.uuid, row.id, _ngo_uuid(session, row.ngo_id), reason or _reason_of(row), _categories(session, row),
               papers=_papers(session, row))
        for row in persons
    ]  # fmt: skip
    return _erase(session, found, None)


def repeat_erasures(session: Session, erasures: Iterable[Erasure]) -> int:
    """Erase again whom a restored backup brought back; returns how many persons.

    erasures: of the file before it was restored (`erasures_in`), or of the list beside its copies.  Acts that the
    backup does not know are recorded in it, so that they can be printed and repeated again.
    """
    acts = sorted(erasures, key=lambda act: act.number)
    known = set(session.scalars(select(KeptErasure.contact_uuid)))
    for act in acts:
        missing = [one for one in act.persons if one.contact_uuid not in known]
        if missing:
            _keep(session, act.number, act.happened_on, act.repeats, act.actor, act.copies, missing)
            known |= {one.contact_uuid for one in missing}
    done = 0
    for act in acts:
        back = [one for one in act.persons if holds_data(session, one.contact_uuid, one.register)]
        if back:
            _erase(session, back, act.repeats or act.number)
            done += len(back)
    if done:
        session.info["title"] = f"Обезличены снова после возврата к копии: {_people(done)}"
    return done


def erasures(session: Session) -> tuple[Erasure, ...]:
    """Every act, the latest first."""
    acts = session.scalars(select(KeptAct).order_by(KeptAct.number.desc())).all()
    lines: dict[int, list[Erased]] = {act.id: [] for act in acts}
    for line in session.scalars(select(KeptErasure).order_by(KeptErasure.id)):
        lines[line.act_id].append(
            Erased(
                line.contact_uuid,
                line.contact_no,
                line.ngo_uuid,
                line.reason,
                tuple(line.categories.split()),
                line.journal_values,
                line.papers,
                line.register,
            )
        )
    return tuple(
        Erasure(act.number, act.happened_on, act.repeats, act.actor, from_text(act.copies),
                tuple(lines[act.id]))
        for act in acts
    )  # fmt: skip


def erasures_of_file(path: Path) -> tuple[Erasure, ...]:
    """Every act of a file that nobody writes, such as a copy; none where it cannot be read."""
    try:
        engine = sqlite_only.read_engine_of(path.absolute())
        try:
            with Session(engine) as session:
                return erasures(session)
        finally:
            engine.dispose()
    except (DatabaseError, OSError):
        return ()


def file_of(session: Session) -> Path:
    """The file behind a session."""
    return Path(str(session.get_bind().engine.url.database))


# --- how it is done -----------------------------------------------------------------------------


def _erase(session: Session, found: Sequence[Erased], repeats: int | None) -> Erasure:
    keys = {one.contact_uuid: row_of(session, one.register, one.contact_uuid) for one in found}
    registers = {one.contact_uuid: one.register for one in found}
    contacts_ = [id for uuid, id in keys.items() if id is not None and registers[uuid] == "contact"]
    appeals = [id for uuid, id in keys.items() if id is not None and registers[uuid] == "appeal"]
    texts = [*texts_of(session, contacts_), *(text for id in appeals for text in texts_of_appeal(session, id))]
    today = today_of(session)
    for contact in session.scalars(select(Contact).where(Contact.id.in_(contacts_))):
        contact.name, contact.erased_on = f"{NAME} №\u00a0{contact.id}", today
        contact.post = contact.phone = contact.email = contact.consent = ""
    for appeal in session.scalars(select(Appeal).where(Appeal.id.in_(appeals), Appeal.sender != "")):
        appeal.sender = f"{NAME} №\u00a0{appeal.id}"
    session.flush()
    values = {
        uuid: erase(session, registers[uuid], id, PERSONAL_OF[registers[uuid]])
        for uuid, id in keys.items() if id is not None
    }  # fmt: skip
    mask(session, texts)
    rule, path = thinning_of(settings(session)), file_of(session)
    of = {register: [u for u in keys if registers[u] == register] for register in sorted({*registers.values()})}
    copies = tuple(dict.fromkeys(copy for register, uuids in of.items()
                                 for copy in copies_holding(path, uuids, rule, register)))  # fmt: skip
    persons = [
        replace(one, contact_no=keys[uuid] or one.contact_no, journal_values=values.get(uuid, 0))
        for uuid, one in ((one.contact_uuid, one) for one in found)
    ]
    number = (session.scalar(select(func.max(KeptAct.number))) or 0) + 1
    session.info["title"] = f"{_whom(persons)}, акт №\u00a0{number}"
    return _keep(session, number, today, repeats, str(session.info.get("actor", "")), copies, persons)


def _keep(
    session: Session, number: int, happened_on: date, repeats: int | None, actor: str,
    copies: Collection[HoldingCopy], persons: Sequence[Erased],
) -> Erasure:  # fmt: skip
    taken = set(session.scalars(select(KeptAct.number)))
    while number in taken:  # a restored file went its own way since: no number is given twice
        number += 1
    act = KeptAct(number=number, happened_on=happened_on, repeats=repeats, actor=actor, copies=as_text(copies))
    session.add(act)
    session.flush()
    session.add_all(
        KeptErasure(
            act_id=act.id, register=one.register, contact_uuid=one.contact_uuid, contact_no=one.contact_no,
            ngo_uuid=one.ngo_uuid, reason=one.reason, categories=" ".join(one.categories), papers=one.papers,
            journal_values=one.journal_values,
        )
        for one in persons
    )  # fmt: skip
    session.flush()
    return Erasure(number, happened_on, repeats, actor, tuple(copies), tuple(persons))


def _persons(session: Session, ids: Sequence[int]) -> tuple[ContactRow, ...]:
    wanted = tuple(dict.fromkeys(ids))
    found = contacts_of(session, wanted)
    if not wanted or len(found) < len(wanted):
        raise AppError("Такого контактного лица в файле нет.", "Обновите список: его могли обезличить раньше.")
    if any(row.standing is Standing.ERASED for row in found):
        raise AppError("Среди выбранных есть уже обезличенные.", "Выберите тех, чьи данные ещё хранятся.")
    return (*found, *_gone_twins(session, found))


def _applicant(session: Session, appeal_id: int) -> Applicant:
    appeal = session.get(Appeal, appeal_id)
    if appeal is None or not is_named(appeal):
        raise AppError("В этом обращении заявитель не назван.", "Стирать здесь нечего.")
    return Applicant(appeal.id, appeal.uuid, appeal.sender, about_appeal(appeal))


def about_appeal(appeal: Appeal) -> str:
    """«обращение № 12-о от 01.07.2026»."""
    number = f" №\u00a0{appeal.number}" if appeal.number else ""
    return f"обращение{number} от {day(appeal.received_on)}"


def _gone_twins(session: Session, found: Sequence[ContactRow]) -> Iterator[ContactRow]:
    """The same persons in lines that went from their cards (a merge takes the line of the card that left): the
    journal alone holds them, and who asks to be erased must not stay there."""
    taken = {row.id for row in found}
    for row in contacts(session):
        if row.standing is Standing.DROPPED and row.id not in taken and any(_same_person(row, one) for one in found):
            yield row


def _same_person(one: ContactRow, other: ContactRow) -> bool:
    """The same name, and nothing by which two of that name would be told apart."""
    pairs = ((one.phone, other.phone), (one.email, other.email))
    return fold(one.name) == fold(other.name) and all(not a or not b or a == b for a, b in pairs)


def _reason_of(row: ContactRow) -> str:
    """The reason that follows from how the person stands."""
    usual = {
        Standing.WITHDRAWN: "withdrawn", Standing.EXPIRED: "expired", Standing.DROPPED: "dropped",
        Standing.BASELESS: "baseless",
    }  # fmt: skip
    return usual.get(row.standing, "demanded")


def _papers(session: Session, row: ContactRow) -> str:
    return consents_of(session, row.ngo_id, row.consent_on) if row.basis == CONSENT else ""


def _categories(session: Session, row: ContactRow) -> tuple[str, ...]:
    """Columns that hold something now, or held it in the journal."""
    e, v = JournalEntry, JournalValue
    held = (
        select(v.field)
        .join(e, e.id == v.entry_id)
        .where(e.table_name == Contact.__tablename__, e.record_id == str(row.id), v.field.in_(PERSONAL))
        .where(v.before.is_not(None) | v.after.is_not(None))
    )
    fields = {key for key in PERSONAL if getattr(row, key)} | set(session.scalars(held.distinct()))
    return tuple(key for key in PERSONAL if key in fields)


def _ngo_uuid(session: Session, id: int) -> str:
    return session.scalar(select(Ngo.uuid).where(Ngo.id == id)) or ""


def _look_for_room(path: Path) -> None:
    if shutil.disk_usage(path.parent).free < 2 * size_on_disk(path) + _SPARE:
        raise AppError(
            "Чтобы стереть следы, файл переписывается целиком, а места на диске для этого не хватает.",
            "Освободите место: нужно вдвое больше, чем занимает файл.", Deed.FOLDER, about=path.parent,
        )


def _whom(persons: Sequence[Erased]) -> str:
    if all(one.register == "appeal" for one in persons):
        return f"Обезличены заявители обращений: {len(persons)}"
    return f"Обезличены контактные лица: {len(persons)}"


def _people(count: int) -> str:
    return plural(count, "человек", "человека", "человек")
