"""Checks 18–20, 23 and 31: services of resource centres, rows 301–305 and table 3."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from app.core.money import percent
from app.core.russian import amount, integer, percents, plural
from app.returns.as_of import is_legal
from app.returns.checks.case import Case
from app.returns.checks.report import Fault, Severity
from app.returns.checks.rules import Told, check
from app.returns.checks.wording import COLUMNS, PERIODS, figure, names, source
from app.returns.records import Service
from app.returns.snapshot import ServiceFigures, ServiceLine


def _given(line: ServiceLine, column: str) -> ServiceFigures:
    return line.quarter if column == "quarter" else line.year


def _by_line(case: Case, found: Iterable[Service]) -> list[tuple[str, list[Service]]]:
    lines: dict[str, list[Service]] = defaultdict(list)
    for service in found:
        lines[case.line(service)].append(service)
    return list(lines.items())


def _titled(case: Case, service: Service) -> str:
    return f"{case.centre_name(service.centre_id)}, {service.code}"


def _days(found: Iterable[Service]) -> str:
    """Services by their days: a record has no other name that a person knows."""
    return names(f"№\u00a0{s.id} от {s.provided_on:%d.%m.%Y}" for s in found)


@check("18", "Итоги раздела 3 равны таблице 3")
def totals_of_services(case: Case) -> Told:
    for column in COLUMNS:
        lines = [_given(line, column) for line in case.ret.services]
        period = PERIODS[column]
        records = sum(line.records for line in lines)
        if case.value("301", column) != records:
            yield Fault(
                f"301.{column}", f"{case.said('301', column)} {period} не равно записям таблицы 3 ({integer(records)})."
            )
        largest = max((line.ngos for line in lines), default=0)
        if case.upper("302", column) < largest:
            yield Fault(
                f"302.{column}", f"{case.said('302', column)} {period} меньше НКО одной строки ({integer(largest)})."
            )
        total = sum(_given(line, column).ngos + _bare(case, line, column) for line in case.ret.services)
        if case.value("302", column) > total:
            yield Fault(
                f"302.{column}",
                f"{case.said('302', column)} {period} больше суммы НКО по строкам таблицы 3 ({integer(total)}).",
            )
        centres = case.index.count(line.centre for line in case.ret.services if _given(line, column).records > 0)
        if not case.value("303", column) <= centres <= case.upper("303", column):
            yield Fault(
                f"303.{column}", f"{case.said('303', column)} {period} не равно числу центров с услугами ({centres})."
            )
        if case.value("304", column) > case.value("301", column):
            yield Fault(
                f"304.{column}", f"{case.said('304', column)} {period} больше {case.said('301', column)}."
            )


def _bare(case: Case, line: ServiceLine, column: str) -> int:
    """How many more a figure «без состава» may stand for."""
    members = case.ret.members.get(f"{line.key}.ngos")
    return members.bare_year if members is not None and column == "year" else 0


@check("18", "С подтверждением и без него — столько, сколько записей")
def evidence_adds_up(case: Case) -> Told:
    for line in case.ret.services:
        for column in COLUMNS:
            given = _given(line, column)
            if given.evidenced + given.unevidenced != given.records:
                yield Fault(
                    f"{line.key}.evidenced.{column}",
                    f"{line.centre_name}, {line.code}: с подтверждением и без ({given.evidenced} + "
                    f"{given.unevidenced}) {PERIODS[column]} не равно записям ({given.records}).",
                )


@check("19", "Впервые — не больше, чем НКО")
def first_within_ngos(case: Case) -> Told:
    for line in case.ret.services:
        for column in COLUMNS:
            given = _given(line, column)
            if given.first > given.ngos:
                yield Fault(
                    f"{line.key}.first.{column}",
                    f"{line.centre_name}, {line.code}: впервые ({given.first}) {PERIODS[column]} больше "
                    f"НКО ({given.ngos}).",
                )


@check("20", "У услуги есть часы, количество, получатель и код каталога на её день")
def services_are_whole(case: Case) -> Told:
    kinds = {kind.code: kind for kind in case.records.catalogue}
    for line, services in _by_line(case, case.services):
        kind = kinds.get(services[0].code)
        without_code = [
            s
            for s in services
            if kind is None
            or (kind.valid_from is not None and s.provided_on < kind.valid_from)
            or (kind.valid_to is not None and s.provided_on > kind.valid_to)
        ]
        without_hours = [s for s in services if kind is not None and kind.hours_required and s.hours <= 0]
        for column, found, wrong in (
            ("records", without_code, "кода нет в каталоге на день услуги"),
            ("hours", without_hours, "не указаны часы"),
            ("volume", [s for s in services if s.quantity < 0], "количество меньше 0"),
            ("cases", [s for s in services if not s.recipients], "нет получателя"),
        ):
            if found:
                text = (
                    f"{_titled(case, found[0])}: {wrong} — {len(found)} из "
                    f"{plural(len(services), 'записи', 'записей', 'записей')}: {_days(found)}."
                )
                yield Fault(f"{line}.{column}.quarter", text, source("service", (s.id for s in found)))


@check("20", "Консультация не дольше дня", severity=Severity.WARNING)
def consultations_are_short(case: Case) -> Told:
    limit = case.settings.consultation_hours
    found = [s for s in case.services if s.code.startswith("К") and s.hours > limit * max(s.quantity, Decimal(1))]
    for line, services in _by_line(case, found):
        longest = max(s.hours / max(s.quantity, Decimal(1)) for s in services)
        text = (
            f"{_titled(case, services[0])}: {amount(longest)}\u00a0ч на консультацию больше {limit}\u00a0ч: "
            f"{_days(services)}."
        )
        yield Fault(f"{line}.hours.quarter", text, source("service", (s.id for s in services)))


@check("20", "Людей не меньше, чем получателей", severity=Severity.WARNING)
def people_cover_recipients(case: Case) -> Told:
    # A publication or a card has no people at all; where hours are asked for, somebody came.
    attended = {kind.code for kind in case.records.catalogue if kind.hours_required}
    found = [
        s for s in case.services if s.people < len(s.recipients) and (s.people > 0 or s.code in attended)
    ]
    for line, services in _by_line(case, found):
        s = services[0]
        text = f"{_titled(case, s)}: человек ({s.people}) меньше получателей ({len(s.recipients)}): {_days(services)}."
        yield Fault(f"{line}.people.quarter", text, source("service", (s.id for s in services)))


@check("20", "Соглашение центра действовало в день услуги", severity=Severity.WARNING)
def centre_agreement_in_force(case: Case) -> Told:
    terms = {
        centre.id: tuple((a.starts_on, a.ends_on) for a in centre.agreements) for centre in case.records.centres
    }
    found = [
        s
        for s in case.services
        if not any(first <= s.provided_on <= last for first, last in terms.get(s.centre_id, ()))
    ]
    if found:
        text = (
            f"Вне срока соглашения центра — {len(found)} из {case.said('301')}: "
            f"{names(case.centre_name(s.centre_id) for s in found)}."
        )
        yield Fault("303.quarter", text, source("service", (s.id for s in found)))


@check("20", "Нет двух одинаковых услуг", severity=Severity.WARNING)
def services_differ(case: Case) -> Told:
    """Alike: centre, code, day, recipients; «граждане» alone are nobody in particular."""
    groups: dict[tuple[object, ...], list[Service]] = defaultdict(list)
    for s in case.records.services:
        known = frozenset(case.index.member(r.ngo_id) for r in s.recipients if r.ngo_id is not None)
        if known and not s.before_records:
            groups[s.centre_id, s.code, s.provided_on, known].append(s)
    alike = [
        s
        for same in groups.values()
        if len(same) > 1 and any(s.account == case.quarter for s in same)
        for s in same
    ]
    for line, services in _by_line(case, alike):
        text = (
            f"{_titled(case, services[0])}: одинаковы день и получатели у "
            f"{plural(len(services), 'услуги', 'услуг', 'услуг')}: {_days(services)}."
        )
        yield Fault(f"{line}.cases.quarter", text, source("service", (s.id for s in services)))


@check("23", "Услуг без подтверждения немного", severity=Severity.WARNING)
def services_have_evidence(case: Case) -> Told:
    without = sum(line.quarter.unevidenced for line in case.ret.services)
    total = case.value("301")
    limit = case.settings.unevidenced_share
    if without > case.settings.unevidenced_count and without * 100 > limit * total:
        share = percent(without, total)
        text = (
            f"Без подтверждения {integer(without)} из {figure(total)} услуг "
            f"({percents(share) if share is not None else '—'}), больше {limit}\u00a0%."
        )
        found = [s.id for s in case.services if not (s.evidence_kind and s.evidence_no)]
        yield Fault("301.quarter", text, source("service", found))


@check("31", "Зарегистрировано при помощи центров не больше новых НКО", severity=Severity.WARNING)
def registered_are_on_record(case: Case) -> Told:
    young = [
        ngo
        for ngo in case.on_record
        if is_legal(ngo, case.quarter)
        and ngo.registered_on is not None
        and ngo.registered_on.year == case.quarter.year
    ]
    if case.value("304", "year") > len(young):
        text = (
            f"{case.said('304', 'year')} с начала года больше числа НКО на учёте, зарегистрированных "
            f"в {case.quarter.year}\u00a0году ({integer(len(young))})."
        )
        registered = [s.id for s in case.services if s.result == "registered"]
        yield Fault("304.year", text, source("service", registered))
