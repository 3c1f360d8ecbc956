"""The update on Windows, tried under wine: `python installer/wine_update.py out/installer`, after wine.py.

First what waits for the program (windows/relay.c) by itself, with stand-ins for the installer and the program.  Then
the whole: today's program is the version before, next_version.py makes the one after, and a person at the window names
its file on a stick; the program closes, the new one opens and says so.  Before that what has to leave everything as it
was: another window is open, the program is killed, a file that the new one does not take, a spoilt package.  Prints
what it measured.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from next_version import make
from smoke import ROOT, SECONDS, check, measured, picture, screen, tell_measured, timed
from smoke_update import version_of
from wine import HELD, KEY, REFUSED, Windows, there

RELAY = "kurator-nko-relay.exe"
CC = ("x86_64-w64-mingw32-gcc", "-std=c11", "-Os", "-s", "-municode", "-mwindows", "-finput-charset=UTF-8")


class Waiting:
    """The relay in a folder with a name of every kind, with stand-ins for what it runs."""

    def __init__(self, pc: Windows, *codes: int) -> None:
        self.pc = pc
        self.folder = pc.folder / "Папка & 100% ^имя!"
        shutil.rmtree(self.folder, ignore_errors=True)
        self.told = self.folder / "что было"
        self.told.mkdir(parents=True)
        for source, name in (("relay.c", RELAY), ("wine/setup.c", "setup.exe")):
            made = pc.folder / name
            if not made.exists():
                subprocess.run([*CC, "-o", str(made), str(ROOT / "installer/windows" / source)], check=True)
            shutil.copy(made, self.folder)
        shutil.copy(self.folder / "setup.exe", self.folder / "kurator-nko.exe")
        (self.told / "update.json").write_text("{}")
        (self.folder / "codes").write_text(" ".join(map(str, codes)))
        self.how = "/S /NOBACKUP /D=C:\\Мои программы\\kurator-nko"
        self.run = pc.start(
            "wine", str(self.folder / RELAY), stdin=subprocess.PIPE, KURATOR_SETUP=there(self.folder / "setup.exe"),
            KURATOR_HOW=self.how, KURATOR_TOLD=there(self.told), KURATOR_START=there(self.folder / "kurator-nko.exe"),
        )  # fmt: skip

    def close(self, word: str) -> int:
        assert self.run.stdin is not None
        self.run.stdin.write(word)
        self.run.stdin.flush()
        time.sleep(1)  # what it must not do yet would be done by now
        if self.called:
            sys.exit("НЕ ДЕРЖИТСЯ: пока программа жива, ничего не ставится")
        return self.end()

    def end(self) -> int:
        self.run.communicate(timeout=60)
        deadline = time.monotonic() + 10  # the stand-in of the program is started last, and nobody waits for it
        while self.code and "kurator-nko.exe" not in self.names and time.monotonic() < deadline:
            time.sleep(0.1)
        return self.run.returncode

    @property
    def called(self) -> list[list[str]]:
        """Of each call: the name of what was called, its words, its folder, how long one of our variables is."""
        told = self.folder / "called"
        lines = told.read_bytes().decode("utf-16-le").splitlines() if told.exists() else []
        return [line.split("|") for line in lines]

    @property
    def names(self) -> list[str]:
        return [call[0] for call in self.called]

    @property
    def code(self) -> str:
        path = self.told / "update.code"
        return path.read_text().strip() if path.exists() else ""

    @property
    def log(self) -> str:
        path = self.told / "update.log"
        return path.read_text(encoding="utf-16").strip() if path.exists() else ""


def try_relay(pc: Windows) -> None:
    print("Что ждёт конца программы (kurator-nko-relay.exe)")
    whole = ["setup.exe", "kurator-nko.exe"]
    waiting = Waiting(pc, 0)
    check("код установщика — её код", waiting.close("closed\n") == 0 and waiting.code == "0")
    setup, program = waiting.called
    check("установщик получил свои слова, программа — никаких", (setup[1], program[1]) == (waiting.how, ""))
    check("ни один не держит папку программы", all("Temp" in call[2] for call in (setup, program)))
    check("и не знает, что ждало", {setup[3], program[3]} == {"0"})
    left = sorted(path.name for path in waiting.folder.iterdir())
    check("установщик убран, рассказано один раз", "setup.exe" not in left and waiting.log == "")
    pc.run("wine", str(waiting.folder / RELAY), code=3)  # no word, no environment
    check("запущенное человеком, ничего не делает", waiting.names == whole)
    for word in ("", "clo", "closedown\n", "\n"):
        waiting = Waiting(pc, 0)
        check(f"без слова ({word!r}) ничего не меняется", waiting.close(word) == 0 and not waiting.called)
        check("и ничего не остаётся", not list(waiting.told.iterdir()) and not (waiting.folder / "setup.exe").exists())
    waiting = Waiting(pc, HELD, HELD, 0)
    check("папка, которую ещё держат, пробуется снова", waiting.close("closed\n") == 0 and waiting.code == "0")
    check("до трёх раз", waiting.names == ["setup.exe", *["setup.exe"], *whole])
    waiting = Waiting(pc, HELD, HELD, HELD, 0)
    check("потом прежняя программа открывается снова", waiting.close("closed\n") == HELD and waiting.code == str(HELD))
    check("и сказано почему", waiting.names == ["setup.exe", "setup.exe", *whole] and waiting.log == "Диск сломан.")
    waiting = Waiting(pc, REFUSED, 0)
    check("отказ не повторяется", waiting.close("closed\n") == REFUSED and waiting.names == whole)
    check("его слова и код записаны", (waiting.log, waiting.code) == ("Диск сломан.", str(REFUSED)))
    waiting = Waiting(pc)
    (waiting.folder / "setup.exe").write_bytes(b"?")
    check("установщик, который не запускается: тоже сказано", waiting.close("closed\n") == 3)
    check("и открыта прежняя", "не запустился" in waiting.log and waiting.names == ["kurator-nko.exe"])


# --- the whole of it ----------------------------------------------------------------------------

CHOOSE = "Пакет новой версии"
"""The title of Windows' own dialog."""
OURS = "— Куратор НКО"
SHADE = (90, 560)
"""A place of the window that a dialog of its own darkens."""
KILLED = """
import os, sys
from pathlib import Path
from app.usecases.update_relay import Waiting, keep_ticket
from app.usecases.updating import look, make_ready, moment
ready = make_ready(look(Path(sys.argv[1])), None, window=True)
waiting = Waiting(ready.relay)
keep_ticket(ready.found.package.version, ready.found.news, moment(), waiting.process.pid)
print(waiting.process.poll() is None, flush=True)
os.kill(os.getpid(), 9)
"""
"""A program that has made ready, and is killed before it has closed in order."""


