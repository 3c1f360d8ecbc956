"""The district in bars: decisions by quarter, by form, by settlement of the recipient; open needs by category."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.periods import ROMAN, Quarter, quarters
from app.core.text import NBSP
from app.models import Need, NeedCategory, Ngo, Settlement, Support
from app.records.choices import SUPPORT_FORMS

CHARTED = 8  # quarters
NOWHERE = "не указано"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: the label beside it, what it is called in words, and the records that it counts.

    rest: what found no room of its own, a figure without a bar: it would dwarf those it stands under.
    beside: what stands under the label; part: not everybody is in it, so it is hatched.
    """

    label: str
    title: str
    register: str
    ids: tuple[int, ...]
    rest: bool = False
    beside: str = ""
    part: bool = False

    @property
    def count(self) -> int:
        return len(self.ids)


def by_quarter(session: Session, now: Quarter) -> tuple[Bar, ...]:
    """Decisions by period of account, eight quarters up to now; quarters before the first one with any are left out."""
    first = now
    for _ in range(CHARTED - 1):
        first = first.previous
    counted: dict[Quarter, list[int]] = defaultdict(list)
    query = select(Support.account, Support.id).where(
        Support.terminates_id.is_(None), Support.archived_on.is_(None), Support.before_records.is_(False)
    )
    for account, id in session.execute(query.order_by(Support.id)):
        counted[account].append(id)
    shown = list(quarters(first, now))
    while len(shown) > 1 and not counted.get(shown[0]):
        del shown[0]
    return tuple(
        Bar(f"{ROMAN[q.number - 1]}{NBSP}{q.year % 100:02d}", q.title, "support", tuple(counted.get(q, ())))
        for q in shown
    )


def by_form(session: Session, now: Quarter) -> tuple[Bar, ...]:
    """Decisions of this quarter and the one before by form, most frequent first."""
    found = _decided(session, now)
    return _ranked(((SUPPORT_FORMS[form], SUPPORT_FORMS[form].split(" и ")[0], id) for id, form, _ in found), "support")


def by_settlement(session: Session, now: Quarter) -> tuple[Bar, ...]:
    """The same decisions by the settlement of the recipient."""
    found = _decided(session, now)
    return _ranked(((place or NOWHERE, place or NOWHERE, id) for id, _, place in found), "support")


def by_category(session: Session) -> tuple[Bar, ...]:
    """Open needs by category."""
    query = (
        select(NeedCategory.title, Need.id)
        .join(Need, Need.category_code == NeedCategory.code)
        .where(Need.status == "open", Need.archived_on.is_(None))
        .order_by(Need.id)
    )
    return _ranked(((title, title.lower(), id) for title, id in session.execute(query)), "need")


def grouped(bars: tuple[Bar, ...], most: int) -> tuple[Bar, ...]:
    """At most so many bars: what is left over is one bar «другие»."""
    if len(bars) <= most:
        return bars
    kept, rest = bars[: most - 1], bars[most - 1 :]
    ids = tuple(id for bar in rest for id in bar.ids)
    told = "другие: " + ", ".join(bar.title for bar in rest)
    return (*kept, Bar(f"другие ({len(rest)})", told, rest[0].register, ids, rest=True))


def _decided(session: Session, now: Quarter) -> list[tuple[int, str, str | None]]:
    query = (
        select(Support.id, Support.form, Settlement.name)
        .join(Ngo, Ngo.id == Support.ngo_id)
        .outerjoin(Settlement, Settlement.id == Ngo.settlement_id)
        .where(
            Support.terminates_id.is_(None), Support.archived_on.is_(None), Support.before_records.is_(False),
            Support.account.in_([now, now.previous]),
        )
        .order_by(Support.id)
    )  # fmt: skip
    return [(id, form, place) for id, form, place in session.execute(query)]


def _ranked(found: Iterable[tuple[str, str, int]], register: str) -> tuple[Bar, ...]:
    """(title, label, id) -> bars, the longest first, equal ones by their title."""
    ids: Mapping[Hashable, list[int]] = defaultdict(list)
    labels: dict[str, str] = {}
    for title, label, id in found:
        ids[title].append(id)
        labels[title] = label
    order = sorted(labels, key=lambda title: (-len(ids[title]), title == NOWHERE, title))
    return tuple(Bar(labels[title], title, register, tuple(ids[title])) for title in order)
