"""A copy that is worked on beside the file does not outlive the program that was killed meanwhile."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from app.models.database import Database
from tests.factories import District

KILLED = """
import os, signal, sys
from pathlib import Path
from app.models.database import Database
from app.models.side_room import PURPOSES, side_room
path = Path(sys.argv[1])
database = Database.open(path)
rooms = [side_room(path, purpose) for purpose in PURPOSES]
for room in rooms:
    (room.__enter__() / path.name).write_bytes(path.read_bytes())
os.kill(os.getpid(), signal.SIGKILL)
"""


def rooms(folder: Path) -> list[Path]:
    return [place for place in folder.glob(".*") if place.is_dir()]


def test_what_a_killed_program_left_goes_with_the_next_that_opens_the_file(tmp_path: Path, repo: Path) -> None:
    with District(tmp_path) as made:
        path = made.path
    subprocess.run([sys.executable, "-c", KILLED, str(path)], cwd=repo, check=False)
    assert len(rooms(tmp_path)) == 2
    neighbour = tmp_path / "сосед.db"
    neighbour.write_bytes(path.read_bytes())
    neighbour.with_name("сосед.db.lock").write_text("{}", encoding="utf-8")
    Database.open(neighbour).close()
    assert len(rooms(tmp_path)) == 2, "another file's are not its to remove"
    Database.open(path).close()
    assert rooms(tmp_path) == []
