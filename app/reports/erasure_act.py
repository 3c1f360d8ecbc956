"""«Акт об уничтожении персональных данных» with the extract of the journal (order 179 of Roskomnadzor, 28.10.2022)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from app.core.russian import day, day_in_words, plural
from app.core.text import NBSP
from app.reports.blocks import Block, Column, Fact, Facts, Grid, Heading, Line, Paper, Space, Text
from app.reports.pdf import write_pdf
from app.reports.return_paper import signed_by
from app.returns.snapshot import Signer

TITLE = "Акт об уничтожении персональных данных"
WAY = (
    "стирание в файле учёта: значения удалены из записи, из истории изменений и из журнала, файл переписан целиком;"
    " восстановить их из файла нельзя"
)
_CARRIER = "Материальные (бумажные) носители этим актом не уничтожаются"


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person of the act: told by keys, since the name is what was destroyed."""

    record: str  # «контакт № 5»
    ngo: str
    ogrn: str
    reason: str
    data: tuple[str, ...]
    papers: str = ""


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An entry of the journal: number, moment (local), who, account, what, hash."""

    number: int
    at: datetime
    actor: str
    account: str
    what: str
    hash: str


@dataclass(frozen=True, slots=True)
class ActFacts:
    """What the act says.  copies: (file, made on, how it goes).  repeats: the number of the first act."""

    number: int
    happened_on: date
    operator: str
    address: str
    system: str
    actor: str
    repeats: int | None
    persons: tuple[PersonLine, ...]
    copies: tuple[tuple[str, date | None, str], ...]
    entries: tuple[EntryLine, ...]
    head: Signer
    executor: Signer


def act_pdf(facts: ActFacts, *, binding: bool = False) -> bytes:
    """The act, the same bytes whenever it is printed."""
    title = f"{TITLE} №{NBSP}{facts.number}"
    paper = Paper(
        title, tuple(_blocks(facts)), foot=f"{title} от {day(facts.happened_on)}", author=facts.operator,
        made_on=facts.happened_on, binding=binding,
    )  # fmt: skip
    return write_pdf(paper)


def _blocks(facts: ActFacts) -> Iterator[Block]:
    yield Text(facts.operator, align="center", gap=4)
    yield Text(f"АКТ №{NBSP}{facts.number}", size=16, bold=True, align="center", gap=1.5)
    yield Text("об уничтожении персональных данных", size=13, bold=True, align="center", gap=1.5)
    yield Text(day_in_words(facts.happened_on), align="center", gap=2)
    yield Space(2)
    yield Facts(tuple(_facts(facts)))
    yield Heading("Чьи данные и какие уничтожены", 2)
    yield _persons(facts)
    yield Heading("Резервные копии, в которых данные ещё есть", 2)
    yield _copies(facts)
    yield Text(
        "Если файл будет восстановлен из такой копии, уничтожение повторяется: программа делает это сама и составляет"
        " новый акт. Копии, сделанные для работы на другом компьютере, и файлы, выгруженные раньше, программа не видит:"
        " их уничтожают отдельно.",
        size=10.5, gap=3,
    )  # fmt: skip
    yield Heading("Выгрузка из журнала регистрации событий", 2)
    yield _entries(facts)
    yield Space(4)
    yield Text(
        f"Данные уничтожил(а): {facts.actor}. Акт и выгрузка хранятся 3{NBSP}года (приказ Роскомнадзора"
        f" от 28.10.2022 №{NBSP}179).",
        size=10.5, gap=4,
    )  # fmt: skip
    yield signed_by(facts.head, facts.executor, facts.happened_on.year)


def _facts(facts: ActFacts) -> Iterator[Fact]:
    yield Fact("Оператор", facts.operator, wide=True)
    yield Fact("Адрес оператора", facts.address or "_" * 40, wide=True)
    yield Fact("Информационная система", facts.system, wide=True)
    reasons = "; ".join(dict.fromkeys(one.reason for one in facts.persons))
    yield Fact("Причина", reasons[:1].upper() + reasons[1:], wide=True)
    if facts.repeats is not None:
        told = f"данные вернулись с резервной копией; первый раз они уничтожены актом №{NBSP}{facts.repeats}"
        yield Fact("Повторно", told, wide=True)
    yield Fact("Способ", WAY, wide=True)
    yield Fact("Дата", day(facts.happened_on))
    yield Fact("Субъектов", plural(len(facts.persons), "человек", "человека", "человек"))


def _persons(facts: ActFacts) -> Grid:
    columns = (
        Column("Запись", 21), Column("Фамилия, имя, отчество", 42), Column("Чьё контактное лицо, чьё обращение"),
        Column("Уничтоженные данные", 40), Column("Причина", 30),
    )  # fmt: skip
    rows = [
        Line((one.record, "", f"{one.ngo}{f', ОГРН{NBSP}{one.ogrn}' if one.ogrn else ''}",
              "; ".join(one.data), one.reason))
        for one in facts.persons
    ]  # fmt: skip
    papers = [f"{one.record} — {one.papers}" for one in facts.persons if one.papers]
    note = "Имя программа не хранит: впишите его от руки, если этого требует порядок администрации. "
    note += f"Уничтожить вручную: {'; '.join(papers)}." if papers else f"{_CARRIER}: бумажное согласие — отдельно."
    return Grid(columns, tuple(rows), numbered=False, note=note, running=True)


def _copies(facts: ActFacts) -> Grid:
    columns = (Column("Файл копии"), Column("Сделана", 24), Column("Когда исчезнет", 62))
    rows = tuple(Line((name, made, told)) for name, made, told in facts.copies)
    return Grid(columns, rows, numbered=False, empty="Таких копий в папках копий нет.", running=True)


def _entries(facts: ActFacts) -> Grid:
    columns = (
        Column("Запись", 16, "right"), Column("Время", 37), Column("Кто, учётная запись", 38), Column("Событие"),
        Column("Хеш", 32, small=True),
    )  # fmt: skip
    rows = tuple(
        Line((entry.number, f"{entry.at:%d.%m.%Y %H:%M:%S}", f"{entry.actor}, {entry.account}", entry.what,
              entry.hash[:16]))
        for entry in facts.entries
    )  # fmt: skip
    return Grid(columns, rows, numbered=False, running=True)
