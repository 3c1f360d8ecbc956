"""Ctrl+R: a reminder of the record that is shown; the most wanted days are one press away."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any, NamedTuple

from app.core.fields import Field, Kind
from app.core.russian import day
from app.ui.ask import ValuesDialog
from app.ui.desk import Desk
from app.ui.page import Window
from app.ui.widgets import Button, row
from app.usecases import reminders

FIELDS = (
    Field("text", "О чём напомнить", Kind.TEXT, required=True, width=60),
    Field("due_on", "Когда", Kind.DATE, required=True),
)


class About(NamedTuple):
    """The record a reminder is of, and its words."""

    register: str
    id: int
    name: str


def ask_of_page(window: Any) -> ValuesDialog:
    """Over the page that is open: of the record it shows, if it shows one."""
    return ask(window, window.desk, shown_on(window.page), getattr(window.page, "remind_on", None))


def shown_on(page: Any) -> About | None:
    """The record whose card or form is open on a page; a page of its own kind says it by `reminded`."""
    if hasattr(page, "reminded"):
        found = page.reminded()
        return About(*found) if found else None
    if not hasattr(page, "editing") or page.register == "reminder":
        return None
    if page.editing.open:
        id = page.editing.form.record_id
        return About(page.register, id, page.header.title.text()) if id is not None else None
    card = page.card.card
    if card is None:
        return None
    short = card.values.get("short_name") if page.register == "ngo" else ""
    return About(page.register, card.id, str(short or page.named(card)))


def ask(window: Window, desk: Desk, about: About | None, on: date | None = None) -> ValuesDialog:
    """Ask for the words and the day (tomorrow, unless told otherwise), then write."""

    def act(values: dict[str, Any]) -> None:
        changed = {"reminder"} | ({about.register} if about else set())
        desk.write(
            "edit", f"Напоминание: {values['text']} — {day(values['due_on'])}", reminders.remind, values["text"],
            values["due_on"], register=about.register if about else "", about=about.id if about else None,
            changed=changed,
        )  # fmt: skip

    days = reminders.quick_days(desk.clock.today())
    title = f"Напомнить: {about.name}" if about else "Новое напоминание"
    dialog = ValuesDialog(
        title if len(title) <= 90 else f"{title[:89].rstrip()}…",
        "Напоминание встанет в «Сводку» в свой день" + (" и на карточку записи." if about else "."),
        FIELDS, "Напомнить", act, desk=desk, given={"due_on": on or days[0][1]},
    )  # fmt: skip
    buttons = []
    for word, when in days:
        button = Button(word, kind="pill", act=partial(_choose, dialog, when))
        button.setObjectName(f"quick:{word}")
        button.setAccessibleName(f"{word}, {day(when)}")
        buttons.append(button)
    dialog.body.addLayout(row(*buttons, None))
    window.ask(dialog)
    return dialog


def _choose(dialog: ValuesDialog, when: Any) -> None:
    dialog.rows["due_on"].editor.fill(when)
    dialog.rows["due_on"].show_fault("")
