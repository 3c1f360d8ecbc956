"""A workbook that somebody else made, opened to put values into its cells and closed with all else untouched.

Sheets are edited as XML in place: a library that reads a workbook into its own objects and writes
those out loses pictures, charts, shapes and whatever it does not know (see docs/adr on templates).
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from io import BytesIO

from app.core.errors import AppError
from app.reports.template_styles import Styles
from app.reports.template_xml import Node, parse, write
from app.reports.xlsx_cells import settled

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED = 60 * 1024 * 1024
MAX_XML = 30 * 1024 * 1024  # of all parts read as XML: a tree takes some ten times as much memory
_SAVE_AGAIN = "Откройте файл в Excel или LibreOffice, сохраните как «Книга Excel (.xlsx)» и добавьте снова."
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_PASSWORD = "EncryptedPackage".encode("utf-16-le")
_TEMPLATE_TYPE = b"spreadsheetml.template.main+xml"
_SHEET_TYPE = b"spreadsheetml.sheet.main+xml"
WORKBOOK, TYPES = "xl/workbook.xml", "[Content_Types].xml"
_CHAIN = "calcChain.xml"


def broken(name: str) -> AppError:
    return AppError(f"«{name}» повреждён или это не книга Excel.", _SAVE_AGAIN)


@dataclass(frozen=True)
class Link:
    """A relation of a part: kind is the last word of its type, target the path of a part (or outside)."""

    id: str
    kind: str
    target: str


class Book:
    """The parts of a workbook.  `tree` gives one to be changed; `content` packs them again."""

    def __init__(self, content: bytes, name: str = "Шаблон") -> None:
        """AppError when it is no .xlsx, has macros or a password, or is too large for a form."""
        self.name = name
        self._trees: dict[str, Node] = {}
        _refuse_other_files(content, name)
        try:
            with zipfile.ZipFile(BytesIO(content)) as archive:
                members = [member for member in archive.infolist() if not member.is_dir()]
                _refuse_contents(members, name)
                self.parts = {member.filename: archive.read(member) for member in members}
        except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError, NotImplementedError, RuntimeError,
                ValueError) as fault:  # fmt: skip
            raise broken(name) from fault
        if WORKBOOK not in self.parts or TYPES not in self.parts:
            raise broken(name)
        if b"macroEnabled" in self.parts[TYPES]:
            raise _macros(name)
        self.parts[TYPES] = self.parts[TYPES].replace(_TEMPLATE_TYPE, _SHEET_TYPE)
        self.sheets = tuple(self._sheets())
        if not self.sheets:
            raise AppError(f"В книге «{name}» нет ни одного листа с ячейками.", _SAVE_AGAIN)

    def tree(self, path: str) -> Node:
        """A part as a tree; what is changed in it will be written.  AppError when it is no XML."""
        if path not in self._trees:
            try:
                self._trees[path] = parse(self.parts[path])
            except (KeyError, ValueError, UnicodeDecodeError, StopIteration) as fault:
                raise broken(self.name) from fault
        return self._trees[path]

    def links(self, path: str) -> list[Link]:
        """Relations of a part to other parts of the book."""
        folder, _, file = path.rpartition("/")
        relations = f"{folder}/_rels/{file}.rels"
        if relations not in self.parts:
            return []
        found = []
        for node in self.tree(relations):
            if node.attrs.get("TargetMode") == "External":
                continue
            target = node.attrs.get("Target", "")
            full = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            kind = node.attrs.get("Type", "").rpartition("/")[2]
            found.append(Link(node.attrs.get("Id", ""), kind, full))
        return found

    def _sheets(self) -> Iterator[Sheet]:
        targets = {link.id: link for link in self.links(WORKBOOK)}
        for listed in self.tree(WORKBOOK).walk():
            if listed.local != "sheet":
                continue
            id = next((value for key, value in listed.attrs.items() if key.rpartition(":")[2] == "id"), "")
            link = targets.get(id)
            if link is not None and link.kind == "worksheet":
                yield Sheet(self, listed.attrs.get("name", ""), link.target)

    @cached_property
    def styles(self) -> Styles:
        path = next((link.target for link in self.links(WORKBOOK) if link.kind == "styles"), "")
        return Styles(self.tree(path) if path else Node("styleSheet"))

    @cached_property
    def shared(self) -> list[Node]:
        """Texts that cells name by their number."""
        path = next((link.target for link in self.links(WORKBOOK) if link.kind == "sharedStrings"), "")
        return list(self.tree(path).all("si")) if path else []

    @cached_property
    def since_1904(self) -> bool:
        """Does the book count days as old Macs did?"""
        about = self.tree(WORKBOOK).first("workbookPr")
        return about is not None and about.attrs.get("date1904") in ("1", "true")

    def sheet(self, name: str) -> Sheet:
        """A sheet by its name; KeyError if there is none."""
        for sheet in self.sheets:
            if sheet.name == name:
                return sheet
        raise KeyError(name)

    def forget_results(self) -> None:
        """What formulas gave the last time is no longer so: every program computes them when it opens the file."""
        for path in [path for path in self.parts if path.endswith(_CHAIN)]:
            del self.parts[path]
            self._trees.pop(path, None)
            types, relations = self.tree(TYPES), self.tree("xl/_rels/workbook.xml.rels")
            types.children = [node for node in types if node.attrs.get("PartName") != f"/{path}"]
            relations.children = [node for node in relations if not node.attrs.get("Target", "").endswith(_CHAIN)]
        for sheet in self.sheets:
            for cell in sheet.cells():
                if cell.first("f") is not None:
                    cell.children = [node for node in cell if node.local == "f"]
                    cell.attrs.pop("t", None)
        root = self.tree(WORKBOOK)
        known = root.first("calcPr")
        if known is None:
            known = root.make("calcPr", calcId="0")
            after = [i for i, node in enumerate(root.children) if isinstance(node, Node) and node.local in _BEFORE_CALC]
            root.children.insert(after[-1] + 1, known)
        known.attrs["fullCalcOnLoad"] = "1"

    def content(self, made_on: date) -> bytes:
        """The book as a file, the same bytes for the same contents."""
        packed = BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
            for path, part in self.parts.items():
                archive.writestr(path, write(self._trees[path]) if path in self._trees else part)
        return settled(packed.getvalue(), made_on)


_BEFORE_CALC = ("sheets", "functionGroups", "externalReferences", "definedNames")


class Sheet:
    """A sheet: its rows in order, whose cells have all their addresses."""

    def __init__(self, book: Book, name: str, path: str) -> None:
        self.book, self.name, self.path = book, name, path

    @cached_property
    def root(self) -> Node:
        root = self.book.tree(self.path)
        data = root.first("sheetData")
        if root.local != "worksheet" or data is None:
            raise broken(self.book.name)
        root.children = [node for node in root if node.local != "dimension"]  # a hint that would lie after filling
        try:
            _address(data)
        except ValueError as fault:
            raise broken(self.book.name) from fault
        return root

    @property
    def data(self) -> Node:
        found = self.root.first("sheetData")
        assert found is not None
        return found

    def rows(self) -> Iterator[Node]:
        return self.data.all("row")

    def cells(self) -> Iterator[Node]:
        return (cell for row in self.rows() for cell in row.all("c"))

    @property
    def merges(self) -> list[str]:
        merged = self.root.first("mergeCells")
        return [node.attrs.get("ref", "") for node in merged] if merged is not None else []


@contextmanager
def foreign(name: str) -> Iterator[None]:
    """What is spoilt somewhere deep in somebody else's file is told as such, not as a fault of the program."""
    try:
        yield
    except (ValueError, KeyError, IndexError, OverflowError, RecursionError) as fault:
        raise broken(name) from fault


