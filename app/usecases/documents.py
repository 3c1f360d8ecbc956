"""Documents of records: attached with their hash, under a limit; looked at, taken off; they lie in the file itself."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.errors import AppError, Deed, InvalidRecord, reason_of
from app.core.progress import SILENT, Progress
from app.core.roles import Right, Rights
from app.core.russian import day, plural
from app.exchange.encodings import decoded
from app.models import Document, DocumentBlob
from app.records import REGISTERS
from app.records.choices import DOCUMENT_KINDS
from app.usecases.accounts import today_of
from app.usecases.document_names import kind_by_name, safe_name, size_in_words
from app.usecases.setup import settings
from app.usecases.tables import record

MEGABYTE = 1024 * 1024
MOST_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file on its way in: its name as it came, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """What is told of an attached document; size in bytes.  erased: its bytes were erased (152-ФЗ)."""

    id: int
    register: str
    record_id: int
    name: str
    kind: str
    dated_on: date | None
    note: str
    size: int
    sha256: str
    attached_on: date
    attached_by: str
    archived_on: date | None = None
    erased: bool = False

    @property
    def kind_title(self) -> str:
        return DOCUMENT_KINDS.get(self.kind, self.kind)

    @property
    def told(self) -> str:
        """«согласие от 12.03.2026 · 34 КБ · скан»."""
        dated = f" от {day(self.dated_on)}" if self.dated_on else ""
        size = "содержимое стёрто" if self.erased else size_in_words(self.size)
        return " · ".join(filter(None, (f"{self.kind_title}{dated}", size, self.note)))


@dataclass(frozen=True, slots=True)
class DocumentTotals:
    """How many documents hang on records, and how much their files take in the database (each once), bytes."""

    documents: int
    size: int

    @property
    def told(self) -> str:
        return f"{plural(self.documents, 'документ', 'документа', 'документов')}, {size_in_words(self.size)}"


def limit_of(session: Session) -> int:
    """The largest document, bytes."""
    return settings(session).document_limit * MEGABYTE


def file_of(path: Path, limit: int) -> NewFile:
    """A file of the disk with its bytes.  AppError: a folder, not there, unreadable, empty, over the limit (bytes)."""
    if path.is_dir():
        raise AppError(f"«{path.name}» — папка.", "Прикрепляют файлы: откройте папку и перетащите их.")
    try:
        with path.open("rb") as file:
            content = file.read(limit + 1)
            size = path.stat().st_size
    except OSError as fault:
        raise AppError(f"Файл «{path.name}» не читается: {reason_of(fault)}.", "Проверьте, на месте ли он.") from fault
    found = NewFile(path.name, content)
    _refuse_size(found.name, max(size, len(content)), limit)
    return found


def _refuse_size(name: str, size: int, limit: int) -> None:
    if size == 0:
        raise AppError(f"Файл «{safe_name(name)}» пустой.", "Возьмите другой файл.")
    if size > limit:
        raise AppError(
            f"Файл «{safe_name(name)}» — {size_in_words(size)}, а предел {size_in_words(limit)}.",
            "Сожмите скан (150–200 точек на дюйм) или измените предел: «Настройки», «Сроки и пороги».", Deed.TERMS,
        )


def attach(
    session: Session, register: str, record_id: int, files: Sequence[NewFile], kind: str | Sequence[str] = "",
    dated_on: date | None = None, note: str = "", progress: Progress = SILENT,
) -> list[int]:  # fmt: skip
    """Attach files to a record; returns the ids of the documents.

    kind: for all of them or one for each; '' by the name of the file.

    A file that hangs on the record already is refused.
    """
    record(session, register, record_id, archived=True)
    kinds = [kind] * len(files) if isinstance(kind, str) else list(kind)
    for one in kinds or [""]:
        _refuse_about(session, one, dated_on)
    if len(files) > MOST_AT_ONCE:
        raise AppError(f"Файлов {len(files)}, за один раз прикрепляют до {MOST_AT_ONCE}.", "Прикрепите их по частям.")
    limit, made = limit_of(session), []
    for number, (file, one) in enumerate(zip(files, kinds, strict=True)):
        progress.step(number, len(files), "Прикрепляется файлов")
        name = safe_name(file.name)
        _refuse_size(name, len(file.content), limit)
        sha256 = hashlib.sha256(file.content).hexdigest()
        _refuse_twice(session, register, record_id, name, sha256)
        _keep(session, sha256, file.content)
        document = Document(
            register=register, record_id=record_id, name=name, kind=one or kind_by_name(name), dated_on=dated_on,
            note=note.strip(), size=len(file.content), sha256=sha256, attached_on=today_of(session),
            attached_by=session.info["actor"],
        )  # fmt: skip
        session.add(document)
        session.flush()
        made.append(document.id)
    return made


def _refuse_about(session: Session, kind: str, dated_on: date | None) -> None:
    faults: dict[str, str] = {}
    if kind and kind not in DOCUMENT_KINDS:
        faults["kind"] = "Выберите вид документа из списка."
    if dated_on is not None and dated_on > today_of(session):
        faults["dated_on"] = "Дата ещё не наступила."
    if faults:
        raise InvalidRecord(faults)


def _refuse_twice(session: Session, register: str, record_id: int, name: str, sha256: str) -> None:
    d = Document
    same = select(d.name, d.attached_on).where(
        d.register == register, d.record_id == record_id, d.sha256 == sha256, d.archived_on.is_(None)
    )
    kept = session.execute(same).first()
    if kept is not None:
        raise AppError(
            f"Файл «{name}» уже прикреплён к этой записи {day(kept.attached_on)} под именем «{kept.name}».",
            "Второй раз тот же файл прикреплять не нужно.",
        )


def _keep(session: Session, sha256: str, content: bytes) -> None:
    """The bytes once for all records that have them; those that were erased come back."""
    kept = session.scalar(select(DocumentBlob.id).where(DocumentBlob.sha256 == sha256))
    if kept is None:
        session.add(DocumentBlob(sha256=sha256, size=len(content), content=content))
    elif _is_erased(session, sha256):
        session.get_one(DocumentBlob, kept).content = content
    session.flush()


def _is_erased(session: Session, sha256: str) -> bool:
    b = DocumentBlob
    return session.scalar(select(b.id).where(b.sha256 == sha256, b.content.is_(None))) is not None


def documents_of(
    session: Session, register: str, ids: Collection[int], *, archived: bool = False
) -> tuple[DocumentRow, ...]:
    """Documents of these records, the latest attached first; archived: those that were taken off too."""
    d = Document
    query = select(d).where(d.register == register, d.record_id.in_(sorted(ids)))
    query = query.order_by(d.attached_on.desc(), d.id.desc())
    if not archived:
        query = query.where(d.archived_on.is_(None))
    return _rows(session, session.scalars(query).all())


def document(session: Session, id: int) -> DocumentRow:
    """One document; AppError when there is none such."""
    (row,) = _rows(session, [_kept(session, id)])
    return row


def _rows(session: Session, kept: Sequence[Document]) -> tuple[DocumentRow, ...]:
    hashes = {one.sha256 for one in kept}
    b = DocumentBlob
    erased = set(session.scalars(select(b.sha256).where(b.sha256.in_(hashes), b.content.is_(None))))
    return tuple(
        DocumentRow(
            one.id, one.register, one.record_id, one.name, one.kind, one.dated_on, one.note, one.size, one.sha256,
            one.attached_on, one.attached_by, one.archived_on, one.sha256 in erased,
        )
        for one in kept
    )  # fmt: skip


def _kept(session: Session, id: int) -> Document:
    found = session.get(Document, id)
    if found is None:
        raise AppError(f"Документа №\u00a0{id} нет.", "Обновите карточку: его могли открепить.")
    return found


def content_of(session: Session, id: int) -> bytes:
    """The bytes of a document.  AppError when they were erased, or are not what was attached."""
    kept = _kept(session, id)
    content = session.scalar(select(DocumentBlob.content).where(DocumentBlob.sha256 == kept.sha256))
    if content is None:
        raise AppError(f"Содержимое документа «{kept.name}» стёрто.", "Осталась отметка, что он был.")
    if hashlib.sha256(content).hexdigest() != kept.sha256:
        raise AppError(
            f"Документ «{kept.name}» испорчен: это не тот файл, который прикрепили.",
            "Возьмите его из резервной копии и проверьте файл учёта: «Настройки», «Файл и копии».", Deed.COPIES,
        )
    return content


def text_of(name: str, content: bytes, most: int = MEGABYTE) -> str:
    """The text of a file in whatever encoding, no more than the first megabyte.  AppError when it is no text."""
    text, _ = decoded(content[:most], name)
    return text + ("\n…" if len(content) > most else "")


def describe(session: Session, id: int, kind: str, dated_on: date | None, note: str) -> None:
    """Set right what is told of a document; the file itself stays."""
    _refuse_about(session, kind, dated_on)
    kept = _kept(session, id)
    kept.kind, kept.dated_on, kept.note = kind, dated_on, note.strip()
    session.flush()


def detach(session: Session, id: int, reason: str = "откреплён от записи") -> None:
    """Take a document off its record; it can be put back."""
    kept = _kept(session, id)
    if kept.archived_on is None:
        kept.archived_on, kept.archive_reason = today_of(session), reason.strip() or "откреплён от записи"
    session.flush()


def put_back(session: Session, id: int) -> None:
    """A document that was taken off hangs on its record again."""
    kept = _kept(session, id)
    if kept.archived_on is not None:
        _refuse_twice(session, kept.register, kept.record_id, kept.name, kept.sha256)
        kept.archived_on = kept.archive_reason = None
    session.flush()


def erase_content(session: Session, id: int) -> None:
    """Erase the bytes for good (152-ФЗ): the row with its hash stays.

    AppError while other records have the file, and for whoever may not erase, under whatever title it is written.
    """
    rights: Rights | None = session.info.get("rights")
    if rights is not None and (refused := rights.why_not(Right.ERASE)):
        raise refused
    kept = _kept(session, id)
    d = Document
    others = session.scalars(select(d).where(d.sha256 == kept.sha256, d.id != id, d.archived_on.is_(None))).all()
    if others:
        titles = ", ".join(sorted({REGISTERS[o.register].title.lower() for o in others if o.register in REGISTERS}))
        raise AppError(
            f"Этот же файл прикреплён и к другим записям ({titles}): {len(others)}.", "Сначала открепите его там."
        )
    session.scalars(select(DocumentBlob).where(DocumentBlob.sha256 == kept.sha256)).one().content = None
    session.info["erased"] = True  # as of erased values of the journal
    session.flush()
    session.info["erased"] = True  # the file is swept of it once this is committed (Database.write)


def totals(session: Session) -> DocumentTotals:
    """What all documents take."""
    count = session.scalar(select(func.count()).select_from(Document).where(Document.archived_on.is_(None))) or 0
    size = session.scalar(select(func.sum(DocumentBlob.size)).where(DocumentBlob.content.is_not(None))) or 0
    return DocumentTotals(count, size)


def document_faults(session: Session) -> list[str]:
    """Files that are not what was attached, and documents without one; one file at a time is in memory."""
    found = []
    b, d = DocumentBlob, Document
    for id, sha256, size in session.execute(select(b.id, b.sha256, b.size).order_by(b.id)).all():
        content = session.scalar(select(b.content).where(b.id == id))
        if content is not None and (len(content) != size or hashlib.sha256(content).hexdigest() != sha256):
            names = sorted(set(session.scalars(select(d.name).where(d.sha256 == sha256))))
            told = "», «".join(names) or f"файл №\u00a0{id}"
            found.append(f"Документ «{told}» испорчен: его содержимое не сходится с хешем.")
    return found
