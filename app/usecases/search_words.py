"""The words of search: what a text says, and what a typed line asks for.

A word stands in the index as it is and as its stems, so that both its beginning («ветер…») and another of its
forms («ветеранов» for «Ветераны») find it.  Case, ё, quotes and dashes are gone already (`core.text.fold`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from threading import Lock
from typing import Any

from app.core.text import fold
from app.models.search_text import Sought, Term

_TOKEN = re.compile(r"[^\W_]+")
_RUSSIAN = re.compile(r"[а-я]{3,}")
_PHONES = re.compile(r"[,;/]|доб", re.IGNORECASE)
_CODE = re.compile(r"(?<!\d)(?:\+?7|8)\s*\(\s*(\d[\d\s()–-]*)")
"""The beginning of a phone with its code in brackets: nothing else is written so."""
_NOT_DIGIT = re.compile(r"\D+")
_MONTH = re.compile(r"(0[1-9]|1[0-2])(19|20)\d\d")
_TAILS = (7, 6, 5)  # digits of a local number, by which a phone is told where everyone has the same code
_WHOLE = 6  # digits from which a number written in three parts or more is one: a phone, a day, a sum
_NOUNS = (
    "иями", "ями", "ами", "ией", "иям", "иях", "ием", "ев", "ов", "ей", "ие", "ия", "ии", "ию", "ой", "ам", "ям", "ем",
    "ом", "ах", "ях", "а", "е", "и", "й", "о", "у", "ы", "ь", "ю", "я",
)  # fmt: skip
"""Endings of nouns, long ones first."""
_one_at_a_time = Lock()  # the stemmer keeps the word it works on


@cache
def _stemmer() -> Any:
    import snowballstemmer  # type: ignore[import-untyped]  # it brings thirty languages; a start looks for no word

    return snowballstemmer.stemmer("russian")


@lru_cache(maxsize=200_000)
def stems(word: str) -> tuple[str, ...]:
    """What does not change in a folded Russian word: by Snowball, and without the ending of a noun.

    Two, since Snowball takes «ветераны» for a verb («написаны») and leaves «ветера».  () for another word.
    """
    if not _RUSSIAN.fullmatch(word):
        return ()
    with _one_at_a_time:
        found = str(_stemmer().stemWord(word))
    noun = next((word[: -len(end)] for end in _NOUNS if word.endswith(end) and len(word) - len(end) > 2), word)
    return tuple(dict.fromkeys((found, noun)))


@lru_cache(maxsize=200_000)
def tokens(text: str) -> tuple[str, ...]:
    """The words and numbers of a text, folded."""
    return tuple(_TOKEN.findall(fold(text)))


def phone_tokens(text: str) -> list[str]:
    """A phone as people type it: with 8, with 7, without either, or its last digits.  Several may stand there."""
    found: list[str] = []
    for one in _PHONES.split(text):
        digits = _NOT_DIGIT.sub("", one)
        own = digits[1:] if len(digits) == 11 and digits[0] in "78" else digits
        if len(own) == 10:
            found += [f"8{own}", f"7{own}"]
        found += [own, *(own[-tail:] for tail in _TAILS if len(own) > tail)]
    return [token for token in found if token]


def said(found: Iterable[str]) -> str:
    """Words for the index: each once, with its stem, between blanks; '' for none."""
    words = dict.fromkeys(word for token in found for word in (token, *stems(token)))
    return f" {' '.join(words)} " if words else ""


def sought_of(typed: str) -> Sought | None:
    """What a typed line asks for: every word of it, () for an empty line; None when no sign of it can be found.

    Numbers that stand side by side are also one: «8-813-704-00-00», «12 345», «09.06.2026».  A phone with a code in
    brackets is sought without its 8, as it stands in the index in any case: a short beginning is found sooner.
    """
    folded = fold(_CODE.sub(lambda found: f" {_NOT_DIGIT.sub('', found[1])} ", typed))
    words = tokens(folded)
    if not words:
        return None if folded else ()
    groups: list[tuple[tuple[Term, ...], ...]] = []
    run: list[str] = []
    for word in (*words, ""):
        if word.isdigit():
            run.append(word)
            continue
        if run:
            groups += _numbers(run)
            run = []
        if word:
            others = (stemmed for stemmed in stems(word) if not stemmed.startswith(word))
            groups.append(((Term(word),), *((Term(stemmed, begins=False),) for stemmed in others)))
    return tuple(groups)


def _numbers(run: list[str]) -> list[tuple[tuple[Term, ...], ...]]:
    joined = "".join(run)
    if len(run) == 1:
        return [((Term(joined),),)]
    month = len(run) == 2 and _MONTH.fullmatch(joined) is not None and len(run[1]) == 4
    if month or (len(run) > 2 and len(joined) >= _WHOLE):
        return [((Term(joined),),)]
    return [((Term(joined),), tuple(Term(part) for part in run))]


def holds(text: str, sought: Sought) -> bool:
    """Does a short text (a command, a person's name) say what is sought?"""
    words = {word for token in tokens(text) for word in (token, *stems(token))}

    def held(term: Term) -> bool:
        return any(word.startswith(term.text) for word in words) if term.begins else term.text in words

    return all(any(all(map(held, terms)) for terms in group) for group in sought)
