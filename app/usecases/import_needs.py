"""Lists of needs: who, what about, since when."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.russian import day
from app.core.text import fold
from app.exchange import ReadRow
from app.models import CentreService, Need, ServiceRecipient
from app.usecases.import_draft import Context, Draft, TableContext


class NeedReader:
    """Rows of needs (register need)."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._kept = _kept(context.session)
        self._services = _services(context.session)

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
        name = self._context.one_name(draft, "ngo_id", name, row, table)
        if draft.faults:
            return draft
        values["ngo_id"] = self._context.organisation(draft, "ngo_id", name, ogrn, inn, address)
        draft.identity = _identity(values)
        if values.get("status") == "closed_centre":
            self._what_closed_it(draft)
        return draft

    def _what_closed_it(self, draft: Draft) -> None:
        """The service that closed it: of the code the list names, the last one by the day of closing."""
        values = draft.values
        ngo, closed_on = values.get("ngo_id"), values.get("closed_on")
        if not isinstance(ngo, int) or closed_on is None:
            return
        said = str(values.get("closed_by") or "")
        known = [service for service in self._services.get(ngo, ()) if service.provided_on <= closed_on]
        named = [service for service in known if re.search(rf"(?<!\w){service.service_code}(?!\w)", said)]
        fitting = named or [service for service in known if service.service_code in (values.get("codes") or ())]
        if fitting:
            found = fitting[-1]
            draft.lines["need_service"] = ({"service_id": found.id, "kind": "closes"},)
            draft.repairs.append(f"Чем закрыта: узнана услуга {found.service_code} от {day(found.provided_on)}")

    def turn(self, row: ReadRow) -> int:
        return 0

    def find(self, draft: Draft) -> int | None:
        return self._kept.get(draft.identity)


def _services(session: Session) -> dict[int, list[Any]]:
    """Services by recipient, oldest first."""
    query = (
        select(CentreService.id, CentreService.service_code, CentreService.provided_on, ServiceRecipient.ngo_id)
        .join(ServiceRecipient, ServiceRecipient.service_id == CentreService.id)
        .where(CentreService.archived_on.is_(None), ServiceRecipient.ngo_id.is_not(None))
        .order_by(CentreService.provided_on, CentreService.id)
    )
    found: dict[int, list[Any]] = defaultdict(list)
    for row in session.execute(query):
        found[row.ngo_id].append(row)
    return found


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
