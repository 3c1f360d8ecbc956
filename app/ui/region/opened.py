"""What lies behind a figure as tables to walk into: a cell of the oblast, its districts, the rows of their annexes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial

from app.core.russian import integer, percents, plural
from app.core.text import NBSP
from app.region.consolidate import Consolidation
from app.region.figures import Figure
from app.region.lineage import Behind, behind
from app.region.measures import adds_up, shares
from app.reports.cell_words import cell_words as place_words
from app.reports.region_tables import figure_words
from app.returns.form import RowKind
from app.ui.region.opened_rows import Table, annex_table
from app.ui.region.picture import Picture

NOTHING = "—"
PERIODS = {"quarter": "за квартал", "year": "с\u00a0начала года", "plan": "план на год"}
NO_ANNEX = (
    "Приложения отчёта этих записей не содержат: дальше ячейки района проследить нельзя. "
    "Записи за ней — в файле учёта района."
)
ANNEXES = {"А": "реестр получателей", "Б": "потребности", "В": "практики", "Д": "услуги", "Е": "список НКО"}


@dataclass(frozen=True)
class Opened:
    """One step of the way down.  deeper: row of the first table -> what Enter opens."""

    title: str
    told: str
    tables: tuple[Table, ...]
    deeper: Mapping[int, Callable[[], Opened]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """All tables for the clipboard: tabs between cells, a blank line between tables."""
        parts = [self.title]
        for table in self.tables:
            parts.append("\n".join("\t".join(row) for row in (table.heads, *table.rows)))
        return "\n\n".join(parts)


def cell_words(whole: Consolidation, cell: str) -> str:
    """«211.3 размер, за квартал», «Центр «Икс», К4: записей, с начала года»."""
    head, _, last = cell.rpartition(".")
    period = PERIODS.get(last, "")
    if cell.startswith("1а."):
        return f"Таблица 1а: {whole.activity_titles.get(cell[3:], cell[3:])}"
    form = whole.form
    for line in whole.services if cell.startswith("3.") else ():
        if cell.startswith(f"{line.key}."):
            column = next((c.title for c in form.service_columns if f"{line.key}.{c.key}" == head), "")
            return f"{line.centre_name}, {line.code}: {_plain(column)}, {period}"
    for one in whole.needs:
        if cell.startswith(f"{one.key}."):
            column = next((c.title for c in form.need_columns if f"{one.key}.{c.key}" == head), "")
            return f"{one.title[:1].upper()}{one.title[1:]}: {_plain(column)}, {period}"
    spec = next((spec for spec in form.rows if spec.measure == head), None)
    return f"{spec.code} {spec.title}, {period}" if spec is not None else cell


def _plain(title: str) -> str:
    words = title.replace("\u00ad", "").split(" ")
    return " ".join(word if word.isupper() else word.lower() for word in words)


def places_of(whole: Consolidation, cell: str) -> int:
    """Decimals of the figures of a cell."""
    head = cell.rpartition(".")[0]
    if cell.startswith(("3.", "4.")):
        columns = whole.form.service_columns if cell.startswith("3.") else whole.form.need_columns
        return next((c.places for c in columns if head.endswith(f".{c.key}")), 0)
    return next((spec.places for spec in whole.form.rows if spec.measure == head), 0)


def kind_of(whole: Consolidation, cell: str) -> RowKind | None:
    """How the figure of a cell is made over districts."""
    head = cell.rpartition(".")[0]
    if cell.startswith("1а."):
        return RowKind.STOCK
    if cell.startswith(("3.", "4.")):
        columns = whole.form.service_columns if cell.startswith("3.") else whole.form.need_columns
        return next((c.kind for c in columns if head.endswith(f".{c.key}")), None)
    return next((spec.kind for spec in whole.form.rows if spec.measure == head), None)


def of_text(picture: Picture, code: str) -> Opened:
    """A row of words: what each district wrote."""
    whole = picture.whole
    spec = whole.form.row(code)
    told = whole.texts.get(code, {})
    rows = tuple((picture.name(one.oktmo), told.get(one.oktmo) or NOTHING) for one in whole.expected)
    filled = sum(bool(words) for words in told.values())
    return Opened(
        f"{spec.code} {spec.title}",
        f"Заполнили {plural(filled, 'район', 'района', 'районов')} из {len(whole.expected)}.",
        (Table("Районы", (("Район", 260), ("Что написал район", 400)), rows, fill=1),),
    )


def of_cell(picture: Picture, cell: str) -> Opened:
    """A figure of the oblast: the districts it was made of, with their shares; those that are missing are named."""
    whole, figure = picture.whole, picture.whole[cell]
    places = places_of(whole, cell)
    found = behind(whole, cell)
    told = {one.part.oktmo for one in found}
    parted = shares(whole, cell) if adds_up(whole, cell) else {}
    rows: list[tuple[str, ...]] = []
    deeper: dict[int, Callable[[], Opened]] = {}
    for one in found:
        part = one.part
        deeper[len(rows)] = partial(of_part, picture, cell, one)
        own = figure_words(Figure(part.value, upper=part.upper), places)
        share = parted.get(part.oktmo)
        rows.append(
            (
                picture.name(part.oktmo), own, percents(share) if share is not None else NOTHING, _composition(one),
                part.quarter.title, integer(len(one.rows)) if one.annex else NOTHING,
            )
        )  # fmt: skip
    for district in whole.expected:
        if district.oktmo not in told:
            why = "отчёта нет" if district.oktmo not in picture.reported else "не заполнено"
            rows.append((picture.name(district.oktmo), NOTHING, NOTHING, why, NOTHING, NOTHING))
    heads = (
        ("Район", 240), ("Показатель района", 140), ("Доля", 170), ("Состав", 170), ("Отчёт за", 130), ("Записей", 80),
    )  # fmt: skip
    table = Table("Районы", heads, tuple(rows), fill=0, right=(1, 2, 5), bar=2 if parted else -1)
    return Opened(
        f"{cell_words(whole, cell)}: {figure_words(figure, places)}", _made_of(picture, cell, figure), (table,), deeper
    )


def of_needs(picture: Picture) -> Opened:
    """Table 4 in short; deeper lie the districts of each category."""
    whole = picture.whole
    rows: list[tuple[str, ...]] = []
    deeper: dict[int, Callable[[], Opened]] = {}
    columns = ("start", "opened", "end", "over_90")
    for one in whole.needs:
        deeper[len(rows)] = partial(of_cell, picture, f"{one.key}.end.quarter")
        rows.append((one.title[:1].upper() + one.title[1:],
                     *(figure_words(whole[f"{one.key}.{column}.quarter"]) for column in columns)))  # fmt: skip
    heads = (("Категория", 260), ("На начало", 110), ("Выявлено", 110), ("На конец", 110), ("Дольше 90 дней", 130))
    told = f"Таблица 4, {picture.quarter.title}: сумма по районам."
    return Opened("Открытые потребности", told, (Table("Категории", heads, tuple(rows), 0, (1, 2, 3, 4)),), deeper)


def _composition(one: Behind) -> str:
    part = one.part
    if part.bare:
        return f"без состава: {integer(part.bare)}"
    if part.keys:
        return plural(len(part.keys), "организация", "организации", "организаций")
    return NOTHING


def _made_of(picture: Picture, cell: str, figure: Figure) -> str:
    """How the oblast's figure came of its districts'."""
    own = [part.value for part in figure.parts if part.value is not None]
    match kind_of(picture.whole, cell):
        case RowKind.UNIQUE:
            told = (
                f"Разные организации сочтены заново по спискам районов; сумма показателей районов — "
                f"{integer(int(sum(own, Decimal(0))))}."
            )
            if figure.is_interval:
                told += f" Интервал: без списка прислали {', '.join(map(picture.name, figure.bare))}."
            return told
        case RowKind.AVERAGE:
            mean = figure.average
            if mean is None or not mean.count:
                return "Среднее: считать не по чему."
            days = plural(int(mean.total), "день", "дня", "дней")
            return f"Среднее по всем связям: {days} на {integer(mean.count)}."
        case RowKind.STOCK:
            return f"Состояние на последний день квартала, сумма по {_districts(len(figure.parts))}."
    return f"Сумма по {_districts(len(figure.parts))}."


def _districts(count: int) -> str:
    return plural(count, "району", "районам", "районам")


def of_part(picture: Picture, cell: str, one: Behind) -> Opened:
    """The cell of one district and the rows of its annexes; what no annex holds ends here and says so."""
    whole, part = picture.whole, one.part
    places = places_of(whole, cell)
    own = figure_words(Figure(part.value, upper=part.upper), places)
    title = f"{picture.name(part.oktmo)}. {cell_words(whole, cell)}: {own}"
    held = "" if part.quarter == picture.quarter else f"Из отчёта за {part.quarter.title}. "
    if one.annex:
        count = plural(len(one.rows), "запись", "записи", "записей")
        told = f"{held}Приложение {one.annex}, {ANNEXES[one.annex]}: {count}. {_place_of(whole, part.cell)}"
        return Opened(title, told, (annex_table(one.annex, one.rows, picture),))
    if part.keys:
        names = sorted(whole.keys.name(key, _family(part.cell)) for key in part.keys)
        rows = tuple((str(place), name) for place, name in enumerate(names, 1))
        told = f"{held}Состав показателя по списку в отчёте района. Приложения с записями к{NBSP}этой строке нет."
        return Opened(title, told, (Table("Состав", (("№", 56), ("Организация", 400)), rows, fill=1, right=(0,)),))
    bare = " Число прислано без состава." if part.bare else ""
    empty = Table("Записи", (("Записи", 400),), (), fill=0, empty=NO_ANNEX)
    return Opened(title, f"{held}{NO_ANNEX}{bare} {_place_of(whole, part.cell)}", (empty,))


def _place_of(whole: Consolidation, cell: str) -> str:
    """Where a cell stands in the return of its district, as its paper calls the place."""
    table = cell.partition(".")[0]
    place = f"таблица{NBSP}{table}" if table in ("3", "4") else place_words(cell, whole.form)
    return f"В{NBSP}отчёте района это {place}."


def _family(cell: str) -> str:
    """Whose names a set holds: of centres, of partners, of NGOs."""
    return "centre" if cell.startswith("303.") else "partner" if cell.startswith("503.") else "ngo"
