"""What becomes of an approved return, on its page: sent, accepted or sent back, a file of the region taken in."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QMenu

from app.core.errors import AppError
from app.core.fields import Field, Kind
from app.core.roles import Right
from app.core.russian import plural
from app.returns.life import LINE, STATE_TITLES, Remark, State
from app.ui import icons
from app.ui.ask import ask_text, ask_values
from app.ui.desk import Desk
from app.ui.menus import open_below
from app.ui.page import Window
from app.usecases import return_life
from app.usecases.places import write_file
from app.usecases.return_compare import Version
from app.usecases.return_life import Attached, Life

if TYPE_CHECKING:
    from app.ui.pages.return_page import ReturnPage

STEPS = tuple(STATE_TITLES[state] for state in LINE)
BACK = (*STEPS[:-1], STATE_TITLES[State.SENT_BACK])
WAYS = "Например: электронной почтой, на флешке, через СЭД."
ANSWERS = "Ответ области (*.json)"
ANY = "Все файлы (*)"


class ReturnAnswers:
    """Deeds over the approved version that the page shows; `life` is None for a draft."""

    def __init__(self, page: ReturnPage) -> None:
        self._page = page
        self.life: Life | None = None

    def ask_again(self) -> None:
        """Read what happened to the version that is shown."""
        page = self._page
        kept = page.kept
        self.life = None
        if kept is not None:
            self.life = page.desk.read(return_life.life, kept.quarter, kept.correction)

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What the region asks to mend: of the latest version, while no later one is approved."""
        return self.life.remarks if self.life is not None and not self.life.superseded else ()

    # --- what is shown

    @property
    def step(self) -> tuple[tuple[str, ...], int]:
        """Words of the state line, and the place of the present one; past the end once the return is accepted."""
        state = self.life.state if self.life is not None else State.FROZEN
        if state is State.SENT_BACK:
            return BACK, len(BACK) - 1
        return STEPS, {State.FROZEN: 2, State.SENT: 3, State.ACCEPTED: 5}[state]

    @property
    def story(self) -> tuple[str, str]:
        """(sentence beside the state line, its tone)."""
        life = self.life
        if life is None or not life.standing:
            return "Утверждён, ещё не отправлен", "warn"
        tone = {State.SENT: "text2", State.ACCEPTED: "ok", State.SENT_BACK: "warn"}[life.state]
        words = return_life.told(life.standing[-1])
        return words[0].upper() + words[1:], tone

    @property
    def deed(self) -> tuple[str, str]:
        """Word and icon of the primary deed; empty where nothing waits."""
        if self.life is None or self.life.superseded:
            return "", ""
        return {
            State.FROZEN: ("Отметить отправку", "paper-plane-tilt"),
            State.SENT: ("Ответ области", "envelope"),
            State.SENT_BACK: ("Составить уточнённый", "note-pencil"),
        }.get(self.life.state, ("", ""))

    def act(self) -> None:
        """The primary deed of the state."""
        assert self.life is not None
        match self.life.state:
            case State.FROZEN:
                self.ask_sent()
            case State.SENT:
                button = self._page.next_deed
                open_below(self.answers_menu(), button)
            case State.SENT_BACK:
                self._page.start_correction()

    def answers_menu(self) -> QMenu:
        menu = QMenu(self._page)
        for word, icon, act in (
            ("Принят…", "check-circle", self.ask_accepted),
            ("Возвращён с замечаниями…", "warning", self.ask_sent_back),
            ("Файл области: квитанция или замечания…", "tray", self.ask_file),
        ):
            menu.addAction(icons.icon(icon, "text2", 16), word, self._page.window_.guarded(act))
        return menu

    def add_to_menu(self, menu: QMenu) -> None:
        """What else may be done with the version: from the menu «Ещё»."""
        life, guarded = self.life, self._page.window_.guarded
        if life is None:
            return
        menu.addSeparator()
        if life.state is State.SENT and not life.superseded:
            menu.addAction(icons.icon("paper-plane-tilt", "text2", 16), "Отправлен ещё раз…", guarded(self.ask_sent))
        if life.state in (State.FROZEN, State.SENT):
            menu.addAction(icons.icon("tray", "text2", 16), "Принять файл области…", guarded(self.ask_file))
        if life.correction:
            menu.addAction(icons.icon("equals", "text2", 16), "Чем отличается от прежнего", guarded(self.compare))
        for event in life.standing:
            if event.file_name:
                word = f"Сохранить приложенное: {event.file_name}"
                menu.addAction(icons.icon("download-simple", "text2", 16), word, guarded(partial(self.save, event.id)))
        if life.standing:
            word = f"Отменить отметку «{STATE_TITLES[life.state]}»…"
            menu.addAction(icons.icon("arrow-counter-clockwise", "text2", 16), word, guarded(self.ask_annul))

    def compare(self) -> None:
        life = self.life
        if life is not None and life.correction:
            self._page.window_.open(
                "differences", before=Version(life.quarter, life.correction - 1),
                after=Version(life.quarter, life.correction),
            )  # fmt: skip

    # --- deeds

    def _write(self, title: str, act: Any, *args: Any, **kwargs: Any) -> None:
        assert self.life is not None
        page, life = self._page, self.life
        page.desk.write(
            "return", f"{title}: {life.quarter.title}", act, life.quarter, *args, correction=life.correction,
            changed={"return"}, undoable=False, **kwargs,
        )  # fmt: skip

    def ask_sent(self) -> None:
        page = self._page

        def act(values: dict[str, Any]) -> None:
            how, whom = values["how"] or "", values["whom"] or ""
            self._write("Отчёт отправлен", return_life.send, how, on=values["on"], whom=whom)
            page.window_.notify("Отправка отмечена. Ответ области отметьте, когда он придёт.")

        addressee = page.ret.head.addressee if page.ret else ""
        ask_values(
            page.window_, page.desk, "Отчёт отправлен области",
            "Сохраните PDF и Excel, отправьте их и отметьте это здесь: по этому дню судят о сроке.",
            [Field("on", "Когда", Kind.DATE, required=True),
             Field("how", "Как", Kind.TEXT, required=True, width=40, help=WAYS),
             Field("whom", "Кому", Kind.TEXT, width=60)],
            "Отметить отправку", act,
            given={"on": page.desk.clock.today(), "how": "электронной почтой", "whom": addressee}, undoable=False,
        )  # fmt: skip

    def ask_accepted(self) -> None:
        page = self._page

        def act(values: dict[str, Any]) -> None:
            self._write("Отчёт принят", return_life.accept, number=values["number"] or "", on=values["on"])
            page.window_.notify("Отчёт принят областью.")

        ask_values(
            page.window_, page.desk, "Область приняла отчёт", "№ и день — с квитанции или письма.",
            [Field("on", "Когда", Kind.DATE, required=True), Field("number", "№ квитанции", Kind.TEXT, width=20)],
            "Отметить приём", act, given={"on": page.desk.clock.today()}, undoable=False,
        )  # fmt: skip

    def ask_sent_back(self) -> None:
        """Remarks by letter; a file of the region brings them with their cells."""
        page = self._page

        def act(values: dict[str, Any]) -> None:
            self._write("Отчёт возвращён", return_life.send_back, text=values["text"] or "", on=values["on"])
            page.window_.notify("Отчёт возвращён. Исправьте записи и составьте уточнённый.")

        ask_values(
            page.window_, page.desk, "Область вернула отчёт",
            "Если замечания пришли файлом «…_замечания.json», примите файл: он откроет ячейки.",
            [Field("on", "Когда", Kind.DATE, required=True),
             Field("text", "Замечания", Kind.NOTE, required=True, width=60)],
            "Отметить возврат", act, given={"on": page.desk.clock.today()}, undoable=False,
        )  # fmt: skip

    def ask_file(self) -> None:
        page = self._page
        if page.refused(Right.WORK):
            return
        path, _ = QFileDialog.getOpenFileName(page, "Ответ области", str(page.deeds.folder), f"{ANSWERS};;{ANY}")
        if path:
            self.take(Path(path))

    def take(self, path: Path) -> None:
        """A receipt or remarks: the file finds its return by the hash, whichever quarter is shown."""
        take_answer(self._page.desk, self._page.window_, path)

    def ask_annul(self) -> None:
        assert self.life is not None

        def act(reason: str) -> None:
            self._write("Отметка отменена", return_life.annul, reason)

        ask_text(
            self._page.window_, f"Отметка «{STATE_TITLES[self.life.state]}» отменяется",
            "Она останется в истории отчёта вместе с причиной.", "Почему", "Отменить отметку", act,
        )  # fmt: skip

    def save(self, event: int) -> None:
        """A file that came or went with a step."""
        page = self._page
        file: Attached | None = page.desk.read(return_life.attached, event)
        if file is None:
            return
        path, _ = QFileDialog.getSaveFileName(page, "Сохранить файл", str(page.deeds.folder / file.name), ANY)
        if path:
            write_file(Path(path), file.content)
            page.window_.notify(f"Сохранено: {Path(path).name}")


def take_answer(desk: Desk, window: Window, path: Path) -> None:
    """Take in a file of the region, and say what became of which return."""
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise AppError(f"Файл «{path.name}» не читается.", "Проверьте, на месте ли он.") from fault
    found: Life = desk.write(
        "return", f"Ответ области: {path.name}", return_life.take_answer, content, path.name, changed={"return"},
        undoable=False,
    )  # fmt: skip
    if found.state is State.SENT_BACK:
        count = plural(len(found.remarks), "замечание", "замечания", "замечаний")
        window.notify(f"Отчёт за {found.quarter.title} возвращён: {count}.")
    else:
        window.notify(f"Отчёт за {found.quarter.title} принят областью.")
