"""A clerk at a keyboard without a window: what the tests of the commands share."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.cli import run
from app.core.identifiers import inn_with_check_digit, ogrn_with_check_digit
from app.models.database import Database
from app.usecases.setup import save_unit

TODAY = ("--today", "05.10.2026")
SIGNERS = {
    "head_post": "Заместитель главы администрации",
    "head_name": "Ермакова Л. В.",
    "executor_post": "Главный специалист",
    "executor_name": "Тихонова А. С.",
    "executor_phone": "8 (81370) 00-000",
}
OGRN = ogrn_with_check_digit("124470099001")
INN = inn_with_check_digit("479900001")
LIST = f"""Полное наименование;ОГРН;ИНН;Дата включения
АНО «Светлый берег»;{OGRN};{INN};01.07.2026
Клуб «Рассвет»;1231600019706;;02.07.2026
Объединение «Ладога»;;;03.07.2026
"""


class Desk:
    """One district's file, and the commands that are typed for it."""

    def __init__(self, folder: Path, output: Callable[[], Any]) -> None:
        self.folder, self.db, self._output = folder, folder / "район.db", output

    def __call__(self, *command: str, today: tuple[str, ...] = TODAY) -> tuple[int, str, str]:
        code = run(["--db", str(self.db), *today, *command])
        said = self._output()
        return code, said.out, said.err

    def json(self, *command: str) -> dict[str, Any]:
        _, out, err = self(*command, "--json")
        assert not err
        told: dict[str, Any] = json.loads(out)
        return told

    def file(self, name: str, text: str) -> str:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    def signed(self) -> None:
        """The unit's signers are filled in, as the return demands."""
        database = Database.open(self.db)
        with database.write("settings", "Подписи") as session:
            save_unit(session, SIGNERS)
        database.close()
