"""Which version of the form is in force on a day: as the region's комплект says, else as the program does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.returns.form import FORMS, Form, form_on
from app.returns.package import FormTerm


def form_in_force(day: date, terms: Sequence[FormTerm] = ()) -> Form:
    """The version of the latest term that holds the day; a day of which the terms say nothing goes by the forms' own.

    A term of a version that this program does not know is passed over: it was told when the комплект came.
    KeyError when there is no form for the day.
    """
    valid = [
        term
        for term in terms
        if term.version in FORMS and term.valid_from <= day and (term.valid_to is None or day <= term.valid_to)
    ]
    return FORMS[max(valid, key=lambda term: term.valid_from).version] if valid else form_on(day)
