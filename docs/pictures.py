"""Writes a PNG of each page at 1366×768 into docs/pictures/, from a demo district made on the spot.

`make pictures`.  The demo is fictional and has a fixed clock, so that the pictures change only with
the window itself.  An existing demo file may be named to save the time of making one.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from app.bootstrap import Program, make_application
from app.core.clock import Clock
from app.core.periods import Quarter
from app.returns.answers import Answer, write_answer
from app.returns.life import Remark, Step
from app.returns.package_codec import write_package
from app.ui import deeds
from app.ui.dialogs import Dialog
from app.ui.find_everything import FindEverything
from app.ui.region.places import PAGES
from app.ui.theme import apply_theme
from app.usecases.demo import build_demo
from app.usecases.demo.build import TODAY
from app.usecases.demo.oblast import build_region_demo
from app.usecases.region_grid import Standing
from app.usecases.region_package_making import compose

OUT = Path(__file__).resolve().parent / "pictures"
SIZE = (1366, 768)
PATIENCE = 60  # s for a job of the window


def save_small(picture: QPixmap, path: Path) -> None:
    """A PNG of 256 colours, which a window of few tones does not miss: a third of the size in the repository."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    whole = Image.open(io.BytesIO(bytes(buffer.data().data()))).convert("RGB")
    whole.quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)


