"""install.sh and uninstall.sh at an office PC: no rights, no network, data untouched.

What is installed here is a stand-in of two lines: the frozen program itself is tried by `make test-installer`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

INSTALLER = Path(__file__).resolve().parents[2] / "installer"


class Package:
    """An unpacked .tar.xz, and the person who installs from it."""

    def __init__(self, folder: Path) -> None:
        self.home, self.folder = folder / "дом", folder / "kurator-nko 1"
        self.target = self.home / ".local/opt/kurator-nko"
        program = self.folder / "program"
        (program / "_internal").mkdir(parents=True)
        self.home.mkdir()
        (program / "kurator-nko").write_text("#!/bin/sh\necho справка\n", encoding="utf-8")
        (program / "kurator-nko").chmod(0o755)
        shutil.copytree(INSTALLER / "share", self.folder / "share")
        for size in (48, 128):  # drawn by `make installer-linux`
            (self.folder / "share" / f"kurator-nko-{size}.png").touch()
        for name in ("install.sh", "uninstall.sh"):
            shutil.copy(INSTALLER / name, self.folder)
        self.version("1.2.0")

    def version(self, text: str) -> None:
        (self.folder / "program/VERSION").write_text(f"{text}\n", encoding="utf-8")
        self.seal()

    def seal(self) -> None:
        """The hash list, as `make installer-linux` writes it."""
        files = sorted(path for path in self.folder.rglob("*") if path.is_file() and path.name != "SHA256SUMS")
        rows = [f"{sha256(path.read_bytes()).hexdigest()}  {path.relative_to(self.folder)}" for path in files]
        (self.folder / "SHA256SUMS").write_text("\n".join(rows) + "\n", encoding="utf-8")

    def run(self, *command: str, script: Path | None = None, code: int = 0, tools: str = "") -> str:
        script = script or self.folder / "install.sh"
        done = subprocess.run(["sh", str(script), *command], capture_output=True, text=True, check=False,
                              env={"HOME": str(self.home), "PATH": f"{tools}/usr/bin:/bin"})  # fmt: skip
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def files(self) -> set[str]:
        """Below the home, but for what the system's own tools, where they are, keep of menus and file types."""
        found = {path.relative_to(self.home).as_posix() for path in self.home.rglob("*") if not path.is_dir()}
        own = {name for name in found if "/mime/" not in name or "kurator" in name}
        return own - {".local/share/applications/mimeinfo.cache"}


@pytest.fixture
def package(tmp_path: Path) -> Package:
    return Package(tmp_path)


def test_it_is_installed_in_the_menu_and_removed_without_a_trace(package: Package) -> None:
    package.run()
    entry = (package.home / ".local/share/applications/kurator-nko.desktop").read_text(encoding="utf-8")
    assert f'Exec="{package.target}/kurator-nko" %f\n' in entry
    assert (package.home / ".local/bin/kurator-nko").resolve() == package.target / "kurator-nko"
    data = package.home / ".local/share/kurator-nko"
    data.mkdir()
    (data / "kurator.db").touch()
    said = package.run(script=package.target / "uninstall.sh")
    assert f"остались: {data}" in said
    assert package.files() == {".local/share/kurator-nko/kurator.db"}


def test_a_plain_path_stands_in_the_menu_without_quotes(package: Package, tmp_path: Path) -> None:
    """xdg-open takes a quoted command for a file with quotes in its name, and opens nothing."""
    package.home = Path(tmp_path, "home")
    package.home.mkdir()
    package.target = package.home / ".local/opt/kurator-nko"
    package.run()
    entry = package.home / ".local/share/applications/kurator-nko.desktop"
    assert f"\nExec={package.target}/kurator-nko %f\n" in entry.read_text(encoding="utf-8")
    package.run(script=package.target / "uninstall.sh")
    assert package.files() == set()


def test_a_newer_program_takes_the_place_and_an_older_one_is_refused(package: Package) -> None:
    package.run()
    package.version("1.10.0")
    assert "1.2.0 → 1.10.0" in package.run()
    package.version("1.9.9")
    before = package.files()
    assert "1.10.0, она новее" in package.run(code=1)
    assert package.files() == before
    assert (package.target / "VERSION").read_text(encoding="utf-8") == "1.10.0\n"


