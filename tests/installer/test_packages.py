"""What is taken for a package of the program, and what is not: other systems, spoiled ones, archives made to harm."""

from __future__ import annotations

import lzma
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.core.errors import AppError, Cancelled
from app.core.progress import Progress
from app.exchange import program_packages
from app.exchange.program_names import Shape, named, packages_in
from app.exchange.program_packages import examine, unpack
from app.exchange.signatures import public_key
from app.usecases.installation import TAKEN, Installation, Kind, choose
from app.usecases.updating import Trust, look
from tests.installer.packages import Forged, TinyPackage, beside
from tests.installer.signing import OTHER, PRIVATE, private_pem, public, public_pem, sign

HERE = Installation(Kind.FOLDER, "0.1.0", Path("/opt/kurator-nko"), machine="x86_64", glibc=(2, 36))
WINDOWS = Installation(Kind.SETUP, "0.1.0", Path("C:/kurator-nko"), windows=True, machine="x86_64")


@pytest.fixture
def package(stick: Path) -> TinyPackage:
    return TinyPackage(stick)


def refused(place: Path, here: Installation = HERE) -> str:
    """What is said of the place; whatever is refused leaves the stick as it was."""
    before = listing(place.parent)
    with pytest.raises(AppError) as told:
        look(place, here=here)
    assert listing(place.parent) == before
    return str(told.value)


def listing(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


# --- which package ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "shape", "version", "glibc"),
    [
        ("kurator-nko-0.10.2-linux-x86_64-glibc2.36.tar.xz", Shape.ARCHIVE, "0.10.2", (2, 36)),
        ("kurator-nko_1.2.0_glibc2.28.deb", Shape.DEB, "1.2.0", (2, 28)),
        ("kurator-nko_1.2.0_glibc2.28.rpm", Shape.RPM, "1.2.0", (2, 28)),
        ("kurator-nko-1.2-windows-x86_64-setup.exe", Shape.SETUP, "1.2", None),
    ],
)
def test_a_name_tells_what_it_is(stick: Path, name: str, shape: Shape, version: str, glibc: object) -> None:
    (stick / name).touch()
    (found,) = packages_in(stick)
    assert (found.shape, found.version, found.glibc) == (shape, version, glibc)


@pytest.mark.parametrize("name", ["письмо.exe", "kurator-nko.deb", "kurator-nko-0.2.0rc1-setup.exe", "setup-1.2.0.exe",
                                  "kurator-nko-0.2.0.tar.gz", "kurator-nko_glibc2.36.deb"])  # fmt: skip
def test_anything_else_is_no_package(stick: Path, name: str) -> None:
    (stick / name).touch()
    assert named(stick / name) is None
    assert "нет пакета" in refused(stick)


def test_the_newest_that_fits_is_found_on_a_stick(stick: Path) -> None:
    """Beside an older one, one for another system and one for a newer glibc; in a folder of the stick too."""
    for version, glibc in (("0.1.5", "2.17"), ("0.9.0", "2.28"), ("0.10.0", "2.28"), ("0.11.0", "2.99")):
        TinyPackage(stick / "ПО", version, glibc=glibc)
    (stick / "kurator-nko-0.12.0-windows-x86_64-setup.exe").touch()
    found = look(stick, here=HERE)
    assert (found.package.version, found.package.shape) == ("0.10.0", Shape.FOLDER)
    assert choose(packages_in(stick), WINDOWS, stick).version == "0.12.0"


def test_of_one_version_the_build_nearest_to_this_system_is_taken(stick: Path) -> None:
    for glibc in ("2.17", "2.36", "2.28"):
        TinyPackage(stick, glibc=glibc)
    assert look(stick, here=HERE).package.glibc == (2, 36)


@pytest.mark.parametrize("inside", ["install.sh", "SHA256SUMS", "CHANGELOG.md"])
def test_a_file_of_an_unpacked_folder_means_the_folder(package: TinyPackage, inside: str) -> None:
    assert look(package.folder / inside, here=HERE).package.path == package.folder


def test_the_same_version_and_an_older_one_are_refused(stick: Path) -> None:
    assert "уже установлена" in refused(TinyPackage(stick, "0.1.0").pack())
    assert "установлена 0.1.0, она новее" in refused(TinyPackage(stick, "0.0.9").pack())


