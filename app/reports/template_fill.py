"""A template with marks in its cells, filled from a return: formats, formulas and all else stay as they were."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from app.core.errors import AppError
from app.core.russian import plural
from app.reports.cell_words import cell_words
from app.reports.template_book import Book, Sheet, foreign
from app.reports.template_cells import Run, put_day, put_figure, put_text, runs_of, with_marks
from app.reports.template_heights import Heights
from app.reports.template_rows import Fault, Origin, grow
from app.reports.template_scan import header_texts, scan_marks, template_faults
from app.reports.template_xml import Node
from app.returns.mark_head import DRAFT
from app.returns.mark_lists import ListSpec, Names, names_of
from app.returns.mark_values import Paper, Shown
from app.returns.marks import MARK, ROWS, Lexicon

_AFTER_HEADER = (
    "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing",
    "drawingHF", "legacyDrawing", "legacyDrawingHF", "picture", "oleObjects", "controls", "webPublishItems",
    "tableParts", "extLst",
)  # fmt: skip
_SHOWN_FAULTS = 5


class TemplateFaults(AppError):
    """A template that cannot be filled: its faults by sheet and cell; nothing was written."""

    def __init__(self, name: str, faults: Sequence[Fault]) -> None:
        said = "; ".join(str(fault) for fault in faults[:_SHOWN_FAULTS])
        more = f"; и ещё {len(faults) - _SHOWN_FAULTS}" if len(faults) > _SHOWN_FAULTS else ""
        super().__init__(
            f"В шаблоне «{name}» {plural(len(faults), 'ошибка', 'ошибки', 'ошибок')}: {said}{more}",
            "Исправьте метки и заполните шаблон снова.",
        )
        self.faults = tuple(faults)


def fill_template(content: bytes, lexicon: Lexicon, paper: Paper, name: str = "Шаблон") -> bytes:
    """The template with its marks replaced by what the return says, the same bytes for the same return.

    TemplateFaults when a mark is not known or a row cannot be repeated; AppError for no workbook.
    """
    faults = template_faults(content, lexicon, name)
    if faults:
        raise TemplateFaults(name, faults)
    with foreign(name):
        return _filled(Book(content, name), lexicon, paper)


def _filled(book: Book, lexicon: Lexicon, paper: Paper) -> bytes:
    scan = scan_marks(book, lexicon)
    records = {spec.key: _records(spec, paper) for rows in scan.repeats.values() for spec in rows.values()}
    counts = {
        sheet: {row: max(1, len(records[spec.key])) for row, spec in rows.items()}
        for sheet, rows in scan.repeats.items()
    }
    origins, _ = grow(book, counts)
    filling = _Filling(book, lexicon, paper, names_of(paper.ret))
    for sheet in book.sheets:
        lists = scan.repeats.get(sheet.name, {})
        heights = Heights(sheet)
        for row in sheet.rows():
            origin = origins.get(sheet.name, {}).get(int(row.attrs["r"]))
            heights.fit(row, filling.row(row, _Record.of(origin, lists, records)))
        filling.headers(sheet)
    for shared in book.shared:  # texts that no cell names any more
        if "{{" in "".join(node.text for node in shared.walk()):
            shared.children = [shared.make("t")]
    book.forget_results()
    return book.content(paper.envelope.frozen_on)


def _records(spec: ListSpec, paper: Paper) -> Sequence[Any]:
    if spec.key != "protocol":
        return spec.records(paper.ret)
    names = names_of(paper.ret)
    return [replace(row, cell=cell_words(row.cell, titles=names)) for row in paper.ret.annex_g]


# --- putting values ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Record:
    """What a repeated row is filled from; record is None when its list is empty."""

    spec: ListSpec
    record: Any
    place: int

    @classmethod
    def of(
        cls, origin: Origin | None, lists: Mapping[int, ListSpec], records: Mapping[str, Sequence[Any]]
    ) -> _Record | None:
        if origin is None:
            return None
        spec = lists[origin.row]
        found = records[spec.key]
        return cls(spec, found[origin.copy] if origin.copy < len(found) else None, origin.copy + 1)


@dataclass(frozen=True, slots=True)
class _Filling:
    book: Book
    lexicon: Lexicon
    paper: Paper
    names: Names

    def row(self, row: Node, record: _Record | None) -> list[Node]:
        """Fill a row; returns its cells that had marks."""
        filled = [cell for cell in row.all("c") if self._cell(cell, record)]
        if filled and row.attrs.get("customHeight") not in ("1", "true"):
            row.attrs.pop("ht", None)  # measured for the mark, not for the words
        return filled

    def _cell(self, cell: Node, record: _Record | None) -> bool:
        runs = runs_of(cell, self.book)
        whole = "".join(run.text for run in runs)
        empty = record is not None and record.record is None
        if "{{" not in whole:
            if empty and cell.first("f") is not None:  # it would divide by the sum of nothing
                put_text(cell, (), self.book)
            return False
        codes = [found[1] for found in MARK.finditer(whole) if not ROWS.fullmatch(found[1])]
        if empty and any(record and record.spec.read(code) for code in codes):
            put_text(cell, (), self.book)
            return True
        alone = len(codes) == 1 and not MARK.sub("", whole).strip()
        if alone:
            self._value(cell, self._shown(codes[0], record), runs)
        else:
            put_text(cell, with_marks(runs, lambda code: self._words(code, record)), self.book)
        return True

    def _value(self, cell: Node, shown: Shown, runs: Sequence[Run]) -> None:
        match shown.value:
            case Decimal() | int() as figure:
                percent = shown.percent and self.book.styles.shows_percent(cell.attrs.get("s", ""))
                put_figure(cell, Decimal(figure) / 100 if percent else figure)
            case date() as on:
                put_day(cell, on, self.book)
            case str():
                look = next((run.look for run in runs if run.text.strip()), None)
                put_text(cell, [Run(look, shown.words)], self.book)
            case None:
                put_text(cell, (), self.book)

    def _words(self, code: str, record: _Record | None) -> str:
        return "" if ROWS.fullmatch(code) else self._shown(code, record).words

    def _shown(self, code: str, record: _Record | None) -> Shown:
        if record is not None and (column := record.spec.read(code)) is not None:
            return record.spec.shown(column, record.record, record.place, self.names)
        known = self.lexicon.read(code)
        assert known is not None, code  # faults were looked for before
        return self.lexicon.shown(known, self.paper)

    def headers(self, sheet: Sheet) -> None:
        """Marks of headers and footers; a draft says so on every printed page."""
        for words in header_texts(sheet):
            words.text = MARK.sub(lambda found: self._words(found[1], None).replace("&", "&&"), words.text)
        if self.paper.draft:
            _say_draft(sheet.root)


def _say_draft(root: Node) -> None:
    header = root.first("headerFooter")
    if header is None:
        header = root.make("headerFooter")
        after = [i for i, node in enumerate(root.children) if isinstance(node, Node) and node.local in _AFTER_HEADER]
        root.children.insert(after[0] if after else len(root.children), header)
    wanted = ["oddHeader"]
    wanted += ["evenHeader"] if header.attrs.get("differentOddEven") in ("1", "true") else []
    wanted += ["firstHeader"] if header.attrs.get("differentFirst") in ("1", "true") else []
    for name in wanted:
        known = header.first(name)
        if known is None:
            known = header.make(name)
            header.children.append(known)
        known.text = known.text.replace("&C", f"&C{DRAFT} · ", 1) if "&C" in known.text else f"&C{DRAFT}{known.text}"
    order = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
    header.children = [node for name in order for node in header.all(name)]