def test_on_a_stick_the_file_beside_the_program_outlives_an_update(package: Package, tmp_path: Path) -> None:
    stick = tmp_path / "флешка"
    said = package.run("--portable", str(stick))
    program = stick / "kurator-nko"
    assert str(program / "data") in said
    assert package.files() == set(), "nothing is left on the computer"
    (program / "data").mkdir()
    (program / "data/kurator.db").write_text("учёт", encoding="utf-8")
    package.version("1.3.0")
    package.run("--portable", str(stick))
    assert (program / "data/kurator.db").read_text(encoding="utf-8") == "учёт"
    assert (program / "portable.txt").is_file()
    said = package.run(script=program / "uninstall.sh")
    assert f"остались: {program}/data" in said
    assert (program / "data/kurator.db").is_file()


def test_a_folder_that_is_something_else_is_left_alone(package: Package, tmp_path: Path) -> None:
    other = tmp_path / "моё" / "kurator-nko"
    other.mkdir(parents=True)
    (other / "письмо.txt").touch()
    assert "это не «Куратор НКО»" in package.run(str(other.parent), code=1)
    assert [path.name for path in other.iterdir()] == ["письмо.txt"]
    assert "знак" in package.run(str(tmp_path / "50% $HOME"), code=1)
    assert package.files() == set()


def test_a_program_that_does_not_start_here_changes_nothing(package: Package) -> None:
    package.run()
    before = (package.target / "VERSION").read_text(encoding="utf-8")
    package.version("2.0.0")
    (package.folder / "program/kurator-nko").write_text("#!/bin/sh\necho 'GLIBC_2.40 not found' >&2\nexit 1\n", "utf-8")
    package.seal()
    said = package.run(code=1)
    assert "не запускается" in said
    assert "GLIBC_2.40" in said
    assert (package.target / "VERSION").read_text(encoding="utf-8") == before
    assert not package.target.with_name("kurator-nko.new").exists()


def test_a_package_that_the_stick_has_spoiled_is_not_installed(package: Package) -> None:
    package.run()
    package.version("1.3.0")
    (package.folder / "program/kurator-nko").write_text("#!/bin/sh\necho справкa\n", encoding="utf-8")
    assert "повреждён" in package.run(code=1)
    assert (package.target / "VERSION").read_text(encoding="utf-8") == "1.2.0\n"
    (package.folder / "share/kurator-nko.svg").unlink()
    assert "не целиком" in package.run(code=1)


# --- cut short ----------------------------------------------------------------------------------

MV = """#!/bin/sh
n=$(($(cat "{count}" 2>/dev/null || echo 0) + 1))
echo "$n" >"{count}"
if [ "$n" = {at} ] && [ {when} = before ]; then {how}; fi
/bin/mv "$@"
if [ "$n" = {at} ] && [ {when} = after ]; then {how}; fi
"""
WAYS = {"power": ("kill -9 $PPID", -9), "signal": ("kill -TERM $PPID", 1), "disk": ("exit 1", 1)}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("at", [1, 2, 3])
def test_cut_short_it_ends_with_a_whole_program_and_its_data(
    package: Package, tmp_path: Path, at: int, when: str, way: str
) -> None:
    """The power, a signal or a disk that fails, before and after each change of a name."""
    how, code = WAYS[way]
    program = tmp_path / "флешка/kurator-nko"
    package.run("--portable", str(program.parent))
    (program / "data").mkdir()
    (program / "data/kurator.db").write_text("учёт", encoding="utf-8")
    package.version("1.3.0")
    tools = tmp_path / "bin"
    tools.mkdir()
    (tools / "mv").write_text(MV.format(count=tools / "count", at=at, when=when, how=how), encoding="utf-8")
    (tools / "mv").chmod(0o755)
    package.run("--portable", str(program.parent), code=code, tools=f"{tools}:")
    if way != "power":  # a trap has put it back at once
        kept = (program / "VERSION").read_text(encoding="utf-8").strip()
        done = at == 3 and (when == "after" or way == "signal")  # a shell hears of a signal when its command ends
        assert kept == ("1.3.0" if done else "1.2.0")
        assert (program / "data/kurator.db").read_text(encoding="utf-8") == "учёт"
    package.run("--portable", str(program.parent))  # the next try ends it
    assert (program / "VERSION").read_text(encoding="utf-8") == "1.3.0\n"
    assert (program / "data/kurator.db").read_text(encoding="utf-8") == "учёт"
    assert {path.name for path in program.parent.iterdir()} == {"kurator-nko"}


