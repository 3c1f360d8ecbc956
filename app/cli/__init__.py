"""The work without a window: `python -m app [--db FILE] [--today ДАТА] COMMAND`.

Exit 0: done; 1: done, and there are findings to look at; 2: bad input, one line on stderr and
nothing written.  `--json` prints one object with the counts at its top level.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from traceback import extract_tb
from typing import Any

from app.cli import region_down, region_whole
from app.cli.speaking import INTERRUPTED, refuse, tell, tell_object, use_any_code_page
from app.core.clock import Clock
from app.core.command_line import CALLED, Parser, day_argument, year_argument
from app.core.errors import AppError, reason_of

_log = logging.getLogger(__name__)

Outcome = tuple[int, dict[str, Any], str]
"""Exit code, the object of --json, and the text printed without it."""


def _parser() -> argparse.ArgumentParser:
    common = Parser(add_help=False)
    common.add_argument("--db", type=Path, default=argparse.SUPPRESS, metavar="ФАЙЛ", help="база района")
    common.add_argument("--person", default=argparse.SUPPRESS, metavar="ИМЯ", help="кто работает, если люди записаны")
    common.add_argument("--today", default=argparse.SUPPRESS, metavar="ДАТА", help="считать сегодняшним этот день")
    common.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="итог одним объектом JSON")
    parser = Parser(
        prog=CALLED,
        description="Куратор НКО без окна. Без команды открывается окно.",
        epilog="Код 0: сделано; 1: сделано, есть на что посмотреть; 2: сделать нельзя, ничего не записано.",
        parents=[common],
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="КОМАНДА", parser_class=Parser)

    one = commands.add_parser("init", parents=[common], help="новая база района или области")
    whose = one.add_mutually_exclusive_group(required=True)
    whose.add_argument("--oktmo", metavar="КОД", help="ОКТМО района, например 41612000")
    whose.add_argument("--region", action="store_true", help="база области: принимает отчёты районов")

    one = commands.add_parser("import", parents=[common], help="принять список или комплект региона")
    one.add_argument("what", choices=("ngos", "support", "services", "needs", "package"),
                     metavar="ngos|support|services|needs|package",
                     help="чего это список: НКО, поддержки, услуг, потребностей; комплект региона")  # fmt: skip
    one.add_argument("file", type=Path, metavar="ФАЙЛ", help="список .xlsx, .xls, .ods, .csv или .tsv; комплект .json")
    one.add_argument("--dry-run", action="store_true", help="только показать, что изменится")
    one.add_argument("--rejects", type=Path, metavar="XLSX", help="куда записать строки с ошибками")
    one.add_argument("--accept-doubtful", choices=("none", "all"), default="none", help="что делать с сомнительными")

    one.add_argument(
        "--set", action="append", default=[], metavar="ГРАФА=ЗНАЧЕНИЕ", help="значение для строк, где его нет"
    )

    one = commands.add_parser("return", parents=[common], help="квартальный отчёт")
    one.add_argument("quarter", metavar="КВАРТАЛ", help="например 2026-Q3")
    one.add_argument("--out", type=Path, required=True, metavar="ПАПКА", help="куда положить PDF и XLSX")
    one.add_argument("--draft", action="store_true", help="черновик, что бы ни нашли проверки")
    one.add_argument("--correction", metavar="ПРИЧИНА", help="составить уточнённый отчёт")
    one.add_argument("--explain", type=Path, metavar="JSON", help="пояснения к предупреждениям")
    one.add_argument("--annexes", action="store_true", help="ещё и PDF с приложениями Д и Е")

    commands.add_parser("returns", parents=[common], help="утверждённые отчёты и что с ними стало")
    one = commands.add_parser("sent", parents=[common], help="отчёт отправлен области")
    one.add_argument("version", metavar="2026-Q3[:N]")
    one.add_argument("how", metavar="КАК", help="например: электронной почтой")
    one.add_argument("--on", type=day_argument, metavar="ДАТА", help="когда, если не сегодня")
    one.add_argument("--to", default="", metavar="КОМУ")
    one = commands.add_parser("accepted", parents=[common], help="область приняла отчёт")
    one.add_argument("version", metavar="2026-Q3[:N]")
    one.add_argument("receipt", metavar="«№ от ДАТА»")
    one = commands.add_parser("answer", parents=[common], help="принять квитанцию или замечания области")
    one.add_argument("file", type=Path, metavar="ФАЙЛ")
    one = commands.add_parser("diff", parents=[common], help="чем отличаются два отчёта")
    one.add_argument("first", metavar="2026-Q2[:N]")
    one.add_argument("second", metavar="2026-Q2[:N|:draft]")
    one = commands.add_parser("register", parents=[common], help="реестр получателей: PDF, Excel и страница сайта")
    one.add_argument("--out", type=Path, required=True, metavar="ПАПКА")
    one.add_argument("--from", dest="first", type=day_argument, metavar="ДАТА", help="включённые в реестр с этого дня")
    one.add_argument("--to", dest="last", type=day_argument, metavar="ДАТА", help="и по этот день")
    one = commands.add_parser("extract", parents=[common], help="справка из реестра получателей об одной НКО")
    one.add_argument("--ogrn", required=True, metavar="ОГРН")
    one.add_argument("--out", type=Path, required=True, metavar="PDF")

    one = commands.add_parser("fill", parents=[common], help="заполнить шаблон комитета с метками {{…}}")
    one.add_argument("template", type=Path, metavar="ШАБЛОН.xlsx")
    one.add_argument("quarter", metavar="2026-Q3[:N]")
    one.add_argument("--out", type=Path, required=True, metavar="ФАЙЛ.xlsx")
    one.add_argument("--draft", action="store_true", help="из черновика, а не из утверждённого отчёта")
    one = commands.add_parser("form", parents=[common], help="пустые формы и списки, проверка заполненных")
    what = one.add_mutually_exclusive_group(required=True)
    what.add_argument("--version", metavar="2026.1", help="пустая форма отчёта этой версии")
    what.add_argument("--list", metavar="services|needs|ngos", help="пустой список услуг, потребностей или НКО")
    what.add_argument("--check", type=Path, metavar="ФАЙЛ", help="проверить заполненную форму или файл отчёта")
    one.add_argument("--out", type=Path, metavar="XLSX", help="куда записать пустую форму или список")
    one = commands.add_parser("summary", parents=[common], help="итоги года по утверждённым отчётам: PDF и Excel")
    one.add_argument("year", type=year_argument, metavar="ГОД")
    one.add_argument("--out", type=Path, required=True, metavar="ПАПКА")
    one = commands.add_parser("ngo", parents=[common], help="что сделано для одной НКО")
    one.add_argument("--ogrn", required=True, metavar="ОГРН")
    one.add_argument("--out", type=Path, required=True, metavar="PDF")

    one = commands.add_parser("working-copy", parents=[common], help="рабочая копия файла для коллеги")
    one.add_argument("--for", dest="whom", required=True, metavar="ИМЯ", help="кто будет в ней работать")
    one.add_argument("--out", type=Path, required=True, metavar="ФАЙЛ", help="новый файл; прежний не заменяется")
    one = commands.add_parser("packet", parents=[common], help="что изменено в рабочей копии, для основного файла")
    one.add_argument("--out", type=Path, required=True, metavar="ФАЙЛ", help="новый файл .kurator-packet")
    one = commands.add_parser("take-packet", parents=[common], help="принять изменения из рабочей копии")
    one.add_argument("file", type=Path, metavar="ФАЙЛ.kurator-packet")
    one.add_argument("--take", choices=("mine", "hers"), default="mine",
                     help="что оставить, где изменили оба: своё (mine) или из копии (hers)")  # fmt: skip
    one.add_argument("--dry-run", action="store_true", help="только показать, что изменится")

    one = commands.add_parser("intake", parents=[common], help="область: принять отчёты районов")
    one.add_argument("paths", type=Path, nargs="+", metavar="ПУТЬ", help="папка, файлы, архив .zip, письмо .eml")
    one.add_argument("--came", metavar="ДАТА", help="когда пришли эти файлы, если не сегодня; у писем — день письма")
    one.add_argument("--progress", action="store_true", help="называть каждый файл, пока он принимается")
    for name, told in (("remarks", "замечания по ячейкам для района"), ("receipt", "квитанция для района")):
        one = commands.add_parser(name, parents=[common], help=f"область: {told}")
        one.add_argument("oktmo", metavar="ОКТМО")
        one.add_argument("quarter", metavar="2026-Q3")
        one.add_argument("--out", type=Path, required=True, metavar="ФАЙЛ")
        if name == "remarks":
            one.add_argument("--at", action="append", default=[], metavar="ЯЧЕЙКА=ТЕКСТ", help="замечание к ячейке")
            one.add_argument("--text", default="", metavar="ТЕКСТ", help="замечание к отчёту в целом")
    one = commands.add_parser("board", parents=[common], help="область: кто сдал отчёт за квартал")
    one.add_argument("quarter", metavar="2026-Q3")
    commands.add_parser("recount", parents=[common], help="область: пересчитать сводные цифры, если check о них сказал")
    region_down.add_commands(commands, common)
    region_whole.add_commands(commands, common)
    commands.add_parser("check", parents=[common], help="проверить базу, журнал и утверждённые отчёты")
    one = commands.add_parser("backup", parents=[common], help="копия базы")
    where = one.add_mutually_exclusive_group(required=True)
    where.add_argument("--out", type=Path, metavar="ФАЙЛ", help="прежняя копия этой базы заменяется")
    where.add_argument("--before-update", action="store_true",
                       help="в папку копий последнего открытого файла: так делает установка новой версии")  # fmt: skip
    one = commands.add_parser("update", parents=[common], help="обновить программу из файла, папки или с носителя")
    one.add_argument("place", type=Path, metavar="ПУТЬ", help="пакет новой версии или папка, где он лежит")
    one.add_argument("--check", action="store_true", help="только сказать, что найдено и цело ли оно")
    one = commands.add_parser("demo", parents=[common], help="выдуманный район или область для знакомства")
    one.add_argument("--out", type=Path, required=True, metavar="ПАПКА", help="новая, пустая или с прежней выдумкой")
    one.add_argument("--region", action="store_true", help="область: восемнадцать районов и то, что они прислали")
    one.add_argument("--seed", type=int, default=1, metavar="N", help="другое число — другая выдумка")
    return parser


def run(arguments: Sequence[str]) -> int:
    """Runs one command and prints its outcome.  Returns the exit code."""
    use_any_code_page()
    try:
        options = _parser().parse_args(arguments)
        from app.cli.opening import at_work

        with at_work(getattr(options, "person", "")):
            code, told, text = COMMANDS[options.command](options)
        if getattr(options, "json", False):
            tell_object(told)
        else:
            tell(text)
    except AppError as refusal:
        refuse(str(refusal))
        return 2
    except KeyboardInterrupt:
        refuse("Прервано. Записано только то, о чём программа успела сказать.")
        return INTERRUPTED
    except OSError as fault:
        refuse(f"Не получилось: {reason_of(fault)}{f' («{fault.filename}»)' if fault.filename else ''}.")
        return 2
    except SystemExit as stop:  # --help
        return int(stop.code or 0)
    except Exception as fault:
        _log_fault(fault)
        return 2
    return code


def _log_fault(fault: Exception) -> None:
    """A fault of the program: one line for the person, where it happened for who mends it, no values anywhere."""
    from app.usecases.places import keep_log, log_file

    keep_log()
    frames = reversed(extract_tb(fault.__traceback__))
    places = " < ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)
    _log.error("%s in %s", type(fault).__name__, places)
    refuse(f"Сбой программы ({type(fault).__name__}): это её ошибка, а не ваша. Подробности: {log_file()}.")


def _clock(options: argparse.Namespace) -> Clock:
    day = getattr(options, "today", None)
    return Clock.on(day_argument(day)) if day is not None else Clock()


def _path(options: argparse.Namespace) -> Path:
    from app.usecases.places import default_database

    found: Path = getattr(options, "db", None) or default_database()
    return found


def _init(options: argparse.Namespace) -> Outcome:
    from app.usecases.places import make_folder
    from app.usecases.setup import create_district

    path = _path(options)
    if not hasattr(options, "db"):
        make_folder(path.parent)
    if options.region:
        from app.usecases.region_setup import create_region

        create_region(path, clock=_clock(options)).close()
        return 0, {"db": str(path), "region": True}, f"Создана база области: {path}"
    oktmo = options.oktmo.strip()
    create_district(path, oktmo, clock=_clock(options)).close()
    return 0, {"db": str(path), "oktmo": oktmo}, f"Создана база района {oktmo}: {path}"


def _import(options: argparse.Namespace) -> Outcome:
    if options.what == "package":
        from app.cli.region_package import import_package

        return import_package(_path(options), _clock(options), options)
    from app.cli.lists import import_list

    return import_list(_path(options), _clock(options), options)


def _return(options: argparse.Namespace) -> Outcome:
    from app.cli.returns import make_return

    return make_return(_path(options), _clock(options), options)


def _of(room: str, name: str) -> Callable[[argparse.Namespace], Outcome]:
    """What a module of the commands does, imported when it is asked for."""

    def act(options: argparse.Namespace) -> Outcome:
        outcome: Outcome = getattr(import_module(f"app.cli.{room}"), name)(_path(options), _clock(options), options)
        return outcome

    return act


def _register(options: argparse.Namespace) -> Outcome:
    from app.cli.recipients import write_register

    return write_register(_path(options), _clock(options), options)


def _extract(options: argparse.Namespace) -> Outcome:
    from app.cli.recipients import write_extract

    return write_extract(_path(options), _clock(options), options)


def _fill(options: argparse.Namespace) -> Outcome:
    from app.cli.templates import fill

    return fill(_path(options), _clock(options), options)


def _form(options: argparse.Namespace) -> Outcome:
    from app.cli.forms import form

    return form(options)


def _summary(options: argparse.Namespace) -> Outcome:
    from app.cli.summaries import write_summary

    return write_summary(_path(options), _clock(options), options)


def _ngo(options: argparse.Namespace) -> Outcome:
    from app.cli.summaries import write_ngo

    return write_ngo(_path(options), _clock(options), options)


def _check(options: argparse.Namespace) -> Outcome:
    from app.cli.opening import opened
    from app.usecases.backup import check_database

    database = opened(_path(options), _clock(options), region=None)
    try:
        found = check_database(database)
    finally:
        database.close()
    text = "\n".join(found.faults) if found.faults else "База, журнал и утверждённые отчёты в порядке."
    return (1 if found.faults else 0), {"faults": list(found.faults), "found": len(found.faults)}, text


def _demo(options: argparse.Namespace) -> Outcome:
    if options.region:
        from app.usecases.demo.oblast import build_oblast as build
    else:
        from app.usecases.demo import build_demo as build
    found = build(options.out, options.seed)
    return 0, dict(found.counts), found.text


COMMANDS: dict[str, Callable[[argparse.Namespace], Outcome]] = {
    "init": _init,
    "import": _import,
    "return": _return,
    "returns": _of("life", "list_returns"),
    "sent": _of("life", "mark_sent"),
    "accepted": _of("life", "mark_accepted"),
    "answer": _of("life", "take_answer"),
    "diff": _of("life", "show_difference"),
    "register": _register,
    "extract": _extract,
    "fill": _fill,
    "form": _form,
    "summary": _summary,
    "ngo": _ngo,
    "working-copy": _of("people", "working_copy"),
    "packet": _of("people", "packet"),
    "take-packet": _of("people", "take_packet"),
    "intake": _of("region", "intake"),
    "remarks": _of("region", "remarks"),
    "receipt": _of("region", "receipt"),
    "board": _of("region", "show_board"),
    "recount": _of("region", "recount"),
    "consolidate": _of("region_whole_doing", "consolidate"),
    "consolidated": _of("region_whole_doing", "consolidated"),
    "coverage": _of("region_whole_doing", "coverage"),
    "justify": _of("region_whole_doing", "justify"),
    "commission": _of("region_whole_doing", "commission"),
    "package": _of("region_down_doing", "write_package"),
    "plans": _of("region_down_doing", "plans"),
    "question": _of("region_down_doing", "question"),
    "check": _check,
    "backup": _of("copying", "backup"),
    "update": _of("update", "update"),
    "demo": _demo,
}
