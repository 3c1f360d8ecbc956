"""Forms of the committee: kept templates, their marks, and filling one from a return."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import AppError, Deed
from app.core.periods import Quarter
from app.core.progress import SILENT, Progress
from app.core.text import natural, sort_key
from app.exchange.limits import check_archive, read_bytes
from app.models import Activity, FormTemplate, NeedCategory, ResourceCentre, ServiceCode, TemplateFile
from app.returns.form import FORMS, Form, form_on
from app.returns.mark_values import Paper
from app.returns.marks import CentreName, Lexicon
from app.returns.snapshot import QuarterReturn
from app.usecases import quarter_returns
from app.usecases.accounts import today_of

if TYPE_CHECKING:
    from app.reports.template_view import TemplateView

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A kept template in the list.  added_at: UTC."""

    id: int
    name: str
    note: str
    sha256: str
    size: int
    added_at: datetime
    added_by: str
    archived: bool = False

    @property
    def file_name(self) -> str:
        return f"{_NOT_IN_NAMES.sub(' ', self.name).strip() or 'Шаблон'}.xlsx"


def read_template(path: Path, progress: Progress = SILENT) -> bytes:
    """A workbook from a file, looked at before any library opens it.

    AppError: no .xlsx, macros, a password, damaged, too large for a form.
    """
    content = read_bytes(path)
    if content.startswith(b"PK\x03\x04"):
        check_archive(path, progress)
    from app.reports.template_book import Book

    Book(content, path.name)
    return content


def templates(session: Session, *, archived: bool = False) -> tuple[TemplateRow, ...]:
    """Kept templates by name; archived: those too."""
    query = select(FormTemplate, TemplateFile).join(TemplateFile, TemplateFile.id == FormTemplate.file_id)
    if not archived:
        query = query.where(FormTemplate.archived_on.is_(None))
    rows = [_row(template, file) for template, file in session.execute(query)]
    return tuple(sorted(rows, key=lambda row: (sort_key(row.name), row.id)))


def _row(template: FormTemplate, file: TemplateFile) -> TemplateRow:
    return TemplateRow(
        template.id, template.name, template.note, file.sha256, len(file.content), template.added_at,
        template.added_by, template.archived_on is not None,
    )  # fmt: skip


def add_template(session: Session, content: bytes, name: str, note: str = "") -> int:
    """Keep a workbook as a template; returns its id.

    AppError for a name that is empty or taken, and for a workbook that could not be shown.  Marks nobody
    knows are no hindrance: they are mended here.
    """
    from app.reports.template_view import template_view

    named = _free_name(session, name)
    template_view(content, lexicon(session), named)
    template = FormTemplate(
        name=named, note=note.strip(), file_id=_kept_file(session, content), added_at=session.info["clock"].now(),
        added_by=session.info["actor"],
    )  # fmt: skip
    session.add(template)
    session.flush()
    return template.id


def free_name(session: Session, name: str) -> str:
    """The name, or the name with the first number under which there is no template yet: «Форма 1 (2)»."""
    taken = {row.name.lower() for row in templates(session)}
    given = " ".join(name.split())
    tried = [given, *(f"{given} ({number})" for number in range(2, len(taken) + 3))]
    return next(one for one in tried if one.lower() not in taken)


def _free_name(session: Session, name: str, besides: int = 0) -> str:
    given = " ".join(name.split())
    if not given:
        raise AppError("Название шаблона не указано.", "Назовите шаблон, например «Отчёт комитета, форма 1».")
    for row in templates(session):
        if row.name.lower() == given.lower() and row.id != besides:
            raise AppError(f"Шаблон «{given}» уже есть.", "Назовите этот иначе или отправьте прежний в архив.")
    return given


def _kept_file(session: Session, content: bytes) -> int:
    sha256 = hashlib.sha256(content).hexdigest()
    known = session.scalar(select(TemplateFile.id).where(TemplateFile.sha256 == sha256))
    if known is not None:
        return known
    file = TemplateFile(sha256=sha256, content=content)
    session.add(file)
    session.flush()
    return file.id


def _template(session: Session, id: int) -> FormTemplate:
    found = session.get(FormTemplate, id)
    if found is None or found.archived_on is not None:
        raise AppError(
            "Такого шаблона нет: он в архиве или удалён отменой.",
            "Выберите шаблон из списка.",
            Deed.TEMPLATES,
        )
    return found


