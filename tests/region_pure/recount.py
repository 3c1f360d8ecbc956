"""The region counted again in plain SQL and Python over the districts' own files, without a return between."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import combinations
from pathlib import Path

from app.core.periods import Quarter
from tests.returns.recount import KEY, NEEDS_NGOS, NEEDS_STOCKS, NEEDS_SUMS, SETS, STOCKS, SUMS

CENTRE = "COALESCE(c.ogrn, c.uuid)"
COUNTED = "s.archived_on IS NULL AND NOT s.before_records AND s.account BETWEEN :first AND :q"
SERVED = f"""
    SELECT {CENTRE}, s.service_code, s.id, s.people, r.id, {KEY}
    FROM service s JOIN centre c ON c.id = s.centre_id LEFT JOIN service_recipient r ON r.service_id = s.id
    LEFT JOIN ngo n ON n.id = r.ngo_id WHERE {COUNTED}"""
ACTS = f"""
    SELECT {KEY}, s.service_code, {CENTRE}, s.provided_on, s.account
    FROM service s JOIN centre c ON c.id = s.centre_id JOIN service_recipient r ON r.service_id = s.id
    JOIN ngo n ON n.id = r.ngo_id WHERE s.archived_on IS NULL AND NOT s.before_records AND s.account <= :q"""


class Recount:
    """Figures of a quarter, or of the year since `first`, over many files."""

    def __init__(self, files: Iterable[Path], quarter: Quarter, first: Quarter) -> None:
        self.connections = [sqlite3.connect(path) for path in files]
        self.parameters = {
            "q": str(quarter), "first": str(first), "day": quarter.last_day.isoformat(), "year": quarter.year,
        }  # fmt: skip

    def close(self) -> None:
        for connection in self.connections:
            connection.close()

    def total(self, statement: str, **more: str) -> Decimal:
        found = (c.execute(statement, self.parameters | more).fetchone()[0] for c in self.connections)
        return sum((Decimal(str(one)).quantize(Decimal("0.01")) for one in found), Decimal(0))

    def union(self, statement: str, **more: str) -> int:
        rows = (c.execute(statement, self.parameters | more) for c in self.connections)
        return len({key for some in rows for (key,) in some})

    def coded(self) -> dict[str, Decimal]:
        figures = {code: self.total(statement) for code, statement in {**STOCKS, **SUMS}.items()}
        return figures | {code: Decimal(self.union(statement)) for code, statement in SETS.items()}

    def categories(self) -> list[str]:
        [first, *_] = self.connections
        return [code for (code,) in first.execute("SELECT code FROM need_category")]

    def needs(self, category: str) -> dict[str, Decimal]:
        """Columns of table 4; «start» is that of the quarter."""
        figures = {
            column: self.total(statement, category=category)
            for column, statement in {**NEEDS_STOCKS, **NEEDS_SUMS}.items()
        }
        asking = NEEDS_NGOS.replace("count(DISTINCT", "DISTINCT (", 1)
        return figures | {"ngos": Decimal(self.union(asking, category=category))}

    def services(self) -> dict[tuple[str, str], tuple[int, int, int, int]]:
        """(centre, code) -> records, cases, people, different NGOs."""
        records: dict[tuple[str, str], dict[tuple[int, int], int]] = defaultdict(dict)
        cases: Counter[tuple[str, str]] = Counter()
        ngos: dict[tuple[str, str], set[str]] = defaultdict(set)
        for file, connection in enumerate(self.connections):
            for centre, code, id, people, recipient, key in connection.execute(SERVED, self.parameters):
                records[centre, code][file, id] = people
                cases[centre, code] += recipient is not None
                if key is not None:
                    ngos[centre, code].add(key)
        return {
            line: (len(some), cases[line], sum(some.values()), len(ngos[line])) for line, some in records.items()
        }

    def repeated(self, days: int) -> set[tuple[str, str]]:
        """(NGO, code) of what several centres gave within so many days, one of the two in the quarter."""
        acts: dict[tuple[str, str], list[tuple[str, date, str]]] = defaultdict(list)
        for connection in self.connections:
            for ngo, code, centre, on, account in connection.execute(ACTS, self.parameters):
                acts[ngo, code].append((centre, date.fromisoformat(on), account))
        quarter = self.parameters["q"]
        return {
            key
            for key, some in acts.items()
            for (x, on, of), (y, then, other) in combinations(some, 2)
            if x != y and abs((on - then).days) <= days and quarter in (of, other)
        }

    def holes(self) -> set[tuple[int, str]]:
        """(place of the file, category) where nobody serves an open need or one waits for more than 90 days."""
        return {
            (place, category)
            for category in self.categories()
            for column in ("unserved", "over_90")
            for place, connection in enumerate(self.connections)
            if connection.execute(NEEDS_STOCKS[column], self.parameters | {"category": category}).fetchone()[0]
        }
