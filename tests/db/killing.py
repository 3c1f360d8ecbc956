"""Kills a process that writes, at a random moment, and looks at what is left of its file.

A `Scenario` is what the child does over and over.  `act` yields a word after each commit: that is
the acknowledgement, and whatever was acknowledged must be there afterwards.  A scenario of another
module is named `module:name`, so that any test can bring its own:

    outcome = run_and_kill(path, "tests.db.killing:EDITS", Random(7))

Run as a module this file is the child: `python -m tests.db.killing PATH MODULE:NAME`.
"""

from __future__ import annotations

import importlib
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from sqlalchemy import func, select

from app.models import Batch, JournalEntry, Ngo, NgoInterval
from app.models.database import Database
from app.usecases.backup import backup, check_database
from app.usecases.setup import create_district, unit
from tests.db.rows import interval, ngo

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 0.6  # seconds after the first acknowledgement
LOAD = 30  # NGOs in one batch


@dataclass(frozen=True, slots=True)
class Scenario:
    """act: what the child does, over and over; yields a word after each commit.

    faults: what is wrong with the file afterwards, given the words that were acknowledged.
    """

    act: Callable[[Database], Iterator[str]]
    faults: Callable[[Database, Sequence[str]], list[str]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """acknowledged: words the child said.  faults: of the scenario and of the check of the file."""

    acknowledged: tuple[str, ...]
    faults: tuple[str, ...]


def run_and_kill(path: Path, scenario: str, random: Random, *, first: int = 1) -> Outcome:
    """Let a child run the scenario on the file, kill it after `first` acknowledgements and a random while."""
    child = subprocess.Popen(
        [sys.executable, "-X", "utf8", "-m", "tests.db.killing", str(path), scenario],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert child.stdout is not None
    assert child.stderr is not None
    said = [child.stdout.readline() for _ in range(first)]
    try:
        child.wait(timeout=random.uniform(0, LONGEST))
    except subprocess.TimeoutExpired:
        child.kill()
    rest, errors = child.communicate(timeout=60)
    if not all(said) or child.returncode >= 0:
        raise AssertionError(f"The child ended by itself: {errors}")
    # A line that was not finished is no acknowledgement.
    words = tuple(re.findall(r"^(.+)\n", "".join(said) + rest, re.MULTILINE))
    with Database.open(path) as left:
        faults = [*check_database(left).faults, *_named(scenario).faults(left, words)]
    return Outcome(words, tuple(faults))


def _named(scenario: str) -> Scenario:
    module, _, name = scenario.partition(":")
    found = getattr(importlib.import_module(module), name)
    assert isinstance(found, Scenario)
    return found


# --- what is done -------------------------------------------------------------------------------


def _load(database: Database) -> Iterator[str]:
    """A list comes in: many NGOs with their lines in one batch."""
    number = 0
    while True:
        number += 1
        name = f"{os.getpid()}-{number}"
        with database.write("import", f"Загрузка {name}") as session:
            rows = [ngo(f"АНО «{name}-{n}»", note=name) for n in range(LOAD)]
            session.add_all(rows)
            session.flush()
            session.add_all(interval(row.id) for row in rows)
        yield name


def _load_faults(database: Database, words: Sequence[str]) -> list[str]:
    with database.read() as session:
        counts = dict(session.execute(select(Ngo.note, func.count()).where(Ngo.note != "").group_by(Ngo.note)).all())
        lines = session.scalar(select(func.count()).select_from(NgoInterval)) or 0
        entries = select(func.count()).select_from(JournalEntry).join(Batch, Batch.id == JournalEntry.batch_id)
        journalled = session.scalar(entries.where(Batch.kind == "import")) or 0
    faults = [f"lost: {word}" for word in words if word not in counts]
    faults += [f"half a batch: {note}, {count}" for note, count in counts.items() if count != LOAD]
    if not lines == sum(counts.values()) == journalled / 2:
        faults.append(f"{sum(counts.values())} NGOs, {lines} lines, {journalled} entries")
    return faults


def _edit(database: Database) -> Iterator[str]:
    """A form is saved: one record, one field, a number that grows."""
    with database.write("edit", "Внесена НКО") as session:
        row = session.scalars(select(Ngo).where(Ngo.name == "АНО «Счёт»")).first()
        if row is None:
            session.add(row := ngo("АНО «Счёт»", note="0"))
        number, id = int(row.note), row.id
    while True:
        number += 1
        with database.write("edit", f"Правка {number}") as session:
            session.get_one(Ngo, id or 1).note = str(number)
        yield str(number)


def _edit_faults(database: Database, words: Sequence[str]) -> list[str]:
    with database.read() as session:
        number = int(session.scalars(select(Ngo.note).where(Ngo.name == "АНО «Счёт»")).one())
        titles = session.scalar(select(func.count()).select_from(Batch).where(Batch.title.startswith("Правка")))
    faults = [] if number >= int(words[-1]) else [f"{words[-1]} was acknowledged, {number} is there"]
    return faults if titles == number else [*faults, f"{titles} batches for {number} edits"]


def _copy(database: Database) -> Iterator[str]:
    """A backup is written over the last one, a record between them."""
    number = 0
    while True:
        number += 1
        with database.write("edit", "Внесена НКО") as session:
            session.add(ngo(f"АНО «Копия {number}»"))
        yield str(backup(database, _copy_beside(database)).size)


def _copy_faults(database: Database, words: Sequence[str]) -> list[str]:
    with Database.open(_copy_beside(database)) as copy:
        return [f"copy: {fault}" for fault in check_database(copy).faults]


def _copy_beside(database: Database) -> Path:
    return database.path.with_name("копия.db")


def _create(database: Database) -> Iterator[str]:
    """A new district is made, again and again."""
    number = 0
    while True:
        number += 1
        name = f"новый {os.getpid()} {number}.db"
        create_district(database.path.with_name(name), "41609000").close()
        yield name


def _create_faults(database: Database, words: Sequence[str]) -> list[str]:
    made = sorted(database.path.parent.glob("новый *.db"))
    faults = [f"lost: {word}" for word in words if word not in {path.name for path in made}]
    for path in made:
        with Database.open(path) as new, new.read() as session:
            if not unit(session)["administration"]:
                faults.append(f"half a district: {path.name}")
            faults += [f"{path.name}: {fault}" for fault in check_database(new).faults]
        path.unlink()
    return faults


LOADS = Scenario(_load, _load_faults)
EDITS = Scenario(_edit, _edit_faults)
COPIES = Scenario(_copy, _copy_faults)
CREATIONS = Scenario(_create, _create_faults)


def run_child(path: str, scenario: str) -> None:
    """What the child does until it is killed."""
    with Database.open(path) as opened:
        for word in _named(scenario).act(opened):
            print(word, flush=True)


if __name__ == "__main__":
    importlib.import_module("tests.db.killing").run_child(*sys.argv[1:])  # one module, not two of one text
