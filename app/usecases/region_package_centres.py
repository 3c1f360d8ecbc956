"""Plans of centres in a комплект: whose they are, and what they change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.identifiers import ogrn_fault
from app.core.text import fold_name
from app.models import CentrePlan, Ngo, ResourceCentre, ServiceCode, Territory
from app.returns.package import Package, PlannedVolume
from app.usecases.import_plan import Change, Outcome
from app.usecases.region_package_hands import KIND, Hands
from app.usecases.region_package_plan import PackageRow
from app.usecases.region_package_weighing import shown_volume

PART = "centre_plan"


@dataclass(frozen=True, slots=True)
class KnownCentres:
    """Centres on record by ОГРН (their own or of their NGO) and by name without the legal form."""

    by_ogrn: dict[str, list[int]]
    by_name: dict[str, list[tuple[int, str]]]

    def of(self, plan: PlannedVolume) -> list[int]:
        """Ids of the centres that the plan may mean: one, none, or several that a name does not tell apart."""
        if plan.ogrn and plan.ogrn in self.by_ogrn:
            return self.by_ogrn[plan.ogrn]
        named = self.by_name.get(fold_name(plan.centre), [])
        return [id for id, ogrn in named if not (ogrn and plan.ogrn)]  # two numbers tell two centres apart


def known_centres(session: Session) -> KnownCentres:
    """Centres on record, archived ones left out."""
    found = KnownCentres(defaultdict(list), defaultdict(list))
    query = (
        select(ResourceCentre.id, ResourceCentre.name, ResourceCentre.ogrn, Ngo.ogrn)
        .outerjoin(Ngo, Ngo.id == ResourceCentre.ngo_id)
        .where(ResourceCentre.archived_on.is_(None))
        .order_by(ResourceCentre.id)
    )
    for id, name, own, of_ngo in session.execute(query):
        ogrn = own or of_ngo or ""
        if ogrn:
            found.by_ogrn[ogrn].append(id)
        found.by_name[fold_name(name)].append((id, ogrn))
    return found


def chain_with(session: Session, package: Package) -> set[str]:
    """Codes of the file's own chain as it will be once the territories of the комплект are taken in."""
    rows = session.execute(select(Territory.code, Territory.successor_code, Territory.own)).all()
    after = {code: successor or "" for code, successor, _ in rows}
    after |= {territory.code: territory.successor_code for territory in package.territories}
    chain = {code for code, _, own in rows if own}
    while True:
        linked = {after[code] for code in chain if after.get(code)}
        linked |= {code for code, successor in after.items() if successor in chain}
        if linked <= chain:
            return chain
        chain |= linked


def weigh_plans(session: Session, package: Package, by: Hands) -> Iterator[PackageRow]:
    """Plans of the file's own territories.

    A plan that an earlier комплект brought for a year of which this one speaks, and which it no longer has, goes;
    a plan that a person entered stays.
    """
    own = chain_with(session, package)
    centres = known_centres(session)
    services = set(session.scalars(select(ServiceCode.code))) | {service.code for service in package.services}
    years = {plan.year for plan in package.plans}
    held = {
        (row.centre_id, row.territory_code, row.service_code, row.year): row
        for row in session.scalars(select(CentrePlan).where(CentrePlan.year.in_(years)).order_by(CentrePlan.id))
    }
    spoken: set[tuple[int, str, str, int]] = set()
    for plan in package.plans:
        if plan.territory not in own:
            continue
        found = centres.of(plan)
        fault = _fault(plan, found, services)
        if fault:
            yield _row(plan, Outcome.REJECTED, note=fault)
            spoken |= {(id, plan.territory, plan.service, plan.year) for id in found}
        elif not found:
            yield _of_unknown(plan)
        else:
            place = (found[0], plan.territory, plan.service, plan.year)
            spoken.add(place)
            yield _weighed(plan, found[0], held.get(place), by)
    names: dict[int, str] = dict(session.execute(select(ResourceCentre.id, ResourceCentre.name)).all())
    for place, row in held.items():
        writer = by.last(PART, str(row.id), "volume")
        if place not in spoken and row.territory_code in own and writer is not None and writer.kind == KIND:
            yield PackageRow(
                PART, f"снят {row.id}", row.service_code, f"{names[row.centre_id]}, {row.year}", Outcome.CHANGED,
                (Change("volume", "Объём", shown_volume(row.volume), "—"),), "В комплекте его больше нет.", id=row.id,
            )  # fmt: skip


def _fault(plan: PlannedVolume, found: list[int], services: set[str]) -> str:
    if plan.service not in services:
        return f"Услуги {plan.service} нет ни здесь, ни в комплекте."
    if plan.ogrn and not found:
        return ogrn_fault(plan.ogrn) or ""
    if len(found) > 1:
        return "Таких центров на учёте несколько: укажите в карточке нужного его ОГРН."
    return ""


def _of_unknown(plan: PlannedVolume) -> PackageRow:
    if plan.ogrn:
        return _row(plan, Outcome.NEW, note="Центра на учёте нет: заведётся его карточка.")
    note = "Центра с таким названием на учёте нет, а ОГРН в комплекте не указан. Согласие заведёт его карточку."
    return _row(plan, Outcome.DOUBTFUL, note=note)


def _weighed(plan: PlannedVolume, centre: int, held: CentrePlan | None, by: Hands) -> PackageRow:
    if held is None:
        return _row(plan, Outcome.NEW, id=centre)
    if held.volume == plan.volume:
        return _row(plan, Outcome.SAME, id=centre)
    touched = by.by_person(PART, str(held.id), "volume")
    note = f"План {touched}: без вашего согласия останется, как есть." if touched else ""
    change = Change("volume", "Объём", shown_volume(held.volume), shown_volume(plan.volume))
    return _row(plan, Outcome.DOUBTFUL if touched else Outcome.CHANGED, (change,), note, id=centre)


def _row(
    plan: PlannedVolume, outcome: Outcome, changes: tuple[Change, ...] = (), note: str = "", id: int | None = None
) -> PackageRow:
    key = f"{plan.ogrn or plan.centre} {plan.territory} {plan.service} {plan.year}"
    if outcome is Outcome.NEW and not changes:
        changes = (Change("volume", "Объём", "—", shown_volume(plan.volume)),)
    return PackageRow(PART, key, plan.service, f"{plan.centre}, {plan.year}", outcome, changes, note, plan, id)
