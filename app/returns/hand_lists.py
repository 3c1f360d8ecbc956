"""The lists of a return that is filled by hand: their columns, and how many lines a sheet has for each."""

from __future__ import annotations

from dataclasses import dataclass

from app.returns.hand_form import EntryKind as K


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column.  room: its width in signs; choices: the dictionary of its drop-down list."""

    key: str
    title: str
    kind: K
    room: float
    required: bool = False
    choices: str = ""


@dataclass(frozen=True, slots=True)
class HandList:
    """A list of lines: its key, heading, columns, and how many empty lines are made."""

    key: str
    title: str
    columns: tuple[ListColumn, ...]
    lines: int

    @property
    def anchor(self) -> str:
        """The name of the first cell of the first line, as a cell of the return."""
        return f"list.{self.key}"

    def column(self, key: str) -> int:
        """The place of a column, from 0."""
        return next(number for number, column in enumerate(self.columns) if column.key == key)


MEMBERS = HandList(
    "members",
    "Кто стоит за строками, где считают разные организации",
    (
        ListColumn("row", "Строка формы", K.CHOICE, 9, True, "member_row"),
        ListColumn("period", "Учтено", K.CHOICE, 15, True, "member_period"),
        ListColumn("number", "ОГРН или ИНН", K.NUMBER, 16),
        ListColumn("name", "Наименование", K.TEXT, 44, True),
    ),
    600,
)
SERVICES = HandList(
    "services",
    "Услуги центров за квартал (приложение Д)",
    (
        ListColumn("provided_on", "Дата", K.DAY, 12, True),
        ListColumn("centre", "Центр", K.TEXT, 30, True),
        ListColumn("code", "Код услуги", K.CHOICE, 8, True, "service_code"),
        ListColumn("quantity", "Количество", K.AMOUNT, 11),
        ListColumn("hours", "Часов", K.AMOUNT, 9),
        ListColumn("people", "Человек", K.WHOLE, 9),
        ListColumn("recipients", "Получатели через «;», * — впервые", K.NOTE, 46, True),
        ListColumn("evidence_kind", "Подтверждение", K.CHOICE, 20, choices="evidence"),
        ListColumn("evidence_no", "№ или ссылка", K.TEXT, 20),
        ListColumn("needs", "№ потребности", K.TEXT, 13),
    ),
    600,
)
NEEDS = HandList(
    "needs",
    "Потребности, открытые в любой день квартала (приложение Б)",
    (
        ListColumn("number", "№", K.TEXT, 8, True),
        ListColumn("ngo", "НКО или объединение", K.TEXT, 40, True),
        ListColumn("ngo_number", "ОГРН или ИНН", K.NUMBER, 16),
        ListColumn("category", "Категория", K.CHOICE, 26, True, "need_category"),
        ListColumn("codes", "Коды услуг", K.TEXT, 12),
        ListColumn("opened_on", "Заявлена", K.DAY, 12, True),
        ListColumn("priority", "Приоритет", K.CHOICE, 12, True, "priority"),
        ListColumn("status", "Статус", K.CHOICE, 24, True, "need_status"),
        ListColumn("closed_on", "Закрыта", K.DAY, 12),
        ListColumn("closed_by", "Чем закрыта", K.TEXT, 34),
    ),
    300,
)
REGISTER = HandList(
    "register",
    "Выписка из реестра получателей поддержки",
    (
        ListColumn("number", "№ записи", K.WHOLE, 9),
        ListColumn("entered_on", "Дата включения", K.DAY, 12),
        ListColumn("decision", "Решение или прекращение", K.CHOICE, 14, True, "decision"),
        ListColumn("decision_on", "Дата решения", K.DAY, 12, True),
        ListColumn("decision_no", "№ решения", K.TEXT, 14, True),
        ListColumn("name", "Наименование полное", K.TEXT, 44, True),
        ListColumn("short_name", "Наименование сокращённое", K.TEXT, 26),
        ListColumn("address", "Почтовый адрес", K.TEXT, 40, True),
        ListColumn("ogrn", "ОГРН", K.OGRN, 16),
        ListColumn("inn", "ИНН", K.INN, 13),
        ListColumn("activities", "Виды деятельности, №", K.TEXT, 14),
        ListColumn("form", "Форма поддержки", K.CHOICE, 24, True, "support_form"),
        ListColumn("size", "Размер словами", K.TEXT, 20),
        ListColumn("amount", "Сумма, ₽", K.AMOUNT, 16),
        ListColumn("starts_on", "Срок с", K.DAY, 12),
        ListColumn("ends_on", "Срок по", K.DAY, 12),
        ListColumn("violations", "Нарушения, нецелевое использование", K.TEXT, 24),
        ListColumn("published_on", "Опубликовано", K.DAY, 12),
    ),
    200,
)
PRACTICES = HandList(
    "practices",
    "Практики",
    (
        ListColumn("title", "Практика", K.TEXT, 40, True),
        ListColumn("presented", "Представлена", K.DAY, 12, True),
        ListColumn("checked", "Проверена", K.DAY, 12),
        ListColumn("recommended", "Рекомендована", K.DAY, 13),
        ListColumn("spread", "Тиражирована", K.DAY, 12),
        ListColumn("ngo", "НКО", K.TEXT, 32, True),
        ListColumn("partner", "Партнёр", K.TEXT, 26),
        ListColumn("problem", "Проблема", K.NOTE, 36),
        ListColumn("target_group", "Для кого", K.NOTE, 26),
        ListColumn("description", "Что сделано", K.NOTE, 40),
        ListColumn("resources", "Ресурсы", K.NOTE, 30),
        ListColumn("results", "Результаты", K.NOTE, 36),
        ListColumn("evidence", "Подтверждение", K.NOTE, 26),
        ListColumn("conditions", "Условия повторения", K.NOTE, 30),
        ListColumn("contact", "Служебный контакт", K.TEXT, 24),
        ListColumn("link", "Ссылка", K.TEXT, 24),
        ListColumn("consent", "Согласие на публикацию", K.YES_NO, 12, choices="yes_no"),
    ),
    30,
)
ON_RECORD = HandList(
    "on_record",
    "Список НКО на учёте",
    (
        ListColumn("name", "Наименование", K.TEXT, 54, True),
        ListColumn("kind", "Вид", K.CHOICE, 20, True, "ngo_kind"),
        ListColumn("ogrn", "ОГРН", K.OGRN, 16),
        ListColumn("kpp", "КПП", K.KPP, 12),
        ListColumn("okopf", "ОКОПФ", K.CHOICE, 34, choices="legal_form"),
        ListColumn("status", "Статус", K.CHOICE, 24, True, "ngo_status"),
        ListColumn("sonko", "СОНКО", K.YES_NO, 9, choices="yes_no"),
        ListColumn("federal_register", "В реестре СОНКО", K.YES_NO, 10, choices="yes_no"),
        ListColumn("iopu", "ИОПУ", K.YES_NO, 9, choices="yes_no"),
        ListColumn("social_provider", "Поставщик соцуслуг", K.YES_NO, 11, choices="yes_no"),
        ListColumn("primary", "Основной учёт, если не здесь", K.TEXT, 26),
    ),
    600,
)

LISTS = {one.key: one for one in (MEMBERS, SERVICES, NEEDS, REGISTER, PRACTICES, ON_RECORD)}
"""Every list by its key."""
SIDE_BY_SIDE = (MEMBERS, SERVICES, NEEDS)
"""What stands on the sheet «Списки»; the others have sheets of their own."""
