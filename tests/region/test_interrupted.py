"""`intake` stopped by Ctrl+C in a real process: what was taken in stays whole, the rest is told."""

from __future__ import annotations

import json
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from tests.cli.test_terminals import start
from tests.region.made import NORTH, made_of, workbook_of
from tests.region.region import TODAY, Region, Sent

OTHERS = ("41603000", "41609000", "41615000", "41621000", "41624000")


def test_ctrl_c_between_two_files_keeps_what_was_taken_in(
    region: Region, sent: Callable[..., Sent], repo: Path
) -> None:
    kept = sent(NORTH).kept
    for place, oktmo in enumerate(OTHERS):
        region.came(f"{place}.xlsx", workbook_of(kept, made_of(kept, oktmo=oktmo)))
    first = (region.incoming / "0.xlsx").read_bytes()
    for place in range(len(OTHERS), 80):
        region.came(f"{place:02d} ещё раз.xlsx", first)  # the same again: looked at and not kept
    words = ("--db", str(region.db), "--today", TODAY, "intake", str(region.incoming), "--json", "--progress")
    running = start(repo, *words)
    assert running.stderr is not None
    seen = 0
    while seen < 3:
        seen += running.stderr.readline().decode().startswith("Принимается")
    running.send_signal(signal.SIGINT)
    said, faults = running.communicate()
    assert running.returncode == 130
    assert b"Traceback" not in faults
    told = json.loads(said)
    assert told["left"] > 0
    assert len(told["files"]) + told["left"] == 80
    taken = sum(one["result"] == "accepted" for one in told["files"])
    with closing(sqlite3.connect(region.db)) as raw:
        tables = ("received_return", "region_digest")
        counts = [raw.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables]
    assert counts == [taken, taken]
    assert region("check")[0] == 0
    assert sorted(region.results().values()) == ["accepted"] * (5 - taken) + ["same"] * (75 + taken)
    assert region("check")[0] == 0


def test_it_says_how_to_go_on(region: Region, sent: Callable[..., Sent], repo: Path) -> None:
    for place in range(60):
        region.came(f"{place:02d}.xlsx", sent(NORTH).xlsx)
    words = ("--db", str(region.db), "--today", TODAY, "intake", str(region.incoming), "--progress")
    running = start(repo, *words)
    assert running.stderr is not None
    while not running.stderr.readline().decode().startswith("Принимается 2 из 60"):
        pass
    running.send_signal(signal.SIGINT)
    said, _ = running.communicate()
    assert running.returncode == 130
    last = said.decode().strip().splitlines()[-1]
    assert last.startswith("Приём прерван, не разобрано:")
    assert "Повторите команду" in last
