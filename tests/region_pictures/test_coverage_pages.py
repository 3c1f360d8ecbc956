"""«Карта» and «Матрица»: the coverage in tiles and cells, by keyboard, down to needs and services."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from app.region.consolidate import consolidate
from app.region.coverage import Coverage, Spot, coverage
from app.region.expected import District
from app.ui.main_window import LEAST
from app.ui.region.shown_figures import Told
from app.ui.region.tile_places import PLACES, SHORTER, placed
from app.ui.russian_qt import font
from app.ui.table_view import PADDING
from tests.region_pictures.oblast import BARE, CATEGORIES, HELD_OVER, IDLE, MISSING, NAMES, Q2, Q3, returned, returns
from tests.region_pictures.pages import Pictures, plain

EXPECTED = tuple(District(code, f"{name} район") for code, name in NAMES.items())
VYBORG, PRIOZERSK, LODEINOE, VSEVOLOZHSK, GATCHINA = "41615000", "41639000", "41627000", "41612000", "41518000"


@pytest.fixture(scope="module")
def counted(oblast_file: Any) -> Coverage:
    """The same coverage, counted here by the dictionary's need map."""
    del oblast_file
    whole = consolidate(Q3, returns(Q3), EXPECTED, {Q2: returns(Q2)})
    return coverage(whole, earlier={Q2: returns(Q2)}, answers={code: codes for code, _, codes in CATEGORIES})


def percent_of(spots: list[Spot]) -> str:
    """Covered of those in need over spots, as a tile tells it; an interval where a district sent bare numbers."""
    known = [spot for spot in spots if spot.covered is not None and spot.demand.value is not None]
    demand = sum(int(spot.demand.value or 0) for spot in known)
    covered = sum(spot.covered or 0 for spot in known)
    bare = sum(int(spot.demand.value or 0) for spot in spots if spot.covered is None)
    if not demand:
        return "·"

    def told_of(of: int) -> str:
        told = int((Decimal(of) * 100 / (demand + bare)).quantize(Decimal(1), ROUND_HALF_UP))
        return str(99 if told == 100 and of < demand + bare else max(told, 1) if of else told)

    return "–".join(dict.fromkeys((told_of(covered), told_of(covered + bare))))


def of_district(counted: Coverage, oktmo: str, kind: str, code: str = "") -> list[Spot]:
    return [
        spot for (one, of, named), spot in counted.spots.items()
        if one == oktmo and of == kind and (not code or named == code)
    ]  # fmt: skip


def tile(page: Any, oktmo: str) -> Any:
    return page.map.tiles[oktmo]


def test_eighteen_tiles_tell_their_figures_by_name(oblast: Pictures, counted: Coverage) -> None:
    page = oblast.open("tiles")
    assert set(page.map.tiles) == set(NAMES)
    for oktmo, name in NAMES.items():
        told = plain(tile(page, oktmo).accessibleName())
        assert told.startswith(name)
        if oktmo in (MISSING, HELD_OVER):
            assert "нет отчёта" in told
            continue
        spots = of_district(counted, oktmo, "category")
        demand = sum(int(s.demand.value or 0) for s in spots if s.covered is not None)
        covered = sum(s.covered or 0 for s in spots)
        assert f"{covered} из {demand} нуждающихся НКО" in told
        assert tile(page, oktmo).told.text == percent_of(spots)
        holes = sum(hole.oktmo == oktmo for hole in counted.holes)
        assert (f"незакрытых категорий: {holes}" in told) == bool(holes)
        assert tile(page, oktmo).holes == holes
    assert "–" in tile(page, BARE).told.text, "what was told without a set may be covered or not"
    assert "2 числа без состава" not in tile(page, BARE).accessibleName()
    assert "без 1 числа без состава" in plain(tile(page, BARE).accessibleName())


