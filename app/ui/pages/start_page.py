"""The first start, four calm steps: the role, the territory and the file, the unit and signatures, what to begin with.

Nothing is made before the last step; «Назад» and Esc keep what was typed.  The program does the rest (`Beginning`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from app.core.fields import Field, Kind
from app.ui.choice_editors import Combo
from app.ui.editors import LineEditor
from app.ui.form_row import FormLine, FormRow
from app.ui.radio import Radio
from app.ui.widgets import Button, Card, ElidingLabel, label, row, scrolled, separator, shortcut, wrapped

WIDTH = 720
TEXT = WIDTH - 50
STEPS = ("Кто работает", "Район и файл", "Подразделение и подписи", "С чего начать")
LISTS = "Списки (*.xlsx *.xls *.ods *.csv *.tsv);;Все файлы (*)"
NOT_YET = (
    "Рабочего места региона в этой версии ещё нет: комитет получает от районов подписанный отчёт и файл Excel, "
    "а районам передаёт комплект справочников. Когда оно появится, выбрать его можно будет здесь."
)
SIGNATURES = (
    (Field("name", "Подразделение", Kind.TEXT, width=60, help="Стоит в строке 701 отчёта."),),
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
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Beginning:
    """What was chosen.  oktmo is '' for the demo, which needs none; unit: filled fields alone."""

    path: Path
    oktmo: str
    unit: dict[str, str]
    then: str
    list: Path | None = None


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
        self.path = default
        self.list: Path | None = None
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
        self.district_role = Radio("Район: веду учёт НКО и сдаю квартальный отчёт")
        self.district_role.setChecked(True)
        self.region_role = Radio("Регион: принимаю отчёты районов")
        self.region_role.setEnabled(False)  # the reason stands below it
        self.region_role.setAccessibleDescription(NOT_YET)
        self.reason = wrapped(NOT_YET, TEXT - 26, 13, tone="text2")
        words = "Программа работает без интернета, всё записанное лежит в одном файле на этом компьютере."
        return _step(wrapped(words, TEXT, tone="text2"), self.district_role, self.region_role, _indented(self.reason))

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
        words = "От района зависят поселения и код в отчёте. В сетевой и в облачной папке файл не откроется: так база \
теряет записи."
        return _step(
            wrapped(words, TEXT, tone="text2"), label("Район или округ\u00a0*", 13, tone="text2"), self.district,
            label("Где лежит файл учёта", 13, tone="text2"), _line(self.place, self.elsewhere),
        )  # fmt: skip

    def _signatures(self) -> QWidget:
        self.rows: dict[str, FormRow] = {}
        lines: list[QWidget] = []
        for fields in SIGNATURES:
            line = FormLine()
            for field in fields:
                made = FormRow(field, LineEditor(field))
                self.rows[field.key] = made
                line.add(made, 1 if made.minimumWidth() != made.maximumWidth() else 0)
            lines.append(line.finish() if len(fields) == 1 and fields[0].kind is Kind.PHONE else line)
        words = "Этими именами подписан отчёт: без них его не утвердить. Заполнить можно и потом, в «Настройках»."
        inner = _step(wrapped(words, TEXT - 12, tone="text2"), *lines)
        return scrolled(inner)

    def _beginning(self) -> QWidget:
        self.choices: dict[str, Radio] = {}
        shown: list[QWidget] = []
        for key, words, what in BEGINNINGS:
            choice = Radio(words)
            choice.setAccessibleDescription(what)
            choice.toggled.connect(lambda _on: self._show_choice())
            self.choices[key] = choice
            shown += [choice, _indented(wrapped(what, TEXT - 26, 13, tone="text2"))]
        self.file = ElidingLabel("", 13, tone="text2")
        self.file.setFixedWidth(TEXT - 220)
        self.choose_list = Button("Выбрать файл", "upload-simple", act=self.ask_list)
        self.file_line = _line(self.choose_list, self.file)
        shown.insert(2, _indented(self.file_line))
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
        self.title.setText(STEPS[number])
        self.back.setVisible(number > 0)
        self.skip.setVisible(number == 2)
        self.existing.setVisible(number == 0)
        self._show_choice()
        first: tuple[QWidget, ...] = (self.district_role, self.district, self.rows["name"].editor, self._chosen())
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
        if self.step < len(STEPS) - 1:
            self.next.say("Дальше")
        else:
            self.next.say("Открыть вымышленный район" if self.choices["demo"].isChecked() else "Создать файл учёта")

    def _enter(self) -> None:
        """Enter goes on, except on a button, which does its own deed, and on the open list of districts."""
        focused = self.focusWidget()
        if isinstance(focused, Button):
            focused.click()
        else:
            self.go_on()

    def go_on(self) -> None:
        """The next step, if this one is right; after the last one the file is made."""
        if self.step == 1 and self.district.currentData() is None:
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
        unit = {} if then == "demo" else self.unit
        self._begin(Beginning(self.path, self.district.currentData() or "", unit, then,
                              self.list if then == "list" else None))  # fmt: skip

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
        read = {key: made.read() for key, made in self.rows.items()}
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
        path, _ = QFileDialog.getSaveFileName(self, "Где создать файл учёта", str(self.path), "Файл учёта (*.db)")
        if path:
            self.take_place(Path(path))

    def take_place(self, path: Path) -> None:
        self.path = path if path.suffix else path.with_suffix(".db")
        self.place.setText(str(self.path))

    def ask_list(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "Список НКО", str(Path.home()), LISTS)
        if path:
            self.take_list(Path(path))

    def take_list(self, path: Path) -> None:
        self.list = path
        self.file.setText(path.name)

    def open_existing(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self, "Открыть файл учёта", str(self.path.parent), "Файл учёта (*.db);;Все файлы (*)"
        )
        if path:
            self._open(Path(path))

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
