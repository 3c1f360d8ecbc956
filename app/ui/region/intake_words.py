"""How the window calls what became of a file, and what it advises to do about it."""

from __future__ import annotations

from app.core.periods import ROMAN, Quarter
from app.core.russian import ended, integer, plural
from app.region.results import RESULT_TITLES, Result
from app.ui.short_words import short_place
from app.usecases.intake import Intake, Stopped
from app.usecases.intake_names import MISNAMED
from app.usecases.region_came import ANSWER, BAD_ANSWER, BESIDE, CameRow

WORDS: dict[str, tuple[str, str, str]] = {
    Result.ACCEPTED: (RESULT_TITLES[Result.ACCEPTED], "ok", "check-circle"),
    Result.CORRECTED: (RESULT_TITLES[Result.CORRECTED], "ok", "seal-check"),
    Result.SAME: (RESULT_TITLES[Result.SAME], "", "equals"),
    Result.FAULTS: (RESULT_TITLES[Result.FAULTS], "err", "x-circle"),
    Result.CHANGED: ("изменён вручную", "err", "warning-octagon"),
    Result.PERIOD: (RESULT_TITLES[Result.PERIOD], "warn", "calendar-blank"),
    Result.TERRITORY: (RESULT_TITLES[Result.TERRITORY], "warn", "map-trifold"),
    Result.NOT_A_RETURN: (RESULT_TITLES[Result.NOT_A_RETURN], "err", "prohibit"),
    BESIDE: ("сохранён рядом", "", "file-pdf"),
    ANSWER: ("ответ на вопрос", "ok", "check"),
    MISNAMED: ("назван не так", "warn", "warning"),
    BAD_ANSWER: ("ответ с ошибками", "err", "warning-circle"),
}
"""Word, tone and icon of a result."""
CALM = (Result.ACCEPTED, Result.CORRECTED, Result.SAME, BESIDE, ANSWER)
"""Results of which nothing is to be done."""
_ADVICE = {
    Result.ACCEPTED: "Передайте району квитанцию файлом: его программа отметит отчёт принятым. Если отчёт надо "
                     "поправить, передайте вместо неё замечания.",
    Result.CORRECTED: "Он заменил прежний отчёт целиком. Передайте району квитанцию на уточнённый.",
    Result.SAME: "Этот отчёт уже здесь, ничего не изменилось. Квитанцию можно сохранить ещё раз.",
    Result.FAULTS: "Отчёт не принят. Передайте району замечания файлом: его программа откроет их у этих ячеек, и "
                   "район пришлёт исправленный.",
    Result.CHANGED: "Отчёт не принят: цифры правили не в программе. Попросите прислать тот файл, который она записала, "
                    "или составить уточнённый отчёт.",
    Result.PERIOD: "Отчёт не принят. Попросите район прислать отчёт за нужный квартал по форме, которая тогда "
                   "действовала.",
    Result.TERRITORY: "Отчёт не принят. Код района меняется при преобразовании: нужен тот, что действует на последний "
                      "день квартала.",
    Result.NOT_A_RETURN: "Отчёта в файле нет, хранить его незачем. Попросите прислать файл Excel, который записала "
                         "программа района, или заполненную от руки форму.",
    ANSWER: "Таблица с ответом на вопрос районам. Все ответы вместе: «Комплект», «Вопросы районам».",
    BAD_ANSWER: "Ответ не принят. Скопируйте перечень и попросите район прислать таблицу заново.",
    MISNAMED: "Сам отчёт уже здесь под тем названием, с которым пришёл раньше.",
    BESIDE: "Бумага лежит рядом с отчётом и не разбирается: цифры берутся из файла Excel.",
}  # fmt: skip
_BY_HAND = (
    "Отчёт не принят. Он заполнен от руки, замечания файлом открыть негде: скопируйте перечень и пошлите его письмом."
)


_MISNAMED = "Спросите район, где отчёт, о котором говорит название."


def advice(row: CameRow) -> str:
    """What to do about a file."""
    if row.hand and row.result == Result.FAULTS:
        return _BY_HAND
    misnamed = row.misnamed or row.result == MISNAMED
    return f"{_ADVICE[row.result]} {_MISNAMED}" if misnamed else _ADVICE[row.result]


def wrong(row: CameRow) -> str:
    """What is wrong with a file: that its name speaks of another return, and why it was set aside."""
    misnamed = ended(f"{row.misnamed[:1].upper()}{row.misnamed[1:]}") if row.misnamed else ""
    return " ".join(filter(None, (misnamed, row.reason)))


def is_calm(row: CameRow) -> bool:
    """Whether nothing is to be done about a file."""
    return row.result in CALM and not row.misnamed


def short_quarter(quarter: Quarter | None) -> str:
    """«III кв. 26»."""
    return f"{ROMAN[quarter.number - 1]}\u00a0кв.\u00a0{quarter.year % 100:02d}" if quarter is not None else ""


def version(correction: int | None) -> str:
    """«первичный», «уточн. 1»."""
    if correction is None:
        return ""
    return f"уточн.\u00a0{correction}" if correction else "первичный"


def district(name: str) -> str:
    """«Волховский»: of districts the word «район» is left out, an округ is told from them by it."""
    return short_place(name).replace("городской округ", "округ").removesuffix(" район")


def whose(row: CameRow) -> str:
    return district(row.whose) if row.whose else row.oktmo


def stopped(stop: Stopped) -> str:
    """What the status line says of an intake that was stopped."""
    done = len(stop.intake.files) + len(stop.intake.beside) + len(stop.intake.answers)
    left = plural(stop.left, "файл", "файла", "файлов")
    return f"Приём прерван: разобрано {integer(done)}, осталось {left}. Принятое цело; остальные примите ещё раз."


def told(taken: Intake) -> str:
    """What the status line says of a call."""
    if not taken.files and not taken.beside and not taken.answers:
        return "Файлов там нет: принимать нечего."
    new = sum(one.result in (Result.ACCEPTED, Result.CORRECTED) for one in taken.files)
    same = sum(one.result is Result.SAME for one in taken.files)
    aside = sum(one.is_set_aside for one in taken.files)
    parts = [f"принято {integer(new)}"]
    parts += [f"уже было {integer(same)}"] * bool(same) + [f"отложено {integer(aside)}"] * bool(aside)
    parts += [f"бумаг рядом {integer(len(taken.beside))}"] * bool(taken.beside)
    wrong = sum(one.is_set_aside for one in taken.answers)
    answers = f"ответов на вопросы {integer(len(taken.answers))}{f' (с ошибками {integer(wrong)})' if wrong else ''}"
    parts += [f"{answers} — они в «Вопросах районам»"] * bool(taken.answers)
    count = plural(len(taken.files) + len(taken.beside) + len(taken.answers), "файл", "файла", "файлов")
    return f"{count}: {', '.join(parts)}."
