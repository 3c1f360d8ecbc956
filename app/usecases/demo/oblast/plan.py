"""What is planted in the fictional oblast: districts, centres, NGOs of two districts, holes, duplicates, and what only
looks like them.  Everything else of a district comes from its story (`district`), and gives rise to neither.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.core.identifiers import inn_with_check_digit, ogrn_with_check_digit
from app.core.periods import Quarter
from app.usecases.demo.vocabulary import INVENTED_OFFICE

FIRST, NOW = Quarter(2025, 4), Quarter(2026, 3)
TODAY = date(2026, 10, 26)

(BOKSITOGORSK, VOLOSOVO, VOLKHOV, VSEVOLOZHSK, VYBORG, GATCHINA, KINGISEPP, KIRISHI, KIROVSK, LODEYNOYE, LOMONOSOV,
 LUGA, PODPOROZHYE, PRIOZERSK, SLANTSY, TIKHVIN, TOSNO, SOSNOVY_BOR) = CODES = (
    "41603000", "41606000", "41609000", "41612000", "41615000", "41518000", "41621000", "41624000", "41625000",
    "41627000", "41630000", "41633000", "41636000", "41639000", "41642000", "41645000", "41648000", "41754000",
)  # fmt: skip
FORMER, FORMER_QUARTER = "41618000", Quarter(2024, 1)
"""Гатчинский район, as long as it was one: its return belongs to the chain of the okrug."""
UNKNOWN = "41999000"

LAST = {PRIOZERSK: Quarter(2026, 2), SLANTSY: Quarter(2026, 1)}
"""The last quarter whose return was approved, where it is not that of the others."""
MISSING = (LODEYNOYE, PRIOZERSK, SLANTSY)
"""Without a return of III квартал: one came edited, one under a wrong name is of II квартал, one did not come."""
BY_HAND = {PODPOROZHYE: (Quarter(2026, 2), NOW)}
LATE = {(TIKHVIN, Quarter(2026, 2)): 6, (TIKHVIN, NOW): 3, (LUGA, NOW): 7}
"""Days by which a return was approved after its term."""
CORRECTED = {(VOLKHOV, NOW): "учтены часы консультации", (KIRISHI, Quarter(2026, 2)): "исправлены часы консультации"}
"""Reasons of corrections; what they put right is planted with them."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """One that is known beyond its district: an NGO, a centre, a partner."""

    name: str
    number: int

    @property
    def ogrn(self) -> str:
        return ogrn_with_check_digit(f"115{INVENTED_OFFICE}{self.number:05d}")

    @property
    def inn(self) -> str:
        return inn_with_check_digit(f"{INVENTED_OFFICE}{self.number:05d}")


CENTRES = {
    1: Organisation("Ресурсный центр «Опорный мостик»", 90_001),
    2: Organisation("Ресурсный центр «Грантовая верфь»", 90_002),
    3: Organisation("Центр помощи НКО «Бухгалтерский фонарик»", 90_003),
    4: Organisation("Общественное пространство «Соседская горница»", 90_004),
    5: Organisation("Добровольческий центр «Варежка»", 90_005),
    6: Organisation("Медиацентр «Берестяная грамота»", 90_006),
}
PARTNER = Organisation("АО «Областной паром»", 90_101)
"""A company that works with NGOs of several districts."""

Layout = dict[int, tuple[str, ...]]
LAYOUTS: tuple[Layout, ...] = (
    {1: ("К1", "К2", "К3", "К4", "О1"), 4: ("П1", "П3"), 6: ("И1",)},
    {2: ("К4", "С3", "О1", "М1"), 3: ("К3", "С1"), 5: ("К1", "В2"), 4: ("П1",)},
    {2: ("К4",), 3: ("К3",), 5: ("К1", "В2", "О2"), 6: ("О1", "И1", "И2"), 1: ("К2",)},
    {2: ("К4", "О1"), 1: ("К1", "К2"), 4: ("П1", "П2", "П3"), 3: ("К3",)},
)
"""Who gives what: a code has one centre in a district, so that two centres at one work are planted ones alone."""


def layout_of(oktmo: str) -> Layout:
    return LAYOUTS[CODES.index(oktmo) % len(LAYOUTS)]


@dataclass(frozen=True, slots=True)
class Shared:
    """An NGO that works in two districts, under a card of each.  both_primary: each holds it for its own (check 44)."""

    key: str
    organisation: Organisation
    home: str
    away: str
    both_primary: bool = False


SHARED = tuple(
    Shared(f"s{n}", Organisation(f"Автономная некоммерческая организация развития сельских территорий «{own}»",
                                 90_200 + n), home, away, both_primary=n == 5)
    for n, (own, home, away) in enumerate(
        (
            ("Лодочный сарай", VSEVOLOZHSK, TOSNO), ("Ситцевый компас", GATCHINA, LOMONOSOV),
            ("Каменный пряник", KINGISEPP, VOLOSOVO), ("Северная грядка", TIKHVIN, LODEYNOYE),
            ("Шхерный маячок", VSEVOLOZHSK, VYBORG), ("Ладожский напёрсток", KIROVSK, KIRISHI),
            ("Полевой бубенец", LUGA, GATCHINA), ("Дальняя пасека", BOKSITOGORSK, PODPOROZHYE),
        ), 1)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Given:
    """A planted act of service.

    who: r1…r4 of the district, b1 its group without a legal entity, s1… that work in two districts.
    """

    oktmo: str
    centre: int
    code: str
    on: date
    who: tuple[str, ...]
    evidence: tuple[str, str] | None = None


def _on(month: int, day: int) -> date:
    return date(2026, month, day)


GIVEN = (
    # Two centres, one NGO, one code, within 30 days.
    Given(VSEVOLOZHSK, 2, "К4", _on(7, 14), ("r1",)),
    Given(VSEVOLOZHSK, 1, "К4", _on(8, 5), ("r1",)),
    # Seminars: two of the three came to both.
    Given(KINGISEPP, 6, "О1", _on(9, 3), ("r1", "r2", "r3")),
    Given(KINGISEPP, 2, "О1", _on(9, 24), ("r1", "r2")),
    # Over the end of a quarter.
    Given(KIRISHI, 3, "К3", _on(6, 22), ("r1",)),
    Given(KIRISHI, 1, "К3", _on(7, 15), ("r1",)),
    # In two districts, each of which sees one half.
    Given(VSEVOLOZHSK, 2, "К4", _on(8, 10), ("s1",)),
    Given(TOSNO, 1, "К4", _on(8, 28), ("s1",)),
    Given(GATCHINA, 2, "О1", _on(9, 8), ("s2", "r1")),
    Given(LOMONOSOV, 6, "О1", _on(9, 17), ("s2", "r1")),
    # A group that no number tells.
    Given(VOLOSOVO, 5, "К1", _on(8, 4), ("b1",)),
    Given(VOLOSOVO, 1, "К1", _on(8, 14), ("b1",)),
    # Three centres, the first and the last exactly 30 days apart.
    Given(LUGA, 2, "О1", _on(7, 7), ("r1", "r2")),
    Given(LUGA, 1, "О1", _on(7, 21), ("r1", "r3")),
    Given(LUGA, 6, "О1", _on(8, 6), ("r1", "r4")),
    # Exactly 30 days apart.
    Given(TIKHVIN, 2, "К4", _on(7, 13), ("r1",)),
    Given(TIKHVIN, 1, "К4", _on(8, 12), ("r1",)),
    # No duplicates: 31 days apart; both before the quarter; one centre in two districts; other codes; no return.
    Given(TOSNO, 1, "К4", _on(7, 6), ("r1",)),
    Given(TOSNO, 2, "К4", _on(8, 6), ("r1",)),
    Given(KIROVSK, 1, "К3", _on(6, 5), ("r1",)),
    Given(KIROVSK, 3, "К3", _on(6, 19), ("r1",)),
    Given(KIROVSK, 1, "К3", _on(9, 14), ("r1",)),
    Given(KINGISEPP, 2, "К4", _on(8, 18), ("s3",)),
    Given(VOLOSOVO, 2, "К4", _on(8, 25), ("s3",)),
    Given(TIKHVIN, 1, "К3", _on(8, 12), ("s4",)),
    Given(LODEYNOYE, 3, "К3", _on(8, 20), ("s4",)),
    *(
        Given(oktmo, centre, code, on, (key,))
        for key, home, away in (("s5", (VSEVOLOZHSK, 2), (VYBORG, 1)), ("s6", (KIROVSK, 1), (KIRISHI, 3)),
                                ("s7", (LUGA, 2), (GATCHINA, 3)), ("s8", (BOKSITOGORSK, 1), (PODPOROZHYE, 1)))
        for (oktmo, centre), code, on in ((home, "К4", _on(8, 19)), (away, "К3", _on(8, 26)))
    ),
    # Below half of their plans, both of them (OFFERED bears the plans).
    Given(VOLKHOV, 1, "К4", _on(5, 19), ("r1",)),
    Given(VOLKHOV, 1, "К4", _on(9, 15), ("r2",)),
    Given(KIROVSK, 6, "О1", _on(9, 10), ("r2", "r3")),
    # Below its plan beside one that is not.
    Given(TOSNO, 6, "О1", _on(9, 16), ("r3", "r4")),
    # Below half of its plan beside one that is below its plan, but not by half.
    Given(LUGA, 1, "К3", _on(9, 22), ("r2",)),
    # One evidence, two centres (check 44): other codes, so no duplicate.
    Given(BOKSITOGORSK, 1, "К4", _on(7, 16), ("r1",), ("акт", "47/15-А")),
    Given(BOKSITOGORSK, 6, "И1", _on(7, 16), ("r1",), ("акт", "47/15-А")),
)  # fmt: skip

OFFERED = {
    (VOLKHOV, 2, "К4"): 40, (VOLKHOV, 1, "К4"): 40, (KIROVSK, 1, "О1"): 30, (KIROVSK, 6, "О1"): 30,
    (TOSNO, 6, "О1"): 24, (LUGA, 3, "К3"): 10, (LUGA, 1, "К3"): 10, (VYBORG, 5, "В2"): 12,
}  # fmt: skip
"""Plans of 2026 beside those of the layout.  Of В2 in Выборгский nothing was done at all (check 46)."""


@dataclass(frozen=True, slots=True)
class Doubled:
    """A planted candidate for duplication: an NGO of a district (or of two), or, without one, two centres' plans.

    reason: «обосновано», to be given by a person; '' for one that is inefficient.
    """

    code: str
    centres: tuple[int, ...]
    districts: tuple[str, ...]
    who: str = ""
    reason: str = ""


DOUBLED = (
    Doubled("К4", (1, 2), (VSEVOLOZHSK,), "r1"),
    Doubled("О1", (2, 6), (KINGISEPP,), "r1"),
    Doubled("О1", (2, 6), (KINGISEPP,), "r2", "Семинары о разном: отчётность и набор добровольцев"),
    Doubled("К3", (1, 3), (KIRISHI,), "r1"),
    Doubled("К4", (1, 2), (VSEVOLOZHSK, TOSNO), "s1"),
    Doubled("О1", (2, 6), (GATCHINA, LOMONOSOV), "s2", "Сетевой проект двух районов: занятия идут одно за другим"),
    Doubled("К1", (1, 5), (VOLOSOVO,), "b1"),
    Doubled("О1", (1, 2, 6), (LUGA,), "r1"),
    Doubled("К4", (1, 2), (TIKHVIN,), "r1"),
    Doubled("К4", (1, 2), (VOLKHOV,)),
    Doubled("О1", (1, 6), (KIROVSK,), reason="Медиацентр открылся в июне и набирает слушателей"),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A planted need.  closed: the day it was answered otherwise than by a centre, or None while it is open."""

    oktmo: str
    category: str
    code: str
    who: str
    on: date
    high: bool = False
    closed: date | None = None
    hole: bool = True


