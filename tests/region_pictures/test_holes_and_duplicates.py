"""«Незакрытые» and «Дублирование»: weights that add up, centres side by side, reasons given and taken back."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

from app.region.costs import Costs, UnitCost
from app.ui.region.side_by_side import sides_of
from app.ui.russian_qt import font
from app.ui.table_view import PADDING
from app.usecases.region_plans import save_centre, save_plan
from tests.pages import type_text
from tests.region_pictures.oblast import CENTRES, Q3, returned
from tests.region_pictures.pages import Pictures, plain, table_rows
from tests.returns.examples import number


def whole_number(text: str) -> int:
    return int(text.replace(" ", ""))


def test_holes_stand_by_weight_and_the_weight_adds_up(oblast: Pictures) -> None:
    page = oblast.open("holes")
    rows = table_rows(page.table)
    weights = [whole_number(row[8].removeprefix("≥ ")) for row in rows]
    assert len(rows) == len(page.shown.coverage.holes) > 50
    assert weights == sorted(weights, reverse=True)
    for place in (0, 5, 20):
        page.table.choose(place)
        parts = [plain(view.note.beside) for view in page.notes.views if "×" in view.note.beside]
        products = []
        for part in parts:
            priority, days, product = map(whole_number, re.fullmatch(r"(\d) × ([\d ]+) = ([\d ]+)", part).groups())  # type: ignore[union-attr]
            assert priority * days == product
            products.append(product)
        assert sum(products) == weights[place]
        assert plain(page.notes.title.text()) == f"Вес {rows[place][8]}"
        assert plain(page.told.text()).endswith(f"= {rows[place][8]}.")


def test_no_word_of_a_hole_is_cut(oblast: Pictures) -> None:
    """But for the widest districts: what it is and why is read in the row, in a small window too."""
    page = oblast.open("holes")
    for size in ((1366, 768), (910, 512)):
        oblast.window.resize(*size)
        oblast.settle()
        metrics = QFontMetrics(font(14))
        for row in page.table._texts.rows:
            for column in (2, 3):
                room = page.table.columnWidth(column) - 2 * PADDING
                assert metrics.horizontalAdvance(row[column]) <= room, (size, row[column])
        assert not page.table.horizontalScrollBar().isVisible()


def test_a_hole_opens_its_needs(oblast: Pictures) -> None:
    page = oblast.open("holes")
    page.table.choose(3)
    page.table.setFocus()
    hole = page.rows_[3]
    oblast.key(Qt.Key.Key_Return)
    opened = oblast.down()
    assert sum(whole_number(row[5]) for row in opened.rows()) == hole.weight
    assert sorted(row[0] for row in opened.rows(1)) == sorted(need.number for need in hole.needs)
    oblast.window.step_back()
    assert page.table.hasFocus()
    assert page.table.row == 3


def test_several_tables_below_a_figure_never_lie_over_one_another(oblast: Pictures) -> None:
    """In a small window they are scrolled; Tab brings the next one into sight."""
    page = oblast.open("holes")
    oblast.window.resize(910, 512)
    oblast.settle()
    page.table.setFocus()
    oblast.key(Qt.Key.Key_Return)
    view = oblast.down().view
    oblast.settle()
    boxes = [made.geometry() for made in view.tables]
    assert len(boxes) > 1
    for upper, lower in pairwise(boxes):
        assert upper.bottom() + 20 <= lower.top(), "the head of the next table stands between"
    for made, box in zip(view.tables, boxes, strict=True):
        assert box.height() >= 32 + 32 * min(4, made.model().rowCount())
        assert made.horizontalScrollBar().maximum() == 0
    last = view.tables[-1]
    for _ in range(len(boxes) - 1):
        oblast.key(Qt.Key.Key_Tab)
    assert last.hasFocus()
    top = last.mapTo(view.area.viewport(), last.rect().topLeft()).y()
    assert 0 <= top < view.area.viewport().height() - 64


def test_holes_are_narrowed_and_written(oblast: Pictures, tmp_path: Path) -> None:
    page = oblast.open("holes")
    page.district.choose("41636000")
    held = page.shown.holes("41636000")
    assert len(page.rows_) == len(held)
    page.only_none.click()
    assert len(page.rows_) == sum(hole.flagged for hole in held)
    assert plain(page.count.text()) == f"{len(page.rows_)} из {len(page.shown.coverage.holes)}"
    page.category.choose("registration" if not page.shown.holes("41636000", "registration") else "partners")
    listed = page.listed()
    assert len(listed.tables[0].rows) == len(page.rows_)
    page.category.choose(None)
    from app.ui.region.opened_view import save_tables

    save_tables(oblast.desk, oblast.window, page.listed(), tmp_path / "дыры.xlsx")
    oblast.settle()
    sheet = openpyxl.load_workbook(tmp_path / "дыры.xlsx").worksheets[0]
    weights = [row[8].value for row in sheet.iter_rows() if isinstance(row[8].value, int | float)]
    assert weights == [hole.weight for hole in page.rows_]


def test_both_kinds_of_duplicates_with_their_centres_side_by_side(oblast: Pictures) -> None:
    page = oblast.open("duplicates")
    held = page.shown.coverage.duplicates
    kinds = {kind: sum(one.kind == kind for one in held) for kind in ("ngo", "plan")}
    assert all(kinds.values())
    for view, count in (("all", len(held)), ("ngo", kinds["ngo"]), ("plan", kinds["plan"])):
        page.show_view(view)
        assert len(table_rows(page.table)) == count
        assert plain(page.views[view].text()).endswith(f": {count}")
        one = page.here
        assert [side.centre for side in page.sides.sides] == [page.shown.centre(key) for key in one.centres]
        told = sum(len(side.lines) for side in page.sides.sides if side.lines != ("За квартал услуг нет.",))
        assert told == len(one.records)
    page.table.setFocus()
    oblast.key(Qt.Key.Key_Return)
    opened = oblast.down()
    assert len(opened.rows()) == len(page.here.lines)
    assert plain(page.here.text) in opened.told


def test_who_and_which_centres_are_read_in_the_row_of_a_duplicate(oblast: Pictures) -> None:
    """In a small window too; what is the same in every line has no column."""
    page = oblast.open("duplicates")
    model = page.table.model()

    def heads() -> list[str]:
        made = page.table.model()
        return [made.headerData(n, Qt.Orientation.Horizontal) for n in range(made.columnCount())]

    oblast.window.resize(910, 512)
    oblast.settle()
    metrics = QFontMetrics(font(14))
    for line in range(model.rowCount()):
        own, centres = model.index(line, 2).data().partition(";")[0], model.index(line, 3).data()
        assert own.startswith("«") or page.shown_rows[line].kind == "plan"
        for column, text in ((2, own), (3, centres)):
            assert metrics.horizontalAdvance(text) <= page.table.columnWidth(column) - 2 * PADDING, text
    assert heads() == ["Вид", "Код", "Кому, где", "Центры", "Записей", "Деньги"]
    page.show_view("ngo")
    assert heads()[0] == "Код"
    page.toggle_justified()
    assert heads()[-1] == "Обосновано"
    assert not page.table.horizontalScrollBar().isVisible()


def test_a_justified_duplicate_leaves_the_inefficient_ones_and_undo_brings_it_back(oblast: Pictures) -> None:
    page = oblast.open("duplicates")
    before, key = len(page.shown_rows), page.here.key
    page.justify.click()
    oblast.dialog.primary.click()
    assert "Причина не указана" in oblast.dialog.notice.text()
    type_text(oblast.dialog.line, "Другая тема")
    oblast.dialog.primary.click()
    oblast.settle()
    assert len(page.shown_rows) == before - 1
    assert key not in [one.key for one in page.shown_rows]
    assert key not in [one.key for one in page.shown.coverage.inefficient]

    page.filter.click()
    assert len(page.shown_rows) == before
    place = next(place for place, one in enumerate(page.shown_rows) if one.key == key)
    assert place == before - 1, "those with a reason stand last"
    page.table.choose(place)
    actor = oblast.desk.database.actor
    assert f"Обосновано: Другая тема, {actor}, 25.10.2026." in plain(page.told.text())
    assert page.justify.word == "Снять обоснование"
    page.filter.click()

    oblast.window.undo()
    oblast.settle()
    assert len(page.shown_rows) == before
    assert key in [one.key for one in page.shown.coverage.inefficient]


def test_a_reason_is_taken_back_by_key(oblast: Pictures) -> None:
    page = oblast.open("duplicates")
    page.table.setFocus()
    key = page.here.key
    page.justify_here()
    oblast.dialog.findChild(type(page.justify), "reason_3").click()
    assert oblast.dialog.line.text() == "Сетевой проект"
    oblast.dialog.primary.click()
    oblast.settle()
    page.filter.click()
    place = next(place for place, one in enumerate(page.shown_rows) if one.key == key)
    page.table.choose(place)
    page.justify_here()
    oblast.settle()
    assert not next(one for one in page.shown.coverage.duplicates if one.key == key).reason


def test_promises_are_held_against_the_part_of_the_year(oblast: Pictures) -> None:
    page = oblast.open("duplicates")
    page.show_view("promises")
    rows = table_rows(page.table)
    assert len(rows) == len(page.shown.coverage.promises) > 50
    assert not page.sides.isVisible()
    for row in rows[:40]:
        plan, done = whole_number(row[4]), whole_number(row[5])
        word = "идёт по плану" if done >= plan * 0.75 else "ниже половины" if done * 2 < plan * 0.75 else "отстаёт"
        assert row[7] == word
    own = {(line.centre_name, line.code): line for line in returned("41609000", Q3).services}
    row = next(row for row in rows if row[1] == "Волховский")
    line = own[row[0], row[2]]
    assert (whole_number(row[4]), whole_number(row[5])) == (line.plan, line.year.volume)
    page.table.choose(rows.index(row))
    page._open(page.table.row)
    assert f"План на год {row[4]}" in oblast.down().told


def test_unit_costs_say_where_money_would_come_from(oblast: Pictures) -> None:
    page = oblast.open("duplicates")
    page.show_view("costs")
    assert "загрузите планы центров с суммами" in plain(page.count.text())
    assert {row[6] for row in table_rows(page.table)} == {"нет данных"}


def test_a_unit_costs_the_money_of_the_plans_over_their_volume(oblast: Pictures) -> None:
    page = oblast.open("duplicates")
    ogrn, year, code = number(90001), 2026, "И2"
    own = {"ogrn": ogrn["ogrn"], "inn": ogrn["inn"], "name": CENTRES[0]}
    centre = oblast.desk.write("plan", "Центр", save_centre, own, changed={"centre"})
    values = {"centre_id": centre, "territory_code": "41606000", "service_code": code, "year": year,
              "volume": Decimal(8), "money": Decimal(12000)}  # fmt: skip
    oblast.desk.write("plan", "План", save_plan, values, changed={"region_plan"})
    oblast.settle()
    page.show_view("costs")
    row = next(row for row in table_rows(page.table) if (row[0], row[1]) == (CENTRES[0], code))
    services = returned("41606000", Q3).services
    done = sum(line.year.volume for line in services if (line.centre_name, line.code) == (CENTRES[0], code))
    assert row[3] == "12 000,00 ₽"
    assert row[6] == "1 500,00 ₽"
    actual = (Decimal(12000) * 3 / 4 / done).quantize(Decimal("0.01"))
    assert row[7] == f"{actual:,.2f} ₽".replace(",", " ").replace(".", ",")


def test_money_stands_side_by_side_where_plans_tell_it(oblast: Pictures) -> None:
    from dataclasses import replace

    page = oblast.open("duplicates")
    one = next(one for one in page.shown.coverage.duplicates if one.kind == "ngo")
    price = Decimal("1500.00")
    lines = tuple(
        UnitCost(key, page.shown.centre(key), one.code, "ед.", price * 10, Decimal(10), Decimal(5), price, price)
        for key in one.centres
    )
    told = sides_of(replace(page.shown, costs=Costs(lines)), one)
    for side, key in zip(told, one.centres, strict=True):
        acts = [row for _, row in one.records if page.shown.whole.keys.of(row.centre) == key]
        parts = [(price * row.quantity / len(row.recipients)).quantize(Decimal("0.01")) for row in acts]
        money = sum(parts, Decimal(0))
        assert f"{money:,.2f} ₽".replace(",", " ").replace(".", ",") in plain(side.figures)


def test_the_commissions_paper_of_a_centre_and_of_a_district(oblast: Pictures, tmp_path: Path) -> None:
    page: Any = oblast.open("tiles")
    page.pictures.chosen = ("41615000", "category", "")
    page.commission.ask()
    dialog = oblast.dialog
    assert dialog.list.currentItem().text() == "Выборгский район"
    type_text(dialog.line, "ладога")
    assert dialog.list.count() == 1
    dialog.close_dialog(done=False)
    centre = next(key for key, name in page.shown.centres() if "Ладога" in name)
    for kind, key, named in (("centre", centre, "Ладога"), ("oktmo", "41615000", "Выборгский")):
        path = tmp_path / f"{kind}.pdf"
        page.commission.save_to(kind, key, path)
        oblast.settle()
        with pypdfium2.PdfDocument(path) as paper:
            text = paper[0].get_textpage().get_text_range()
        assert named in text
        assert "комиссии по субсидиям" in text.lower() or "Справка" in text
