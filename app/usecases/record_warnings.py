"""What is looked at before a record is saved, beside its faults: what the return would warn of, and what is in order.

Each sentence names the check of the return that asks the same (DOMAIN §6); none of them stands in the way of saving.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.core.fields import Values
from app.core.periods import Quarter
from app.core.russian import amount, day, roubles
from app.core.text import NBSP, fold
from app.models import (
    CentreAgreement,
    CentreService,
    Need,
    NeedCode,
    Ngo,
    NgoInterval,
    ServiceCode,
    ServiceRecipient,
    Support,
)
from app.records.support import LEGAL_FORMS, REGISTERED_FORMS
from app.usecases.accounts import Accounts
from app.usecases.setup import settings

MONEY_FORMS = frozenset({"211", "212", "216", "217"})


@dataclass(frozen=True, slots=True)
class Checked:
    """One thing that was looked at.  check: its number in the return."""

    text: str
    passed: bool
    check: str


@dataclass(frozen=True, slots=True)
class _Typed:
    session: Session
    id: int | None
    values: Values
    lines: Mapping[str, Sequence[Values]]

    def day(self, key: str) -> date | None:
        found: date | None = self.values.get(key)
        return found


Told = Iterator[Checked]


def look_over(
    session: Session, register: str, values: Values, lines: Mapping[str, Sequence[Values]], id: int | None = None
) -> tuple[Checked, ...]:
    """Warnings first, then what is in order, of a record as far as it is typed.

    values: sound ones alone, by field key.  id: of the record that is changed.
    """
    looks = _LOOKS.get(register, ())
    typed = _Typed(session, id, values, lines)
    found = [checked for look in looks for checked in look(typed)]
    return tuple(sorted(found, key=lambda checked: checked.passed))


# --- of several registers


def _recipient(typed: _Typed, dated: str, what: str, ngo_id: int | None = None) -> Told:
    """On record and not liquidated on the day (checks 7, 22, 47)."""
    ngo = typed.session.get(Ngo, ngo_id or typed.values.get("ngo_id") or 0)
    when = typed.day(dated)
    if ngo is None or when is None:
        return
    called = ngo.short_name or ngo.name
    if _was_on_record(typed.session, ngo, when):
        yield Checked(f"{called}: на учёте в день {what}", True, "47")
    else:
        yield Checked(f"{called}: на {day(when)} не на учёте. Проверьте дату или сроки учёта.", False, "47")
    if ngo.liquidated_on is not None and when > ngo.liquidated_on:
        yield Checked(f"{called}: ликвидирована {day(ngo.liquidated_on)}. Проверьте дату.", False, "22")


def _was_on_record(session: Session, ngo: Ngo, when: date) -> bool:
    """The card, or the one it was merged into, as the return asks it."""
    ids = [ngo.id]
    while ngo.merged_into_id is not None and ngo.merged_into_id not in ids:
        ids.append(ngo.merged_into_id)
        ngo = session.get_one(Ngo, ngo.merged_into_id)
    query = select(NgoInterval.id).where(
        NgoInterval.ngo_id.in_(ids), NgoInterval.taken_on <= when,
        or_(NgoInterval.removed_on.is_(None), NgoInterval.removed_on > when),
    )  # fmt: skip
    return session.scalar(query.limit(1)) is not None


def _account(typed: _Typed, dated: str) -> Told:
    """Which return counts a new record, when that of its own quarter is closed already."""
    when = typed.day(dated)
    if when is None or typed.id is not None or typed.values.get("before_records"):
        return
    accounts, own = Accounts.of(typed.session), Quarter.of(when)
    if accounts.is_closed(own):
        later = accounts.at(own)
        told = f"Отчёт за {own.title} уже закрыт: запись войдёт в отчёт за {later.title} как поступившая позже."
        yield Checked(told, False, "21")


def _others(typed: _Typed, model: Any) -> Any:
    """Live records of the register but for this one."""
    return (model.archived_on.is_(None), model.id != (typed.id or 0))


# --- support


def _support(typed: _Typed) -> Told:
    yield from _recipient(typed, "decision_on", "решения")
    yield from _account(typed, "decision_on")


def _decisions_alike(typed: _Typed) -> Told:
    values = typed.values
    if not (values.get("ngo_id") and values.get("form") and values.get("decision_on")):
        return
    sizes = [Support.amount == (values.get("amount") or Decimal(0))]
    event = values.get("event_id")
    sizes.append(Support.event_id.is_(None) if event is None else Support.event_id == event)
    query = select(Support.decision_no, Support.amount).where(
        *_others(typed, Support), Support.ngo_id == values["ngo_id"], Support.form == values["form"],
        Support.decision_on == values["decision_on"], *sizes,
    )  # fmt: skip
    same = typed.session.execute(query.limit(1)).first()
    if same is None:
        yield Checked("Такого же решения у получателя нет", True, "34")
        return
    number = f"№{NBSP}{same.decision_no} " if same.decision_no else ""
    money = f", {roubles(same.amount, 0)}" if same.amount else ""
    yield Checked(f"Такое же решение уже записано: {number}от {day(values['decision_on'])}{money}.", False, "34")


def _sum_is_usual(typed: _Typed) -> Told:
    given, when, form = typed.values.get("amount"), typed.day("decision_on"), typed.values.get("form")
    if not given or when is None or form not in MONEY_FORMS:
        return
    terms, first = settings(typed.session), Quarter.of(when).first_day
    query = select(func.max(Support.amount)).where(
        *_others(typed, Support), Support.form == form, Support.decision_on >= first.replace(year=first.year - 2),
        Support.decision_on < first,
    )  # fmt: skip
    largest = typed.session.scalar(query)
    if not largest:
        return
    if given > terms.outlier_times * largest and given - largest > terms.noise_money:
        told = f"Сумма больше наибольшей за два года ({roubles(largest, 0)}) более чем в {terms.outlier_times} раз."
        yield Checked(told, False, "47")
    else:
        yield Checked("Сумма не больше обычных", True, "47")


def _row_of_register(typed: _Typed) -> Told:
    """Columns of the register of recipients that would stay empty (check 34)."""
    values = typed.values
    if values.get("form") not in REGISTERED_FORMS or values.get("before_records"):
        return
    ngo = typed.session.get(Ngo, values.get("ngo_id") or 0)
    missing = []
    if not values.get("decision_no"):
        missing.append("№ решения (графа 2)")
    if ngo is not None and ngo.kind == "legal" and not ngo.address:
        missing.append("адрес в карточке получателя (графа 4)")
    if ngo is not None and ngo.kind == "legal" and values["form"] not in LEGAL_FORMS and not (ngo.ogrn and ngo.inn):
        missing.append("ОГРН и ИНН в карточке получателя (графы 5–6)")
    if values["form"] in ("211", "212") and not (values.get("starts_on") or values.get("ends_on")):
        missing.append("срок (графа 10)")
    if missing:
        yield Checked(f"В реестре получателей останется пустым: {', '.join(missing)}.", False, "34")
    elif ngo is not None:
        yield Checked("Графы реестра получателей заполнены", True, "34")


# --- services


def _service(typed: _Typed) -> Told:
    for ngo in _recipients(typed)[:3]:
        yield from _recipient(typed, "provided_on", "услуги", ngo)
    yield from _account(typed, "provided_on")


def _recipients(typed: _Typed) -> list[int]:
    return [line["ngo_id"] for line in typed.lines.get("service_recipient", ()) if line.get("ngo_id")]


def _consultation(typed: _Typed) -> Told:
    code, hours = str(typed.values.get("service_code") or ""), typed.values.get("hours")
    if not code.startswith("К") or not hours:
        return
    limit = settings(typed.session).consultation_hours
    each = hours / max(typed.values.get("quantity") or Decimal(1), Decimal(1))
    if each > limit:
        yield Checked(f"{amount(each)}{NBSP}ч на консультацию: больше {limit}{NBSP}ч. Проверьте часы.", False, "20")
    else:
        yield Checked("Консультация не дольше дня", True, "20")


def _people(typed: _Typed) -> Told:
    people, number = typed.values.get("people") or 0, len(typed.lines.get("service_recipient", ()))
    code = typed.session.get(ServiceCode, typed.values.get("service_code") or "")
    if code is None or not number or not (people or code.hours_required):
        return
    if people < number:
        yield Checked(f"Человек {people}, а получателей {number}: людей не меньше, чем получателей.", False, "20")
    else:
        yield Checked("Людей не меньше, чем получателей", True, "20")


def _agreement(typed: _Typed) -> Told:
    when, centre = typed.day("provided_on"), typed.values.get("centre_id")
    if when is None or not centre:
        return
    query = select(CentreAgreement.id).where(
        CentreAgreement.centre_id == centre, CentreAgreement.starts_on <= when, CentreAgreement.ends_on >= when
    )
    if typed.session.scalar(query.limit(1)) is None:
        yield Checked(f"На {day(when)} соглашение центра не действовало. Проверьте дату или соглашение.", False, "20")
    else:
        yield Checked("Соглашение центра действует", True, "20")


def _services_alike(typed: _Typed) -> Told:
    when, known = typed.day("provided_on"), set(_recipients(typed))
    code, centre = typed.values.get("service_code"), typed.values.get("centre_id")
    if when is None or not known or not code or not centre or typed.values.get("before_records"):
        return
    query = (
        select(CentreService.id, ServiceRecipient.ngo_id)
        .join(ServiceRecipient, ServiceRecipient.service_id == CentreService.id)
        .where(*_others(typed, CentreService), CentreService.centre_id == centre, CentreService.service_code == code,
               CentreService.provided_on == when)
    )  # fmt: skip
    others: dict[int, set[int]] = {}
    for service, ngo in typed.session.execute(query):
        others.setdefault(service, set()).update(() if ngo is None else (ngo,))
    if known in others.values():
        yield Checked("Такая же услуга этим получателям в этот день уже записана.", False, "20")
    else:
        yield Checked("Такой же услуги в этот день нет", True, "20")


def _evidence(typed: _Typed) -> Told:
    number, when = str(typed.values.get("evidence_no") or "").strip(), typed.day("provided_on")
    if when is None or not number or not typed.values.get("centre_id"):
        return
    query = select(CentreService.provided_on, CentreService.evidence_no).where(
        *_others(typed, CentreService), CentreService.centre_id == typed.values["centre_id"],
        CentreService.evidence_kind == (typed.values.get("evidence_kind") or ""), CentreService.evidence_no != "",
        CentreService.provided_on >= date(when.year, 1, 1), CentreService.provided_on <= date(when.year, 12, 31),
    )  # fmt: skip
    same = [on for on, text in typed.session.execute(query) if text.strip().casefold() == number.casefold()]
    if same:
        yield Checked(f"Номер подтверждения {number} уже стоит у услуги от {day(same[0])}.", False, "47")
    else:
        yield Checked("Номер подтверждения в этом году новый", True, "47")


# --- needs


def _need(typed: _Typed) -> Told:
    yield from _recipient(typed, "opened_on", "обращения")
    yield from _account(typed, "opened_on")
    values = typed.values
    if not values.get("ngo_id") or not values.get("category_code"):
        return
    query = select(Need.id, Need.text, Need.opened_on).where(
        *_others(typed, Need), Need.ngo_id == values["ngo_id"], Need.category_code == values["category_code"],
        Need.status == "open",
    )  # fmt: skip
    codes = set(values.get("codes") or ())
    for id, text, opened in typed.session.execute(query):
        same_codes = not codes or codes == set(
            typed.session.scalars(select(NeedCode.service_code).where(NeedCode.need_id == id))
        )
        if same_codes and fold(text) == fold(values.get("text")):
            yield Checked(f"Такая же открытая потребность уже есть, от {day(opened)}.", False, "47")
            return
    yield Checked("Такой же открытой потребности нет", True, "47")


# --- NGOs


def _ngo(typed: _Typed) -> Told:
    values = typed.values
    if values.get("is_branch") and not values.get("head_id"):
        yield Checked("У филиала не указана головная организация.", False, "47")
    marks = {line.get("mark") for line in typed.lines.get("ngo_mark", ())}
    if "sonko" in marks and not values.get("activities"):
        yield Checked("У СОНКО не отмечен ни один вид деятельности.", False, "5")
    elif "sonko" in marks:
        yield Checked("Виды деятельности СОНКО отмечены", True, "5")
    if values.get("kind") == "legal" and values.get("name") and not values.get("ogrn"):
        yield Checked("ОГРН не установлен: деньги и имущество такой НКО не записать.", False, "7")
    elif values.get("ogrn"):
        yield Checked("ОГРН с верной контрольной цифрой", True, "35")
    if values.get("inn"):
        yield Checked("ИНН с верной контрольной цифрой", True, "35")


def _years(typed: _Typed) -> Told:
    terms = settings(typed.session)
    years = [line for line in typed.lines.get("ngo_year", ()) if line.get("year")]
    for key, word in (("staff", "работников"), ("volunteers", "добровольцев")):
        for line in years:
            now = line.get(key)
            past = [p[key] for p in years if line["year"] - 2 <= p["year"] < line["year"] and p.get(key)]
            if now and past and now > terms.outlier_times * max(past) and now - max(past) > terms.noise_units:
                yield Checked(
                    f"За {line['year']}{NBSP}г. {word} {now}: больше прежнего ({max(past)}) более чем "
                    f"в {terms.outlier_times} раз.", False, "47",
                )  # fmt: skip


_LOOKS: dict[str, tuple[Callable[[_Typed], Told], ...]] = {
    "support": (_support, _decisions_alike, _sum_is_usual, _row_of_register),
    "service": (_service, _consultation, _people, _agreement, _services_alike, _evidence),
    "need": (_need,),
    "ngo": (_ngo, _years),
}
