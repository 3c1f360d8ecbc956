"""Fictional returns of any number of territories, always the same: what the region's figures are measured on.

One district is counted by the program itself, quarter by quarter; every other one is the same return under its own
code, with keys and numbers of its own.  A tenth of the NGOs and all centres but one work in several districts, so that
sets have to be joined.
"""

from __future__ import annotations

import random
import sqlite3
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.clock import Clock
from app.core.periods import Quarter
from app.models import ReceivedReturn
from app.models.database import Database
from app.returns.build import build
from app.returns.codec import canonical, fingerprint, parsed_return
from app.returns.records import Agreement, Centre, Ngo, Records
from app.returns.snapshot import QuarterReturn
from app.usecases.received import territories
from app.usecases.region_digests import keep_up
from app.usecases.region_returns import Source
from app.usecases.region_setup import create_region
from tests.returns.examples import body, need, ngo, service, sound_records, support

_FOLDER = tempfile.TemporaryDirectory(prefix="bench-region-")
SEED, TODAY, LAST = 47, date(2026, 10, 25), Quarter(2026, 3)
CODES = ("К1", "К2", "К3", "К4", "О1", "П1", "С3", "И1")
CATEGORIES = ("finance", "premises", "registration")
OWN_NUMBER, JOINT_NUMBER = "10947", "10847"  # of an NGO of one district, of one that works in thirty
OWN_INN = "98947"
OWN_KEY = "0d157000"


@cache
def template(quarter: Quarter, ngos: int) -> str:
    """The data of one district's return: so many NGOs, three services and one need of each second one a quarter."""
    records = _records(ngos, quarter)
    return canonical(build(records, quarter).ret)


def data_of(quarter: Quarter, place: int, oktmo: str, ngos: int, correction: int = 0) -> str:
    """The data of the return of one territory."""
    text = template(quarter, ngos).replace(OWN_KEY, f"{place:08x}")
    text = text.replace(OWN_NUMBER, f"1{place:04d}").replace(JOINT_NUMBER, f"2{place // 30:04d}")
    text = text.replace(OWN_INN, f"7{place:04d}").replace("41612000", oktmo)
    if correction:
        text = text.replace('"correction":0', f'"correction":{correction}')
        text = text.replace('"reason":""', '"reason":"нашли ошибку"', 1)
    return text


def _records(count: int, quarter: Quarter) -> Records:
    chance = random.Random(SEED)
    records = sound_records()
    ngos: list[Ngo] = []
    for n in range(count):
        joint = n % 10 == 0
        own = {"uuid": f"{OWN_KEY}-0000-4000-8000-{n:012d}"}
        if n % 6 == 5:
            ngos.append(body(100 + n, f"Клуб «Сосед {n}»", **own))
            continue
        number = f"{JOINT_NUMBER if joint else OWN_NUMBER}{n:08d}"
        ngos.append(ngo(100 + n, f"АНО «Организация {n}»", "71400", *(("sonko",) if n % 3 else ()), **own,
                        ogrn=number, inn=f"{OWN_INN}{n:05d}"))  # fmt: skip
    centres = tuple(
        Centre(id, f"{OWN_KEY}-0000-4000-9000-{id:012d}", f"Центр № {id}",
               f"{JOINT_NUMBER if id else OWN_NUMBER}9{id:07d}",
               agreements=(Agreement(str(id), date(2024, 1, 1), date(2027, 12, 31)),),
               plans={(year, code): Decimal(40) for year in (2025, 2026) for code in CODES[id::2]})
        for id in range(4)
    )  # fmt: skip
    services, needs, supports = [], [], []
    first = Quarter(quarter.year, 1)
    number = 0
    for one in (*first.year_to_date, *(q for q in quarter.year_to_date if q != first)):
        span = (one.last_day - one.first_day).days
        for n in range(count):
            for _ in range(2):
                number += 1
                on = one.first_day + timedelta(chance.randrange(span))
                services.append(service(number, n % 4, chance.choice(CODES), on, 100 + n, 100 + (n + 1) % count,
                                        evidence_no=f"Ж-{number}"))  # fmt: skip
            if n % 2:
                on = one.first_day + timedelta(chance.randrange(span))
                codes = (chance.choice(CODES),) if n % 3 else ()
                needs.append(need(number, 100 + n, chance.choice(CATEGORIES), on, codes=codes))
            if n % 3 == 0:
                on = one.first_day + timedelta(chance.randrange(span))
                supports.append(replace(support(number, 100 + n, "214", on, consultations=1), hours=Decimal(1)))
    return replace(
        records, today=quarter.next.first_day, ngos=tuple(ngos), centres=centres, services=tuple(services),
        needs=tuple(needs), supports=tuple(supports), events=(), executions=(), contests=(), applications=(),
        partnerships=(), practices=(), partners=(), plans=(), frozen={},
    )  # fmt: skip


