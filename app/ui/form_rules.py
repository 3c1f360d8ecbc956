"""What a form shows beyond its declaration: defaults of a new record, and fields by the form of support."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.ui.record_form import RecordForm

_DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    "ngo": {"kind": "legal", "primary_here": True},
    "support": {"form": "211"},
    "need": {"priority": "normal", "status": "open"},
    "partner": {"kind": "company"},
    "event": {"kind": "meeting"},
}
KEPT: Mapping[str, tuple[str, ...]] = {
    "support": ("form", "decision_on", "decision_no", "programme_id", "event_id"),
    "service": ("provided_on", "centre_id", "service_code"),
    "need": ("opened_on", "priority", "status"),
}
"""What «Сохранить и добавить ещё» keeps for the next record."""

_SUPPORT_SIZES: Mapping[str, tuple[str, ...]] = {
    "211": ("amount", "local", "oblast", "federal", "other", "programme_id"),
    "212": ("objects", "object_name", "area", "amount", "before_records"),
    "213": ("publications",),
    "214": ("consultations", "hours"),
    "215": ("people", "event_id"),
    "216": ("amount",),
    "217": ("amount", "cases"),
    "218": ("cases",),
}
_SIZED = frozenset(key for keys in _SUPPORT_SIZES.values() for key in keys)


def defaults(register: str, today: date) -> dict[str, Any]:
    """Values of a new record."""
    return dict(_DEFAULTS.get(register, {}))


def watch(form: RecordForm) -> None:
    """Follow the choice that changes which fields stand below it."""
    chooser = _chooser(form)
    if chooser is not None:
        chooser.edited.connect(lambda: apply(form))


def apply(form: RecordForm) -> None:
    """Show the fields of the chosen form of support; numbers only for a legal entity."""
    chooser = _chooser(form)
    if chooser is None:
        return
    code = chooser.read()[0]
    if form.record_type.key == "support":
        for key in _SIZED & set(form.rows):
            form.rows[key].setVisible(code is None or key in _SUPPORT_SIZES.get(code, ()))
    else:
        for key in ("okopf", "ogrn", "inn", "kpp", "minjust_number", "is_branch", "head_id", "liquidated_on"):
            form.rows[key].setVisible(code != "body")


def _chooser(form: RecordForm):
    key = {"support": "form", "ngo": "kind"}.get(form.record_type.key)
    return form.rows[key].editor if key else None
