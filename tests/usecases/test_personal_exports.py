"""What left the file with personal data stands in the journal, and nobody takes that back."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from app.core.errors import AppError
from app.usecases import history
from app.usecases.personal_exports import KIND, exports, note_export
from app.usecases.undoing import undo_batch
from tests.factories import District


def test_who_took_what_of_how_many_and_where_to(tmp_path: Path) -> None:
    with District(tmp_path, today="2026-10-05") as district:
        district.write(note_export, "Контактные лица", 22, "буфер обмена", kind=KIND, title="")
        (kept,) = district.read(exports)
        assert (kept.made_by, kept.what, kept.people, kept.where) == ("Куратор", "Контактные лица", 22, "буфер обмена")
        batch = district.read(history.recent_changes)[0]
        assert (batch.kind, batch.inserted) == ("export", 1)
        assert batch.title == "Выгрузка: Контактные лица — 22\u00a0человека, буфер обмена"
        with pytest.raises(AppError, match="не отменяется"):
            district.write(undo_batch, batch.id, kind="undo")


@pytest.mark.parametrize("deed", ["UPDATE personal_export SET people = 0", "DELETE FROM personal_export"])
def test_another_program_cannot_rub_it_out(tmp_path: Path, deed: str) -> None:
    with District(tmp_path, today="2026-10-05") as district:
        district.write(note_export, "Контактные лица", 1, "Excel", kind=KIND, title="")
    with sqlite3.connect(district.path) as other, pytest.raises(sqlite3.IntegrityError, match="what left the file"):
        other.execute(deed)
    other.close()
