"""Figures that do not add up, each with the rule that must tell of it, where and in which words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from app.core.periods import Quarter
from app.returns.records import Opening, Plan
from app.returns.snapshot import QuarterReturn
from tests.returns.examples import Q2, Q3, Q4, SVET, Sample, support


@dataclass(frozen=True)
class Spoiled:
    """rule: its name.  cell and text: of the finding; text is a regular expression, spaces are plain."""

    rule: str
    change: Callable[[Sample], Sample]
    cell: str
    text: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.text}"


def activities(**counts: int) -> Callable[[Sample], Sample]:
    def change(sample: Sample) -> Sample:
        def edit(ret: QuarterReturn) -> QuarterReturn:
            return replace(ret, activities={"1": counts["one"], "9": counts["nine"]})

        return replace(sample, edit=edit)

    return change


def without_annex(sample: Sample) -> Sample:
    return replace(sample, edit=lambda ret: replace(ret, annex_a=ret.annex_a[:-1]))


def without_a_line(sample: Sample) -> Sample:
    def edit(ret: QuarterReturn) -> QuarterReturn:
        return replace(ret, services=tuple(line for line in ret.services if line.key != "3.centre-1.К1"))

    return replace(sample, edit=edit)


def planned(value: int, code: str = "211.2", act: str = "12") -> Callable[[Sample], Sample]:
    return lambda s: s.but(plans=(Plan(2026, code, Decimal(value), act, date(2026, 1, 15)),))


def without_plan(sample: Sample) -> Sample:
    return sample.but(plans=())


def bare(sample: Sample) -> Sample:
    """Records begin with III квартал; the opening balance of 210 has no cards behind it."""
    figures = {"210.year": Decimal(5), "101.year": Decimal(7), "501.year": Decimal(2)}
    sample = sample.but(frozen={}, opening=Opening(Q2, figures, frozenset({"210.year"})))
    return sample.row("210", year=40, year_upper=45)


def spent(amount: int) -> Callable[[Sample], Sample]:
    def change(sample: Sample) -> Sample:
        rows = [replace(e, local=Decimal(amount)) if e.account == Q3 else e for e in sample.records.executions]
        return sample.but(executions=tuple(rows))

    return change


def watched(code: str, **changes: object) -> Callable[[Sample], Sample]:
    return lambda s: s.row(code, **changes)


FIGURES = (
    Spoiled("marks_within_legal_entities", lambda s: s.row("102", quarter=60), "102.quarter",
            r"102 \(60\) больше 101 − 106 \(7\)"),
    Spoiled("marks_within_legal_entities", lambda s: s.row("104", quarter=8), "104.quarter", r"104 \(8\) больше"),
    Spoiled("marks_within_legal_entities", lambda s: s.row("105", quarter=9), "105.quarter", r"105 \(9\) больше"),
    Spoiled("iopu_are_sonko", lambda s: s.row("103", quarter=4), "103.quarter", r"103 \(4\) больше 102 \(3\)"),
    Spoiled("federal_register_within_sonko", lambda s: s.row("104", quarter=4), "104.quarter",
            r"104 \(4\) больше 102 \(3\)"),
    Spoiled("total_by_status", lambda s: s.row("119", quarter=5), "101.quarter",
            r"101 \(8\) не равно 107 \+ 108 \+ 119 \(12\)"),
    Spoiled("total_by_form", lambda s: s.row("113", quarter=1), "101.quarter", r"101 \(8\) не равно .* \(6\)"),
    Spoiled("total_by_movement", lambda s: s.row("109", quarter=3), "101.quarter",
            r"101 \(8\) не равно 101 прошлого отчёта \(7\) плюс 109 \(3\) минус 110 \(0\): 10"),
    Spoiled("sonko_without_activity", activities(one=1, nine=1), "1а", r"Сумма таблицы 1а \(2\) меньше 102 \(3\)"),
    Spoiled("sonko_without_activity", activities(one=9, nine=2), "1а.1", r"вид 1 \(9\) больше 102 \(3\)"),
    Spoiled("recipients_of_all_forms", lambda s: s.row("210", quarter=1), "210.quarter",
            r"210 \(1\) за квартал меньше 21.\.1 \(2\)"),
    Spoiled("recipients_of_all_forms", lambda s: s.row("210", year=30), "210.year",
            r"210 \(30\) с начала года больше суммы 211\.1…218\.1 \(11\)"),
    Spoiled("recipients_within_cases", lambda s: s.row("214.1", quarter=2), "214.1.quarter",
            r"214\.1 \(2\) за квартал больше 214\.2 \(1\)"),
    Spoiled("recipients_within_cases", lambda s: s.line("services", "centre-1.К4",
            "ngos", 7), "3.centre-1.К4.ngos.quarter",
            r"НКО \(7\) за квартал больше случаев \(1\)"),
    Spoiled("recipients_within_cases", lambda s: s.line("needs", "finance", "ngos", 7, "year"), "4.finance.ngos.year",
            r"НКО \(7\) с начала года больше, .* \(3\)"),
    Spoiled("money_by_source", lambda s: s.row("204", quarter=1), "203.quarter",
            r"203 \(130 000,00 ₽\) за квартал не равно сумме 204…207 \(30 001,00 ₽\)"),
    Spoiled("money_by_source", lambda s: s.row("211.5", year=500), "211.3.year",
            r"211\.3 .* не равно сумме 211\.4…211\.7"),
    Spoiled("money_by_annex", lambda s: s.row("211.3", quarter=90), "211.3.quarter",
            r"211\.3 \(90,00 ₽\) не равно сумме решений в приложении А \(100 000,00 ₽\)"),
    Spoiled("spent_within_programme", spent(900000), "203.year",
            r"203 \(1 190 000,00 ₽\) с начала года больше 202 \(600 000,00 ₽\)"),
    Spoiled("money_with_decisions", lambda s: s.row("217.3", quarter=0), "217.3.quarter",
            r"217\.3 \(0,00 ₽\) и 217\.2 \(1\) за квартал: одно без другого"),
    Spoiled("money_with_decisions", lambda s: s.row("220.2", year=0), "220.3.year", r"220\.3 .* и 220\.2 \(0\)"),
    Spoiled("year_holds_the_quarter", lambda s: s.row("301", year=3), "301.year",
            r"301: с начала года \(3\) меньше квартала \(7\)"),
    Spoiled("year_holds_the_quarter", lambda s: s.row("101", year=9), "101.year",
            r"101 — на дату: с начала года \(9\) не равно кварталу \(8\)"),
    Spoiled("year_holds_the_quarter", lambda s: s.line("services", "centre-1.О1", "people", 2, "year"),
            "3.centre-1.О1.people.year", r"«Человек»: с начала года \(2\) меньше квартала \(14\)"),
    Spoiled("year_holds_the_quarter", lambda s: s.line("needs", "finance", "end", 5, "year"), "4.finance.end.year",
            r"«Открыто на конец» — на дату: с начала года \(5\) не равно кварталу \(1\)"),
    Spoiled("year_grows_by_the_quarter", lambda s: s.row("232", year=50), "232.year",
            r"232: с начала года \(50\) не равно прошлому отчёту \(3\) плюс квартал \(6\)"),
    Spoiled("year_grows_by_the_quarter", lambda s: s.line("services", "centre-1.К4", "hours", Decimal("9.5"), "year"),
            "3.centre-1.К4.hours.year",
            r"«Часов»: с начала года \(9,5\) не равно прошлому отчёту \(2\) плюс квартал \(2\)"),
    Spoiled("year_grows_by_the_quarter", without_a_line,
            "3.centre-1.К1.records.year", r"в прошлом отчёте записей с начала года 1, в этом строки нет"),
    Spoiled("unique_within_quarters", lambda s: s.row("302", year=40), "302.year",
            r"302: с начала года \(40\) больше суммы кварталов \(10\)"),
    Spoiled("unique_within_quarters", lambda s: s.line("services", "centre-1.О1", "ngos", 2, "year"),
            "3.centre-1.О1.ngos.year", r"«НКО»: с начала года \(2\) меньше наибольшего квартала \(3\)"),
    Spoiled("unique_within_bare_quarters", bare, "210.year",
            r"210: с начала года \(40\) больше суммы кварталов \(10\)"),
    Spoiled("percent_of_plan", lambda s: s.row("211.2", percent=Decimal("50.0")), "211.2.percent",
            r"графа 8 \(50,0 %\) не равна графе 6 к графе 7 \(66,7 %\)"),
    Spoiled("percent_of_plan", lambda s: s.row("101", percent=Decimal(1)), "101.percent",
            r"графа 8 \(1,0 %\) .* \(пусто\)"),
    Spoiled("plan_changes_by_an_act", lambda s: s.row("211.2", plan=9, percent=Decimal("22.2")), "211.2.plan",
            r"у плана 9 нет акта с номером и датой"),
    Spoiled("plan_changes_by_an_act", planned(3, act=" "), "211.2.plan", r"у плана 3 нет акта"),
    Spoiled("plan_changes_by_an_act", without_plan, "211.2.plan", r"план 3 прошлого отчёта пропал"),
    Spoiled("close_to_the_plan", planned(40), "211.2.year",
            r"211\.2 \(2\) с начала года расходится с планом на 3 кв\. \(30\) больше чем на 30 %"),
    Spoiled("close_to_the_plan", planned(30, "101"), "101.year", r"101 \(8\) .* с планом \(30\)"),
    Spoiled("close_to_the_plan", lambda s: planned(90, "302")(s).but(quarter=Q4, today=date(2027, 1, 5)), "302.year",
            r"302 \(5\) .* с планом \(90\)"),
    Spoiled("totals_of_services", lambda s: s.row("301", quarter=9), "301.quarter",
            r"301 \(9\) за квартал не равно записям таблицы 3 \(7\)"),
    Spoiled("totals_of_services", lambda s: s.row("302", quarter=2), "302.quarter",
            r"302 \(2\) .* меньше НКО .* \(3\)"),
    Spoiled("totals_of_services", lambda s: s.row("302", year=30), "302.year",
            r"302 \(30\) .* больше суммы НКО .* \(9\)"),
    Spoiled("totals_of_services", lambda s: s.row("303", quarter=3), "303.quarter", r"303 \(3\) .* \(2\)"),
    Spoiled("totals_of_services", lambda s: s.row("304", quarter=8), "304.quarter", r"304 \(8\) .* больше 301 \(7\)"),
    Spoiled("evidence_adds_up", lambda s: s.line("services", "centre-1.О1", "evidenced", 0),
            "3.centre-1.О1.evidenced.quarter", r"\(0 \+ 0\) за квартал не равно записям \(1\)"),
    Spoiled("first_within_ngos", lambda s: s.line("services", "centre-1.О1", "first", 4), "3.centre-1.О1.first.quarter",
            r"впервые \(4\) за квартал больше НКО \(3\)"),
    Spoiled("services_have_evidence", lambda s: s.line("services", "centre-1.О1", "unevidenced", 4), "301.quarter",
            r"Без подтверждения 4 из 7 услуг \(57,1 %\), больше 10 %"),
    Spoiled("needs_add_up", lambda s: s.line("needs", "finance", "withdrawn", 0), "4.finance.end.quarter",
            r"открыто на конец \(1\) за квартал не равно 1 \+ 2 − 1 − 0 − 0 \(2\)"),
    Spoiled("needs_continue", lambda s: s.line("needs", "finance", "start", 3), "4.finance.start.quarter",
            r"открыто на начало \(3\) не равно .* \(1\)"),
    Spoiled("needs_continue", lambda s: s.line("needs", "finance", "start", 2, "year"), "4.finance.start.year",
            r"открыто на начало года \(2\) не равно прошлому отчёту \(0\)"),
    Spoiled("old_and_urgent_within_open", lambda s: s.line("needs", "premises",
            "over_90", 2), "4.premises.over_90.quarter",
            r"старше 90 дней \(2\) больше открытых на конец \(1\)"),
    Spoiled("old_and_urgent_within_open", lambda s: s.line("needs", "finance", "high", 5), "4.finance.high.quarter",
            r"срочных \(5\) больше открытых на конец \(1\)"),
    Spoiled("unserved_is_marked", lambda s: s.line("needs", "premises", "unserved", 0), "4.premises.unserved.quarter",
            r"отметка \(0\) не равна 1: открыто на конец \(1\), услуги категории не оказывались"),
    Spoiled("unserved_is_marked", lambda s: s.line("needs", "finance", "unserved", 1), "4.finance.unserved.quarter",
            r"отметка \(1\) не равна 0"),
    Spoiled("agreements_by_movement", lambda s: s.row("510", quarter=0), "501.quarter",
            r"501 \(2\) не равно 501 прошлого отчёта \(2\) плюс 502 \(1\) минус 510 \(0\): 3"),
    Spoiled("agreements_by_movement", lambda s: s.row("503", quarter=4), "503.quarter",
            r"503 \(4\) больше 501 .* \(2\)"),
    Spoiled("practices_by_state", lambda s: s.both("603", 3), "603.quarter", r"603 \(3\) больше 602 \(1\)"),
    Spoiled("registered_are_on_record", lambda s: s.row("304", year=3), "304.year",
            r"304 \(3\) с начала года больше .* в 2026 году \(2\)"),
    Spoiled("entries_are_listed", without_annex, "232.quarter", r"232 \(6\) не равно числу записей .* \(5\)"),
    Spoiled("entries_are_listed", lambda s: s.row("233", quarter=7), "233.quarter",
            r"233 \(7\) за квартал больше 232 \(6\)"),
    Spoiled("iopu_while_valid", lambda s: s.row("103", quarter=2), "103.quarter",
            r"103 \(2\) больше числа ИОПУ, действующих на 30\.09\.2026 \(1\)"),
    Spoiled("stocks_against_last_quarter", lambda s: s.both("101", 20), "101.quarter",
            r"101 \(20\) отличается от прошлого квартала \(7\) больше чем на 20 %"),
    Spoiled("year_against_year_before", lambda s: s.row("301", before=100), "301.year",
            r"301 \(10\) отличается от прошлого года \(100\) больше чем на 50 %"),
    Spoiled("property_in_use_remains", lambda s: s.both("212.5", 0), "212.5.quarter",
            r"212\.5 \(0\), а в прошлом отчёте было 50 м²"),
)  # fmt: skip


@dataclass(frozen=True)
class Sound:
    """What looks odd and is right: no finding of the rule."""

    rule: str
    why: str
    change: Callable[[Sample], Sample]

    def __str__(self) -> str:
        return f"{self.rule}: {self.why}"


def money_returned(sample: Sample) -> Sample:
    return spent(-70000)(sample)


def first_quarter(sample: Sample) -> Sample:
    return sample.but(quarter=Quarter(2027, 1), today=date(2027, 4, 5))


def never_in_use(sample: Sample) -> Sample:
    (kept,) = sample.records.frozen[Q2]
    rows = {**kept.ret.rows, "212.5": replace(kept.ret["212.5"], quarter=Decimal(0), year=Decimal(0))}
    frozen = {**sample.records.frozen, Q2: (replace(kept, ret=replace(kept.ret, rows=rows)),)}
    return sample.but(frozen=frozen).both("212.5", 0)


SOUND_FIGURES = (
    Sound("property_in_use_remains", "there was none before either", never_in_use),
    Sound("year_holds_the_quarter", "money returned makes a quarter negative", money_returned),
    Sound("year_holds_the_quarter", "the first quarter is the year", first_quarter),
    Sound("year_grows_by_the_quarter", "the first quarter needs no other", first_quarter),
    Sound("close_to_the_plan", "the first quarter tells nothing yet",
          lambda s: planned(40)(s).but(quarter=Quarter(2026, 1), today=date(2026, 4, 5))),
    Sound("close_to_the_plan", "unique rows only at the end of the year", planned(90, "302")),
    Sound("close_to_the_plan", "up to 5 units is noise", planned(9)),
    Sound("close_to_the_plan", "less than 30 % of what was expected", planned(9, "101")),
    Sound("stocks_against_last_quarter", "up to 5 units is noise", lambda s: s.both("101", 12)),
    Sound("stocks_against_last_quarter", "rows that nobody watches", lambda s: s.both("107", 90)),
    Sound("year_against_year_before", "up to 50 000 ₽ is noise", lambda s: s.row("211.3", before=260000)),
    Sound("services_have_evidence", "three are too few to speak of",
          lambda s: s.line("services", "centre-1.О1", "unevidenced", 3)),
    Sound("totals_of_services", "two centres of one ОГРН are one",
          lambda s: s.changed("centres", 2, ogrn=s.records.centres[0].ogrn).row("303", quarter=1, year=1)),
    Sound("recipients_of_all_forms", "an interval holds every count between its bounds",
          lambda s: s.row("210", year=1, year_upper=9)),
    Sound("percent_of_plan", "an interval has no percent",
          lambda s: s.row("210", year=6, year_upper=9, plan=10, percent=None)),
    Sound("unique_within_quarters", "a merge of cards joins two that were counted apart",
          lambda s: s.changed("ngos", SVET, merged_into_id=2)),
    Sound("money_by_annex", "a decision not yet entered stands below the line",
          lambda s: s.changed("supports", 6, entry_no=None, entered_on=None, entry_account=None, published_on=None)),
    Sound("money_by_annex", "an entry of an earlier decision is not counted again",
          lambda s: s.added("supports", support(90, SVET, "211", date(2026, 6, 29), amount=Decimal(7), entry_no=90,
                                                entered_on=date(2026, 7, 1), entry_account=Q3))),
)  # fmt: skip
