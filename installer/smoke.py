"""Tries what `make installer-linux` made as an office PC would: `python installer/smoke.py out/installer`.

The folder is installed into a home of its own, with no Python on the PATH, an empty environment and no network; then
the demo, the return, the window under Xvfb, an upgrade, a refused downgrade, a stick, and the removal that keeps data.
chroot.py beside it tries the .deb in a bare Debian.
Prints what it measured; the first promise that is not kept ends it with exit 1.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ("sh", "cp", "mv", "rm", "mkdir", "chmod", "cat", "sort", "tail", "readlink", "ln", "dirname", "grep", "rmdir",
         "sha256sum")  # fmt: skip
"""What install.sh and uninstall.sh call: an office PC has these, and Python is not among them."""
TITLE = "Куратор НКО"
SECONDS = 120
measured: dict[str, float] = {}


def check(promise: str, kept: object) -> None:
    if not kept:
        sys.exit(f"НЕ ДЕРЖИТСЯ: {promise}")
    print(f"  ✓ {promise}", flush=True)


@contextmanager
def timed(what: str) -> Iterator[None]:
    begun = time.monotonic()
    yield
    measured[what] = round(time.monotonic() - begun, 2)


def tell_measured(how: str = "") -> None:
    print(f"Измерено{how}:")
    for what, value in measured.items():
        print(f"  {what}: {value}")


def alone() -> list[str]:
    """Puts a command where there is no network, if the system lets us."""
    wanted = ["unshare", "--map-root-user", "--net"]
    allowed = shutil.which("unshare") and subprocess.run([*wanted, "true"], capture_output=True, check=False)
    return wanted if allowed and allowed.returncode == 0 else []


class Person:
    """Somebody at an office PC: a home, a bare PATH, an empty environment, no network."""

    def __init__(self, folder: Path, prefix: Sequence[str] = ()) -> None:
        self.home, self.bin, self.prefix = folder / "дом Анны", folder / "bin", [*prefix]
        self.home.mkdir(parents=True)
        self.bin.mkdir()
        for name in TOOLS:
            found = shutil.which(name)
            check(f"есть {name}", found) if found is None else (self.bin / name).symlink_to(str(found))
        self.environment = {"HOME": str(self.home), "PATH": str(self.bin)}

    def command(self, *command: str) -> list[str]:
        told = [f"{name}={value}" for name, value in self.environment.items()]
        return [*self.prefix, shutil.which("env") or "env", "-i", *told, *command]

    def run(self, *command: str, code: int = 0) -> str:
        done = subprocess.run(self.command(*command), capture_output=True, text=True, check=False, timeout=600)
        if done.returncode != code:
            sys.exit(f"НЕ ДЕРЖИТСЯ: от {command} ждали код {code}, а был {done.returncode}\n"
                     f"{(done.stdout + done.stderr)[-2000:]}")  # fmt: skip
        return done.stdout + done.stderr


@contextmanager
def screen() -> Iterator[str]:
    reading, writing = os.pipe()
    # Without -noreset the server begins anew when xdotool, its only client, leaves, and refuses who comes meanwhile.
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-ac", "-noreset"],
        pass_fds=(writing,), stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            yield f":{told.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


def picture(display: str, path: Path) -> None:
    """What is on the screen, as soon as the window has painted itself."""
    grab = ("import sys; from PySide6.QtGui import QGuiApplication as A; a = A([]);"
            "p = a.primaryScreen().grabWindow(0); c = p.toImage().pixelColor(600, 300);"
            "sys.exit(c.lightness() == 0 or not p.save(sys.argv[1]))")  # fmt: skip
    begun = time.monotonic()
    while subprocess.run([sys.executable, "-c", grab, str(path)], check=False,
                         env={**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}).returncode:
        if time.monotonic() - begun > SECONDS:
            sys.exit("НЕ ДЕРЖИТСЯ: окно осталось пустым")
        time.sleep(1)


def see_window(person: Person, program: str, database: str, shown: Path, what: str) -> None:
    """Starts the window, waits for it on the screen, pictures it and ends it."""
    with screen() as display:
        person.environment["DISPLAY"] = display
        begun = time.monotonic()
        run = subprocess.Popen(person.command(program, "--db", database), stderr=subprocess.PIPE, text=True)
        try:
            seen = ["xdotool", "search", "--onlyvisible", "--name", TITLE]
            while subprocess.run(seen, env={**os.environ, "DISPLAY": display}, capture_output=True).returncode:
                if run.poll() is not None or time.monotonic() - begun > SECONDS:
                    run.terminate()
                    sys.exit(f"НЕ ДЕРЖИТСЯ: окно не открылось\n{run.communicate()[1]}")
                time.sleep(0.02)
            measured[what] = round(time.monotonic() - begun, 2)
            time.sleep(5)  # the pages of a file come after the window; this is a picture, not a test of them
            picture(display, shown)
            check(f"окно открыто: {shown}", run.poll() is None)
        finally:
            del person.environment["DISPLAY"]
            run.terminate()
            run.wait()


def work(person: Person, program: str, folder: Path, shown: Path, what: str) -> None:
    """What the demo, the return and the window are to do; folder is where the person may write."""
    out = folder / "пример"
    with timed(f"{what}: demo, с"):
        person.run(program, "demo", "--out", str(out))
    check("выдуманный район сделан", (out / "demo.db").is_file())
    papers = sorted(path.name for path in out.glob("НКО-47-кв_*"))
    check("его отчёт: PDF и Excel", len(papers) == 2)
    told = json.loads(person.run(program, "--db", str(out / "demo.db"), "--json", "returns"))
    check("утверждённые отчёты читаются", len(told["returns"]) >= 4)
    read = person.run(program, "--db", str(out / "demo.db"), "diff", "2026-Q2", "2026-Q3", code=1)
    check("два отчёта сравниваются", "различий" in read)
    person.run(program, "--db", str(out / "demo.db"), "import", "ngos", str(out / "НКО.xlsx"), "--dry-run")
    check("список Excel читается", True)
    see_window(person, program, str(out / "demo.db"), shown, f"{what}: окно на экране, с")


def try_folder(packed: Path, folder: Path) -> None:
    print(f"Папка {packed.name}")
    with timed("tar.xz: распаковать, с"):
        subprocess.run(["tar", "-xJf", str(packed), "-C", str(folder)], check=True)
    (source,) = folder.glob("kurator-nko-*")
    measured["папка: размер, МБ"] = size(source / "program")
    person = Person(folder, alone())
    check("сети нет", person.prefix)
    damaged = source / "program/_internal/NOTICE"
    whole = damaged.read_bytes()
    damaged.write_bytes(whole[:-1] + b"?")
    check("повреждённый пакет не ставится", "повреждён" in person.run("sh", str(source / "install.sh"), code=1))
    damaged.write_bytes(whole)
    with timed("tar.xz: install.sh, с"):
        said = person.run("sh", str(source / "install.sh"))
    program = person.home / ".local/opt/kurator-nko/kurator-nko"
    check("установлена без прав и без сети", program.is_file() and "установлен" in said)
    entry = person.home / ".local/share/applications/kurator-nko.desktop"
    check("есть в меню", f'Exec="{program}" %f' in entry.read_text(encoding="utf-8"))
    check("команда работает", "demo" in person.run(str(person.home / ".local/bin/kurator-nko"), "--help"))
    work(person, str(program), person.home, ROOT / "out/installer-window.png", "tar.xz")

    person.run(str(program), "init", "--oktmo", "41612000")
    data = person.home / ".local/share/kurator-nko"
    check("данные — в папке человека", (data / "учёт.kurator").is_file() and data.stat().st_mode & 0o077 == 0)
    check("обновление на месте", "обновлён" in person.run("sh", str(source / "install.sh")))
    (program.parent / "VERSION").write_text("99.0\n", encoding="utf-8")
    check("старая поверх новой не ставится", "новее" in person.run("sh", str(source / "install.sh"), code=1))
    said = person.run("sh", str(program.parent / "uninstall.sh"))
    check("удалена целиком", not program.parent.exists() and not entry.exists())
    check("данные остались, и сказано где", (data / "учёт.kurator").is_file() and str(data) in said)

    stick = folder / "флешка"
    before = sorted(person.home.rglob("*"))
    person.run("sh", str(source / "install.sh"), "--portable", str(stick))
    person.run(str(stick / "kurator-nko/kurator-nko"), "init", "--oktmo", "41612000")
    check("на носителе файл рядом с программой", (stick / "kurator-nko/data/учёт.kurator").is_file())
    check("на компьютере ничего не осталось", sorted(person.home.rglob("*")) == before)
    stick = stick.rename(folder / "другая буква")
    person.run("sh", str(source / "install.sh"), "--portable", str(stick))
    person.run(str(stick / "kurator-nko/kurator-nko"), "returns")
    check("носитель переехал и обновлён: файл на месте", (stick / "kurator-nko/data/учёт.kurator").is_file())


def size(folder: Path) -> float:
    found = {path.stat().st_ino: path.stat().st_size for path in folder.rglob("*") if path.is_file()}
    return round(sum(found.values()) / 2**20, 1)


def main(folder: Path) -> None:
    for path in sorted(folder.glob("kurator-nko*")):
        measured[f"{path.name}, МБ"] = round(path.stat().st_size / 2**20, 1)
    (packed,) = folder.glob("kurator-nko-*.tar.xz")
    with tempfile.TemporaryDirectory() as place:
        try_folder(packed, Path(place))
    tell_measured()


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
