"""The update itself: the real install.sh over a real file of accounts, with a program of a few lines."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import __version__
from app.core.errors import AppError
from app.models.copy_names import Why
from app.models.database import Database
from app.usecases.copy_list import copies_of
from app.usecases.installation import Installation, Kind, installation
from app.usecases.places import default_database
from app.usecases.update_relay import Waiting, clean, keep_ticket, stage, take_outcome, told_folder
from app.usecases.updating import Found, Ready, look, make_ready, moment
from tests.factories import District
from tests.installer.packages import TinyPackage

NEWER = "9.0.0"
PATIENCE = 60


@pytest.fixture
def district(tmp_path: Path) -> Iterator[District]:
    with District(tmp_path) as made:
        made.ngo("АНО «Светлый берег»")
        yield made


def version(folder: Path) -> str:
    return (folder / "VERSION").read_text(encoding="utf-8").strip()


def ready(place: Path, district: District | None = None, *, window: bool = True) -> Ready:
    return make_ready(look(place), district.database if district else None, window=window)


def carry_out(made: Ready) -> None:
    """The program closes in order, and what waits does its work."""
    waiting = Waiting(made.relay)
    keep_ticket(made.found.package.version, made.found.news, moment(), waiting.process.pid)
    waiting.go()
    assert waiting.process.poll() is None, "it waits for the end of the program"
    os.close(waiting._writing)  # the system does it when a process ends, however it ends
    waiting.process.wait(PATIENCE)


def test_the_program_is_replaced_when_it_has_closed(
    program: Path, stick: Path, district: District, own_folders: Path
) -> None:
    TinyPackage(stick, NEWER).pack()
    made = ready(stick, district)
    assert version(program) == __version__, "nothing is installed while it is open"
    (copy,) = [row for row in copies_of(district.path) if row.why is Why.UPGRADE]
    assert (copy.about, copy.sound) == (f"программы {__version__} до {NEWER}", True)
    tried = (own_folders / "tried").read_text(encoding="utf-8")
    assert tried.startswith("--db ")
    assert str(district.path) not in tried, "the new program has tried a copy, not the file"
    assert {path.name for path in district.path.parent.iterdir()} >= {"район.db", "копии"}
    assert not list(district.path.parent.glob(".проба*"))
    carry_out(made)
    assert version(program) == NEWER
    assert (own_folders / "started").read_text(encoding="utf-8") == f"{NEWER}\n", "and the new one was started"
    assert not stage().exists()
    assert not program.with_name("kurator-nko.old").exists()


def test_a_program_that_dies_instead_of_closing_changes_nothing(program: Path, stick: Path, own_folders: Path) -> None:
    TinyPackage(stick, NEWER)
    made = ready(stick)
    waiting = Waiting(made.relay)
    keep_ticket(NEWER, (), moment(), waiting.process.pid)
    waiting.leave()
    assert version(program) == __version__
    assert not (own_folders / "started").exists()
    assert not stage().exists()
    assert take_outcome() is None, "there is nothing to tell"


def test_a_process_that_is_killed_in_the_middle_leaves_the_program(program: Path, stick: Path, repo: Path) -> None:
    """The whole of it in a process of its own, which ends by SIGKILL after it has started what waits."""
    TinyPackage(stick, NEWER)
    code = f"""
import os, signal
from pathlib import Path
from app.usecases.places import default_database
from app.usecases.update_relay import Waiting
from app.usecases.updating import look, make_ready
waiting = Waiting(make_ready(look(Path({str(stick)!r})), None, window=True).relay)
print(waiting.process.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=repo, capture_output=True, text=True, check=False)
    relay = int(done.stdout)
    while Path(f"/proc/{relay}/cmdline").exists() and b"kurator" in Path(f"/proc/{relay}/cmdline").read_bytes():
        os.sched_yield()
    assert version(program) == __version__
    assert not stage().exists()


def test_killed_while_the_new_version_tries_a_copy_it_leaves_no_copy(
    program: Path, stick: Path, repo: Path, tmp_path: Path
) -> None:
    """The new program ends the old one in the middle of the trial; the next start clears away what it left."""
    TinyPackage(stick, NEWER, check="kill -9 $PPID")
    with District(tmp_path) as made:
        made.ngo("АНО «Светлый берег»")
        path = made.path
    done = subprocess.run([sys.executable, "-m", "app", "--db", str(path), "update", str(stick)], cwd=repo, check=False,
                          capture_output=True)  # fmt: skip
    assert done.returncode == -9
    assert [room.name[:5] for room in path.parent.glob(".*") if room.is_dir()] == [".проб"], "a copy was left"
    Database.open(path).close()
    assert not list(path.parent.glob(".*"))
    assert stage().exists()
    assert take_outcome() is None
    assert stage().exists(), "another window may be making ready"
    long_ago = time.time() - 25 * 3600
    os.utime(stage(), (long_ago, long_ago))
    assert take_outcome() is None
    assert not stage().exists()


