"""Which column of a list is which field of a register: by its heading, by its content, by hand, from memory."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.core.fields import Field, Kind, RecordType
from app.core.text import fold
from app.core.values import parse
from app.exchange.headings import is_label, squeezed
from app.exchange.tables import RawTable, is_blank

_SAMPLE = 300
_STORY = 25  # letters: the mean text of a column that tells what a grant or a need is about
_FEW = 10  # numbers: so many may be wrong altogether and still be what they seem
_SHAPE_OGRN, _SHAPE_INN = re.compile(r"[15]\d{12}|3\d{14}"), re.compile(r"\d{10}(?:\d\d)?")
_CERTAIN = 1.5  # a heading that is an alias itself: believed even over wrong content, which is then told
_UNITS = re.compile(
    r"\b(?:в )?(?:тыс(?:яч)?|млн|руб(?:л(?:ей|ях))?|р|коп|шт|ед|чел(?:овек)?|кв м|м2|час(?:ов)?|при наличии)\b"
)
_THOUSANDS = re.compile(r"\bтыс(?:яч)?\b")
_MILLIONS = re.compile(r"\bмлн\b")
_ORGANISATION = re.compile(
    r"\b(?:фонд|организаци|обществ|союз|ассоциаци|партнерств|движени|учреждени|объединени|отделени|общин|церк|приход"
    r"|ано|нко|оо|моо|роо|рооо|бф|нп|чоу|тос|совет ветеранов|федераци|клуб|центр|инициативн\w+ групп)"
)
_FOREIGN = {
    "okopf": re.compile(r"поддержк|собственност"),
    "decision_no": re.compile(r"реестр|телефон"),
    "taken_on": re.compile(r"в реестр"),
    "ngo_id.address": re.compile(r"помещени|имуществ|объект"),
}
"""What a heading that seems to be the field's is about in truth."""
_LINKED = {"ngo", "partner", "centre"}
# What lists hold of the NGO beside its name, so that it can be found, or created.
_PARTS = (
    ("ogrn", "ОГРН", Kind.OGRN, ("огрн", "огрн получателя", "ogrn", "огрн нко", "огрн организации")),
    ("inn", "ИНН", Kind.INN, ("инн", "инн получателя", "inn", "инн нко", "инн организации")),
    ("kpp", "КПП", Kind.KPP, ("кпп", "kpp")),
    (
        "address",
        "адрес",
        Kind.TEXT,
        ("адрес", "город", "регион", "субъект", "адрес получателя", "место нахождения", "почтовый адрес",
         "юридический адрес"),
    ),
)  # fmt: skip
_REGION = Field(
    "address.region", "Адрес: регион, район", Kind.TEXT,
    aliases=("регион", "субъект", "субъект рф", "субъект российской федерации", "район", "муниципальный район",
             "городской округ", "region"),
)  # fmt: skip
BY_HEADING, BY_CONTENT, BY_MEMORY, BY_HAND = "по заголовку", "по содержанию", "как в прошлый раз", "указано вручную"


@dataclass(frozen=True)
class ColumnMap:
    """columns: field key -> column (from 0); how: field key -> how it became known, in words.

    factors: field key -> 1000 where the heading says «тыс. руб.».  signature: of the list's shape.
    """

    columns: Mapping[str, int]
    how: Mapping[str, str] = field(default_factory=dict)
    factors: Mapping[str, int] = field(default_factory=dict)
    signature: str = ""

    def corrected(self, choice: Mapping[str, int | None], table: RawTable, record_type: RecordType) -> ColumnMap:
        """The map with fields put to other columns by hand; None leaves a field out."""
        columns = {key: at for key, at in {**self.columns, **choice}.items() if at is not None}
        how = {key: BY_HAND if key in choice else self.how.get(key, BY_HAND) for key in columns}
        return replace(self, columns=columns, how=how, factors=_factors(columns, table, record_type))

    @property
    def by_hand(self) -> bool:
        return BY_HAND in self.how.values()


