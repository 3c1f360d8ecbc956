"""The consolidated return as one self-contained page: figures, bars, and each figure opened to its districts and rows.

It needs no script, no network and no other file; everything opens by <details>, by keyboard too.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from html import escape

from app.core.russian import okei_unit, plural
from app.core.text import NBSP
from app.region.consolidate import Consolidation
from app.region.costs import NO_COSTS, Costs
from app.region.coverage import Coverage
from app.region.figures import Figure
from app.region.lineage import Behind, behind
from app.region.measures import Changes, adds_up, shares
from app.reports.annex_words import row_words
from app.reports.blocks import NOTHING, Cell, shown
from app.reports.consolidated_paper import SUBJECT, TITLE, ConsolidatedReport
from app.reports.cost_tables import NO_MONEY, cost_grid, side_by_side
from app.reports.coverage_paper import KINDS, WEIGHT_NOTE, justified_words, spot_words
from app.reports.file_names import FORM_NAME
from app.reports.grid_page import WIDEST, bars_html, grid_html
from app.reports.region_districts import MAIN, RULE, bars_by_district, district_grid, standing_out
from app.reports.region_tables import (
    INTERVAL_NOTE,
    SEVERITIES,
    UNIQUE_NOTE,
    comparison_words,
    completeness_words,
    figure_words,
    issued_words,
    value_of,
)
from app.returns.form import RowKind, RowSpec

_STYLE = """
:root{color-scheme:light}
*{box-sizing:border-box}
body{margin:0;padding:24px;font:16px/1.4 "PT Sans",Arial,"Liberation Sans",sans-serif;color:#1a2430;background:#fff}
main{max-width:1200px;margin:0 auto}
h1{font-size:24px;line-height:1.25;margin:8px 0}h2{font-size:19px;margin:28px 0 8px}h3{font-size:16px;margin:16px 0 4px}
p{margin:4px 0;color:#465464}
nav a{display:inline-block;margin-right:16px;color:#1d5fa7}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:14px}
th,td{border:1px solid #d8dfe7;padding:5px 8px;vertical-align:top;text-align:left}
th{background:#eaeff4}
td.n,th.n{text-align:right}td.n{white-space:nowrap}td.c{text-align:center;white-space:pre-line}
details{border-bottom:1px solid #d8dfe7;padding:4px 0}
details details{margin-left:20px;border:0;padding:1px 0}
summary{cursor:pointer}
summary,.head{display:grid;grid-template-columns:56px 1fr 150px 150px;gap:12px;
align-items:baseline;padding:2px 4px}
.head{color:#465464;font-size:13px;border-bottom:1px solid #7a8897}
summary::before{content:"+";position:absolute;margin-left:-12px;color:#465464}
details[open]>summary::before{content:"−"}
details details>summary{grid-template-columns:260px 130px 1fr;font-size:14px}
summary:focus-visible{outline:2px solid #1d5fa7}
.v{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.bar{display:inline-block;height:10px;background:#5b7fa6;vertical-align:middle;min-width:1px}
.bar.part{background:repeating-linear-gradient(135deg,#5b7fa6 0 4px,#fff 4px 7px)}
.bars{width:auto;margin:0 0 12px}.bars td{border:0;padding:1px 8px}.bars caption{text-align:left;padding:8px}
.share{color:#465464;margin-left:6px}
ul{margin:2px 0 6px 20px;padding-left:16px;font-size:13px;color:#33404e}
.i1{padding-left:18px}.i2{padding-left:36px}
.hash{font-family:"PT Mono",monospace;font-size:13px;overflow-wrap:anywhere}
@media print{nav{display:none}body{padding:0}details{break-inside:avoid}}
"""
_HEAD = (
    '<div class="head"><span>Код</span><span>Показатель</span><span class="v">За квартал</span>'
    '<span class="v">С начала года</span></div>\n'
)

Told = dict[tuple[str, str, tuple[int, ...]], tuple[str, str]]
"""District, annex and its rows -> the place on the page where they stand already, and the cell they stand under."""


def consolidated_html(
    report: ConsolidatedReport, coverage: Coverage | None = None, costs: Costs = NO_COSTS
) -> bytes:
    """The page as UTF-8, the same bytes for the same figures.  coverage: matrix, holes and duplicates beside them."""
    return "".join(_page(report, coverage, costs)).encode("utf-8")


def _page(report: ConsolidatedReport, coverage: Coverage | None, costs: Costs) -> Iterator[str]:
    whole = report.consolidation
    yield f"""<!DOCTYPE html>
<html lang="ru"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(report.title)}</title><style>{_STYLE}</style></head>
<body><main>
<p>{escape(report.committee or report.region)}</p>
<h1>{escape(f"{TITLE} {FORM_NAME}, {whole.quarter.title}")}</h1>
<p>{escape(SUBJECT)}{escape(f". {report.region}" if report.region else "")}</p>
<p>{escape(report.standing)}</p>
<p><strong>{escape(completeness_words(whole))}</strong> {escape(issued_words(whole))}.</p>
"""
    for changes in (report.before, report.year_ago):
        if changes is not None:
            yield f"<p>{escape(comparison_words(changes))}</p>\n"
    yield "<nav aria-label=\"Разделы\">"
    if report.findings or report.unchecked:
        yield '<a href="#checks">Проверки</a>'
    yield '<a href="#districts">По районам</a>'
    yield "".join(
        f'<a href="#s{section.number}">{section.number}. {escape(section.title)}</a>' for section in whole.form.sections
    )
    if coverage is not None:
        yield '<a href="#cover">Покрытие</a><a href="#holes">Незакрытые потребности</a>'
        yield '<a href="#twice">Дублирование</a><a href="#costs">Стоимость единицы</a>'
    yield "</nav>\n"
    yield from _sources(report)
    yield from _findings(report)
    yield from _by_district(report)
    told: Told = {}
    for section in whole.form.sections:
        yield f'<h2 id="s{section.number}">Раздел {section.number}. {escape(section.title)}</h2>\n'
        for group in section.groups:
            yield f"<h3>{escape(group.title)}</h3>\n{_HEAD}"
            for spec in group.rows:
                yield from _text_row(report, spec) if spec.kind is RowKind.TEXT else _coded_row(report, spec, told)
        if section.number == 3:
            yield from _table_3(report, told)
        elif section.number == 4:
            yield from _table_4(report, told)
    if coverage is not None:
        yield from _coverage(coverage, whole, costs)
    yield f"<p>{escape(UNIQUE_NOTE)}</p>"
    if whole.intervals:
        yield f"<p>{escape(INTERVAL_NOTE)}</p>"
    yield f'<p>Контрольная строка свода: <span class="hash">{report.seal.sha256}</span></p>\n'
    yield "</main></body></html>\n"


def _sources(report: ConsolidatedReport) -> Iterator[str]:
    whole = report.consolidation
    yield '<h2>По каким отчётам</h2><div class="wide"><table><thead><tr><th scope="col">Район</th>'
    yield '<th scope="col">ОКТМО</th><th scope="col">Контрольная строка</th></tr></thead><tbody>\n'
    for one in whole.expected:
        own = [ret for oktmo, ret in whole.returns if oktmo == one.oktmo]
        for ret in own:
            digest = report.seal.sources[ret.head.oktmo]
            yield f'<tr><td>{escape(one.name)}</td><td>{ret.head.oktmo}</td><td class="hash">{digest}</td></tr>\n'
        if not own:
            yield f"<tr><td><strong>{escape(one.name)}</strong></td><td>{one.oktmo}</td><td>отчёта нет</td></tr>\n"
    yield "</tbody></table></div>\n"


def _findings(report: ConsolidatedReport) -> Iterator[str]:
    if not report.findings and not report.unchecked:
        return
    yield '<h2 id="checks">Проверки области</h2><ul>\n'
    for one in report.findings:
        yield f"<li>Проверка {one.check}, {SEVERITIES[one.severity]}: {escape(one.text)}</li>\n"
    yield "".join(f"<li>{escape(sentence)}</li>\n" for sentence in report.unchecked)
    yield "</ul>\n"


def _by_district(report: ConsolidatedReport) -> Iterator[str]:
    """The districts side by side, and who stands out."""
    yield '<h2 id="districts">По районам</h2>\n'
    yield from grid_html(district_grid(report.consolidation))
    for block in bars_by_district(report.consolidation):
        yield from bars_html(block)
    found = standing_out(report.consolidation)
    if found:
        yield "<h3>Кто выделяется</h3><ul>"
        titles = {cell: title for cell, title, _ in MAIN}
        yield "".join(f"<li>{escape(titles[one.cell])}. {escape(one.text)}</li>" for one in found)
        yield "</ul>\n"
    yield f"<p>{escape(RULE if found else f'{RULE} Таких нет.')}</p>\n"


def _coded_row(report: ConsolidatedReport, spec: RowSpec, told: Told) -> Iterator[str]:
    whole = report.consolidation
    quarter, year = (whole[f"{spec.measure}.{period}"] for period in ("quarter", "year"))
    unit = okei_unit(spec.okei)
    title = f"{escape(spec.title)}{f', {unit}' if unit else ''}"
    growth = _growth(report.before, f"{spec.measure}.quarter", quarter)
    of_year = _growth(report.year_ago, f"{spec.measure}.year", year)
    yield f'<details id="r{spec.code}"><summary><span>{spec.code}</span><span class="i{spec.indent}">{title}</span>'
    yield f'<span class="v">{escape(figure_words(quarter, spec.places) + growth)}</span>'
    yield f'<span class="v">{escape(figure_words(year, spec.places) + of_year)}</span></summary>\n'
    yield "<p>По районам за квартал:</p>\n"
    yield from _districts(whole, f"{spec.measure}.quarter", spec.places, told)
    yield "</details>\n"


def _growth(changes: Changes | None, cell: str, figure: Figure) -> str:
    """« (+12,5 %)» to the period before; '' where nothing can be told."""
    change = changes.cells.get(cell) if changes is not None else None
    if change is None or change.percent is None or figure.is_interval:
        return ""
    return f" ({shown(Cell(change.percent, 1, signed=True))}{NBSP}%)"


def _text_row(report: ConsolidatedReport, spec: RowSpec) -> Iterator[str]:
    told = report.consolidation.texts.get(spec.measure, {})
    filled = sum(bool(words) for words in told.values())
    yield f'<details id="r{spec.code}"><summary><span>{spec.code}</span><span>{escape(spec.title)}</span>'
    yield f'<span class="v">{plural(filled, "район", "района", "районов")}</span><span></span></summary><ul>\n'
    for oktmo, words in told.items():
        yield f"<li>{escape(report.consolidation.name(oktmo))}: {escape(words or NOTHING)}</li>\n"
    yield "</ul></details>\n"


def _districts(whole: Consolidation, cell: str, places: int, told: Told) -> Iterator[str]:
    """Each district's cell with its bar and share, and under it the rows of its annex."""
    opened = behind(whole, cell)
    largest = max((part.part.value or Decimal(0) for part in opened), default=Decimal(0))
    parted = shares(whole, cell) if adds_up(whole, cell) else {}
    for one in opened:
        yield from _district(whole, one, places, largest, parted.get(one.part.oktmo), told)


def _district(
    whole: Consolidation, one: Behind, places: int, largest: Decimal, share: Decimal | None, told: Told
) -> Iterator[str]:
    part = one.part
    words = figure_words(Figure(part.value, upper=part.upper), places)
    if part.bare and part.upper is None:
        words += ", без состава"
    width = int(WIDEST * max(part.value or Decimal(0), Decimal(0)) / largest) if largest > 0 else 0
    said = f'<span class="share">{str(share).replace(".", ",")}{NBSP}%</span>' if share is not None else ""
    name = escape(whole.name(part.oktmo))
    bar = f'<span><span class="bar" style="width:{width}px"></span>{said}</span>'
    yield f'<details><summary><span>{name}</span><span class="v">{escape(words)}</span>{bar}</summary>'
    same = (part.oktmo, one.annex, tuple(map(id, one.rows)))
    count = plural(len(one.rows), "строка", "строки", "строк")
    if one.rows and same in told:
        place, cell = told[same]
        yield f'<p>Ячейка {escape(part.cell)}. Приложение {one.annex}, {count} — '
        yield f'<a href="#{place}">те же, что в{NBSP}ячейке {escape(cell)}</a>.</p>'
    elif one.rows:
        told[same] = f"l{len(told)}", part.cell
        yield f"<p>Ячейка {escape(part.cell)}. Приложение {one.annex}, {count}:</p><ul id=\"{told[same][0]}\">"
        yield "".join(f"<li>{escape(row_words(row, whole.keys))}</li>" for row in one.rows)
        yield "</ul>"
    else:
        yield f"<p>Ячейка {escape(part.cell)}. Строк в приложениях нет.</p>"
    yield "</details>\n"


def _table_3(report: ConsolidatedReport, told: Told) -> Iterator[str]:
    whole = report.consolidation
    yield "<h3>Таблица 3. Услуги по центрам и кодам</h3>\n"
    for line in whole.services:
        records = whole[f"{line.key}.records.quarter"]
        yield f'<details><summary><span>{escape(line.code)}</span><span>{escape(line.centre_name)}: '
        yield f'{escape(line.title)}</span><span class="v">записей {escape(figure_words(records))}</span>'
        yield f'<span class="v">НКО {escape(figure_words(whole[f"{line.key}.ngos.quarter"]))}</span></summary>\n'
        yield from _districts(whole, f"{line.key}.records.quarter", 0, told)
        yield "</details>\n"


def _table_4(report: ConsolidatedReport, told: Told) -> Iterator[str]:
    whole = report.consolidation
    yield "<h3>Таблица 4. Потребности по категориям</h3>\n"
    largest = max((value_of(whole[f"{one.key}.end.quarter"]) for one in whole.needs), default=Decimal(0))
    for one in whole.needs:
        still = whole[f"{one.key}.end.quarter"]
        width = int(80 * value_of(still) / largest) if largest else 0
        old = figure_words(whole[f"{one.key}.over_90.quarter"])
        yield f"<details><summary><span></span><span>{escape(one.title)}</span>"
        yield f'<span class="v"><span class="bar" style="width:{width}px"></span> открыто {figure_words(still)}</span>'
        yield f'<span class="v">&gt; 90{NBSP}дней {escape(old)}</span></summary>\n'
        yield from _districts(whole, f"{one.key}.end.quarter", 0, told)
        yield "</details>\n"


def _coverage(coverage: Coverage, whole: Consolidation, costs: Costs) -> Iterator[str]:
    yield '<h2 id="cover">Покрытие потребностей</h2><div class="wide"><table><thead><tr><th scope="col">Район</th>'
    yield "".join(f'<th scope="col">{escape(title)}</th>' for _, title in coverage.categories)
    yield "</tr></thead><tbody>\n"
    for district in whole.expected:
        yield f'<tr><th scope="row">{escape(district.name)}</th>'
        for code, _ in coverage.categories:
            yield f'<td class="c">{escape(spot_words(coverage.spot(district.oktmo, "category", code)))}</td>'
        yield "</tr>\n"
    yield f'</tbody></table></div>\n<h2 id="holes">Незакрытые потребности</h2><p>{escape(WEIGHT_NOTE)}</p>\n'
    for hole in coverage.holes:
        least = "не меньше " if hole.estimated else ""
        yield f"<details><summary><span></span><span>{escape(whole.name(hole.oktmo))}: {escape(hole.title)}</span>"
        yield f'<span class="v">НКО {hole.ngos}</span><span class="v">вес {least}{hole.weight}</span></summary><ul>'
        yield "".join(f"<li>{escape(row_words(row, whole.keys))}</li>" for row in hole.needs)
        yield "</ul></details>\n"
    yield '<h2 id="twice">Дублирование услуг</h2>\n'
    for one in coverage.duplicates:
        reason = f"обосновано: {justified_words(one.justified)}" if one.reason else ""
        yield f"<details><summary><span>{escape(one.code)}</span><span>{escape(one.text)}</span>"
        yield f"<span>{escape(KINDS[one.kind])}</span><span>{escape(reason)}</span></summary>"
        money = escape(side_by_side(one, whole, costs)).replace("\n", "<br>")
        yield f"<p>Объём и деньги по центрам:<br>{money}</p><ul>"
        yield "".join(
            f"<li>{escape(whole.name(oktmo))}: {escape(row_words(row, whole.keys))}</li>" for oktmo, row in one.records
        )
        yield "</ul></details>\n"
    if not coverage.duplicates:
        yield "<p>Дублирования не найдено.</p>\n"
    yield '<h2 id="costs">Стоимость единицы услуги</h2>\n'
    if costs.known:
        yield from grid_html(cost_grid(costs.lines, coverage.quarter.number))
    else:
        yield f"<p>Стоимость единицы услуги: {escape(NO_MONEY)}</p>\n"
