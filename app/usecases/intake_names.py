"""What the name of a file says of the return in it, and where that is not what it holds: so that a person knows whom
to call."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.core.periods import Quarter
from app.core.text import NBSP
from app.region.results import valid_on
from app.returns.codec import fingerprint
from app.returns.records import Territory

MISNAMED = "misnamed"
"""In the place of a result: nothing was set aside, the name of the file speaks of another return than it holds."""
NOT_ASIDE = ("beside", MISNAMED)
"""Results of `received_file` that set nothing aside."""
_NAMED = re.compile(r"(?P<oktmo>\d{8})_(?P<quarter>\d{4}-Q[1-4])_(?P<correction>\d{1,3})", re.IGNORECASE)
_QUARTER = re.compile(r"(?<![\d])(20\d\d)[-_ ]?[QqКк]([1-4])(?!\d)")
_IN_WORDS = re.compile(
    r"(?<![\w])(IV|I{1,3}|[1-4])[\s_-]*(?:й[\s_-]*)?кв(?:артал\w*)?[\s_.,-]*(20\d\d)(?!\d)", re.IGNORECASE
)
_CODE = re.compile(r"(?<!\d)(\d{8})(?!\d)")
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}


@dataclass(frozen=True, slots=True)
class Misnamed:
    """oktmo, quarter: the place at which it is told."""

    oktmo: str
    quarter: Quarter
    text: str


def named(name: str) -> tuple[str, Quarter | None, int | None]:
    """ОКТМО, period and correction by the name of a file as the program writes it, as far as it says them."""
    found = _NAMED.search(name)
    if found is None:
        return "", None, None
    return found["oktmo"], Quarter.parse(found["quarter"].upper()), int(found["correction"])


def spoken_of(name: str) -> tuple[str, Quarter | None]:
    """ОКТМО and period by any name: `…_41606000_2026-Q3_0.xlsx`, «41606000 III квартал 2026.xlsx»."""
    oktmo, quarter, _ = named(name)
    if quarter is None and (told := _QUARTER.search(name)):
        quarter = Quarter(int(told[1]), int(told[2]))
    if quarter is None and (told := _IN_WORDS.search(name)):
        number = told[1].upper()
        quarter = Quarter(int(told[2]), _ROMAN.get(number) or int(number))
    if not oktmo and (code := _CODE.search(name)):
        oktmo = code[1]
    return oktmo, quarter


def misnamed(name: str, oktmo: str, quarter: Quarter | None, known: Sequence[Territory]) -> Misnamed | None:
    """Where the name of a file speaks of another return than the file holds; None where it does not.

    It is told at the place that the name speaks of, or, where that is none, at the place of the return in it.
    """
    said_oktmo, said_quarter = spoken_of(name)
    if quarter is None or not oktmo:
        return None
    names = {one.code: one.name for one in known if valid_on(one, (said_quarter or quarter).last_day)}
    told = []
    if said_quarter is not None and said_quarter != quarter:
        told.append(f"файл с{NBSP}названием за {said_quarter.title} содержит отчёт за {quarter.title}")
    if said_oktmo and said_oktmo != oktmo and (said_oktmo in names or _NAMED.search(name)):
        whose = _called(oktmo, {one.code: one.name for one in known})
        told.append(f"файл с{NBSP}кодом {_called(said_oktmo, names)} в{NBSP}названии содержит отчёт с кодом {whose}")
    if not told:
        return None
    place = said_oktmo if said_oktmo in names else oktmo
    return Misnamed(place, said_quarter or quarter, "; ".join(told))


def misnamed_sign(sha256: str, oktmo: str, quarter: Quarter | None) -> str:
    """The hash under which it is kept that a file of these bytes was named for this place."""
    return fingerprint(f"{sha256} {oktmo} {quarter}")


def _called(code: str, names: dict[str, str]) -> str:
    return f"{code} ({names[code]})" if code in names else f"{code}, которого нет среди территорий"
