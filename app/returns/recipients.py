"""The register of recipients of support (art. 31.2 of 7-ФЗ): its entries over any time, and what is late."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.core.periods import Quarter
from app.returns.as_of import is_legal, on_record
from app.returns.count_support import REGISTERED_FORMS, register_row
from app.returns.ledger import Ledger
from app.returns.records import Ngo, Records, Support
from app.returns.snapshot import RegisterRow


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the register with its term; support is the id of its record.

    due_on: the last day to enter and to publish the decision.  days_late: of the entry, or of a
    decision that still waits; days_unpublished: of the publication.  Both are 0 while in time.
    """

    support: int
    row: RegisterRow
    due_on: date
    days_late: int
    days_unpublished: int

    @property
    def late(self) -> bool:
        return bool(self.days_late or self.days_unpublished)


@dataclass(frozen=True, slots=True)
class RecipientsRegister:
    """Entries included from first to last (None: without a limit), by number, and decisions that wait.

    pending stands only in a register without an upper limit, or one that reaches today.
    """

    first: date | None
    last: date | None
    as_of: date
    entries: tuple[Entry, ...]
    pending: tuple[Entry, ...] = ()

    @property
    def overdue(self) -> tuple[Entry, ...]:
        """Decisions whose term has run out without an entry."""
        return tuple(entry for entry in self.pending if entry.days_late)


def recipients_register(records: Records, *, first: date | None = None, last: date | None = None) -> RecipientsRegister:
    """The register as the records stand today, by day of inclusion."""
    ledger = _ledger(records)
    entered = [
        s
        for s in records.supports
        if s.entered_on is not None
        and (first is None or s.entered_on >= first)
        and (last is None or s.entered_on <= last)
    ]
    waiting = [s for s in records.supports if _waits(ledger, s)] if last is None or last >= records.today else []
    return RecipientsRegister(
        first=first,
        last=last,
        as_of=records.today,
        entries=tuple(_entry(ledger, s) for s in sorted(entered, key=lambda s: s.entry_no or 0)),
        pending=tuple(_entry(ledger, s) for s in sorted(waiting, key=lambda s: (s.decision_on, s.id))),
    )


def entries_of(records: Records, ogrn: str) -> tuple[Ngo | None, tuple[Entry, ...]]:
    """The NGO of an ОГРН and its entries by number; head, branches and merged cards are one.

    (None, ()) when no card has the number.  The card named is that of the head on record.
    """
    ledger = _ledger(records)
    cards = [ngo for ngo in records.ngos if ngo.ogrn == ogrn]
    if not cards:
        return None, ()
    best = max(cards, key=lambda ngo: (not ngo.is_branch, on_record(ngo, ledger.quarter), -ngo.id))
    standing = ledger.index.standing(best.id)
    found = [
        s for s in records.supports if s.entry_no is not None and ledger.index.standing(s.ngo_id).ogrn == standing.ogrn
    ]
    return standing, tuple(_entry(ledger, s) for s in sorted(found, key=lambda s: s.entry_no or 0))


def holes(records: Records) -> tuple[int, ...]:
    """Numbers missing between the first entry and the last: the register is kept without holes."""
    numbers = {s.entry_no for s in records.supports if s.entry_no is not None}
    return tuple(_missing(numbers)) if numbers else ()


def _missing(numbers: set[int]) -> Iterator[int]:
    yield from (n for n in range(min(numbers), max(numbers)) if n not in numbers)


def _ledger(records: Records) -> Ledger:
    return Ledger(records, Quarter.of(records.today))


def _waits(ledger: Ledger, s: Support) -> bool:
    return (
        s.entry_no is None
        and s.form in REGISTERED_FORMS
        and not s.before_records
        and is_legal(ledger.index.ngos[s.ngo_id], s.account)  # what a body got before it registered has no entry
    )


def _entry(ledger: Ledger, s: Support) -> Entry:
    records = ledger.records
    due_on = records.calendar.after(s.decision_on, records.settings.register_days)
    entered, published = s.entered_on or records.today, s.published_on or records.today
    return Entry(
        support=s.id,
        row=register_row(ledger, s, entered=s.entry_no is not None),
        due_on=due_on,
        days_late=max((entered - due_on).days, 0),
        days_unpublished=max((published - due_on).days, 0) if s.entry_no is not None else 0,
    )
