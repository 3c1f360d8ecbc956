"""The update on Windows as far as it is decided here: what is made ready, tried and told.

What waits and the installer do their work under wine: `make test-installer-windows` (installer/wine_update.py).
"""

from __future__ import annotations

import codecs
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app import __version__
from app.core.errors import AppError
from app.usecases.installation import Installation, Kind
from app.usecases.update_relay import (
    CLOSED,
    CODE,
    LOG,
    TICKET,
    WINDOWS_RELAY,
    keep_ticket,
    relay_on_windows,
    stage,
    take_outcome,
    told_folder,
)
from app.usecases.updating import look, make_ready, moment
from tests.factories import District
from tests.installer.packages import beside

NEWER = "9.0.0"
SETUP = """#!/bin/sh
for folder; do :; done
folder=${folder#/D=}
mkdir "$folder" && printf '#!/bin/sh\\necho "$2" >"$HOME/tried"\\n%s\\n' '@CHECK@' >"$folder/kurator-nko-cli.exe"
chmod +x "$folder/kurator-nko-cli.exe"
"""
"""What stands in for setup.exe: unpacks a program that is asked to try a copy."""


@pytest.fixture
def district(tmp_path: Path) -> Iterator[District]:
    with District(tmp_path) as made:
        yield made


def setup_of_windows(stick: Path, check: str = "") -> Path:
    setup = stick / f"kurator-nko-{NEWER}-windows-x86_64-setup.exe"
    setup.write_text(SETUP.replace("@CHECK@", check), encoding="utf-8")
    beside(setup)
    return setup


def on_windows(program: Path, kind: Kind = Kind.SETUP) -> Installation:
    (program / WINDOWS_RELAY).write_bytes(b"MZ")
    return Installation(kind, __version__, program, windows=True, machine="x86_64")


def test_on_windows_the_installer_is_started_by_what_waits(program: Path, tmp_path: Path) -> None:
    """What it is told, not what it does: that is tried under wine (installer/wine_update.py)."""
    setup, waits = tmp_path / "setup.exe", tmp_path / WINDOWS_RELAY
    relay = relay_on_windows(setup, waits, program, portable=False)
    assert relay.words == (str(waits),)
    told = {name: value for name, value in relay.environment.items() if name.startswith("KURATOR_")}
    assert told == {"KURATOR_SETUP": str(setup), "KURATOR_HOW": f"/S /NOBACKUP /D={program}",
                    "KURATOR_TOLD": str(told_folder()),
                    "KURATOR_START": str(program / "kurator-nko.exe")}  # fmt: skip
    assert "KURATOR_PROGRAM_FOLDER" not in relay.environment, "the launcher of the new program sets its own"
    how = relay_on_windows(setup, waits, program, portable=True).environment["KURATOR_HOW"]
    assert how == f"/S /NOBACKUP /PORTABLE /D={program}", "the folder comes last, bare: NSIS reads it to the end"


def test_what_waits_on_windows_and_the_program_speak_of_the_same(program: Path, repo: Path) -> None:
    source = (repo / "installer/windows/relay.c").read_text(encoding="utf-8")
    setup = (repo / "installer/windows/setup.nsi").read_text(encoding="utf-8")
    relay = relay_on_windows(program / "setup.exe", program / WINDOWS_RELAY, program, portable=False)
    asked = set(re.findall(r'taken\(L"(KURATOR_\w+)"\)', source))
    assert asked == {name for name in relay.environment if name.startswith("KURATOR_")}
    assert re.findall(r'#define WORD "(.*)"', source) == [CLOSED.decode().strip()]
    for name in (TICKET, LOG, CODE):
        assert f'joined(told, L"\\\\{name}")' in source
    (held,) = re.findall(r"#define HELD (\d+)", source)
    assert f"!define HELD {held}\n" in setup
    assert f"launcher {WINDOWS_RELAY.removesuffix('.exe')} relay -mwindows" in (
        repo / "installer/windows.sh"
    ).read_text(encoding="utf-8"), "a program without a console, beside the others"


