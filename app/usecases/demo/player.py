"""Plays a history into a database through the use cases a curator's window calls, day by day."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy.orm import Session

from app.core.clock import FixedClock
from app.core.periods import Quarter
from app.core.progress import SILENT, Progress
from app.models.database import Database
from app.records import line_type
from app.returns.checks.report import Finding, Report
from app.usecases import (
    needs,
    ngos,
    opening,
    quarter_returns,
    records,
    registers,
    reminders,
    return_life,
    row_plans,
    setup,
    support,
)
from app.usecases.demo.actions import (
    Action,
    Answered,
    Change,
    CloseNeed,
    EnterInRegister,
    Freeze,
    History,
    MergeNgos,
    Ref,
    RegisterBody,
    Remind,
    RemoveNgo,
    Save,
    SetOpening,
    SetPlan,
    SetUnit,
    Terminate,
    WithdrawNeed,
)
from app.usecases.demo.vocabulary import words
from app.usecases.tables import record


@dataclass(frozen=True, slots=True)
class Approved:
    """A return as it was approved, with what the checks had said of it."""

    quarter: Quarter
    correction: int
    report: Report
    explained: tuple[tuple[Finding, str], ...]


def _each_day(day: date) -> Hashable:
    return day


@dataclass(slots=True)
class Player:
    """names -> ids of the records it saved; approved returns in the order they were.

    sitting: days of one value are written at one sitting, on the last of them.  explains: warnings are explained
    before a return is approved, which takes drafting it twice; else they stay unexplained and it is not in `approved`.
    """

    database: Database
    clock: FixedClock
    sitting: Callable[[date], Hashable] = _each_day
    explains: bool = True
    ids: dict[str, int] = field(default_factory=dict)
    registers: dict[str, str] = field(default_factory=dict)
    approved: list[Approved] = field(default_factory=list)

    def play(self, history: History, progress: Progress = SILENT) -> None:
        """Everything in order; the clock ends on the last day of the history."""
        done = 0
        today: date | None = None
        for (freezing, _), group in groupby(history.actions, key=self._at_once):
            some = list(group)
            if some[-1].day != today:
                today = some[-1].day
                self.clock.set_day(today)
            if freezing:
                for action in some:
                    assert isinstance(action, Freeze)
                    self._freeze(action)
            else:
                self._write(today, some)
            done += len(some)
            progress.step(done, len(history.actions), "Записей демонстрационного района")
        self.clock.set_day(history.today)

    def _at_once(self, action: Action) -> tuple[bool, Hashable]:
        freezing = isinstance(action, Freeze)
        return freezing, action.day if freezing else self.sitting(action.day)

    def _write(self, day: date, actions: list[Action]) -> None:
        with self.database.write("demo", f"Записи за {day:%d.%m.%Y}") as session:
            for action in actions:
                self._do(session, action)

    def _freeze(self, action: Freeze) -> None:
        reasons = words("explanations")
        with self.database.write("return", f"Отчёт за {action.quarter.title}") as session:
            if not self.explains:
                quarter_returns.freeze(session, action.quarter, reason=action.reason)
                return
            made = quarter_returns.draft(session, action.quarter, reason=action.reason)
            explained = []
            for finding in made.report.unexplained:
                usual = reasons.get(finding.check, reasons[""])
                text = reasons.get(f"{finding.check} {finding.cell}", usual)
                quarter_returns.explain(session, action.quarter, finding.check, finding.cell, text)
                explained.append((finding, text))
            kept = quarter_returns.freeze(session, action.quarter, reason=action.reason)
        self.approved.append(Approved(action.quarter, kept.correction, made.report, tuple(explained)))

    def _do(self, session: Session, action: Action) -> None:
        match action:
            case Save():
                lines = {key: [self._resolved(line) for line in given] for key, given in action.lines.items()}
                values = self._resolved(action.values)
                self.ids[action.name] = records.save(session, action.register, values, lines=lines)
                self.registers[action.name] = action.register
            case Change():
                self._change(session, action)
            case Answered():
                if action.number:
                    return_life.accept(session, action.quarter, number=action.number)
                else:
                    return_life.send(session, action.quarter, "электронной почтой")
            case Remind():
                about = self.ids[action.ngo] if action.ngo else None
                reminders.remind(session, action.text, action.on, register="ngo" if action.ngo else "", about=about)
            case RegisterBody():
                ngos.register_body(session, self.ids[action.name], self._resolved(action.values))
            case RemoveNgo():
                ngos.remove_from_record(
                    session, self.ids[action.name], action.on, action.reason, liquidated_on=action.liquidated_on
                )
            case MergeNgos():
                ngos.merge(session, self.ids[action.loser], self.ids[action.winner], action.on)
            case EnterInRegister():
                support.enter_in_register(
                    session, self.ids[action.name], entered_on=action.day, published_on=action.published_on
                )
            case Terminate():
                self.ids[action.as_name] = support.terminate(
                    session, self.ids[action.name], decision_no=action.decision_no, decision_on=action.on
                )
            case CloseNeed():
                links = [(self.ids[name], kind) for name, kind in action.services]
                needs.close_need(
                    session, self.ids[action.name], action.on, action.status, closed_by=action.text, services=links
                )
            case WithdrawNeed():
                needs.withdraw_need(session, self.ids[action.name], action.on, action.text)
            case SetUnit():
                setup.save_unit(session, action.values)
            case SetPlan():
                row_plans.plan_row(session, action.year, action.code, action.value, action.act_no, action.act_on)
            case SetOpening():
                self._open(session, action)
            case _:
                raise TypeError(f"nobody knows how to play {action!r}")

    def _change(self, session: Session, action: Change) -> None:
        """The record as it is, with the given values and more lines."""
        id = self.ids[action.name]
        lines = {}
        if action.lines:
            card = registers.card(session, action.register, id)
            for key, more in action.lines.items():
                kind = line_type(action.register, key)
                fresh = [self._resolved(line) for line in more]
                meant = {tuple(line.get(k) for k in kind.match) for line in fresh if kind.match}
                kept = [
                    {"id": line["id"], **{f.key: line.get(f.key) for f in kind.typed}}
                    for line in card.lines[key]
                    if tuple(line.get(k) for k in kind.match) not in meant
                ]
                lines[key] = [*kept, *fresh]
        records.save(session, action.register, self._resolved(action.values), id=id, lines=lines)
        if action.values.get("decision") == "supported":
            (made,) = registers.find(session, "support", filters={"application_id": id})
            self.ids[f"{action.name}:support"] = made

    def _open(self, session: Session, action: SetOpening) -> None:
        """Opening balances, with names put into keys of records."""
        figures = {self._cell(session, cell): value for cell, value in action.figures.items()}
        keys = {
            self._cell(session, cell): tuple(self._uuid(session, name) for name in names)
            for cell, names in action.keys.items()
        }
        bare = frozenset(self._cell(session, cell) for cell in action.bare)
        opening.save_opening(session, action.quarter, figures, keys=keys, bare=bare)

    def _cell(self, session: Session, cell: str) -> str:
        """`3.centre:1.К1.records.year` with the key of the centre in the place of its name."""
        parts = cell.split(".")
        if parts[0] == "3" and len(parts) > 3:
            parts[1] = self._uuid(session, parts[1])
        return ".".join(parts)

    def _uuid(self, session: Session, name: str) -> str:
        return str(record(session, self.registers[name], self.ids[name]).uuid)

    def _resolved(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {key: self.ids[value.name] if isinstance(value, Ref) else value for key, value in values.items()}
