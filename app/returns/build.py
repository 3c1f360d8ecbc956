"""A quarter's return from the records of a district: pure, and the same for the same records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from app.core.errors import AppError, Deed
from app.core.money import kopecks, percent
from app.core.periods import Quarter
from app.core.russian import day as shown_day
from app.core.russian import integer
from app.core.text import natural
from app.returns.count_needs import list_needs, open_needs
from app.returns.count_partnerships import count_partnerships, practice_cards
from app.returns.count_sector import count_sector, list_on_record
from app.returns.count_services import count_services, journal_of_services, list_services
from app.returns.count_support import count_support, programme_text, register_extract
from app.returns.form import FORMS, Form, RowKind, RowSpec
from app.returns.form_terms import form_in_force
from app.returns.late import late_records
from app.returns.ledger import Ledger, joined_sources
from app.returns.records import Records, Territory
from app.returns.snapshot import Built, Entity, Head, Members, ProtocolRow, QuarterReturn, Row, Source


def build(records: Records, quarter: Quarter, *, correction: int = 0, reason: str = "") -> Built:
    """The return of a quarter as the records stand today.

    correction: 0 for the first return, 1, 2, … for уточнённый, with its reason.  Annex Г holds what
    came late; findings of the checks join it by `with_protocol`.  AppError when the quarter lies
    before the records or no territory of the chain is valid on its last day.
    """
    return _built(records, quarter, correction, reason, records.today)


def rebuild(records: Records, quarter: Quarter) -> Built:
    """A frozen quarter built anew, as of the day it was frozen (check 40).  AppError if it is not frozen."""
    latest = records.latest_frozen(quarter)
    if latest is None:
        raise AppError(f"Отчёт за {quarter.title} ещё не утверждён.", "Сначала утвердите его.", Deed.RETURNS)
    head = latest.ret.head
    return _built(records, quarter, head.correction, head.reason, latest.frozen_on)


def with_protocol(ret: QuarterReturn, findings: tuple[ProtocolRow, ...]) -> QuarterReturn:
    """The return with findings and unchecked rules in annex Г, before what came late."""
    return replace(ret, annex_g=findings + tuple(row for row in ret.annex_g if row.kind == "late"))


def _built(records: Records, quarter: Quarter, correction: int, reason: str, as_of: date) -> Built:
    if records.opening is not None and quarter <= records.opening.quarter:
        raise AppError(
            f"Отчёт за {quarter.title} составлен до начала учёта в программе.",
            f"Начальные остатки введены на {shown_day(records.opening.quarter.last_day)}: выберите квартал позже.",
        )
    ledger = Ledger(records, quarter)
    form = _form(records, quarter)
    activities, lacking = count_sector(ledger)
    count_support(ledger, _days_of_freezing(records, quarter, as_of))
    count_services(ledger)
    services, service_members = list_services(ledger)
    needs, need_members = list_needs(ledger)
    count_partnerships(ledger)
    members = {spec.measure: _members(ledger, spec) for spec in form.rows if spec.kind is RowKind.UNIQUE}
    members |= service_members | need_members
    texts = _Texts(ledger, lacking)
    entries, pending = register_extract(ledger)
    ret = QuarterReturn(
        head=_head(ledger, form, correction, reason),
        rows={spec.measure: _row(ledger, spec, members, as_of, texts) for spec in form.rows},
        activities={code: activities.get(code, 0) for code in sorted(records.activity_titles, key=natural)},
        activity_titles={code: records.activity_titles[code] for code in sorted(records.activity_titles, key=natural)},
        services=services,
        needs=needs,
        members=members,
        entities=(),
        annex_a=entries,
        annex_a_pending=pending,
        annex_b=open_needs(ledger),
        annex_v=practice_cards(ledger),
        annex_g=late_records(ledger),
        annex_d=journal_of_services(ledger),
        annex_e=list_on_record(ledger),
    )
    counted = {
        "ngos": len(ret.annex_e),
        "support": sum(len(source.ids) for source in ledger.records_behind("210")),
        "services": len(ret.annex_d),
        "needs": len(ret.annex_b),
    }
    ret = replace(ret, head=replace(ret.head, records=counted), entities=_entities(ledger, ret))
    return Built(ret, _sources(ledger, form))


def _form(records: Records, quarter: Quarter) -> Form:
    """A correction keeps the version of the return it corrects."""
    versions = records.frozen.get(quarter)
    if versions:
        return FORMS[versions[0].ret.head.form_version]
    return form_in_force(quarter.last_day, records.form_terms)


def _members(ledger: Ledger, spec: RowSpec) -> Members:
    """The sets of a unique row; one that joins others holds whoever is in any of them."""
    found = [ledger.members_of(measure) for measure in spec.parts or (spec.measure,)]
    quarter = {key for one in found for key in one.quarter}
    year = {key for one in found for key in one.year}
    return Members(tuple(sorted(quarter)), tuple(sorted(year)), sum(one.bare_year for one in found))


def _days_of_freezing(records: Records, quarter: Quarter, as_of: date) -> Mapping[Quarter, date]:
    """The day each period of account was first frozen: later versions keep it, or row 233 would drift."""
    frozen = {q: versions[0].frozen_on for q, versions in records.frozen.items() if versions and q <= quarter}
    return {quarter: as_of, **frozen}


def territory_on(records: Records, day: date) -> Territory:
    """The territory of the chain valid on a day.  AppError if there is none.

    Districts that were joined into one stand in the chain side by side: then it is the one whose code the
    frozen returns of this file carry.
    """
    valid = [t for t in records.territories if t.valid_from <= day and (t.valid_to is None or day <= t.valid_to)]
    if not valid:
        raise AppError(
            f"На {shown_day(day)} у района нет действующего кода ОКТМО.",
            "Проверьте коды территории и даты их действия в настройках.", Deed.DICTIONARIES,
        )
    sent = {version.ret.head.oktmo for versions in records.frozen.values() for version in versions}
    return next((territory for territory in reversed(valid) if territory.code in sent), valid[-1])


def _head(ledger: Ledger, form: Form, correction: int, reason: str) -> Head:
    territory = territory_on(ledger.records, ledger.quarter.last_day)
    unit = ledger.records.unit
    return Head(
        form_version=form.version,
        oktmo=territory.code,
        territory=territory.name,
        territory_genitive=territory.name_genitive,
        quarter=ledger.quarter,
        correction=correction,
        reason=reason,
        administration=unit.administration,
        unit=unit.name,
        addressee=unit.addressee,
        records={},
        package=ledger.records.package,
    )


def _row(ledger: Ledger, spec: RowSpec, members: Mapping[str, Members], as_of: date, texts: _Texts) -> Row:
    note = texts.of(spec)
    if spec.kind is RowKind.TEXT:
        return Row(spec.measure, note=note)
    upper: Decimal | None = None
    match spec.kind:
        case RowKind.UNIQUE:
            found = members[spec.measure]
            in_quarter = Decimal(ledger.index.count(found.quarter))
            year = Decimal(ledger.index.count(found.year))
            if found.bare_year:
                bare = Decimal(found.bare_year)
                year, upper = max(bare, year), bare + year
                upper = upper if upper > year else None
        case RowKind.ADDITIVE:
            sums = [ledger.sum_of(measure) for measure in spec.parts or (spec.measure,)]
            in_quarter = sum((one for one, _ in sums), Decimal(0))
            year = sum((one for _, one in sums), Decimal(0))
        case _:
            stocks = (ledger.stock_of(measure) for measure in spec.parts or (spec.measure,))
            in_quarter = year = sum(stocks, Decimal(0))
    plan = _plan(ledger.records, spec.measure, ledger.quarter.year, as_of)
    return Row(
        code=spec.measure,
        quarter=_scaled(spec, in_quarter),
        year=_scaled(spec, year),
        year_upper=None if upper is None else _scaled(spec, upper),
        plan=None if plan is None else _scaled(spec, plan),
        percent=percent(year, plan) if plan is not None and upper is None else None,
        before=_a_year_ago(ledger, spec.measure),
        note=note,
    )


def _scaled(spec: RowSpec, value: Decimal) -> Decimal:
    return kopecks(value) if spec.places else Decimal(int(value))


def _plan(records: Records, code: str, year: int, as_of: date) -> Decimal | None:
    """The plan in force: that of the latest act by the day the return is made."""
    known = [p for p in records.plans if p.code == code and p.year == year and p.act_on <= as_of]
    return max(known, key=lambda p: p.act_on).value if known else None


def _a_year_ago(ledger: Ledger, code: str) -> Decimal | None:
    """Column 9: column 6 of the same quarter a year ago, frozen or taken over with the opening balances.

    Empty where that one was an interval.
    """
    records, a_year_ago = ledger.records, ledger.quarter.year_before
    past = records.latest_frozen(a_year_ago)
    if past is None and records.opening is not None and records.opening.quarter == a_year_ago:
        return records.opening.figures.get(f"{code}.year")
    row = past.ret.rows.get(code) if past is not None else None
    return row.year if row is not None and row.year_upper is None else None


class _Texts:
    """Column 10: what was typed, what explains a finding, and what the program itself must say."""

    def __init__(self, ledger: Ledger, lacking: Mapping[str, int]) -> None:
        self.ledger = ledger
        unit = ledger.records.unit
        updated = f"обновлён {shown_day(unit.site_updated_on)}" if unit.site_updated_on else ""
        self.own = {
            "201": programme_text(ledger),
            "701": unit.name,
            "702": unit.act or "нет",
            "703": unit.staff or "нет",
            "704": unit.council or "нет",
            "705": ", ".join(part for part in (unit.site_section, updated) if part) or "нет",
        }
        for code, count in lacking.items():
            if count:
                self.own[code] = f"Без сведений за год: {integer(count)}\u00a0НКО"

    def of(self, spec: RowSpec) -> str:
        records, quarter = self.ledger.records, self.ledger.quarter
        typed = records.texts.get((quarter, f"{spec.measure}.note"), "")
        if spec.kind is RowKind.TEXT:
            return typed or self.own.get(spec.measure, "")
        explained = [
            text
            for (q, _check, cell), text in sorted(records.explanations.items())
            if q == quarter and cell.rpartition(".")[0] == spec.measure
        ]
        parts = [part for part in (self.own.get(spec.measure, ""), typed, *explained) if part]
        return "; ".join(dict.fromkeys(parts))


def _entities(ledger: Ledger, ret: QuarterReturn) -> tuple[Entity, ...]:
    """Whoever the file names by key: members of sets, lines, annexes."""
    named: set[str] = set()
    for members in ret.members.values():
        named.update(members.quarter, members.year)
    named.update(line.centre for line in ret.services)
    named.update(row.ngo for row in (*ret.annex_a, *ret.annex_a_pending))
    named.update(need.ngo for need in ret.annex_b)
    for card in ret.annex_v:
        named.update((card.ngo, card.partner))
    for service in ret.annex_d:
        named.update((service.centre, *service.recipients))
    named.update(row.key for row in ret.annex_e)
    found = (ledger.index.entity(uuid) for uuid in sorted(named) if uuid)
    return tuple(entity for entity in found if entity is not None)


def _sources(ledger: Ledger, form: Form) -> dict[str, tuple[Source, ...]]:
    """Cell -> records; table 1а has one cell a kind, table 4 its own start of the year.

    A row that sums others has the records of them all.
    """
    found: dict[str, tuple[Source, ...]] = {}
    for cell, sources in ledger.sources().items():
        if cell.startswith("1а."):
            found[cell.rpartition(".")[0]] = sources
        elif ".year_start." in cell:
            found[cell.replace(".year_start.", ".start.").replace(".quarter", ".year")] = sources
        elif not (cell.startswith("4.") and cell.endswith(".start.year")):
            found[cell] = sources
    for spec in form.rows:
        for period in ("quarter", "year") if spec.parts else ():
            behind = (source for part in spec.parts for source in found.get(f"{part}.{period}", ()))
            found[f"{spec.measure}.{period}"] = joined_sources(behind)
    return found
