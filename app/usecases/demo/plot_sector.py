"""NGOs of the story: on record from the start, newcomers, branches, groups that register, merges, departures."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from app.core.periods import Quarter
from app.usecases.demo.actions import Change, MergeNgos, Ref, RegisterBody, RemoveNgo, Save
from app.usecases.demo.plot import Actor, Plot, before_weekend
from app.usecases.demo.vocabulary import Form


def settle(plot: Plot) -> None:
    """Those on record when the records begin."""
    shape = plot.shape
    for form in plot.words.forms(shape.ngos * 5 // 6):
        taken = plot.start
        if shape.opening is not None:
            taken = before_weekend(taken - timedelta(days=plot.random.randint(30, 1400)))
        arrive(plot, form, taken, before=shape.opening is not None)
    heads = [a for a in plot.actors if a.kind == "legal" and a.ogrn and a.active]
    for number, head in enumerate(plot.random.sample(heads, max(1, shape.ngos // 45))):
        _open_branch(plot, head, number)


def live(plot: Plot, quarter: Quarter) -> None:
    """What a quarter brings: newcomers, removals, new figures of the year, statuses."""
    for _ in range(max(1, plot.shape.ngos // 36)):
        day = plot.day_in(quarter)
        if day is not None:
            form = plot.words.legal_form() if plot.random.random() < 0.7 else plot.words.body_form()
            arrive(plot, form, day, before=False)
    if quarter != plot.shape.first and plot.random.random() < 0.6:
        leave(plot, quarter)
    if quarter.number == 2:
        for actor in plot.here(quarter.first_day):
            _tell_year(plot, actor, quarter)
    for actor in plot.random.sample(plot.actors, 2):
        verify(plot, actor, quarter)


def register_body(plot: Plot, body: Actor, day: date) -> None:
    """A group becomes an АНО; its card and key stay."""
    ogrn, inn = plot.words.numbers(day.year)
    noted = plot.noted(day)
    values = {
        "name": body.full.replace("Инициативная группа жителей", "Автономная некоммерческая организация"),
        "short_name": body.full.replace("Инициативная группа жителей", "АНО"),
        "okopf": "71400",
        "ogrn": ogrn,
        "inn": inn,
        "kpp": "479901001",
        "registered_on": day,
    }
    plot.add(RegisterBody(noted, body.name, values))
    body.kind, body.ogrn, body.inn, body.okopf, body.registered_on = "legal", ogrn, inn, "71400", day


def merge_twice(plot: Plot, quarter: Quarter) -> None:
    """Somebody was entered twice; the second card is found and merged into the first."""
    day = plot.day_in(quarter, last=quarter.last_day - timedelta(days=40))
    if day is None:
        return
    bodies = [a for a in plot.here(day) if a.kind == "body"]
    if not bodies:
        return
    winner = plot.random.choice(bodies)
    name = f"ngo:{plot.number('ngo')}"
    noted = plot.noted(day)
    values = {"kind": "body", "name": winner.full + ", посёлок", "short_name": "", "address": "", "primary_here": True}
    status = {"since": day, "status": "unverified"}
    lines: dict[str, Any] = {"ngo_interval": ({"taken_on": day},), "ngo_status": (status,)}
    plot.add(Save(noted, "ngo", name, values, lines))
    merged = plot.day_in(quarter, first=noted + timedelta(days=5))
    if merged is not None:
        plot.add(MergeNgos(merged, name, winner.name, merged))


def arrive(plot: Plot, form: Form, taken: date, *, before: bool) -> Actor:
    """A card with its interval, status, marks, activities and yearly figures."""
    random, words = plot.random, plot.words
    full, short, activities = words.name(form)
    registered = before_weekend(taken - timedelta(days=random.randint(20, 3000))) if form.kind == "legal" else None
    ogrn, inn = words.numbers(registered.year) if registered else ("", "")
    if registered and random.random() < 0.03:
        ogrn = inn = ""  # «не установлен»
    actor = Actor(
        name=f"ngo:{plot.number('ngo')}", kind=form.kind, taken_on=taken, registered_on=registered, ogrn=ogrn, inn=inn,
        okopf=form.okopf or "", full=full, sonko=form.kind == "legal" and form.sonko and random.random() < 0.75,
    )  # fmt: skip
    actor.counted_as = actor.name
    status = random.choices(("active", "unverified", "inactive"), (84, 10, 6))[0]
    actor.active = status == "active"
    oktmo, place = random.choice(plot.shape.settlements) if plot.shape.settlements else ("", "посёлок Ковшовое")
    primary_here = before is False or random.random() > 0.06
    values: dict[str, Any] = {
        "kind": form.kind,
        "name": full,
        "short_name": short,
        "okopf": form.okopf,
        "ogrn": ogrn or None,
        "inn": inn or None,
        "kpp": "479901001" if ogrn else "",
        "registered_on": registered,
        "address": words.address(place if primary_here else None),
        "settlement": oktmo if primary_here else None,
        "primary_here": primary_here,
        "primary_where": "" if primary_here else "Санкт-Петербург",
        "director": words.person(),
        "phone": f"8 (81300) 00-{random.randint(100, 999)}",
        "email": f"nko{plot.number('mail')}@demo-rayon.example",
        "verified_on": taken,
    }
    year = plot.shape.first.year - 1
    staff = 0 if form.kind == "body" else random.randint(1, 9)
    lines: dict[str, Any] = {
        "ngo_interval": ({"taken_on": taken, "before_records": before},),
        "ngo_status": ({"since": taken, "status": status, "basis": "сверка отдела"},),
        "ngo_mark": _marks(plot, actor, taken),
        "ngo_activity": tuple({"activity_code": code} for code in activities),
        "ngo_year": ({"year": year, "staff": staff, "volunteers": random.randint(4, 40), "source": "отчёт в Минюст"},)
        if random.random() < 0.9
        else (),
    }
    noted = plot.start if before or taken == plot.start else plot.noted(taken)
    plot.add(Save(noted, "ngo", actor.name, values, lines), rank=0)
    actor.known_on = noted
    plot.actors.append(actor)
    return actor


def _marks(plot: Plot, actor: Actor, taken: date) -> tuple[dict[str, Any], ...]:
    """СОНКО, and for some of them the federal register, ИОПУ, social provider."""
    if not actor.sonko:
        return ()
    random = plot.random
    marks: list[dict[str, Any]] = [{"mark": "sonko", "since": taken, "basis": "устав, п. 2.1"}]
    if random.random() < 0.5:
        marks.append({"mark": "federal_register", "since": taken, "basis": "реестр СОНКО"})
    if random.random() < 0.1:
        until = max(taken, plot.start) + timedelta(days=random.randint(200, 700))
        marks.append(
            {"mark": "iopu", "since": taken, "valid_to": until, "basis": "решение № 99-ИОПУ", "services": "досуг детей"}
        )
    if random.random() < 0.07:
        marks.append({"mark": "social_provider", "since": taken, "basis": "реестр поставщиков"})
    return tuple(marks)


def _open_branch(plot: Plot, head: Actor, number: int) -> None:
    """A branch: a card of its own under its head, with the head's ОГРН and a КПП of its own."""
    name = f"ngo:{plot.number('ngo')}"
    taken = head.taken_on
    values = {
        "kind": "legal",
        "name": f"{head.full}, отделение {plot.words.branch_suffix(number)}",
        "short_name": f"отделение {plot.words.branch_suffix(number)}",
        "okopf": head.okopf,
        "ogrn": head.ogrn,
        "inn": head.inn,
        "kpp": f"4799430{number + 1:02d}",
        "registered_on": head.registered_on,
        "address": plot.words.address("посёлок Дальний Ковш"),
        "primary_here": False,
        "primary_where": "Санкт-Петербург",
        "is_branch": True,
        "head_id": Ref(head.name),
    }
    lines = {
        "ngo_interval": ({"taken_on": taken, "before_records": plot.shape.opening is not None},),
        "ngo_status": ({"since": taken, "status": "active", "basis": "сверка отдела"},),
    }
    plot.add(Save(plot.start, "ngo", name, values, lines), rank=0)
    branch = Actor(name, "legal", taken, head.registered_on, head.ogrn, head.inn, head.okopf, str(values["name"]))
    branch.counted_as = head.name
    branch.known_to = head.known_to
    plot.actors.append(branch)


