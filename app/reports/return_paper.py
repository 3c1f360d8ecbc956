"""The return «НКО-47-кв» as a paper: pure, from the frozen data and its envelope alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from app.core.periods import Quarter
from app.core.progress import SILENT, Progress
from app.reports.blocks import Block, Facts, Heading, PageBreak, Paper, Signature, Signatures, Turn
from app.reports.file_names import FORM_NAME
from app.reports.pdf import write_pdf
from app.reports.return_annexes import (
    need_list,
    on_record_list,
    practice_cards,
    protocol_counts,
    protocol_grid,
    register_grid,
    service_journal,
    titles_of,
)
from app.reports.return_cover import anchor, cover, in_fours, kind_title, last_seal
from app.reports.return_tables import PERIOD_TITLES, activity_grid, coded_grid, need_grid, service_grid
from app.returns.form import ANNEX_TITLES, FORMS, Form
from app.returns.snapshot import Envelope, QuarterReturn, Signer

ON_REQUEST = ("Д", "Е")


def return_pdf(
    ret: QuarterReturn,
    envelope: Envelope,
    *,
    draft: bool = False,
    progress: Progress = SILENT,
    annexes: Sequence[str] = (),
) -> bytes:
    """The return as PDF, the same bytes for the same data and envelope.

    draft: marked ЧЕРНОВИК, without hash and QR code.  annexes: those printed on request, of «Д» and «Е».
    Cancelled is raised from `progress`.
    """
    return write_pdf(return_paper(ret, envelope, draft=draft, annexes=annexes), progress)


def return_paper(ret: QuarterReturn, envelope: Envelope, *, draft: bool = False, annexes: Sequence[str] = ()) -> Paper:
    """The blocks of the return in the order of the form."""
    form = FORMS[ret.head.form_version]
    requested = [letter for letter in ON_REQUEST if letter in annexes]
    titles = titles_of(ret)
    blocks = (
        *cover(ret, envelope, form, draft=draft, annexes=requested),
        *_sections(ret, form),
        *_annexes(ret, titles),
        signatures(envelope, ret.head.quarter),
        last_seal(ret.head, envelope, draft),
        *_requested(ret, titles, requested),
    )
    foot = " · ".join(
        part
        for part in (
            FORM_NAME,
            f"ОКТМО {ret.head.oktmo}",
            ret.head.quarter.title,
            kind_title(ret.head.correction),
            "" if draft else in_fours(envelope.sha256[:16]),
        )
        if part
    )
    title = f"{FORM_NAME}: {ret.head.territory}, {ret.head.quarter.title}"
    return Paper(
        title,
        blocks,
        foot=foot,
        author=ret.head.administration,
        subject=f"Отчёт {form.title} за {ret.head.quarter.title}, {kind_title(ret.head.correction)}",
        made_on=envelope.frozen_on,
        draft=draft,
        binding=envelope.binding,
    )


# --- sections and annexes ---------------------------------------------------------------------


def _sections(ret: QuarterReturn, form: Form) -> Iterator[Block]:
    yield Turn(landscape=True)
    for section in form.sections:
        if 1 < section.number <= 5:
            yield PageBreak()
        yield Heading(f"Раздел {section.number}. {section.title}", anchor=anchor(section))
        if section.groups:
            yield coded_grid(ret, section)
        if section.number == 1:
            yield Heading("Таблица 1а. СОНКО по видам деятельности", level=2)
            yield activity_grid(ret)
        elif section.number in (3, 4):
            yield from _tables(ret, form, section.number)


def _tables(ret: QuarterReturn, form: Form, number: int) -> Iterator[Block]:
    """Tables 3 and 4, each twice: for the quarter and for the year to date."""
    title = {3: "Услуги по центрам и кодам", 4: "Потребности по категориям"}[number]
    for period, words in PERIOD_TITLES.items():
        yield Heading(f"Таблица {number}. {title}, {words}", level=2)
        yield service_grid(ret, form, period) if number == 3 else need_grid(ret, form, period)


def _annexes(ret: QuarterReturn, titles: Mapping[str, str]) -> Iterator[Block]:
    registered = bool(ret.annex_a or ret.annex_a_pending)
    if registered:
        yield PageBreak()  # an annex that says it has nothing shares its page
    yield _annex_heading("А")
    yield register_grid(ret)
    if registered or ret.annex_b:
        yield PageBreak()
    yield _annex_heading("Б")
    yield need_list(ret, titles)
    yield Turn(landscape=False)
    yield _annex_heading("В")
    yield from practice_cards(ret, titles)
    if ret.annex_v:
        yield PageBreak()
    yield _annex_heading("Г")
    yield Facts(tuple(protocol_counts(ret.annex_g)))
    yield protocol_grid(ret.annex_g, titles, FORMS[ret.head.form_version])


def _requested(ret: QuarterReturn, titles: Mapping[str, str], letters: Sequence[str]) -> Iterator[Block]:
    """Annexes Д and Е stand in the data of every return; on paper they follow the signatures."""
    for letter in letters:
        yield Turn(landscape=True)
        yield PageBreak()
        yield _annex_heading(letter)
        yield service_journal(ret, titles) if letter == "Д" else on_record_list(ret)


def _annex_heading(letter: str) -> Heading:
    return Heading(f"Приложение {letter}. {ANNEX_TITLES[letter]}", anchor=f"annex-{letter}")


def signatures(envelope: Envelope, quarter: Quarter) -> Signatures:
    """Head of the administration (or whom he empowered) and executor."""
    return signed_by(envelope.head, envelope.executor, max(envelope.frozen_on.year, quarter.last_day.year))


def signed_by(head: Signer, executor: Signer, year: int) -> Signatures:
    """The foot of an official paper; a name that is not known leaves a line for it."""
    post = executor.post
    said = f"Исполнитель: {post[:1].lower()}{post[1:]}" if post[1:2].islower() else f"Исполнитель: {post}"
    return Signatures(
        (
            Signature(f"{_capital(head.post) or 'Руководитель'}\n(уполномоченное лицо)", head.name),
            Signature(said, executor.name, executor.phone),
        ),
        year,
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
