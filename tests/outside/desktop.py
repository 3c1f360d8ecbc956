"""A screen of its own with a window manager and a screen reader's bus, and a person who sits at it.

Nothing of the program is imported: it is started as a clerk starts it, seen as a screen reader sees it (AT-SPI)
and worked by keys and the mouse of the X server (xdotool).  Wants Debian's xvfb, openbox, dbus-x11, at-spi2-core,
python3-pyatspi and xdotool; `missing()` says which are not there.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[2]
EYES = Path(__file__).with_name("eyes.py")
SYSTEM_PYTHON = "/usr/bin/python3"
AT_SPI = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
CYRILLIC = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ№")
PLACES = {"n": 57, "s": 39, "k": 45, "f": 41, "e": 26, "d": 40, "z": 52}
"""Where a key is on the keyboard (X keycodes), not what it types."""
SECONDS = 60  # how long a person waits for something to appear


def missing() -> list[str]:
    """Which Debian packages a desktop would need and has not."""
    wanted = {"xvfb": "Xvfb", "openbox": "openbox", "dbus-x11": "dbus-daemon", "xdotool": "xdotool"}
    found = [package for package, program in wanted.items() if shutil.which(program) is None]
    if not any(Path(place).exists() for place in AT_SPI):
        found.append("at-spi2-core")
    probe = subprocess.run([SYSTEM_PYTHON, "-c", "import pyatspi"], capture_output=True, check=False)
    return found if probe.returncode == 0 else [*found, "python3-pyatspi"]


class Desktop:
    """The screen, while the context lasts.  home: the person's own folder."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._stack = contextlib.ExitStack()
        self.environment = {**os.environ, "HOME": str(home), "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT),
                            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "NO_AT_BRIDGE": "0"}  # fmt: skip

    def __enter__(self) -> Desktop:
        reading, writing = os.pipe()
        # Without -noreset the server begins anew when setxkbmap, its only client, leaves, and refuses openbox.
        self._start(["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-noreset"],
                    pass_fds=(writing,))  # fmt: skip
        os.close(writing)
        with os.fdopen(reading) as told:
            self.environment["DISPLAY"] = f":{told.readline().strip()}"
        bus = self._start(["dbus-daemon", "--session", "--print-address", "--nofork"], stdout=subprocess.PIPE)
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = _line(bus.stdout).strip()
        self.switch("us")
        self._start(["openbox"])
        launcher = next(place for place in AT_SPI if Path(place).exists())
        self._start([launcher, "--launch-immediately"])
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def switch(self, layout: str) -> None:
        subprocess.run(["setxkbmap", "-layout", layout], env=self.environment, check=True, capture_output=True)
        self.layout = layout

    def person(self, *arguments: str, program: Sequence[str] = (sys.executable, "-m", "app")) -> Person:
        """Somebody who starts the program with these arguments: that of the source, or one that is installed."""
        started = self._start([*program, *arguments])
        eyes = self._start([SYSTEM_PYTHON, str(EYES)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                           env={**self.environment, "PYTHONPATH": ""})  # fmt: skip
        return Person(self, started, eyes)

    def _start(self, command: Sequence[str], **how: Any) -> subprocess.Popen[str]:
        how = {"env": self.environment, "stderr": subprocess.DEVNULL, "text": True, "cwd": ROOT, **how}
        process = subprocess.Popen(command, **how)
        self._stack.callback(_end, process)
        return process


class Person:
    """Eyes and hands at the desktop; everything she waits for, she waits for at most a minute."""

    def __init__(self, desktop: Desktop, program: subprocess.Popen[str], eyes: subprocess.Popen[str]) -> None:
        self._desktop, self.program, self._eyes = desktop, program, eyes

    # --- eyes

    def sees(self, name: str | None = None, *, seconds: float | None = None, **how: Any) -> dict[str, Any]:
        """The widget of that name (role, begins, holds, states narrow it); fails with all there is on the screen."""
        found = self._ask(ask="see", name=name, seconds=SECONDS if seconds is None else seconds, **how)
        if found is None:
            raise AssertionError(f"Nothing on the screen is {name or how}:\n{self.screen()}")
        return dict(found)

    def screen(self) -> str:
        """What is on the screen, as a screen reader tells it."""
        return "\n".join(f"{'  ' * w['depth']}{w['role']} «{w['name']}» {w['text']!r} {','.join(w['states'])}"
                         for w in self._ask(ask="tree") if w["name"] or w["text"])  # fmt: skip

    @property
    def tree(self) -> list[dict[str, Any]]:
        return list(self._ask(ask="tree"))

    def _ask(self, **question: Any) -> Any:
        stdin = self._eyes.stdin
        assert stdin is not None
        print(json.dumps(question), file=stdin, flush=True)
        return json.loads(_line(self._eyes.stdout))

    # --- hands

    def clicks(self, name: str | None = None, **how: Any) -> Person:
        """Move to a widget and press the mouse there."""
        x, y, width, height = self.sees(name, **how)["place"]
        self._hand("mousemove", "--sync", str(x + width // 2), str(y + height // 2), "click", "1")
        return self

    def presses(self, *keys: str) -> Person:
        """Keys by their X names: ctrl+n, Return, Tab."""
        for key in keys:
            self._hand("key", "--clearmodifiers", key)
        return self

    def reaches(self, name: str, most: int = 40) -> Person:
        """Tab by Tab to the field of that name, as one does without a mouse."""
        for _ in range(most):
            if name in self._ask(ask="focused"):
                return self
            self.presses("Tab")
        raise AssertionError(f"«{name}» is not reached by {most} Tabs:\n{self.screen()}")

    def types(self, text: str) -> Person:
        """Letter by letter, in the layout that has the letters: a person switches it too."""
        for russian, letters in groupby(text, lambda letter: letter in CYRILLIC):
            self.switches("ru" if russian else "us")
            self._hand("type", "--clearmodifiers", "--delay", "15", "".join(letters))
        return self

    def switches(self, layout: str) -> Person:
        """The layout of the keyboard: us or ru."""
        if layout != self._desktop.layout:
            self._desktop.switch(layout)
        return self

    def presses_where(self, letter: str, *, holding: str) -> Person:
        """The key on which a Latin letter stands, whatever the layout makes of it."""
        self._hand("key", "--clearmodifiers", f"{holding}+{PLACES[letter]}")
        return self

    def _hand(self, *what: str) -> None:
        subprocess.run(["xdotool", *what], env=self._desktop.environment, check=True, capture_output=True, timeout=120)

    def leaves(self) -> int:
        """Close the window as its manager does; the exit code of the program."""
        self.presses("alt+F4")
        return self.program.wait(SECONDS)


def _line(pipe: IO[str] | None) -> str:
    assert pipe is not None
    return pipe.readline()


def _end(process: subprocess.Popen[str]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
