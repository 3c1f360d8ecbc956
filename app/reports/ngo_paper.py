"""«Что сделано для НКО»: one NGO on paper, from its facts to its practices, each table in time order with its total."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.core.russian import amount, day, day_in_words, plural, roubles
from app.core.text import NBSP
from app.records.choices import CONTRIBUTIONS, DECISIONS, NEED_STATUSES, PRACTICE_STATES, REMOVALS, SUPPORT_FORMS
from app.reports.blocks import (
    NOTHING,
    Block,
    Cell,
    Column,
    Fact,
    Facts,
    Grid,
    Heading,
    Line,
    Paper,
    Space,
    Text,
)
from app.reports.pdf import write_pdf
from app.reports.return_paper import signed_by
from app.returns.ngo_history import NeedTold, NgoHistory, ServiceDone, SupportDone
from app.returns.records import Application, Contribution, Interval, Partnership, Practice, Support, Unit

TITLE = "Что сделано для НКО"
HOURS_NOTE = "Часы — услуги целиком, также когда получателей несколько."


@dataclass(frozen=True, slots=True)
class CardFacts:
    """Words of the card that its records do not carry.  marks: title, from, to (inclusive), basis."""

    legal_form: str = ""
    kind: str = ""
    status: str = ""
    activities: str = ""
    site: str = ""
    marks: tuple[tuple[str, date, date | None, str], ...] = ()


def ngo_pdf(history: NgoHistory, facts: CardFacts, unit: Unit, territory: str, *, binding: bool = False) -> bytes:
    """The paper; personal data of contact persons are no part of it."""
    ngo = history.ngo
    called = ngo.short_name or ngo.name
    number = f"ОГРН{NBSP}{ngo.ogrn}" if ngo.ogrn else "ОГРН не установлен"
    paper = Paper(
        f"{TITLE}: {called}",
        tuple(_blocks(history, facts, unit, territory)),
        foot=" · ".join((TITLE, called, number, day(history.as_of))),
        author=unit.administration,
        made_on=history.as_of,
        binding=binding,
    )
    return write_pdf(paper)


def _blocks(history: NgoHistory, facts: CardFacts, unit: Unit, territory: str) -> Iterator[Block]:
    yield Text(unit.administration or territory, align="center", gap=4)
    yield Text(TITLE.upper(), size=16, bold=True, align="center", gap=1.5)
    yield Text(history.ngo.name, size=13, bold=True, align="center", gap=1.5)
    yield Text(f"{territory}; сведения на {day_in_words(history.as_of)}", align="center", gap=2)
    yield Space(2)
    yield Facts(tuple(_card(history, facts)))
    if facts.marks:
        yield Heading("Отметки", 2)
        yield _marks(history, facts)
    yield Heading("Итого", 2)
    yield Facts(tuple(_totals(history)), paired=False)
    for title, grid in (
        ("Поддержка", _support(history)),
        ("Заявки на гранты", _applications(history.applications)),
        ("Услуги ресурсных центров", _services(history)),
        ("Потребности и чем они закрыты", _needs(history.needs)),
        ("Партнёрства с бизнесом", _partnerships(history.partnerships)),
        ("Практики", _practices(history.practices)),
    ):
        yield Heading(title)
        yield grid
    if unit.head.name or unit.executor.name:
        yield signed_by(unit.head, unit.executor, history.as_of.year)


def _card(history: NgoHistory, facts: CardFacts) -> Iterator[Fact]:
    ngo = history.ngo
    if ngo.short_name and ngo.short_name != ngo.name:
        yield Fact("Краткое название", ngo.short_name, wide=True)
    legal = ngo.kind == "legal"
    yield Fact("ОГРН", ngo.ogrn or ("не установлен" if legal else NOTHING))
    yield Fact("ИНН", ngo.inn or NOTHING)
    if ngo.registered_on:
        yield Fact("Дата регистрации", day(ngo.registered_on))
    if facts.status:
        yield Fact("Статус", facts.status)
    form = facts.legal_form if legal else facts.kind
    for label, value in (
        ("Правовая форма", form),
        ("Адрес", ngo.address),
        ("Сайт", facts.site),
        ("На учёте", "; ".join(_held(interval) for interval in ngo.intervals) or "не стоит"),
        ("Основной учёт", "" if ngo.primary_here else f"в другом месте: {ngo.primary_where or 'не указано'}"),
        ("Виды деятельности", facts.activities),
        ("Работников, добровольцев", _people(history)),
        ("Дата ликвидации", day(ngo.liquidated_on)),
        ("Учтено вместе с ней", _others(history)),
    ):
        if value:
            yield Fact(label, value, wide=True)


def _held(interval: Interval) -> str:
    """«с 01.07.2026», «с 01.02.2024 по 05.05.2026 (переехала)»."""
    begun = f"с {day(interval.taken_on)}" + (" (до начала учёта в программе)" if interval.before_records else "")
    if interval.removed_on is None:
        return begun
    why = f" ({REMOVALS.get(interval.removal, interval.removal)})" if interval.removal else ""
    return f"{begun} до {day(interval.removed_on)}{why}"


def _people(history: NgoHistory) -> str:
    """Figures of the latest year known, of the card itself."""
    known = [one for one in history.ngo.years if one.staff is not None or one.volunteers is not None]
    if not known:
        return ""
    last = max(known, key=lambda one: one.year)
    parts = [f"{word} {count}" for word, count in (("работников", last.staff), ("добровольцев", last.volunteers))
             if count is not None]  # fmt: skip
    return f"{', '.join(parts)} (за {last.year}{NBSP}г.)"


def _others(history: NgoHistory) -> str:
    """Branches and merged cards that are one with it."""
    found = []
    for ngo in history.cards:
        if ngo.id != history.ngo.id:
            why = "филиал" if ngo.is_branch else "прежняя карточка" if ngo.merged_into_id else "тот же ОГРН"
            found.append(f"{ngo.short_name or ngo.name} ({why})")
    return "; ".join(found)


def _marks(history: NgoHistory, facts: CardFacts) -> Grid:
    columns = (Column("Отметка", 48), Column("С", 22), Column("По", 38), Column("Основание", 0))
    rows = []
    for title, since, valid_to, basis in facts.marks:
        over = valid_to is not None and valid_to < history.as_of
        until = "бессрочно" if valid_to is None else f"{day(valid_to)}, истекла" if over else day(valid_to)
        rows.append(Line((title, since, until, basis or NOTHING)))
    return Grid(columns, tuple(rows), numbered=False)


def _totals(history: NgoHistory) -> Iterator[Fact]:
    decisions = history.decisions
    yield Fact("Мер поддержки", str(len(decisions)))
    if any(s.form == "211" for s in decisions):
        yield Fact("из них финансовой поддержки", roubles(history.money))
    yield Fact("Услуг ресурсных центров", str(len(history.services)))
    if history.hours:
        yield Fact("часов услуг", amount(history.hours))
    states = [one.need.status for one in history.needs]
    yield Fact("Потребностей заявлено", str(len(states)))
    if states:
        closed = states.count("closed_centre") + states.count("closed_other")
        yield Fact("из них закрыто", str(closed))
        if "withdrawn" in states:
            yield Fact("снято", str(states.count("withdrawn")))
        yield Fact("остаётся открыто", str(states.count("open")))
    yield Fact("Соглашений с бизнесом", str(len(history.partnerships)))
    yield Fact("Практик", str(len(history.practices)))


# --- tables, each in time order -----------------------------------------------------------------


def _support(history: NgoHistory) -> Grid:
    rows = [Line(_support_line(one)) for one in history.support]
    if len(history.decisions) > 1:
        money = f"финансовой: {roubles(history.money)}" if history.money else ""
        rows.append(Line(("Всего", str(len(history.decisions)), "", money, "", ""), bold=True))
    columns = (
        Column("Дата", 20),
        Column("Решение", 22),
        Column("Форма", 34),
        Column("Размер, цель", 0),
        Column("Срок", 24),
        Column("Запись реестра", 21),
    )
    return Grid(columns, tuple(rows), numbered=False, size=9, empty="Поддержки не было.")


def _support_line(one: SupportDone) -> tuple[str | date | None, ...]:
    s = one.support
    form = SUPPORT_FORMS.get(s.form, s.form)
    if one.ends is not None:
        number = f" №{NBSP}{one.ends.decision_no}" if one.ends.decision_no else ""
        size = f"прекращена поддержка по решению от {day(one.ends.decision_on)}{number}"
    else:
        size = "\n".join(part for part in (_size(one), _sources(s), s.purpose, *_violations(s)) if part)
    entry = f"№{NBSP}{s.entry_no}\n{day(s.entered_on)}" if s.entry_no is not None else NOTHING
    return s.decision_on, s.decision_no or NOTHING, form, size or NOTHING, _term(s.starts_on, s.ends_on), entry


def _size(one: SupportDone) -> str:
    """In the units of the form; support of other kinds may have no price."""
    s = one.support
    if s.form == "217":
        return f"{plural(s.cases or 1, 'договор', 'договора', 'договоров')} на {one.size}"
    if s.form == "218" and not s.amount:
        return plural(s.cases or 1, "случай", "случая", "случаев")
    return one.size


def _sources(s: Support) -> str:
    """«местный бюджет 20 000,00 ₽, областной 30 000,00 ₽»: where money came from more than one source."""
    parts = (
        ("местный бюджет", s.local),
        ("областной", s.oblast),
        ("федеральный", s.federal),
        ("внебюджетные", s.other),
    )
    given = [f"{title} {roubles(value)}" for title, value in parts if value]
    return ", ".join(given) if s.form == "211" and len(given) > 1 else ""


def _violations(s: Support) -> Iterator[str]:
    for one in s.violations:
        back = f", возвращено {roubles(one.returned)} {day(one.returned_on)}".rstrip() if one.returned else ""
        yield f"нарушение {day(one.found_on)}: {one.text}{back}"


def _term(first: date | None, last: date | None) -> str:
    if first is None and last is None:
        return NOTHING
    if first == last:
        return day(first)
    return "\n".join(part for part in (f"с {day(first)}" if first else "", f"по {day(last)}" if last else "") if part)


def _applications(found: Sequence[Application]) -> Grid:
    rows = []
    for a in found:
        decision = DECISIONS.get(a.decision, a.decision) if a.decision else "ещё не принято"
        told = f"{decision} {day(a.decision_on)}".strip()
        done = [f"{word}: {count}" for word, count in (("благополучателей", a.beneficiaries), ("мероприятий", a.events),
                ("публикаций", a.publications)) if count]  # fmt: skip
        project = a.project + (f" (по отчёту {', '.join(done)})" if done else "")
        rows.append(Line((a.applied_on, project, Cell(a.asked, 2), told, Cell(a.granted, 2) if a.granted else None)))
    if len(found) > 1:
        sums = (sum((getattr(a, key) for a in found), Decimal(0)) for key in ("asked", "granted"))
        asked, granted = sums
        rows.append(Line(("Всего", str(len(found)), Cell(asked, 2), "", Cell(granted, 2)), bold=True))
    columns = (
        Column("Подана", 20),
        Column("Проект", 0),
        Column("Запрошено, ₽", 27, "right"),
        Column("Решение", 30),
        Column("Грант, ₽", 27, "right"),
    )
    return Grid(columns, tuple(rows), numbered=False, size=9, empty="Заявок не было.")


def _services(history: NgoHistory) -> Grid:
    rows = [Line(_service_line(one)) for one in history.services]
    if len(rows) > 1:
        rows.append(Line(("Всего", "", str(len(rows)), "", Cell(history.hours, 2), "", ""), bold=True))
    columns = (
        Column("Дата", 20),
        Column("Центр", 42),
        Column("Услуга", 0),
        Column("Объём", 23),
        Column("Часов", 15, "right"),
        Column("Полу\u00adчателей", 16, "right"),
        Column("Подтверждение", 29),
    )
    note = HOURS_NOTE if any(one.recipients > 1 for one in history.services) else ""
    return Grid(columns, tuple(rows), numbered=False, size=9, note=note, empty="Услуг не было.")


def _service_line(one: ServiceDone) -> tuple[str | date | int | Cell | None, ...]:
    s = one.service
    evidence = " ".join(part for part in (s.evidence_kind, f"№{NBSP}{s.evidence_no}" if s.evidence_no else "") if part)
    return (
        s.provided_on,
        one.centre,
        f"{s.code} {one.title}",
        f"{amount(s.quantity)}{NBSP}{one.unit}",
        Cell(s.hours, 2) if s.hours else None,
        one.recipients,
        evidence or "нет",
    )


def _needs(found: Sequence[NeedTold]) -> Grid:
    rows = [Line((one.need.opened_on, one.category, one.need.text or NOTHING, _outcome(one))) for one in found]
    columns = (Column("Заявлена", 20), Column("Категория", 36), Column("Что нужно", 0), Column("Чем кончилось", 62))
    return Grid(columns, tuple(rows), numbered=False, size=9, empty="Потребностей не заявляла.")


def _outcome(one: NeedTold) -> str:
    """«закрыта РЦ 20.09.2026: К4 20.09.2026, АНО «Опора»», «открыта; частично помогли: …»."""
    need = one.need
    told = f"{NEED_STATUSES.get(need.status, need.status)} {day(need.closed_on)}".strip()
    itself = "; ".join(service.partition(",")[0] for service in one.closing)  # what closing writes by itself
    own = need.closed_by if need.closed_by != itself else ""
    by = "; ".join(part for part in (*one.closing, own) if part)
    told = f"{told}: {by}" if by else told
    return f"{told}; частично помогли: {'; '.join(one.partly)}" if one.partly else told


def _partnerships(found: Sequence[tuple[Partnership, str]]) -> Grid:
    rows = []
    for one, partner in found:
        ended = f", прекращено {day(one.ended_early_on)}" if one.ended_early_on else ""
        shared = f"сторон — НКО: {len(one.parties)}" if len(one.parties) > 1 else ""
        given = [_given(c) for c in sorted(one.contributions, key=lambda c: (c.given_on, c.id))]
        told = "; ".join(given) or "вкладов не записано"
        number = f"№{NBSP}{one.number}" if one.number else "без номера"
        rows.append(Line((f"{number}\n{_term(one.starts_on, one.ends_on)}{ended}", partner or NOTHING,
                          f"{told} ({shared})" if shared else told)))  # fmt: skip
    columns = (Column("Соглашение, срок", 40), Column("Партнёр", 50), Column("Вклады партнёра", 0))
    return Grid(columns, tuple(rows), numbered=False, size=9, empty="Соглашений с бизнесом нет.")


def _given(c: Contribution) -> str:
    sizes = (
        roubles(c.amount) if c.amount else "",
        f"{amount(c.hours)}{NBSP}ч" if c.hours else "",
        plural(c.people, "человек", "человека", "человек") if c.people else "",
        f"{amount(c.area)}{NBSP}м²" if c.area else "",
    )
    return " ".join((day(c.given_on), CONTRIBUTIONS.get(c.kind, c.kind), *(size for size in sizes if size)))


def _practices(found: Sequence[tuple[Practice, str]]) -> Grid:
    rows = []
    for one, partner in found:
        states = sorted(one.states, key=lambda state: state.reached_on)
        told = "; ".join(f"{PRACTICE_STATES.get(s.state, s.state)} {day(s.reached_on)}" for s in states)
        rows.append(Line((one.title, partner or NOTHING, one.results or NOTHING, told or NOTHING)))
    columns = (Column("Практика", 0), Column("Партнёр", 36), Column("Результаты", 46), Column("Состояния", 36))
    return Grid(columns, tuple(rows), numbered=False, size=9, empty="Практик нет.")
