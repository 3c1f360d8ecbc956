"""«Согласие на обработку персональных данных» (152-ФЗ, art. 9 part 4): a paper of its own, one page, to be signed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.core.russian import day
from app.core.text import NBSP
from app.reports.blocks import Block, Column, Grid, Line, Paper, Signature, Signatures, Space, Text
from app.reports.pdf import lay_out, write_pdf

TITLE = "Согласие на обработку персональных данных"
ACTIONS = (
    "сбор, запись, систематизация, накопление, хранение, уточнение (обновление, изменение), извлечение, использование,"
    " блокирование, удаление, уничтожение"
)
_SIZES = (11.0, 10.0, 9.0, 8.0)
_LAW = f"Федерального закона от 27.07.2006 №{NBSP}152-ФЗ"


@dataclass(frozen=True, slots=True)
class ConsentFacts:
    """What the form says.  An empty text leaves a line to fill by hand; data: kinds of data, as words.

    keep_until: the last day of the consent, None for «до достижения цели».
    """

    operator: str
    address: str
    name: str
    ngo: str
    post: str
    purpose: str
    data: tuple[str, ...]
    keep_until: date | None
    number: str = ""
    contact: str = ""


def consent_pdf(facts: ConsentFacts, made_on: date, *, binding: bool = False) -> bytes:
    """The form.  Passport and home address are asked by the law of a written consent, so lines stand for them.

    Long names make its type smaller: it keeps to one page.
    """
    papers = [
        Paper(TITLE, tuple(_blocks(facts, made_on, size)), author=facts.operator, made_on=made_on, binding=binding)
        for size in _SIZES
    ]
    return write_pdf(next((paper for paper in papers if len(lay_out(paper)) == 1), papers[-1]))


def _blocks(facts: ConsentFacts, made_on: date, size: float) -> Iterator[Block]:
    yield Text("СОГЛАСИЕ", size=16, bold=True, align="center", gap=0.5)
    number = f" №{NBSP}{facts.number}" if facts.number else ""
    yield Text(f"на обработку персональных данных{number}", size=13, bold=True, align="center", gap=5)
    yield Text(f"Я, {facts.name or '_' * 97},", gap=1.5)
    yield Text(f"проживающий (проживающая) по адресу: {'_' * 53}", gap=1.5)
    yield Text(f"документ, удостоверяющий личность: {'_' * 57}", gap=1.5)
    yield Text("_" * 102, gap=0.3)
    yield Text("(вид, серия, номер, когда и кем выдан)", size=8.5, align="center", gap=3)
    yield Text(
        "своей волей и в своём интересе даю согласие на обработку моих персональных данных на таких условиях:", gap=3
    )
    rows = tuple(Line((head, words)) for head, words in _terms(facts))
    yield Grid((Column("", 42), Column("")), rows, numbered=False, size=size, headless=True)
    yield Space(3)
    yield Text(
        "Мне разъяснены мои права: получать сведения об обработке моих данных, требовать уточнить, заблокировать или"
        f" уничтожить их, обжаловать действия оператора (ст.{NBSP}14–17 {_LAW})."
    )
    yield Space(6)
    signer = Signature("Субъект персональных данных", _initials(facts.name))
    yield Signatures((signer,), made_on.year, stamp=False)


def _terms(facts: ConsentFacts) -> Iterator[tuple[str, str]]:
    yield "Оператор", f"{facts.operator}, адрес: {facts.address or '_' * 60}"
    role = ", ".join(part for part in (facts.post, facts.ngo) if part)
    yield "Цель обработки", f"{facts.purpose} ({role})"
    yield "Перечень данных", "; ".join(facts.data)
    actions = (
        f"{ACTIONS}; с использованием средств автоматизации и без них. Передача третьим лицам и распространение"
        " (публикация) этим согласием не разрешены"
    )
    yield "Действия с данными", actions
    term = f"по {day(facts.keep_until)} включительно" if facts.keep_until else "до достижения цели обработки"
    yield "Срок", f"со дня подписания {term}, но не дольше чем до отзыва согласия"
    withdrawal = (
        f"в любой день письменным заявлением по адресу оператора{f' ({facts.contact})' if facts.contact else ''}."
        f" Оператор прекращает обработку и уничтожает данные не позднее 30{NBSP}дней со дня, когда получил отзыв, если"
        f" закон не обязывает хранить их дольше (ч.{NBSP}5 ст.{NBSP}21 {_LAW})"
    )
    yield "Как отозвать", withdrawal


def _initials(name: str) -> str:
    """«Тайнова Секретина Петровна» signs as «Тайнова С. П.»."""
    surname, *given = name.split()[:3] if name else [""]
    return NBSP.join((surname, *(f"{word[0]}." for word in given)))
