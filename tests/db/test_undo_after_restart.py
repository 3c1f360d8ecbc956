"""A merge, an import, an edit and an archive are undone from the history page after the file was closed and opened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.models.journal import verify
from app.usecases import ngos, records
from app.usecases.documents import NewFile, attach, documents_of
from tests.factories import District
from tests.pages import open_window
from tests.ui.pages_card import history_of_district

Deed = Callable[[District, int, int, Path], None]
LIST = "Наименование;ОГРН\nАНО «Первая»;1037739010891\nАНО «Вторая»;1027700132195\n"


def merge(district: District, svet: int, twice: int, folder: Path) -> None:
    district.write(ngos.merge, twice, svet, kind="merge", title="карточки объединены")


def edit(district: District, svet: int, twice: int, folder: Path) -> None:
    district.write(records.save, "ngo", {"name": "АНО «Луч»", "note": "новое имя"}, id=svet, title="имя изменено")


def archive(district: District, svet: int, twice: int, folder: Path) -> None:
    district.write(records.archive, "ngo", twice, "дубль", kind="archive", title="карточка в архиве")


def attach_scan(district: District, svet: int, twice: int, folder: Path) -> None:
    district.write(attach, "ngo", svet, [NewFile("скан.pdf", b"%PDF")], title="скан прикреплён")


def state(district: Any, ids: tuple[int, int]) -> list[Any]:
    cards = [district.card("ngo", id) for id in ids]
    return [(dict(c.values), {k: len(v) for k, v in c.lines.items()}, c.archived_on) for c in cards]


@pytest.mark.parametrize("deed", [merge, edit, archive, attach_scan])
def test_undone_after_a_restart(qtbot: Any, tmp_path: Path, deed: Deed) -> None:
    with District(tmp_path) as district:
        svet = district.ngo("АНО «Свет»", sonko=True)
        twice = district.ngo("АНО «Свет», второй список", ogrn=None, inn=None, phone="8 (81370) 00-00")
        district.support(svet, form="214")
        before = state(district, (svet, twice))
        deed(district, svet, twice, tmp_path)
    window = open_window(qtbot, tmp_path / "район.db", today="2026-07-06")
    page = history_of_district(window)
    page.undo(page.titles[0])
    assert page.undone(page.titles[1])
    window.close()
    with District.copied(tmp_path / "район.db", tmp_path_of(tmp_path), today="2026-07-06") as again:
        assert state(again, (svet, twice)) == before
        assert again.read(documents_of, "ngo", [svet]) == ()
        assert again.read(verify) == []


def tmp_path_of(folder: Path) -> Path:
    other = folder / "снова"
    other.mkdir()
    return other


def test_an_import_is_undone_after_a_restart(qtbot: Any, tmp_path: Path) -> None:
    with District(tmp_path) as district:
        district.ngo("АНО «Свет»")
        path = district.path
    first = open_window(qtbot, path, today="2026-07-06")
    (tmp_path / "список.csv").write_text(LIST, encoding="utf-8")
    first.import_page("ngo").read(tmp_path / "список.csv").write()
    assert first.register("ngo").count == 3
    first.close()
    window = open_window(qtbot, path, today="2026-07-07")
    page = history_of_district(window)
    page.undo(page.titles[0])
    assert window.register("ngo").count == 1
    assert window.notice.startswith("Отменено") or page.undone(page.titles[1])
    window.close()
