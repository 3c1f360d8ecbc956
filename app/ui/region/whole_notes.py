"""What stands beside the consolidated return: who is missing, what is an interval, checks, what was approved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from app.core.russian import integer, plural
from app.core.text import NBSP
from app.region.checks import RegionFinding
from app.returns.checks.report import Severity
from app.ui.region.notes_panel import Group, Note
from app.ui.region.opened import cell_words
from app.ui.region.picture import Picture

TOLD_ABOVE = ("every_district_reported", "sets_are_known", "returns_are_expected")
"""Rules of check 43 whose findings are groups of their own."""
CONTROL = "контроль 43"
TONES = {Severity.ERROR: "err", Severity.WARNING: "warn"}


def verdict(picture: Picture) -> tuple[str, str, str]:
    """Tone, title, and the counts under it."""
    missing = len(picture.whole.missing)
    found = integer(len(picture.findings))
    warnings = f"Замечаний проверок: {found}" if picture.is_found else "Проверки считаются"
    if missing:
        return "warn", f"Не хватает: {integer(missing)}", f"{warnings}; свод неполный"
    expected = plural(len(picture.districts), "район", "района", "районов")
    return ("warn" if picture.findings else "ok"), "Сдали все", f"{expected}. {warnings}"


def whole_notes(
    picture: Picture,
    kept: Sequence[Any],
    open_finding: Callable[[RegionFinding], object],
    open_kept: Callable[[Any], object],
) -> list[Group]:
    """Groups from top to bottom; an empty one is left out.  kept: approved ones, told by the deeds of the page."""
    whole = picture.complete  # the figures come first; what is told of them comes after
    groups = [
        Group("Утверждённые своды", integer(len(kept)), tuple(_kept(one, open_kept) for one in kept)),
        _missing(picture),
        *([_intervals(picture)] if whole else []),
        _unexpected(picture),
        *([_findings(picture, open_finding)] if whole else []),
        Group("Не проверялось", "", tuple(Note("Контроль 45", one) for one in picture.unchecked)),
    ]
    return [group for group in groups if group.notes]


def _missing(picture: Picture) -> Group:
    whole = picture.whole
    notes = []
    for one in whole.missing:
        until = whole.held_over.get(one.oktmo)
        told = (
            f"С начала года — по отчёту за {until.title}; в квартал и остатки не входит."
            if until
            else "Не входит ни в квартал, ни в год."
        )
        notes.append(Note(picture.name(one.oktmo), told, CONTROL, "err"))
    return Group("Нет отчёта", integer(len(notes)), tuple(notes), "err")


def _intervals(picture: Picture) -> Group:
    whole = picture.whole
    by_district: dict[str, list[str]] = {}
    for cell in whole.intervals:
        for oktmo in whole[cell].bare:
            by_district.setdefault(oktmo, []).append(cell)
    notes = tuple(
        Note(
            picture.name(oktmo),
            f"Прислал числа без списка организаций: {plural(len(cells), 'показатель', 'показателя', 'показателей')} "
            f"области стали интервалом «от{NBSP}…{NBSP}до{NBSP}…», например {cell_words(whole, cells[0])}.",
            CONTROL,
            "warn",
        )
        for oktmo, cells in by_district.items()
    )
    return Group("Без состава", integer(len(notes)), notes)


def _unexpected(picture: Picture) -> Group:
    notes = tuple(
        Note(code, "Отчёт с этим кодом пришёл, но такого района в квартале не ждут: в свод не входит.", CONTROL, "err")
        for code in picture.whole.unexpected
    )
    return Group("Лишние отчёты", integer(len(notes)), notes)


def _findings(picture: Picture, open_finding: Callable[[RegionFinding], object]) -> Group:
    notes = tuple(
        Note(_of_whom(picture, one), one.text, f"контроль {one.check}", TONES[one.severity], partial(open_finding, one))
        for one in picture.findings
        if one.rule not in TOLD_ABOVE
    )
    return Group("Проверки области 43–46", integer(len(notes)), notes)


def _of_whom(picture: Picture, finding: RegionFinding) -> str:
    names = [picture.name(oktmo) for oktmo in finding.districts]
    if not names:
        return "Область"
    return names[0] if len(names) == 1 else f"{names[0]} и ещё {len(names) - 1}"


def _kept(one: Any, open_kept: Callable[[Any], object]) -> Note:
    return Note(one.title, one.text, one.beside, one.tone, partial(open_kept, one))
