"""Check 44: one NGO on primary record in two districts; one evidence claimed by two centres."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from app.core.russian import day
from app.core.text import NBSP, fold
from app.region.checks.case import RegionCase
from app.region.checks.rules import RegionFault, check
from app.returns.snapshot import NgoRow, ServiceRow

Told = Iterator[RegionFault]
JOURNAL = "журнал"


@check("44", "Основной учёт НКО ведёт один район")
def primary_record_is_one(case: RegionCase) -> Told:
    """A branch is a record of its own: cards of one ОГРН are one where their КПП do not differ."""
    cards: dict[str, list[tuple[str, NgoRow]]] = defaultdict(list)
    for oktmo, row in case.on_record():
        if not row.primary:
            cards[case.keys.of(row.key)].append((oktmo, row))
    for key in sorted(cards):
        alike = [
            (oktmo, row)
            for oktmo, row in cards[key]
            if any(other != oktmo and _one_card(row, theirs) for other, theirs in cards[key])
        ]
        districts = tuple(dict.fromkeys(oktmo for oktmo, _ in alike))
        if len(districts) > 1:
            name, ogrn = min(row.name for _, row in alike), max(row.ogrn for _, row in alike)
            number = f" (ОГРН{NBSP}{ogrn})" if ogrn else ""
            named = ", ".join(case.name(oktmo) for oktmo in districts)
            text = f"{name}{number} стоит на основном учёте сразу в нескольких районах: {named}."
            yield RegionFault(districts, "101.quarter", text, tuple((oktmo, row.key) for oktmo, row in alike))


def _one_card(left: NgoRow, right: NgoRow) -> bool:
    return left.kpp == right.kpp or not left.kpp or not right.kpp


@check("44", "Одно подтверждение предъявляет один центр")
def evidence_is_of_one_centre(case: RegionCase) -> Told:
    """Alike: kind, №, date and recipient.  Every centre numbers its own journal, so a bare journal № says nothing."""
    claims: dict[tuple[str, str, date, str], list[tuple[str, ServiceRow]]] = defaultdict(list)
    for oktmo, row in case.services():
        kind, number = fold(row.evidence_kind), fold(row.evidence_no)
        if not kind or not number or (kind == JOURNAL and number.isdigit()):
            continue
        for recipient in sorted(case.keys.all_of(row.recipients)):
            claims[kind, number, row.provided_on, recipient].append((oktmo, row))
    told: set[tuple[tuple[str, str], ...]] = set()  # an evidence with many recipients is told once
    for kind, number, on, recipient in sorted(claims):
        rows = claims[kind, number, on, recipient]
        centres = sorted({case.keys.of(row.centre) for _, row in rows})
        records = tuple(sorted((oktmo, row.key) for oktmo, row in rows))
        if len(centres) < 2 or records in told:
            continue
        told.add(records)
        first = rows[0][1]
        named = ", ".join(case.keys.name(centre, "centre") for centre in centres)
        text = (
            f"Одно подтверждение ({first.evidence_kind} №{NBSP}{first.evidence_no} от {day(on)}, "
            f"{case.keys.name(recipient)}) предъявили несколько центров: {named}."
        )
        yield RegionFault(tuple(sorted({oktmo for oktmo, _ in rows})), "301.quarter", text, records)
