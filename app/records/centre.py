"""Resource centres with agreements and plans, and the services they give (DOMAIN §5)."""

from __future__ import annotations

from app.core.fields import Field, Kind, RecordType, Values
from app.records.hints import NO_PRIVATE
from app.records.lines import LineType
from app.records.week import from_appeal

ACT, SIZE, PROOF = "Услуга", "Объём и результат", "Подтверждение"


def validate_service(values: Values) -> dict[str, str]:
    """Someone got it, each once; money only with a grant application; К1 alone «до начала учёта»."""
    faults: dict[str, str] = {}
    if "service_recipient" in values:
        recipients = [line.get("ngo_id") for line in values["service_recipient"]]
        if not recipients:
            faults["service_recipient"] = "Укажите хотя бы одного получателя: НКО, объединение или «граждане»."
        elif len(recipients) != len(set(recipients)):
            faults["service_recipient"] = "Один получатель назван дважды."
        if values.get("result") in ("registered", "registering") and recipients and not any(recipients):
            faults["result"] = "Результат о регистрации относится к объединению: назовите его получателем."
    if values.get("result_amount") and values.get("result") not in ("applied", "supported"):
        faults["result_amount"] = "Сумма указывается только для поданной или поддержанной заявки."
    if values.get("before_records") and values.get("service_code") not in (None, "К1"):
        faults["before_records"] = "До начала учёта заносят только К1 для объединений в стадии регистрации."
    if values.get("evidence_no") and not values.get("evidence_kind"):
        faults["evidence_kind"] = "Укажите, чем подтверждена услуга."
    return faults


def _validate_agreement(values: Values) -> dict[str, str]:
    if values.get("starts_on") and values.get("ends_on") and values["ends_on"] < values["starts_on"]:
        return {"ends_on": "Соглашение заканчивается раньше, чем начинается."}
    return {}


CENTRE = RecordType(
    key="centre",
    title="Ресурсные центры",
    title_one="Ресурсный центр",
    nouns=("центр", "центра", "центров"),
    title_field="name",
    icon="house",
    empty_hint="Добавьте центры, которые оказывают услуги в районе.",
    fields=(
        Field("name", "Наименование", Kind.TEXT, required=True, width=44, listed=True, aliases=(
            "наименование", "центр", "ресурсный центр", "наименование центра", "рц",
        )),
        Field("ogrn", "ОГРН", Kind.OGRN, width=14, listed=True, aliases=("огрн",)),
        Field("inn", "ИНН", Kind.INN, width=12, listed=True, aliases=("инн",)),
        Field("ngo_id", "Карточка НКО", Kind.LINK, width=30, register="ngo", help="Если НКО центра на учёте здесь."),
        Field("phone", "Служебный телефон", Kind.PHONE, width=18, aliases=("телефон",)),
        Field("note", "Примечание", Kind.NOTE, width=40, help=NO_PRIVATE, aliases=("примечание",)),
        Field("agreement", "Соглашение", Kind.TEXT, width=24, listed=True, computed=True, imported=False),
        Field("districts", "Обслуживает районы", Kind.CHOICES, width=30, dictionary="territory", computed=True),
    ),
)  # fmt: skip

CENTRE_LINES = (
    LineType(
        key="centre_agreement",
        title="Соглашения",
        title_one="соглашение",
        parent_column="centre_id",
        match=("number",),
        validate=_validate_agreement,
        fields=(
            Field("number", "№ соглашения", Kind.TEXT, required=True, width=14),
            Field("starts_on", "Действует с", Kind.DATE, required=True, width=11),
            Field("ends_on", "Действует по", Kind.DATE, required=True, width=11, help="Включительно."),
            Field("subsidy", "Субсидия, ₽", Kind.MONEY, width=14),
            Field("competition", "Конкурс", Kind.TEXT, width=30),
            Field("year_won", "Год победы", Kind.YEAR, width=6),
        ),
    ),
    LineType(
        key="centre_district",
        title="Обслуживает районы",
        title_one="район",
        parent_column="centre_id",
        match=("territory_code",),
        gathered_as="districts",
        by="territory_code",
        fields=(Field("territory_code", "Район", Kind.CHOICE, required=True, width=24, dictionary="territory"),),
    ),
    LineType(
        key="centre_plan",
        title="Планы по услугам",
        title_one="план",
        parent_column="centre_id",
        match=("territory_code", "service_code", "year"),
        fields=(
            Field("year", "Год", Kind.YEAR, required=True, width=6),
            Field("service_code", "Услуга", Kind.CHOICE, required=True, width=30, dictionary="service_code"),
            Field("territory_code", "Район", Kind.CHOICE, required=True, width=24, dictionary="territory"),
            Field("volume", "Объём на год", Kind.AMOUNT, required=True, width=10),
            Field("capacity", "Мощность", Kind.AMOUNT, width=10),
            Field("unit_cost", "Цена единицы, ₽", Kind.MONEY, width=12),
        ),
    ),
)  # fmt: skip

