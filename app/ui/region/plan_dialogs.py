"""Dialogs over plans: one plan of a centre, and a centre with the agreement under which it works."""

from __future__ import annotations

from typing import Any

from app.core.fields import Field, Kind
from app.ui.ask import ValuesDialog, ask_values
from app.ui.desk import Desk
from app.ui.field_text import FieldText
from app.ui.page import Window
from app.ui.short_words import short_place
from app.usecases import region_plans as held
from app.usecases.region_plans import HeldPlan, PlannedCentre

CHANGED = frozenset({"plans", "centre"})
CENTRE_FIELDS = (
    Field("name", "Наименование", Kind.TEXT, required=True, width=60),
    Field("ogrn", "ОГРН", Kind.OGRN, width=16),
    Field("inn", "ИНН", Kind.INN, width=14),
    Field("number", "№ соглашения", Kind.TEXT, width=16),
    Field("subsidy", "Субсидия, ₽", Kind.MONEY, width=16),
    Field("starts_on", "Действует с", Kind.DATE, width=12),
    Field("ends_on", "Действует по", Kind.DATE, width=12),
    Field("competition", "Конкурс", Kind.TEXT, width=24),
    Field("year_won", "Год победы", Kind.YEAR, width=8),
)
_AGREEMENT = ("number", "starts_on", "ends_on", "subsidy", "competition", "year_won")


def ask_plan(
    desk: Desk, window: Window, year: int, plan: HeldPlan | None = None, given: dict[str, Any] | None = None
) -> ValuesDialog:
    """A new plan of the year, or the volume and money of one that is held."""
    if plan is not None:
        fields = (Field("volume", f"Объём на {plan.year} год, {plan.unit}", Kind.AMOUNT, required=True, width=16),
                  Field("money", "Деньги на год, ₽", Kind.MONEY, width=16))  # fmt: skip
        told = f"{plan.centre}. {short_place(plan.territory_name)}. {plan.service} {plan.service_title}."
        title = f"План: {plan.centre}, {short_place(plan.territory_name)}, {plan.service}"

        def change(values: dict[str, Any]) -> None:
            desk.write(held.KIND, title, held.save_plan, values, plan.id, changed=CHANGED)

        return ask_values(
            window, desk, "План центра", told, fields, "Сохранить план", change,
            given={"volume": plan.volume, "money": plan.money or None},
        )  # fmt: skip
    centres = {str(one.id): one.name for one in desk.read(held.centres, year)}
    territories, services = desk.read(held.offered, year)
    words = FieldText(desk, {"centre": centres, "region_territory": territories, "region_service": services})
    asked = (
        Field("centre_id", "Центр", Kind.CHOICE, required=True, width=60, dictionary="centre"),
        Field("territory_code", "Район", Kind.CHOICE, required=True, width=60, dictionary="region_territory"),
        Field("service_code", "Услуга", Kind.CHOICE, required=True, width=60, dictionary="region_service"),
        Field("volume", "Объём на год", Kind.AMOUNT, required=True, width=16),
        Field("money", "Деньги на год, ₽", Kind.MONEY, width=16),
    )

    def add(values: dict[str, Any]) -> None:
        whole = values | {"centre_id": int(values["centre_id"]), "year": year}
        desk.write(held.KIND, "Новый план центра", held.save_plan, whole, changed=CHANGED)

    text = f"План на {year} год. Объём — в первой единице услуги по каталогу."
    return ask_values(window, desk, "Новый план", text, asked, "Добавить план", add, words=words, given=given)


def ask_centre(desk: Desk, window: Window, centre: PlannedCentre | None = None) -> ValuesDialog:
    """A centre and its latest agreement; another № is another agreement, and the former stays."""
    given: dict[str, Any] = {}
    if centre is not None:
        given = {"name": centre.name, "ogrn": centre.ogrn or None, "inn": centre.inn or None}
        if centre.agreements:
            given |= {key: getattr(centre.agreements[-1], key) for key in _AGREEMENT}

    def act(values: dict[str, Any]) -> None:
        agreement = {key: values[key] for key in _AGREEMENT}
        if all(value in (None, "") for value in agreement.values()):
            agreement = {}
        own = {key: values[key] for key in ("name", "ogrn", "inn")}
        title = f"Центр: {values['name']}"
        desk.write(held.KIND, title, held.enter_centre, own, agreement, centre.id if centre else None, changed=CHANGED)

    text = "Другой № соглашения добавит ещё одно, прежнее останется." if centre and centre.agreements else ""
    title, deed = ("Центр и соглашение", "Сохранить центр") if centre else ("Новый центр", "Добавить центр")
    return ask_values(window, desk, title, text, CENTRE_FIELDS, deed, act, given=given)
