"""Business partners, what they offer and NGOs ask, agreements with dated contributions (DOMAIN §5)."""

from __future__ import annotations

from app.core.fields import Field, Kind, RecordType, Values
from app.core.russian import day
from app.records.hints import NO_PRIVATE
from app.records.lines import LineType

_MEASURES = {
    "money": ("amount", "Укажите сумму."),
    "goods": ("amount", "Укажите стоимость товаров."),
    "pro_bono": ("hours", "Укажите, сколько часов отдано."),
    "volunteers": ("people", "Укажите, сколько человек участвовало."),
    "premises": ("area", "Укажите площадь помещения."),
}


def validate_partner(values: Values) -> dict[str, str]:
    """A company has an ИНН of 10 digits and an ОГРН of 13, an entrepreneur 12 and 15."""
    faults: dict[str, str] = {}
    if values.get("kind") == "entrepreneur":
        if values.get("inn") and len(values["inn"]) != 12:
            faults["inn"] = "У предпринимателя ИНН из 12 цифр."
        if values.get("ogrn") and len(values["ogrn"]) != 15:
            faults["ogrn"] = "У предпринимателя ОГРНИП из 15 цифр."
    elif values.get("kind") == "company":
        if values.get("inn") and len(values["inn"]) != 10:
            faults["inn"] = "У организации ИНН из 10 цифр."
        if values.get("ogrn") and len(values["ogrn"]) != 13:
            faults["ogrn"] = "У организации ОГРН из 13 цифр."
    return faults


def validate_agreement(values: Values) -> dict[str, str]:
    """Days in order, an early end with its reason, contributions within the agreement (check 29)."""
    faults: dict[str, str] = {}
    starts, ends, early = values.get("starts_on"), values.get("ends_on"), values.get("ended_early_on")
    if starts and ends and ends < starts:
        faults["ends_on"] = "Соглашение заканчивается раньше, чем начинается."
    if early and starts and early < starts:
        faults["ended_early_on"] = "Соглашение прекращено раньше, чем начало действовать."
    if early and ends and early > ends:
        faults["ended_early_on"] = "Досрочное прекращение позже срока соглашения."
    if early and not values.get("early_end_reason"):
        faults["early_end_reason"] = "Напишите, почему соглашение прекращено досрочно."
    if "agreement_party" in values and not values["agreement_party"]:
        faults["agreement_party"] = "Укажите хотя бы одну НКО — сторону соглашения."
    days = [d for d in (ends, early) if d]
    last = min(days) if days else None
    for index, line in enumerate(values.get("contribution") or ()):
        given = line.get("given_on")
        if given and ((starts and given < starts) or (last and given > last)):
            faults[f"contribution.{index}.given_on"] = (
                f"Вклад вне срока соглашения: оно действует с {day(starts)}" + (f" по {day(last)}." if last else ".")
            )
    return faults


def _validate_contribution(values: Values) -> dict[str, str]:
    measure, sentence = _MEASURES.get(values.get("kind") or "", ("", ""))
    if measure and not values.get(measure):
        return {measure: sentence}
    if values.get("ends_on") and values.get("given_on") and values["ends_on"] < values["given_on"]:
        return {"ends_on": "Помещение возвращено раньше, чем передано."}
    return {}


def validate_offer(values: Values) -> dict[str, str]:
    if values.get("ends_on") and values.get("offered_on") and values["ends_on"] < values["offered_on"]:
        return {"ends_on": "Предложение заканчивается раньше, чем сделано."}
    return {}


PARTNER = RecordType(
    key="partner",
    title="Партнёры",
    title_one="Партнёр",
    nouns=("партнёр", "партнёра", "партнёров"),
    title_field="name",
    icon="briefcase",
    empty_hint="Добавьте компании и предпринимателей, которые помогают НКО.",
    validate=validate_partner,
    fields=(
        Field("name", "Наименование", Kind.TEXT, required=True, width=40, listed=True, aliases=(
            "наименование", "партнер", "компания", "организация", "название",
        )),
        Field("kind", "Вид", Kind.CHOICE, required=True, width=20, dictionary="partner_kind", listed=True,
              aliases=("вид",)),
        Field("inn", "ИНН", Kind.INN, width=13, listed=True, aliases=("инн",)),
        Field("ogrn", "ОГРН (ОГРНИП)", Kind.OGRN, width=16, aliases=("огрн", "огрнип")),
        Field("address", "Адрес", Kind.TEXT, width=40, aliases=("адрес",)),
        Field("phone", "Служебный телефон", Kind.PHONE, width=18, aliases=("телефон",)),
        Field("site", "Сайт", Kind.URL, width=24, aliases=("сайт",)),
        Field("note", "Примечание", Kind.NOTE, width=40, help=NO_PRIVATE, aliases=("примечание",)),
    ),
)  # fmt: skip