@cache
def region_of(territories: int, quarters: int, ngos: int) -> Path:
    """A closed file of the region with a return of every territory for so many quarters up to III 2026.

    Returns are written past the intake and the journal, since nothing of them is measured; the digests are made by the
    program itself.  Territories beyond those of the oblast are added to the dictionary.
    """
    path = Path(_FOLDER.name) / f"область {territories} {quarters} {ngos}.db"
    fill(path, territories, quarters, ngos)
    return path


def fill(path: Path, territories: int, quarters: int, ngos: int) -> None:
    create_region(path, clock=Clock.fixed(TODAY), actor="Замер").close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA synchronous = OFF")
    codes = [code for (code,) in connection.execute("SELECT code FROM territory WHERE valid_to IS NULL ORDER BY code")]
    more = [f"9{n:07d}" for n in range(territories - len(codes))]
    connection.executemany(
        "INSERT INTO territory (code, name, name_genitive, kind, valid_from, own)"
        " SELECT ?, 'Округ ' || ?, 'Округа ' || ?, kind, valid_from, own FROM territory WHERE code = ?",
        [(code, code, code, codes[0]) for code in more],
    )
    codes = [*codes, *more][:territories]
    for quarter in quarters_to(LAST, quarters):
        connection.executemany(
            "INSERT INTO received_return (file_name, received_at, received_by, sha256, oktmo, quarter, correction,"
            " form_version, hand, result, data, data_sha256, envelope, file)"
            " VALUES (?1, ?2, 'Замер', ?3, ?1, ?4, 0, '2026.1', 0, 'accepted', ?5, ?3, '', x'00')",
            (
                (oktmo, f"{quarter.next.first_day} 10:00:00.000000", fingerprint(data), str(quarter), data)
                for data, oktmo in (
                    (data_of(quarter, place, oktmo, ngos), oktmo) for place, oktmo in enumerate(codes)
                )
            ),
        )
        connection.commit()
    connection.close()
    with Database.open(path, clock=Clock.fixed(TODAY), actor="Замер") as database:
        keep_up(database)


def codes_of(count: int) -> list[str]:
    """ОКТМО of districts of the oblast as its dictionary has them now."""
    with tempfile.TemporaryDirectory() as folder:
        database = create_region(Path(folder) / "область.db", clock=Clock.fixed(TODAY), actor="Замер")
        with database.read() as session:
            found = [one.code for one in territories(session) if one.valid_to is None]
        database.close()
    return sorted(found)[:count]


def parsed(session: Session, sources: Iterable[Source]) -> dict[str, QuarterReturn]:
    """Returns read one after another, nothing of them remembered."""
    query = select(ReceivedReturn.data)
    return {
        one.oktmo: parsed_return(session.scalars(query.where(ReceivedReturn.id == one.id)).one()) for one in sources
    }


def quarters_to(last: Quarter, count: int) -> list[Quarter]:
    """So many quarters, the last one last."""
    found = [last]
    while len(found) < count:
        found.append(found[-1].previous)
    return found[::-1]
