"""Lists of organisations: whom a row means, where it is at home, what it says of its state."""

from __future__ import annotations

import re
from typing import Any

from app.core.fields import Kind
from app.core.russian import day
from app.core.text import fold, fold_name
from app.core.values import parse
from app.exchange import ReadRow
from app.usecases.import_draft import Context, Draft, TableContext
from app.usecases.import_index import Known, Match
from app.usecases.import_plan import Ref
from app.usecases.import_words import CLOSED

_BODY = re.compile(
    r"инициативн\w+ групп|без образования юр|^(?:тос|территориальное общественное самоуправление)\b"
)
_SEVERAL = re.compile(r"\s*;\s*")
_STATUS = "status"


class NgoReader:
    """Rows of organisations (register ngo)."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def read(self, row: ReadRow, table: TableContext) -> Draft:
        context = self._context
        values = dict(row.values)
        draft = Draft(str(values.get("name") or values.get("ogrn") or values.get("inn") or ""), (), values)
        _one_short_name(draft)
        _sonko_column(draft, table)
        region = values.pop("address.region", None)
        if region and "район" in table.heading("address.region") and "район" not in fold(region):
            region = f"{region} район"
        home = context.places.home(
            values.pop("settlement", None), values.get("address"), values.get("inn"), values.get("ogrn"), region
        )
        if home.settlement:
            values["settlement"] = home.settlement
        state = context.words.code("ngo_status", values[_STATUS]) if values.get(_STATUS) else None
        said = values.pop(_STATUS, None)
        if said and state is None:
            draft.notes.append(f"«Статус»: «{said}» не распознан, не перенесён.")
        if _BODY.search(fold(values.get("okopf"))) and not values.get("ogrn"):
            values.setdefault("kind", "body")
            if "тос" not in fold(values["okopf"]).split():
                del values["okopf"]  # no legal form at all
        context.words_to_codes(draft)
        _head(context, draft)
        if row.faults:
            return draft
        match = context.organisations.find(values, home.settlement)
        draft.doubts += match.doubts
        if match.similar is not None and match.similar.id is not None:
            draft.apart = (match.similar.id,)
        known = match.known
        if known is not None:
            draft.id = known.id if known.id is not None else Ref(known.key)
            draft.known = known
        self._state(draft, state, said, known)
        self._at_home(draft, home.here, home.where, "settlement" in table.columns.columns, known)
        self._new_card(draft, match, known, row, table)
        # A list names one organisation by its numbers; without them by name and settlement.
        draft.identity = (known.id or known.key,) if known else (table.ref(row).key,)
        return draft

    def turn(self, row: ReadRow) -> int:
        """Named with a number, then named, then numbers alone."""
        if not row.values.get("name"):
            return 2
        return 0 if any(row.values.get(key) for key in ("ogrn", "inn", "minjust_number")) else 1

    def find(self, draft: Draft) -> int | None:
        return None

    def _state(self, draft: Draft, state: str | None, said: Any, known: Known | None) -> None:
        closed_on = draft.values.get("liquidated_on")
        if known is None and (state == CLOSED or closed_on):
            when = f" {day(closed_on)}" if closed_on else f" («{said}»)" if said else ""
            draft.doubts.append(
                f"По списку организация прекратила деятельность{when}: на учёт она встанет, только если принять строку."
            )
            draft.values[_STATUS] = "inactive"
        elif state == CLOSED and known is not None and not closed_on:
            draft.notes.append(f"В списке значится «{said}»: снимите организацию с учёта, если это так.")
        elif state and state != CLOSED and not closed_on:
            draft.values[_STATUS] = state

    def _at_home(self, draft: Draft, here: bool | None, where: str, told: bool, known: Known | None) -> None:
        values = draft.values
        if known is None:
            values.setdefault("primary_here", here is not False)
            if not values["primary_here"] and where:
                values.setdefault("primary_where", where)
        elif not told and known.settlement:
            values.pop("settlement", None)  # an address is a weaker word than what the card says

    def _new_card(
        self, draft: Draft, match: Match, known: Known | None, row: ReadRow, table: TableContext
    ) -> None:
        values = draft.values
        if known is not None:
            draft.new_only = frozenset({"taken_on", "primary_here", "primary_where", "kind"})
            if values.get("ogrn") and not known.ogrn:
                draft.new_only -= {"kind"}  # a body that registered
                values["kind"] = "legal"
            return
        if match.branch_of is not None:
            values["is_branch"] = True
            head = match.branch_of
            values["head_id"] = head.id if head.id is not None else Ref(head.key)
        if not values.get("ogrn") and not values.get("inn") and "kind" not in values:
            values["kind"] = "body" if _BODY.search(fold(values.get("name"))) else "legal"
        if not values.get("name"):
            return
        key = table.ref(row).key
        self._context.organisations.add(
            Known(None, values["name"], fold_name(values["name"]), values.get("ogrn"), values.get("inn"),
                  values.get("kpp") or "", values.get("minjust_number"), values.get("settlement"), row.number, key),
            values.get("short_name") or "",
        )  # fmt: skip


def _one_short_name(draft: Draft) -> None:
    """Several short names in one cell: the first is taken."""
    text = draft.values.get("short_name")
    if not text or ";" not in text:
        return
    parts = [part for part in _SEVERAL.split(text) if part]
    if len(parts) > 1:
        draft.values["short_name"] = parts[0]
        draft.repairs.append(f"Краткое наименование: взято первое из {len(parts)}")


def _sonko_column(draft: Draft, table: TableContext) -> None:
    """A column «СОНКО» with «да» and «нет»."""
    text = draft.values.get("marks")
    if text is None or "сонко" not in table.heading("marks"):
        return
    said = parse(Kind.FLAG, text).value
    if said is False:
        del draft.values["marks"]
    elif said:
        draft.values["marks"] = "сонко"


def _head(context: Context, draft: Draft) -> None:
    """The head of a branch, by ОГРН or name."""
    text = draft.values.get("head_id")
    if text is None:
        return
    bare = re.sub(r"\D", "", str(text))
    known = context.organisations.named(str(text), bare if len(bare) == 13 else None, None).known
    if known is not None and known.id is not None:
        draft.values["head_id"] = known.id
        draft.values.setdefault("is_branch", True)
    else:
        del draft.values["head_id"]
        draft.notes.append(f"«Головная организация»: «{text}» не найдена, не перенесено.")
