"""Templates of the committee's own forms: workbooks with marks, kept as files."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Id, Record


class TemplateFile(Base):
    """A workbook as it was at one time; kept once however many templates have it.

    Insert-only: an undo gives a template back its former file, so none may be changed or go.
    """

    __tablename__ = "template_file"
    __table_args__ = (CheckConstraint("length(sha256) = 64", name="sha256"),)
    id: Mapped[Id]
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class FormTemplate(Record, Base):
    """A form to be filled from a return.  added_by: who took it in; later hands stand in the journal."""

    __tablename__ = "form_template"
    name: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    file_id: Mapped[int] = mapped_column(ForeignKey("template_file.id", ondelete="RESTRICT"), index=True)
    added_at: Mapped[datetime]
    added_by: Mapped[str]
