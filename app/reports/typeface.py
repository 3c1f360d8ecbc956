"""PT Serif in reportlab: registration, widths, and words broken into lines.

Breaking is our own: a Paragraph of reportlab reads its text as mark-up, draws U+00AD visibly and
is slow; a name typed by a person is words and nothing else.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from threading import Lock

import fontpkg_pt_serif  # type: ignore[import-untyped]
from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont, TTFontFace

REGULAR = "PTSerif"
BOLD = "PTSerif-Bold"
SOFT_HYPHEN = "\u00ad"
_FILES = {REGULAR: "PT_Serif-Web-Regular.ttf", BOLD: "PT_Serif-Web-Bold.ttf"}
_LOCK = Lock()
_faces: dict[str, TTFontFace] = {}

# Signs that come from other programs and PT Serif lacks: drawn as their likes, not as boxes.
_ALIKE = {
    **dict.fromkeys("\u2012\u2015", "–"),
    **dict.fromkeys("●■▪◦○□", "•"),
    **dict.fromkeys("✓✔☑", "+"),
    **dict(zip("→←⇒′″\u2044", ("->", "<-", "=>", "'", '"', "/"), strict=True)),
}
# Spaces that PT Serif lacks, directions and joiners that are never drawn, control characters.
_SPACES = re.compile("[\u2000-\u200a\u202f\u205f\u3000\t]")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")
_LONE = re.compile("[\ud800-\udfff]")
# Long words may be parted: after a hyphen between parts of three letters and more, at a soft hyphen, in an address.
_BREAKS = re.compile(r"(?<=[^\W\d_]{3}[-/])(?=[^\W\d_]{3})|(?<=\u00ad)|(?<=[-/_.,;=&?]{1})(?=\w{12})")

# Where a line may end: not after №, nor between «>» and its figure, nor after «г.», «ул.», «д.» and their like.
_SHORT = ("г", "д", "п", "с", "ул", "пом", "пер")
_GAPS = re.compile("".join(rf"(?<!\b{short}\.)" for short in _SHORT) + "(?<![№<>≤≥]) +")


def register() -> None:
    """PT Serif becomes the font of every paper, and reportlab's default: no bare Helvetica slips in."""
    with _LOCK:
        if not _faces:
            folder = fontpkg_pt_serif.ROOT / "files"
            for name, file in _FILES.items():
                font = TTFont(name, str(folder / file))
                pdfmetrics.registerFont(font)
                _faces[name] = font.face
            pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)
            rl_config.canvas_basefontname = REGULAR
            rl_config.useA85 = 0  # binary streams: a fifth smaller, and faster


def printable(text: str) -> str:
    """The text as it can be drawn: composed letters, known spaces, nothing unseen; breaks stay."""
    if text.isascii() and text.isprintable():
        return text
    text = _SPACES.sub("\u00a0", unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")))
    text = _LONE.sub("\ufffd", _UNSEEN.sub("", text)).replace(" —", "\u00a0—")
    known = _drawable()
    if known.issuperset(text):
        return text
    return "".join(sign if sign in known else _alike(sign, known) for sign in text)


@cache
def _drawable() -> frozenset[str]:
    """Signs of PT Serif, and the two that only steer lines."""
    return frozenset(chr(code) for code in _widths(REGULAR)[0]) | {"\n", SOFT_HYPHEN}


def _alike(sign: str, known: frozenset[str]) -> str:
    """What is drawn for a sign that PT Serif lacks; the sign itself (a box) where nothing is like it."""
    like = "".join(_ALIKE.get(one, one) for one in unicodedata.normalize("NFKC", sign))  # Ⅳ is IV, ⅓ is 1/3
    return like if known.issuperset(like) else sign


@lru_cache(maxsize=4)
def _widths(font: str) -> tuple[dict[int, float], float]:
    register()
    face = _faces[font]
    return face.charWidths, face.defaultWidth


def width(text: str, size: float, bold: bool = False) -> float:
    """Points from the start to the end of a line."""
    widths, unknown = _widths(BOLD if bold else REGULAR)
    return sum([widths.get(ord(sign), unknown) for sign in text]) * size / 1000


@lru_cache(maxsize=20_000)
def wrap(text: str, size: float, room: float, bold: bool = False) -> tuple[str, ...]:
    """Lines no wider than room (points); at least one.  A word wider than that is cut by letters."""
    lines: list[str] = []
    for paragraph in printable(text).split("\n"):
        if SOFT_HYPHEN not in paragraph and width(paragraph, size, bold) <= room:
            lines.append(paragraph)
        else:
            lines += _broken(paragraph, size, room, bold)
    return tuple(lines)


def longest_word(text: str, size: float, bold: bool = False) -> float:
    """Points of the widest piece that cannot be broken."""
    words = (word for line in printable(text).split("\n") for word in _GAPS.split(line))
    pieces = (piece for word in words for piece in _BREAKS.split(word))
    return max((width(_drawn(piece, last=False), size, bold) for piece in pieces), default=0.0)


def _drawn(text: str, last: bool) -> str:
    """Soft hyphens vanish, but one at the end of a broken line is drawn as a hyphen."""
    hyphen = "-" if not last and text.endswith(SOFT_HYPHEN) else ""
    return text.replace(SOFT_HYPHEN, "") + hyphen


def _broken(paragraph: str, size: float, room: float, bold: bool) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in _GAPS.split(paragraph):
        for number, piece in enumerate(_BREAKS.split(word)):
            glue = " " if number == 0 and line else ""
            if width(_drawn(line + glue + piece, last=False), size, bold) <= room:
                line += glue + piece
                continue
            if line:
                lines.append(_drawn(line, last=False))
            line = piece
            while (fits := _letters_that_fit(line, size, room, bold)) < len(line):
                lines.append(_drawn(line[:fits], last=True))
                line = line[fits:]
    lines.append(_drawn(line, last=True))
    return lines


def _letters_that_fit(text: str, size: float, room: float, bold: bool) -> int:
    """How many first letters fit into the room, at least one."""
    widths, unknown = _widths(BOLD if bold else REGULAR)
    left = room * 1000 / size
    for number, sign in enumerate(text.rstrip(SOFT_HYPHEN)):
        left -= widths.get(ord(sign), unknown)
        if left < 0:
            return max(1, number)
    return len(text)
