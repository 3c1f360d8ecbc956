"""«Комплект»: what would go down to the districts now, what was issued, and who still works with an old one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from app.core.russian import day, integer, plural
from app.returns.package_reading import PARTS
from app.ui.desk import Desk
from app.ui.page import Page, Window
from app.ui.pages.plain_table import PlainTable
from app.ui.region.intake_words import district
from app.ui.region.taking_keys import take_folder_by_key
from app.ui.tabs import tab_strip
from app.ui.widgets import Button, Card, label, row, shortcut, wrapped
from app.usecases import region_package_issuing as issuing
from app.usecases.places import with_file, write_file
from app.usecases.received import territories
from app.usecases.region_package_issuing import Difference, Issued, Prospect
from app.usecases.region_package_use import PlacePackage, Standing, packages_in_use

FILES = "Комплект области (*.json);;Все файлы (*)"
PARTS_TAB, DIFFERENCES, LOG, PLACES = "parts", "differences", "log", "places"
_ORDER = (PARTS_TAB, DIFFERENCES, LOG, PLACES)
_WHAT = {"new": "новая", "changed": "изменена", "gone": "больше нет"}
_STANDING = {
    Standing.LATEST: "с последним",
    Standing.EARLIER: "отчёт раньше комплекта",
    Standing.OLD: "со старым",
    Standing.UNKNOWN: "не известно",
    Standing.NO_RETURN: "отчётов не было",
}
_SHOWN = 2_000


class DownPage(Page):
    """Nothing is issued before the primary button; a комплект that says nothing new is the last one again."""

    registers = frozenset({"settings", "plans", "package", "received", "centre"})

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__("Комплект", desk, window)
        self.prospect: Prospect | None = None
        self.log: tuple[Issued, ...] = ()
        self.places: dict[str, PlacePackage] = {}
        self.folder = Path.home()
        self._entering = False
        guarded = window.guarded
        again = Button("Сохранить ещё раз", "floppy-disk", key="Ctrl+E", act=guarded(self.ask_again_file))
        self.again_button = self.header.add("again", again)
        issue = Button("Записать комплект", "package", kind="primary", key="Ctrl+Enter", act=guarded(self.ask_issue))
        self.issue_button = self.header.add("issue", issue)
        self.tab = PARTS_TAB
        self._make_parts()
        shortcut(self, "Ctrl+Return", guarded(self.ask_issue))
        shortcut(self, "Ctrl+E", guarded(self.ask_again_file))
        shortcut(self, "Ctrl+O", lambda: window.open("plans", ask="table"))  # what a комплект takes from elsewhere
        take_folder_by_key(self, window)
        self.show_tab(PARTS_TAB)

    def _make_parts(self) -> None:
        words = {PARTS_TAB: "Что уйдёт", DIFFERENCES: "Отличия", LOG: "Выпущенные", PLACES: "Районы"}
        self.tabs: dict[str, Button] = {}
        for key in _ORDER:
            button = Button(words[key], kind="tab", act=lambda key=key: self.show_tab(key))  # type: ignore[misc]
            button.setCheckable(True)
            self.tabs[key] = button
        self.told = wrapped("", 760, 14, tone="text2")
        self.tables = {
            PARTS_TAB: PlainTable((("Раздел", 260), ("Записей", 110), ("Новых", 100), ("Изменено", 110),
                                   ("Убрано", 100)), fill=0, right=(1, 2, 3, 4)),
            DIFFERENCES: PlainTable((("Раздел", 190), ("Что с записью", 120), ("Код", 170), ("Название", 240),
                                     ("Было", 170), ("Стало", 170)), fill=3),
            LOG: PlainTable((("Комплект", 190), ("Перед ним", 100), ("Кто записал", 200), ("Размер, КБ", 110),
                             ("Контрольная строка", 300)), fill=4, right=(3,)),
            PLACES: PlainTable((("Район", 190), ("Работает", 270), ("Комплект", 300), ("Отчёт за", 150),
                                ("Утверждён", 110)), fill=2),
        }  # fmt: skip
        self.tables[DIFFERENCES].lay_columns([190, 120, 170, 240, 170, 170], 3, [110, 96, 80, 120, 90, 90])
        self.tables[LOG].lay_columns([190, 100, 200, 110, 300], 4, [170, 86, 100, 96, 110])
        self.tables[PLACES].lay_columns([190, 270, 300, 150, 110], 2, [160, 172, 130, 146, 96])
        names = {PARTS_TAB: "Что уйдёт в комплекте", DIFFERENCES: "Чем отличается от прежнего",
                 LOG: "Выпущенные комплекты", PLACES: "С каким комплектом работают районы"}  # fmt: skip
        self.stack = QStackedWidget()
        sheet = Card(margin=1, spacing=0)
        sheet.rows.addWidget(self.stack)
        for key, table in self.tables.items():
            table.setAccessibleName(names[key])
            self.stack.addWidget(table)
        self.nothing = label("", 14, tone="muted")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setWordWrap(True)
        self.stack.addWidget(self.nothing)
        self.tables[LOG].opened.connect(lambda _line: self.window_.guarded(self.ask_again_file)())
        self.body.setSpacing(8)
        self.body.addLayout(tab_strip("down", self.window_))
        self.body.addWidget(self.told)
        self.body.addLayout(row(*self.tabs.values(), None, spacing=16))
        self.body.addWidget(sheet, 1)

    # --- what is shown

    def refresh(self) -> None:
        self.header.fact.setText("сравнивается с прежним…")
        self.desk.read_later("Составляется комплект", _told, done=self._show, failed=self.window_.tell)

    def _show(self, told: tuple[Prospect, tuple[Issued, ...], dict[str, PlacePackage], dict[str, str]]) -> None:
        self.prospect, self.log, self.places, names = told
        found, last = self.prospect, self.prospect.last
        self.header.fact.setText(f"последний {last.title}" if last else "ещё не выпускали")
        self.told.setText(_sentence(found))
        self.told.setFixedHeight(self.told.heightForWidth(self.told.width()))
        self.issue_button.setEnabled(found.is_new)
        self.issue_button.setToolTip("" if found.is_new else "С прежнего комплекта ничего не изменилось.")
        self.again_button.setVisible(bool(self.log))
        self._show_parts(found)
        self.tables[DIFFERENCES].show_rows([_difference(one) for one in found.differences[:_SHOWN]])
        self.tables[LOG].show_rows([
            (one.title, f"№\u00a0{one.previous}" if one.previous else "—", one.by, integer(-(-one.size // 1024)),
             one.sha256[:32]) for one in self.log
        ])  # fmt: skip
        ordered = sorted(self.places.items(), key=lambda pair: (not pair[1].is_old, names.get(pair[0], pair[0])))
        self.tables[PLACES].show_rows([
            _place(names.get(code, code), one, issued=bool(self.log)) for code, one in ordered
        ])
        old = sum(one.is_old for one in self.places.values())
        self.tabs[DIFFERENCES].say(f"Отличия\u00a0{integer(len(found.differences))}")
        self.tabs[DIFFERENCES].setVisible(bool(found.differences))
        self.tabs[LOG].say(f"Выпущенные\u00a0{integer(len(self.log))}")
        word = f"Со старым комплектом\u00a0{integer(old)}" if old else "Районы"
        self.tabs[PLACES].say(word, "warning" if old else "")
        self.window_.show_badge("down", old)
        if self.tab == DIFFERENCES and not found.differences:
            self.tab = PARTS_TAB
        for table in self.tables.values():
            table.choose(0)
        self.show_tab(self.tab)
        if self._entering:
            self._entering = False
            self.panes()[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_parts(self, found: Prospect) -> None:
        rows = []
        for part, number in found.counts:
            of_part = [one.what for one in found.differences if one.part == part]
            counts = (of_part.count(what) for what in ("new", "changed", "gone"))
            rows.append((_part(part), integer(number), *(integer(one) if one else "" for one in counts)))
        self.tables[PARTS_TAB].show_rows(rows)

    def show_tab(self, tab: str) -> None:
        self.tab = tab
        for key, button in self.tabs.items():
            button.setChecked(key == tab)
        table = self.tables[tab]
        if table.model().rowCount():
            self.stack.setCurrentWidget(table)
        else:
            self.nothing.setText("Комплектов ещё не выпускали." if tab == LOG else "")
            self.stack.setCurrentWidget(self.nothing)
        hints = {LOG: "Enter — сохранить файл этого комплекта ещё раз", PLACES: "Известно по последнему отчёту района"}
        usual = "Ctrl+Enter — записать комплект и сохранить его файл · Ctrl+O — принять планы центров"
        self.say_hint(hints.get(tab, usual))

    # --- deeds

    def ask_issue(self) -> None:
        """Where to save the file; only then is the комплект issued."""
        found = self.prospect
        if found is None or not found.is_new:
            self.window_.notify("С прежнего комплекта ничего не изменилось: записывать нечего.")
            return
        start = str(self.folder / found.package.file_name)
        path, _ = QFileDialog.getSaveFileName(self, "Записать комплект", start, FILES)
        if path:
            self.issue(Path(path))

    def issue(self, path: Path) -> None:
        issued = self.desk.write(
            issuing.KIND, "Выпущен комплект", with_file, issuing.issue, path, changed={"package"}, undoable=False
        )
        self.folder = path.parent
        self.window_.notify(f"Комплект {issued.title} записан: {path.name}. Отправьте его районам.")

    def ask_again_file(self) -> None:
        """The file of the комплект chosen among those issued, else of the last."""
        if not self.log:
            return
        chosen = self.tables[LOG].row if self.tab == LOG else 0
        number = self.log[max(0, chosen)].number
        name, content = self.desk.read(issuing.file_of, number)
        path, _ = QFileDialog.getSaveFileName(self, "Сохранить комплект", str(self.folder / name), FILES)
        if path:
            self.folder = Path(path).parent
            write_file(Path(path), content)
            self.window_.notify(f"Комплект №\u00a0{number} сохранён: {Path(path).name}.")

    # --- keys

    def enter(self, **where: object) -> None:
        tab = where.get("tab")
        if isinstance(tab, str) and tab in self.tables:
            self.show_tab(tab)
        self._entering = self.prospect is None  # what the focus goes to is not there yet
        self.panes()[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def panes(self) -> list[QWidget]:
        shown = next((one for one in self.tables.values() if one is self.stack.currentWidget()), None)
        return [shown or self.issue_button, self.issue_button]


def _told(session: Any) -> tuple[Prospect, tuple[Issued, ...], dict[str, PlacePackage], dict[str, str]]:
    names = {one.code: district(one.name) for one in territories(session)}
    return issuing.prospect(session), issuing.issued(session), dict(packages_in_use(session)), names


def _sentence(found: Prospect) -> str:
    if not found.is_new and found.last is not None:
        return f"С комплекта {found.last.title} ничего не изменилось: новый выпускать не нужно."
    if found.last is None:
        return (
            f"Первый комплект {found.package.title}: справочники, каталог услуг, карта потребностей, сроки, планы "
            "центров и территории. Районы примут его своей программой и увидят, что изменится."
        )
    told = plural(len(found.differences), "запись отличается", "записи отличаются", "записей отличаются")
    return f"Следующий комплект {found.package.title}: от {found.last.title} {told}."


def _part(part: str) -> str:
    extra = {"due_day": "день сдачи отчёта", "by": "кто выпустил"}
    word = PARTS[part][1] if part in PARTS else extra.get(part, part)
    return word[0].upper() + word[1:]


def _difference(one: Difference) -> tuple[str, ...]:
    key = one.key if one.part != "plans" else one.key.partition(" · ")[2]
    return _part(one.part), _WHAT[one.what], key, one.title, one.before, one.after


def _place(name: str, one: PlacePackage, *, issued: bool) -> tuple[str, ...]:
    """issued: whether there is any комплект to be with or behind."""
    package = "" if one.standing is Standing.NO_RETURN else one.words
    standing = _STANDING[one.standing] if issued or one.standing is Standing.NO_RETURN else "комплектов ещё не было"
    return name, standing, package, str(one.quarter.title) if one.quarter else "", day(one.made_on)
