"""Plans of centres from a filled table: what it would change is seen first, then taken in as one batch.

A row is a plan of a centre, an agreement of it, or both at once.  What the table does not name stays.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import AppError
from app.core.fields import Values
from app.core.progress import SILENT, Progress
from app.core.russian import integer
from app.core.text import fold, fold_name
from app.exchange import ReadRow, match_columns, read_rows, read_tables
from app.exchange.workbook_dangers import refuse_dangers
from app.models import RegionPlan, ResourceCentre, ServiceCode, Territory
from app.returns.package import PlannedVolume
from app.usecases.import_plan import Change, Counts, Outcome
from app.usecases.region_package_centres import KnownCentres, known_centres
from app.usecases.region_plan_columns import AGREEMENT, PACKAGES, PLAN, TABLE, TOLD
from app.usecases.region_plan_packages import package_rows, write_package
from app.usecases.region_plan_row import PlanRow, code_of, rejected, shown
from app.usecases.region_plans import (
    LARGEST,
    HeldAgreement,
    agreements_of,
    chosen_in,
    holds_in,
    save_centre,
)
from app.usecases.region_setup import refuse_role

MOST_ROWS = 20_000
"""So many plans a комплект can hold."""
UNWRITTEN = "План не вписан: строка стоит по отчёту района."


@dataclass(frozen=True, slots=True)
class PlanPreview:
    """A table laid over the file.

    left: plans of its years and centres that it does not name, and that stay.  unwritten: rows written from the
    returns into which nobody has put a plan.
    """

    name: str
    rows: tuple[PlanRow, ...]
    counts: Counts
    left: int = 0
    unwritten: int = 0


def preview_plans(session: Session, path: Path, *, progress: Progress = SILENT) -> PlanPreview:
    """What the table would change.  AppError when it is no table of plans or the file is not the region's."""
    refuse_role(session, region=True)
    refuse_dangers(path, path.name)
    weighing = _Weighing(session)
    rows: list[PlanRow] = []
    for table in read_tables(path, record_type=TABLE, progress=progress):
        if table.sheet == PACKAGES.title:
            continue
        columns = match_columns(table, TABLE)
        if "centre" not in columns.columns or not {"volume", "number"} & set(columns.columns):
            continue
        for row in read_rows(table, columns, TABLE):
            if row.fragment:
                continue
            if len(rows) >= MOST_ROWS:
                raise AppError(f"В таблице больше {integer(MOST_ROWS)} строк.", "Разделите её на части.")
            rows.append(weighing.row(table.sheet, row))
    rows += package_rows(session, path, weighing.territory)
    if not rows:
        raise AppError(
            f"В файле «{path.name}» нет таблицы планов.",
            "Нужны графы «Центр», «Район», «Услуга», «Год», «Объём на год»: запишите таблицу для заполнения и впишите.",
        )
    counts = dict.fromkeys(Outcome, 0)
    for one in rows:
        counts[one.outcome] += 1
    return PlanPreview(
        path.name, tuple(rows), Counts(**{outcome.value: number for outcome, number in counts.items()}),
        weighing.left(rows), sum(one.note == UNWRITTEN for one in rows),
    )  # fmt: skip


def take_plans(session: Session, path: Path, *, progress: Progress = SILENT) -> PlanPreview:
    """Write what is new and changed, weighed anew in this transaction; wrong rows are left out.  Never commits."""
    seen = preview_plans(session, path, progress=progress)
    made: dict[str, int] = {}
    for row in seen.rows:
        if row.outcome not in (Outcome.NEW, Outcome.CHANGED):
            continue
        if row.package:
            write_package(session, row)
            continue
        centre = _centre(session, row, made)
        if row.territory:
            _write_plan(session, row, centre)
    session.flush()
    counts = f"новых {integer(seen.counts.new)}, изменённых {integer(seen.counts.changed)}"
    session.info["title"] = f"Планы центров: {counts}"
    return seen


def _centre(session: Session, row: PlanRow, made: dict[str, int]) -> int:
    """Id of the row's centre, written with its agreement where the row says something new of it."""
    id = row.centre_id if row.centre_id is not None else made.get(row.key)
    values: dict[str, Any] = {}
    if id is None:
        values = {"name": row.centre, "ogrn": row.ogrn or None}
    elif any(change.field == "ogrn" for change in row.changes):
        values = {"ogrn": row.ogrn}
    if values or row.agreement:
        id = save_centre(session, values, row.agreement or None, id)
    assert id is not None
    made[row.key] = id
    return id


