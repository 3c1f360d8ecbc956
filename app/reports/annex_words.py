"""A row of an annex as a line of words, wherever a figure is opened to what lies behind it."""

from __future__ import annotations

from app.core.russian import day, plural, roubles
from app.core.text import NBSP
from app.records.choices import NEED_STATUSES, PRIORITIES, SUPPORT_FORMS
from app.region.keys import Keys
from app.region.lineage import AnnexRow
from app.returns.snapshot import NeedRow, NgoRow, PracticeCard, RegisterRow, ServiceRow


def row_words(row: AnnexRow, keys: Keys) -> str:
    """«12.09.2026, К4, Центр: НКО «Свет»; журнал № 4»: names are those that the returns tell."""

    def name(uuid: str) -> str:
        return keys.name(keys.of(uuid)) if uuid else "граждане"

    match row:
        case ServiceRow():
            people = ", ".join(name(uuid) for uuid in row.recipients)
            return f"{_act(row, keys)}: {people}; {_evidence(row)}"
        case NeedRow():
            status = NEED_STATUSES.get(row.status, row.status)
            priority = PRIORITIES.get(row.priority, row.priority)
            return f"№{NBSP}{row.number}, {name(row.ngo)}, с {day(row.opened_on)}, приоритет {priority}, {status}"
        case RegisterRow():
            number = f" №{NBSP}{row.decision_no}" if row.decision_no else ""
            form = SUPPORT_FORMS.get(row.form, row.form).lower()
            money = f", {roubles(row.amount)}" if row.amount else ""
            return f"{day(row.decision_on)}{number}, {row.name}: {form}{money}"
        case PracticeCard():
            return f"«{row.title}», {name(row.ngo)}"
        case NgoRow():
            return f"{row.name}, ОГРН{NBSP}{row.ogrn}" if row.ogrn else f"{row.name}, без юридического лица"


def service_words(row: ServiceRow, keys: Keys) -> str:
    """An act of service where the recipient is told already: how many got it beside."""
    others = len(row.recipients) - 1
    beside = f", и ещё {plural(others, 'получатель', 'получателя', 'получателей')}" if others > 0 else ""
    return f"{_act(row, keys)}{beside}; {_evidence(row)}"


def _act(row: ServiceRow, keys: Keys) -> str:
    return f"{day(row.provided_on)}, {row.code}, {keys.name(keys.of(row.centre), 'centre')}"


def _evidence(row: ServiceRow) -> str:
    return f"{row.evidence_kind} №{NBSP}{row.evidence_no}" if row.evidence_no else "без подтверждения"
