"""Section 4 and annex Б: what NGOs need, what closed it, and what nobody gives."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

from app.core.periods import Quarter
from app.returns.form import OLD_NEED_DAYS
from app.returns.ledger import Ledger
from app.returns.records import Category, Need
from app.returns.snapshot import Members, NeedFigures, NeedLine, NeedRow

COLUMN_OF = {"closed_centre": "closed_centre", "closed_other": "closed_other", "withdrawn": "withdrawn"}


def begun_before(need: Need, quarter: Quarter) -> bool:
    """Counted as «выявлено» before the quarter, or entered as «до начала учёта»."""
    return need.before_records or need.account < quarter


def open_at_start(need: Need, quarter: Quarter) -> bool:
    """Open when the quarter begins, by periods of account."""
    return begun_before(need, quarter) and (need.closed_account is None or need.closed_account >= quarter)


def open_at_end(need: Need, quarter: Quarter) -> bool:
    """Open when the quarter ends: what is open at the start of the next one."""
    return open_at_start(need, quarter.next)


def list_needs(ledger: Ledger) -> tuple[tuple[NeedLine, ...], dict[str, Members]]:
    """Table 4, a line for every category, and the members of its column «НКО»."""
    by_category: dict[str, list[Need]] = defaultdict(list)
    for need in ledger.records.needs:
        by_category[need.category].append(need)
    lines: list[NeedLine] = []
    members: dict[str, Members] = {}
    for category in ledger.records.categories:
        key = f"4.{category.code}"
        for need in by_category[category.code]:
            _add_need(ledger, key, need)
        members[f"{key}.ngos"] = ledger.members_of(f"{key}.ngos")
        lines.append(
            NeedLine(
                category=category.code,
                title=category.title,
                quarter=_figures(ledger, key, category, year=False),
                year=_figures(ledger, key, category, year=True),
            )
        )
    return tuple(lines), members


def _add_need(ledger: Ledger, key: str, need: Need) -> None:
    quarter = ledger.quarter
    if not need.before_records:
        ledger.add(f"{key}.opened", need.account, 1, "need", need.id)
        ledger.member(f"{key}.ngos", need.account, ledger.index.member(need.ngo_id), "need", need.id)
    if need.closed_account is not None:
        ledger.add(f"{key}.{COLUMN_OF[need.status]}", need.closed_account, 1, "need", need.id)
    if open_at_start(need, quarter):
        ledger.stock(f"{key}.start", 1, "need", need.id)
        ledger.member(f"{key}.ngos", quarter, ledger.index.member(need.ngo_id), "need", need.id)
    if open_at_start(need, year_start(ledger)):
        ledger.stock(f"{key}.year_start", 1, "need", need.id)
        ledger.year_member(f"{key}.ngos", ledger.index.member(need.ngo_id), "need", need.id)
    if open_at_end(need, quarter):
        ledger.stock(f"{key}.end", 1, "need", need.id)
        if need.opened_on + timedelta(days=OLD_NEED_DAYS) < quarter.last_day:
            ledger.stock(f"{key}.over_90", 1, "need", need.id)
        if need.priority == "high":
            ledger.stock(f"{key}.high", 1, "need", need.id)


def year_start(ledger: Ledger) -> Quarter:
    """The quarter at whose start the year's «открыто на начало» is counted from records.

    The first of the year, or the first one kept when records began within the year; then the
    figure itself is asked for with the opening balances.
    """
    return ledger.periods[0]


def _figures(ledger: Ledger, key: str, category: Category, *, year: bool) -> NeedFigures:
    def summed(column: str) -> int:
        return int(ledger.sum_of(f"{key}.{column}")[1 if year else 0])

    found = ledger.members_of(f"{key}.ngos")
    ngos = ledger.index.count(found.year if year else found.quarter)
    start = int(ledger.stock_of(f"{key}.start"))
    if year:
        start = int(ledger.stock_of(f"{key}.year_start"))
        ngos = max(ngos, found.bare_year)
        if ledger.opening is not None:
            start = int(ledger.opening.figures.get(f"{key}.start.year", start))
    end = int(ledger.stock_of(f"{key}.end"))
    return NeedFigures(
        start=start,
        opened=summed("opened"),
        closed_centre=summed("closed_centre"),
        closed_other=summed("closed_other"),
        withdrawn=summed("withdrawn"),
        end=end,
        over_90=int(ledger.stock_of(f"{key}.over_90")),
        ngos=ngos,
        high=int(ledger.stock_of(f"{key}.high")),
        unserved=int(end > 0 and not _served(ledger, category)),
    )


def _served(ledger: Ledger, category: Category) -> bool:
    """Some centre gave a service of the mapped codes in the quarter (check 27)."""
    return any(
        s.code in category.services and s.account == ledger.quarter and not s.before_records
        for s in ledger.records.services
    )


def open_needs(ledger: Ledger) -> tuple[NeedRow, ...]:
    """Annex Б: needs open on any day of the quarter, with their status by its end."""
    quarter = ledger.quarter
    rows = [
        _need_row(ledger, need)
        for need in ledger.records.needs
        if open_at_start(need, quarter) or (need.account == quarter and not need.before_records)
    ]
    return tuple(sorted(rows, key=lambda row: (row.category, row.opened_on, int(row.number))))


def _need_row(ledger: Ledger, need: Need) -> NeedRow:
    closed = need.closed_account is not None and need.closed_account <= ledger.quarter
    return NeedRow(
        number=str(need.id),
        ngo=ledger.index.member(need.ngo_id),
        category=need.category,
        codes=need.codes,
        opened_on=need.opened_on,
        priority=need.priority,
        status=need.status if closed else "open",
        closed_on=need.closed_on if closed else None,
        closed_by=_closed_by(ledger, need) if closed else "",
    )


def _closed_by(ledger: Ledger, need: Need) -> str:
    """What closed it: the services linked «закрывает», or the words given."""
    if need.closed_by:
        return need.closed_by
    found = (ledger.index.services.get(link.service_id) for link in need.links if link.kind == "closes")
    services = [service for service in found if service is not None]
    return "; ".join(
        f"{ledger.index.centres[s.centre_id].name}: {s.code} от {s.provided_on:%d.%m.%Y}" for s in services
    )
