"""Sets behind the unique figures of a hand-filled form, and whether the lists say what the figures say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from app.core.periods import Quarter
from app.core.russian import integer
from app.core.text import NBSP
from app.returns.form import RowKind
from app.returns.hand_annexes import STATES, Annexes
from app.returns.hand_form import MEMBER_ROWS
from app.returns.hand_keys import Keys
from app.returns.hand_lists import MEMBERS, ON_RECORD
from app.returns.hand_reading import Reading
from app.returns.hand_tables import Figures, Services
from app.returns.snapshot import Members, NeedLine

KIND_OF_ROW = {"303": "centre", "503": "partner"}
SUPPORT_ROWS = tuple(code for code in MEMBER_ROWS if code.startswith("21"))
PRACTICE_ROWS = dict(zip(STATES, ("601", "602", "603", "604"), strict=True))
MARK_ROWS = {"sonko": "102", "iopu": "103", "federal_register": "104", "social_provider": "105"}


@dataclass
class Sets:
    """Members by code of a row or key of a line, and unique figures that have no list («без состава»)."""

    members: dict[str, Members] = field(default_factory=dict)
    bare: list[str] = field(default_factory=list)


class Listed:
    """Members of the coded rows as the list names them: row -> period -> keys in the order of the lines."""

    def __init__(self, reading: Reading, keys: Keys) -> None:
        self.quarter: dict[str, dict[str, None]] = defaultdict(dict)
        self.since: dict[str, dict[str, None]] = defaultdict(dict)  # counted in the year alone
        for line in reading.lines(MEMBERS):
            row = line.text("row")
            key = keys.of(KIND_OF_ROW.get(row, "ngo"), line.text("number") or None, line.text("name"))
            if {"row", "period"} & line.damaged:
                continue
            (self.quarter if line["period"] == "quarter" else self.since)[row][key] = None

    def has(self, row: str) -> bool:
        return row in self.quarter or row in self.since

    def of(self, row: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Keys of the quarter, and of the year to date."""
        quarter = tuple(self.quarter[row])
        return quarter, tuple(dict.fromkeys((*quarter, *self.since[row])))


def sets_of(
    reading: Reading, figures: Figures, listed: Listed, services: Services, needs: Iterable[NeedLine],
    annexes: Annexes, quarter: Quarter,
) -> Sets:  # fmt: skip
    """Members of every unique figure that a list names; where list and figure differ, that is told."""
    found = Sets()
    judge = _Judge(reading, figures, found, first=quarter.number == 1)
    for row in MEMBER_ROWS:
        if listed.has(row):
            judge.compare(row, *listed.of(row), only_quarter=row not in listed.since)
    judge.union("210", SUPPORT_ROWS)
    _centres(judge, services)
    _served(judge, services, annexes)
    _in_need(judge, needs, annexes)
    for spec in reading.form.form.rows:
        if spec.kind is RowKind.UNIQUE and spec.code not in found.members:
            filled = any(figures.get(f"{spec.code}.{period}") for period in ("quarter", "year"))
            if filled:
                found.bare.append(spec.code)
            else:
                found.members[spec.code] = Members()
    _on_record(judge, annexes)
    _practices(judge, annexes)
    return found


class _Judge:
    """Compares what is listed with what is figured."""

    def __init__(self, reading: Reading, figures: Figures, found: Sets, *, first: bool) -> None:
        self.reading = reading
        self.figures = figures
        self.found = found
        self.first = first
        self.differing: set[str] = set()  # rows whose list and figure differ

    def figure(self, cell: str) -> int:
        return int(self.figures.get(cell, Decimal(0)))

    def agrees(self, cell: str, count: int, what: str, *, origin: str = "", of: str = "members") -> bool:
        """Tells a figure that differs from its list.  origin: the cell in the sheet, where it has another name."""
        name = origin or cell
        if name in self.reading.damaged or of in self.reading.damaged_lists:
            return False
        figure = self.figure(name)
        if figure == count:
            return True
        text = f"{what}: в списке {integer(count)}, а показатель {integer(figure)}."
        self.reading.tell("list", name, text)
        self.differing.add(name.rpartition(".")[0])
        return False

    def compare(
        self, row: str, quarter: tuple[str, ...], year: tuple[str, ...], *, only_quarter: bool
    ) -> None:
        """The list of a coded row against columns 5 and 6; a year that is not listed stays «без состава»."""
        self.agrees(f"{row}.quarter", len(quarter), f"Строка {row}, за квартал")
        figure = self.figure(f"{row}.year")
        if only_quarter and not self.first and figure > len(year):
            self.found.members[row] = Members(quarter, year, figure - len(year))
            return
        self.agrees(f"{row}.year", len(year), f"Строка {row}, с{NBSP}начала года")
        self.found.members[row] = Members(quarter, year)

    def union(self, total: str, rows: Iterable[str]) -> None:
        """A row whose members are those of other rows, where every one of them that is filled has a list."""
        filled = [row for row in rows if self.figure(f"{row}.quarter") or self.figure(f"{row}.year")]
        known = [self.found.members.get(row) for row in filled]
        if not filled or any(one is None for one in known) or self.differing.intersection(filled):
            return
        sets = [one for one in known if one is not None]
        quarter = tuple(dict.fromkeys(key for one in sets for key in one.quarter))
        year = tuple(dict.fromkeys(key for one in sets for key in one.year))
        self.agrees(f"{total}.quarter", len(quarter), f"Разных получателей по спискам строк {rows_said(filled)}")
        bare = sum(one.bare_year for one in sets)
        if not bare:
            self.agrees(f"{total}.year", len(year), f"Разных получателей с{NBSP}начала года по спискам")
        self.found.members[total] = Members(quarter, year, max(self.figure(f"{total}.year") - len(year), 0))


