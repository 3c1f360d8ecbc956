"""Who may write what into this file: asked in one place, when a write begins and when its rows are flushed."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import AppError
from app.core.roles import Rights, Role
from app.models.person import Person
from app.models.territory import Setting

WORKING_COPY = "working_copy"
"""The setting that marks a file as the working copy of another: JSON, see usecases/working_copy.py."""
REGION = "region"
"""The setting that marks a file of the role «Регион»: returns come into it, records are kept by the districts."""
OF_DISTRICTS = frozenset({
    "ngo", "support", "need", "service", "event", "programme", "grant_contest", "grant_application", "partner",
    "agreement", "practice", "offer", "request", "appeal", "frozen_return", "return_event", "return_text",
    "explanation", "row_plan", "opening_figure", "opening_key",
})  # fmt: skip
"""What a district's file alone keeps."""
OF_REGION = frozenset({
    "received_return", "received_file", "region_answer", "region_plan", "issued_package", "question", "question_answer",
    "consolidated_return", "duplicate_reason", "question_withdrawal", "region_call",
})  # fmt: skip
"""What the region's file alone keeps."""


def rights_of(session: Session, person_id: int | None) -> Rights:
    """What the person may do by what the file says now; without people, everything."""
    held = session.connection().execute(  # rows, not objects: nothing is flushed and nothing stays in the session
        select(Person.id, Person.name, Person.role).where(Person.archived_on.is_(None)).order_by(Person.name)
    ).all()
    mark = session.connection().execute(select(Setting.value).where(Setting.key == WORKING_COPY)).scalar()
    region = session.connection().execute(select(Setting.key).where(Setting.key == REGION)).scalar() is not None
    role = next((Role(kept) for id, _, kept in held if id == person_id), None)

    def named(wanted: Role) -> tuple[str, ...]:
        return tuple(name for _, name, kept in held if kept == wanted)

    return Rights(
        role, bool(held), named(Role.HEAD), named(Role.ADMINISTRATOR), json.loads(mark)["for"] if mark else "", region
    )


def admit(session: Session, kind: str) -> None:
    """Let a write of this kind begin, or AppError with who may.  Keeps the rights in `session.info`."""
    rights = rights_of(session, session.info["person_id"])
    session.info["rights"] = rights
    if refused := rights.why_not_kind(kind):
        raise refused


def admit_tables(session: Session, tables: Iterable[str]) -> None:
    """Let rows of these tables be written, or AppError with who may."""
    touched = set(tables)
    rights: Rights | None = session.info.get("rights")
    if rights is not None and (refused := rights.why_not_tables(session.info["kind"], touched)):
        raise refused
    if rights is not None:
        _refuse_other_role(rights.region, touched)
    if Person.__tablename__ in touched:
        session.info["people_changed"] = True


def _refuse_other_role(region: bool, tables: set[str]) -> None:
    """The region keeps no records of its own, and a district takes no returns of others in."""
    if region and tables & OF_DISTRICTS:
        raise AppError(
            "Это файл области: записи и отчёт ведут районы, сюда их отчёты приходят файлами.",
            "Откройте файл района.",
        )
    if not region and tables & OF_REGION:
        raise AppError(
            "Это файл района: отчёты районов принимают в файл области.",
            "Создайте его командой init --region.",
        )


def settle_people(session: Session) -> None:
    """A file with people keeps an administrator, however the change came about (an undo too)."""
    if not session.info.get("people_changed"):
        return
    rights = rights_of(session, None)
    if rights.asked and not rights.administrators:
        raise AppError(
            "В файле не осталось бы ни одного администратора.",
            "Сначала сделайте администратором другого человека.",
        )
