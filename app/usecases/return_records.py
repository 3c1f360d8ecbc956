"""Everything a return is built from, read in one transaction into plain rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app import models as m
from app.core.periods import Quarter
from app.returns import records as r
from app.returns.codec import read_envelope, read_return
from app.returns.snapshot import Signer
from app.usecases.opening import opening
from app.usecases.region_package_terms import in_force, terms_of_forms
from app.usecases.return_life import sent_back
from app.usecases.setup import settings, work_calendar

Column = InstrumentedAttribute[Any]
UNTOLD: Mapping[str, frozenset[str]] = {
    "ngo": frozenset({
        "minjust_number", "okved", "phone", "email", "site", "director", "verified_on", "verified_by", "note",
    }),
    "support": frozenset({"note", "appeal_id"}),
    "service": frozenset({"topic", "note", "appeal_id"}),
    "need": frozenset({"appeal_id"}),
    "agreement": frozenset({"subject"}),
    "event": frozenset({"place"}),
}
"""Register -> its values that no return is built of."""
UNTOLD_LINES = frozenset({"contact", "support_document", "centre_district"})


def is_told(register: str, changed: Iterable[str], lines: Iterable[str]) -> bool:
    """Whether a return that counts a record may say something else for these changed values and kinds of lines."""
    return not set(changed) <= UNTOLD.get(register, frozenset()) or not set(lines) <= UNTOLD_LINES


def read_records(session: Session, *, today: date | None = None) -> r.Records:
    """The records of the district as they stand, archived ones left out.

    today: the day the return is made; without it that of the session's clock.
    """
    package = in_force(session)
    day = today if today is not None else session.info["clock"].today()
    return r.Records(
        today=day,
        territories=_chain(session),
        unit=unit_of(session),
        settings=settings(session),
        calendar=work_calendar(session),
        legal_form_rows={row.code: row.row for row in session.execute(select(m.LegalForm.code, m.LegalForm.row))},
        activity_titles={row.code: row.title for row in session.execute(select(m.Activity.code, m.Activity.title))},
        catalogue=_catalogue(session),
        categories=_categories(session),
        ngos=_ngos(session),
        supports=_supports(session),
        events=_rows(session, r.Event, m.Event),
        programmes=_programmes(session),
        executions=_rows(session, r.Execution, m.ProgrammeExecution),
        contests=_rows(session, r.Contest, m.GrantContest),
        applications=_rows(session, r.Application, m.GrantApplication),
        centres=_centres(session),
        services=_services(session),
        needs=_needs(session),
        partners=_rows(session, r.Partner, m.Partner, inn=m.Partner.inn),
        partnerships=_partnerships(session),
        practices=_practices(session),
        plans=_rows(session, r.Plan, m.RowPlan),
        texts={
            (row.quarter, row.cell): row.text
            for row in session.execute(select(m.ReturnText.quarter, m.ReturnText.cell, m.ReturnText.text))
        },
        explanations={
            (row.quarter, row.check_code, row.cell): row.text
            for row in session.execute(
                select(m.Explanation.quarter, m.Explanation.check_code, m.Explanation.cell, m.Explanation.text)
            )
        },
        opening=opening(session),
        frozen=_frozen(session),
        package=package.title if package is not None else "",
        form_terms=terms_of_forms(session),
    )


def _columns(kind: type, table: Any, renamed: Mapping[str, Column]) -> dict[str, Column]:
    """The columns of a table that fill the fields of a row class of the same names."""
    names = kind.__dataclass_fields__  # type: ignore[attr-defined]
    found = {name: getattr(table, name) for name in names if name in table.__table__.columns}
    return found | dict(renamed)


def _values(session: Session, kind: type, table: Any, **renamed: Column) -> Iterable[dict[str, Any]]:
    """Values of every kept row by field name, oldest first.  NULL texts become ''."""
    columns = _columns(kind, table, renamed)
    query = select(*(column.label(name) for name, column in columns.items())).order_by(*table.__table__.primary_key)
    if hasattr(table, "archived_on"):
        query = query.where(table.archived_on.is_(None))
    texts = {n for n, spec in kind.__dataclass_fields__.items() if spec.type == "str"}  # type: ignore[attr-defined]
    for row in session.execute(query):
        yield {name: "" if value is None and name in texts else value for name, value in row._mapping.items()}


def _rows(session: Session, kind: type, table: Any, **renamed: Column) -> tuple[Any, ...]:
    return tuple(kind(**values) for values in _values(session, kind, table, **renamed))


def _by_owner(session: Session, kind: type, table: Any, owner: str, **renamed: Column) -> dict[int, tuple[Any, ...]]:
    """Lines by the id of the record they hang on."""
    found: dict[int, list[Any]] = defaultdict(list)
    columns = _columns(kind, table, renamed)
    labelled = (column.label(name) for name, column in columns.items())
    texts = {n for n, spec in kind.__dataclass_fields__.items() if spec.type == "str"}  # type: ignore[attr-defined]
    owner_id = getattr(table, owner).label("owner_of_line")
    for row in session.execute(select(owner_id, *labelled).order_by(table.id)):
        values = dict(row._mapping)
        key = values.pop("owner_of_line")
        found[key].append(kind(**{n: "" if v is None and n in texts else v for n, v in values.items()}))
    return {key: tuple(lines) for key, lines in found.items()}


def _chain(session: Session) -> tuple[r.Territory, ...]:
    query = select(m.Territory).where(m.Territory.own.is_(True)).order_by(m.Territory.valid_from, m.Territory.code)
    return tuple(
        r.Territory(t.code, t.name, t.name_genitive, t.valid_from, t.valid_to, t.successor_code)
        for t in session.scalars(query)
    )


def unit_of(session: Session) -> r.Unit:
    """The unit and who signs, as papers want them."""
    unit = session.get(m.Unit, 1)
    if unit is None:
        return r.Unit()
    return r.Unit(
        administration=unit.administration,
        name=unit.name,
        act=unit.act,
        staff=unit.staff,
        council=unit.council,
        site_section=unit.site_section,
        site_updated_on=unit.site_updated_on,
        addressee=unit.addressee,
        head=Signer(unit.head_post, unit.head_name),
        executor=Signer(unit.executor_post, unit.executor_name, unit.executor_phone),
    )


def _catalogue(session: Session) -> tuple[r.ServiceKind, ...]:
    query = select(m.ServiceCode).order_by(m.ServiceCode.sort, m.ServiceCode.code)
    return tuple(
        r.ServiceKind(s.code, s.title, s.unit, s.hours_required, s.valid_from, s.valid_to)
        for s in session.scalars(query)
    )


def _categories(session: Session) -> tuple[r.Category, ...]:
    codes: dict[str, list[str]] = defaultdict(list)
    link = m.NeedCategoryService
    for row in session.execute(select(link.category_code, link.service_code).order_by(link.id)):
        codes[row.category_code].append(row.service_code)
    query = select(m.NeedCategory.code, m.NeedCategory.title).order_by(m.NeedCategory.sort, m.NeedCategory.code)
    return tuple(r.Category(row.code, row.title, tuple(codes[row.code])) for row in session.execute(query))


def _ngos(session: Session) -> tuple[r.Ngo, ...]:
    intervals = _by_owner(session, r.Interval, m.NgoInterval, "ngo_id")
    statuses = _by_owner(session, r.Status, m.NgoStatus, "ngo_id")
    marks = _by_owner(session, r.Mark, m.NgoMark, "ngo_id")
    years = _by_owner(session, r.YearFigures, m.NgoYear, "ngo_id")
    activities: dict[int, list[tuple[str, Quarter]]] = defaultdict(list)
    line = m.NgoActivity
    for row in session.execute(select(line.ngo_id, line.activity_code, line.account).order_by(line.id)):
        activities[row.ngo_id].append((row.activity_code, row.account))
    settlements = session.execute(select(m.Settlement.id, m.Settlement.territory_code))
    territory = {row.id: row.territory_code for row in settlements}
    found = []
    for values in _values(session, r.Ngo, m.Ngo, settlement=m.Ngo.settlement_id):
        id = values["id"]
        values["settlement"] = territory.get(values["settlement"], "")
        values["intervals"] = intervals.get(id, ())
        values["statuses"] = statuses.get(id, ())
        values["marks"] = marks.get(id, ())
        values["years"] = years.get(id, ())
        values["activities"] = tuple(activities.get(id, ()))
        found.append(r.Ngo(**values))
    return tuple(found)


def _supports(session: Session) -> tuple[r.Support, ...]:
    violations = _by_owner(session, r.Violation, m.Violation, "support_id")
    return tuple(
        r.Support(**values, violations=violations.get(values["id"], ()))
        for values in _values(session, r.Support, m.Support)
    )


def _programmes(session: Session) -> tuple[r.Programme, ...]:
    planned: dict[int, dict[int, Any]] = defaultdict(dict)
    line = m.ProgrammeYear
    for row in session.execute(select(line.programme_id, line.year, line.planned)):
        planned[row.programme_id][row.year] = row.planned
    return tuple(
        r.Programme(**values, planned=planned.get(values["id"], {}))
        for values in _values(session, r.Programme, m.Programme)
    )


def _centres(session: Session) -> tuple[r.Centre, ...]:
    agreements = _by_owner(session, r.Agreement, m.CentreAgreement, "centre_id")
    plans: dict[int, dict[tuple[int, str], Any]] = defaultdict(dict)
    line = m.CentrePlan
    # A plan of the later code of the chain replaces that of the earlier one.
    query = (
        select(line.centre_id, line.year, line.service_code, line.volume)
        .join(m.Territory, m.Territory.code == line.territory_code)
        .where(m.Territory.own.is_(True))
        .order_by(m.Territory.valid_from, line.id)
    )
    for row in session.execute(query):
        plans[row.centre_id][row.year, row.service_code] = row.volume
    return tuple(
        r.Centre(**values, agreements=agreements.get(values["id"], ()), plans=plans.get(values["id"], {}))
        for values in _values(session, r.Centre, m.ResourceCentre)
    )


def _services(session: Session) -> tuple[r.Service, ...]:
    recipients = _by_owner(session, r.Recipient, m.ServiceRecipient, "service_id")
    return tuple(
        r.Service(**values, recipients=recipients.get(values["id"], ()))
        for values in _values(session, r.Service, m.CentreService, code=m.CentreService.service_code)
    )


def _needs(session: Session) -> tuple[r.Need, ...]:
    links = _by_owner(session, r.NeedLink, m.NeedService, "need_id")
    codes: dict[int, list[str]] = defaultdict(list)
    for row in session.execute(select(m.NeedCode.need_id, m.NeedCode.service_code).order_by(m.NeedCode.id)):
        codes[row.need_id].append(row.service_code)
    return tuple(
        r.Need(**values, links=links.get(values["id"], ()), codes=tuple(codes.get(values["id"], ())))
        for values in _values(session, r.Need, m.Need, category=m.Need.category_code)
    )


def _partnerships(session: Session) -> tuple[r.Partnership, ...]:
    contributions = _by_owner(session, r.Contribution, m.Contribution, "agreement_id")
    parties: dict[int, list[int]] = defaultdict(list)
    line = m.AgreementParty
    for row in session.execute(select(line.agreement_id, line.ngo_id).order_by(line.id)):
        parties[row.agreement_id].append(row.ngo_id)
    return tuple(
        r.Partnership(
            **values,
            contributions=contributions.get(values["id"], ()),
            parties=tuple(parties.get(values["id"], ())),
        )
        for values in _values(session, r.Partnership, m.PartnerAgreement)
    )


def _practices(session: Session) -> tuple[r.Practice, ...]:
    states = _by_owner(session, r.PracticeState, m.PracticeState, "practice_id")
    return tuple(
        r.Practice(**values, states=states.get(values["id"], ()))
        for values in _values(session, r.Practice, m.Practice)
    )


def _frozen(session: Session) -> dict[Quarter, tuple[r.Frozen, ...]]:
    f = m.FrozenReturn
    versions: dict[Quarter, list[r.Frozen]] = defaultdict(list)
    returned = sent_back(session)
    query = select(f.id, f.quarter, f.data, f.sha256, f.envelope).order_by(f.quarter, f.correction)
    for row in session.execute(query):
        beside = read_envelope(row.envelope)
        versions[row.quarter].append(
            r.Frozen(
                read_return(row.data), beside.frozen_on, row.sha256, sent_back=row.id in returned,
                register_days=beside.register_days,
            )
        )  # fmt: skip
    return {quarter: tuple(found) for quarter, found in versions.items()}
