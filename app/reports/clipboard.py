"""A table for the clipboard: words parted by tabs, and an HTML table that Excel and Word take with its lines."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Any

from app.core.fields import Field
from app.reports.told_table import PLACES, TablePaper, head_of, is_empty, words_of

_FORMULA = ("=", "@")  # a cell that begins so would be reckoned by a sheet
_AS_TEXT = "mso-number-format:'\\@'"


@dataclass(frozen=True, slots=True)
class Copied:
    """text: rows by lines, cells by tabs.  html: the same as a table."""

    text: str
    html: str


def table_copied(table: TablePaper) -> Copied:
    """Head and rows.  Figures stand without gaps, as a sheet reckons them; ОГРН and ИНН stay texts of digits."""
    heads = [head_of(field) for field in table.fields]
    rows = [
        [(field, _said(field, value)) for field, value in zip(table.fields, row, strict=True)] for row in table.rows
    ]
    text = ["\t".join(heads), *("\t".join(_flat(word) for _, word in row) for row in rows)]
    head = "".join(f"<th>{escape(word)}</th>" for word in heads)
    body = "".join(f"<tr>{''.join(_cell(field, word) for field, word in row)}</tr>" for row in rows)
    style = "border-collapse:collapse;font-family:'Times New Roman';font-size:10pt"
    html = (
        '<html><head><meta charset="utf-8"></head><body>'
        f'<table border="1" cellpadding="3" style="{style}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
        "</body></html>"
    )
    return Copied("\n".join(text), html)


def _said(field: Field, value: Any) -> str:
    if is_empty(field, value):
        return ""
    if field.kind in PLACES and isinstance(value, int | Decimal) and not isinstance(value, bool):
        return str(value).replace(".", ",")
    return words_of(field, value)


def _flat(word: str) -> str:
    """One line without tabs; what would be taken for a formula is marked as a text."""
    told = " ".join(word.replace("\t", " ").split("\n"))
    return f"'{told}" if told.startswith(_FORMULA) else told


def _cell(field: Field, word: str) -> str:
    told = escape(word).replace("\n", "<br>")
    if field.kind in PLACES:
        return f'<td align="right">{told}</td>'
    return f'<td style="{_AS_TEXT}">{told}</td>'
