"""Returns made of one that a district sent: of other quarters and territories, with other figures and centres."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pypdfium2

from app.core.periods import Quarter
from app.reports.return_sheet import return_xlsx
from app.returns.codec import canonical, fingerprint, read_return
from app.returns.snapshot import QuarterReturn
from app.usecases.quarter_returns import KeptReturn

Q2, Q3, Q4 = Quarter(2026, 2), Quarter(2026, 3), Quarter(2026, 4)
NORTH, SOUTH, HAND = "41606000", "41612000", "41609000"


def made_of(
    kept: KeptReturn, *, quarter: Quarter = Q3, oktmo: str = "", correction: int = 0, own: str = "",
    centre: str = "АНО «Опора»", rows: Mapping[str, int] | None = None,
) -> QuarterReturn:  # fmt: skip
    """own: a sign by which bodies and centres, which have no number, are others than in the return it is made of.

    centre: the name of the only one that gave services.  rows: figures for the quarter and the year typed over.
    """
    data = canonical(kept.ret).replace("АНО «Опора»", centre)
    for entity in kept.ret.entities:
        if own and entity.kind != "ngo":
            data = data.replace(entity.uuid, own + entity.uuid[1:])
    ret = read_return(data)
    reason = "Исправлено" if correction else ""
    head = replace(ret.head, quarter=quarter, oktmo=oktmo or ret.head.oktmo, correction=correction, reason=reason)
    over = {
        code: replace(ret.rows[code], quarter=Decimal(figure), year=Decimal(figure))
        for code, figure in (rows or {}).items()
    }
    return replace(ret, head=head, rows={**ret.rows, **over})


def workbook_of(kept: KeptReturn, ret: QuarterReturn) -> bytes:
    """The file with these figures, sealed as the district's program seals it."""
    return return_xlsx(ret, replace(kept.envelope, sha256=fingerprint(canonical(ret)), earlier=()))


def words(pdf: Path) -> str:
    """All that is printed, in one line."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        told = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()
    return " ".join(told.replace("\u00ad", "").replace("\ufffe", "").split())
