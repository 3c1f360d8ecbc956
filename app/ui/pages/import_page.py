"""Lists in: a file is read, its columns corrected, its rows seen, then written in one step."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.core.fields import Field
from app.core.russian import plural
from app.records import REGISTERS
from app.ui.desk import Desk
from app.ui.page import Window
from app.ui.pages.import_bar import ImportBar
from app.ui.pages.import_card import PlannedCard
from app.ui.pages.import_columns import ColumnCards
from app.ui.pages.import_constants import ask_constants, missing_fields
from app.ui.pages.import_left_out import LeftOutLine, left_out_whole
from app.ui.pages.import_rows import WORDS, Place, PlannedCells, PlannedModel, Seen, asked_alike, place_of, readings
from app.ui.pages.preview_page import PreviewPage
from app.ui.pages.state_line import StateLine
from app.ui.table_view import Table
from app.ui.widgets import Button, label, row
from app.usecases import importing
from app.usecases.importing import Counts, Fault, Outcome, PlannedTable, Preview
from app.usecases.places import write_file

STEPS = ("файл", "столбцы", "проверка", "запись")
FILES = "Списки (*.xlsx *.xls *.ods *.csv *.tsv);;Все файлы (*)"
TABS = ((None, "Все"), (Outcome.NEW, "Новые"), (Outcome.CHANGED, "Изменённые"), (Outcome.SAME, "Без изменений"),
        (Outcome.DOUBTFUL, "Сомнительные"), (Outcome.REJECTED, "С ошибками"))  # fmt: skip


class ImportPage(PreviewPage):
    """One file on its way in.  Nothing is written before the primary button."""

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__("Загрузка списка", desk, window)
        self.register = "ngo"
        self.preview: Preview | None = None
        self.path: Path | None = None
        self.busy = False
        self._maps: dict[str, Any] = {}
        self._constants: dict[str, Any] = {}
        self._answers: dict[tuple[str, int, str], Any] = {}
        self._outcome: Outcome | None = None
        self._table: PlannedTable | None = None
        self._build()

    def _build(self) -> None:
        self.fill_button = self.header.add(
            "fill", Button("Одно значение всем строкам", "pencil-simple", act=self.ask_constants)
        )
        self.steps = StateLine(STEPS)
        self.repaired = label("", 13, bold=True, tone="accent")
        self.body.setSpacing(8)
        self.body.addLayout(row(self.steps, None, self.repaired))
        self.columns = ColumnCards()
        self.columns.corrected.connect(self._corrected)
        self.left_out = LeftOutLine()
        self.left_out.more.clicked.connect(lambda *_: self._show_left_out())
        self.make_tabs(TABS, {outcome: WORDS[outcome][2] for outcome, _ in TABS if outcome})
        self.model = PlannedModel(self.desk)
        self.table = Table(name="Строки списка")
        self.table.setItemDelegate(PlannedCells(self.table))
        self.table.setModel(self.model)
        self.card = PlannedCard()
        self.card.decided.connect(self._decide)
        self.card.answered.connect(self._answer)
        self.card.asked_again.connect(self._ask_again)
        self.bar = ImportBar(self.step_back, self.save_rejects, self.window_.guarded(self.write))
        self.rejects_button, self.write_button = self.bar.rejects, self.bar.write
        self.lay_out(self.columns, self.left_out)

    # --- the file

    def enter(self, **where: object) -> None:
        if isinstance(where.get("register"), str):
            self.register = str(where["register"])
            self._begin()
        if isinstance(where.get("path"), Path):
            self.read(where["path"])  # type: ignore[arg-type]

    def _begin(self) -> None:
        self._forget()
        record_type = REGISTERS[self.register]
        self.header.title.setText(f"Загрузка списка: {record_type.title}")
        self.header.fact.setText("")
        self.header.show_only()
        self.repaired.setText("")
        self.steps.show_step(0)
        self.bar.hide()
        self.stack.setCurrentIndex(0)
        self.empty.say(
            "upload-simple",
            "Выберите файл со списком",
            "Excel (.xlsx, .xls), LibreOffice (.ods) или текст (.csv, .tsv): до 50\u00a0МБ и 300\u00a0000 строк. "
            "Программа покажет, что изменится, и ничего не запишет без вас.",
            "Выбрать файл",
        )
        self.say_hint("Ctrl+O — выбрать файл · Esc — назад")
        self.empty.primary.setFocus()

    def choose(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "Выберите список", str(Path.home()), FILES)
        if path:
            self._maps, self._constants, self._answers = {}, {}, {}
            self.read(Path(path))

    def read(
        self, path: Path, seen: Seen | None = None, refused: Mapping[Place, tuple[Fault, ...]] | None = None
    ) -> None:
        """Read a file and weigh its rows, in the database's thread.

        seen: what was decided before, to stand again.  refused: rows that writing has just turned down.
        """
        self.path, self.busy = path, True
        self.header.fact.setText(f"«{path.name}» читается")

        def failed(error: BaseException) -> None:
            self.busy = False
            self.header.fact.setText("")
            if refused:  # what is shown is written by now: it must not be written twice
                self._begin()
            self.window_.tell(error)

        self.desk.read_later(
            f"Читается «{path.name}»", importing.preview, self.register, path,
            column_map=self._maps or None, constants=self._constants, answers=self._answers, asks=True,
            with_progress=True, failed=failed,
            done=self.window_.guarded(lambda preview: self._read(preview, seen, refused or {})),
        )  # fmt: skip

    def _read(self, preview: Preview, seen: Seen | None, refused: Mapping[Place, tuple[Fault, ...]]) -> None:
        self.busy = False
        self.preview = preview
        for planned in preview.rows:
            if place_of(planned) in refused:
                planned.outcome, planned.faults, planned.doubts = Outcome.REJECTED, refused[place_of(planned)], ()
        table = next((t for t in preview.tables if not t.refusal), preview.tables[0])
        self.model.show_preview(preview, REGISTERS[self.register])
        self._show_table(table)
        self.left_out.show_preview(preview)
        widths, least = self.model.widths()
        self.table.lay_columns(widths, len(widths) - 1, least)
        self.header.show_only("choose", *(("fill",) if self.missing else ()))
        self.steps.show_step(2)
        self.stack.setCurrentIndex(1)
        self.bar.show()
        counts = preview.counts
        self.repaired.setText(f"Исправлено при чтении: строк {counts.repaired}" if counts.repaired else "")
        for outcome, word in TABS:
            self.tabs[outcome].say(f"{word}\u00a0{self._count(counts, outcome)}")
        first = Outcome.REJECTED if counts.rejected else Outcome.DOUBTFUL if counts.doubtful else None
        self.show_outcome(None)
        self._tell()
        self.say_hint("Пробел — записать сомнительную строку или нет · Ctrl+Enter — записать · Esc — отменить")
        if not preview.rows:
            self._ask_columns(preview, table)
        elif refused:
            self.show_outcome(Outcome.REJECTED)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif seen is not None:
            self._stand_again(seen)
        elif first is None:
            self.write_button.setFocus()
        else:
            place = next(i for i, planned in enumerate(preview.rows) if planned.outcome is first)
            self.table.choose(place)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_columns(self, preview: Preview, table: PlannedTable) -> None:
        """Nothing was found in the list: why, and where she says what its columns hold."""
        self.card.show_left_out(left_out_whole(preview))
        self.say_hint("Карандаш над таблицей — сказать, что в столбце · Ctrl+O — другой файл · Esc — отменить")
        self.window_.notify(f"Список не узнан. {table.refusal} Если он там, укажите столбец карандашом над таблицей.")
        if self.columns.cards:
            self.columns.cards[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_table(self, table: PlannedTable) -> None:
        """The columns of the sheet that the chosen row stands on: each sheet has its own."""
        assert self.preview is not None
        self._table = table
        self.columns.show_table(table, REGISTERS[self.register])
        told = plural(len(self.preview.rows), "строка", "строки", "строк")
        where = f"лист «{table.sheet}»:" if len(self.preview.tables) > 1 else f"{told}, узнано"
        known, width = len(set(table.column_map.columns.values())), len(table.headings)
        self.header.fact.setText(f"«{self.preview.path.name}», {where} столбцов {known} из {width}")

    def _stand_again(self, seen: Seen) -> None:
        """After an answer: what was accepted, and the answered row, or the next one where it left the tab."""
        rows = self.preview.rows if self.preview else ()
        self.model.accepted = {
            i for i, planned in enumerate(rows)
            if planned.outcome is Outcome.DOUBTFUL and place_of(planned) in seen.accepted
        }  # fmt: skip
        self._tell()
        self.show_outcome(seen.outcome)
        if not self.model.rowCount():
            self.show_outcome(None)
        lines = range(self.model.rowCount())
        line = next((i for i in lines if place_of(self.model.row(i)) == seen.at), min(seen.line, len(lines) - 1))
        self.table.choose(line)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @staticmethod
    def _count(counts: Counts, outcome: Outcome | None) -> int:
        return counts.rows if outcome is None else int(getattr(counts, outcome.value))

    @property
    def missing(self) -> tuple[Field, ...]:
        return missing_fields(self.register, self.preview)

    def ask_constants(self) -> None:
        def keep(values: dict[str, Any]) -> None:
            self._constants = values
            if self.path is not None:
                self.read(self.path)

        ask_constants(self.window_, self.desk, self.missing, self._constants, keep)

    def _corrected(self, sheet: str, columns: Any) -> None:
        self._maps = {t.sheet: t.column_map for t in self.preview.tables} if self.preview else {}
        self._maps[sheet] = columns
        if self.path is not None:
            self.read(self.path)

    # --- the rows

    def show_outcome(self, outcome: Outcome | None) -> None:
        self._outcome = outcome
        super().show_outcome(outcome)

    def _show_row(self, line: int) -> None:
        if 0 <= line < self.model.rowCount():
            place = self.model.places[line]
            at = place_of(self.model.row(line))
            if self._table is None or at[0] != self._table.sheet:
                assert self.preview is not None
                self._show_table(next(table for table in self.preview.tables if table.sheet == at[0]))
            answered = any(key[:2] == at for key in self._answers)
            self.card.show_row(self.model, place, accepted=place in self.model.accepted, answered=answered)
            self.left_out.more.say("Подробно")

    def _show_left_out(self) -> None:
        if self.card.telling:
            self._show_row(self.table.row)
        elif self.preview is not None:
            self.card.show_left_out(left_out_whole(self.preview))
            self.left_out.more.say("Вернуться к строке")

    def _answer(self, place: int, field: str, way: int, everywhere: bool) -> None:
        """An ambiguous cell read as she says; the file is weighed anew, since rows below may mean this one."""
        preview = self.preview
        if preview is None or self.busy:
            return
        answered = preview.rows[place]
        for planned in asked_alike(preview, answered, field) if everywhere else [answered]:
            self._answers[(*place_of(planned), field)] = readings(planned, field)[way]
        self._weigh_again(preview, place_of(answered))

    def _ask_again(self, place: int) -> None:
        """An answer of hers taken back."""
        if self.preview is not None and not self.busy:
            at = place_of(self.preview.rows[place])
            self._answers = {key: value for key, value in self._answers.items() if key[:2] != at}
            self._weigh_again(self.preview, at)

    def _weigh_again(self, preview: Preview, at: Place) -> None:
        accepted = frozenset(place_of(preview.rows[i]) for i in self.model.accepted)
        self.read(preview.path, Seen(self._outcome, self.table.row, at, accepted))

    def _toggle(self) -> None:
        line = self.table.row
        if line >= 0 and self.model.row(line).outcome is Outcome.DOUBTFUL:
            place = self.model.places[line]
            self._decide(place, place not in self.model.accepted)

    def _decide(self, place: int, accept: bool) -> None:
        (self.model.accepted.add if accept else self.model.accepted.discard)(place)
        self.model.changed_outcome()
        self._show_row(self.table.row)
        self._tell()

    @property
    def to_write(self) -> int:
        counts = self.preview.counts if self.preview else Counts()
        return counts.new + counts.changed + len(self.model.accepted)

    def _tell(self) -> None:
        assert self.preview is not None
        self.bar.tell(self.preview.counts, len(self.model.accepted))

    # --- deeds

    def write(self) -> None:
        """Write the sound rows and the accepted doubtful ones as one batch."""
        preview = self.preview
        if preview is None or self.busy or not self.to_write:
            return
        self.busy = True
        self.steps.show_step(3)
        accepted = set(self.model.accepted)

        def work(session: Any, progress: Any) -> Counts:
            return importing.write(session, preview, accept_doubtful=accepted, progress=progress)

        def done(counts: Counts) -> None:
            self.busy = False
            told = f"Записано: новых {counts.new}, изменено {counts.changed}."
            sound = [planned for planned in preview.rows if planned.outcome is not Outcome.REJECTED]
            refused = {place_of(planned): planned.faults for planned in sound if planned.faults}
            if refused:  # she stays with them: the reason, and «Выгрузить ошибочные», are on this page
                lost = plural(len(refused), "строка", "строки", "строк")
                self.window_.notify(f"{told} Не записано: {lost}, причина указана в каждой.")
                self.read(preview.path, refused=refused)
                return
            self.window_.open(self.register)
            self.window_.notify(told)
            self._begin_quietly()

        def failed(error: BaseException) -> None:
            self.busy = False
            self.steps.show_step(2)
            self.window_.tell(error)

        title = f"Загружен список «{preview.path.name}»: {REGISTERS[self.register].title}"
        self.desk.write_later(
            "import", title, self.bar.point.before(self.desk, work), changed={"*"},
            done=self.window_.guarded(done), failed=failed,
        )  # fmt: skip

    def _forget(self) -> None:
        self.preview, self.path, self._table = None, None, None
        self._maps, self._constants, self._answers = {}, {}, {}

    def _begin_quietly(self) -> None:
        self._forget()
        self.stack.setCurrentIndex(0)
        self.bar.hide()

    def save_rejects(self) -> None:
        if self.preview is None:
            return
        suggested = self.preview.path.with_name(f"{self.preview.path.stem} — ошибки.xlsx")
        path, _ = QFileDialog.getSaveFileName(self, "Выгрузить строки с ошибками", str(suggested), "Excel (*.xlsx)")
        if path:
            self.window_.guarded(self.save_rejects_to)(Path(path))

    def save_rejects_to(self, path: Path) -> None:
        """All wrong rows with their cells and reasons."""
        assert self.preview is not None
        write_file(path, importing.rejects_xlsx(self.preview))
        self.window_.notify(f"Сохранено: {path.name}. Исправьте строки и загрузите этот файл снова.")

    def step_back(self) -> bool:
        if self.preview is not None:
            self._begin()
        else:
            self.window_.open(self.register)
        return True

    def panes(self) -> list[QWidget]:
        return [self.table, self.write_button] if self.preview else [self.empty.primary]