class Hands:
    """Somebody at the keyboard of that PC."""

    def __init__(self, pc: Windows, display: str) -> None:
        self.pc, self.display, self.title = pc, display, OURS
        self.environment = {**os.environ, "DISPLAY": display}

    def hand(self, *words: str, must: bool = True) -> bool:
        done = subprocess.run(["xdotool", *words], env=self.environment, capture_output=True, check=False)
        if must and done.returncode:
            sys.exit(f"НЕ ДЕРЖИТСЯ: xdotool {words}: {done.stderr.decode()}")
        return done.returncode == 0

    def types(self, text: str, layout: str) -> None:
        """us for Latin letters, ru for Russian ones: a person switches it too."""
        subprocess.run(["setxkbmap", "-layout", layout], env=self.environment, check=True)
        time.sleep(1)  # wine hears of it by an event of the server
        self.hand("type", "--delay", "60", text)
        subprocess.run(["setxkbmap", "-layout", "us"], env=self.environment, check=True)
        time.sleep(1)

    def turns_to(self, title: str) -> None:
        """The window of that title: wine leaves the keys with nobody when one of its dialogs has closed."""
        until(f"окно «{title}» на экране", lambda: self.hand("search", "--onlyvisible", "--name", title, must=False))
        self.hand("search", "--onlyvisible", "--name", title, "windowactivate", "--sync")
        time.sleep(1)

    def shade(self) -> int:
        grab = ("import sys; from PySide6.QtGui import QGuiApplication as A; a = A([]);"
                "print(a.primaryScreen().grabWindow(0).toImage().pixelColor(*map(int, sys.argv[1:])).rgb())")
        told = subprocess.run([sys.executable, "-c", grab, *map(str, SHADE)], capture_output=True, text=True,
                              check=True, env={**self.environment, "QT_QPA_PLATFORM": "xcb"}).stdout  # fmt: skip
        return int(told)

    def finds(self, package: str) -> None:
        """Ctrl+K, «обновить программу», the file; ends with the dialog that tells what was found."""
        for _ in range(4):  # a busy computer loses a key now and then
            self.turns_to(self.title)
            before = self.shade()
            self.hand("key", "ctrl+k")
            if not soon(lambda before=before: self.shade() != before):
                continue
            self.types("обновить программу", "ru")
            time.sleep(4)
            self.hand("key", "Return")
            if not soon(lambda before=before: self.shade() == before):
                self.hand("key", "Escape")
                continue
            time.sleep(4)
            self.hand("key", *["Tab"] * 5)  # past the name and the theme
            time.sleep(1)
            self.hand("key", "space")
            if soon(lambda: self.hand("search", "--onlyvisible", "--name", CHOOSE, must=False)):
                break
        self.turns_to(CHOOSE)
        self.types(package, "us")
        self.hand("key", "Return")
        until("найденное показано", lambda: self.shade() != before)
        self.turns_to(self.title)