def rows_said(rows: list[str]) -> str:
    return rows[0] if len(rows) == 1 else f"{rows[0]}…{rows[-1]}"


def _centres(judge: _Judge, services: Services) -> None:
    """Row 303: centres of table 3, named there already."""
    if "303" in judge.found.members:
        return
    quarter, year = (
        tuple(dict.fromkeys(line.centre for line in services.lines if getattr(line, period).records > 0))
        for period in ("quarter", "year")
    )
    judge.found.members["303"] = Members(quarter, year)  # check 18 compares it with the figure


def _served(judge: _Judge, services: Services, annexes: Annexes) -> None:
    """Table 3 and row 302 against the list of services, for the lines of which any is listed."""
    rows = defaultdict(list)
    for row in annexes.services:
        rows[f"3.{row.centre}.{row.code}"].append(row)
    whole = bool(rows)
    for line in services.lines:
        listed = rows.pop(line.key, [])
        if not listed:
            whole = whole and not line.quarter.records
            continue
        origin = services.origin[line.key]
        what = f"{line.centre_name}, {line.code}"
        if not judge.agrees("", len(listed), f"{what}, записей", origin=f"{origin}.records.quarter", of="services"):
            whole = False
            continue
        ngos = tuple(dict.fromkeys(key for row in listed for key in row.recipients if key))
        first = tuple(dict.fromkeys(key for row in listed for key in row.first))
        for column, found in (("ngos", ngos), ("first", first)):
            cell = f"{origin}.{column}.quarter"
            said = "НКО" if column == "ngos" else "впервые"
            judge.agrees("", len(found), f"{what}, {said}", origin=cell, of="services")
            bare = max(judge.figure(f"{origin}.{column}.year") - len(found), 0)
            judge.found.members[f"{line.key}.{column}"] = Members(found, found, bare)
    # A listed service may belong to a line whose code or centre could not be read.
    unread = any(cell.startswith("3.") and cell.endswith((".code", ".centre")) for cell in judge.reading.damaged)
    for key, strangers in rows.items():
        row = strangers[0]
        centre = judge.reading.filled.lists["services"][int(row.key.removeprefix("line")) - 1][1]
        if "services" not in judge.reading.damaged_lists and not unread:
            text = f"Услуг {row.code} этого центра в таблице 3 нет, а в списке их {integer(len(strangers))}."
            judge.reading.tell("list", "list.services", text, centre.place)
        whole = whole and not key
    if whole and "302" not in judge.found.members and not judge.reading.damaged_lists:
        ngos = tuple(dict.fromkeys(key for row in annexes.services for key in row.recipients if key))
        if judge.agrees("302.quarter", len(ngos), "Разных получателей услуг по списку", of="services"):
            bare = max(judge.figure("302.year") - len(ngos), 0)
            judge.found.members["302"] = Members(ngos, ngos, bare)


def _in_need(judge: _Judge, needs: Iterable[NeedLine], annexes: Annexes) -> None:
    """Table 4 against the list of needs, for the categories of which any is listed."""
    for line in needs:
        listed = [need for need in annexes.needs if need.category == line.category]
        if not listed:
            continue
        still = sum(need.status == "open" for need in listed)
        judge.agrees(f"{line.key}.end.quarter", still, f"{line.title}, открытых потребностей", of="needs")
        if len(listed) == line.quarter.start + line.quarter.opened:
            ngos = tuple(dict.fromkeys(need.ngo for need in listed))
            if judge.agrees(f"{line.key}.ngos.quarter", len(ngos), f"{line.title}, НКО", of="needs"):
                bare = max(line.year.ngos - len(ngos), 0)
                judge.found.members[f"{line.key}.ngos"] = Members(ngos, ngos, bare)
        else:
            count = f"{line.title}, потребностей на начало и выявлено"
            expected = line.quarter.start + line.quarter.opened
            if "needs" not in judge.reading.damaged_lists and not _damaged(judge, line, ("start", "opened")):
                text = f"{count}: в списке {integer(len(listed))}, а показатели дают {integer(expected)}."
                judge.reading.tell("list", f"{line.key}.opened.quarter", text)


def _damaged(judge: _Judge, line: NeedLine, columns: Iterable[str]) -> bool:
    return any(f"{line.key}.{column}.quarter" in judge.reading.damaged for column in columns)


def _on_record(judge: _Judge, annexes: Annexes) -> None:
    """Rows 101–106 against annex Е, where it is filled."""
    rows = annexes.on_record
    if not rows:
        return
    judge.agrees("101.quarter", len(rows), "На учёте", of=ON_RECORD.key)
    judge.agrees("106.quarter", sum(row.kind == "body" for row in rows), "Объединений", of=ON_RECORD.key)
    for mark, code in MARK_ROWS.items():
        count = sum(mark in row.marks and row.kind == "legal" for row in rows)
        judge.agrees(f"{code}.quarter", count, f"Строка {code} по отметкам", of=ON_RECORD.key)


def _practices(judge: _Judge, annexes: Annexes) -> None:
    """Rows 601–604 against annex В: not every practice has a card there, but each card is counted."""
    for state, code in PRACTICE_ROWS.items():
        reached = sum(any(named == state for named, _ in card.states) for card in annexes.practices)
        if reached > judge.figure(f"{code}.quarter"):
            judge.agrees(f"{code}.quarter", reached, f"Строка {code}, практик", of="practices")


def in_order_of_keys(members: Mapping[str, Members]) -> dict[str, Members]:
    """The same sets, each in the order of its keys: so the data of a return are the same for the same sets."""
    return {
        code: replace(one, quarter=tuple(sorted(one.quarter)), year=tuple(sorted(one.year)))
        for code, one in sorted(members.items())
    }