def test_another_system_an_older_glibc_and_another_kind_are_refused(stick: Path) -> None:
    setup = stick / "kurator-nko-0.2.0-windows-x86_64-setup.exe"
    setup.touch()
    assert "для Windows, а здесь другая система" in refused(setup)
    newer = TinyPackage(stick, glibc="2.40").pack()
    assert "нужна glibc 2.40, а здесь 2.36" in refused(newer)
    assert "для Linux, а здесь другая система" in refused(newer, WINDOWS)
    deb = stick / "kurator-nko_0.2.0_glibc2.17.deb"
    deb.touch()
    assert "ей нужен другой: архив .tar.xz" in refused(deb)
    arm = stick / "kurator-nko-0.2.0-linux-aarch64-glibc2.17.tar.xz"
    arm.touch()
    assert "для процессора aarch64" in refused(arm)
    assert "исходного текста" in refused(newer, Installation(Kind.SOURCE, "0.1.0"))
    assert "нет на месте" in refused(stick / "нет такого")
    assert set(TAKEN) == set(Kind)


# --- whole or not -------------------------------------------------------------------------------


def test_an_archive_and_a_folder_are_read_and_unpacked_alike(package: TinyPackage, tmp_path: Path) -> None:
    for number, place in enumerate((package.pack(), package.folder)):
        found = look(place, here=HERE)
        assert found.news == ("Добавлено", "• Обновление из файла: пакет сверяется, копия делается сама (как).")
        assert found.trust is Trust.NONE
        target = tmp_path / f"сюда {number}"
        unpack(found.package, found.contents, target)
        assert listing(target) == listing(package.folder)
        assert os.access(target / "program/kurator-nko", os.X_OK)
        assert os.readlink(target / "program/_internal/libfirst.so") == "libfirst.so.1"


def test_a_stick_that_knows_no_links_has_copies_in_their_places(package: TinyPackage) -> None:
    link = package.folder / "program/_internal/libfirst.so"
    link.unlink()
    shutil.copy(package.folder / "program/_internal/libfirst.so.1", link)
    look(package.folder, here=HERE)


SPOILED: dict[str, tuple[Callable[[Path], object], str]] = {
    "a byte": (lambda p: (p / "program/_internal/libfirst.so.1").write_text("библиотекa 0.2.0", "utf-8"),
               "«program/_internal/libfirst.so» испорчен"),
    "a missing file": (lambda p: (p / "uninstall.sh").unlink(), "не хватает файла «uninstall.sh»"),
    "a file more": (lambda p: (p / "program/_internal/libsecond.so").touch(),
                    "лишний файл «program/_internal/libsecond.so»"),
    "no list": (lambda p: (p / "SHA256SUMS").unlink(), "нет списка SHA256SUMS"),
    "an empty list": (lambda p: (p / "SHA256SUMS").write_text("", "utf-8"), "ничего не прочитано"),
    "a list of nonsense": (lambda p: (p / "SHA256SUMS").write_text("abc\n", "utf-8"), "испорчен: строка «abc»"),
    "a list that leads out": (lambda p: (p / "SHA256SUMS").write_text(f"{'0' * 64}  ../x\n", "utf-8"),
                              "испорчен: строка"),
    "another version": (lambda p: (p / "program/VERSION").write_text("0.3.0\n", "utf-8"), "«program/VERSION» испорчен"),
}  # fmt: skip


@pytest.mark.parametrize("what", SPOILED)
def test_what_is_spoiled_is_named(package: TinyPackage, what: str) -> None:
    harm, said = SPOILED[what]
    archive = package.folder.with_name(f"{package.folder.name}.tar.xz")
    harm(package.folder)
    assert said in refused(package.pack(archive))
    if what != "another version":  # a folder is of the version that it says itself
        assert said in refused(package.folder)


