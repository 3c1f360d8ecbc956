"""What of a file the window can show, told by its bytes and not by its name."""

from __future__ import annotations

from enum import Enum

_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_TEXTS = (".txt", ".csv", ".tsv", ".md", ".json", ".xml", ".log", ".eml", ".vcf", ".ics")
_SAMPLE = 64 * 1024


class Preview(Enum):
    """How a file is shown."""

    PDF = "pdf"
    PICTURE = "picture"
    TEXT = "text"
    OTHER = "other"


def preview_of(name: str, content: bytes) -> Preview:
    """A PDF may begin after a few stray bytes; a text is one by its ending and has no zero bytes."""
    if b"%PDF-" in content[:1024]:
        return Preview.PDF
    if content.startswith(_PICTURES):
        return Preview.PICTURE
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if content and name.lower().endswith(_TEXTS) and (wide or b"\0" not in content[:_SAMPLE]):
        return Preview.TEXT
    return Preview.OTHER
