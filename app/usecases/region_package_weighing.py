"""A комплект laid over what the file holds: new, changed field by field, the same, doubtful, wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.russian import amount, day
from app.models import Activity, CalendarDay, LegalForm, NeedCategory, ServiceCode, Territory
from app.records.choices import FIXED
from app.returns import package as p
from app.returns.form import FORMS
from app.usecases.dictionary_links import need_map
from app.usecases.import_plan import Change, Outcome
from app.usecases.region_package_hands import Hands
from app.usecases.region_package_plan import PackageRow
from app.usecases.region_package_terms import terms_of_forms
from app.usecases.setup import settings

DUE_DAY = "due_day"
_FIELDS: dict[str, tuple[str, str]] = {
    "title": ("Название", ""), "name": ("Название", ""), "name_genitive": ("В родительном падеже", ""),
    "origin": ("Чей", "origin"), "short": ("Кратко", ""), "row": ("Строка отчёта", "legal_form_row"),
    "may_be_sonko": ("Может быть СОНКО", ""), "hidden": ("Не предлагать", ""), "warning": ("Предупреждение", ""),
    "unit": ("Единицы", ""), "evidence": ("Подтверждение", ""), "hours_required": ("Часы обязательны", ""),
    "sort": ("Порядок", ""), "services": ("Отвечают услуги", ""), "kind": ("Вид", "territory_kind"),
    "valid_from": ("Действует с", ""), "valid_to": ("Последний день", ""), "successor_code": ("Преемник", ""),
}  # fmt: skip
"""Field of an entry -> its title and the fixed dictionary of its values."""
CODELESS = "need_category"


@dataclass(frozen=True, slots=True)
class Dictionary:
    """A part kept in a table of its own: the entries of the комплект, the class, the word of an entry."""

    part: str
    kept: Any
    entries: Callable[[p.Package], Sequence[Any]]
    title: str = "title"


DICTIONARIES = (
    Dictionary("territory", Territory, lambda package: package.territories, "name"),
    Dictionary("legal_form", LegalForm, lambda package: package.legal_forms),
    Dictionary("activity", Activity, lambda package: package.activities),
    Dictionary("service_code", ServiceCode, lambda package: package.services),
    Dictionary("need_category", NeedCategory, lambda package: package.categories),
)


def weigh_dictionaries(session: Session, package: p.Package, by: Hands) -> Iterator[PackageRow]:
    """Entries of territories, legal forms, activities, services, categories with the need map."""
    for dictionary in DICTIONARIES:
        entries = dictionary.entries(package)
        held = {row.code: row for row in session.scalars(select(dictionary.kept))} if entries else {}
        for entry in entries:
            yield _weighed(session, dictionary, entry, held.get(entry.code), by, package)


def _weighed(
    session: Session, dictionary: Dictionary, entry: Any, held: Any, by: Hands, package: p.Package
) -> PackageRow:
    part, code = dictionary.part, "" if dictionary.part == CODELESS else entry.code

    def row(outcome: Outcome, changes: tuple[Change, ...] = (), note: str = "") -> PackageRow:
        return PackageRow(part, entry.code, code, getattr(entry, dictionary.title), outcome, changes, note, entry)

    if part == "need_category":
        unknown = sorted(set(entry.services) - _catalogue(session, package))
        if unknown:
            return row(Outcome.REJECTED, note=f"Таких услуг нет ни здесь, ни в комплекте: {', '.join(unknown)}.")
    if held is None:
        said = [(spec.name, getattr(entry, spec.name)) for spec in fields(entry)]
        brought = (pair for pair in said if pair[0] not in ("code", "sort", dictionary.title) and pair[1])
        return row(Outcome.NEW, tuple(_change(name, None, value) for name, value in brought))
    now = {spec.name: held_value(session, held, spec.name) for spec in fields(entry)}
    differing = [name for name in now if _unlike(name, now[name], getattr(entry, name))]
    changes = tuple(_change(name, now[name], getattr(entry, name)) for name in differing)
    if not changes:
        return row(Outcome.SAME)
    touched = by.by_person(part, entry.code, *differing)
    return row(Outcome.DOUBTFUL if touched else Outcome.CHANGED, changes, _sentence(touched))


def held_value(session: Session, held: Any, name: str) -> Any:
    """What the file holds of a field, as the комплект would say it."""
    if name == "services":
        return need_map(session)[held.code]
    value = getattr(held, name)
    return "" if name == "successor_code" and value is None else value


def _unlike(name: str, now: Any, new: Any) -> bool:
    return set(now) != set(new) if name == "services" else bool(now != new)


def _catalogue(session: Session, package: p.Package) -> set[str]:
    return set(session.scalars(select(ServiceCode.code))) | {service.code for service in package.services}


def _change(name: str, now: Any, new: Any) -> Change:
    title, choices = _FIELDS.get(name, (name, ""))
    return Change(name, title, _shown(now, choices), _shown(new, choices))


def _shown(value: Any, choices: str = "") -> str:
    if value in (None, ""):
        return "—"
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, date):
        return day(value)
    if isinstance(value, tuple):
        return ", ".join(value) or "—"
    if choices:
        return FIXED[choices].get(value, str(value))
    return str(value)


def _sentence(touched: str) -> str:
    return f"{touched[0].upper()}{touched[1:]}: без вашего согласия останется, как есть." if touched else ""


def weigh_terms(session: Session, package: p.Package, by: Hands) -> Iterator[PackageRow]:
    """The day on which the return is due."""
    if package.due_day is None:
        return
    now = settings(session).due_day
    title = "День сдачи отчёта"
    if now == package.due_day:
        yield PackageRow("term", DUE_DAY, "", title, Outcome.SAME, entry=package.due_day)
        return
    touched = by.by_person("setting", DUE_DAY, "value")
    yield PackageRow(
        "term", DUE_DAY, "", title, Outcome.DOUBTFUL if touched else Outcome.CHANGED,
        (Change(DUE_DAY, "День месяца", str(now), str(package.due_day)),), _sentence(touched), package.due_day,
    )  # fmt: skip


def weigh_calendar(session: Session, package: p.Package, by: Hands) -> Iterator[PackageRow]:
    """Days of the work calendar; days the комплект does not name stay as they are."""
    held = {row.day: row for row in session.scalars(select(CalendarDay))}
    for entry in package.calendar:
        key, kept = entry.day.isoformat(), held.get(entry.day)
        usual = entry.day.weekday() < 5
        now, note = (kept.working, kept.note) if kept is not None else (usual, "")
        changes = [] if now == entry.working else [Change("working", "Рабочий", _shown(now), _shown(entry.working))]
        if kept is not None and entry.working != usual and note != entry.note:
            changes.append(Change("note", "Почему", _shown(note), _shown(entry.note)))
        touched = by.by_person("calendar_day", key, "working", "note")
        outcome = Outcome.SAME
        if changes:
            fresh = kept is None and entry.working != usual
            outcome = Outcome.DOUBTFUL if touched else Outcome.NEW if fresh else Outcome.CHANGED
        told = _sentence(touched) if changes else ""
        yield PackageRow("calendar_day", key, day(entry.day), entry.note, outcome, tuple(changes), told, entry)


def weigh_forms(session: Session, package: p.Package) -> Iterator[PackageRow]:
    """Terms of the form; one of a version that this program does not know is wrong here until it is renewed."""
    if not package.forms:
        return
    held: Mapping[tuple[str, date], p.FormTerm] = {
        (term.version, term.valid_from): term for term in terms_of_forms(session)
    }
    for term in package.forms:
        kept = held.get((term.version, term.valid_from))
        key = f"{term.version} {term.valid_from}"
        told = f"НКО-47-кв, версия {term.version}, с {day(term.valid_from)}"
        changes: tuple[Change, ...] = ()
        if term.version not in FORMS:
            outcome, note = Outcome.REJECTED, (
                f"Этой формы программа не знает: обновите программу до {day(term.valid_from)}. "
                "До обновления отчёт составляется по прежней."
            )  # fmt: skip
        elif kept is None:
            outcome, note = Outcome.NEW, ""
        elif kept == term:
            outcome, note = Outcome.SAME, ""
        else:
            outcome, note = Outcome.CHANGED, ""
            changes = (_change("valid_to", kept.valid_to, term.valid_to),)
        yield PackageRow("form", key, term.version, told, outcome, changes, note, term)
    named = {(term.version, term.valid_from) for term in package.forms}
    for place, term in held.items():
        if place not in named:
            yield PackageRow(
                "form", f"{term.version} {term.valid_from}", term.version,
                f"НКО-47-кв, версия {term.version}, с {day(term.valid_from)}", Outcome.CHANGED,
                (Change("term", "Срок", "назначен", "снят"),), "В комплекте её больше нет.",
            )  # fmt: skip


def shown_volume(volume: Any) -> str:
    return "—" if volume is None else amount(volume)