def soon(seen: Callable[[], object], seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while not seen():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def until(what: str, seen: Callable[[], object], seconds: float = SECONDS) -> None:
    if not soon(seen, seconds):
        sys.exit(f"НЕ ДЕРЖИТСЯ: {what}")


@contextmanager
def desktop(pc: Windows) -> Iterator[Hands]:
    pc.stop()  # a desktop that began without a screen would show none
    with screen() as display:
        manager = subprocess.Popen(["openbox"], env={**os.environ, "DISPLAY": display}, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)  # fmt: skip
        try:
            yield Hands(pc, display)
        finally:
            pc.stop()
            manager.terminate()
            manager.wait()


def opened(pc: Windows, file: Path, display: str, title: str = OURS) -> subprocess.Popen[str]:
    run = pc.start("wine", str(pc.program / f"{KEY}.exe"), "--db", there(file), display=display)
    seen = ["xdotool", "search", "--onlyvisible", "--name", title]
    until("окно программы на экране", lambda: subprocess.run(
        seen, env={**os.environ, "DISPLAY": display}, capture_output=True, check=False).returncode == 0)  # fmt: skip
    time.sleep(15)  # the pages of a file come after the window
    return run


def revision(file: Path) -> str:
    connection = sqlite3.connect(file)
    try:
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])
    finally:
        connection.close()


def version(pc: Windows) -> str:
    mark = pc.program / "VERSION"  # for a moment there is none
    return mark.read_text().strip() if mark.is_file() else ""


def told(pc: Windows, name: str) -> Path:
    return pc.local / KEY / "Logs" / name


def beside(pc: Windows) -> list[str]:
    return sorted(path.name for path in pc.program.parent.iterdir())