AGREEMENT = RecordType(
    key="agreement",
    title="Соглашения",
    title_one="Соглашение",
    nouns=("соглашение", "соглашения", "соглашений"),
    title_field="number",
    icon="handshake",
    empty_hint="Запишите первое соглашение партнёра с НКО.",
    validate=validate_agreement,
    fields=(
        Field("number", "№ соглашения", Kind.TEXT, required=True, width=14, listed=True, aliases=("номер", "№")),
        Field("partner_id", "Партнёр", Kind.LINK, required=True, width=34, register="partner", listed=True),
        Field("parties", "Стороны — НКО", Kind.LINKS, width=40, register="ngo", listed=True, computed=True),
        Field("subject", "Предмет", Kind.TEXT, width=40, listed=True, aliases=("предмет",)),
        Field("starts_on", "Действует с", Kind.DATE, required=True, width=11, listed=True, aliases=("дата",)),
        Field("ends_on", "Действует по", Kind.DATE, width=11, listed=True, help="Включительно."),
        Field("promised", "Обещано, ₽", Kind.MONEY, width=14, help="Деньги и товары; или 0."),
        Field("ended_early_on", "Прекращено досрочно", Kind.DATE, width=11, help="Последний день действия."),
        Field("early_end_reason", "Причина прекращения", Kind.TEXT, width=34),
        Field("before_records", "До начала учёта", Kind.FLAG, width=8,
              help="До первого отчёта: только в остатках."),
        Field("account", "Заключение в отчёте за", Kind.QUARTER, width=10, computed=True, imported=False),
        Field("end_account", "Окончание в отчёте за", Kind.QUARTER, width=10, computed=True, imported=False),
    ),
)  # fmt: skip

AGREEMENT_LINES = (
    LineType(
        key="agreement_party",
        title="Стороны — НКО",
        title_one="сторона",
        parent_column="agreement_id",
        match=("ngo_id",),
        gathered_as="parties",
        by="ngo_id",
        fields=(Field("ngo_id", "НКО", Kind.LINK, required=True, width=40, register="ngo"),),
    ),
    LineType(
        key="contribution",
        title="Вклады",
        title_one="вклад",
        parent_column="agreement_id",
        accounts=(("given_on", "account"),),
        validate=_validate_contribution,
        fields=(
            Field("given_on", "Когда", Kind.DATE, required=True, width=11),
            Field("kind", "Вид", Kind.CHOICE, required=True, width=20, dictionary="contribution"),
            Field("amount", "Сумма, ₽", Kind.MONEY, width=14),
            Field("hours", "Часов", Kind.AMOUNT, width=8),
            Field("people", "Человек", Kind.COUNT, width=8),
            Field("area", "Площадь, м²", Kind.AMOUNT, width=10),
            Field("ends_on", "Помещение по", Kind.DATE, width=11, help="Последний день пользования."),
            Field("note", "Примечание", Kind.TEXT, width=30),
            Field("account", "Учтено в отчёте за", Kind.QUARTER, width=10, computed=True, imported=False),
        ),
    ),
)  # fmt: skip

OFFER = RecordType(
    key="offer",
    title="Предложения",
    title_one="Предложение",
    nouns=("предложение", "предложения", "предложений"),
    title_field="text",
    icon="tray",
    validate=validate_offer,
    fields=(
        Field("partner_id", "Партнёр", Kind.LINK, required=True, width=34, register="partner", listed=True),
        Field("kind", "Вид", Kind.CHOICE, required=True, width=20, dictionary="contribution", listed=True),
        Field("text", "Что предлагает", Kind.NOTE, required=True, width=44, listed=True),
        Field("offered_on", "Дата", Kind.DATE, required=True, width=11, listed=True),
        Field("ends_on", "Действует по", Kind.DATE, width=11, listed=True),
    ),
)

REQUEST = RecordType(
    key="request",
    title="Запросы НКО",
    title_one="Запрос НКО",
    nouns=("запрос", "запроса", "запросов"),
    title_field="text",
    icon="megaphone",
    fields=(
        Field("ngo_id", "НКО", Kind.LINK, required=True, width=40, register="ngo", listed=True),
        Field("kind", "Вид", Kind.CHOICE, required=True, width=20, dictionary="contribution", listed=True),
        Field("text", "Что нужно", Kind.NOTE, required=True, width=44, listed=True),
        Field("asked_on", "Дата", Kind.DATE, required=True, width=11, listed=True),
        Field("offer_id", "Подобрано предложение", Kind.LINK, width=34, register="offer", listed=True),
    ),
)
