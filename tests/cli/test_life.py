"""Commands about approved returns: what became of them, and how two of them differ."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.cli import run
from app.core.clock import Clock
from app.core.periods import Quarter
from app.models.database import Database
from app.returns.answers import Answer, write_answer
from app.returns.life import Remark, Step
from app.usecases import return_life


class Desk:
    """A clerk at a keyboard over a copy of the demo district, on 10 November 2026."""

    def __init__(self, folder: Path, output: Callable[[], Any]) -> None:
        self.folder, self.db, self._output = folder, folder / "demo.db", output

    def __call__(self, *command: str) -> tuple[int, str, str]:
        code = run(["--db", str(self.db), "--today", "10.11.2026", *command])
        said = self._output()
        return code, said.out.replace("\u00a0", " "), said.err.replace("\u00a0", " ")

    def json(self, *command: str) -> dict[str, Any]:
        _, out, err = self(*command, "--json")
        assert not err
        told: dict[str, Any] = json.loads(out)
        return told

    def answer(self, step: Step, *remarks: Remark) -> str:
        database = Database.open(self.db, clock=Clock())
        with database.read() as session:
            known = return_life.life(session, Quarter(2026, 3))
        database.close()
        answer = Answer(step, known.oktmo, known.quarter, known.correction, known.sha256, known.frozen_on,
                        remarks=remarks, number="118")  # fmt: skip
        path = self.folder / answer.file_name
        path.write_bytes(write_answer(answer))
        return str(path)


@pytest.fixture
def desk(demo_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    shutil.copy(demo_folder / "demo.db", tmp_path / "demo.db")
    return Desk(tmp_path, capsys.readouterr)


def state(desk: Desk) -> str:
    rows = desk.json("returns")["returns"]
    return str(next(row["state"] for row in reversed(rows) if row["quarter"] == "2026-Q3"))


def test_a_return_is_marked_sent_and_accepted(desk: Desk) -> None:
    assert desk("sent", "2026-Q3", "электронной почтой", "--on", "12.10.2026", "--to", "комитету")[0] == 0
    assert state(desk) == "sent"
    code, out, _ = desk("accepted", "2026-Q3", "№ 118 от 14.10.2026")
    assert code == 0
    assert "отправлен 12.10.2026 электронной почтой (комитету), принят 14.10.2026, № 118" in out
    assert state(desk) == "accepted"


def test_remarks_of_the_region_are_findings(desk: Desk) -> None:
    file = desk.answer(Step.SENT_BACK, Remark("211.3.quarter", "Не сходится с реестром"))
    code, out, _ = desk("answer", file)
    assert code == 1
    assert "возвращён с замечаниями" in out
    assert "замечаний: 1" in out
    assert desk.json("returns")["returns"][-1]["remarks"] == [
        {"cell": "211.3.quarter", "text": "Не сходится с реестром"}
    ]


def test_a_receipt_moves_the_state(desk: Desk) -> None:
    assert desk("answer", desk.answer(Step.ACCEPTED))[0] == 0
    assert state(desk) == "accepted"


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("sent", "2026-Q4", "почтой"), "не утверждён"),
        (("sent", "2026-Q3", " "), "как отправлен"),
        (("sent", "2026-Q3", "почтой", "--on", "41.10.2026"), "не понята"),
        (("sent", "третий", "почтой"), "не понят"),
        (("sent", "2026-Q3:7", "почтой"), "не утверждён"),
        (("accepted", "2026-Q4", "№ 1 от 14.10.2026"), "не утверждён"),
        (("accepted", "2026-Q2", "№ 1 от 14.10.2026"), "уже записан"),
        (("accepted", "2026-Q3", "№ 1 от 11.10.2026"), "раньше отправки"),
        (("accepted", "2026-Q3", "№ 1 от 99.10.2026"), "не понята"),
        (("accepted", "2026-Q3", "118"), "«№ 118 от 12.10.2026»"),
        (("accepted", "2026-Q3", "квитанция б/н, 14 октября"), "не найдены"),
        (("answer", "нет.json"), "не читается"),
        (("diff", "2026-Q2:5", "2026-Q3"), "не утверждён"),
    ],
)
def test_bad_input_is_one_clear_line(desk: Desk, command: tuple[str, ...], said: str) -> None:
    before = desk.json("returns")
    code, out, err = desk(*command)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1
    assert desk.json("returns") == before


def test_versions_and_quarters_are_compared(desk: Desk) -> None:
    code, out, _ = desk("diff", "2025-Q4:0", "2025-Q4:1")
    told = desk.json("diff", "2025-Q4:0", "2025-Q4:1")
    assert code == 1
    assert told["found"] == len(told["changes"]) > 0
    assert out.startswith("IV квартал 2025 г., первичный → IV квартал 2025 г., уточнённый 1:")
    assert "П1, Часов, за квартал: 16,5 → 17\n" in out
    assert desk("diff", "2026-Q3", "2026-Q3")[0] == 0
    across = desk.json("diff", "2026-Q2", "2026-Q3")["changes"]
    (cell,) = [change for change in across if change["cell"] == "210.year"]
    assert int(cell["after"]) - int(cell["before"]) == len(cell["joined"]) - len(cell["left"])


def test_what_is_late_is_told(desk: Desk) -> None:
    """III квартал was due on Monday 12 October 2026."""
    with Database.open(desk.db, clock=Clock()) as database, database.write("return", "Отмена отметки") as session:
        return_life.annul(session, Quarter(2026, 3), "отправили не тот файл")
    waiting = desk.json("returns")["returns"][-1]
    assert (waiting["state"], waiting["late"], waiting["days_late"]) == ("frozen", True, 29)
    assert "не отправлен, опоздание 29 дней (срок 12.10.2026)" in desk("returns")[1]
    _, out, _ = desk("sent", "2026-Q3", "на флешке", "--on", "13.10.2026")
    assert "отправлен 13.10.2026 на флешке, опоздание 1 день (срок 12.10.2026)" in out


def test_a_correction_to_come_is_compared_before_it_is_approved(desk: Desk) -> None:
    told = desk.json("diff", "2026-Q3:0", "2026-Q3:draft")
    assert told["found"] > 0
    out = desk("diff", "2026-Q3:0", "2026-Q3:draft")[1]
    assert out.startswith("III квартал 2026 г., первичный → III квартал 2026 г., черновик уточнённого: ")
    assert "вошли: АНО «Медовый костерок»" not in out, "a body that registered is the same organisation"


def test_the_register_tells_both_kinds_of_lateness(desk: Desk) -> None:
    told = desk.json("register", "--out", str(desk.folder / "реестр"))
    out = desk("register", "--out", str(desk.folder / "реестр"))[1]
    assert told["entered_late"] > 0
    assert told["published_late"] > told["entered_late"]
    assert f"внесено позже срока: {told['entered_late']}; " in out
    assert f"опубликовано позже срока или не опубликовано: {told['published_late']}" in out


def test_a_refused_return_names_its_cells_in_words(desk: Desk) -> None:
    code, out, _ = desk("return", "2026-Q3", "--correction", "По замечаниям", "--out", str(desk.folder / "out"))
    assert code == 1
    assert "графа 5" in out
    assert ".quarter" not in out
