"""Where the program for Windows lies, tried under wine: `python installer/wine_places.py out/installer`, after wine.py.

A folder with Russian letters and spaces, a stick that is updated by the program on it, a stick that cannot be written
to, a disk without room; and that no address is asked for.  Sticks and disks are file systems of their own, which only
root can make here.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from next_version import make
from smoke import ROOT, check, picture
from smoke_update import version_of
from wine import KEY, OWN_FILE, REFUSED, Windows, there
from wine_update import OURS, RELAY, desktop, until

ASKING = re.compile(r"winsock:(?:connect|WSAConnect|WS2_ConnectEx|getaddrinfo node|GetAddrInfo\w* node|gethostbyname"
                    r"|sendto|WSASend)")  # fmt: skip
OWN_NAME = f'"{socket.gethostname()}"'
"""Of this computer: wine's own start asks for it."""


def asked(trace: str) -> list[str]:
    """What of the network was asked for, by wine's trace of it."""
    return [line for line in trace.splitlines() if ASKING.search(line) and OWN_NAME not in line]


def traced(pc: Windows, *command: str) -> str:
    with pc.start("wine", *command, WINEDEBUG="-all,+winsock") as run:
        return run.communicate(timeout=900)[1]


def try_silence(pc: Windows) -> None:
    with zipfile.ZipFile(ROOT / "build/windows/python.zip") as archive:
        archive.extractall(pc.folder / "python")
    speaking = "import socket; socket.create_connection(('127.0.0.1', 9), 1)"
    told = traced(pc, str(pc.folder / "python/python.exe"), "-c", speaking)
    check("попытка соединиться была бы видна", asked(told))
    told = traced(pc, str(pc.program / f"{KEY}-cli.exe"), "demo", "--out", there(pc.folder / "пример"))
    check("пример и отчёт собраны, ни к какому адресу не обращались", "winsock" in told and asked(told) == [])
    with desktop(pc) as hands:
        run = pc.start("wine", str(pc.program / f"{KEY}.exe"), "--db", there(pc.folder / "пример/demo.db"),
                       display=hands.display, WINEDEBUG="-all,+winsock")  # fmt: skip
        hands.turns_to(OURS)
        time.sleep(20)
        hands.turns_to(OURS)
        hands.hand("key", "alt+F4")
        told = run.communicate(timeout=120)[1]
    check("и окно тоже", "winsock" in told and asked(told) == [])
    check("журнал сбоев пуст", not any(path.stat().st_size for path in pc.person.rglob("kurator.log*")))


def try_russian_folder(pc: Windows, setup: Path) -> None:
    """By the relay, which gives the words as they are; this wine's own start would quote `/D=` with a space."""
    place = pc.folder / "Мои программы/Учёт НКО"
    told = pc.folder / "что было"
    told.mkdir()
    own = pc.folder / "setup.exe"
    shutil.copy(setup, own)
    with pc.start("wine", str(pc.program / RELAY), stdin=subprocess.PIPE, KURATOR_SETUP=there(own),
                  KURATOR_HOW=f"/S /PORTABLE /D={there(place)}", KURATOR_TOLD=there(told),
                  KURATOR_START="C:\\windows\\system32\\hostname.exe") as run:  # fmt: skip
        run.communicate("closed\n", timeout=900)
    check("папка с пробелом и русскими буквами", (told / "update.code").read_text().strip() == "0")
    pc.command("init", "--oktmo", "41612000", program=place)
    pc.command("return", "2026-Q3", "--draft", "--out", there(place.parent), program=place)
    check("и работает оттуда", (place / "data" / OWN_FILE).is_file() and list(place.parent.glob("*.pdf")))


@contextmanager
def disk(pc: Windows, letter: str, megabytes: int) -> Iterator[Path]:
    """A file system of its own, with a letter."""
    place = pc.folder / f"диск {letter} {megabytes}"
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(place)], check=True)
    drive = pc.folder / f"wine/dosdevices/{letter}:"
    try:
        drive.unlink(missing_ok=True)
        drive.symlink_to(place)
        yield place
    finally:
        pc.stop()
        drive.unlink()
        subprocess.run(["umount", str(place)], check=True)


