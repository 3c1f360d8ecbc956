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
from smoke import ROOT, check, measured, timed, work

ELFDEPS = "/usr/lib/rpm/elfdeps"
BEFORE = "0.0.1"
"""The version that a package like ours, made here, bears: what is upgraded from, and what a downgrade would go to."""
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


def nfpm(description: Path, target: Path, folder: Path, **values: str) -> Path:
    """A package by a description; the folder is what its names are relative to."""
    tool = next((found for found in (ROOT / "build/venv/bin/nfpm", ROOT / "build/old/work/venv/bin/nfpm")
                 if found.is_file()), Path("nfpm"))  # fmt: skip
    subprocess.run([str(tool), "package", "--config", str(description), "--packager", "rpm", "--target", str(target)],
                   cwd=folder, env=values, check=True, stdout=subprocess.DEVNULL)  # fmt: skip
    return target


def system_package(folder: Path) -> Path:
    """An empty package that provides what the libraries of the bare system do, as rpm itself names it."""
    files = [path for path in (SYSTEM / "usr/lib/x86_64-linux-gnu").glob("*.so*")
             if path.is_file() and path.open("rb").read(4) == b"\x7fELF"]  # fmt: skip
    told = subprocess.run([ELFDEPS, "--provides"], input="".join(f"{path}\n" for path in files),
                          capture_output=True, text=True, check=True).stdout  # fmt: skip
    names = sorted({name for name in told.split("\n") if name})
    listed = STUB + "".join(f'  - "{name}"\n' for name in names)
    (folder / "bare.yaml").write_text(listed, encoding="utf-8")
    return nfpm(folder / "bare.yaml", folder / "bare.rpm", folder)


def package_before(folder: Path) -> Path:
    """What is installed, packed once more by the same description as an older version."""
    stage, share = folder / "stage", SYSTEM / "usr/share"
    (stage / "share").mkdir(parents=True)
    (stage / "scripts").mkdir()
    shutil.copytree(SYSTEM / "opt/kurator-nko", stage / "program", symlinks=True)
    (stage / "program/VERSION").write_text(f"{BEFORE}\n", encoding="utf-8")
    for inner, name in {
        "applications/kurator-nko.desktop": "kurator-nko.desktop", "mime/packages/kurator-nko.xml": "kurator-nko.xml",
        "icons/hicolor/scalable/apps/kurator-nko.svg": "kurator-nko.svg",
        "icons/hicolor/48x48/apps/kurator-nko.png": "kurator-nko-48.png",
        "icons/hicolor/128x128/apps/kurator-nko.png": "kurator-nko-128.png",
        "man/man1/kurator-nko.1.gz": "kurator-nko.1.gz", "doc/kurator-nko/copyright": "copyright",
    }.items():  # fmt: skip
        shutil.copy(share / inner, stage / "share" / name)
    shutil.copy(ROOT / "installer/refresh.sh", stage / "scripts/refresh.sh")
    quick = folder / "quick.yaml"  # nobody keeps this one: it need not be small
    told = (ROOT / "installer/nfpm.yaml").read_text(encoding="utf-8")
    quick.write_text(told.replace("\nrpm:\n  summary", "\nrpm:\n  compression: gzip:1\n  summary"), encoding="utf-8")
    return nfpm(quick, folder / f"{BEFORE}.rpm", stage, VERSION=BEFORE, GLIBC="2.28", GLIBCXX="3.4",
                CXXABI="1.3")  # fmt: skip


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
    before = package_before(folder)
    rpm("-e", "kurator-nko")
    rpm("-i", str(before))
    anna = Stranger()
    example = anna.home / "пример"
    shutil.rmtree(example, ignore_errors=True)
    work(anna, "kurator-nko", anna.home, ROOT / "out/installer-window-rpm.png", ".rpm")
    with timed(".rpm: rpm -U, с"):
        rpm("-U", str(package))
    check("обновлена", (SYSTEM / "opt/kurator-nko/VERSION").read_text(encoding="utf-8").strip() != BEFORE)
    anna.run("kurator-nko", "--db", str(example / "demo.db"), "returns")
    check("файл прежней версии читается", True)
    check("старая поверх новой не ставится", "newer" in rpm("-U", str(before), refused=True))
    check("файлы — те, что в пакете", rpm("-V", "kurator-nko") == "")
    kinds = SYSTEM / "usr/share/mime/application/x-kurator-nko.xml"
    menu = SYSTEM / "usr/share/applications/mimeinfo.cache"
    check("меню и тип файла обновлены", kinds.is_file() and "kurator-nko.desktop" in menu.read_text(encoding="utf-8"))
    rpm("-e", "kurator-nko")
    check("удалена, данные остались", not (SYSTEM / "opt/kurator-nko").exists() and (example / "demo.db").is_file())
    check("из меню и типов ушла", not kinds.exists() and "kurator" not in menu.read_text(encoding="utf-8"))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        try_package(Path(sys.argv[1]).resolve(), Path(place))
    print("Измерено:")
    for what, value in measured.items():
        print(f"  {what}: {value}")
