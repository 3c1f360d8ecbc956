"""Меры поддержки and their violations: the register of recipients (DOMAIN §4)."""

from __future__ import annotations

from decimal import Decimal

from app.core.fields import Field, Kind, RecordType, Values
from app.core.russian import roubles
from app.records.hints import NO_PRIVATE
from app.records.lines import LineType
from app.records.week import from_appeal

SOURCES = ("local", "oblast", "federal", "other")
REGISTERED_FORMS = frozenset({"211", "212", "213", "214", "215"})
"""Forms whose decisions stand in the register of recipients."""
LEGAL_FORMS = frozenset({"211", "212", "216", "217"})
"""Forms that only a legal entity with ОГРН and ИНН may get (check 7)."""

DECISION, SIZE, TERM, REGISTER = "Решение", "Размер", "Срок", "Реестр"


def validate_support(values: Values) -> dict[str, str]:
    """The size a form asks for, sources that sum up, days in order (checks 9, 11, 12, 34)."""
    faults: dict[str, str] = {}
    starts, ends = values.get("starts_on"), values.get("ends_on")
    if starts and ends and ends < starts:
        faults["ends_on"] = "Срок заканчивается раньше, чем начинается."
    if values.get("terminates_id"):
        if values.get("amount"):
            faults["amount"] = "У записи о прекращении поддержки сумма равна нулю."
        return faults
    faults |= _size_faults(values)
    decided = values.get("decision_on")
    for index, violation in enumerate(values.get("violation") or ()):
        if decided and violation.get("found_on") and violation["found_on"] < decided:
            faults[f"violation.{index}.found_on"] = "Нарушение не может быть раньше решения о поддержке."
    returned = sum((v.get("returned") or Decimal(0) for v in values.get("violation") or ()), Decimal(0))
    amount = values.get("amount") or Decimal(0)
    if values.get("form") == "211" and returned > amount >= 0:
        faults["violation"] = f"Возвращено {roubles(returned)}: больше, чем выдано ({roubles(amount)})."
    return faults


def _size_faults(values: Values) -> dict[str, str]:
    match values.get("form"):
        case "211":
            return _money_faults(values)
        case "212":
            if not values.get("area") and not values.get("objects"):
                return {"area": "Укажите площадь в м² или число объектов."}
            if not values.get("area") and not values.get("object_name"):
                return {"object_name": "Назовите переданный объект: площадь не указана."}
        case "213" if not values.get("publications"):
            return {"publications": "Укажите число публикаций."}
        case "214" if not values.get("consultations"):
            return {"consultations": "Укажите число консультаций."}
        case "215" if not values.get("people"):
            return {"people": "Укажите, сколько человек обучено."}
        case "216" if not values.get("amount"):
            return {"amount": "Укажите сумму налоговой льготы."}
        case "217" if not values.get("amount"):
            return {"amount": "Укажите сумму договоров."}
    return {}


def _money_faults(values: Values) -> dict[str, str]:
    amount = values.get("amount") or Decimal(0)
    if amount <= 0:
        return {"amount": "Сумма финансовой поддержки должна быть больше нуля."}
    total = sum((values.get(key) or Decimal(0) for key in SOURCES), Decimal(0))
    if total and total != amount:
        return {"local": f"По источникам {roubles(total)}, а сумма поддержки {roubles(amount)}."}
    return {}


def _validate_violation(values: Values) -> dict[str, str]:
    found, returned_on = values.get("found_on"), values.get("returned_on")
    if values.get("returned") and not returned_on:
        return {"returned_on": "Укажите, когда деньги возвращены."}
    if returned_on and found and returned_on < found:
        return {"returned_on": "Деньги возвращены раньше, чем найдено нарушение."}
    return {}


