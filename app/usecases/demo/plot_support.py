"""Support of the story: decisions of every form, the register, returns of money, programme, grant contest."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from app.core.periods import Quarter
from app.usecases.demo.actions import Change, EnterInRegister, Ref, Save, Terminate
from app.usecases.demo.plot import Actor, Plot, is_working

REGISTERED = ("211", "212", "213", "214", "215")
WEIGHTS = {"211": 7, "212": 4, "213": 18, "214": 24, "215": 30, "216": 3, "217": 4, "218": 8}
MONEY_FORMS = ("211", "212", "216", "217")
PROGRAMME = "programme:1"


def fund(plot: Plot) -> None:
    """The programme with its years, and the plan of each."""
    first, last = plot.shape.first.year, plot.shape.last.year
    act_on = date(first - 1, 12, 12)
    values = {
        "title": plot.words.work["programme"],
        "act": f"постановление от {act_on:%d.%m.%Y} № 9908",
        "starts_on": date(first, 1, 1),
        "ends_on": date(last + 2, 12, 31),
    }
    planned = Decimal(plot.shape.decisions * 90_000)
    lines = {"programme_year": tuple({"year": year, "planned": planned} for year in range(first, last + 1))}
    plot.add(Save(plot.start, "programme", PROGRAMME, values, lines), rank=0)


def execute(plot: Plot, quarter: Quarter) -> None:
    """What the programme spent in a quarter, typed on its last days or just after."""
    day = plot.frozen_on(quarter) - timedelta(days=2)
    if day > plot.shape.today:
        return
    share = plot.shape.decisions * 900 * plot.random.randint(17, 20)
    line = {
        "account": quarter,
        "local": Decimal(share),
        "oblast": Decimal(share * 3 // 10),
        "federal": Decimal(0),
        "other": Decimal(plot.random.randint(0, 9) * 1000),
    }
    plot.add(Change(day, "programme", PROGRAMME, {}, {"programme_execution": (line,)}))


def support(plot: Plot, quarter: Quarter) -> None:
    """The decisions of a quarter, each with its entry in the register."""
    days = plot.working_days(quarter)
    if not days:
        return
    full = len(plot.working_days(quarter, last=quarter.last_day)) / 62
    count = round(plot.shape.decisions * min(1.0, full))
    trainings = [_training(plot, quarter) for _ in range(max(1, count // 26))]
    taken: set[tuple[str, str, date]] = set()
    for form in _forms(plot, count):
        day = plot.random.choice(days)
        event = ""
        if form == "215":
            event, day = plot.random.choice(trainings)
        choice = plot.legal_here(day) if form in MONEY_FORMS else plot.here(day)
        if form == "217":
            choice = [a for a in choice if a.sonko]
        if form in REGISTERED:
            choice = [a for a in choice if a.ogrn or a.kind == "body"]  # who lacks an ОГРН waits for it
        choice = [a for a in choice if (a.counted_as, form, day) not in taken]
        if choice:
            actor = plot.random.choice(choice)
            taken.add((actor.counted_as, form, day))
            decide(plot, actor, form, day, plot.noted(day, longest=1), event)


def decide(plot: Plot, actor: Actor, form: str, day: date, noted: date, event: str = "") -> str:
    """One decision; a legal entity's decision of 211–215 is entered the next day.  Returns its name."""
    name = f"support:{plot.number('support')}"
    values: dict[str, Any] = {
        "ngo_id": Ref(actor.name),
        "form": form,
        "decision_no": f"{plot.number(f'decision{day.year}')}-р",
        "decision_on": day,
        "purpose": _purpose(plot, form),
        **_volumes(plot, form, day),
    }
    if event:
        values["event_id"] = Ref(event)
    if form == "211":
        values["programme_id"] = Ref(PROGRAMME)
    plot.add(Save(noted, "support", name, values))
    if form in REGISTERED and actor.is_legal(day):
        enter(plot, name, noted, day)
    if form == "212" and plot.random.random() < 0.12:
        _end_early(plot, name, day)
    if form == "211" and plot.random.random() < 0.15:
        _violate(plot, name, day, values["amount"])
    return name


def _forms(plot: Plot, count: int) -> list[str]:
    """So many decisions shared out by weight; what is less than a whole one comes by chance."""
    total = sum(WEIGHTS.values())
    forms = []
    for form, weight in WEIGHTS.items():
        whole, rest = divmod(count * weight, total)
        forms += [form] * (whole + (plot.random.random() < rest / total))
    plot.random.shuffle(forms)
    return forms


