"""Dictionaries as the district edits them: every entry with its days of validity; nothing is deleted.

An entry that is no longer used gets its last day.  Its code never changes: records point to it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import AppError, InvalidRecord
from app.core.fields import Field, Kind, Values
from app.core.text import natural
from app.models import (
    Activity,
    Base,
    LegalForm,
    NeedCategory,
    NeedCategoryService,
    ServiceCode,
    Settlement,
    Territory,
)
from app.usecases.dictionaries import mark_chain

_OKOPF = re.compile(r"\d{5}")
_OKTMO = re.compile(r"\d{8}")
_ANY = re.compile(r"[\w.-]{1,8}")
_WORD = re.compile(r"[\w-]{1,16}")
_ROWS = {
    "111": "общественные организации",
    "112": "фонды",
    "113": "АНО",
    "114": "религиозные организации",
    "115": "казачьи общества",
    "116": "прочие юридические лица",
}
_ORIGINS = {"federal": "федеральный", "oblast": "областной", "municipal": "муниципальный"}
_KINDS = {
    "district": "муниципальный район",
    "municipal_okrug": "муниципальный округ",
    "urban_okrug": "городской округ",
}


@dataclass(frozen=True, slots=True)
class DictionaryType:
    """A dictionary as its page shows it.

    code: the field that names an entry.  fixed: field -> code -> title, what may be chosen there.
    """

    key: str
    title: str
    title_one: str
    code: str
    shape: re.Pattern[str]
    shape_hint: str
    fields: tuple[Field, ...]
    kept: type[Base]
    fixed: Mapping[str, Mapping[str, str]]


_VALIDITY = (
    Field("valid_from", "Действует с", Kind.DATE, listed=True),
    Field("valid_to", "Последний день", Kind.DATE, listed=True),
)
_TITLE = Field("title", "Название", Kind.TEXT, required=True, width=50, listed=True)


def _code(key: str, title: str, width: int) -> Field:
    return Field(key, title, Kind.TEXT, required=True, width=width, listed=True)


DICTIONARY_TYPES: Mapping[str, DictionaryType] = {
    found.key: found
    for found in (
        DictionaryType(
            "legal_form", "Организационно-правовые формы", "Форма", "code", _OKOPF, "Код ОКОПФ — 5 цифр.",
            (
                _code("code", "ОКОПФ", 5), _TITLE, Field("short", "Сокращение", Kind.TEXT, width=12, listed=True),
                Field("row", "Строка отчёта", Kind.CHOICE, required=True, listed=True),
                Field("may_be_sonko", "Может быть СОНКО", Kind.FLAG), Field("hidden", "Не показывать", Kind.FLAG),
                Field("warning", "Предупреждение", Kind.TEXT, width=50), *_VALIDITY,
            ),
            LegalForm, {"row": _ROWS},
        ),
        DictionaryType(
            "activity", "Виды деятельности (ст. 31.1)", "Вид деятельности", "code", _ANY, "До 8 букв и цифр.",
            (
                _code("code", "Код", 8), _TITLE,
                Field("origin", "Установлен", Kind.CHOICE, required=True, listed=True), *_VALIDITY,
            ),
            Activity, {"origin": _ORIGINS},
        ),
        DictionaryType(
            "service_code", "Услуги ресурсных центров", "Услуга", "code", _ANY, "До 8 букв и цифр.",
            (
                _code("code", "Код", 4), _TITLE, Field("unit", "Единица", Kind.TEXT, required=True, listed=True),
                Field("evidence", "Подтверждение", Kind.TEXT, required=True, listed=True),
                Field("hours_required", "Часы обязательны", Kind.FLAG), Field("sort", "Порядок", Kind.COUNT),
                *_VALIDITY,
            ),
            ServiceCode, {},
        ),
        DictionaryType(
            "need_category", "Категории потребностей", "Категория", "code", _WORD, "До 16 букв и цифр.",
            (
                _code("code", "Код", 12), _TITLE,
                Field("services", "Закрывают услуги", Kind.CHOICES, dictionary="service_code", listed=True),
                Field("sort", "Порядок", Kind.COUNT), *_VALIDITY,
            ),
            NeedCategory, {},
        ),
        DictionaryType(
            "settlement", "Поселения", "Поселение", "oktmo", _OKTMO, "ОКТМО поселения — 8 цифр.",
            (
                _code("oktmo", "ОКТМО", 8), Field("name", "Название", Kind.TEXT, required=True, width=50, listed=True),
                Field("territory_code", "Район", Kind.CHOICE, required=True, dictionary="territory", listed=True),
                *_VALIDITY,
            ),
            Settlement, {},
        ),
        DictionaryType(
            "territory", "Территории", "Территория", "code", _OKTMO, "ОКТМО — 8 цифр.",
            (
                _code("code", "ОКТМО", 8), Field("name", "Название", Kind.TEXT, required=True, width=40, listed=True),
                Field("name_genitive", "Название (кого? чего?)", Kind.TEXT, required=True, width=40),
                Field("kind", "Вид", Kind.CHOICE, required=True, listed=True),
                Field("valid_from", "Действует с", Kind.DATE, required=True, listed=True), _VALIDITY[1],
                Field("successor_code", "Преемник", Kind.CHOICE, dictionary="territory", listed=True),
            ),
            Territory, {"kind": _KINDS},
        ),
    )
}  # fmt: skip


def entries(session: Session, dictionary: str) -> tuple[Values, ...]:
    """Every entry, past ones too, by code; a category also with the codes of services that answer it."""
    kind = DICTIONARY_TYPES[dictionary]
    answers: dict[str, list[str]] = {}
    if dictionary == "need_category":
        for link in session.scalars(select(NeedCategoryService).order_by(NeedCategoryService.id)):
            answers.setdefault(link.category_code, []).append(link.service_code)
    rows = sorted(session.scalars(select(kind.kept)), key=lambda row: natural(getattr(row, kind.code)))
    return tuple(
        {
            field.key: tuple(answers.get(getattr(row, kind.code), ()))
            if field.key == "services"
            else getattr(row, field.key)
            for field in kind.fields
        }
        for row in rows
    )


def save_entry(session: Session, dictionary: str, values: Values, *, code: str | None = None) -> str:
    """Keep an entry: a new one, or the one with the code; what is not named stays.  Returns its code.

    InvalidRecord with a sentence for each wrong field; AppError if there is no entry with the code.
    """
    kind = DICTIONARY_TYPES[dictionary]
    row = _entry(session, kind, code)
    if code is None:
        before: dict[str, Any] = {f.key: "" for f in kind.fields if f.kind is Kind.TEXT}
    else:
        before = {f.key: getattr(row, f.key) for f in kind.fields if f.key != "services"}
    whole = before | {f.key: _tidied(values[f.key]) for f in kind.fields if f.key in values}
    faults = _faults(session, kind, whole, code)
    if faults:
        raise InvalidRecord(faults)
    for field in kind.fields:
        if field.key in whole and field.key != "services":
            setattr(row, field.key, whole[field.key])
    session.add(row)
    session.flush()
    kept = str(whole[kind.code])
    if "services" in values:
        _answer(session, kept, tuple(values["services"] or ()))
    if dictionary == "territory":
        own = session.scalars(select(Territory.code).where(Territory.own.is_(True))).first()
        if own is not None:
            mark_chain(session, own)
    return kept


def _entry(session: Session, kind: DictionaryType, code: str | None) -> Any:
    if code is None:
        return kind.kept()
    row = session.scalars(select(kind.kept).where(getattr(kind.kept, kind.code) == code)).first()
    if row is None:
        raise AppError(f"В справочнике «{kind.title}» нет кода {code}.", "Обновите справочник и выберите строку снова.")
    return row


def _tidied(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value


def _faults(session: Session, kind: DictionaryType, values: Values, code: str | None) -> dict[str, str]:
    faults = {
        field.key: f"Заполните поле «{field.title}»."
        for field in kind.fields
        if field.required and values.get(field.key) in (None, "")
    }
    given = str(values.get(kind.code) or "")
    if kind.code not in faults:
        if not kind.shape.fullmatch(given):
            faults[kind.code] = kind.shape_hint
        elif code is not None and given != code:
            faults[kind.code] = "Код не меняется: на него ссылаются записи. Завершите эту строку и внесите новую."
        elif code is None and session.scalars(
            select(kind.kept).where(getattr(kind.kept, kind.code) == given)
        ).first():
            faults[kind.code] = f"Код {given} уже есть в справочнике."
    for key, titles in kind.fixed.items():
        if key not in faults and values.get(key) not in titles:
            faults[key] = "Выберите значение из списка."
    for key, pointed in (("territory_code", Territory), ("successor_code", Territory)):
        if values.get(key) and session.get(pointed, values[key]) is None:
            faults.setdefault(key, f"Территории {values[key]} нет в справочнике.")
    if values.get("successor_code") and values["successor_code"] == given:
        faults.setdefault("successor_code", "Территория не может быть преемником самой себя.")
    unknown = [one for one in values.get("services") or () if session.get(ServiceCode, one) is None]
    if unknown:
        faults.setdefault("services", f"Таких услуг нет: {', '.join(unknown)}.")
    begin, end = values.get("valid_from"), values.get("valid_to")
    if begin and end and end < begin:
        faults.setdefault("valid_to", "Последний день раньше первого.")
    return faults


def _answer(session: Session, category: str, services: tuple[str, ...]) -> None:
    """The services that answer a category, without touching the links that stay."""
    query = select(NeedCategoryService).where(NeedCategoryService.category_code == category)
    kept = {link.service_code: link for link in session.scalars(query)}
    for code, link in kept.items():
        if code not in services:
            session.delete(link)
    session.add_all(
        NeedCategoryService(category_code=category, service_code=code) for code in services if code not in kept
    )
    session.flush()
