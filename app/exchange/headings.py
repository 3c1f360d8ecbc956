"""Where a list begins: its heading within the first 30 rows, in one line or two, or none at all."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from app.core.text import fold
from app.exchange.tables import HEADING_ROWS, Cell, is_blank

# Words by which headings of lists about NGOs are known whatever the register.
_WORDS = frozenset({
    "наименование", "название", "организация", "нко", "получатель", "инн", "огрн", "кпп", "дата", "номер", "сумма",
    "размер", "адрес", "телефон", "почта", "сайт", "руководитель", "форма", "вид", "статус", "категория",
    "приоритет", "услуга", "центр", "количество", "объем", "часов", "человек", "регион", "город", "субъект",
    "проект", "программа", "цель", "основание", "решение", "договор", "примечание", "поддержки", "гранта", "email",
    "name", "ogrn", "inn", "kpp", "date", "address", "website", "status", "окопф", "оквэд", "октмо", "учетный",
    "поселение", "район", "срок", "содержание", "описание", "потребность", "мероприятие", "участников", "результат",
    "тема",
})  # fmt: skip
_NUMBERED = re.compile(r"\(?\d{1,2}(?:\.0)?\)?\.?")
_TOTAL = re.compile(r"(?:итого|всего|общий итог|total)\b.*", re.IGNORECASE)
_TOTAL_LETTERS = frozenset("ивоt")


def squeezed(text: object) -> str:
    """A heading as it is compared: folded, and without any space or bracket."""
    return re.sub(r"[^a-zа-я0-9№]", "", fold(str(text)).replace("№", "номер")) or re.sub(r"\s", "", str(text))


def is_label(cell: Cell, known: Collection[str]) -> bool:
    """Does the cell name a field, as the left side of a card does: «Официальный сайт», «Руководитель (на апрель)»?"""
    return squeezed(cell) in known or fold(str(cell)).partition(" ")[0] in _WORDS


def find_heading(rows: Sequence[Sequence[Cell]], known: Collection[str]) -> tuple[int, int] | None:
    """(first, last) row of the heading, from 0, or None.

    known: squeezed aliases of the register's fields.  A heading is a row of short texts among which
    are words of headings, and which is followed by something else than itself.
    """
    best, best_score = None, 0.0
    for index, row in enumerate(rows[:HEADING_ROWS]):
        score = heading_score(row, known)
        if score > best_score:
            best, best_score = index, score
    if best is None:
        best = _by_contrast(rows)
        return None if best is None else (best, best)
    first, last = best, best
    for candidate in (best + 1,):
        if candidate < len(rows) and _is_second_line(rows[best], rows[candidate], known):
            last = candidate
    if last == best and best > 0 and _is_group_line(rows[best - 1], rows[best], known):
        first = best - 1
    return first, last


def heading_score(row: Sequence[Cell], known: Collection[str]) -> float:
    """How much the row looks like a heading; 0 when it does not."""
    filled = [cell for cell in row if not is_blank(cell)]
    if not filled:
        return 0.0
    exact = words = against = 0
    for cell in filled:
        text = str(cell).strip()
        if not isinstance(cell, str) or len(text) > 120:
            against += 0 if isinstance(cell, (int, float)) and 1900 < cell < 2100 else 1
            continue
        if squeezed(text) in known or (text.startswith("№") and len(text) < 15):
            exact += 1
        elif len(text) <= 60 and _WORDS.intersection(fold(text).split()):
            words += 1
        elif len(re.sub(r"\D", "", text)) > 4:
            against += 1
    if len(filled) == 1:
        return 1.0 if exact and len(str(filled[0])) < 60 else 0.0
    good = exact + 0.6 * words
    if (good < 1.6 and exact < 1) or against * 2 > len(filled) or good / len(filled) < 0.25:
        return 0.0
    return good - against


def _by_contrast(rows: Sequence[Sequence[Cell]]) -> int | None:
    """A first line of words over columns of numbers or days is a heading, whatever its words."""
    filled = [index for index, row in enumerate(rows[: HEADING_ROWS + 50]) if not all(map(is_blank, row))]
    for index in filled[:5]:
        row, below = rows[index], [rows[i] for i in filled if i > index]
        names = [cell for cell in row if not is_blank(cell)]
        if len(names) < 2 or not below or len(set(map(str, names))) < len(names):
            continue
        if any(not isinstance(cell, str) or len(cell) > 60 or re.search(r"\d", cell) for cell in names):
            continue
        usual = sorted(sum(not is_blank(cell) for cell in other) for other in below)[len(below) // 2]
        if len(names) >= 0.7 * usual and any(_all_figures(below, column) for column in range(len(row))):
            return index
    return None


def _all_figures(rows: Sequence[Sequence[Cell]], column: int) -> bool:
    cells = [_at(row, column) for row in rows if not is_blank(_at(row, column))]
    figures = sum(not isinstance(cell, str) or len(re.sub(r"\D", "", cell)) >= 3 for cell in cells)
    return bool(cells) and figures >= 0.8 * len(cells)


def _is_second_line(top: Sequence[Cell], row: Sequence[Cell], known: Collection[str]) -> bool:
    """A line under the heading that names parts of its columns: «Решение» over «№» and «дата»."""
    filled = [(i, cell) for i, cell in enumerate(row) if not is_blank(cell)]
    if not filled or any(not isinstance(cell, str) or len(str(cell)) > 60 for _, cell in filled):
        return False
    spanned = any(is_blank(cell) and not is_blank(_at(row, i)) for i, cell in enumerate(top)) or len(row) > len(top)
    named = sum(bool(_WORDS.intersection(fold(str(c)).split())) or squeezed(c) in known for _, c in filled)
    digits = any(len(re.sub(r"\D", "", str(c))) > 3 for _, c in filled)
    return spanned and named * 2 >= len(filled) and not digits


def _is_group_line(row: Sequence[Cell], below: Sequence[Cell], known: Collection[str]) -> bool:
    """A line above the heading whose texts span columns that the heading names in parts."""
    filled = [i for i, cell in enumerate(row) if not is_blank(cell)]
    if len(filled) < 2 or any(not isinstance(row[i], str) or len(str(row[i])) > 60 for i in filled):
        return False
    gaps = any(is_blank(_at(below, i)) for i in filled)
    return gaps and any(_WORDS.intersection(fold(str(row[i])).split()) or squeezed(row[i]) in known for i in filled)


def joined(lines: Sequence[Sequence[Cell]], width: int, spans: Sequence[tuple[int, int, int]] = ()) -> tuple[str, ...]:
    """The heading of each column; of two lines the upper one is carried over the columns it spans.

    spans: (line, first column, last column) of merged ranges within the heading.
    """
    texts = [[_text(_at(line, column)) for column in range(width)] for line in lines]
    for line, first, last in spans:
        for column in range(first + 1, min(last + 1, width)):
            texts[line][column] = texts[line][column] or texts[line][first]
    if len(texts) == 2 and not spans:
        for column in range(1, width):
            if not texts[0][column] and texts[1][column]:
                texts[0][column] = texts[0][column - 1]
    return tuple(" ".join(dict.fromkeys(part for part in column if part)) for column in zip(*texts, strict=True))


def is_numbering(row: Sequence[Cell]) -> bool:
    """«1 2 3 4» under a heading: the numbers of the columns."""
    filled = [str(cell).strip() for cell in row if not is_blank(cell)]
    if len(filled) < 2 or not all(_NUMBERED.fullmatch(text) for text in filled):
        return False
    numbers = [int(re.sub(r"\.0$|\D", "", text.replace(".0", ""))) for text in filled]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] in (0, 1)


def is_total(row: Sequence[Cell]) -> bool:
    """«Итого: …», with little else in the row."""
    if not any(isinstance(cell, str) and cell.lstrip()[:1].lower() in _TOTAL_LETTERS for cell in row[:3]):
        return False
    filled = [str(cell).strip() for cell in row if not is_blank(cell)]
    return bool(filled) and any(_TOTAL.fullmatch(text) for text in filled[:2]) and len(filled) <= max(2, len(row) // 2)


def repeats(row: Sequence[Cell], names: Collection[str]) -> bool:
    """Is the row the heading again, as at the top of each printed page?  names: squeezed headings."""
    told = 0
    for cell in row:
        if is_blank(cell):
            continue
        if not isinstance(cell, str) or len(cell) > 200 or squeezed(cell) not in names:
            return False
        told += 1
    return told >= min(2, len(names)) and told > 0


def _at(row: Sequence[Cell], column: int) -> Cell:
    return row[column] if column < len(row) else ""


def _text(cell: Cell) -> str:
    text = " ".join(str(cell).replace("\u00a0", " ").split())
    return f"{cell:.0f}" if isinstance(cell, float) and cell.is_integer() else text
