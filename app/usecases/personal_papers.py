"""Papers under 152-ФЗ: the act of an erasing, printed again at any time, and the form of a consent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import AppError
from app.core.text import NBSP
from app.models import Appeal, Contact, Erasure, ErasureAct, JournalEntry, Ngo
from app.records.choices import ERASURE_REASONS
from app.returns.snapshot import Signer
from app.usecases.accounts import today_of
from app.usecases.contacts import CATEGORIES
from app.usecases.erased_again import CALLED
from app.usecases.erasing import Erased, about_appeal, erasures, file_of
from app.usecases.setup import settings, unit

PURPOSE = "взаимодействие администрации с НКО"
ASKED = ("фамилия, имя, отчество", "должность", "телефон", "адрес электронной почты")
"""What a contact person is asked for; nothing else has a place in the file."""
_EVENTS = {
    (Contact.__tablename__, "update"): "обезличен контакт",
    (Appeal.__tablename__, "update"): "обезличен заявитель, обращение",
    (Erasure.__tablename__, "insert"): "записано, чьи данные стёрты:",
    (ErasureAct.__tablename__, "insert"): "составлен акт",
}


def act_paper(session: Session, number: int) -> bytes:
    """Акт № as PDF; AppError when there is none such.  What was erased is as it was kept, the unit as it is now."""
    from app.reports.erasure_act import ActFacts, PersonLine, act_pdf  # reportlab is slow to import

    act = next((act for act in erasures(session) if act.number == number), None)
    if act is None:
        raise AppError(f"Акта №\u00a0{number} нет.", "Выберите акт из списка.")
    known = {
        uuid: (name, ogrn or "")
        for uuid, name, ogrn in session.execute(
            select(Ngo.uuid, Ngo.name, Ngo.ogrn).where(Ngo.uuid.in_([one.ngo_uuid for one in act.persons]))
        )
    }
    about = unit(session)
    return act_pdf(
        ActFacts(
            number=act.number, happened_on=act.happened_on, operator=about["administration"],
            address=about["address"], system=f"«Куратор НКО», файл учёта «{file_of(session).name}»",
            actor=act.actor, repeats=act.repeats,
            persons=tuple(
                PersonLine(_record(one), *_about(session, one, known),
                           reason=ERASURE_REASONS[one.reason], papers=one.papers,
                           data=tuple(CATEGORIES[key] for key in one.categories))
                for one in act.persons
            ),
            copies=tuple((copy.name, copy.made_on, copy.told) for copy in act.copies),
            entries=tuple(_entries(session, number)), head=Signer(about["head_post"], about["head_name"]),
            executor=Signer(about["executor_post"], about["executor_name"], about["executor_phone"]),
        ),
        binding=settings(session).binding_margin,
    )  # fmt: skip


def consent_paper(session: Session, ngo_id: int, contact_id: int | None = None) -> bytes:
    """The form of a consent as PDF, for a contact of the card or, without one, with lines to fill by hand.

    AppError for a person who was erased or is no longer in the card.
    """
    from app.reports.consent_form import ConsentFacts, consent_pdf

    ngo = session.get(Ngo, ngo_id)
    contact = session.get(Contact, contact_id) if contact_id is not None else None
    if ngo is None or (contact_id is not None and (contact is None or contact.ngo_id != ngo_id)):
        raise AppError("Этого контактного лица в карточке нет.", "Обновите страницу и выберите человека снова.")
    if contact is not None and contact.erased_on is not None:
        raise AppError("Этот человек обезличен.", "Напечатайте пустой бланк и добавьте человека заново.")
    about, today = unit(session), today_of(session)
    facts = ConsentFacts(
        operator=about["administration"],
        address=about["address"],
        name=contact.name if contact else "",
        ngo=ngo.short_name or ngo.name,
        post=contact.post if contact else "",
        purpose=(contact.purpose if contact else "") or PURPOSE,
        data=ASKED,
        keep_until=contact.keep_until if contact and contact.keep_until and contact.keep_until >= today else None,
        number=contact.consent if contact else "",
        contact=f"тел. {about['executor_phone']}".replace(" ", NBSP) if about["executor_phone"] else "",
    )
    return consent_pdf(facts, today, binding=settings(session).binding_margin)


def _record(one: Erased) -> str:
    return f"{CALLED[one.register].lower()} №\u00a0{one.contact_no}"


def _about(session: Session, one: Erased, ngos: Mapping[str, tuple[str, str]]) -> tuple[str, str]:
    """The organisation with its ОГРН, or the appeal."""
    if one.register != Appeal.__tablename__:
        return ngos.get(one.ngo_uuid, ("организации в файле нет", ""))
    appeal = session.scalar(select(Appeal).where(Appeal.uuid == one.contact_uuid))
    return (about_appeal(appeal) if appeal is not None else "обращения в файле нет"), ""


def _entries(session: Session, number: int) -> Iterator[Any]:
    """Entries of the batch that wrote the act, in order."""
    from app.reports.erasure_act import EntryLine

    e = JournalEntry
    act = session.scalar(select(ErasureAct.id).where(ErasureAct.number == number))
    made = select(e.batch_id).where(e.table_name == ErasureAct.__tablename__, e.record_id == str(act))
    its = session.scalars(select(Erasure).where(Erasure.act_id == act, Erasure.register == Appeal.__tablename__))
    applicants = {line.contact_no for line in its}
    records = {line.id: line for line in session.scalars(select(Erasure))}
    for entry in session.scalars(select(e).where(e.batch_id.in_(made)).order_by(e.id)):
        what = _EVENTS.get((entry.table_name, entry.op))
        if what is None or (entry.table_name == Appeal.__tablename__ and int(entry.record_id) not in applicants):
            continue  # an appeal whose words alone were put right is no subject of the act
        at, no = entry.at.replace(tzinfo=UTC).astimezone(), entry.record_id
        if entry.table_name == ErasureAct.__tablename__:
            no = str(number) if no == str(act) else "?"
        elif entry.table_name == Erasure.__tablename__:
            line = records[int(no)]
            what, no = f"{what} {CALLED[line.register].lower()}", str(line.contact_no)
        if no != "?":  # acts of the past that a restored file was told of stand in the same batch
            yield EntryLine(entry.id, at, entry.actor, entry.account, f"{what} №\u00a0{no}", entry.hash)
