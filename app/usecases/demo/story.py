"""The history of one district from its shape and a seed: pure, the same in every run."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from app.core.periods import Quarter
from app.usecases.demo import (
    plot_contacts,
    plot_partners,
    plot_sector,
    plot_services,
    plot_support,
    plot_week,
)
from app.usecases.demo.actions import Answered, Change, Freeze, History, Save, SetPlan, SetUnit
from app.usecases.demo.plot import Plot, Shape
from app.usecases.demo.plot_opening import balance, open_with_needs


def tell(plot: Plot) -> None:
    """Everything that happens in the district of the plot, written down in it."""
    _fill_unit(plot)
    plot_sector.settle(plot)
    plot_services.open_centres(plot)
    plot_support.fund(plot)
    plot_partners.befriend(plot)
    if plot.shape.opening is not None:
        open_with_needs(plot)
        plot_support.lend_before(plot)
        balance(plot)
    else:
        plot_support.lend_before(plot)
    for year in range(plot.shape.first.year, plot.shape.last.year + 1):
        _plan_year(plot, year)
        plot_support.contest(plot, year)
    merging = plot.random.sample(plot.quarters, min(plot.shape.merges, len(plot.quarters)))
    for quarter in plot.quarters:
        plot_sector.live(plot, quarter)
        plot_support.support(plot, quarter)
        plot_support.execute(plot, quarter)
        plot_services.serve(plot, quarter)
        plot_services.need(plot, quarter)
        plot_partners.deal(plot, quarter)
        if quarter in merging:
            plot_sector.merge_twice(plot, quarter)
        _tell_late(plot, quarter)
    plot_partners.tell_practices(plot)
    plot.freeze_all(plot.quarters)
    for quarter in [q for q in plot.quarters if plot.is_frozen(q)][:-1]:
        plot.accept(quarter, plot.frozen_on(quarter))  # the answer to the latest one is still awaited
    if plot.shape.corrections:
        _correct(plot)
    plot_week.keep_diary(plot)
    plot_contacts.meet(plot)


def tell_district(shape: Shape, seed: int) -> History:
    """The history of a district of this shape."""
    plot = Plot(shape, seed)
    tell(plot)
    return plot.history()


def _fill_unit(plot: Plot) -> None:
    unit = dict(plot.words.work["unit"])
    unit["head_name"] = plot.words.signer()
    unit["executor_name"] = plot.words.signer()
    unit["site_updated_on"] = plot.start
    plot.add(SetUnit(plot.start, unit), rank=0)


def _plan_year(plot: Plot, year: int) -> None:
    """Plans of some rows, set by an act in January (or when the records begin)."""
    decisions, services = plot.shape.decisions, plot.shape.services
    total = sum(plot_support.WEIGHTS.values())
    planned = {
        form: 4 * max(1, round(decisions * weight / total)) for form, weight in plot_support.WEIGHTS.items()
    }
    values = {
        "214.2": planned["214"], "215.3": planned["215"], "218.2": planned["218"], "301": 4 * services, "509": 4,
    }  # fmt: skip
    act_on = max(date(year, 1, 15), plot.start)
    for code, value in values.items():
        plot.add(SetPlan(act_on, year, code, Decimal(value), f"99-{year}", act_on))


def _tell_late(plot: Plot, quarter: Quarter) -> None:
    """Facts of a quarter that reach the unit when its return is already sent."""
    if not plot.is_frozen(quarter):
        return
    noted = plot.frozen_on(quarter) + timedelta(days=4)
    for number in range(plot.shape.late):
        day = plot.day_in(quarter, first=quarter.last_day - timedelta(days=30))
        if day is None or noted > plot.shape.today:
            continue
        actor = plot.random.choice(plot.here(day))
        if number % 3 == 2:
            bodies = [a for a in plot.here(day) if a.kind == "body"]
            if bodies:
                plot_support.decide(plot, bodies[0], "214", day, noted)
        else:
            centre, codes = plot.random.choice(plot.centres)
            plot_services.give(plot, centre, codes[0], day, [actor], noted=noted)


def _correct(plot: Plot) -> None:
    """An error is found in a service that a return has counted: it is put right, the return sent anew."""
    frozen = [q for q in plot.quarters if plot.is_frozen(q)]
    if len(frozen) < 2:
        return
    quarter = plot.random.choice(frozen[:-1])
    found = plot.frozen_on(quarter) + timedelta(days=8)
    candidates = [
        a for a in plot.planned()
        if isinstance(a, Save) and a.register == "service" and a.values["provided_on"] in quarter
        and a.day < plot.frozen_on(quarter) and a.values["hours"]
    ]  # fmt: skip
    if not candidates or found >= plot.frozen_on(quarter.next):
        return
    chosen = plot.random.choice(candidates)
    hours = chosen.values["hours"] + Decimal("0.5")
    plot.add(Change(found, "service", chosen.name, {"hours": hours, "people": chosen.values["people"] + 1}))
    plot.add(Freeze(found, quarter, "исправлены часы и число участников услуги"), rank=2)
    plot.add(Answered(found, quarter), rank=3)
    plot.accept(quarter, found)
