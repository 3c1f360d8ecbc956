"""Checks 35–38: who an NGO is: numbers, intervals on record, territory, marks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

from app.core.identifiers import inn_fault, kpp_fault, ogrn_fault
from app.core.russian import plural
from app.returns.as_of import has_mark, is_legal
from app.returns.checks.case import Case
from app.returns.checks.report import Fault, Severity
from app.returns.checks.rules import LAW_SONKO, Told, check
from app.returns.checks.wording import names, source
from app.returns.records import Interval, Ngo

PARTY = "20201"  # ОКОПФ of a political party
IDENTITY = "приказы ФНС о правилах ОГРН, ИНН и КПП"


def _ngos(found: Iterable[Ngo]) -> str:
    return names(ngo.short_name or ngo.name for ngo in found)


@check("35", "Контрольные цифры ОГРН, ИНН и вид КПП верны", basis=IDENTITY)
def check_digits(case: Case) -> Told:
    for title, found in (
        ("ОГРН", [n for n in case.on_record if n.ogrn and ogrn_fault(n.ogrn)]),
        ("ИНН", [n for n in case.on_record if n.inn and inn_fault(n.inn)]),
        ("КПП", [n for n in case.on_record if n.kpp and kpp_fault(n.kpp)]),
    ):
        if found:
            text = f"{title} не верен у {len(found)} из {case.said('101')}: {_ngos(found)}."
            yield Fault("101.quarter", text, source("ngo", (n.id for n in found)))
    partners = [p for p in case.records.partners if p.inn and inn_fault(p.inn, entrepreneur=len(p.inn) == 12)]
    if partners:
        all_of_them = plural(len(case.records.partners), "партнёра", "партнёров", "партнёров")
        text = f"ИНН не верен у {len(partners)} из {all_of_them}"
        yield Fault(
            "503.quarter", f"{text}: {names(p.name for p in partners)}.", source("partner", (p.id for p in partners))
        )


@check("35", "На один ОГРН и КПП одна карточка")
def one_card_a_number(case: Case) -> Told:
    cards: dict[tuple[str, str], list[Ngo]] = defaultdict(list)
    for ngo in _active(case):
        if ngo.ogrn:
            cards[ngo.ogrn, ngo.kpp].append(ngo)
    for (ogrn, kpp), same in cards.items():
        if len(same) > 1:
            number = f"ОГРН {ogrn}, КПП {kpp}" if kpp else f"ОГРН {ogrn} без КПП"
            text = f"{number}: {plural(len(same), 'карточка', 'карточки', 'карточек')} вместо одной: {_ngos(same)}."
            yield Fault("101.quarter", text, source("ngo", (n.id for n in same)))


def _active(case: Case) -> list[Ngo]:
    """Cards that stand for themselves: a merged one speaks through another."""
    return [ngo for ngo in case.records.ngos if ngo.merged_into_id is None]


@check("35", "Один ИНН — один ОГРН", severity=Severity.WARNING)
def one_ogrn_an_inn(case: Case) -> Told:
    by_inn: dict[str, list[Ngo]] = defaultdict(list)
    for ngo in _active(case):
        if ngo.inn and ngo.ogrn:
            by_inn[ngo.inn].append(ngo)
    found = [n for same in by_inn.values() if len({ngo.ogrn for ngo in same}) > 1 for n in same]
    if found:
        numbers = len({n.inn for n in found})
        text = f"Под разными ОГРН стоит {plural(numbers, 'общий ИНН', 'общих ИНН', 'общих ИНН')}: {_ngos(found)}."
        yield Fault("101.quarter", text, source("ngo", (n.id for n in found)))


@check("35", "Сроки на учёте: конец не раньше начала, без наложений")
def intervals_in_order(case: Case) -> Told:
    turned = [n for n in case.records.ngos if any(i.removed_on and i.removed_on < i.taken_on for i in n.intervals)]
    if turned:
        i = next(i for i in turned[0].intervals if i.removed_on and i.removed_on < i.taken_on)
        text = f"Снятие с учёта {i.removed_on:%d.%m.%Y} раньше постановки {i.taken_on:%d.%m.%Y}: {_ngos(turned)}."
        yield Fault("110.quarter", text, source("ngo", (n.id for n in turned)))
    overlapping = [n for n in case.records.ngos if len(n.intervals) > 1 and _overlap(n.intervals)]
    if overlapping:
        text = f"Сроки на учёте накладываются у {len(overlapping)} из {case.said('101')}: {_ngos(overlapping)}."
        yield Fault("109.quarter", text, source("ngo", (n.id for n in overlapping)))


def _overlap(intervals: Iterable[Interval]) -> bool:
    ordered = sorted(intervals, key=lambda i: i.taken_on)
    return any(
        one.removed_on is None or one.removed_on > after.taken_on
        for one, after in pairwise(ordered)
    )


@check("36", "Код ОКТМО действует на последний день квартала", basis="ОК 033-2013 (ОКТМО)")
def territory_is_valid(case: Case) -> Told:
    day, code = case.quarter.last_day, case.ret.head.oktmo
    if not any(
        t.code == code and t.valid_from <= day and (t.valid_to is None or day <= t.valid_to)
        for t in case.records.territories
    ):
        valid = [
            t.code
            for t in case.records.territories
            if t.valid_from <= day and (t.valid_to is None or day <= t.valid_to)
        ]
        text = f"ОКТМО {code} не действует на {day:%d.%m.%Y}, действует {', '.join(valid) or 'никакой'}."
        yield Fault("head.oktmo", text)


@check("36", "Поселение НКО принадлежит району", basis="ОК 033-2013 (ОКТМО)")
def settlement_belongs(case: Case) -> Told:
    chain = {territory.code for territory in case.records.territories}
    found = [n for n in case.on_record if n.primary_here and n.settlement and n.settlement not in chain]
    if found:
        text = f"Поселение другого района у {len(found)} из {case.said('101')}: {_ngos(found)}."
        yield Fault("101.quarter", text, source("ngo", (n.id for n in found)))


@check("37", "Политическая партия — не СОНКО", basis=LAW_SONKO)
def parties_are_no_sonko(case: Case) -> Told:
    found = [n for n in case.on_record if n.okopf == PARTY and has_mark(n, "sonko", case.quarter)]
    if found:
        text = f"Политические партии с отметкой СОНКО — {len(found)} из {case.said('102')}: {_ngos(found)}."
        yield Fault("102.quarter", text, source("ngo", (n.id for n in found)))


@check("38", "ИОПУ учтены, только пока действует решение", basis="постановление Правительства от 26.01.2017 № 89")
def iopu_while_valid(case: Case) -> Told:
    valid = {
        n.id
        for n in case.on_record
        if is_legal(n, case.quarter) and has_mark(n, "iopu", case.quarter)
    }
    counted = dict.fromkeys(id for s in case.built.sources.get("103.quarter", ()) for id in s.ids)
    expired = [case.index.ngos[id] for id in counted if id not in valid and id in case.index.ngos]
    if expired or case.value("103") > len(valid):
        listed = f": {_ngos(expired)}" if expired else ""
        day = f"{case.quarter.last_day:%d.%m.%Y}"
        text = f"{case.said('103')} больше числа ИОПУ, действующих на {day} ({len(valid)}){listed}."
        yield Fault("103.quarter", text, source("ngo", (n.id for n in expired)) if expired else ())
