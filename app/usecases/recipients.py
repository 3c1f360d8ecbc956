"""The register of recipients as files: whole, for a period, for the site, and the справка for one NGO."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.core.errors import AppError
from app.core.identifiers import ogrn_fault
from app.core.progress import SILENT, Progress
from app.returns.build import territory_on
from app.returns.recipients import RecipientsRegister, entries_of, recipients_register
from app.returns.records import Records, Unit
from app.usecases.return_records import read_records


@dataclass(frozen=True, slots=True)
class Kept:
    """The register with what its papers say above it."""

    register: RecipientsRegister
    unit: Unit
    territory: str
    oktmo: str
    binding: bool

    def file_name(self, ext: str) -> str:
        """`Реестр получателей_41612000_2026-10-05.pdf`, for a period with its days; ext without a dot."""
        days = [d.isoformat() for d in (self.register.first, self.register.last) if d is not None]
        return f"Реестр получателей_{self.oktmo}_{'_'.join(days) or self.register.as_of.isoformat()}.{ext}"


def register_of_recipients(
    session: Session, *, first: date | None = None, last: date | None = None, today: date | None = None
) -> Kept:
    """Entries included in the days from first to last, both inclusive.  AppError for days in the wrong order."""
    if first is not None and last is not None and first > last:
        raise AppError("Начало периода позже его конца.", "Поменяйте дни местами.")
    records = read_records(session, today=today)
    territory = territory_on(records, records.today)
    return Kept(
        recipients_register(records, first=first, last=last),
        records.unit,
        territory.name,
        territory.code,
        records.settings.binding_margin,
    )


def register_files(kept: Kept, *, progress: Progress = SILENT) -> dict[str, bytes]:
    """PDF, workbook and page for the site by file name."""
    from app.reports.recipients_page import register_html  # reportlab and openpyxl are slow to import
    from app.reports.recipients_paper import register_pdf, register_xlsx

    return {
        kept.file_name("pdf"): register_pdf(
            kept.register, kept.unit, kept.territory, binding=kept.binding, progress=progress
        ),
        kept.file_name("xlsx"): register_xlsx(kept.register, kept.unit, kept.territory, progress=progress),
        kept.file_name("html"): register_html(kept.register, kept.unit, kept.territory),
    }


def extract(session: Session, ogrn: str, *, today: date | None = None) -> bytes:
    """«Справка о нахождении сведений в реестре» as PDF, also where the register knows nothing of the NGO.

    AppError when the ОГРН is wrong or no card has it.
    """
    from app.reports.recipients_paper import extract_pdf

    fault = ogrn_fault(ogrn)
    if fault:
        raise AppError(f"ОГРН «{ogrn}» не принят.", fault)
    records: Records = read_records(session, today=today)
    ngo, entries = entries_of(records, ogrn)
    if ngo is None:
        raise AppError(f"НКО с ОГРН {ogrn} в программе нет.", "Проверьте номер или добавьте её карточку.")
    return extract_pdf(ngo, entries, records.unit, territory_on(records, records.today).name, records.today)