def importable(record_type: RecordType) -> tuple[Field, ...]:
    """The fields a list may bring.  A link to an NGO may come as name, ОГРН, ИНН: `ngo_id.inn`."""
    found: list[Field] = []
    for spec in record_type.fields:
        if not spec.imported:
            continue
        linked = spec.kind in (Kind.LINK, Kind.LINKS) and spec.register in _LINKED
        if not linked:
            found.append(spec)
            if record_type.key == "ngo" and spec.key == "address":
                found.append(_REGION)
            continue
        parts = [
            Field(f"{spec.key}.{part}", f"{spec.title}: {title}", kind, aliases=aliases)
            for part, title, kind, aliases in _PARTS
        ]
        taken = {squeezed(alias) for part in parts for alias in part.aliases}
        names = tuple(alias for alias in spec.aliases if squeezed(alias) not in taken)
        found.append(replace(spec, aliases=names))
        if spec.register == "ngo" and spec.kind is Kind.LINK and spec.key == "ngo_id":
            found += parts
        elif spec.kind is Kind.LINKS:
            found += parts[:2]
    return tuple(found)


def match_columns(
    table: RawTable, record_type: RecordType, remembered: Mapping[str, int] | None = None
) -> ColumnMap:
    """The columns of a list.  remembered: the choice a person made for a list of this signature."""
    if remembered is not None:
        known = {spec.key for spec in importable(record_type)}
        columns = {key: at for key, at in remembered.items() if key in known and 0 <= at < table.width}
        how = dict.fromkeys(columns, BY_MEMORY)
        return ColumnMap(columns, how, _factors(columns, table, record_type), table.signature)
    fields = importable(record_type)
    samples = [_sample(table, column) for column in range(table.width)]
    columns, how = _by_heading(table, fields, samples)
    _second_name(table, record_type, columns, how)
    _by_content(table, record_type, fields, samples, columns, how)
    return ColumnMap(columns, how, _factors(columns, table, record_type), table.signature)


def _sample(table: RawTable, column: int) -> list[object]:
    found: list[object] = []
    for row in table.rows:
        if column < len(row.cells) and not is_blank(row.cells[column]):
            found.append(row.cells[column])
            if len(found) == _SAMPLE:
                break
    return found


def _by_heading(
    table: RawTable, fields: Sequence[Field], samples: Sequence[Sequence[object]]
) -> tuple[dict[str, int], dict[str, str]]:
    """The best pairs first: exact headings before alike ones, columns whose content fits before others."""
    pairs = []
    for column, text in enumerate(table.heading):
        if not text:
            continue
        for order, spec in enumerate(fields):
            alike = _alikeness(text, spec)
            if alike <= 0:
                continue
            fits = _fits(spec, samples[column]) if column < len(samples) else 0.0
            if samples[column] and fits < 0.3 and spec.kind in _CHECKED and alike < _CERTAIN:
                continue
            pairs.append((-(alike + 0.2 * fits), order, column, spec))
    columns: dict[str, int] = {}
    how: dict[str, str] = {}
    for _, _, column, spec in sorted(pairs, key=lambda pair: pair[:3]):
        shared = _shared(spec, table.heading[column])
        if spec.key in columns or (column in columns.values() and not shared):
            continue
        columns[spec.key] = column
        how[spec.key] = f"{BY_HEADING} «{table.heading[column]}»"
    return columns, how


def _second_name(
    table: RawTable, record_type: RecordType, columns: dict[str, int], how: dict[str, str]
) -> None:
    """The register of СОНКО heads two columns «Наименование организации»: full, then short."""
    first = columns.get("name")
    if first is None or first + 1 >= table.width or not any(f.key == "short_name" for f in record_type.fields):
        return
    heading, second = table.heading[first + 1], first + 1
    free = "short_name" not in columns and second not in columns.values()
    if free and fold(heading) == fold(table.heading[first]):
        columns["short_name"] = second
        how["short_name"] = f"{BY_HEADING} «{heading}», второй столбец"


def _both(heading: str) -> bool:
    """«ИНН/КПП»: one column for two fields."""
    folded = fold(heading)
    return "инн" in folded and "кпп" in folded


def _reach(heading: str) -> bool:
    """«Контакты (телефон, e-mail)»: one column for telephone and mail."""
    folded = fold(heading)
    told = "тел" in folded and ("mail" in folded or "почт" in folded)
    return told or folded in ("контакты", "контактные данные", "контактная информация")


def _shared(spec: Field, heading: str) -> bool:
    if spec.kind in (Kind.INN, Kind.KPP):
        return _both(heading)
    return spec.kind in (Kind.PHONE, Kind.EMAIL) and _reach(heading)


