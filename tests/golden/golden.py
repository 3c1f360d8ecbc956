"""What the demo district's return was when somebody last looked at it: figures, text of the paper, cells of the sheet.

    python -m tests.golden.golden     writes it anew, after a change that is meant; then read the difference
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pypdfium2
from python_calamine import CalamineWorkbook

from app.returns.compare import figures
from app.returns.snapshot import QuarterReturn

HERE = Path(__file__).resolve().parent
LONG_LISTS = ("Д ", "Е ")
KINDS = ("figures.json", "paper.txt", "sheet.json")
SECOND = ("second_form_figures.json", "second_form_paper.txt")


def figures_of(ret: QuarterReturn) -> str:
    """Every cell of the return with its figure; plans, percents, column 9 and texts beside."""
    found: dict[str, Any] = {cell: str(value) for cell, value in figures(ret)}
    for row in ret.rows.values():
        for column in ("plan", "percent", "before"):
            if getattr(row, column) is not None:
                found[f"{row.code}.{column}"] = str(getattr(row, column))
        if row.note:
            found[f"{row.code}.note"] = row.note
    return json.dumps(found, ensure_ascii=False, indent=0)


def text_of(pdf: bytes) -> str:
    """The text of the paper, page by page, in the order a person copies it."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]
    finally:
        document.close()
    return "\n\n".join(f"--- {number} ---\n{page}" for number, page in enumerate(pages, 1)) + "\n"


def cells_of(xlsx: bytes) -> str:
    """Every visible sheet but the long lists, with its rows, as a reader other than the writer sees them."""
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(xlsx)
        file.flush()
        book = CalamineWorkbook.from_path(file.name)
        kept = [name for name in book.sheet_names if name[0] != "_" and not name.startswith(LONG_LISTS)]
        sheets = {name: book.get_sheet_by_name(name).to_python() for name in kept}
    lines = [f"{name}: {json.dumps(row, ensure_ascii=False, default=str)}" for name in sheets for row in sheets[name]]
    return "\n".join(lines) + "\n"


def write(found: dict[str, str]) -> None:
    for name, text in found.items():
        (HERE / name).write_text(text, encoding="utf-8")


def of_demo(folder: Path) -> dict[str, str]:
    """The three texts of the demo's frozen return."""
    from app.core.periods import Quarter
    from app.models.database import Database
    from app.usecases.quarter_returns import kept

    database = Database.open(folder / "demo.db")
    try:
        with database.read() as session:
            found = kept(session, Quarter(2026, 3))
    finally:
        database.close()
    assert found is not None
    return dict(zip(KINDS, (figures_of(found.ret), text_of(found.pdf), cells_of(found.xlsx)), strict=True))


def of_second_form(folder: Path) -> dict[str, str]:
    """The unfinished quarter of the demo under the second version of the form, as sections of the draft's paper."""
    from app.core.clock import Clock
    from app.core.periods import Quarter
    from app.models.database import Database
    from app.returns.form import FORMS
    from app.usecases.demo.build import TODAY
    from app.usecases.quarter_returns import draft, draft_papers
    from tests.returns.second_form import FORM_2026_2

    FORMS[FORM_2026_2.version] = FORM_2026_2
    database = Database.open(folder / "demo.db", clock=Clock.on(TODAY))
    try:
        with database.read() as session:
            made = draft(session, Quarter(2026, 4))
            pdf, _ = draft_papers(session, made)
    finally:
        database.close()
        del FORMS[FORM_2026_2.version]
    sections = text_of(pdf).partition("Приложение А. Выписка")[0]
    return dict(zip(SECOND, (figures_of(made.ret), sections), strict=True))


if __name__ == "__main__":
    from app.usecases.demo import build_demo

    with tempfile.TemporaryDirectory() as folder:
        build_demo(Path(folder))
        write(of_demo(Path(folder)) | of_second_form(Path(folder)))
