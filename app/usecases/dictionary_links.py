"""Dictionaries that point to one another: which services answer a category, which territory replaces which.

The words and days of single entries are edited in `dictionary_entries`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import AppError, Deed, InvalidRecord
from app.models import NeedCategory, NeedCategoryService, ServiceCode, Territory
from app.records.choices import TERRITORY_KINDS
from app.usecases.dictionaries import mark_chain

_OKTMO = re.compile(r"[0-9]{8}")


def need_map(session: Session) -> Mapping[str, tuple[str, ...]]:
    """Category of needs -> codes of the services that answer it, in the order they were added."""
    found: dict[str, tuple[str, ...]] = dict.fromkeys(session.scalars(select(NeedCategory.code)), ())
    for link in session.scalars(select(NeedCategoryService).order_by(NeedCategoryService.id)):
        found[link.category_code] += (link.service_code,)
    return found


def save_answers(session: Session, category: str, services: Sequence[str]) -> None:
    """Say which services answer a category; links that stay are not touched.  InvalidRecord for an unknown code."""
    if session.get(NeedCategory, category) is None:
        raise AppError(f"Категории потребностей «{category}» нет.", "Обновите список категорий.")
    unknown = [code for code in services if session.get(ServiceCode, code) is None]
    if unknown:
        raise InvalidRecord({"services": f"Таких услуг нет в каталоге: {', '.join(unknown)}."})
    query = select(NeedCategoryService).where(NeedCategoryService.category_code == category)
    kept = {link.service_code: link for link in session.scalars(query)}
    for code, link in kept.items():
        if code not in services:
            session.delete(link)
    added = [code for code in dict.fromkeys(services) if code not in kept]
    session.add_all(NeedCategoryService(category_code=category, service_code=code) for code in added)
    session.flush()


def replace_territory(
    session: Session, former: str, *, code: str, name: str, name_genitive: str, kind: str, since: date
) -> None:
    """A territory became another one: the former ends the day before, and this file's chain goes on.

    Known already is a code that a newer program brought; then only the link is set.  InvalidRecord with
    a sentence for each wrong field.
    """
    old = session.get(Territory, former)
    if old is None:
        raise AppError(f"Территории {former} нет в справочнике.", "Обновите справочник территорий.", Deed.DICTIONARIES)
    faults: dict[str, str] = {}
    if not _OKTMO.fullmatch(code):
        faults["code"] = "Код ОКТМО — 8 цифр."
    elif code == former:
        faults["code"] = "У новой территории свой код ОКТМО."
    if not name.strip():
        faults["name"] = "Укажите название."
    if not name_genitive.strip():
        faults["name_genitive"] = "Укажите название в родительном падеже: им подписан отчёт."
    if kind not in TERRITORY_KINDS:
        faults["kind"] = "Выберите вид территории."
    if since <= old.valid_from:
        faults["since"] = f"Прежняя территория действует с {old.valid_from:%d.%m.%Y}: новая не может начаться раньше."
    if old.successor_code not in (None, code):
        faults["code"] = f"У этой территории уже есть преемник: {old.successor_code}."
    if faults:
        raise InvalidRecord(faults)
    new = session.get(Territory, code)
    if new is None:
        new = Territory(code=code, name="", name_genitive="", kind=kind, valid_from=since)
        session.add(new)
    new.name, new.name_genitive, new.kind, new.valid_from = name.strip(), name_genitive.strip(), kind, since
    session.flush()
    old.valid_to, old.successor_code = since - timedelta(days=1), code
    session.flush()
    own = session.scalars(select(Territory.code).where(Territory.own.is_(True))).first()
    if own is not None:
        mark_chain(session, own)
