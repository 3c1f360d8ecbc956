"""The encoding of a text file: UTF-8, UTF-16, cp1251 and, by how Russian it comes out, other 8-bit pages."""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

from app.core.errors import AppError
from app.core.value_text import plausibility

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PAGES = ("cp1251", "mac-cyrillic", "koi8-r", "cp866")
_SAMPLE = 200_000


def decoded(data: bytes, name: str) -> tuple[str, str]:
    """The text of a file and the name of its encoding; AppError when it is no text."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode(data, encoding, name), encoding
    wide = _utf16_without_mark(data)
    if wide:
        return _decode(data, wide, name), wide
    if b"\0" in data[:_SAMPLE]:
        raise _no_text(name)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        # One spoilt byte in a long UTF-8 file does not make it another encoding.
        if error.start > 100 and _mostly_utf8(data):
            return data.decode("utf-8", errors="replace"), "utf-8"
    page = _eight_bit(data)
    if page is None:
        raise _no_text(name)
    return data.decode(page, errors="replace"), page


def _decode(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, errors="replace")
        if text.count("\ufffd") > max(10, len(text) // 50):
            raise _no_text(name) from None
        return text


def _utf16_without_mark(data: bytes) -> str:
    """UTF-16 shows by the high bytes of its letters: 0 for Latin and signs, 4 for Cyrillic."""
    sample = data[: _SAMPLE & ~1]
    if len(sample) < 8:
        return ""
    for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        if sum(byte in (0, 4, 0x20, 0x21) for byte in high) > 0.95 * len(high) and 0 in high:
            return encoding
    return ""


def _mostly_utf8(data: bytes) -> bool:
    sample = data[:_SAMPLE].decode("utf-8", errors="replace")
    spoilt = sample.count("\ufffd")
    letters = sum("а" <= char.lower() <= "я" for char in sample)
    return letters > 20 * spoilt


def _eight_bit(data: bytes) -> str | None:
    """The page under which the file reads as Russian.

    charset-normalizer tells well-filled texts, but takes cp1251 for MacCyrillic and back in short
    lists of names, so the candidates are judged by `plausibility` first.
    """
    sample = bytes(data[:_SAMPLE])
    high = bytes(byte if byte >= 0x80 or chr(byte).isalpha() else 0x20 for byte in sample)
    scores = {page: plausibility(high.decode(page, errors="replace")) for page in _PAGES}
    best = max(scores, key=lambda page: scores[page])
    if scores[best] > 0.6:
        return best
    guessed = from_bytes(sample, cp_isolation=[*_PAGES, "cp1252"]).best()
    return guessed.encoding if guessed is not None else None


def _no_text(name: str) -> AppError:
    hint = "Выберите файл .xlsx, .xls, .ods, .csv или .tsv."
    return AppError(f"Файл «{name}» — не таблица и не текст.", hint)