def test_an_installer_that_refuses_leaves_the_program_and_is_quoted(
    program: Path, stick: Path, own_folders: Path
) -> None:
    package = TinyPackage(stick, NEWER)
    (package.folder / "install.sh").write_text("echo 'Диск сломан.' >&2; exit 1\n", encoding="utf-8")
    package.seal()
    carry_out(ready(stick))
    assert version(program) == __version__
    assert (own_folders / "started").read_text(encoding="utf-8") == f"{__version__}\n", "the one before is open again"
    told = take_outcome()
    assert told is not None
    assert (told.done, told.before, told.after, told.told) == (False, __version__, NEWER, "Диск сломан.")
    assert take_outcome() is None, "told once"


def test_what_the_installer_says_of_a_full_disk_is_not_lost_with_it(program: Path, stick: Path) -> None:
    package = TinyPackage(stick, NEWER)
    lost = f"rm -f '{told_folder()}/update.log'; echo 'На диске нет места.' >&2; exit 1\n"
    (package.folder / "install.sh").write_text(lost, encoding="utf-8")
    package.seal()
    carry_out(ready(stick))
    told = take_outcome()
    assert told is not None
    assert told.told == "На диске нет места."


def test_an_installer_cut_short_is_told_so(program: Path) -> None:
    keep_ticket(NEWER, ("• Новое.",), moment(), relay=2**22 + 1)
    stage().mkdir()
    told = take_outcome()
    assert told is not None
    assert not told.done
    assert "прервана" in told.told
    assert not stage().exists()


def test_while_the_installer_works_nothing_is_told(program: Path, stick: Path) -> None:
    TinyPackage(stick, NEWER)
    waiting = Waiting(ready(stick).relay)
    keep_ticket(NEWER, (), moment(), waiting.process.pid)
    assert take_outcome() is None
    assert stage().exists(), "what it installs from is not cleared away"
    (told_folder() / "update.code").write_text("2\n", encoding="utf-8")
    assert take_outcome() is not None, "it is done: what waited starts the program a moment before its own end"
    waiting.leave()


