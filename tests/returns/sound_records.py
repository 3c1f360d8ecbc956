"""Records that look odd and are right: no finding of the rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from app.core.periods import Quarter
from app.returns.build import build
from app.returns.records import (
    Contest,
    Contribution,
    Frozen,
    Interval,
    Mark,
    Recipient,
    Territory,
)
from tests.returns.examples import (
    HRAM,
    LONG_AGO,
    LUCH,
    PARTY,
    Q1,
    Q2,
    Q3,
    Q3_25,
    Q4,
    Q4_25,
    ROSTOK,
    SVET,
    ZARYA,
    Sample,
    X,
    Y,
    need,
    ngo,
    number,
    service,
    support,
)
from tests.returns.spoiled_figures import Sound
from tests.returns.spoiled_records import SOON, given


def over_the_new_year(sample: Sample) -> Sample:
    """A need told in December is open when the first quarter, and so the year, begins."""
    records = replace(sample.added("needs", need(9, ZARYA, "finance", date(2025, 12, 1))).records, frozen={})
    kept = build(replace(records, today=date(2026, 1, 12)), Q4_25).ret
    frozen = {Q4_25: (Frozen(kept, date(2026, 1, 12), "0" * 64),)}
    return replace(sample, records=replace(records, frozen=frozen, today=date(2026, 4, 6)), quarter=Q1)


SOUND_RECORDS = (
    Sound("counted_after_registration", "К1 is what leads to registration",
          lambda s: s.changed("services", 6, provided_on=date(2026, 8, 2))),
    Sound("counted_after_registration", "it was an unregistered body then",
          lambda s: s.changed("services", 6, provided_on=date(2026, 7, 2), code="К2")),
    Sound("counted_by_the_last_day", "what came late is told in annex Г",
          lambda s: s.changed("services", 9, provided_on=date(2026, 2, 3))),
    Sound("recipients_on_record", "on record as the card it was merged into",
          lambda s: s.added("supports", support(90, 8, "217", SOON, amount=Decimal(7)))),
    Sound("agreements_in_force", "an end that became known late is counted later",
          lambda s: s.changed("partnerships", 2, end_account=Q4)),
    Sound("support_after_liquidation", "withdrawing a need and ending support may follow",
          lambda s: s.changed("ngos", ROSTOK, liquidated_on=date(2026, 8, 31)).changed("needs", 4, ngo_id=ROSTOK,
                                                                                       opened_on=date(2026, 8, 20))),
    Sound("consultations_are_short", "two consultations of five hours",
          lambda s: s.changed("services", 4, hours=Decimal(10), quantity=Decimal(2))),
    Sound("people_cover_recipients", "a publication has no people", lambda s: s.changed("services", 9, people=0)),
    Sound("services_differ", "«граждане» are nobody in particular",
          lambda s: s.added("services", service(90, Y, "К4", date(2026, 9, 18), recipients=(Recipient(None),)))),
    Sound("services_differ", "alike ones of a frozen quarter were told then",
          lambda s: s.added("services", service(90, X, "К4", date(2026, 2, 10), SVET))),
    Sound("decisions_differ", "two events of training are two decisions",
          lambda s: s.added("supports", support(90, SVET, "215", date(2026, 9, 3), event_id=2, people=1))),
    Sound("annex_is_filled", "a use without end has its beginning alone",
          lambda s: s.changed("supports", 7, starts_on=date(2026, 8, 10), ends_on=None)),
    Sound("entered_in_time", "the third working day is in time",
          lambda s: s.changed("supports", 8, entered_on=date(2026, 8, 17))),
    Sound("one_card_a_number", "a merged card speaks through another",
          lambda s: s.changed("ngos", 8, **number(LUCH))),
    Sound("intervals_in_order", "removed and taken on again the same day",
          lambda s: s.changed("ngos", PARTY, intervals=(
              Interval(LONG_AGO, Quarter(2025, 1), SOON, Q3, "moved", before_records=True), Interval(SOON, Q3)))),
    Sound("territory_is_valid", "the chain goes on under another code", lambda s: s.but(territories=(
        Territory("41612000", "Район", "Района", date(2006, 1, 1), date(2026, 8, 31), "41512000"),
        Territory("41512000", "Округ", "Округа", date(2026, 9, 1), None)))),
    Sound("settlement_belongs", "it keeps the settlement of the predecessor",
          lambda s: s.changed("ngos", LUCH, settlement="41612000")),
    Sound("settlement_belongs", "its primary record is elsewhere",
          lambda s: s.changed("ngos", LUCH, settlement="41603000", primary_here=False)),
    Sound("iopu_while_valid", "its own last day is included",
          lambda s: s.changed("ngos", SVET, marks=tuple(
              Mark(kind, LONG_AGO, Quarter(2025, 1), date(2026, 9, 30)) for kind in ("sonko", "iopu")))),
    Sound("handed_in_on_time", "a correction is no late return",
          lambda s: s.but(quarter=Q3_25, correction=1, reason="ошибка")),
    Sound("handed_in_on_time", "a day off moves the term", lambda s: s.but(today=date(2026, 10, 12))),
    Sound("frozen_quarters_hold", "a late record has its own period of account",
          lambda s: s.added("services", service(90, X, "К4", date(2026, 2, 11), LUCH, account=Q3))),
    Sound("frozen_quarters_hold", "two cards that are one today are one in what was frozen",
          lambda s: s.changed("ngos", SVET, merged_into_id=LUCH)),
    Sound("frozen_quarters_hold", "an edit that changes no figure",
          lambda s: s.changed("ngos", LUCH, name="Фонд «Луч надежды»")),
    Sound("frozen_quarters_hold", "a correction looks at the quarters before it alone",
          lambda s: s.changed("services", 3, hours=Decimal(9)).but(quarter=Q2, correction=1, reason="часы")),
    Sound("later_quarters_follow", "nothing changed after it",
          lambda s: s.but(quarter=Q1, correction=1, reason="опечатка")),
    Sound("first_time_once", "each centre has its own first time",
          lambda s: s.changed("services", 10, recipients=(Recipient(SVET, True),))),
    Sound("evidence_differs", "numbers begin anew each year",
          lambda s: s.changed("services", 4, evidence_no="20")),
    Sound("open_needs_differ", "another NGO has the same need",
          lambda s: s.added("needs", need(9, HRAM, "finance", SOON, codes=("С3",), text="Заявка на конкурс"))),
    Sound("no_outliers", "50 000 ₽ more is noise",
          lambda s: s.changed("supports", 5, amount=Decimal(100)).changed("supports", 12, amount=Decimal(9000))),
    Sound("contest_within_limits", "a grant of the very limit",
          lambda s: s.changed("applications", 1, granted=Decimal(250000))),
    Sound("money_after_liquidation", "on the very day of liquidation",
          lambda s: s.changed("ngos", SVET, liquidated_on=date(2026, 9, 14))),
    Sound("contributions_within_agreement", "on the last day in force",
          lambda s: given(s.changed("partnerships", 3, ends_on=date(2026, 9, 30), end_account=Q4), 3,
                          Contribution(9, date(2026, 9, 30), Q3, "goods"))),
    Sound("needs_continue", "open over the New Year", over_the_new_year),
    Sound("contest_within_limits", "a decision of another contest year",
          lambda s: s.but(contests=(*s.records.contests, Contest(2, 2025, "Этап", Decimal(1), Decimal(1))))),
    Sound("registered_are_on_record", "as many young NGOs as were registered", lambda s: s.row("304", year=2)),
    Sound("served_are_on_record", "a body taken on record that day",
          lambda s: s.added("ngos", ngo(90, "АНО «Новая»", intervals=(Interval(SOON, Q3),))).added(
              "needs", need(9, 90, "finance", SOON)).added(
              "needs", need(10, 90, "finance", SOON + timedelta(days=1), text="другая"))),
)  # fmt: skip
