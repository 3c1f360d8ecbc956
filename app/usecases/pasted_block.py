"""A block of cells copied from a sheet: told from plain text, and kept as a list that an import reads."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path

from app.core.errors import AppError
from app.exchange.headings import squeezed
from app.exchange.reading import aliases_of
from app.records import REGISTERS
from app.usecases.places import write_file

NAME = "Вставленный блок.tsv"
Rows = Sequence[Sequence[str]]


def block_of(text: str, html: str = "") -> list[list[str]]:
    """The rows of what lies in the clipboard, cells as texts; [] when it is no block of cells.

    text: cells divided by tabs, as every office program copies them.  html: a table, where the text has no tabs
    (a page of a browser, a letter).
    """
    rows = _of_text(text) if "\t" in text else _of_html(html) if "<t" in html.lower() else []
    rows = [row for row in rows if any(row)]
    return rows if max(map(len, rows), default=0) > 1 else []


def is_list(register: str, rows: Rows) -> bool:
    """Are these rows a list of the register: two rows at least, or one that is not its heading?"""
    if not rows:
        return False
    known = aliases_of(REGISTERS[register])
    headings = sum(squeezed(cell) in known for cell in rows[0])
    return len(rows) > 1 or headings < 2


def keep_block(folder: Path, rows: Rows) -> Path:
    """The block as a file of a list, readable by its owner alone; returns its path."""
    if not rows:
        raise AppError("В буфере обмена нет таблицы.", "Скопируйте строки в Excel или LibreOffice и вставьте снова.")
    width = max(map(len, rows))
    told = io.StringIO(newline="")
    writer = csv.writer(told, delimiter="\t", lineterminator="\n")
    writer.writerows([*row, *[""] * (width - len(row))] for row in rows)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return write_file(folder / NAME, told.getvalue().encode())


def _of_text(text: str) -> list[list[str]]:
    plain = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    quoted = plain.count('"') % 2 == 0  # a quote that is never closed is a plain sign
    lines = io.StringIO(plain, newline="")
    reader = csv.reader(lines, "excel-tab") if quoted else csv.reader(lines, "excel-tab", quoting=csv.QUOTE_NONE)
    return [[_cell(cell) for cell in row] for row in reader]


def _of_html(html: str) -> list[list[str]]:
    reader = _TableReader()
    reader.feed(html)
    reader.close()
    return reader.rows


def _cell(text: str) -> str:
    """One line: a block is divided into rows by ends of lines, and no field of a list needs one within."""
    return " ".join(text.split())


class _TableReader(HTMLParser):
    """The cells of the first table; a cell over several columns leaves the others empty."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self._cell: list[str] | None = None
        self._wide = 1
        self._done = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._done:
            return
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self._cell = []
            wide = dict(attrs).get("colspan") or "1"
            self._wide = min(int(wide), 50) if wide.isdigit() else 1
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._cell is not None:
            self.rows[-1] += [_cell("".join(self._cell)), *[""] * (self._wide - 1)]
            self._cell = None
        elif tag == "table":
            self._done = True

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)