def test_arrows_walk_the_tiles_by_place(oblast: Pictures) -> None:
    page = oblast.open("tiles")
    tile(page, VYBORG).setFocus()
    walked = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Down):
        oblast.key(key)
        focused: Any = QApplication.focusWidget()
        walked.append(focused.oktmo)
    assert walked == [PRIOZERSK, LODEINOE, PRIOZERSK, VSEVOLOZHSK, GATCHINA]
    assert page.map.current == GATCHINA
    assert plain(page.district.text()) == "Гатчинский округ"
    reached = {VYBORG}
    waiting = [VYBORG]
    while waiting:
        here = waiting.pop()
        for key in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Up):
            tile(page, here).setFocus()
            oblast.key(key)
            found: Any = QApplication.focusWidget()
            if found.oktmo not in reached:
                reached.add(found.oktmo)
                waiting.append(found.oktmo)
    assert reached == set(NAMES)


def test_a_tile_opens_its_needs_and_services_and_gives_the_focus_back(oblast: Pictures, counted: Coverage) -> None:
    page = oblast.open("tiles")
    page.chooser.choose("category:training")
    tile(page, VYBORG).setFocus()
    oblast.key(Qt.Key.Key_Return)
    opened = oblast.down()
    spot = counted.spot(VYBORG, "category", "training")
    assert spot is not None
    assert opened.title == "Выборгский район. Обучение"
    assert [row[0] for row in opened.rows()] == [
        row.number for row in sorted(spot.needs, key=lambda one: (one.opened_on, one.number))
    ]
    given = [row for row in returned(VYBORG, Q3).annex_d if row.code in ("О1", "О2")]
    assert len(opened.rows(1)) == len(given) > 0
    assert sum(row[8] == "да" for row in opened.rows()) >= (spot.covered or 0)
    oblast.window.step_back()
    assert tile(page, VYBORG).hasFocus()


def test_what_the_map_shows_is_chosen(oblast: Pictures, counted: Coverage) -> None:
    page = oblast.open("tiles")
    oktmo = "41609000"
    ret = returned(oktmo, Q3)
    services, ngos = ret.rows["301"].quarter or Decimal(0), ret.rows["101"].quarter or Decimal(1)
    expected = {
        "code:К4": percent_of(of_district(counted, oktmo, "code", "К4")),
        "code:": percent_of(of_district(counted, oktmo, "code")),
        "demand": str(sum(int(s.demand.value or 0) for s in of_district(counted, oktmo, "category"))),
        "holes": str(sum(hole.oktmo == oktmo for hole in counted.holes)),
        "weight": f"{sum(h.weight for h in counted.holes if h.oktmo == oktmo):,}".replace(",", " "),
        "ngos": str(ngos),
        "rate:301.quarter": f"{round(1000 * services / ngos):,}".replace(",", " "),
    }
    for key, figure in expected.items():
        page.chooser.choose(key)
        told = {one: plain(tile.told.text) for one, tile in page.map.tiles.items()}
        assert told[oktmo] == figure, key
        assert all(told.values()), "no tile tells by colour alone"
        assert told[MISSING] == "нет отчёта"
    actions = [action.text() for action in page.chooser.menu_of().actions()]
    assert "Всех потребностей" in actions
    assert "Категории" in actions


def test_no_name_of_the_map_is_cut(oblast: Pictures) -> None:
    """Neither on its tiles, where a long one is shortened, nor in the list below it."""
    page = oblast.open("tiles")
    for size in ((1366, 768), (910, 512), LEAST):
        oblast.window.resize(*size)
        oblast.settle()
        metrics = QFontMetrics(font(12))
        for tile in page.map.tiles.values():
            names = (tile.spot.town, SHORTER.get(tile.spot.town, tile.spot.town))
            assert min(map(metrics.horizontalAdvance, names)) < tile.width() - 10, (size, names)
        if page.holes.isVisible():
            assert not page.holes.horizontalScrollBar().isVisible(), size
            widest = QFontMetrics(font(14)).horizontalAdvance("Сосновоборский округ")
            assert widest <= page.holes.columnWidth(1) - 2 * PADDING


def test_the_legend_says_all_of_it_at_every_size(oblast: Pictures) -> None:
    """In a small window the triangle is told in a line of its own."""
    for key in ("tiles", "matrix"):
        page = oblast.open(key)
        for size in ((1366, 768), (1093, 614), (910, 512), LEAST):
            oblast.window.resize(*size)
            oblast.settle()
            legend, metrics = page.legend, QFontMetrics(font(12))
            told = [words for line in legend.lines for _, words in line]
            assert len(told) == 7, (key, size)
            assert told[0] == "покрыто, %" or "покрыто, %" in told
            assert told[-1] in ("не закрыто категорий", "нет услуг или ждут > 90 дней")
            for line in legend.lines:
                marks = 22 * sum(step != 0 for step, _ in line) + 12 * (len(line) - 1)
                assert sum(metrics.horizontalAdvance(words) for _, words in line) + marks <= legend.width(), (key, size)
            assert legend.height() >= 18 * len(legend.lines)
    assert len(legend.lines) == 2


