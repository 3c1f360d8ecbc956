"""The region's figures as plain values for programs: what the commands print with --json."""

from __future__ import annotations

from typing import Any

from app.region.consolidate import Consolidation
from app.region.coverage import Coverage
from app.region.duplicates import Duplicate
from app.region.holes import Hole
from app.region.seal import plain
from app.returns.form import RowKind


def consolidation_told(consolidation: Consolidation) -> dict[str, Any]:
    """`{missing: [ОКТМО], rows: {code: {quarter, year}}}`.

    A figure is a number as text, an interval `{"from": …, "to": …}`, None where no district fills the row.
    """
    rows = {
        spec.measure: {period: plain(consolidation[f"{spec.measure}.{period}"]) for period in ("quarter", "year")}
        for spec in consolidation.form.rows
        if spec.kind is not RowKind.TEXT
    }
    return {"missing": [one.oktmo for one in consolidation.missing], "rows": rows}


def coverage_told(coverage: Coverage) -> dict[str, Any]:
    """`{holes: […], duplicates: […], inefficient: [key]}`, heaviest holes first, each with its key."""
    return {
        "holes": [_hole(one) for one in coverage.holes],
        "duplicates": [_duplicate(one) for one in coverage.duplicates],
        "inefficient": [one.key for one in coverage.inefficient],
    }


def _hole(hole: Hole) -> dict[str, Any]:
    return {
        "key": hole.key,
        "oktmo": hole.oktmo,
        "category": hole.category,
        "flagged": hole.flagged,
        "over_90": hole.old,
        "ngos": hole.ngos,
        "days": hole.days,
        "weight": hole.weight,
        "estimated": hole.estimated,
        "needs": [row.number for row in hole.needs],
    }


def _duplicate(one: Duplicate) -> dict[str, Any]:
    return {
        "key": one.key,
        "kind": one.kind,
        "code": one.code,
        "ngo": one.ngo,
        "centres": list(one.centres),
        "districts": list(one.districts),
        "records": [{"oktmo": oktmo, "service": row.key} for oktmo, row in one.records],
        "reason": one.reason,
        "justified_by": one.justified.by,
        "justified_on": one.justified.on.isoformat() if one.justified.on else None,
    }
