"""Wrong rows come back as a workbook that can be put right and taken in."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from app.core.identifiers import ogrn_with_check_digit
from app.usecases.importing import rejects_xlsx
from tests.importing.conftest import Desk, told

OGRN = ogrn_with_check_digit("123470000001")


def test_wrong_rows_come_back_with_their_cells_and_reasons(desk: Desk, tmp_path: Path) -> None:
    rows = [["Наименование", "ОГРН", "Примечание"], ["Фонд «Заря»", "1231600019706", "=1+1"], ["АНО «Свет»", OGRN, ""]]
    path = tmp_path / "ошибки.xlsx"
    path.write_bytes(rejects_xlsx(desk.seen("ngo", rows)))
    sheet = load_workbook(path).active
    assert sheet is not None
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(line for line in lines if "Что исправить" in line)
    (row,) = lines[lines.index(head) + 1 :]
    assert head[3:] == ["Наименование", "ОГРН", "Примечание"]
    assert row[1] == 2
    assert "Контрольная цифра ОГРН" in str(row[2])
    assert row[3:5] == ["Фонд «Заря»", "1231600019706"]
    marked = [cell for line in sheet.iter_rows() for cell in line if cell.comment]
    assert [cell.value for cell in marked] == ["1231600019706"]


def test_rows_put_right_in_the_workbook_are_taken_in(desk: Desk, tmp_path: Path) -> None:
    rows = [["Наименование", "ОГРН"], ["Фонд «Заря»", "1231600019706"]]
    path = tmp_path / "ошибки.xlsx"
    path.write_bytes(rejects_xlsx(desk.seen("ngo", rows)))
    book = load_workbook(path)
    assert book.active is not None
    for line in book.active.iter_rows():
        for cell in line:
            if cell.value == "1231600019706":
                cell.value = "1231600019705"
    book.save(path)
    assert told(desk.taken("ngo", path)) == (1, 0, 0, 0, 0)
