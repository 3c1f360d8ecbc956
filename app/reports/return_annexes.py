"""Annexes А–Е of the return as grids and cards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from app.core.russian import day
from app.core.text import NBSP, natural
from app.records.choices import MARKS, NEED_STATUSES, NGO_STATUSES, PRACTICE_STATES, PRIORITIES, SUPPORT_FORMS
from app.reports.blocks import (
    NOTHING,
    Block,
    Cell,
    Column,
    Content,
    Fact,
    Grid,
    GridRow,
    GroupRow,
    Heading,
    Line,
    Text,
)
from app.reports.cell_words import cell_words
from app.returns.form import Form
from app.returns.snapshot import NgoRow, PracticeCard, ProtocolRow, QuarterReturn, RegisterRow

PENDING_TITLE = "Решения этого периода, ещё не внесённые в реестр"
REGISTER_NOTE = f"Графы — по форме реестра получателей поддержки. Виды деятельности — номера таблицы{NBSP}1а."
NO_PRACTICES = "Практик нет."
UNEXPLAINED = "не пояснено"
KINDS = {
    "error": "Ошибки",
    "warning": "Предупреждения",
    "unchecked": "Не проверялось",
    "late": "Поступило позже",
}


def titles_of(ret: QuarterReturn) -> dict[str, str]:
    """Names by key: organisations, centres, partners, categories of needs."""
    return {entity.uuid: entity.name for entity in ret.entities} | {line.category: line.title for line in ret.needs}


# --- А ----------------------------------------------------------------------------------------


WORDY = 60  # signs: over that a column is wide, for a row not to be as tall as the page


def _room(texts: Iterable[str], usual: float, wide: float) -> float:
    return wide if any(len(text) > WORDY for text in texts) else usual


def register_grid(ret: QuarterReturn, *, in_file: bool = False) -> Grid:
    """Annex А: the 11 columns of the register, then what is not entered yet.

    in_file: also the sum as a number, the period of account and the day of publication.
    """
    rows: list[GridRow] = [Line(register_line(row, in_file)) for row in ret.annex_a]
    if ret.annex_a_pending:
        rows.append(GroupRow(PENDING_TITLE))
        rows += [Line(register_line(row, in_file)) for row in ret.annex_a_pending]
    return Grid(
        register_columns((*ret.annex_a, *ret.annex_a_pending), in_file), tuple(rows), note=REGISTER_NOTE, size=7.5,
        pinned=3, empty="Записей и решений этого периода учёта нет.",
    )  # fmt: skip


def register_columns(found: Sequence[RegisterRow], in_file: bool = False) -> tuple[Column, ...]:
    """The 11 columns of the register (order 223), wider where the rows are wordy; in_file: and three more."""
    whom, what = "Сведения о получателе", "Сведения о поддержке"
    columns: tuple[Column, ...] = (
        Column("№ записи и дата включения", 16.5),
        Column("Дата решения", 16.5),
        Column("Наимено\u00adвание полное и сокращённое", 0, over=whom),
        Column("Почтовый адрес", 46, over=whom),
        Column("ОГРН", 21.5, over=whom),
        Column("ИНН", 17, over=whom),
        Column("Виды деятель\u00adности", 12.5, over=whom),
        Column("Форма", 24, over=what),
        Column("Размер", _room((row.size for row in found), 21, 28), over=what),
        Column("Срок оказания", 16.5, over=what),
        Column("Нарушения, нецелевое использо\u00adвание", _room((row.violations for row in found), 16.5, 32)),
    )
    if in_file:
        columns += (Column("Сумма, ₽", 25, "right"), Column("Период учёта", 20), Column("Опубли\u00adковано", 20))
    return columns


def register_line(row: RegisterRow, in_file: bool = False) -> tuple[Content, ...]:
    """An entry in the columns of the register; what waits for its number says «не внесено»."""
    entry = f"№{NBSP}{row.number}\n{day(row.entered_on)}" if row.number is not None else "не внесено"
    decision = f"{day(row.decision_on)}\n№{NBSP}{row.decision_no}" if row.decision_no else day(row.decision_on)
    names = row.name if row.short_name in ("", row.name) else f"{row.name}\n({row.short_name})"
    cells: tuple[Content, ...] = (
        entry,
        f"прекра\u00adщение: {decision}" if row.termination else decision,
        names,
        row.address or NOTHING,
        row.ogrn or NOTHING,
        row.inn or NOTHING,
        ", ".join(sorted(row.activities, key=natural)) or NOTHING,
        SUPPORT_FORMS.get(row.form, row.form),
        row.size or NOTHING,
        entry_term(row),
        row.violations or "нет",
    )
    return (*cells, Cell(row.amount, 2), row.account.title, row.published_on) if in_file else cells


def entry_term(row: RegisterRow) -> str:
    """The term of support: «01.09.2026–31.12.2026», «по 31.12.2026»."""
    if row.starts_on and row.starts_on == row.ends_on:
        return day(row.starts_on)
    if row.starts_on and row.ends_on:
        return f"{day(row.starts_on)}–\n{day(row.ends_on)}"
    if row.ends_on:
        return f"по {day(row.ends_on)}"
    return f"с {day(row.starts_on)}" if row.starts_on else NOTHING


# --- Б ----------------------------------------------------------------------------------------


def need_list(ret: QuarterReturn, titles: Mapping[str, str], *, in_file: bool = False) -> Grid:
    """Annex Б: needs open on any day of the quarter, under their categories in the order of table 4.

    in_file: the category in every row.
    """
    order = {line.category: number for number, line in enumerate(ret.needs)}
    columns = (
        Column("№", 11),
        Column("НКО или объединение", 0),
        *((Column("Категория", 48),) if in_file else ()),
        Column("Коды услуг", 13),
        Column("Заявлена", 17),
        Column("Приоритет", 17),
        Column("Статус", 30),
        Column("Закрыта", 17),
        Column("Чем закрыта", 34, small=True),
    )
    rows: list[GridRow] = []
    category = None
    for need in sorted(ret.annex_b, key=lambda need: order.get(need.category, len(order))):
        title = titles.get(need.category, need.category)
        if not in_file and need.category != category:
            rows.append(GroupRow(title))
            category = need.category
        cells: tuple[Content, ...] = (
            ", ".join(need.codes) or NOTHING,
            need.opened_on,
            PRIORITIES.get(need.priority, need.priority),
            NEED_STATUSES.get(need.status, need.status),
            need.closed_on,
            need.closed_by or NOTHING,
        )
        rows.append(Line((need.number, titles.get(need.ngo, NOTHING), *((title,) if in_file else ()), *cells)))
    return Grid(columns, tuple(rows), size=8, pinned=2, empty="Потребностей, открытых в этом квартале, нет.")


_NO_CARD = PracticeCard("", "", "", "", "", "", "", "", "", "", "", "", "", False, ())


# --- В ----------------------------------------------------------------------------------------


def practice_list(ret: QuarterReturn, titles: Mapping[str, str]) -> Grid:
    """Annex В as a table, a practice a row: for the file."""
    labels = [label for label, _ in _card_lines(_NO_CARD, {})]
    columns = (Column("Практика", 60), *(Column(label, 40) for label in labels))
    rows = tuple(
        Line((card.title, *(text or NOTHING for _, text in _card_lines(card, titles)))) for card in ret.annex_v
    )
    return Grid(columns, rows, numbered=False, pinned=1, empty=NO_PRACTICES)


def practice_cards(ret: QuarterReturn, titles: Mapping[str, str]) -> Iterator[Block]:
    """Annex В: a card a practice, with the days of its states."""
    if not ret.annex_v:
        yield Text(NO_PRACTICES, size=10)
    for number, card in enumerate(ret.annex_v, 1):
        yield Heading(f"{number}. {card.title}", level=2)
        rows = tuple(Line((label, text)) for label, text in _card_lines(card, titles) if text)
        yield Grid((Column("Что", 46), Column("Сведения", 0)), rows, headless=True, numbered=False, size=8.5)


def _card_lines(card: PracticeCard, titles: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    yield "Состояние", "; ".join(f"{PRACTICE_STATES.get(state, state)} {day(on)}" for state, on in card.states)
    yield "НКО", titles.get(card.ngo, NOTHING)
    yield "Партнёр", titles.get(card.partner, "")
    yield "Проблема", card.problem
    yield "Для кого", card.target_group
    yield "Что сделано", card.description
    yield "Ресурсы", card.resources
    yield "Результаты", card.results
    yield "Подтверждение", card.evidence
    yield "Условия повторения", card.conditions
    yield "Служебный контакт", card.contact
    yield "Ссылка", card.link
    yield "Согласие на публикацию", "есть" if card.consent else "нет"


# --- Г ----------------------------------------------------------------------------------------


def protocol_counts(rows: Sequence[ProtocolRow]) -> Iterator[Fact]:
    """How many findings of each kind."""
    count = Counter(row.kind for row in rows)
    yield Fact("Ошибок", str(count["error"]))
    yield Fact("Правил не проверено", str(count["unchecked"]))
    yield Fact("Предупреждений", str(count["warning"]))
    yield Fact("Поступило позже", str(count["late"]))
    yield Fact("из них не пояснено", str(sum(row.kind == "warning" and not row.explanation for row in rows)))


def protocol_grid(rows: Sequence[ProtocolRow], titles: Mapping[str, str], form: Form | None = None) -> Grid:
    """Annex Г: errors, then warnings, what was not checked, what came late."""
    found = {kind: [row for row in rows if row.kind == kind] for kind in KINDS}
    lines: list[GridRow] = []
    for kind, title in KINDS.items():
        if found[kind]:
            lines.append(GroupRow(title))
            lines += [Line(_protocol_line(row, titles, form)) for row in found[kind]]
    columns = (
        Column("Проверка", 18, "center"),
        Column("Ячейка", 38),
        Column("Что найдено", 0),
        Column("Пояснение", 42),
    )
    return Grid(columns, tuple(lines), size=9, pinned=1, empty="Замечаний нет: все проверки пройдены.")


def _protocol_line(row: ProtocolRow, titles: Mapping[str, str], form: Form | None) -> tuple[Content, ...]:
    explanation = row.explanation or (UNEXPLAINED if row.kind == "warning" else NOTHING)
    return (row.check or NOTHING, cell_words(row.cell, form, titles) or NOTHING, row.text, explanation)


# --- Д and Е ----------------------------------------------------------------------------------


def service_journal(ret: QuarterReturn, titles: Mapping[str, str]) -> Grid:
    """Annex Д: one row an act of service; «граждане» where a recipient is no organisation."""
    columns = (
        Column("Дата", 17),
        Column("Центр", 42),
        Column("Код", 10),
        Column("Коли\u00adчество", 14, "right"),
        Column("Часов", 13, "right"),
        Column("Человек", 15, "right"),
        Column("Получатели (* — впервые)", 0),
        Column("Подтверждение", 30, small=True),
        Column("№ потреб\u00adности", 15, small=True),
    )
    rows = tuple(
        Line(
            (
                row.provided_on,
                titles.get(row.centre, NOTHING),
                row.code,
                Cell(row.quantity, 2),
                Cell(row.hours, 2),
                row.people,
                "; ".join(
                    (titles.get(key, key) if key else "граждане") + ("*" if key and key in row.first else "")
                    for key in row.recipients
                ),
                " ".join(part for part in (row.evidence_kind, row.evidence_no) if part) or NOTHING,
                ", ".join(row.needs) or NOTHING,
            )
        )
        for row in ret.annex_d
    )
    return Grid(columns, rows, size=8, pinned=1, empty="Услуг в этом квартале нет.")


def on_record_list(ret: QuarterReturn) -> Grid:
    """Annex Е: who is on record on the last day."""
    columns = (
        Column("№", 10, "right"),
        Column("ОГРН", 23),
        Column("КПП", 18),
        Column("Наименование", 0),
        Column("ОКОПФ", 15),
        Column("Статус", 30),
        Column("Отметки", 36, small=True),
        Column("Основной учёт", 26, small=True),
    )
    rows = tuple(Line(_on_record_line(number, row)) for number, row in enumerate(ret.annex_e, 1))
    return Grid(columns, rows, size=8, pinned=1, empty="На учёте нет ни одной организации.")


def _on_record_line(number: int, row: NgoRow) -> tuple[Content, ...]:
    return (
        number,
        row.ogrn or NOTHING,
        row.kpp or NOTHING,
        row.name,
        row.okopf or NOTHING,
        NGO_STATUSES.get(row.status, row.status),
        ", ".join(MARKS.get(mark, mark) for mark in row.marks) or NOTHING,
        row.primary or "здесь",
    )
