"""Acts of erasing in a list: each is saved as PDF again whenever it is asked for."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from app.core.russian import day, plural
from app.records.choices import ERASURE_REASONS
from app.ui.desk import Desk
from app.ui.dialogs import WIDTH, Dialog
from app.ui.page import Window
from app.ui.widgets import Button, ElidingLabel, label, row
from app.usecases import personal_papers
from app.usecases.erasing import Erasure, erasures
from app.usecases.places import write_file

_SHOWN = 8


def ask_act(desk: Desk, window: Window, parent: QWidget, act: Erasure) -> None:
    """Ask where, then write the act."""
    name = f"Акт об уничтожении персональных данных {act.number} от {day(act.happened_on)}.pdf"
    path, _ = QFileDialog.getSaveFileName(parent, "Сохранить акт", str(Path.home() / name), "PDF (*.pdf)")
    if path:
        save_act(desk, window, act.number, Path(path))


def save_act(desk: Desk, window: Window, number: int, path: Path) -> None:
    def done(content: bytes) -> None:
        write_file(path, content)
        window.notify(f"Акт №\u00a0{number}: записан в «{path.name}».")

    desk.read_later(
        "Составляется акт", personal_papers.act_paper, number, done=window.guarded(done), failed=window.tell
    )


def made_dialog(desk: Desk, window: Window, parent: QWidget, act: Erasure, told: str) -> Dialog:
    """What comes after an erasing: the act waits to be saved and signed."""
    return Dialog(
        f"Акт №\u00a0{act.number} составлен",
        f"Обезличено: {_people(act)}; {told}. Сохраните акт, подпишите и храните 3 года. Он останется в списке «Акты».",
        deed="Сохранить акт (PDF)", leave="Позже", act=lambda: ask_act(desk, window, parent, act),
    )  # fmt: skip


class ActsDialog(Dialog):
    """The latest acts, each with «Сохранить»."""

    def __init__(self, desk: Desk, window: Window, parent: QWidget) -> None:
        found = desk.read(erasures)
        told = "" if found else "Пока никого не обезличивали: акт составляется сам, когда обезличивают."
        super().__init__("Акты об уничтожении персональных данных", told, leave="Закрыть", width=WIDTH + 80)
        self.buttons_of: dict[int, Button] = {}
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for act in found[:_SHOWN]:
            button = Button("Сохранить", "file-pdf", kind="link", act=partial(ask_act, desk, window, parent, act))
            button.setAccessibleName(f"Сохранить акт №\u00a0{act.number}")
            self.buttons_of[act.number] = button
            number = label(f"№\u00a0{act.number} от {day(act.happened_on)}", 13, bold=True)
            number.setFixedWidth(128)
            repeated = f", повторно к №\u00a0{act.repeats}" if act.repeats else ""
            about = ElidingLabel(f"{_people(act)}: {_reasons(act)}{repeated}", 13)
            line = row(number, about, button)
            line.setStretch(1, 1)
            column.addLayout(line)
        if len(found) > _SHOWN:
            column.addWidget(label(f"ещё {len(found) - _SHOWN}", 13, tone="muted"))
        if found:
            self.body.addWidget(holder)


def _reasons(act: Erasure) -> str:
    return "; ".join(dict.fromkeys(ERASURE_REASONS[one.reason] for one in act.persons))


def _people(act: Erasure) -> str:
    return plural(len(act.persons), "человек", "человека", "человек")
