"""What comes of «Обезличить», whoever it is: the write in the database's thread, drafts that lose her, the act."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from app.ui.desk import Desk
from app.ui.page import Window
from app.ui.pages.erase_dialog import EraseDialog, copies_told
from app.ui.pages.erasure_acts import made_dialog
from app.usecases import drafts, erasing
from app.usecases.erased_traces import texts_of_appeal

if TYPE_CHECKING:
    from app.ui.register_page import RegisterPage


def erase(
    desk: Desk, window: Window, parent: QWidget, texts_of: Callable[[Any], Iterable[str]],
    act: Callable[[Any], erasing.Erasure], ended: Callable[[], object] = lambda: None,
) -> None:  # fmt: skip
    """texts_of(session): how she is called, asked before.  act(session): erases.  ended: whatever came of it."""
    texts: list[str] = []

    def work(session: Any, *, progress: Any) -> erasing.Erasure:
        texts.extend(texts_of(session))
        return act(session)

    def done(made: erasing.Erasure) -> None:
        ended()
        for text in texts:  # half-typed forms lie beside the file
            drafts.forget_person(desk.database.path, text)
        window.ask(made_dialog(desk, window, parent, made, copies_told(made.copies)))

    def failed(error: BaseException) -> None:
        ended()
        window.tell(error)

    desk.write_later(
        erasing.KIND, "Обезличивание", work, changed={"ngo", "contacts", "*"}, done=window.guarded(done),
        failed=failed, undoable=False,
    )  # fmt: skip


def ask_applicant(page: RegisterPage, appeal_id: int) -> None:
    """Who sent an appeal: the appeal stays, without a name."""
    before = page.desk.read(erasing.look_before_applicant, appeal_id)

    def do(reason: str) -> None:
        erase(page.desk, page.window_, page, partial(texts_of_appeal, appeal_id=appeal_id),
              lambda session: erasing.erase_applicant(session, appeal_id, reason))  # fmt: skip

    page.window_.ask(EraseDialog(before, do))
