"""Installs the .deb into a bare Debian without Python and tries it there: `python chroot.py out/installer`.

The Debian is the one whose glibc is nearest to what the package asks for; DEBIAN=trixie names another.
Wants root, debootstrap and Debian's packages: those are the only network, and the program itself is then run without.
The system is kept in build/chroot-… for the next time.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from next_version import make
from smoke import ROOT, Person, check, tell_measured, timed, work
from smoke_update import State, pick, see_upgraded, version_of

DEBIANS = {"bullseye": (2, 31), "bookworm": (2, 36), "trixie": (2, 41)}
"""Release -> its glibc, the oldest that Debian's mirrors still have first."""


def nearest(folder: Path) -> str:
    """The oldest release on which the packages of the folder promise to run, by the glibc in their names."""
    told = re.search(r"glibc(\d+)\.(\d+)", " ".join(path.name for path in folder.glob("*.deb")))
    needed = (int(told[1]), int(told[2])) if told else (0, 0)
    return next(release for release, glibc in DEBIANS.items() if glibc >= needed)


RELEASE = os.environ.get("DEBIAN") or nearest(ROOT / "out/installer")
SYSTEM = ROOT / f"build/chroot-{RELEASE}"
ENTER = """
mount -t proc proc "$0/proc"
mkdir -p "$0/tmp/.X11-unix"
mount --bind /tmp/.X11-unix "$0/tmp/.X11-unix"
exec chroot --userspec=1000:1000 "$0" "$@"
"""
"""Mounts of its own, which end with it, then the other system as an ordinary person."""


def system() -> None:
    """A bare Debian: perl, dpkg, apt, and no Python."""
    if (SYSTEM / "ready").is_file():
        return
    shutil.rmtree(SYSTEM, ignore_errors=True)
    listed = subprocess.run(["apt-get", "indextargets", "--format", "$(REPO_URI)"],
                            capture_output=True, text=True, check=True).stdout.split()  # fmt: skip
    mirror = next(row for row in listed if row.rstrip("/").endswith("/debian"))
    subprocess.run(["debootstrap", "--variant=minbase", RELEASE, str(SYSTEM), mirror], check=True,
                   stdout=subprocess.DEVNULL)  # fmt: skip
    inside("useradd", "--create-home", "--uid", "1000", "anna")
    (SYSTEM / "ready").touch()


def inside(*command: str) -> str:
    environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(["chroot", str(SYSTEM), *command], capture_output=True, text=True, check=False,
                          env=environment)  # fmt: skip
    if done.returncode:
        sys.exit(f"НЕ ДЕРЖИТСЯ: {command}\n{(done.stdout + done.stderr)[-3000:]}")
    return done.stdout


class Stranger(Person):
    """The same person at another computer: paths are told as they are called there."""

    def __init__(self) -> None:
        self.home = SYSTEM / "home/anna"
        self.prefix = ["unshare", "--mount", "--net", "sh", "-c", ENTER, str(SYSTEM)]
        self.environment = {"HOME": "/home/anna", "PATH": "/usr/bin:/bin"}

    def command(self, *command: str) -> list[str]:
        there = super().command(*command)[len(self.prefix) :]
        return [*self.prefix, *(word.removeprefix(str(SYSTEM)) for word in there)]


def try_package(folder: Path) -> None:
    (package,) = folder.glob("*.deb")
    print(f"Пакет {package.name} в пустой системе (Debian {RELEASE})")
    system()
    check("Python там нет", not list(SYSTEM.glob("usr/bin/python3*")))
    subprocess.run(["chroot", str(SYSTEM), "dpkg", "--purge", "kurator-nko"], capture_output=True, check=False)
    shutil.copy("/etc/resolv.conf", SYSTEM / "etc/resolv.conf")
    shutil.copy(package, SYSTEM / "tmp/kurator-nko.deb")
    inside("apt-get", "update", "-qq")
    needs = inside("dpkg-deb", "--field", "/tmp/kurator-nko.deb", "Depends").split(",")
    inside("apt-get", "install", "-qq", "-y", "--no-install-recommends", *(need.split()[0] for need in needs))
    with timed(".deb: dpkg -i, с"):
        inside("dpkg", "-i", "/tmp/kurator-nko.deb")
    anna = Stranger()
    shutil.rmtree(anna.home / "пример", ignore_errors=True)
    check("команда работает", "demo" in anna.run("kurator-nko", "--help"))
    for name in ("applications/kurator-nko.desktop", "mime/packages/kurator-nko.xml", "man/man1/kurator-nko.1.gz"):
        check(name, (SYSTEM / "usr/share" / name).is_file())
    work(anna, "kurator-nko", anna.home, ROOT / "out/installer-window-deb.png", ".deb")
    inside("dpkg", "-i", "/tmp/kurator-nko.deb")
    anna.run("kurator-nko", "--db", str(anna.home / "пример/demo.db"), "returns")
    check("поставлена поверх: файл читается", True)
    upgrade(anna, package)
    said = inside("dpkg", "--remove", "kurator-nko")
    check("сказано, где данные", "~/.local/share/kurator-nko" in said)
    check("удалена, данные остались",
          not (SYSTEM / "opt/kurator-nko").exists() and (anna.home / "пример/demo.db").is_file())  # fmt: skip


def upgrade(anna: Stranger, package: Path) -> None:
    """The version after this one, over it and over the file that it has made."""
    newer = pick(make(package.parent), ".deb")
    database = anna.home / "пример/demo.db"
    before = State(anna, "kurator-nko", database)
    stick = SYSTEM / "tmp/флешка"
    shutil.rmtree(stick, ignore_errors=True)
    stick.mkdir()
    for path in (newer, *(newer.with_name(name) for name in ("SHA256SUMS", "CHANGELOG.md"))):
        shutil.copy(path, stick)
    said = anna.run("kurator-nko", "update", str(stick), code=1)
    check("программу администратора она сама не ставит, а называет команду",
          f"sudo apt install '/tmp/флешка/{newer.name}'" in said)  # fmt: skip
    with timed(".deb: обновление dpkg -i, с"):
        inside("dpkg", "-i", f"/tmp/флешка/{newer.name}")
    installed = (SYSTEM / "opt/kurator-nko/VERSION").read_text(encoding="utf-8").strip()
    check(f".deb обновлён: {version_of(package)} → {installed}", installed == version_of(newer))
    see_upgraded(anna, "kurator-nko", database, before, "")
    said = anna.run("kurator-nko", "update", "/tmp/kurator-nko-0.0.1_glibc2.17.deb", "--check", code=2)
    check("чего нет, о том сказано", "нет на месте" in said)


if __name__ == "__main__":
    try_package(Path(sys.argv[1]).resolve())
    tell_measured()
