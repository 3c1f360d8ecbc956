"""A district for tests, in the words of a curator, over a real file.

    district = District(tmp_path)
    svet = district.ngo("АНО «Свет»", sonko=True)
    district.at("2026-08-12").support(svet, amount="50 000")
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from app.core.clock import Clock
from app.core.fields import Values
from app.core.identifiers import inn_with_check_digit, ogrn_with_check_digit
from app.core.periods import Quarter
from app.models.database import Database
from app.usecases import registers
from app.usecases.records import save
from app.usecases.setup import create_district

T = TypeVar("T")
_FILES = tempfile.TemporaryDirectory(prefix="districts-")
OKTMO = "41612000"


def on(day: str | date) -> date:
    """A day written as 2026-08-12 or 12.08.2026."""
    if isinstance(day, date):
        return day
    if "." in day:
        number, month, year = day.split(".")
        return date(int(year), int(month), int(number))
    return date.fromisoformat(day)


def money(amount: str | int | Decimal) -> Decimal:
    return Decimal(str(amount).replace(" ", "").replace("\u00a0", "").replace(",", "."))


class District:
    """One file of a district with a clock that stands still until it is moved."""

    def __init__(self, folder: Path, *, oktmo: str = OKTMO, today: str | date = "2026-07-01") -> None:
        self.path = folder / "район.db"
        self.clock = Clock.fixed(on(today))
        shutil.copy(_empty(oktmo, on(today)), self.path)
        self.database = Database.open(self.path, clock=self.clock, actor="Куратор", account="curator")
        self._numbers = 0

    @classmethod
    def copied(cls, kept: Path, folder: Path, *, today: str | date) -> District:
        """A copy of a district's file that a test left closed, opened on a day."""
        district = cls.__new__(cls)
        district.path = folder / "район.db"
        district.clock = Clock.fixed(on(today))
        shutil.copy(kept, district.path)
        district.database = Database.open(district.path, clock=district.clock, actor="Куратор", account="curator")
        district._numbers = 5000
        return district

    def at(self, day: str | date) -> District:
        """Move the clock to a day."""
        self.clock.set_day(on(day))
        return self

    def read(self, fn: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        with self.database.read() as session:
            return fn(session, *args, **kwargs)

    def write(self, fn: Callable[..., T], *args: Any, kind: str = "edit", title: str = "правка", **kwargs: Any) -> T:
        with self.database.write(kind, title) as session:
            return fn(session, *args, **kwargs)

    def close(self) -> None:
        self.database.close()

    def __enter__(self) -> District:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # what a curator records

    def save(self, register: str, values: Values, *, id: int | None = None, lines: Any = None) -> int:
        return self.write(save, register, values, id=id, lines=lines)

    def card(self, register: str, id: int) -> registers.Card:
        return self.read(registers.card, register, id)

    def ogrn(self) -> str:
        """A new ОГРН with its check digit."""
        self._numbers += 1
        return ogrn_with_check_digit(f"12347{self._numbers:07d}")

    def inn(self) -> str:
        """A new ИНН of a legal entity with its check digit."""
        self._numbers += 1
        return inn_with_check_digit(f"4703{self._numbers:05d}")

    def ngo(
        self,
        name: str = "",
        *,
        taken_on: str | date | None = None,
        before_records: bool = False,
        status: str = "active",
        sonko: bool = False,
        marks: Sequence[str] = (),
        activities: Sequence[str] = (),
        lines: Mapping[str, Sequence[Values]] | None = None,
        **values: Any,
    ) -> int:
        """An АНО on record, with ОГРН and ИНН of its own unless told otherwise."""
        start = on(taken_on) if taken_on else self.clock.today()
        if values.get("kind") != "body":
            values = {"okopf": "71400", "ogrn": self.ogrn(), "inn": self.inn()} | values
        self._numbers += 1
        wanted = ("sonko", *marks) if sonko else tuple(marks)
        all_lines: dict[str, Sequence[Values]] = {
            "ngo_interval": [{"taken_on": start, "before_records": before_records}],
            "ngo_status": [{"since": start, "status": status}],
            "ngo_mark": [{"mark": mark, "since": start} for mark in wanted],
            "ngo_activity": [{"activity_code": code} for code in activities],
        }
        given = {"name": name or f"АНО «Организация {self._numbers}»"} | values
        return self.save("ngo", given, lines=all_lines | dict(lines or {}))

    def body(self, name: str = "Инициативная группа «Двор»", **kwargs: Any) -> int:
        """A group without a legal entity."""
        return self.ngo(name, kind="body", **kwargs)

    def support(
        self, ngo: int, amount: str | int = "50 000", *, form: str = "211", day: str | date | None = None, **values: Any
    ) -> int:
        """A decision of today, or of the day given; money from the local budget."""
        self._numbers += 1
        decided = on(day) if day else self.clock.today()
        sizes: dict[str, Any] = {
            "211": {"amount": money(amount)},
            "212": {"area": Decimal(40), "objects": 1, "object_name": "помещение"},
            "213": {"publications": 1},
            "214": {"consultations": 1, "hours": Decimal(1)},
            "215": {"people": 2, "hours": Decimal(8)},
            "216": {"amount": money(amount)},
            "217": {"amount": money(amount), "cases": 1},
            "218": {"cases": 1},
        }
        term = {"starts_on": decided, "ends_on": date(decided.year, 12, 31)} if form in ("211", "212") else {}
        given = {"ngo_id": ngo, "form": form, "decision_on": decided, "decision_no": f"{self._numbers}-р"}
        return self.save("support", given | sizes[form] | term | values)

    def centre(self, name: str = "АНО «Опора»", **values: Any) -> int:
        """A resource centre with an agreement for this year."""
        year = self.clock.today().year
        agreement = {"number": "1", "starts_on": date(year, 1, 1), "ends_on": date(year, 12, 31)}
        return self.save("centre", {"name": name, **values}, lines={"centre_agreement": [agreement]})

    def service(
        self,
        centre: int,
        code: str = "К4",
        recipients: Sequence[int | None] = (None,),
        *,
        day: str | date | None = None,
        first_time: bool = False,
        **values: Any,
    ) -> int:
        """A service of today, or of the day given, with evidence; None among recipients is «граждане»."""
        self._numbers += 1
        given = {
            "centre_id": centre,
            "service_code": code,
            "provided_on": on(day) if day else self.clock.today(),
            "quantity": Decimal(1),
            "hours": Decimal(1),
            "people": len(recipients),
            "evidence_kind": "журнал",
            "evidence_no": str(self._numbers),
        }
        lines = {"service_recipient": [{"ngo_id": ngo, "first_time": first_time} for ngo in recipients]}
        return self.save("service", given | values, lines=lines)

    def need(self, ngo: int, category: str = "finance", *, day: str | date | None = None, **values: Any) -> int:
        opened = on(day) if day else self.clock.today()
        return self.save("need", {"ngo_id": ngo, "category_code": category, "opened_on": opened, **values})

    def partner(self, name: str = "ООО «Берег»", **values: Any) -> int:
        return self.save("partner", {"kind": "company", "name": name, "inn": self.inn(), **values})

    def agreement(self, partner: int, parties: Sequence[int], *, starts: str | date, ends: str | date | None = None,
                  contributions: Sequence[Values] = (), **values: Any) -> int:  # fmt: skip
        self._numbers += 1
        number = f"С-{self._numbers}"
        given = {"partner_id": partner, "number": number, "starts_on": on(starts), "parties": tuple(parties)}
        if ends:
            given["ends_on"] = on(ends)
        return self.save("agreement", given | values, lines={"contribution": list(contributions)})

    def practice(self, ngo: int, title: str = "Вторая жизнь вещей", *, presented: str | date | None = None,
                 **values: Any) -> int:  # fmt: skip
        day = on(presented) if presented else self.clock.today()
        lines = {"practice_state": [{"state": "presented", "reached_on": day}]}
        return self.save("practice", {"title": title, "ngo_id": ngo, **values}, lines=lines)

    def contest(self, year: int = 2026, **values: Any) -> int:
        return self.save("grant_contest", {"year": year, "title": "Муниципальный этап гранта Губернатора", **values})

    def freeze_plainly(self, quarter: Quarter) -> None:
        """Close a quarter as freezing does, without its papers: for tests of periods of account alone."""
        self.write(_keep_bare_return, quarter, OKTMO, kind="return")


@cache
def _empty(oktmo: str, today: date) -> Path:
    """A new file of a district, made once a process and copied for each test."""
    path = Path(_FILES.name) / f"{oktmo}-{today}.db"
    create_district(path, oktmo, clock=Clock.fixed(today), actor="Куратор", account="curator").close()
    return path


def _keep_bare_return(session: Any, quarter: Quarter, oktmo: str) -> None:
    from app.models import FrozenReturn

    session.add(
        FrozenReturn(
            quarter=quarter, oktmo=oktmo, correction=0, form_version="2026.1", frozen_at=session.info["clock"].now(),
            frozen_by="Куратор", data="{}", sha256="0" * 64, envelope="{}", pdf=b"", xlsx=b"",
        )
    )  # fmt: skip
    session.flush()
