"""A letter to a district about a return that is missing, was set aside or sent back: text to be read over and sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.core.periods import Quarter
from app.core.russian import day_in_words, ended, plural
from app.core.text import NBSP
from app.usecases.accounts import today_of
from app.usecases.region_grid import Standing
from app.usecases.region_place import PlaceCard, place_card
from app.usecases.setup import unit

FORM = "«НКО-47-кв»"


@dataclass(frozen=True, slots=True)
class Letter:
    """whom: lines of the addressee; paragraphs: of the text; signed: lines under it."""

    title: str
    whom: tuple[str, ...]
    paragraphs: tuple[str, ...]
    signed: tuple[str, ...]

    @property
    def text(self) -> str:
        """The whole of it, as it is sent by e-mail."""
        parts = ("\n".join(self.whom), self.title, *self.paragraphs, "\n".join(self.signed))
        return "\n\n".join(part for part in parts if part)


def letter(session: Session, oktmo: str, quarter: Quarter) -> Letter:
    """What to write to a territory about its return of a quarter.  oktmo: valid on the quarter's last day."""
    return letter_of(place_card(session, oktmo, quarter), dict(unit(session)), today_of(session))


def letter_of(card: PlaceCard, committee: dict[str, str], today: date) -> Letter:
    """The words, from what is known of the place."""
    whom = [f"Администрация {card.genitive} Ленинградской области"]
    if card.contacts is not None:
        whom[0] = card.contacts.administration or whom[0]
        whom += [", ".join(filter(None, (one.post, one.name))) for one in (card.contacts.head, card.contacts.executor)]
    asked = "Если отчёт уже отправлен, сообщите, когда и каким способом."
    sent = (
        "Просим направить отчёт файлом Excel, который записывает программа, и подписанный отчёт на бумаге или в PDF. "
        f"{asked}"
    )
    ours = (", ".join(filter(None, (committee["head_post"], committee["head_name"]))), committee["administration"])
    executor = ", ".join(filter(None, (committee["executor_name"], committee["executor_phone"])))
    return Letter(
        f"Об отчёте {FORM} за {card.quarter.title}",
        tuple(filter(None, whom)),
        (*_said(card, today), _revised(card) if card.place.is_here else sent),
        tuple(filter(None, (*ours, f"Исполнитель: {executor}" if executor else ""))),
    )


def _said(card: PlaceCard, today: date) -> tuple[str, ...]:
    """What happened, and the term."""
    about = f"по форме {FORM} {card.genitive} за {card.quarter.title}"
    due = day_in_words(card.due)
    if card.place.standing is Standing.SENT_BACK and card.place.sent_back_on is not None:
        return (f"{day_in_words(card.place.sent_back_on)} к отчёту {about} направлены замечания.",)
    if card.place.is_here:
        return (ended(f"Отчёт {about} получен {day_in_words(card.versions[-1].received_on)}"),)
    days = (today - card.due).days
    term = plural(abs(days), "день", "дня", "дней")
    if days > 0:
        told = f"Срок сдачи отчёта {about} истёк {due}, опоздание — {term}."
    elif days:
        told = f"Напоминаем: отчёт {about} сдают до {due} включительно, осталось {term}."
    else:
        told = f"Напоминаем: сегодня, {due}, последний день сдачи отчёта {about}."
    if card.place.misnamed:
        return told, f"Вместо него пришёл другой: {card.place.misnamed}."
    if not card.aside:
        return (told, "Отчёт не поступил.") if days > 0 else (told,)
    last = card.aside[0]
    came = f" от {day_in_words(last.came_on)}" if last.came_on is not None else ""
    return told, f"Файл «{last.file}»{came} не принят: {_lower(last.reason)}"


def _revised(card: PlaceCard) -> str:
    number = (card.place.correction or 0) + 1
    return f"Просим направить уточнённый отчёт №{NBSP}{number} файлом Excel, который записывает программа."


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
