"""Arguments of a command, refused and explained in Russian: argparse with its words replaced.

The window is started by it too: what reads values is imported by the argument that holds one.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from datetime import date
from typing import Any, NoReturn

from app.core.errors import AppError
from app.core.fields import Kind

CALLED = "kurator-nko" if getattr(sys, "frozen", False) else "python -m app"
"""How a person calls this program: installed, or from its source."""

_SAID = (
    (r"the following arguments are required: (.+)", "Не указано: {}."),
    (r"unrecognized arguments: (.+)", "Лишнее в команде: {}."),
    (r"one of the arguments (.+) is required", "Укажите одно из этого: {}."),
    (r"argument (\S+): not allowed with argument (\S+)", "{} не сочетается с {}."),
    (r"argument (\S+).*: expected one argument", "После {} нужно значение."),
    (r"argument (\S+).*: ignored explicit argument (.+)", "После {} значения не бывает: {}."),
    (r"argument КОМАНДА: invalid choice: '(.*?)' \(choose from (.+)\)", "Команды «{}» нет, есть: {}."),
    (r"argument .*?: invalid choice: '(.*?)' \(choose from (.+)\)", "Такого выбора нет: «{}», есть: {}."),
    (r"argument (\S+?)(?:/.*)?: invalid int value: '(.*)'", "{}: «{}» — не целое число."),
)


class Parser(argparse.ArgumentParser):
    """Refuses with AppError: one sentence of what is wrong and where to look."""

    def __init__(self, *, add_help: bool = True, **named: Any) -> None:
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=_Help, **named)
        self._positionals.title, self._optionals.title = "что указать", "ключи"
        if add_help:
            self.add_argument("-h", "--help", action="help", help="эта справка")

    def error(self, message: str) -> NoReturn:
        raise AppError(_in_russian(message), f"Справка: {self.prog} --help")


class _Help(argparse.HelpFormatter):
    def add_usage(
        self, usage: str | None, actions: Iterable[argparse.Action], groups: Iterable[Any], prefix: str | None = None
    ) -> None:
        super().add_usage(usage, actions, groups, "Вызов: " if prefix is None else prefix)


def day_argument(text: str) -> date:
    """The day that a person typed: 06.10.2026 or 2026-10-06.  AppError for anything else."""
    from app.core.values import parse

    found = parse(Kind.DATE, text)
    if not isinstance(found.value, date):
        raise AppError(f"Дата «{text}» не понята.", "Пишите её как 06.10.2026 или 2026-10-06.")
    return found.value


def year_argument(text: str) -> int:
    """The year that a person typed.  AppError for anything else."""
    from app.core.values import parse

    found = parse(Kind.YEAR, text)
    if not isinstance(found.value, int):
        raise AppError(f"Год «{text}» не понят.", "Пишите его четырьмя цифрами: 2026.")
    return found.value


def _in_russian(message: str) -> str:
    """What argparse says, to whoever typed the command."""
    for pattern, sentence in _SAID:
        found = re.match(pattern, message)
        if found:
            return sentence.format(*(part.replace("'", "") for part in found.groups()))
    return f"Команда не понята: {message}."
