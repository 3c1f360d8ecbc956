"""«Паспорт НКО»: the story of a card as the paper wants it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy.orm import Session

from app.core.fields import Kind
from app.core.periods import Quarter
from app.core.russian import day, plural, roubles
from app.core.values import show
from app.records import REGISTERS
from app.usecases import registers
from app.usecases.ngo_story import SECTIONS, Story, Told, story, told
from app.usecases.return_records import unit_of
from app.usecases.setup import settings, territory_on

MOST_ON_THE_LINE = 60
_LEFT_OUT = frozenset(
    {"name", "note", "legal_account", "status", "marks", "merged_into_id", "on_record", "primary_here"}
)
"""What stands elsewhere on the paper, or is a note for oneself."""
_NOT_SECTIONS = ("card", "change")


def passport_paper(session: Session, ngo_id: int) -> bytes:
    """The paper as PDF.  AppError when there is no such card."""
    from app.reports.passport_paper import (  # reportlab is slow to import
        Passport,
        PassportLine,
        PassportSection,
        PassportYear,
        passport_pdf,
    )

    one = story(session, ngo_id)

    def lines(found: list[Told]) -> tuple[PassportLine, ...]:
        return tuple(PassportLine(t.moment.on, t.text, t.beside, t.money) for t in found)

    facts = told(session, [m for m in one.by_section() if m.section not in _NOT_SECTIONS])
    sections = []
    for key in one.sections:
        of_it = [t for t in facts if t.moment.section == key]
        if key not in _NOT_SECTIONS and (of_it or key in ("support", "service", "need")):
            sections.append(PassportSection(SECTIONS[key][0], lines(of_it), _total(one, key, of_it)))
    passport = Passport(
        name=str(one.card.values["name"]),
        short_name=str(one.card.values.get("short_name") or ""),
        state=_state(one),
        territory=territory_on(session, one.as_of).name,
        as_of=one.as_of,
        facts=tuple(_facts(one.card)),
        marks=tuple(
            (str(m["mark_title"]), m["since"], m.get("valid_to"), str(m.get("basis") or ""))
            for m in one.card.lines.get("ngo_mark", ())
        ),
        years=tuple(PassportYear(y.year, y.support, y.money, y.services, y.hours) for y in one.years),
        sections=tuple(sections),
        time_line=lines(told(session, one.moments[:MOST_ON_THE_LINE])),
        left_out=max(0, len(one.moments) - MOST_ON_THE_LINE),
    )
    return passport_pdf(passport, unit_of(session), binding=settings(session).binding_margin)


def _state(one: Story) -> str:
    if one.card.archived_on is not None:
        return f"в архиве с {day(one.card.archived_on)}"
    values = one.card.values
    return str(values.get("status_title") or "") if values.get("on_record") else "не на учёте"


def _total(one: Story, section: str, found: list[Told]) -> str:
    count = one.counts.get(section, 0)
    if not count:
        return ""
    match section:
        case "support":
            money = sum(y.money for y in one.years)
            given = sum(y.support for y in one.years)
            words = plural(given, "мера", "меры", "мер")
            return f"{words}, финансовой на {roubles(money)}" if money else words
        case "need":
            return f"{count}, открыто {one.open_needs}"
    return str(count)


def _facts(card: registers.Card) -> Iterator[tuple[str, str]]:
    for field in REGISTERS["ngo"].fields:
        text = "" if field.key in _LEFT_OUT else _words(field.kind, field.key, card.values)
        if text:
            yield field.title, text
    for line in card.lines.get("ngo_year", ())[-1:]:
        counted = (("staff", "работников"), ("volunteers", "добровольцев"))
        people = [f"{word} {line[key]}" for key, word in counted if line.get(key)]
        if people:
            yield f"Люди, {line['year']}", ", ".join(people)


def _words(kind: Kind, key: str, values: Any) -> str:
    value = values.get(key)
    if value in (None, "", (), False):
        return ""
    if kind in (Kind.CHOICE, Kind.CHOICES, Kind.LINK, Kind.LINKS):
        return str(values.get(f"{key}_title") or "")
    if isinstance(value, Quarter):
        return value.title
    return "да" if value is True else show(kind, value)
