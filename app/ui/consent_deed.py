"""«Бланк согласия»: the paper of a contact person, or with lines to fill by hand, saved where the clerk says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QWidget

from app.core.fields import Field, Kind
from app.core.roles import Right
from app.ui.choice_editors import ChoiceEditor
from app.ui.desk import Desk
from app.ui.dialogs import WIDTH, Dialog
from app.ui.form_row import FormLine, FormRow
from app.ui.page import Window
from app.ui.widgets import wrapped
from app.usecases import contacts, personal_papers
from app.usecases.personal_exports import KIND, note_export
from app.usecases.places import write_file

if TYPE_CHECKING:
    from app.ui.register_page import RegisterPage

NAMELESS = "выход персональных данных записывается в журнал, а писать в файл вы не можете."
BLANK = "пустой бланк, имя впишет сам человек"
_WHO = Field("who", "Для кого", Kind.CHOICE, required=True, width=50, dictionary="who")


class ConsentDialog(Dialog):
    """Whose form: persons of the card, or an empty one."""

    def __init__(self, desk: Desk, window: Window, parent: QWidget, ngo_id: int, name: str) -> None:
        super().__init__(
            "Бланк согласия на обработку персональных данных",
            "Отдельный документ на одном листе: с 01.09.2025 согласие не вписывают в другие бумаги. Подписанное внесите"
            " в карточку: № и дату.",
            deed="Сохранить бланк (PDF)", act=self._do,
        )  # fmt: skip
        self._desk, self._window, self._parent = desk, window, parent
        self._ngo, self._name = ngo_id, name
        listed = {str(row.id): row.name for row in desk.read(contacts.contacts_of_ngo, ngo_id)}
        refused = desk.why_not(Right.WORK)  # a form with a name leaves a note in the journal
        people = listed if refused is None else {}
        self.row = FormRow(_WHO, ChoiceEditor({**people, "": BLANK}, required=True))
        self.row.editor.fill(next(iter(people), ""))
        line = FormLine()
        line.add(self.row, 500)
        self.body.addWidget(line.finish())
        if refused is not None and listed:
            self.body.addWidget(wrapped(f"С именем бланк не составить: {NAMELESS}", WIDTH - 50, 13, tone="text2"))

    def _do(self) -> None:
        chosen = self.row.editor.read()[0]
        ask_consent(self._desk, self._window, self._parent, self._ngo, int(chosen) if chosen else None)


def ask_of_card(page: RegisterPage, card: Any, name: str) -> None:
    """The deed of an NGO's card."""
    page.window_.ask(ConsentDialog(page.desk, page.window_, page, card.id, name))


def ask_consent(desk: Desk, window: Window, parent: QWidget, ngo_id: int, contact_id: int | None) -> None:
    if contact_id is not None and (refused := desk.why_not(Right.WORK)):
        raise refused
    path, _ = QFileDialog.getSaveFileName(
        parent, "Сохранить бланк согласия", str(Path.home() / "Согласие.pdf"), "PDF (*.pdf)"
    )
    if path:
        save_consent(desk, window, ngo_id, contact_id, Path(path))


def save_consent(desk: Desk, window: Window, ngo_id: int, contact_id: int | None, path: Path) -> None:
    """A form with a name in it is personal data that leaves the file, so it is journalled."""

    def done(content: bytes) -> None:
        if contact_id is not None:
            desk.write(
                KIND, "Выгрузка", note_export, "бланк согласия контактного лица", 1, f"PDF, файл «{path.name}»",
                changed={"personal_export"}, undoable=False,
            )  # fmt: skip
        write_file(path, content)
        window.notify(f"Бланк согласия: записан в «{path.name}».")

    desk.read_later(
        "Составляется бланк", personal_papers.consent_paper, ngo_id, contact_id, done=window.guarded(done),
        failed=window.tell,
    )  # fmt: skip
