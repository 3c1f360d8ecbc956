"""When a value of a list says nothing new: the same words in other quotes, dashes or capitals."""

from __future__ import annotations

import re
from typing import Any

_QUOTES = re.compile("[«»„“”\"'`‘’‹›]")
_GOOD_QUOTES = re.compile("[«»„“”]")
_DASHES = re.compile("[‐‑‒–—―−]")
_SPACES = re.compile(r"\s+")
_TAIL = re.compile(r"[\s.,;-]+$")


def alike(kept: Any, given: Any, *, words: bool) -> bool:
    """Does the list say what is kept, or spell the same words no better?

    words: a text of words, where quotes and dashes do not tell; a list written with straight quotes
    or without ё does not spoil a card, one that spells better does change it.
    """
    if kept == given or (kept in (None, "", ()) and given in (None, "", ())):
        return True
    if isinstance(given, tuple) and isinstance(kept, tuple):
        return set(given) == set(kept)
    if isinstance(given, str) and isinstance(kept, str):
        if words:
            return same_words(kept, given) and _care(given) <= _care(kept)
        return given.isupper() and kept.upper() == given
    return False


def same_words(kept: Any, given: Any) -> bool:
    """The same words, however they are spelt; capitals tell nothing where all letters are, or none."""
    if not isinstance(given, str) or not isinstance(kept, str):
        return False
    one, other = _bare(kept), _bare(given)
    if any(text.isupper() or text.islower() for text in (kept, given)):
        one, other = one.upper(), other.upper()
    return bool(one) and one == other


def _bare(text: str) -> str:
    plain = _DASHES.sub("-", _QUOTES.sub("", text)).replace("ё", "е").replace("Ё", "Е")
    return _TAIL.sub("", _SPACES.sub(" ", plain)).strip()


def _care(text: str) -> tuple[bool, int, int]:
    """How carefully the words are written: not all in capitals or all without, with quotes of a book, with ё."""
    return not (text.isupper() or text.islower()), len(_GOOD_QUOTES.findall(text)), text.lower().count("ё")
