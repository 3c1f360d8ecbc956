"""What the board says of a place: the word in the cell, its icon and tone, and the whole of it for a screen reader."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.russian import day, percents, plural
from app.ui.region.intake_words import district
from app.usecases.region_grid import Counts, GridPlace, GridRow, Standing

LOOKS: dict[Standing, tuple[str, str, str]] = {
    Standing.NOT_EXPECTED: ("", "muted", ""),
    Standing.MISSING: ("x-circle", "err", "err_soft"),
    Standing.AWAITED: ("circle-dashed", "muted", ""),
    Standing.ASIDE: ("warning-circle", "warn", "warn_soft"),
    Standing.MISNAMED: ("warning-circle", "err", "err_soft"),
    Standing.SENT_BACK: ("warning", "warn", "warn_soft"),
    Standing.LATE: ("clock", "warn", ""),
    Standing.CORRECTED: ("arrows-clockwise", "accent_text", ""),
    Standing.ACCEPTED: ("check-circle", "ok", ""),
    Standing.RECEIVED: ("tray", "accent_text", ""),
}
"""Icon, its tone, and the tint of a cell that needs work."""
LEGEND = (
    (Standing.ACCEPTED, "принят"),
    (Standing.RECEIVED, "получен"),
    (Standing.LATE, "с опозданием"),
    (Standing.CORRECTED, "уточнённый"),
    (Standing.SENT_BACK, "замечания"),
    (Standing.ASIDE, "отложен"),
    (Standing.MISSING, "не сдан"),
)
FILTERS = {
    "missing": "не сдали", "aside": "файл отложен", "late": "с опозданием", "sent_back": "с замечаниями",
    "unanswered": "без квитанции",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """A cell of the board.  said: the whole of it in words."""

    text: str
    icon: str
    tone: str
    tint: str
    said: str


def look(row: GridRow, place: GridPlace) -> Look:
    """The cell of a district in a quarter."""
    icon, tone, tint = LOOKS[place.standing]
    said = f"{district(row.name)}, {place.quarter.title}: {standing(place)}"
    return Look(_short(place), icon, tone, tint, said)


def _short(place: GridPlace) -> str:
    match place.standing:
        case Standing.NOT_EXPECTED:
            return "—"
        case Standing.MISSING:
            return "не сдан"
        case Standing.AWAITED:
            return "ждём"
        case Standing.ASIDE:
            return "отложен"
        case Standing.MISNAMED:
            return "не тот файл"
        case Standing.SENT_BACK:
            return "замечания"
        case Standing.CORRECTED:
            return f"уточн.\u00a0{place.correction}"
    return f"{place.received_on:%d.%m}"


def standing(place: GridPlace) -> str:
    """«получен 15.10.2026 с опозданием на 3 дня, уточнённый № 1, квитанция от 16.10.2026»."""
    aside = f", отложено файлов: {place.aside}" if place.aside else ""
    aside += f"; {place.misnamed}" if place.misnamed else ""
    late = plural(place.days_late, "день", "дня", "дней")
    if place.standing is Standing.NOT_EXPECTED:
        return "отчёта не ждали, такого района не было"
    if not place.is_here:
        return (f"не сдан, опоздание {late}" if place.is_missing else "ждём, срок ещё не вышел") + aside
    parts = [f"получен {day(place.received_on)}" + (f" с опозданием на {late}" if place.days_late else " в срок")]
    if place.correction:
        parts.append(f"действует уточнённый №\u00a0{place.correction}")
    if place.accepted_on is not None:
        parts.append(f"квитанция от {day(place.accepted_on)}")
    elif place.sent_back_on is not None:
        parts.append(f"замечания от {day(place.sent_back_on)}")
    else:
        parts.append("квитанции нет")
    return ", ".join(parts) + aside


def year_look(row: GridRow, year: int) -> Look:
    """The cell of a district in a year: how many of its returns are here."""
    places = [one for one in row.places if one.quarter.year == year and one.standing is not Standing.NOT_EXPECTED]
    here = [one for one in places if one.is_here]
    missing, late = sum(one.is_missing for one in places), sum(one.days_late > 0 for one in here)
    worst = Standing.MISSING if missing else Standing.LATE if late else Standing.ACCEPTED
    worst = worst if places else Standing.NOT_EXPECTED
    icon, tone, tint = LOOKS[worst]
    text = f"{len(here)} из {len(places)}" if places else "—"
    said = (
        f"{district(row.name)}, {year}\u00a0год: получено {len(here)} из {len(places)}, в срок "
        f"{sum(one.on_time for one in here)}, с опозданием {late}, нет {missing}"
    )
    return Look(text, icon, tone, tint, said)


def matches(place: GridPlace, wanted: object) -> bool:
    """Whether a place is one of those that a filter asks for."""
    match wanted:
        case "missing":
            return bool(place.oktmo) and not place.is_here
        case "aside":
            return bool(place.aside)
        case "late":
            return place.is_here and place.days_late > 0
        case "sent_back":
            return place.standing is Standing.SENT_BACK
        case "unanswered":
            return place.is_here and place.accepted_on is None
    return True


def facts(counts: Counts) -> tuple[tuple[str, str, str, str], ...]:
    """(figure, what it counts, icon, tone) of the strip above the board."""
    share = counts.share(counts.received)
    percent = f" ({percents(share)})" if share is not None else ""
    found = [
        (f"{counts.received} из {counts.expected}", f"получено{percent}", "", "text"),
        (str(counts.on_time), "в срок", "check-circle", "ok"),
        (str(counts.late), "с опозданием", "clock", "warn"),
        (str(counts.accepted), "принято", "stamp", "ok"),
        (str(counts.corrected), "уточнённых", "arrows-clockwise", "accent_text"),
        (str(counts.missing), "не сдали", "x-circle", "err"),
    ]
    if counts.awaited:
        found[-1:] = [(str(counts.awaited), "ждём", "circle-dashed", "text2"), *found[-1:]][: 1 + bool(counts.missing)]
    return tuple(found)
