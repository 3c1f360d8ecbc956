"""A district into which lists are taken, in a curator's words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from app.usecases import importing, registers
from app.usecases.importing import Counts, Preview
from tests.exchange import list_files
from tests.factories import District

Rows = Sequence[Sequence[Any]]


class Desk(District):
    """A district with lists lying beside it."""

    def __init__(self, folder: Path, **kwargs: Any) -> None:
        super().__init__(folder, today=kwargs.pop("today", "2026-10-05"), **kwargs)
        self.folder = folder

    def file(self, rows: Rows | Path) -> Path:
        return rows if isinstance(rows, Path) else list_files.xlsx(self.folder / "список.xlsx", rows)

    def seen(self, register: str, rows: Rows | Path, **kwargs: Any) -> Preview:
        """What a list would change."""
        return self.read(importing.preview, register, self.file(rows), **kwargs)

    def taken(self, register: str, rows: Rows | Path, accept: Any = "none", **kwargs: Any) -> Counts:
        """The list taken in, in one transaction."""
        with self.database.write("import", "Импорт") as session:
            seen = importing.preview(session, register, self.file(rows), **kwargs)
            return importing.write(session, seen, accept_doubtful=accept)

    def all(self, register: str) -> list[dict[str, Any]]:
        """Every live record's values, by name or newest first."""
        with self.database.read() as session:
            ids = registers.find(session, register)
            return [dict(row.values) | {"id": row.id} for row in registers.rows(session, register, ids)]

    def one(self, register: str) -> dict[str, Any]:
        (found,) = self.all(register)
        return found


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Всеволожский район on 5 October 2026."""
    with Desk(tmp_path) as found:
        yield found


def told(counts: Counts) -> tuple[int, int, int, int, int]:
    return counts.new, counts.changed, counts.same, counts.doubtful, counts.rejected
