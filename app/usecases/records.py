"""Saving, archiving and restoring a record of any register: the one way into the tables of the field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.errors import AppError, InvalidRecord
from app.core.fields import Values
from app.core.periods import Quarter
from app.core.russian import plural
from app.core.text import fold, fold_name
from app.models import CentreService, FrozenReturn, Settlement
from app.records import ACCOUNTS, LINES, REGISTERS, LineType
from app.usecases import search_index  # noqa: F401 - from here on whatever is written is found
from app.usecases.accounts import Accounts, clock_of, is_frozen, today_of
from app.usecases.record_entry import Entry, LineEntry, entry_of
from app.usecases.record_faults import faults_of
from app.usecases.record_rules import day_after, prepare, rule_faults
from app.usecases.standing import settlement_of
from app.usecases.tables import LINE_MODELS, MODELS, column, column_name, emptied, has_column, links_to, record
from app.usecases.working_copy import refuse_in_copy

Lines = Mapping[str, Sequence[Values]]


def save(
    session: Session, register: str, values: Values, *, id: int | None = None, lines: Lines | None = None
) -> int:
    """Write a new record, or change the one of that id; returns its id.

    values: python values by field key; what is not named keeps its value (a new record: its default).
    lines: the whole of each kind of lines that is named; a line is recognised by `id`, else by its
    LineType.match; kept lines that are not given go.  Gathered fields (activities, codes, parties,
    recipients, marks) are shorthand for lines; a new NGO also takes `status` and `taken_on`.
    InvalidRecord names every fault at its field, a line's as `<lines>.<number>.<field>`.
    Periods of account are set when a fact is entered, and again only while no return counts it.
    """
    return write(session, register, values, id=id, lines=lines)


def write(
    session: Session, register: str, values: Values, *, id: int | None = None, lines: Lines | None = None,
    also: Values | None = None,
) -> int:  # fmt: skip
    """`save` for verbs of the field, which may set what no person types.  also: values of such columns."""
    entry = entry_of(session, register, id, values, lines or {}, also or {})
    prepare(entry)
    faults = faults_of(entry)
    for key, sentence in rule_faults(entry).items():
        faults.setdefault(key, sentence)
    if faults:
        raise InvalidRecord(faults)
    _settle_accounts(entry)
    kept: int = _keep(entry)
    if register == "grant_application" and entry.values.get("decision") == "supported":
        _keep_grant(entry, kept)
    return kept


def archive(session: Session, register: str, id: int, reason: str) -> None:
    """Put a record away, with its reason.  AppError as of `refuse_archiving`."""
    row = record(session, register, id)
    if not reason.strip():
        raise InvalidRecord({"reason": "Напишите, почему запись уходит в архив."})
    refuse_archiving(session, register, id)
    row.archived_on, row.archive_reason = today_of(session), reason.strip()
    session.flush()


def refuse_archiving(session: Session, register: str, id: int) -> None:
    """AppError while live records name the record, or it stands in the register of recipients."""
    row = record(session, register, id)
    if register == "support" and row.entry_no is not None:
        raise AppError(
            f"Мера внесена в реестр получателей под №\u00a0{row.entry_no}: из реестра записи не убирают.",
            "Оформите прекращение поддержки.",
        )
    named = naming(session, register, id)
    if named:
        told = "; ".join(
            f"{REGISTERS[key].title.lower()} — {plural(len(ids), 'запись', 'записи', 'записей')}"
            for key, ids in named.items()
        )
        raise AppError(f"На запись ссылаются: {told}.", "Сначала исправьте или уберите в архив эти записи.")


def restore(session: Session, register: str, id: int) -> None:
    """Bring a record back from the archive.  InvalidRecord if another took its place meanwhile."""
    row = record(session, register, id, archived=True)
    if row.archived_on is None:
        return
    faults: dict[str, str] = {}
    if register == "ngo":  # its number may be another's now
        own = {key: getattr(row, key) for key in ("name", "kind", "ogrn", "kpp")}
        faults = rule_faults(entry_of(session, register, None, {}, {}, own))
    for field in REGISTERS[register].fields:
        if field.register and has_column(MODELS[register], field.key) and getattr(row, field.key) is not None:
            linked = session.get(MODELS[field.register], getattr(row, field.key))
            if linked is not None and linked.archived_on is not None:
                faults[field.key] = f"{field.title}: запись в архиве, сначала верните её."
    if faults:
        raise InvalidRecord(faults)
    count_anew(session, register, row, row.archived_on)
    row.archived_on = row.archive_reason = None
    session.flush()


def count_anew(session: Session, register: str, row: Any, archived_on: date) -> None:
    """What lay in the archive since that day, while its quarter was frozen, is told late: no return counted it."""
    accounts = Accounts.of(session)
    facts = [row]
    for line in LINES[register]:
        model = LINE_MODELS[line.key]
        facts += session.scalars(select(model).where(column(model, line.parent_column) == row.id))
    for fact in facts:
        for key in (c.key for c in fact.__table__.columns if c.key.endswith("account")):
            kept: Quarter | None = getattr(fact, key)
            if kept is None or not accounts.is_closed(kept):
                continue
            if getattr(fact, "before_records", False) and key in ("account", "taken_account"):
                continue  # in stocks since ever
            frozen_at = session.scalar(select(func.min(FrozenReturn.frozen_at)).where(FrozenReturn.quarter >= kept))
            if frozen_at is not None and archived_on < clock_of(session).day_of(frozen_at):
                setattr(fact, key, accounts.at(kept))


def naming(session: Session, register: str, id: int) -> dict[str, list[int]]:
    """Live records that name this one: register -> ids."""
    found: dict[str, list[int]] = {}
    for key, places in links_to(register).items():
        model = MODELS[key]
        ids: set[int] = set()
        for _, line, field in places:
            query = select(model.id).where(model.archived_on.is_(None))
            if line is None:
                query = query.where(column(model, field) == id)
            else:
                lines = LINE_MODELS[line.key]
                query = query.join(lines, column(lines, line.parent_column) == model.id).where(
                    column(lines, field) == id
                )
            ids |= set(session.scalars(query))
        if ids:
            found[key] = sorted(ids)
    return found


def frozen_touched(session: Session, register: str, id: int) -> Quarter | None:
    """The first quarter whose frozen return counts the record: an edit may ask for a correction of it."""
    row = record(session, register, id, archived=True)
    accounts = {getattr(row, key) for _, key in ACCOUNTS.get(register, ())}
    for line in LINES[register]:
        keys = [key for _, key in line.accounts] or [f.key for f in line.fields if f.key == "account"]
        model = LINE_MODELS[line.key]
        for kept in session.scalars(select(model).where(column(model, line.parent_column) == id)):
            accounts |= {getattr(kept, key) for key in keys}
    frozen = set(session.scalars(select(FrozenReturn.quarter)))
    return min((quarter for quarter in accounts if quarter in frozen), default=None)


def count_in_former(session: Session, register: str, id: int) -> Quarter:
    """A record that came late is counted in the quarter of its date after all: that return is then corrected.

    Returns the quarter.  AppError when the record is not a late one.
    """
    refuse_in_copy(session, "учитывать запись в другом квартале")
    quarter = late_for(session, register, id)
    if quarter is None:
        raise AppError(
            "Запись и так учтена в своём квартале.", "Перенести можно то, что поступило после утверждения отчёта."
        )
    setattr(record(session, register, id), ACCOUNTS[register][0][1], quarter)
    session.flush()
    return quarter


def late_for(session: Session, register: str, id: int) -> Quarter | None:
    """The frozen quarter of the record's date, when the record came after it and counts in a later one."""
    row = record(session, register, id)
    for day_key, account_key in ACCOUNTS.get(register, ())[:1]:
        quarter = Quarter.of(getattr(row, day_key))
        if quarter < getattr(row, account_key) and is_frozen(session, quarter):
            return quarter
    return None