WANTED = (
    Wanted(BOKSITOGORSK, "volunteers", "В2", "r3", _on(7, 6), high=True),
    Wanted(BOKSITOGORSK, "volunteers", "В2", "r4", _on(8, 10)),
    Wanted(VOLOSOVO, "legal", "К2", "r3", _on(4, 14)),
    Wanted(GATCHINA, "finance", "К4", "r3", _on(5, 12), high=True),
    # One NGO waits for two things of a category: the heavier one weighs.
    Wanted(VSEVOLOZHSK, "information", "И1", "r3", _on(7, 1)),
    Wanted(VSEVOLOZHSK, "information", "И2", "r3", _on(8, 3), high=True),
    Wanted(VYBORG, "partners", "В1", "r3", _on(9, 1)),
    Wanted(KINGISEPP, "premises", "П1", "r3", _on(3, 17), high=True),
    Wanted(KINGISEPP, "premises", "П2", "r4", _on(8, 4)),
    Wanted(KIROVSK, "accounting", "К3", "r4", _on(7, 1)),  # 91 days
    Wanted(TOSNO, "equipment", "П3", "r2", _on(6, 22)),
    Wanted(SOSNOVY_BOR, "equipment", "П3", "r3", _on(7, 20), high=True),
    Wanted(PODPOROZHYE, "volunteers", "В2", "r3", _on(8, 18)),
    # No holes: exactly 90 days and served; answered otherwise; a hole of the quarter before; no return.
    Wanted(TIKHVIN, "finance", "К4", "r3", _on(7, 2), hole=False),
    Wanted(LOMONOSOV, "other", "М1", "r3", _on(7, 14), closed=_on(8, 20), hole=False),
    Wanted(LUGA, "volunteers", "В2", "r3", _on(5, 19), closed=_on(7, 28), hole=False),
    Wanted(LODEYNOYE, "legal", "К2", "r3", _on(7, 8), hole=False),
)


def shared_of(oktmo: str) -> Iterator[tuple[Shared, bool]]:
    """NGOs of two districts that have a card in this one, and whether it is their home."""
    for one in SHARED:
        if oktmo in (one.home, one.away):
            yield one, oktmo == one.home