def try_no_room(pc: Windows, setup: Path, size: int) -> None:
    with disk(pc, "r", 40) as place:
        said = pc.install(setup, "/PORTABLE", f"/D=R:\\{KEY}", code=REFUSED)
        check(f"мало места: сказано заранее: {said}", re.search("свободно (39|40) МБ", said))
        check("и ничего не оставлено", list(place.iterdir()) == [])
    with disk(pc, "r", size + 4) as place:  # as if another program filled the disk meanwhile
        said = pc.install(setup, "/PORTABLE", f"/D=R:\\{KEY}", code=REFUSED)
        check(f"место кончилось посреди установки: {said}", "мало места" in said)
        check("и за собой убрано", list(place.iterdir()) == [])


def try_stick(pc: Windows, packed: Path, setup: Path, newer: Path) -> None:
    """The program on a stick updates itself there; then the stick is locked."""
    before = {path for path in pc.person.rglob("*") if "Temp" not in path.parts}
    known = pc.registry("Classes")
    with disk(pc, "s", 1500) as stick:
        with zipfile.ZipFile(packed) as archive:
            archive.extractall(stick)
        (stick / KEY).rename(stick / "Учёт НКО")
        program = stick / "Учёт НКО"
        pc.command("init", "--oktmo", "41612000", program=program)
        packages = stick / "новая версия"
        packages.mkdir()
        for path in (newer, newer.parent / "SHA256SUMS"):
            shutil.copy(path, packages)
        with desktop(pc) as hands:
            run = pc.start("wine", "S:\\Учёт НКО\\kurator-nko-cli.exe", "update", "S:\\новая версия",
                           display=hands.display)  # fmt: skip
            # not read to its end: of wine what is started by it keeps the same pipe
            check("команда update на носителе", run.wait(900) == 0)
            until("новая программа открылась с носителя и рассказала",
                  lambda: (program / "VERSION").is_file() and (program / "VERSION").read_text().strip()
                  == version_of(newer) and not (program / "data/log/update.json").exists(), 300)  # fmt: skip
            hands.turns_to(OURS)
            time.sleep(8)
            picture(hands.display, ROOT / "out/installer-windows-stick.png")
            hands.hand("key", "alt+F4")
            file = program / "data" / OWN_FILE
            until("файл закрыт", lambda: not file.with_name(f"{OWN_FILE}.lock").exists())
        check("файл рядом, копия сделана", file.is_file() and list(file.parent.rglob("*перед обновлением программы*")))
        check("лишнего на носителе нет", sorted(path.name for path in stick.iterdir()) == ["Учёт НКО", "новая версия"])
        left = [str(path) for path in pc.person.rglob("*") if "Temp" not in path.parts and path not in before]
        check(f"на компьютере ничего не осталось {left or ''}".strip(), not left and pc.registry("Classes") == known)
        pc.stop()
        subprocess.run(["mount", "-o", "remount,ro", str(stick)], check=True)
        with pc.start("wine", "S:\\Учёт НКО\\kurator-nko-cli.exe", "returns") as run:
            said = run.communicate(timeout=120)[1]
        check("запертый носитель: сказано, что делать", run.returncode == REFUSED and "только для чтения" in said)
        said = pc.install(setup, "/PORTABLE", f"/D=S:\\{KEY}", code=REFUSED)
        check(f"и установка на него: {said}", "носитель заперт" in said)
        with desktop(pc) as hands:
            pc.start("wine", "S:\\Учёт НКО\\kurator-nko.exe", display=hands.display)
            time.sleep(25)
            picture(hands.display, ROOT / "out/installer-windows-read-only.png")


def main(folder: Path) -> None:
    setup, packed = next(folder.glob("*-setup.exe")), next(folder.glob("*-portable.zip"))
    newer = next(make(folder, windows=True).glob("*-setup.exe"))
    place = Path(tempfile.mkdtemp(prefix="ПК Анны "))
    pc = Windows(place)
    try:
        print("Где лежит программа")
        pc.install(setup)
        try_silence(pc)
        try_russian_folder(pc, setup)
        if os.geteuid() == 0:
            size = sum(path.stat().st_size for path in pc.program.rglob("*") if path.is_file()) // 2**20
            try_no_room(pc, setup, size)
            try_stick(pc, packed, setup, newer)
        else:
            print("Носитель только для чтения и диск без места не пробовали: нужен root")
    finally:
        pc.stop()
        shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
