"""What a комплект of the region would change, entry by entry: seen by a person before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.returns.package import Package
from app.usecases.import_plan import Change, Counts, Outcome
from app.usecases.region_package_terms import InForce

PARTS: Mapping[str, str] = {
    "territory": "Территории",
    "legal_form": "Правовые формы",
    "activity": "Виды деятельности",
    "service_code": "Каталог услуг",
    "need_category": "Потребности",
    "form": "Форма отчёта",
    "term": "Сроки",
    "calendar_day": "Календарь",
    "centre_plan": "Планы центров",
}
"""Parts in the order of writing: what others point to comes first."""


@dataclass(frozen=True, slots=True)
class PackageRow:
    """One entry of a комплект beside what the district holds.

    place: its part and key, by which a doubtful one is accepted.  code: as the person knows it, '' where she does
    not.  note: why it is doubtful or wrong, or what more it does.  entry: of the комплект, None for what it drops.
    id: of the centre whose plan it is, or of the kept plan that it drops.
    """

    part: str
    key: str
    code: str
    title: str
    outcome: Outcome
    changes: tuple[Change, ...] = ()
    note: str = ""
    entry: Any = None
    id: int | None = None

    @property
    def place(self) -> str:
        return f"{self.part}:{self.key}"


@dataclass(frozen=True, slots=True)
class PackagePreview:
    """A комплект laid over the file.  notes: what a person should know of it as a whole.

    elsewhere: plans of other districts, which this file does not keep.
    """

    package: Package
    sha256: str
    in_force: InForce | None
    notes: tuple[str, ...]
    rows: tuple[PackageRow, ...]
    elsewhere: int = 0
    counts: Counts = field(default_factory=Counts)

    @property
    def renewed(self) -> bool:
        """Is it another one than that in force?  Then taking it in changes at least the № of later returns."""
        return self.in_force is None or self.in_force.sha256 != self.sha256
