"""A packet of a working copy on its way in: seen record by record, disputes decided, taken as one batch."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.core.errors import AppError, reason_of
from app.core.russian import day, integer, plural
from app.exchange.packets import ENDING, LARGEST, Packet, read_packet
from app.records import REGISTERS
from app.ui.desk import Desk
from app.ui.page import Window
from app.ui.pages.file_preview import FilePreview
from app.ui.pages.packet_rows import LEAST, WIDTHS, PacketCard, PacketCells, PacketModel
from app.ui.pages.preview_page import ActionBar
from app.ui.table_view import Table
from app.ui.widgets import Button, ElidingLabel
from app.usecases.import_plan import Outcome
from app.usecases.packet_plan import PacketPreview
from app.usecases.packet_taking import KIND, take

FILES = f"Пакет рабочей копии (*{ENDING});;Все файлы (*)"
NARROW = 1000  # px under which the table has no room for the registers
WEIGHED_AT_ONCE = 200  # records of a packet that are weighed anew at each choice
TABS: tuple[tuple[Outcome | None, str], ...] = (
    (None, "Все"),
    (Outcome.DOUBTFUL, "Спорные"),
    (Outcome.NEW, "Новые"),
    (Outcome.CHANGED, "Изменённые"),
    (Outcome.SAME, "Без изменений"),
    (Outcome.REJECTED, "С ошибками"),
)


class PacketPage(FilePreview):
    """One packet.  Nothing is written before the primary button."""

    files, wanted = FILES, "Выберите пакет"
    invitation = (
        "download-simple",
        "Выберите пакет, который прислал коллега",
        ("Программа покажет, что он изменил, запись за записью; где изменили и вы, выберете сами. "
        "Без вас ничего не запишется."),
    )

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__("Изменения из рабочей копии", desk, window)
        self.preview: PacketPreview | None = None
        self.weighing = self._once_more = False
        self._packet: Packet | None = None
        self.make_tabs(TABS)
        self.model = PacketModel()
        self.table = Table(name="Записи пакета")
        self.table.setItemDelegate(PacketCells(self.table))
        self.table.setModel(self.model)
        self.table.lay_columns(WIDTHS, 3, LEAST)
        self.card = PacketCard(self._choose_value, self._decline)
        self.note = ElidingLabel("", 13, tone="text2")
        self.all_hers = Button("Везде из копии", act=lambda: self._choose_all(hers=True))
        self.all_mine = Button("Везде своё", act=lambda: self._choose_all(hers=False))
        self.leave_button = Button("Отменить", key="Esc", act=self.step_back)
        self.write_button = Button("Принять", kind="primary", key="Ctrl+Enter", act=self.window_.guarded(self.write))
        self.bar = ActionBar()
        self.bar.fill(self.note, self.all_mine, self.all_hers, self.leave_button, self.write_button)
        self.lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.table.setColumnHidden(0, self.width() < NARROW)  # the card tells the register too

    # --- the file

    def read(self, path: Path) -> None:
        """Read a packet and lay it over the file, in the database's thread."""
        self._begin()
        self._packet = None
        self._packet = read_packet(_content(path))
        self.busy = True
        packet = self._packet

        self.desk.rehearse_later(
            KIND, f"Сравнивается «{path.name}»", lambda session, progress: take(session, packet, progress=progress),
            done=self.window_.guarded(self._read), failed=self._failed,
        )  # fmt: skip

    def _read(self, preview: PacketPreview) -> None:
        self.busy = False
        self.preview = preview
        self.model.show_preview(preview)
        self.header.fact.setText(f"{preview.packet.made_for}, пакет от {day(preview.packet.made_on)}")
        self.show_work()
        counts = preview.counts
        self._tell_tabs()
        self.show_outcome(None)
        self._tell()
        self.say_hint("Пробел — своё или из копии · F8 — следующая спорная · Ctrl+Enter — принять · Esc — отменить")
        asked = counts.doubtful + counts.rejected
        (self.table if asked or not self.write_button.isEnabled() else self.write_button).setFocus()

    def _tell_tabs(self) -> None:
        assert self.preview is not None
        self.tell_tabs(self.preview.counts, TABS)

    # --- the records

    def _show_row(self, line: int) -> None:
        if 0 <= line < self.model.rowCount():
            self.card.show_row(self.model.row(line), self.model)

    def _choose_value(self, key: str, hers: bool) -> None:
        (self.model.hers.add if hers else self.model.hers.discard)(key)
        self._decided()

    def _decline(self, place: str, apart: bool) -> None:
        (self.model.apart.add if apart else self.model.apart.discard)(place)
        self._decided()

    def _choose_all(self, *, hers: bool) -> None:
        rows = self.preview.rows if self.preview is not None else ()
        self.model.hers = {one.key for row in rows for one in row.disputed} if hers else set()
        self._decided()

    def _toggle(self) -> None:
        """Space: every disputed value of the chosen record from the copy, or all of them mine again."""
        if self.table.row < 0:
            return
        row = self.model.row(self.table.row)
        keys = {one.key for one in row.disputed}
        if keys:
            self.model.hers = self.model.hers - keys if keys <= self.model.hers else self.model.hers | keys
        elif row.same_as:
            self.model.apart ^= {row.place}
        self._decided()

    def _decided(self) -> None:
        """A choice was made: shown at once, then weighed anew, since what hangs on it may be written now."""
        now = QApplication.focusWidget()
        focused = next(((key, place) for key, pair in self.card.pills.items() for place in (0, 1)
                        if pair[place] is now), None)  # fmt: skip
        self.model.redraw()
        self._show_row(self.table.row)
        self._tell()
        if focused is not None and focused[0] in self.card.pills:
            self.card.pills[focused[0]][focused[1]].setFocus(Qt.FocusReason.OtherFocusReason)
        self._weigh_anew()

    def _weigh_anew(self) -> None:
        packet = self._packet
        if packet is None or self.preview is None or len(self.preview.rows) > WEIGHED_AT_ONCE:
            return
        if self.weighing:
            self._once_more = True
            return
        self.weighing, self._once_more = True, False
        hers, apart = set(self.model.hers), set(self.model.apart)

        def done(preview: PacketPreview) -> None:
            self.weighing = False
            if self._packet is not packet or self.busy:
                return
            if self._once_more:
                self._weigh_anew()
                return
            self.preview = preview
            self.model.renew(preview)
            self._tell_tabs()
            self._tell()

        def failed(error: BaseException) -> None:
            self.weighing = False
            self.window_.tell(error)

        self.desk.rehearse_later(
            KIND, "Сверяется выбор",
            lambda session, progress: take(session, packet, hers=hers, apart=apart, progress=progress),
            done=self.window_.guarded(done), failed=failed,
        )  # fmt: skip

    def _tell(self) -> None:
        assert self.preview is not None
        disputed, hers = self.preview.disputed, len(self.model.hers)
        parts = []
        if disputed:
            parts.append(f"Спорных значений: {integer(disputed)}, из копии: {integer(hers)}.")
        if self.preview.counts.rejected:
            parts.append(f"Не запишется: {integer(self.preview.counts.rejected)}.")
        changes = self.to_write
        if changes:
            parts.append("Пишется и отменяется целиком.")
        else:
            parts.append("Пока писать нечего." if parts else "Всё это уже принято.")
        self.note.setText(" ".join(parts))
        for button in (self.all_hers, self.all_mine):
            button.setVisible(bool(disputed))
        self.write_button.say(f"Принять {plural(changes, 'запись', 'записи', 'записей')}" if changes else "Принять")
        self.write_button.setEnabled(bool(changes))

    @property
    def to_write(self) -> int:
        """Records that something will be written of, as it is chosen now."""
        rows = self.preview.rows if self.preview is not None else ()
        return sum(
            row.outcome is Outcome.NEW or any(not one.disputed or one.key in self.model.hers for one in row.fields)
            for row in rows
            if row.outcome is not Outcome.REJECTED and row.place not in self.model.apart
        )

    # --- the deed

    def write(self) -> None:
        """Take the packet in as one batch."""
        packet = self._packet
        if packet is None or self.preview is None or self.busy or not self.write_button.isEnabled():
            return
        self.busy = True
        hers, apart = set(self.model.hers), set(self.model.apart)

        def work(session: Any, progress: Any) -> PacketPreview:
            return take(session, packet, hers=hers, apart=apart, progress=progress)

        def done(made: PacketPreview) -> None:
            self.busy = False
            self._begin()
            self.window_.open("history")
            rest = f" Не записано: {integer(made.counts.rejected)}." if made.counts.rejected else ""
            told = plural(made.written, "запись", "записи", "записей")
            self.window_.notify(f"Из рабочей копии ({made.packet.made_for}) принято: {told}.{rest}")

        self.desk.write_later(
            KIND, f"Из рабочей копии ({packet.made_for})", work, changed={*REGISTERS, "return"},
            done=self.window_.guarded(done), failed=self._failed,
        )  # fmt: skip

    def step_back(self) -> bool:
        if self.preview is not None:
            self._begin()
        else:
            self.window_.open("settings", tab="people")
        return True

    def panes(self) -> list[QWidget]:
        if self.preview is None:
            return [self.empty.primary]
        pills = [pair[0] for pair in self.card.pills.values()][:1]
        return [self.table, *pills, self.write_button]


def _content(path: Path) -> bytes:
    """The bytes of a packet, no more of them than tell that it is too large."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as fault:
        raise AppError(f"Файл «{path.name}» не читается: {reason_of(fault)}.", "Проверьте, на месте ли он.") from fault
