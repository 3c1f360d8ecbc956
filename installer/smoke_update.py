"""The update from the version before with its file: `python installer/smoke_update.py out/installer`.

Today's packages are the version before; next_version.py makes the one after, whose schema is one revision on.  Here the
folder of a person is updated by `update`; chroot.py beside it updates the .deb.  Prints what it measured.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from next_version import NEWS, make
from smoke import ROOT, Person, alone, check, picture, tell_measured, timed

TABLES = ("programme", "programme_year", "support", "ngo", "journal", "journal_value", "frozen_return")


class State:
    """What stands in a closed file: its revision, how many rows, and what its program says of its returns."""

    def __init__(self, person: Person, program: str, database: Path) -> None:
        connection = sqlite3.connect(database)
        try:
            (self.revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            self.columns = [row[1] for row in connection.execute("PRAGMA table_info(programme)")]
            self.rows = {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in TABLES}
        finally:
            connection.close()
        self.returns = json.loads(person.run(program, "--db", str(database), "--json", "returns"))


def version_of(package: Path) -> str:
    found = re.search(r"nko[-_](\d[\d.]*)", package.name)
    assert found is not None, package
    return found[1]


def pick(folder: Path, ending: str) -> Path:
    """Of several builds of one version that for the newest systems: this one, where it was made, is among them."""
    return max(folder.glob(f"kurator-nko*{ending}"))


def see_upgraded(person: Person, program: str, database: Path, before: State, old: str) -> None:
    """The new program opens the file of the old one: a copy first, then the migration, and nothing is lost."""
    with timed("новая программа: перевод и проверка файла, с"):
        person.run(program, "--db", str(database), "check")
    after = State(person, program, database)
    check("база переведена на следующую версию", (before.revision, after.revision) == ("0001", "0002"))
    check("новая графа есть, её раньше не было", "goal" in after.columns and "goal" not in before.columns)
    check("ни одной записи не потеряно", after.rows == before.rows and all(after.rows.values()))
    check("утверждённые отчёты те же", after.returns == before.returns)
    (copy,) = (database.parent / "копии").glob("*перед обновлением с 0001*")
    kept = sqlite3.connect(copy)
    check("копия перед переводом — прежней версии",
          kept.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",))  # fmt: skip
    kept.close()
    if old:
        said = person.run(old, "--db", str(database), "check", code=2)
        check("прежняя программа новый файл не трогает", "более новой программой" in said)


def try_folder(old: Path, new: Path, folder: Path) -> None:
    print(f"Обновление {version_of(old)} → {version_of(new)} из файла")
    subprocess.run(["tar", "-xJf", str(old), "-C", str(folder)], check=True)
    (source,) = folder.glob("kurator-nko-*")
    person = Person(folder, alone())
    person.run("sh", str(source / "install.sh"))
    target = person.home / ".local/opt/kurator-nko"
    program, out = str(target / "kurator-nko"), person.home / "пример"
    database = out / "demo.db"
    person.run(program, "demo", "--out", str(out))
    before = State(person, program, database)
    stick = folder / "флешка"
    stick.mkdir()

    said = person.run(program, "update", str(old), "--check", code=2)
    check("та же версия не ставится", "уже установлена" in said)
    whole = new.read_bytes()
    (stick / new.name).write_bytes(whole[: len(whole) // 2])
    said = person.run(program, "--db", str(database), "update", str(stick), code=2)
    check("архив, скопированный не целиком, не ставится", "не целиком" in said)
    shutil.copy(new, stick)
    with timed("update --check, с"):
        told = json.loads(person.run(program, "--json", "update", str(stick), "--check"))
    check("найдена новая версия, и видно, что в ней нового",
          (told["before"], told["after"], told["signature"]) == (version_of(old), version_of(new), "none")
          and any(NEWS in line for line in told["news"]))  # fmt: skip
    check("до обновления ничего не изменено", State(person, program, database).rows == before.rows)
    with timed("update, с"):
        said = person.run(program, "--db", str(database), "update", str(stick))
    check("обновлена", f"{version_of(old)} → {version_of(new)}" in said)
    check("стоит новая версия", (target / "VERSION").read_text(encoding="utf-8").strip() == version_of(new))
    check("копия файла до обновления", list((out / "копии").glob("*перед обновлением программы*")))
    check("лишнего не осталось", [path.name for path in target.parent.iterdir()] == ["kurator-nko"])
    check("сам файл ещё прежний: его переводит первое открытие", _revision(database) == "0001")
    see_upgraded(person, program, database, before, str(source / "program/kurator-nko"))
    said = person.run(program, "update", str(old), code=2)
    check("старая поверх новой не ставится", "она новее" in said)
    check("и прямо тоже", "она новее" in person.run("sh", str(source / "install.sh"), code=1))


def try_window(old: Path, new: Path, folder: Path) -> None:
    """The same from the window, by the mouse and keys of a screen: it closes, the new one opens and says so."""
    sys.path.insert(0, str(ROOT))
    from tests.outside.desktop import Desktop, missing

    if missing():
        print(f"Обновление из окна не пробовали: нет {' '.join(missing())}")
        return
    print("Обновление из окна")
    subprocess.run(["tar", "-xJf", str(old), "-C", str(folder)], check=True)
    (source,) = folder.glob("kurator-nko-*")
    home, stick = folder / "home", folder / "stick"
    stick.mkdir()
    shutil.copy(new, stick)
    environment = {"HOME": str(home), "PATH": os.environ["PATH"]}
    home.mkdir()
    subprocess.run(["sh", str(source / "install.sh")], check=True, capture_output=True, env=environment)
    program, database = home / ".local/opt/kurator-nko/kurator-nko", home / "demo/demo.db"
    subprocess.run([str(program), "demo", "--out", str(database.parent)], check=True, capture_output=True,
                   env=environment)  # fmt: skip
    with Desktop(home) as desktop:
        anna = desktop.person("--db", str(database), program=[str(program)])
        anna.sees("Требует внимания")
        anna.presses("ctrl+9").clicks("Имя и вид").clicks(begins="Найти в папке")
        anna.sees(begins="Папка или носитель", role="dialog")
        anna.types(str(stick)).presses("Return").sees(f"Есть новая версия {version_of(new)}")
        with timed("обновление из окна: от «Обновить» до новой программы, с"):
            anna.clicks(begins="Обновить", role="push button")
            check("окно закрылось само", anna.program.wait(300) == 0)
            anna.sees(holds=f"Программа обновлена с {version_of(old)} до {version_of(new)}")
        picture(desktop.environment["DISPLAY"], ROOT / "out/installer-updated.png")
        check("стоит новая версия", (program.parent / "VERSION").read_text("utf-8").strip() == version_of(new))
        anna.presses("alt+F4")
        deadline = time.monotonic() + 60
        while database.with_name("demo.db.lock").exists() and time.monotonic() < deadline:
            time.sleep(0.1)
    check("файл, с которым работали, открыт новой программой и переведён", _revision(database) == "0002")
    made = sorted(path.name for path in (database.parent / "копии").glob("*перед обновлением*"))
    check("копии: до обновления и до перевода", len(made) == 2)


def _revision(database: Path) -> str:
    connection = sqlite3.connect(database)
    try:
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])
    finally:
        connection.close()


def main(folder: Path) -> None:
    with timed("следующая версия: сборка, с"):
        newer = make(folder)
    for attempt in (try_folder, try_window):
        with tempfile.TemporaryDirectory() as place:
            attempt(pick(folder, ".tar.xz"), pick(newer, ".tar.xz"), Path(place))
    tell_measured()


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
