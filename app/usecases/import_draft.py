"""A row of a list read as a record of its register: what every register's reading stands on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from sqlalchemy.orm import Session

from app.core.fields import Field, Kind, RecordType
from app.core.text import fold, fold_name
from app.exchange import ColumnMap, RawTable, ReadRow
from app.usecases.accounts import today_of
from app.usecases.import_index import Known, Match, Organisations
from app.usecases.import_names import several, without_address, without_number
from app.usecases.import_places import Places
from app.usecases.import_plan import Ref, Unknown
from app.usecases.import_words import Words
from app.usecases.titles import quoted, titles


@dataclass(slots=True)
class Draft:
    """What a row means.

    identity: by which a row is the same as another of this file.  id: the kept record it means, or the
    Ref of an earlier row.  values, lines: as `records.save` takes them.  faults: (field key, sentence).
    new_only: fields that a kept record keeps as it has them.  apart: cards a new one looks like.
    """

    title: str
    identity: tuple[Any, ...]
    values: dict[str, Any]
    lines: dict[str, tuple[dict[str, Any], ...]] = field(default_factory=dict)
    id: int | Ref | None = None
    faults: list[tuple[str, str]] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    repairs: list[str] = field(default_factory=list)
    unknown: list[Unknown] = field(default_factory=list)
    new_only: frozenset[str] = frozenset()
    known: Known | None = None
    apart: tuple[int, ...] = ()


class Reader(Protocol):
    """How one register reads a row."""

    def read(self, row: ReadRow, table: TableContext) -> Draft: ...

    def turn(self, row: ReadRow) -> int:
        """When the row is weighed among the others of its sheet: 0 first."""

    def find(self, draft: Draft) -> int | None:
        """The kept record of this identity, when the draft does not name it itself."""


@dataclass(frozen=True)
class TableContext:
    """The sheet a row stands in."""

    table: RawTable
    columns: ColumnMap
    number: int

    def heading(self, key: str) -> str:
        """The folded heading of the column that holds the field, ''."""
        at = self.columns.columns.get(key)
        return fold(self.table.column_title(at)) if at is not None else ""

    def ref(self, row: ReadRow) -> Ref:
        return Ref(f"{self.number}!{row.number}")


class Context:
    """What the records hold, for one import."""

    def __init__(self, session: Session, record_type: RecordType) -> None:
        self.session = session
        self.record_type = record_type
        self.today: date = today_of(session)
        self.organisations = Organisations(session)
        self.places = Places(session)
        self.words = Words(session)
        self._titles: dict[str, dict[str, int | None]] = {}
        self._pending: dict[Ref, dict[str, Any]] = {}

    def words_to_codes(self, draft: Draft) -> None:
        """Texts of dictionaries into codes; an unknown one is a fault where the field is required, else told."""
        for spec in self.record_type.fields:
            text = draft.values.get(spec.key)
            if text is None or not spec.dictionary or not spec.imported or spec.key == "settlement":
                continue
            if spec.kind is Kind.CHOICE:
                code = self.words.code(spec.dictionary, str(text))
                if code is None:
                    del draft.values[spec.key]
                    self._unknown_word(draft, spec, str(text))
                else:
                    draft.values[spec.key] = code
            elif spec.kind is Kind.CHOICES:
                draft.values[spec.key] = tuple(self._codes(draft, spec, text))
                if not draft.values[spec.key]:
                    del draft.values[spec.key]

    def _codes(self, draft: Draft, spec: Field, text: Any) -> list[str]:
        found: list[str] = []
        # «СОНКО; ИОПУ» is two words of the dictionary, though one of them would be found in the whole.
        whole = None if ";" in str(text) else self.words.code(spec.dictionary, str(text))
        parts = [str(text)] if whole else self.words.pieces(spec.dictionary, str(text))
        for part in parts:
            code = self.words.code(spec.dictionary, part)
            if code is not None:
                found.append(code)
            elif fold(part) not in ("нет", "0", ""):
                self._unknown_word(draft, spec, part)
        return list(dict.fromkeys(found))

    def _unknown_word(self, draft: Draft, spec: Field, text: str) -> None:
        if spec.required:
            draft.faults.append((spec.key, f"«{text}» нет в справочнике поля «{spec.title}»."))
        else:
            draft.notes.append(f"«{spec.title}»: «{text}» нет в справочнике, не перенесено.")

    def linked(self, draft: Draft, *keys: str) -> None:
        """Names of linked records into ids; an unknown one is told and left out."""
        for key in keys:
            text = draft.values.get(key)
            if text is None:
                continue
            spec = self.record_type[key]
            if spec.register not in self._titles:
                named: dict[str, int | None] = {}
                for id, title in titles(self.session, spec.register).items():
                    named[fold(title)] = None if fold(title) in named else id
                self._titles[spec.register] = named
            id_found = self._titles[spec.register].get(fold(str(text)))
            if id_found is None:
                del draft.values[key]
                draft.notes.append(f"«{spec.title}»: «{text}» не найдено, не перенесено.")
            else:
                draft.values[key] = id_found

    def is_known(self, name: str) -> bool:
        """Does exactly one organisation bear this name?"""
        return self.organisations.named(name, None, None, similar=False).known is not None

    def one_name(self, draft: Draft, key: str, name: str | None, row: ReadRow, table: TableContext) -> str | None:
        """The one organisation a row names; several in its cell are a fault, for nobody can divide a decision."""
        if not name:
            return name
        at = table.columns.columns[key]
        names = several(str(row.cells[at]) if at < len(row.cells) else name, self.is_known)
        if len(names) > 1:
            text = f"В ячейке названо несколько организаций ({len(names)}): запишите каждую отдельной строкой."
            draft.faults.append((key, text))
        return without_address(without_number(name), self.is_known)

    def organisation(
        self, draft: Draft, key: str, name: str | None, ogrn: str | None, inn: str | None, address: str | None = None
    ) -> int | Ref | None:
        """The id of the organisation a row names; one that is not kept is offered for creation."""
        match: Match = self.organisations.named(name, ogrn, inn)
        if match.known is not None:
            if match.known.id is not None:
                return match.known.id
            ref = Ref(match.known.key)
            draft.doubts.append(f"{quoted(match.known.name)} нет в базе: карточка будет создана при принятии строки.")
            draft.unknown.append(Unknown(ref, self._pending[ref]))
            return ref
        if match.doubts and "несколько" in match.doubts[0]:
            draft.faults.append((key, match.doubts[0]))
            return None
        if not name:
            number = f"ОГРН {ogrn}" if ogrn else f"ИНН {inn}"
            draft.faults.append((key, f"Организации с {number} нет в базе, а названия в списке нет: добавьте графу."))
            return None
        return self._new_organisation(draft, match, name, ogrn, inn, address)

    def _new_organisation(
        self, draft: Draft, match: Match, name: str, ogrn: str | None, inn: str | None, address: str | None
    ) -> Ref:
        home = self.places.home(None, address, inn, ogrn)
        values = {
            "name": name, "ogrn": ogrn, "inn": inn, "address": address if address and len(address) > 20 else None,
            "settlement": home.settlement, "primary_here": home.here is True,
            "primary_where": home.where if home.here is False else None, "status": "unverified",
        }  # fmt: skip
        ref = Ref(f"нко {ogrn or inn or fold(name)}")
        self._pending[ref] = {k: v for k, v in values.items() if v is not None}
        known = Known(None, name, fold_name(name), ogrn, inn, "", None, home.settlement, key=ref.key)
        self.organisations.add(known)
        similar = f" {match.doubts[0]}" if match.doubts else ""
        draft.doubts.append(
            f"{quoted(name)} нет в базе: при принятии строки будет создана карточка"
            f" («работает здесь», не проверена).{similar}"
        )
        like = match.similar.id if match.similar is not None else None
        draft.unknown.append(Unknown(ref, self._pending[ref], apart=() if like is None else (like,)))
        return ref