def test_exactly_the_named_folder_is_updated(package: Package, tmp_path: Path) -> None:
    stick = tmp_path / "флешка"
    package.run("--portable", "--at", str(stick / "Учёт НКО"))
    package.version("1.3.0")
    assert "1.2.0 → 1.3.0" in package.run("--portable", "--at", str(stick / "Учёт НКО"))
    assert {path.name for path in stick.iterdir()} == {"Учёт НКО"}
    assert package.files() == set()


def test_data_that_were_left_aside_are_never_removed(package: Package) -> None:
    package.run()
    aside = package.target.with_name("kurator-nko.old")
    (aside / "data").mkdir(parents=True)
    (aside / "data/kurator.db").write_text("учёт", encoding="utf-8")
    package.version("1.3.0")
    assert f"Файл учёта лежит в «{aside}/data»" in package.run(code=1)
    assert (aside / "data/kurator.db").is_file()
    assert (package.target / "VERSION").read_text(encoding="utf-8") == "1.2.0\n"


STAND_IN = """#!/bin/sh
if [ "$1" = --exchange ]; then exec "{python}" "{entry}" "$@"; fi
echo справка
"""
COUNTED = """#!/bin/sh
n=$(($(cat "{count}" 2>/dev/null || echo 0) + 1))
echo "$n" >"{count}"
if [ "$n" = {at} ]; then kill -9 0; fi
exec /bin/{name} "$@"
"""


def test_whenever_the_power_goes_the_old_or_the_new_program_stands_there(package: Package, tmp_path: Path) -> None:
    """Everything is stopped before each command that changes something, from the first to the last."""
    program = package.folder / "program/kurator-nko"
    program.write_text(STAND_IN.format(python=sys.executable, entry=INSTALLER / "entry.py"), encoding="utf-8")
    package.seal()
    package.run()
    tools = tmp_path / "bin"
    tools.mkdir()
    environment = {"HOME": str(package.home), "PATH": f"{tools}:/usr/bin:/bin", "PYTHONPATH": str(INSTALLER.parent)}
    stopped = 0
    while True:
        package.version(f"1.3.{stopped}")
        for name in ("mv", "rm", "cp", "chmod", "sync"):
            text = COUNTED.format(count=tools / "count", at=stopped + 1, name=name)
            (tools / name).write_text(text, encoding="utf-8")
            (tools / name).chmod(0o755)
        (tools / "count").unlink(missing_ok=True)
        done = subprocess.run(["sh", str(package.folder / "install.sh")], capture_output=True, text=True, check=False,
                              env=environment, start_new_session=True)  # fmt: skip
        shown = subprocess.run([str(package.target / "kurator-nko"), "--help"], capture_output=True, text=True)
        assert shown.stdout == "справка\n", f"stopped before command {stopped + 1}"
        if done.returncode == 0:
            break
        stopped += 1
    assert stopped > 10, "it was stopped in earnest"
    assert (package.target / "VERSION").read_text(encoding="utf-8") == f"1.3.{stopped}\n"
    assert [path.name for path in package.target.parent.iterdir()] == ["kurator-nko"]