SUPPORT = RecordType(
    key="support",
    title="Поддержка",
    title_one="Мера поддержки",
    nouns=("мера поддержки", "меры поддержки", "мер поддержки"),
    title_field="decision_no",
    icon="hand-coins",
    empty_hint="Запишите первое решение о поддержке или загрузите список.",
    validate=validate_support,
    fields=(
        Field("ngo_id", "Получатель", Kind.LINK, required=True, width=40, group=DECISION, register="ngo", listed=True,
              aliases=("получатель", "наименование", "наименование нко", "наименование получателя", "нко",
              "организация",
                       "наименование организации", "инн", "огрн", "получатель поддержки", "грантополучатель",
                       "наименование нко претендента", "победитель")),
        Field("form", "Форма поддержки", Kind.CHOICE, required=True, width=18, group=DECISION,
              dictionary="support_form",
              listed=True, aliases=("форма поддержки", "форма", "вид поддержки", "вид помощи")),
        Field("decision_on", "Дата решения", Kind.DATE, required=True, width=11, group=DECISION, listed=True, aliases=(
            "дата решения", "дата", "дата постановления", "дата распоряжения", "дата принятия решения", "дата акта",
            "дата решения об оказании поддержки", "дата договора",
        )),
        Field("decision_no", "№ решения", Kind.TEXT, width=14, group=DECISION, listed=True,
              help="Встанет в графу 2 реестра.",
              aliases=("номер решения", "№ решения", "номер", "постановление", "реквизиты решения", "№ постановления",
                       "номер постановления", "№ договора", "номер договора", "рег номер", "№ заявки")),
        Field("purpose", "Цель, проект", Kind.TEXT, width=40, group=DECISION, aliases=(
            "цель", "проект", "наименование проекта", "название проекта", "содержание проекта", "назначение",
            "мероприятие",
        )),
        Field("amount", "Сумма, ₽", Kind.MONEY, width=14, group=SIZE, listed=True,
              help="У имущества — льгота.", aliases=(
                  "сумма", "размер поддержки", "размер", "сумма гранта", "сумма субсидии", "сумма, руб.", "объем",
                  "выделяемая сумма", "выделяемаясумма(руб,)", "сумма поддержки", "объем финансирования", "руб",
                  "размер субсидии", "стоимость",
              )),
        Field("local", "Местный бюджет, ₽", Kind.MONEY, width=14, group=SIZE,
              help="Если источник не указан, вся сумма относится на местный бюджет.",
              aliases=("местный бюджет", "мб", "районный бюджет", "бюджет района")),
        Field("oblast", "Областной бюджет, ₽", Kind.MONEY, width=14, group=SIZE, aliases=(
            "областной бюджет", "об", "региональный бюджет",
        )),
        Field("federal", "Федеральный бюджет, ₽", Kind.MONEY, width=14, group=SIZE,
              aliases=("федеральный бюджет", "фб")),
        Field("other", "Внебюджетные, ₽", Kind.MONEY, width=14, group=SIZE, aliases=(
            "внебюджетные", "внебюджетные средства", "иные источники",
        )),
        Field("objects", "Объектов", Kind.COUNT, width=8, group=SIZE, aliases=("объектов", "количество объектов")),
        Field("object_name", "Объект", Kind.TEXT, width=30, group=SIZE, aliases=(
            "объект", "имущество", "помещение", "адрес помещения", "адрес объекта", "наименование имущества",
            "наименование объекта",
        )),
        Field("area", "Площадь, м²", Kind.AMOUNT, width=10, group=SIZE,
              aliases=("площадь", "площадь, кв.м", "м2", "кв.м")),
        Field("publications", "Публикаций", Kind.COUNT, width=8, group=SIZE,
              aliases=("публикаций", "число публикаций")),
        Field("consultations", "Консультаций", Kind.COUNT, width=8, group=SIZE, aliases=(
            "консультаций", "число консультаций", "количество консультаций",
        )),
        Field("hours", "Часов", Kind.AMOUNT, width=8, group=SIZE, aliases=("часов", "часы", "ч")),
        Field("people", "Обучено, чел.", Kind.COUNT, width=8, group=SIZE,
              aliases=("человек", "обучено", "участников", "чел")),
        Field("cases", "Случаев, договоров", Kind.COUNT, width=8, group=SIZE, aliases=("договоров", "случаев")),
        Field("starts_on", "Срок с", Kind.DATE, width=11, group=TERM, aliases=(
            "срок с", "начало", "дата начала", "срок оказания с", "начало срока",
        )),
        Field("ends_on", "Срок по", Kind.DATE, width=11, group=TERM, help="Включительно.", aliases=(
            "срок по", "окончание", "дата окончания", "срок оказания", "срок оказания по", "срок", "окончание срока",
            "срок оказания поддержки", "срок действия", "срок действия договора", "срок договора",
        )),
        Field("programme_id", "Программа", Kind.LINK, width=30, group=DECISION, register="programme",
              aliases=("программа",)),
        Field("event_id", "Мероприятие обучения", Kind.LINK, width=30, group=DECISION, register="event"),
        Field("before_records", "До начала учёта", Kind.FLAG, width=8, group=TERM,
              help="До первого отчёта: только в остатках."),
        Field("note", "Примечание", Kind.NOTE, width=40, help=NO_PRIVATE, group=DECISION,
              aliases=("примечание", "комментарий")),
        from_appeal(DECISION),
        Field("account", "Учтено в отчёте за", Kind.QUARTER, width=10, group=REGISTER, computed=True, imported=False,
              listed=True),
        Field("entry_no", "№ записи в реестре", Kind.COUNT, width=8, group=REGISTER, computed=True, imported=False,
              listed=True),
        Field("entered_on", "Внесена в реестр", Kind.DATE, width=11, group=REGISTER, computed=True, imported=False),
        Field("published_on", "Опубликована", Kind.DATE, width=11, group=REGISTER, computed=True, imported=False),
        Field("entry_account", "Запись в отчёте за", Kind.QUARTER, width=10, group=REGISTER, computed=True,
              imported=False),
        Field("terminates_id", "Прекращает меру", Kind.LINK, width=20, group=REGISTER, register="support",
              computed=True,
              imported=False),
        Field("application_id", "По заявке на грант", Kind.LINK, width=20, group=REGISTER, register="grant_application",
              computed=True, imported=False),
    ),
)  # fmt: skip

SUPPORT_LINES = (
    LineType(
        key="violation",
        title="Нарушения",
        title_one="нарушение",
        parent_column="support_id",
        match=("found_on", "text"),
        accounts=(("found_on", "account"), ("returned_on", "returned_account")),
        validate=_validate_violation,
        fields=(
            Field("found_on", "Когда найдено", Kind.DATE, required=True, width=11),
            Field("text", "В чём нарушение", Kind.NOTE, required=True, width=40),
            Field("returned", "Возвращено, ₽", Kind.MONEY, width=14),
            Field("returned_on", "Когда возвращено", Kind.DATE, width=11),
            Field("account", "Учтено в отчёте за", Kind.QUARTER, width=10, computed=True, imported=False),
            Field("returned_account", "Возврат в отчёте за", Kind.QUARTER, width=10, computed=True, imported=False),
        ),
    ),
    LineType(
        key="support_document",
        title="Документы получателя",
        title_one="документ",
        parent_column="support_id",
        match=("title", "number"),
        fields=(
            Field("title", "Документ", Kind.TEXT, required=True, width=34, help="Что представила НКО."),
            Field("number", "№", Kind.TEXT, width=12),
            Field("dated", "Дата", Kind.DATE, width=11),
            Field("kept_at", "Где хранится", Kind.TEXT, width=34, help="Дело, папка или адрес скана."),
        ),
    ),
)  # fmt: skip
