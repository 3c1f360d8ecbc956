"""A package of a newer program, small: the real install.sh, and a stand-in of a few lines for the program."""

from __future__ import annotations

import lzma
import shutil
import subprocess
import tarfile
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest

from app import __version__

INSTALLER = Path(__file__).resolve().parents[2] / "installer"
NEWS = """# Изменения

## {version} — 2026-12-01

### Добавлено
- **Обновление из файла**: пакет сверяется,
  копия делается сама ([как](install.md)).

## 0.0.1

- Давнее.
"""
PROGRAM = """#!/bin/sh
# {version}
case "$*" in
--exchange*) exit 1 ;;
*--help) echo справка ;;
*check) printf '%s\\n' "$*" >>"$HOME/tried"; {check} ;;
*) printf '%s\\n' "{version}" >>"$HOME/started" ;;
esac
"""


class TinyPackage:
    """An unpacked package in a folder named as `make installer-linux` names it."""

    def __init__(self, parent: Path, version: str = "0.2.0", *, glibc: str = "2.17", check: str = "exit 0") -> None:
        self.version = version
        self.folder = parent / f"kurator-nko-{version}-linux-x86_64-glibc{glibc}"
        program = self.folder / "program"
        (program / "_internal").mkdir(parents=True)
        (program / "_internal/libfirst.so.1").write_text(f"библиотека {version}", encoding="utf-8")
        (program / "_internal/libfirst.so").symlink_to("libfirst.so.1")
        (program / "kurator-nko").write_text(PROGRAM.format(version=version, check=check), encoding="utf-8")
        (program / "kurator-nko").chmod(0o755)
        (program / "VERSION").write_text(f"{version}\n", encoding="utf-8")
        shutil.copytree(INSTALLER / "share", self.folder / "share")
        for size in (48, 128):  # drawn by `make installer-linux`
            (self.folder / "share" / f"kurator-nko-{size}.png").touch()
        for name in ("install.sh", "uninstall.sh"):
            shutil.copy(INSTALLER / name, self.folder)
        (self.folder / "CHANGELOG.md").write_text(NEWS.format(version=version), encoding="utf-8")
        self.seal()

    def seal(self) -> TinyPackage:
        """The hash list, as `make installer-linux` writes it: of every file, and of what a link leads to."""
        apart = ("SHA256SUMS", "SHA256SUMS.sig")
        files = sorted(path for path in self.folder.rglob("*") if path.is_file() and path.name not in apart)
        rows = [f"{digest(path)}  {path.relative_to(self.folder).as_posix()}" for path in files]
        (self.folder / "SHA256SUMS").write_text("\n".join(rows) + "\n", encoding="utf-8")
        return self

    def pack(self, target: Path | None = None) -> Path:
        """The .tar.xz of it, beside it unless said otherwise."""
        path = target or self.folder.with_name(f"{self.folder.name}.tar.xz")
        with lzma.open(path, "wb", preset=0) as packed, tarfile.open(fileobj=packed, mode="w") as archive:
            archive.add(self.folder, self.folder.name)
        return path

    def install(self, *how: str, home: Path) -> None:
        subprocess.run(["sh", str(self.folder / "install.sh"), *how], check=True, capture_output=True,
                       env={"HOME": str(home), "PATH": "/usr/bin:/bin"})  # fmt: skip


def digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def beside(path: Path, *others: Path) -> None:
    """SHA256SUMS beside packages, as it lies in out/installer."""
    rows = [f"{digest(one)}  {one.name}" for one in (path, *others)]
    path.with_name("SHA256SUMS").write_text("\n".join(rows) + "\n", encoding="utf-8")


class Forged:
    """An archive written member by member, as nobody's packer would."""

    def __init__(self, package: TinyPackage) -> None:
        self._package = package
        self._packed = BytesIO()
        self.archive = tarfile.open(fileobj=self._packed, mode="w")  # noqa: SIM115 - closed by `write`
        self.archive.add(package.folder, package.folder.name)
        self.root = package.folder.name

    def add(self, name: str, content: bytes = b"", kind: bytes = tarfile.REGTYPE, link: str = "") -> Forged:
        head = tarfile.TarInfo(name)
        head.type, head.linkname, head.size = kind, link, len(content)
        self.archive.addfile(head, BytesIO(content))
        return self

    def promise(self, name: str, size: int) -> Forged:
        """A head that promises so many bytes, and none behind it."""
        head = tarfile.TarInfo(name)
        head.size = size
        written = head.tobuf(tarfile.PAX_FORMAT)
        self._packed.write(written)
        self.archive.offset += len(written)
        return self

    def write(self) -> Path:
        self.archive.close()
        path = self._package.folder.with_name(f"{self.root}.tar.xz")
        path.write_bytes(lzma.compress(self._packed.getvalue(), preset=0))
        return path


def program_of_today(home: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program of today as install.sh puts it for this person, and it is what runs.  folder: for its package."""
    TinyPackage(folder, __version__).install(home=home)
    program = home / ".local/opt/kurator-nko"
    monkeypatch.setenv("KURATOR_PROGRAM_FOLDER", str(program))
    return program