def test_what_the_installer_of_windows_says_is_read(program: Path) -> None:
    keep_ticket(NEWER, (), moment(), relay=2**22 + 1)
    (told_folder() / "update.log").write_bytes(codecs.BOM_UTF16_LE + "«Куратор НКО» открыт.\r\n".encode("utf-16-le"))
    (told_folder() / "update.code").write_text("2\r\n", encoding="utf-8")
    told = take_outcome()
    assert told is not None
    assert (told.done, told.told) == (False, "«Куратор НКО» открыт.")


def test_on_windows_the_setup_is_copied_and_held_against_its_hash(
    program: Path, stick: Path, district: District, own_folders: Path
) -> None:
    setup = setup_of_windows(stick)
    for kind in (Kind.SETUP, Kind.PORTABLE):
        here = on_windows(program, kind)
        made = make_ready(look(stick, here=here), district.database, window=True)
        assert made.relay.package == stage()
        assert program not in (stage(), *stage().parents), "Windows renames no folder with an open file in it"
        assert {path.name for path in stage().iterdir()} == {"setup.exe", WINDOWS_RELAY}
        assert (stage() / "setup.exe").read_bytes() == setup.read_bytes()
        assert made.relay.words == (str(stage() / WINDOWS_RELAY),)
        assert ("/PORTABLE" in made.relay.environment["KURATOR_HOW"]) is (kind is Kind.PORTABLE)
    tried = (own_folders / "tried").read_text(encoding="utf-8")
    assert "проба" in tried
    assert str(district.path) not in tried, "the new program has tried a copy, not the file"
    found = look(stick, here=here)
    setup.write_bytes(b"ZM")
    with pytest.raises(AppError, match="изменился, пока его проверяли"):
        make_ready(found, district.database, window=True)
    assert not stage().exists()


@pytest.mark.parametrize(
    ("check", "said"),
    [
        ("echo Файл не обновлён. >&2; exit 2", "не приняла копию вашего файла: Файл не обновлён."),
        ("exit 1", "не приняла копию вашего файла: код 1"),
    ],
)
def test_on_windows_a_program_that_does_not_take_the_file_is_not_installed(
    program: Path, stick: Path, district: District, check: str, said: str
) -> None:
    setup_of_windows(stick, check)
    with pytest.raises(AppError) as told:
        make_ready(look(stick, here=on_windows(program)), district.database, window=True)
    assert said in told.value.message
    assert not stage().exists()


def test_on_windows_what_is_missing_or_refuses_is_said(program: Path, stick: Path, district: District) -> None:
    found = look(setup_of_windows(stick).parent, here=on_windows(program))
    (program / WINDOWS_RELAY).unlink()
    with pytest.raises(AppError, match=f"Не хватает файла «.*{WINDOWS_RELAY}»"):
        make_ready(found, district.database, window=True)
    setup = stick / f"kurator-nko-{NEWER}-windows-x86_64-setup.exe"
    setup.write_text("#!/bin/sh\nexit 2\n", encoding="utf-8")
    beside(setup)
    with pytest.raises(AppError, match="не распакована: код 2"):
        make_ready(look(stick, here=on_windows(program)), district.database, window=True)
    root = Installation(Kind.PORTABLE, __version__, Path("/"), windows=True, machine="x86_64")
    with pytest.raises(AppError, match="прямо на носителе, не в папке"):
        make_ready(look(stick, here=root), district.database, window=True)
    assert not stage().exists()


def test_what_waited_on_windows_and_cannot_remove_itself_is_cleared_at_the_next_start(program: Path) -> None:
    stage().mkdir()
    (stage() / WINDOWS_RELAY).write_bytes(b"MZ")
    (stage() / "setup.exe").write_bytes(b"MZ")
    assert take_outcome() is None
    assert stage().exists(), "another window is making an update ready"
    (stage() / "setup.exe").unlink()
    assert take_outcome() is None
    assert not stage().exists()


def test_on_windows_room_is_asked_for_what_a_setup_unpacks(program: Path, stick: Path, district: District) -> None:
    """It is compressed as one, and unpacked twice: for the trial of the copy, and beside the program."""
    found = look(setup_of_windows(stick).parent, here=on_windows(program))
    contents = replace(found.contents, size=shutil.disk_usage(program).free // 4)
    with pytest.raises(AppError, match="Для обновления нужно"):
        make_ready(replace(found, contents=contents), district.database, window=True)
    assert not stage().exists()
