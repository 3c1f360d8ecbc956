"""The work without a window: `python -m app [--db FILE] [--today ДАТА] COMMAND`.

Exit 0: done; 1: done, and there are findings to look at; 2: bad input, one line on stderr and
nothing written.  `--json` prints one object with the counts at its top level.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from app.core.clock import Clock
from app.core.errors import AppError
from app.core.fields import Kind
from app.core.values import parse

Outcome = tuple[int, dict[str, Any], str]
"""Exit code, the object of --json, and the text printed without it."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise AppError(_in_russian(message), f"Справка: python -m app {self.prog.partition('app')[2]} --help".strip())


def _in_russian(message: str) -> str:
    """What argparse says to whoever typed the command."""
    for pattern, sentence in (
        (r"the following arguments are required: (.+)", "Не указано: {}."),
        (r"unrecognized arguments: (.+)", "Лишнее в команде: {}."),
        (r"one of the arguments (.+) is required", "Не указано, что сделать: {}."),
        (r"argument (\S+): not allowed with argument", "Лишнее в команде: {}."),
        (r"argument (\S+).*: expected one argument", "После {} нужно значение."),
        (r"argument .*: invalid choice: '?([^' ]+)", "Такого выбора нет: {}."),
        (r"argument .*: invalid \w+ value: '?([^']+)", "Не число: {}."),
    ):
        found = re.match(pattern, message)
        if found:
            return sentence.format(found[1])
    return f"Команда не понята: {message}."


def _day(text: str) -> date:
    found = parse(Kind.DATE, text)
    if not isinstance(found.value, date):
        raise AppError(f"Дата «{text}» не понята.", "Пишите её как 06.10.2026 или 2026-10-06.")
    return found.value


def _parser() -> argparse.ArgumentParser:
    common = _Parser(add_help=False)
    common.add_argument("--db", type=Path, default=argparse.SUPPRESS, metavar="ФАЙЛ", help="база района")
    common.add_argument("--today", default=argparse.SUPPRESS, metavar="ДАТА", help="считать сегодняшним этот день")
    common.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="итог одним объектом JSON")
    parser = _Parser(prog="python -m app", description="Куратор НКО без окна.", parents=[common])
    commands = parser.add_subparsers(dest="command", required=True, metavar="КОМАНДА", parser_class=_Parser)

    one = commands.add_parser("init", parents=[common], help="новая база района")
    one.add_argument("--oktmo", required=True, metavar="КОД", help="ОКТМО района, например 41612000")

    one = commands.add_parser("import", parents=[common], help="принять список")
    one.add_argument("what", choices=("ngos", "support", "services", "needs"), metavar="ngos|support|services|needs")
    one.add_argument("file", type=Path, metavar="ФАЙЛ")
    one.add_argument("--dry-run", action="store_true", help="только показать, что изменится")
    one.add_argument("--rejects", type=Path, metavar="XLSX", help="куда записать строки с ошибками")
    one.add_argument("--accept-doubtful", choices=("none", "all"), default="none", help="что делать с сомнительными")

    one.add_argument(
        "--set", action="append", default=[], metavar="ГРАФА=ЗНАЧЕНИЕ", help="значение для строк, где его нет"
    )

    one = commands.add_parser("return", parents=[common], help="квартальный отчёт")
    one.add_argument("quarter", metavar="2026-Q3")
    one.add_argument("--out", type=Path, required=True, metavar="ПАПКА")
    one.add_argument("--draft", action="store_true", help="черновик, что бы ни нашли проверки")
    one.add_argument("--correction", metavar="ПРИЧИНА", help="составить уточнённый отчёт")
    one.add_argument("--explain", type=Path, metavar="JSON", help="пояснения к предупреждениям")

    commands.add_parser("returns", parents=[common], help="утверждённые отчёты и что с ними стало")
    one = commands.add_parser("sent", parents=[common], help="отчёт отправлен области")
    one.add_argument("version", metavar="2026-Q3[:N]")
    one.add_argument("how", metavar="КАК", help="например: электронной почтой")
    one.add_argument("--on", type=_day, metavar="ДАТА", help="когда, если не сегодня")
    one.add_argument("--to", default="", metavar="КОМУ")
    one = commands.add_parser("accepted", parents=[common], help="область приняла отчёт")
    one.add_argument("version", metavar="2026-Q3[:N]")
    one.add_argument("receipt", metavar="«№ от ДАТА»")
    one = commands.add_parser("answer", parents=[common], help="принять квитанцию или замечания области")
    one.add_argument("file", type=Path, metavar="ФАЙЛ")
    one = commands.add_parser("diff", parents=[common], help="чем отличаются два утверждённых отчёта")
    one.add_argument("first", metavar="2026-Q2[:N]")
    one.add_argument("second", metavar="2026-Q3[:N]")
    one = commands.add_parser("register", parents=[common], help="реестр получателей: PDF, Excel и страница сайта")
    one.add_argument("--out", type=Path, required=True, metavar="ПАПКА")
    one.add_argument("--from", dest="first", type=_day, metavar="ДАТА", help="включённые в реестр с этого дня")
    one.add_argument("--to", dest="last", type=_day, metavar="ДАТА", help="и по этот день")
    one = commands.add_parser("extract", parents=[common], help="справка из реестра получателей об одной НКО")
    one.add_argument("--ogrn", required=True, metavar="ОГРН")
    one.add_argument("--out", type=Path, required=True, metavar="PDF")

    one = commands.add_parser("form", parents=[common], help="пустые формы и списки, проверка заполненных")
    what = one.add_mutually_exclusive_group(required=True)
    what.add_argument("--version", metavar="2026.1", help="пустая форма отчёта этой версии")
    what.add_argument("--list", metavar="services|needs|ngos", help="пустой список услуг, потребностей или НКО")
    what.add_argument("--check", type=Path, metavar="ФАЙЛ", help="проверить заполненную форму или файл отчёта")
    one.add_argument("--out", type=Path, metavar="XLSX", help="куда записать пустую форму или список")

    commands.add_parser("check", parents=[common], help="проверить базу, журнал и утверждённые отчёты")
    one = commands.add_parser("backup", parents=[common], help="копия базы")
    one.add_argument("--out", type=Path, required=True, metavar="ФАЙЛ")
    one = commands.add_parser("demo", parents=[common], help="выдуманный район для знакомства")
    one.add_argument("--out", type=Path, required=True, metavar="ПАПКА")
    one.add_argument("--seed", type=int, default=1, metavar="N")
    return parser