def lend_before(plot: Plot) -> None:
    """Property that NGOs used when the records began; in a first return it is given in its first quarter."""
    before = plot.shape.opening is not None
    for _ in range(max(5, plot.shape.decisions // 3)):
        actor = plot.random.choice(plot.legal_here(plot.start + timedelta(days=10)))
        day = plot.start - timedelta(days=plot.random.randint(20, 300)) if before else plot.start + timedelta(days=10)
        day = max(day, actor.registered_on or day)  # nothing is lent to who is not there yet
        while not is_working(day):
            day += timedelta(days=1)
        name = f"support:{plot.number('support')}"
        values = {
            "ngo_id": Ref(actor.name), "form": "212", "decision_no": f"{plot.number('lent')}-и", "decision_on": day,
            "before_records": before, **_volumes(plot, "212", day),
        }  # fmt: skip
        plot.add(Save(plot.start if before else day, "support", name, values))
        if not before:
            enter(plot, name, day, day)


def _purpose(plot: Plot, form: str) -> str:
    texts = plot.words.work["support"].get(form)
    return plot.random.choice(texts) if texts else "Обучение работников и добровольцев"


def _volumes(plot: Plot, form: str, day: date) -> dict[str, Any]:
    """Volumes in the units of the form, and its term."""
    random = plot.random
    match form:
        case "211":
            amount = Decimal(random.randint(90, 240) * 1000)
            oblast = Decimal(int(amount) * 3 // 10)
            term = {"starts_on": day, "ends_on": day + timedelta(days=random.randint(150, 330))}
            return {"amount": amount, "local": amount - oblast, "oblast": oblast, **term}
        case "212":
            area = Decimal(random.randint(180, 640)) / 10
            years = random.randint(2, 5)
            return {
                "objects": 1, "object_name": random.choice(plot.words.work["objects"]), "area": area,
                "amount": area * 900, "starts_on": day, "ends_on": day.replace(year=day.year + years, day=1),
            }  # fmt: skip
        case "213":
            return {"publications": random.randint(1, 3), "starts_on": day, "ends_on": day + timedelta(days=14)}
        case "214":
            return {"consultations": 1, "hours": Decimal(random.randint(1, 4)) / 2, "starts_on": day, "ends_on": day}
        case "215":
            return {"people": random.randint(1, 4), "starts_on": day, "ends_on": day}
        case "216":
            return {"amount": Decimal(random.randint(20, 60) * 1000)}
        case "217":
            return {"amount": Decimal(random.randint(40, 110) * 1000), "cases": 1}
        case _:
            return {"cases": 1}


def _training(plot: Plot, quarter: Quarter) -> tuple[str, date]:
    day = plot.day_in(quarter)
    assert day is not None  # the quarter has days: its caller looked
    name = f"event:{plot.number('event')}"
    values = {
        "kind": "training",
        "title": plot.random.choice(plot.words.work["trainings"]),
        "held_on": day,
        "hours": Decimal(plot.random.choice((3, 4, 6, 8))),
        "participants": plot.random.randint(15, 40),
        "place": "Зал отдела",
    }
    plot.add(Save(day, "event", name, values), rank=0)
    return name, day


def enter(plot: Plot, name: str, noted: date, decided: date) -> None:
    """An entry within the term; what came late is entered late."""
    entered = max(noted, decided + timedelta(days=1))
    while not is_working(entered):
        entered += timedelta(days=1)
    plot.add(EnterInRegister(entered, name, entered), rank=2 if entered == noted else 1)


def _end_early(plot: Plot, name: str, decided: date) -> None:
    day = plot.day_in(Quarter.of(decided).next)
    if day is not None:
        number = f"{plot.number(f'decision{day.year}')}-р"
        plot.add(Terminate(day, name, f"{name}:end", number, day))


def _violate(plot: Plot, name: str, decided: date, amount: Decimal) -> None:
    """A violation found two quarters later, with part of the money returned."""
    found = plot.day_in(Quarter.of(decided).next.next)
    if found is not None:
        line = {
            "found_on": found,
            "text": plot.random.choice(plot.words.work["violations"]),
            "returned": (amount / 10).quantize(Decimal(1)),
            "returned_on": found,
        }
        plot.add(Change(found, "support", name, {}, {"violation": (line,)}))


def contest(plot: Plot, year: int) -> None:
    """The municipal stage of the governor's grant: applications in spring, decisions, reports in autumn."""
    name = f"grant_contest:{year}"
    opened = max(date(year, 2, 2), plot.start)
    if opened > plot.shape.today or opened.month > 4:
        return
    values = {
        "year": year,
        "title": f"Муниципальный этап конкурса {year} года",
        "grant_limit": Decimal(250_000),
        "total_limit": Decimal(1_000_000),
    }
    plot.add(Save(opened, "grant_contest", name, values), rank=0)
    decided = plot.day_in(Quarter(year, 2))
    for number in range(max(3, plot.shape.ngos // 15)):
        applied = plot.day_in(Quarter(year, 1), first=opened)
        if applied is not None:
            applicants = [a for a in plot.legal_here(applied) if a.sonko]
            if applicants:
                _apply(plot, name, plot.random.choice(applicants), applied, decided, won=number % 2 == 0 and number < 9)


def _apply(plot: Plot, contest: str, actor: Actor, applied: date, decided: date | None, *, won: bool) -> None:
    random = plot.random
    name = f"grant_application:{plot.number('application')}"
    asked = Decimal(random.randint(120, 190) * 1000)
    values: dict[str, Any] = {
        "contest_id": Ref(contest),
        "ngo_id": Ref(actor.name),
        "project": f"«{random.choice(plot.words.work['projects'])}»",
        "applied_on": applied,
        "asked": asked,
    }
    plot.add(Save(plot.noted(applied), "grant_application", name, values))
    if decided is None:
        return
    noted = plot.noted(decided)
    if not won:
        plot.add(Change(noted, "grant_application", name, {"decision": "refused", "decision_on": decided}))
        return
    outcome = {"decision": "supported", "decision_on": decided, "granted": asked}
    plot.add(Change(noted, "grant_application", name, outcome))
    # The decision on support is made with the outcome; what the application does not tell is typed after.
    grant = {
        "decision_no": f"{plot.number(f'decision{decided.year}')}-р", "purpose": f"Проект {values['project']}",
        "starts_on": decided, "ends_on": date(decided.year, 12, 20),
    }  # fmt: skip
    plot.add(Change(noted, "support", f"{name}:support", grant))
    enter(plot, f"{name}:support", noted, decided)
    reported = plot.day_in(Quarter(decided.year, 4))
    if reported is not None:
        told = {
            "reported_on": reported, "beneficiaries": random.randint(60, 300),
            "events": random.randint(2, 9), "publications": random.randint(3, 14),
        }  # fmt: skip
        plot.add(Change(plot.noted(reported), "grant_application", name, told))
