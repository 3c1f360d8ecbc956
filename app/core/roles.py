"""Who works with the file and what she may do: one table of roles that the window and the commands obey alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.core.errors import AppError, Deed
from app.core.russian import ended


class Role(StrEnum):
    """What a person is in the file."""

    OPERATOR = "operator"
    HEAD = "head"
    ADMINISTRATOR = "administrator"
    VIEWER = "viewer"


ROLE_TITLES: dict[Role, str] = {
    Role.OPERATOR: "оператор",
    Role.HEAD: "руководитель",
    Role.ADMINISTRATOR: "администратор",
    Role.VIEWER: "просмотр",
}
ROLE_DEEDS: dict[Role, str] = {
    Role.OPERATOR: "ведёт записи и готовит отчёт",
    Role.HEAD: "то же и утверждает отчёт",
    Role.ADMINISTRATOR: "ведёт записи, настройки, людей, стирает и восстанавливает",
    Role.VIEWER: "смотрит и печатает, записать ничего не может",
}
REGION_DEEDS: dict[Role, str] = {
    Role.OPERATOR: "принимает файлы, отвечает районам и записывает звонки",
    Role.HEAD: "то же и утверждает сводный отчёт",
    Role.ADMINISTRATOR: "то же, что оператор, и настройки, люди, комплект для районов, восстановление",
    Role.VIEWER: "смотрит и печатает, записать ничего не может",
}
"""The same in a file of the region."""


class Right(StrEnum):
    """What somebody must be allowed to do.  The value begins the sentence that refuses it."""

    WORK = "Вести записи"
    FREEZE = "Утверждать отчёт"
    SETTLE = "Менять настройки и справочники"
    PEOPLE = "Вести список людей"
    ERASE = "Стирать персональные данные"
    RESTORE = "Восстанавливать файл"


_MAY: dict[Right, tuple[Role, ...]] = {
    Right.WORK: (Role.OPERATOR, Role.HEAD, Role.ADMINISTRATOR),
    Right.FREEZE: (Role.HEAD,),  # and an administrator while the file has no head: see Rights
    Right.SETTLE: (Role.ADMINISTRATOR,),
    Right.PEOPLE: (Role.ADMINISTRATOR,),
    Right.ERASE: (Role.ADMINISTRATOR,),
    Right.RESTORE: (Role.ADMINISTRATOR,),
}
PROGRAM = "program"
"""The kind of what the program writes by itself when a file is opened: nobody's deed, refused to nobody."""
_OF_KIND: dict[str, Right] = {
    "settings": Right.SETTLE,
    "region": Right.SETTLE,
    "people": Right.PEOPLE,
    "erase": Right.ERASE,
    "privacy": Right.ERASE,
    "restore": Right.RESTORE,
}
"""Kinds of batches that ask for more than keeping records."""
_OF_TABLE: dict[str, Right] = {
    "person": Right.PEOPLE,
    "frozen_return": Right.FREEZE,
    "consolidated_return": Right.FREEZE,
    **dict.fromkeys(
        ("unit", "calendar_day", "territory", "legal_form", "activity", "service_code", "need_category",
         "need_category_service", "opening_figure", "opening_key"),
        Right.SETTLE,
    ),
}  # fmt: skip
"""Tables whose rows ask for it whatever the kind says: an undo of settings is a change of settings."""
_NOT_IN_COPY = (Right.FREEZE, Right.SETTLE, Right.PEOPLE, Right.ERASE)
_DOCUMENT_TABLES = ("document", "document_blob")
_RETURN_TABLES = ("return_text", "return_event", "explanation", "row_plan")


@dataclass(frozen=True, slots=True)
class Rights:
    """What the person at work may do in this file.

    role: hers; None when nobody has chosen herself.  asked: the file has people, so somebody must.
    heads: names of those who approve returns; administrators: of those who may be asked.
    copy_for: whose working copy the file is, '' for a file of its own.  region: the file takes returns in.
    """

    role: Role | None = None
    asked: bool = False
    heads: tuple[str, ...] = ()
    administrators: tuple[str, ...] = ()
    copy_for: str = ""
    region: bool = False

    def why_not(self, right: Right) -> AppError | None:
        """Why she may not, in her words; None if she may."""
        if self.copy_for and right in _NOT_IN_COPY:
            return AppError(
                f"Это рабочая копия ({self.copy_for}): {_lower(right)} можно только в основном файле.",
                "Записи вернутся туда кнопкой «Вернуть изменения» («Настройки», «Люди»).",
            )
        if not self.asked:
            return None
        if self.role is None:
            return AppError(
                "В этом файле записаны люди: сначала скажите, кто работает.",
                "Нажмите «Сменить» внизу окна; в команде назовите себя ключом --person.",
                Deed.SWITCH,
            )
        if self.role in _MAY[right]:
            return None
        if right is Right.FREEZE and self.role is Role.ADMINISTRATOR and not self.heads:
            return None
        by_head = right is Right.FREEZE and bool(self.heads)
        who = self.heads if by_head else self.administrators
        named = f": {', '.join(who)}" if who else ""
        if right is Right.WORK:
            return AppError(
                "Ваша роль — просмотр: записать ничего нельзя.",
                f"{ended(f'Роль меняет администратор{named}')} Другой человек входит кнопкой «Сменить» внизу окна.",
                Deed.SWITCH,
            )
        role = ROLE_TITLES[Role.HEAD if by_head else Role.ADMINISTRATOR]
        return AppError(
            f"{ended(f'{right.value} может {role}{named}')} Ваша роль — {ROLE_TITLES[self.role]}.",
            "Попросите сделать это или войдите под другим именем: «Сменить» внизу окна.",
            Deed.SWITCH,
        )

    def why_not_kind(self, kind: str) -> AppError | None:
        """Why a batch of this kind may not be written."""
        if kind == PROGRAM:
            return None
        return self.why_not(Right.WORK) or self.why_not(_OF_KIND.get(kind, Right.WORK))

    def why_not_tables(self, kind: str, tables: Iterable[str]) -> AppError | None:
        """Why rows of these tables may not be written in a batch of this kind."""
        if kind == PROGRAM:
            return None
        touched = set(tables)
        if self.copy_for and touched & set(_RETURN_TABLES):
            return AppError(
                f"Это рабочая копия ({self.copy_for}): отчёт готовят в основном файле.",
                "Отсюда в него возвращаются записи реестров.",
            )
        if self.copy_for and touched & set(_DOCUMENT_TABLES):
            return AppError(
                f"Это рабочая копия ({self.copy_for}): документы прикрепляют и открепляют в основном файле.",
                "Пакет возвращает записи реестров, файлы в нём не едут.",
            )
        rights = {_OF_TABLE[table] for table in touched if table in _OF_TABLE}
        return next((refused for right in Right if right in rights and (refused := self.why_not(right))), None)


def _lower(right: Right) -> str:
    return right.value[0].lower() + right.value[1:]
