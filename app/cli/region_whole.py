"""Rows of the parser for the commands over a whole quarter of the region; what they do is in `region_whole_doing`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.core.command_line import Parser


def add_commands(commands: Any, common: Parser) -> None:
    """`consolidate`, `consolidated`, `coverage`, `justify`, `commission`."""
    one = _of_quarter(commands, common, "consolidate", "свод за квартал: PDF, Excel и страница", "ПАПКА")
    one.add_argument("--freeze", action="store_true", help="утвердить: свод получит номер и больше не изменится")
    one = commands.add_parser("consolidated", parents=[common], help="область: утверждённые своды и что с ними стало")
    one.add_argument("quarter", nargs="?", metavar="2026-Q3")
    _of_quarter(commands, common, "coverage", "покрытие потребностей и дублирование: PDF и Excel", "ПАПКА")

    one = commands.add_parser("justify", parents=[common], help="область: дублирование обосновано")
    one.add_argument("key", metavar="КЛЮЧ", help="его печатает coverage")
    why = one.add_mutually_exclusive_group(required=True)
    why.add_argument("--reason", metavar="ПРИЧИНА", help="например: выбор НКО")
    why.add_argument("--take-back", action="store_true", help="снять обоснование")

    one = _of_quarter(commands, common, "commission", "справка для комиссии по субсидиям", "PDF")
    whom = one.add_mutually_exclusive_group(required=True)
    whom.add_argument("--centre", metavar="ЦЕНТР", help="ОГРН или название центра")
    whom.add_argument("--district", metavar="ОКТМО", help="код района")


def _of_quarter(commands: Any, common: Parser, name: str, told: str, out: str) -> argparse.ArgumentParser:
    one: argparse.ArgumentParser = commands.add_parser(name, parents=[common], help=f"область: {told}")
    one.add_argument("quarter", metavar="2026-Q3")
    one.add_argument("--out", type=Path, required=True, metavar=out)
    return one
