"""What is done with the consolidated return: written where the person says, approved, and compared with what was."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from app.core.roles import Right
from app.core.russian import day, integer, plural
from app.core.text import NBSP
from app.returns.checks.report import Severity
from app.ui.dialogs import Dialog
from app.ui.region.picture import Picture
from app.ui.widgets import Button, label, row, wrapped
from app.usecases import region_frozen
from app.usecases.places import write_file
from app.usecases.region_frozen import FrozenWhole, Listed, Since
from app.usecases.region_papers import PaperFile

if TYPE_CHECKING:
    from app.ui.region.whole_page import WholePage

KINDS = {"pdf": "PDF (*.pdf)", "xlsx": "Excel (*.xlsx)", "html": "Страница (*.html)"}
WORDS = {"html": ("Страница", "file-text"), "xlsx": ("Excel", "file-xls"), "pdf": ("PDF", "file-pdf")}


@dataclass(frozen=True)
class KeptNote:
    """An approved one as a note of the panel."""

    listed: Listed
    title: str
    text: str
    beside: str
    tone: str


class WholeDeeds:
    """kept: the approved ones of the quarter, latest first.  made: papers of a picture, for the next one asked for."""

    def __init__(self, page: WholePage) -> None:
        self._page = page
        self.kept: tuple[KeptNote, ...] = ()
        self.busy = False
        self._made: tuple[Picture, tuple[PaperFile, ...]] | None = None

    # --- approved ones

    def read_kept(self) -> None:
        """Ask which were approved, and what changed since."""
        picture = self._page.shown
        if picture is None:
            return
        found = self._page.desk.read(region_frozen.frozen_wholes, picture.quarter)
        self.kept = tuple(_note(one) for one in found)

    def approve(self) -> None:
        """An official step: asked once, with what the papers will say of it."""
        page, picture = self._page, self._page.shown
        if picture is None or picture.is_empty or self.busy:
            return
        refused = page.desk.why_not(Right.FREEZE)
        if refused is not None:
            raise refused
        last = self.kept[0].listed if self.kept else None
        if last is not None and last.stands:
            page.window_.notify(f"{last.frozen.title} уже утверждён: с тех пор ничего не изменилось.")
            return
        dialog = Dialog(
            f"Утвердить свод за {picture.quarter.title}", _consequence(picture, last), deed="Утвердить свод",
            act=partial(self._freeze, picture), undoable=False,
        )  # fmt: skip
        page.window_.ask(dialog)

    def _freeze(self, picture: Picture) -> None:
        page = self._page
        self.busy = True

        def done(frozen: FrozenWhole) -> None:
            self.busy = False
            self.read_kept()
            page.kept_read()
            page.window_.notify(f"Утверждён: {frozen.title}. Бумаги сохранены в файле области.")

        def failed(error: BaseException) -> None:
            self.busy = False
            page.window_.tell(error)

        page.desk.write_later(
            region_frozen.KIND, f"Утверждён свод за {picture.quarter.title}",
            region_frozen.freeze_whole, picture.quarter, changed={"consolidated_return"},
            done=page.window_.guarded(done), failed=failed, undoable=False,
        )  # fmt: skip

    def open_kept(self, note: KeptNote) -> None:
        """What was approved, what changed since, and its papers as they were written then."""
        frozen = note.listed.frozen
        made = f"Утвердил {frozen.frozen_by}, {day(frozen.frozen_on)}. {_went_words(frozen)}."
        dialog = Dialog(frozen.title, made, leave="Закрыть")
        width = dialog.card.width() - 50
        if note.listed.replaced:
            dialog.body.addWidget(wrapped("После него утверждён другой: в силе тот.", width, tone="text2"))
        elif note.listed.since:
            dialog.body.addWidget(label("Изменилось с тех пор:", bold=True))
            for since in note.listed.since[:10]:
                dialog.body.addWidget(wrapped(f"— {since.text}", width))
            if len(note.listed.since) > 10:
                dialog.body.addWidget(label(f"и ещё {len(note.listed.since) - 10}", tone="muted"))
        else:
            dialog.body.addWidget(wrapped("С тех пор ничего не изменилось.", width, tone="ok"))
        dialog.body.addWidget(wrapped(f"Контрольная строка: {frozen.sha256[:16]}…", width, 13, tone="muted"))
        buttons = []
        for kind, (word, icon) in WORDS.items():
            button = Button(word, icon, act=self._page.window_.guarded(partial(self.save_kept, frozen, kind)))
            button.setObjectName(f"kept_{kind}")
            buttons.append(button)
        dialog.body.addLayout(row(*buttons, None))
        self._page.window_.ask(dialog, buttons[0])

    def save_kept(self, frozen: FrozenWhole, kind: str) -> None:
        """The bytes as they were written when it was approved."""
        papers = self._page.desk.read(region_frozen.kept_papers, frozen.quarter, frozen.number)
        paper = next(one for one in papers if one.name.endswith(f".{kind}"))
        path, _ = QFileDialog.getSaveFileName(
            self._page, "Сохранить утверждённый свод", str(Path.home() / paper.name), KINDS[kind]
        )
        if path:
            self._write(Path(path), paper)

    # --- written as the returns stand

    def save(self, kind: str) -> None:
        """Ask where to."""
        from app.usecases.region_papers import paper_name

        picture = self._page.shown
        if picture is None or picture.is_empty:
            return
        name = paper_name(picture.quarter, kind)
        path, _ = QFileDialog.getSaveFileName(self._page, "Сохранить свод", str(Path.home() / name), KINDS[kind])
        if path:
            self.save_to(kind, Path(path))

    def save_to(self, kind: str, path: Path) -> None:
        """Write the consolidated return as PDF, workbook or page."""
        from app.usecases import region_papers

        page, picture = self._page, self._page.shown
        if picture is None:
            return

        def done(papers: tuple[PaperFile, ...]) -> None:
            self._made = picture, papers
            self._write(path, next(one for one in papers if one.name.endswith(f".{kind}")))

        if self._made is not None and self._made[0] is picture:
            done(self._made[1])
            return
        page.desk.read_later(
            "Печатается свод", region_papers.whole_papers, picture.quarter, done=page.window_.guarded(done),
            failed=page.window_.tell, with_progress=True,
        )  # fmt: skip

    def _write(self, path: Path, paper: PaperFile) -> None:
        write_file(path, paper.content)
        self._page.window_.notify(f"Записано в «{path.name}».")


def _note(one: Listed) -> KeptNote:
    frozen = one.frozen
    title = f"№{NBSP}{frozen.number}, {day(frozen.frozen_on)}"
    if one.replaced:
        return KeptNote(one, title, f"Утвердил {frozen.frozen_by}. Заменён следующим.", "", "")
    if one.since:
        return KeptNote(one, title, f"Изменилось с тех пор: {_since_words(one.since)}.", frozen.frozen_by, "warn")
    return KeptNote(one, title, "С тех пор ничего не изменилось.", frozen.frozen_by, "ok")


def _since_words(since: tuple[Since, ...]) -> str:
    shown = "; ".join(one.text for one in since[:3])
    return shown + (f"; и ещё {len(since) - 3}" if len(since) > 3 else "")


def _went_words(frozen: FrozenWhole) -> str:
    now = sum(quarter == frozen.quarter for quarter, *_ in frozen.sources)
    return f"Вошло {plural(now, 'отчёт', 'отчёта', 'отчётов')} за квартал"


def _consequence(picture: Picture, last: Listed | None) -> str:
    told = []
    missing = len(picture.whole.missing)
    if missing:
        told.append(f"Нет отчётов {plural(missing, 'района', 'районов', 'районов')}: бумаги назовут их.")
    errors = sum(one.severity is Severity.ERROR for one in picture.findings)
    if picture.findings:
        told.append(f"Замечаний проверок: {integer(len(picture.findings))}, из них ошибок: {integer(errors)}.")
    if last is not None:
        told.append(f"Прежний, №{NBSP}{last.frozen.number}, останется в списке.")
    told.append(
        "Свод получит номер, его PDF, Excel и страница сохранятся в файле области как есть. Отменить утверждение "
        "нельзя; если отчёты изменятся, утверждается следующий."
    )
    return " ".join(told)
