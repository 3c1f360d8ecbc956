"""Потребности НКО and what closed them (DOMAIN §5)."""

from __future__ import annotations

from app.core.fields import Field, Kind, RecordType, Values
from app.records.lines import LineType
from app.records.week import from_appeal

WHAT, CLOSING = "Потребность", "Закрытие"


def validate_need(values: Values) -> dict[str, str]:
    """A closed need has its day and what closed it; closed by a centre, the service (checks 25, 26)."""
    faults: dict[str, str] = {}
    status, opened, closed = values.get("status"), values.get("opened_on"), values.get("closed_on")
    if opened and closed and closed < opened:
        faults["closed_on"] = "Потребность закрыта раньше, чем выявлена."
    if status == "open" and closed:
        faults["status"] = "Указана дата закрытия, а потребность открыта."
    if status not in (None, "open") and not closed:
        faults["closed_on"] = "Укажите, когда закрыта или снята."
    if status == "closed_other" and not values.get("closed_by"):
        faults["closed_by"] = "Напишите, чем закрыта потребность."
    if status == "withdrawn" and not values.get("closed_by"):
        faults["closed_by"] = "Напишите, почему потребность снята."
    if status == "closed_centre" and not any(
        line.get("kind") == "closes" for line in values.get("need_service") or ()
    ):
        faults["need_service"] = "Укажите услугу центра, которая закрыла потребность."
    return faults


NEED = RecordType(
    key="need",
    title="Потребности",
    title_one="Потребность",
    nouns=("потребность", "потребности", "потребностей"),
    title_field="text",
    icon="flag",
    empty_hint="Запишите первую потребность НКО или загрузите список.",
    validate=validate_need,
    fields=(
        Field("ngo_id", "НКО", Kind.LINK, required=True, width=40, group=WHAT, register="ngo", listed=True, aliases=(
            "нко", "организация", "наименование", "наименование нко", "наименование организации", "инн", "огрн",
            "заявитель",
        )),
        Field("category_code", "Категория", Kind.CHOICE, required=True, width=24, group=WHAT,
              dictionary="need_category",
              listed=True, aliases=("категория", "вид потребности", "тип", "категория потребности", "направление")),
        Field("text", "В чём потребность", Kind.NOTE, width=44, group=WHAT, listed=True, aliases=(
            "потребность", "описание", "содержание", "суть", "запрос", "проблема", "в чем потребность",
        )),
        Field("codes", "Какие услуги ответят", Kind.CHOICES, width=16, group=WHAT, dictionary="service_code",
              computed=True,
              aliases=("коды услуг", "код услуги", "услуга", "услуги")),
        Field("opened_on", "Выявлена", Kind.DATE, required=True, width=11, group=WHAT, listed=True, aliases=(
            "дата", "дата выявления", "выявлена", "дата обращения", "дата заявки", "открыта",
        )),
        Field("priority", "Приоритет", Kind.CHOICE, required=True, width=10, group=WHAT, dictionary="priority",
              listed=True,
              aliases=("приоритет", "важность", "срочность")),
        Field("status", "Статус", Kind.CHOICE, required=True, width=18, group=CLOSING, dictionary="need_status",
              listed=True,
              aliases=("статус", "состояние")),
        Field("closed_on", "Закрыта", Kind.DATE, width=11, group=CLOSING, listed=True, aliases=(
            "дата закрытия", "закрыта", "дата снятия",
        )),
        Field("closed_by", "Чем закрыта", Kind.TEXT, width=36, group=CLOSING, aliases=(
            "чем закрыта", "решение", "как решена", "причина снятия",
        )),
        Field("before_records", "До начала учёта", Kind.FLAG, width=8, group=WHAT,
              help="До первого отчёта: только в остатках."),
        from_appeal(WHAT),
        Field("account", "Выявление в отчёте за", Kind.QUARTER, width=10, group=CLOSING, computed=True, imported=False,
              listed=True),
        Field("closed_account", "Закрытие в отчёте за", Kind.QUARTER, width=10, group=CLOSING, computed=True,
              imported=False),
        Field("reopens_id", "Возобновляет", Kind.LINK, width=20, group=CLOSING, register="need", computed=True,
              imported=False),
    ),
)  # fmt: skip

NEED_LINES = (
    LineType(
        key="need_code",
        title="Услуги, которые ответят",
        title_one="услуга",
        parent_column="need_id",
        match=("service_code",),
        gathered_as="codes",
        by="service_code",
        fields=(Field("service_code", "Услуга", Kind.CHOICE, required=True, width=30, dictionary="service_code"),),
    ),
    LineType(
        key="need_service",
        title="Оказанные услуги",
        title_one="оказанная услуга",
        parent_column="need_id",
        match=("service_id",),
        fields=(
            Field("service_id", "Услуга центра", Kind.LINK, required=True, width=40, register="service"),
            Field("kind", "Как ответила", Kind.CHOICE, required=True, width=12, dictionary="need_link"),
            Field("account", "Ожидание в отчёте за", Kind.QUARTER, width=10, computed=True, imported=False),
        ),
    ),
)
