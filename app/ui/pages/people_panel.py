"""Settings: who works with the file, in which role; a working copy for a colleague and what comes back from it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from app.core.fields import Field, Kind
from app.core.roles import REGION_DEEDS, ROLE_DEEDS, ROLE_TITLES, Right, Role
from app.core.russian import day, ended
from app.exchange.packets import ENDING
from app.ui.account_files import ask_save
from app.ui.ask import ask_values
from app.ui.desk import Desk
from app.ui.editors import LineEditor
from app.ui.field_text import FieldText
from app.ui.page import Window
from app.ui.pages.plain_table import PlainTable
from app.ui.widgets import Button, Card, label, row, scrolled, separator, wrapped
from app.usecases import drafts, packet_making, people
from app.usecases.people import KIND, PersonRow
from app.usecases.places import write_file
from app.usecases.working_copy import make_working_copy, mark_of

TEXT = 740
HEAD, LINE, MOST_LINES = 36, 32, 5
NAME = Field("name", "Фамилия и инициалы", Kind.TEXT, required=True, width=40, help="Так подписываются записи.")
POST = Field("post", "Должность", Kind.TEXT, width=40)
ROLE = Field("role", "Роль", Kind.CHOICE, required=True, width=30, dictionary="role")
PASSWORDS = (
    Field("password", "Пароль", Kind.TEXT, required=True, width=30, help=f"Не меньше {people.SHORTEST} знаков."),
    Field("again", "Ещё раз", Kind.TEXT, required=True, width=30),
)
HONEST = (
    "Роли держит программа, а не сам файл: кто может скопировать файл, тот может его прочитать. "
    "Пароль — не шифрование: файл защищает диск и учётная запись компьютера."
)
COPIES = (
    "Коллега работает в своей копии файла и возвращает изменения пакетом: программа покажет их по полям, спорные "
    "решите вы. Утверждают отчёт, вносят в реестр и меняют настройки только в основном файле."
)
WHOM, COLLEAGUES = "Кто будет работать", "colleague"
PACKETS = f"Пакет (*{ENDING});;Все файлы (*)"


class PeoplePanel(Card):
    """The people, and below them the working copies."""

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(margin=0, spacing=0)
        inner = QWidget()  # a low window scrolls it
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(16, 16, 16, 16)
        rows.setSpacing(8)
        self.rows.addWidget(scrolled(inner))
        self._desk, self._window = desk, window
        self._deeds = REGION_DEEDS if window.plan.region else ROLE_DEEDS
        self.found: tuple[PersonRow, ...] = ()
        self.add = _named(Button("Добавить человека", "plus", act=window.guarded(self.ask_new)), "addPerson")
        rows.addLayout(row(label("Кто работает с файлом", 15, bold=True), None, self.add))
        self.told = wrapped("", TEXT, 13, tone="text2")
        rows.addWidget(self.told)
        columns = (("Имя", 180), ("Должность", 160), ("Роль", 120), ("Пароль", 80), ("Состояние", 160))
        self.table = PlainTable(columns, fill=1)
        self.table.setAccessibleName("Люди файла")
        self.table.chosen.connect(lambda _line: self._offer())
        self.table.opened.connect(lambda _line: window.guarded(self.ask_change)())
        rows.addWidget(self.table, 1)
        self.filler = QWidget()
        self.filler.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.change = _named(Button("Изменить", "pencil-simple", act=window.guarded(self.ask_change)), "changePerson")
        self.password = _named(Button("Задать пароль", "lock", act=window.guarded(self.ask_password)), "setPassword")
        self.open = _named(Button("Убрать пароль", "lock-open", act=window.guarded(self.remove_password)), "noPassword")
        self.leave = _named(Button("Отключить", act=window.guarded(self.leave_or_return)), "deactivate")
        rows.addLayout(row(self.change, self.password, self.open, self.leave, None))
        rows.addWidget(wrapped(HONEST, TEXT, 13, tone="muted"))
        line = separator()
        rows.addWidget(line)
        self.make = _named(Button("Сделать рабочую копию", "copy", act=window.guarded(self.ask_copy)), "makeCopy")
        self.take = _named(Button("Принять изменения", "download-simple", act=window.guarded(self.ask_packet)),
                           "takePacket")  # fmt: skip
        self.send = _named(Button("Вернуть изменения", "upload-simple", kind="primary",
                                  act=window.guarded(self.ask_send)), "sendPacket")  # fmt: skip
        self.copy_told = wrapped(COPIES, TEXT, 13, tone="text2")
        head = label("Рабочая копия для коллеги", 15, bold=True)
        copies = QWidget()
        column = QVBoxLayout(copies)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row(head, None, self.make, self.take, self.send))
        column.addWidget(self.copy_told)
        rows.addWidget(copies)
        for part in (line, copies):
            part.setVisible(not window.plan.region)  # a packet carries records, and the region keeps none
        rows.addWidget(self.filler)

    # --- what is shown

    def fill(self) -> None:
        line = self.table.row
        self.found = self._desk.read(people.people, everyone=True)
        mark = self._desk.read(mark_of)
        now = self._desk.database.person_id
        self.table.show_rows([_cells(person, at_work=person.id == now) for person in self.found])
        if self.found:
            self.table.choose(min(max(line, 0), len(self.found) - 1))
        self.table.setMinimumHeight(HEAD + LINE * min(len(self.found), MOST_LINES))
        self.table.setVisible(bool(self.found))
        self.filler.setVisible(not self.found)
        self.hint = f"{'Enter — изменить · ' if self.found else ''}F1 — о людях и ролях"
        self.add.set_kind("" if self.found else "primary")
        refused = self._desk.why_not(Right.PEOPLE)
        self.add.setEnabled(refused is None)
        self._tell(refused.message if refused is not None else _explained(self.found, self._deeds))
        self._offer()
        for button, shown in ((self.make, mark is None), (self.take, mark is None), (self.send, mark is not None)):
            button.setVisible(shown)
        if mark is not None:
            told = f"Это рабочая копия: {mark.whom}, сделана {day(mark.made_on)} ({mark.made_by})."
            self.copy_told.setText(f"{told} Изменения возвращают пакетом в основной файл.")

    def _tell(self, text: str) -> None:
        self.told.setText(text)
        self.told.setMinimumHeight(0)  # a label is never lower than its least height, whatever it holds
        self.told.setFixedHeight(max(self.told.heightForWidth(TEXT), self.told.fontMetrics().height()))

    @property
    def chosen(self) -> PersonRow | None:
        return self.found[self.table.row] if 0 <= self.table.row < len(self.found) else None

    def _offer(self) -> None:
        person, may = self.chosen, self._desk.why_not(Right.PEOPLE) is None
        active = person is not None and person.active and may
        self.change.setEnabled(active)
        self.password.setEnabled(active)
        self.password.say("Сменить пароль" if person is not None and person.has_password else "Задать пароль")
        self.open.setEnabled(active and person is not None and person.has_password)
        self.leave.setEnabled(person is not None and may)
        self.leave.say("Вернуть" if person is not None and not person.active else "Отключить")
        for button in (self.change, self.password, self.open, self.leave):
            button.setVisible(bool(self.found))

    # --- people

    def ask_new(self) -> None:
        first = not any(person.active for person in self.found)
        text = (
            "Первый человек — администратор; пока руководителя нет, он и утверждает отчёт. "
            "С этого дня программа при открытии спросит, кто работает." if first
            else f"{ROLE_TITLES[Role.HEAD].capitalize()} "
            f"{self._deeds[Role.HEAD].replace('то же', self._deeds[Role.OPERATOR].partition(' и ')[0])}."
        )  # fmt: skip
        known = self._desk.database.actor if first and self._desk.database.actor != self._desk.database.account else ""
        fields = [NAME, POST] if first else [NAME, POST, ROLE]

        def keep(values: dict[str, Any]) -> None:
            made = self._write(
                f"Люди: добавлено «{values['name']}»", people.add_person, values["name"] or "",
                post=values["post"] or "", role=Role(values.get("role") or Role.ADMINISTRATOR),
            )  # fmt: skip
            if first:
                former = self._desk.database.actor
                people.sign_in(self._desk.database, made)  # type: ignore[arg-type]
                self._hand_over(former, made)
            self._changed(made)

        ask_values(self._window, self._desk, "Новый человек", text, fields, "Добавить", keep,
                   given={"name": known, "role": Role.OPERATOR.value}, right=Right.PEOPLE)  # fmt: skip

    def ask_change(self) -> None:
        person = self.chosen
        if person is None or not person.active:
            return

        def keep(values: dict[str, Any]) -> None:
            self._write(
                f"Люди: изменено «{person.name}»", people.change_person, person.id, name=values["name"] or "",
                post=values["post"] or "", role=Role(values["role"]),
            )  # fmt: skip
            self._hand_over(person.name, person.id)
            self._changed(person.id)

        ask_values(self._window, self._desk, person.name, "Прежние записи журнала остаются с прежним именем.",
                   [NAME, POST, ROLE], "Записать", keep,
                   given={"name": person.name, "post": person.post, "role": person.role.value},
                   right=Right.PEOPLE)  # fmt: skip

    def _hand_over(self, former: str, id: int) -> None:
        """What she has half typed is hers under the new name too: drafts are found by it."""
        now = self._desk.read(people.person_of, id)
        if now is not None and now.name != former:
            drafts.hand_over(self._desk.database.path, former, now.name)

    def ask_password(self) -> None:
        person = self.chosen
        if person is None:
            return

        def keep(_values: dict[str, Any]) -> None:
            typed = [_line(dialog.rows[key].editor).text() for key in ("password", "again")]
            self._write(f"Люди: задан пароль, {person.name}", people.set_password, person.id, *typed, undoable=False)
            self._changed(person.id)
            self._window.notify(ended(f"Пароль задан: {person.name}"))

        dialog = ask_values(
            self._window, self._desk, f"Пароль: {person.name}",
            "Программа хранит его так, что прочитать нельзя. Забытый пароль заменит другой администратор.",
            PASSWORDS, "Задать пароль", keep, right=Right.PEOPLE,
        )  # fmt: skip
        for key in ("password", "again"):
            _line(dialog.rows[key].editor).setEchoMode(QLineEdit.EchoMode.Password)

    def remove_password(self) -> None:
        person = self.chosen
        if person is not None:
            self._write(f"Люди: пароль убран, {person.name}", people.remove_password, person.id, undoable=False)
            self._changed(person.id)
            self._window.notify(f"Пароль убран: {person.name} входит без него.")

    def leave_or_return(self) -> None:
        person = self.chosen
        if person is None:
            return
        if person.active:
            self._write(f"Люди: отключён, {person.name}", people.deactivate, person.id)
        else:
            self._write(f"Люди: возвращён, {person.name}", people.reactivate, person.id)
        self._changed(person.id)

    def _write(self, title: str, act: Any, *args: Any, undoable: bool = True, **kwargs: Any) -> Any:
        return self._desk.write(KIND, title, act, *args, changed={"settings"}, undoable=undoable, **kwargs)

    def _changed(self, id: int) -> None:
        """Whoever is at work may have another name or role now: everything asks again."""
        self._desk.changed.emit(frozenset({"people", "return", "settings"}))
        self.fill()
        self.table.choose(next((n for n, person in enumerate(self.found) if person.id == id), 0))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- working copies

    def ask_copy(self) -> None:
        """For whom, then where: the file may go to a stick or into a letter."""
        path = self._desk.database.path

        def go_on(values: dict[str, Any]) -> None:
            whom = values["whom"] or ""
            name = path.with_name(f"{path.stem} — {whom}{path.suffix}")
            chosen = ask_save(self, "Сделать рабочую копию", name)
            if chosen:
                self.copy_to(chosen, whom)

        active = [person for person in self.found if person.active]
        if active:
            writing = {person.name: person.name for person in active if person.role is not Role.VIEWER}
            words = FieldText(self._desk, {COLLEAGUES: writing})
            whom = Field("whom", WHOM, Kind.CHOICE, required=True, width=40, dictionary=COLLEAGUES,
                         help="Из людей файла, кроме роли «просмотр».")  # fmt: skip
        else:
            words = None
            whom = Field("whom", WHOM, Kind.TEXT, required=True, width=40, help="Фамилия и инициалы.")
        ask_values(
            self._window, self._desk, "Рабочая копия для коллеги",
            "В копии всё, что есть в файле, и персональные данные тоже: передавайте её как сам файл.",
            [whom], "Выбрать место", go_on, words=words,
        )  # fmt: skip

    def copy_to(self, path: Path, whom: str) -> None:
        """Write the copy in the database's thread."""

        def done(made: Path) -> None:
            self._window.notify(f"Рабочая копия записана и проверена: {made.name}. {ended(f'Передайте её: {whom}')}")

        self._desk.jobs.run(
            "Пишется рабочая копия",
            lambda _progress: make_working_copy(self._desk.database, path, whom),  # type: ignore[arg-type]
            self._window.guarded(done), self._window.tell,
        )  # fmt: skip

    def ask_packet(self) -> None:
        self._window.open("packet")

    def ask_send(self) -> None:
        found = self._desk.read(packet_making.packet_of)
        if not found.records:
            self._window.notify("В этой копии ещё ничего не изменено: возвращать нечего.")
            return
        name = self._desk.database.path.with_name(packet_making.packet_name(found))
        path, _ = QFileDialog.getSaveFileName(self, "Вернуть изменения", str(name), PACKETS)
        if path:
            self.send_to(Path(path))

    def send_to(self, path: Path) -> None:
        """Write the packet; the copy goes on as it is."""
        target = path if path.suffix == ENDING else path.with_name(path.name + ENDING)
        write_file(target, self._desk.read(packet_making.packet_file))
        views = self._desk.read(packet_making.views_left)
        left = " Сохранённые виды таблиц остаются в этой копии." if views else ""
        self._window.notify(f"Пакет записан: {target.name}. Отправьте его тому, у кого основной файл.{left}")


def _named(button: Button, name: str) -> Button:
    button.setObjectName(name)
    return button


def _line(editor: Any) -> QLineEdit:
    assert isinstance(editor, LineEditor)
    return editor.line


def _cells(person: PersonRow, *, at_work: bool) -> tuple[str, ...]:
    state = "сейчас работает" if at_work else "действует" if person.active else f"отключён {day(person.left_on)}"
    return person.name, person.post or "—", ROLE_TITLES[person.role], "задан" if person.has_password else "нет", state


def _explained(found: tuple[PersonRow, ...], deeds: Mapping[Role, str]) -> str:
    if not any(person.active for person in found):
        return (
            "Пока никто не записан: работает всякий, кто откроет файл, и разрешено всё. Если с файлом работают двое "
            "или больше, запишите людей: журнал назовёт каждого, а отчёт утвердит только руководитель."
        )
    told = "; ".join(f"{title} — {deeds[role]}" for role, title in ROLE_TITLES.items())
    return f"{told[0].upper()}{told[1:]}. Пока руководителя нет, утверждает администратор."
