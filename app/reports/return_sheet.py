"""The return «НКО-47-кв» as a workbook: a sheet a section and an annex, and the data for the region."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.core.progress import SILENT, Progress
from app.reports.blocks import Block, Book, Contents, ContentsLine, Facts, Heading, Sheet, Space, Turn
from app.reports.file_names import FORM_NAME
from app.reports.return_annexes import (
    need_list,
    on_record_list,
    practice_list,
    protocol_counts,
    protocol_grid,
    register_grid,
    service_journal,
    titles_of,
)
from app.reports.return_cover import cover_facts, first_seal, kind_title, letterhead, title_lines
from app.reports.return_paper import signatures
from app.reports.return_tables import PERIOD_TITLES, activity_grid, coded_grid, main_figures, need_grid, service_grid
from app.reports.xlsx import write_book
from app.returns.codec import canonical, write_envelope
from app.returns.form import ANNEX_TITLES, FORMS, Form
from app.returns.snapshot import Envelope, QuarterReturn

SECTION_SHEETS = {
    1: "1 Состав сектора",
    2: "2 Поддержка",
    3: "3 Услуги",
    4: "4 Потребности",
    5: "5 Партнёрства",
    6: "6 Практики",
    7: "7 Организация",
}


def return_xlsx(
    ret: QuarterReturn,
    envelope: Envelope,
    *,
    draft: bool = False,
    data: str | None = None,
    progress: Progress = SILENT,
) -> bytes:
    """The return as XLSX, the same bytes for the same data and envelope: values, no formula, no macro.

    data: its canonical JSON, where it is at hand already.  Each figure has a defined name
    (`cell_name`).  A draft carries no data for intake and says ЧЕРНОВИК on every sheet.
    """
    return write_book(return_book(ret, envelope, draft=draft, data=data), progress)


def return_book(ret: QuarterReturn, envelope: Envelope, *, draft: bool = False, data: str | None = None) -> Book:
    """The sheets of the return in the order of the form."""
    form = FORMS[ret.head.form_version]
    hidden = [("form", FORM_NAME), ("form_version", ret.head.form_version)]
    if draft:
        hidden.append(("draft", "1"))
    else:
        hidden += [("sha256", envelope.sha256), ("data", canonical(ret) if data is None else data)]
        hidden.append(("envelope", write_envelope(envelope)))
    sheets = (*section_sheets(ret, form), *_annexes(ret))
    return Book(
        title=f"{FORM_NAME} · ОКТМО {ret.head.oktmo} · {ret.head.quarter.title} · {kind_title(ret.head.correction)}",
        sheets=(_front(ret, envelope, form, sheets, draft), *sheets),
        made_on=envelope.frozen_on,
        author=ret.head.administration,
        draft=draft,
        hidden=tuple(hidden),
        sealed=not draft,
    )


def _front(ret: QuarterReturn, envelope: Envelope, form: Form, sheets: Sequence[Sheet], draft: bool) -> Sheet:
    head = ret.head
    return Sheet(
        "Титул",
        (
            letterhead(head, envelope),
            *title_lines(form, head.quarter),
            Space(4),
            Facts(tuple(cover_facts(head, envelope))),
            Heading("Главные показатели", level=2),
            main_figures(ret),
            Heading("Листы", level=2),
            Contents(tuple(_contents(sheets))),
            signatures(envelope, head.quarter),
            first_seal(head, envelope, draft),
        ),
    )


def _contents(sheets: Sequence[Sheet]) -> Iterator[ContentsLine]:
    for sheet in sheets:
        title = next(block.text for block in sheet.blocks if isinstance(block, Heading))
        yield ContentsLine("", title, sheet.name)


def section_sheets(ret: QuarterReturn, form: Form) -> Iterator[Sheet]:
    for section in form.sections:
        name = SECTION_SHEETS[section.number]
        title = f"Раздел {section.number}. {section.title}"
        if section.groups:
            yield Sheet(name, (Turn(True), Heading(title), coded_grid(ret, section)))
        if section.number == 1:
            heading = Heading("Таблица 1а. СОНКО по видам деятельности")
            yield Sheet("1а Виды деятельности", (heading, activity_grid(ret)))
        elif section.number in (3, 4):
            for period, words in PERIOD_TITLES.items():
                grid = (
                    service_grid(ret, form, period, with_centre=True)
                    if section.number == 3
                    else need_grid(ret, form, period)
                )
                heading = Heading(f"Таблица {section.number}. {section.title}, {words}")
                yield Sheet(f"{section.number} {words}", (Turn(True), heading, grid))


def _annexes(ret: QuarterReturn) -> Iterator[Sheet]:
    titles = titles_of(ret)
    yield _annex("А", "А Реестр", register_grid(ret, in_file=True))
    yield _annex("Б", "Б Потребности", need_list(ret, titles, in_file=True))
    yield _annex("В", "В Практики", practice_list(ret, titles))
    protocol = protocol_grid(ret.annex_g, titles, FORMS[ret.head.form_version])
    yield _annex("Г", "Г Протокол", Facts(tuple(protocol_counts(ret.annex_g))), protocol)
    yield _annex("Д", "Д Журнал услуг", service_journal(ret, titles))
    yield _annex("Е", "Е Список НКО", on_record_list(ret))


def _annex(letter: str, name: str, *blocks: Block) -> Sheet:
    return Sheet(name, (Turn(True), Heading(f"Приложение {letter}. {ANNEX_TITLES[letter]}"), *blocks))
