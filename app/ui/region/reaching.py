"""How the region reaches a district: a letter to be read over and sent, and the log of calls."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QFileDialog, QPlainTextEdit, QWidget

from app.core.fields import Field, Kind
from app.core.periods import Quarter
from app.core.russian import ended, plural
from app.ui.ask import ValuesDialog, ask_values
from app.ui.desk import Desk
from app.ui.dialogs import Dialog
from app.ui.page import Window
from app.ui.region.intake_words import district
from app.ui.widgets import Button
from app.usecases import region_calls, region_letters
from app.usecases.places import look_at_folder, write_file
from app.usecases.region_grid import GridPlace
from app.usecases.region_letters import Letter
from app.usecases.region_place import PlaceCard

WORD, TEXT = "Документ Word (*.docx);;Все файлы (*)", "Текст (*.txt);;Все файлы (*)"
WIDTH, HEIGHT = 720, 340
AROUND = 200  # px of a letter's dialog around its text
CHANGED = frozenset({"received"})


class LetterDialog(Dialog):
    """The letter, which may be changed before it is copied or saved."""

    enter_is_own = False

    def __init__(self, letter: Letter, whose: str, quarter: Quarter, reaching: Reaching) -> None:
        super().__init__(
            f"Письмо: {whose}", "Прочтите и поправьте, если надо. Отправляете его вы: почтой, СЭД или на бумаге.",
            leave="Закрыть", width=WIDTH,
        )  # fmt: skip
        self._letter, self._reaching = letter, reaching
        self._name = f"Письмо {whose} {quarter}"
        self.edit = QPlainTextEdit(letter.text)
        self.edit.setObjectName("letterText")
        self.edit.setAccessibleName("Текст письма")
        self.edit.setTabChangesFocus(True)
        self.edit.setFixedHeight(min(HEIGHT, reaching.room - AROUND))
        self.copy = Button("Скопировать", "copy", kind="primary", act=self.take_copy)
        self.word = Button("Сохранить в Word", "file-text", act=reaching.window.guarded(self.ask_word))
        self.plain = Button("Сохранить текстом", "download-simple", act=reaching.window.guarded(self.ask_text))
        for button, name in ((self.copy, "copyLetter"), (self.word, "letterWord"), (self.plain, "letterText.save")):
            button.setObjectName(name)
        self.body.addWidget(self.edit)
        for number, button in enumerate((self.copy, self.word, self.plain)):
            self.buttons.insertWidget(number, button)

    def take_copy(self) -> None:
        QApplication.clipboard().setText(self.edit.toPlainText())
        self._reaching.window.notify("Письмо скопировано: вставьте его в почту.")

    def ask_word(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, "Сохранить письмо", str(self._named("docx")), WORD)
        if path:
            self.save_word(Path(path))

    def ask_text(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, "Сохранить письмо", str(self._named("txt")), TEXT)
        if path:
            self.save_text(Path(path))

    def save_word(self, path: Path) -> None:
        """As it stands; where its words were changed, what was typed is the text."""
        typed = self.edit.toPlainText()
        write_file(path, self._reaching.docx(self._letter if typed == self._letter.text else typed))
        self._saved(path)

    def save_text(self, path: Path) -> None:
        write_file(path, self.edit.toPlainText().encode("utf-8-sig"))
        self._saved(path)

    def _saved(self, path: Path) -> None:
        self._reaching.folder = path.parent
        self._reaching.window.notify(f"Письмо сохранено: {path.name}")

    def _named(self, ending: str) -> Path:
        return self._reaching.folder / f"{self._name}.{ending}"


class Reaching:
    """above: the widget over which folders are asked for."""

    def __init__(self, above: QWidget, desk: Desk, window: Window) -> None:
        self._above, self._desk, self.window = above, desk, window
        self.folder = Path.home()

    # --- letters

    @property
    def room(self) -> int:
        """Height of the window, px."""
        return self._above.window().height()

    def show_letter(self, card: PlaceCard) -> LetterDialog:
        letter = self._desk.read(region_letters.letter, card.oktmo, card.quarter)
        dialog = LetterDialog(letter, district(card.name), card.quarter, self)
        self.window.ask(dialog, dialog.copy)
        return dialog

    def ask_letters(self, places: Sequence[GridPlace]) -> None:
        """A letter to each of these, into one folder."""
        path = QFileDialog.getExistingDirectory(self._above, "Куда сохранить письма", str(self.folder))
        if path:
            self.save_letters(places, Path(path))

    def save_letters(self, places: Sequence[GridPlace], folder: Path) -> None:
        look_at_folder(folder)

        def work(progress: Any) -> int:
            with self._desk.database.read() as session:
                for number, place in enumerate(places):
                    progress.step(number, len(places), "Пишутся письма")
                    letter = region_letters.letter(session, place.oktmo, place.quarter)
                    write_file(folder / f"Письмо {place.oktmo} {place.quarter}.docx", self.docx(letter))
            return len(places)

        def done(number: int) -> None:
            self.folder = folder
            self.window.notify(f"{plural(number, 'письмо', 'письма', 'писем')} в папке «{folder.name}».")

        self._desk.jobs.run("Пишутся письма", work, self.window.guarded(done), self.window.tell)

    def docx(self, letter: Letter | str) -> bytes:
        """The letter in Word; of a text that was typed over, its paragraphs."""
        from app.reports.letter_word import letter_docx

        today = self._desk.clock.today()
        if isinstance(letter, str):
            return letter_docx((), "", [part for part in letter.split("\n") if part.strip()], (), today)
        return letter_docx(letter.whom, letter.title, letter.paragraphs, letter.signed, today)

    # --- calls

    def ask_call(self, card: PlaceCard) -> ValuesDialog:
        """Write down a call to the district about this quarter."""
        executor = card.contacts.executor if card.contacts is not None else None
        known = ", ".join(filter(None, (executor.name, executor.phone))) if executor is not None else ""

        def keep(values: dict[str, Any]) -> None:
            self._desk.write(
                region_calls.KIND, f"Звонок: {district(card.name)}, {card.quarter.title}", region_calls.note_call,
                card.oktmo, card.quarter, values["on"], values["whom"] or "", values["said"] or "", changed=CHANGED,
            )  # fmt: skip

        return ask_values(
            self.window, self._desk, f"Звонок: {district(card.name)}",
            ended(f"О чём: отчёт за {card.quarter.title}") + (f" Отчёт подписывает и ведёт: {known}." if known else ""),
            (Field("on", "Когда", Kind.DATE, required=True),
             Field("whom", "С кем говорили", Kind.TEXT, required=True, width=60, help="Фамилия и инициалы, должность."),
             Field("said", "Что сказали", Kind.NOTE, required=True, width=60)),
            "Записать звонок", keep,
            given={"on": self._desk.clock.today(), "whom": executor.name if executor is not None else ""},
        )  # fmt: skip

    def over(self, act: Any, *args: Any) -> Any:
        """The deed with a refusal told by the window."""
        return partial(self.window.guarded(act), *args)
