"""A restore point offered before a deed that changes much: a tick beside its button."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from app.ui.desk import Desk
from app.ui.tick import Tick
from app.usecases import copies

T = TypeVar("T")


class PointOffer(Tick):
    """Ticked unless she takes it away; hidden while the deed writes no more rows than `least`.

    title: names the points.
    """

    def __init__(self, title: str, least: int = copies.MANY_ROWS) -> None:
        super().__init__("Сначала точка возврата")
        self._title, self._least = title, least
        self.setObjectName("pointOffer")
        self.setAccessibleName("Сначала точка возврата")
        self.setToolTip("Проверенная копия файла: вернуться к ней можно в «Файле и копиях».")
        self.setChecked(True)
        self.hide()

    def offer_for(self, rows: int) -> None:
        """rows: how many the deed writes."""
        self.setVisible(rows > self._least)

    def before(self, desk: Desk, work: Callable[[Any, Any], T]) -> Callable[[Any, Any], T]:
        """The work with the point made first, if it is wanted; without the point nothing is written.

        It is made beside the open transaction, which has not written yet.
        """
        if self.isHidden() or not self.isChecked():
            return work

        def whole(session: Any, progress: Any) -> T:
            copies.make_copy(desk.database, copies.Why.POINT, self._title, progress=progress)  # type: ignore[arg-type]
            return work(session, progress)

        return whole