def row_of(address: str) -> int:
    """5 of `AB5`."""
    return int(address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))


def letters_of(address: str) -> str:
    """`AB` of `AB5`."""
    return address.rstrip("0123456789")


def column_number(letters: str) -> int:
    """27 of `AA`."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """`AA` of 27."""
    found = ""
    while number:
        number, rest = divmod(number - 1, 26)
        found = chr(65 + rest) + found
    return found


def _address(data: Node) -> None:
    """Rows and cells may leave their addresses out: then they follow the one before."""
    last_row = 0
    for row in data.all("row"):
        last_row = int(row.attrs.get("r") or last_row + 1)
        if not 1 <= last_row <= MAX_ROW:
            raise ValueError(last_row)
        row.attrs["r"] = str(last_row)
        column = 0
        for cell in row.all("c"):
            letters = letters_of(cell.attrs["r"]) if "r" in cell.attrs else column_letters(column + 1)
            if not letters.isalpha() or not letters.isascii() or not letters.isupper():
                raise ValueError(letters)
            column = column_number(letters)
            if column < 1 or column > MAX_COLUMN:
                raise ValueError(letters)
            cell.attrs["r"] = f"{letters}{last_row}"


def _macros(name: str) -> AppError:
    return AppError(f"В книге «{name}» есть макросы: такие шаблоны не принимаются.", _SAVE_AGAIN)


def _refuse_other_files(content: bytes, name: str) -> None:
    if len(content) > MAX_BYTES:
        raise AppError(f"«{name}» больше {MAX_BYTES // 1024 // 1024} МБ: это не шаблон.", "Удалите из книги лишнее.")
    if content.startswith(_OLE):
        if _PASSWORD in content:
            raise AppError(f"Книга «{name}» закрыта паролем.", "Снимите пароль в Excel и добавьте её снова.")
        raise AppError(f"«{name}» — книга старого вида (.xls).", _SAVE_AGAIN)
    if not content.startswith(b"PK\x03\x04"):
        raise broken(name)


def _refuse_contents(members: list[zipfile.ZipInfo], name: str) -> None:
    names = [member.filename for member in members]
    if any(member.flag_bits & 1 for member in members):
        raise AppError(f"Книга «{name}» закрыта паролем.", "Снимите пароль в Excel и добавьте её снова.")
    if any(part.endswith("vbaProject.bin") for part in names):
        raise _macros(name)
    if len(names) != len(set(names)):
        raise broken(name)
    if "content.xml" in names or "xl/workbook.bin" in names:
        raise AppError(f"«{name}» — не книга .xlsx.", _SAVE_AGAIN)
    in_xml = sum(member.file_size for member in members if member.filename.endswith((".xml", ".rels")))
    if in_xml > MAX_XML or sum(member.file_size for member in members) > MAX_UNPACKED:
        hint = "Удалите лишние листы и пустые строки с оформлением."
        raise AppError(f"Книга «{name}» слишком велика для шаблона.", hint)