PACKAGE = RecordType(
    key="package",
    title="Комплексы услуг",
    title_one="Комплекс услуг",
    nouns=("комплекс", "комплекса", "комплексов"),
    title_field="name",
    icon="package",
    empty_hint="Добавьте комплекс: какие услуги в него входят и сколько нужно району.",
    fields=(
        Field("name", "Название", Kind.TEXT, required=True, width=44, listed=True),
        Field("codes", "Услуги", Kind.CHOICES, width=30, dictionary="service_code", computed=True, listed=True),
        Field("note", "Примечание", Kind.NOTE, width=40, help=NO_PRIVATE),
    ),
)

PACKAGE_LINES = (
    LineType(
        key="package_code",
        title="Услуги комплекса",
        title_one="услуга",
        parent_column="package_id",
        match=("service_code",),
        gathered_as="codes",
        by="service_code",
        fields=(Field("service_code", "Услуга", Kind.CHOICE, required=True, width=30, dictionary="service_code"),),
    ),
    LineType(
        key="package_volume",
        title="Объём по районам",
        title_one="объём",
        parent_column="package_id",
        match=("territory_code", "year"),
        fields=(
            Field("year", "Год", Kind.YEAR, required=True, width=6),
            Field("territory_code", "Район", Kind.CHOICE, required=True, width=24, dictionary="territory"),
            Field("volume", "Объём на год", Kind.AMOUNT, required=True, width=10),
        ),
    ),
)

SERVICE = RecordType(
    key="service",
    title="Услуги центров",
    title_one="Услуга центра",
    nouns=("услуга", "услуги", "услуг"),
    title_field="topic",
    icon="lifebuoy",
    empty_hint="Запишите первую услугу центра или загрузите журнал.",
    validate=validate_service,
    fields=(
        Field("provided_on", "Дата", Kind.DATE, required=True, width=11, group=ACT, listed=True, aliases=(
            "дата", "дата оказания", "дата услуги", "дата консультации", "дата проведения",
        )),
        Field("centre_id", "Центр", Kind.LINK, required=True, width=30, group=ACT, register="centre", listed=True,
              aliases=(
            "центр", "ресурсный центр", "рц", "исполнитель", "кто оказал",
        )),
        Field("service_code", "Услуга", Kind.CHOICE, required=True, width=26, group=ACT, dictionary="service_code",
              listed=True, aliases=("услуга", "код услуги", "код", "вид услуги", "наименование услуги")),
        Field("topic", "Тема", Kind.TEXT, width=36, group=ACT, aliases=(
            "тема", "вопрос", "содержание", "тема консультации", "название мероприятия", "описание",
        )),
        Field("recipients", "Получатели", Kind.LINKS, width=40, group=ACT, register="ngo", computed=True, listed=True,
              aliases=(
            "получатель", "получатели", "нко", "организация", "наименование нко", "наименование", "кому оказана",
            "инн", "огрн", "инн получателя", "участники", "наименование организации",
        )),
        Field("recipients_count", "Получателей", Kind.COUNT, width=8, group=ACT, computed=True, imported=False),
        Field("quantity", "Объём", Kind.AMOUNT, required=True, width=9, group=SIZE, listed=True,
              help="В первой единице услуги по каталогу.", aliases=("количество", "объем", "кол-во", "объем услуги")),
        Field("unit", "Единица", Kind.TEXT, width=10, group=SIZE, computed=True, imported=False),
        Field("hours", "Часов", Kind.AMOUNT, width=8, group=SIZE, listed=True, aliases=("часов", "часы", "ч", "час")),
        Field("people", "Человек", Kind.COUNT, width=8, group=SIZE, listed=True, aliases=(
            "человек", "участников", "чел", "количество человек", "количество участников",
        )),
        Field("result", "Результат", Kind.CHOICE, width=20, group=SIZE, dictionary="result",
              aliases=("результат", "итог")),
        Field("result_amount", "Сумма заявки, ₽", Kind.MONEY, width=14, group=SIZE, aliases=("сумма", "сумма заявки")),
        Field("evidence_kind", "Подтверждение", Kind.CHOICE, width=18, group=PROOF, dictionary="evidence", aliases=(
            "подтверждение", "вид подтверждения", "документ",
        )),
        Field("evidence_no", "№ или ссылка", Kind.TEXT, width=24, group=PROOF, aliases=(
            "номер подтверждения", "№ подтверждения", "ссылка", "№ записи", "номер записи", "реквизиты документа",
            "№ в журнале",
        )),
        Field("before_records", "До начала учёта", Kind.FLAG, width=8, group=PROOF,
              help="Регистрировалось до первого отчёта."),
        Field("note", "Примечание", Kind.NOTE, width=40, help=NO_PRIVATE, group=PROOF,
              aliases=("примечание", "комментарий")),
        from_appeal(ACT),
        Field("account", "Учтено в отчёте за", Kind.QUARTER, width=10, group=PROOF, computed=True, imported=False,
              listed=True),
    ),
)  # fmt: skip

SERVICE_LINES = (
    LineType(
        key="service_recipient",
        title="Получатели",
        title_one="получатель",
        parent_column="service_id",
        match=("ngo_id",),
        gathered_as="recipients",
        by="ngo_id",
        fields=(
            Field("ngo_id", "НКО или объединение", Kind.LINK, width=40, register="ngo", nothing="граждане",
                  help="Для жителей напишите «граждане»."),
            Field("first_time", "Впервые", Kind.FLAG, width=8),
        ),
    ),
)  # fmt: skip
