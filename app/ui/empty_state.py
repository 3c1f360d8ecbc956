"""What stands where nothing is: why, what to do, and the button that does it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.fields import RecordType
from app.ui.widgets import Button, Card, Icon, label, row

LIST = "Загрузить список"
DROP_FILTERS, CLEAR_SEARCH = "Снять фильтры", "Очистить поиск"


class EmptyState(Card):
    """Icon 48, a title, two lines, a primary and a second button."""

    def __init__(self) -> None:
        super().__init__()
        self.icon = Icon("tray", "accent_text", 48)
        self.title = label("", 20, bold=True)
        self.text = label("", tone="text2", wrap=True)
        self.text.setFixedWidth(460)
        self.text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.primary = Button("", kind="primary")
        self.second = Button("")
        middle = QVBoxLayout()
        middle.setSpacing(12)
        for widget in (self.icon, self.title, self.text):
            middle.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addSpacing(8)
        buttons = QWidget()
        buttons.setLayout(row(self.primary, self.second))
        middle.addWidget(buttons, 0, Qt.AlignmentFlag.AlignHCenter)
        self.manual = Button("Как это устроено", "question", kind="link", key="F1")
        middle.addWidget(self.manual, 0, Qt.AlignmentFlag.AlignHCenter)
        self.rows.addStretch(1)
        self.rows.addLayout(middle)
        self.rows.addStretch(1)

    def say(
        self, icon: str, title: str, text: str, primary: str = "", second: str = "", *,
        key: str = "", second_key: str = "",
    ) -> None:  # fmt: skip
        """key, second_key: of the two buttons, where the page has them."""
        self.icon.show_icon(icon, "accent_text")
        self.title.setText(title)
        self.text.setText(text)
        self.text.setFixedHeight(self.text.heightForWidth(self.text.width()))
        self.primary.key, self.second.key = key, second_key
        self.manual.setVisible(bool(second))
        self.primary.say(primary)
        self.second.say(second)
        self.primary.setVisible(bool(primary))
        self.second.setVisible(bool(second))

    def say_not_found(self, sought: str, *, sifted: bool = True) -> None:
        """The search or the filters left nothing.  sifted: a filter is in force beside the search."""
        title = f"Ничего не найдено по «{sought}»" if sought else "Ничего не найдено"
        if not sifted:
            self.say("magnifying-glass", title, "Измените запрос.", CLEAR_SEARCH)
        else:
            hint = "Измените запрос или снимите фильтры." if sought else "Снимите часть фильтров."
            self.say("magnifying-glass", title, hint, DROP_FILTERS)

    def say_no_records(self, record_type: RecordType, *, listed: bool) -> None:
        """A register without a record.  listed: lists are taken into it."""
        many = record_type.nouns[2]
        title = f"{many[0].upper()}{many[1:]} пока нет"
        hint = record_type.empty_hint or "Добавьте первую запись."
        listed_key = "Ctrl+I" if listed else ""
        self.say(record_type.icon, title, hint, LIST if listed else "", "Добавить", key=listed_key, second_key="Ctrl+N")
