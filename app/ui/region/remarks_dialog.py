"""Remarks of one's own to a return that was taken in: to the whole of it, and to its rows."""

from __future__ import annotations

from typing import Any

from app.core.fields import Field, Kind
from app.core.periods import Quarter
from app.ui.ask import ValuesDialog, ask_values
from app.ui.desk import Desk
from app.ui.page import Window
from app.ui.region.answering import Answering
from app.usecases.region_remarks import remarks_in

FIELDS = (
    Field("text", "Ко всему отчёту", Kind.NOTE, width=60, help="Например: нет подписи руководителя."),
    Field("rows", "По строкам", Kind.NOTE, width=60,
          help="По одному на строке: 211.3 Не сходится с реестром. С начала года: 211.3 год …"),
)  # fmt: skip


def ask_own_remarks(
    answering: Answering, desk: Desk, window: Window, oktmo: str, quarter: Quarter
) -> ValuesDialog:
    """Ask for the words, then for the place of the file."""

    def act(values: dict[str, Any]) -> None:
        text = str(values["text"] or "")
        given = desk.read(remarks_in, oktmo, quarter, str(values["rows"] or ""), text)
        answering.ask_remarks(oktmo, quarter, given, text)

    return ask_values(
        window, desk, "Замечания к отчёту",
        "Они уйдут району файлом: его программа откроет отчёт у этих ячеек. После замечаний квитанции на этот отчёт "
        "не будет — район пришлёт уточнённый.",
        FIELDS, "Сохранить файл", act, undoable=False,
    )  # fmt: skip
