"""All checks of a large district's return, beside adding up the same lists in a workbook with openpyxl.

The peer opens an .xlsx with the three lists (10,000 NGOs, 2,000 decisions, 5,000 services) and counts
the cross-sums a clerk would put under them: states and forms of NGOs, decisions, money, hours, records
and recipients of services.  Ours runs every check over figures and records already in memory.
"""

from __future__ import annotations

import time
from collections import Counter
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook

from app.returns.build import build
from app.returns.checks import run_checks
from app.returns.records import Records
from tests.returns.examples import Q3, large, sound_records

TIMES = 3


def run() -> dict[str, dict[str, Any]]:
    """Seconds of processor time, the best of three."""
    records = large(sound_records())
    built = build(records, Q3)
    book = _workbook(records)
    ours = min(_seconds(lambda: run_checks(built, records)) for _ in range(TIMES))
    peer = min(_seconds(lambda: _add_up(book)) for _ in range(TIMES))
    rows = len(records.ngos) + len(records.supports) + len(records.services)
    return {
        "checks": {
            "ours": ours,
            "peer": peer,
            "peer_name": "openpyxl: суммы по тем же спискам",
            "ratio": peer / ours,
            "unit": "с",
            "n": rows,
        }
    }


def _seconds(work: Any) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _workbook(records: Records) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("НКО")
    for ngo in records.ngos:
        sheet.append([ngo.id, ngo.name, ngo.ogrn, ngo.inn, ngo.okopf, "действует"])
    sheet = book.create_sheet("Поддержка")
    for s in records.supports:
        sheet.append([s.id, s.ngo_id, s.form, s.decision_on, float(s.amount), float(s.hours)])
    sheet = book.create_sheet("Услуги")
    for service in records.services:
        sheet.append([service.id, service.centre_id, service.code, service.provided_on, float(service.hours)])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _add_up(book: bytes) -> tuple[Counter[str], Counter[str], Counter[tuple[int, str]], float]:
    sheets = load_workbook(BytesIO(book), read_only=True, data_only=True)
    forms = Counter(str(row[4]) for row in sheets["НКО"].iter_rows(values_only=True))
    decisions: Counter[str] = Counter()
    total = 0.0
    for row in sheets["Поддержка"].iter_rows(values_only=True):
        decisions[row[2]] += 1
        total += row[4]
    services = Counter((row[1], row[2]) for row in sheets["Услуги"].iter_rows(values_only=True))
    return forms, decisions, services, total
