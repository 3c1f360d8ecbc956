"""The region issues a комплект: what would go down, what differs from the last one, which were issued.

Each is numbered and kept whole with its bytes.  One that says nothing new is the last one again.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import AppError, Deed
from app.core.russian import amount, day
from app.core.text import NBSP
from app.models import IssuedPackage, Unit
from app.returns.package import Package
from app.returns.package_codec import fingerprint, read_package, write_package
from app.returns.package_reading import PARTS, key_of
from app.usecases.accounts import today_of
from app.usecases.region_package_making import compose
from app.usecases.region_setup import refuse_role

KIND = "package"
"""The kind of the batch that issues a комплект."""


@dataclass(frozen=True, slots=True)
class Issued:
    """A комплект that was issued.  sha256: the hash by which it is known; size: bytes of its file."""

    number: int
    on: date
    previous: int | None
    sha256: str
    at: datetime
    by: str
    size: int

    @property
    def title(self) -> str:
        return f"№{NBSP}{self.number} от {day(self.on)}"


@dataclass(frozen=True, slots=True)
class Difference:
    """An entry that differs from the last комплект.  part: of `PARTS`; what: new, changed, gone.

    before and after: what is unlike, in words; '' for an entry that is new or gone.
    """

    part: str
    key: str
    title: str
    what: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Prospect:
    """What would go down now, beside what went last.  counts: entries by part.  is_new: it differs from the last."""

    package: Package
    last: Issued | None
    counts: tuple[tuple[str, int], ...]
    differences: tuple[Difference, ...]
    is_new: bool


def prospect(session: Session) -> Prospect:
    """What `issue` would write today.  AppError when the file is not the region's."""
    refuse_role(session, region=True)
    kept = _last(session)
    last = _issued(kept) if kept is not None else None
    package = _composed(session, last)
    counts = tuple((part, len(getattr(package, part))) for part in PARTS)
    former = read_package(kept.file) if kept is not None else None
    if former is not None and _as_numbered(package, former) == former:
        return Prospect(former, last, counts, (), is_new=False)
    return Prospect(package, last, counts, _differences(former, package) if former else (), is_new=True)


def issue(session: Session) -> tuple[Issued, bytes]:
    """A комплект of what the file holds now, numbered and kept; the last one where nothing has changed since.

    AppError for an entry that no district could take in, with the place where it is mended.
    """
    found = prospect(session)
    if not found.is_new:
        kept = _last(session)
        assert kept is not None
        return _issued(kept), kept.file
    package = found.package
    try:
        content = write_package(package)
    except AppError as fault:
        raise AppError(
            fault.message.replace("В комплекте ошибка", "Комплект не записан"),
            "Исправьте эту запись в справочниках или в планах центров и запишите комплект снова.", Deed.DICTIONARIES,
        ) from fault
    row = IssuedPackage(
        number=package.number, issued_on=package.on, previous=package.previous, sha256=fingerprint(package),
        file=content, at=session.info["clock"].now(), by=session.info["actor"],
    )  # fmt: skip
    session.info["title"] = f"Выпущен комплект {package.title}"
    session.add(row)
    session.flush()
    return _issued(row), content


def issued(session: Session) -> tuple[Issued, ...]:
    """Every комплект that was issued, the latest first."""
    return tuple(_issued(row) for row in session.scalars(select(IssuedPackage).order_by(IssuedPackage.number.desc())))


def file_of(session: Session, number: int) -> tuple[str, bytes]:
    """The name and bytes of the file of a комплект.  AppError when there was none of that №."""
    row = session.scalars(select(IssuedPackage).where(IssuedPackage.number == number)).first()
    if row is None:
        raise AppError(f"Комплекта №{NBSP}{number} не было.", "Перечень выпущенных — на странице «Комплект».")
    return read_package(row.file).file_name, row.file


def issued_faults(session: Session) -> list[str]:
    """Комплекты whose file does not fit the hash and № that were kept with it."""
    found = []
    for row in session.scalars(select(IssuedPackage).order_by(IssuedPackage.number)):
        try:
            package = read_package(row.file)
            sound = (
                package.number == row.number and package.on == row.issued_on and fingerprint(package) == row.sha256
            )
        except AppError:
            sound = False
        if not sound:
            found.append(f"Выпущенный комплект №{NBSP}{row.number} не сходится со своей контрольной строкой.")
    return found


def _last(session: Session) -> IssuedPackage | None:
    return session.scalars(select(IssuedPackage).order_by(IssuedPackage.number.desc()).limit(1)).first()


def _issued(row: IssuedPackage) -> Issued:
    return Issued(row.number, row.issued_on, row.previous, row.sha256, row.at, row.by, len(row.file))


def _composed(session: Session, last: Issued | None) -> Package:
    unit = session.get(Unit, 1)
    return compose(
        session, last.number + 1 if last else 1, today_of(session), previous=last.number if last else None,
        by=unit.administration.strip() if unit is not None else "",
    )  # fmt: skip


def _as_numbered(package: Package, like: Package) -> Package:
    return replace(package, number=like.number, on=like.on, previous=like.previous)


def _differences(former: Package, package: Package) -> tuple[Difference, ...]:
    found: list[Difference] = []
    if former.due_day != package.due_day:
        found.append(
            Difference("due_day", "", "День сдачи отчёта", "changed", str(former.due_day), str(package.due_day))
        )
    if former.by != package.by:
        found.append(Difference("by", "", "Кто выпустил", "changed", former.by, package.by))
    for part in PARTS:
        before = {key_of(entry): entry for entry in getattr(former, part)}
        after = {key_of(entry): entry for entry in getattr(package, part)}
        for key in dict.fromkeys((*before, *after)):
            one, other = before.get(key), after.get(key)
            if one != other:
                found.append(_difference(part, key, one, other))
    return tuple(found)


def _difference(part: str, key: tuple[str, ...], before: Any, after: Any) -> Difference:
    entry = after if after is not None else before
    told = " · ".join(key)
    title = _title(entry)
    if before is None or after is None:
        volume = _shown(entry.volume) if part == "plans" else ""
        what = "gone" if after is None else "new"
        return Difference(part, told, title, what, volume if what == "gone" else "", volume if what == "new" else "")
    unlike = [spec.name for spec in fields(entry) if getattr(before, spec.name) != getattr(after, spec.name)]
    return Difference(
        part, told, title, "changed", "; ".join(_shown(getattr(before, name)) for name in unlike),
        "; ".join(_shown(getattr(after, name)) for name in unlike),
    )  # fmt: skip


def _title(entry: Any) -> str:
    for name in ("title", "name", "centre", "note", "version"):
        if found := getattr(entry, name, ""):
            return str(found)
    return ""


def _shown(value: Any) -> str:
    if value in (None, ""):
        return "—"
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, date):
        return day(value)
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "—"
    return amount(value) if hasattr(value, "quantize") else str(value)
