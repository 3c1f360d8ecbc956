"""Where an organisation of a list is at home: in this district, in which settlement, or elsewhere."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import takewhile

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.text import fold
from app.models import Settlement, Territory

_OBLAST_REGIONS = ("47",)
_ENDING = re.compile(r"(?:ское|цкое|ская|ский|ское|ое|ый|ая|ий)$")
_KIND = re.compile(r"\b(?:городское|сельское|поселение|муниципальный|городской|район|округ|образование)\b")
_DISTRICT = re.compile(r"([а-я-]+)(?:ский|ского|цкий)\s+(?:муниципальн\w+\s+)?(?:р н|рн|район|р-н|округ)")
_PLACE = re.compile(
    r"\b(?:г|гор|город|п|пос|поселок|пгт|гп|г п|рп|д|дер|деревня|с|село|ст|станция|м|местечко)\s+(?:им\s+)?"
    r"([а-я]{3,}(?: [а-я]{3,})?)"
)
_STREETS = frozenset(
    {"ул", "улица", "пр", "проспект", "пер", "переулок", "шоссе", "дом", "пл", "площадь", "кв", "наб", "бул", "мкр",
     "дорога", "литера"}
)  # fmt: skip
_TWO_WORDS = {"сосновый бор": "41754000", "лодейное поле": "41627000"}
_OURS = re.compile(r"лен(?:инградская|ингр)?\b|ленобл")
_REGION = re.compile(
    r"санкт[ -]петербург|спб|москва|севастополь|республика [а-я]+|[а-я]+ республика"
    r"|[а-я]+ (?:область|обл)\b|[а-я]+ край"
)


@dataclass(frozen=True, slots=True)
class Home:
    """settlement: its ОКТМО or None.  here: is the primary record here; None when the list does not tell.

    where: «Тосненский муниципальный район», «Санкт-Петербург»: where it is on record otherwise.
    """

    settlement: str | None = None
    here: bool | None = None
    where: str = ""


class Places:
    """The settlements and territories of the records, to recognise an address or an ОКТМО by."""

    def __init__(self, session: Session) -> None:
        self._territories = {row.code: row for row in session.scalars(select(Territory))}
        self._settlements = list(session.scalars(select(Settlement)))
        self._by_code = {row.oktmo: row for row in self._settlements}
        self._own = {code for code, row in self._territories.items() if row.own}
        self._by_name: dict[str, list[Settlement]] = defaultdict(list)
        for row in self._settlements:
            self._by_name[_KIND.sub("", fold(row.name)).strip()].append(row)
            self._by_name[fold(row.name)].append(row)
        self._stems = [(stem_of(row.name), row) for row in self._settlements]
        self._district_stems = {stem_of(row.name): row for row in self._territories.values()}

    def home(
        self, settlement: str | None, address: str | None, inn: str | None, ogrn: str | None, region: str | None = None
    ) -> Home:
        """The best of what a list says: ОКТМО or settlement, then address, region, the region of its numbers."""
        by_code = self._by_text(settlement) if settlement else None
        if by_code is not None and by_code.here is not None:
            return by_code
        for text in (address, region):
            found = self._by_address(_folded_parts(text)) if text else Home()
            if found.here is not None:
                return found
        number = (ogrn or "")[3:5] or (inn or "")[:2]
        if number and number not in _OBLAST_REGIONS:
            where = {"78": "Санкт-Петербург", "77": "Москва"}.get(number, f"регион {number}")
            return Home(None, False, where)
        return by_code or Home()

    def _by_text(self, text: str) -> Home:
        digits = re.sub(r"[.,]0+$", "", text.strip())
        if digits.isdigit() and len(digits) in (8, 11):
            return self._by_oktmo(digits[:8])
        rows = self._by_name.get(fold(text)) or self._by_name.get(_KIND.sub("", fold(text)).strip()) or []
        own = [row for row in rows if row.territory_code in self._own]
        if len(own) == 1:
            return Home(own[0].oktmo, True)
        if len(rows) == 1:
            return self._elsewhere(rows[0])
        return self._by_address(f"г {fold(text)}", named=True)

    def _by_oktmo(self, code: str) -> Home:
        row = self._by_code.get(code)
        if row is not None:
            return Home(code, True) if row.territory_code in self._own else self._elsewhere(row)
        territory = self._territories.get(code[:5] + "000")
        if territory is not None:
            return Home(None, True) if territory.code in self._own else Home(None, False, territory.name)
        if code[:2] in ("40", "45", "67"):
            return Home(None, False, {"40": "Санкт-Петербург", "45": "Москва", "67": "Севастополь"}[code[:2]])
        return Home(None, None) if code.startswith("41") else Home(None, False, "другой регион")

    def _elsewhere(self, row: Settlement) -> Home:
        territory = self._territories.get(row.territory_code)
        return Home(row.oktmo, False, territory.name if territory else row.name)

    def _by_address(self, folded: str, named: bool = False) -> Home:
        district = self._district(folded) or self._town_of_two_words(folded)
        places = [found[1] for found in _PLACE.finditer(folded)]
        if district is not None and district.code not in self._own:
            return Home(None, False, district.name)
        region = None if named else _REGION.search(folded)
        if region and not _OURS.match(region[0]):
            return Home(None, False, _region_title(region[0]))
        own = [row for stem, row in self._stems if row.territory_code in self._own and _is_place(stem, places)]
        if len({row.oktmo for row in own}) == 1:
            return Home(own[0].oktmo, True)
        if district is not None or own:
            return Home(None, True)
        others = [row for stem, row in self._stems if _is_place(stem, places)]
        if len({row.territory_code for row in others}) == 1 and (region or named or "лен" in folded):
            return self._elsewhere(others[0]) if others[0].territory_code not in self._own else Home(None, True)
        return Home()

    def _town_of_two_words(self, folded: str) -> Territory | None:
        return next((self._territories.get(code) for name, code in _TWO_WORDS.items() if name in folded), None)

    def _district(self, folded: str) -> Territory | None:
        for found in _DISTRICT.finditer(folded):
            for stem, row in self._district_stems.items():
                if found[1].startswith(stem[:-1]) and abs(len(found[1]) - len(stem)) <= 3:
                    return row
        return None


def _folded_parts(address: str) -> str:
    """The address folded, its parts still apart: in «г. Всеволожск, Колтушское шоссе» the town ends at the comma."""
    return " , ".join(fold(part) for part in address.split(","))


def stem_of(name: str) -> str:
    """«Всеволожское городское поселение» -> «всеволож»."""
    bare = _KIND.sub("", fold(name)).strip()
    return _ENDING.sub("", bare)


def _is_place(stem: str, places: list[str]) -> bool:
    """Волхов for «Волховское», Бугры for «Бугровское»: the same beginning, but for a letter or two."""
    for place in places:
        word, _, second = place.partition(" ")
        if second and second not in _STREETS:
            continue  # «Сосновый Бор» is not «Сосновское»
        bare = _ENDING.sub("", word)
        common = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(stem, bare, strict=False)))
        if common >= max(4, len(stem) - 2) and len(bare) - common <= 2:
            return True
    return False


def _region_title(folded: str) -> str:
    if folded.startswith(("санкт", "спб")):
        return "Санкт-Петербург"
    words = folded.replace("обл", "область").replace("областьасть", "область").split()
    return " ".join(word.capitalize() if word not in ("область", "край") else word for word in words)
