"""The blank form, and the demo district's return as an honest hand would write it into the form."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.core.periods import Quarter
from app.models.database import Database
from app.returns.hand_form import HandForm
from app.usecases.blank_forms import blank_form
from app.usecases.form_words import shipped_form
from app.usecases.quarter_returns import KeptReturn, kept
from app.usecases.return_files import FileReport, check_return_file
from tests.hand.filling import Filler, fill

VERSION = "2026.1"


@dataclass(frozen=True)
class Honest:
    """An honest form: its bytes, the places of its cells by name, the return it was made from."""

    xlsx: bytes
    filler: Filler
    kept: KeptReturn

    def place(self, cell: str) -> str:
        return self.filler.place(cell)


@pytest.fixture(scope="session")
def form() -> HandForm:
    return shipped_form(VERSION)


@pytest.fixture(scope="session")
def blank() -> bytes:
    return blank_form(VERSION)


@pytest.fixture(scope="session")
def frozen(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> KeptReturn:
    """The demo district's frozen return of the third quarter."""
    copy = tmp_path_factory.mktemp("район") / "demo.db"
    shutil.copy(demo_folder / "demo.db", copy)  # one program at a time has a file, and tests run in several
    database = Database.open(copy)
    try:
        with database.read() as session:
            found = kept(session, Quarter(2026, 3))
    finally:
        database.close()
    assert found is not None
    return found


@pytest.fixture(scope="session")
def honest(blank: bytes, form: HandForm, frozen: KeptReturn) -> Honest:
    filler = Filler(blank, form)
    fill(filler, frozen.ret, frozen.envelope)
    return Honest(filler.saved(), filler, frozen)


@pytest.fixture
def checked(tmp_path: Path) -> Callable[..., FileReport]:
    """`checked(bytes)`: what the program says of a file with these bytes."""

    def check(xlsx: bytes, name: str = "форма.xlsx", **kwargs: object) -> FileReport:
        path = tmp_path / name
        path.write_bytes(xlsx)
        return check_return_file(path, **kwargs)  # type: ignore[arg-type]

    return check
