"""Forms to be filled without the program: the return itself, and lists of services, needs and NGOs."""

from __future__ import annotations

from collections.abc import Mapping

from app.core.errors import AppError
from app.core.fields import Field, Kind
from app.core.text import NBSP
from app.records import REGISTERS
from app.records.choices import FIXED
from app.returns.hand_form import NO, YES, Words
from app.usecases.form_words import shipped_form, shipped_words

LISTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "services": (
        "service",
        ("provided_on", "centre_id", "service_code", "topic", "recipients", "quantity", "hours", "people", "result",
         "result_amount", "evidence_kind", "evidence_no", "note"),
    ),
    "needs": (
        "need",
        ("ngo_id", "ogrn", "category_code", "text", "codes", "opened_on", "priority", "status", "closed_on",
         "closed_by"),
    ),
    "ngos": (
        "ngo",
        ("name", "short_name", "kind", "okopf", "ogrn", "inn", "kpp", "registered_on", "settlement", "address", "phone",
         "email", "site", "director", "status", "marks", "activities", "taken_on", "note"),
    ),
}  # fmt: skip
"""What a blank list asks: word of the command -> register and its fields in the order of the columns."""

_OGRN = Field("ogrn", "ОГРН", Kind.OGRN, width=16, help="13 цифр: по ОГРН организация узнаётся без ошибки.")
_HELP = {
    "recipients": "Через «;»: названия или ОГРН. Можно написать «граждане».",
    "codes": "Через «;», например: К2; К4.",
    "marks": "Через «;»: СОНКО; в реестре СОНКО; ИОПУ; поставщик социальных услуг.",
    "activities": "Номера видов деятельности через «;», например: 1; 9.",
    "settlement": "Поселение или город, например: Мурино.",
}
_ASKED = {"services": ("recipients",), "needs": ("text",), "ngos": ()}


def blank_form(version: str) -> bytes:
    """The empty workbook of a form version.  AppError when there is no such version."""
    form = shipped_form(version)
    from app.reports.blank_form import blank_form_xlsx  # openpyxl is slow to import: only a form pays for it

    return blank_form_xlsx(form)


def blank_list(what: str) -> bytes:
    """The empty list of services, needs or ngos.  AppError for another word."""
    if what not in LISTS:
        raise AppError(f"Списка «{what}» нет.", f"Есть: {', '.join(LISTS)}.")
    from app.reports.list_form import AskedColumn, list_form_xlsx

    register, keys = LISTS[what]
    record_type = REGISTERS[register]
    fields = {spec.key: spec for spec in record_type.fields} | ({} if what == "ngos" else {"ogrn": _OGRN})
    choices = _choices(shipped_words())
    columns = [
        AskedColumn.of(fields[key], choices, True if key in _ASKED[what] else None, _HELP.get(key, "")) for key in keys
    ]
    return list_form_xlsx(record_type.title, columns, choices)


def _choices(words: Words) -> dict[str, Mapping[str, str]]:
    """Drop-down lists by dictionary, in the words that the import knows."""
    return {
        **FIXED,
        "service_code": {kind.code: f"{kind.code}{NBSP}· {kind.title}" for kind in words.catalogue},
        "need_category": words.choices["need_category"],
        "legal_form": words.legal_forms,
        "yes_no": {YES: YES, NO: NO},
    }
