"""«Что сделано для НКО»: one NGO on paper, by its ОГРН or by its card."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from app.core.errors import AppError
from app.core.identifiers import ogrn_fault
from app.returns.build import territory_on
from app.returns.ngo_history import NgoHistory, card_of, history_of
from app.returns.records import Records
from app.usecases import registers
from app.usecases.return_records import read_records


def history_paper(session: Session, *, ogrn: str = "", card: int | None = None, today: date | None = None) -> bytes:
    """The paper as PDF, of the NGO with this ОГРН or of this card.

    AppError when the ОГРН is wrong, no card has it, or the card lies in the archive.
    """
    from app.reports.ngo_paper import CardFacts, ngo_pdf  # reportlab is slow to import

    if card is None:
        fault = ogrn_fault(ogrn)
        if fault:
            raise AppError(f"ОГРН «{ogrn}» не принят.", fault)
    records: Records = read_records(session, today=today)
    wanted = card if card is not None else card_of(records, ogrn)
    found = history_of(records, wanted) if wanted is not None else None
    if found is None and card is None:
        raise AppError(f"НКО с ОГРН {ogrn} в программе нет.", "Проверьте номер или добавьте её карточку.")
    if found is None:
        raise AppError("Карточка этой НКО в архиве.", "Сначала верните её из архива.")
    values = registers.card(session, "ngo", found.ngo.id).values
    facts = CardFacts(
        legal_form=str(values.get("okopf_title") or ""),
        kind=str(values.get("kind_title") or ""),
        status=str(values.get("status_title") or "") if values.get("on_record") else "",
        activities=str(values.get("activities_title") or ""),
        site=str(values.get("site") or ""),
        marks=_marks(session, found),
    )
    territory = territory_on(records, records.today).name
    return ngo_pdf(found, facts, records.unit, territory, binding=records.settings.binding_margin)


def _marks(session: Session, found: NgoHistory) -> tuple[tuple[str, date, date | None, str], ...]:
    """Marks of all its cards (title, from, to, basis) by the day they began; the same mark of two cards once."""
    marks = {
        (str(line["mark_title"]), line["since"], line.get("valid_to"), str(line.get("basis") or ""))
        for card in found.cards
        for line in registers.card(session, "ngo", card.id).lines["ngo_mark"]
    }
    return tuple(sorted(marks, key=lambda mark: (mark[1], mark[0], mark[2] or date.max, mark[3])))
