"""Section 1, table 1а, and annex Е: the state of the sector."""

from __future__ import annotations

from app.returns.as_of import activities_of, has_mark, is_legal, on_record, status_of
from app.returns.ledger import Ledger
from app.returns.records import Ngo
from app.returns.snapshot import NgoRow

MARK_ROWS = {"102": "sonko", "103": "iopu", "104": "federal_register", "105": "social_provider"}
PEOPLE_ROWS = {"117": "staff", "118": "volunteers"}
STATUS_ROWS = {"active": "107", "inactive": "108", "liquidating": "108", "unverified": "119"}


def count_sector(ledger: Ledger) -> tuple[dict[str, int], dict[str, int]]:
    """Rows 101–119 into the ledger.

    Returns table 1а (code of activity -> number of СОНКО) and, for rows 117 and 118, how many NGOs on
    record lack that yearly figure, which stands in the note of the row.
    """
    quarter = ledger.quarter
    activities: dict[str, int] = {}
    lacking = dict.fromkeys(PEOPLE_ROWS, 0)
    for ngo in ledger.records.ngos:
        _count_movement(ledger, ngo)
        if not on_record(ngo, quarter):
            continue
        ledger.stock("101", 1, "ngo", ngo.id)
        ledger.stock(STATUS_ROWS[status_of(ngo, quarter)], 1, "ngo", ngo.id)
        if is_legal(ngo, quarter):
            ledger.stock(ledger.records.legal_form_rows.get(ngo.okopf, "116"), 1, "ngo", ngo.id)
            for code, mark in MARK_ROWS.items():
                if has_mark(ngo, mark, quarter):
                    ledger.stock(code, 1, "ngo", ngo.id)
            if has_mark(ngo, "sonko", quarter):
                for activity in activities_of(ngo, quarter):
                    activities[activity] = activities.get(activity, 0) + 1
                    ledger.stock(f"1а.{activity}", 1, "ngo", ngo.id)
        else:
            ledger.stock("106", 1, "ngo", ngo.id)
        for code in PEOPLE_ROWS:
            lacking[code] += not _count_people(ledger, ngo, code)
    return activities, lacking


def _count_movement(ledger: Ledger, ngo: Ngo) -> None:
    for interval in ngo.intervals:
        if not interval.before_records:
            ledger.add("109", interval.taken_account, 1, "ngo", ngo.id)
        if interval.removed_account is not None:
            ledger.add("110", interval.removed_account, 1, "ngo", ngo.id)


def _count_people(ledger: Ledger, ngo: Ngo, code: str) -> bool:
    """The latest yearly figure of the row known by the quarter; False when there is none.

    Staff and volunteers may be told by different sources: a year that says one keeps the other.
    """
    known = [
        (y.year, value)
        for y in ngo.years
        if y.account <= ledger.quarter
        and y.year <= ledger.quarter.year
        and (value := getattr(y, PEOPLE_ROWS[code])) is not None
    ]
    if not known:
        return False
    ledger.stock(code, max(known)[1], "ngo", ngo.id)
    return True


def list_on_record(ledger: Ledger) -> tuple[NgoRow, ...]:
    """Annex Е, by name."""
    quarter = ledger.quarter
    rows = [
        NgoRow(
            key=ngo.uuid,
            kind="legal" if is_legal(ngo, quarter) else "body",
            ogrn=ngo.ogrn if is_legal(ngo, quarter) else "",
            kpp=ngo.kpp,
            name=ngo.name,
            okopf=ngo.okopf if is_legal(ngo, quarter) else "",
            status=status_of(ngo, quarter),
            marks=tuple(mark for mark in MARK_ROWS.values() if has_mark(ngo, mark, quarter)),
            primary="" if ngo.primary_here else (ngo.primary_where or "другой район"),
        )
        for ngo in ledger.records.ngos
        if on_record(ngo, quarter)
    ]
    return tuple(sorted(rows, key=lambda row: (row.name, row.key)))
