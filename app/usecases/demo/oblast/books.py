"""Figures of a district counted from its story, by somebody who has neither its file nor its returns.

The rules are those of DOMAIN §6, written down anew: what the region's consolidation says is held against this.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from app.core.periods import Quarter
from app.core.workdays import WorkCalendar
from app.usecases.demo.actions import (
    Action,
    Change,
    CloseNeed,
    EnterInRegister,
    Freeze,
    RegisterBody,
    RemoveNgo,
    Save,
    Terminate,
)
from app.usecases.demo.oblast.district import Told

FORM_ROWS = {
    "20200": "111", "20202": "111", "20210": "111", "20211": "111", "71400": "113", "71500": "114", "21100": "115",
    "70400": "112", "70401": "112", "70403": "112", "70404": "112",
}  # fmt: skip
MARK_ROWS = {"sonko": "102", "iopu": "103", "federal_register": "104", "social_provider": "105"}
STATUS_ROWS = {"active": "107", "inactive": "108", "liquidating": "108", "unverified": "119"}
STATES = {"presented": "601", "checked": "602", "recommended": "603", "spread": "604"}
VOLUMES: Mapping[str, Mapping[str, str]] = {
    "211": {"211.3": "amount", "211.4": "local", "211.5": "oblast"},
    "212": {"212.3": "objects", "212.4": "area", "212.6": "amount"},
    "213": {"213.2": "publications"},
    "214": {"214.2": "consultations", "214.3": "hours"},
    "215": {"215.4": "people"},
    "216": {"216.2": "amount"},
    "217": {"217.2": "cases", "217.3": "amount"},
    "218": {"218.2": "cases"},
}
COUNTED = ("211", "212", "215")  # forms whose decisions are a row; in the others a volume counts them
ENTRY_DAYS = 3
SETS = ("210", *(f"{form}.1" for form in VOLUMES), "302", "303", "503", "504")
STOCKS = (*map(str, range(101, 109)), *map(str, range(111, 120)), "202", "212.5", "305", "501", "508", *STATES.values())
SUMS = (
    "109", "110", *(str(code) for code in range(203, 208)),
    *(f"{form}.2" for form in COUNTED if form != "215"), *(row for rows in VOLUMES.values() for row in rows),
    "211.6", "211.7", "215.2", "215.3", "215.5", "220.1", "220.2", "220.3", "221", "222", "223", "230", "231", "232",
    "233", "301", "304", "502", "505.1", "505.2", "506", "507", "509", "510", "706",
)  # fmt: skip


@dataclass(slots=True)
class _Card:
    """A fact as it was saved: its values, its lines with their periods of account, and its own period."""

    values: dict[str, Any]
    account: Quarter
    lines: dict[str, list[tuple[Quarter, Mapping[str, Any]]]] = field(default_factory=lambda: defaultdict(list))


class Books:
    """All facts of a district, each with the quarter in which it counts."""

    def __init__(self, told: Told) -> None:
        self.who = told.identities
        self.closed: Quarter | None = None
        self.kept: dict[str, dict[str, _Card]] = defaultdict(dict)
        self.sums: list[tuple[str, Quarter, Decimal]] = []
        self.members: list[tuple[str, Quarter, str]] = []
        self.decided: dict[str, date] = {}
        self.ended: dict[str, tuple[Quarter, date]] = {}
        for action in told.history.actions:
            self._note(action)

    def _at(self, day: date) -> Quarter:
        """The quarter of a day, or the first one that no approved return holds."""
        quarter = Quarter.of(day)
        return quarter if self.closed is None or quarter > self.closed else self.closed.next

    def _add(self, code: str, account: Quarter, value: Any) -> None:
        self.sums.append((code, account, Decimal(value)))

    def _note(self, action: Action) -> None:
        match action:
            case Freeze():
                self.closed = max(self.closed or action.quarter, action.quarter)
            case Save():
                self._save(action)
            case Change():
                self._change(action)
            case RegisterBody():
                card = self.kept["ngo"][action.name]
                card.values |= {**action.values, "kind": "legal", "legal": self._at(action.values["registered_on"])}
            case RemoveNgo():
                self.kept["ngo"][action.name].values["removed"] = account = self._at(action.on)
                self._add("110", account, 1)
            case EnterInRegister():
                self._enter(action.name, action.day, action.published_on)
            case Terminate():
                self.ended[action.name] = (self._at(action.on), action.on)
                if action.name in self.decided:
                    self.decided[action.as_name] = action.on
                    self._enter(action.as_name, action.day, None)
            case CloseNeed():
                self.kept["need"][action.name].values["closed"] = self._at(action.on)

    def _enter(self, name: str, entered: date, published: date | None) -> None:
        support = self.kept["support"].get(name)
        decided = support.values["decision_on"] if support else self.decided[name]
        self.decided[name] = decided
        account = self._at(entered)
        self._add("232", account, 1)
        # The day of approval is late enough for every term to have run out, but for the last days of a quarter.
        if published is not None and published <= WorkCalendar().after(decided, ENTRY_DAYS):
            self._add("233", account, 1)

    # --- what is saved ----------------------------------------------------------------------------

    def _save(self, action: Save) -> None:
        values = {key: getattr(value, "name", value) for key, value in action.values.items()}
        days = {"support": "decision_on", "service": "provided_on", "need": "opened_on", "agreement": "starts_on",
                "event": "held_on", "grant_application": "applied_on"}  # fmt: skip
        day = values.get(days.get(action.register, ""), action.day)
        card = _Card(values, self._at(day))
        self.kept[action.register][action.name] = card
        self._lines(card, action.lines)
        if action.register == "ngo":
            values["taken"] = self._at(action.lines["ngo_interval"][0]["taken_on"])
        if action.register == "grant_application":
            self._add("220.1", card.account, 1)

    def _change(self, action: Change) -> None:
        card = self.kept[action.register].get(action.name)
        assert card is not None, action
        card.values |= {key: getattr(value, "name", value) for key, value in action.values.items()}
        self._lines(card, action.lines)
        if action.register == "grant_application":
            self._decide(action, card)

    def _decide(self, action: Change, card: _Card) -> None:
        """A grant that is won is a decision of 211 too, with the oblast's money."""
        if action.values.get("decision") == "supported":
            on, granted = action.values["decision_on"], action.values["granted"]
            account = self._at(on)
            self._add("220.2", account, 1)
            self._add("220.3", account, granted)
            values = {"form": "211", "ngo_id": card.values["ngo_id"], "decision_on": on, "amount": granted,
                      "oblast": granted}  # fmt: skip
            self.kept["support"][f"{action.name}:support"] = _Card(values, account)
        if "reported_on" in action.values:
            account = self._at(action.values["reported_on"])
            for code, key in (("221", "beneficiaries"), ("222", "events"), ("223", "publications")):
                self._add(code, account, action.values[key])

    def _lines(self, card: _Card, lines: Mapping[str, Any]) -> None:
        days = {"ngo_status": "since", "ngo_mark": "since", "contribution": "given_on", "practice_state": "reached_on",
                "violation": "found_on"}  # fmt: skip
        for key, given in lines.items():
            for line in given:
                if key == "programme_execution":
                    account = line["account"]
                elif key == "ngo_year":
                    account = self._at(date(line["year"], 12, 31))
                else:
                    account = self._at(line[days[key]]) if key in days else card.account
                card.lines[key].append((account, line))

    # --- what is counted --------------------------------------------------------------------------

    def figures(self, quarter: Quarter, first: Quarter | None = None) -> dict[str, Decimal]:
        """Additive rows from `first` (the quarter itself) to the quarter, and stocks on its last day."""
        since = first or quarter
        found: dict[str, Decimal] = dict.fromkeys((*SUMS, *STOCKS), Decimal(0))
        for code, account, value in (*self.sums, *self._facts()):
            if since <= account <= quarter:
                found[code] += value
        for code, value in self._stocks(quarter):
            found[code] += value
        return found

    def sets(self, quarter: Quarter, first: Quarter | None = None) -> dict[str, set[str]]:
        """Who stands behind each unique row."""
        since = first or quarter
        found: dict[str, set[str]] = {code: set() for code in SETS}
        for name in self.kept["support"]:
            card = self.kept["support"][name]
            if since <= card.account <= quarter:
                for code in ("210", f"{card.values['form']}.1"):
                    found[code].add(self.who[card.values["ngo_id"]])
        for card in self.kept["service"].values():
            if since <= card.account <= quarter:
                found["303"].add(self.who[card.values["centre_id"]])
                found["302"] |= {self.who[line["ngo_id"].name] for _, line in card.lines["service_recipient"]
                                 if line["ngo_id"] is not None}  # fmt: skip
        for card in self.kept["agreement"].values():
            over = self._over(card)
            if card.account <= quarter and (over is None or over >= since):
                found["503"].add(self.who[card.values["partner_id"]])
                found["504"] |= {self.who[line["ngo_id"].name] for _, line in card.lines["agreement_party"]}
        return found

    def _over(self, card: _Card) -> Quarter | None:
        """The quarter of the day after the last day of an agreement; its own last day is still in force."""
        last = card.values.get("ended_early_on") or card.values["ends_on"]
        return Quarter.of(last + timedelta(days=1)) if last <= date(2100, 1, 1) else None

    def _facts(self) -> Iterator[tuple[str, Quarter, Decimal]]:
        for ngo in self.kept["ngo"].values():
            yield "109", ngo.values["taken"], Decimal(1)
        for programme in self.kept["programme"].values():
            for account, line in programme.lines["programme_execution"]:
                parts = {"204": line["local"], "205": line["oblast"], "206": line["federal"], "207": line["other"]}
                for code, value in (*parts.items(), ("203", sum(parts.values()))):
                    yield code, account, Decimal(value)
        yield from self._decisions()
        for service in self.kept["service"].values():
            yield "301", service.account, Decimal(1)
        yield from self._registered()
        for agreement in self.kept["agreement"].values():
            yield "502", agreement.account, Decimal(1)
            if (over := self._over(agreement)) is not None:
                yield "510", over, Decimal(1)
            rows = {"money": ("505.1", "amount"), "goods": ("505.2", "amount"), "pro_bono": ("506", "hours"),
                    "volunteers": ("507", "people")}  # fmt: skip
            for account, line in agreement.lines["contribution"]:
                code, key = rows[line["kind"]]
                yield code, account, Decimal(line[key])
        for event in self.kept["event"].values():
            if event.values["kind"] != "training":
                yield ("509" if event.values["kind"] == "business" else "706"), event.account, Decimal(1)

    def _decisions(self) -> Iterator[tuple[str, Quarter, Decimal]]:
        trainings: dict[str, Quarter] = {}
        for support in self.kept["support"].values():
            form, account = support.values["form"], support.account
            for code, key in VOLUMES[form].items():
                yield code, account, Decimal(support.values.get(key) or 0)
            if form in COUNTED:
                yield ("215.3" if form == "215" else f"{form}.2"), account, Decimal(1)
            if form == "215":
                event = support.values["event_id"]
                trainings[event] = min(account, trainings.get(event, account))
            for found, line in support.lines["violation"]:
                yield "230", found, Decimal(1)
                yield "231", found, Decimal(line["returned"])
        for event, account in trainings.items():
            yield "215.2", account, Decimal(1)
            yield "215.5", account, Decimal(self.kept["event"][event].values["hours"])

    def _registered(self) -> Iterator[tuple[str, Quarter, Decimal]]:
        """Each body once."""
        told: dict[str, Quarter] = {}
        for service in self.kept["service"].values():
            if service.values["result"] == "registered":
                for _, line in service.lines["service_recipient"]:
                    name = line["ngo_id"].name
                    told[name] = min(service.account, told.get(name, service.account))
        for account in told.values():
            yield "304", account, Decimal(1)

    def _stocks(self, quarter: Quarter) -> Iterator[tuple[str, Decimal]]:
        day, one = quarter.last_day, Decimal(1)
        for ngo in self.kept["ngo"].values():
            if ngo.values["taken"] <= quarter and ngo.values.get("removed", quarter.next) > quarter:
                yield from self._of_card(ngo, quarter, day)
        for programme in self.kept["programme"].values():
            for _, line in programme.lines["programme_year"]:
                if line["year"] == quarter.year:
                    yield "202", Decimal(line["planned"])
        for name, support in self.kept["support"].items():
            if support.values["form"] == "212" and support.account <= quarter:
                ended, on = self.ended.get(name, (quarter.next, day))
                if support.values["starts_on"] <= day <= support.values["ends_on"] and not (
                    ended <= quarter and on <= day
                ):
                    yield "212.5", Decimal(support.values["area"])
        for agreement in self.kept["agreement"].values():
            over = self._over(agreement)
            if agreement.account <= quarter and (over is None or over > quarter):
                yield "501", one
        for practice in self.kept["practice"].values():
            reached = [line["state"] for account, line in practice.lines["practice_state"] if account <= quarter]
            order = list(STATES)
            for state in order[: max((order.index(state) for state in reached), default=-1) + 1]:
                yield STATES[state], one
        for name, ngo in self.kept["ngo"].items():
            if not self._is_legal(ngo, quarter) and self._latest_talk(name, quarter) == "registering":
                yield "305", one

    def _is_legal(self, ngo: _Card, quarter: Quarter) -> bool:
        return bool(ngo.values["kind"] == "legal") and bool(ngo.values.get("legal", quarter) <= quarter)

    def _of_card(self, ngo: _Card, quarter: Quarter, day: date) -> Iterator[tuple[str, Decimal]]:
        one, legal = Decimal(1), self._is_legal(ngo, quarter)
        yield "101", one
        yield (FORM_ROWS.get(ngo.values["okopf"] or "", "116") if legal else "106"), one
        status = max(
            ((line["since"], place, line["status"]) for place, (account, line) in enumerate(ngo.lines["ngo_status"])
             if account <= quarter and line["since"] <= day),
            default=(day, 0, "unverified"),
        )[2]  # fmt: skip
        yield STATUS_ROWS[status], one
        for account, line in ngo.lines["ngo_mark"] if legal else ():
            until = line.get("valid_to")
            if account <= quarter and line["since"] <= day and (until is None or until >= day):
                yield MARK_ROWS[line["mark"]], one
        years = [line for account, line in ngo.lines["ngo_year"] if account <= quarter and line["year"] <= quarter.year]
        if years:
            latest = max(years, key=lambda line: line["year"])
            yield "117", Decimal(latest["staff"])
            yield "118", Decimal(latest["volunteers"])

    def _latest_talk(self, name: str, quarter: Quarter) -> str | None:
        """What the latest К1 told of a body."""
        told = [
            (service.values["provided_on"], place, service.values["result"])
            for place, service in enumerate(self.kept["service"].values())
            if service.values["service_code"] == "К1" and service.account <= quarter
            and any(line["ngo_id"] is not None and line["ngo_id"].name == name
                    for _, line in service.lines["service_recipient"])
        ]  # fmt: skip
        return max(told, key=lambda one: one[:2])[2] if told else None
