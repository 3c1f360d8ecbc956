"""Words of lists into codes of dictionaries: «субсидия» is 211, «Действующая» is active, K1 is К1."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rapidfuzz import fuzz, process
from sqlalchemy.orm import Session

from app.core.alike import in_russian_letters
from app.core.text import fold
from app.usecases.titles import dictionary_titles

CLOSED = "closed"
"""What a list says of an organisation that is no more; no status of ours."""

_STEMS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "support_form": (
        ("212", r"имуществ|помещени|аренд|безвозмездн\w* пользован"),
        ("216", r"налог"),
        ("217", r"закупк|контракт|муниципальн\w* заказ"),
        ("215", r"обучен|подготовк|дпо|повышени\w* квалификац|семинар|образовательн"),
        ("214", r"консульт|методическ"),
        ("213", r"информац|публикац|сми\b|освещен"),
        ("211", r"финанс|субсиди|грант|денежн|денег|деньги|средств"),
        ("218", r"ин(?:ая|ое|ые)\b|друг|прочее|прочая"),
    ),
    "legal_form": (
        ("71400", r"автономн|^ано$"),
        ("71500", r"религиозн|приход|монастыр"),
        ("21100", r"казач"),
        ("20202", r"профсоюз"),
        ("70401", r"благотворительн\w* фонд"),
        ("70403", r"общественн\w* фонд"),
        ("75502", r"благотворительн\w* учрежд"),
        ("75505", r"общественн\w* учрежд"),
        ("70400", r"\bфонд\b"),
        ("20210", r"движени"),
        ("20614", r"партнерств"),
        ("75500", r"учрежден"),
        ("20217", r"^тос$|территориальное общественное"),
        ("20200", r"общественн\w* организац|^(?:оо|роо|моо)$"),
        ("20600", r"ассоциац|\bсоюз"),
    ),
    "ngo_status": (
        ("liquidating", r"ликвидируется|в (?:стадии|процессе) ликвидац"),
        (CLOSED, r"исключ|ликвидирован|недейств|прекра|снят"),
        ("inactive", r"не вед|неактивн|не действует|приостан|не осуществ"),
        ("active", r"действ|активн|работает"),
        ("unverified", r"зарегистр|не провер|неизвестн"),
    ),
    "service_code": (
        ("О1", r"^(?:семинар|вебинар|тренинг|лекци|школа|мастер класс)"),
        ("О2", r"стажиров|наставнич|акселерат"),
        ("К2", r"(?=.*консульт)(?=.*(?:юрид|юрист|правов))"),
        ("К3", r"(?=.*консульт)(?=.*(?:бухг|налог|отчетн))"),
        ("К4", r"(?=.*консульт)(?=.*(?:грант|проект))"),
        ("К1", r"(?=.*консульт)(?=.*(?:регистрац|создани|устав))"),
    ),
    "evidence": (
        ("регистрационный список", r"рег\w* (?:лист|спис)|лист\w* регистрац|явочн"),
        ("журнал", r"журнал"),
        ("договор", r"договор"),
        ("акт", r"\bакт\b"),
        ("протокол", r"протокол"),
        ("ссылка", r"https?|www|vk com|ссылк"),
        ("фото", r"фото"),
    ),
    "priority": (("high", r"высок|срочн|важн|^1$|^да$|остр"), ("normal", r"обычн|средн|низк|нормальн|^[23]$|нет")),
    "need_status": (
        ("withdrawn", r"снят|отозван"),
        ("closed_centre", r"закрыт\w* (?:рц|центр)"),
        ("closed_other", r"закрыт|решен|удовлетвор|выполнен"),
        ("open", r"открыт|в работе|нов|актуальн"),
    ),
    "need_category": (
        ("finance", r"финанс|грант|деньги|денег|субсид"),
        ("premises", r"помещени|аренд|офис|зал\b"),
        ("accounting", r"бухгалт|отч[её]тн|налог"),
        ("registration", r"регистрац|устав|создани"),
        ("legal", r"юрид|правов|\bюр\b|юрист"),
        ("training", r"обуч|семинар|школ|курс"),
        ("volunteers", r"доброволь|волонт"),
        ("information", r"информ|продвиж|реклам|публикац|сайт"),
        ("equipment", r"оборудов|транспорт|техник"),
        ("partners", r"партн|спонсор|бизнес"),
        ("other", r"проч|друг|ин(?:ое|ая)\b"),
    ),
    "result": (
        ("registering", r"в стадии|регистрируется"),
        ("registered", r"зарегистр"),
        ("supported", r"поддержан|выигр|побед"),
        ("applied", r"подан"),
    ),
    "ngo_kind": (("body", r"без (?:образования )?юр|объединени|инициативн"), ("legal", r"юр|нко|организац|да")),
    "mark": (
        ("federal_register", r"реестр"),
        ("iopu", r"иопу|общественно полезн"),
        ("social_provider", r"поставщик"),
        ("sonko", r"сонко|социально ориент|^да$|^1$"),
    ),
}


def in_cyrillic(code: str) -> str:
    """A code of the catalogue that was typed in Latin letters, by look or by sound: «k4» is К4, «P1» is П1."""
    return in_russian_letters(code.upper(), "IP")


class Words:
    """The dictionaries of the records as lists spell them."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._titles: dict[str, dict[str, str]] = {}
        self._known: dict[tuple[str, str], str | None] = {}

    def code(self, dictionary: str, text: str) -> str | None:
        """The code that the text means, or None."""
        key = (dictionary, text)
        if key not in self._known:
            self._known[key] = self._find(dictionary, text)
        return self._known[key]

    def pieces(self, dictionary: str, text: str) -> list[str]:
        """The values of a cell that names several: titles that hold commas themselves stay whole."""
        titles = set(self._folded(dictionary).values())
        found: list[str] = []
        for group in re.split(r"[;\n]", text):
            parts = [part for part in group.split(",") if part.strip()]
            while parts:
                ends = range(len(parts), 1, -1)
                end = next((end for end in ends if fold(",".join(parts[:end])) in titles), 1)
                found.append(",".join(parts[:end]).strip())
                parts = parts[end:]
        return found

    def _find(self, dictionary: str, text: str) -> str | None:
        titles = self._folded(dictionary)
        bare = text.strip()
        folded = fold(bare)
        for code in (bare, in_russian_letters(bare, "IP"), in_cyrillic(bare)):
            if code in titles:
                return code
        if dictionary == "service_code":
            first = re.match(r"\s*([A-ZА-Яa-zа-я]\s?\d)\b", text)
            if first and (code := in_cyrillic(first[1].replace(" ", ""))) in titles:
                return code
        for code, title in titles.items():
            if folded and folded == title:
                return code
        for code, stems in _STEMS.get(dictionary, ()):
            if re.search(stems, folded) and (code in titles or code == CLOSED):
                return code
        if len(folded) < 5:
            return None
        best = process.extractOne(folded, titles, scorer=fuzz.token_sort_ratio, score_cutoff=80)
        if best is None and dictionary == "service_code":
            best = process.extractOne(folded, titles, scorer=fuzz.token_set_ratio, score_cutoff=90)
        return str(best[2]) if best is not None else None

    def _folded(self, dictionary: str) -> dict[str, str]:
        if dictionary not in self._titles:
            named = dictionary_titles(self._session, dictionary)
            self._titles[dictionary] = {code: fold(re.sub(r"^[А-Я]\d\W+", "", t)) for code, t in named.items()}
        return self._titles[dictionary]


_DECISION = re.compile(
    r"(?:от\s+)?(\d{1,2}[./]\d{1,2}[./]\d{4}|\d{1,2}\s+[а-я]+\s+\d{4})(?:\s*г(?:ода|\.)?)?", re.IGNORECASE
)
_NUMBER = re.compile(r"(?:№|N|номер)\s*([\w/.-]*\w)", re.IGNORECASE)


def decision_parts(text: str) -> tuple[str | None, str | None]:
    """«Постановление от 12.03.2024 № 145-п» -> («145-п», «12.03.2024»); None for what is not there."""
    number, day = _NUMBER.search(text), _DECISION.search(text)
    return (number[1] if number else None), (day[1] if day else None)
