"""A fictional district of any number of NGOs, made fast and always the same: what search and tables are measured on.

The rows are written past the journal, since nothing of it is measured; the words of search are made by the
program itself.  A file is made once a run and thrown away with it.
"""

from __future__ import annotations

import random
import sqlite3
import tempfile
from datetime import date
from functools import cache
from pathlib import Path

from app.core.clock import Clock
from app.core.identifiers import inn_with_check_digit, ogrn_with_check_digit
from app.core.text import fold, fold_name
from app.models.database import Database
from app.usecases.search_index import keep_up
from app.usecases.setup import create_district

_FOLDER = tempfile.TemporaryDirectory(prefix="bench-")
SEED, TODAY = 47, date(2026, 10, 5)
FORMS = (
    ("70400", "Благотворительный фонд", "БФ"), ("71400", "Автономная некоммерческая организация", "АНО"),
    ("20200", "Местная общественная организация", "МОО"), ("20200", "Региональная общественная организация", "РОО"),
    ("20614", "Ассоциация", "Ассоциация"), ("71500", "Православный приход", "Приход"), ("20200", "Союз", "Союз"),
)  # fmt: skip
WHAT = (
    "помощи", "поддержки", "развития", "защиты животных", "ветеранов", "инвалидов", "молодёжи", "материнства",
    "культуры", "спорта", "добровольцев", "соседей", "краеведения", "просвещения", "здоровья", "милосердия",
    "многодетных семей", "наставничества", "экологии", "поисковых отрядов", "ремёсел", "территориального развития",
)  # fmt: skip
FIRST = (
    "Свет", "Заря", "Берег", "Лодочка", "Ёлочка", "Рябина", "Маяк", "Родник", "Дом", "Причал", "Сосна", "Искра",
    "Тёплый", "Новый", "Добрый", "Северный", "Ладожский", "Звёздный", "Общий", "Живой", "Открытый", "Большой",
)  # fmt: skip
SECOND = (
    "путь", "дом", "круг", "век", "сад", "двор", "мир", "ветер", "край", "очаг", "город", "берег", "мост", "луч",
    "шаг", "хор", "лес", "день", "остров", "союз", "парус", "колос", "ключ", "дар", "голос", "рассвет", "причал",
)  # fmt: skip
FAMILIES = ("Громов", "Ермаков", "Соколов", "Ильин", "Жуков", "Белов", "Орлов", "Лапин", "Фомин", "Зуев", "Егоров")
NAMES = ("Вера Ильинична", "Анна Петровна", "Пётр Ильич", "Олег Юрьевич", "Фёдор Лукич", "Яна Львовна")
STREETS = ("Лесная", "Центральная", "Новая", "Садовая", "Озёрная", "Школьная", "Речная", "Полевая", "Воронцовский б-р")


@cache
def district_of(count: int) -> Path:
    """A closed file with so many NGOs on record."""
    path = Path(_FOLDER.name) / f"район {count}.db"
    create_district(path, "41612000", clock=Clock.fixed(TODAY), actor="Замер").close()
    _fill(path, count)
    with Database.open(path, clock=Clock.fixed(TODAY), actor="Замер") as database:
        keep_up(database)
    _no_copy_of_the_day(path)
    return path


def _no_copy_of_the_day(path: Path) -> None:
    """The window would copy and check the whole file beside what is measured."""
    folder = path.parent / "копии"
    folder.mkdir(exist_ok=True)
    (folder / f"{path.stem} {TODAY}{path.suffix}").touch()


def _fill(path: Path, count: int) -> None:
    chance = random.Random(SEED)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA synchronous = OFF")
    places = connection.execute(
        "SELECT id, name FROM settlement WHERE territory_code LIKE '41612%' ORDER BY id"
    ).fetchall()
    rows, intervals, statuses, marks = [], [], [], []
    for id in range(1, count + 1):
        okopf, whole, brief = chance.choice(FORMS)
        bare = f"«{chance.choice(FIRST)} {chance.choice(SECOND)} {id}»"
        what = chance.choice(WHAT)
        name, short = f"{whole} {what} {bare}", f"{brief} {bare}"
        place_id, place = chance.choice(places)
        ogrn, inn = ogrn_with_check_digit(f"1{20 + id % 7}47{id:07d}"), inn_with_check_digit(f"47{id:07d}")
        address = f"Ленинградская область, {place}, ул. {chance.choice(STREETS)}, д. {chance.randint(1, 150)}"
        director = f"{chance.choice(FAMILIES)} {chance.choice(NAMES)}"
        phone = f"8 (81370) {chance.randint(10, 99)}-{chance.randint(100, 999)}"
        folded = " ".join((fold(name), fold(short), ogrn, inn, fold(place)))
        rows.append((id, f"{id:08x}-0000-4000-8000-000000000000", "legal", name, short, fold(short), folded,
                     fold_name(name), okopf, ogrn, inn, "", address, place_id, director, phone))  # fmt: skip
        intervals.append((id, "2020-01-01", "2025-Q4", 1))
        status = chance.choice(("active", "active", "unverified", "inactive"))
        statuses.append((id, "2020-01-01", "2025-Q4", status, ""))
        if id % 3 == 0:
            marks.append((id, "sonko", "2021-01-01", "2025-Q4", "", ""))
    connection.executemany(
        "INSERT INTO ngo (id, uuid, kind, name, short_name, called, folded, folded_name, okopf, ogrn, inn, kpp,"
        " address, settlement_id, director, phone, okved, primary_here, primary_where, is_branch, email, site,"
        " verified_by, note)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', 1, '', 0, '', '', '', '')",
        rows,
    )
    connection.executemany(
        "INSERT INTO ngo_interval (ngo_id, taken_on, taken_account, before_records) VALUES (?, ?, ?, ?)", intervals
    )
    connection.executemany(
        "INSERT INTO ngo_status (ngo_id, since, account, status, basis) VALUES (?, ?, ?, ?, ?)", statuses
    )
    connection.executemany(
        "INSERT INTO ngo_mark (ngo_id, mark, since, account, basis, services) VALUES (?, ?, ?, ?, ?, ?)", marks
    )
    connection.execute("DELETE FROM search_state")  # so that the words are made at the next opening
    connection.commit()
    connection.close()


@cache
def plain_district_of(count: int) -> Path:
    """A closed file with so many NGOs of which names and numbers alone are told, and no words to search by."""
    path = Path(_FOLDER.name) / f"большой район {count}.db"
    create_district(path, "41612000", clock=Clock.fixed(TODAY), actor="Замер").close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA synchronous = OFF")
    mixed = "n * 7919 % :count"
    connection.execute(
        "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :count)"
        " INSERT INTO ngo (id, uuid, kind, name, short_name, called, folded, folded_name, okopf, ogrn, inn, kpp,"
        " address, settlement_id, director, phone, okved, primary_here, primary_where, is_branch, email, site,"
        " verified_by, note)"
        f" SELECT n, printf('%08x-0000-4000-8000-000000000000', n), 'legal', printf('Фонд «Свет %07d»', {mixed}), '',"
        f" printf('фонд свет %07d', {mixed}), '', '', '70400', printf('1%012d', n), printf('47%08d', n), '', '',"
        " (SELECT min(id) FROM settlement), '', '', '', 1, '', 0, '', '', '', '' FROM numbers",
        {"count": count},
    )
    connection.commit()
    connection.close()
    return path
