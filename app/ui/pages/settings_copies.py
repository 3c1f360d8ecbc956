"""Settings, «Файл и копии»: where the file and its copies lie, how they were checked, and the way back to each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from app.core.account_file import ENDING
from app.core.fields import Field, Kind
from app.core.roles import Right
from app.core.russian import decimal, plural
from app.ui.account_files import ask_open, ask_save
from app.ui.ask import ask_text, ask_values
from app.ui.desk import Desk
from app.ui.dialogs import Dialog
from app.ui.going_back import put_back
from app.ui.page import Window
from app.ui.pages.plain_table import PlainTable
from app.ui.remedies import open_folder
from app.ui.widgets import Button, Card, ElidingLabel, Icon, label, row, separator, shortcut
from app.usecases import backup, copies, restoring
from app.usecases.copies import Made, Why
from app.usecases.copy_list import CopyRow, copies_of, first_place, second_place
from app.usecases.personal_copies import note_copy
from app.usecases.restoring import Loss

COLUMNS = (("Когда", 150), ("Размер", 92), ("Проверка", 190), ("Почему", 240), ("Где", 130))


class CopiesPanel(Card):
    """The copies in a table; deeds over the chosen one below it."""

    hint = "Enter — восстановить · Delete — удалить · F1 — о копиях"

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(margin=16, spacing=8)
        self._desk, self._window = desk, window
        self.listed: tuple[CopyRow, ...] = ()
        self._places()
        self.rows.addWidget(separator())
        self.copy = Button("Создать копию сейчас", "floppy-disk", kind="primary", act=window.guarded(self.make))
        self.point = Button("Точка возврата", "bookmark-simple", act=self.name_point)
        self.elsewhere = Button("Копия в другое место", "download-simple", kind="link", act=self.choose)
        self.result = ElidingLabel("", 13, tone="text2")
        above = row(self.copy, self.point, self.elsewhere, self.result)
        above.setStretch(3, 1)
        self.rows.addLayout(above)
        self.table = PlainTable(COLUMNS, fill=3, right=(1,))
        self.table.lay_columns([width for _, width in COLUMNS], 3, [126, 78, 130, 120, 96])
        self.table.setAccessibleName("Копии файла")
        self.table.setObjectName("copies")
        self.table.setMinimumHeight(96)
        self.rows.addWidget(self.table, 1)
        ask_restore = window.guarded(self.ask_restore)
        self.restore = Button("Восстановить", "arrow-counter-clockwise", key="Enter", act=ask_restore)
        self.check = Button("Проверить", "shield-check", act=window.guarded(self.check_chosen))
        self.folder = Button("Открыть папку", "folder-open", act=self.open_chosen)
        self.remove = Button("Удалить", "trash", key="Delete", act=window.guarded(self.ask_remove))
        self.foreign = Button("Восстановить из файла", kind="link", act=self.choose_copy)
        self.deeds = (self.restore, self.check, self.folder, self.remove)
        self.rows.addLayout(row(*self.deeds, self.foreign, None))
        self.table.opened.connect(lambda _line: ask_restore())
        shortcut(self.table, "Delete", window.guarded(self.ask_remove))

    def _places(self) -> None:
        desk, window = self._desk, self._window
        self.file = ElidingLabel(str(desk.database.path), tone="text2")
        self.verify_button = Button("Проверить файл", "shield-check", act=window.guarded(self.verify))
        self.other = Button("Открыть другой", "folder-open", act=self.choose_other)
        self.new = Button("Создать новый", "plus", act=self.begin_new)
        self.second = ElidingLabel("", tone="text2")
        self.name_second = Button("Назвать второе место", "folder-open", act=self.choose_second)
        self.drop_second = Button("Не хранить там", kind="link", act=window.guarded(lambda: self.keep_second(None)))
        self.amber = ElidingLabel("", 13, tone="warn")
        self._amber_icon = Icon("warning", "warn", 16)
        file_label, second_label = label("Файл", 13, bold=True), label("Второе место", 13, bold=True)
        for words in (file_label, second_label):
            words.setFixedWidth(104)
        one = row(file_label, self.file, self.verify_button, self.other, self.new)
        two = row(second_label, self.second, self.drop_second, self.name_second)
        for line in (one, two):
            line.setStretch(1, 1)
            self.rows.addLayout(line)
        self._reminder = QWidget()
        three = QHBoxLayout(self._reminder)
        three.setContentsMargins(0, 0, 0, 0)
        three.addWidget(self._amber_icon)
        three.addWidget(self.amber, 1)
        self.rows.addWidget(self._reminder)

    # --- what is shown

    def fill(self) -> None:
        path = self._desk.database.path
        chosen = self.chosen.path if self.chosen else None
        self.listed = copies_of(path)
        self.table.show_rows([self._line(copy) for copy in self.listed])
        self.table.choose(next((i for i, copy in enumerate(self.listed) if copy.path == chosen), 0))
        for button in self.deeds:
            button.setEnabled(bool(self.listed))
        other = second_place(path)
        self.second.setText(str(other) if other else "не названо: например, флешка или диск D")
        self.name_second.say("Изменить" if other else "Назвать второе место")
        self.drop_second.setVisible(other is not None)
        reminder = copies.state(self._desk.database).reminder  # type: ignore[arg-type]
        self.amber.setText(reminder)
        self._reminder.setVisible(bool(reminder))
        if self._window.keeper is not None:
            self._window.keeper.tell_state()

    def _line(self, copy: CopyRow) -> tuple[str, ...]:
        if copy.checked_at is None:
            checked = "не проверялась"
        elif copy.faults and copy.head:
            checked = "журнал не сходится: " + copy.faults[0]
        elif copy.faults:
            checked = "не годится: " + copy.faults[0]
        else:
            checked = f"цела, {copy.checked_at:%d.%m.%Y %H:%M}"
        where = "второе место" if copy.second else "рядом с файлом"
        return f"{copy.at:%d.%m.%Y %H:%M}", megabytes(copy.size), checked, copy.why_text, where

    @property
    def chosen(self) -> CopyRow | None:
        line = self.table.row
        return self.listed[line] if 0 <= line < len(self.listed) else None

    # --- copies are made

    def make(self) -> None:
        self._run("Пишется копия файла", lambda progress: copies.make_copy(self._database, Why.HAND, progress=progress),
                  self._made)  # fmt: skip

    def name_point(self) -> None:
        """A copy with a name, which stays until it is removed by hand."""
        ask_text(
            self._window, "Точка возврата",
            "Проверенная копия с названием. Сама она не удаляется: вернуться к ней можно в любой день.",
            "Название", "Создать точку", self.make_point,
        )  # fmt: skip

    def make_point(self, title: str) -> None:
        copies.refuse_point(self._database, title)  # what is wrong with the name is told at the field
        self._run("Пишется точка возврата",
                  lambda progress: copies.make_point(self._database, title, progress=progress), self._made)  # fmt: skip

    def _made(self, made: Made) -> None:
        if self._window.keeper is not None:
            self._window.keeper.made(made)
        places = "в двух местах" if made.second else "рядом с файлом"
        trouble = f" {made.trouble.message}" if made.trouble else ""
        self.fill()
        self.table.choose(next((i for i, copy in enumerate(self.listed) if copy.path == made.first.path), 0))
        self.result.setText(f"Копия записана {places} и проверена: {megabytes(made.first.size)}.{trouble}")

    def choose(self) -> None:
        path = self._desk.database.path
        name = f"{path.stem} {self._desk.clock.today():%Y-%m-%d}{path.suffix}"
        chosen = ask_save(self, "Копия в другое место", Path.home() / name)
        if chosen:
            self.copy_to(chosen)

    def copy_to(self, path: Path) -> None:
        """Write a checked copy wherever she says."""

        def done(copy: Any) -> None:
            self.result.setText(f"Копия записана и проверена: {copy.path.name}, {megabytes(copy.size)}.")

        def work(_progress: Any) -> Any:
            note_copy(self._database, path)
            return backup.backup(self._database, path)

        self._run("Пишется копия", work, done)

    # --- the second place

    def choose_second(self) -> None:
        start = second_place(self._desk.database.path) or Path.home()
        chosen = QFileDialog.getExistingDirectory(self, "Папка для вторых копий", str(start))
        if chosen:
            self._window.guarded(self.keep_second)(Path(chosen))

    def keep_second(self, folder: Path | None) -> None:
        """Name the second place, or none; the first copy goes there at once."""
        copies.name_second_place(self._database, folder)
        self.fill()
        if folder is not None:
            self.make()

    # --- one copy

    def check_chosen(self) -> None:
        copy = self.chosen
        if copy is None:
            return

        def done(found: CopyRow) -> None:
            self.fill()
            told = "цела: открывается, журнал сходится" if found.sound else " ".join(found.faults)
            self.result.setText(f"Копия от {found.at:%d.%m.%Y %H:%M}: {told}.".replace("..", "."))

        self._run("Проверяется копия", lambda progress: copies.check_copy(copy, self._desk.clock, progress=progress),
                  done)  # fmt: skip

    def open_chosen(self) -> None:
        open_folder(self.chosen.path.parent if self.chosen else first_place(self._desk.database.path))

    def ask_remove(self) -> None:
        copy = self.chosen
        if copy is None:
            return

        def remove() -> None:
            copies.remove_copy(self._database, copy)
            self.fill()

        told = f"Зачем сделана: {copy.why_text}. Вернуть её будет нельзя."
        dialog = Dialog(f"Удалить копию от {copy.at:%d.%m.%Y %H:%M}?", told,
                        deed="Удалить копию", act=self._window.guarded(remove), undoable=False)  # fmt: skip
        self._window.ask(dialog)

    def ask_restore(self) -> None:
        """What will be lost is told before; today's state is put aside whatever she chooses later."""
        copy = self.chosen
        if copy is None:
            return
        loss = self._desk.read(restoring.loss_of, copy) if copy.head else None
        told = told_loss(loss) + (f" В этой копии не сходится журнал: {copy.faults[0]}" if copy.faults else "")
        dialog = Dialog(f"Вернуть файл к {copy.at:%d.%m.%Y %H:%M}?", told, deed="Восстановить",
                        act=lambda: self.return_to(copy.path, copy), undoable=False)  # fmt: skip
        dialog.right = Right.RESTORE
        self._window.ask(dialog)

    def choose_copy(self) -> None:
        path = ask_open(self, "Восстановить из файла", Path.home())
        if path:
            self._window.guarded(self.return_to)(path)

    def return_to(self, copy: Path, listed: CopyRow | None = None) -> None:
        """Put the copy in the place of the file; the window then shows it."""
        at = listed.at if listed else restoring.moment_of(copy)
        self._run("Готовится возврат к копии",
                  lambda progress: restoring.make_ready(self._database, copy, at, progress=progress),
                  lambda ready: put_back(self._window, ready))  # type: ignore[arg-type]  # fmt: skip

    # --- the file

    def verify(self) -> None:
        def done(found: Any) -> None:
            told = "Файл цел: связи, журнал и отчёты сходятся." if found.sound else " ".join(found.faults)
            self.result.setText(told)

        self._run("Проверяется файл", lambda _progress: backup.check_database(self._database), done)

    def choose_other(self) -> None:
        path = ask_open(self, "Открыть файл учёта", self._desk.database.path.parent)
        if path:
            self._window.guarded(self._window.open_file)(path)

    def begin_new(self) -> None:
        """A file of another district: its code, then where it lies; in a region's file another of the region."""
        if self._window.plan.region:
            name = self._desk.database.path.with_name(f"область {self._desk.clock.today().year}{ENDING}")
            path = ask_save(self, "Где создать файл области", name)
            if path:
                self._window.create_file(path, "")
            return

        def create(values: dict[str, Any]) -> None:
            name = self._desk.database.path.with_name(f"{values['oktmo']}{ENDING}")
            path = ask_save(self, "Где создать файл учёта", name)
            if path:
                self._window.create_file(path, values["oktmo"])

        ask_values(
            self._window, self._desk, "Новый файл учёта", "В нём ещё не будет записей. Этот файл останется как есть.",
            [Field("oktmo", "Район или округ", Kind.CHOICE, required=True, dictionary="territory")], "Создать файл",
            create, right=None,
        )  # fmt: skip

    @property
    def _database(self) -> Any:
        return self._desk.database

    def _run(self, title: str, work: Any, done: Any) -> None:
        self._desk.jobs.run(title, work, self._window.guarded(done), self._window.tell)


def megabytes(size: int) -> str:
    """«1,6 МБ»."""
    from decimal import Decimal

    return f"{decimal(Decimal(size) / 2**20, 1)}\u00a0МБ"


def told_loss(loss: Loss | None) -> str:
    """The consequence of a restore, in one or two sentences."""
    aside = "Сегодняшнее состояние останется среди копий: «до восстановления»."
    if loss is None:
        return f"В файле не останется того, чего нет в копии. {aside}"
    if not loss.writes:
        return f"После этой копии ничего не менялось. {aside}"
    told = f"Из файла уйдёт всё, что внесено после копии: {plural(loss.writes, 'изменение', 'изменения', 'изменений')}."
    if loss.returns:
        told += f" Среди них утверждённые отчёты: {', '.join(loss.returns)}; область их уже могла получить."
    return f"{told} {aside}"
