"""Text lists: which delimiter they use, and their rows with quoted ends of lines."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from app.core.errors import AppError
from app.exchange.limits import MAX_COLUMNS, MAX_ROWS, too_many_columns, too_many_rows

_DELIMITERS = (";", "\t", ",", "|")
_DOCUMENT = re.compile(r"[\ufeff\s]*(?:<[!?a-z]|\{\\rtf|%pdf)", re.IGNORECASE)
_LONGEST_CELL = 1_000_000


def delimited_rows(text: str, name: str) -> Iterator[list[str]]:
    """The rows of a text list, blank ones as []; AppError beyond the limits or when it is no list."""
    if _DOCUMENT.match(text):
        hint = "Откройте его в Excel или LibreOffice и сохраните как .xlsx."
        raise AppError(f"Файл «{name}» — страница или документ, а не таблица.", hint)
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    delimiter = _delimiter(plain)
    csv.field_size_limit(_LONGEST_CELL)
    # A quote that is never closed would swallow the rest of the list: then quotes are plain signs.
    stream = io.StringIO(plain, newline="")
    if _quotes_balanced(plain):
        reader = csv.reader(stream, delimiter=delimiter)
    else:
        reader = csv.reader(stream, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    filled = 0
    try:
        for row in reader:
            if len(row) > MAX_COLUMNS and any(cell.strip() for cell in row[MAX_COLUMNS:]):
                raise too_many_columns()
            filled += any(cell.strip() for cell in row)
            if filled > MAX_ROWS + 1:
                raise too_many_rows()
            yield row
    except csv.Error as error:
        hint = "Откройте его в Excel или LibreOffice и сохраните как .xlsx."
        raise AppError(f"Файл «{name}» не разбирается на графы.", hint) from error


def _quotes_balanced(text: str) -> bool:
    return text.count('"') % 2 == 0


def _delimiter(text: str) -> str:
    """The sign that splits the most lines into the same number of cells, more than one.

    Addresses of one place hold as many commas in every row, and more than the list has columns; but
    not in its heading.  So lines come first, and the number of cells decides between equals alone.
    """
    lines = [line for line in text[:200_000].split("\n")[:200] if line.strip()]
    best, best_score = ",", (0, 0)
    for delimiter in _DELIMITERS:
        counts = Counter(_cells(line, delimiter) for line in lines)
        counts.pop(1, None)
        if not counts:
            continue
        width, times = max(counts.items(), key=lambda item: (item[1], item[0]))
        score = (times, width)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _cells(line: str, delimiter: str) -> int:
    """How many cells the line has, delimiters within quotes left out."""
    outside = line.split('"')[::2] if line.count('"') % 2 == 0 else [line]
    return 1 + sum(part.count(delimiter) for part in outside)
