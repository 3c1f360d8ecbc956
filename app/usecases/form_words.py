"""The dictionaries under which a form is filled without a database: those that come with the program."""

from __future__ import annotations

from datetime import date

from app.core.errors import AppError
from app.returns.form import FORMS
from app.returns.hand_form import HandForm, Words
from app.returns.records import Category, ServiceKind, Territory
from app.usecases.dictionaries import Row, shipped


def shipped_form(version: str) -> HandForm:
    """A version of the form with the dictionaries of this program.  AppError for an unknown version."""
    form = FORMS.get(version)
    if form is None:
        known = ", ".join(FORMS)
        raise AppError(f"Версии формы {version} нет.", f"Известны версии: {known}.")
    return HandForm(form, shipped_words())


def shipped_words() -> Words:
    """Territories, activities, catalogue, categories and legal forms as they come with the program."""
    return Words(
        territories=tuple(
            Territory(
                row["code"], row["name"], row["name_genitive"], date.fromisoformat(row["valid_from"]),
                _day(row, "valid_to"), row["successor_code"] or None,
            )
            for row in shipped("territories")
        ),
        activities={row["code"]: row["title"] for row in shipped("activities")},
        catalogue=tuple(
            ServiceKind(
                row["code"], row["title"], row["unit"], row["hours_required"] == "1", _day(row, "valid_from"),
                _day(row, "valid_to"),
            )
            for row in sorted(shipped("services"), key=lambda row: int(row["sort"]))
        ),
        categories=tuple(
            Category(row["code"], row["title"], tuple(row["services"].split()))
            for row in sorted(shipped("need_categories"), key=lambda row: int(row["sort"]))
        ),
        legal_forms={row["code"]: row["title"] for row in shipped("legal_forms") if row["hidden"] != "1"},
        legal_form_rows={row["code"]: row["row"] for row in shipped("legal_forms")},
    )  # fmt: skip


def _day(row: Row, key: str) -> date | None:
    return date.fromisoformat(row[key]) if row[key] else None
