"""What a template must not be, what is kept of odd ones, and what an office program makes of a filled one."""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment
from openpyxl.worksheet.table import Table

from app.core.errors import AppError
from app.reports.template_book import MAX_BYTES
from app.reports.template_fill import fill_template
from app.reports.template_scan import template_faults
from app.reports.template_view import template_view, with_text
from tests.reports.foreign_form import RECIPIENTS, SUMMARY, foreign_form
from tests.reports.reading import sheets
from tests.reports.template_lexicon import ENVELOPE, RET, sample_lexicon, sample_paper

MARKS = sample_lexicon()
FORM = foreign_form()


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(members: dict[str, bytes]) -> bytes:
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return kept.getvalue()


def changed(name: str, old: bytes, new: bytes, **more: bytes) -> bytes:
    members = parts(FORM)
    assert old in members[name]
    members[name] = members[name].replace(old, new)
    return packed(members | more)


SHEET = "xl/worksheets/sheet1.xml"
BOMB = b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
HOSTILE = {
    "old": (OLE + bytes(5000), "старого вида (.xls)"),
    "locked": (OLE + "EncryptedPackage".encode("utf-16-le") + bytes(900), "закрыта паролем"),
    "no table": (b"%PDF-1.7 ...", "не книга Excel"),
    "cut": (FORM[: len(FORM) // 2], "повреждён"),
    "macros": (packed(parts(FORM) | {"xl/vbaProject.bin": b"\0"}), "макросы"),
    "macros by type": (changed("[Content_Types].xml", b"spreadsheetml.sheet.main+xml", b"sheet.macroEnabled.main+xml"),
                       "макросы"),
    "other archive": (packed({"word/document.xml": b"<w/>"}), "повреждён"),
    "opendocument": (packed({"content.xml": b"<x/>", "mimetype": b"ods"}), "не книга .xlsx"),
    "entities": (changed(SHEET, b"<worksheet", BOMB + b"<worksheet"), "повреждён"),
    "no xml": (packed(parts(FORM) | {SHEET: b"<worksheet><sheetData>"}), "повреждён"),
    "deep": (packed(parts(FORM) | {SHEET: b"<a>" * 5000 + b"</a>" * 5000}), "повреждён"),
    "strange address": (changed(SHEET, b'r="B5"', b'r="5B"'), "повреждён"),
    "large": (bytes(MAX_BYTES + 1), "это не шаблон"),
    "bomb": (packed(parts(FORM) | {SHEET: b"<a/>" + b" " * 40_000_000}), "слишком велика"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_template_is_refused_with_a_sentence(name: str) -> None:
    content, sentence = HOSTILE[name]
    with pytest.raises(AppError) as refused:
        template_view(content, MARKS, "Форма 1")
    assert sentence in refused.value.message
    assert "Форма 1" in refused.value.message
    assert refused.value.hint


def test_spoilt_files_are_told_and_break_nothing(scale: Callable[[int], int]) -> None:
    """One changed byte in a part: the form is filled as it can be, or refused with a sentence."""
    random = Random(47)
    members = parts(FORM)
    names = [name for name in members if name.endswith((".xml", ".rels", ".vml"))]
    told = 0
    for _ in range(scale(800)):
        name = random.choice(names)
        spoilt = bytearray(members[name])
        for _ in range(random.choice((1, 1, 3))):
            spoilt[random.randrange(len(spoilt))] = random.choice(b"0123456789AZ:<>/\"' \x00\xff")
        try:
            fill_template(packed(members | {name: bytes(spoilt)}), MARKS, sample_paper())
        except AppError:
            told += 1
    assert told


def test_what_is_not_touched_stays_byte_for_byte() -> None:
    odd = b'<xml xmlns:o="urn:x"><o:shape>as it was</o:shape></xml>'
    form = packed(parts(FORM) | {"customXml/item1.xml": odd, "xl/media/own.bin": b"\0\1\2"})
    old, new = parts(form), parts(fill_template(form, MARKS, sample_paper()))
    assert set(old) == set(new)
    for name in ("xl/theme/theme1.xml", "customXml/item1.xml", "xl/media/own.bin", "xl/media/image1.png"):
        assert new[name] == old[name], name


def test_prefixes_that_only_an_attribute_names_are_kept() -> None:
    head = (
        b'<worksheet xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac xr" '
        b'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" xmlns:xr="urn:xr"'
    )
    new = parts(fill_template(changed(SHEET, b"<worksheet", head), MARKS, sample_paper()))[SHEET]
    for words in (b'mc:Ignorable="x14ac xr"', b'xmlns:xr="urn:xr"', b"xmlns:x14ac="):
        assert words in new


def test_a_sheet_with_a_prefix_and_without_addresses_is_filled() -> None:
    book = (
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row>'
        '<x:c t="inlineStr"><x:is><x:t>{{head.oktmo}}</x:t></x:is></x:c><x:c/>'
        '<x:c t="inlineStr"><x:is><x:t>{{102.quarter}}</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>'
    )
    content = fill_template(packed(parts(FORM) | {SHEET: book.encode()}), MARKS, sample_paper())
    sheet = load_workbook(BytesIO(content))[SUMMARY]
    assert (sheet["A1"].value, sheet["C1"].value) == (RET.head.oktmo, RET["102"].quarter)


def test_shared_formulas_are_written_out_where_rows_move() -> None:
    book = load_workbook(BytesIO(FORM))
    sheet = book[RECIPIENTS]
    for row in (6, 7):
        sheet[f"I{row}"] = row
        sheet[f"J{row}"] = f"=I{row}*2"
    kept = BytesIO()
    book.save(kept)
    members = parts(kept.getvalue())
    name = "xl/worksheets/sheet2.xml"
    members[name] = members[name].replace(b"<f>I6*2</f>", b'<f t="shared" ref="J6:J7" si="0">I6*2</f>')
    members[name] = members[name].replace(b"<f>I7*2</f>", b'<f t="shared" si="0"/>')
    added = len(RET.annex_a) - 1
    new = load_workbook(BytesIO(fill_template(packed(members), MARKS, sample_paper())))[RECIPIENTS]
    assert new[f"J{6 + added}"].value == f"=I{6 + added}*2"
    assert new[f"J{7 + added}"].value == f"=I{7 + added}*2"


_INLINE = re.compile(rb'<c ([^>]*)t="inlineStr"[^>]*><is>(.*?)</is></c>', re.DOTALL)
SECOND = "xl/worksheets/sheet2.xml"
ADDED = len(RET.annex_a) - 1
GROWN = ADDED + len(RET.annex_b) - 1
RELATION = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"


def test_texts_that_cells_share_are_filled_and_leave_no_mark_behind() -> None:
    """As Excel writes them: a cell names its text by number, and several may name one."""
    members, texts = parts(FORM), []

    def share(found: re.Match[bytes]) -> bytes:
        if found[2] not in texts:
            texts.append(found[2])
        return b'<c %st="s"><v>%d</v></c>' % (found[1], texts.index(found[2]))

    for name in (SHEET, SECOND):
        members[name], count = re.subn(_INLINE, share, members[name])
        assert count > 10
    items = b"".join(b"<si>%s</si>" % text for text in texts)
    head = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    members["xl/sharedStrings.xml"] = head + items + b"</sst>"
    link = b'<Relationship Type="%s" Target="sharedStrings.xml" Id="rId9"/></Relationships>' % RELATION
    relations = "xl/_rels/workbook.xml.rels"
    members[relations] = members[relations].replace(b"</Relationships>", link)
    filled = fill_template(packed(members), MARKS, sample_paper())
    assert sheets(filled) == sheets(fill_template(FORM, MARKS, sample_paper()))
    assert b"{{" not in parts(filled)["xl/sharedStrings.xml"]


def test_notes_stay_at_their_cells() -> None:
    vml = next(name for name in parts(FORM) if name.endswith(".vml"))
    old, new = parts(FORM)[vml], parts(fill_template(FORM, MARKS, sample_paper()))[vml]
    assert b"Row>6</" in old
    assert b"Row>%d</" % (6 + ADDED) in new
    excel = b"<x:Anchor>\n 5, 15, 6, 2, 7, 31, 10, 9</x:Anchor><x:Row>6</x:Row>"
    form = packed(parts(FORM) | {vml: b"<xml><br>" + excel + b"</xml>"})  # Excel's notes are not always XML
    moved = b"5, 15, %d, 2, 7, 31, %d, 9</x:Anchor><x:Row>%d</x:Row>" % (6 + ADDED, 10 + GROWN, 6 + ADDED)
    assert moved in parts(fill_template(form, MARKS, sample_paper()))[vml]


def test_smart_tables_are_refused_where_they_would_break() -> None:
    """Under a repeated row they would have to move, and words of their head are kept twice."""
    book = load_workbook(BytesIO(FORM))
    book[SUMMARY]["G1"], book[SUMMARY]["H1"], book[SUMMARY]["G2"] = "{{head.year}}", "План", 1
    book[SUMMARY].add_table(Table(displayName="Годы", ref="G1:H2"))
    for address in ("J20", "J21"):
        book[RECIPIENTS][address] = address
    book[RECIPIENTS].add_table(Table(displayName="Внизу", ref="J20:J21"))
    kept = BytesIO()
    book.save(kept)
    found = {fault.place: fault.text for fault in template_faults(kept.getvalue(), MARKS)}
    assert set(found) == {f"{SUMMARY}!G1", f"{RECIPIENTS}!J20:J21"}
    assert all("обычный диапазон" in text for text in found.values())


def test_newer_rules_follow_their_rows() -> None:
    rules = (
        '<extLst><ext xmlns:x14="urn:x14" xmlns:xm="urn:xm" uri="{78C0D931}"><x14:conditionalFormattings>'
        '<x14:conditionalFormatting><x14:cfRule type="expression"><xm:f>E6&gt;SUM($E$5:$E$5)</xm:f></x14:cfRule>'
        "<xm:sqref>E6:E7</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst></worksheet>"
    )
    form = changed(SECOND, b"</worksheet>", rules.encode())
    new = parts(fill_template(form, MARKS, sample_paper()))[SECOND].decode()
    assert f"<xm:sqref>E{6 + ADDED}:E{7 + ADDED}</xm:sqref>" in new
    assert f"<xm:f>E{6 + ADDED}&gt;SUM($E$5:$E${5 + ADDED})</xm:f>" in new


def test_a_template_of_excel_becomes_a_workbook() -> None:
    """`.xltx` saved under the name of a workbook: Excel would refuse the filled file for its type."""
    kind = b"spreadsheetml.sheet.main+xml"
    form = changed("[Content_Types].xml", kind, b"spreadsheetml.template.main+xml")
    assert kind in parts(fill_template(form, MARKS, sample_paper()))["[Content_Types].xml"]


def test_results_kept_by_another_program_are_forgotten() -> None:
    """A sum computed before the filling would be shown as if it were of these figures."""
    form = changed(SHEET, b"<f>SUM(B5:B6)</f><v", b"<f>SUM(B5:B6)</f><v>999</v><v")
    assert b"999" not in parts(fill_template(form, MARKS, sample_paper()))[SHEET]


def test_long_words_make_their_row_taller_and_never_shorter() -> None:
    book = Workbook()
    sheet = book.active
    sheet["A1"], sheet["A2"], sheet["A3"] = "{{701.note}}", "{{701.note}}", "{{701.note}}"
    for row in (1, 2):
        sheet[f"A{row}"].alignment = Alignment(wrap_text=True)
    sheet.row_dimensions[2].height = 150
    kept = BytesIO()
    book.save(kept)
    rows = load_workbook(BytesIO(fill_template(kept.getvalue(), MARKS, sample_paper()))).active.row_dimensions
    assert rows[1].height > 40, "50 letters in a narrow column"
    assert rows[2].height == 150, "what was drawn tall enough stays"
    assert rows[3].height is None, "a line that does not wrap needs no more"


def test_a_mark_is_put_into_a_cell_that_the_sheet_does_not_have_yet() -> None:
    content = with_text(FORM, SUMMARY, "C12", "{{202.year}}", ENVELOPE.frozen_on)
    content = with_text(content, SUMMARY, "B4", "{{head.period}}", ENVELOPE.frozen_on, add=True)
    content = with_text(content, SUMMARY, "A10", "от {{head.date}}", ENVELOPE.frozen_on, add=True)
    sheet = load_workbook(BytesIO(content), rich_text=True)[SUMMARY]
    assert sheet["C12"].value == "{{202.year}}"
    assert sheet["B4"].value == "квартал {{head.period}}"
    assert str(sheet["A10"].value).endswith("тел. {{head.executor.phone}} от {{head.date}}")
    assert sheet["A10"].value[1].font.b, "the looks within the text stay"
    assert sheet["B4"].fill.fgColor.rgb == "FFDDDDDD"
    with pytest.raises(AppError, match="В ячейке B8 формула"):
        with_text(FORM, SUMMARY, "B8", "{{202.year}}", ENVELOPE.frozen_on)


def test_the_screen_sees_texts_merges_and_faults() -> None:
    content = with_text(FORM, SUMMARY, "C12", "{{202.yaer}}", ENVELOPE.frozen_on)
    view = template_view(content, MARKS)
    assert [sheet.name for sheet in view.sheets] == [SUMMARY, RECIPIENTS]
    summary, recipients = view.sheets
    assert summary.cells[8, 2].text == "=SUM(B5:B6)"
    assert summary.cells[5, 2].marked
    assert not summary.cells[8, 2].marked
    assert (1, 1, 1, 5) in summary.spans
    assert "Ближайшая — {{202.year}}" in summary.cells[12, 3].fault
    assert recipients.lists == {5: "register", 10: "needs"}
    assert len(view.faults) == 1


def converted(office: Path, folder: Path, content: bytes) -> bytes:
    """The workbook opened by LibreOffice and saved anew."""
    (folder / "форма.xlsx").write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(office), profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"]
    call = [*command, str(folder / "out"), str(folder / "форма.xlsx")]
    subprocess.run(call, check=True, capture_output=True, timeout=180)
    return (folder / "out" / "форма.xlsx").read_bytes()


def assert_shown_as_meant(found: dict[str, list[list[Any]]], ours: dict[str, list[list[Any]]]) -> None:
    """Every value of ours, and what the formulas give over the repeated rows."""
    last = 5 + len(RET.annex_a) - 1
    recipients = found[RECIPIENTS]
    assert recipients[last][4] == pytest.approx(float(sum(entry.amount for entry in RET.annex_a)))
    assert sum(row[5] for row in recipients[4:last]) == pytest.approx(1)
    assert recipients[last + len(RET.annex_b) + 4][3] == len(RET.annex_b)
    assert found[SUMMARY][8][1] == len(RET.annex_a)
    for name in (SUMMARY, RECIPIENTS):
        for row, line in enumerate(ours[name]):
            for column, value in enumerate(line):
                if value != "":  # a formula of ours has no result yet
                    assert found[name][row][column] == value, (name, row, column)


def test_an_office_program_shows_the_filled_form_as_we_mean_it(office: Path, tmp_path: Path) -> None:
    """LibreOffice computes the formulas over the repeated rows and keeps the book when it saves it anew."""
    filled = fill_template(FORM, MARKS, sample_paper())
    assert_shown_as_meant(sheets(converted(office, tmp_path, filled)), sheets(filled))


def test_a_template_saved_by_an_office_program_is_filled_alike(office: Path, tmp_path: Path) -> None:
    """There and back: LibreOffice writes other XML for the same form (styles, texts, names, rules)."""
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    theirs = fill_template(converted(office, tmp_path / "one", FORM), MARKS, sample_paper())
    ours = fill_template(FORM, MARKS, sample_paper())
    assert_shown_as_meant(sheets(converted(office, tmp_path / "two", theirs)), sheets(ours))
    book = load_workbook(BytesIO(theirs))
    assert book[SUMMARY]["B5"].number_format == "#,##0.0,"
    last = 4 + len(RET.annex_a)
    assert book[RECIPIENTS][f"E{last + 1}"].value == f"=SUM(E5:E{last})"
    assert len(book[RECIPIENTS]._images) == len(book[RECIPIENTS]._charts) == 1
