"""How Russian names are compared: without case, ё, quotes, dashes and legal form."""

from __future__ import annotations

import re

NBSP = "\u00a0"
_NOISE = re.compile(r"[«»„“”\"'`‘’()\[\].,;:!?/\\№-]|[‐-―−╚╩]")
_SPACES = re.compile(r"\s+")
# Forms as they stand before a name, long ones first, already folded.
_FORMS = re.compile(
    r"^(?:(?:местная|региональная|районная|городская|межрегиональная|ленинградская|областная"
    r"|автономная|некоммерческая|организация|общественная|благотворительный|благотворительная"
    r"|общественный|фонд|ассоциация|союз|учреждение|частное|религиозная|православная"
    r"|ано|нко|оо|моо|роо|мро|лоо|лроо|бф|нп|чу|союз|тос|мбоо|робо|мобо"
    r"|некоммерческое|партнерство|движение|общественное|казачье|общество)\s+)+"
)


_PHONE = re.compile(r"(?<![\d\w])(?:\+7|8)[ ]?\(?\d{3,5}\)?[ ]?\d[\d -]{3,10}\d(?![\d\w])")


def unparted_phones(text: str) -> str:
    """The text with its telephones in one piece: «8 (81300) 1-23-45» is not parted at the end of a line."""
    return _PHONE.sub(lambda found: found[0].replace(" ", NBSP), text)


def fold(text: str | None) -> str:
    """The text as search sees it: lower case, ё as е, no quotes, dashes as spaces, single spaces."""
    lowered = (text or "").lower().replace("ё", "е")
    return _SPACES.sub(" ", _NOISE.sub(" ", lowered)).strip()


def fold_name(name: str | None) -> str:
    """The name of an organisation without its legal form: the key by which duplicates show."""
    folded = fold(name)
    bare = _FORMS.sub("", folded + " ").strip()
    return bare or folded


def sort_key(text: str | None) -> str:
    """Russian order: ё beside е (after it, all else equal), case and quotes ignored."""
    lowered = (text or "").lower()
    return f"{fold(text)}\0{lowered}"


def natural(code: str) -> tuple[int, str]:
    """Order of codes that begin with a number: 2 before 10, 9а after 9."""
    digits = re.match(r"\d*", code)
    number = digits[0] if digits else ""
    return (int(number) if number else 10**9, code)
