"""Each row of a list weighed against what is kept: new, changed field by field, same, doubtful or wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from app.core.fields import Field, Kind
from app.core.values import show
from app.exchange import ReadRow
from app.exchange.rows import place_of
from app.usecases.import_alike import alike, same_words
from app.usecases.import_draft import Context, Draft, Reader, TableContext
from app.usecases.import_hand import edited_by_hand
from app.usecases.import_plan import Change, Fault, Outcome, PlannedRow, Ref
from app.usecases.record_entry import entry_of
from app.usecases.record_faults import faults_of
from app.usecases.record_rules import prepare, rule_faults
from app.usecases.registers import rows as kept_rows
from app.usecases.titles import dictionary_titles, quoted, titles

_AT_ONCE = 400
_WORDS = frozenset({Kind.TEXT, Kind.NOTE})
_NUMBERS = frozenset({Kind.OGRN, Kind.INN, Kind.MINJUST})
_ADDED = frozenset({"marks", "activities", "codes"})
"""Gathered fields that a list adds to and never takes from."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What rows of this file have said of one record.  row, ref: of the first; waits: it is doubtful.

    by: field key -> the row that said the value first.
    """

    row: PlannedRow
    ref: Ref
    values: Mapping[str, Any]
    waits: bool
    by: Mapping[str, PlannedRow]


class Planner:
    """Weighs the rows of one file in order; it remembers what the rows before have said."""

    def __init__(self, context: Context, reader: Reader, register: str) -> None:
        self._context = context
        self._reader = reader
        self._register = register
        self._fields = {spec.key: spec for spec in context.record_type.fields}
        self._said: dict[Any, _Said] = {}  # what rows before have said of the same record
        self._titles: dict[str, Mapping[Any, str]] = {}
        self._count = 0

    def plan(
        self, rows: Iterable[ReadRow], table: TableContext, weighed: Callable[[int], None]
    ) -> Iterator[PlannedRow]:
        """The planned rows of one sheet, one for each row, in their order; `weighed(n)` is told as they are done.

        Rows that name their organisation surely are weighed first (`Reader.turn`): a row without a
        number, or without a name, may mean one that stands below it.
        """
        read = list(rows)
        planned: dict[int, PlannedRow] = {}
        stream = iter(sorted((row for row in read if not row.fragment), key=self._reader.turn))
        while part := list(islice(stream, _AT_ONCE)):
            drafts = [self._draft(row, table) for row in part]
            kept = self._kept(drafts)
            for row, draft in zip(part, drafts, strict=True):
                planned[row.number] = self._weigh(row, draft, table, kept)
                self._count += 1
                planned[row.number].order = self._count
            weighed(len(planned))
        last: PlannedRow | None = None
        for row in read:
            if row.fragment:
                yield _fragment(row, table, last)
            else:
                last = planned[row.number]
                yield last

    def _draft(self, row: ReadRow, table: TableContext) -> Draft:
        draft = self._reader.read(row, table)
        if draft.id is None and not draft.faults and not row.faults:
            draft.id = self._reader.find(draft)
        return draft

    def _kept(self, drafts: Iterable[Draft]) -> dict[int, Mapping[str, Any]]:
        ids = sorted({draft.id for draft in drafts if isinstance(draft.id, int)})
        return {row.id: row.values for row in kept_rows(self._context.session, self._register, ids)}

    def _weigh(
        self, row: ReadRow, draft: Draft, table: TableContext, kept: Mapping[int, Mapping[str, Any]]
    ) -> PlannedRow:
        planned = PlannedRow(
            table.table.sheet, row.number, draft.title or f"строка {row.number}", Outcome.NEW,
            repairs=(*self._repairs(row), *draft.repairs), notes=tuple(draft.notes), values=draft.values,
            cells=row.cells, lines=draft.lines, unknown=tuple(draft.unknown), ref=table.ref(row),
            apart=draft.apart,
        )  # fmt: skip
        faults = [(key, text, row.readings.get(key, ())) for key, text in row.faults.items()]
        faults += [(key, text, ()) for key, text in draft.faults]
        if faults:
            return self._reject(planned, row, table, faults)
        key = ("id", draft.id) if draft.id is not None else draft.identity
        before = self._said.get(key)
        if before is None and isinstance(draft.id, Ref):
            draft.id = None  # the row it means was refused: this one stands for itself
        current = dict(kept.get(draft.id, {})) if isinstance(draft.id, int) else {}
        if before is None and draft.id is None:
            return self._new(planned, row, draft, table, key)
        planned.id = draft.id if isinstance(draft.id, int) or before is None else before.ref
        values = {k: v for k, v in draft.values.items() if k not in draft.new_only}
        earlier = before.values if before else {}
        base = {**current, **earlier}
        for gathered in _ADDED & values.keys():
            have = tuple(base.get(gathered) or ())
            values[gathered] = (*have, *(code for code in values[gathered] if code not in have))
        changed = {k: v for k, v in values.items() if not self._alike(k, base.get(k), v)}
        against = [k for k in changed if k in earlier and k not in _ADDED and not same_words(earlier[k], changed[k])]
        planned.values = changed
        planned.kept = frozenset(k for k in against if self._alike(k, current.get(k), changed[k]))
        if changed:
            wrong = self._faults(changed, draft, draft.id) if isinstance(draft.id, int) else []
            if wrong:
                return self._reject(planned, row, table, wrong)
        self._settle(planned, draft, base, against, before)
        first = before or _Said(planned, table.ref(row), {}, False, {})
        by = {**dict.fromkeys(values, planned), **first.by, **dict.fromkeys(changed, planned)}
        said = {k: changed.get(k, base.get(k)) for k in values}
        self._said[key] = _Said(first.row, first.ref, {**earlier, **said}, first.waits, by)
        return planned

    def _settle(
        self, planned: PlannedRow, draft: Draft, current: Mapping[str, Any], against: Sequence[str],
        before: _Said | None,
    ) -> None:  # fmt: skip
        changed = planned.values
        planned.changes = tuple(
            Change(key, self._fields[key].title, self._shown(key, current.get(key)), self._shown(key, value))
            for key, value in changed.items()
        )
        doubts = list(draft.doubts) if changed else []
        if against and before is not None:
            names = ", ".join(f"«{self._fields[key].title}»" for key in against)
            others = list({id(before.by[key]): before.by[key] for key in against}.values())
            places = ", ".join(_place(other, planned) for other in others)
            doubts.append(f"Иначе в этом же списке ({places}): {names}.")
            for other in others:
                # Neither is surer than the other: a change that a later row contradicts waits too.
                if other.outcome is Outcome.CHANGED:
                    other.outcome = Outcome.DOUBTFUL
                    other.doubts = (*other.doubts, f"Иначе в этом же списке ({_place(planned, other)}): {names}.")
        elif before is not None and before.waits:
            doubts.append(f"Повторяет то, что ждёт решения ({_place(before.row, planned)}).")
        filled = [key for key in changed if current.get(key) not in (None, "", ())]
        doubts += [
            f"«{self._fields[key].title}» в базе другой: {current[key]}. Сверьте, та ли это организация."
            for key in filled
            if self._fields[key].kind in _NUMBERS
        ]
        if changed and isinstance(draft.id, int):
            empty = changed.keys() - set(filled)
            typed = edited_by_hand(self._context.session, self._register, draft.id, changed, empty)
            doubts += [f"«{self._fields[key].title}» правили вручную ({who})." for key, who in typed.items()]
        planned.doubts = tuple(doubts)
        planned.outcome = Outcome.DOUBTFUL if doubts else Outcome.CHANGED if changed else Outcome.SAME
        if not changed:
            planned.lines = {}
            if before is not None and not doubts:
                told = f"Повторяет то, что уже есть в списке ({_place(before.row, planned)})."
                planned.notes = (*planned.notes, told)

    def _new(self, planned: PlannedRow, row: ReadRow, draft: Draft, table: TableContext, key: Any) -> PlannedRow:
        wrong = self._faults(draft.values, draft, None)
        if wrong:
            return self._reject(planned, row, table, wrong)
        by = dict.fromkeys(draft.values, planned)
        said = _Said(planned, table.ref(row), dict(draft.values), bool(draft.doubts), by)
        # Rows that mean what this one makes find it by its Ref.
        self._said[key] = self._said[("id", table.ref(row))] = said
        planned.doubts = tuple(draft.doubts)
        planned.outcome = Outcome.DOUBTFUL if draft.doubts else Outcome.NEW
        return planned

    def _faults(
        self, values: Mapping[str, Any], draft: Draft, id: int | None
    ) -> list[tuple[str, str, tuple[Any, ...]]]:
        """What saving would refuse; of an organisation still to be made nothing can be said yet."""
        later = {key for key, value in values.items() if isinstance(value, Ref)}
        plain = {key: value for key, value in values.items() if key not in later}
        lines = {
            key: tuple(line for line in given if not any(isinstance(value, Ref) for value in line.values()))
            for key, given in draft.lines.items()
        }
        unsaid = {key for key, given in draft.lines.items() if len(lines[key]) < len(given)}
        entry = entry_of(self._context.session, self._register, id, plain, {} if id is not None else lines, {})
        prepare(entry)
        found = faults_of(entry)
        for key, sentence in rule_faults(entry).items():
            found.setdefault(key, sentence)
        if draft.unknown:
            later |= {"ngo_id"}
        return [
            (key.split(".")[0] if key.split(".")[0] in self._fields else key, text, ())
            for key, text in found.items()
            if key not in later and key.split(".")[0] not in unsaid
        ]

    def _reject(
        self, planned: PlannedRow, row: ReadRow, table: TableContext, faults: Sequence[tuple[str, str, tuple[Any, ...]]]
    ) -> PlannedRow:
        told = []
        for key, text, readings in faults:
            spec = self._fields.get(key.partition(".")[0])
            title = spec.title if spec else ""
            if spec and text.startswith("Заполните поле") and key not in table.columns.columns:
                text = f"В списке нет графы «{title}»: добавьте её или укажите значение для всего списка."
            told.append(Fault(key, title, place_of(row, table.columns, key), text, readings))
        planned.faults = tuple(told)
        planned.outcome = Outcome.REJECTED
        planned.doubts = ()
        return planned

    def _repairs(self, row: ReadRow) -> tuple[str, ...]:
        found = []
        for key, texts in row.repairs.items():
            spec = self._fields.get(key.partition(".")[0])
            for text in texts:
                found.append(text if text.startswith(("ОГРН", "ИНН", "КПП", "Учётный")) else f"{_title(spec)}: {text}")
        return tuple(found)

    def _alike(self, key: str, kept: Any, given: Any) -> bool:
        return alike(kept, given, words=self._fields[key].kind in _WORDS)

    def _shown(self, key: str, value: Any) -> str:
        spec = self._fields[key]
        if value in (None, "", ()):
            return ""
        if isinstance(value, Ref):
            return "новая карточка"
        if spec.dictionary or spec.register:
            named = self._named(spec)
            values = value if isinstance(value, tuple) else (value,)
            return ", ".join(str(named.get(one, one)) for one in values)
        return show(spec.kind, value)

    def _named(self, spec: Field) -> Mapping[Any, str]:
        where = spec.dictionary or spec.register
        if where not in self._titles:
            session = self._context.session
            by_code = spec.kind in (Kind.CHOICE, Kind.CHOICES)
            self._titles[where] = dictionary_titles(session, where) if by_code else titles(session, where)
        return self._titles[where]


def _place(row: PlannedRow, seen_from: PlannedRow) -> str:
    """«строка 5», with its sheet when that is another one."""
    sheet = f" листа «{row.sheet}»" if row.sheet != seen_from.sheet else ""
    return f"строка {row.number}{sheet}"


def _title(spec: Field | None) -> str:
    return spec.title if spec else "Список"


def _fragment(row: ReadRow, table: TableContext, above: PlannedRow | None) -> PlannedRow:
    """The rest of a wrapped cell, or the heading of a part: no record, told so; the row above may not be whole."""
    filled = next((str(cell) for cell in row.cells if str(cell).strip()), "")
    at = next((i for i, cell in enumerate(row.cells) if str(cell).strip()), 0)
    if at == table.columns.columns.get("recipients"):
        where = f" строки {above.number}" if above is not None else ""
        text = f"Не отдельная услуга: получателей{where} перечислите в одной ячейке через точку с запятой."
    elif at in table.columns.columns.values():
        where = f" строки {above.number}" if above is not None else ""
        text = f"Не отдельная запись: это продолжение ячейки{where}. Соедините ячейки в исходном списке."
    else:
        text = "Не отдельная запись: заполнена одна ячейка. Заголовок раздела уберите, разрыв ячейки соедините."
    names = {table.columns.columns.get(key) for key in ("name", "ngo_id", "recipients")}
    if above is not None and at in names and above.outcome in (Outcome.NEW, Outcome.CHANGED, Outcome.DOUBTFUL):
        above.outcome = Outcome.DOUBTFUL
        rest = quoted(filled.strip())
        what = "Перечень получателей" if at == table.columns.columns.get("recipients") else "Название"
        above.doubts = (*above.doubts, f"{what}, возможно, продолжается в строке {row.number}: {rest}.")
    key = next((key for key, column in table.columns.columns.items() if column == at), "")
    fault = Fault(key, table.table.column_title(at), place_of(row, table.columns, key), text)
    return PlannedRow(
        table.table.sheet, row.number, filled.strip()[:80], Outcome.REJECTED, faults=(fault,), cells=row.cells
    )
