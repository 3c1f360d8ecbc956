"""Which marks a template has: what they are of, which rows repeat, and what would keep it from being filled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process

from app.reports.template_book import Book, Sheet, column_number, foreign, letters_of, row_of
from app.reports.template_cells import text_of
from app.reports.template_rows import Fault, grow
from app.reports.template_xml import Node
from app.returns.mark_lists import ListSpec
from app.returns.marks import MARK, ROWS, Lexicon

_IN_HEAD = "Метка в заголовке «умной таблицы»: преобразуйте её в обычный диапазон."


@dataclass(frozen=True, slots=True)
class Scan:
    """What marks a book has.  repeats: sheet -> row -> the list over which it repeats."""

    faults: tuple[Fault, ...]
    repeats: Mapping[str, Mapping[int, ListSpec]]
    marks: int


def template_faults(content: bytes, lexicon: Lexicon, name: str = "Шаблон") -> tuple[Fault, ...]:
    """What would keep the template from being filled: unknown marks, rows that cannot be repeated."""
    book = Book(content, name)
    with foreign(name):
        scan = scan_marks(book, lexicon)
        return (*scan.faults, *growth_faults(book, scan))


def growth_faults(book: Book, scan: Scan) -> tuple[Fault, ...]:
    """What could not follow the repeated rows, whatever their number.  The book is not to be used after."""
    _, refused = grow(book, {sheet: dict.fromkeys(rows, 2) for sheet, rows in scan.repeats.items()})
    return tuple(dict.fromkeys(refused))


def scan_marks(book: Book, lexicon: Lexicon) -> Scan:
    """All marks of a book, known or not."""
    faults: list[Fault] = []
    repeats: dict[str, dict[int, ListSpec]] = {}
    count = 0
    for sheet in book.sheets:
        heads = _table_heads(sheet)
        for row in sheet.rows():
            texts = {cell.attrs["r"]: _marked_text(cell, book) for cell in row.all("c")}
            codes = [(place, found[1]) for place, text in texts.items() for found in MARK.finditer(text)]
            count += len(codes)
            spec, refused = _list_of(sheet, codes, lexicon)
            if spec is not None:
                repeats.setdefault(sheet.name, {})[int(row.attrs["r"])] = spec
            faults += refused
            for place, code in codes:
                if not ROWS.fullmatch(code) and _read(code, lexicon, spec) is None:
                    faults.append(Fault(f"{sheet.name}!{place}", _unknown(code, lexicon, spec)))
                elif any(_lies_in(place, head) for head in heads):
                    faults.append(Fault(f"{sheet.name}!{place}", _IN_HEAD))
            faults += _spoilt(sheet, row, texts)
        for words in header_texts(sheet):
            for found in MARK.finditer(words.text):
                count += 1
                if lexicon.read(found[1]) is None:
                    faults.append(Fault(f"{sheet.name}, колонтитул", _unknown(found[1], lexicon, None)))
    return Scan(tuple(faults), repeats, count)


def _table_heads(sheet: Sheet) -> list[str]:
    """Areas of the heads of «smart» tables: Excel keeps their words twice and calls a difference damage."""
    tables = [link for link in sheet.book.links(sheet.path) if link.kind == "table" and link.target in sheet.book.parts]
    roots = [sheet.book.tree(link.target) for link in tables]
    return [root.attrs.get("ref", "A1") for root in roots if root.attrs.get("headerRowCount") != "0"]


def _lies_in(address: str, area: str) -> bool:
    """Is the cell in the first row of the area?"""
    start, _, end = area.partition(":")
    columns = range(column_number(letters_of(start)), column_number(letters_of(end or start)) + 1)
    return row_of(address) == row_of(start) and column_number(letters_of(address)) in columns


def _marked_text(cell: Node, book: Book) -> str:
    text = text_of(cell, book)
    return text if "{{" in text or "}}" in text else ""


def _list_of(sheet: Sheet, codes: Sequence[tuple[str, str]], lexicon: Lexicon) -> tuple[ListSpec | None, list[Fault]]:
    """The list over which a row repeats, and what is wrong with its mark."""
    named = [(place, found[1]) for place, code in codes if (found := ROWS.fullmatch(code))]
    if not named:
        return None, []
    place, name = named[0]
    spec = lexicon.list_named(name)
    if spec is None:
        known = ", ".join(lexicon.lists)
        return None, [Fault(f"{sheet.name}!{place}", f"Списка «{name}» нет. Есть: {known}.")]
    if len(named) > 1:
        text = "В одной строке две метки {{rows: …}}: строка повторяется по одному списку."
        return spec, [Fault(f"{sheet.name}!{named[1][0]}", text)]
    return spec, []


def _read(code: str, lexicon: Lexicon, spec: ListSpec | None) -> str | None:
    return (spec.read(code) if spec else None) or lexicon.read(code)


def _unknown(code: str, lexicon: Lexicon, spec: ListSpec | None) -> str:
    """Why a mark is not known, and what was probably meant."""
    said = f"Метки {{{{{code}}}}} нет"
    if spec is None and any(one.read(code) for one in lexicon.lists.values()):
        return f"{said}: графы списков ставят в строку с меткой {{{{rows: …}}}}."
    near = lexicon.nearest(code)
    if spec is not None:
        columns = [column.key for column in spec.columns]
        found = process.extractOne(code.strip().lower(), columns, score_cutoff=60)
        near = found[0] if found else near
    return f"{said}. Ближайшая — {{{{{near}}}}}." if near else f"{said}."


def _spoilt(sheet: Sheet, row: Node, texts: Mapping[str, str]) -> Iterator[Fault]:
    """Braces that do not close, and marks inside formulas."""
    for place, words in texts.items():
        rest = MARK.sub("", words)
        if "{{" in rest or "}}" in rest:
            yield Fault(f"{sheet.name}!{place}", "Скобки метки не закрыты: нужно {{…}}.")
    for cell in row.all("c"):
        formula = cell.first("f")
        if formula is not None and "{{" in formula.text:
            text = "Метка внутри формулы: поставьте её в ячейку без формулы."
            yield Fault(f"{sheet.name}!{cell.attrs['r']}", text)


def header_texts(sheet: Sheet) -> Iterator[Node]:
    header = sheet.root.first("headerFooter")
    return iter(header) if header is not None else iter(())
