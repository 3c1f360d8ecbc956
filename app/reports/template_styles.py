"""Formats of somebody else's workbook: which cells show days or per cents, break lines, keep text as text."""

from __future__ import annotations

import re

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from app.reports.template_xml import Node

_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_LOCAL_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})


_USUAL_SIZE = 11.0


def _size(font: Node) -> float:
    size = font.first("sz")
    return float(size.attrs.get("val", _USUAL_SIZE)) if size is not None else _USUAL_SIZE


class Styles:
    """The cell formats of a workbook by their number."""

    def __init__(self, root: Node) -> None:
        self._formats = root.first("cellXfs") or root.make("cellXfs")
        self._formats.children = list(self._formats)  # without the spaces between them
        own = root.first("numFmts")
        self._own = {node.attrs.get("numFmtId"): node.attrs.get("formatCode", "") for node in own} if own else {}
        fonts = root.first("fonts")
        self._sizes = [_size(font) for font in fonts] if fonts is not None else []
        self._as_text: dict[str, str] = {}

    def _format(self, style: str) -> Node:
        index = int(style or 0)
        known = self._formats.children
        found = known[index] if index < len(known) else None
        return found if isinstance(found, Node) else Node("xf")

    def _number_format(self, style: str) -> tuple[int, str]:
        id = self._format(style).attrs.get("numFmtId", "0")
        return int(id), self._own.get(id) or BUILTIN_FORMATS.get(int(id), "General")

    def shows_days(self, style: str) -> bool:
        """Is a number in this format read as a day?"""
        id, code = self._number_format(style)
        return id in _LOCAL_DATES or is_date_format(code)

    def shows_percent(self, style: str) -> bool:
        """Does this format show 0,625 as 62,5 %?"""
        return "%" in _QUOTED.sub("", self._number_format(style)[1])

    def wraps(self, style: str) -> bool:
        """Does this format break text into lines?"""
        alignment = self._format(style).first("alignment")
        return alignment is not None and alignment.attrs.get("wrapText") in ("1", "true")

    def type_size(self, style: str) -> float:
        """Points of the type of this format."""
        font = int(self._format(style).attrs.get("fontId", "0"))
        return self._sizes[font] if font < len(self._sizes) else _USUAL_SIZE

    def as_text(self, style: str) -> str:
        """The same format with the mark that keeps `=…` a text when a person edits the cell."""
        if style not in self._as_text:
            twin = self._format(style).copy()
            twin.attrs["quotePrefix"] = "1"
            self._as_text[style] = str(len(self._formats.children))
            self._formats.children.append(twin)
            self._formats.attrs["count"] = str(len(self._formats.children))
        return self._as_text[style]
