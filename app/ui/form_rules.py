"""What a form shows beyond its declaration: defaults of a new record, and fields by the form of support."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.core.fields import Field, Kind
from app.ui.editors import Reading
from app.ui.record_form import RecordForm

_DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    "ngo": {"kind": "legal", "primary_here": True},
    "support": {"form": "211"},
    "need": {"priority": "normal", "status": "open"},
    "partner": {"kind": "company"},
    "event": {"kind": "meeting"},
    "appeal": {"channel": "letter"},
    "calendar_entry": {"kind": "council"},
}
KEPT: Mapping[str, tuple[str, ...]] = {
    "support": ("form", "decision_on", "decision_no", "programme_id", "event_id"),
    "service": ("provided_on", "centre_id", "service_code"),
    "need": ("opened_on", "priority", "status"),
    "appeal": ("received_on", "channel", "responsible"),
}
"""What «Сохранить и добавить ещё» keeps for the next record."""

OTHERS = "others"
EXTRA: Mapping[str, tuple[tuple[str, Field], ...]] = {
    "support": (
        ("ngo_id", Field(OTHERS, "Ещё получатели по этому решению", Kind.LINKS, width=60, register="ngo",
                         help="Запись будет у каждого. Список можно вставить: Ctrl+V.")),
    ),
}  # fmt: skip
"""Fields of a new record alone, each after another: what is typed once and makes several records."""

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
_OF_LEGAL = frozenset({"okopf", "ogrn", "inn", "kpp", "minjust_number", "is_branch", "head_id", "liquidated_on"})


def defaults(register: str, today: date) -> dict[str, Any]:
    """Values of a new record."""
    given = dict(_DEFAULTS.get(register, {}))
    return given | {"received_on": today} if register == "appeal" else given


def watch(form: RecordForm) -> None:
    """Follow the choice that changes which fields stand below it."""
    chooser = _chooser(form)
    if chooser is not None:
        chooser.edited.connect(lambda: apply(form))


def apply(form: RecordForm) -> None:
    """Show the fields of the chosen form of support; numbers only for a legal entity.

    A field that holds something stays in sight whatever is chosen: it will be saved.
    """
    for _, field in EXTRA.get(form.record_type.key, ()):
        form.rows[field.key].setVisible(form.record_id is None)
    appeal = form.rows.get("appeal_id")
    if appeal is not None:  # an appeal fills it in; nobody has to pass it by at each record
        appeal.setVisible(_holds(appeal.editor.read()))
    chooser = _chooser(form)
    if chooser is None:
        return
    code = chooser.read()[0]
    if form.record_type.key == "support":
        hidden = _SIZED - set(_SUPPORT_SIZES.get(code, _SIZED))
        left_out = _SIZED & set(form.rows)
    else:
        left_out = _OF_LEGAL
        hidden = _OF_LEGAL if code == "body" else frozenset()
    for key in left_out:
        row = form.rows[key]
        row.setVisible(key not in hidden or _holds(row.editor.read()))


def _holds(reading: Reading) -> bool:
    value, fault = reading
    return fault is not None or value not in (None, False, "", (), 0)


def _chooser(form: RecordForm):
    key = {"support": "form", "ngo": "kind"}.get(form.record_type.key)
    return form.rows[key].editor if key else None
