"""НКО and unregistered bodies, and what is kept of each over time (DOMAIN §3)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from app.core.fields import Field, Kind, RecordType, Values
from app.records.hints import NO_PRIVATE
from app.records.lines import LineType

POLITICAL_PARTY = "20201"
FOREIGN_BRANCH = "71610"

WHO, WHERE, LAW, HERE = "Организация", "Адрес и связь", "Регистрация", "Учёт"


def validate_ngo(values: Values) -> dict[str, str]:
    """A body has no numbers; a party is no СОНКО; a branch has a head; days and intervals in order."""
    faults: dict[str, str] = {}
    marks: Sequence[Values] = values.get("ngo_mark") or ()
    if values.get("kind") == "body":
        for key, word in (("ogrn", "ОГРН"), ("inn", "ИНН"), ("kpp", "КПП")):
            if values.get(key):
                faults[key] = f"У объединения без юридического лица нет {word}: оставьте поле пустым."
        if marks:
            faults["ngo_mark"] = "Отметки ставятся только юридическим лицам."
    if values.get("okopf") == POLITICAL_PARTY and any(m.get("mark") == "sonko" for m in marks):
        faults["okopf"] = "Политическая партия не может быть СОНКО: снимите отметку или исправьте форму."
    kinds = {m.get("mark") for m in marks}
    if "iopu" in kinds and "sonko" not in kinds:
        faults["ngo_mark"] = "ИОПУ — всегда СОНКО: поставьте и отметку СОНКО."
    if values.get("head_id") and not values.get("is_branch"):
        faults["head_id"] = "Головную организацию указывают только у филиала или отделения."
    registered, liquidated = values.get("registered_on"), values.get("liquidated_on")
    if registered and liquidated and liquidated < registered:
        faults["liquidated_on"] = "Дата ликвидации раньше даты регистрации."
    if values.get("primary_here") and values.get("primary_where"):
        faults["primary_where"] = "Основной учёт здесь: снимите отметку или оставьте это поле пустым."
    faults |= _interval_faults(values.get("ngo_interval") or ())
    return faults


def _interval_faults(intervals: Sequence[Values]) -> dict[str, str]:
    known = sorted((i for i in intervals if i.get("taken_on")), key=lambda i: i["taken_on"])
    for earlier, later in pairwise(known):
        if earlier.get("removed_on") is None or earlier["removed_on"] > later["taken_on"]:
            return {"ngo_interval": "Сроки учёта пересекаются: сначала снимите НКО с учёта, потом поставьте снова."}
    return {}


def _validate_interval(values: Values) -> dict[str, str]:
    taken, removed = values.get("taken_on"), values.get("removed_on")
    if removed and taken and removed < taken:
        return {"removed_on": "Снята с учёта раньше, чем поставлена."}
    if removed and not values.get("removal"):
        return {"removal": "Укажите, почему снята с учёта."}
    if values.get("removal") and not removed:
        return {"removed_on": "Укажите, когда снята с учёта."}
    return {}


def _validate_mark(values: Values) -> dict[str, str]:
    since, until = values.get("since"), values.get("valid_to")
    if since and until and until < since:
        return {"valid_to": "Последний день отметки раньше первого."}
    return {}


def _validate_contact(values: Values) -> dict[str, str]:
    """Of a consent its day; what was erased under 152-ФЗ is not written again into the same row."""
    if values.get("erased_on"):
        return {"name": "Сведения этого человека обезличены и не меняются: добавьте новую строку."}
    given, withdrawn = values.get("consent_on"), values.get("withdrawn_on")
    if values.get("consent") and not given:
        return {"consent_on": "Укажите дату согласия."}
    if given and withdrawn and withdrawn < given:
        return {"withdrawn_on": "Согласие отозвано раньше, чем дано: проверьте даты."}
    return {}


NGO = RecordType(
    key="ngo",
    title="НКО",
    title_one="НКО",
    nouns=("организация", "организации", "организаций"),
    title_field="name",
    icon="buildings",
    empty_hint="Загрузите список из Excel или добавьте первую организацию.",
    validate=validate_ngo,
    fields=(
        Field("name", "Полное наименование", Kind.TEXT, required=True, width=48, group=WHO, listed=True, aliases=(
            "наименование", "полное наименование", "наименование организации", "наименование нко", "название",
            "название организации", "наименование юридического лица", "организация", "нко", "получатель", "имя",
            "наименование нко претендента", "full_name", "name", "полное наименование организации", "наименование соно",
            "наименование сонко", "наименование получателя", "наименование некоммерческой организации",
        )),
        Field("short_name", "Краткое наименование", Kind.TEXT, width=28, group=WHO, aliases=(
            "сокращенное наименование", "краткое название", "сокращенное название", "кратко", "short_name",
        )),
        Field("kind", "Вид", Kind.CHOICE, required=True, width=14, group=WHO, dictionary="ngo_kind", aliases=(
            "вид организации", "юридическое лицо", "тип объединения",
        )),
        Field("okopf", "Правовая форма", Kind.CHOICE, width=26, group=WHO, dictionary="legal_form", listed=True,
              aliases=("окопф", "организационно-правовая форма", "опф", "форма", "код окопф", "orgform", "okopf_code",
                       "орг правовая форма", "вид нко", "okopf")),
        Field("ogrn", "ОГРН", Kind.OGRN, width=14, group=LAW, listed=True, help="13 цифр; пусто — «не установлен».",
              aliases=("огрн", "огрн организации", "основной государственный регистрационный номер", "ogrn",
              "огрн/огрнип",
                       "рег номер", "регистрационный номер")),
        Field("inn", "ИНН", Kind.INN, width=12, group=LAW, listed=True, aliases=(
            "инн", "инн организации", "идентификационный номер", "инн получателя", "inn", "инн юл",
        )),
        Field("kpp", "КПП", Kind.KPP, width=10, group=LAW, aliases=("кпп", "kpp", "код причины постановки на учет")),
        Field("registered_on", "Дата регистрации", Kind.DATE, width=11, group=LAW,
              help="День присвоения ОГРН.", aliases=(
                  "дата регистрации", "дата огрн", "дата присвоения огрн", "зарегистрирована", "reg_date", "ogrndate",
                  "дата государственной регистрации", "дата создания",
              )),
        Field("minjust_number", "Учётный № Минюста", Kind.MINJUST, width=12, group=LAW, aliases=(
            "учетный номер", "номер минюста", "учетный номер минюста", "uniqnum", "ведомственный реестровый номер",
        )),
        Field("okved", "Основной ОКВЭД", Kind.TEXT, width=30, group=LAW, aliases=(
            "оквэд", "основной вид деятельности", "код оквэд", "okved", "вид деятельности по оквэд",
        )),
        Field("settlement", "Поселение", Kind.CHOICE, width=22, group=WHERE, dictionary="settlement", listed=True,
              aliases=(
            "поселение", "муниципальное образование", "мо", "город", "населенный пункт", "территория", "октмо",
            "городское сельское поселение", "oktmo_code",
        )),
        Field("address", "Адрес", Kind.TEXT, width=40, group=WHERE, aliases=(
            "адрес", "юридический адрес", "место нахождения", "адрес места нахождения", "почтовый адрес",
            "местонахождение", "address", "address_x", "адрес организации", "фактический адрес",
        )),
        Field("phone", "Служебный телефон", Kind.PHONE, width=18, group=WHERE, aliases=(
            "телефон", "контактный телефон", "тел", "номер телефона", "телефон организации",
        )),
        Field("email", "Электронная почта", Kind.EMAIL, width=24, group=WHERE, aliases=(
            "e-mail", "email", "электронная почта", "эл. почта", "почта", "адрес электронной почты",
            "электронный адрес",
        )),
        Field("site", "Сайт", Kind.URL, width=24, group=WHERE, aliases=(
            "сайт", "официальный сайт", "website", "адрес сайта", "интернет-сайт", "страница в сети",
        )),
        Field("director", "Руководитель", Kind.TEXT, width=28, group=WHERE, help="Как в ЕГРЮЛ.", aliases=(
            "руководитель", "фио руководителя", "директор", "председатель", "фио председателя",
            "руководитель организации",
        )),
        Field("primary_here", "Основной учёт здесь", Kind.FLAG, width=8, group=HERE, aliases=("основной учет здесь",)),
        Field("primary_where", "Основной учёт в", Kind.TEXT, width=24, group=HERE,
              help="Где основной учёт, если НКО только работает здесь.", aliases=("основной учет", "где на учете")),
        Field("is_branch", "Филиал или отделение", Kind.FLAG, width=8, group=HERE, aliases=("филиал", "отделение")),
        Field("head_id", "Головная организация", Kind.LINK, width=30, group=HERE, register="ngo", aliases=(
            "головная организация", "огрн головной организации",
        )),
        Field("liquidated_on", "Дата ликвидации", Kind.DATE, width=11, group=LAW, aliases=(
            "дата ликвидации", "ликвидирована", "дата прекращения", "дата прекращения деятельности", "liq_date",
            "дата исключения",
        )),
        Field("verified_on", "Сведения проверены", Kind.DATE, width=11, group=HERE, aliases=(
            "дата проверки", "проверена", "дата актуализации", "сведения проверены",
        )),
        Field("verified_by", "Кто проверил", Kind.TEXT, width=22, group=HERE, aliases=("кто проверил",)),
        Field("note", "Примечание", Kind.NOTE, width=40, help=NO_PRIVATE, group=HERE, aliases=(
            "примечание", "примечания", "комментарий", "дополнительно", "прочее",
        )),
        Field("status", "Статус", Kind.CHOICE, width=16, group=HERE, dictionary="ngo_status", listed=True,
              computed=True,
              aliases=("статус", "состояние", "status", "status_x", "статус некоммерческой организации")),
        Field("marks", "Отметки", Kind.CHOICES, width=20, group=HERE, dictionary="mark", listed=True, computed=True,
              aliases=("отметки", "признаки", "сонко", "статус сонко")),
        Field("activities", "Виды деятельности", Kind.CHOICES, width=30, group=HERE, dictionary="activity",
              computed=True,
              aliases=("виды деятельности", "вид деятельности", "направления деятельности", "направление деятельности",
                       "сфера деятельности")),
        Field("taken_on", "На учёте с", Kind.DATE, width=11, group=HERE, computed=True, aliases=(
            "поставлена на учет", "дата постановки на учет", "на учете с", "дата включения",
        )),
        Field("on_record", "На учёте", Kind.FLAG, width=8, group=HERE, computed=True, imported=False),
        Field("legal_account", "Юридическое лицо с отчёта за", Kind.QUARTER, width=10, group=LAW, computed=True,
              imported=False),
        Field("merged_into_id", "Объединена с", Kind.LINK, width=30, group=HERE, register="ngo", computed=True,
              imported=False),
    ),
)  # fmt: skip

_ACCOUNT = Field("account", "Учтено в отчёте за", Kind.QUARTER, width=10, computed=True, imported=False)

NGO_LINES = (
    LineType(
        key="ngo_interval",
        title="Сроки учёта",
        title_one="срок учёта",
        parent_column="ngo_id",
        match=("taken_on",),
        accounts=(("taken_on", "taken_account"), ("removed_on", "removed_account")),
        validate=_validate_interval,
        fields=(
            Field("taken_on", "Поставлена на учёт", Kind.DATE, required=True, width=11),
            Field("before_records", "До начала учёта", Kind.FLAG, width=8,
                  help="До первого отчёта: только в остатках."),
            Field("removed_on", "Снята с учёта", Kind.DATE, width=11),
            Field("removal", "Причина снятия", Kind.CHOICE, width=20, dictionary="removal"),
            Field("taken_account", "Постановка в отчёте за", Kind.QUARTER, width=10, computed=True, imported=False),
            Field("removed_account", "Снятие в отчёте за", Kind.QUARTER, width=10, computed=True, imported=False),
        ),
    ),
    LineType(
        key="ngo_status",
        title="Статусы",
        title_one="статус",
        parent_column="ngo_id",
        match=("since",),
        accounts=(("since", "account"),),
        fields=(
            Field("since", "С какого дня", Kind.DATE, required=True, width=11),
            Field("status", "Статус", Kind.CHOICE, required=True, width=18, dictionary="ngo_status"),
            Field("basis", "Основание", Kind.TEXT, width=30),
            _ACCOUNT,
        ),
    ),
    LineType(
        key="ngo_mark",
        title="Отметки",
        title_one="отметка",
        parent_column="ngo_id",
        match=("mark", "since"),
        accounts=(("since", "account"),),
        gathered_as="marks",
        by="mark",
        validate=_validate_mark,
        fields=(
            Field("mark", "Отметка", Kind.CHOICE, required=True, width=22, dictionary="mark"),
            Field("since", "С какого дня", Kind.DATE, required=True, width=11),
            Field("valid_to", "По какой день", Kind.DATE, width=11, help="Последний день действия включительно."),
            Field("basis", "Основание", Kind.TEXT, width=30),
            Field("services", "Виды общественно полезных услуг", Kind.TEXT, width=30),
            _ACCOUNT,
            Field("end_account", "Окончание в отчёте за", Kind.QUARTER, width=10, computed=True, imported=False),
        ),
    ),
    LineType(
        key="ngo_activity",
        title="Виды деятельности",
        title_one="вид деятельности",
        parent_column="ngo_id",
        match=("activity_code",),
        accounts=(("", "account"),),
        gathered_as="activities",
        by="activity_code",
        fields=(
            Field("activity_code", "Вид деятельности", Kind.CHOICE, required=True, width=40, dictionary="activity"),
            _ACCOUNT,
        ),
    ),
    LineType(
        key="ngo_year",
        title="Показатели по годам",
        title_one="показатели года",
        parent_column="ngo_id",
        match=("year",),
        accounts=(("", "account"),),
        fields=(
            Field("year", "Год", Kind.YEAR, required=True, width=6),
            Field("staff", "Работников, чел.", Kind.COUNT, width=8),
            Field("volunteers", "Добровольцев, чел.", Kind.COUNT, width=8),
            Field("source", "Источник", Kind.TEXT, width=24),
            _ACCOUNT,
        ),
    ),
    LineType(
        key="contact",
        title="Контактные лица",
        title_one="контактное лицо",
        parent_column="ngo_id",
        match=("name",),
        validate=_validate_contact,
        fields=(
            Field("name", "Фамилия, имя, отчество", Kind.TEXT, required=True, width=28, personal=True),
            Field("post", "Должность", Kind.TEXT, width=22, personal=True),
            Field("phone", "Телефон", Kind.PHONE, width=18, personal=True),
            Field("email", "Электронная почта", Kind.EMAIL, width=24, personal=True),
            Field("basis", "Основание обработки", Kind.CHOICE, required=True, width=24,  # 152-ФЗ
                  dictionary="contact_basis"),
            Field("purpose", "Цель", Kind.TEXT, width=24),
            Field("consent", "Согласие, №", Kind.TEXT, width=12),
            Field("consent_on", "Дата согласия", Kind.DATE, width=11),
            Field("withdrawn_on", "Согласие отозвано", Kind.DATE, width=11),
            Field("keep_until", "Хранить до", Kind.DATE, width=11),
            Field("erased_on", "Обезличен", Kind.DATE, width=11, computed=True, imported=False),
        ),
    ),
)  # fmt: skip
