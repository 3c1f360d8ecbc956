"""Lists of support: grants, subsidies, premises given; by the words they use themselves."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.fields import Kind
from app.core.text import fold
from app.core.values import parse
from app.exchange import ReadRow
from app.models import Support
from app.records.support import LEGAL_FORMS
from app.usecases.import_draft import Context, Draft, TableContext
from app.usecases.import_words import decision_parts

_MONEY_WORDS = re.compile(r"грант|субсид|grant|конкурс")


class SupportReader:
    """Rows of support (register support)."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._kept = _kept(context.session)

    def read(self, row: ReadRow, table: TableContext) -> Draft:
        values = dict(row.values)
        name, address = values.pop("ngo_id", None), values.pop("ngo_id.address", None)
        ogrn, inn = values.pop("ngo_id.ogrn", None), values.pop("ngo_id.inn", None)
        values.pop("ngo_id.kpp", None)
        draft = Draft(str(name or ogrn or inn or ""), (), values)
        _decision(draft)
        self._form(draft, table)
        self._context.words_to_codes(draft)
        self._context.linked(draft, "programme_id", "event_id")
        if row.faults:
            return draft
        if not (name or ogrn or inn):
            draft.faults.append(("ngo_id", "Не указан получатель."))
            return draft
        name = self._context.one_name(draft, "ngo_id", name, row, table)
        if draft.faults:
            return draft
        values["ngo_id"] = self._context.organisation(draft, "ngo_id", name, ogrn, inn, address)
        if draft.unknown and values.get("form") in LEGAL_FORMS and not (ogrn and inn):
            draft.doubts.append("Мера без ОГРН и ИНН получателя не запишется: сначала заведите его карточку с ними.")
        draft.identity = _identity(values)
        return draft

    def turn(self, row: ReadRow) -> int:
        return 0

    def find(self, draft: Draft) -> int | None:
        return self._kept.get(draft.identity)

    def _form(self, draft: Draft, table: TableContext) -> None:
        """A list of grants or subsidies is one of money, even when no column says so."""
        if draft.values.get("form") or not draft.values.get("amount"):
            return
        told = [*map(fold, table.table.titles), fold(table.table.sheet), table.heading("amount")]
        about = next((text for text in told if _MONEY_WORDS.search(text)), None)
        if about or _MONEY_WORDS.search(fold(table.table.source)):
            draft.values["form"] = "211"
            draft.notes.append("«Форма поддержки»: финансовая, потому что список — о грантах и субсидиях.")


def _decision(draft: Draft) -> None:
    """«Постановление от 12.03.2024 № 145» in one cell: number and day apart."""
    text = draft.values.get("decision_no")
    if not text or len(str(text)) < 12:
        return
    number, when = decision_parts(str(text))
    if when and "decision_on" not in draft.values:
        read = parse(Kind.DATE, when, tolerant=True)
        if read.value is not None:
            draft.values["decision_on"] = read.value
            draft.repairs.append(f"Дата решения: взята из «{text}»")
    if number and when:
        draft.values["decision_no"] = number
        draft.repairs.append(f"№ решения: взят из «{text}»")


def _identity(values: dict[str, Any]) -> tuple[Any, ...]:
    number = fold(values.get("decision_no"))
    told = number or f"{values.get('amount')} {fold(values.get('purpose'))}"
    return values.get("ngo_id"), values.get("form"), values.get("decision_on"), told


def _kept(session: Session) -> dict[tuple[Any, ...], int]:
    query = (
        select(Support.id, Support.ngo_id, Support.form, Support.decision_on, Support.decision_no, Support.amount,
               Support.purpose)
        .where(Support.archived_on.is_(None), Support.terminates_id.is_(None))
        .order_by(Support.id.desc())
    )  # fmt: skip
    return {
        _identity({"ngo_id": ngo, "form": form, "decision_on": when, "decision_no": number, "amount": amount or None,
                   "purpose": purpose}): id
        for id, ngo, form, when, number, amount, purpose in session.execute(query)
    }  # fmt: skip
