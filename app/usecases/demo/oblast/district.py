"""The story of one district of the oblast: a year told with what is planted in it, and nothing that looks like it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from app.core.periods import Quarter
from app.core.workdays import WorkCalendar
from app.usecases.demo import plot_partners, plot_sector, plot_support
from app.usecases.demo.actions import Change, CloseNeed, Freeze, History, Ref, Save, SetUnit
from app.usecases.demo.oblast import plan
from app.usecases.demo.plot import Actor, Plot, Shape
from app.usecases.demo.plot_services import CATEGORY, EVIDENCE, give
from app.usecases.demo.vocabulary import Form

RESERVED = 4
"""So many NGOs of a district get planted services alone."""
_SHARED_FORM = Form("legal", "71400", "", "", ("8",), True)


@dataclass(frozen=True, slots=True)
class Told:
    """A history, who stands behind the names of its cards and centres, and the names of r1…, b1, s1….

    identities: an ОГРН, or the code of the district with the name where there is none.
    """

    history: History
    identities: Mapping[str, str]
    cast: Mapping[str, str]


class DistrictPlot(Plot):
    """A plot whose returns may be approved late."""

    def frozen_on(self, quarter: Quarter) -> date:
        due = WorkCalendar().return_due(quarter)
        late = plan.LATE.get((self.shape.oktmo, quarter), 0)
        return WorkCalendar().after(due, late) if late else due


def shape_of(oktmo: str, settlements: tuple[tuple[str, str], ...]) -> Shape:
    """Between 18 and 42 NGOs, five decisions a quarter."""
    at = plan.CODES.index(oktmo) if oktmo in plan.CODES else len(plan.CODES)
    small = oktmo == plan.FORMER
    first = plan.FORMER_QUARTER if small else plan.FIRST
    last = plan.FORMER_QUARTER if small else plan.LAST.get(oktmo, plan.NOW)
    return Shape(
        oktmo=oktmo, first=first, last=last, today=plan.TODAY if not small else date(2024, 4, 30),
        settlements=settlements, ngos=12 if small else 42 if oktmo == plan.VSEVOLOZHSK else 18 + at * 7 % 13,
        centres=0, decisions=5, services=0, needs=0, agreements=2, practices=at % 3, late=0, merges=0,
        corrections=False, serial=(at + 1) * 1000,
    )  # fmt: skip


def tell(oktmo: str, settlements: tuple[tuple[str, str], ...], seed: int, last: Quarter | None = None) -> Told:
    """Everything that happens in the district, to the end of a quarter."""
    shape = shape_of(oktmo, settlements)
    plot = DistrictPlot(replace(shape, last=last or shape.last), seed)
    story = _Story(plot)
    story.tell()
    return Told(plot.history(), story.identities, {key: actor.name for key, actor in story.cast.items()})


class _Story:
    def __init__(self, plot: DistrictPlot) -> None:
        self.plot = plot
        self.oktmo = plot.shape.oktmo
        self.at = plan.CODES.index(self.oktmo) if self.oktmo in plan.CODES else -1
        self.layout = plan.layout_of(self.oktmo) if self.at >= 0 else plan.LAYOUTS[0]
        self.cast: dict[str, Actor] = {}
        self.others: list[Actor] = []
        self.centres: dict[int, str] = {}

    @property
    def identities(self) -> dict[str, str]:
        found = {a.name: a.ogrn or f"{self.oktmo}/{a.counted_as}" for a in self.plot.actors}
        found |= {name: plan.CENTRES[number].ogrn for number, name in self.centres.items()}
        partners = (a for a in self.plot.planned() if isinstance(a, Save) and a.register == "partner")
        return found | {a.name: str(a.values["inn"]) for a in partners}

    def tell(self) -> None:
        plot = self.plot
        self._settle()
        self._open_centres()
        plot_support.fund(plot)
        self._befriend()
        for quarter in plot.quarters:
            self._live(quarter)
            plot_support.support(plot, quarter)
            plot_support.execute(plot, quarter)
            self._serve(quarter)
            self._need(quarter)
            self._meet(quarter)
        self._support_planted()
        self._grant()
        self._give_planted()
        self._want_planted()
        self._register_body()
        plot_partners.tell_practices(plot)
        for quarter in plot.quarters:
            plot.add(Freeze(plot.frozen_on(quarter), quarter), rank=2)
        self._tell_late()
        self._correct()

    # --- who is there -----------------------------------------------------------------------------

    def _settle(self) -> None:
        plot = self.plot
        unit = dict(plot.words.work["unit"])
        unit["head_name"], unit["executor_name"] = plot.words.signer(), plot.words.signer()
        plot.add(SetUnit(plot.start, {**unit, "site_updated_on": plot.start}), rank=0)
        plot_sector.settle(plot)
        for _ in range(2):
            plot_sector.arrive(plot, plot.words.body_form(), plot.start, before=False)
        while len(self._free_legal()) < RESERVED + 3:
            plot_sector.arrive(plot, plot.words.legal_form(), plot.start, before=False)
        bodies = [a for a in plot.here(plot.start) if a.kind == "body"]
        while len(bodies) < 2:
            one = plot_sector.arrive(plot, plot.words.body_form(), plot.start, before=False)
            bodies += [one] if one.active else []
        self.cast |= {f"r{n}": actor for n, actor in enumerate(self._free_legal()[:RESERVED], 1)}
        self.cast["b1"] = bodies[0]
        taken = {actor.name for actor in self.cast.values()}
        self.others = [a for a in plot.here(plot.start) if a.name not in taken]
        for shared, at_home in plan.shared_of(self.oktmo):
            self.cast[shared.key] = self._shared(shared, primary=at_home or shared.both_primary)

    def _free_legal(self) -> list[Actor]:
        """At work from the first day, with an ОГРН, and neither head nor branch."""
        heads = {a.counted_as for a in self.plot.actors if a.counted_as != a.name}
        return [
            a for a in self.plot.here(self.plot.start)
            if a.kind == "legal" and a.ogrn and a.counted_as == a.name and a.name not in heads
        ]  # fmt: skip

    def _shared(self, shared: plan.Shared, *, primary: bool) -> Actor:
        plot, one = self.plot, shared.organisation
        name = f"ngo:{plot.number('ngo')}"
        registered = date(2015, 6, 1)
        actor = Actor(name, "legal", plot.start, registered, one.ogrn, one.inn, "71400", one.name, sonko=True)
        actor.counted_as, actor.known_on = name, plot.start
        values: dict[str, Any] = {
            "kind": "legal", "name": one.name, "short_name": one.name.rpartition(" «")[2].join(("АНО «", "")),
            "okopf": "71400", "ogrn": one.ogrn, "inn": one.inn, "kpp": "479901001", "registered_on": registered,
            "address": plot.words.address("посёлок Дальний Ковш"),
            "settlement": self._settlement() if primary else None,
            "primary_here": primary, "primary_where": "" if primary else "другой район области",
            "director": plot.words.person(), "verified_on": plot.start,
        }  # fmt: skip
        lines: dict[str, tuple[dict[str, Any], ...]] = {
            "ngo_interval": ({"taken_on": plot.start, "before_records": False},),
            "ngo_status": ({"since": plot.start, "status": "active", "basis": "сверка отдела"},),
            "ngo_mark": ({"mark": "sonko", "since": plot.start, "basis": "устав, п. 2.1"},),
            "ngo_activity": tuple({"activity_code": code} for code in _SHARED_FORM.activities),
        }
        plot.add(Save(plot.start, "ngo", name, values, lines), rank=0)
        plot.actors.append(actor)
        return actor

    def _settlement(self) -> str | None:
        return self.plot.shape.settlements[0][0] if self.plot.shape.settlements else None

    def _live(self, quarter: Quarter) -> None:
        plot = self.plot
        day = plot.day_in(quarter)
        if day is not None:
            plot_sector.arrive(plot, plot.words.legal_form(), day, before=False)
        if quarter != plot.shape.first and quarter.number % 2 == self.at % 2:
            plot_sector.leave(plot, quarter)
        for actor in plot.random.sample(plot.actors, 2):
            plot_sector.verify(plot, actor, quarter)

    def _open_centres(self) -> None:
        plot = self.plot
        offered = {
            (centre, code): 8 if code.startswith("К") else 4 for centre, codes in self.layout.items() for code in codes
        }
        planned = {at[1:]: volume for at, volume in plan.OFFERED.items() if at[0] == self.oktmo}
        asked = {(g.centre, g.code): 0 for g in plan.GIVEN if g.oktmo == self.oktmo}
        volumes = asked | offered | planned
        for number in sorted({centre for centre, _ in volumes}):
            own = plan.CENTRES[number]
            self.centres[number] = name = f"centre:{number}"
            agreement = {
                "number": f"РЦ-2026/{number}", "starts_on": date(2025, 1, 1), "ends_on": date(2026, 12, 31),
                "subsidy": Decimal(400_000 + 25_000 * number), "competition": "Конкурс ресурсных центров 2024",
                "year_won": 2024,
            }  # fmt: skip
            plans = tuple(
                {"territory_code": self.oktmo, "service_code": code, "year": year, "volume": Decimal(volume)}
                for (centre, code), volume in volumes.items() if centre == number and volume
                for year in {plot.shape.first.year, plot.shape.last.year}
            )  # fmt: skip
            values = {"name": own.name, "ogrn": own.ogrn, "inn": own.inn}
            lines = {"centre_agreement": (agreement,), "centre_plan": plans}
            plot.add(Save(plot.start, "centre", name, values, lines), rank=0)
            plot.centres.append((name, self.layout.get(number, ())))

    def _befriend(self) -> None:
        """Two partners of its own and one of the whole oblast."""
        plot = self.plot
        companies = [one for one in plot.words.work["partners"] if one[0] == "company"]
        chosen = companies[self.at % 4 : self.at % 4 + 2]
        plot.words.work["partners"] = [*chosen, ["company", plan.PARTNER.name]]
        for kind, title in chosen:
            ogrn, inn = plot.words.numbers(2015)
            values = {"kind": kind, "name": title, "inn": inn, "ogrn": ogrn}
            plot.add(Save(plot.start, "partner", f"partner:{plot.number('partner')}", values), rank=0)
        own = {"kind": "company", "name": plan.PARTNER.name, "inn": plan.PARTNER.inn, "ogrn": plan.PARTNER.ogrn}
        plot.add(Save(plot.start, "partner", f"partner:{plot.number('partner')}", own), rank=0)
        for _ in range(plot.shape.agreements):
            plot_partners.agree(plot, plot.start, before=False)

    # --- what is done -----------------------------------------------------------------------------

    def _serve(self, quarter: Quarter) -> None:
        """Every code that is offered, in every quarter, for those in whom nothing is planted."""
        plot = self.plot
        for number, codes in self.layout.items():
            for code in codes:
                for _ in range(2 if code in ("К3", "К4") else 1):
                    day = plot.day_in(quarter)
                    if day is not None:
                        many = plot.random.randint(3, 5) if code == "О1" else 1
                        give(plot, self.centres[number], code, day, self._some(day, many))

    def _some(self, day: date, many: int = 1) -> list[Actor]:
        here = [a for a in self.others if a.is_here(day)]
        return self.plot.random.sample(here, min(many, len(here)))

    def _need(self, quarter: Quarter) -> None:
        """Needs that somebody answers: within the quarter or early in the next; in the last one some still wait."""
        plot = self.plot
        served = [(number, code) for number, codes in self.layout.items() for code in codes
                  if code in plot.words.work["needs"]]  # fmt: skip
        for number, code in plot.random.sample(served, 3):
            opened = plot.day_in(quarter, first=quarter.first_day + timedelta(days=25),
                                 last=quarter.last_day - timedelta(days=20))  # fmt: skip
            actor = next(iter(self._some(opened)), None) if opened else None
            if opened is None or actor is None or f"{actor.name}/{CATEGORY[code]}" in actor.known_to:
                continue
            actor.known_to.add(f"{actor.name}/{CATEGORY[code]}")
            name = self._ask(actor, CATEGORY[code], code, opened, high=plot.random.random() < 0.2)
            closed = opened + timedelta(days=plot.random.choice((8, 12, 45)))
            while closed.weekday() > 4:
                closed += timedelta(days=1)
            if Quarter.of(closed) > plot.shape.last or not actor.is_here(closed):
                continue
            noted = plot.noted(closed)
            service = give(plot, self.centres[number], code, closed, [actor], noted=noted)
            plot.add(CloseNeed(noted, name, closed, "closed_centre", "", ((service, "closes"),)), rank=2)

    def _ask(self, actor: Actor, category: str, code: str, on: date, *, high: bool) -> str:
        plot = self.plot
        name = f"need:{plot.number('need')}"
        texts = plot.words.work["needs"].get(code) or ["нужна помощь центра"]
        values = {
            "ngo_id": Ref(actor.name), "category_code": category, "opened_on": on,
            "priority": "high" if high else "normal", "text": plot.random.choice(texts), "codes": (code,),
        }  # fmt: skip
        plot.add(Save(plot.noted(on), "need", name, values), rank=0)
        return name

    def _meet(self, quarter: Quarter) -> None:
        plot = self.plot
        kind, texts = (("business", "business_events"), ("meeting", "meetings"))[(quarter.number + self.at) % 2]
        day = plot.day_in(quarter)
        if day is not None:
            values = {
                "kind": kind, "title": plot.random.choice(plot.words.work[texts]), "held_on": day,
                "participants": plot.random.randint(12, 60), "place": "Зал отдела",
            }  # fmt: skip
            plot.add(Save(plot.noted(day), "event", f"event:{plot.number('event')}", values))

    def _register_body(self) -> None:
        """A group on its way to a legal entity; in every other such district it arrives there."""
        plot, second, third = self.plot, Quarter(2026, 2), plan.NOW
        teachers = [number for number, codes in self.layout.items() if "К1" in codes]
        bodies = [a for a in self.others if a.kind == "body" and a.is_here(second.first_day)]
        if self.at % 3 or plot.shape.last < third or not bodies:
            return
        began = plot.day_in(second, first=date(2026, 5, 12))
        assert began is not None
        give(plot, self.centres[teachers[0]], "К1", began, [bodies[0]], result="registering")
        if self.at % 2:
            plot_sector.register_body(plot, bodies[0], date(2026, 7, 22))
            give(plot, self.centres[teachers[0]], "К1", date(2026, 8, 6), [bodies[0]], result="registered")

    # --- what is planted --------------------------------------------------------------------------

    def _give_planted(self) -> None:
        plot = self.plot
        for one in plan.GIVEN:
            if one.oktmo == self.oktmo and one.on <= plot.quarters[-1].last_day:
                recipients = [self.cast[key] for key in one.who]
                name = give(plot, self.centres[one.centre], one.code, one.on, recipients, noted=one.on)
                kind, number = one.evidence or (EVIDENCE[one.code[0]], f"{one.centre}-{plot.number('planted') + 500}")
                proof = {"evidence_kind": kind, "evidence_no": number}
                plot.add(Change(one.on, "service", name, proof), rank=2)

    def _want_planted(self) -> None:
        for one in plan.WANTED:
            if one.oktmo == self.oktmo and one.on <= self.plot.quarters[-1].last_day:
                name = self._ask(self.cast[one.who], one.category, one.code, one.on, high=one.high)
                if one.closed is not None:
                    text = "решено администрацией поселения"
                    self.plot.add(CloseNeed(self.plot.noted(one.closed), name, one.closed, "closed_other", text))

    def _support_planted(self) -> None:
        """An NGO of two districts gets support in both: it is one recipient of the oblast."""
        for shared, _ in plan.shared_of(self.oktmo):
            for day in (date(2026, 5, 14), date(2026, 8, 13)):
                if day <= self.plot.quarters[-1].last_day:
                    plot_support.decide(self.plot, self.cast[shared.key], "214", day, day)

    def _grant(self) -> None:
        """An application of winter, won in July, told of in September."""
        plot = self.plot
        if self.at % 3 != 1 or plot.shape.last < plan.NOW:
            return
        actor, applied, decided, told = self.cast["r4"], date(2026, 2, 12), date(2026, 7, 9), date(2026, 9, 22)
        contest, name = "grant_contest:2026", "grant_application:1"
        asked = Decimal(140_000 + 1_000 * self.at)
        plot.add(Save(date(2026, 2, 3), "grant_contest", contest, {
            "year": 2026, "title": "Муниципальный этап конкурса 2026 года", "grant_limit": Decimal(250_000),
            "total_limit": Decimal(1_000_000),
        }), rank=0)  # fmt: skip
        plot.add(Save(applied, "grant_application", name, {
            "contest_id": Ref(contest), "ngo_id": Ref(actor.name), "project": "«Дворы с историей»",
            "applied_on": applied, "asked": asked,
        }))  # fmt: skip
        outcome = {"decision": "supported", "decision_on": decided, "granted": asked}
        plot.add(Change(decided, "grant_application", name, outcome))
        plot.add(Change(decided, "support", f"{name}:support", {
            "decision_no": f"{plot.number('decision2026')}-р", "purpose": "Проект «Дворы с историей»",
            "starts_on": decided, "ends_on": date(2026, 12, 20),
        }))  # fmt: skip
        plot_support.enter(plot, f"{name}:support", decided, decided)
        report = {"reported_on": told, "beneficiaries": 90 + self.at, "events": 3, "publications": 5}
        plot.add(Change(told, "grant_application", name, report))

    def _tell_late(self) -> None:
        """A service of June that reaches the unit when its return is sent: it counts in the next."""
        second = Quarter(2026, 2)
        if self.at % 5 or self.plot.shape.last <= second:
            return
        noted = self.plot.frozen_on(second) + timedelta(days=5)
        number, codes = next(iter(self.layout.items()))
        day = date(2026, 6, 25)
        give(self.plot, self.centres[number], codes[0], day, self._some(day), noted=noted)

    def _correct(self) -> None:
        """An hour was forgotten; the return is sent anew."""
        plot = self.plot
        for (oktmo, quarter), reason in plan.CORRECTED.items():
            if oktmo != self.oktmo:
                continue
            day = quarter.first_day + timedelta(days=40)
            while day.weekday() > 4:
                day += timedelta(days=1)
            name = plot_support.decide(plot, self.cast["r2"], "214", day, day)
            found = plot.frozen_on(quarter) + timedelta(days=6)
            plot.add(Change(found, "support", name, {"hours": Decimal("7.5")}))
            plot.add(Freeze(found, quarter, reason), rank=2)
