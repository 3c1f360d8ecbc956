"""Business in the story: partners, agreements with what they gave, offers and requests, events, practices."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from app.core.periods import Quarter
from app.usecases.demo.actions import Change, Ref, Save
from app.usecases.demo.plot import Plot
from app.usecases.demo.vocabulary import entrepreneur_inn

STATES = ("presented", "checked", "recommended", "spread")


def befriend(plot: Plot) -> None:
    """Partners known when the records begin, and the agreements in force then."""
    for kind, title in plot.words.work["partners"]:
        name = f"partner:{plot.number('partner')}"
        ogrn, inn = plot.words.numbers(2015)
        values: dict[str, Any] = {"kind": kind, "name": title, "inn": inn, "ogrn": ogrn}
        if kind == "entrepreneur":
            values |= {"inn": entrepreneur_inn(plot.random), "ogrn": None}
        plot.add(Save(plot.start, "partner", name, values), rank=0)
    for _ in range(plot.shape.agreements):
        began = plot.start
        before = plot.shape.opening is not None
        if before:
            began -= timedelta(days=plot.random.randint(20, 250))
        agree(plot, began, before=before)


def deal(plot: Plot, quarter: Quarter) -> None:
    """New agreements, events with business, meetings, an offer and a request."""
    for _ in range(max(1, plot.shape.agreements // 6)):
        day = plot.day_in(quarter)
        if day is not None:
            agree(plot, day, before=False)
    for kind, texts in (("business", "business_events"), ("meeting", "meetings")):
        day = plot.day_in(quarter)
        if day is not None:
            values = {
                "kind": kind, "title": plot.random.choice(plot.words.work[texts]), "held_on": day,
                "participants": plot.random.randint(12, 60), "place": "Зал отдела",
            }  # fmt: skip
            plot.add(Save(plot.noted(day), "event", f"event:{plot.number('event')}", values))
    day = plot.day_in(quarter)
    if day is not None:
        _match(plot, day)


def agree(plot: Plot, began: date, *, before: bool) -> str:
    """One agreement for about a year, with what is given under it in each quarter.  Returns its name."""
    random = plot.random
    name = f"agreement:{plot.number('agreement')}"
    noted = plot.start if before else plot.noted(began)
    ends = began + timedelta(days=random.randint(330, 900))
    parties = random.sample(plot.legal_here(max(began, plot.start)), random.randint(1, 2))
    promised = Decimal(random.randint(150, 600) * 1000)
    values = {
        "partner_id": Ref(f"partner:{random.randint(1, len(plot.words.work['partners']))}"),
        "number": f"П-{plot.number('agreement number')}",
        "subject": random.choice(plot.words.work["subjects"]),
        "starts_on": began,
        "ends_on": ends,
        "before_records": before,
        "promised": promised,
    }
    lines = tuple({"ngo_id": Ref(actor.name)} for actor in {a.counted_as: a for a in parties}.values())
    plot.add(Save(noted, "agreement", name, values, {"agreement_party": lines}))
    early = None
    if not before and random.random() < 0.1:
        early = plot.day_in(Quarter.of(began).next.next, last=ends)
    for quarter in plot.quarters:
        given = plot.day_in(quarter, first=max(began, noted) + timedelta(days=1), last=early or ends)
        if given is not None and random.random() < 0.55:
            line = _contribution(plot, given, promised)
            plot.add(Change(plot.noted(given), "agreement", name, {}, {"contribution": (line,)}))
    if early is not None:
        ended = {"ended_early_on": early, "early_end_reason": "по соглашению сторон"}
        plot.add(Change(plot.frozen_on(Quarter.of(early)) - timedelta(days=1), "agreement", name, ended), rank=2)
    return name


def _contribution(plot: Plot, day: date, promised: Decimal) -> dict[str, Any]:
    """A sixth of what was promised at most, so that the whole is never more than that."""
    random = plot.random
    kind = random.choices(("money", "goods", "pro_bono", "volunteers"), (3, 3, 2, 2))[0]
    line: dict[str, Any] = {"given_on": day, "kind": kind}
    match kind:
        case "money" | "goods":
            line["amount"] = (promised / 10).quantize(Decimal(100))
        case "pro_bono":
            line["hours"] = Decimal(random.randint(2, 12))
        case _:
            line["people"] = random.randint(5, 25)
    return line


def _match(plot: Plot, day: date) -> None:
    """What business offers and what an NGO asks for; sometimes they fit."""
    random = plot.random
    kind, text = random.choice(plot.words.work["offers"])
    offer = f"offer:{plot.number('offer')}"
    partner = Ref(f"partner:{random.randint(1, len(plot.words.work['partners']))}")
    plot.add(Save(day, "offer", offer, {"partner_id": partner, "kind": kind, "text": text, "offered_on": day}), rank=0)
    asked, wish = random.choice(plot.words.work["requests"])
    values: dict[str, Any] = {
        "ngo_id": Ref(random.choice(plot.legal_here(day)).name), "kind": asked, "text": wish, "asked_on": day,
        "offer_id": Ref(offer) if asked == kind else None,
    }  # fmt: skip
    plot.add(Save(day, "request", f"request:{plot.number('request')}", values))


def tell_practices(plot: Plot) -> None:
    """Practices, each reaching its states one after another."""
    told = plot.words.work["practices"][: plot.shape.practices]
    partners = len(plot.words.work["partners"])
    for number, (title, problem, group, description) in enumerate(told):
        quarter = plot.quarters[number % max(1, len(plot.quarters) - 1)]
        day = plot.day_in(quarter)
        if day is None:
            continue
        name = f"practice:{number + 1}"
        author = plot.random.choice(plot.legal_here(day))
        values = {
            "title": title, "ngo_id": Ref(author.name), "partner_id": Ref(f"partner:{number % partners + 1}"),
            "problem": problem, "target_group": group, "description": description,
            "resources": "координатор, два добровольца, транспорт партнёра",
            "results": f"{40 + 10 * number} человек за полугодие", "evidence": "отчёт, фотографии",
            "conditions": "партнёр не дальше 20 км", "contact": "8 (81300) 00-002", "consent": True,
        }  # fmt: skip
        states = ({"state": STATES[0], "reached_on": day},)
        plot.add(Save(plot.noted(day), "practice", name, values, {"practice_state": states}))
        reached = day
        for state in STATES[1 : 1 + number % 4]:
            following = plot.day_in(Quarter.of(reached).next)
            if following is None:
                break
            reached = following
            line = {"state": state, "reached_on": reached}
            plot.add(Change(plot.noted(reached), "practice", name, {}, {"practice_state": (line,)}))
