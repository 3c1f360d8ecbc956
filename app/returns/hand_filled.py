"""A hand-filled form as a return: assembled, checked, each fault named by its cell and place.

The region's intake and `form --check` stand on this: pure, from cells by name to `QuarterReturn`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from app.core.periods import Quarter
from app.core.settings import Settings
from app.core.workdays import WorkCalendar
from app.returns.checks import Finding, Report, Severity, Unchecked, run_checks
from app.returns.hand_annexes import annexes_of
from app.returns.hand_form import HandForm
from app.returns.hand_input import FilledForm, HandFault
from app.returns.hand_keys import Keys
from app.returns.hand_members import Listed, in_order_of_keys, sets_of
from app.returns.hand_reading import Reading
from app.returns.hand_tables import HandHead, activities_of, head_of, needs_of, rows_of, services_of
from app.returns.records import Frozen, Records, Territory, Unit
from app.returns.snapshot import Built, Entity, Head, QuarterReturn, Signer

NOT_IN_A_FORM: Mapping[str, str] = {
    "plan_changes_by_an_act": "не проверялось: в форме нет актов о планах",
    "registered_are_on_record": "не проверялось: в форме нет дат регистрации НКО",
    "iopu_while_valid": "не проверялось: в форме нет сроков ИОПУ",
}
"""Rules that only records can answer, and what is said of them."""
NO_FORMER = "не проверялось: первичный отчёт не приложен"
NO_PREVIOUS = "не проверялось: предыдущий отчёт не приложен"


@dataclass(frozen=True)
class Known:
    """What is known beside the form.  previous: frozen returns of the district; entities: names and keys."""

    settings: Settings = field(default_factory=Settings)
    calendar: WorkCalendar = field(default_factory=WorkCalendar)
    previous: Sequence[QuarterReturn] = ()
    entities: Sequence[Entity] = ()
    today: date | None = None  # without it the date that stands on the form


@dataclass(frozen=True)
class HandReturn:
    """What a hand-filled form says.

    ret: None where the period cannot be made out.  faults: what is wrong with its cells; report: what
    the control checks say.  bare: unique rows «без состава».  places: cell of the return -> place.
    """

    ret: QuarterReturn | None
    head: HandHead
    faults: tuple[HandFault, ...]
    report: Report
    bare: tuple[str, ...]
    places: Mapping[str, str]


def read_hand_filled(form: HandForm, filled: FilledForm, known: Known = Known()) -> HandReturn:
    """A form as it was filled, with everything that has to be put right."""
    first = _Assembly(form, filled, known)
    if first.ret is None:
        return HandReturn(None, first.head, tuple(first.reading.faults), Report(), (), {})
    report = _checked(first, known)
    if first.reading.damaged:
        # What rests on a cell that cannot be read is no finding: it goes when the cell holds something else.
        second = _Assembly(form, filled, known, stand_ins=True)
        certain = {(f.check, f.cell, f.text) for f in _checked(second, known).findings} if second.ret else set()
        kept = tuple(f for f in report.findings if (f.check, f.cell, f.text) in certain)
        report = Report(kept, report.unchecked, report.ran)
    return HandReturn(
        first.ret, first.head, tuple(first.reading.faults), report, tuple(first.bare), first.places()
    )


class _Assembly:
    """One pass over a form: the return, and where its cells stand."""

    def __init__(self, form: HandForm, filled: FilledForm, known: Known, *, stand_ins: bool = False) -> None:
        self.form = form
        self.reading = Reading(form, filled, stand_ins=stand_ins)
        self.keys = Keys((*(entity for ret in known.previous for entity in ret.entities), *known.entities))
        self.head = head_of(self.reading)
        self.bare: list[str] = []
        self.origin: Mapping[str, str] = {}
        self.figures = self.reading.figures()
        self.ret = self._assemble(self.head.quarter) if self.head.quarter else None

    def _assemble(self, quarter: Quarter) -> QuarterReturn:
        listed = Listed(self.reading, self.keys)
        rows = rows_of(self.reading, self.figures)
        services = services_of(self.reading, self.figures, self.keys)
        needs = needs_of(self.form, self.figures)
        annexes = annexes_of(self.reading, quarter, self.keys)
        sets = sets_of(self.reading, self.figures, listed, services, needs, annexes, quarter)
        self.bare, self.origin = sets.bare, services.origin
        return QuarterReturn(
            head=self._head(quarter, len(annexes.entered) + len(annexes.pending), len(annexes.needs)),
            rows=rows,
            activities=activities_of(self.form, self.figures),
            activity_titles=dict(self.form.words.activities),
            services=services.lines,
            needs=needs,
            members=in_order_of_keys(sets.members),
            entities=tuple(self.keys.entities[key] for key in sorted(self.keys.entities)),
            annex_a=annexes.entered,
            annex_a_pending=annexes.pending,
            annex_b=annexes.needs,
            annex_v=annexes.practices,
            annex_d=annexes.services,
            annex_e=annexes.on_record,
        )

    def _head(self, quarter: Quarter, support: int, needs: int) -> Head:
        texts = self.head.texts
        territory = self.territory
        counts = {"ngos": "101.quarter", "services": "301.quarter"}
        numbers = {key: int(self.figures.get(cell, 0)) for key, cell in counts.items()}
        return Head(
            form_version=self.form.form.version,
            oktmo=self.head.oktmo,
            territory=territory.name if territory else "",
            territory_genitive=territory.name_genitive if territory else "",
            quarter=quarter,
            correction=self.head.correction,
            reason=texts["reason"] if self.head.correction else "",
            administration=texts["administration"],
            unit=texts["unit"],
            addressee=texts["addressee"],
            records=numbers | {"support": support, "needs": needs},
        )

    @property
    def territory(self) -> Territory | None:
        return next((t for t in self.form.words.territories if t.code == self.head.oktmo), None)

    def places(self) -> dict[str, str]:
        """Cell of the return -> place in the file; lines of table 3 by the centre and code they were given."""
        found = {name: cell.place for name, cell in self.reading.filled.cells.items() if cell.place}
        for key, line in self.origin.items():
            found |= {
                f"{key}{name.removeprefix(line)}": place
                for name, place in list(found.items())
                if name.startswith(f"{line}.")
            }
        return found


def _checked(assembly: _Assembly, known: Known) -> Report:
    assert assembly.ret is not None  # asked for only when there is a return
    records = _records(assembly, known)
    without = dict(NOT_IN_A_FORM)
    if not records.frozen.get(assembly.ret.head.quarter):
        without["correction_follows"] = NO_FORMER
    if any(name.endswith(".code") for name in assembly.reading.damaged):
        without["unserved_is_marked"] = "не проверялось: не все коды услуг прочитаны"
    report = run_checks(Built(assembly.ret), records, without=without)
    unchecked = tuple(
        Unchecked(one.check, one.text.replace("не проверялось: первый отчёт", NO_PREVIOUS)) for one in report.unchecked
    )
    return Report(_own(report.findings, assembly), unchecked, report.ran)


def _own(findings: Iterable[Finding], assembly: _Assembly) -> tuple[Finding, ...]:
    """Findings but for what the reading has told at its very cell already.

    Check 15 asks for today's keys; which cards were merged since no form tells, so it warns.
    """
    told = {fault.cell for fault in assembly.reading.faults if fault.code == "missing"}
    return tuple(
        replace(f, severity=Severity.WARNING) if f.check == "15" else f for f in findings if f.cell not in told
    )


def _records(assembly: _Assembly, known: Known) -> Records:
    """As little of the records as a form has: dictionaries, its own signers, returns sent before."""
    ret, head, words = assembly.ret, assembly.head, assembly.form.words
    assert ret is not None
    today = known.today or head.made_on or ret.head.quarter.last_day
    if "head.date" in assembly.reading.damaged:
        today = known.today or ret.head.quarter.last_day
    texts = head.texts
    frozen: dict[Quarter, tuple[Frozen, ...]] = {}
    for past in sorted(known.previous, key=lambda one: (one.head.quarter, one.head.correction)):
        quarter = past.head.quarter
        frozen[quarter] = (*frozen.get(quarter, ()), Frozen(past, quarter.last_day, ""))
    return Records(
        today=today,
        territories=_chain(words.territories, head.oktmo),
        unit=Unit(
            administration=texts["administration"],
            name=texts["unit"],
            addressee=texts["addressee"],
            head=Signer(texts["signer_post"], texts["signer"]),
            executor=Signer(texts["executor_post"], texts["executor"], texts["executor_phone"]),
        ),
        settings=known.settings,
        calendar=known.calendar,
        legal_form_rows=words.legal_form_rows,
        activity_titles=words.activities,
        catalogue=words.catalogue,
        categories=words.categories,
        frozen=frozen,
    )


def _chain(territories: Sequence[Territory], code: str) -> tuple[Territory, ...]:
    """The territory with all it replaced and all that replaced it, oldest first."""
    chain = {code}
    while True:
        linked = {t.code for t in territories if t.successor in chain}
        linked |= {t.successor for t in territories if t.code in chain and t.successor}
        if linked <= chain:
            break
        chain |= linked
    return tuple(sorted((t for t in territories if t.code in chain), key=lambda t: (t.valid_from, t.code)))