def leave(plot: Plot, quarter: Quarter) -> None:
    """A quiet NGO is struck off: liquidated, excluded, or moved away."""
    day = plot.day_in(quarter)
    if day is None:
        return
    gone = [a for a in plot.actors if not a.active and a.removed_on is None and a.taken_on < quarter.first_day]
    if not gone:
        return
    actor = plot.random.choice(gone)
    actor.removed_on = day
    reasons = ("liquidated", "excluded", "moved") if actor.kind == "legal" else ("mistake", "moved")
    reason = plot.random.choice(reasons)
    liquidated = day - timedelta(days=5) if reason == "liquidated" else None
    plot.add(RemoveNgo(plot.noted(day), actor.name, day, reason, liquidated))


def _tell_year(plot: Plot, actor: Actor, quarter: Quarter) -> None:
    """The figures of last year come with the reports of spring."""
    if plot.random.random() < 0.2 or actor.kind == "body" or actor.taken_on.year >= quarter.year:
        return
    day = plot.day_in(quarter)
    if day is None or actor.taken_on > day or actor.removed_on is not None:
        return
    year = quarter.year - 1
    if year <= plot.shape.first.year - 1:
        return
    figures = {"year": year, "staff": plot.random.randint(2, 9), "volunteers": plot.random.randint(8, 40)}
    line = {**figures, "source": "отчёт в Минюст"}
    plot.add(Change(day, "ngo", actor.name, {"verified_on": day}, {"ngo_year": (line,)}))


def verify(plot: Plot, actor: Actor, quarter: Quarter) -> None:
    """An unverified one was reached by phone: from now on it is known to be at work."""
    day = plot.day_in(quarter)
    if day is None or actor.active or actor.removed_on is not None or actor.taken_on >= day:
        return
    line = {"since": day, "status": "active", "basis": "ответ на письмо отдела"}
    plot.add(Change(plot.noted(day), "ngo", actor.name, {"verified_on": day}, {"ngo_status": (line,)}))
