"""The register of recipients (art. 31.2): entries and what waits for one, terms, papers for the site and on request."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.core.errors import InvalidRecord
from app.core.fields import Field, Kind
from app.core.periods import Quarter
from app.core.russian import day, plural
from app.records.choices import SUPPORT_FORMS
from app.returns.recipients import Entry
from app.ui.ask import ask_values
from app.ui.desk import Desk
from app.ui.empty_state import EmptyState
from app.ui.page import Page, Window
from app.ui.pages.plain_table import PlainTable
from app.ui.rail import TABS
from app.ui.short_words import quoted
from app.ui.widgets import Button, Card, label, row, separator
from app.usecases import recipients, registers, support
from app.usecases.places import write_file
from app.usecases.recipients import Kept

COLUMNS = (
    ("№", 48), ("Внесена", 88), ("Решение", 140), ("Получатель", 200), ("ОГРН", 120), ("Форма", 116),
    ("Размер", 128), ("Публикация", 92), ("Срок", 190),
)  # fmt: skip
WHO = 3
PERIODS = ("Весь реестр", "Этот квартал", "Прошлый квартал", "Этот год")


class RecipientsPage(Page):
    """What waits stands first.  Enter opens the decision; F8 walks what is late."""

    registers = frozenset({"support", "ngo", "settings"})

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__("Реестр получателей поддержки", desk, window)
        self.period, self.only_late = 0, False
        self.kept: Kept | None = None
        self.shown: tuple[Entry, ...] = ()
        self.folder = Path.home()
        self._build()

    def _build(self) -> None:
        self.extract_button = self.header.add(
            "extract", Button("Справка по НКО", "file-text", act=self.window_.guarded(self.ask_extract))
        )
        self.save_button = self.header.add(
            "save", Button("Сохранить файлы", "download-simple", kind="primary", act=self.ask_folder)
        )
        self.body.setSpacing(12)
        tabs = [self._tab(key, word) for key, word in TABS["support"]]
        self.body.addLayout(row(*tabs, None, spacing=16))
        self.pills = [
            Button(word, kind="pill", act=partial(self.choose_period, number)) for number, word in enumerate(PERIODS)
        ]
        self.late_pill = Button("Только с опозданием", kind="pill", act=self.toggle_late)
        self.count = label("", 13, tone="muted")
        strip = QHBoxLayout()
        strip.setSpacing(8)
        for pill in (*self.pills, self.late_pill):
            strip.addWidget(pill)
        strip.addWidget(self.count)
        strip.addStretch(1)
        self.body.addLayout(strip)
        self.table = PlainTable(COLUMNS, fill=WHO)
        self.table.setAccessibleName("Реестр получателей")
        self.table.opened.connect(self._open)
        sheet = Card(margin=1, spacing=0)
        sheet.rows.addWidget(self.table, 1)
        sheet.rows.addWidget(separator())
        self.told = label("", 13)
        self.enter_button = Button("Внести в реестр", "stamp", act=self.window_.guarded(self.ask_enter))
        self.publish_button = Button("Отметить публикацию", "megaphone", act=self.window_.guarded(self.ask_publish))
        sheet.rows.addLayout(row(self.told, None, self.publish_button, self.enter_button, margins=(12, 6, 8, 6)))
        self.empty = EmptyState()
        self.stack = QStackedWidget()
        self.stack.addWidget(sheet)
        self.stack.addWidget(self.empty)
        self.empty.primary.clicked.connect(lambda: self.window_.open("support"))
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        self.body.addWidget(holder, 1)

    def _tab(self, key: str, word: str) -> Button:
        button = Button(word, kind="tab", act=partial(self.window_.open, key))
        button.setCheckable(True)
        button.setChecked(key == "recipients")
        button.clicked.connect(lambda: button.setChecked(key == "recipients"))
        return button

    # --- what is shown

    def refresh(self) -> None:
        self.kept = self.desk.read(recipients.register_of_recipients, **self._days())
        self._show()

    def _days(self) -> dict[str, Any]:
        today = self.desk.clock.today()
        now = Quarter.of(today)
        match self.period:
            case 1:
                return {"first": now.first_day, "last": now.last_day}
            case 2:
                return {"first": now.previous.first_day, "last": now.previous.last_day}
            case 3:
                return {"first": Quarter(today.year, 1).first_day, "last": Quarter(today.year, 4).last_day}
        return {}

    def _show(self) -> None:
        assert self.kept is not None
        register = self.kept.register
        every = (*register.pending, *reversed(register.entries))
        self.shown = tuple(entry for entry in every if entry.late or not self.only_late)
        for number, pill in enumerate(self.pills):
            pill.set_kind("pill-on" if number == self.period else "pill")
        self.late_pill.set_kind("pill-on" if self.only_late else "pill")
        self.late_pill.say("Только с опозданием", "x" if self.only_late else "")
        self.count.setText(f"{len(self.shown)} из {len(every)}" if self.only_late else "")
        self.header.fact.setText(plural(len(register.entries), "запись", "записи", "записей"))
        self.table.show_rows([_cells(entry) for entry in self.shown])
        if not every:
            self.empty.say(
                "stamp", "Записей в реестре пока нет",
                "Сюда вносят решения о поддержке НКО: номер даётся сам, срок — считается. Начните с решения.",
                "К решениям о поддержке",
            )  # fmt: skip
        elif not self.shown:
            self.empty.say("check-circle", "Опозданий нет", "Всё внесено и опубликовано в срок.")
        self.stack.setCurrentIndex(int(not self.shown))
        waiting, unpublished = len(register.pending), len(self._unpublished())
        self.enter_button.setVisible(bool(waiting))
        self.enter_button.say(f"Внести в реестр: {waiting}")
        self.publish_button.setVisible(bool(unpublished))
        self.publish_button.say(f"Отметить публикацию: {unpublished}")
        self.told.setText(self._summary())
        self.table.choose(0)
        self.say_hint("Enter — открыть решение · F8 — следующее опоздание · номер даётся по порядку, без пропусков")

    def _summary(self) -> str:
        assert self.kept is not None
        register = self.kept.register
        overdue = len(register.overdue)
        late = sum(entry.late for entry in register.entries)
        parts = [f"Не внесено в срок: {overdue}" if overdue else "", f"с опозданием: {late}" if late else ""]
        return ", ".join(part for part in parts if part) or "Опозданий нет"

    def _unpublished(self) -> list[int]:
        entries = self.kept.register.entries if self.kept else ()
        return [entry.support for entry in entries if entry.row.published_on is None]

    def choose_period(self, number: int) -> None:
        self.period = number
        self.refresh()

    def toggle_late(self) -> None:
        self.only_late = not self.only_late
        self._show()

    def enter(self, **where: object) -> None:
        self.table.setFocus()

    def panes(self) -> list[QWidget]:
        return [self.pills[0], self.table]

    def next_finding(self, step: int) -> None:
        late = [n for n, entry in enumerate(self.shown) if entry.late]
        if late:
            here = self.table.row
            ahead = [n for n in late if n > here] if step > 0 else [n for n in reversed(late) if n < here]
            self.table.choose(ahead[0] if ahead else late[0 if step > 0 else -1])

    def step_back(self) -> bool:
        self.window_.open("support")
        return True

    # --- deeds

    def _open(self, place: int) -> None:
        if 0 <= place < len(self.shown):
            self.window_.open("support", record=self.shown[place].support)

    def ask_enter(self) -> None:
        """All that waits gets its numbers, in the order of the decisions."""
        assert self.kept is not None
        waiting = [entry.support for entry in self.kept.register.pending]
        told = plural(len(waiting), "решение", "решения", "решений")

        def act(values: dict[str, Any]) -> None:
            self.desk.write(
                "edit", f"Реестр: внесено {told}", support.enter_many, waiting, entered_on=values["entered_on"],
                published_on=values["published_on"], changed={"support"},
            )  # fmt: skip
            self.window_.notify(f"Внесено в реестр: {told}.")

        ask_values(
            self.window_, self.desk, f"В реестр вносится {told}",
            "Номера дадутся по порядку дат решений. Убрать запись из реестра нельзя, только прекратить поддержку.",
            [Field("entered_on", "Внесены в реестр", Kind.DATE, required=True),
             Field("published_on", "Опубликованы на сайте", Kind.DATE, help="Если уже опубликованы.")],
            "Внести в реестр", act, given={"entered_on": self.desk.clock.today()},
        )  # fmt: skip

    def ask_publish(self) -> None:
        """Every entry that was not published stands on the site since a day."""
        waiting = self._unpublished()
        told = plural(len(waiting), "запись", "записи", "записей")

        def act(values: dict[str, Any]) -> None:
            title = f"Реестр: опубликовано {told}"
            self.desk.write("edit", title, support.publish_many, waiting, values["on"], changed={"support"})
            self.window_.notify(f"Отмечена публикация: {told}.")

        ask_values(
            self.window_, self.desk, f"Опубликовано {told}", "День, с которого они стоят на официальном сайте.",
            [Field("on", "День", Kind.DATE, required=True)], "Отметить публикацию", act,
            given={"on": self.desk.clock.today()},
        )  # fmt: skip

    def ask_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "Куда сохранить реестр", str(self.folder))
        if folder:
            self.save_to(Path(folder))

    def save_to(self, folder: Path) -> None:
        """PDF, Excel, the page for the site and the layout of the federal register, for the chosen period."""
        days = self._days()

        def make(session, progress):
            files = recipients.register_files(recipients.register_of_recipients(session, **days), progress=progress)
            return files | dict([recipients.federal_file(session, **days)])

        def done(files: dict[str, bytes]) -> None:
            for name, content in files.items():
                write_file(folder / name, content)
            self.folder = folder
            self.window_.notify(f"Сохранено в «{folder.name}»: PDF, Excel, страница для сайта, макет реестра СОНКО.")

        self.desk.read_later(
            "Сохраняется реестр", make, with_progress=True, done=self.window_.guarded(done), failed=self.window_.tell
        )

    def ask_extract(self) -> None:
        """Справка for one NGO, chosen by name."""

        def act(values: dict[str, Any]) -> None:
            card = self.desk.read(registers.card, "ngo", values["ngo_id"])
            ogrn = card.values.get("ogrn")
            if not ogrn:
                raise InvalidRecord({"ngo_id": "ОГРН этой НКО не установлен: сначала впишите его в карточку."})
            name = f"Справка из реестра {ogrn}.pdf"
            path, _ = QFileDialog.getSaveFileName(self, "Сохранить справку", str(self.folder / name), "PDF (*.pdf)")
            if path:
                self.save_extract(str(ogrn), Path(path))

        chosen = self.shown[self.table.row] if 0 <= self.table.row < len(self.shown) else None
        given = self._recipient_of(chosen) if chosen else {}
        ask_values(
            self.window_, self.desk, "Справка о нахождении сведений в реестре",
            "Справка выдаётся и тогда, когда записей об организации нет: она это скажет.",
            [Field("ngo_id", "НКО", Kind.LINK, required=True, register="ngo")], "Составить справку", act, given=given,
            right=None,
        )  # fmt: skip

    def save_extract(self, ogrn: str, path: Path) -> None:
        write_file(path, self.desk.read(recipients.extract, ogrn))
        self.folder = path.parent
        self.window_.notify(f"Сохранено: {path.name}")

    def _recipient_of(self, entry: Entry) -> dict[str, Any]:
        card = self.desk.read(registers.card, "support", entry.support)
        return {"ngo_id": card.values["ngo_id"], "ngo_id_title": entry.row.short_name or quoted(entry.row.name)}


def _cells(entry: Entry) -> list[str]:
    r = entry.row
    decision = f"{day(r.decision_on)} №\u00a0{r.decision_no}" if r.decision_no else day(r.decision_on)
    return [
        "—" if r.number is None else str(r.number),
        day(r.entered_on) or "—",
        f"прекращение {decision}" if r.termination else decision,
        r.short_name or r.name,
        r.ogrn,
        SUPPORT_FORMS.get(r.form, r.form),
        r.size,
        day(r.published_on) or "—",
        _term(entry),
    ]


def _term(entry: Entry) -> str:
    """«в срок», «внести до 06.07.2026», «срок истёк 06.07.2026», «внесена позже на 3 дня»."""
    if entry.row.number is None:
        return f"срок истёк {day(entry.due_on)}" if entry.days_late else f"внести до {day(entry.due_on)}"
    if entry.days_late:
        return f"внесена позже на {plural(entry.days_late, 'день', 'дня', 'дней')}"
    if entry.days_unpublished:
        return "не опубликована в срок" if entry.row.published_on is None else "опубликована позже срока"
    return "в срок" if entry.row.published_on else f"опубликовать до {day(entry.due_on)}"
