"""The commands as a terminal meets them: any code page, a closed pipe, a full disk, Ctrl+C, a mistyped word."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.desk import TODAY, Desk

# The whole of it where Qt cannot be imported: no command and no mistyped one may need it.
PROGRAM = """import sys
class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.partition('.')[0] in ('PySide6', 'shiboken6'):
            raise ImportError('Qt is not here')
sys.meta_path.insert(0, NoQt())
from app.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


def start(repo: Path, *words: str, code_page: str = "utf-8", temporary: Path | None = None, out: int = subprocess.PIPE):
    environment = {**os.environ, "PYTHONIOENCODING": code_page, "TMPDIR": str(temporary or "")}
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *words], cwd=repo, env=environment, stdout=out, stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # a shell's `&` takes it away
    )


@pytest.mark.parametrize("code_page", ["cp1251", "cp866", "ascii", "utf-8"])
def test_every_code_page_shows_what_it_can(desk: Desk, repo: Path, code_page: str) -> None:
    words = ("--db", str(desk.db), *TODAY, "return", "2026-Q3", "--out", str(desk.folder / "out"))
    done = start(repo, *words, code_page=code_page)
    said, faults = done.communicate()
    assert (done.returncode, faults) == (1, b"")
    text = said.decode(code_page)
    assert ("Отчёт не утверждён" in text) == (code_page != "ascii")
    assert "41" in text
    refused = start(repo, "--db", str(desk.db), "import", "ngos", "нет.xlsx", code_page=code_page)
    _, faults = refused.communicate()
    assert (refused.returncode, faults.count(b"\n"), b"Traceback" in faults) == (2, 1, False)
    if code_page == "cp866":
        assert faults.decode(code_page).startswith('Файла "нет.xlsx" нет.')


@pytest.mark.parametrize("code_page", ["ascii", "cp866", "utf-8"])
def test_json_is_whole_in_every_code_page(tmp_path: Path, repo: Path, code_page: str) -> None:
    db = tmp_path / "район «Север» ₽.db"
    done = start(repo, "--db", str(db), "--json", "init", "--oktmo", "41612000", code_page=code_page)
    said, _ = done.communicate()
    assert done.returncode == 0
    assert json.loads(said.decode(code_page))["db"] == str(db)


def test_a_closed_pipe_and_a_full_disk_end_in_no_traceback(desk: Desk, repo: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = start(repo, "--db", str(desk.db), "check", out=writer)
    os.close(writer)
    assert (done.communicate()[1], done.returncode) == (b"", 0)
    with open("/dev/full", "wb") as full:
        done = start(repo, "--db", str(desk.db), "check", out=full.fileno())
        _, faults = done.communicate()
    assert (done.returncode, faults.count(b"\n")) == (2, 1)
    assert "на диске нет места" in faults.decode()


def test_ctrl_c_is_one_line_and_leaves_nothing(tmp_path: Path, repo: Path) -> None:
    workshop, out = tmp_path / "tmp", tmp_path / "demo"
    workshop.mkdir()
    running = start(repo, "demo", "--out", str(out), temporary=workshop)
    deadline = time.monotonic() + 60
    while not list(workshop.glob("*/demo.db")):
        assert time.monotonic() < deadline
        assert running.poll() is None
        time.sleep(0.02)
    running.send_signal(signal.SIGINT)
    said, faults = running.communicate()
    assert (running.returncode, said, faults.count(b"\n")) == (130, b"", 1)
    assert faults.decode().startswith("Прервано")
    assert not out.exists()
    assert not list(workshop.iterdir())


@pytest.mark.parametrize("words", [("improt", "ngos", "нет.xlsx"), ("--db",), ("--json",), ("--db", "нет.db", "chek")])
def test_a_mistyped_command_opens_no_window(repo: Path, words: tuple[str, ...]) -> None:
    done = start(repo, *words)
    said, faults = done.communicate()
    assert (done.returncode, said, faults.count(b"\n")) == (2, b"", 1)
    assert "Справка: python -m app --help" in faults.decode()


def test_help_is_in_russian(repo: Path) -> None:
    done = start(repo, "import", "--help")
    said = done.communicate()[0].decode()
    assert done.returncode == 0
    assert said.startswith("Вызов: python -m app import")
    assert not [word for word in ("usage", "options", "show this") if word in said]


def test_without_a_screen_the_window_says_so(repo: Path) -> None:
    """On Linux; elsewhere there always is one."""
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    bare = {key: value for key, value in os.environ.items() if key not in screens}
    program = "import sys; sys.platform = 'linux'; from app.__main__ import main; sys.exit(main([]))"
    done = subprocess.run([sys.executable, "-c", program], cwd=repo, env=bare, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)
    assert done.stderr.decode().startswith("Окно показать негде: нет графического экрана.")
