"""One cell, one organisation or several: recipients as lists write them."""

from __future__ import annotations

import re
from collections.abc import Callable

from app.core.text import fold

CITIZENS = re.compile(r"граждан|физ(?:ическ)?\w* ?лиц|жител|население")
_NUMBERING = re.compile(r"^\s*(?:\d{1,3}[.)]|[-–—•*·])\s+")
_FORM = re.compile(
    r"(?:ано|автономн|фонд|бф|благотворит|нко|некоммерч|нп|чу|чоу|оо|моо|роо|лоо|лроо|мро|местн|районн|региональн"
    r"|городск|областн|общественн|религиозн|православн|казачь|хуторск|союз|ассоциац|совет|тос|инициативн|клуб)\w*\b"
)
_QUOTED = re.compile(r"[«\"„“]")
_BESIDE = re.compile(
    r"(?:\d{6}|г|гор|город|п|пос|поселок|пгт|д|дер|деревня|с|село|ул|пр|пер|ленинградск\w+|инн|огрн)\b"
)


def without_number(name: str) -> str:
    """«1. АНО «Свет»» without its place in the list."""
    return _NUMBERING.sub("", name).strip()


def several(text: str, known: Callable[[str], bool]) -> tuple[str, ...]:
    """The organisations that the cell names; only one unless each part stands for itself.

    Names hold commas and ends of lines of their own: there a part counts only when it is a known
    organisation, a legal form with a name in quotes, or means citizens.
    """
    text = without_number(text)
    if known(text):
        return (text,)
    for parts, sure in ((text.split(";"), True), (text.split("\n"), False), (_by_commas(text), False)):
        bare = [without_number(part) for part in parts if part.strip()]
        if len(bare) > 1 and all(_stands(part, known, sure) for part in bare):
            return tuple(bare)
    return (text,)


def without_address(text: str, known: Callable[[str], bool]) -> str:
    """«Фонд «Заря», г. Всеволожск» is the known Фонд «Заря»; else the text as it is."""
    head, *beside = _by_commas(text)
    if beside and known(head) and all(_BESIDE.match(fold(part)) for part in beside):
        return head
    return text


def _stands(part: str, known: Callable[[str], bool], sure: bool) -> bool:
    folded = fold(part)
    named = bool(_FORM.match(folded)) and (sure or bool(_QUOTED.search(part)))
    return named or bool(CITIZENS.search(folded)) or known(part)


def _by_commas(text: str) -> list[str]:
    """Split at commas that stand outside quotes and brackets."""
    parts, depth, straight = [""], 0, False
    for char in text:
        if char in "«„(":
            depth += 1
        elif char in "»“)":
            depth = max(0, depth - 1)
        elif char == '"':
            straight = not straight
        if char == "," and not depth and not straight:
            parts.append("")
        else:
            parts[-1] += char
    return [part.strip() for part in parts if part.strip()]
