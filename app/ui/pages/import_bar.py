"""The foot of an import: what will be written and what will not, in figures, and the deeds."""

from __future__ import annotations

from collections.abc import Callable

from app.core.russian import plural
from app.ui.pages.preview_page import ActionBar
from app.ui.point_offer import PointOffer
from app.ui.widgets import Button, label
from app.usecases.importing import Counts


class ImportBar(ActionBar):
    """leave, save_rejects, write: what its buttons do."""

    def __init__(
        self, leave: Callable[[], object], save_rejects: Callable[[], object], write: Callable[[], object]
    ) -> None:
        super().__init__()
        self.note = label("", 13, tone="text2")
        self.leave = Button("Отменить", key="Esc", act=leave)
        self.rejects = Button("Выгрузить ошибочные", "download-simple", act=save_rejects)
        self.write = Button("Записать", kind="primary", key="Ctrl+Enter", act=write)
        self.point = PointOffer("Перед загрузкой списка")
        self.fill(self.note, self.point, self.leave, self.rejects, self.write)
        self.hide()

    def tell(self, counts: Counts, accepted: int) -> None:
        """accepted: how many doubtful rows she takes."""
        waiting = counts.doubtful - accepted
        left = []
        if waiting:
            left.append(plural(waiting, "сомнительная", "сомнительные", "сомнительных"))
        if counts.rejected:
            left.append(plural(counts.rejected, "ошибочная", "ошибочные", "ошибочных"))
        rest = f" Не запишутся: {' и '.join(left)}." if left else ""
        self.note.setText(f"Пишется и отменяется целиком.{rest}")
        sound = counts.new + counts.changed + accepted
        self.write.say(f"Записать {plural(sound, 'строку', 'строки', 'строк')}")
        self.write.setEnabled(sound > 0)
        self.point.offer_for(sound)
        self.rejects.say(f"Выгрузить {plural(counts.rejected, 'ошибочную', 'ошибочные', 'ошибочных')}")
        self.rejects.setVisible(counts.rejected > 0)
