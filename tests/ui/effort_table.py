"""The table of docs/effort.md: our figures are counted by the tests, a spreadsheet's by the steps that stand here.

The spreadsheet is the best that a careful clerk has: one open book with a sheet per list, autocompletion of what
was typed before, formulas already in place.  `python -m tests.ui.effort_table COUNTS` writes the page anew from
the counts that `tests/ui/test_effort.py` leaves (KURATOR_EFFORT names the file).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "effort.md"


@dataclass(frozen=True, slots=True)
class Sheet:
    """steps: (what is done, keys).  clicks: of the mouse.  left: what the sheet does not do."""

    steps: tuple[tuple[str, int], ...]
    clicks: int = 0
    left: str = ""

    @property
    def keys(self) -> int:
        return sum(keys for _, keys in self.steps)


_TO_THE_END = (("перейти на лист", 2), ("в конец списка", 3))
SHEETS: Mapping[str, Sheet] = {
    "найти НКО по куску названия": Sheet(
        (("Ctrl+F", 1), ("лад", 3), ("Enter", 1), ("Esc", 1)), left="ё и падежи мешают найти"
    ),
    "записать консультацию": Sheet(
        (*_TO_THE_END, ("дата", 2), ("центр", 3), ("код", 3), ("объём, часы, люди", 6), ("подтверждение и №", 5),
         ("НКО", 4)),
        left="ни одной проверки: код, дата, срок соглашения, повтор",
    ),
    "семинар для 20 НКО": Sheet(
        (*_TO_THE_END, ("вставить 20 названий", 1), ("первая строка: дата, центр, код, тема, число, часы, люди, №", 27),
         ("размножить 8 столбцов на 20 строк", 24)),
        left="20 строк вместо одной услуги; названия не сверены с учётом",
    ),
    "субсидия с записью в реестр": Sheet(
        (*_TO_THE_END, ("получатель, форма, дата, №, сумма, источник", 24), ("срок", 13), ("перейти в реестр", 5),
         ("номер и дата записи", 6), ("переписать 8 граф из двух листов", 44)),
        left="срок внесения и номер считает человек",
    ),
    "закрыть потребность": Sheet(
        (("перейти на лист", 2), ("найти", 7), ("состояние и дата", 6), ("№ услуги с другого листа", 8)),
        left="связи с услугой нет",
    ),
    "справка из реестра": Sheet(
        (("отобрать записи", 8), ("скопировать", 4), ("открыть бланк в Word и вставить", 6), ("вписать НКО и ОГРН", 20),
         ("сохранить PDF", 6)),
    ),
    "ответить на запрос: список с руководителями и телефонами": Sheet(
        (("перейти на лист", 1), ("отобрать «ветеран»", 10), ("скопировать столбцы", 1), ("новая книга, вставить", 2),
         ("сохранить", 10)),
        clicks=4, left="кто взял персональные данные, нигде не видно",
    ),
    "обращение, ставшее потребностью": Sheet(
        (("найти обращение", 7), ("скопировать НКО и тему на другой лист", 14), ("категория, дата", 6),
         ("пометить", 5)),
        left="связи нет",
    ),
    "напоминание о записи": Sheet(
        (("другая программа", 1), ("новое", 2), ("текст", 9), ("день", 4), ("сохранить", 1)),
        left="к карточке не привязано",
    ),
    "квартальный отчёт: PDF и Excel": Sheet(
        (("квартал", 6), ("PDF", 6), ("копия книги", 12)),
        clicks=2, left="если формулы уже составлены и верны; контролей, хеша и записей за цифрой нет",
    ),
}  # fmt: skip

HEAD = """# Сколько нажатий стоит работа

Десять дел обычного дня: клавиши и щелчки мыши в программе и в книге Excel с теми же списками. Наши числа считают сами
проверки (`tests/ui/test_effort.py`): они делают каждое дело в настоящем окне и падают, если нажатий стало другое
число или дело не сделано. Аккорд (Ctrl+K) — одно нажатие, буква — одно. Для Excel взято лучшее, что есть у
аккуратного человека: одна открытая книга, лист на список, подстановка введённого раньше, готовые формулы; шаги
перечислены ниже.

| дело | программа: клавиш | щелчков | Excel: клавиш | щелчков | чего Excel при этом не делает |
|---|---:|---:|---:|---:|---|
"""


def row_of(task: str, keys: int, clicks: int) -> str:
    sheet = SHEETS[task]
    return f"| {task} | {keys} | {clicks} | {sheet.keys} | {sheet.clicks} | {sheet.left or '—'} |"


def page_of(counts: Mapping[str, tuple[int, int]]) -> str:
    rows = "\n".join(row_of(task, *counts[task]) for task in SHEETS)
    told = {task: ", ".join(f"{what} {keys}" for what, keys in sheet.steps) for task, sheet in SHEETS.items()}
    steps = "\n".join(f"- **{task}**: {steps}." for task, steps in told.items())
    return f"{HEAD}{rows}\n\n## Шаги в Excel\n\n{steps}\n"


if __name__ == "__main__":
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    PAGE.write_text(page_of({task: (keys, clicks) for task, keys, clicks in map(json.loads, lines)}), encoding="utf-8")
