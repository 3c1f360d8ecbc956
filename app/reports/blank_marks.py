"""Control ratios that a sheet can show by itself, as conditional marks of the blank form.

`{102.quarter}` is the cell of that name; an empty one counts as 0.  They help the eye and prove
nothing: the reader runs the checks themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.returns.form import Form, RowKind
from app.returns.hand_form import MAY_BE_NEGATIVE, HandForm

BOTH = ("quarter", "year")
FORMS = ("211", "212", "213", "214", "215", "216", "217", "218")


@dataclass(frozen=True, slots=True)
class Mark:
    """A cell, the condition under which it is marked, number of the check and its words for the legend."""

    check: str
    cell: str
    condition: str
    words: str


@dataclass(frozen=True, slots=True)
class RowMark:
    """A ratio of coded rows: `{102}` stands for the cell of the row in the column at hand."""

    check: str
    row: str
    condition: str
    words: str
    periods: tuple[str, ...] = BOTH


ROW_MARKS = (
    RowMark("1", "102", "{102}>{101}-{106}", "102, 104, 105 не больше 101 − 106", ("quarter",)),
    RowMark("1", "104", "{104}>{101}-{106}", "102, 104, 105 не больше 101 − 106", ("quarter",)),
    RowMark("1", "105", "{105}>{101}-{106}", "102, 104, 105 не больше 101 − 106", ("quarter",)),
    RowMark("1", "103", "{103}>{102}", "103 не больше 102", ("quarter",)),
    RowMark("3", "101", "{101}<>{111}+{112}+{113}+{114}+{115}+{116}+{106}", "101 равно сумме 111…116 и 106",
            ("quarter",)),
    RowMark("6", "210",
            f"OR({{210}}<MAX({','.join(f'{{{form}.1}}' for form in FORMS)}),"
            f"{{210}}>{'+'.join(f'{{{form}.1}}' for form in FORMS)})",
            "210 не меньше наибольшей из 211.1…218.1 и не больше их суммы"),
    *(
        RowMark("8", unique, f"{{{unique}}}>{{{cases}}}", "получателей не больше, чем решений и случаев")
        for unique, cases in (("211.1", "211.2"), ("212.1", "212.2"), ("214.1", "214.2"), ("215.1", "215.3"),
                              ("217.1", "217.2"), ("218.1", "218.2"))
    ),
    RowMark("10", "203", "{203}>{202}", "203 с начала года не больше 202", ("year",)),
    *(
        RowMark("11", money, f"({{{money}}}>0)<>({{{count}}}>0)", "сумма есть тогда, когда есть решения или договоры")
        for money, count in (("211.3", "211.2"), ("217.3", "217.2"), ("220.3", "220.2"))
    ),
    RowMark("18", "304", "{304}>{301}", "304 не больше 301"),
    RowMark("28", "503", "{503}>{501}+{510}", "503 не больше 501 + 510", ("quarter",)),
    *(
        RowMark("30", later, f"{{{later}}}>{{{earlier}}}", "каждое следующее состояние не больше предыдущего")
        for later, earlier in (("604", "603"), ("603", "602"), ("602", "601"))
    ),
    RowMark("33", "233", "{233}>{232}", "233 не больше 232"),
)  # fmt: skip


def marks_of(form: HandForm) -> Iterator[Mark]:
    """Every mark of a form, by the order of its sections."""
    rows = {spec.code for spec in form.form.rows}
    for one in ROW_MARKS:
        if one.row in rows:
            for period in one.periods:
                yield Mark(one.check, f"{one.row}.{period}", _in_column(one.condition, period, rows), one.words)
    yield from _years(form.form)
    for line in form.lines:
        for period in BOTH:
            yield from _service_marks(line, period)
    for category in form.words.categories:
        for period in BOTH:
            yield from _need_marks(f"4.{category.code}", period)


def _in_column(condition: str, period: str, rows: set[str]) -> str:
    for code in rows:
        condition = condition.replace(f"{{{code}}}", f"{{{code}.{period}}}")
    return condition


def _years(form: Form) -> Iterator[Mark]:
    for spec in form.rows:
        if spec.kind in (RowKind.ADDITIVE, RowKind.UNIQUE) and spec.code not in MAY_BE_NEGATIVE:
            condition = f"{{{spec.code}.year}}<{{{spec.code}.quarter}}"
            yield Mark("13", f"{spec.code}.year", condition, "с начала года не меньше квартала")


def _service_marks(line: str, period: str) -> Iterator[Mark]:
    def of(column: str) -> str:
        return f"{{{line}.{column}.{period}}}"

    yield Mark("8", f"{line}.ngos.{period}", f"{of('ngos')}>{of('cases')}", "НКО не больше случаев")
    yield Mark("19", f"{line}.first.{period}", f"{of('first')}>{of('ngos')}", "впервые не больше НКО")
    yield Mark(
        "18", f"{line}.evidenced.{period}", f"{of('evidenced')}+{of('unevidenced')}<>{of('records')}",
        "с подтверждением и без него — столько, сколько записей",
    )  # fmt: skip


def _need_marks(line: str, period: str) -> Iterator[Mark]:
    def of(column: str) -> str:
        return f"{{{line}.{column}.{period}}}"

    left = "закрыто и снято не больше, чем открыто на начало и выявлено"
    yield Mark("24", f"{line}.end.{period}", f"{of('end')}<0", left)
    words = "НКО не больше, чем открыто на начало и выявлено"
    yield Mark("8", f"{line}.ngos.{period}", f"{of('ngos')}>{of('start')}+{of('opened')}", words)
    for column in ("over_90", "high"):
        words = "старых и срочных не больше открытых на конец"
        yield Mark("25", f"{line}.{column}.{period}", f"{of(column)}>{of('end')}", words)
