"""A blank form filled by a careful person: every cell and list as a given return has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.records.choices import MARKS
from app.returns.cell_names import cell_name
from app.returns.hand_form import MEMBER_ROWS, NO, YES, HandForm
from app.returns.hand_lists import LISTS, HandList
from app.returns.hand_tables import TEXTS
from app.returns.snapshot import Average, Envelope, QuarterReturn, RegisterRow
from app.returns.sums import PERIODS

MADE_ON = date(2026, 10, 5)


class Filler:
    """An open blank form and a hand that types into it."""

    def __init__(self, blank: bytes, form: HandForm) -> None:
        self.work: Workbook = load_workbook(BytesIO(blank))
        self.form = form
        self._addresses = {name: defined.attr_text for name, defined in self.work.defined_names.items()}

    def where(self, cell: str) -> tuple[Worksheet, str]:
        """The sheet and the address of a cell by its name."""
        sheet, _, ref = str(self._addresses[cell_name(cell)]).rpartition("!")
        return self.work[sheet.strip("'")], ref.replace("$", "")

    def place(self, cell: str) -> str:
        sheet, ref = self.where(cell)
        return f"{sheet.title}!{ref}"

    def type(self, cell: str, value: Any) -> None:
        sheet, ref = self.where(cell)
        sheet[ref].value = value

    def line_place(self, key: str, line: int, column: str) -> str:
        """The place of a column in a line of a list, from 0."""
        sheet, row, at = self._line(LISTS[key], line, column)
        return f"{sheet.title}!{sheet.cell(row, at).coordinate}"

    def _line(self, one: HandList, line: int, column: str) -> tuple[Worksheet, int, int]:
        sheet, ref = self.where(one.anchor)
        first = sheet[ref]
        return sheet, first.row + line, first.column + one.column(column)

    def list(self, key: str, lines: Iterable[Mapping[str, Any]]) -> None:
        for number, line in enumerate(lines):
            for column, value in line.items():
                if value not in (None, ""):
                    sheet, row, at = self._line(LISTS[key], number, column)
                    sheet.cell(row, at).value = value

    def saved(self) -> bytes:
        buffer = BytesIO()
        self.work.save(buffer)
        return buffer.getvalue()


def fill(filler: Filler, ret: QuarterReturn, envelope: Envelope) -> None:
    """Types a whole return into the form."""
    _head(filler, ret, envelope)
    _rows(filler, ret)
    _tables(filler, ret)
    words = filler.form.words.choices
    filler.list("members", _members(ret, words))
    filler.list("services", _services(ret))
    filler.list("needs", _needs(ret, words))
    filler.list("register", (_register(row, words) for row in (*ret.annex_a, *ret.annex_a_pending)))
    filler.list("practices", _practices(ret))
    filler.list("on_record", _on_record(ret, words))


def _head(filler: Filler, ret: QuarterReturn, envelope: Envelope) -> None:
    head = ret.head
    texts = {
        "administration": head.administration, "unit": head.unit, "addressee": head.addressee,
        "signer_post": envelope.head.post, "signer": envelope.head.name, "executor_post": envelope.executor.post,
        "executor": envelope.executor.name, "executor_phone": envelope.executor.phone, "reason": head.reason,
    }  # fmt: skip
    assert set(texts) <= set(TEXTS)
    values: dict[str, Any] = {
        "oktmo": filler.form.words.choices["territory"][head.oktmo],
        "year": head.quarter.year,
        "quarter": head.quarter.number,
        "correction": head.correction,
        "date": MADE_ON,
    }
    for key, value in (values | texts).items():
        if value != "":
            filler.type(f"head.{key}", value)


def _rows(filler: Filler, ret: QuarterReturn) -> None:
    entries = filler.form.entries
    for code, row in ret.rows.items():
        for column in (*PERIODS, "plan", "before"):
            value, cell = getattr(row, column), f"{code}.{column}"
            if value is not None and cell in entries and not entries[cell].formula:
                filler.type(cell, _typed(value))
        if row.note:
            filler.type(f"{code}.note", row.note)
    for code, count in ret.activities.items():
        filler.type(f"1а.{code}", count)


def _tables(filler: Filler, ret: QuarterReturn) -> None:
    entries = filler.form.entries
    for line, key in zip(ret.services, filler.form.lines, strict=False):
        filler.type(f"{key}.centre", line.centre_name)
        filler.type(f"{key}.code", line.code)
        if line.plan is not None:
            filler.type(f"{key}.plan.quarter", _typed(line.plan))
        for period in PERIODS:
            for column in filler.form.form.service_columns:
                if column.key != "plan":
                    value = getattr(getattr(line, period), column.key)
                    filler.type(
                        f"{key}.{column.key}.{period}", _typed(value.value if isinstance(value, Average) else value)
                    )
    for need in ret.needs:
        for period in PERIODS:
            for column in filler.form.form.need_columns:
                cell = f"{need.key}.{column.key}.{period}"
                if not entries[cell].formula:
                    filler.type(cell, getattr(getattr(need, period), column.key))


def _typed(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value


Words = Mapping[str, Mapping[str, str]]


def _members(ret: QuarterReturn, words: Words) -> Iterator[dict[str, Any]]:
    for code in MEMBER_ROWS:
        members = ret.members.get(code)
        if members is None or members.bare_year:
            continue
        for key in members.year:
            entity = ret.entity(key)
            assert entity is not None
            period = "quarter" if key in members.quarter else "year"
            yield {
                "row": code,
                "period": words["member_period"][period],
                "number": entity.number,
                "name": entity.name,
            }


def _named(ret: QuarterReturn, key: str) -> str:
    entity = ret.entity(key)
    assert entity is not None
    return entity.number or entity.name


def _services(ret: QuarterReturn) -> Iterator[dict[str, Any]]:
    for row in ret.annex_d:
        centre = ret.entity(row.centre)
        assert centre is not None
        recipients = [
            (_named(ret, key) if key else "граждане") + ("*" if key and key in row.first else "")
            for key in row.recipients
        ]
        yield {
            "provided_on": row.provided_on, "centre": centre.name, "code": row.code, "quantity": _typed(row.quantity),
            "hours": _typed(row.hours), "people": row.people, "recipients": "; ".join(recipients),
            "evidence_kind": row.evidence_kind, "evidence_no": row.evidence_no, "needs": ", ".join(row.needs),
        }  # fmt: skip


def _needs(ret: QuarterReturn, words: Words) -> Iterator[dict[str, Any]]:
    for need in ret.annex_b:
        entity = ret.entity(need.ngo)
        assert entity is not None
        yield {
            "number": need.number, "ngo": entity.name, "ngo_number": entity.number,
            "category": words["need_category"][need.category], "codes": "; ".join(need.codes),
            "opened_on": need.opened_on, "priority": words["priority"][need.priority],
            "status": words["need_status"][need.status], "closed_on": need.closed_on, "closed_by": need.closed_by,
        }  # fmt: skip


def _register(row: RegisterRow, words: Words) -> dict[str, Any]:
    return {
        "number": row.number, "entered_on": row.entered_on,
        "decision": words["decision"]["termination" if row.termination else "decision"],
        "decision_on": row.decision_on, "decision_no": row.decision_no, "name": row.name,
        "short_name": row.short_name, "address": row.address, "ogrn": row.ogrn, "inn": row.inn,
        "activities": ", ".join(row.activities), "form": words["support_form"][row.form], "size": row.size,
        "amount": _typed(row.amount), "starts_on": row.starts_on, "ends_on": row.ends_on,
        "violations": row.violations, "published_on": row.published_on,
    }  # fmt: skip


def _practices(ret: QuarterReturn) -> Iterator[dict[str, Any]]:
    for card in ret.annex_v:
        texts = {
            key: getattr(card, key)
            for key in ("title", "problem", "target_group", "description", "resources", "results", "evidence",
                        "conditions", "contact", "link")
        }  # fmt: skip
        named = {key: _name(ret, getattr(card, key)) for key in ("ngo", "partner")}
        yield {**texts, **named, **dict(card.states), "consent": YES if card.consent else NO}


def _name(ret: QuarterReturn, key: str) -> str:
    entity = ret.entity(key)
    return entity.name if entity is not None else ""


def _on_record(ret: QuarterReturn, words: Words) -> Iterator[dict[str, Any]]:
    for row in ret.annex_e:
        yield {
            "name": row.name, "kind": words["ngo_kind"][row.kind], "ogrn": row.ogrn, "kpp": row.kpp,
            "okopf": words["legal_form"].get(row.okopf, row.okopf), "status": words["ngo_status"][row.status],
            **{mark: YES for mark in MARKS if mark in row.marks}, "primary": row.primary,
        }  # fmt: skip