def test_a_figure_of_two_ends_does_not_run_under_the_badge(oblast: Pictures) -> None:
    page = oblast.open("tiles")
    for size in ((1366, 768), (1093, 614), (910, 512), LEAST):
        oblast.window.resize(*size)
        oblast.settle()
        for tile in page.map.tiles.values():
            tile.tell(Told("0–80", 0, ""), 1, "")
            low = tile.height() < 54
            figure = QFontMetrics(font(tile._between(low), bold=True)).horizontalAdvance("0–80")
            assert 8 + figure <= tile.width() - tile._badge_wide() - 4, size


def test_no_head_of_the_district_beside_the_map_is_cut(oblast: Pictures) -> None:
    page = oblast.open("tiles")
    oblast.window.resize(1366, 768)
    oblast.settle()
    table, model = page.table, page.table.model()
    heads, words = QFontMetrics(font(13, bold=True)), QFontMetrics(font(14))
    for column in range(model.columnCount()):
        head = model.headerData(column, Qt.Orientation.Horizontal)
        assert heads.horizontalAdvance(head) <= table.columnWidth(column) - 2 * PADDING, head
    widest = words.horizontalAdvance("Информация и продвижение")
    assert widest <= table.columnWidth(0) - 2 * PADDING


def test_what_is_said_of_a_district_beside_the_map_is_not_cut(oblast: Pictures) -> None:
    page = oblast.open("tiles")
    oblast.window.resize(910, 512)
    oblast.settle()
    for label in (page.district_told, page.district_of):
        assert label.text()
        assert label.fontMetrics().horizontalAdvance(label.text()) <= label.width()


def test_a_district_that_the_map_does_not_know_has_a_place_of_its_own() -> None:
    spots = placed((*(District(code, "") for code in PLACES if code != "41618000"), District("99", "Новый район")))
    assert len({(spot.column, spot.row) for spot in spots.values()}) == 19
    assert spots["99"].row == 5
    assert spots["99"].town == "Новый"
    assert placed((District("1", "Преемник", ("41618000",)),))["1"].town == "Гатчина"


def test_every_cell_of_the_matrix_is_the_coverage(oblast: Pictures, counted: Coverage) -> None:
    page = oblast.open("matrix")
    for kind in ("category", "code"):
        page.show_kind(kind)
        model = page.grid.model_
        assert len(model.codes) == len(counted.categories if kind == "category" else counted.codes) >= 11
        for row, oktmo in enumerate(model.districts):
            for column, code in enumerate(model.codes):
                spot = counted.spot(oktmo, kind, code)
                words = plain(model.words(row, column))
                if spot is None:
                    assert oktmo in (MISSING, HELD_OVER)
                    assert "нет отчёта" in words
                    continue
                text = model.told(row, column).text
                if not spot.demand.value:
                    assert text == "·"
                elif spot.covered is None:
                    assert oktmo == BARE
                    assert text == "без состава"
                else:
                    assert text == percent_of([spot])
                    assert f"нуждаются {spot.demand.value} НКО, покрыто {spot.covered} " in words
                    assert f"услуги получили {spot.served.value} НКО" in words
                    centres = len(spot.centres)
                    assert (f"{centres} центр" in words) if centres else ("центров нет" in words)
                    assert model.beside(row, column) == f"{spot.covered}/{spot.demand.value} {centres}ц"
        last = len(model.districts)
        for column, code in enumerate(model.codes):
            told = percent_of([s for (_, of, named), s in counted.spots.items() if of == kind and named == code])
            assert model.told(last, column).text == told
        whole = percent_of([s for (_, of, _), s in counted.spots.items() if of == kind])
        assert model.told(last, len(model.codes)).text == whole