def _settle_accounts(entry: Entry) -> None:
    values = entry.values
    for number, (day_key, key) in enumerate(ACCOUNTS.get(entry.register, ())):
        values[key] = _account(entry.accounts, values, entry.before, day_key, key, first=number == 0)
        if number and _ended_before_records(entry, values.get(day_key)):
            values[key] = Quarter.of(values[day_key])
    if entry.register == "agreement":
        _settle_agreement_end(entry)
    for line in LINES[entry.register]:
        for one in entry.lines[line.key]:
            _settle_line(entry, line, one)


def _ended_before_records(entry: Entry, day: date | None) -> bool:
    """Is it a new record «до начала учёта» that was over by then?  The opening balances hold its end too."""
    history = entry.is_new and bool(entry.values.get("before_records"))
    return history and day is not None and entry.accounts.in_opening(Quarter.of(day))


def _settle_line(entry: Entry, line: LineType, one: LineEntry) -> None:
    before = {} if one.is_new else {f.key: getattr(one.row, f.key) for f in line.fields}
    for number, (day_key, key) in enumerate(line.accounts):
        if not day_key:
            one.values[key] = before.get(key) or entry.accounts.first_open
            continue
        one.values[key] = _account(entry.accounts, one.values, before, day_key, key, first=number == 0)
        if one.is_new and _is_history(entry, one, one.values.get(day_key)):
            one.values[key] = Quarter.of(one.values[day_key])
    if line.key == "need_service":
        service = entry.session.get_one(CentreService, one.values["service_id"])
        one.values["account"] = before.get("account") or entry.accounts.at(service.account)
    if line.key == "ngo_mark" and before and before["valid_to"] != one.values.get("valid_to"):
        last, former = one.values.get("valid_to"), before["valid_to"]
        ended = before["end_account"] or (Quarter.of(day_after(former)) if former else None)
        one.values["end_account"] = entry.accounts.moved(ended, day_after(last)) if last else None


