"""What differs between two returns of one quarter: figures, sets by today's keys, rows of the annexes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import fields
from decimal import Decimal

from app.returns.as_of import Index
from app.returns.snapshot import Average, Members, NeedLine, QuarterReturn, ServiceLine

Figure = Decimal | int | None
TYPED = frozenset({"202"})  # what the programme plans is kept as it stands, without a period of account
JUDGED = frozenset({"high", "unserved"})
"""Columns of table 4 that are today's judgement, not counts of records: a raised priority, or another map of

needs and services, corrects nothing sent.  What «unserved» rests on is compared in its own columns.
"""


def differing_cells(sent: QuarterReturn, anew: QuarterReturn, index: Index) -> dict[str, tuple[Figure, Figure]]:
    """Cell -> (what was sent, what the records give now).

    Counted cells alone: columns 5 and 6 of coded rows, tables 1а, 3 and 4.  A unique figure differs
    when its set does with today's keys: a merge of cards makes no difference by itself.
    """
    uniques = {f"{key}.{period}": None for key in (*sent.members, *anew.members) for period in ("quarter", "year")}
    before, after = dict(figures(sent)), dict(figures(anew))
    found: dict[str, tuple[Figure, Figure]] = {}
    for cell in dict.fromkeys((*before, *after, *uniques)):
        if cell in uniques:
            key, _, period = cell.rpartition(".")
            old, new = (_counted(ret.members.get(key), period, index) for ret in (sent, anew))
            if old != new:
                found[cell] = (len(old), len(new))
        elif (before.get(cell) or 0) != (after.get(cell) or 0):
            found[cell] = (before.get(cell), after.get(cell))
    return found


def edited_rows(sent: QuarterReturn, anew: QuarterReturn, index: Index) -> dict[str, int]:
    """Annex (А, Б, Д) -> how many of its rows no longer say what the records say.

    Rows are compared by what was recorded of the fact itself: a card renamed since, a need closed in a later
    quarter or an entry published since is no edit of what was counted.
    """
    before, after = (_annexes(ret, index) for ret in (sent, anew))
    found = {}
    for annex, rows in before.items():
        old, new = Counter(rows), Counter(after[annex])
        differing = max((old - new).total(), (new - old).total())
        if differing:
            found[annex] = differing
    return found


def _annexes(ret: QuarterReturn, index: Index) -> Mapping[str, list[Hashable]]:
    key = index.counted_key
    return {
        "А": [
            (r.number, r.entered_on, r.decision_on, r.decision_no, r.termination, key(r.ngo), r.form, r.amount, r.size,
             r.starts_on, r.ends_on, r.account)
            for r in (*ret.annex_a, *ret.annex_a_pending)
        ],
        "Б": [(n.number, key(n.ngo), n.category, n.opened_on, n.status, n.closed_on) for n in ret.annex_b],
        "Д": [
            (s.key, s.provided_on, s.centre, s.code, s.quantity, s.hours, s.people, s.evidence_kind, s.evidence_no,
             tuple(sorted(map(key, s.recipients))), tuple(sorted(map(key, s.first))))
            for s in ret.annex_d
        ],
    }  # fmt: skip


def _counted(members: Members | None, period: str, index: Index) -> set[str]:
    if members is None:
        return set()
    return {index.counted_key(uuid) for uuid in getattr(members, period)}


def figures(ret: QuarterReturn) -> Iterator[tuple[str, Figure]]:
    """Every counted cell with its figure, in the order of the form."""
    for row in ret.rows.values():
        if row.quarter is not None and row.code not in TYPED:
            yield f"{row.code}.quarter", row.quarter
            yield f"{row.code}.year", row.year
    for code, count in ret.activities.items():
        yield f"1а.{code}", count
    lines: list[ServiceLine | NeedLine] = [*ret.services, *ret.needs]
    for line in lines:
        for period in ("quarter", "year"):
            of_period = getattr(line, period)
            for spec in fields(of_period):
                if spec.name in JUDGED:
                    continue
                value = getattr(of_period, spec.name)
                yield f"{line.key}.{spec.name}.{period}", value.total if isinstance(value, Average) else value
