"""A second version of the form, for tests alone: a row added, one renamed, one retired (from 1 July 2026)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.returns.form import FORM_2026_1, A, Form, Group, RowSpec

ADDED = RowSpec("505", "Вклады, всего", A, "383", parts=("505.1", "505.2"))
RENAMED = ("119", "120")
RETIRED = "223"


def _rows(group: Group) -> tuple[RowSpec, ...]:
    rows = []
    for spec in group.rows:
        if spec.code == RETIRED:
            continue
        if spec.code == RENAMED[0]:
            rows.append(replace(spec, code=RENAMED[1], title="сведения не подтверждены", same_as=RENAMED[0]))
        elif spec.code == "505.1":
            rows += [ADDED, replace(spec, indent=1)]
        else:
            rows.append(spec)
    return tuple(rows)


FORM_2026_2: Form = replace(
    FORM_2026_1,
    version="2026.2",
    valid_from=date(2026, 7, 1),
    sections=tuple(
        replace(section, groups=tuple(replace(group, rows=_rows(group)) for group in section.groups))
        for section in FORM_2026_1.sections
    ),
)