def template_file(session: Session, id: int) -> bytes:
    """The workbook of a template, as it is exchanged."""
    file = session.get(TemplateFile, _template(session, id).file_id)
    assert file is not None
    return file.content


def rename_template(session: Session, id: int, name: str, note: str = "") -> None:
    """Another name and note.  AppError for a name that is empty or taken."""
    template = _template(session, id)
    template.name, template.note = _free_name(session, name, besides=id), note.strip()
    session.flush()


def archive_template(session: Session, id: int) -> None:
    """Take a template out of the list; it stays in the file."""
    template = _template(session, id)
    template.archived_on, template.archive_reason = today_of(session), "больше не нужен"
    session.flush()


def put_mark(session: Session, id: int, sheet: str, address: str, mark: str) -> None:
    """Add a mark, with its braces, to what stands in a cell.  AppError for a cell with a formula."""
    _write_cell(session, id, sheet, address, mark, add=True)


def write_cell(session: Session, id: int, sheet: str, address: str, text: str) -> None:
    """Another text in a cell of a template; an empty one clears it."""
    _write_cell(session, id, sheet, address, text, add=False)


def _write_cell(session: Session, id: int, sheet: str, address: str, text: str, *, add: bool) -> None:
    from app.reports.template_view import with_text

    template = _template(session, id)
    content = with_text(template_file(session, id), sheet, address, text, today_of(session), add=add)
    template.file_id = _kept_file(session, content)
    session.flush()


# --- marks and filling ------------------------------------------------------------------------


def lexicon(session: Session, form: Form | None = None, ret: QuarterReturn | None = None) -> Lexicon:
    """Every mark of this district: of the form in force today, or of a return with what it kept of its time."""
    form = form or (FORMS[ret.head.form_version] if ret else form_on(today_of(session)))
    activities = {row.code: row.title for row in session.scalars(select(Activity))}
    categories = {row.code: row.title for row in session.scalars(select(NeedCategory).order_by(NeedCategory.sort))}
    services = {row.code: row.title for row in session.scalars(select(ServiceCode).order_by(ServiceCode.sort))}
    centres = [CentreName(row.id, row.uuid, row.name) for row in session.scalars(select(ResourceCentre))]
    if ret is not None:
        activities |= ret.activity_titles
        categories |= {line.category: line.title for line in ret.needs}
        services |= {line.code: line.title for line in ret.services}
    activities = {code: activities[code] for code in sorted(activities, key=natural)}
    return Lexicon(form, activities, categories, tuple(sorted(centres, key=lambda one: one.number)), services)


def view_template(session: Session, id: int) -> TemplateView:
    """The template for the screen, its faults at their cells."""
    from app.reports.template_view import template_view

    return template_view(template_file(session, id), lexicon(session), _template(session, id).name)


def fill_template(
    session: Session, template: int | bytes, quarter: Quarter, *, draft: bool = False, name: str = "Шаблон",
    correction: int | None = None,
) -> bytes:  # fmt: skip
    """A template, kept (by its id) or from a file, filled from the approved return or from a draft.

    correction: the version of the return; the latest approved one unless given.

    AppError: the quarter's return is not approved.  TemplateFaults (an AppError): marks nobody knows, by
    sheet and cell.
    """
    from app.reports.template_fill import fill_template as fill

    if isinstance(template, int):
        name = _template(session, template).name
        template = template_file(session, template)
    paper = _paper(session, quarter, draft=draft, correction=correction)
    return fill(template, lexicon(session, ret=paper.ret), paper, name)


def _paper(session: Session, quarter: Quarter, *, draft: bool, correction: int | None) -> Paper:
    if draft:
        made = quarter_returns.draft(session, quarter)
        return Paper(made.ret, quarter_returns.draft_envelope(session, made), draft=True)
    kept = quarter_returns.kept(session, quarter, correction)
    if kept is None:
        which = f", уточнённый №\u00a0{correction}," if correction else ""
        hint = "Утвердите его или заполните шаблон из черновика."
        raise AppError(f"Отчёт за {quarter.title}{which} не утверждён.", hint)
    return Paper(kept.ret, kept.envelope)


def filled_file_name(name: str, quarter: Quarter, *, draft: bool = False) -> str:
    """`Форма 1_2026-Q3.xlsx`, of a draft `Форма 1_2026-Q3_черновик.xlsx`."""
    bare = _NOT_IN_NAMES.sub(" ", name).strip() or "Шаблон"
    return f"{bare}_{quarter}{'_черновик' if draft else ''}.xlsx"
