"""Checks 39–41: corrections, frozen quarters that no longer hold, terms and signatures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from app.core.periods import Quarter
from app.core.russian import day, plural
from app.core.text import NBSP
from app.returns.checks.case import Case
from app.returns.checks.report import Fault, Severity, Unchecked
from app.returns.checks.rules import Told, check
from app.returns.checks.wording import figure, titled
from app.returns.compare import edited_rows


@check("39", "Уточнённый отчёт: есть предыдущий, причина и тот же период")
def correction_follows(case: Case) -> Told:
    head = case.ret.head
    if head.correction == 0:
        return
    versions = case.records.frozen.get(case.quarter, ())
    before = [v for v in versions if v.ret.head.correction == head.correction - 1]
    if not before:
        kept = ", ".join(str(v.ret.head.correction) for v in versions) or "нет"
        yield Fault(
            "head.correction",
            f"Для уточнённого отчёта {head.correction} нужен утверждённый {head.correction - 1}, утверждены: {kept}.",
        )
    other = [v.ret.head.quarter for v in before if v.ret.head.quarter != head.quarter]
    if other:
        text = f"Уточняется {head.quarter.title}, а прежний отчёт за {titled(other)} — период другой."
        yield Fault("head.correction", text)
    if not head.reason.strip():
        yield Fault("head.correction", f"У уточнённого отчёта {head.correction} не указана причина.")


@check("39", "После уточнения сверяются следующие кварталы", severity=Severity.WARNING)
def later_quarters_follow(case: Case) -> Told:
    if case.ret.head.correction == 0:
        return
    later = [q for q in sorted(case.records.frozen) if q > case.quarter and q.year == case.quarter.year]
    unbuilt = [q for q in later if q not in (case.rebuilt or {})]
    changed = [q for q in later if q not in unbuilt and _difference(case, q) is not None]
    if changed:
        text = f"После этого отчёта уточните и следующие: {titled(changed)} (их {len(changed)})."
        yield Fault("head.correction", text)
    if unbuilt:
        yield Unchecked("39", f"не проверялось: заново не построены {titled(unbuilt)}")


@check("40", "Утверждённые отчёты этого года сходятся с записями")
def frozen_quarters_hold(case: Case) -> Told:
    earlier = [q for q in sorted(case.records.frozen) if q < case.quarter and case.records.latest_frozen(q)]
    this_year = [q for q in earlier if q.year == case.quarter.year]
    unbuilt = [q for q in this_year if case.rebuilt is None or q not in case.rebuilt]
    if unbuilt:
        yield Unchecked("40", f"не проверялось: заново не построены {titled(unbuilt)}")
    yield from _corrections_needed(case, [q for q in this_year if q not in unbuilt and _figures_differ(case, q)])


def _cell_of(case: Case, annex: str) -> str:
    """The row that an annex lists; for needs the first line of table 4."""
    if annex == "Б":
        return next((f"{line.key}.end.quarter" for line in case.ret.needs), "head.correction")
    return {"А": "232.quarter", "Д": "301.quarter"}[annex]


@check("40", "Правка учтённого, которая не меняет показателей", severity=Severity.WARNING)
def frozen_records_hold(case: Case) -> Told:
    """Quarters of this year whose figures hold: other members of a set, other rows of annexes, or a correction

    of a quarter before them, after which they are corrected in order.
    """
    after: Quarter | None = None
    for quarter in sorted(case.rebuilt or {}):
        frozen = case.records.latest_frozen(quarter)
        if frozen is None or case.rebuilt is None or quarter.year != case.quarter.year or quarter >= case.quarter:
            continue
        if _figures_differ(case, quarter):
            after = after or quarter
            continue
        if after is not None:
            text = f"После уточнения за {after.title} уточните по порядку и {quarter.title}: показатели в нём прежние."
            yield Fault("head.correction", text)
        yield from _corrections_needed(case, [quarter])
        if _difference(case, quarter) is None:
            for annex, count in edited_rows(frozen.ret, case.rebuilt[quarter], case.index).items():
                rows = f"{plural(count, 'строка', 'строки', 'строк')} приложения {annex}"
                text = f"За {quarter.title} нужен уточнённый отчёт: показатели те же, а записи другие, {rows}."
                yield Fault(_cell_of(case, annex), text)


@check("40", "Утверждённые отчёты прежних лет сходятся с записями", severity=Severity.WARNING)
def former_years_hold(case: Case) -> Told:
    former = [q for q in sorted(case.rebuilt or {}) if q.year < case.quarter.year and case.records.latest_frozen(q)]
    yield from _corrections_needed(case, former)


def _corrections_needed(case: Case, quarters: list[Quarter]) -> Iterator[Fault]:
    for quarter in quarters:
        found = _difference(case, quarter)
        if found is not None:
            cell, kept, now, count = found
            more = f", всего показателей: {count}" if count > 1 else ""
            code = case.title(cell.removesuffix(".quarter").removesuffix(".year"))
            yield Fault(
                cell,
                f"За {quarter.title} нужен уточнённый отчёт: {code} по записям {now}, утверждено {kept}{more}.",
            )


def _figures_differ(case: Case, quarter: Quarter) -> bool:
    """Does a figure differ, and not only who stands behind it?"""
    return any(old != new for old, new in case.differing(quarter).values())


def _difference(case: Case, quarter: Quarter) -> tuple[str, str, str, int] | None:
    """(first cell that differs, frozen figure, figure today, how many differ), or None."""
    found = case.differing(quarter)
    if not found:
        return None
    cell, (old, new) = next(iter(found.items()))
    spec = case.specs.get(cell.rpartition(".")[0])
    same = " (состав другой)" if old == new else ""
    return cell, figure(Decimal(old or 0), spec), f"{figure(Decimal(new or 0), spec)}{same}", len(found)


@check("41", "Отчёт представлен в срок", severity=Severity.WARNING, basis="срок представления: настройка района")
def handed_in_on_time(case: Case) -> Told:
    due = case.records.calendar.return_due(case.quarter, case.settings.due_day)
    if case.ret.head.correction == 0 and case.records.today > due:
        yield Fault("head.date", f"Отчёт составлен {day(case.records.today)}, срок был {day(due)}.")


@check("41", "Указаны руководитель и исполнитель")
def signers_are_named(case: Case) -> Told:
    unit = case.records.unit
    signers: Mapping[str, tuple[str, str, str]] = {
        "head.signer": ("Руководитель", unit.head.post, unit.head.name),
        "head.executor": ("Исполнитель", unit.executor.post, unit.executor.name),
    }
    for cell, (title, post, name) in signers.items():
        missing = [what for what, text in (("должность", post), ("фамилия", name)) if not text.strip()]
        if missing:
            yield Fault(cell, f"{title}: не указано{NBSP}— {', '.join(missing)} ({len(missing)} из 2).")
