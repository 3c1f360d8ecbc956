"""What is told of a newer package, in the window and by the command alike."""

from __future__ import annotations

from decimal import Decimal

from app.core.russian import decimal, plural
from app.core.text import NBSP
from app.usecases.installation import Installation
from app.usecases.updating import Found


def facts_of(found: Found) -> tuple[tuple[str, str], ...]:
    """Heads and values, in the order in which they are read."""
    contents = found.contents
    files = plural(len(contents.files), "файл", "файла", "файлов")
    whole = f"{files}: все целы" if len(contents.files) > 1 else "файл цел"
    return (
        ("Установлена", found.here.version),
        ("Найдена", f"{found.package.version}, {found.package.shape.value}"),
        ("Где", str(found.package.path)),
        ("Размер", f"{decimal(Decimal(contents.size) / 2**20, 1)}{NBSP}МБ"),
        ("Сверка", f"{whole}, список SHA256SUMS сходится"),
        ("Подпись", found.trust.value),
    )


def told_of(here: Installation) -> str:
    """Which program this is and how it was installed."""
    where = f": {here.folder}" if here.folder is not None else ""
    return f"Версия {here.version}, {here.kind.value}{where}"
