"""The consolidated return as canonical JSON with its own hash and the hashes of the returns that went in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.core.periods import Quarter
from app.region.consolidate import Consolidation
from app.region.figures import Figure
from app.returns.codec import canonical, fingerprint
from app.returns.snapshot import QuarterReturn

Plain = str | dict[str, str] | None
Hashes = Mapping[tuple[str, Quarter], str]


@dataclass(frozen=True, slots=True)
class Seal:
    """data: what is hashed.  sources: ОКТМО as the returns carry it -> SHA-256 of the return's data."""

    data: str
    sha256: str
    sources: Mapping[str, str]


def seal(consolidation: Consolidation, known: Hashes | None = None) -> Seal:
    """The same for the same returns, in whatever order they came.

    known: (ОКТМО, quarter) -> SHA-256 of returns whose data was hashed when they were taken in.
    """
    told = known or {}

    def of(ret: QuarterReturn) -> str:
        return told.get((ret.head.oktmo, ret.head.quarter)) or fingerprint(canonical(ret))

    sources = {ret.head.oktmo: of(ret) for _, ret in consolidation.returns}
    # Returns of earlier quarters stand in «с начала года» of those that are missing.
    sources |= {
        f"{ret.head.oktmo} {ret.head.quarter}": of(ret)
        for oktmo, ret in consolidation.year_returns
        if consolidation.held_over.get(oktmo) == ret.head.quarter
    }
    figures = {
        "quarter": str(consolidation.quarter),
        "form": consolidation.form.version,
        "missing": sorted(one.oktmo for one in consolidation.missing),
        "cells": {cell: _sealed(figure) for cell, figure in consolidation.cells.items()},
        "sources": sources,
    }
    data = json.dumps(figures, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Seal(data, fingerprint(data), sources)


def plain(figure: Figure) -> Plain:
    """A figure for a program: its number as text, or `{"from": …, "to": …}`; None for no figure."""
    if figure.value is None:
        return None
    if figure.upper is not None:
        return {"from": _number(figure.value), "to": _number(figure.upper)}
    return _number(figure.value)


def _sealed(figure: Figure) -> Plain:
    """The same without idle zeros: equal figures are sealed alike, in whatever way they were counted."""
    told = [None if one is None else one.normalize() + 0 for one in (figure.value, figure.upper)]
    return plain(Figure(told[0], upper=told[1]))


def _number(value: Decimal) -> str:
    return format(value, "f")
