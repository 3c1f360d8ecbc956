"""Long words of the field as a narrow column shows them: forms, settlements, marks."""

from __future__ import annotations

_FORMS = (
    ("автономная некоммерческая организация", "АНО"),
    ("социально ориентированная некоммерческая организация", "СОНКО"),
    ("некоммерческая организация", "НКО"),
    ("некоммерческое партнёрство", "НП"),
    ("межрегиональная общественная организация", "МОО"),
    ("региональная общественная организация", "РОО"),
    ("местная общественная организация", "МОО"),
    ("районная общественная организация", "РОО"),
    ("общественная организация", "ОО"),
    ("благотворительный фонд", "БФ"),
    ("благотворительное учреждение", "БУ"),
    ("частное учреждение", "ЧУ"),
    ("территориальное общественное самоуправление", "ТОС"),
    ("инициативная группа", "ИГ"),
)
_PLACES = (
    ("городское поселение", "ГП"),
    ("сельское поселение", "СП"),
    ("муниципальный район", "район"),
    ("муниципальный округ", "округ"),
    ("Ленинградская область", "Ленинградская обл."),
)
_FORMS_OF_SUPPORT = {"подготовка и ДПО работников и добровольцев": "подготовка и ДПО"}
MARKS = {"sonko": "СОНКО", "federal_register": "реестр", "iopu": "ИОПУ", "social_provider": "соц."}


def short_name(text: str) -> str:
    """A name with its long legal form as letters: «АНО «Озёрное плечо»»; the order of names stays."""
    if text in _FORMS_OF_SUPPORT:
        return _FORMS_OF_SUPPORT[text]
    lowered = text.lower().replace("партнерство", "партнёрство")
    for long, short in _FORMS:
        if lowered.startswith(long):
            return f"{short}{text[len(long) :]}"
    return text


def quoted(text: str) -> str:
    """«АНО „Свет“»: the quotes inside become the inner ones."""
    return f"«{text.replace('«', '„').replace('»', '“')}»"


def short_centre(text: str) -> str:
    """«Опорный мостик» of «Ресурсный центр «Опорный мостик»»: centres are told apart by their own names."""
    start = text.find("«")
    return text[start:] if start > 0 else text


def short_place(text: str) -> str:
    """«Колтушское СП»."""
    for long, short in _PLACES:
        text = text.replace(long, short)
    return text
