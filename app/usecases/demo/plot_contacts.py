"""Contact persons of some NGOs, one of each standing: the page «Контакты» has something to show."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from app.core.periods import Quarter
from app.usecases.demo.actions import Change
from app.usecases.demo.plot import Plot

_POSTS = ("председатель правления", "бухгалтер", "координатор проектов", "секретарь")


def meet(plot: Plot) -> None:
    """Told so that it moves nothing else: chance is put back.  The days are those of the unfinished quarter."""
    today = plot.shape.today
    day = max(plot.start, today - timedelta(days=14), Quarter.of(today).first_day)
    signed, ahead, past = day - timedelta(days=3), today + timedelta(days=365), day - timedelta(days=1)
    consent = {"basis": "согласие", "consent_on": signed, "keep_until": ahead}
    kinds: tuple[dict[str, Any], ...] = (
        consent, consent, consent | {"keep_until": past}, consent | {"withdrawn_on": day},
        {"basis": "согласие"}, {"basis": "ЕГРЮЛ"}, consent, {"basis": "полномочия"},
    )  # fmt: skip
    state = plot.random.getstate()
    actors = [actor for actor in plot.here(day) if actor.kind == "legal"]
    for number, (actor, kind) in enumerate(zip(actors, kinds, strict=False), 1):
        person = {
            "name": plot.words.person(), "post": _POSTS[number % len(_POSTS)], "phone": f"8 (81300) 00-1{number:02}",
        }  # fmt: skip
        paper = {"consent": f"ПД-{number}"} if "consent_on" in kind else {}
        plot.add(Change(day, "ngo", actor.name, lines={"contact": [person | kind | paper]}), rank=2)
    plot.random.setstate(state)
