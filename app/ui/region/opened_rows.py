"""Rows of annexes as tables of words: decisions, needs, practices, services, NGOs on record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.russian import amount, day, integer, plural, roubles
from app.records.choices import NEED_STATUSES, NGO_STATUSES, PRIORITIES, SUPPORT_FORMS
from app.region.keys import Keys
from app.region.lineage import AnnexRow
from app.returns.snapshot import NeedRow, NgoRow, PracticeCard, RegisterRow, ServiceRow
from app.ui.region.picture import Picture

CITIZENS = "граждане"
STATES = {"presented": "представлена", "checked": "проверена", "recommended": "рекомендована", "spread": "тиражирована"}


@dataclass(frozen=True, slots=True)
class Table:
    """columns: (head, px).  right: columns of figures.  empty: the sentence where there is no row.

    bar: the column of percents that is drawn as bars too, -1 for none.
    """

    title: str
    columns: tuple[tuple[str, int], ...]
    rows: Sequence[tuple[str, ...]]
    fill: int = 0
    right: tuple[int, ...] = ()
    empty: str = "Записей нет."
    bar: int = -1

    @property
    def heads(self) -> tuple[str, ...]:
        return tuple(head for head, _ in self.columns)


def annex_table(annex: str, rows: Sequence[AnnexRow], picture: Picture) -> Table:
    """The rows of one annex by its letter."""
    keys = picture.whole.keys
    match annex:
        case "А":
            return decisions([row for row in rows if isinstance(row, RegisterRow)])
        case "Б":
            return needs([row for row in rows if isinstance(row, NeedRow)], picture)
        case "В":
            return practices([row for row in rows if isinstance(row, PracticeCard)], keys)
        case "Д":
            return services([("", row) for row in rows if isinstance(row, ServiceRow)], picture)
    return on_record([row for row in rows if isinstance(row, NgoRow)])


def decisions(rows: Sequence[RegisterRow]) -> Table:
    told = tuple(
        (
            day(row.decision_on), row.decision_no or "—", row.short_name or row.name, row.ogrn or "—",
            SUPPORT_FORMS.get(row.form, row.form).lower(), roubles(row.amount) if row.amount else row.size or "—",
        )
        for row in rows
    )  # fmt: skip
    heads = (("Дата", 92), ("Решение №", 110), ("Получатель", 240), ("ОГРН", 128), ("Форма", 150), ("Размер", 150))
    return Table("Решения", heads, told, fill=2, right=(5,))


def needs(rows: Sequence[NeedRow], picture: Picture, covered: frozenset[str] | None = None) -> Table:
    """covered: keys of the NGOs that got what answers their need; None leaves the column out."""
    keys, last = picture.whole.keys, picture.quarter.last_day
    titles = dict(picture.coverage.categories)
    told = []
    for row in sorted(rows, key=lambda one: (one.opened_on, one.number)):
        days = integer((last - row.opened_on).days) if row.status == "open" else "—"
        line = [
            row.number, picture.ngo(keys.of(row.ngo)), titles.get(row.category, row.category),
            " ".join(row.codes) or "—", day(row.opened_on), days, PRIORITIES.get(row.priority, row.priority),
            NEED_STATUSES.get(row.status, row.status),
        ]  # fmt: skip
        if covered is not None:
            line.append("да" if keys.of(row.ngo) in covered else "нет")
        told.append(tuple(line))
    heads = [("№", 56), ("НКО", 220), ("Категория", 150), ("Коды", 76), ("Выявлена", 92), ("Дней", 56),
             ("Приоритет", 92), ("Состояние", 150)]  # fmt: skip
    if covered is not None:
        heads.append(("Покрыта", 76))
    return Table("Потребности", tuple(heads), tuple(told), fill=1, right=(5,), empty="Потребностей нет.")


def services(rows: Sequence[tuple[str, ServiceRow]], picture: Picture) -> Table:
    """(ОКТМО or '', act): the district stands in a column where it is told."""
    keys, placed = picture.whole.keys, any(oktmo for oktmo, _ in rows)
    told = []
    for oktmo, row in sorted(rows, key=lambda one: (one[1].provided_on, one[0], one[1].key)):
        people = [picture.ngo(keys.of(uuid)) if uuid else CITIZENS for uuid in row.recipients]
        line = [
            day(row.provided_on), keys.name(keys.of(row.centre), "centre"), row.code, amount(row.quantity),
            amount(row.hours), _told(people), evidence(row),
        ]  # fmt: skip
        told.append((picture.name(oktmo), *line) if placed else tuple(line))
    heads = (("Дата", 92), ("Центр", 190), ("Код", 48), ("Объём", 64), ("Часов", 60), ("Получатели", 220),
             ("Подтверждение", 140))  # fmt: skip
    if placed:
        return Table("Услуги", (("Район", 170), *heads), tuple(told), fill=6, right=(4, 5), empty="Услуг нет.")
    return Table("Услуги", heads, tuple(told), fill=5, right=(3, 4), empty="Услуг нет.")


def evidence(row: ServiceRow) -> str:
    return f"{row.evidence_kind} №\u00a0{row.evidence_no}" if row.evidence_no else "без подтверждения"


def _told(people: Sequence[str]) -> str:
    if len(people) <= 3:
        return ", ".join(people) or "—"
    return f"{', '.join(people[:2])} и\u00a0ещё {plural(len(people) - 2, 'получатель', 'получателя', 'получателей')}"


def practices(rows: Sequence[PracticeCard], keys: Keys) -> Table:
    told = tuple(
        (row.title, row.ngo, row.partner or "—", STATES.get(row.states[-1][0], "") if row.states else "—",
         day(row.states[-1][1]) if row.states else "—")
        for row in rows
    )  # fmt: skip
    heads = (("Практика", 280), ("НКО", 220), ("Партнёр", 170), ("Состояние", 130), ("С какого дня", 110))
    return Table("Практики", heads, told, fill=0)


def on_record(rows: Sequence[NgoRow]) -> Table:
    told = tuple((row.ogrn or "без юрлица", row.name, row.okopf or "—", NGO_STATUSES.get(row.status, row.status))
                 for row in rows)  # fmt: skip
    heads = (("ОГРН", 132), ("Наименование", 360), ("ОКОПФ", 80), ("Состояние", 170))
    return Table("НКО и объединения", heads, told, fill=1)
