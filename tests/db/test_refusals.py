"""What a person meets when a file cannot be opened or written: each its sentence, and nothing lost."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.core.clock import Clock, FixedClock
from app.core.errors import AppError
from app.models import Ngo, database
from app.models.database import Database
from app.models.location import file_system, on_network, placement_refusal
from app.usecases.backup import check_database
from tests.db.rows import ngo

ROOT = Path(__file__).resolve().parents[2]


def in_another_process(script: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-c", script, *map(str, arguments)],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


@pytest.fixture
def closed(database: Database) -> Path:
    """A sound file that nobody has open."""
    with database.write("edit", "Внесена НКО") as session:
        session.add(ngo())
    database.close()
    return database.path


def refused(path: Path) -> str:
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(AppError) as told:
        Database.open(path)
    assert told.value.hint
    assert not path.with_name(path.name + ".lock").exists()
    if before is not None:
        assert path.read_bytes() == before
    return told.value.message


def test_a_missing_file(tmp_path: Path) -> None:
    assert refused(tmp_path / "нет.db").endswith("нет.db» нет.")
    assert not (tmp_path / "нет.db").exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 a workbook", "Реестр НКО; ОГРН".encode("cp1251")])
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "список.db"
    path.write_bytes(content)
    assert refused(path) == "Файл «список.db» — не база «Куратора НКО»."


def test_a_database_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "чужая.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE alembic_version (version_num TEXT)")
    other.close()
    assert refused(path) == "Файл «чужая.db» — не база «Куратора НКО»."


def test_a_newer_database(closed: Path) -> None:
    with sqlite3.connect(closed) as other:
        other.execute("UPDATE alembic_version SET version_num = '0999'")
    other.close()
    assert "более новой программой" in refused(closed)


@pytest.mark.parametrize("spoiled", ["the first page", "the middle"])
def test_a_damaged_database(closed: Path, spoiled: str) -> None:
    content = bytearray(closed.read_bytes())
    place = 120 if spoiled == "the first page" else len(content) // 2
    content[place : place + 8192] = b"\xa5" * 8192
    closed.write_bytes(content)
    # A program that did not end in order leaves its lock: then the whole file is looked at.
    closed.with_name(closed.name + ".lock").write_text("{}", encoding="utf-8")
    with pytest.raises(AppError, match=r"повреждён.*копию"):
        Database.open(closed)
    assert closed.read_bytes() == content


def test_a_file_cut_short(closed: Path) -> None:
    os.truncate(closed, 5000)
    closed.with_name(closed.name + ".lock").write_text("{}", encoding="utf-8")
    with pytest.raises(AppError, match="повреждён"):
        Database.open(closed)


def test_an_existing_file_is_never_replaced(closed: Path, tmp_path: Path) -> None:
    before = closed.read_bytes()
    with pytest.raises(AppError, match="уже есть"):
        Database.create(closed)
    assert closed.read_bytes() == before
    with pytest.raises(AppError, match="Папки"):
        Database.create(tmp_path / "нет такой" / "район.db")


def test_a_creation_that_breaks_leaves_no_file(tmp_path: Path) -> None:
    def fill(_: object) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        Database.create(tmp_path / "район.db", fill=fill)
    assert list(tmp_path.iterdir()) == []


# --- one program at a time ----------------------------------------------------------------------

HOLD = """
import sys
from pathlib import Path
from app.models.database import Database
database = Database.open(Path(sys.argv[1]), actor="Петрова А. А.")
print("open", flush=True)
sys.stdin.readline()
database.close()
"""


@pytest.fixture
def holder(closed: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the file open."""
    process = subprocess.Popen(
        [sys.executable, "-X", "utf8", "-c", HOLD, str(closed)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdin is not None
    assert process.stdout.readline() == "open\n"
    yield process
    process.kill()
    process.wait()
    process.stdin.close()
    process.stdout.close()


def test_a_file_open_in_another_program(closed: Path, holder: subprocess.Popen[str]) -> None:
    with pytest.raises(AppError, match=r"уже открыт другой программой \(Петрова А\. А\., компьютер .+, с "):
        Database.open(closed)
    holder.communicate("\n", timeout=60)
    Database.open(closed).close()


def test_a_lock_of_a_killed_program_blocks_nobody(closed: Path, holder: subprocess.Popen[str]) -> None:
    holder.send_signal(signal.SIGKILL)
    holder.wait(timeout=60)
    assert closed.with_name(closed.name + ".lock").exists()
    with Database.open(closed) as again:
        assert check_database(again).sound
    assert not closed.with_name(closed.name + ".lock").exists()


def test_the_same_program_opens_a_file_once(closed: Path) -> None:
    with Database.open(closed), pytest.raises(AppError, match="уже открыт"):
        Database.open(closed)
    Database.open(closed).close()


# --- the disk -----------------------------------------------------------------------------------

READ_ONLY = """
import os, sys
from pathlib import Path
from app.core.errors import AppError
from app.models.database import Database
if os.geteuid() == 0:
    os.setuid(65534)  # rights mean nothing to root
try:
    Database.open(Path(sys.argv[1]))
except AppError as told:
    print(told)
"""


@pytest.mark.parametrize(
    ("folder_rights", "file_rights", "sentence"),
    [(0o777, 0o444, "доступен только для чтения"), (0o555, 0o666, "нельзя записывать: она доступна только для чтения")],
)
def test_a_file_or_folder_that_is_read_only(closed: Path, folder_rights: int, file_rights: int, sentence: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        target = folder / "район.db"
        shutil.copy(closed, target)
        target.chmod(file_rights)
        folder.chmod(folder_rights)
        done = in_another_process(READ_ONLY, target)
        folder.chmod(0o700)
        assert sentence in done.stdout, done.stderr
        assert target.read_bytes() == closed.read_bytes()


FULL = """
import resource, sys
import app.usecases.records
from pathlib import Path
from app.core.errors import AppError
from app.models.database import Database
from tests.db.rows import ngo
path = Path(sys.argv[1])
database = Database.open(path)
with database.write("edit", "Одна") as session:
    session.add(ngo("АНО «Одна»"))
print("kept", flush=True)
resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, 1_500_000))  # a file may not grow past this
try:
    with database.write("import", "Много") as session:
        session.add_all(ngo(f"АНО «{n}»", note="длинная запись " * 40) for n in range(3000))
except AppError as told:
    print(told, flush=True)
with database.read() as session:
    from sqlalchemy import func, select
    from app.models import Ngo
    print(session.scalar(select(func.count()).select_from(Ngo)))
"""


def test_a_full_disk(closed: Path) -> None:
    done = in_another_process(FULL, closed)
    assert done.returncode == 0, done.stderr
    kept, told, count = done.stdout.splitlines()
    assert kept == "kept"
    assert "кончилось место: запись не сделана, прежние записи целы. Освободите место" in told
    assert count == "2"
    with Database.open(closed) as again, again.read() as session:
        assert session.scalar(select(func.count()).select_from(Ngo)) == 2
    with Database.open(closed) as again:
        assert check_database(again).sound


NOT_A_BYTE = """
import resource, sys
from pathlib import Path
from app.core.errors import AppError
from app.models.database import Database
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
try:
    Database.open(Path(sys.argv[1]))
except AppError as told:
    print(told, flush=True)
"""


def test_a_disk_without_a_single_byte_left(closed: Path) -> None:
    """Even the lock cannot be written then: told in words, and no lock is left."""
    before = closed.read_bytes()
    done = in_another_process(NOT_A_BYTE, closed)
    assert done.returncode == 0, done.stderr
    assert "кончилось место: запись не сделана, прежние записи целы. Освободите место" in done.stdout
    assert closed.read_bytes() == before
    assert [path.name for path in closed.parent.iterdir()] == [closed.name]


def test_room_is_looked_for_before_anything_is_written(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Database.open(closed) as opened:
        monkeypatch.setattr(database, "ROOM", 1 << 60)
        with pytest.raises(AppError, match="кончилось место"), opened.write("edit", "Внесена НКО") as session:
            session.add(ngo())
        with opened.read() as session:
            assert session.scalar(select(func.count()).select_from(Ngo)) == 1


# --- where it lies ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "folder",
    ["OneDrive", "OneDrive - Администрация", "Dropbox", "Яндекс.Диск", "YandexDisk", "Google Drive", "Облако Mail.ru"],
)
def test_a_cloud_folder_is_refused_with_a_way_out(closed: Path, tmp_path: Path, folder: str) -> None:
    cloud = tmp_path / folder / "База"
    cloud.mkdir(parents=True)
    target = Path(shutil.copy(closed, cloud / "район.db"))
    with pytest.raises(AppError, match=f"«{folder}», которую копирует облачная программа.*Перенесите"):
        Database.open(target)
    with pytest.raises(AppError, match="облачная"):
        Database.create(cloud / "новая.db")
    assert [path.name for path in cloud.iterdir()] == ["район.db"]


@pytest.mark.parametrize("folder", ["Дискотека", "Облако", "Dropbox-отчёты", "Документы"])
def test_an_ordinary_folder_is_not(tmp_path: Path, folder: str) -> None:
    assert placement_refusal(tmp_path / folder / "район.db") is None


MOUNTS = """\
36 35 0:41 / /srv/общая\\040папка rw - cifs //server/share rw
21 1 252:1 / / rw,relatime shared:1 - ext4 /dev/vda rw
35 21 0:40 / /srv rw - ext4 /dev/vdb rw
37 21 0:42 / /home/u/net rw - ext4 /dev/vdc rw
38 21 0:43 / /home/u/net rw - nfs4 server:/export rw
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/u/район.db", "ext4"),
        ("/srv/район.db", "ext4"),
        ("/srv/общая папка/район.db", "cifs"),
        ("/srv/общая папка 2/район.db", "ext4"),
        ("/home/u/net/a/b.db", "nfs4"),
    ],
)
def test_a_network_share_is_known_by_its_mount(path: str, kind: str) -> None:
    assert file_system(Path(path), MOUNTS) == kind


def test_this_disk_is_no_network(tmp_path: Path) -> None:
    assert not on_network(tmp_path / "район.db")


# --- the clock ----------------------------------------------------------------------------------


def test_a_clock_set_back_is_told_and_loses_nothing(closed: Path, clock: FixedClock) -> None:
    with Database.open(closed, clock=Clock.fixed(date(2026, 9, 1), seed=1)) as opened:
        (sentence,) = opened.warnings
        assert sentence.startswith(
            "Часы компьютера показывают 01.09.2026, а последняя запись в базе сделана 06.10.2026: проверьте дату."
        )
        with opened.write("edit", "Внесена НКО") as session:
            session.add(ngo("АНО «Луч»"))
        with opened.read() as session:
            assert session.scalar(select(func.count()).select_from(Ngo)) == 2
        assert check_database(opened).sound
    with Database.open(closed, clock=Clock.fixed(date(2026, 10, 6))) as opened:
        assert opened.warnings == ()


def test_alembic_is_not_imported_to_open_a_file_of_this_version(closed: Path) -> None:
    script = (
        "import sys; from app.models.database import Database; Database.open(sys.argv[1]).close();"
        "assert 'alembic' not in sys.modules"
    )
    assert in_another_process(script, closed).returncode == 0
