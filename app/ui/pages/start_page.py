"""The first start, four calm steps: the role, the territory and the file, the unit and signatures, what to begin with.

Nothing is made before the last step; «Назад» and Esc keep what was typed.  The program does the rest (`Beginning`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from app.core.account_file import ENDING, with_ending
from app.core.fields import Field, Kind
from app.ui import account_files
from app.ui.choice_editors import Combo
from app.ui.editors import LineEditor
from app.ui.form_row import FormLine, FormRow
from app.ui.radio import Radio
from app.ui.widgets import Button, Card, ElidingLabel, label, row, scrolled, separator, shortcut, wrapped

WIDTH = 720
TEXT = WIDTH - 50
STEPS = ("Кто работает", "Район и файл", "Подразделение и подписи", "С чего начать")
REGION_FILE = f"область{ENDING}"
LISTS = "Списки (*.xlsx *.xls *.ods *.csv *.tsv);;Все файлы (*)"
REGION_STEPS = ("Кто работает", "Файл области", "Комитет и подписи", "С чего начать")
ROLES = (
    ("Район: веду учёт НКО и сдаю квартальный отчёт", "Реестры, обращения, календарь и отчёт одного района."),
    ("Регион: принимаю отчёты районов", "Записи ведут районы, сюда приходят их файлы: приём, доска, свод, покрытие."),
)
OF_ROLE = (
    Field("name", "Подразделение", Kind.TEXT, width=60, help="Стоит в строке 701 отчёта."),
    Field("administration", "Комитет", Kind.TEXT, width=60, help="Полное имя: стоит на квитанциях и сводном отчёте."),
)
SIGNATURES = (
    (Field("head_post", "Руководитель: должность", Kind.TEXT, width=40),
     Field("head_name", "Имя", Kind.TEXT, width=30, help="Фамилия И. О.")),
    (Field("executor_post", "Исполнитель: должность", Kind.TEXT, width=40),
     Field("executor_name", "Имя", Kind.TEXT, width=30, help="Фамилия И. О.")),
    (Field("executor_phone", "Служебный телефон исполнителя", Kind.PHONE),),
)  # fmt: skip
BEGINNINGS = (
    ("list", "Загрузить список НКО", "Файл Excel, LibreOffice или текст: программа покажет, что изменится."),
    ("empty", "Начать с пустого файла", "Записи вносятся по одной; списки загружаются и потом."),
    ("demo", "Посмотреть вымышленный район",
     "Отдельный файл с выдуманными НКО, чтобы освоиться. Ваш создаётся потом: «Настройки», «Файл и копии»."),
    ("returns", "Принять отчёты районов", "Папка с файлами, архивами и письмами: о каждом будет сказано, что с ним."),
    ("region", "Начать с пустого файла", "Файлы принимаются и потом: их перетаскивают в окно."),
    ("oblast", "Посмотреть вымышленную область",
     "Отдельный файл с выдуманными отчётами 18 районов; готовится минуту-другую. Ваш создаётся потом."),
)  # fmt: skip
OF_REGION = frozenset({"returns", "region", "oblast"})
DEMOS = {"demo": "Открыть вымышленный район", "oblast": "Открыть вымышленную область"}
"""Beginnings of a region's file."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """What was chosen.

    oktmo is '' for a file of the region and for the demo, which needs none; unit: filled fields alone.
    """

    path: Path
    oktmo: str
    unit: dict[str, str]
    then: str
    list: Path | None = None
    returns: tuple[Path, ...] = ()


class StartPage(QWidget):
    """territories: (ОКТМО, name).  begin(beginning) and open_file(path) are the program's."""

    def __init__(
        self,
        territories: Sequence[tuple[str, str]],
        default: Path,
        begin: Callable[[Beginning], object],
        open_file: Callable[[Path], object],
    ) -> None:
        super().__init__()
        self.path = self._default = default
        self.list: Path | None = None
        self.returns: Path | None = None
        self._begin, self._open = begin, open_file
        self.card = Card(margin=24, spacing=8)
        self.card.setFixedWidth(WIDTH)
        self.steps = label("", 13, tone="muted")
        self.title = label("", 20, bold=True)
        self.stack = QStackedWidget()
        for made in (self._role(), self._district(territories), self._signatures(), self._beginning()):
            self.stack.addWidget(made)
        self.notice = label("", 13, tone="err", wrap=True)
        self.notice.setFixedWidth(TEXT)
        self.notice.hide()
        self.back = Button("Назад", "arrow-left", key="Esc", act=self.step_back)
        self.skip = Button("Заполнить потом", kind="link", act=self.skip_step)
        self.next = Button("Дальше", kind="primary", key="Enter", act=self.go_on)
        self.existing = Button("Открыть файл, который уже есть", "database", kind="link", act=self.open_existing)
        for widget in (self.steps, self.title, self.stack, self.notice, separator()):
            self.card.rows.addWidget(widget)
        self.card.rows.addLayout(row(self.existing, None, self.skip, self.back, self.next, margins=(0, 4, 0, 0)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 8)
        column.addStretch(1)
        column.addWidget(self.card, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        for keys in ("Return", "Enter"):
            shortcut(self, keys, self._enter)
        self.show_step(0)

    # --- the steps

    def _role(self) -> QWidget:
        shown: list[QWidget] = []
        self.district_role, self.region_role = (Radio(words) for words, _ in ROLES)
        for choice, (_, what) in zip((self.district_role, self.region_role), ROLES, strict=True):
            choice.setAccessibleDescription(what)
            shown += [choice, _indented(wrapped(what, TEXT - 26, 13, tone="text2"))]
        self.district_role.setChecked(True)
        self.region_role.toggled.connect(lambda _on: self._role_chosen())
        words = "Программа работает без интернета, всё записанное лежит в одном файле на этом компьютере."
        return _step(wrapped(words, TEXT, tone="text2"), *shown)

    @property
    def region(self) -> bool:
        return self.region_role.isChecked()

    @property
    def titles(self) -> tuple[str, ...]:
        return REGION_STEPS if self.region else STEPS

    def _role_chosen(self) -> None:
        """What a region's file does not ask for goes, and what it does ask for comes."""
        for part in self.of_district:
            part.setVisible(not self.region)
        self.of_role[0].setVisible(not self.region)
        self.of_role[1].setVisible(self.region)
        for key, parts in self.offers.items():
            for part in parts:
                part.setVisible((key in OF_REGION) == self.region)
        self.choices["returns" if self.region else "list"].setChecked(True)
        if self.path.name == self._default.name:  # a place she chose stays
            self.take_place(self._default.with_name(REGION_FILE) if self.region else self._default)
        elif self.path.name == REGION_FILE and not self.region:
            self.take_place(self._default)
        self._show_choice()

    def _district(self, territories: Sequence[tuple[str, str]]) -> QWidget:
        self.district = Combo()
        self.district.setPlaceholderText("Выберите из списка")
        self.district.setAccessibleName("Район или округ")
        self.district.setObjectName("district")
        for code, name in territories:
            self.district.addItem(f"{name}, ОКТМО\u00a0{code}", code)
        self.district.setCurrentIndex(-1)
        self.place = ElidingLabel(str(self.path), 14, tone="text2")
        self.place.setFixedWidth(TEXT - 220)
        self.elsewhere = Button("Выбрать другое место", "folder-open", act=self.choose_place)
        about = wrapped("От района зависят поселения и код в отчёте.", TEXT, tone="text2")
        asked = label("Район или округ\u00a0*", 13, tone="text2")
        self.of_district: tuple[QWidget, ...] = (about, asked, self.district)
        words = "В сетевой и в облачной папке файл не откроется: так база теряет записи."
        return _step(
            about, wrapped(words, TEXT, tone="text2"), *self.of_district[1:],
            label("Где лежит файл учёта", 13, tone="text2"), _line(self.place, self.elsewhere),
        )  # fmt: skip

    def _signatures(self) -> QWidget:
        from app.usecases.setup import ADDRESSEE

        self.rows: dict[str, FormRow] = {}
        lines: list[QWidget] = []
        self.of_role: list[QWidget] = []
        for field in OF_ROLE:
            made, line = FormRow(field, LineEditor(field)), FormLine()
            line.add(made, 1)
            self.rows[field.key] = made
            self.of_role.append(line)
            lines.append(line)
        self.of_role[1].hide()
        self.rows["administration"].editor.fill(ADDRESSEE)
        for fields in SIGNATURES:
            line = FormLine()
            for field in fields:
                made = FormRow(field, LineEditor(field))
                self.rows[field.key] = made
                line.add(made, 1 if made.minimumWidth() != made.maximumWidth() else 0)
            lines.append(line.finish() if len(fields) == 1 and fields[0].kind is Kind.PHONE else line)
        words = "Эти имена стоят под отчётом и сводом. Заполнить можно и потом, в «Настройках», до утверждения."
        inner = _step(wrapped(words, TEXT - 12, tone="text2"), *lines)
        return scrolled(inner)

    def _beginning(self) -> QWidget:
        self.choices: dict[str, Radio] = {}
        shown: list[QWidget] = []
        self.offers: dict[str, list[QWidget]] = {}
        for key, words, what in BEGINNINGS:
            choice = Radio(words)
            choice.setAccessibleDescription(what)
            choice.toggled.connect(lambda _on: self._show_choice())
            self.choices[key] = choice
            self.offers[key] = [choice, _indented(wrapped(what, TEXT - 26, 13, tone="text2"))]
            shown += self.offers[key]
        self.file = ElidingLabel("", 13, tone="text2")
        self.file.setFixedWidth(TEXT - 220)
        self.choose_list = Button("Выбрать файл", "upload-simple", act=self.ask_list)
        self.file_line = _line(self.choose_list, self.file)
        self.folder = ElidingLabel("", 13, tone="text2")
        self.folder.setFixedWidth(TEXT - 220)
        self.choose_folder = Button("Выбрать папку", "folder-open", act=self.ask_folder)
        self.folder_line = _line(self.choose_folder, self.folder)
        for key, line in (("list", self.file_line), ("returns", self.folder_line)):
            shown.insert(shown.index(self.offers[key][1]) + 1, _indented(line))
        for key in OF_REGION:
            for part in self.offers[key]:
                part.hide()
        made = _step(*shown)
        self.choices["list"].setChecked(True)
        return made

    # --- going through them

    @property
    def step(self) -> int:
        return self.stack.currentIndex()

    def show_step(self, number: int) -> None:
        self.refuse("")
        self.stack.setCurrentIndex(number)
        self.stack.setFixedHeight(self._height(number))
        self.steps.setText(f"Шаг {number + 1} из {len(STEPS)}")
        self.title.setText(self.titles[number])
        self.back.setVisible(number > 0)
        self.skip.setVisible(number == 2)
        self.existing.setVisible(number == 0)
        self._show_choice()
        role = self.region_role if self.region else self.district_role
        place = self.elsewhere if self.region else self.district
        unit = self.rows["administration" if self.region else "name"].editor
        first: tuple[QWidget, ...] = (role, place, unit, self._chosen())
        first[number].setFocus(Qt.FocusReason.OtherFocusReason)
        self.setFocusProxy(first[number])

    def _height(self, number: int) -> int:
        """As high as the step, while the window has room: step 3 scrolls where it has not."""
        page = self.stack.widget(number)
        wanted = page.widget().sizeHint().height() if number == 2 else page.sizeHint().height()
        around = 200  # the card without its step
        return min(max(wanted, 150), max(150, self.height() - around)) if self.isVisible() else max(wanted, 150)

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self.stack.setFixedHeight(self._height(self.step))

    def _chosen(self) -> Radio:
        return next(choice for choice in self.choices.values() if choice.isChecked())

    def _show_choice(self) -> None:
        if not hasattr(self, "next"):
            return
        self.file_line.setVisible(self.choices["list"].isChecked())
        self.folder_line.setVisible(self.choices["returns"].isChecked())
        if self.step < len(STEPS) - 1:
            self.next.say("Дальше")
        else:
            then = next(key for key, choice in self.choices.items() if choice.isChecked())
            self.next.say(DEMOS.get(then, "Создать файл области" if self.region else "Создать файл учёта"))

    def _enter(self) -> None:
        """Enter goes on, except on a button, which does its own deed, and on the open list of districts."""
        focused = self.focusWidget()
        if isinstance(focused, Button):
            focused.click()
        else:
            self.go_on()

    def go_on(self) -> None:
        """The next step, if this one is right; after the last one the file is made."""
        if self.step == 1 and not self.region and self.district.currentData() is None:
            self.refuse("Выберите район: от него зависят поселения и код в отчёте.")
            self.district.setFocus()
            return
        if self.step == 2 and not self._signatures_sound():
            return
        if self.step < len(STEPS) - 1:
            self.show_step(self.step + 1)
            return
        then = next(key for key, choice in self.choices.items() if choice.isChecked())
        self.refuse("")
        unit = {} if then in DEMOS else self.unit
        oktmo = "" if self.region else self.district.currentData() or ""
        found = (self.returns,) if then == "returns" and self.returns is not None else ()
        self._begin(Beginning(self.path, oktmo, unit, then, self.list if then == "list" else None, found))

    def _signatures_sound(self) -> bool:
        for made in self.rows.values():
            made.show_fault(made.read()[1] or "")
        faulty = next((made for made in self.rows.values() if made.fault), None)
        if faulty is not None:
            faulty.editor.setFocus()
        return faulty is None

    @property
    def unit(self) -> dict[str, str]:
        """What was typed of the unit."""
        other = "name" if self.region else "administration"
        read = {key: made.read() for key, made in self.rows.items() if key != other}
        return {key: str(value) for key, (value, fault) in read.items() if value and not fault}

    def skip_step(self) -> None:
        """On without looking at the fields; what was typed soundly is kept all the same."""
        self.show_step(self.step + 1)

    def step_back(self) -> bool:
        if self.step == 0:
            return False
        self.show_step(self.step - 1)
        return True

    # --- files

    def choose_place(self) -> None:
        path = account_files.ask_save(self, "Где создать файл учёта", self.path)
        if path:
            self.take_place(path)

    def take_place(self, path: Path) -> None:
        self.path = with_ending(path)
        self.place.setText(str(self.path))

    def ask_list(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "Список НКО", str(Path.home()), LISTS)
        if path:
            self.take_list(Path(path))

    def take_list(self, path: Path) -> None:
        self.list = path
        self.file.setText(path.name)

    def ask_folder(self) -> None:
        path = QFileDialog.getExistingDirectory(self, "Папка с отчётами районов", str(Path.home()))
        if path:
            self.take_folder(Path(path))

    def take_folder(self, path: Path) -> None:
        self.returns = path
        self.folder.setText(str(path))

    def open_existing(self) -> None:
        path = account_files.ask_open(self, "Открыть файл учёта", self.path.parent)
        if path:
            self._open(path)

    def refuse(self, text: str) -> None:
        self.notice.setText(text)
        self.notice.setVisible(bool(text))


def _step(*shown: QWidget) -> QWidget:
    """The widgets one below the other."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 4, 4, 4)
    column.setSpacing(8)
    for widget in shown:
        column.addWidget(widget)
    column.addStretch(1)
    return made


def _line(*shown: QWidget) -> QWidget:
    made = QWidget()
    made.setLayout(row(*shown, None))
    return made


def _indented(inner: QWidget) -> QWidget:
    made = QWidget()
    made.setLayout(row(inner, None, margins=(26, 0, 0, 0)))
    return made
