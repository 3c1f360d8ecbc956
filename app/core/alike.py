"""Latin letters that were typed for Russian ones: in codes of lists, in forms filled by hand, in marks of a paper."""

from __future__ import annotations

from functools import cache

_LOOKS = dict(zip("ABCEHKMOPTXY", "АВСЕНКМОРТХУ", strict=True))
_SOUNDS = {"I": "И", "P": "П"}


def in_russian_letters(text: str, by_sound: str = "") -> str:
    """The text with each Latin letter that looks like a Russian one as that one, in its case.

    by_sound: letters (of I, P) that are read by their sound: П1 is typed «P1», and no code begins with Р.
    """
    return text.translate(_table(by_sound))


@cache
def _table(by_sound: str) -> dict[int, str]:
    upper = _LOOKS | {letter: _SOUNDS[letter] for letter in by_sound}
    return str.maketrans(upper | {latin.lower(): russian.lower() for latin, russian in upper.items()})
