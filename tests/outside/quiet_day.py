"""A day's work in a process of its own, watched for a call out: `python quiet_day.py FOLDER [call]` prints one object.

attempts: what Python was asked to connect or to look up (an audit hook: no way of Python passes it by);
packets: what the kernel was asked to send and had no way for, Qt's and other libraries' C included — told
where the process is alone in a network namespace.  `call` makes one call out, to see that it is noticed.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from pathlib import Path
from typing import Any

CALLS = ("socket.connect", "socket.getaddrinfo", "socket.gethostby", "socket.send", "urllib.", "http.", "ftplib.",
         "smtplib.")  # fmt: skip
attempts: list[str] = []


def watch(event: str, given: tuple[Any, ...]) -> None:
    if event == "socket.__new__":
        if given[1] in (socket.AF_INET, socket.AF_INET6):
            attempts.append(event)
    elif event == "socket.connect" and given[0].family == socket.AF_UNIX:
        return  # D-Bus and the screen: this computer's own
    elif event.startswith(CALLS):
        attempts.append(event)


def packets() -> int:
    """Packets sent or refused for want of a way since the namespace was made."""
    rows = [row.split() for row in Path("/proc/net/snmp").read_text(encoding="ascii").splitlines()]
    told = {head[0] + name: int(value) for head, row in zip(rows[::2], rows[1::2], strict=True)
            for name, value in zip(head[1:], row[1:], strict=True)}  # fmt: skip
    return told["Ip:OutNoRoutes"] + told["Ip:OutRequests"] + told["Udp:OutDatagrams"] + told["Tcp:ActiveOpens"]


def day(folder: Path) -> list[int]:
    """Exit codes: a file is made, a list taken in, a return drafted, the window opened and closed."""
    from app.cli import run
    from tests.cli.desk import LIST, TODAY

    file, db = folder / "нко.csv", folder / "район.db"
    file.write_text(LIST, encoding="utf-8")
    common = ["--db", str(db), *TODAY]
    done = [run([*common, *command]) for command in (
        ("init", "--oktmo", "41612000"), ("import", "ngos", str(file)),
        ("return", "2026-Q3", "--draft", "--out", str(folder / "отчёт")),
    )]  # fmt: skip
    return [*done, window(db)]


def window(db: Path) -> int:
    from PySide6.QtCore import QTimer

    from app import bootstrap

    app = bootstrap.make_application(["kurator-nko"])
    shown = QTimer()

    def look() -> None:
        for widget in app.topLevelWidgets():
            if getattr(widget, "desk", None) is not None and widget.jobs.idle:
                widget.close()
                app.quit()

    shown.timeout.connect(look)
    shown.start(100)
    return bootstrap.main(["--db", str(db)])


if __name__ == "__main__":
    sys.addaudithook(watch)
    before = packets()
    if sys.argv[2:] == ["call"]:
        try:
            socket.create_connection(("127.0.0.1", 9), timeout=1)
        except OSError:
            codes = [0]
    else:
        codes = day(Path(sys.argv[1]))
    told = {"codes": codes, "attempts": attempts, "packets": packets() - before}
    Path(sys.argv[1], "told.json").write_text(json.dumps(told), encoding="utf-8")
    sys.stdout.flush()
    os._exit(0)