def _is_history(entry: Entry, one: LineEntry, day: date | None) -> bool:
    """Was the line entered with a record «до начала учёта», of days that the opening balances hold already?"""
    before_records = one.values.get("before_records") or (entry.is_new and entry.values.get("before_records"))
    return bool(before_records) and day is not None and entry.accounts.in_opening(Quarter.of(day))


def _account(
    accounts: Accounts, values: Values, before: Values, day_key: str, key: str, *, first: bool
) -> Quarter | None:
    """The period of account of a dated fact.  first: the fact that «до начала учёта» leaves in stocks alone."""
    when: date | None = values.get(day_key)
    if when is None:
        return None
    kept: Quarter | None = before.get(key)
    stock = first and bool(values.get("before_records"))
    if kept is not None and first and stock is not bool(before.get("before_records")):
        kept = None  # it counts in another way now
    elif kept is not None and before.get(day_key) == when:
        return kept
    return Quarter.of(when) if stock else accounts.moved(kept, when)


def _settle_agreement_end(entry: Entry) -> None:
    values = entry.values
    days = [day for day in (values.get("ends_on"), values.get("ended_early_on")) if day]
    kept = entry.before.get("end_account")
    if not days:
        values["end_account"] = None
    elif _ended_before_records(entry, day_after(min(days))):
        values["end_account"] = Quarter.of(day_after(min(days)))
    elif kept is None or entry.changed("ends_on", "ended_early_on"):
        values["end_account"] = entry.accounts.moved(kept, day_after(min(days)))


def _keep(entry: Entry) -> int:
    session, model = entry.session, MODELS[entry.register]
    row = entry.row if entry.row is not None else model()
    for key, value in _columns(entry).items():
        if entry.is_new or getattr(row, key) != value:
            setattr(row, key, value)
    if entry.is_new:
        session.add(row)
        session.flush()
    for line_row in entry.dropped:
        session.delete(line_row)
    if entry.dropped:
        session.flush()  # before what replaces them: some lines are unique
    for line in LINES[entry.register]:
        for one in entry.lines[line.key]:
            _keep_line(session, line, one, row.id)
    session.flush()
    kept: int = row.id
    return kept


def _columns(entry: Entry) -> dict[str, Any]:
    model = MODELS[entry.register]
    found = {}
    for key, value in entry.values.items():
        if entry.register == "ngo" and key == "settlement":
            place = settlement_of(entry.session, value) if value else None
            value = place.id if place is not None else None
        name = column_name(entry.register, key)
        if has_column(model, name):
            found[name] = emptied(model, name, value)
    if entry.register == "ngo":
        found |= folded_columns(entry.session, found)
    return found


def folded_columns(session: Session, columns: Values) -> dict[str, str]:
    """What order, search and matching read of an NGO: names, numbers, settlement without case, ё and quotes."""
    settlement = session.get(Settlement, columns["settlement_id"]) if columns.get("settlement_id") else None
    texts = [fold(columns["name"]), fold(columns.get("short_name"))]
    texts += [columns.get(key) or "" for key in ("ogrn", "inn", "kpp", "minjust_number")]
    texts.append(fold(settlement.name) if settlement else "")
    return {
        "called": fold(columns.get("short_name") or columns["name"]),
        "folded": " ".join(text for text in texts if text),
        "folded_name": fold_name(columns["name"]),
    }


def _keep_line(session: Session, line: LineType, one: LineEntry, owner: int) -> None:
    model = LINE_MODELS[line.key]
    row = one.row if one.row is not None else model(**{line.parent_column: owner})
    for key, value in one.values.items():
        if has_column(model, key):
            value = emptied(model, key, value)
            if one.is_new or getattr(row, key) != value:
                setattr(row, key, value)
    if one.is_new:
        session.add(row)


def _keep_grant(entry: Entry, application: int) -> None:
    """The 211 record of a supported application: made with it, of the same sum, recipient and day (checks 32, 47)."""
    session, values, model = entry.session, entry.values, MODELS["support"]
    kept = session.scalar(
        select(model).where(
            model.application_id == application, model.archived_on.is_(None), model.terminates_id.is_(None)
        )
    )
    if kept is None:
        grant = {
            "ngo_id": values["ngo_id"],
            "form": "211",
            "decision_on": values["decision_on"],
            "purpose": values["project"],
            "amount": values["granted"],
            "oblast": values["granted"],
        }
        write(session, "support", grant, also={"application_id": application})
        return
    same = {key: entry.before.get(key) for key in ("ngo_id", "decision_on")}
    followed = {key: values[key] for key, former in same.items() if former == getattr(kept, key) != values[key]}
    if kept.amount != values["granted"]:
        followed["amount"] = values["granted"]
    if followed:
        write(session, "support", followed, id=kept.id)
