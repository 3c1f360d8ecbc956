"""The first page of the return: letterhead, title, facts, six figures, contents, hash."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.core.periods import ROMAN, Quarter
from app.core.russian import day, integer
from app.core.text import NBSP
from app.reports.blocks import Block, Contents, ContentsLine, Fact, Facts, Heading, Letterhead, Seal, Space, Text
from app.reports.file_names import FORM_NAME, return_file_name
from app.reports.return_tables import main_figures
from app.returns.form import Form, Section
from app.returns.snapshot import Envelope, Head, QuarterReturn

_REQUESTED = {"Д": "журнал услуг", "Е": "список НКО"}


def kind_title(correction: int) -> str:
    """«первичный», «уточнённый 1»."""
    return f"уточнённый{NBSP}{correction}" if correction else "первичный"


def kind_of_document(head: Head) -> str:
    """«0 — первичный», «2 — уточнённый»."""
    return f"{head.correction} — {'уточнённый' if head.correction else 'первичный'}"


def in_fours(digits: str) -> str:
    """Digits of a hash in groups of four."""
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def payload(head: Head, envelope: Envelope) -> str:
    """What the QR code says, in the alphabet that makes it small: id of the return and hash.

    `NKO-47-KV:41612000:2026-Q3:0:7C1E…`: form, ОКТМО, quarter, correction, SHA-256.
    """
    return f"NKO-47-KV:{head.oktmo}:{head.quarter}:{head.correction}:{envelope.sha256.upper()}"



def cover(
    ret: QuarterReturn, envelope: Envelope, form: Form, *, draft: bool, annexes: Sequence[str] = ()
) -> Iterator[Block]:
    """The first page: letterhead, title, facts, six figures, contents, hash."""
    head = ret.head
    yield letterhead(head, envelope)
    yield Space(13)
    yield from title_lines(form, head.quarter)
    yield Space(4)
    yield Facts(tuple(cover_facts(head, envelope)))
    yield Space(2)
    yield Heading("Главные показатели", level=2)
    yield main_figures(ret)
    yield Space(1)
    yield Heading("Состав отчёта", level=2)
    yield Contents(tuple(_contents(form, annexes)))
    yield first_seal(head, envelope, draft)


def title_lines(form: Form, quarter: Quarter) -> Iterator[Text]:
    yield Text("ОТЧЁТ", size=16, bold=True, align="center", gap=1.5)
    yield Text(form.title, size=13, bold=True, align="center", gap=1.5)
    yield Text(
        f"за {ROMAN[quarter.number - 1]}{NBSP}квартал {quarter.year}{NBSP}года (нарастающим итогом с начала года)",
        align="center",
    )


def letterhead(head: Head, envelope: Envelope | None) -> Letterhead:
    """Sender, addressee, and the place of registration: filled by hand where no number was given."""
    number = envelope.registration_no if envelope else ""
    filled = f"{day(envelope.frozen_on)} №{NBSP}{number}" if envelope and number else ""
    return Letterhead(
        sender=(head.administration or head.territory,),
        unit=head.unit,
        registration=filled or f"____________ №{NBSP}____________",
        addressee=head.addressee,
        corner=(f"Форма {FORM_NAME}", f"версия {head.form_version}"),
    )


def cover_facts(head: Head, envelope: Envelope) -> Iterator[Fact]:
    """Kind of document, term, territory, period, numbers of records, reason of a correction."""
    quarter = head.quarter
    yield Fact("Вид документа", kind_of_document(head))
    yield Fact("Срок представления", day(envelope.due_on))
    yield Fact("Территория", f"{head.territory}, ОКТМО{NBSP}{head.oktmo}", wide=True)
    yield Fact("Отчётный период", f"{day(quarter.first_day)} – {day(quarter.last_day)}", wide=True)
    for label, key in (
        ("НКО на учёте", "ngos"),
        ("Мер поддержки", "support"),
        ("Услуг центров", "services"),
        ("Потребностей", "needs"),
    ):
        yield Fact(label, integer(head.records.get(key, 0)))
    if head.correction:
        yield Fact("Причина уточнения", head.reason, wide=True)
    if head.package:
        yield Fact("Комплект региона", head.package, wide=True)


def _contents(form: Form, annexes: Sequence[str]) -> Iterator[ContentsLine]:
    first, second, third, fourth, *rest = form.sections
    for section in (first, second, third, fourth):
        yield ContentsLine(str(section.number), section.title, anchor(section))
    if rest:
        words = ", ".join(section.title[0].lower() + section.title[1:] for section in rest)
        yield ContentsLine(f"{rest[0].number}–{rest[-1].number}", words[0].upper() + words[1:], anchor(rest[0]))
    title = "Приложения: выписка из реестра, потребности, практики, протокол"
    if annexes:
        title = f"Приложения, в том числе {' и '.join(_REQUESTED[letter] for letter in annexes)}"
    yield ContentsLine(f"А–{max(['Г', *annexes])}", title, "annex-А", True)


def anchor(section: Section) -> str:
    return f"section-{section.number}"


def _hash_lines(envelope: Envelope) -> Iterator[str]:
    yield in_fours(envelope.sha256)
    if envelope.journal_head:
        yield f"Голова журнала: {in_fours(envelope.journal_head)}"


def first_seal(head: Head, envelope: Envelope, draft: bool) -> Seal:
    if draft:
        said = f"Черновик от {day(envelope.frozen_on)}: отчёт не утверждён."
        return Seal((said, "Контрольная строка и QR-код появятся после утверждения."), first=True)
    return Seal(("SHA-256 данных отчёта", *_hash_lines(envelope)), payload(head, envelope), first=True)


def last_seal(head: Head, envelope: Envelope, draft: bool) -> Seal:
    if draft:
        return Seal(("Черновик подписи не подлежит.",))
    file = return_file_name(head.oktmo, head.quarter, head.correction, "xlsx")
    said = f"Этот отчёт, файл {file} и данные в программе\nсовпадают, если совпадает строка:"
    return Seal((said, *_hash_lines(envelope)), payload(head, envelope))
