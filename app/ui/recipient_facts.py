"""Beside a form that names an NGO: who it is, what it got this year, what speaks against it."""

from __future__ import annotations

from typing import Any

from app.core.russian import day, plural, roubles
from app.ui.desk import Desk
from app.ui.record_form import RecordForm
from app.usecases import registers
from app.usecases.record_search import Span

SHOWN_IN = frozenset({"support", "need", "grant_application"})
Fact = tuple[str, str, str]
"""Name, value, tone."""


def watch(form: RecordForm, desk: Desk) -> None:
    """Keep the facts in step with the NGO that is chosen."""
    if form.record_type.key not in SHOWN_IN:
        return
    form.rows["ngo_id"].edited.connect(lambda: show(form, desk))


def show(form: RecordForm, desk: Desk) -> None:
    """The facts of the chosen NGO; none while nothing is chosen."""
    if form.record_type.key not in SHOWN_IN:
        return
    ngo = form.rows["ngo_id"].editor.read()[0]
    if ngo is None:
        form.panel.show_facts("", ())
        return
    name, facts = of(desk, ngo)
    form.panel.show_facts(name, facts)


def of(desk: Desk, ngo: int) -> tuple[str, list[Fact]]:
    """The name and the facts of an NGO."""
    values = desk.read(registers.card, "ngo", ngo).values
    today = desk.clock.today()
    facts: list[Fact] = [("Статус", str(values.get("status_title") or "не на учёте"), _standing(values))]
    if values.get("kind") == "body":
        facts.append(("ОГРН", "без юридического лица", "warn"))
    else:
        facts.append(("ОГРН", str(values.get("ogrn") or "не установлен"), "" if values.get("ogrn") else "warn"))
    if values.get("marks_title"):
        facts.append(("Отметки", str(values["marks_title"]), ""))
    year = Span(today.replace(month=1, day=1), today)
    given = desk.read(registers.find, "support", filters={"ngo_id": ngo, "decision_on": year})
    total = desk.read(registers.totals, "support", ["amount"], given)["amount"]
    told = plural(len(given), "решение", "решения", "решений")
    facts.append((f"Поддержка за {today.year}\u00a0г.", f"{roubles(total, 0)}, {told}" if total else told, ""))
    last = desk.read(registers.find, "support", filters={"ngo_id": ngo})[:1]
    for row in desk.read(registers.rows, "support", last):
        number = f"№\u00a0{row.values['decision_no']} от " if row.values.get("decision_no") else ""
        facts.append(("Последнее решение", f"{number}{day(row.values['decision_on'])}", ""))
    violated = _violations(desk, ngo)
    facts.append(("Нарушения", str(violated) if violated else "нет", "err" if violated else "ok"))
    needs = desk.read(registers.find, "need", filters={"ngo_id": ngo, "status": "open"})
    if len(needs):
        facts.append(("Открытые потребности", str(len(needs)), "warn"))
    return str(values.get("short_name") or values["name"]), facts


def _standing(values: Any) -> str:
    return {"active": "ok"}.get(str(values.get("status")), "warn") if values.get("on_record") else "err"


def _violations(desk: Desk, ngo: int) -> int:
    given = desk.read(registers.find, "support", filters={"ngo_id": ngo})
    return sum(len(desk.read(registers.card, "support", id).lines["violation"]) for id in given[:50])

