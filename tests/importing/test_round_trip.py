"""What the program wrote to Excel it takes in again: all the same here, whole in another file."""

from __future__ import annotations

from pathlib import Path

from app.usecases import exporting, recipients, registers
from app.usecases.support import enter_in_register
from tests.importing.conftest import Desk, told


def exported(desk: Desk) -> Path:
    with desk.database.read() as session:
        content = exporting.register_xlsx(session, "ngo", registers.find(session, "ngo"))
    path = desk.folder / "выгрузка.xlsx"
    path.write_bytes(content)
    return path


def test_an_exported_register_comes_back_with_its_activities(desk: Desk, tmp_path: Path) -> None:
    """Titles of the law hold commas themselves: «образование, просвещение, наука, культура…»."""
    desk.ngo("АНО «Светлый берег»", sonko=True, activities=["9", "5", "1"], taken_on="2026-02-02")
    desk.ngo("Фонд «Заря»", sonko=True, activities=["9"], okopf="70400", taken_on="2026-02-02")
    file = exported(desk)
    seen = desk.seen("ngo", file)
    assert told(seen.counts) == (0, 0, 2, 0, 0)
    assert not [note for row in seen.rows for note in row.notes]
    (tmp_path / "другой").mkdir()
    with Desk(tmp_path / "другой") as other:
        assert told(other.taken("ngo", file)) == (2, 0, 0, 0, 0)
        kept = {row["name"]: set(row["activities"]) for row in other.all("ngo")}
    assert kept == {"АНО «Светлый берег»": {"1", "5", "9"}, "Фонд «Заря»": {"9"}}


def test_the_layout_of_the_federal_register_comes_back_with_both_names_and_the_mark(
    desk: Desk, tmp_path: Path
) -> None:
    """13 columns: the title in row 1, heads in row 2, «Наименование организации» twice; a row an entry."""
    svet = desk.ngo("АНО «Светлый берег»", short_name="АНО «СБ»", sonko=True, okved="94.99", taken_on="2026-02-02")
    for form in ("211", "213"):
        desk.write(enter_in_register, desk.support(svet, form=form))
    name, content = desk.read(recipients.federal_file)
    file = desk.folder / name
    file.write_bytes(content)
    (tmp_path / "другой").mkdir()
    with Desk(tmp_path / "другой") as other:
        counts = other.taken("ngo", file)
        (kept,) = other.all("ngo")
    assert (counts.new, counts.same) == (1, 1)
    given = desk.card("ngo", svet).values
    for key in ("name", "short_name", "ogrn", "inn", "okopf", "okved", "status", "marks"):
        assert kept[key] == given[key], key


def test_what_a_branch_got_stands_under_its_legal_entity_in_the_federal_layout(desk: Desk, tmp_path: Path) -> None:
    """The layout has no КПП: under its own name a branch would come back as a change of its head."""
    head = desk.ngo("АНО «Светлый берег»", short_name="АНО «СБ»", address="г. Мурино")
    numbers = {key: desk.card("ngo", head).values[key] for key in ("ogrn", "inn")}
    branch = desk.ngo(
        "Филиал «Северный»", **numbers, kpp="470301001", is_branch=True, head_id=head, address="п. Север"
    )
    for ngo in (head, branch):
        desk.write(enter_in_register, desk.support(ngo))
    name, content = desk.read(recipients.federal_file)
    file = desk.folder / name
    file.write_bytes(content)
    (tmp_path / "другой").mkdir()
    with Desk(tmp_path / "другой") as other:
        counts = other.taken("ngo", file)
        (kept,) = other.all("ngo")
    assert told(counts) == (1, 0, 1, 0, 0)
    assert (kept["name"], kept["address"]) == ("АНО «Светлый берег»", "г. Мурино")
