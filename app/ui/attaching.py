"""Attaching documents to a record: by a button, by dropping a file on its card, by Ctrl+V."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QIODevice, QMimeData
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog

from app.core.errors import AppError
from app.core.fields import Field, Kind
from app.core.roles import Right
from app.core.russian import plural
from app.ui.ask import ValuesDialog, ask_values
from app.ui.desk import Desk
from app.ui.dropped import paths_of
from app.ui.page import Window
from app.ui.short_words import quoted
from app.usecases import documents
from app.usecases.document_names import kind_by_name, safe_name, size_in_words
from app.usecases.documents import NewFile

FILES = "Документы (*.pdf *.png *.jpg *.jpeg *.txt *.doc *.docx *.odt *.xls *.xlsx *.ods);;Все файлы (*)"
CHANGED = frozenset({"document"})


class Attaching:
    """What attaches files to one record.  where: (register, id, name of the record)."""

    def __init__(self, window: Window, desk: Desk, where: tuple[str, int, str]) -> None:
        self._window, self._desk = window, desk
        self._register, self._id, self._name = where

    def choose(self) -> None:
        """Ask for files of the disk."""
        if refused := self._desk.why_not(Right.WORK):
            raise refused
        paths, _ = QFileDialog.getOpenFileNames(None, f"Документы: {self._name}", str(Path.home()), FILES)
        if paths:
            self.take_paths([Path(path) for path in paths])

    def take_paths(self, paths: Sequence[Path]) -> None:
        """Read them, then ask what they are.  AppError for what is no file or over the limit."""
        limit = self._desk.read(documents.limit_of)
        self.ask([documents.file_of(path, limit) for path in paths])

    def paste(self) -> None:
        """What was copied: files, or a picture."""
        self.take(QGuiApplication.clipboard().mimeData())

    def take(self, data: QMimeData) -> None:
        """Files that were dropped or pasted, or a pasted picture."""
        if paths := paths_of(data):
            self.take_paths(paths)
        elif data.hasImage():
            self.ask([NewFile("Снимок.png", _png(data.imageData()))])
        else:
            raise AppError("В буфере нет ни файла, ни снимка.", "Скопируйте файл в проводнике и нажмите Ctrl+V снова.")

    def ask(self, files: Sequence[NewFile]) -> ValuesDialog:
        """Kind, day and note for these files; then they are attached."""
        total = self._desk.read(documents.totals)
        told = plural(len(files), "файл", "файла", "файлов") if len(files) > 1 else quoted(safe_name(files[0].name))
        size = size_in_words(sum(len(file.content) for file in files))
        text = (
            f"К записи «{self._name}», {size}. Файл ляжет в базу и уйдёт в её копии; сейчас в ней {total.told}."
            if "«" not in self._name
            else f"{self._name}: {size}. Файл ляжет в базу и уйдёт в её копии; сейчас в ней {total.told}."
        )
        if len(files) > 1:
            text += " Вид каждого предложен по названию: поправьте, где не так."
        kinds = kind_fields([safe_name(file.name) for file in files])
        return ask_values(
            self._window, self._desk, f"Прикрепить {told}", text, [*kinds, *about_fields()[1:]], "Прикрепить",
            lambda values: self._write(files, values, [field.key for field in kinds]),
            given={field.key: kind_by_name(file.name) for field, file in zip(kinds, files, strict=True)},
        )  # fmt: skip

    def _write(self, files: Sequence[NewFile], values: dict[str, Any], kinds: Sequence[str]) -> None:
        """kinds: the fields that tell what each file is."""
        names = safe_name(files[0].name) if len(files) == 1 else plural(len(files), "файл", "файла", "файлов")
        self._desk.write(
            "edit", f"Документ: {names}, {self._name}", documents.attach, self._register, self._id, files,
            [values[key] for key in kinds], values["dated_on"], values["note"] or "",
            changed=CHANGED | {self._register},
        )  # fmt: skip


LONGEST = 34
"""Signs of the name of a file that stand over its field; a longer one keeps both its ends."""


def kind_fields(names: Sequence[str]) -> list[Field]:
    """What each of the files is: one field for one file, for several one under the name of each."""
    if len(names) == 1:
        return about_fields()[:1]
    return [
        Field(f"kind{number}", _shortened(name), Kind.CHOICE, required=True, dictionary="document_kind")
        for number, name in enumerate(names)
    ]


def _shortened(name: str) -> str:
    half = LONGEST // 2
    return name if len(name) <= LONGEST else f"{name[:half]}…{name[-half + 1 :]}"


def about_fields() -> list[Field]:
    """What is told of a document."""
    return [
        Field("kind", "Что это", Kind.CHOICE, required=True, dictionary="document_kind"),
        Field("dated_on", "Дата документа", Kind.DATE),
        Field("note", "Примечание", Kind.TEXT, width=40, help="Например: подписанный экземпляр."),
    ]


def _png(picture: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    return bytes(buffer.data().data())