def test_an_archive_cut_short_or_no_archive_at_all_is_said_so(package: TinyPackage) -> None:
    path = package.pack()
    whole = path.read_bytes()
    shutil.rmtree(package.folder)
    for content in (whole[: len(whole) // 2], b"", b"PK\x03\x04", lzma.compress(b"text")):
        path.write_bytes(content)
        assert "повреждён или скопирован не целиком" in refused(path)
    path.write_bytes(lzma.compress(b"\0" * 2**20))
    assert "нет списка" in refused(path)


def test_a_renamed_package_is_refused(package: TinyPackage) -> None:
    path = package.pack(package.folder.with_name("kurator-nko-0.3.0-linux-x86_64-glibc2.17.tar.xz"))
    assert "По имени это версия 0.3.0, а внутри — 0.2.0" in refused(path)


def test_an_archive_is_held_against_the_list_beside_it_too(package: TinyPackage) -> None:
    path = package.pack()
    beside(path)
    look(path, here=HERE)
    package.pack()  # packed anew: whole by its own list, but not what lies beside
    path.write_bytes(path.read_bytes() + b"\0" * 4)
    assert f"«{path.name}» испорчен" in refused(path)


def test_a_package_of_the_system_needs_the_list_beside_it(stick: Path, tmp_path: Path) -> None:
    deb, news = stick / "kurator-nko_0.2.0_glibc2.17.deb", stick / "CHANGELOG.md"
    deb.write_bytes(b"!<arch>\n")
    news.write_text("## 0.2.0\n\n- Новое.\n", encoding="utf-8")
    here = replace(HERE, kind=Kind.DEB, manager="apt install")
    assert "нет списка SHA256SUMS" in refused(deb, here)
    beside(deb, news)
    found = look(stick, here=here)
    assert found.news == ("• Новое.",)
    assert found.command == f"sudo apt install '{deb}'"
    news.write_text("## 0.2.0\n\n- Подмена.\n", encoding="utf-8")
    assert look(deb, here=here).news == (), "what the list does not vouch for is not shown"
    deb.write_bytes(b"!<arch>?")
    assert f"«{deb.name}» испорчен" in refused(deb, here)
    beside(news)
    assert "список от другого пакета" in refused(deb, here)


# --- made to harm -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kind", "link"),
    [
        ("../наружу", tarfile.REGTYPE, ""),
        ("{root}/../../наружу", tarfile.REGTYPE, ""),
        ("/tmp/наружу", tarfile.REGTYPE, ""),
        ("другая/программа", tarfile.REGTYPE, ""),
        ("{root}/program/./kurator-nko", tarfile.REGTYPE, ""),
        ("{root}/program/VERSION", tarfile.REGTYPE, ""),
        ("{root}/a\\b", tarfile.REGTYPE, ""),
        ("{root}/program/ссылка", tarfile.SYMTYPE, "/etc/passwd"),
        ("{root}/program/ссылка", tarfile.SYMTYPE, "../../../etc/passwd"),
        ("{root}/program/ссылка", tarfile.SYMTYPE, "_internal"),
        ("{root}/program/ссылка", tarfile.SYMTYPE, "нет такого"),
        ("{root}/program/жёсткая", tarfile.LNKTYPE, "{root}/program/VERSION"),
        ("{root}/program/канал", tarfile.FIFOTYPE, ""),
        ("{root}/program/устройство", tarfile.CHRTYPE, ""),
        ("{root}", tarfile.SYMTYPE, "/etc"),
    ],
)
def test_an_archive_made_to_harm_is_refused(package: TinyPackage, name: str, kind: bytes, link: str) -> None:
    forged = Forged(package)
    content = b"x" if kind == tarfile.REGTYPE else b""
    forged.add(name.format(root=forged.root), content, kind, link.format(root=forged.root))
    said = refused(forged.write())
    assert "бывает" in said or "ведёт из пакета наружу" in said


def test_a_file_behind_a_link_is_refused(package: TinyPackage) -> None:
    """The link first, then a file «in» it: an unpacker that follows would write outside."""
    forged = Forged(package)
    forged.add(f"{forged.root}/share2", kind=tarfile.SYMTYPE, link="share").add(f"{forged.root}/share2/x", b"x")
    assert "ведёт из пакета наружу или в никуда" in refused(forged.write())


def test_what_unpacks_into_gigabytes_is_given_up(package: TinyPackage, monkeypatch: pytest.MonkeyPatch) -> None:
    forged = Forged(package)
    forged.promise(f"{forged.root}/program/велик", program_packages.MOST_BYTES + 1)
    assert "слишком велик" in refused(forged.write()), "by what its head says, before it is unpacked"
    forged = Forged(package)
    forged.promise(f"{forged.root}/SHA256SUMS.sig", 2**23)
    assert "слишком велик" in refused(forged.write()), "what is read into memory has a limit of its own"
    path = forged.write()
    monkeypatch.setattr(program_packages, "MOST_FILES", 5)
    assert "больше 5 файлов" in refused(path)


def test_a_name_of_a_megabyte_is_not_read_into_memory(package: TinyPackage) -> None:
    forged = Forged(package)
    forged.archive.format = tarfile.GNU_FORMAT
    forged.add(f"{forged.root}/" + "и" * 2**19, b"x")
    assert "повреждён" in refused(forged.write())


def test_pipes_and_links_in_a_folder_are_refused(package: TinyPackage) -> None:
    pipe = package.folder / "program/канал"
    os.mkfifo(pipe)
    assert "чего в нём не бывает" in refused(package.folder)
    pipe.unlink()
    (package.folder / "program/дом").symlink_to(Path.home())
    assert "ведёт из пакета наружу" in refused(package.folder)


def test_a_package_that_changes_after_it_was_checked_is_not_unpacked(package: TinyPackage, tmp_path: Path) -> None:
    found = look(package.folder, here=HERE)
    (package.folder / "program/kurator-nko").write_text("#!/bin/sh\n", encoding="utf-8")
    package.seal()
    with pytest.raises(AppError, match="изменился, пока его проверяли"):
        unpack(found.package, found.contents, tmp_path / "сюда")


def test_reading_a_package_can_be_stopped(package: TinyPackage) -> None:
    progress = Progress()
    progress.cancel()
    (found,) = packages_in(package.folder)
    with pytest.raises(Cancelled):
        examine(found, progress)


# --- the signature ------------------------------------------------------------------------------


def test_a_signature_without_a_key_is_never_called_right(package: TinyPackage) -> None:
    (package.folder / "SHA256SUMS.sig").write_bytes(b"\0" * 64)
    found = look(package.folder, here=HERE)
    assert found.trust is Trust.UNKNOWN
    assert "проверить её нечем" in found.trust.value


def test_with_a_key_only_its_signature_is_taken(package: TinyPackage) -> None:
    listed, signature = package.folder / "SHA256SUMS", package.folder / "SHA256SUMS.sig"

    def told(place: Path) -> str:
        try:
            return look(place, here=HERE, key=lambda: public(PRIVATE)).trust.value
        except AppError as refusal:
            return refusal.message

    assert "не подписан" in told(package.folder), "a signature that was taken away"
    signature.write_bytes(sign(OTHER, listed.read_bytes()))
    assert "Подпись пакета неверна" in told(package.folder)
    signature.write_bytes(sign(PRIVATE, listed.read_bytes()))
    assert told(package.folder) == told(package.pack()) == "подпись верна"
    (package.folder / "program/_internal/libfirst.so.1").write_text("другая", encoding="utf-8")
    package.seal()
    assert "Подпись пакета неверна" in told(package.folder), "a list made anew over other files"


def test_what_signs_releases_signs_what_is_taken(package: TinyPackage, tmp_path: Path, repo: Path) -> None:
    pem, listed = tmp_path / "ключ.pem", package.folder / "SHA256SUMS"
    pem.write_text(private_pem(PRIVATE), encoding="ascii")
    subprocess.run([sys.executable, str(repo / "installer/sign.py"), str(pem), str(listed)], check=True)
    key = public_key(public_pem(PRIVATE))
    assert look(package.folder, here=HERE, key=lambda: key).trust is Trust.RIGHT
    pem.write_text(public_pem(PRIVATE), encoding="ascii")
    refusal = subprocess.run([sys.executable, str(repo / "installer/sign.py"), str(pem), str(listed)],
                             capture_output=True, text=True, check=False)  # fmt: skip
    assert "не закрытый ключ" in refusal.stderr