def refused(pc: Windows, file: Path, stick: Path, before: str) -> None:
    """By the command, which takes the same way; all of it before anything is changed."""
    package = next(stick.glob("*-setup.exe"))
    whole = package.read_bytes()
    update = (str(pc.program / f"{KEY}-cli.exe"), "--db", there(file), "update", "E:\\")

    def says(what: str, words: str) -> None:
        with pc.start("wine", *update) as run:
            said = run.communicate(timeout=900)[1].replace("\u00a0", " ")
        kept = run.returncode == REFUSED and words in said and version(pc) == before and beside(pc) == [KEY]
        check(f"{what}: «{words}»", kept)

    package.write_bytes(whole[: len(whole) // 2])
    says("скопированный не целиком пакет не ставится", "испорчен")
    package.write_bytes(whole)
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE programme_before (x)")  # where the migration puts its own
    connection.commit()
    says("новая версия, которая не примет файл, не ставится", "не приняла копию вашего файла")
    connection.execute("DROP TABLE programme_before")
    connection.commit()
    connection.close()
    listed = (stick / "SHA256SUMS").rename(stick / "в стороне")
    says("без списка контрольных сумм не ставится", "нет списка")
    listed.rename(stick / "SHA256SUMS")


def killed(pc: Windows, before: str) -> None:
    with zipfile.ZipFile(ROOT / "build/windows/python.zip") as archive:
        archive.extract("python.exe", pc.program / "python")
    script = pc.folder / "убита.py"
    script.write_text(KILLED, encoding="utf-8")
    folder = "C:" + str(pc.program).removeprefix(str(pc.drive)).replace("/", "\\")
    with pc.start("wine", str(pc.program / "python/python.exe"), "-X", "utf8", str(script), "E:\\",
                  KURATOR_PROGRAM_FOLDER=folder) as run:  # fmt: skip
        said, wrong = run.communicate(timeout=900)
    (pc.program / "python/python.exe").unlink()
    check("всё готово, и программу убили" if said.strip() == "True" else wrong[-900:], said.strip() == "True")
    until("билет обновления убран", lambda: not told(pc, "update.json").exists())
    stage = pc.program.with_name(f"{KEY}.update")
    check("ничего не поставлено", version(pc) == before and [path.name for path in stage.iterdir()] == [RELAY])


def fails(pc: Windows, hands: Hands, file: Path, package: str, before: str) -> None:
    """Another window of the program is open, with another file: the folder cannot be replaced."""
    other = pc.folder / "другой.kurator"
    pc.command("--db", there(other), "init", "--oktmo", "41648000")
    second = opened(pc, other, hands.display, "Тосненский")
    first = opened(pc, file, hands.display, "Всеволожский")
    check("остаток прерванного обновления убран при запуске", beside(pc) == [KEY])
    hands.title = "Всеволожский"
    hands.finds(package)
    hands.hand("key", "Return")
    check("окно закрылось само", first.wait(900) == 0)
    until("установщик сказал своё", lambda: told(pc, "update.code").exists(), 300)
    check("стоит прежняя версия", version(pc) == before)
    check("почему, записано", "открыт" in told(pc, "update.log").read_text(encoding="utf-16"))
    check("пробовалось, пока папку держат", told(pc, "update.code").read_text().strip() == str(HELD))
    until("прежняя программа открылась и сказала почему", lambda: not told(pc, "update.json").exists(), 300)
    time.sleep(15)
    picture(hands.display, ROOT / "out/installer-windows-not-updated.png")
    check("другое окно не тронуто", second.poll() is None)
    check("лишнего не осталось", beside(pc) == [KEY])


def try_window(pc: Windows, setup: Path, newer: Path) -> None:
    before, after = version_of(setup), version_of(newer)
    print(f"Обновление из окна {before} → {after}")
    stick = pc.folder / "флешка"
    stick.mkdir()
    for name in (newer.name, "SHA256SUMS", "CHANGELOG.md"):
        shutil.copy(newer.parent / name, stick)
    pc.plug("e", stick)
    package = f"E:\\{newer.name}"
    pc.install(setup)
    file = pc.folder / "учёт Анны/demo.db"
    pc.command("demo", "--out", there(file.parent))
    refused(pc, file, stick, before)
    killed(pc, before)
    shutil.rmtree(file.parent / "копии", ignore_errors=True)
    with desktop(pc) as hands:
        fails(pc, hands, file, package, before)
    shutil.rmtree(file.parent / "копии")
    with desktop(pc) as hands:
        run = opened(pc, file, hands.display)
        hands.finds(package)
        picture(hands.display, ROOT / "out/installer-windows-found.png")
        begun = time.monotonic()
        hands.hand("key", "Return")
        check("окно закрылось само", run.wait(900) == 0)
        measured["Windows: от «Обновить» до закрытого окна, с"] = round(time.monotonic() - begun, 1)
        until("новая программа открылась и рассказала", lambda: version(pc) == after
              and not told(pc, "update.json").exists(), 300)  # fmt: skip
        measured["Windows: от «Обновить» до новой программы, с"] = round(time.monotonic() - begun, 1)
        time.sleep(4)
        picture(hands.display, ROOT / "out/installer-windows-updated.png")
        check("код установщика 0", told(pc, "update.code").read_text().strip() == "0")
        until("рядом ничего не осталось", lambda: beside(pc) == [KEY])
        time.sleep(15)
        hands.turns_to(OURS)
        hands.hand("key", "alt+F4")
        until("файл закрыт", lambda: not file.with_name(f"{file.name}.lock").exists())
    check("файл открыт новой программой и переведён", revision(file) == "0002")
    made = sorted(path.name for path in (file.parent / "копии").glob("*перед обновлением*"))
    check("копии: до обновления и до перевода", len(made) == 2)
    check("старая поверх новой не ставится", "новее" in pc.install(setup, code=REFUSED))


def main(folder: Path) -> None:
    place = Path(tempfile.mkdtemp(prefix="ПК Анны "))
    pc = Windows(place)
    try:
        try_relay(pc)
        with timed("следующая версия для Windows: сборка, с"):
            newer = make(folder, windows=True)
        try_window(pc, next(folder.glob("*-setup.exe")), next(newer.glob("*-setup.exe")))
    finally:
        pc.stop()
        shutil.rmtree(place, ignore_errors=True)
    tell_measured(" (под wine)")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
