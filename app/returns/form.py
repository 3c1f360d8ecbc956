"""The form «НКО-47-кв» as data: rows, kinds, units, columns (DOMAIN §6).

A form has a version and a period of validity; building, checking, printing and reading go by the
form alone, so that a later version stands beside this one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

OLD_NEED_DAYS = 90
"""«Из них > 90 дней» of table 4 is a column of the form, the same in every district, and no setting."""


class RowKind(StrEnum):
    """How a figure behaves over quarters and districts (DOMAIN §6, «Kinds»)."""

    ADDITIVE = "A"  # sums over quarters and districts
    STOCK = "S"  # the state on the last day
    UNIQUE = "U"  # distinct keys, never summed
    AVERAGE = "V"  # numerator and denominator travel
    TEXT = "T"


@dataclass(frozen=True, slots=True)
class RowSpec:
    """A coded row of one version of the form.

    code is what the form prints.  same_as: the row of an earlier version that this one continues under
    another code.  parts: measures that it sums.  places: decimals of its figures (0 for pieces and
    people, 2 for ₽, h and m²).
    """

    code: str
    title: str
    kind: RowKind
    okei: str = ""
    indent: int = 0
    same_as: str = ""
    parts: tuple[str, ...] = ()

    @property
    def measure(self) -> str:
        """What the row counts, by the code under which it was first counted.

        Data, cells, checks, plans and comparisons name rows by it, so that they hold across versions.
        """
        return self.same_as or self.code

    @property
    def places(self) -> int:
        return 2 if self.okei in ("383", "356", "055") else 0

    @property
    def is_money(self) -> bool:
        return self.okei == "383"


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """A column of tables 3 and 4: its key in cell names, the printed head, kind and decimals."""

    key: str
    title: str
    kind: RowKind
    places: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one inner heading of a section."""

    title: str
    rows: tuple[RowSpec, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the form: number, title, groups of coded rows (3 and 4 have tables of their own)."""

    number: int
    title: str
    groups: tuple[Group, ...]

    @property
    def rows(self) -> tuple[RowSpec, ...]:
        return tuple(row for group in self.groups for row in group.rows)


@dataclass(frozen=True, slots=True)
class Form:
    """One version of the form with the days on which it is in force."""

    version: str
    title: str
    valid_from: date
    valid_to: date | None
    sections: tuple[Section, ...]
    service_columns: tuple[ColumnSpec, ...]
    need_columns: tuple[ColumnSpec, ...]

    @property
    def rows(self) -> tuple[RowSpec, ...]:
        """All coded rows in the order of the form."""
        return tuple(row for section in self.sections for row in section.rows)

    def row(self, measure: str) -> RowSpec:
        """The row that counts a measure; KeyError when this version has none."""
        for spec in self.rows:
            if spec.measure == measure:
                return spec
        raise KeyError(measure)


A, S, U, V, T = RowKind.ADDITIVE, RowKind.STOCK, RowKind.UNIQUE, RowKind.AVERAGE, RowKind.TEXT
PIECES, PEOPLE, ROUBLES, HOURS, SQUARE_METRES = "642", "792", "383", "356", "055"

SECTOR = Section(
    1,
    "Состав сектора",
    (
        Group(
            "Всего на учёте и по отметкам",
            (
                RowSpec("101", "НКО и объединений на учёте", S, PIECES),
                RowSpec("102", "СОНКО", S, PIECES, 1),
                RowSpec("103", "исполнители общественно полезных услуг (ИОПУ)", S, PIECES, 1),
                RowSpec("104", "в реестре СОНКО", S, PIECES, 1),
                RowSpec("105", "поставщики социальных услуг", S, PIECES, 1),
                RowSpec("106", "объединения без юридического лица", S, PIECES, 1),
            ),
        ),
        Group(
            "По состоянию",
            (
                RowSpec("107", "действуют", S, PIECES),
                RowSpec("108", "не ведут деятельность, ликвидируются", S, PIECES),
                RowSpec("119", "не проверены", S, PIECES),
            ),
        ),
        Group(
            "Движение",
            (RowSpec("109", "поставлено на учёт", A, PIECES), RowSpec("110", "снято с учёта", A, PIECES)),
        ),
        Group(
            "Юридические лица по формам",
            (
                RowSpec("111", "общественные организации", S, PIECES),
                RowSpec("112", "фонды", S, PIECES),
                RowSpec("113", "автономные некоммерческие организации", S, PIECES),
                RowSpec("114", "религиозные организации", S, PIECES),
                RowSpec("115", "казачьи общества", S, PIECES),
                RowSpec("116", "прочие юридические лица", S, PIECES),
            ),
        ),
        Group(
            "Люди",
            (RowSpec("117", "работников в НКО", S, PEOPLE), RowSpec("118", "добровольцев в НКО", S, PEOPLE)),
        ),
    ),
)

SUPPORT = Section(
    2,
    "Муниципальная поддержка",
    (
        Group(
            "Программа и деньги",
            (
                RowSpec("201", "Муниципальная программа поддержки", T),
                RowSpec("202", "Предусмотрено на год", S, ROUBLES),
                RowSpec("203", "Исполнено, всего", A, ROUBLES),
                RowSpec("204", "местный бюджет", A, ROUBLES, 1),
                RowSpec("205", "областной бюджет", A, ROUBLES, 1),
                RowSpec("206", "федеральный бюджет", A, ROUBLES, 1),
                RowSpec("207", "внебюджетные источники", A, ROUBLES, 1),
            ),
        ),
        Group(
            "Получатели и решения",
            (
                RowSpec("210", "Получатели поддержки", U, PIECES),
                RowSpec("211.1", "Финансовая: получатели", U, PIECES),
                RowSpec("211.2", "решения", A, PIECES, 1),
                RowSpec("211.3", "размер", A, ROUBLES, 1),
                RowSpec("211.4", "из местного бюджета", A, ROUBLES, 2),
                RowSpec("211.5", "из областного бюджета", A, ROUBLES, 2),
                RowSpec("211.6", "из федерального бюджета", A, ROUBLES, 2),
                RowSpec("211.7", "из внебюджетных источников", A, ROUBLES, 2),
                RowSpec("212.1", "Имущественная: получатели", U, PIECES),
                RowSpec("212.2", "решения", A, PIECES, 1),
                RowSpec("212.3", "объекты", A, PIECES, 1),
                RowSpec("212.4", "передано", A, SQUARE_METRES, 1),
                RowSpec("212.5", "в пользовании на конец периода", S, SQUARE_METRES, 1),
                RowSpec("212.6", "размер льготы", A, ROUBLES, 1),
                RowSpec("213.1", "Информационная: получатели", U, PIECES),
                RowSpec("213.2", "публикации", A, PIECES, 1),
                RowSpec("214.1", "Консультационная: получатели", U, PIECES),
                RowSpec("214.2", "консультации", A, PIECES, 1),
                RowSpec("214.3", "часы", A, HOURS, 1),
                RowSpec("215.1", "Обучение: получатели", U, PIECES),
                RowSpec("215.2", "мероприятия", A, PIECES, 1),
                RowSpec("215.3", "участий НКО", A, PIECES, 1),
                RowSpec("215.4", "обучено работников и добровольцев", A, PEOPLE, 1),
                RowSpec("215.5", "часы", A, HOURS, 1),
                RowSpec("216.1", "Налоговые льготы: получатели", U, PIECES),
                RowSpec("216.2", "размер льгот", A, ROUBLES, 1),
                RowSpec("217.1", "Закупки у СОНКО: поставщики", U, PIECES),
                RowSpec("217.2", "договоры", A, PIECES, 1),
                RowSpec("217.3", "сумма договоров", A, ROUBLES, 1),
                RowSpec("218.1", "Иная поддержка: получатели", U, PIECES),
                RowSpec("218.2", "случаи", A, PIECES, 1),
            ),
        ),
        Group(
            "Муниципальный этап гранта губернатора",
            (
                RowSpec("220.1", "Подано заявок", A, PIECES),
                RowSpec("220.2", "поддержано", A, PIECES, 1),
                RowSpec("220.3", "сумма грантов", A, ROUBLES, 1),
                RowSpec("221", "Благополучатели", A, PEOPLE),
                RowSpec("222", "Мероприятия", A, PIECES),
                RowSpec("223", "Публикации", A, PIECES),
            ),
        ),
        Group(
            "Нарушения и реестр получателей",
            (
                RowSpec("230", "Выявлено нарушений", A, PIECES),
                RowSpec("231", "возвращено", A, ROUBLES, 1),
                RowSpec("232", "Внесено записей в реестр получателей", A, PIECES),
                RowSpec("233", "из них опубликовано в срок", A, PIECES, 1),
            ),
        ),
    ),
)

SERVICES = Section(
    3,
    "Услуги ресурсных центров в районе",
    (
        Group(
            "Итоги",
            (
                RowSpec("301", "Записей об услугах", A, PIECES),
                RowSpec("302", "НКО и объединений получили услуги", U, PIECES),
                RowSpec("303", "Центров оказывали услуги", U, PIECES),
                RowSpec("304", "НКО зарегистрировано при помощи центров", A, PIECES),
                RowSpec("305", "Объединений в стадии регистрации", S, PIECES),
            ),
        ),
    ),
)

NEEDS = Section(4, "Потребности", ())

PARTNERSHIPS = Section(
    5,
    "Партнёрства с бизнесом",
    (
        Group(
            "Соглашения",
            (
                RowSpec("501", "Соглашений действует", S, PIECES),
                RowSpec("502", "заключено", A, PIECES, 1),
                RowSpec("510", "прекращено, истекло", A, PIECES, 1),
                RowSpec("503", "Партнёров", U, PIECES),
                RowSpec("504", "НКО — сторон соглашений", U, PIECES),
            ),
        ),
        Group(
            "Вклады",
            (
                RowSpec("505.1", "Деньги", A, ROUBLES),
                RowSpec("505.2", "Товары", A, ROUBLES),
                RowSpec("506", "Услуги pro bono", A, HOURS),
                RowSpec("507", "Корпоративные добровольцы, участий", A, PEOPLE),
                RowSpec("508", "Помещения в пользовании", S, SQUARE_METRES),
                RowSpec("509", "Мероприятия с бизнесом", A, PIECES),
            ),
        ),
    ),
)

PRACTICES = Section(
    6,
    "Практики",
    (
        Group(
            "Практики, достигшие состояния",
            (
                RowSpec("601", "Представлено", S, PIECES),
                RowSpec("602", "проверено", S, PIECES, 1),
                RowSpec("603", "рекомендовано", S, PIECES, 1),
                RowSpec("604", "тиражировано", S, PIECES, 1),
            ),
        ),
    ),
)

ORGANISATION = Section(
    7,
    "Организация работы",
    (
        Group(
            "Уполномоченное подразделение",
            (
                RowSpec("701", "Подразделение", T),
                RowSpec("702", "Правовой акт", T),
                RowSpec("703", "Штат", T),
                RowSpec("704", "Совет НКО", T),
                RowSpec("705", "Раздел сайта, обновлён", T),
                RowSpec("706", "Мероприятий с НКО", A, PIECES),
            ),
        ),
    ),
)

SERVICE_COLUMNS = (
    ColumnSpec("plan", "План года", S, 2),
    ColumnSpec("records", "Записей", A),
    ColumnSpec("cases", "Случаев", A),
    ColumnSpec("volume", "Объём", A, 2),
    ColumnSpec("hours", "Часов", A, 2),
    ColumnSpec("ngos", "НКО", U),
    ColumnSpec("people", "Человек", A),
    ColumnSpec("first", "Впервые", U),
    ColumnSpec("evidenced", "С подтверж\u00adдением", A),
    ColumnSpec("unevidenced", "Без подтверж\u00adдения", A),
    ColumnSpec("wait", "Ожидание, дней", V, 1),
)

NEED_COLUMNS = (
    ColumnSpec("start", "Открыто на начало", S),
    ColumnSpec("opened", "Выявлено", A),
    ColumnSpec("closed_centre", "Закрыто РЦ", A),
    ColumnSpec("closed_other", "Закрыто иначе", A),
    ColumnSpec("withdrawn", "Снято", A),
    ColumnSpec("end", "Открыто на конец", S),
    ColumnSpec("over_90", "Из них > 90 дней", S),
    ColumnSpec("ngos", "НКО", U),
    ColumnSpec("high", "Высокий приоритет", S),
    ColumnSpec("unserved", "Не закрыта ни одним РЦ", S),
)

FORM_2026_1 = Form(
    version="2026.1",
    title="о некоммерческих организациях, их поддержке и потребностях",
    valid_from=date(2024, 1, 1),
    valid_to=None,
    sections=(SECTOR, SUPPORT, SERVICES, NEEDS, PARTNERSHIPS, PRACTICES, ORGANISATION),
    service_columns=SERVICE_COLUMNS,
    need_columns=NEED_COLUMNS,
)

FORMS: dict[str, Form] = {FORM_2026_1.version: FORM_2026_1}


def form_on(day: date) -> Form:
    """The version in force on a day, the latest where several are; the last day of a quarter picks its form.

    KeyError if none is.
    """
    valid = [f for f in FORMS.values() if f.valid_from <= day and (f.valid_to is None or day <= f.valid_to)]
    if not valid:
        raise KeyError(day)
    return max(valid, key=lambda form: form.valid_from)


ANNEX_TITLES = {
    "А": "Выписка из реестра получателей поддержки",
    "Б": "Открытые потребности",
    "В": "Практики",
    "Г": "Протокол проверок",
    "Д": "Журнал услуг",
    "Е": "Список НКО на учёте",
}
