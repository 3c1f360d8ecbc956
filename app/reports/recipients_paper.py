"""The register of recipients of support on paper and as a sheet, and the extract for one NGO."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from app.core.progress import SILENT, Progress
from app.core.russian import day, day_in_words, plural
from app.core.text import NBSP
from app.records.choices import SUPPORT_FORMS
from app.reports.blocks import (
    NOTHING,
    Block,
    Book,
    Cell,
    Column,
    Content,
    Fact,
    Facts,
    Grid,
    GridRow,
    GroupRow,
    Heading,
    Letterhead,
    Line,
    Paper,
    Sheet,
    Space,
    Text,
    Turn,
)
from app.reports.pdf import write_pdf
from app.reports.return_annexes import REGISTER_NOTE, entry_term, register_columns, register_line
from app.reports.return_paper import signed_by
from app.reports.xlsx import write_book
from app.returns.recipients import Entry, RecipientsRegister
from app.returns.records import Ngo, Unit

TITLE = "Реестр социально ориентированных некоммерческих организаций — получателей поддержки"
WAITING = "Решения, ещё не внесённые в реестр"
LAW = f"статья 31.2 Федерального закона от 12.01.1996 №{NBSP}7-ФЗ «О некоммерческих организациях»"


def register_pdf(
    register: RecipientsRegister, unit: Unit, territory: str, *, binding: bool = False, progress: Progress = SILENT
) -> bytes:
    """The register, or its extract for a period, in the 11 columns.  Cancelled is raised from `progress`."""
    words = period_words(register)
    blocks: tuple[Block, ...] = (
        Turn(landscape=True),
        Text(unit.administration or territory, align="center"),
        Text(TITLE, size=14, bold=True, align="center"),
        Text(f"{words}; сведения на {day_in_words(register.as_of)}", size=11, align="center", gap=3),
        Text("; ".join(_counts(register)) + ".", size=10),
        register_grid(register),
        *((signed_by(unit.head, unit.executor, register.as_of.year),) if unit.head.name or unit.executor.name else ()),
    )
    foot = " · ".join(("Реестр получателей поддержки", territory, words, day(register.as_of)))
    return write_pdf(
        Paper(f"{TITLE}: {territory}", blocks, foot=foot, author=unit.administration, binding=binding), progress
    )


def register_xlsx(register: RecipientsRegister, unit: Unit, territory: str, *, progress: Progress = SILENT) -> bytes:
    """The register as a workbook: the 11 columns, the sum as a number, terms and days of delay."""
    words = period_words(register)
    sheet = Sheet(
        "Реестр",
        (
            Turn(True),
            Heading(TITLE),
            Text(f"{unit.administration or territory}: {words}"),
            register_grid(register, in_file=True),
        ),
    )
    book = Book(f"{TITLE} · {territory}", (sheet,), made_on=register.as_of, author=unit.administration)
    return write_book(book, progress)


def register_grid(register: RecipientsRegister, *, in_file: bool = False) -> Grid:
    """Entries by number, then decisions that wait; what is late says so under its number."""
    columns = register_columns([entry.row for entry in (*register.entries, *register.pending)], in_file)
    if in_file:
        columns += (Column("Внести и опубли\u00adковать до", 22), Column("Опоздание записи, дней", 20, "right"),
                    Column("Опоздание публи\u00adкации, дней", 20, "right"))  # fmt: skip
    rows: list[GridRow] = [Line(_cells(entry, in_file)) for entry in register.entries]
    if register.pending:
        rows.append(GroupRow(WAITING))
        rows += [Line(_cells(entry, in_file)) for entry in register.pending]
    return Grid(columns, tuple(rows), note=REGISTER_NOTE, size=7.5, pinned=3, empty="Записей за это время нет.")


def _cells(entry: Entry, in_file: bool) -> tuple[Content, ...]:
    first, *rest = register_line(entry.row, in_file)
    said = f"{first}\n{_late_words(entry)}" if entry.late else first
    if not in_file:
        return (said, *rest)
    return (said, *rest, entry.due_on, entry.days_late, entry.days_unpublished)


def _late_words(entry: Entry) -> str:
    """«позже срока на 3 дня», «срок истёк 12.10.2026», «не опубликовано в срок»."""
    if entry.row.number is None:
        return f"срок истёк {day(entry.due_on)}"
    if entry.days_late:
        return f"позже срока на {plural(entry.days_late, 'день', 'дня', 'дней')}"
    if entry.row.published_on is None:
        return f"не опубли\u00adковано, срок {day(entry.due_on)}"
    return f"опубли\u00adковано позже срока на {plural(entry.days_unpublished, 'день', 'дня', 'дней')}"


def _counts(register: RecipientsRegister) -> Iterator[str]:
    entries = register.entries
    yield f"Записей: {len(entries)}, из них о прекращении поддержки: {sum(e.row.termination for e in entries)}"
    yield f"внесено позже срока: {sum(e.days_late > 0 for e in entries)}"
    yield f"опубликовано позже срока или не опубликовано: {sum(e.days_unpublished > 0 for e in entries)}"
    if register.pending:
        yield f"ждут внесения: {len(register.pending)}, из них срок истёк: {len(register.overdue)}"


def period_words(register: RecipientsRegister) -> str:
    """«все записи», «записи с 01.07.2026 по 30.09.2026»."""
    parts = [f"с {day(register.first)}" if register.first else "", f"по {day(register.last)}" if register.last else ""]
    told = " ".join(part for part in parts if part)
    return f"записи {told}" if told else "все записи"


# --- справка ----------------------------------------------------------------------------------


def extract_pdf(ngo: Ngo, entries: Sequence[Entry], unit: Unit, territory: str, as_of: date) -> bytes:
    """«Справка о нахождении сведений в реестре» for one NGO, also where the register knows nothing of it."""
    paper = Paper(
        f"Справка о нахождении сведений в реестре: {ngo.short_name or ngo.name}",
        tuple(_extract(ngo, entries, unit, territory, as_of)),
        foot=" · ".join(("Справка из реестра получателей поддержки", f"ОГРН {ngo.ogrn}", day(as_of))),
        author=unit.administration,
    )
    return write_pdf(paper)


def _extract(ngo: Ngo, entries: Sequence[Entry], unit: Unit, territory: str, as_of: date) -> Iterator[Block]:
    yield Letterhead(
        sender=(unit.administration or territory,),
        unit=unit.name,
        registration=f"____________ №{NBSP}____________",
        addressee=ngo.name,
        corner=(),
    )
    yield Space(14)
    yield Text("СПРАВКА", size=16, bold=True, align="center", gap=1.5)
    yield Text(
        "о нахождении сведений в реестре социально ориентированных\nнекоммерческих организаций — получателей поддержки",
        size=13, bold=True, align="center", gap=5,
    )  # fmt: skip
    known = plural(len(entries), "запись", "записи", "записей")
    found = f"содержатся сведения об организации ({known})" if entries else "сведений об организации нет"
    yield Text(f"По состоянию на {day_in_words(as_of)} в реестре ({LAW}) {found}:", gap=3)
    numbers = ", ".join(part for part in (f"ОГРН{NBSP}{ngo.ogrn}", f"ИНН{NBSP}{ngo.inn}" if ngo.inn else "") if part)
    yield Facts(
        (
            Fact("Организация", ngo.name, wide=True),
            Fact("Номера", numbers, wide=True),
            *((Fact("Место нахождения", ngo.address, wide=True),) if ngo.address else ()),
        )
    )
    if entries:
        yield Space(2)
        yield Grid(
            (
                Column("№ записи", 15, "right"),
                Column("Внесена", 21),
                Column("Решение", 32),
                Column("Форма поддержки", 0),
                Column("Размер", 32),
                Column("Срок оказания", 25),
                Column("Нарушения", 27),
            ),
            tuple(Line(_extract_line(entry)) for entry in entries),
            numbered=False,
            size=9,
        )
    yield Text("Справка выдана для представления по месту требования.", gap=6)
    yield signed_by(unit.head, unit.executor, as_of.year)


def _extract_line(entry: Entry) -> tuple[Content, ...]:
    row = entry.row
    decision = f"{day(row.decision_on)} №{NBSP}{row.decision_no}" if row.decision_no else day(row.decision_on)
    return (
        Cell(row.number),
        row.entered_on,
        f"прекращение: {decision}" if row.termination else decision,
        SUPPORT_FORMS.get(row.form, row.form),
        row.size or NOTHING,
        entry_term(row),
        row.violations or "нет",
    )