def test_a_folder_takes_the_place_of_another_in_one_step(tmp_path: Path) -> None:
    for name in ("прежняя", "новая"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    command = [sys.executable, str(INSTALLER / "entry.py"), "--exchange", str(tmp_path / "прежняя")]
    where = {**os.environ, "PYTHONPATH": str(INSTALLER.parent)}
    done = subprocess.run([*command, str(tmp_path / "новая")], capture_output=True, text=True, check=True, env=where)
    assert done.stdout == "exchanged\n"
    assert (tmp_path / "прежняя/новая").is_file()
    assert (tmp_path / "новая/прежняя").is_file()
    done = subprocess.run([*command, str(tmp_path / "нет")], capture_output=True, text=True, check=False, env=where)
    assert (done.returncode, done.stdout.strip()) == (1, "")


# --- where it cannot be done, and why --------------------------------------------------------------


@pytest.fixture
def open_program(package: Package) -> Path:
    """Of a package whose program is one that the system itself knows by its file; its home is reached by a link."""
    shutil.copy("/bin/sleep", package.folder / "program/kurator-nko")
    package.seal()
    package.home.rename(package.home.with_name("другой диск"))
    package.home.symlink_to(package.home.with_name("другой диск"))
    return package.target / "kurator-nko"


def test_an_open_program_is_not_replaced_nor_removed(package: Package, open_program: Path) -> None:
    package.run()
    entry = package.home / ".local/share/applications/kurator-nko.desktop"
    with subprocess.Popen([str(open_program), "60"]) as running:
        try:
            assert "Программа открыта" in package.run(code=1)
            assert "Программа открыта" in package.run(script=package.target / "uninstall.sh", code=1)
            assert open_program.is_file()
            assert entry.is_file()
        finally:
            running.kill()
    assert "обновлён" in package.run()
    package.run(script=package.target / "uninstall.sh")
    assert not entry.exists()
    assert not package.target.exists()


def shim(tools: Path, name: str, text: str) -> str:
    """A command of the system that behaves otherwise; what goes before the PATH."""
    tools.mkdir(exist_ok=True)
    (tools / name).write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    (tools / name).chmod(0o755)
    return f"{tools}:"


def test_a_full_disk_is_said_in_words_and_changes_nothing(package: Package, tmp_path: Path) -> None:
    package.run()
    before = package.files()
    package.version("1.3.0")
    full = 'mkdir -p "$3"; for n in 1 2 3; do echo "cp: error writing $n: No space left on device" >&2; done; exit 1'
    said = package.run(code=1, tools=shim(tmp_path / "bin", "cp", full))
    assert "нет места" in said
    assert "Ничего не изменено" in said
    assert said.count("No space left") == 1, "what the system says is told once, not for each file"
    assert package.files() == before
    assert (package.target / "VERSION").read_text(encoding="utf-8") == "1.2.0\n"


def test_a_folder_that_cannot_be_written_is_said_in_words(package: Package, tmp_path: Path) -> None:
    (tmp_path / "файл").touch()
    said = package.run(str(tmp_path / "файл/папка"), code=1)
    assert "нельзя записывать. Ничего не изменено." in said
    assert package.files() == set()


def test_a_menu_that_cannot_be_written_is_said_in_words(package: Package) -> None:
    (package.home / ".local").mkdir()
    (package.home / ".local/share").touch()
    said = package.run(code=1)
    assert "в меню её нет" in said
    assert (package.target / "kurator-nko").is_file()


def test_from_a_stick_that_lets_nothing_run_it_is_installed(package: Package) -> None:
    (package.folder / "program/kurator-nko").chmod(0o644)
    package.run()
    shown = subprocess.run([str(package.home / ".local/bin/kurator-nko")], capture_output=True, text=True, check=True)
    assert shown.stdout == "справка\n"


def test_onto_a_stick_that_lets_nothing_run_it_is_not(package: Package, tmp_path: Path) -> None:
    (package.folder / "program/kurator-nko").chmod(0o644)
    said = package.run("--portable", str(tmp_path), code=1, tools=shim(tmp_path / "bin", "chmod", "exit 1"))
    assert "не даёт запускать программы" in said
    assert not list(tmp_path.glob("kurator-nko.*"))


def test_what_cannot_be_removed_is_said_in_words(package: Package, tmp_path: Path) -> None:
    package.run()
    broken = """case "$*" in *_internal*) for n in 1 2 3; do echo "rm: cannot remove $n" >&2; done; exit 1 ;; esac
        exec /bin/rm "$@" """
    said = package.run(script=package.target / "uninstall.sh", code=1, tools=shim(tmp_path / "bin", "rm", broken))
    assert "Удалено не всё" in said
    assert said.count("cannot remove") == 1
    package.run(script=package.target / "uninstall.sh")
    assert not package.target.exists()


@pytest.mark.parametrize(("called", "tells"), [("remove", True), ("0", True), ("upgrade", False), ("1", False)])
def test_a_package_that_is_removed_says_where_the_data_are(called: str, tells: bool) -> None:
    command = ["/bin/sh", str(INSTALLER / "refresh.sh"), called]
    no_tools = {"PATH": ""}  # the menus of this computer stay as they are
    said = subprocess.run(command, capture_output=True, text=True, check=True, env=no_tools).stdout
    assert ("~/.local/share/kurator-nko" in said) is tells


def test_what_a_killed_update_had_unpacked_goes(package: Package) -> None:
    package.run()
    left = package.target.with_name("kurator-nko.update")
    left.mkdir()
    package.run()
    assert not left.exists()
    left.mkdir()
    package.run(script=package.target / "uninstall.sh")
    assert list(left.parent.iterdir()) == []