def run(arguments: Sequence[str]) -> int:
    """Runs one command and prints its outcome.  Returns the exit code."""
    wants_json = "--json" in arguments
    try:
        options = _parser().parse_args(arguments)
        code, told, text = COMMANDS[options.command](options)
    except AppError as refusal:
        print(" ".join(str(refusal).split()), file=sys.stderr)
        return 2
    except SystemExit as stop:  # --help
        return int(stop.code or 0)
    except BrokenPipeError:
        return 0
    print(json.dumps(told, ensure_ascii=False) if wants_json else text)
    return code


def _clock(options: argparse.Namespace) -> Clock:
    day = getattr(options, "today", None)
    return Clock.on(_day(day)) if day else Clock()


def _path(options: argparse.Namespace) -> Path:
    from app.usecases.places import default_database

    found: Path = getattr(options, "db", None) or default_database()
    return found


def _init(options: argparse.Namespace) -> Outcome:
    from app.usecases.setup import create_district

    path = _path(options)
    if not hasattr(options, "db"):
        path.parent.mkdir(parents=True, exist_ok=True)
    create_district(path, options.oktmo, clock=_clock(options)).close()
    return 0, {"db": str(path), "oktmo": options.oktmo}, f"Создана база района {options.oktmo}: {path}"


def _import(options: argparse.Namespace) -> Outcome:
    from app.cli.lists import import_list

    return import_list(_path(options), _clock(options), options)


def _return(options: argparse.Namespace) -> Outcome:
    from app.cli.returns import make_return

    return make_return(_path(options), _clock(options), options)


def _of_life(name: str) -> Callable[[argparse.Namespace], Outcome]:
    def act(options: argparse.Namespace) -> Outcome:
        from app.cli import life

        outcome: Outcome = getattr(life, name)(_path(options), _clock(options), options)
        return outcome

    return act


def _register(options: argparse.Namespace) -> Outcome:
    from app.cli.recipients import write_register

    return write_register(_path(options), _clock(options), options)


def _extract(options: argparse.Namespace) -> Outcome:
    from app.cli.recipients import write_extract

    return write_extract(_path(options), _clock(options), options)


def _form(options: argparse.Namespace) -> Outcome:
    from app.cli.forms import form

    return form(options)


def _check(options: argparse.Namespace) -> Outcome:
    from app.models.database import Database
    from app.usecases.backup import check_database

    database = Database.open(_path(options), clock=_clock(options))
    try:
        found = check_database(database)
    finally:
        database.close()
    text = "\n".join(found.faults) if found.faults else "База, журнал и утверждённые отчёты в порядке."
    return (1 if found.faults else 0), {"faults": list(found.faults), "found": len(found.faults)}, text


def _backup(options: argparse.Namespace) -> Outcome:
    from app.models.database import Database
    from app.usecases.backup import backup

    database = Database.open(_path(options), clock=_clock(options))
    try:
        backup(database, options.out)
    finally:
        database.close()
    return 0, {"file": str(options.out)}, f"Копия записана: {options.out}"


def _demo(options: argparse.Namespace) -> Outcome:
    from app.usecases.demo import build_demo

    found = build_demo(options.out, options.seed)
    return 0, dict(found.counts), found.text


COMMANDS: dict[str, Callable[[argparse.Namespace], Outcome]] = {
    "init": _init,
    "import": _import,
    "return": _return,
    "returns": _of_life("list_returns"),
    "sent": _of_life("mark_sent"),
    "accepted": _of_life("mark_accepted"),
    "answer": _of_life("take_answer"),
    "diff": _of_life("show_difference"),
    "register": _register,
    "extract": _extract,
    "form": _form,
    "check": _check,
    "backup": _backup,
    "demo": _demo,
}
