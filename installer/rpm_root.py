"""Installs the .rpm into a bare system and tries it there: `python rpm_root.py out/installer`, after chroot.py.

No mirror of an rpm system can be counted on: the system is the bare Debian of chroot.py with a database of rpm in it.
What its libraries provide is told to rpm by rpm's own tool (elfdeps), as РЕД ОС and ALT tell it of theirs: the
package's dependencies are really looked up by the names of libraries, and none is waved through.
Wants root and Debian's package rpm.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from chroot import RELEASE, SYSTEM, Stranger, inside
from next_version import make
from smoke import ROOT, check, tell_measured, timed, work
from smoke_update import State, pick, see_upgraded, version_of

ELFDEPS = "/usr/lib/rpm/elfdeps"
STUB = """
name: bare-system
arch: amd64
version: "1"
maintainer: Куратор НКО
description: what the libraries of the bare system provide
provides:
"""


def rpm(*command: str, refused: bool = False) -> str:
    done = subprocess.run(["rpm", "--root", str(SYSTEM), "--dbpath", "/var/lib/rpm", *command],
                          capture_output=True, text=True, check=False)  # fmt: skip
    if bool(done.returncode) != refused:
        sys.exit(f"НЕ ДЕРЖИТСЯ: rpm {command}: код {done.returncode}\n{(done.stdout + done.stderr)[-3000:]}")
    return done.stdout + done.stderr


def system_package(folder: Path) -> Path:
    """An empty package that provides what the libraries of the bare system do, as rpm itself names it."""
    files = [path for path in (SYSTEM / "usr/lib/x86_64-linux-gnu").glob("*.so*")
             if path.is_file() and path.open("rb").read(4) == b"\x7fELF"]  # fmt: skip
    told = subprocess.run([ELFDEPS, "--provides"], input="".join(f"{path}\n" for path in files),
                          capture_output=True, text=True, check=True).stdout  # fmt: skip
    names = sorted({name for name in told.split("\n") if name})
    listed = STUB + "".join(f'  - "{name}"\n' for name in names)
    (folder / "bare.yaml").write_text(listed, encoding="utf-8")
    made = folder / "bare.rpm"
    subprocess.run([str(ROOT / "build/venv/bin/nfpm"), "package", "--config", str(folder / "bare.yaml"), "--packager",
                    "rpm", "--target", str(made)], cwd=folder, check=True, stdout=subprocess.DEVNULL)  # fmt: skip
    return made


def try_package(packages: Path, folder: Path) -> None:
    (package,) = packages.glob("*.rpm")
    print(f"Пакет {package.name} с базой rpm в пустой системе (библиотеки Debian {RELEASE})")
    inside("apt-get", "install", "-qq", "-y", "--no-install-recommends", "desktop-file-utils", "shared-mime-info")
    shutil.rmtree(SYSTEM / "var/lib/rpm", ignore_errors=True)
    rpm("--initdb")
    missed = rpm("-i", str(package), refused=True)
    check("без библиотек не ставится, и сказано каких", "libGL.so.1()(64bit)" in missed and "GLIBC_" in missed)
    rpm("-i", str(system_package(folder)))
    with timed(".rpm: rpm -i, с"):
        rpm("-i", str(package))
    anna = Stranger()
    database = anna.home / "пример/demo.db"
    shutil.rmtree(database.parent, ignore_errors=True)
    work(anna, "kurator-nko", anna.home, ROOT / "out/installer-window-rpm.png", ".rpm")
    newer = pick(make(packages), ".rpm")
    before = State(anna, "kurator-nko", database)
    with timed(".rpm: обновление rpm -U, с"):
        rpm("-U", str(newer))
    check(f".rpm обновлён: {version_of(package)} → {version_of(newer)}",
          (SYSTEM / "opt/kurator-nko/VERSION").read_text(encoding="utf-8").strip() == version_of(newer))  # fmt: skip
    see_upgraded(anna, "kurator-nko", database, before, "")
    check("старая поверх новой не ставится", "newer" in rpm("-U", str(package), refused=True))
    check("файлы — те, что в пакете", rpm("-V", "kurator-nko") == "")
    kinds = SYSTEM / "usr/share/mime/application/x-kurator-nko.xml"
    menu = SYSTEM / "usr/share/applications/mimeinfo.cache"
    check("меню и тип файла обновлены", kinds.is_file() and "kurator-nko.desktop" in menu.read_text(encoding="utf-8"))
    said = rpm("-e", "kurator-nko")
    check("сказано, где данные", "~/.local/share/kurator-nko" in said)
    check("удалена, данные остались", not (SYSTEM / "opt/kurator-nko").exists() and database.is_file())
    check("из меню и типов ушла", not kinds.exists() and "kurator" not in menu.read_text(encoding="utf-8"))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        try_package(Path(sys.argv[1]).resolve(), Path(place))
    tell_measured()
