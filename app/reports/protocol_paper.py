"""The protocol of the checks as a paper of its own, where errors stand in the way of a return."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from app.core.russian import day
from app.core.text import NBSP
from app.reports.blocks import Fact, Facts, Paper, Space, Text
from app.reports.file_names import FORM_NAME
from app.reports.pdf import write_pdf
from app.reports.return_annexes import protocol_counts, protocol_grid
from app.reports.return_cover import kind_of_document, letterhead
from app.returns.form import FORMS
from app.returns.snapshot import Head, ProtocolRow


def protocol_pdf(
    head: Head, findings: Sequence[ProtocolRow], *, verdict: str, today: date, titles: Mapping[str, str] | None = None
) -> bytes:
    """What stands in the way of a return: the verdict, then findings, errors first.

    titles: names of centres by key and of categories of needs by code, for the cells of tables 3 and 4.
    """
    period = head.quarter
    blocks = (
        letterhead(head, None),
        Space(10),
        Text("ПРОТОКОЛ ПРОВЕРОК", size=16, bold=True, align="center", gap=1.5),
        Text(f"отчёта {FORM_NAME} за {period.title}", size=13, bold=True, align="center", gap=1.5),
        Text(f"составлен {day(today)}", align="center"),
        Space(4),
        Facts(
            (
                Fact("Заключение", verdict, wide=True),
                Fact("Территория", f"{head.territory}, ОКТМО{NBSP}{head.oktmo}", wide=True),
                Fact("Вид документа", kind_of_document(head), wide=True),
                *protocol_counts(findings),
            )
        ),
        protocol_grid(findings, titles or {}, FORMS.get(head.form_version)),
    )
    title = f"Протокол проверок {FORM_NAME}: {head.territory}, {period.title}"
    foot = " · ".join((FORM_NAME, f"ОКТМО {head.oktmo}", period.title, "протокол проверок", day(today)))
    subject = f"Протокол проверок отчёта за {period.title}"
    return write_pdf(Paper(title, blocks, foot=foot, author=head.administration, subject=subject, made_on=today))
