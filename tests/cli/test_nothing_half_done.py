"""A command is done whole or not at all: no list half taken, no return frozen without what was said of it."""

from __future__ import annotations

from pathlib import Path

from app.core.periods import Quarter
from app.models import Explanation, FrozenReturn
from app.models.database import Database
from app.usecases.quarter_returns import kept
from tests.cli.desk import LIST, Desk

LATE = ("--today", "15.12.2026")
ILL = '[{"check": "41", "cell": "head.date", "text": "Болезнь исполнителя"}]'
NOWHERE = '[{"check": "41", "cell": "head.dote", "text": "Болезнь исполнителя"}]'


def _kept(desk: Desk) -> tuple[int, list[str]]:
    """How many returns are frozen, and which explanations are kept."""
    with Database.open(desk.db) as database, database.read() as session:
        texts = [row.text for row in session.query(Explanation)]
        return session.query(FrozenReturn).count(), texts


def test_a_correction_needs_a_return_to_correct_and_a_reason(desk: Desk) -> None:
    desk.signed()
    out = ("--out", str(desk.folder / "out"))
    code, _, err = desk("return", "2026-Q3", *out, "--correction", "Не были учтены две организации")
    assert (code, "ещё не утверждён" in err, _kept(desk)[0]) == (2, True, 0)
    assert desk("return", "2026-Q3", *out)[0] == 0
    code, _, err = desk("return", "2026-Q3", *out, "--correction", " ")
    assert (code, "Причина" in err, _kept(desk)[0]) == (2, True, 1)


def test_an_explanation_of_nothing_stops_the_return(desk: Desk) -> None:
    desk.signed()
    lost = desk.file("пояснения.json", NOWHERE)
    code, out, err = desk("return", "2026-Q3", "--out", str(desk.folder / "out"), "--explain", lost, today=LATE)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "head.dote" in err
    assert _kept(desk) == (0, [])
    assert not (desk.folder / "out").exists()


def test_an_explanation_is_not_kept_when_the_quarter_still_runs(desk: Desk) -> None:
    desk.signed()
    ill = desk.file("пояснения.json", ILL)
    assert desk("return", "2026-Q4", "--out", str(desk.folder / "out"), "--explain", ill, today=LATE)[0] == 2
    assert _kept(desk) == (0, [])


def test_an_explanation_outlives_the_error_that_stopped_the_return(desk: Desk) -> None:
    ill, out = desk.file("пояснения.json", ILL), str(desk.folder / "out")
    assert desk("return", "2026-Q3", "--out", out, "--explain", ill, today=LATE)[0] == 1
    desk.signed()
    assert desk("return", "2026-Q3", "--out", out, today=LATE)[0] == 0
    assert _kept(desk) == (1, ["Болезнь исполнителя"])


def test_a_sent_return_takes_no_explanation_any_more(desk: Desk) -> None:
    desk.signed()
    command = ("return", "2026-Q3", "--out", str(desk.folder / "out"))
    assert desk(*command, today=LATE)[0] == 0
    assert desk(*command, "--explain", desk.file("пояснения.json", ILL), today=LATE)[0] == 0
    assert _kept(desk) == (1, [])
    with Database.open(desk.db) as database, database.read() as session:
        found = kept(session, Quarter(2026, 3))
    assert found is not None
    assert not [row.explanation for row in found.ret.annex_g if row.explanation]


def test_a_list_is_not_taken_when_its_wrong_rows_cannot_be_written(desk: Desk) -> None:
    file = desk.file("нко.csv", LIST)
    (desk.folder / "занято.xlsx").mkdir()
    for rejects, said in (
        (file, "сам список или база"),
        (str(desk.folder / "ошибки.csv"), ".xlsx"),
        (str(desk.folder / "занято.xlsx"), "папка"),
        (str(Path(file) / "ошибки.xlsx"), "не записан"),
    ):
        code, out, err = desk("import", "ngos", file, "--rejects", rejects)
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert said in err
    assert Path(file).read_text(encoding="utf-8") == LIST
    assert desk.json("import", "ngos", file)["new"] == 2


def test_a_copy_never_takes_the_place_of_another_district(desk: Desk) -> None:
    other = desk.folder / "соседи.db"
    assert desk("--db", str(other), "init", "--oktmo", "41615000")[0] == 0
    before = other.read_bytes()
    code, _, err = desk("backup", "--out", str(other))
    assert (code, "не копия этой базы" in err) == (2, True)
    assert other.read_bytes() == before
    copy = str(desk.folder / "копия.db")
    assert [desk("backup", "--out", copy)[0] for _ in range(2)] == [0, 0]
