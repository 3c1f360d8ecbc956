"""A large district's return: its checks, its paper, and 10,000 rows of the register, beside the usual way.

The district has 600 NGOs and 10,000 records.  Ours counts every row of the return from records in memory and
runs all checks; the peer opens a workbook with the same lists and adds them up, which is what a clerk's own
workbook or script does each time.  Papers are printed beside reportlab's own tables.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook

from app.returns.build import build
from app.returns.checks import run_checks
from app.returns.records import Records
from app.returns.snapshot import Envelope, QuarterReturn, RegisterRow, Signer
from tests.returns.examples import Q3, X, Y, need, ngo, service, sound_records, support

TIMES = 3
ROWS = 10_000


def run() -> dict[str, dict[str, Any]]:
    """Seconds of processor time, the best of three (papers: of one)."""
    records = district()
    built = build(records, Q3)
    count = len(records.supports) + len(records.services) + len(records.needs)
    book = _workbook(records)
    checks = _row(
        lambda: run_checks(build(records, Q3), records), lambda: _add_up(book), TIMES,
        "openpyxl: открыть те же списки и сложить; мы — из памяти", count,
    )  # fmt: skip
    whole = replace(built.ret, annex_a=())
    paper = _row(lambda: _printed(whole), lambda: _tables_of(whole), 1, "reportlab Table, те же таблицы", count)
    long = replace(built.ret, annex_a=tuple(_register_rows()), annex_a_pending=())
    annex = _row(lambda: _annex(long), lambda: _annex_table(long), 1, "reportlab Table, те же графы", ROWS)
    return {"check_return_600": checks, "return_pdf": paper, "annex_10000": annex}


def district() -> Records:
    """600 NGOs, 2,000 decisions, 7,000 services, 1,000 needs beside the sound district."""
    records = sound_records()
    ngos = tuple(ngo(100 + n, f"АНО «Организация {n}»", "71400", "sonko") for n in range(600))
    supports = tuple(
        replace(
            support(100 + n, 100 + n % 600, "214", date(2026, 7, 1 + n % 28), consultations=1),
            hours=Decimal(1), decision_no=str(n),
        )
        for n in range(2_000)
    )  # fmt: skip
    services = tuple(
        service(
            100 + n, X if n % 2 else Y, "К4", date(2026, 7 + n % 3, 1 + n % 28), 100 + n % 600, evidence_no=f"Ж-{n}"
        )
        for n in range(7_000)
    )  # fmt: skip
    needs = tuple(need(100 + n, 100 + n % 600, "premises", date(2026, 8, 1 + n % 28)) for n in range(1_000))
    return replace(
        records, ngos=records.ngos + ngos, supports=records.supports + supports, services=records.services + services,
        needs=records.needs + needs, frozen={},
    )  # fmt: skip


def _row(ours: Callable[[], Any], peer: Callable[[], Any], times: int, name: str, n: int) -> dict[str, Any]:
    mine, theirs = (min(_seconds(work) for _ in range(times)) for work in (ours, peer))
    return {"ours": mine, "peer": theirs, "peer_name": name, "ratio": theirs / mine, "unit": "с ЦП", "n": n}


def _seconds(work: Callable[[], Any]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _workbook(records: Records) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("НКО")
    for one in records.ngos:
        sheet.append([one.id, one.name, one.ogrn, one.inn, one.okopf, "действует"])
    sheet = book.create_sheet("Поддержка")
    for s in records.supports:
        sheet.append([s.id, s.ngo_id, s.form, s.decision_on, float(s.amount), float(s.hours)])
    sheet = book.create_sheet("Услуги")
    for done in records.services:
        sheet.append([done.id, done.centre_id, done.code, done.provided_on, float(done.hours)])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _add_up(book: bytes) -> tuple[Any, ...]:
    sheets = load_workbook(BytesIO(book), read_only=True, data_only=True)
    forms = Counter(str(row[4]) for row in sheets["НКО"].iter_rows(values_only=True))
    decisions: Counter[str] = Counter()
    total = 0.0
    for row in sheets["Поддержка"].iter_rows(values_only=True):
        decisions[row[2]] += 1
        total += row[4]
    return forms, decisions, total, Counter((row[1], row[2]) for row in sheets["Услуги"].iter_rows(values_only=True))


def _envelope() -> Envelope:
    day, zeros = date(2026, 10, 5), "0" * 64
    return Envelope(zeros, day, "Куратор", zeros, "", day, Signer("глава", "Е. Л."), Signer("специалист", "Т. А."))


def _printed(ret: QuarterReturn) -> bytes:
    from app.reports.return_paper import return_pdf

    return return_pdf(ret, _envelope())


def _tables_of(ret: QuarterReturn) -> bytes:
    """The grids of the same paper as tables of reportlab."""
    from app.reports.blocks import Grid, Line, shown
    from app.reports.return_paper import return_paper

    grids = [block for block in return_paper(ret, _envelope()).blocks if isinstance(block, Grid)]
    return _with_reportlab(
        [[shown(cell) for cell in row.cells] for row in grid.rows if isinstance(row, Line)] for grid in grids
    )


def _register_rows() -> Iterable[RegisterRow]:
    for n in range(ROWS):
        decided = date(2026, 7, 1 + n % 28)
        yield RegisterRow(
            number=n + 1, entered_on=decided, decision_on=decided, decision_no=f"{n}-р", termination=False, ngo=str(n),
            name=f"Автономная некоммерческая организация «Центр помощи № {n}»", short_name=f"АНО «Центр № {n}»",
            address=f"Ленинградская область, г. Мурино, ул. Лесная, д. {n % 90}", ogrn=f"12347{n:08d}",
            inn=f"4703{n:06d}", activities=("1", "9"), form="211", amount=Decimal(50_000), size="50 000,00 ₽",
            starts_on=decided, ends_on=date(2026, 12, 31), violations="", account=Q3,
        )  # fmt: skip


def _annex(ret: QuarterReturn) -> bytes:
    from app.reports.blocks import Paper, Turn
    from app.reports.pdf import write_pdf
    from app.reports.return_annexes import register_grid

    return write_pdf(Paper("Реестр", (Turn(True), register_grid(ret))))


def _annex_table(ret: QuarterReturn) -> bytes:
    from app.reports.blocks import Line, shown
    from app.reports.return_annexes import register_grid

    return _with_reportlab(
        [[[shown(cell) for cell in row.cells] for row in register_grid(ret).rows if isinstance(row, Line)]]
    )


def _with_reportlab(tables: Iterable[list[list[str]]]) -> bytes:
    """Tables as reportlab's manual makes them: long words are paragraphs, so that they wrap."""
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

    from app.reports.typeface import REGULAR, register

    register()
    style = ParagraphStyle("cell", fontName=REGULAR, fontSize=7.5, leading=9)
    looks = TableStyle([("FONTNAME", (0, 0), (-1, -1), REGULAR), ("FONTSIZE", (0, 0), (-1, -1), 7.5),
                        ("GRID", (0, 0), (-1, -1), 0.35, "black")])  # fmt: skip
    story = []
    for rows in tables:
        if not rows:
            continue
        cells = [
            [Paragraph(text.replace("<", "&lt;"), style) if len(text) > 18 else text for text in row] for row in rows
        ]
        width = 790 / len(cells[0])
        story.append(Table(cells, colWidths=[width] * len(cells[0]), style=looks))
    buffer = BytesIO()
    SimpleDocTemplate(buffer, pagesize=landscape(A4), leftMargin=20, rightMargin=20).build(story)
    return buffer.getvalue()
