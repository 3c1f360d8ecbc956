"""300 lists spoilt at random by seed: taken, refused in words, never a traceback, never half a batch."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.core.errors import AppError
from app.core.identifiers import inn_with_check_digit, ogrn_with_check_digit
from app.usecases import importing
from tests.exchange import list_files
from tests.importing.conftest import Desk

HEADS = {
    "ngo": ["№", "Наименование", "ОГРН", "ИНН", "Адрес", "Дата регистрации", "Телефон"],
    "support": ["№", "Получатель", "ИНН", "Форма поддержки", "Сумма", "Дата решения", "№ решения"],
    "service": ["Дата", "Ресурсный центр", "Услуга", "Количество", "Часов", "Получатели", "Тема"],
    "need": ["НКО", "Категория", "Дата выявления", "Приоритет", "Потребность", "ИНН", "ОГРН"],
}
SPOILT: list[Any] = [
    None, "", "-", "нет", 0, -1, 1e300, 1e-9, "=1+1", "\u00a0", "╚╩", "9" * 400, "03/04/2024", "31.02.2024", 45363.5,
    True, "a\x00b", "😀", "'", '"', "«", ";;;", "1,1278E+12", "Итого", "x" * 40_000, "\u202e", "2026", "NaN",
    "ОГРН", "\n\n",
]  # fmt: skip


def _rows(rng: random.Random, register: str) -> list[list[Any]]:
    rows: list[list[Any]] = []
    for n in range(rng.randint(1, 25)):
        inn, ogrn = inn_with_check_digit(f"4703{n:05}"), ogrn_with_check_digit(f"12347{n:07}")
        day = f"{n % 28 + 1:02}.08.2026"
        rows.append({
            "ngo": [n + 1, f"Фонд «Ключ {n}»", ogrn, inn, "г. Всеволожск", day, "8 81370 00000"],
            "support": [n + 1, f"Фонд «Ключ {n}»", inn, "субсидия", 1000 * (n + 1), day, f"{n}-п"],
            "service": [day, "АНО «Опора»", "К4", 1, 1, f"Фонд «Ключ {n}»; граждане", "тема"],
            "need": [f"Фонд «Ключ {n}»", "помещение", day, "высокий", f"нужда {n}", inn, ogrn],
        }[register])  # fmt: skip
    return rows


def _spoil(rng: random.Random, table: list[list[Any]]) -> None:
    for _ in range(rng.randint(1, 12)):
        row = rng.choice(table)
        match rng.randrange(7):
            case 0 | 1 | 2:
                if row:
                    row[rng.randrange(len(row))] = rng.choice(SPOILT)
            case 3:
                table.insert(rng.randrange(len(table) + 1), [rng.choice(SPOILT) for _ in range(rng.randint(0, 9))])
            case 4:
                rng.shuffle(row)
            case 5:
                table.append(list(rng.choice(table)))
            case 6:
                del row[rng.randint(0, len(row)) :]


def _written(rng: random.Random, folder: Path, table: list[list[Any]]) -> Path:
    kind = rng.choice(["xlsx", "ods", "xls", "csv", "csv", "tsv"])
    path = folder / f"список.{kind}"
    plain = [[_plain(cell) for cell in row] for row in table]
    if kind in ("xlsx", "ods", "xls"):
        if kind == "xls":
            plain = [[cell[:200] if isinstance(cell, str) else cell for cell in row] for row in plain]
        getattr(list_files, kind)(path, plain)
    else:
        delimiter = "\t" if kind == "tsv" else rng.choice(";,|")
        end = rng.choice(["\n", "\r\n", "\r"])
        encoding = rng.choice(["utf-8", "utf-8-sig", "cp1251", "mac-cyrillic", "utf-16", "koi8-r"])
        content = end.join(delimiter.join("" if c is None else str(c) for c in row) for row in plain)
        path.write_bytes(content.encode(encoding, errors="replace"))
    if rng.random() < 0.4:
        data = bytearray(path.read_bytes())
        for _ in range(rng.randint(1, 20)):
            if data:
                data[rng.randrange(len(data))] = rng.randrange(256)
        if rng.random() < 0.3:
            del data[rng.randrange(len(data) + 1) :]
        path.write_bytes(data)
    return path


def _plain(cell: Any) -> Any:
    """What a workbook can hold at all."""
    if isinstance(cell, str):
        return "".join(c for c in cell if c.isprintable() or c == "\n")[:32_000]
    return cell


def _state(path: Path) -> tuple[int, ...]:
    connection = sqlite3.connect(path)
    try:
        tables = ("ngo", "support", "service", "need", "batch", "journal")
        return tuple(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables)
    finally:
        connection.close()


@pytest.mark.long
def test_a_spoilt_list_is_taken_or_refused_whole(tmp_path: Path, scale: Callable[[int], int]) -> None:
    with Desk(tmp_path) as desk:
        desk.centre("АНО «Опора»")
        for n in range(5):
            inn, ogrn = inn_with_check_digit(f"4703{n:05}"), ogrn_with_check_digit(f"12347{n:07}")
            desk.ngo(f"Фонд «Ключ {n}»", inn=inn, ogrn=ogrn)
        outcomes = {"taken": 0, "refused": 0}
        for seed in range(scale(300)):
            rng = random.Random(seed)
            register = rng.choice(list(HEADS))
            table = [[f"Список {seed}"]] * rng.randint(0, 3) + [list(HEADS[register])] + _rows(rng, register)
            _spoil(rng, table)
            path = _written(rng, tmp_path, table)
            before, refused = _state(desk.path), False
            try:
                with desk.database.write("import", "Импорт") as session:
                    seen = importing.preview(session, register, path)
                    counts = importing.write(session, seen, accept_doubtful=rng.choice(["none", "all"]))
            except AppError:
                refused = True
            if refused:
                outcomes["refused"] += 1
                assert _state(desk.path) == before, f"seed {seed}: half a batch"
                continue
            outcomes["taken"] += 1
            assert counts.rows == len(seen.rows), f"seed {seed}"
            assert counts.rows == sum(t.rows for t in seen.tables if not t.refusal), f"seed {seed}"
            assert _state(desk.path)[4] - before[4] <= 1, f"seed {seed}: more than one batch"
        assert outcomes["taken"] > outcomes["refused"] / 2