def _write_plan(session: Session, row: PlanRow, centre: int) -> None:
    query = select(RegionPlan).filter_by(
        centre_id=centre, territory_code=row.territory, service_code=row.service, year=row.year
    )
    kept = session.scalars(query).first()
    assert row.volume is not None
    assert row.year is not None
    if kept is None:
        session.add(
            RegionPlan(centre_id=centre, territory_code=row.territory, service_code=row.service, year=row.year,
                       volume=row.volume, money=row.money or Decimal(0))
        )  # fmt: skip
        return
    kept.volume = row.volume
    if row.money is not None:
        kept.money = row.money


class _Weighing:
    """Rows of one table laid over the file, each beside those before it."""

    def __init__(self, session: Session) -> None:
        self._centres: KnownCentres = known_centres(session)
        self._names: dict[int, tuple[str, str]] = {
            id: (name, ogrn or "")
            for id, name, ogrn in session.execute(select(ResourceCentre.id, ResourceCentre.name, ResourceCentre.ogrn))
        }
        self._territories = list(session.scalars(select(Territory).order_by(Territory.valid_from, Territory.code)))
        self._services = {row.code: row for row in session.scalars(select(ServiceCode))}
        self._agreements: dict[str, dict[str, HeldAgreement | Values]] = {
            f"#{id}": {one.number: one for one in held} for id, held in agreements_of(session).items()
        }
        self._plans = {
            (f"#{row.centre_id}", row.territory_code, row.service_code, row.year): row
            for row in session.scalars(select(RegionPlan))
        }
        self._seen: dict[tuple[str, str, str, int | None], int] = {}
        self._new: dict[str, str] = {}  # name without the legal form or ОГРН -> key of a centre the table brings

    def row(self, sheet: str, read: ReadRow) -> PlanRow:
        values = read.values
        row = PlanRow(sheet, read.number, str(values.get("centre", "")), Outcome.SAME, ogrn=values.get("ogrn", ""))
        if read.faults:
            key, fault = next(iter(read.faults.items()))
            return rejected(row, f"{TABLE[key].title}: {fault}")
        row = self._of_centre(row)
        if row.outcome is Outcome.REJECTED:
            return row
        if any(key in values for key in AGREEMENT):
            row = self._with_agreement(row, {key: values[key] for key in AGREEMENT if key in values})
        if row.outcome is not Outcome.REJECTED and _to_be_written(values):
            if not row.agreement:
                return replace(row, outcome=Outcome.SAME, changes=(), note=UNWRITTEN)
        elif row.outcome is not Outcome.REJECTED and any(key in values for key in PLAN):
            row = self._with_plan(row, values)
        if row.outcome is not Outcome.REJECTED:
            self._remember(row)
        return row

    def left(self, rows: Iterable[PlanRow]) -> int:
        """Plans of the named centres and years that no row names."""
        named = {row.place for row in rows}
        of = {(row.key, row.year) for row in rows if row.year is not None}
        return sum(place not in named and (place[0], place[3]) in of for place in self._plans)

    def _of_centre(self, row: PlanRow) -> PlanRow:
        if not row.centre and not row.ogrn:
            return rejected(row, "Не назван центр.")
        found = self._centres.of(PlannedVolume(row.centre, row.ogrn, "", "", 0, Decimal(0)))
        if len(found) > 1:
            return rejected(row, "Таких центров несколько: укажите ОГРН нужного.")
        if found:
            name, ogrn = self._names[found[0]]
            row = replace(row, centre_id=found[0], key=f"#{found[0]}", centre=row.centre or name)
            if row.ogrn and not ogrn and row.key not in self._new:
                return replace(row, outcome=Outcome.CHANGED, changes=(Change("ogrn", "ОГРН", "—", row.ogrn),))
            if fold_name(name) != fold_name(row.centre):
                return replace(row, note=f"По ОГРН это «{name}».")
            return row
        if not row.centre:
            return rejected(row, f"Центра с ОГРН {row.ogrn} нет: впишите его название.")
        key = self._new.get(row.ogrn) if row.ogrn else self._new.get(fold_name(row.centre))
        if key is None and row.ogrn and f"+{fold_name(row.centre)}" in self._new:
            return rejected(row, "Выше этот центр назван без ОГРН: впишите ОГРН и там.")
        note = "" if key else "Центра ещё нет: заведётся его карточка."
        return replace(row, key=key or f"+{row.ogrn or fold_name(row.centre)}", outcome=Outcome.NEW, note=note)

    def _with_agreement(self, row: PlanRow, told: dict[str, Any]) -> PlanRow:
        number = told.get("number")
        if not number:
            return rejected(row, "Не указан № соглашения, а сведения о нём есть.")
        kept = self._agreements.get(row.key, {}).get(number)
        if isinstance(kept, HeldAgreement):
            before: Values = {key: getattr(kept, key) for key in AGREEMENT}
        else:
            before = kept or {}
        merged = {**{key: value for key, value in before.items() if value is not None}, **told}
        for key in ("starts_on", "ends_on"):
            if merged.get(key) is None:
                return rejected(row, f"У соглашения №\u00a0{number} не указано «{TABLE[key].title}».")
        if merged["ends_on"] < merged["starts_on"]:
            return rejected(row, "Соглашение заканчивается раньше, чем начинается.")
        unlike = [key for key in told if key != "number" and before.get(key) != told[key]]
        if kept is not None and not isinstance(kept, HeldAgreement) and unlike:
            return rejected(row, f"Соглашение №\u00a0{number} выше в таблице названо иначе.")
        if kept is not None and not unlike:
            return row
        changes = tuple(
            Change(key, TABLE[key].title, shown(before.get(key), key), shown(merged.get(key), key))
            for key in (told if kept is None else unlike)
        )
        outcome = Outcome.NEW if row.outcome is Outcome.NEW else Outcome.CHANGED
        return replace(row, agreement=merged, outcome=outcome, changes=row.changes + changes)

    def _with_plan(self, row: PlanRow, values: Values) -> PlanRow:
        missing = [TABLE[key].title for key in PLAN[:4] if key not in values]
        if missing:
            return rejected(row, f"Не заполнено: {', '.join(f'«{title}»' for title in missing)}.")
        year = values["year"]
        territory = self.territory(str(values["territory_code"]), year)
        if isinstance(territory, str):
            return rejected(row, territory)
        service = self._services.get(code_of(str(values["service_code"]), self._services))
        if service is None:
            return rejected(row, f"Услуги «{values['service_code']}» нет в каталоге.")
        if not holds_in(service, year):
            return rejected(row, f"Услуги {service.code} в {year} году в каталоге нет.")
        volume, money = values["volume"], values.get("money")
        if volume < 0 or (money or 0) < 0 or max(volume, money or 0) > LARGEST:
            return rejected(row, "Объём и деньги — числа от 0 до триллиона.")
        row = replace(row, territory=territory.code, territory_name=territory.name, service=service.code, year=year,
                      volume=volume, money=money)  # fmt: skip
        if row.place in self._seen:
            return rejected(row, f"Тот же план уже стоит в строке {self._seen[row.place]}.")
        kept = self._plans.get((row.key, row.territory, row.service, year))
        if kept is None:
            return replace(row, outcome=Outcome.NEW, changes=(*row.changes, *_figures(None, volume, money)))
        changes = _figures(kept, volume, money)
        outcome = Outcome.CHANGED if changes and row.outcome is Outcome.SAME else row.outcome
        return replace(row, outcome=outcome, changes=(*row.changes, *changes))

    def _remember(self, row: PlanRow) -> None:
        if row.territory:
            self._seen.setdefault(row.place, row.number)
        for name in (row.ogrn, fold_name(row.centre)):
            if name:
                self._new.setdefault(name, row.key)
        self._new[row.key] = row.key
        if row.agreement:
            self._agreements.setdefault(row.key, {})[row.agreement["number"]] = row.agreement

    def territory(self, text: str, year: int) -> Territory | str:
        """The territory that is meant in that year, or why there is none."""
        bare = fold(text)
        meant = [one for one in self._territories if bare in (one.code, fold(one.name), fold(one.name).split(" ")[0])]
        held = [one for one in meant if holds_in(one, year)]
        if len(held) > 1:  # a district turned into an okrug within the year
            held = [one for one in chosen_in(held, year) if isinstance(one, Territory)] or held[-1:]
        if held:
            return held[0]
        return f"Территории «{text}» в {year} году нет." if meant else f"Территории «{text}» нет в области."


def _to_be_written(values: Values) -> bool:
    """A row that the program put there, of work that the returns tell, and that nobody has filled."""
    return any(key in values for key in TOLD) and not {"volume", "money"} & set(values)


def _figures(kept: RegionPlan | None, volume: Decimal, money: Decimal | None) -> tuple[Change, ...]:
    found = []
    if kept is None or kept.volume != volume:
        found.append(Change("volume", "Объём", shown(kept.volume if kept else None), shown(volume)))
    if money is not None and (kept is None or kept.money != money):
        before = shown(kept.money if kept else None, "money")
        found.append(Change("money", "Деньги, ₽", before, shown(money, "money")))
    return tuple(found)


