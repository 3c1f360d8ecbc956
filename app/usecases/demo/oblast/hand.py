"""A return filled by hand: the blank form with the figures of a district, and edited files."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from app.returns.hand_form import MEMBER_ROWS
from app.returns.snapshot import Average, Envelope, QuarterReturn
from app.returns.sums import PERIODS
from app.usecases.form_words import shipped_form


class HandFilled:
    """A form into which a return was typed.  listed: its lists of who stands behind unique rows, and of needs, too."""

    def __init__(self, ret: QuarterReturn, envelope: Envelope, *, listed: bool) -> None:
        from app.reports.typed_form import TypedForm  # openpyxl is slow to import

        self._ret, self._envelope = ret, envelope
        self._hand = TypedForm(shipped_form(ret.head.form_version))
        self._words = self._hand.form.words.choices
        typed = {**dict(self._head()), **dict(self._rows()), **dict(self._tables())}
        for cell, value in typed.items():
            self._hand.type(cell, _plain(value))
        lists = {"register": self._register()}  # what is counted in rows 232 and 233 has to be listed
        if listed:
            lists |= {"members": self._members(), "needs": self._needs()}
        for key, lines in lists.items():
            for number, line in enumerate(lines):
                self._hand.type_line(key, number, {column: _plain(value) for column, value in line.items()})
        self._typed = typed

    def saved(self, over: Mapping[str, Any] | None = None) -> bytes:
        """The file; over: what was typed in the place of the right values, in this copy alone."""
        for cell, value in (over or {}).items():
            self._hand.type(cell, value)
        try:
            return self._hand.saved()
        finally:
            for cell in over or {}:
                self._hand.type(cell, _plain(self._typed.get(cell)))

    def _head(self) -> Iterator[tuple[str, Any]]:
        head, envelope = self._ret.head, self._envelope
        yield "head.oktmo", self._words["territory"][head.oktmo]
        yield "head.year", head.quarter.year
        yield "head.quarter", head.quarter.number
        yield "head.correction", head.correction
        yield "head.date", envelope.frozen_on
        texts = {
            "administration": head.administration, "unit": head.unit, "addressee": head.addressee,
            "signer_post": envelope.head.post, "signer": envelope.head.name, "executor_post": envelope.executor.post,
            "executor": envelope.executor.name, "executor_phone": envelope.executor.phone,
        }  # fmt: skip
        for key, text in texts.items():
            yield f"head.{key}", text or None

    def _rows(self) -> Iterator[tuple[str, Any]]:
        entries = self._hand.form.entries
        for code, row in self._ret.rows.items():
            for column in (*PERIODS, "plan", "before"):
                value, cell = getattr(row, column), f"{code}.{column}"
                if value is not None and cell in entries and not entries[cell].formula:
                    yield cell, value
            if row.note:
                yield f"{code}.note", row.note
        for code, count in self._ret.activities.items():
            yield f"1а.{code}", count

    def _tables(self) -> Iterator[tuple[str, Any]]:
        form = self._hand.form
        for line, key in zip(self._ret.services, form.lines, strict=False):
            yield f"{key}.centre", line.centre_name
            yield f"{key}.code", line.code
            if line.plan is not None:
                yield f"{key}.plan.quarter", line.plan
            for period in PERIODS:
                for column in form.form.service_columns:
                    if column.key != "plan":
                        yield f"{key}.{column.key}.{period}", getattr(getattr(line, period), column.key)
        for need in self._ret.needs:
            for period in PERIODS:
                for column in form.form.need_columns:
                    cell = f"{need.key}.{column.key}.{period}"
                    if not form.entries[cell].formula:
                        yield cell, getattr(getattr(need, period), column.key)

    def _members(self) -> Iterator[Mapping[str, Any]]:
        ret = self._ret
        for code in MEMBER_ROWS:
            members = ret.members.get(code)
            for key in members.year if members is not None else ():
                entity = ret.entity(key)
                assert entity is not None
                assert members is not None
                period = self._words["member_period"]["quarter" if key in members.quarter else "year"]
                yield {"row": code, "period": period, "number": entity.number, "name": entity.name}

    def _needs(self) -> Iterator[Mapping[str, Any]]:
        words = self._words
        for need in self._ret.annex_b:
            entity = self._ret.entity(need.ngo)
            assert entity is not None
            yield {
                "number": need.number, "ngo": entity.name, "ngo_number": entity.number,
                "category": words["need_category"][need.category], "codes": "; ".join(need.codes),
                "opened_on": need.opened_on, "priority": words["priority"][need.priority],
                "status": words["need_status"][need.status], "closed_on": need.closed_on, "closed_by": need.closed_by,
            }  # fmt: skip


    def _register(self) -> Iterator[Mapping[str, Any]]:
        words = self._words
        for row in (*self._ret.annex_a, *self._ret.annex_a_pending):
            yield {
                "number": row.number, "entered_on": row.entered_on,
                "decision": words["decision"]["termination" if row.termination else "decision"],
                "decision_on": row.decision_on, "decision_no": row.decision_no, "name": row.name,
                "short_name": row.short_name, "address": row.address, "ogrn": row.ogrn, "inn": row.inn,
                "activities": ", ".join(row.activities), "form": words["support_form"][row.form], "size": row.size,
                "amount": row.amount, "starts_on": row.starts_on, "ends_on": row.ends_on,
                "violations": row.violations, "published_on": row.published_on,
            }  # fmt: skip


def _plain(value: Any) -> Any:
    if isinstance(value, Average):
        value = value.value
    return float(value) if isinstance(value, Decimal) else value


def edited(xlsx: bytes, sheet: str, ref: str, value: int) -> bytes:
    """The workbook after somebody typed another figure over a cell and saved it, whatever was signed."""
    with zipfile.ZipFile(io.BytesIO(xlsx)) as archive:
        parts = {one.filename: archive.read(one) for one in archive.infolist()}
    book, links = parts["xl/workbook.xml"].decode(), parts["xl/_rels/workbook.xml.rels"].decode()
    found = re.search(rf'<sheet [^>]*name="{re.escape(sheet)}"[^>]*r:id="([^"]+)"', book)
    assert found is not None
    link = next(one for one in re.findall(r"<Relationship [^>]*>", links) if f'Id="{found[1]}"' in one)
    path = re.search(r'Target="/?([^"]+)"', link)
    assert path is not None
    part = path[1] if path[1].startswith("xl/") else f"xl/{path[1]}"
    text, count = re.subn(rf'(<c r="{ref}"[^>]*>)<v>[^<]*</v>', rf"\g<1><v>{value}</v>", parts[part].decode(), count=1)
    assert count == 1
    parts[part] = text.encode()
    return packed(parts)


def packed(parts: Mapping[str, bytes]) -> bytes:
    """An archive with the same bytes for the same members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (2026, 10, 12, 9, 0, 0))
            entry.create_system = 0  # the same on Windows and Linux
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
