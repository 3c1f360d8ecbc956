"""Text as lists bring it: odd spaces, quotes of another code page, letters read in the wrong encoding."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_ODD_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000\u180e]")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|_x000D_")
_RUNS = re.compile(r"\s+")
_INNER_RUNS = re.compile(r"[^\S\n]+")
# Signs of cp1251 that were read as KOI8-R, as old pages of the web hold them.
_QUOTES = str.maketrans({"╚": "«", "╩": "»"})
_SIGNS = str.maketrans({"═": "\u00a0", "╧": "№"})
_DASHED = re.compile(r"(?<=[\s\u00a0])[√≈](?=[\s\u00a0])")
_DASHES = frozenset({"-", "–", "—", "−", "--", "---"})
_NOTHING = frozenset(
    {"нет", "н/д", "нд", "нет данных", "отсутствует", "не установлен", "не установлено", "не указан", "не указано",
     "#н/д", "#n/a", "null", "none", "nan", "nat"}
)  # fmt: skip

SPACES = "убраны лишние пробелы"
QUOTES = "знаки ╚ ╩ заменены кавычками «»"
SIGNS = "знаки ═ ╧ √ заменены пробелом, № и тире"
ENCODING = "текст прочитан в верной кодировке"

# How a text was written and how it was read by mistake.
_MISREAD = (
    ("utf-8", "cp1251"),
    ("utf-8", "cp1252"),
    ("utf-8", "latin-1"),
    ("utf-8", "cp866"),
    ("utf-8", "mac-cyrillic"),
    ("cp1251", "cp1252"),
    ("cp1251", "latin-1"),
    ("koi8-r", "cp1251"),
    ("cp1251", "koi8-r"),
    ("cp866", "cp1251"),
    ("cp1251", "cp866"),
    ("mac-cyrillic", "cp1251"),
    ("cp1251", "mac-cyrillic"),
)
_WORD = re.compile(r"[^\W\d_]+")
_SPACED = re.compile(r"[ \n]")
_SOUND_WORD = re.compile(r"(?:[А-ЯЁ]*[а-яё]+(?:[А-ЯЁ]+[а-яё]*)?|[А-ЯЁ]+|[A-Za-z]+)")
# What nearly every cell is made of: then there is nothing to look at.
_ORDINARY = re.compile(r"[\x20-\x7e\nА-Яа-яЁё«»—–№“”„…\u00a0]*")
_CLEAN = re.compile(r"[\x21-\x7eА-Яа-яЁё«»—–№“”„…]+(?: [\x21-\x7eА-Яа-яЁё«»—–№“”„…]+)*")
_SWAPPED_CASE = re.compile(r"(?<![А-ЯЁа-яё])[а-яё][А-ЯЁ]{3}")
_BOX = re.compile("[\u2500-\u259f\ufffd\u0080-\u009f\u00a4-\u00aa\u00ac-\u00b1\u00b4-\u00ba]")
# Pairs of letters that no Russian word holds, and that misread ones are full of.
_IMPOSSIBLE = re.compile(r"[ъь]{2}|[аеиоуыэюя]{5}|[бвгджзйклмнпрстфхцчшщ]{7}|(?:^|\W)[ъьы]|[жш]ы|щы|[аеёиоуыэюя][ъь]")
_COMMON = frozenset("оеаинтсрвлк")


def plausibility(text: str) -> float:
    """How far the text looks like Russian or plain ASCII, 0 to 1; by whole words, so that mixtures are low."""
    words = _WORD.findall(text)
    if not words:
        return 0.5
    good = sum(len(w) for w in words if _SOUND_WORD.fullmatch(w) and not _SWAPPED_CASE.search(w))
    total = sum(len(w) for w in words)
    low = text.lower()
    odd = 2 * len(_BOX.findall(text)) + 3 * len(_IMPOSSIBLE.findall(low))
    russian = [c for c in low if "а" <= c <= "я" or c == "ё"]
    share = sum(c in _COMMON for c in russian) / len(russian) if russian else 0.6
    natural = 1.0 if share >= 0.42 or len(russian) < 5 else share / 0.42
    return max(0.0, (good - odd) / total) * natural


def in_right_encoding(text: str) -> str:
    """The text as it was meant, when it was plainly read in a wrong encoding; else as it is."""
    if len(text) < 3 or (_ORDINARY.fullmatch(text) and not _SWAPPED_CASE.search(text)):
        return text
    return _reread(text)


@lru_cache(maxsize=4096)
def _reread(text: str) -> str:
    now = plausibility(text)
    if now > 0.8:
        return text
    # UTF-8 proves itself by its bytes; between 8-bit pages only a longer text tells.
    short = sum(map(str.isalpha, text)) < 10 or not _SPACED.search(text)
    short = short or (now > 0.5 and not _SWAPPED_CASE.search(text))
    best, best_score = text, max(now + 0.2, 0.85)
    for written, read in _MISREAD:
        if short and written != "utf-8" and read not in ("latin-1", "cp1252"):
            continue
        try:
            meant = _bytes_of(text, read).decode(written)
        except UnicodeError:
            continue
        score = plausibility(meant)
        if score > best_score and any("а" <= c.lower() <= "я" for c in meant):
            best, best_score = meant, score
    return best


def line_in_right_encoding(texts: Sequence[str]) -> list[str]:
    """The texts of one line, judged together: a heading of one short word says too little by itself."""
    together = "\n".join(texts)
    meant = in_right_encoding(together).split("\n")
    return meant if len(meant) == len(texts) and meant != list(texts) else [in_right_encoding(text) for text in texts]


def _bytes_of(text: str, encoding: str) -> bytes:
    """The bytes a text was read from; what the code page leaves undefined was read as its number."""
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        parts = []
        for char in text:
            try:
                parts.append(char.encode(encoding))
            except UnicodeEncodeError:
                if 0x80 <= ord(char) <= 0x9F or char == "\u00a0":
                    parts.append(bytes([ord(char)]))
                elif char == "\ufffd" and encoding == "cp1251":
                    parts.append(b"\x98")  # the one byte that the page leaves undefined: the half of «И» in UTF-8
                else:
                    raise
        return b"".join(parts)


def is_nothing(text: str) -> bool:
    """Is it one of the words and signs with which lists say that a cell is empty?"""
    return text in _DASHES or text.lower().rstrip(".") in _NOTHING


def cleaned(text: str, *, lines: bool = False) -> tuple[str, tuple[str, ...]]:
    """The text with plain single spaces and quotes, in the right encoding; and what was repaired.

    lines: keep the ends of lines (a note), otherwise they are spaces.
    """
    if _CLEAN.fullmatch(text) and not _SWAPPED_CASE.search(text):
        return text, ()
    repairs = []
    requoted = text.translate(_QUOTES)
    if requoted != text:
        repairs.append(QUOTES)
    signed = _DASHED.sub("–", requoted.translate(_SIGNS))
    if signed != requoted:
        repairs.append(SIGNS)
    quoted = in_right_encoding(signed)
    if quoted != signed:
        repairs.append(ENCODING)
    plain = _INVISIBLE.sub("", quoted.replace("\r\n", "\n").replace("\r", "\n"))
    plain = _ODD_SPACES.sub(" ", plain)
    if lines:
        spaced = "\n".join(_INNER_RUNS.sub(" ", line).strip() for line in plain.split("\n")).strip()
    else:
        spaced = _RUNS.sub(" ", plain).strip()
    # Ends of lines inside a cell are how wide sheets are laid out: joining them is no repair to tell.
    if _ODD_SPACES.search(quoted) or spaced.replace("\n", " ") != quoted.replace("\r", "").replace("\n", " "):
        repairs.append(SPACES)
    return spaced, tuple(repairs)
