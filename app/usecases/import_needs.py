"""Lists of needs: who, what about, since when."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.text import fold
from app.exchange import ReadRow
from app.models import Need
from app.usecases.import_draft import Context, Draft, TableContext


class NeedReader:
    """Rows of needs (register need)."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._kept = _kept(context.session)

    def read(self, row: ReadRow, table: TableContext) -> Draft:
        values = dict(row.values)
        name, address = values.pop("ngo_id", None), values.pop("ngo_id.address", None)
        ogrn, inn = values.pop("ngo_id.ogrn", None), values.pop("ngo_id.inn", None)
        values.pop("ngo_id.kpp", None)
        draft = Draft(str(values.get("text") or name or ""), (), values)
        if "category_code" not in values and values.get("text"):
            code = self._context.words.code("need_category", str(values["text"]))
            if code:
                values["category_code"] = code
                draft.repairs.append("Категория: определена по описанию потребности")
        self._context.words_to_codes(draft)
        if row.faults:
            return draft
        if not (name or ogrn or inn):
            draft.faults.append(("ngo_id", "Не указана организация."))
            return draft
        values["ngo_id"] = self._context.organisation(draft, "ngo_id", name, ogrn, inn, address)
        draft.identity = _identity(values)
        return draft

    def find(self, draft: Draft) -> int | None:
        return self._kept.get(draft.identity)


def _identity(values: dict[str, Any]) -> tuple[Any, ...]:
    return values.get("ngo_id"), values.get("category_code"), values.get("opened_on"), fold(values.get("text"))


def _kept(session: Session) -> dict[tuple[Any, ...], int]:
    query = (
        select(Need.id, Need.ngo_id, Need.category_code, Need.opened_on, Need.text)
        .where(Need.archived_on.is_(None))
        .order_by(Need.id.desc())
    )
    return {
        _identity({"ngo_id": ngo, "category_code": category, "opened_on": when, "text": text}): id
        for id, ngo, category, when, text in session.execute(query)
    }