def _alikeness(heading: str, spec: Field) -> float:
    """1 and more for a heading that is an alias (earlier aliases first), less for one that holds it."""
    foreign = _FOREIGN.get(spec.key)
    if foreign and foreign.search(fold(heading)):
        return 0.0
    whole = squeezed(heading)
    bare = squeezed(_UNITS.sub(" ", fold(heading.replace("(", " ").replace(")", " "))))
    aliases = [squeezed(text) for text in (spec.title, *spec.aliases)]
    for place, alias in enumerate(aliases):
        if whole == alias or (bare and bare == squeezed(_UNITS.sub(" ", fold(alias)))) or bare == alias:
            return 2.0 - place / 100
    if spec.kind in (Kind.INN, Kind.KPP) and _both(heading) and spec.kind.value in ("inn", "kpp"):
        return 1.2
    if spec.kind in (Kind.PHONE, Kind.EMAIL) and _reach(heading):
        return 1.2
    words = f" {fold(heading)} "
    best = 0.0
    for place, text in enumerate((spec.title, *spec.aliases)):
        alias = fold(text)
        if len(alias) < 3 or not alias:
            continue
        if words.startswith(f" {alias} ") or (f" {alias} " in words and " " in alias):
            best = max(best, 0.7 - place / 1000 + len(alias) / 1000)
        elif f" {alias} " in words and len(alias) >= 4:
            best = max(best, 0.4 - place / 1000 + len(alias) / 1000)
    return best


_CHECKED = frozenset(
    {Kind.OGRN, Kind.INN, Kind.KPP, Kind.MINJUST, Kind.DATE, Kind.MONEY, Kind.AMOUNT, Kind.COUNT, Kind.YEAR}
)


def _fits(spec: Field, sample: Sequence[object]) -> float:
    """The share of the sample that reads as the field's kind."""
    if not sample:
        return 0.0
    if spec.kind not in _CHECKED:
        return 0.5
    good = 0
    for cell in sample:
        read = parse(spec.kind, cell, tolerant=True)
        # A wrong check digit is still an ОГРН, an asked date still a date.
        digits = len(re.sub(r"\D", "", str(cell)))
        near = spec.kind in (Kind.OGRN, Kind.INN) and "Контрольная" in (read.fault or "") and digits >= 9
        good += read.fault is None or near or bool(read.readings)
    return good / len(sample)


def _by_content(
    table: RawTable,
    record_type: RecordType,
    fields: Sequence[Field],
    samples: Sequence[Sequence[object]],
    columns: dict[str, int],
    how: dict[str, str],
) -> None:
    """What no heading names: numbers by their check digits, dates, money, names of organisations."""
    free = [at for at in range(table.width) if at not in columns.values() and samples[at]]

    def take(spec: Field, at: int) -> None:
        columns[spec.key] = at
        how[spec.key] = BY_CONTENT
        free.remove(at)

    for kind in (Kind.OGRN, Kind.INN):
        spec = next((f for f in fields if f.kind is kind and _fits(f, _at(samples, columns.get(f.key))) < 0.3), None)
        at = next((at for at in free if spec and _share(kind, samples[at]) >= 0.8), None)
        at = _with_wrong_ones(kind, table, samples, free) if spec and at is None else at
        if spec and at is not None:
            take(spec, at)
    titled = any(table.heading)
    name_key = next((f for f in fields if f.key in (record_type.title_field, "ngo_id", "recipients")), None)
    if name_key and name_key.key not in columns and name_key.kind in (Kind.TEXT, Kind.LINK, Kind.LINKS):
        shares = [(_organisations(samples[at]), -at) for at in free]
        best = max(shares, default=(0.0, 0))
        if best[0] >= 0.5:
            take(name_key, -best[1])
    if titled:
        # A heading that says something else is believed: only lists without one are guessed further.
        return
    story = next((f for f in fields if f.key in ("purpose", "text") and f.key not in columns), None)
    longest = max(((_mean_length(samples[at]), -at) for at in free), default=(0.0, 0))
    if story and longest[0] >= _STORY:
        take(story, -longest[1])
    for kind, least in ((Kind.DATE, 0.9), (Kind.MONEY, 0.9)):
        wanted = [f for f in fields if f.kind is kind and f.key not in columns]
        if not wanted or any(f.kind is kind and f.key in columns for f in fields):
            continue
        spec = next((f for f in wanted if f.required), wanted[0])
        fitting = [at for at in free if _looks(kind, samples[at]) >= least]
        if len(fitting) == 1:
            take(spec, fitting[0])