def test_the_new_version_tells_that_it_is_there(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_ticket(__version__, ("• Новое.",), moment(), relay=2**22 + 1)
    told = take_outcome()
    assert told is not None
    assert (told.done, told.news) == (True, ("• Новое.",))
    keep_ticket(NEWER, (), moment(), relay=2**22 + 1)
    monkeypatch.setenv("KURATOR_PROGRAM_FOLDER", str(program.with_name("другая")))
    assert take_outcome() is None, "that of another installation of this person"


# --- the new program tries a copy first ---------------------------------------------------------


@pytest.mark.parametrize(
    ("check", "said"),
    [
        ("echo 'Файл не обновлён.' >&2; exit 2", "не приняла копию вашего файла: Файл не обновлён."),
        ("echo 'Журнал не сходится.'; exit 1", "не приняла копию вашего файла: Журнал не сходится."),
        ("kill -9 $$", "не приняла копию вашего файла: код -9"),
    ],
)
def test_a_program_that_does_not_take_the_file_is_not_installed(
    program: Path, stick: Path, district: District, check: str, said: str
) -> None:
    TinyPackage(stick, NEWER, check=check)
    with pytest.raises(AppError) as told:
        ready(stick, district)
    assert said in told.value.message
    assert not stage().exists()
    assert not list(district.path.parent.glob(".проба*"))
    assert version(program) == __version__


def test_faults_that_the_file_has_already_hold_nothing_up(program: Path, stick: Path, district: District) -> None:
    TinyPackage(stick, NEWER, check="echo 'Журнал не сходится.'; exit 1")
    with sqlite3.connect(district.path) as connection:
        (name,) = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' LIMIT 1").fetchone()
        connection.execute(f'DROP TRIGGER "{name}"')
    connection.close()
    assert ready(stick, district).relay


def test_a_disk_without_room_is_said_so_before_anything_is_written(
    program: Path, stick: Path, district: District
) -> None:
    found = look(TinyPackage(stick, NEWER).folder)
    contents = type(found.contents)(2**60, b"", None, "", found.contents.files)
    vast = Found(found.here, found.package, contents, found.trust, ())
    with pytest.raises(AppError, match="Для обновления нужно"):
        make_ready(vast, district.database, window=True)
    assert copies_of(district.path) == ()


# --- kinds of installation ----------------------------------------------------------------------


def test_how_the_program_was_put_there_is_known(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert installation().kind is Kind.FOLDER
    (program / "portable.txt").touch()
    assert installation().kind is Kind.PORTABLE
    system = tmp_path / "opt/kurator-nko"
    system.mkdir(parents=True)
    monkeypatch.setenv("KURATOR_PROGRAM_FOLDER", str(system))
    assert installation().kind in (Kind.DEB, Kind.RPM)
    assert installation().manager.endswith(" install")
    monkeypatch.delenv("KURATOR_PROGRAM_FOLDER")
    assert installation().kind is Kind.SOURCE
    assert installation().glibc is not None


def test_on_a_stick_the_same_folder_is_updated_with_its_data(
    stick: Path, tmp_path: Path, own_folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder bears another name; nothing is left on the computer."""
    TinyPackage(tmp_path / "было", __version__).install("--portable", str(stick), home=own_folders)
    folder = (stick / "kurator-nko").rename(stick / "Учёт НКО")
    monkeypatch.setenv("KURATOR_PROGRAM_FOLDER", str(folder))
    (folder / "data").mkdir()
    with District(folder / "data") as district:
        district.ngo("АНО «Светлый берег»")
        made = ready(TinyPackage(tmp_path / "стало", NEWER).pack(), district)
    before = (folder / "data/район.db").read_bytes()
    carry_out(made)
    assert version(folder) == NEWER
    assert (folder / "data/район.db").read_bytes() == before
    assert (folder / "portable.txt").is_file()
    assert [row.why for row in copies_of(folder / "data/район.db")] == [Why.UPGRADE]
    assert {path.name for path in stick.iterdir()} == {"Учёт НКО"}
    assert told_folder() == folder / "data/log"
    left = {path.name for path in own_folders.rglob("*") if path.is_file()}
    assert left <= {"started", "tried", "window.ini"}


def test_who_may_not_install_is_given_the_command(program: Path, stick: Path) -> None:
    found = look(TinyPackage(stick, NEWER).folder, here=Installation(Kind.FOLDER, __version__, program, writable=False))
    assert found.command == f"sudo sh '{found.package.path}/install.sh' --at '{program}'"
    with pytest.raises(AppError, match="обновляет администратор"):
        make_ready(found, None, window=True)
    archive = TinyPackage(stick, "9.1.0").pack()
    found = look(archive, here=Installation(Kind.FOLDER, __version__, program, writable=False))
    subprocess.run(["sh", "-c", found.command.replace("sudo ", "")], check=True, stdout=subprocess.DEVNULL,
                   env={**os.environ, "TMPDIR": str(stick)})  # fmt: skip
    assert version(program) == "9.1.0", "as it is told, it works"


def test_what_is_started_has_none_of_what_a_frozen_program_adds(monkeypatch: pytest.MonkeyPatch) -> None:
    frozen = {"HOME": "/home/anna", "_PYI_ARCHIVE_FILE": "x", "LD_LIBRARY_PATH": "/opt/_internal",
              "LD_LIBRARY_PATH_ORIG": "/usr/lib/own", "KURATOR_PROGRAM_FOLDER": "/opt"}  # fmt: skip
    assert clean(frozen) == {"HOME": "/home/anna", "LD_LIBRARY_PATH": "/usr/lib/own"}
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    del frozen["LD_LIBRARY_PATH_ORIG"]
    assert clean(frozen) == {"HOME": "/home/anna", "PYINSTALLER_RESET_ENVIRONMENT": "1"}


# --- the command --------------------------------------------------------------------------------


def run(repo: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "app", *words], cwd=repo, capture_output=True, text=True, check=False)


def test_the_command_tells_and_installs(program: Path, stick: Path, district: District, repo: Path) -> None:
    package = TinyPackage(stick, NEWER).pack()
    district.close()
    told = run(repo, "update", str(stick), "--check")
    assert told.returncode == 0, told.stderr
    assert f"Найдена: {NEWER}" in told.stdout.replace("\u00a0", " ")
    assert "• Обновление из файла: пакет сверяется" in told.stdout
    assert version(program) == __version__
    whole = package.read_bytes()
    package.write_bytes(whole[: len(whole) // 2])
    refused = run(repo, "--db", str(district.path), "update", str(package))
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert "повреждён" in refused.stderr
    package.write_bytes(whole)
    done = run(repo, "--db", str(district.path), "update", str(package), "--json")
    assert done.returncode == 0, done.stderr
    about = json.loads(done.stdout)
    assert (about["before"], about["after"], about["done"], about["signature"]) == (__version__, NEWER, True, "none")
    assert version(program) == NEWER
    assert [row.why for row in copies_of(district.path)] == [Why.UPGRADE]
    assert not stage().exists()


def test_the_command_says_why_the_installer_refused(program: Path, stick: Path, repo: Path) -> None:
    package = TinyPackage(stick, NEWER)
    (package.folder / "install.sh").write_text("echo 'Диск сломан.' >&2; exit 1\n", encoding="utf-8")
    package.seal()
    assert run(repo, "init", "--oktmo", "41612000").returncode == 0
    done = run(repo, "update", str(stick))
    assert (done.returncode, done.stderr) == (2, "Диск сломан.\n")
    (copy,) = copies_of(default_database())
    assert done.stdout == f"Копия файла: {copy.path}\n", "the file that was open last, where none is named"
    assert take_outcome() is None, "it was told already"
    mistyped = run(repo, "--db", str(stick / "нет.db"), "update", str(stick))
    assert mistyped.returncode == 2
    assert "нет" in mistyped.stderr
    assert not stage().exists()
