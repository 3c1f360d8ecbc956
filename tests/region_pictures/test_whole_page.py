"""«Свод»: every figure is the consolidation's, opens districts, cells and rows; it is written and approved."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication

from app.region.consolidate import Consolidation, consolidate
from app.region.expected import District
from app.region.figures import Figure
from app.region.measures import changes
from app.returns.form import RowKind
from app.ui.pages.return_grid import MOST_LINES
from app.ui.russian_qt import font
from app.ui.table_view import in_lines
from tests.region_pictures.oblast import (
    BARE,
    HELD_OVER,
    MISSING,
    NAMES,
    Q1,
    Q2,
    Q3,
    changed,
    received,
    returned,
    returns,
)
from tests.region_pictures.pages import Pictures, plain

KEPT = "211.3.quarter"
EXPECTED = tuple(District(code, f"{name} район") for code, name in NAMES.items())


@pytest.fixture(scope="module")
def counted() -> Consolidation:
    """The same quarter, counted here."""
    return consolidate(Q3, returns(Q3), EXPECTED, {Q2: returns(Q2)})


def written(figure: Figure, places: int) -> str:
    """A figure as a person writes it."""

    def one(value: Decimal) -> str:
        return f"{value:,.{places}f}".replace(",", " ").replace(".", ",")

    if figure.value is None:
        return "—"
    if figure.upper is None:
        return one(figure.value)
    if figure.upper == figure.value:
        return f"{one(figure.value)}, без состава"
    return f"от {one(figure.value)} до {one(figure.upper)}"


def test_every_figure_of_the_seven_tables_is_the_consolidation(oblast: Pictures, counted: Consolidation) -> None:
    page = oblast.open("whole")
    places = {f"{spec.measure}.{period}": spec.places for spec in counted.form.rows for period in ("quarter", "year")}
    for table, columns in (("3", counted.form.service_columns), ("4", counted.form.need_columns)):
        keys = [one.key for one in (counted.services if table == "3" else counted.needs)]
        for period in ("quarter", "year"):
            places |= {f"{key}.{column.key}.{period}": column.places for key in keys for column in columns}
    seen = set()
    for number in range(1, 8):
        page.show_section(number)
        for inner in range(len(page._sheets)):
            page.show_section(number, inner)
            for line in page.grid.model_.sheet.lines:
                for cell in line.cells:
                    if cell.name in counted.cells:
                        assert plain(cell.text) == written(counted[cell.name], places.get(cell.name, 0)), cell.name
                        seen.add(cell.name)
    plans = {cell for cell in counted.cells if cell.endswith(".plan") or ".plan." in cell}
    assert seen | plans == set(counted.cells) | plans
    assert page.go_to("210.quarter")
    assert page.grid.cell.text.startswith("от")


def test_a_figure_opens_its_districts_then_the_cell_then_the_rows_by_keyboard(oblast: Pictures) -> None:
    page = oblast.open("whole")
    assert page.go_to(KEPT)
    page.grid.setFocus()
    oblast.key(Qt.Key.Key_Return)
    rows = oblast.down().rows()
    assert len(rows) == 18
    for row in rows:
        code = next(code for code, name in NAMES.items() if row[0].startswith(name))
        if code in (MISSING, HELD_OVER):
            assert row[1:4] == ["—", "—", "отчёта нет"]
            continue
        assert row[1] == written(Figure(returned(code, Q3).rows["211.3"].quarter), 2)
    bars = page.opened.tables[0].itemDelegate()
    assert bars._most == max(float(row[2].removesuffix(" %").replace(",", ".")) for row in rows if row[2] != "—")
    shares = [Decimal(row[2].removesuffix(" %").replace(",", ".")) for row in rows if row[2] != "—"]
    assert abs(sum(shares) - 100) < 1

    place = next(place for place, row in enumerate(rows) if row[0].startswith("Волховский"))
    page.opened.tables[0].choose(place)
    oblast.key(Qt.Key.Key_Return)
    opened = oblast.down()
    own = returned("41609000", Q3)
    assert opened.title.startswith("Волховский район. 211.3 размер, за квартал: ")
    assert "Приложение А" in opened.told
    assert opened.told.endswith("В отчёте района это 211.3, графа 5."), "as the paper calls it, not as the program"
    decisions = [row for row in (*own.annex_a, *own.annex_a_pending) if row.account == Q3 and row.form == "211"]
    assert sum(Decimal(row[5].removesuffix(" ₽").replace(" ", "").replace(",", ".")) for row in opened.rows()) == sum(
        row.amount for row in decisions
    )
    assert len(opened.rows()) == len(decisions)

    oblast.window.step_back()
    assert page.opened.tables[0].row == place
    oblast.window.step_back()
    assert page.stack.currentWidget() is page.work
    assert page.grid.cell.name == KEPT
    assert page.grid.hasFocus()


def test_what_no_annex_holds_ends_at_the_cell_and_says_so(oblast: Pictures) -> None:
    page = oblast.open("whole")
    assert page.go_to("203.year")
    page.open_cell("203.year")
    page.opened.go_deeper(0)
    assert "дальше ячейки района проследить нельзя" in oblast.down().told
    assert not page.opened.tables
    page.opened.go_deeper(0)
    assert "Дальше открывать нечего" in oblast.notice


def test_a_set_tells_whom_it_counts_and_a_bare_number_that_it_is_bare(oblast: Pictures) -> None:
    page = oblast.open("whole")
    page.open_cell("303.quarter")
    page.opened.go_deeper(3)
    assert all("центр" in row[1].lower() or "Дом НКО" in row[1] for row in oblast.down().rows())
    page.opened.steps.clear()
    page.open_cell("210.quarter")
    opened = oblast.down()
    assert f"без списка прислали {NAMES[BARE]} район" in opened.told
    assert next(row for row in opened.rows() if row[0].startswith(NAMES[BARE]))[3].startswith("без состава")


def test_who_is_missing_and_whose_year_is_held_over_stands_beside(oblast: Pictures) -> None:
    page = oblast.open("whole")
    told = {plain(view.note.title): plain(view.note.text) for view in page.notes.views}
    assert plain(page.header.fact.text()) == "III квартал 2026 г., отчёты 16 районов из 18"
    assert page.notes.title.text() == "Не хватает: 2"
    assert "по отчёту за II квартал 2026 г." in told[f"{NAMES[HELD_OVER]} район"]
    assert told[f"{NAMES[MISSING]} район"] == "Не входит ни в квартал, ни в год."
    assert "без списка организаций" in told[f"{NAMES[BARE]} район"]


def test_findings_of_the_checks_are_walked_and_opened(oblast: Pictures) -> None:
    page = oblast.open("whole")
    found = page.shown.findings
    assert {one.check for one in found} >= {"43", "46"}
    beside = [view.note.beside for view in page.notes.views]
    assert beside.count("контроль 46") == sum(one.check == "46" for one in found)
    idle = next(view for view in page.notes.views if "ни одной услуги" in plain(view.note.text))
    while not idle.hasFocus():
        page.next_finding(1)
    oblast.key(Qt.Key.Key_Return)
    assert page.grid.cell.name == "301.quarter"
    assert page.grid.hasFocus()


def test_changes_are_of_the_same_districts(oblast: Pictures) -> None:
    page = oblast.open("whole")
    compared = changes(Q3, Q2, {Q2: returns(Q2), Q3: returns(Q3)}, EXPECTED)
    for code in ("101", "301", "211.2"):
        assert page.go_to(f"{code}.before")
        percent = compared.cells[f"{code}.quarter"].percent
        assert percent is not None
        told = f"{abs(percent):.1f}".replace(".", ",")
        sign = "+" if percent > 0 else "−" if percent < 0 else ""
        assert plain(page.grid.cell.text) == f"{sign}{told} %"
        page.open_cell(f"{code}.before")
        rows = oblast.down().rows()
        assert sum(row[3] == "нет одного из отчётов" for row in rows) == 2
        page.step_back()
    page.go_to("101.ago")
    assert page.grid.cell.text == "—"
    assert "сравнить не с чем" in page.strip.behind.text()


def test_the_figure_of_the_strip_is_read_whatever_the_width(oblast: Pictures) -> None:
    page = oblast.open("whole")
    for size in ((1366, 768), (910, 512)):
        oblast.window.resize(*size)
        assert page.go_to("203.year")
        oblast.settle()
        value = page.strip.value
        assert plain(value.text()) == plain(page.grid.cell.text) != ""
        assert value.width() >= value.fontMetrics().horizontalAdvance(value.text()), size
        assert page.strip.told.width() > 60
        assert f"{page.strip.told.text()} {value.text()}" in page.strip.words


def test_no_name_of_a_row_is_cut(oblast: Pictures) -> None:
    """A name that one line does not hold has up to four."""
    page = oblast.open("whole")
    metrics = QFontMetrics(font(14))
    for size in ((910, 512), (1093, 614), (1366, 768)):
        oblast.window.resize(*size)
        oblast.settle()
        page.show_section(1)
        sheet = page.grid.model_.sheet
        for place, line in enumerate(sheet.lines):
            if line.head:
                continue
            name = line.cells[sheet.fill]
            room = page.grid.columnWidth(sheet.fill) - 16 - 12 * name.indent
            written = in_lines(name.text, metrics, room, MOST_LINES)
            assert " ".join(written) == name.text, (size, name.text)
            assert page.grid.rowHeight(place) >= 18 * len(written)
    assert not page.grid.horizontalScrollBar().isVisible()
    oblast.window.resize(910, 512)
    oblast.settle()
    assert not page.grid.horizontalScrollBar().isVisible(), "all its columns stand in the smallest window"


def test_districts_that_stand_out_are_named(oblast: Pictures) -> None:
    page = oblast.open("whole")
    cells = [spec.measure for spec in page.shown.whole.form.rows if spec.kind is not RowKind.TEXT]
    out = {code: page.shown.standing_out(f"{code}.quarter") for code in cells}
    code = next(code for code, found in out.items() if found)
    assert page.go_to(f"{code}.out")
    assert plain(page.grid.cell.text).startswith(str(len(out[code])))
    assert plain(page.strip.behind.text()).startswith(plain(out[code][0].text))
    page.open_cell(f"{code}.out")
    assert sum("середины" in row[3] for row in oblast.down().rows()) == len(out[code])


def test_what_is_opened_is_copied_and_written(oblast: Pictures, tmp_path: Path) -> None:
    page = oblast.open("whole")
    page.open_cell("301.quarter")
    page.opened.copy_.click()
    lines = plain(QGuiApplication.clipboard().text()).splitlines()
    assert lines[0].startswith("301 Записей об услугах, за квартал")
    assert len(lines) == 2 + 1 + 18
    page.opened.save_to(tmp_path / "районы.xlsx")
    oblast.settle()
    sheet = openpyxl.load_workbook(tmp_path / "районы.xlsx").worksheets[0]
    values = [[cell.value for cell in row] for row in sheet.iter_rows()]
    row = next(row for row in values if row[0] == "Волховский район")
    assert row[1] == returned("41609000", Q3).rows["301"].quarter


def test_it_is_written_as_pdf_workbook_and_page(oblast: Pictures, tmp_path: Path) -> None:
    page = oblast.open("whole")
    for kind, beginning in (("pdf", b"%PDF"), ("xlsx", b"PK"), ("html", b"<!DOCTYPE html>")):
        page.deeds.save_to(kind, tmp_path / f"свод.{kind}")
        oblast.settle()
        assert (tmp_path / f"свод.{kind}").read_bytes().startswith(beginning)
    assert "Записано в «свод.html»" in oblast.notice


def approve(oblast: Pictures, page: Any) -> None:
    page.approve.click()
    oblast.dialog.primary.click()
    oblast.settle()


def test_an_approved_one_is_listed_with_what_changed_since(oblast: Pictures) -> None:
    page = oblast.open("whole")
    approve(oblast, page)
    assert [plain(note.title) for note in page.deeds.kept] == ["№ 1, 25.10.2026"]
    assert page.deeds.kept[0].text == "С тех пор ничего не изменилось."
    page.approve.click()
    assert "уже утверждён" in oblast.notice

    newer = changed(returned("41609000", Q3), "211.2", 77)
    oblast.desk.write("intake", "Принят", lambda session: session.add(received(newer)), changed={"received_return"})
    oblast.settle()
    note = next(view.note for view in page.notes.views if plain(view.note.title).startswith("№ 1"))
    assert "Волховский муниципальный район: уточнённый № 1" in plain(note.text)
    assert page.go_to("211.2.quarter")
    page.open_cell("211.2.quarter")
    assert ["Волховский район", "77"] in [row[:2] for row in oblast.down().rows()]
    page.step_back()
    note.act()
    assert oblast.dialog.title.text().replace("\u00a0", " ") == "Свод за III квартал 2026 г., № 1"
    oblast.dialog.close_dialog(done=False)
    approve(oblast, page)
    assert [plain(one.title).partition(",")[0] for one in page.deeds.kept] == ["№ 2", "№ 1"]


def test_another_quarter_is_a_key_away_and_is_for_all_pages(oblast: Pictures) -> None:
    page = oblast.open("whole")
    page.grid.setFocus()
    page.step_quarter(-1)
    oblast.settle()
    assert page.shown.quarter == Q2
    assert "отчёты 17 районов из 18" in plain(page.header.fact.text())
    assert oblast.open("tiles").shown is page.shown
    page.step_quarter(-1)
    assert not page.pictures.reading
    assert page.quarters == (Q3, Q2)


def test_bars_by_quarter_open_their_figures(oblast: Pictures) -> None:
    page = oblast.open("whole")
    page.show_section(8)
    oblast.settle()
    bars = page.charts.cards["301.quarter"].chart.buttons
    told = [plain(button.accessibleName()) for button in bars]
    for quarter, count in ((Q2, 17), (Q3, 16)):
        records = sum(int(ret.rows["301"].quarter or 0) for ret in returns(quarter).values())
        assert f"{plain(quarter.title)}, {count} из 18 районов: {records}" in told
    bare = page.charts.cards["302.quarter"]
    assert [bar.title for bar in bare.chart.bars] == []
    assert plain(bare.chart.accessibleName()).endswith("по кварталам, разных за квартал; II 26, III 26 без состава")
    assert [(plain(button.bar.beside), button.bar.part) for button in bars] == [("17 из 18", True), ("16 из 18", True)]
    bars[0].click()
    oblast.settle()
    assert page.shown.quarter == Q2
    assert oblast.down().title.startswith("301 Записей об услугах")


def test_another_section_leaves_what_was_opened_below_a_figure(oblast: Pictures) -> None:
    page = oblast.open("whole")
    for leave in (page.sections[2].click, lambda: oblast.key(Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)):
        page.show_section(1)
        page.open_cell("101.quarter")
        oblast.settle()
        assert page.stack.currentWidget() is page.opened
        leave()
        oblast.settle()
        assert page.stack.currentWidget() is page.work
        assert (page.tab, page.grid.cell.name) == (3, "301.quarter")


def test_a_quarter_without_returns_says_what_to_do(oblast: Pictures) -> None:
    page = oblast.open("whole", quarter=Q1)
    assert page.stack.currentWidget() is page.empty
    assert plain(page.empty.title.text()) == "За I квартал 2026 г. отчётов нет"
    assert not any(button.isVisible() for button in page.header.deeds.values())
    page.empty.second.click()
    oblast.settle()
    assert page.shown.quarter == Q3
    assert page.stack.currentWidget() is page.work
