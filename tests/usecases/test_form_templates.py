"""Forms of the committee in the file: added, marked, undone, archived, exchanged, filled."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from app.core.errors import AppError
from app.core.periods import Quarter
from app.models import Batch, JournalEntry, JournalValue
from app.reports.template_fill import TemplateFaults
from app.usecases import form_templates as forms
from app.usecases.undoing import undo_batch
from tests.factories import District
from tests.reports.foreign_form import RECIPIENTS, SUMMARY, foreign_form
from tests.reports.test_template_files import packed, parts

Q3 = Quarter(2026, 3)
FORM = foreign_form()


@pytest.fixture
def district(tmp_path: Path) -> Iterator[District]:
    with District(tmp_path, today="2026-07-06") as found:
        svet = found.ngo("АНО «Светлый берег»", sonko=True, activities=["1"])
        found.at("2026-08-12").support(svet, "50 000")
        found.service(found.centre("АНО «Опора»"), "К4", [svet])
        yield found


def added(district: District, name: str = "Форма 1") -> int:
    return district.write(forms.add_template, FORM, name, "письмо от 01.09.2026")


def last_batch(district: District) -> int:
    return district.read(lambda session: session.scalars(select(Batch.id).order_by(Batch.id.desc())).first())


def test_a_template_is_kept_as_it_came_and_exchanged_as_a_file(district: District, tmp_path: Path) -> None:
    id = added(district)
    (row,) = district.read(forms.templates)
    assert (row.name, row.note, row.added_by, row.file_name) == (
        "Форма 1", "письмо от 01.09.2026", "Куратор", "Форма 1.xlsx",
    )  # fmt: skip
    assert district.read(forms.template_file, id) == FORM
    (tmp_path / row.file_name).write_bytes(district.read(forms.template_file, id))
    again = district.write(forms.add_template, forms.read_template(tmp_path / row.file_name), "Форма 1 (копия)")
    assert district.read(forms.template_file, again) == FORM
    assert district.read(lambda session: session.execute(text("SELECT count(*) FROM template_file")).scalar()) == 1


def test_names_are_there_and_differ(district: District) -> None:
    id = added(district)
    with pytest.raises(AppError, match="Шаблон «форма 1» уже есть"):
        added(district, " форма  1 ")
    with pytest.raises(AppError, match="Название шаблона не указано"):
        added(district, "  ")
    district.write(forms.rename_template, id, "Форма 1", "новая заметка")
    district.write(forms.archive_template, id)
    assert district.read(forms.templates) == ()
    assert [row.archived for row in district.read(forms.templates, archived=True)] == [True]
    added(district)


def test_a_workbook_with_a_broken_sheet_is_not_kept(district: District) -> None:
    spoilt = packed(parts(FORM) | {"xl/worksheets/sheet2.xml": b"<worksheet><sheetData>"})
    with pytest.raises(AppError, match="«Форма 1» повреждён"):
        district.write(forms.add_template, spoilt, "Форма 1")
    assert district.read(forms.templates) == ()


def test_a_mark_that_was_put_is_undone_and_put_again(district: District) -> None:
    id = added(district)
    district.write(forms.put_mark, id, SUMMARY, "A20", "{{head.oktmo}}")
    marked = district.read(forms.template_file, id)
    assert load_workbook(BytesIO(marked))[SUMMARY]["A20"].value == "{{head.oktmo}}"
    undone = district.write(undo_batch, last_batch(district), kind="undo")
    assert district.read(forms.template_file, id) == FORM
    district.write(undo_batch, undone.batch_id, kind="undo")
    assert district.read(forms.template_file, id) == marked
    district.write(forms.write_cell, id, SUMMARY, "A20", "")
    assert load_workbook(BytesIO(district.read(forms.template_file, id)))[SUMMARY]["A20"].value is None


def test_adding_is_undone_to_the_archive(district: District) -> None:
    id = added(district)
    undone = district.write(undo_batch, last_batch(district), kind="undo")
    assert district.read(forms.templates) == ()
    with pytest.raises(AppError, match="Такого шаблона нет"):
        district.read(forms.template_file, id)
    district.write(undo_batch, undone.batch_id, kind="undo")
    assert district.read(forms.template_file, id) == FORM


def test_the_journal_names_the_file_and_does_not_hold_it(district: District) -> None:
    added(district)

    def journalled(session) -> dict[str, str]:
        query = (
            select(JournalValue.field, JournalValue.after)
            .join(JournalEntry, JournalEntry.id == JournalValue.entry_id)
            .where(JournalEntry.table_name == "template_file")
        )
        return dict(session.execute(query).all())

    held = district.read(journalled)
    assert held["sha256"] == hashlib.sha256(FORM).hexdigest()
    assert all(len(text) <= 64 for text in held.values()), "of the bytes the journal has their hash alone"


@pytest.mark.parametrize("deed", ["UPDATE template_file SET content = x'00'", "DELETE FROM template_file"])
def test_a_kept_file_is_never_changed(district: District, deed: str) -> None:
    added(district)
    with pytest.raises(DBAPIError, match="never"):
        district.write(lambda session: session.connection().exec_driver_sql(deed))


def test_a_form_is_filled_from_a_draft_and_then_from_the_approved_return(district: District) -> None:
    id = added(district)
    district.at("2026-10-05")
    with pytest.raises(AppError, match="не утверждён"):
        district.read(forms.fill_template, id, Q3)
    book = load_workbook(BytesIO(district.read(forms.fill_template, id, Q3, draft=True)))
    assert book[SUMMARY]["B5"].value == 50000
    assert book[SUMMARY]["A14"].value == 1, "К4 of the centre № 1, year to date"
    assert book[RECIPIENTS]["B5"].value is None, "a decision without an entry is not in the register yet"


def test_faults_name_the_template(district: District) -> None:
    id = added(district)
    district.write(forms.put_mark, id, SUMMARY, "A20", "{{head.octmo}}")
    with pytest.raises(TemplateFaults, match=r"«Форма 1».*Сводка!A20.*head\.oktmo"):
        district.at("2026-10-05").read(forms.fill_template, id, Q3, draft=True)


def test_marks_know_the_centres_and_dictionaries_of_the_district(district: District) -> None:
    marks = district.read(forms.lexicon)
    assert marks.read("3.Опора.К4.cases.year") is None, "the name as it stands in the register"
    assert marks.read("3.АНО Опора.К4.cases.year") == "3.1.К4.cases.year"
    assert marks.read("4.finance.end.quarter") == "4.finance.end.quarter"
    assert list(marks.activities)[:3] == ["1", "2", "3"]


def test_names_of_filled_files_can_be_written_anywhere() -> None:
    assert forms.filled_file_name("Форма 1/2: «сводная»", Q3) == "Форма 1 2  «сводная»_2026-Q3.xlsx"
    assert forms.filled_file_name("Форма", Q3, draft=True) == "Форма_2026-Q3_черновик.xlsx"
