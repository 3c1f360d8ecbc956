"""Section 3 and annex Д: what resource centres did in the district."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from app.returns.as_of import is_legal
from app.returns.ledger import Ledger
from app.returns.records import Need, Service
from app.returns.snapshot import Average, Members, ServiceFigures, ServiceLine, ServiceRow

LinkedNeeds = dict[int, list[Need]]  # by id of the service


def count_services(ledger: Ledger) -> None:
    """Rows 301–305 into the ledger."""
    for service in _counted(ledger):
        ledger.add("301", service.account, 1, "service", service.id)
        centre = ledger.index.centres[service.centre_id]
        ledger.member("303", service.account, centre.uuid, "service", service.id)
        for recipient in service.recipients:
            if recipient.ngo_id is not None:
                member = ledger.index.member(recipient.ngo_id)
                ledger.member("302", service.account, member, "service", service.id)
    _count_registered(ledger)
    _count_registering(ledger)


def _counted(ledger: Ledger) -> Iterable[Service]:
    return (s for s in ledger.records.services if not s.before_records)


def _count_registered(ledger: Ledger) -> None:
    """304: distinct bodies, each once, where the first service that says so is counted."""
    seen: set[int] = set()
    services = [s for s in _counted(ledger) if s.result == "registered"]
    for service in sorted(services, key=lambda s: (s.account, s.provided_on, s.id)):
        for recipient in service.recipients:
            if recipient.ngo_id is None:
                continue
            # Cards that became one meanwhile are one body; those of an earlier quarter counted as they were then.
            body = ledger.index.known_as(recipient.ngo_id, service.account)
            if body not in {ledger.index.known_as(counted, service.account) for counted in seen}:
                seen.add(body)
                ledger.add("304", service.account, 1, "service", service.id)


def _count_registering(ledger: Ledger) -> None:
    """305: bodies whose latest К1 by the quarter says «в стадии регистрации», no legal entity yet."""
    quarter = ledger.quarter
    latest: dict[int, Service] = {}
    for service in ledger.records.services:
        if service.code != "К1" or not (service.before_records or service.account <= quarter):
            continue
        for recipient in service.recipients:
            if recipient.ngo_id is None:
                continue
            body = ledger.index.known_as(recipient.ngo_id, quarter)
            known = latest.get(body)
            if known is None or (known.provided_on, known.id) < (service.provided_on, service.id):
                latest[body] = service
    for body, service in latest.items():
        if service.result == "registering" and not is_legal(ledger.index.ngos[body], quarter):
            ledger.stock("305", 1, "service", service.id)


def list_services(ledger: Ledger) -> tuple[tuple[ServiceLine, ...], dict[str, Members]]:
    """Table 3: a line for each centre and code with a plan or a service in the year to date.

    Returns the lines by centre and code, and the members of their unique columns.
    """
    quarter = ledger.quarter
    by_line: dict[tuple[int, str], list[Service]] = defaultdict(list)
    for service in _counted(ledger):
        if service.account in ledger.periods:
            by_line[service.centre_id, service.code].append(service)
    for centre in ledger.records.centres:
        for year, code in centre.plans:
            if year == quarter.year:
                by_line.setdefault((centre.id, code), [])
    for centre_id, code in (*_opened_lines(ledger), *_count_waiting(ledger)):
        by_line.setdefault((centre_id, code), [])
    titles = {kind.code: kind for kind in ledger.records.catalogue}
    order = {code: place for place, code in enumerate(titles)}
    lines: list[ServiceLine] = []
    members: dict[str, Members] = {}
    by_name = sorted(
        by_line,
        key=lambda key: (ledger.index.centres[key[0]].name, key[0], order.get(key[1], len(order)), key[1]),
    )
    for centre_id, code in by_name:
        centre = ledger.index.centres[centre_id]
        kind = titles.get(code)
        line_key = f"3.{centre.uuid}.{code}"
        for service in by_line[centre_id, code]:
            _add_line(ledger, line_key, service)
        for column in ("ngos", "first"):
            members[f"{line_key}.{column}"] = ledger.members_of(f"{line_key}.{column}")
        lines.append(
            ServiceLine(
                centre=centre.uuid,
                centre_name=centre.name,
                code=code,
                title=kind.title if kind else code,
                unit=kind.unit if kind else "",
                plan=centre.plans.get((quarter.year, code)),
                quarter=_figures(ledger, line_key, year=False),
                year=_figures(ledger, line_key, year=True),
            )
        )
    return tuple(lines), members


def _opened_lines(ledger: Ledger) -> set[tuple[int, str]]:
    """Lines that the opening balances speak of."""
    if ledger.opening is None:
        return set()
    by_uuid = {centre.uuid: centre.id for centre in ledger.records.centres}
    parts = (cell.split(".") for cell in ledger.opening.figures if cell.startswith("3."))
    return {(by_uuid[p[1]], p[2]) for p in parts if len(p) == 5 and p[1] in by_uuid}


def _count_waiting(ledger: Ledger) -> set[tuple[int, str]]:
    """Days waited, by period of account of the link; returns the lines they stand in.

    A link made after the quarter of its service was frozen counts where it was made, or it would change
    what is sent; over the New Year too, when nothing else stands in the line.
    """
    lines: set[tuple[int, str]] = set()
    for need in ledger.records.needs:
        for link in need.links:
            service = ledger.index.services.get(link.service_id)
            if service is None or service.before_records or link.account not in ledger.periods:
                continue
            key = f"3.{ledger.index.centres[service.centre_id].uuid}.{service.code}"
            days = max(0, (service.provided_on - need.opened_on).days)
            ledger.add(f"{key}.wait", link.account, days, "service", service.id)
            ledger.add(f"{key}.links", link.account, 1, "service", service.id)
            lines.add((service.centre_id, service.code))
    return lines


def _linked_needs(ledger: Ledger) -> LinkedNeeds:
    linked: LinkedNeeds = defaultdict(list)
    for need in ledger.records.needs:
        for link in need.links:
            linked[link.service_id].append(need)
    return linked


def _add_line(ledger: Ledger, key: str, service: Service) -> None:
    account = service.account
    evidenced = bool(service.evidence_kind and service.evidence_no)
    for column, value in (
        ("records", 1),
        ("cases", len(service.recipients)),
        ("volume", service.quantity),
        ("hours", service.hours),
        ("people", service.people),
        ("evidenced", int(evidenced)),
        ("unevidenced", int(not evidenced)),
    ):
        if value:
            ledger.add(f"{key}.{column}", account, value, "service", service.id)
    for recipient in service.recipients:
        if recipient.ngo_id is None:
            continue
        member = ledger.index.member(recipient.ngo_id)
        ledger.member(f"{key}.ngos", account, member, "service", service.id)
        if recipient.first_time:
            ledger.member(f"{key}.first", account, member, "service", service.id)


def _figures(ledger: Ledger, key: str, *, year: bool) -> ServiceFigures:
    def summed(column: str) -> Decimal:
        return ledger.sum_of(f"{key}.{column}")[1 if year else 0]

    def unique(column: str) -> int:
        found = ledger.members_of(f"{key}.{column}")
        count = ledger.index.count(found.year if year else found.quarter)
        return max(count, found.bare_year) if year else count

    return ServiceFigures(
        records=int(summed("records")),
        cases=int(summed("cases")),
        volume=summed("volume"),
        hours=summed("hours"),
        ngos=unique("ngos"),
        people=int(summed("people")),
        first=unique("first"),
        evidenced=int(summed("evidenced")),
        unevidenced=int(summed("unevidenced")),
        wait=Average(summed("wait"), int(summed("links"))),
    )


def journal_of_services(ledger: Ledger) -> tuple[ServiceRow, ...]:
    """Annex Д: services counted in the quarter, by day."""
    needs = _linked_needs(ledger)
    rows = [_journal_row(ledger, s, needs) for s in _counted(ledger) if s.account == ledger.quarter]
    return tuple(sorted(rows, key=lambda row: (row.provided_on, row.centre, row.code, row.key)))


def _journal_row(ledger: Ledger, s: Service, needs: LinkedNeeds) -> ServiceRow:
    def keys(only_first: bool) -> tuple[str, ...]:
        return tuple(
            ledger.index.member(r.ngo_id) if r.ngo_id is not None else ""
            for r in s.recipients
            if r.first_time or not only_first
        )

    return ServiceRow(
        key=s.uuid,
        provided_on=s.provided_on,
        centre=ledger.index.centres[s.centre_id].uuid,
        code=s.code,
        quantity=s.quantity,
        hours=s.hours,
        people=s.people,
        recipients=keys(only_first=False),
        first=keys(only_first=True),
        evidence_kind=s.evidence_kind,
        evidence_no=s.evidence_no,
        needs=tuple(str(number) for number in sorted(need.id for need in needs.get(s.id, ()))),
        account=s.account,
    )
