"""Centres of the story, what they give, and what NGOs need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from app.core.periods import Quarter
from app.usecases.demo.actions import CloseNeed, Ref, Save, WithdrawNeed
from app.usecases.demo.plot import Actor, Plot
from app.usecases.demo.plot_sector import register_body

CATEGORY = {
    "К4": "finance", "С3": "finance", "П1": "premises", "П2": "premises", "К2": "legal", "С2": "legal",
    "К3": "accounting", "С1": "accounting", "К1": "registration", "О1": "training", "О2": "training",
    "В2": "volunteers", "И1": "information", "И2": "information", "П3": "equipment", "В1": "partners", "М1": "other",
}  # fmt: skip
"""Service code -> category of needs that it answers (DOMAIN §5)."""

HOURLY = ("К2", "К3", "К4", "П1", "П2", "О1")
EVIDENCE = {
    "К": "журнал", "С": "акт", "О": "регистрационный список", "П": "заявка", "И": "ссылка", "В": "протокол",
    "М": "документ",
}  # fmt: skip


def open_centres(plot: Plot) -> None:
    """Centres with an agreement for each year and plans for their codes."""
    chosen = plot.words.work["centres"][: plot.shape.centres]
    hosts = [a for a in plot.actors if a.kind == "legal" and a.ogrn and a.active and a.counted_as == a.name]
    first, last = plot.shape.first.year, plot.shape.last.year
    for number, (title, codes) in enumerate(chosen):
        name = f"centre:{number + 1}"
        host = hosts[number]
        agreements = tuple(
            {
                "number": f"РЦ-{year}/{number + 1}", "starts_on": date(year, 1, 1), "ends_on": date(year, 12, 31),
                "subsidy": Decimal(900_000 + 50_000 * number), "competition": f"Конкурс ресурсных центров {year - 1}",
                "year_won": year - 1,
            }
            for year in range(first, last + 1)
        )  # fmt: skip
        volume = Decimal(max(4, plot.shape.services * 4 // plot.shape.centres // len(codes)))
        plans = tuple(
            {"territory_code": plot.shape.oktmo, "service_code": code, "year": year, "volume": volume}
            for year in range(first, last + 1)
            for code in codes
        )
        values = {"name": title, "ogrn": host.ogrn, "inn": host.inn, "ngo_id": Ref(host.name)}
        lines = {"centre_agreement": agreements, "centre_plan": plans}
        plot.add(Save(plot.start, "centre", name, values, lines), rank=0)
        plot.centres.append((name, tuple(codes)))


def serve(plot: Plot, quarter: Quarter) -> None:
    """The services of a quarter, and the groups that centres helped to register."""
    days = plot.working_days(quarter)
    full = len(days) / 62
    for _ in range(round(plot.shape.services * min(1.0, full))):
        day = plot.random.choice(days)
        centre, codes = plot.random.choice(plot.centres)
        code = plot.random.choices(codes, [3 if c.startswith("К") else 2 for c in codes])[0]
        recipients = plot.random.sample(plot.here(day), _how_many(plot, code))
        give(plot, centre, code, day, recipients)
    _help_to_register(plot, quarter)


def give(
    plot: Plot, centre: str, code: str, day: date, recipients: list[Actor], *,
    noted: date | None = None, result: str | None = None,
) -> str:  # fmt: skip
    """One act of service.  Without recipients it was for «граждане».  Returns its name."""
    name = f"service:{plot.number('service')}"
    given: dict[str, Actor] = {}
    for actor in recipients:
        given.setdefault(actor.counted_as, actor)
    hours = Decimal(plot.random.randint(1, 6)) / 2 if code in HOURLY else Decimal(0)
    if code == "О1":
        hours = Decimal(plot.random.choice((2, 3, 4, 6)))
    people = max(1, len(given)) + plot.random.randint(0, 2 + len(given))
    evidenced = plot.random.random() > 0.03
    values: dict[str, Any] = {
        "centre_id": Ref(centre),
        "service_code": code,
        "provided_on": day,
        "quantity": Decimal(1) if code not in ("П1", "П2") else hours,
        "hours": hours,
        "people": people,
        "topic": plot.random.choice(_said(plot.words.work["topics"], code, recipients)),
        "result": result,
        "evidence_kind": EVIDENCE[code[0]] if evidenced else "",
        "evidence_no": f"{centre.split(':')[1]}-{plot.number(centre)}" if evidenced else "",
    }
    lines = tuple(
        {"ngo_id": Ref(actor.name), "first_time": _is_first(plot, centre, actor)} for actor in given.values()
    )
    recipient = {"service_recipient": lines or ({"ngo_id": None, "first_time": False},)}
    plot.add(Save(noted or plot.noted(day), "service", name, values, recipient))
    return name


def _said(words: Mapping[str, Sequence[str]], code: str, recipients: Sequence[Actor]) -> Sequence[str]:
    """What is said of a code: a legal entity asks for a change of its charter where a group wants to register."""
    legal = bool(recipients) and all(actor.kind == "legal" for actor in recipients)
    return words.get(f"{code} юрлицо" if legal else code) or words.get(code, ("по обращению",))


def _is_first(plot: Plot, centre: str, actor: Actor) -> bool:
    """Said once of an NGO and centre; half of them came before the records began."""
    if centre in actor.known_to:
        return False
    actor.known_to.add(centre)
    return plot.random.random() < 0.5


def _how_many(plot: Plot, code: str) -> int:
    if code == "О1":
        return plot.random.randint(4, 9)
    if code == "К1":
        return plot.random.randint(0, 1)
    return plot.random.choices((1, 2), (9, 1))[0]


def _help_to_register(plot: Plot, quarter: Quarter) -> None:
    """A group gets К1, then becomes a legal entity, and the centre tells of it."""
    teachers = [centre for centre, codes in plot.centres if "К1" in codes]
    began = plot.day_in(quarter, last=quarter.first_day + timedelta(days=25))
    if not teachers or began is None:
        return
    bodies = [a for a in plot.here(began) if a.kind == "body"]
    if not bodies:
        return
    body = plot.random.choice(bodies)
    centre = plot.random.choice(teachers)
    give(plot, centre, "К1", began, [body], result="registering")
    registered = plot.day_in(quarter, first=began + timedelta(days=20), last=quarter.last_day - timedelta(days=14))
    if registered is not None and plot.random.random() < 0.7:
        register_body(plot, body, registered)
        told = plot.day_in(quarter, first=registered + timedelta(days=10))
        if told is not None:
            give(plot, centre, "К1", told, [body], result="registered")


def need(plot: Plot, quarter: Quarter) -> None:
    """The needs of a quarter with what becomes of each."""
    days = plot.working_days(quarter)
    full = len(days) / 62
    for _ in range(round(plot.shape.needs * min(1.0, full))):
        day = plot.random.choice(days)
        ask(plot, plot.random.choice(plot.here(day)), day)


def ask(plot: Plot, actor: Actor, day: date, *, before: bool = False) -> str:
    """One need; most are closed by a centre, some otherwise, some stay open.  Returns its name."""
    random = plot.random
    asked = plot.words.work["needs"]
    free = [code for code in CATEGORY if code in asked and f"{actor.counted_as}/{CATEGORY[code]}" not in actor.known_to]
    offered = [code for code in free if any(code in codes for _, codes in plot.centres)]
    code = random.choice(offered or free or [code for code in CATEGORY if code in asked])
    actor.known_to.add(f"{actor.counted_as}/{CATEGORY[code]}")  # two alike would be open at once
    name = f"need:{plot.number('need')}"
    noted = plot.start if before else plot.noted(day)
    values: dict[str, Any] = {
        "ngo_id": Ref(actor.name),
        "category_code": CATEGORY[code],
        "opened_on": day,
        "before_records": before,
        "priority": "high" if random.random() < 0.15 else "normal",
        "text": random.choice(_said(asked, code, [actor])),
        "codes": (code,),
    }
    plot.add(Save(noted, "need", name, values))
    fate = random.choices(("centre", "other", "withdrawn", "open"), (62, 12, 6, 20))[0]
    later = max(day, plot.start, noted) + timedelta(days=random.randint(6, 70))
    closed = plot.day_in(Quarter.of(later), first=later)
    if fate == "open" or closed is None or not actor.is_here(closed):
        return name
    if fate == "withdrawn":
        plot.add(WithdrawNeed(plot.noted(closed), name, closed, random.choice(plot.words.work["withdrawn"])))
        return name
    centres = [centre for centre, codes in plot.centres if code in codes]
    if fate == "centre" and centres:
        noted_service = plot.noted(closed)
        service = give(plot, random.choice(centres), code, closed, [actor], noted=noted_service)
        plot.add(CloseNeed(noted_service, name, closed, "closed_centre", "", ((service, "closes"),)), rank=2)
        return name
    text = random.choice(plot.words.work["closed_otherwise"])
    plot.add(CloseNeed(plot.noted(closed), name, closed, "closed_other", text))
    return name
