"""A register as files: the rows that were found, in their order, with the columns that were chosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.core.errors import AppError
from app.core.fields import Field, Kind
from app.core.progress import SILENT, Progress
from app.core.russian import integer, plural
from app.records import REGISTERS
from app.usecases import registers
from app.usecases.accounts import today_of
from app.usecases.reachable import Person, reachable
from app.usecases.setup import territory_on, unit

CALLED = Field("called", "Наименование", Kind.TEXT, width=48)
"""How the table calls an organisation: by its short name, where it has one.  The full name is a column of its own."""
_TITLED = frozenset({Kind.CHOICE, Kind.CHOICES, Kind.LINK, Kind.LINKS})
_CHUNK = 500
LONGEST = {
    "pdf": (20_000, "На бумагу выводится"),
    "docx": (5_000, "В документ Word выводится"),
    "copy": (20_000, "В буфер обмена кладётся"),
}
"""Rows of what is read by eyes, and how the refusal begins: what is longer is looked for in a sheet."""
CONTACTS = (
    Field("contact.name", "Контактное лицо", Kind.TEXT, width=28, personal=True),
    Field("contact.post", "Должность контактного лица", Kind.TEXT, width=22, personal=True),
    Field("contact.phone", "Телефон контактного лица", Kind.TEXT, width=18, personal=True),
    Field("contact.email", "Почта контактного лица", Kind.TEXT, width=24, personal=True),
)
"""Columns of personal data that an export of organisations may have when they are asked for by name."""


@dataclass(frozen=True, slots=True)
class Export:
    """What leaves.  content: of a file.  text, html: for the clipboard.  people: whose personal data it holds."""

    content: bytes = b""
    text: str = ""
    html: str = ""
    people: int = 0


def offered(register: str) -> tuple[Field, ...]:
    """The columns an export of the register may have, personal ones last."""
    own = tuple(field for field in REGISTERS[register].fields if not field.personal)
    return (CALLED, *own, *CONTACTS) if register == "ngo" else own


def every(register: str) -> tuple[str, ...]:
    """Keys of all that is kept and no personal data, each once."""
    return tuple(field.key for field in offered(register) if not field.personal and field is not CALLED)


def as_table(register: str, keys: Sequence[str]) -> tuple[str, ...]:
    """The columns of an export that shows what the table shows."""
    return tuple(CALLED.key if register == "ngo" and key == "name" else key for key in keys)


def export(
    session: Session, register: str, ids: Sequence[int], form: str, *, fields: Sequence[str],
    summed: Sequence[str] = (), told: Sequence[str] = (), heading: str = "", progress: Progress = SILENT,
) -> Export:  # fmt: skip
    """The rows with those columns as «xlsx», «pdf», «docx» or «copy» (for the clipboard).

    fields: keys of `offered`.  summed: whose sum stands under the column.  told: search and filters in words.
    heading: the register's own title without it.  AppError for a table too long to be read.
    """
    _refuse_long(form, len(ids))
    wanted = [field for key in fields for field in offered(register) if field.key == key]
    rows, people = _rows(session, register, ids, wanted, progress)
    head = heading or REGISTERS[register].title
    if form == "xlsx":
        return Export(content=_sheet(head, wanted, rows), people=people)
    table = _paper(session, register, ids, head, wanted, rows, summed, told)
    if form == "copy":
        from app.reports.clipboard import table_copied

        copied = table_copied(table)
        return Export(text=copied.text, html=copied.html, people=people)
    if form == "docx":
        from app.reports.word import table_docx  # docx is slow to import: only an export pays for it

        return Export(content=table_docx(table, progress), people=people)
    from app.reports.table_paper import table_pdf  # and so is reportlab

    return Export(content=table_pdf(table, progress), people=people)


def register_xlsx(session: Session, register: str, ids: Sequence[int], *, progress: Progress = SILENT) -> bytes:
    """The records of those ids with every field but personal ones, as a workbook."""
    return export(session, register, ids, "xlsx", fields=every(register), progress=progress).content


def register_pdf(
    session: Session, register: str, ids: Sequence[int], *, fields: Sequence[str], summed: Sequence[str] = (),
    told: Sequence[str] = (), progress: Progress = SILENT,
) -> bytes:  # fmt: skip
    """The table of those ids and fields on paper; personal fields are left out.

    AppError for a table too long for paper; Cancelled is raised from `progress`.
    """
    personal = {field.key for field in REGISTERS[register].fields if field.personal}
    plain = [key for key in fields if key not in personal]
    return export(
        session, register, ids, "pdf", fields=plain, summed=summed, told=told, progress=progress
    ).content  # fmt: skip


def _refuse_long(form: str, rows: int) -> None:
    most, words = LONGEST.get(form, (rows, ""))
    if rows > most:
        raise AppError(
            f"{words} до {integer(most)} строк, а найдено {integer(rows)}.",
            "Сузьте отбор или выгрузите таблицу в Excel.",
        )


def _rows(
    session: Session, register: str, ids: Sequence[int], fields: Sequence[Field], progress: Progress
) -> tuple[list[tuple[Any, ...]], int]:
    """A value for each field of each row, and of how many people there is personal data in them.

    Where contact persons are asked for, an organisation has a row for each of them.
    """
    asked = any(field in CONTACTS for field in fields)
    known = reachable(session, ids, today_of(session)) if asked and register == "ngo" else {}
    rows, people = [], 0
    for id, values in _values(session, register, ids, progress):
        persons: Sequence[Person | None] = known.get(id, ()) or (None,)
        for person in persons:
            people += person is not None
            rows.append(tuple(
                _of_person(field, person) if field in CONTACTS
                else _cell(field, values)
                for field in fields
            ))  # fmt: skip
    return rows, people


def _of_person(field: Field, person: Person | None) -> str:
    return getattr(person, field.key.removeprefix("contact.")) if person is not None else ""


def _sheet(heading: str, fields: Sequence[Field], rows: Sequence[tuple[Any, ...]]) -> bytes:
    from app.reports.table_sheet import Column, table_xlsx  # openpyxl is slow to import: only an export pays for it

    columns = [
        Column(field.title, Kind.TEXT if field.kind in _TITLED else field.kind, max(field.width, len(field.title)))
        for field in fields
    ]
    return table_xlsx(heading, columns, rows)


def _paper(
    session: Session, register: str, ids: Sequence[int], heading: str, fields: Sequence[Field],
    rows: Sequence[tuple[Any, ...]], summed: Sequence[str], told: Sequence[str],
) -> Any:  # fmt: skip
    from app.reports.told_table import TablePaper

    today = today_of(session)
    keys = [field.key for field in fields]
    added = [key for key in summed if key in keys]
    sums = registers.totals(session, register, added, ids) if added else {}
    return TablePaper(
        title=heading,
        owner=unit(session)["administration"] or territory_on(session, today).name,
        told=tuple(told),
        count=plural(len(ids), *REGISTERS[register].nouns),
        as_of=today,
        fields=tuple(fields),
        rows=tuple(rows),
        sums=tuple(sums.get(key) for key in keys),
    )


def _values(
    session: Session, register: str, ids: Sequence[int], progress: Progress
) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Values of the rows in their order; one that is no more is left out."""
    for start in range(0, len(ids), _CHUNK):
        progress.step(start, len(ids), "Выгружено записей")
        for row in registers.rows(session, register, ids[start : start + _CHUNK]):
            yield row.id, row.values


def _cell(field: Field, values: Any) -> Any:
    if field is CALLED:
        return values.get("short_name") or values.get("name")
    if field.kind in _TITLED:
        return values.get(f"{field.key}_title") or None
    return values.get(field.key)
