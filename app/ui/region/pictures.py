"""The quarter that the pages of the region's pictures share: read once in a job, held frozen, forgotten on a write."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from app.core.errors import Cancelled
from app.core.periods import Quarter
from app.core.progress import Progress
from app.region.coverage import Kind
from app.ui.desk import Desk
from app.ui.region.picture import Picture


class Pictures(QObject):
    """One of an open file.  changed: there is another picture, or it is being read, or it could not be.

    chosen: (ОКТМО, kind, code) of the spot that map, matrix and list have in common.
    """

    changed = Signal()
    told = Signal(object)  # why it was not read

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("pictures")
        self._desk = desk
        self.quarter: Quarter | None = None
        self.picture: Picture | None = None
        self.reading = False
        self.failed = False
        self.chosen: tuple[str, Kind, str] = ("", "category", "")
        self._stale = True
        desk.changed.connect(lambda _changed: self.forget())

    def forget(self) -> None:
        """Somebody wrote: what is held is read anew when a page asks."""
        self._stale = True

    def show_quarter(self, quarter: Quarter) -> None:
        """Another quarter for all the pages."""
        self.quarter = quarter
        self._stale = True
        self.ask()

    def ask(self) -> None:
        """Read anew what is stale; what is held stands until then."""
        if not self._stale or self.reading:
            return
        from app.ui.region import reading

        self._stale, self.reading, self.failed = False, True, False
        self.changed.emit()
        self._desk.read_later(
            "Собирается свод", reading.read_picture, self.quarter, self._desk.clock.today(),
            done=self._read, failed=self._not_read, with_progress=True,
        )  # fmt: skip

    def _read(self, picture: Picture) -> None:
        self.reading = False
        if self._stale:  # somebody wrote, or another quarter was asked for, while it was being read
            self.ask()
            return
        held = self.picture
        self.quarter = picture.quarter
        self.picture = replace(picture, series=held.series) if held and held.quarter == picture.quarter else picture
        self.changed.emit()
        if picture.complete:
            self._ask_series(picture)
        else:
            self._ask_rest(picture)

    def _ask_rest(self, picture: Picture) -> None:
        """The figures are shown; what every return has to be read for comes after."""
        from app.ui.region import reading

        database = self._desk.database

        def work(progress: Progress) -> Picture:
            return reading.read_rest(database, picture.quarter, progress=progress)

        def done(whole: Picture) -> None:
            if self.picture is not None and self.picture.whole is whole.whole and not self._stale:
                self.picture = replace(whole, series=self.picture.series)
                self.changed.emit()
                self._ask_series(whole)

        def failed(error: BaseException) -> None:
            self._stale = self.failed = True  # stopped or not, the next page that is opened asks again
            self.changed.emit()
            if not isinstance(error, Cancelled):
                self.told.emit(error)

        self._desk.jobs.run("Сверяются отчёты районов", work, done, failed)

    def _ask_series(self, picture: Picture) -> None:
        """The quarters before come after the page is shown."""
        if not any(one < picture.quarter for one in picture.quarters):
            return
        from app.ui.region import reading

        def done(series) -> None:
            if self.picture is not None and self.picture.quarter == picture.quarter:
                self.picture = replace(self.picture, series=series)
                self.changed.emit()

        self._desk.read_later(
            "Прежние кварталы", reading.read_series, picture.quarter, done=done, failed=lambda _error: None,
            with_progress=True,
        )  # fmt: skip

    def _not_read(self, error: BaseException) -> None:
        self.reading, self.failed = False, True
        self._stale = True
        self.changed.emit()
        self.told.emit(error)


def pictures_of(desk: Desk) -> Pictures:
    """The one of this file; made when first asked for."""
    found = desk.findChild(Pictures, "pictures")
    return found if isinstance(found, Pictures) else Pictures(desk)
