"""A sound district written by hand, small but with a record behind every row, and ways to spoil it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from app.core.identifiers import inn_with_check_digit, ogrn_with_check_digit
from app.core.periods import Quarter
from app.core.settings import Settings
from app.core.workdays import WorkCalendar
from app.returns.build import build, rebuild
from app.returns.checks import Report, run_checks
from app.returns.records import (
    Agreement,
    Application,
    Category,
    Centre,
    Contest,
    Contribution,
    Event,
    Execution,
    Frozen,
    Interval,
    Mark,
    Need,
    NeedLink,
    Ngo,
    Partner,
    Partnership,
    Plan,
    Practice,
    PracticeState,
    Programme,
    Recipient,
    Records,
    Service,
    ServiceKind,
    Status,
    Support,
    Territory,
    Unit,
    Violation,
    YearFigures,
)
from app.returns.snapshot import Built, QuarterReturn, Signer

Q3_25, Q4_25 = Quarter(2025, 3), Quarter(2025, 4)
Q1, Q2, Q3, Q4 = (Quarter(2026, n) for n in (1, 2, 3, 4))
SVET, LUCH, ZARYA, BODY, ROSTOK, BRANCH, HRAM, MERGED, PARTY = range(1, 10)
X, Y = 1, 2
TODAY = date(2026, 10, 5)
LONG_AGO = date(2025, 1, 1)


def number(id: int) -> dict[str, str]:
    """ОГРН and ИНН with right check digits, of nobody."""
    return {
        "ogrn": ogrn_with_check_digit(f"1204700{id:05d}"),
        "inn": inn_with_check_digit(f"4700{id:05d}"),
        "kpp": "470001001",
    }


def ngo(id: int, name: str, okopf: str = "71400", *marks: str, **other: Any) -> Ngo:
    """A legal entity on record since before the records, active, working in the kind of activity 9."""
    known: dict[str, Any] = {
        "uuid": f"ngo-{id}",
        "kind": "legal",
        "name": name,
        "okopf": okopf,
        "address": "Ленинградская область, деревня Берёзовка, дом 1",
        "registered_on": date(2020, 3, 2),
        "intervals": (Interval(LONG_AGO, Quarter(2025, 1), before_records=True),),
        "statuses": (Status(LONG_AGO, Quarter(2025, 1), "active"),),
        "marks": tuple(Mark(mark, LONG_AGO, Quarter(2025, 1)) for mark in marks),
        "activities": (("9", Quarter(2025, 1)),),
        "years": (
            YearFigures(2024, Quarter(2025, 1), 4, 20),
            YearFigures(2025, Q1, 5, 22),
        ),
        **number(id),
    }
    return Ngo(id=id, **(known | other))


def body(id: int, name: str, **other: Any) -> Ngo:
    """An unregistered body."""
    return ngo(id, name, "", **({"kind": "body", "ogrn": "", "inn": "", "kpp": "", "registered_on": None} | other))


def service(id: int, centre: int, code: str, day: date, *recipients: int, **other: Any) -> Service:
    """A service with hours, people and evidence, counted in the quarter of its day."""
    known: dict[str, Any] = {
        "account": Quarter.of(day),
        "quantity": Decimal(1),
        "hours": Decimal(2),
        "people": len(recipients),
        "recipients": tuple(Recipient(one) for one in recipients),
        "evidence_kind": "журнал",
        "evidence_no": str(id),
    }
    return Service(id=id, uuid=f"service-{id}", centre_id=centre, code=code, provided_on=day, **(known | other))


def support(id: int, to: int, form: str, day: date, **other: Any) -> Support:
    known: dict[str, Any] = {"decision_no": str(id), "account": Quarter.of(day), "starts_on": day}
    return Support(id=id, ngo_id=to, form=form, decision_on=day, **(known | other))


def money(amount: int) -> dict[str, Decimal]:
    """A sum of financial support, wholly from the local budget."""
    return {"amount": Decimal(amount), "local": Decimal(amount)}


def entered(number: int, day: date) -> dict[str, Any]:
    return {"entry_no": number, "entered_on": day, "entry_account": Quarter.of(day), "published_on": day}


def need(id: int, of: int, category: str, day: date, **other: Any) -> Need:
    return Need(id=id, uuid=f"need-{id}", ngo_id=of, category=category, opened_on=day, account=Quarter.of(day), **other)


NGOS = (
    ngo(SVET, "АНО «Свет»", "71400", "sonko", "iopu", "federal_register"),
    ngo(LUCH, "Фонд «Луч»", "70400", "sonko", "social_provider"),
    ngo(
        ZARYA, "МОО «Заря»", "20200", registered_on=date(2026, 6, 15), activities=(("1", Q3),), years=(),
        intervals=(Interval(date(2026, 7, 1), Q3),), statuses=(Status(date(2026, 7, 1), Q3, "unverified"),),
        marks=(Mark("sonko", date(2026, 7, 1), Q3),),
    ),
    body(BODY, "Инициативная группа «Двор»"),
    ngo(ROSTOK, "АНО «Росток»", registered_on=date(2026, 8, 3), legal_account=Q3),
    ngo(
        BRANCH, "Отделение АНО «Свет»", "71400", is_branch=True, head_id=SVET,
        ogrn=number(SVET)["ogrn"], inn=number(SVET)["inn"], kpp="470002001",
    ),
    ngo(HRAM, "Приход храма в Берёзовке", "71500", statuses=(Status(LONG_AGO, Quarter(2025, 1), "inactive"),)),
    ngo(
        MERGED, "Фонд «Луч» (вторая карточка)", "70400", merged_into_id=LUCH,
        intervals=(Interval(LONG_AGO, Quarter(2025, 1), date(2026, 5, 4), Q2, "merged", before_records=True),),
    ),
    ngo(PARTY, "Местное отделение партии", "20201"),
)  # fmt: skip

EVENTS = (
    Event(1, "training", "Школа НКО", date(2026, 9, 3), Q3, hours=Decimal(6), participants=12),
    Event(2, "meeting", "Совет НКО", date(2026, 9, 10), Q3),
    Event(3, "business", "Ярмарка добрых дел", date(2026, 9, 17), Q3, participants=40),
)

SUPPORTS = (
    support(1, LUCH, "211", date(2025, 5, 12), **money(300000), **entered(1, date(2025, 5, 14))),
    support(2, SVET, "211", date(2026, 2, 2), **money(200000), **entered(2, date(2026, 2, 4)), violations=(
        Violation(1, date(2026, 8, 3), Q3, "часть суммы потрачена не по смете",
                  Decimal(5000), date(2026, 9, 1), Q3),
    )),
    support(3, LUCH, "212", date(2026, 2, 9), area=Decimal(50), amount=Decimal(60000), **entered(3, date(2026, 2, 10))),
    support(4, SVET, "212", date(2026, 5, 11), objects=1, object_name="автобус", **entered(4, date(2026, 5, 12))),
    support(5, SVET, "216", date(2026, 4, 13), amount=Decimal(9000)),
    support(6, SVET, "211", date(2026, 9, 14), **money(100000), application_id=1, **entered(5, date(2026, 9, 15))),
    support(7, LUCH, "212", date(2026, 8, 10), objects=1, object_name="проектор", amount=Decimal(3000),
            **entered(6, date(2026, 8, 11))),
    support(8, ZARYA, "213", date(2026, 8, 12), publications=2, **entered(7, date(2026, 8, 13))),
    support(9, ROSTOK, "214", date(2026, 8, 17), consultations=1, hours=Decimal(1), **entered(8, date(2026, 8, 18))),
    support(10, SVET, "215", date(2026, 9, 3), event_id=1, people=3, **entered(9, date(2026, 9, 4))),
    support(11, LUCH, "215", date(2026, 9, 3), event_id=1, people=2),
    support(12, LUCH, "216", date(2026, 7, 13), amount=Decimal(8000)),
    support(13, LUCH, "217", date(2026, 7, 20), amount=Decimal(40000), cases=1),
    support(14, HRAM, "218", date(2026, 7, 21), cases=1),
    support(15, SVET, "212", date(2026, 9, 21), terminates_id=4, **entered(10, date(2026, 9, 22))),
)  # fmt: skip

SERVICES = (
    *(service(20 + n, X, "О1", date(2025, 2, 2 + n), HRAM, people=4) for n in range(5)),
    service(1, X, "К4", date(2026, 2, 10), SVET, recipients=(Recipient(SVET, True),)),
    service(2, X, "К1", date(2026, 5, 12), ROSTOK, result="registering", recipients=(Recipient(ROSTOK, True),)),
    service(3, X, "О1", date(2026, 5, 19), SVET, LUCH, BODY, people=9,
            recipients=(Recipient(SVET), Recipient(LUCH, True), Recipient(BODY, True))),
    service(4, X, "К4", date(2026, 7, 14), SVET, evidence_no="К4-4"),
    service(5, Y, "К4", date(2026, 7, 16), LUCH, recipients=(Recipient(LUCH, True),)),
    service(6, X, "К1", date(2026, 8, 4), ROSTOK, result="registered"),
    service(7, X, "О1", date(2026, 9, 10), SVET, ZARYA, BODY, people=14, hours=Decimal(4),
            recipients=(Recipient(SVET), Recipient(ZARYA, True), Recipient(BODY))),
    service(8, X, "К1", date(2026, 9, 15), BODY, result="registering"),
    service(9, Y, "И1", date(2026, 9, 17), LUCH, hours=Decimal(0), people=0),
    service(10, Y, "К4", date(2026, 9, 18), recipients=(Recipient(None),), people=1),
)  # fmt: skip

NEEDS = (
    need(1, LUCH, "premises", date(2026, 3, 2), priority="high", codes=("П1",), text="Комната для занятий"),
    need(2, SVET, "finance", date(2026, 6, 10), status="closed_centre", closed_on=date(2026, 7, 14),
         closed_account=Q3, codes=("К4",), links=(NeedLink(4, "closes", Q3),)),
    need(3, ROSTOK, "registration", date(2026, 7, 6), status="closed_other", closed_on=date(2026, 8, 5),
         closed_account=Q3, closed_by="зарегистрирована", codes=("К1",)),
    need(4, ZARYA, "finance", date(2026, 8, 20), status="withdrawn", closed_on=date(2026, 9, 1), closed_account=Q3),
    need(5, ZARYA, "finance", date(2026, 9, 2), codes=("С3",), text="Заявка на конкурс"),
)  # fmt: skip

PARTNERSHIPS = (
    Partnership(1, 1, "1/25", date(2025, 3, 3), Quarter(2025, 1), ends_on=date(2026, 12, 31), promised=Decimal(50000),
                end_account=Quarter(2027, 1), before_records=True, parties=(SVET,), contributions=(
                    Contribution(1, date(2026, 7, 8), Q3, "money", amount=Decimal(30000)),
                    Contribution(2, date(2026, 8, 8), Q3, "volunteers", people=6),
                )),
    Partnership(2, 2, "2/25", date(2025, 7, 1), Q3_25, ends_on=date(2026, 6, 30), end_account=Q3, parties=(LUCH,)),
    Partnership(3, 2, "3/26", date(2026, 8, 3), Q3, parties=(ZARYA,), contributions=(
        Contribution(3, date(2026, 8, 4), Q3, "premises", area=Decimal(20)),
        Contribution(4, date(2026, 9, 4), Q3, "pro_bono", hours=Decimal(8)),
        Contribution(5, date(2026, 9, 5), Q3, "goods", amount=Decimal(4000)),
    )),
)  # fmt: skip

PRACTICES = (
    Practice(1, "practice-1", "Двор добрых дел", SVET, 1, consent=True, published_on=date(2026, 9, 1), states=(
        PracticeState("presented", date(2026, 2, 2), Q1), PracticeState("checked", date(2026, 4, 6), Q2),
        PracticeState("recommended", date(2026, 8, 3), Q3),
    )),
    Practice(2, "practice-2", "Библиотека вещей", LUCH, states=(PracticeState("presented", date(2026, 9, 7), Q3),)),
)  # fmt: skip


def sound_records() -> Records:
    """The district with its returns frozen from III квартал 2025 to II квартал 2026; III квартал 2026 is due."""
    records = Records(
        today=TODAY,
        territories=(Territory("41612000", "Всеволожский район", "Всеволожского района", date(2006, 1, 1), None),),
        unit=Unit(
            administration="Администрация", name="Отдел по работе с НКО",
            head=Signer("Глава администрации", "А. А. Образцова"),
            executor=Signer("Ведущий специалист", "Б. Б. Примеров", "8 (000) 000-00-00"),
        ),
        settings=Settings(),
        calendar=WorkCalendar(),
        legal_form_rows={"20200": "111", "70400": "112", "71400": "113", "71500": "114"},
        activity_titles={"1": "социальное обслуживание", "9": "образование и культура"},
        catalogue=(
            *(ServiceKind(code, code, "конс.", code != "К1") for code in ("К1", "К2", "К3", "К4")),
            *(ServiceKind(code, code, "ч", True) for code in ("О1", "П1", "П2")),
            *(ServiceKind(code, code, "ед.") for code in ("С3", "И1")),
        ),
        categories=(
            Category("finance", "финансы и гранты", ("К4", "С3")),
            Category("premises", "помещение", ("П1", "П2")),
            Category("registration", "регистрация", ("К1",)),
        ),
        ngos=NGOS,
        supports=SUPPORTS,
        events=EVENTS,
        programmes=(
            Programme(1, "Поддержка НКО", "постановление № 41", LONG_AGO, None,
                      {2025: Decimal(600000), 2026: Decimal(600000)}),
        ),
        executions=tuple(
            Execution(n, 1, q, Decimal(100000), Decimal(30000), Decimal(0), Decimal(0))
            for n, q in enumerate((Quarter(2025, 2), Q3_25, Q4_25, Q1, Q2, Q3), 1)
        ),
        contests=(Contest(1, 2026, "Муниципальный этап", Decimal(250000), Decimal(1000000)),),
        applications=(
            Application(1, 1, SVET, "Двор", date(2026, 6, 15), Q2, Decimal(120000), "supported", date(2026, 9, 14), Q3,
                        Decimal(100000)),
            Application(2, 1, LUCH, "Сад", date(2026, 6, 16), Q2, Decimal(90000), "refused", date(2026, 9, 14), Q3),
        ),
        centres=tuple(
            Centre(id, f"centre-{id}", name, number(500 + id)["ogrn"],
                   agreements=(Agreement(str(id), LONG_AGO, date(2026, 12, 31)),), plans=plans)
            for id, name, plans in ((X, "Центр «Икс»", {(2026, "К4"): Decimal(3)}), (Y, "Центр «Игрек»", {}))
        ),
        services=SERVICES,
        needs=NEEDS,
        partners=(
            Partner(1, "partner-1", "ООО «Ромашка»", inn_with_check_digit("470100001")),
            Partner(2, "partner-2", "ООО «Василёк»", inn_with_check_digit("470100002")),
        ),
        partnerships=PARTNERSHIPS,
        practices=PRACTICES,
        plans=(Plan(2026, "211.2", Decimal(3), "12", date(2026, 1, 15)),),
    )  # fmt: skip
    frozen: dict[Quarter, tuple[Frozen, ...]] = {}
    for quarter in (Q3_25, Q4_25, Q1, Q2):
        day = quarter.next.first_day.replace(day=6)
        then = replace(records, today=day, frozen=dict(frozen))
        frozen[quarter] = (Frozen(build(then, quarter).ret, day, "0" * 64),)
    return replace(records, frozen=frozen)


def large(records: Records) -> Records:
    """10,000 NGOs, 2,000 decisions, 5,000 services, 1,000 needs beside the sound district."""
    ngos = tuple(ngo(100 + n, f"АНО «Организация {n}»", "71400", "sonko") for n in range(10_000))
    supports = tuple(
        replace(support(100 + n, 100 + n, "214", date(2026, 7, 1 + n % 28), consultations=1), hours=Decimal(1))
        for n in range(2_000)
    )
    services = tuple(
        service(100 + n, X if n % 2 else Y, "К4", date(2026, 7 + n % 3, 1 + n % 28), 100 + n, evidence_no=f"Ж-{n}")
        for n in range(5_000)
    )
    needs = tuple(need(100 + n, 100 + n, "premises", date(2026, 8, 1 + n % 28)) for n in range(1_000))
    return replace(
        records,
        ngos=NGOS + ngos,
        supports=SUPPORTS + supports,
        services=SERVICES + services,
        needs=records.needs + needs,
        frozen={},
    )


def unchanged(ret: QuarterReturn) -> QuarterReturn:
    return ret


@dataclass(frozen=True)
class Sample:
    """A return under check: records, its quarter, and what was done by hand to its figures."""

    records: Records = field(default_factory=sound_records)
    quarter: Quarter = Q3
    edit: Callable[[QuarterReturn], QuarterReturn] = unchanged
    correction: int = 0
    reason: str = ""

    def built(self) -> Built:
        built = build(self.records, self.quarter, correction=self.correction, reason=self.reason)
        return replace(built, ret=self.edit(built.ret))

    def rebuilt(self) -> Mapping[Quarter, QuarterReturn]:
        """Every frozen quarter built anew."""
        return {q: rebuild(self.records, q).ret for q in self.records.frozen if q != self.quarter}

    def report(self) -> Report:
        return run_checks(self.built(), self.records, rebuilt=self.rebuilt())

    def but(self, **changes: Any) -> Sample:
        """Other records of whole registers, or a setting of the sample itself."""
        own = {name: changes.pop(name) for name in ("quarter", "edit", "correction", "reason") if name in changes}
        return replace(self, records=replace(self.records, **changes), **own)

    def changed(self, register: str, id: int, **changes: Any) -> Sample:
        """One record changed: `changed("ngos", SVET, inn="")`."""
        rows = tuple(replace(one, **changes) if one.id == id else one for one in getattr(self.records, register))
        return self.but(**{register: rows})

    def added(self, register: str, *rows: Any) -> Sample:
        return self.but(**{register: (*getattr(self.records, register), *rows)})

    def row(self, code: str, **changes: Any) -> Sample:
        """A coded row filled by hand: `row("101", quarter=9)`; figures may be ints."""
        def edit(ret: QuarterReturn) -> QuarterReturn:
            given = {name: Decimal(v) if isinstance(v, int) else v for name, v in changes.items()}
            before = self.edit(ret)
            return replace(before, rows={**before.rows, code: replace(before.rows[code], **given)})

        return replace(self, edit=edit)

    def both(self, code: str, value: int) -> Sample:
        """Columns 5 and 6 of a row."""
        return self.row(code, quarter=value, year=value)

    def line(self, table: str, key: str, column: str, value: Any, period: str = "quarter") -> Sample:
        """A figure of table 3 (key: `centre-1.К4`) or 4 (key: category): `line("needs", "finance", "end", 3)`."""
        def edit(ret: QuarterReturn) -> QuarterReturn:
            before = self.edit(ret)
            lines = tuple(
                replace(one, **{period: replace(getattr(one, period), **{column: value})})
                if one.key.partition(".")[2] == key
                else one
                for one in getattr(before, table)
            )
            return replace(before, **{table: lines})

        return replace(self, edit=edit)
