"""Journals of centre services: centre, code, day, volume and recipients, many in one cell."""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from typing import Any

from rapidfuzz import fuzz, process
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.text import fold, fold_name
from app.exchange import ReadRow
from app.models import CentreService, ResourceCentre, ServiceRecipient
from app.usecases.import_draft import Context, Draft, TableContext
from app.usecases.import_names import CITIZENS, several, without_address
from app.usecases.import_plan import Ref, Unknown
from app.usecases.titles import quoted

_IN_HOURS = re.compile(r"\d\s*(?:ч|час(?:а|ов)?)\.?\s*$", re.IGNORECASE)
_NUMBER = re.compile(r"\b\d{13}\b|\b\d{10}\b")
_LABELS = re.compile(r"[(,]?\s*(?:ИНН|ОГРН)\s*:?\s*\d*\s*\)?", re.IGNORECASE)


class ServiceReader:
    """Rows of centre services (register service)."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._kept = _kept(context.session)
        self._centres: dict[str, int | Ref] = {}
        query = select(ResourceCentre).where(ResourceCentre.archived_on.is_(None)).order_by(ResourceCentre.id)
        for centre in context.session.scalars(query):
            for key in (fold(centre.name), fold_name(centre.name), centre.inn, centre.ogrn):
                if key:
                    self._centres.setdefault(key, centre.id)

    def read(self, row: ReadRow, table: TableContext) -> Draft:
        values = dict(row.values)
        names = values.pop("recipients", ())
        inn, ogrn = values.pop("recipients.inn", None), values.pop("recipients.ogrn", None)
        draft = Draft(str(values.get("topic") or values.get("service_code") or ""), (), values)
        self._centre(draft)
        self._evidence(draft, table)
        self._context.words_to_codes(draft)
        if row.faults:
            return draft
        self._hours(draft, row, table)
        if "quantity" not in values:
            values["quantity"] = Decimal("1.00")
            draft.repairs.append("Объём: не указан, принят за 1")
        recipients = self._recipients(draft, names, ogrn, inn)
        draft.lines["service_recipient"] = tuple({"ngo_id": recipient} for recipient in recipients)
        draft.identity = _identity(values, recipients)
        return draft

    def turn(self, row: ReadRow) -> int:
        return 0

    def find(self, draft: Draft) -> int | None:
        return self._kept.get(draft.identity)

    def _hours(self, draft: Draft, row: ReadRow, table: TableContext) -> None:
        """«1,5 ч» in the column of volume are hours of one service."""
        at = table.columns.columns.get("quantity")
        cell = str(row.cells[at]) if at is not None and at < len(row.cells) else ""
        if "hours" not in draft.values and "quantity" in draft.values and _IN_HOURS.search(cell):
            draft.values["hours"] = draft.values.pop("quantity")
            draft.repairs.append(f"Часов: взято из «{cell.strip()}»")

    def _evidence(self, draft: Draft, table: TableContext) -> None:
        """The paper and its number in one cell: «журнал № 7», «рег. лист № 5»."""
        values = draft.values
        text = str(values.get("evidence_kind") or "")
        if "evidence_no" not in values and re.search(r"\d|https?:|www\.", text):
            values["evidence_no"] = text
            draft.repairs.append("№ или ссылка: взято из графы подтверждения")
        if values.get("evidence_no") and not text and "журнал" in table.heading("evidence_no"):
            values["evidence_kind"] = "журнал"

    def _centre(self, draft: Draft) -> None:
        text = draft.values.get("centre_id")
        if text is None:
            return
        folded = fold(str(text))
        found = self._centres.get(folded) or self._centres.get(fold_name(str(text)))
        if found is None and len(folded) >= 5:
            near = process.extractOne(folded, list(self._centres), scorer=fuzz.token_set_ratio, score_cutoff=92)
            if near is not None:
                found = self._centres[near[0]]
                draft.repairs.append(f"Центр: {quoted(str(text))} — узнан по сходному названию")
        if found is None:
            found = self._centres[folded] = Ref(f"центр {folded}")
        if isinstance(found, Ref):
            draft.doubts.append(f"Центра {quoted(str(text))} нет в базе: при принятии строки он будет добавлен.")
            draft.unknown.append(Unknown(found, {"name": str(text)}, "centre"))
        draft.values["centre_id"] = found

    def _recipients(
        self, draft: Draft, names: tuple[str, ...], ogrn: str | None, inn: str | None
    ) -> list[int | Ref | None]:
        found: list[int | Ref | None] = []
        known = self._context.is_known
        split = [part for name in names for part in several(name, known)]
        if len(split) > len(names):
            draft.repairs.append(f"Получатели: перечень разделён на {len(split)}")
        parts: list[str | None] = [without_address(part, known) for part in split]
        if not parts and (ogrn or inn):
            parts = [None]
        single = len(parts) == 1
        for part in parts:
            if part and CITIZENS.search(fold(part)) and not _NUMBER.search(part):
                found.append(None)
                continue
            number = _NUMBER.search(part or "")
            own = number[0] if number else ""
            name = _LABELS.sub("", part).replace(own, "").strip(" ,()") if part else None
            found.append(
                self._context.organisation(
                    draft, "recipients", name or None,
                    own if len(own) == 13 else ogrn if single else None,
                    own if len(own) == 10 else inn if single else None,
                )
            )  # fmt: skip
        unique = list(dict.fromkeys(found))
        if len(unique) < len(found):
            draft.repairs.append("Получатели: повтор одного получателя убран")
        return unique


def _identity(values: dict[str, Any], recipients: list[int | Ref | None]) -> tuple[Any, ...]:
    return (
        values.get("centre_id"), values.get("service_code"), values.get("provided_on"), frozenset(recipients),
        fold(values.get("topic")), fold(values.get("evidence_no")),
    )  # fmt: skip


def _kept(session: Session) -> dict[tuple[Any, ...], int]:
    recipients: dict[int, list[int | Ref | None]] = defaultdict(list)
    for service, ngo in session.execute(select(ServiceRecipient.service_id, ServiceRecipient.ngo_id)):
        recipients[service].append(ngo)
    query = (
        select(CentreService.id, CentreService.centre_id, CentreService.service_code, CentreService.provided_on,
               CentreService.topic, CentreService.evidence_no)
        .where(CentreService.archived_on.is_(None))
        .order_by(CentreService.id.desc())
    )  # fmt: skip
    return {
        _identity({"centre_id": centre, "service_code": code, "provided_on": when, "topic": topic, "evidence_no": no},
                  recipients[id]): id
        for id, centre, code, when, topic, no in session.execute(query)
    }  # fmt: skip