def test_one_figure_of_the_cells_alone(oblast: Pictures, counted: Coverage) -> None:
    page = oblast.open("matrix")
    for mode in ("demand", "served", "centres"):
        page.show_mode(mode)
        model = page.grid.model_
        row = model.districts.index(VYBORG)
        for column, code in enumerate(model.codes):
            spot = counted.spot(VYBORG, "category", code)
            assert spot is not None
            value = {"demand": spot.demand.value, "served": spot.served.value, "centres": len(spot.centres)}[mode]
            assert model.told(row, column).text == (str(value) if value else "·")


def test_holes_are_marked_by_a_word_and_not_by_tint_alone(oblast: Pictures, counted: Coverage) -> None:
    page = oblast.open("matrix")
    model = page.grid.model_
    row = model.districts.index(IDLE)
    flagged = {hole.category for hole in counted.holes if hole.oktmo == IDLE and hole.flagged}
    old = {hole.category for hole in counted.holes if not hole.flagged}
    assert flagged
    assert old
    for column, code in enumerate(model.codes):
        assert (model.hole(row, column) == "none") == (code in flagged)
        assert ("услуг нет" in model.words(row, column)) == (code in flagged)
    hole = next(one for one in counted.holes if not one.flagged)
    words = model.words(model.districts.index(hole.oktmo), model.codes.index(hole.category))
    assert "открыты дольше 90 дней" in plain(words)


def test_a_cell_a_row_and_a_column_open_what_they_were_made_of(oblast: Pictures, counted: Coverage) -> None:
    page = oblast.open("matrix")
    page.grid.go_to(VYBORG, "legal")
    page.grid.setFocus()
    oblast.key(Qt.Key.Key_Return)
    assert oblast.down().title == "Выборгский район. Юридическая"
    oblast.window.step_back()
    assert page.grid.hasFocus()
    oblast.key(Qt.Key.Key_End)
    here = page.grid.currentIndex()
    assert here.column() == len(page.grid.model_.codes)
    oblast.key(Qt.Key.Key_Return)
    assert oblast.down().title == "Выборгский район"
    assert len(oblast.down().rows()) == len(counted.categories)
    page.opened.go_deeper(2)
    assert oblast.down().title == "Выборгский район. Юридическая"
    oblast.window.step_back()
    oblast.window.step_back()
    page.export()
    assert len(oblast.down().rows()) == 16 * len(counted.categories)
    page.step_back()
    page._open(len(page.grid.model_.districts), 2)
    assert [row[0] for row in oblast.down().rows()][-1] == "Тосненский район"
    assert sum(row[1] == "нет отчёта" for row in oblast.down().rows()) == 2


def test_map_matrix_and_list_share_what_is_chosen_and_read_nothing_anew(oblast: Pictures) -> None:
    matrix = oblast.open("matrix")
    started: list[object] = []
    oblast.desk.jobs.started.connect(started.append)
    matrix.grid.go_to(VYBORG, "training")
    tiles: Any = oblast.window.open("tiles")
    assert tiles.map.current == VYBORG
    assert tiles.table.code_at(tiles.table.row) == "training"
    for key in ("holes", "duplicates", "whole", "matrix"):
        oblast.window.open(key)
    assert matrix.grid.model_.place(matrix.grid.currentIndex().row(), matrix.grid.currentIndex().column())[0] == VYBORG
    assert not [job for job in started if getattr(job, "title", "") in ("Собирается свод", "Прежние кварталы")]


def test_an_intake_makes_the_pages_read_anew(oblast: Pictures) -> None:
    page = oblast.open("tiles")
    held = page.shown
    oblast.desk.changed.emit(frozenset({"received_return"}))
    oblast.settle()
    assert page.shown is not held
    assert page.map.tiles[VYBORG].told == page.map.tiles[VYBORG].told


def test_a_file_without_returns_says_what_to_do(bare: Pictures) -> None:
    for key in ("whole", "tiles", "matrix", "holes", "duplicates"):
        page = bare.open(key)
        assert page.stack.currentWidget() is page.empty
        assert plain(page.empty.title.text()) == "За III квартал 2026 г. отчётов нет"
        assert page.empty.primary.hasFocus()
        page.empty.primary.click()
        assert bare.window.page.objectName() == "intake"
