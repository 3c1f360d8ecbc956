"""What `package`, `plans` and `question` take: the region's commands of what goes down to the districts."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.core.command_line import Parser, day_argument


def add_commands(commands: Any, common: Parser) -> None:
    """Add the three to the commands of the program."""
    one = commands.add_parser("package", parents=[common], help="область: записать комплект для районов")
    one.add_argument("--out", type=Path, required=True, metavar="ФАЙЛ", help="файл .json или папка для него")

    one = commands.add_parser("plans", parents=[common], help="область: планы и деньги центров по районам и услугам")
    what = one.add_mutually_exclusive_group()
    what.add_argument("--take", type=Path, metavar="ФАЙЛ", help="принять заполненную таблицу .xlsx, .ods или .csv")
    what.add_argument("--blank", type=Path, metavar="XLSX", help="записать таблицу для заполнения")
    one.add_argument("--year", type=int, metavar="ГОД", help="какого года: без него текущего")
    one.add_argument("--dry-run", action="store_true", help="только показать, что изменится")

    one = commands.add_parser("question", parents=[common], help="область: вопрос районам — своя таблица")
    one.add_argument("number", nargs="?", type=int, metavar="№", help="какой вопрос; без № — перечень")
    one.add_argument("--new", type=Path, metavar="JSON", help="задать вопрос: название, срок, графы")
    one.add_argument("--title", default="", metavar="ТЕКСТ", help="задать вопрос с графами из --column")
    one.add_argument("--due", type=day_argument, metavar="ДАТА", help="до какого дня ждём ответа")
    one.add_argument("--column", action="append", default=[], metavar="«НАЗВАНИЕ:ВИД»",
                     help="графа: text, number, money, date или значения через «|»")  # fmt: skip
    one.add_argument("--out", type=Path, metavar="ПАПКА", help="записать таблицы для районов")
    what = one.add_mutually_exclusive_group()
    what.add_argument("--withdraw", action="store_true", help="отозвать вопрос; ответы, что пришли, остаются")
    what.add_argument("--again", action="store_true", help="вернуть отозванный вопрос")
    one.add_argument("--join", type=Path, metavar="XLSX", help="свести ответы в одну таблицу")


def is_folder(path: Path) -> bool:
    """Whether the name given for a file is a folder to put it into."""
    return path.is_dir() or not path.suffix


def described(options: argparse.Namespace) -> bool:
    """Whether a new question is described."""
    return options.new is not None or bool(options.title or options.column)
