"""The register of recipients as files: whole, for a period, for the site, and the справка for one NGO."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.core.errors import AppError
from app.core.identifiers import ogrn_fault
from app.core.progress import SILENT, Progress
from app.models import LegalForm, Ngo, NgoMark, NgoStatus
from app.records.choices import NGO_STATUSES, SUPPORT_FORMS
from app.returns.build import territory_on
from app.returns.recipients import RecipientsRegister, entries_of, recipients_register
from app.returns.records import Records, Unit
from app.returns.snapshot import RegisterRow
from app.usecases.accounts import today_of
from app.usecases.return_records import read_records

_AT_ONCE = 500  # keys in one query


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


def federal_file(session: Session, *, first: date | None = None, last: date | None = None) -> tuple[str, bytes]:
    """Name and bytes of the workbook in the 13 columns of the federal register of СОНКО.

    A row is a decision entered in the register in those days, terminations left out; each names its
    recipient, so that the authority may take the rows as they are.  The layout has no КПП and registers
    legal entities: what a branch got stands under its head.
    """
    from app.reports.federal_layout import federal_xlsx

    kept = register_of_recipients(session, first=first, last=last)
    entered = [entry.row for entry in kept.register.entries if not entry.row.termination]
    heads = _heads(session, [row.ngo for row in entered])
    entered = [heads[row.ngo].of(row) if row.ngo in heads else row for row in entered]
    cards = _cards(session, [row.ngo for row in entered])
    authority = kept.unit.administration or kept.territory
    rows = [_federal_row(row, cards[row.ngo], authority) for row in entered]
    name = kept.file_name("xlsx").replace("Реестр получателей", "Реестр СОНКО")
    return name, federal_xlsx(rows, kept.register.as_of)


@dataclass(frozen=True, slots=True)
class _Card:
    okopf: str
    okved: str
    sonko: bool
    status: str


@dataclass(frozen=True, slots=True)
class _Head:
    """The legal entity of a branch."""

    uuid: str
    name: str
    short_name: str
    address: str

    def of(self, row: RegisterRow) -> RegisterRow:
        """The entry of a branch under the name and address of its head."""
        return replace(row, ngo=self.uuid, name=self.name, short_name=self.short_name, address=self.address)


def _heads(session: Session, uuids: list[str]) -> dict[str, _Head]:
    """Branches among these -> their heads, where the head's card is kept and has the same ОГРН."""
    head = aliased(Ngo)
    found: dict[str, _Head] = {}
    unique = list(dict.fromkeys(uuids))
    for start in range(0, len(unique), _AT_ONCE):
        query = (
            select(Ngo.uuid, head.uuid, head.name, head.short_name, head.address)
            .join(head, (head.id == Ngo.head_id) & (head.ogrn == Ngo.ogrn))
            .where(Ngo.uuid.in_(unique[start : start + _AT_ONCE]))
        )
        found |= {branch: _Head(*rest) for branch, *rest in session.execute(query)}
    return found


def _cards(session: Session, uuids: list[str]) -> dict[str, _Card]:
    """What the layout asks of an NGO beside its entry."""
    today = today_of(session)
    found: dict[str, _Card] = {}
    unique = list(dict.fromkeys(uuids))
    for start in range(0, len(unique), _AT_ONCE):
        query = (
            select(Ngo.id, Ngo.uuid, LegalForm.title, Ngo.okved)
            .outerjoin(LegalForm, LegalForm.code == Ngo.okopf)
            .where(Ngo.uuid.in_(unique[start : start + _AT_ONCE]))
        )
        rows = session.execute(query).all()
        ids = [row.id for row in rows]
        mark = select(NgoMark.ngo_id).where(
            NgoMark.ngo_id.in_(ids), NgoMark.mark == "sonko", NgoMark.since <= today,
            NgoMark.valid_to.is_(None) | (NgoMark.valid_to >= today),
        )  # fmt: skip
        sonko = set(session.scalars(mark))
        states = select(NgoStatus.ngo_id, NgoStatus.status).where(NgoStatus.ngo_id.in_(ids), NgoStatus.since <= today)
        status = {ngo: state for ngo, state in session.execute(states.order_by(NgoStatus.since, NgoStatus.id))}  # noqa: C416
        for row in rows:
            word = NGO_STATUSES[status.get(row.id, "unverified")]
            found[row.uuid] = _Card(row.title or "", row.okved, row.id in sonko, word)
    return found


def _federal_row(row: RegisterRow, card: _Card, authority: str) -> tuple[str | date | None, ...]:
    return (
        row.inn, row.name, row.short_name or row.name, row.address, row.ogrn, card.okopf, card.okved,
        "да" if card.sonko else "нет", card.status, f"получатель поддержки: {SUPPORT_FORMS[row.form]}", authority,
        row.decision_on, row.entered_on,
    )  # fmt: skip
