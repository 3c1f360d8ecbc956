"""What a комплект leaves in force: its № and date, which every later return bears, and the terms of the form."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.core.russian import day
from app.core.text import NBSP
from app.models import Setting
from app.returns import package as p

IN_FORCE_KEY = "package:in_force"
"""The setting that keeps which комплект holds, as JSON."""
FORMS_KEY = "package:forms"
"""The setting that keeps the terms of the form, as JSON."""


@dataclass(frozen=True, slots=True)
class InForce:
    """The комплект that holds in this file.  taken_on: the day it was taken in."""

    number: int
    on: date
    by: str
    sha256: str
    taken_on: date

    @property
    def title(self) -> str:
        """«№ 3 от 12.01.2027»."""
        return f"№{NBSP}{self.number} от {day(self.on)}"


def in_force(session: Session) -> InForce | None:
    """The комплект that holds in this file, or None before the first."""
    kept = session.get(Setting, IN_FORCE_KEY)
    if kept is None:
        return None
    told = json.loads(kept.value)
    days = {key: date.fromisoformat(told[key]) for key in ("on", "taken_on")}
    return InForce(told["number"], days["on"], told["by"], told["sha256"], days["taken_on"])


def terms_of_forms(session: Session) -> tuple[p.FormTerm, ...]:
    """Which version of the form holds when, as the комплект in force says; empty without one."""
    kept = session.get(Setting, FORMS_KEY)
    return tuple(
        p.FormTerm(version, date.fromisoformat(first), date.fromisoformat(last) if last else None)
        for version, first, last in (json.loads(kept.value) if kept is not None else ())
    )


def text_of_terms(terms: Sequence[p.FormTerm]) -> str:
    """Terms of the form as the setting keeps them."""
    told = [[t.version, t.valid_from.isoformat(), t.valid_to.isoformat() if t.valid_to else ""] for t in terms]
    return json.dumps(told, ensure_ascii=False)
