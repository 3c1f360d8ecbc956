"""The update on Windows, tried under wine: `python installer/wine_update.py out/installer`, after wine.py.

First what waits for the program (windows/relay.c) by itself, with stand-ins for the installer and the program; then the
whole of it: today's program is the version before, next_version.py makes the one after, and a person at the window finds
it on a stick.  The program closes, the new one opens and says so.  Then what fails: another window of the program is open,
the program is killed when it should close, a damaged package, no room.  Prints what it measured.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from smoke import ROOT, check, measured
from wine import HELD, REFUSED, Windows, there

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
        check("пока программа жива, ничего не ставится", not self.called)
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
    for word in ("", "clo", "closedown\n", "\n"):
        waiting = Waiting(pc, 0)
        check("без слова ничего не меняется", waiting.close(word) == 0 and not waiting.called)
        check("и не ждётся", not list(waiting.told.iterdir()) and not (waiting.folder / "setup.exe").exists())
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


def main(folder: Path) -> None:
    place = Path(tempfile.mkdtemp(prefix="ПК Анны "))
    pc = Windows(place)
    try:
        try_relay(pc)
    finally:
        pc.stop()
        shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