class Photographer:
    """Drives the window over a demo file and keeps what it shows."""

    def __init__(self, app: QApplication, database: Path, lists: Path, out: Path) -> None:
        self._app, self._lists, self._out = app, lists, out
        self._program = Program(database, Clock.fixed(TODAY), keeps_copies=False)
        self.window = self._program.window
        self.window.resize(*SIZE)
        self.window.show()
        self._program.start()

    def wait(self, done: Callable[[], bool]) -> None:
        """Let the window work until it is done."""
        until = time.monotonic() + PATIENCE
        while not done():
            self._app.processEvents()
            if time.monotonic() > until:
                raise TimeoutError("the window did not finish its work")

    def keep(self, name: str) -> None:
        desk = self.window.desk
        self.wait(lambda: desk is None or desk.jobs.idle)
        self.window.undo_bar.hide()
        for _ in range(4):  # what was just laid out lays out what is inside it
            QApplication.sendPostedEvents()
            self._app.processEvents()
        save_small(self.window.grab(), self._out / f"{name}.png")

    def take_all(self) -> None:
        window = self.window
        assert window.desk is not None
        window.desk.database.actor = "Ермакова Л. В."  # not whoever takes the pictures
        window.open("summary")
        self.keep("01-summary")
        window.open("ngo")
        window.page.table.choose(4)
        self.keep("02-ngo")
        window.page.filters.search.setText("мурин")
        self.wait(lambda: window.page.filters.search.text() == "" or window.page.table.cells.sought == "мурин")
        self.keep("03-ngo-search")
        window.page.filters.clear()
        window.page.editing.new()
        form = window.page.editing.form
        form.rows["name"].editor.fill("АНО «Пример»")
        form.rows["inn"].editor.fill("4703150216")
        window.page.editing.save()
        self.keep("04-ngo-form")
        window.page.editing.leave()
        window.open("support")
        self.keep("05-support")
        window.page.editing.new()
        form = window.page.editing.form
        form.rows["ngo_id"].editor.box.setText("АНО «Ольховая поляна»")
        form.rows["ngo_id"].editor.settle()
        form.rows["decision_on"].editor.fill(TODAY)
        form.rows["decision_no"].editor.fill("315-р")
        self.keep("06-support-form")
        window.page.editing.leave()
        for number, key in enumerate(("service", "need", "partner", "agreement", "practice"), 7):
            window.open(key)
            self.keep(f"{number:02d}-{key}")
        self._week()
        window.open("recipients")
        self.keep("28-recipients")
        window.open("returns")
        self.keep("12-returns")
        window.open("differences")
        self.keep("29-differences")
        self._return()
        self._templates()
        self._import()
        self._package()
        for tab in ("unit", "terms", "dictionaries", "opening"):
            window.open("settings", tab=tab)
            self.keep(f"20-settings-{tab}")
        self._copies()
        window.open("history")
        self.keep("21-history")
        window.open("help", page="need")
        self.keep("26-manual")
        window.open("about")
        self.keep("32-about")
        self._overlays()
        apply_theme(self._app, dark=True)
        window.open("ngo")
        self.keep("22-ngo-dark")
        apply_theme(self._app, dark=False)

    def _week(self) -> None:
        """What a clerk opens between two returns."""
        window = self.window
        window.open("story", record=1)
        self.keep("33-story")
        for name, key in (("34-appeal", "appeal"), ("35-calendar", "calendar"), ("36-calling", "calling"),
                          ("37-contacts", "contacts")):  # fmt: skip
            window.open(key)
            self.keep(name)
        page = window.open("ngo")
        page.export()
        self.keep("38-export")
        next(d for d in window.findChildren(Dialog) if d.isVisible()).close_dialog(done=False)
        window.open("settings", tab="people")
        self.keep("39-people")

    def _overlays(self) -> None:
        window = self.window
        window.open("need")
        window.page.table.choose(1)
        found = FindEverything(window)
        found.open_over(window)
        found.line.setText("ольхов")
        found.ask()
        self.keep("23-find")
        found.close_dialog(done=False)
        deeds.archive(window.page)
        self.keep("24-dialog")
        next(d for d in window.findChildren(Dialog) if d.isVisible()).close_dialog(done=False)
        window.page.filters.search.setText("такого нет")
        window.page.search()
        self.keep("25-nothing")
        window.page.filters.clear()

    def _copies(self) -> None:
        """Copies in one place; the path of this machine gives way to one of a clerk."""
        panel = self.window.open("settings", tab="copies").panels["copies"]
        panel.make()
        self.wait(lambda: len(panel.listed) == 1 and self.window.desk.jobs.idle)
        panel.make_point("Перед сверкой с реестром")
        self.wait(lambda: len(panel.listed) == 2 and self.window.desk.jobs.idle)
        panel.file.setText("/home/curator/Документы/Всеволожский район.db")
        self.keep("20-settings-copies")

    def start(self) -> None:
        """The first start, in a window of its own: its four steps."""
        program = Program(None, Clock.fixed(TODAY))
        program.show_start()
        program.window.resize(*SIZE)
        program.window.show()
        for step, name in enumerate(("00-start", "00-start-2", "00-start-3", "00-start-4")):
            program.window.page.show_step(step)
            for _ in range(4):
                self._app.processEvents()
            save_small(program.window.grab(), self._out / f"{name}.png")
        program.window.close()

    def take_region(self, came: Path) -> None:
        """The pages of a region's file over the demo oblast; came: the folder as it came, taken in once more."""
        window = self.window
        assert window.desk is not None
        window.desk.database.actor = "Орлова А. А."
        board = window.open("board")
        place = next(n for n, row in enumerate(board.model.rows) if row.places[-1].standing == Standing.MISSING)
        board.table.choose_cell(place, len(board.columns))
        self.keep("40-region-board")
        board.remind()
        self.keep("41-region-letter")
        next(d for d in window.findChildren(Dialog) if d.isVisible()).close_dialog(done=False)
        board.show_mode("years")
        self.keep("42-region-years")
        intake = window.open("intake", paths=(came,))
        self.wait(lambda: not intake.busy)
        self.keep("43-region-intake")
        for number, key in enumerate((key for key in PAGES if key not in ("intake", "board")), 44):
            window.open(key)
            self.keep(f"{number}-region-{key}")
        apply_theme(self._app, dark=True)
        window.open("board")
        board.show_mode("quarters")
        self.keep("59-region-board-dark")
        apply_theme(self._app, dark=False)

    def _return(self) -> None:
        window = self.window
        page = window.open("return", quarter=Quarter.of(TODAY))
        self.wait(lambda: page.draft is not None)
        page.go_to("211.2.quarter")
        self.keep("13-return")
        for tab in (1, 3, 4, 7, 8):
            page.show_tab(tab)
            self.keep(f"14-return-{tab}")
        page.show_tab(3, 1)
        self.keep("14-return-3a")
        window.open("return", quarter=Quarter.of(TODAY).previous)
        self.wait(lambda: page.draft is not None and page.kept is not None and not page.computing)
        self.keep("15-return-frozen")
        self._sent_back(page)
        page.deeds.printed()
        self.keep("16-printed")

    def _sent_back(self, page) -> None:
        """The region's remarks stand at their cells."""
        known = page.answers.life
        remarks = (Remark("211.3.quarter", "Сумма не сходится с реестром на сайте."), Remark("", "Нет подписи."))
        answer = Answer(
            Step.SENT_BACK, known.oktmo, known.quarter, known.correction, known.sha256, known.frozen_on,
            remarks=remarks,
        )  # fmt: skip
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / answer.file_name
            path.write_bytes(write_answer(answer))
            page.answers.take(path)
        self.wait(lambda: not page.computing)
        self.keep("30-return-sent-back")

    def _templates(self) -> None:
        page = self.window.open("templates")
        if not page.rows:
            page.deeds.add_example()
        page.grid.choose_cell(9, 5)
        self.keep("26-templates")
        page.deeds.choose_mark()
        self.keep("27-mark")
        next(d for d in self.window.findChildren(Dialog) if d.isVisible()).close_dialog(done=False)

    def _import(self) -> None:
        page = self.window.open("import", register="ngo")
        self.keep("17-import-start")
        page.read(self._lists / "НКО.xlsx")
        self.wait(lambda: not page.busy)
        self.keep("18-import")

    def _package(self) -> None:
        """A комплект of the region: a service renamed, one that is new, another day of handing in."""
        whole = self.window.desk.read(compose, 3, TODAY, by="Комитет общественных коммуникаций")
        first, *rest = whole.services
        changed = replace(first, title=f"{first.title}, с выездом")
        added = replace(first, code="О9", title="Слёт НКО района")
        path = self._lists / "комплект.json"
        path.write_bytes(write_package(replace(whole, services=(changed, *rest, added), due_day=12)))
        page = self.window.open("regional", path=path)
        self.wait(lambda: page.preview is not None)
        self.keep("31-package")
        path.unlink()


def main(argv: list[str]) -> int:
    """argv: folder of a demo made before ('' makes one); where to write to ('': here); folder of a demo oblast.

    What is not named is made and thrown away.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["XDG_DATA_HOME"] = "/home/curator/.local/share"  # only shown: the start page names a folder
    app = make_application(argv[:1])
    given = [*argv[1:], "", "", ""][:3]
    out = Path(given[1]) if given[1] else OUT
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as spare:
        folder = Path(given[0]) if given[0] else Path(spare) / "demo"
        if not given[0]:
            build_demo(folder)
        database = Path(spare) / "Всеволожский район.db"
        shutil.copy(folder / "demo.db", database)
        photographer = Photographer(app, database, folder, out)
        photographer.take_all()
        photographer.window.close()
        photographer.start()
        oblast = Path(given[2]) if given[2] else Path(spare) / "oblast"
        if not given[2]:
            build_region_demo(oblast)
        region = Path(spare) / "Ленинградская область.db"
        shutil.copy(oblast / "region.db", region)
        photographer = Photographer(app, region, folder, out)
        photographer.take_region(oblast / "in")
        photographer.window.close()
    print(f"{out}: {len(list(out.glob('*.png')))} PNG")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