def _mean_length(sample: Sequence[object]) -> float:
    """How long the texts of a column are: what a grant or a need is about is said in many words."""
    texts = [cell for cell in sample if isinstance(cell, str) and sum(map(str.isalpha, cell)) * 2 > len(cell)]
    return sum(map(len, texts)) / len(sample)


def _at(samples: Sequence[Sequence[object]], column: int | None) -> Sequence[object]:
    return samples[column] if column is not None else ()


def _share(kind: Kind, sample: Sequence[object]) -> float:
    """The share of full numbers with a sound check digit."""
    good = 0
    lengths = (13, 15) if kind is Kind.OGRN else (9, 10)
    for cell in sample:
        text = _without_tail(cell)
        good += len(re.sub(r"\D", "", text)) in lengths and parse(kind, cell, tolerant=True).fault is None
    return good / len(sample)


def _without_tail(cell: object) -> str:
    """1127800004914.0 as a number is written."""
    return f"{cell:.0f}" if isinstance(cell, float) else re.sub(r"[.,]0*$", "", str(cell).rstrip())


def _with_wrong_ones(
    kind: Kind, table: RawTable, samples: Sequence[Sequence[object]], free: Sequence[int]
) -> int | None:
    """A column of full numbers of which many are wrong: taken all the same, so that each wrong one is told.

    The first digit makes thirteen of them an ОГРН; ten may be a telephone, so half must be sound and no
    heading may say otherwise.
    """
    shape, least = (_SHAPE_OGRN, 0.0) if kind is Kind.OGRN else (_SHAPE_INN, 0.5)
    found = []
    for at in free:
        texts = [re.sub(r"\s", "", _without_tail(cell)) for cell in samples[at]]
        shaped = sum(bool(shape.fullmatch(text)) for text in texts) / len(texts)
        sound = _share(kind, samples[at])
        named = at < len(table.heading) and bool(table.heading[at])
        if shaped >= 0.8 and sound >= least and not named and (sound >= 0.3 or len(texts) <= _FEW):
            found.append((sound, -at))
    return -max(found)[1] if found else None


def _looks(kind: Kind, sample: Sequence[object]) -> float:
    """Dates and money of a list without headings: plain small whole numbers are neither."""
    good = 0
    for cell in sample:
        read = parse(kind, cell, tolerant=True)
        if kind is Kind.DATE:
            told = read.value is not None or bool(read.readings)  # a day that is asked is a day
            good += told and not isinstance(cell, (int, float)) and not str(cell).isdigit()
        else:
            good += read.value is not None and read.value >= 1000 and not _is_long_number(cell)
    return good / len(sample)


def _is_long_number(cell: object) -> bool:
    """Digits of an identifier rather than a sum."""
    digits = re.sub(r"[.,]0+$", "", str(cell))
    return digits.isdigit() and len(digits) >= 9


def _organisations(sample: Sequence[object]) -> float:
    texts = [fold(cell) for cell in sample if isinstance(cell, str)]
    return sum(bool(_ORGANISATION.search(text)) for text in texts) / max(1, len(sample))


def names_of_organisations(sample: Sequence[object]) -> bool:
    """Do at least a few of the texts read as names of organisations?"""
    return _organisations(sample) >= 0.2


def is_card(table: RawTable, column: int, known: Collection[str]) -> bool:
    """Does the sheet tell of one organisation, a field a line, the names of the fields where its list would name it?"""
    cells = [cell for row in table.rows[:50] for cell in row.cells[column : column + 1] if not is_blank(cell)]
    labels = sum(is_label(cell, known) and not _ORGANISATION.search(fold(str(cell))) for cell in cells)
    return table.width <= 3 and labels >= 2 and labels * 2 >= len(cells)


def _factors(columns: Mapping[str, int], table: RawTable, record_type: RecordType) -> dict[str, int]:
    """Money under «тыс. руб.» is in thousands."""
    found = {}
    for spec in importable(record_type):
        if spec.kind is Kind.MONEY and spec.key in columns:
            text = fold(table.column_title(columns[spec.key]))
            if _THOUSANDS.search(text):
                found[spec.key] = 1_000
            elif _MILLIONS.search(text):
                found[spec.key] = 1_000_000
    return found
